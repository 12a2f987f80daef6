"""The conclusion on a gene in which nothing reportable was found."""

from __future__ import annotations

from higm_annot.interpretation.assessed import Reading, spans
from higm_annot.interpretation.disease_table import Row, empty_tests
from higm_annot.interpretation.next_step import next_step
from higm_annot.interpretation.outside import Word
from higm_annot.interpretation.profile import statements
from higm_annot.interpretation.said import (
    Circumstances,
    fields_of,
    refuted,
    say,
    sources_of,
    unread_alleles,
)
from higm_annot.interpretation.types import Conclusion, ConclusionCode, Statement, Status
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Gene


def empty_conclusion(
    gene: Gene,
    reading: Reading,
    words: dict[str, Word],
    *,
    about: Circumstances,
    other_uncalled: bool,
    without_reads: Row | None = None,
) -> Conclusion:
    """The conclusion on a gene in which nothing reportable was found.

    It is ``no_finding`` only when every coding exon was read, none has a pseudogene twin, and no place that matters
    was left uncalled; otherwise ``not_assessed``. ``without_reads`` is the row of the disease table on exons that no
    read covers, where there are such exons.
    """
    reasons = []
    if reading.complete and not about.uncalled and not other_uncalled:
        code = ConclusionCode.NO_FINDING
        reasons.append(say("nothing_in_what_was_read", gene=gene))
    else:
        code = ConclusionCode.NOT_ASSESSED
        reasons += unread_alleles(gene, reading)
        if reading.nothing:
            reasons.append(say("which_bases_were_read_unknown", gene=gene))
        elif without_reads is not None:
            exons = spans(reading.without_reads)
            reasons += [say(reason, gene=gene, exons=exons) for reason in without_reads.why]
        if reading.unread and not reading.nothing:
            reasons.append(say("exons_not_read", gene=gene, exons=spans(reading.unread)))
        if reading.paralogue:
            reasons.append(say("exons_like_pseudogene", gene=gene, exons=spans(reading.paralogue)))
    if about.uncalled:
        reasons.append(say("no_call_at_known_site", gene=gene))
    if other_uncalled:
        reasons.append(say("position_not_called", gene=gene))
    reasons += [refuted(finding, words) for finding in about.refuted]
    read = "complete" if code is ConclusionCode.NO_FINDING else "nothing" if reading.nothing else "in_part"
    tests = empty_tests(gene, read, about.context)
    facts: tuple[Statement, ...] = ()
    if without_reads is not None:
        tests = tuple(dict.fromkeys((*without_reads.next_tests, *tests)))
        fields = fields_of(gene, without_reads.disease, ())
        facts = statements(without_reads.disease, fields, code=code, sex=about.sex, context=about.context)
    disease = without_reads.disease if without_reads is not None else ""
    said = tuple(text(f"test.{test}") for test in tests)
    return Conclusion(
        gene=gene,
        disease=disease,
        code=code,
        status=Status.ESTABLISHED,
        if_confirmed=None,
        why=tuple(reason.code for reason in reasons),
        reasons=tuple(reason.sentence for reason in reasons),
        inheritance="",
        diplotype=None,
        variants=tuple(finding.key for finding in about.refuted),
        next_tests=said,
        sources=sources_of(gene, without_reads.source if without_reads is not None else (), reasons, tests),
        row=without_reads.row if without_reads is not None else "",
        facts=facts,
        next_step=next_step(
            tests, said, disease=disease, code=code, status=Status.ESTABLISHED, sex=about.sex, context=about.context
        ),
    )
