"""Observed against expected: for one disease, finding by finding.

What was not examined is told as such and counts neither way, nor does a finding on which sources differ (``range``).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from enum import StrEnum
from functools import cache
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from higm_annot.knowledge.expected import laboratory_findings
from higm_annot.knowledge.observable import TellingResult, lab_features, telling_results
from higm_annot.phenotype import hpo
from higm_annot.phenotype.read import EXCLUDED, PRESENT
from higm_annot.phenotype.types import Kind, Observed

LAB = "lab"  # kind of a row on a test


class Standing(StrEnum):
    """What an observation says of an expected finding."""

    PRESENT = "present"
    EXCLUDED = "excluded"
    NOT_USABLE = "not_usable"
    NOT_EXAMINED = "not_examined"


class Expected(Protocol):
    """A finding expected with a disease: a row of the table, or what a conclusion says of it."""

    @property
    def feature(self) -> str: ...  # noqa: D102 - as in the table of expected findings, these and the next
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def direction(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def expected(self) -> str: ...  # noqa: D102
    @property
    def frequency_low(self) -> float | None: ...  # noqa: D102
    @property
    def seen(self) -> int | None: ...  # noqa: D102
    @property
    def examined(self) -> int | None: ...  # noqa: D102
    @property
    def source(self) -> tuple[str, ...]: ...  # noqa: D102


ExpectedT = TypeVar("ExpectedT", bound=Expected)
Expected_co = TypeVar("Expected_co", bound=Expected, covariant=True)


class Compared(Struct, Generic[Expected_co], frozen=True):
    """An expected finding with what was observed of it; ``by`` are the observations that speak."""

    expected: Expected_co
    standing: Standing
    by: tuple[Observed, ...] = ()


class Picture:
    """The observations of one person that count, ready to be asked; built once for all diseases."""

    def __init__(self, observed: Iterable[Observed]) -> None:
        self.observed = tuple(observed)
        counted = [one for one in self.observed if not one.unused]
        self.present = [one for one in counted if one.kind is Kind.TERM and one.finding == PRESENT]
        self.excluded = [one for one in counted if one.kind is Kind.TERM and one.finding == EXCLUDED]
        self.results = [one for one in counted if one.kind is Kind.LAB]

    def standing(self, feature: str, kind: str, direction: Sequence[str]) -> tuple[Standing, tuple[Observed, ...]]:
        """What is observed of a term, or of a laboratory finding in one of several directions, and by what."""
        if kind != LAB:
            test = _stated_results().get(feature)
            if test:
                feature, direction = test[0], (test[1],)
            else:
                return self._term(feature)
        return self._result(feature, direction)

    def answers(self, feature: str) -> dict[str, tuple[Observed, ...]]:
        """Answers found for a laboratory finding, by a test or by a term that states it."""
        found: dict[str, tuple[Observed, ...]] = {}
        for one in self.results:
            if one.feature == feature:
                found[one.finding] = (*found.get(one.finding, ()), one)
        for one in self.present:
            if one.result[0] == feature:
                found[one.result[1]] = (*found.get(one.result[1], ()), one)
        return found

    def has_term(self, term: str) -> tuple[Observed, ...]:
        """The present findings that are this term or a kind of it."""
        return tuple(one for one in self.present if term in hpo.with_ancestors(one.feature))

    def _term(self, term: str) -> tuple[Standing, tuple[Observed, ...]]:
        if found := self.has_term(term):
            return Standing.PRESENT, found
        above = hpo.with_ancestors(term)
        if found := tuple(one for one in self.excluded if one.feature in above):
            return Standing.EXCLUDED, found
        return Standing.NOT_EXAMINED, ()

    def _result(self, feature: str, direction: Sequence[str]) -> tuple[Standing, tuple[Observed, ...]]:
        answers = self.answers(feature)
        if found := tuple(one for answer in direction for one in answers.get(answer, ())):
            return Standing.PRESENT, found
        if answers:
            return Standing.EXCLUDED, tuple(one for some in answers.values() for one in some)
        # That one direction was looked for and not found says nothing of the others.
        wanted = [(feature, answer) for answer in direction]
        if found := tuple(one for one in self.excluded if [one.result] == wanted):
            return Standing.EXCLUDED, found
        spoilt = tuple(one for one in self.observed if one.unused and feature in (one.feature, one.result[0]))
        return (Standing.NOT_USABLE, spoilt) if spoilt else (Standing.NOT_EXAMINED, ())


@cache
def _stated_results() -> dict[str, tuple[str, str]]:
    """The laboratory finding and direction that a term states, by term."""
    return {row.hpo: (str(row.lab), str(row.direction)) for row in laboratory_findings().values() if row.hpo}


def compared(picture: Picture, expected: Sequence[ExpectedT]) -> tuple[Compared[ExpectedT], ...]:
    """Every expected finding with what was observed of it; age at onset is not a finding to be looked for.

    Where sources give several directions for one test, a result in any of them contradicts none.
    """
    told: dict[str, set[str]] = {}
    for one in expected:
        if one.kind == LAB and one.expected != "not_expected":
            told.setdefault(one.feature, set()).update(one.direction)
    found = []
    for one in expected:
        if one.kind != LAB and not hpo.is_finding(one.feature):
            continue
        standing, by = picture.standing(one.feature, one.kind, one.direction)
        if standing is Standing.EXCLUDED and picture.answers(one.feature).keys() & told.get(one.feature, set()):
            continue  # told in the row of the direction found
        found.append(Compared(one, standing, by))
    return tuple(found)


def unexplained(picture: Picture, expected: Sequence[Expected]) -> tuple[Observed, ...]:
    """Findings that are present and that no expected finding names, is a kind of, or has as a kind of it.

    A laboratory finding is explained when its answer is a direction that sources tell; a normal answer, and a test of
    which the sources of the disease say nothing, ask for no explanation.
    """
    explained = [one for one in expected if one.expected != "not_expected"]
    terms = {one.feature for one in explained if one.kind != LAB}
    above = frozenset[str]().union(*map(hpo.with_ancestors, terms)) if terms else frozenset[str]()
    results = {(one.feature, direction) for one in explained if one.kind == LAB for direction in one.direction}
    tests = {feature for feature, _ in results}
    found = []
    for one in picture.present:
        own = hpo.with_ancestors(one.feature)
        fits = bool(own & terms) or one.feature in above
        if one.result[0]:
            free = lab_features()[one.result[0]].never_against
            fits = fits or free or one.result in results or one.result[0] not in tests
        if not fits:
            found.append(one)
    return (*found, *(one for one in picture.results if one.feature in tests and _asks(one, results)))


def _asks(one: Observed, results: Container[tuple[str, str]]) -> bool:
    """Whether an answer asks for an explanation that the disease does not give."""
    free = lab_features()[one.feature].never_against
    return not free and one.finding != "normal" and (one.feature, one.finding) not in results


def pointing(picture: Picture) -> dict[str, bool]:
    """Whether each result that speaks for a disease was found, by its row; without those that were not looked for."""
    met = {row.finding for row, _ in speaking(picture)}
    looked_for = [row for row in telling_results() if row.sense == "for"]
    return {
        row.finding: row.finding in met
        for row in looked_for
        if all(picture.answers(feature) for feature, _ in row.results)
    }


def speaking(picture: Picture) -> tuple[tuple[TellingResult, tuple[Observed, ...]], ...]:
    """The rows of telling results that are met, with the observations that meet them."""
    met = []
    for row in telling_results():
        by: tuple[Observed, ...] = ()
        for feature, answer in row.results:
            found = picture.answers(feature)
            if answer not in found or len(found) > 1:
                break  # a test that was answered both ways tells nothing apart
            by += found[answer]
        else:
            signs = tuple(one for term in row.any_term for one in picture.has_term(term))
            if signs or not row.any_term:
                met.append((row, (*by, *dict.fromkeys(signs))))
    return tuple(met)
