"""Values that no type can hold to account: numbers that must be numbers and ascend, words that must name something."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from string import Formatter

from higm_annot.knowledge.tables import Source, Threshold
from higm_annot.knowledge.texts import Text
from higm_annot.problems import Problem, problem
from higm_annot.reference.rows import FIRST_LINE
from higm_annot.reference.types import Gene

SOURCES, TEXTS, THRESHOLDS = "sources.tsv", "texts.tsv", "thresholds.tsv"
WORDS = ("text", "genes", "test codes")  # units of rows that hold words instead of a number
SIGNED = ("points",)
# Rows whose numbers must ascend in this order, or the classes would overlap.
ASCENDING = (
    ("class_likely_benign_min", "class_uncertain_min", "class_likely_pathogenic_min", "class_pathogenic_min"),
    ("points_supporting", "points_moderate", "points_strong", "points_very_strong"),
    ("het_balance_low", "het_balance_high"),
    ("sex_check_one_copy_max", "sex_check_two_copies_min"),
)


def value_faults(
    sources: Iterable[Source], texts: Iterable[Text], thresholds: Iterable[Threshold]
) -> Iterator[Problem]:
    """Addresses that are none, sentences that are blank or ask for more than a field, thresholds that cannot be."""
    for line, source in enumerate(sources, FIRST_LINE):
        if source.url and not source.url.startswith(("https://", "http://")):
            yield _unknown(SOURCES, line, "url", source.url, "an address that starts with https:// or http://")
    codes = set()
    for line, text in enumerate(texts, FIRST_LINE):
        codes.add(text.code)
        if not text.text.strip():
            yield _unknown(TEXTS, line, "text", text.text, "a sentence")
        yield from _fields(text, line)
    yield from _thresholds(tuple(thresholds), codes)


def _fields(text: Text, line: int) -> Iterator[Problem]:
    """Fields are plain names: anything more would let a table reach into values or blow a sentence up."""
    try:
        parts = list(Formatter().parse(text.text))
    except ValueError:
        return  # told where the sentences' braces are checked
    for _, name, form, conversion in parts:
        if name is not None and (not name.isidentifier() or form or conversion):
            reason = f"{text.code}: {{{name}}} is not a plain field"
            yield problem("HA-KNO-013", file=TEXTS, line=line, reason=reason, accepted="by name")


def _thresholds(rows: tuple[Threshold, ...], codes: set[str]) -> Iterator[Problem]:
    numbers: dict[str, tuple[int, float]] = {}
    for line, row in enumerate(rows, FIRST_LINE):
        if row.unit in WORDS:
            yield from _words(row, line, codes)
            continue
        number = _number(row.value)
        if number is None or (number < 0 and row.unit not in SIGNED):
            kind = "a number" if row.unit in SIGNED else "a number from 0 on"
            yield _unknown(THRESHOLDS, line, "value", row.value, kind)
        else:
            numbers[row.key] = line, number
    for lower, higher in chain.from_iterable(map(pairwise, ASCENDING)):
        if lower in numbers and higher in numbers and numbers[lower][1] >= numbers[higher][1]:
            line, number = numbers[higher]
            bounds = f"what is above {lower} ({numbers[lower][1]:g})"
            yield problem("HA-KNO-011", file=THRESHOLDS, line=line, column="value", value=f"{number:g}", bounds=bounds)


def _words(row: Threshold, line: int, codes: set[str]) -> Iterator[Problem]:
    for name in row.value.split(";"):
        if row.unit == "genes" and name not in tuple(Gene):
            yield _unknown(THRESHOLDS, line, "value", name, "a gene of the panel")
        if row.unit == "test codes" and f"test.{name}" not in codes:
            yield _unknown(THRESHOLDS, line, "value", name, f"the name of a sentence test.{name} in {TEXTS}")


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _unknown(name: str, line: int, column: str, value: str, known: str) -> Problem:
    return problem("HA-KNO-006", file=name, line=line, column=column, value=value, known=known)
