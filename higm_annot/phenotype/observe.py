"""What was observed of a person: lines as given, resolved to HPO terms and to answers by the laboratory's own interval.

A line that cannot be read is named and left out, never guessed; an observation from which nothing follows (IgG under
replacement, a count without an interval) is kept, shown, and marked with the reason.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from msgspec.structs import replace

from higm_annot.intake.sheet import states_terms
from higm_annot.intake.text_file import shown
from higm_annot.intake.types import Mode, Person
from higm_annot.knowledge.expected import laboratory_findings
from higm_annot.knowledge.observable import LabFeature, answer_words, lab_features, lab_units, same_findings
from higm_annot.knowledge.texts import text
from higm_annot.phenotype import age, hpo
from higm_annot.phenotype.read import EXCLUDED, PRESENT, read_dossier
from higm_annot.phenotype.types import Dossier, Given, Kind, Observed, Phenotype
from higm_annot.problems import Audience, Problem, Refused, problem

REPLACEMENT = "ig_replacement"
_OF_A_TERM = "nothing there for an HPO term, and present or excluded in column status"
# As printed in the report: the digits that everybody reads, and not more than a result has.
_NUMBER = re.compile(r"([<>]?) *([0-9]{1,15}(?:\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,3})?)")
_LOOKALIKES = str.maketrans({"\u00b5": "u", "\u03bc": "u", "\u00d7": "x"})  # micro sign, mu, multiplication sign


class _Book:
    """The problems of one file; the only mutable thing here, gone when it is read."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.file, self.problems = file, list(problems)

    def note(self, code: str, row: Given | None = None, **fields: str) -> None:
        """Tell a problem of a line, or of the file as a whole."""
        self.problems.append(problem(code, file=self.file, line=row.line if row else 0, **fields))


def observe(person: Person) -> Phenotype:
    """What is known of a person's phenotype; what stands in the way is told as problems, never raised.

    The sheet has a cell on it.
    """
    try:
        dossier = read_dossier(person)
    except Refused as refusal:
        problems = tuple(replace(one, sample=person.sample) for one in refusal.problems)
        secret = any(one.audience is Audience.LAB_ONLY for one in problems)
        return Phenotype(given=True, unused="laboratory" if secret else "refused", problems=problems)
    book = _Book("" if states_terms(person.phenotype) else person.phenotype, dossier.problems)
    found = _read(dossier, person, book)
    if not found:
        book.note("HA-PHE-013")
    unused = "" if found else "nothing"
    if person.prior_hsct == "yes":
        unused = "transplanted"
    elif person.mode is Mode.PRENATAL:
        unused = "prenatal"
    told = tuple(replace(one, sample=person.sample) for one in book.problems)
    return Phenotype(given=True, unused=unused, observed=tuple(found), problems=told)


def _read(dossier: Dossier, person: Person, book: _Book) -> list[Observed]:
    """Every line that can be read, terms first; each once."""
    found: list[Observed] = []
    for row in dossier.rows:
        one = _term(row, book) if states_terms(row.feature) else _laboratory(row, book)
        if one is not None and one not in found:
            found.append(one)
    found = _without_contradictions(found, book)
    replaced = dossier.replacement or person.ig_replacement == "yes"
    replaced = replaced or any((one.feature, one.finding) == (REPLACEMENT, "yes") for one in found)
    fallback = person.age_at_sampling or dossier.age
    # A control that also failed shows nothing: which of the results it belongs to is not told.
    normal = {one.feature for one in found if one.finding == "normal"}
    normal -= {one.feature for one in found if one.finding != "normal"}
    return [
        replace(one, unused=_unused(one, replaced=replaced, fallback=fallback, controls=normal))
        for one in sorted(found, key=lambda one: one.kind is Kind.LAB)
    ]


def _term(row: Given, book: _Book) -> Observed | None:
    """A line on an HPO term; None where it names none that can be used."""
    given = row.feature.upper()
    current = hpo.resolved(given)
    if current is None:
        if hpo.term(given) is None:
            book.note("HA-PHE-004", row, value=shown(row.feature), release=hpo.release())
        else:
            book.note("HA-PHE-005", row, value=given)
        return None
    if row.value:
        book.note("HA-PHE-003", row, value=shown(row.value), column="value", accepted=_OF_A_TERM)
        return None
    if not hpo.is_finding(current.id):
        book.note("HA-PHE-007", row, value=current.id, label=current.label)
        return None
    if current.id != given:
        book.note("HA-PHE-006", row, value=given, term=current.id, label=current.label)
    if not _readable_age(row, book):
        return None
    meant = hpo.term(same_findings().get(current.id, current.id)) or current
    return Observed(
        feature=meant.id,
        kind=Kind.TERM,
        label=meant.label,
        finding=EXCLUDED if row.excluded else PRESENT,
        age=row.age,
        given=given if given != meant.id else "",
        result=_stated(meant.id),
    )


def _stated(term: str) -> tuple[str, str]:
    """The laboratory finding and answer that a term, or one it is a kind of, states; of several the first by name."""
    above = hpo.with_ancestors(term)
    found = sorted((str(row.lab), str(row.direction)) for row in laboratory_findings().values() if row.hpo in above)
    return found[0] if found else ("", "")


def _laboratory(row: Given, book: _Book) -> Observed | None:
    """A line on a laboratory finding; None where it cannot be read."""
    feature = _named().get(row.feature.casefold())
    if feature is None:
        book.note("HA-PHE-008", row, value=shown(row.feature), accepted=", ".join(lab_features()))
        return None
    if not _readable_age(row, book):
        return None
    label = text(f"lab.{feature.feature}")
    word = answer_words().get(row.value.casefold(), row.value.casefold())
    if word in feature.answers and not row.excluded:
        return Observed(feature.feature, Kind.LAB, label, word, age=row.age)
    if feature.kind == "answer" or row.excluded or not _NUMBER.fullmatch(row.value):
        quantity = ("a number with a point",) if feature.kind == "quantity" else ()
        accepted = ", ".join((*quantity, *feature.answers))
        book.note("HA-PHE-003", row, value=shown(row.value) or EXCLUDED, column="value", accepted=accepted)
        return None
    return _quantity(row, feature, label, book)


@cache
def _named() -> dict[str, LabFeature]:
    """Laboratory findings by their folded name."""
    return {name.casefold(): feature for name, feature in lab_features().items()}


def _quantity(row: Given, feature: LabFeature, label: str, book: _Book) -> Observed | None:
    """A number with its unit, read by the laboratory's own interval; without one it is shown and says nothing."""
    unit = lab_units().get((feature.dimension, _folded(row.unit)))
    if unit is None:
        accepted = ", ".join(one.unit for one in lab_units().values() if one.dimension == feature.dimension)
        book.note("HA-PHE-009", row, unit=shown(row.unit), feature=feature.feature, accepted=accepted)
        return None
    bound, number = _number(row.value)
    limit = math.inf if feature.limit is None else feature.limit
    if not 0 <= number * unit.factor <= limit:
        bounds = f"from 0 to {limit / unit.factor:g} {unit.unit}"
        book.note("HA-PHE-010", row, value=shown(row.value), feature=feature.feature, bounds=bounds)
        return None
    interval = _interval(row)
    if interval is None:
        told = f"{shown(row.low)} to {shown(row.high)}"
        book.note("HA-PHE-012", row, feature=feature.feature, interval=told)
        return None
    value = f"{row.value} {unit.unit}" + (f" ({row.low or '…'} to {row.high or '…'})" if row.low or row.high else "")
    return Observed(feature.feature, Kind.LAB, label, _level(bound, number, *interval), value=value, age=row.age)


def _interval(row: Given) -> tuple[float | None, float | None] | None:
    """Both limits of the interval, None for one that is not given; None where it is no interval."""
    limits: list[float | None] = []
    for cell in (row.low, row.high):
        sign, number = _number(cell)
        if cell and (sign or not math.isfinite(number)):
            return None
        limits.append(number if cell else None)
    low, high = limits
    return None if low is not None and high is not None and low >= high else (low, high)


def _level(bound: str, number: float, low: float | None, high: float | None) -> str:
    """Where a number lies against the interval; nothing where that cannot be told.

    ``<0.1`` is low when the interval starts at 0.1 or above, ``>40`` high when it ends at 40 or below.
    """
    if bound == "<":
        return "low" if low is not None and number <= low else ""
    if bound == ">":
        return "high" if high is not None and number >= high else ""
    if low is not None and number < low:
        return "low"
    if high is not None and number > high:
        return "high"
    return "normal" if low is not None and high is not None else ""


def _number(cell: str) -> tuple[str, float]:
    """The sign before a number (``<``, ``>`` or nothing) and the number; the cell is one."""
    match = _NUMBER.fullmatch(cell)
    return (match[1], float(match[2])) if match else ("", math.nan)


def _folded(unit: str) -> str:
    return unit.translate(_LOOKALIKES).replace(" ", "").casefold().removeprefix("x")


def _readable_age(row: Given, book: _Book) -> bool:
    """Whether the age of a line can be read; one that is not given can."""
    if not row.age or age.days(row.age) is not None:
        return True
    accepted = "a number with y, m, w or d, as 7y or 18m, or P7Y6M"
    book.note("HA-PHE-003", row, value=shown(row.age), column="age", accepted=accepted)
    return False


def _without_contradictions(found: Sequence[Observed], book: _Book) -> list[Observed]:
    """Without terms that are present while they, or a term above them, are excluded, and without what excludes them."""
    terms = [one for one in found if one.kind is Kind.TERM]
    excluded = {one.feature for one in terms if one.finding == EXCLUDED}
    odd: set[str] = set()
    for one in terms:
        against = hpo.with_ancestors(one.feature) & excluded if one.finding == PRESENT else frozenset()
        if against:
            odd |= {one.feature, *against}
            book.note("HA-PHE-011", label=one.label, term=one.feature)
    return [one for one in found if one.feature not in odd]


def _unused(one: Observed, *, replaced: bool, fallback: str, controls: Collection[str]) -> str:
    """Why nothing is read from an observation; empty where it counts."""
    name, answer = (one.feature, one.finding) if one.kind is Kind.LAB else one.result
    row = lab_features().get(name)
    if row is None:
        return ""
    if not one.finding:
        return "no_interval"
    if row.own_only and replaced:
        return "replacement"
    if young := _too_young(row, answer, one.age or fallback):
        return young
    if row.needs and answer in row.needs_for and row.needs not in controls:
        return "no_control"
    return ""


def _too_young(row: LabFeature, answer: str, when: str) -> str:
    """Whether the age forbids to read an answer: that it does, that the age is not known, or nothing."""
    if row.not_before_days is None or answer not in (row.not_before_for or row.answers):
        return ""
    lived = age.days(when)
    if lived is None:
        return "age_unknown"
    return "too_young" if lived < row.not_before_days else ""
