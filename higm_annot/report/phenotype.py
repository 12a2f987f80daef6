"""The phenotype in the document: what was observed, beside what the genotype lets expect."""

from __future__ import annotations

from collections.abc import Sequence

from higm_annot.intake.types import Person
from higm_annot.interpretation.consent import context_of
from higm_annot.interpretation.disease_table import Context
from higm_annot.interpretation.types import Conclusion, ConclusionCode, Expectation, Statement
from higm_annot.knowledge.texts import text, text_sources
from higm_annot.phenotype import hpo
from higm_annot.phenotype.compare import Compared, Picture, compared
from higm_annot.phenotype.differential import choices, labels, ranked
from higm_annot.phenotype.remarks import remarks
from higm_annot.phenotype.types import Observed, Phenotype
from higm_annot.report.types import ComparedBlock, ComparisonBlock, ObservedBlock, PhenotypeBlock

_COMPARED = frozenset({ConclusionCode.DISEASE_GENOTYPE, ConclusionCode.POSSIBLE_DISEASE_GENOTYPE})
_ATYPICAL = "phenotype.atypical"
_LISTED = "listed_expression"  # the reason that tells of an allele unlike the usual picture
TOPIC = "discordance"


def phenotype_block(phenotype: Phenotype, person: Person, conclusions: Sequence[Conclusion]) -> PhenotypeBlock:
    """The phenotype of one person with this person's conclusions.

    The order of diseases is told of patients of the panel's diseases only, and rests on the observations alone.
    """
    observed = tuple(map(_observed, phenotype.observed))
    release = hpo.release()
    if not phenotype.used:
        reason = text(f"phenotype.unused.{phenotype.unused}")
        return PhenotypeBlock(used=False, reason=reason, hpo_release=release, observed=observed)
    picture = Picture(phenotype.observed)
    return PhenotypeBlock(
        used=True,
        reason="",
        hpo_release=release,
        observed=observed,
        comparison=tuple(_comparison(one, picture, person) for one in conclusions if one.code in _COMPARED),
        differential=ranked(picture, person.sex) if context_of(person) is Context.INDICATED else (),
    )


def _observed(one: Observed) -> ObservedBlock:
    return ObservedBlock(
        feature=one.feature,
        kind=one.kind,
        label=one.label,
        finding=one.finding,
        value=one.value,
        age=one.age,
        given=one.given,
        used=not one.unused,
        remark=text(f"observed.unused.{one.unused}") if one.unused else "",
    )


def _comparison(conclusion: Conclusion, picture: Picture, person: Person) -> ComparisonBlock:
    """The findings expected with a conclusion, each with what was observed, and what does not fit."""
    expected = conclusion.expected_findings
    others = {other: rows for other, rows in choices(person.sex).items() if other != conclusion.disease}
    found = compared(picture, expected)
    told = [
        Statement(one.code, TOPIC, one.text, one.source)
        for one in remarks(picture, conclusion.disease, found, expected, others)
    ]
    if told and _LISTED in conclusion.why:
        told.append(Statement(_ATYPICAL, TOPIC, text(_ATYPICAL), text_sources(_ATYPICAL)))
    return ComparisonBlock(conclusion.gene, conclusion.disease, tuple(map(_compared, found)), tuple(told))


def _compared(one: Compared[Expectation]) -> ComparedBlock:
    row = one.expected
    return ComparedBlock(
        feature=row.feature,
        direction=row.direction,
        label=row.label,
        expected=row.expected,
        frequency=row.frequency,
        standing=one.standing,
        observed=labels(one.by),
        source=row.source,
    )
