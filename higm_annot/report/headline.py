"""The headline: the result in words, led by the conclusion that matters most."""

from __future__ import annotations

from collections.abc import Sequence

from higm_annot.intake.types import Affected, Mode, Person
from higm_annot.interpretation.types import Conclusion, ConclusionCode
from higm_annot.knowledge.tables import diseases
from higm_annot.knowledge.texts import text
from higm_annot.problems import Audience, Problem, Severity
from higm_annot.report.tables import HeadlineRow, headlines
from higm_annot.report.types import AssessmentBlock, Headline, VariantBlock

CALLS_ONLY = "no_reference_evidence"
ALLELE_NOT_READ = "allele_not_read"
DROP_OUT = "exon_without_reads"
FAILED = "failed"
REFUTED = "refuted_by_outside_call"
_REASONS_SHOWN = 3
_FAMILY_SHOWN = 2
_WITHOUT_FINDING = frozenset({ConclusionCode.NO_FINDING, ConclusionCode.NOT_ASSESSED})
_WITH_STATUS = frozenset({ConclusionCode.DISEASE_GENOTYPE, ConclusionCode.POSSIBLE_DISEASE_GENOTYPE})


def disease_name(conclusion: Conclusion) -> str:
    """The disease in words with its short name, or the short name alone when the table does not have it."""
    row = diseases().get(conclusion.disease)
    return f"{row.name} ({row.disease})" if row else conclusion.disease


def headline(
    person: Person,
    conclusions: Sequence[Conclusion],
    variants: Sequence[VariantBlock],
    assessment: Sequence[AssessmentBlock],
    family: Sequence[str] = (),
) -> Headline:
    """The sentence of the leading conclusion, then the other findings, what is open, and what was not assessed.

    ``family`` are sentences on alleles of relatives that no conclusion of this person speaks of.

    Absence of a finding never reads as a negative result unless every region was assessed with evidence.
    """
    calls_only = not any(block.status != "not_assessed" for block in assessment)
    ranked = sorted(conclusions, key=lambda conclusion: _row(conclusion, calls_only=calls_only).rank)
    if not ranked:
        return Headline(ConclusionCode.NOT_ASSESSED, text(_unread(calls_only=calls_only).text), _unassessed(assessment))
    lead = ranked[0]
    if lead.code in _WITHOUT_FINDING:
        row = _row(lead, calls_only=calls_only)
        # A suspected deletion leads what is said of a gene in which nothing was found.
        suspected = lead.reasons[:1] if row.rests_on == DROP_OUT else ()
        # Whoever asked for another assay looks first for what it refuted.
        first = (*suspected, *_said(ranked, ALLELE_NOT_READ), *_said(ranked, REFUTED))
        detail = [*first, *family[:_FAMILY_SHOWN], *_unassessed(assessment)]
        return Headline(row.code, text(row.text, gene=lead.gene), tuple(detail))
    detail = [_sentence(other, variants) for other in ranked[1:] if other.code not in _WITHOUT_FINDING]
    if lead.code in _WITH_STATUS:
        detail.append(_clinical(person))
    detail += (*lead.reasons[:_REASONS_SHOWN], *_said(ranked, ALLELE_NOT_READ), *family[:_FAMILY_SHOWN])
    return Headline(lead.code, _sentence(lead, variants), tuple(dict.fromkeys(detail)))


def _said(conclusions: Sequence[Conclusion], wanted: str) -> tuple[str, ...]:
    """The sentences of one reason in all conclusions."""
    return tuple(
        sentence for one in conclusions for code, sentence in zip(one.why, one.reasons, strict=True) if code == wanted
    )


def headline_of_failure(problems: Sequence[Problem]) -> Headline:
    """The reason of the first error that may be told; otherwise that the laboratory has it."""
    for found in problems:
        if found.audience is Audience.REPORT and found.severity is Severity.ERROR:
            return Headline(FAILED, text("headline.failed", reason=found.message), (found.remedy,))
    return Headline(FAILED, text("headline.failed_for_laboratory"), ())


def headline_of_transplanted() -> Headline:
    """Blood after a stem-cell transplantation says nothing of the person it was drawn from."""
    return Headline(ConclusionCode.NOT_ASSESSED, text("headline.transplanted"), ())


def _row(conclusion: Conclusion, *, calls_only: bool) -> HeadlineRow:
    if conclusion.code is ConclusionCode.NOT_ASSESSED:
        if any(code.startswith(DROP_OUT) for code in conclusion.why):
            return headlines()[conclusion.code, DROP_OUT]
        return _unread(calls_only=calls_only)
    if conclusion.code is ConclusionCode.NO_FINDING:
        # Nothing read at all cannot be "nothing found": the calls alone show no reference base.
        return _unread(calls_only=True) if calls_only else headlines()[conclusion.code, "in_part"]
    return headlines()[conclusion.code, conclusion.status]


def _unread(*, calls_only: bool) -> HeadlineRow:
    return headlines()[ConclusionCode.NOT_ASSESSED, "calls_only" if calls_only else "in_part"]


def _sentence(conclusion: Conclusion, variants: Sequence[VariantBlock]) -> str:
    names = [_variant_name(block) for block in variants if block.key in conclusion.variants]
    # What an unresolved call would be is what it counts as once it is placed, not what the open call amounts to.
    row = headlines().get((conclusion.if_confirmed or conclusion.code, conclusion.status))
    return text(
        (row or _row(conclusion, calls_only=False)).text,
        gene=conclusion.gene,
        disease=disease_name(conclusion),
        diplotype=conclusion.diplotype.hgvs if conclusion.diplotype else "; ".join(dict.fromkeys(names)),
    )


def _variant_name(block: VariantBlock) -> str:
    """The c. name, or the genomic one where a structural change has none."""
    name = block.hgvs.c.get(block.transcript, "")
    return name if name not in ("", "c.?") else block.hgvs.g


def _clinical(person: Person) -> str:
    if person.mode is Mode.PRENATAL:
        return text("headline.clinical.prenatal")
    words = {Affected.YES: "affected", Affected.NO: "unaffected", Affected.UNKNOWN: "unknown"}
    return text(f"headline.clinical.{words[person.affected]}")


def _unassessed(assessment: Sequence[AssessmentBlock]) -> tuple[str, ...]:
    """A sentence naming the genes of which something was not read; none when everything was."""
    genes = dict.fromkeys(block.gene for block in assessment if block.status != "assessed")
    return (text("headline.not_assessed_genes", genes=", ".join(genes)),) if genes else ()
