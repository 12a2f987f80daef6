"""The phenotype on the page: what does not fit on the first screen, the comparison, and the order of diseases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from higm_annot.interpretation.types import Conclusion
from higm_annot.knowledge.texts import text
from higm_annot.phenotype.remarks import disease_name
from higm_annot.phenotype.types import Reason
from higm_annot.report.types import ComparedBlock, ComparisonBlock, ObservedBlock, PhenotypeBlock, Report
from higm_annot.report.words import References, disease_words, label, words

_REMARKS_SHOWN = 3
_FOUND, _MISSED, _OPEN = "present", "excluded", "not_examined"
Cited = tuple[str, list[int]]


def discordance(lead: Conclusion | None, report: Report, references: References) -> list[Cited]:
    """What does not fit the leading conclusion, as far as the first screen holds it."""
    found = _comparison_of(lead, report)
    remarks = found.remarks[:_REMARKS_SHOWN] if found is not None else ()
    return [(one.text, references.numbers(one.source)) for one in remarks]


def in_short(lead: Conclusion | None, report: Report) -> list[str]:
    """The phenotype in one line: why it is not used, or how many of the expected findings were found."""
    block = report.phenotype
    if block is None:
        return []
    if not block.used:
        return [block.reason]
    found = _comparison_of(lead, report)
    if found is None:
        return [label("observed_only")]
    expected = [one for one in found.findings if one.expected != "not_expected"]
    counts = {name: sum(one.standing == name for one in expected) for name in (_FOUND, _MISSED)}
    left = len(expected) - sum(counts.values())
    return [text("page.compared_counts", **counts, open=left)]


def _comparison_of(lead: Conclusion | None, report: Report) -> ComparisonBlock | None:
    if lead is None or report.phenotype is None:
        return None
    wanted = (lead.gene, lead.disease)
    return next((one for one in report.phenotype.comparison if (one.gene, one.disease) == wanted), None)


def phenotype_section(report: Report, conclusions: Sequence[Conclusion], references: References) -> dict[str, Any]:
    """The section on the phenotype; empty where none was given."""
    block = report.phenotype
    if block is None:
        return {}
    return {
        "reason": block.reason,
        "ontology": text("page.ontology", release=block.hpo_release),
        "compared": [
            _compared(one, found, references)
            for one in conclusions
            if (found := _comparison_of(one, report)) is not None
        ],
        "given": [_given(one) for one in block.observed],
        "order": _order(block, references),
    }


def _compared(conclusion: Conclusion, found: ComparisonBlock, references: References) -> dict[str, Any]:
    """One comparison: what does not fit, what was examined, and the names of what was not."""
    bars = {
        (one.feature, one.direction): _bar(one.frequency_low, one.frequency_high)
        for one in conclusion.expected_findings
    }
    looked_for = [one for one in found.findings if one.standing != _OPEN]
    left = [one.label for one in found.findings if one.standing == _OPEN]
    return {
        "disease": disease_words(conclusion),
        "remarks": [(one.text, references.numbers(one.source)) for one in found.remarks],
        "fits": any(one.standing in (_FOUND, _MISSED) for one in looked_for),
        "rows": [_row(one, bars.get((one.feature, one.direction)), references) for one in looked_for],
        "open": left,
        "open_head": text("page.open_findings", count=len(left)),
    }


def _row(one: ComparedBlock, bar: tuple[float, float] | None, references: References) -> dict[str, Any]:
    return {
        "label": one.label,
        "expected": words(one.expected, "expected"),
        "frequency": one.frequency,
        "bar": bar,
        "standing": one.standing,
        "told": words(one.standing, "standing"),
        "observed": [name for name in one.observed if name != one.label],
        "references": references.numbers(one.source),
    }


def _bar(low: float | None, high: float | None) -> tuple[float, float] | None:
    """Where the share of people lies on a scale of a hundred: start and width, never too thin to be seen."""
    if low is None:
        return None
    top = 1.0 if high is None else high
    start, width = 100 * low, max(100 * (top - low), 2)
    return round(min(start, 98), 1), round(width, 1)


def _given(one: ObservedBlock) -> dict[str, Any]:
    return {
        "label": one.label,
        "id": one.feature if one.kind == "hpo" else "",
        "finding": text(f"answer.{one.finding}") if one.finding else "",
        "value": one.value,
        "age": one.age,
        "remark": one.remark,
    }


def _order(block: PhenotypeBlock, references: References) -> list[dict[str, Any]]:
    return [
        {
            "rank": one.rank,
            "gene": one.gene,
            "disease": disease_name(one.disease),
            "score": one.score,
            "reasons": [_ground(reason, one.disease, references) for reason in one.reasons],
        }
        for one in block.differential
    ]


def _ground(one: Reason, disease: str, references: References) -> tuple[str, str, list[int]]:
    """A ground in words with what it counts."""
    if one.finding:
        said = text(f"telling.{one.finding}", disease=disease_name(disease))
    else:
        said = text(f"ground.{one.standing}_{one.expected}", findings=", ".join(one.observed))
    return said, f"{one.weight:+d}", references.numbers(one.source)
