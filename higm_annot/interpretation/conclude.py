"""Conclude: from judged alleles to one worded statement with its reasons, next tests and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from higm_annot.genotype.quality import DOUBTFUL
from higm_annot.genotype.types import FamilyFacts, PhaseVerdict, Zygosity
from higm_annot.genotype.zygosity import COUNT_CONTRADICTS
from higm_annot.interpretation.arrangement import answered, arranged, arrangement_fields, phase_codes, unanswered
from higm_annot.interpretation.assessed import Reading
from higm_annot.interpretation.diplotype import Phases, copies_of, describe, summarise, verdict_of
from higm_annot.interpretation.disease_table import AlleleState, Row, paralogue_tests
from higm_annot.interpretation.expectation import expectations
from higm_annot.interpretation.findings import FOUND, SINGLE_PROBE, Finding, disputed, named
from higm_annot.interpretation.firewall import Judgement
from higm_annot.interpretation.next_step import next_step
from higm_annot.interpretation.outside import Word
from higm_annot.interpretation.profile import picture_of, statements
from higm_annot.interpretation.relatives import Heeded, heed, speaking, told_of
from higm_annot.interpretation.said import (
    Circumstances,
    Said,
    doable_tests,
    fields_of,
    refuted,
    say,
    sources_of,
    test_words,
    unread_alleles,
)
from higm_annot.interpretation.types import Conclusion, ConclusionCode, Status
from higm_annot.knowledge.tables import ListedAllele, diseases, listed_alleles
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Build, Gene

_PHASED = frozenset({AlleleState.TWO_TRANS, AlleleState.TWO_CIS})
_ARRANGED = _PHASED | {AlleleState.TWO_UNPHASED}
_OF_THE_CALL = ("het_in_male", "sex_unknown", "zygosity_open", "phase_")
# A carrier is not told how a patient fared.
_TELL_THE_PICTURE = frozenset({ConclusionCode.DISEASE_GENOTYPE, ConclusionCode.POSSIBLE_DISEASE_GENOTYPE})
RECESSIVE = "AR"
SEGREGATES = _TELL_THE_PICTURE  # conclusions that a relative's clinical status can go with or against
_NEEDS_NO_CAVEAT = frozenset({ConclusionCode.DISEASE_GENOTYPE})


def _conditional(said: Said) -> Said:
    """A reason that holds only if the call lies in the gene, worded so; what the call itself shows stays as it is."""
    if said.code.startswith(_OF_THE_CALL):
        return said
    return Said(said.code, text("why.if_placed", statement=said.sentence))


def finding_conclusion(
    gene: Gene,
    judgement: Judgement,
    phases: Phases,
    reading: Reading,
    words: dict[str, Word],
    about: Circumstances,
) -> Conclusion:
    """The conclusion on alleles that a person carries.

    Parameters
    ----------
    gene, judgement, phases, reading
        What was judged, the phase of its alleles, and how much of the gene was read.
    words
        Other assays' words by allele key, for the reasons.
    about
        The person's circumstances, and what else was heard of the gene.

    Raises
    ------
    ValueError
        When the judgement makes no conclusion.
    """
    if judgement.code is None:
        msg = f"row {judgement.row.row} makes no conclusion"
        raise ValueError(msg)
    row = judgement.row
    copies = copies_of(judgement.used, phases)
    fields = fields_of(gene, row.disease, judgement.used) | arrangement_fields(
        judgement.used, copies, judgement.contested
    )
    unplaced = [finding for finding in judgement.used if finding.unresolved]
    reasons = []
    if unplaced and judgement.if_confirmed is not None:
        # What follows is true only if the call lies in the gene; that comes first.
        meaning = text(f"conclusion.{judgement.if_confirmed}", **fields)
        reasons.append(say("unresolved_paralogue", **fields_of(gene, row.disease, unplaced), meaning=meaning))
    codes = arranged(row.why, judgement.used, copies, contested=bool(judgement.contested))
    stated = [say(code, **fields | fields_of(gene, row.disease, _decisive(judgement))) for code in codes]
    reasons += map(_conditional, stated) if unplaced else stated
    if judgement.state in _ARRANGED:
        reasons += [
            say(phase_codes(basis, told), **fields | {"variants": named(told)})
            for basis, told in phases.grounds(judgement.used).items()
        ]
    heeded = heed(judgement.used, about.family)
    reasons += [say(code, **fields_of(gene, row.disease, findings)) for code, findings in heeded.reasons]
    reasons += _segregation(judgement, about.family, fields)
    reasons += [
        say("confirmed_by_outside_call", variant=finding.name, methods="; ".join(words[finding.key].methods))
        for finding in judgement.used
        if finding.allele.paralogue and finding.key in words and not finding.unresolved
    ]
    reasons += _companions(gene, judgement, phases)
    reasons += _by_assay((*judgement.used, *judgement.contested), words)
    tells = judgement.code in _TELL_THE_PICTURE
    listed = [one for finding in judgement.used if tells and (one := _listed(finding)) is not None]
    reasons += [
        say("listed_expression", variant=one.hgvs_c, expression=one.expression) for one in listed if one.replaces
    ]
    found = statements(
        row.disease,
        fields,
        code=_told_as(judgement),
        sex=about.sex,
        context=about.context,
        family=heeded.conditions,
    )
    picture, facts = picture_of(listed, found, alleles=len(judgement.used))
    if diseases()[row.disease].inheritance == RECESSIVE and any(
        one.suffices_alone for one in (*judgement.used, *judgement.companions)
    ):
        # Children and siblings of two copies are told by the dominant disease beside: one changed copy makes them ill.
        facts = tuple(fact for fact in facts if fact.topic != "family")
    if judgement.beside:
        reasons.append(say("unplaced_beside", **fields_of(gene, row.disease, judgement.beside)))
    doubtful = judgement.weakened or any(finding.doubtful for finding in judgement.used)
    if any(DOUBTFUL & set(finding.state.flags) for finding in judgement.used if finding.doubtful):
        reasons.append(say("call_quality" if judgement.weakened else "call_quality_noted", **fields))
    if about.uncalled and "second_site_not_called" not in row.why:
        reasons.append(say("no_call_at_known_site", **fields))
    if not reading.complete and judgement.code not in _NEEDS_NO_CAVEAT:
        reasons.append(say("not_everything_read", **fields))
        reasons += unread_alleles(gene, reading)
    reasons += [refuted(finding, words) for finding in about.refuted]
    reported = [finding for finding in judgement.used if finding.reported]
    if reported:
        reasons.append(say("reported_pathogenic", **fields_of(gene, row.disease, reported)))
    tests = _tests(judgement, words, heeded, doubtful=doubtful)
    doable = doable_tests(tests, about.context)
    said = tuple(test_words(code, about.context) for code in doable)
    return Conclusion(
        gene=gene,
        disease=row.disease,
        code=judgement.code,
        status=judgement.status,
        if_confirmed=judgement.if_confirmed,
        why=tuple(reason.code for reason in reasons),
        reasons=tuple(reason.sentence for reason in reasons),
        inheritance=diseases()[row.disease].inheritance,
        diplotype=describe(
            (*judgement.used, *judgement.companions),
            phases,
            _state_shown(judgement, phases),
            second_expected=judgement.code is ConclusionCode.ONE_ALLELE_FOUND or bool(judgement.contested),
        ),
        variants=tuple(
            finding.key for finding in (*judgement.used, *judgement.companions, *judgement.beside, *judgement.contested)
        ),
        next_tests=said,
        sources=sources_of(gene, (*row.source, *(key for one in listed for key in one.source)), reasons, tests),
        row=row.row,
        penetrance=_penetrance(row, fields, placed=not unplaced),
        expected_phenotype=picture,
        facts=facts,
        expected_findings=expectations(
            row.disease, _told_as(judgement), judgement.used, sex=about.sex, context=about.context
        ),
        next_step=next_step(
            doable,
            said,
            disease=row.disease,
            code=judgement.code,
            status=judgement.status,
            sex=about.sex,
            context=about.context,
        ),
    )


def _state_shown(judgement: Judgement, phases: Phases) -> AlleleState:
    """The state of everything that the diplotype shows."""
    if not judgement.companions:
        return judgement.state
    return summarise((*judgement.used, *judgement.companions), phases, uncalled=False)


def _companions(gene: Gene, judgement: Judgement, phases: Phases) -> list[Said]:
    """Alleles of another mechanism, by the copy they lie on; where both copies are hit the diplotype tells it."""
    if judgement.state is AlleleState.TWO_TRANS:
        return []
    told: dict[PhaseVerdict, list[Finding]] = {}
    for finding in judgement.companions:
        if finding.zygosity is Zygosity.HET and all(one.zygosity is Zygosity.HET for one in judgement.used):
            told.setdefault(verdict_of(judgement.used, (finding,), phases), []).append(finding)
    return [
        say(f"companion_{verdict}", **fields_of(gene, judgement.row.disease, findings))
        for verdict, findings in told.items()
    ]


def _tests(judgement: Judgement, words: dict[str, Word], heeded: Heeded, *, doubtful: bool) -> list[str]:
    """Codes of the next tests: those of the row, without what assays, relatives or the phase have answered."""
    used, told_apart = judgement.used, paralogue_tests(judgement.used[0].state.gene)
    tests = [*(told_apart if judgement.status is Status.UNRESOLVED_PARALOGUE else ()), *judgement.row.next_tests]
    if not any(one.unresolved for one in used) and any(
        finding.allele.paralogue and finding.key in words for finding in used
    ):
        tests = [test for test in tests if test not in told_apart]  # another assay has just answered it
    if judgement.state in _PHASED:
        tests = unanswered(tests, "phase")
    tests = answered(heeded.tests(tests), used)
    if doubtful:
        tests.insert(0, "confirm_call")
    if judgement.contested:
        tests.insert(0, "confirm_loss")
    return tests


def _decisive(judgement: Judgement) -> Sequence[Finding]:
    """The alleles that the state is true of: beside a homozygous one a heterozygous one is not on both copies."""
    return [one for one in judgement.used if str(one.zygosity) == str(judgement.state)] or judgement.used


def _segregation(judgement: Judgement, family: FamilyFacts, fields: Mapping[str, object]) -> list[Said]:
    """Relatives who do not go with the genotype, as far as they agreed to be told of."""
    if judgement.code not in SEGREGATES or any(finding.unresolved for finding in judgement.used):
        return []
    found = speaking([finding.state for finding in judgement.used], family)
    told = (("affected_relatives_without", found.without), ("unaffected_relatives_with", found.carrying))
    return [say(code, **fields, relatives=those) for code, kin in told if (those := told_of(kin))]


def _by_assay(used: Sequence[Finding], words: dict[str, Word]) -> list[Said]:
    """What rests on an assay of copies alone, and what copies counted or assays contradict."""
    reasons = []
    for finding in used:
        word = words.get(finding.key)
        methods = "; ".join(word.methods) if word is not None else ""
        if FOUND in finding.state.flags:
            reasons.append(say("found_by_outside_call", variant=finding.name, methods=methods))
        if SINGLE_PROBE in finding.state.flags and finding.doubtful:
            reasons.append(say("single_probe", variant=finding.name))
        if COUNT_CONTRADICTS in finding.state.flags and finding.doubtful:
            reasons.append(say(COUNT_CONTRADICTS, variant=finding.name))
        if word is not None and word.copies_differ and not finding.unresolved:
            reasons.append(say("copies_disputed", variant=finding.name, methods=methods))
        elif disputed(word):
            reasons.append(say("assays_disagree", variant=finding.name, methods=methods))
    return reasons


def _told_as(judgement: Judgement) -> ConclusionCode:
    """The code whose facts are told: what is not placed yet is told like what is possible only."""
    if judgement.code is ConclusionCode.DISEASE_GENOTYPE and judgement.status is Status.UNRESOLVED_PARALOGUE:
        return ConclusionCode.POSSIBLE_DISEASE_GENOTYPE
    return judgement.code or ConclusionCode.UNCERTAIN


def _penetrance(row: Row, fields: dict[str, object], *, placed: bool) -> str:
    """How surely the genotype shows, worded with a condition while the call is not placed."""
    if not row.penetrance:
        return ""
    said = text(f"penetrance.{row.penetrance}", **fields)
    return said if placed else text("why.if_placed", statement=said)


def _listed(finding: Finding) -> ListedAllele | None:
    return listed_alleles().get(finding.allele.effects.keys.get(Build.GRCH38, ""))
