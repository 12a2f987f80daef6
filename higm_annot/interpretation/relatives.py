"""What the family adds to a conclusion: a new allele, one parent only, an obligate carrier, tests already answered.

Only what the relatives agreed to is told (:mod:`higm_annot.genotype.family`). Nothing of it changes the code of a
conclusion, that an affected relative is without the genotype or an unaffected one has it included. Which test falls
away or changes when a relative was tested is a row of ``family_tests.tsv``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache

from msgspec import Struct

from higm_annot.genotype.types import (
    AlleleInFamily,
    DeNovo,
    FamilyFacts,
    Kin,
    Obligate,
    Seen,
    SeenState,
    State,
    Zygosity,
)
from higm_annot.intake.types import Affected
from higm_annot.interpretation.findings import Finding
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.knowledge.rows import read_package_table
from higm_annot.knowledge.texts import listed, text
from higm_annot.reference.types import Gene


class Condition(StrEnum):
    """What is known of the parents at every allele that a conclusion rests on, and may be told.

    ``PARENTS_KNOWN``: each was called there, with the allele or without (of a son's X: the mother was).
    ``EACH_PARENT_CARRIES``: the alleles came from both. ``ONE_PARENT_ONLY``: on both copies, and one parent is without
    it. ``MOTHER_CARRIES``, ``MOTHER_IN_READS`` (called as reference, and reads show it) and
    ``MOTHER_WITHOUT`` (measured) are about the mother alone. ``SIBLING_CARRIES``: so does a sibling, and the parents
    were called without it.
    """

    PARENTS_KNOWN = "parents_known"
    EACH_PARENT_CARRIES = "each_parent_carries"
    ONE_PARENT_ONLY = "one_parent_only"
    APPARENTLY_NEW = "apparently_new"
    MOTHER_CARRIES = "mother_carries"
    MOTHER_IN_READS = "mother_in_reads"
    SIBLING_CARRIES = "sibling_carries"
    MOTHER_WITHOUT = "mother_without"


class FamilyTest(Struct, frozen=True):
    """What becomes of a next test under a condition; no codes in ``becomes``: it is not printed."""

    test: str
    when: Condition
    becomes: tuple[str, ...]
    source: tuple[str, ...]
    note: str


class Heeded(Struct, frozen=True):
    """Reasons that the family gives, each with the findings it speaks of, and the conditions that hold."""

    reasons: tuple[tuple[str, tuple[Finding, ...]], ...]
    conditions: frozenset[Condition]

    def tests(self, codes: Sequence[str]) -> list[str]:
        """Next tests without those that the family has answered; the first row that fits a test counts."""
        found: list[str] = []
        for code in codes:
            row = next((row for row in family_tests() if row.test == code and row.when in self.conditions), None)
            found += [code] if row is None else row.becomes
        return found


class Speaking(Struct, frozen=True):
    """Relatives whose genotype does not go with the disease: affected without it, and unaffected with it."""

    without: tuple[Kin, ...] = ()
    carrying: tuple[Kin, ...] = ()


NOTHING_HEEDED = Heeded((), frozenset())


@cache
def family_tests() -> tuple[FamilyTest, ...]:
    """Rows in order; for one test the first whose condition holds counts."""
    return read_package_table("family_tests.tsv", FamilyTest)


def heed(used: Sequence[Finding], family: FamilyFacts) -> Heeded:
    """What the family adds to a conclusion on these alleles."""
    if not family.alleles or not used:
        return NOTHING_HEEDED
    told = [[family.of(key) for key in finding.state.parts or (finding.key,)] for finding in used]
    if any(one is None for parts in told for one in parts):
        return NOTHING_HEEDED
    pairs = [(finding, one) for finding, parts in zip(used, told, strict=True) for one in parts if one is not None]
    reasons: dict[str, list[Finding]] = {}
    for finding, one in pairs:
        for code in _reasons(finding, one):
            if finding not in reasons.setdefault(code, []):
                reasons[code].append(finding)
    holding: Mapping[Condition, Callable[[], bool]] = {
        Condition.PARENTS_KNOWN: lambda: all(_parents_known(finding, one) for finding, one in pairs),
        Condition.EACH_PARENT_CARRIES: lambda: _each_parent_carries(pairs),
        Condition.ONE_PARENT_ONLY: lambda: any(_one_parent_only(finding, one) for finding, one in pairs),
        Condition.APPARENTLY_NEW: lambda: any(
            _apparently_new(finding, one) and one.de_novo is not DeNovo.ALTERNATE_READS for finding, one in pairs
        ),
        Condition.MOTHER_CARRIES: lambda: all(_carries(one.mother, agrees=one.mother_agrees) for _, one in pairs),
        Condition.MOTHER_IN_READS: lambda: any(_in_reads(one.mother, agrees=one.mother_agrees) for _, one in pairs),
        Condition.SIBLING_CARRIES: lambda: any(_shared(finding, one) for finding, one in pairs),
        Condition.MOTHER_WITHOUT: lambda: all(_without(one.mother, agrees=one.mother_agrees) for _, one in pairs),
    }
    return Heeded(
        tuple((code, tuple(findings)) for code, findings in reasons.items()),
        frozenset(condition for condition, holds in holding.items() if holds()),
    )


_NEW = {
    DeNovo.MEASURED: "apparently_new",
    DeNovo.CALLED: "apparently_new_called",
    DeNovo.ALTERNATE_READS: "new_but_reads_in_parent",
    DeNovo.SHARED: "sibling_carries_parents_without",
}


_COPIES = {
    SeenState.HOM_REF: 0,
    SeenState.HET: 1,
    SeenState.HOM: 2,
    SeenState.HEMI: 2,
}


def speaking(states: Sequence[State], family: FamilyFacts) -> Speaking:
    """Relatives who speak against a genotype as the cause, as far as each was measured at every allele of it.

    Lacking one copy of what the person has on both counts as lacking the genotype; on X, where sexes differ, only
    lacking the allele does, and one copy of a woman speaks for nothing.
    """
    pairs = [(state, family.of(key)) for state in states for key in state.parts or (state.call.allele.key,)]
    known = [(state, one) for state, one in pairs if one is not None]
    if not pairs or len(known) < len(pairs):
        return Speaking()
    people = {kin.sample: kin for _, one in known for kin in one.kin}
    without, carrying = [], []
    for sample, kin in people.items():
        each = [_goes_with(state, kin) for state, one in known for kin in one.kin if kin.sample == sample]
        if kin.affected is Affected.YES and any(goes is False for goes in each):
            without.append(kin)
        if kin.affected is Affected.NO and all(goes is True for goes in each):
            carrying.append(kin)
    return Speaking(tuple(without), tuple(carrying))


def _goes_with(state: State, kin: Kin) -> bool | None:
    """Whether a relative has an allele in as many copies as the person; None where that is not seen or says nothing."""
    copies, needed = _COPIES.get(kin.seen.state), _COPIES.get(SeenState(str(state.zygosity)))
    if copies is None or needed is None:
        return None
    if state.call.allele.contig.is_sex_linked and copies < 2:
        return False if copies == 0 else None
    return copies >= needed


def told_of(kin: Sequence[Kin]) -> str:
    """Those relatives who agreed, as a list in a sentence; empty where none did."""
    return listed([text(f"relative.{role}") for role in dict.fromkeys(one.role for one in kin if one.told)])


def _reasons(finding: Finding, one: AlleleInFamily) -> list[str]:
    """Codes of the reasons (``why.*``) that an allele's family gives."""
    found = []
    alone = _mother_alone(finding)
    if _apparently_new(finding, one):
        found.append(f"{_NEW[one.de_novo]}{'_mother' if alone else ''}")
    if _one_parent_only(finding, one):
        found.append("one_parent_only")
    return found


def _apparently_new(finding: Finding, one: AlleleInFamily) -> bool:
    """Whether neither parent shows the allele, and they agreed to being told of."""
    return one.de_novo in _NEW and one.mother_agrees and (_mother_alone(finding) or one.father_agrees)


def _shared(finding: Finding, one: AlleleInFamily) -> bool:
    agreed = one.mother_agrees and (_mother_alone(finding) or one.father_agrees)
    return agreed and one.de_novo is DeNovo.SHARED


def _mother_alone(finding: Finding) -> bool:
    """Whether only the mother can have passed it on: the X of a son."""
    return finding.zygosity is Zygosity.HEMI and finding.state.call.allele.contig.is_sex_linked


def _parents_known(finding: Finding, one: AlleleInFamily) -> bool:
    father = _mother_alone(finding) or _known(one.father, agrees=one.father_agrees)
    return father and _known(one.mother, agrees=one.mother_agrees)


def _each_parent_carries(pairs: Sequence[tuple[Finding, AlleleInFamily]]) -> bool:
    """Whether every allele is in a parent, and each parent carries one; one on both copies is in both parents."""
    sides = set()
    for finding, one in pairs:
        mother = _carries(one.mother, agrees=one.mother_agrees)
        father = _carries(one.father, agrees=one.father_agrees)
        if not (mother and father if finding.zygosity is Zygosity.HOM else mother or father):
            return False
        sides |= {side for side, there in (("mother", mother), ("father", father)) if there}
    return len(sides) == 2


def _one_parent_only(finding: Finding, one: AlleleInFamily) -> bool:
    """Whether one parent is without an allele on both copies; where the other copy is known to be deleted it is not."""
    return not finding.opposite and one.one_parent_only and one.mother_agrees and one.father_agrees


def _known(seen: Seen | None, *, agrees: bool) -> bool:
    return agrees and seen is not None and (seen.carried or seen.reference)


def _carries(seen: Seen | None, *, agrees: bool) -> bool:
    return agrees and seen is not None and seen.carried


def _without(seen: Seen | None, *, agrees: bool) -> bool:
    return agrees and seen is not None and seen.state is SeenState.HOM_REF


def _in_reads(seen: Seen | None, *, agrees: bool) -> bool:
    return agrees and seen is not None and seen.state is SeenState.ALTERNATE_READS


def obligate(
    gene: Gene, family: FamilyFacts, alleles: Mapping[str, AnnotatedAllele]
) -> tuple[tuple[str, AnnotatedAllele], ...]:
    """Reasons that name an obligate carrier, each with the harmful allele it speaks of.

    Where the own sample shows the allele there is nothing to add. Where it was measured without it although two
    children carry it, or only some of its reads show it, that is said instead.
    """
    found = []
    for one in family.obligate:
        allele = alleles.get(one.key)
        code = _obligate_reason(one)
        if one.gene is gene and allele is not None and allele.allele_class.class_.is_pathogenic and code:
            found.append((code, allele))
    return tuple(found)


def _obligate_reason(one: Obligate) -> str:
    if one.own.carried:
        return ""
    if one.own.state is SeenState.HOM_REF:
        return "obligate_not_in_sample" if one.basis == "children" else ""
    if one.own.state is SeenState.ALTERNATE_READS:
        return "obligate_in_reads"
    return f"obligate_{one.basis}"
