"""What is expected with a conclusion, finding by finding, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from higm_annot.interpretation.disease_table import Context
from higm_annot.interpretation.findings import Finding
from higm_annot.interpretation.types import ConclusionCode, Expectation
from higm_annot.knowledge.expected import ExpectedFinding, Genotype, expected_of
from higm_annot.knowledge.tables import diseases, listed_alleles, words
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Build

# Whose findings are told: those of the disease with a disease genotype, those of carriers with one changed copy.
_TOLD: dict[ConclusionCode, Genotype] = {
    ConclusionCode.DISEASE_GENOTYPE: "disease",
    ConclusionCode.POSSIBLE_DISEASE_GENOTYPE: "disease",
    ConclusionCode.SECONDARY_RISK: "disease",
    ConclusionCode.CARRIER: "carrier",
    ConclusionCode.CARRIER_POSSIBLY_AFFECTED: "carrier",
}
# Limits of the frequency classes of HPO, which Orphanet uses.
_CLASSES = {(0.8, 0.99): "very_frequent", (0.3, 0.79): "frequent", (0.05, 0.29): "occasional"}


def expectations(
    disease: str, code: ConclusionCode, used: Sequence[Finding], *, sex: str, context: str
) -> tuple[Expectation, ...]:
    """Findings expected with a conclusion, in table order; none where the conclusion tells no picture.

    Parameters
    ----------
    disease, code
        What was concluded.
    used
        The alleles that count.
    sex, context
        Declared sex, and why the person is tested: before birth nothing is said of what is measured only after it.
    """
    genotype = _TOLD.get(code)
    if genotype is None:
        return ()
    later = words("groups_told_after_birth") if context == Context.PRENATAL else ()
    rows = expected_of(
        disease,
        mechanism=mechanism_of(disease, used),
        alleles=[_listed_name(finding) for finding in used],
        sex=sex,
        genotype=genotype,
    )
    return tuple(_expectation(row) for row in rows if row.group not in later)


def mechanism_of(disease: str, used: Sequence[Finding]) -> str:
    """How the alleles act together: the disease's usual way, unless every allele acts in one other way of it."""
    ways = {str(next(iter(finding.allele.allele_class.mechanisms), "")) for finding in used}
    known = diseases()[disease].mechanisms
    return next(iter(ways)) if len(ways) == 1 and ways <= set(map(str, known)) else known[0]


def _listed_name(finding: Finding) -> str:
    """Coding name of an allele of which a source speaks; empty for another, which no row names."""
    row = listed_alleles().get(finding.allele.effects.keys.get(Build.GRCH38, ""))
    return row.hgvs_c if row is not None else ""


def _expectation(row: ExpectedFinding) -> Expectation:
    return Expectation(
        group=row.group,
        feature=row.feature,
        kind=row.kind,
        label=row.label or _result(row),
        direction=row.direction,
        expected=row.expected,
        frequency=frequency_words(row),
        seen=row.seen,
        examined=row.examined,
        frequency_low=row.frequency_low,
        frequency_high=row.frequency_high,
        onset=row.onset,
        of_allele=bool(row.allele),
        note=row.note,
        source=row.source,
    )


def _result(row: ExpectedFinding) -> str:
    """A laboratory test with its result."""
    results = [text(f"answer.{direction}") for direction in row.direction]
    result = text("words.or", first=results[0], last=results[-1]) if len(results) > 1 else results[0]
    return text("expected.result", test=text(f"lab.{row.feature}"), result=result)


def frequency_words(row: ExpectedFinding) -> str:
    """How often, as the sources count it; empty where none does."""
    low, high = row.frequency_low, row.frequency_high
    if row.seen is not None:
        return text("frequency.counted", seen=row.seen, examined=row.examined)
    if low is None:
        return ""
    if high is None:
        return text("frequency.at_least", low=_percent(low))
    if (low, high) in _CLASSES:
        return text(f"frequency.{_CLASSES[low, high]}", low=_percent(low), high=_percent(high))
    if low != high:
        return text("frequency.between", low=_percent(low), high=_percent(high))
    return (
        text("frequency.share_of", share=_percent(low), examined=row.examined)
        if row.examined
        else text("frequency.share", share=_percent(low))
    )


def _percent(share: float) -> str:
    """A share as whole per cent, tenths kept below ten."""
    value = 100 * share
    return f"{value:.1f}".removesuffix(".0") if value < 10 else f"{value:.0f}"
