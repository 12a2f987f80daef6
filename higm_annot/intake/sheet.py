"""The sample sheet: one row per person, read and checked as a whole before anything else is opened.

All faults of a sheet are collected and reported together; a sheet with a fault is refused, because a typo in a
relation or a consent would otherwise change somebody's report without a word.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from higm_annot.intake.ped import read_ped, with_ped
from higm_annot.intake.relations import relation_faults
from higm_annot.intake.text_file import UnreadableError, is_one_line, read_text, rows_of, shown
from higm_annot.intake.types import Affected, Mode, Person, Sex
from higm_annot.problems import Problem, Refused, problem

COLUMNS = (
    "sample",
    "vcf",
    "vcf_sample",
    "sv_vcf",
    "family",
    "father",
    "mother",
    "sex",
    "affected",
    "mode",
    "consent_secondary",
    "phenotype",
    "coverage",
    "outside_calls",
    "partner",
    "indication",
    "specimen",
    "age_at_sampling",
    "gestation",
    "karyotype",
    "prior_hsct",
    "recent_transfusion",
    "ig_replacement",
    "consent_family",
)
REQUIRED = ("sample", "vcf")
ANY_CASE = ("sex", "affected", "mode", "age_at_sampling")
YES_NO = ("consent_secondary", "consent_family", "prior_hsct", "recent_transfusion", "ig_replacement")
SAMPLE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
AGE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?) *(y|m|w|d)?")
YEARS_PER_UNIT = {"y": 1.0, "m": 1 / 12, "w": 7 / 365.25, "d": 1 / 365.25}
AGE_OF_MAJORITY = 18
LONGEST_LIFE = 130  # years; more is a slip
TERMS = re.compile(r"-?HP:", re.IGNORECASE)
NOT_GIVEN = ("", ".", "0")

Choice = TypeVar("Choice", bound=StrEnum)


class Sheet(Struct, frozen=True):
    """The people of a run in sheet order, and remarks that do not stop it.

    ``untested`` are people of a PED who have no line in the sheet: they link relatives and have no file.
    """

    people: tuple[Person, ...]
    problems: tuple[Problem, ...]
    untested: tuple[Person, ...] = ()


class _Row:
    """One line of the sheet with its faults; the only mutable thing here, gone when the row is read."""

    def __init__(self, path: str, line: int, cells: Mapping[str, str]) -> None:
        self.path, self.line = path, line
        self.cells = {**dict.fromkeys(COLUMNS, ""), **cells}
        self.faults: list[Problem] = []
        self.remarks: list[Problem] = []

    def fault(self, code: str, **fields: str) -> None:
        self.faults.append(self._problem(code, fields))

    def remark(self, code: str, **fields: str) -> None:
        self.remarks.append(self._problem(code, fields))

    def _problem(self, code: str, fields: Mapping[str, str]) -> Problem:
        place = {"file": self.path, "sample": self.cells["sample"]}
        return problem(code, line=self.line, **place, **fields)

    def choice(self, column: str, kind: type[Choice], default: Choice) -> Choice:
        value = self.cells[column]
        if not value:
            return default
        try:
            return kind(value.lower())
        except ValueError:
            self.fault("HA-SHT-006", column=column, value=value, accepted=", ".join(kind))
            return default

    def yes(self, column: str) -> bool:
        value = self.cells[column].lower()
        if value not in ("", "yes", "no"):
            self.fault("HA-SHT-006", column=column, value=self.cells[column], accepted="yes, no")
        return value == "yes"


def read_sheet(path: str | Path, ped: str | Path = "") -> Sheet:
    """Read and check a sample sheet (TSV, UTF-8; file names are relative to the sheet's own folder).

    Parameters
    ----------
    path
        The sheet.
    ped
        A PED with relations, sexes and clinical status, beside the sheet's columns or instead of them.

    Raises
    ------
    Refused
        With every fault of the sheet: unreadable, no rows, unknown or missing columns, bad or repeated ids, values
        outside the accepted ones, relations that cannot be. Faults of the PED itself are told first.
    """
    path = Path(path)
    header, lines = _cells(path)
    known = [name for name in header if name in COLUMNS]
    faults = [
        problem("HA-SHT-003", file=str(path), line=1, column=name, accepted=", ".join(COLUMNS))
        for name in header
        if name not in COLUMNS
    ]
    faults += [
        problem("HA-SHT-004", file=str(path), line=1, column=name) for name in REQUIRED if name not in header
    ] + [
        problem("HA-SHT-005", file=str(path), line=1, column=name)
        for name in sorted({name for name in known if known.count(name) > 1})
    ]
    if faults:
        raise Refused(*faults)
    if not lines:
        raise Refused(problem("HA-SHT-002", file=str(path)))
    rows = []
    for number, cells in lines:
        if len(cells) != len(header):
            faults.append(problem("HA-SHT-012", file=str(path), line=number, found=len(cells), expected=len(header)))
        rows.append(_Row(str(path), number, dict(zip(header, cells, strict=False))))
    return _checked(rows, path.parent, str(path), faults, ped)


def sheet_rows(path: str | Path) -> list[dict[str, str]]:
    """The cells of every row by column, blank where not given, for checking a sheet against a schema.

    Raises
    ------
    Refused
        When the sheet cannot be read or has no rows.
    """
    header, lines = _cells(Path(path))
    rows = [dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False)) for _, cells in lines]
    return [{name: row[name].lower() if name in (*ANY_CASE, *YES_NO) else row[name] for name in row} for row in rows]


def sheet_of_cells(rows: Sequence[Mapping[str, str]], ped: str | Path = "") -> Sheet:
    """A sheet whose cells were given on the command line; file names are relative to the working directory.

    Raises
    ------
    Refused
        As :func:`read_sheet` does for the same cells.
    """
    made = [_Row("", 0, cells) for cells in rows]
    for row in made:
        for column, value in row.cells.items():
            # Names of samples have a rule of their own.
            if column not in ("sample", "vcf_sample") and not is_one_line(value):
                row.fault("HA-SHT-006", column=column, value=shown(value), accepted="one line of plain UTF-8 text")
    return _checked(made, Path(), "", [], ped)


def _checked(rows: list[_Row], folder: Path, path: str, faults: list[Problem], ped: str | Path) -> Sheet:
    """The people of these rows, or every fault found in them."""
    people: Sequence[Person] = [_person(row, folder) for row in rows]
    faults = faults + [fault for row in rows for fault in row.faults]
    faults += _repeated(people, path) + _shared_columns(people, path) + _shared_phenotypes(people, path)
    remarks = [remark for row in rows for remark in row.remarks]
    untested: tuple[Person, ...] = ()
    family = read_ped(ped) if ped else None
    if family is not None:
        told = with_ped(people, family)
        people, untested = told.people, told.untested
        faults += told.faults
        remarks += told.remarks
    faults += relation_faults(people, untested, path, family)
    if faults:
        raise Refused(*faults)
    return Sheet(tuple(people), tuple(remarks), untested)


def _cells(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header and (line number, cells) of every row that is neither blank nor a comment."""
    try:
        rows = rows_of(read_text(path))
    except UnreadableError as error:
        raise Refused(problem("HA-SHT-001", file=str(path), line=error.line, reason=error.reason)) from None
    if not rows:
        raise Refused(problem("HA-SHT-002", file=str(path)))
    header = rows[0][1]
    while header and not header[-1]:
        header.pop()
    return header, [(number, _trimmed(cells, len(header))) for number, cells in rows[1:]]


def _trimmed(cells: list[str], width: int) -> list[str]:
    """Without the empty cells a spreadsheet leaves behind the last column."""
    while len(cells) > width and not cells[-1]:
        cells.pop()
    return cells


def _person(row: _Row, folder: Path) -> Person:
    cells = row.cells
    if not SAMPLE_ID.fullmatch(cells["sample"]):
        row.fault("HA-SHT-007", value=cells["sample"])
    if not cells["vcf"]:
        row.fault("HA-SHT-011", column="vcf")
    mode = row.choice("mode", Mode, Mode.DIAGNOSTIC)
    answers = {name: row.yes(name) for name in YES_NO}
    minor = _is_minor(row)
    if answers["consent_secondary"] and (mode is Mode.PRENATAL or minor):
        answers["consent_secondary"] = False
        row.remark("HA-SHT-020")
    return Person(
        sample=cells["sample"],
        vcf=_file(folder, cells["vcf"]),
        vcf_sample=cells["vcf_sample"],
        family=cells["family"],
        father="" if cells["father"] in NOT_GIVEN else cells["father"],
        mother="" if cells["mother"] in NOT_GIVEN else cells["mother"],
        sex=row.choice("sex", Sex, Sex.UNKNOWN),
        affected=row.choice("affected", Affected, Affected.UNKNOWN),
        mode=mode,
        consent_secondary=answers["consent_secondary"],
        consent_family=answers["consent_family"],
        coverage=_file(folder, cells["coverage"]),
        outside_calls=_file(folder, cells["outside_calls"]),
        sv_vcf=_file(folder, cells["sv_vcf"]),
        phenotype=cells["phenotype"] if states_terms(cells["phenotype"]) else _file(folder, cells["phenotype"]),
        partner=cells["partner"],
        indication=cells["indication"],
        specimen=cells["specimen"],
        age_at_sampling=cells["age_at_sampling"],
        gestation=cells["gestation"],
        karyotype=cells["karyotype"],
        prior_hsct="yes" if answers["prior_hsct"] else "",
        recent_transfusion="yes" if answers["recent_transfusion"] else "",
        ig_replacement="yes" if answers["ig_replacement"] else "",
        line=row.line,
    )


def states_terms(cell: str) -> bool:
    """Whether a cell of column phenotype lists HPO ids (``HP:0020102, -HP:0000968``) instead of naming a file."""
    return bool(TERMS.match(cell))


def _file(folder: Path, name: str) -> str:
    """A path as the sheet means it: relative to the sheet."""
    return str(folder / name) if name else ""


def _is_minor(row: _Row) -> bool:
    """Whether the age given is under 18 years; an unreadable age is a fault, a blank one is not a minor."""
    text = row.cells["age_at_sampling"].lower()
    if not text:
        return False
    match = AGE.fullmatch(text)
    years = float(match[1]) * YEARS_PER_UNIT[match[2] or "y"] if match else math.inf
    if years > LONGEST_LIFE:
        row.fault(
            "HA-SHT-006", column="age_at_sampling", value=text, accepted="a number with y, m, w or d, as 7y or 18m"
        )
        return False
    return years < AGE_OF_MAJORITY


def _shared_columns(people: Sequence[Person], path: str) -> list[Problem]:
    """Sample columns given to two people, as far as the sheet shows it; the rest is seen when the file is read."""
    first: dict[tuple[str, str], Person] = {}
    faults = []
    for person in people:
        column = person.vcf_sample or person.sample
        earlier = first.setdefault((os.path.realpath(person.vcf), column), person)
        if person.vcf and earlier is not person and earlier.sample != person.sample:
            faults.append(
                problem(
                    "HA-SHT-013", file=path, line=person.line, sample=person.sample, line_before=earlier.line,
                    column=column, name=Path(person.vcf).name,
                )
            )  # fmt: skip
    return faults


def _shared_phenotypes(people: Sequence[Person], path: str) -> list[Problem]:
    """Files of findings given to two people: a table does not say whose it is, so that one of them is a slip."""
    first: dict[str, Person] = {}
    faults = []
    for person in people:
        if person.phenotype and not states_terms(person.phenotype):
            earlier = first.setdefault(os.path.realpath(person.phenotype), person)
            if earlier is not person:
                faults.append(
                    problem("HA-SHT-022", file=path, line=person.line, sample=person.sample, line_before=earlier.line)
                )
    return faults


def _repeated(people: Sequence[Person], path: str) -> list[Problem]:
    """Ids that occur twice, ignoring case (they would share a report file on some systems)."""
    first: dict[str, Person] = {}
    faults = []
    for person in people:
        earlier = first.setdefault(person.sample.lower(), person)
        if earlier is not person:
            faults.append(
                problem("HA-SHT-008", file=path, line=person.line, sample=person.sample, line_before=earlier.line)
            )
    return faults
