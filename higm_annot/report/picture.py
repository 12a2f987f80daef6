"""The sourced sentences of a report, put where they belong: picture, care, family, beyond the panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from higm_annot.interpretation.types import Conclusion, Statement
from higm_annot.report.types import Report
from higm_annot.report.words import References, disease_words, label

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
        ("expected", "expected_intro", _grouped(conclusions, _PICTURE, said, references)),
        ("care", "care_intro", _grouped(conclusions, _CARE, said, references)),
        ("relatives", "", _grouped(conclusions, _FAMILY, said, references)),
        ("beyond", "", _parts("", report.background, _BACKGROUND, said, references)),
    ]
    return [
        {"id": name, "head": label(name), "intro": label(intro) if intro else "", "groups": found}
        for name, intro, found in pages
        if found
    ]


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
