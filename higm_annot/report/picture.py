"""The sourced sentences of a report, put where they belong: picture, care, family, beyond the panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from higm_annot.interpretation.types import Conclusion, Expectation, Statement
from higm_annot.knowledge.texts import text
from higm_annot.report.types import Report
from higm_annot.report.words import References, disease_words, label, unresolved, words

_PICTURE = ("picture", "onset", "laboratory", "course", "mechanism")
_CARE = ("management", "transplant")
_FAMILY = ("plain", "family")
_BACKGROUND = ("general", "outside_panel")
Groups = list[tuple[str, list[tuple[str, list[tuple[str, list[int]]]]]]]
Cited = tuple[str, list[int]]


def sections(report: Report, conclusions: Sequence[Conclusion], references: References) -> list[dict[str, Any]]:
    """Sections with their groups, in the order of the page; a sentence is printed once, empty ones are left out."""
    said: set[str] = set()
    pages = [
        ("expected", _intro(report, conclusions), _grouped(conclusions, _PICTURE, said, references)),
        ("care", label("care_intro"), _grouped(conclusions, _CARE, said, references)),
        ("relatives", "", _grouped(conclusions, _FAMILY, said, references)),
        ("beyond", "", _parts("", report.background, _BACKGROUND, said, references)),
    ]
    return [
        {
            "id": name,
            "head": label(name),
            "intro": intro,
            "groups": found,
            "tables": _tables(conclusions, references) if name == "expected" else [],
        }
        for name, intro, found in pages
        if found
    ]


def _intro(report: Report, conclusions: Sequence[Conclusion]) -> str:
    """What the expected picture is of, for a patient, somebody without signs, or a fetus."""
    sample = report.sample
    intro = "expected_intro_healthy" if sample.affected == "no" else "expected_intro"
    if sample.mode == "prenatal":
        intro = "expected_intro_prenatal"
    told = [one for one in conclusions if one.expected_phenotype]
    only_if = label("expected_if_placed") if told and all(map(unresolved, told)) else ""
    return f"{label(intro)} {only_if}".strip()


def _tables(conclusions: Sequence[Conclusion], references: References) -> list[dict[str, Any]]:
    """The expected findings by disease and group, once where several conclusions expect the same."""
    shown: dict[tuple[str, tuple[Expectation, ...]], None] = {}
    for one in conclusions:
        if one.expected_findings:
            shown.setdefault((disease_words(one), one.expected_findings))
    return [
        {
            "disease": disease,
            "head": text("page.findings", count=len(found)),
            "groups": [
                (words(group, "group"), [_row(row, references) for row in found if row.group == group])
                for group in dict.fromkeys(row.group for row in found)
            ],
        }
        for disease, found in shown
    ]


def _row(row: Expectation, references: References) -> dict[str, Any]:
    """A finding, how often it was seen, and what it counts as; the note says whose the numbers are."""
    about = [words(row.onset, "starts") if row.onset else "", label("of_allele") if row.of_allele else "", row.note]
    return {
        "label": row.label,
        "id": row.feature if row.kind == "hpo" else "",
        "frequency": row.frequency,
        "expected": words(row.expected, "expected"),
        "note": "; ".join(part for part in about if part),
        "references": references.numbers(row.source),
    }


def _grouped(
    conclusions: Sequence[Conclusion], topics: Sequence[str], said: set[str], references: References
) -> Groups:
    """By disease, then by topic."""
    found: Groups = []
    for one in conclusions:
        found += _parts(disease_words(one), (*one.expected_phenotype, *one.facts), topics, said, references)
    return found


def _parts(
    head: str, facts: Sequence[Statement], topics: Sequence[str], said: set[str], references: References
) -> Groups:
    """One group by topic; none where nothing new is said."""
    parts = [
        (label(f"topic_{topic}"), lines)
        for topic in topics
        if (lines := _once((fact for fact in facts if fact.topic == topic), said, references))
    ]
    return [(head, parts)] if parts else []


def _once(facts: Iterable[Statement], said: set[str], references: References) -> list[Cited]:
    fresh = []
    for fact in facts:
        if fact.text not in said:
            said.add(fact.text)
            fresh.append((fact.text, references.numbers(fact.source)))
    return fresh
