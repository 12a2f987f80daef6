"""A PED file: who is whose child, of which sex, and who is ill; it stands beside the sheet or instead of its columns.

Six columns, separated by tabs or blanks: family, person, father, mother, sex (1 male, 2 female, anything else not
stated), phenotype (1 unaffected, 2 affected, 0 or -9 not stated). Lines that start with ``#`` and blank lines are
passed over; further columns (genotypes of older formats) are not read. A person of the PED who has no line in the sheet
was not tested: such a person links relatives and is shown to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.intake.text_file import UnreadableError, lines_of, read_text
from higm_annot.intake.types import Affected, Person, Sex
from higm_annot.problems import Problem, Refused, problem

COLUMNS = 6
MISSING = ("0", ".", "-9")
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}
_PHENOTYPES = {"1": Affected.NO, "2": Affected.YES, "0": Affected.UNKNOWN, "-9": Affected.UNKNOWN}
_NAMED = 10


class Ped(Struct, frozen=True):
    """The people of a PED in file order; ``line`` of each is that of the PED, and none has a VCF."""

    path: str
    people: tuple[Person, ...]


def read_ped(path: str | Path) -> Ped:
    """Read and check the form of a PED; relations are checked with those of the sheet.

    Raises
    ------
    Refused
        With every fault of the file: unreadable, without people, lines with fewer than six columns, an id that stands
        twice, a phenotype that is not one.
    """
    try:
        text = read_text(path)
    except UnreadableError as error:
        raise Refused(problem("HA-PED-010", file=str(path), line=error.line, reason=error.reason)) from None
    people: dict[str, Person] = {}
    faults: list[Problem] = []
    for line, content in enumerate(lines_of(text), 1):
        cells = content.split("\t") if "\t" in content.strip() else content.split()
        cells = [cell.strip() for cell in cells]
        if not any(cells) or cells[0].startswith("#"):
            continue
        person, fault = _person(cells, line, str(path))
        faults += fault
        if person is None:
            continue
        earlier = people.setdefault(person.sample.lower(), person)
        if earlier is not person:
            before, sample = earlier.line, person.sample
            faults.append(problem("HA-PED-013", file=str(path), line=line, sample=sample, line_before=before))
    if not people and not faults:
        faults.append(problem("HA-PED-012", file=str(path)))
    if faults:
        raise Refused(*faults)
    return Ped(str(path), tuple(people.values()))


def _person(cells: Sequence[str], line: int, path: str) -> tuple[Person | None, list[Problem]]:
    if len(cells) < COLUMNS or not cells[1]:
        return None, [problem("HA-PED-011", file=path, line=line, found=len(cells))]
    family, sample, father, mother, sex, phenotype = cells[:COLUMNS]
    faults = []
    if phenotype not in _PHENOTYPES and phenotype:
        faults.append(problem("HA-PED-014", file=path, line=line, sample=sample, value=phenotype))
    found = Person(
        sample=sample,
        vcf="",
        vcf_sample="",
        family="" if family in MISSING else family,
        father="" if father in MISSING else father,
        mother="" if mother in MISSING else mother,
        sex=_SEXES.get(sex, Sex.UNKNOWN),
        affected=_PHENOTYPES.get(phenotype, Affected.UNKNOWN),
        line=line,
    )
    return found, faults


class Told(Struct, frozen=True):
    """People of the sheet with what the PED adds, and the PED's people who were not tested."""

    people: tuple[Person, ...]
    untested: tuple[Person, ...]
    faults: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def with_ped(people: Sequence[Person], ped: Ped) -> Told:
    """The sheet's people completed from a PED.

    What stands in both must be the same. What the sheet leaves blank (or unknown) is taken from the PED; what the PED
    does not state is taken from the sheet.
    """
    by_id = {person.sample: person for person in ped.people}
    by_any_case = {person.sample.lower(): person for person in ped.people}
    faults: list[Problem] = []
    completed: list[Person] = []
    alone: list[str] = []
    for person in people:
        row = by_id.get(person.sample)
        if row is None:
            similar = by_any_case.get(person.sample.lower())
            if similar is not None:
                line, sample = similar.line, similar.sample
                faults.append(problem("HA-PED-019", file=ped.path, line=line, sample=sample, other=person.sample))
            alone.append(person.sample)
            completed.append(person)
            continue
        faults += _differences(person, row, ped.path)
        completed.append(_completed(person, row))
    tested = {person.sample for person in people}
    untested = tuple(person for person in ped.people if person.sample not in tested)
    if len(alone) == len(people) and not faults:
        faults.append(problem("HA-PED-021", file=ped.path))
    remarks = []
    if untested:
        remarks.append(problem("HA-PED-022", file=ped.path, count=len(untested), names=_names(untested)))
    if alone and len(alone) < len(people):
        remarks.append(problem("HA-PED-023", file=ped.path, count=len(alone), names=_shortened(alone)))
    return Told(tuple(completed), untested, tuple(faults), tuple(remarks))


def _differences(person: Person, row: Person, path: str) -> list[Problem]:
    """Columns that sheet and PED both fill, and differently."""
    return [
        problem(
            "HA-PED-018",
            file=path,
            line=row.line,
            sample=person.sample,
            column=column,
            there=getattr(row, column),
            here=getattr(person, column),
            sheet_line=person.line,
        )
        for column in ("family", "father", "mother", "sex", "affected")
        if _given(person, column) and _given(row, column) and getattr(person, column) != getattr(row, column)
    ]


def _given(person: Person, column: str) -> bool:
    return getattr(person, column) not in ("", Sex.UNKNOWN, Affected.UNKNOWN)


def _completed(person: Person, row: Person) -> Person:
    return replace(
        person,
        family=person.family or row.family,
        father=person.father or row.father,
        mother=person.mother or row.mother,
        sex=person.sex if _given(person, "sex") else row.sex,
        affected=person.affected if _given(person, "affected") else row.affected,
    )


def _names(people: Iterable[Person]) -> str:
    return _shortened([person.sample for person in people])


def _shortened(names: Sequence[str]) -> str:
    return ", ".join((*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])))
