"""Interpret: a person's genotypes become conclusions, at least one for every gene of the panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.genotype.types import OPEN_ZYGOSITIES, FamilyFacts, PersonGenotypes, Zygosity
from higm_annot.intake.types import Affected, OutsideCall, Person, PersonIntake, Sex
from higm_annot.interpretation.assays import Assays
from higm_annot.interpretation.assessed import Reading, readings_of
from higm_annot.interpretation.beside import beside_each_other, with_notes
from higm_annot.interpretation.conclude import SEGREGATES, finding_conclusion
from higm_annot.interpretation.consent import context_of, may_name_single, wants_secondary
from higm_annot.interpretation.diplotype import Phases, summarise
from higm_annot.interpretation.disease_table import (
    AlleleState,
    Class,
    Context,
    Question,
    Row,
    look_up,
    mechanism_groups,
)
from higm_annot.interpretation.empty import empty_conclusion
from higm_annot.interpretation.findings import (
    FOUND,
    Finding,
    Heard,
    allele_name,
    cleared,
    disputed,
    hear,
    with_opposite,
    without,
)
from higm_annot.interpretation.firewall import Judge, Judgement, judge, uncontested
from higm_annot.interpretation.outside import Word, hear_outside
from higm_annot.interpretation.relatives import obligate, speaking
from higm_annot.interpretation.said import Circumstances, Said, say
from higm_annot.interpretation.types import AnnotatedAllele, Conclusion, ConclusionCode, Interpretation, Status
from higm_annot.problems import Problem, forbids_release, problem
from higm_annot.reference.types import Gene

NO_ASSAYS = Assays()
_ONE_COPY_HIT = frozenset({AlleleState.ONE, AlleleState.ONE_UNCALLED, AlleleState.TWO_CIS})


class Asked(Struct, frozen=True):
    """What the conclusions on one gene of one person depend on."""

    gene: Gene
    sex: Sex
    context: Context
    consent: bool
    heard: Heard
    phases: Phases
    reading: Reading
    words: dict[str, Word]
    family: FamilyFacts


def interpret(
    person: PersonIntake,
    genotypes: PersonGenotypes,
    alleles: Mapping[str, AnnotatedAllele],
    outside_calls: tuple[OutsideCall, ...],
    assays: Assays = NO_ASSAYS,
) -> Interpretation:
    """Conclusions on one person.

    Parameters
    ----------
    person
        The intake: sheet row, assessment and build.
    genotypes
        What the person carries.
    alleles
        Everything known of each allele, by key in the person's build; also of alleles that were not called.
    outside_calls
        Other assays' words; those of other samples are passed over.
    assays
        What assays of whole exons and phased copies say of the genes. Their words on single alleles stand in
        ``outside_calls``, the alleles they found in ``genotypes`` and ``alleles``.

    Returns
    -------
    Interpretation
        Conclusions in the order of the panel, harmful before uncertain. ``problems`` are those of this room;
        ``hold`` also heeds the genotypes' own.
    """
    words = hear_outside(person, genotypes.states, alleles, outside_calls)
    phases = Phases(genotypes.phases)
    conclusions: list[Conclusion] = []
    withheld: set[str] = set()
    states = {gene: [state for state in genotypes.states if state.gene is gene] for gene in Gene}
    readings = readings_of(person)
    for gene in Gene:
        may_name = may_name_single(gene, person.person)
        # That rules and sources call it harmful would stand beside the laboratory's class.
        kept_back = set() if may_name else cleared(states[gene], alleles)
        asked = Asked(
            gene=gene,
            sex=person.person.sex,
            context=context_of(person.person),
            consent=wants_secondary(person.person),
            heard=hear(
                person.person.sex,
                [state for state in states[gene] if state.call.allele.key not in kept_back],
                alleles,
                words.by_key,
            ),
            phases=phases,
            reading=_without(readings[gene], {exon for owner, exon in assays.kept if owner is gene}),
            words=words.by_key,
            family=genotypes.family,
        )
        found, hidden = _on_gene(asked, may_name=may_name)
        # What an assay says of a gene would tell of an allele that is withheld.
        notes = [note for owner, note in assays.notes if owner is gene]
        notes += [say(code, variants=allele_name(one)) for code, one in obligate(gene, genotypes.family, alleles)]
        conclusions += _with_notes(found, notes if may_name else [])
        withheld |= hidden | kept_back
    conclusions = beside_each_other(conclusions)
    if person.person.prior_hsct == "yes":
        # The donor's cells answer every further test of blood; another tissue is the next step.
        conclusions = [replace(one, next_tests=(), next_step=None) for one in conclusions]
    problems = [
        found
        for key, call, found in (*words.problems, *assays.problems)
        if key not in withheld and (key or may_name_single(call.gene, person.person))
    ]
    problems += _segregation(person.person, conclusions, genotypes, alleles)
    if person.person.prior_hsct == "yes":
        problems.append(problem("HA-GT-101", sample=person.person.sample))
    return Interpretation(
        conclusions=tuple(conclusions),
        outside={key: str(word.verdict) for key, word in words.by_key.items() if key not in withheld},
        reportable=tuple(dict.fromkeys(key for conclusion in conclusions for key in conclusion.variants)),
        withheld=tuple(sorted(withheld)),
        problems=tuple(problems),
        hold=forbids_release((*genotypes.problems, *problems)),
    )


def _segregation(
    person: Person,
    conclusions: Sequence[Conclusion],
    genotypes: PersonGenotypes,
    alleles: Mapping[str, AnnotatedAllele],
) -> list[Problem]:
    """Whose clinical status does not go with a genotype, for the laboratory, whatever relatives agreed to have told."""
    found, sample = [], person.sample
    for conclusion in conclusions:
        if conclusion.code in SEGREGATES and conclusion.status is Status.ESTABLISHED:
            names = ", ".join(allele_name(alleles[key]) for key in conclusion.variants)
            if person.affected is Affected.NO and conclusion.code is ConclusionCode.DISEASE_GENOTYPE:
                found.append(problem("HA-PED-111", sample=sample, gene=conclusion.gene, variants=names))
            states = [state for state in genotypes.states if state.call.allele.key in conclusion.variants]
            kin = speaking(states, genotypes.family)
            if kin.without or kin.carrying:
                without, carrying = len(kin.without), len(kin.carrying)
                found.append(
                    problem(
                        "HA-PED-110",
                        sample=sample,
                        gene=conclusion.gene,
                        variants=names,
                        without=without,
                        carrying=carrying,
                    )
                )
    return found


def _with_notes(conclusions: list[Conclusion], notes: Sequence[Said]) -> list[Conclusion]:
    """The conclusions on a gene, the first of them with what assays say of the gene."""
    return [with_notes(conclusions[0], notes), *conclusions[1:]]


def _without(reading: Reading, kept: set[int]) -> Reading:
    """The reading without the fear that an exon without reads is deleted, where an assay counts its copies."""
    if not kept:
        return reading
    return replace(reading, without_reads=tuple(exon for exon in reading.without_reads if exon not in kept))


def _on_gene(asked: Asked, *, may_name: bool) -> tuple[list[Conclusion], set[str]]:
    """Conclusions on one gene, and the keys that must not appear."""
    harmful, hidden, halves = _harmful(asked)
    if not may_name:
        hidden |= {key for finding in asked.heard.refuted for key in (finding.key, *finding.state.parts)}
    refuted = [finding for finding in asked.heard.refuted if finding.key not in hidden]
    visible = [finding for finding in asked.heard.pathogenic if finding.key not in hidden]
    conclusions = [
        finding_conclusion(
            asked.gene,
            judgement,
            asked.phases,
            asked.reading,
            asked.words,
            Circumstances(
                asked.sex,
                asked.context,
                bool(asked.heard.uncalled_known),
                tuple(refuted) if not number else (),
                asked.family,
            ),
        )
        for number, judgement in enumerate((*harmful, *_uncertain(asked, visible)))
    ]
    if not conclusions:
        # With a withheld allele the gene reads as if it were absent; its half-called place then is a place not called.
        conclusions.append(
            empty_conclusion(
                asked.gene,
                asked.reading,
                asked.words,
                about=Circumstances(
                    asked.sex, asked.context, bool(asked.heard.uncalled_known) and may_name, tuple(refuted)
                ),
                other_uncalled=bool(
                    asked.heard.uncalled_other or halves or (asked.heard.uncalled_known and not may_name)
                ),
                without_reads=_row_without_reads(asked),
            )
        )
    return conclusions, hidden


def _row_without_reads(asked: Asked) -> Row | None:
    """What the table says of exons without any read beside others that were read."""
    if not asked.reading.without_reads:
        return None
    state, none = AlleleState.EXON_WITHOUT_READS, "none"
    return look_up(Question(asked.gene, Class.NONE, none, state, asked.sex, asked.context, consent=asked.consent))


def _harmful(asked: Asked) -> tuple[list[Judgement], set[str], bool]:
    """Judgements on the harmful alleles, the keys withheld, and whether one of those has its zygosity open."""
    judgements: list[Judgement] = []
    hidden: set[str] = set()
    halves = False
    groups = _by_mechanism(asked.gene, asked.heard.pathogenic)
    for group, findings in groups.items():
        ask = _asker(asked, Class.PATHOGENIC, group)
        judgement = _held_open(_beside(asked, groups, group, ask))
        judgement = uncontested(judgement, _contested(asked, judgement), asked.sex, ask)
        placed = without(findings, [finding for finding in findings if finding.unresolved])
        # A second call that short reads cannot place must not disclose a first one that consent withholds.
        if judgement.row.withheld or (placed and ask(placed)[1].withheld):
            hidden |= {key for finding in findings for key in (finding.key, *finding.state.parts)}
            halves = halves or (judgement.state is AlleleState.OPEN and any(map(_open_in_file, findings)))
        elif judgement.code is not None:
            judgements.append(judgement)
    return judgements, hidden, halves


def _beside(asked: Asked, groups: Mapping[str, tuple[Finding, ...]], group: str, ask: Judge) -> Judgement:
    """The judgement on the alleles of a mechanism, with those of another that change the same two copies.

    A dominant allele is a changed copy for the recessive disease too, a null one for that of weakened copies; with its
    own disease it is judged alone, and the others are told beside it.
    """
    own = with_opposite(groups[group], asked.heard.uncertain)
    also = {row.group: row.also for row in mechanism_groups().values() if row.gene is asked.gene and row.also}
    counting = [one for other, named in also.items() if group in named for one in groups.get(other, ())]
    if counting and _on_two_copies((*own, *counting)):
        together = judge((*own, *(one for one in counting if one not in own)), asked.sex, ask)
        if any(one in together.used for one in groups[group]):
            return together
    judgement = judge(own, asked.sex, ask)
    others = [one for other in also.get(group, ()) for one in groups.get(other, ()) if one not in judgement.used]
    if not others or not _on_two_copies((*judgement.used, *others)):
        return judgement
    return replace(
        judgement,
        beside=(*judgement.beside, *(one for one in others if one.unresolved)),
        companions=tuple(one for one in others if not one.unresolved),
    )


def _on_two_copies(findings: Sequence[Finding]) -> bool:
    """Whether all lie where two copies are; on how many of them may be open."""
    return all(finding.zygosity in (Zygosity.HET, Zygosity.HOM, *OPEN_ZYGOSITIES) for finding in findings)


def _open_in_file(finding: Finding) -> bool:
    """Whether it is the file, and no assay, that leaves open on how many copies an allele lies."""
    return finding.state.zygosity in OPEN_ZYGOSITIES or "written_twice" in finding.state.flags


def _held_open(judgement: Judgement) -> Judgement:
    """A disease genotype is possible only where it needs a deletion that is uncertain and cuts nothing short.

    A deletion that truncates leaves no copy of the place without a change, whatever its class alone is.
    """
    if judgement.code is not ConclusionCode.DISEASE_GENOTYPE:
        return judgement
    drawn = [finding for finding in judgement.used if not finding.allele.allele_class.class_.is_pathogenic]
    if all(finding.truncates for finding in drawn):
        return judgement
    return replace(judgement, code=ConclusionCode.POSSIBLE_DISEASE_GENOTYPE)


def _uncertain(asked: Asked, pathogenic: Sequence[Finding]) -> list[Judgement]:
    """Judgements on uncertain alleles: where they could explain a disease alone, or beside one harmful allele."""
    judgements: list[Judgement] = []
    counted = {finding.opposite for finding in asked.heard.pathogenic}
    left = [finding for finding in asked.heard.uncertain if finding.key not in counted]
    for group, findings in _by_mechanism(asked.gene, left).items():
        kind = Class.UNCERTAIN_NULL if any(finding.truncates for finding in findings) else Class.UNCERTAIN
        if any(finding.reported for finding in findings):
            kind = Class.UNCERTAIN_REPORTED
        alone = judge(findings, asked.sex, _asker(asked, kind, group))
        harmful = _by_mechanism(asked.gene, pathogenic).get(group, ())
        if harmful and _asker(asked, Class.PATHOGENIC, group)(harmful)[0] in _ONE_COPY_HIT:
            together = judge((*harmful, *findings), asked.sex, _asker(asked, Class.MIXED, group))
            # On one copy it is the candidate for the second change, and is not told as if it stood alone.
            named = all(one in together.used for one in alone.used)
            told = together.code is not None and alone.state is AlleleState.ONE and named
            judgements += [together] if told else [alone, together]
        else:
            judgements.append(alone)
    return [judgement for judgement in judgements if judgement.code is not None]


def _contested(asked: Asked, judgement: Judgement) -> list[Finding]:
    """Losses that an assay of copies shows and calls, or another assay, contradict."""
    return [one for one in judgement.used if FOUND in one.state.flags and disputed(asked.words.get(one.key))]


def _asker(asked: Asked, class_: Class, group: str) -> Judge:
    """The question to the disease table with everything but the alleles filled in."""

    def ask(findings: Sequence[Finding]) -> tuple[AlleleState, Row]:
        state = summarise(findings, asked.phases, uncalled=bool(asked.heard.uncalled_known))
        return state, look_up(
            Question(asked.gene, class_, group, state, asked.sex, asked.context, consent=asked.consent)
        )

    return ask


def _by_mechanism(gene: Gene, findings: Sequence[Finding]) -> dict[str, tuple[Finding, ...]]:
    """Findings by mechanism group; a group that joins another is counted with it when both occur."""
    groups: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        groups[finding.group] = (*groups.get(finding.group, ()), finding)
    if len(groups) < 2:
        return groups
    for row in mechanism_groups().values():
        if row.gene is gene and row.joins in groups and row.group in groups:
            groups[row.joins] += groups.pop(row.group)
    return groups
