"""Sex: what the calls show of the copies of X, beside what is declared: observed, in conflict, or not testable.

What is seen never changes how a genotype is read: the declared sex decides that, and a contradiction goes to the
laboratory. Two small loci can contradict a declared male, never confirm a sex; the whole of X outside the
pseudoautosomal regions (``--sex-check``) can show one copy or two. 47,XXY, 45,X and mosaics are named as
possibilities, never decided. IKBKG and its pseudogene feed nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable

from higm_annot.genotype.mendel import places
from higm_annot.genotype.quality import DOUBTFUL, Limits
from higm_annot.genotype.types import SexVerdict, State, Zygosity
from higm_annot.intake.types import PersonIntake, Sex, SexChromosomes
from higm_annot.problems import Problem, problem

NOT_TESTABLE, ONE_COPY, TWO_COPIES, UNCLEAR = "not_testable", "one_copy_of_x", "two_copies_of_x", "unclear_copies_of_x"
_TWO_ALLELES = (Zygosity.HET, Zygosity.HET_IN_MALE, Zygosity.HET_SEX_UNKNOWN)
_EXPECTED = {Sex.MALE: ONE_COPY, Sex.FEMALE: TWO_COPIES}
_TOLD = {UNCLEAR: "HA-SEX-104", NOT_TESTABLE: "HA-SEX-105", ONE_COPY: "HA-SEX-106", TWO_COPIES: "HA-SEX-107"}
_CONTRADICTION = {Sex.MALE: "HA-SEX-102", Sex.FEMALE: "HA-SEX-103"}
Seen = tuple[str, SexVerdict, list[Problem]]


def sex_seen(person: PersonIntake, states: Iterable[State], limit: Limits) -> Seen:
    """What is observed, the verdict on the declared sex, and problems for the laboratory.

    Parameters
    ----------
    person
        Declared sex, and the counts on X and Y where they were asked for.
    states
        The person's states outside firewalled regions.
    limit
        From where on counts say something.
    """
    observed, verdict, problems = _at_the_loci(person, states, limit)
    counts = person.sex_chromosomes
    if counts is None:
        return observed, verdict, problems
    shown, whole_verdict, told = _on_all_of_x(person, counts, limit)
    if SexVerdict.IN_CONFLICT in (verdict, whole_verdict):
        return shown, SexVerdict.IN_CONFLICT, [*problems, *told]
    return shown, whole_verdict, told


def copies_of_x(counts: SexChromosomes, limit: Limits) -> str:
    """How many copies of X the share of heterozygous places shows."""
    if counts.x_places < limit.sex_check_places:
        return NOT_TESTABLE
    share = counts.x_heterozygous / counts.x_places
    if share >= limit.sex_check_two:
        return TWO_COPIES
    return ONE_COPY if share <= limit.sex_check_one else UNCLEAR


def _on_all_of_x(person: PersonIntake, counts: SexChromosomes, limit: Limits) -> Seen:
    """The verdict of the whole X, always with a word to the laboratory on what it rests on."""
    seen, sex = copies_of_x(counts, limit), person.person.sex
    code, verdict = _TOLD[seen], SexVerdict.NOT_TESTABLE
    if sex in _EXPECTED and seen in _EXPECTED.values():
        verdict = SexVerdict.AGREES if seen == _EXPECTED[sex] else SexVerdict.IN_CONFLICT
        code = _CONTRADICTION[sex] if verdict is SexVerdict.IN_CONFLICT else code
    told = problem(
        code,
        sample=person.person.sample,
        sex=sex,
        heterozygous=counts.x_heterozygous,
        places=counts.x_places,
        y=counts.y_changed,
        y_places=counts.y_places,
        needed=int(limit.sex_check_places),
    )
    return seen, verdict, [told]


def _at_the_loci(person: PersonIntake, states: Iterable[State], limit: Limits) -> Seen:
    """Well-read heterozygous calls on X in the panel's genes, which a male with one X cannot have."""
    calls = [
        state.call
        for state in states
        if state.call.allele.contig.is_sex_linked and state.zygosity in _TWO_ALLELES and _well_read(state)
    ]
    if len({(call.allele.pos, call.allele.ref) for call in calls}) < limit.sex_conflict_sites:
        return NOT_TESTABLE, SexVerdict.NOT_TESTABLE, []
    if person.person.sex is not Sex.MALE:
        return TWO_COPIES, SexVerdict.NOT_TESTABLE, []
    sites = places(call.allele for call in calls)
    found = problem("HA-SEX-101", sample=person.person.sample, count=len(calls), sites=sites)
    return TWO_COPIES, SexVerdict.IN_CONFLICT, [found]


def _well_read(state: State) -> bool:
    support = state.call.support
    measured = support.depth is not None and support.allele_balance is not None
    return measured and not DOUBTFUL & set(state.flags) and "allele_balance" not in state.flags
