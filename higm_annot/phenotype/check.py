"""The tables that observations are read by, and every HPO id of the knowledge tables; for ``knowledge verify``."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable

from higm_annot.knowledge.check import DISEASES, TEXTS, Reader, numbered, unknown, unknown_sources
from higm_annot.knowledge.expected import ExpectedFinding, LaboratoryFinding
from higm_annot.knowledge.expected_check import EXPECTED, LABORATORY
from higm_annot.knowledge.observable import (
    FEATURES,
    SAME,
    TELLING,
    UNITS,
    WEIGHTS,
    WORDS,
    AnswerWord,
    LabFeature,
    LabUnit,
    SameFinding,
    TellingResult,
    Weight,
)
from higm_annot.knowledge.tables import Disease, Source
from higm_annot.knowledge.texts import Text
from higm_annot.phenotype import hpo
from higm_annot.problems import Problem, problem
from higm_annot.reference.rows import repeated


def observable_faults(folder: Traversable | None = None) -> tuple[Problem, ...]:
    """Every fault of the tables of what can be observed, in a folder or the package's own."""
    reader, others = Reader(folder), Reader(folder)
    features, units = reader.rows(FEATURES, LabFeature), reader.rows(UNITS, LabUnit)
    words, same = reader.rows(WORDS, AnswerWord), reader.rows(SAME, SameFinding)
    weights, telling = reader.rows(WEIGHTS, Weight), reader.rows(TELLING, TellingResult)
    sources, texts = others.rows("sources.tsv", Source), others.rows(TEXTS, Text)
    diseases, laboratory = others.rows(DISEASES, Disease), others.rows(LABORATORY, LaboratoryFinding)
    expected = others.rows(EXPECTED, ExpectedFinding)
    if reader.faults or others.faults:
        return tuple(reader.faults)
    keys, codes = {row.key for row in sources}, {row.code for row in texts}
    known = {row.feature: row for row in features}
    faults: list[Problem] = []
    for name, cited in (
        (FEATURES, [row.source for row in features]),
        (UNITS, [row.source for row in units]),
        (WORDS, [row.source for row in words]),
        (SAME, [row.source for row in same]),
        (WEIGHTS, [row.source for row in weights]),
        (TELLING, [row.source for row in telling]),
    ):
        faults += unknown_sources(name, cited, keys)
    return (
        *faults,
        *repeated(features, FEATURES, lambda row: row.feature),
        *repeated(units, UNITS, lambda row: (row.dimension, row.unit.casefold())),
        *repeated(words, WORDS, lambda row: row.word),
        *repeated(same, SAME, lambda row: row.term),
        *repeated(weights, WEIGHTS, lambda row: (row.kind, row.observed, row.expected)),
        *repeated(telling, TELLING, lambda row: row.finding),
        *_features(features, known, codes, {row.dimension for row in units}),
        *_outcomes(laboratory, known),
        *_words(words, features),
        *_telling(telling, known, codes, {row.disease for row in diseases}),
        *_terms(same, telling, laboratory, expected),
    )


def _features(
    rows: tuple[LabFeature, ...], known: dict[str, LabFeature], codes: set[str], dimensions: set[str]
) -> Iterator[Problem]:
    """Every finding and answer is worded, a quantity has a unit, and what a finding needs is one."""
    for line, row in numbered(rows):
        for code in (f"lab.{row.feature}", *(f"answer.{answer}" for answer in row.answers)):
            if code not in codes:
                yield unknown(FEATURES, line, "feature", row.feature, f"the name of a sentence {code} in {TEXTS}")
        if (row.kind == "quantity") != (row.dimension in dimensions):
            yield unknown(FEATURES, line, "dimension", row.dimension, f"a dimension of {UNITS}, for a quantity only")
        if row.needs and row.needs not in known:
            yield unknown(FEATURES, line, "needs", row.needs, "a laboratory finding")
        for column, answers in (("not_before_for", row.not_before_for), ("needs_for", row.needs_for)):
            for answer in answers:
                if answer not in row.answers:
                    yield unknown(FEATURES, line, column, answer, f"an answer of {row.feature}")


def _outcomes(rows: tuple[LaboratoryFinding, ...], known: dict[str, LabFeature]) -> Iterator[Problem]:
    """What can be expected of a test can be observed."""
    for line, row in numbered(rows):
        if row.lab not in known or row.direction not in known[row.lab].answers:
            yield unknown(LABORATORY, line, "direction", f"{row.lab} {row.direction}", f"an answer of {FEATURES}")


def _words(rows: tuple[AnswerWord, ...], features: tuple[LabFeature, ...]) -> Iterator[Problem]:
    answers = {answer for row in features for answer in row.answers}
    for line, row in numbered(rows):
        if row.answer not in answers or row.word in answers:
            yield unknown(WORDS, line, "answer", row.answer, f"an answer of {FEATURES} for a word that is none")


def _telling(
    rows: tuple[TellingResult, ...], known: dict[str, LabFeature], codes: set[str], diseases: set[str]
) -> Iterator[Problem]:
    """Results that can be observed, about diseases that exist, worded, and counting the way they speak."""
    for line, row in numbered(rows):
        if f"telling.{row.finding}" not in codes:
            known_as = f"the name of a sentence telling.{row.finding} in {TEXTS}"
            yield unknown(TELLING, line, "finding", row.finding, known_as)
        for feature, answer in row.results:
            if feature not in known or answer not in known[feature].answers:
                yield unknown(TELLING, line, "laboratory", f"{feature}={answer}", f"an answer of {FEATURES}")
        for disease in row.disease:
            if disease not in diseases:
                yield unknown(TELLING, line, "disease", disease, f"a disease of {DISEASES}")
        if not row.results or (row.weight > 0) != (row.sense == "for"):
            subject, other = f"weight {row.weight} of {row.finding}", f"its sense ({row.sense})"
            yield problem("HA-KNO-014", file=TELLING, line=line, subject=subject, other=other)


def _terms(
    same: tuple[SameFinding, ...],
    telling: tuple[TellingResult, ...],
    laboratory: tuple[LaboratoryFinding, ...],
    expected: tuple[ExpectedFinding, ...],
) -> Iterator[Problem]:
    """Every HPO id is a current term, under the label of the ontology."""
    cited = [(SAME, line, term, "") for line, row in numbered(same) for term in (row.term, row.same_as)]
    cited += [(TELLING, line, term, "") for line, row in numbered(telling) for term in row.any_term]
    cited += [(LABORATORY, line, row.hpo, row.label) for line, row in numbered(laboratory) if row.hpo]
    cited += [(EXPECTED, line, row.feature, row.label) for line, row in numbered(expected) if row.kind == "hpo"]
    for name, line, term, label in cited:
        found = hpo.term(term)
        if found is None or found.obsolete or label not in ("", found.label):
            wanted = f"a current term of the HPO release {hpo.release()} with its label"
            yield unknown(name, line, "feature", f"{term} {label}".strip(), wanted)
