"""What can be observed of a person and how it is read: laboratory findings, units, HPO terms that say the same."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.knowledge.rows import by_key, read_package_table

FEATURES, UNITS, WORDS = "laboratory_features.tsv", "laboratory_units.tsv", "answer_words.tsv"
SAME, WEIGHTS, TELLING = "same_findings.tsv", "phenotype_weights.tsv", "telling_results.tsv"
Dimension = Literal["", "mass", "activity", "count", "percent"]
Standing = Literal["present", "excluded"]
Expectation = Literal["typical", "possible", "range", "not_expected", "x_linked_woman", "male_lethal"]


class LabFeature(Struct, frozen=True):
    """A laboratory finding: ``quantity`` (a number in a unit of ``dimension``, or an answer) or ``answer`` (a word).

    ``limit`` is more than any person has, in the base unit of the dimension. ``own_only``: nothing is read from it
    under immunoglobulin replacement. ``never_against``: no answer speaks against a disease. Before ``not_before_days``
    of age the answers of ``not_before_for`` say nothing. The answers of ``needs_for`` count only where the feature
    ``needs`` was normal.
    """

    feature: str
    kind: Literal["quantity", "answer"]
    dimension: Dimension
    answers: tuple[str, ...]
    limit: float | None
    loinc: tuple[str, ...]
    own_only: bool
    never_against: bool
    not_before_days: int | None
    not_before_for: tuple[str, ...]
    needs: str
    needs_for: tuple[str, ...]
    source: tuple[str, ...]
    note: str


class LabUnit(Struct, frozen=True):
    """A unit and the exact factor to the base unit of its dimension."""

    unit: str
    dimension: Dimension
    factor: float
    source: tuple[str, ...]
    note: str


class AnswerWord(Struct, frozen=True):
    """A word that people write for an answer."""

    word: str
    answer: str
    source: tuple[str, ...]


class SameFinding(Struct, frozen=True):
    """An HPO term that is read as another one."""

    term: str
    same_as: str
    source: tuple[str, ...]
    note: str


class Weight(Struct, frozen=True):
    """How much an observation counts where it meets an expectation; for the order of diseases only.

    ``kind`` is that of the expected finding, or ``sex`` where the stated sex makes a disease unusual.
    """

    kind: Literal["hpo", "lab", "sex"]
    observed: Standing
    expected: Expectation
    weight: int
    source: tuple[str, ...]
    note: str


class TellingResult(Struct, frozen=True):
    """Results that speak for or against diseases, of which the panel's other diseases do not have the same.

    All of ``laboratory`` (``feature=answer``) must be found, and one of ``any_term`` (or a kind of it) where there are
    any.
    """

    finding: str
    sense: Literal["for", "against"]
    disease: tuple[str, ...]
    laboratory: tuple[str, ...]
    any_term: tuple[str, ...]
    weight: int
    source: tuple[str, ...]
    note: str

    @property
    def results(self) -> tuple[tuple[str, str], ...]:
        """Feature and answer of every result asked for."""
        return tuple((feature, answer) for feature, _, answer in (one.partition("=") for one in self.laboratory))


@cache
def lab_features() -> dict[str, LabFeature]:
    """Laboratory findings by name."""
    return by_key(read_package_table(FEATURES, LabFeature), FEATURES, lambda row: row.feature)


@cache
def lab_units() -> dict[tuple[str, str], LabUnit]:
    """Units by dimension and folded name."""
    rows = read_package_table(UNITS, LabUnit)
    return by_key(rows, UNITS, lambda row: (row.dimension, row.unit.casefold()))


@cache
def answer_words() -> dict[str, str]:
    """Answers by the words that people write for them."""
    rows = by_key(read_package_table(WORDS, AnswerWord), WORDS, lambda row: row.word)
    return {word: row.answer for word, row in rows.items()}


@cache
def same_findings() -> dict[str, str]:
    """HPO terms that are read as another one."""
    rows = by_key(read_package_table(SAME, SameFinding), SAME, lambda row: row.term)
    return {term: row.same_as for term, row in rows.items()}


@cache
def weights() -> dict[tuple[str, str, str], Weight]:
    """What an observation counts, by kind, standing and expectation."""
    return by_key(read_package_table(WEIGHTS, Weight), WEIGHTS, lambda row: (row.kind, row.observed, row.expected))


@cache
def telling_results() -> tuple[TellingResult, ...]:
    """Results that tell the panel's diseases apart."""
    return read_package_table(TELLING, TellingResult)
