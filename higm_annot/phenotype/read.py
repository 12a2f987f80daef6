"""What was given of a person's phenotype: a file (table or phenopacket) or HPO ids in the sheet's own cell.

Nothing is judged here; :mod:`higm_annot.phenotype.observe` says what each line means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from higm_annot.intake.sheet import states_terms
from higm_annot.intake.text_file import UnreadableError, read_text, rows_of, shown
from higm_annot.intake.types import Person
from higm_annot.phenotype.types import Dossier, Given
from higm_annot.problems import Problem, Refused, problem

COLUMNS = ("feature", "value", "unit", "low", "high", "age", "status", "note")
PRESENT, EXCLUDED = "present", "excluded"
STATUSES = (PRESENT, EXCLUDED)
_BETWEEN = re.compile(r"[,;\s]+")


def read_dossier(person: Person) -> Dossier:
    """What was given of a person.

    Raises
    ------
    Refused
        When nothing of it can be used: unreadable, without its header, no phenopacket of version 2, or one about
        somebody else.
    """
    cell = person.phenotype
    if states_terms(cell):
        ids = [one for one in _BETWEEN.split(cell) if one]
        return Dossier(tuple(Given(one.removeprefix("-"), excluded=one.startswith("-")) for one in ids))
    try:
        text = read_text(cell)
    except UnreadableError as error:
        raise Refused(problem("HA-PHE-001", file=cell, line=error.line, reason=error.reason)) from None
    if text.lstrip().startswith(("{", "[")):
        from higm_annot.phenotype.phenopacket import read_phenopacket  # noqa: PLC0415 - most people have none

        return read_phenopacket(text, person)
    return _table(text, Path(cell))


def _table(text: str, path: Path) -> Dossier:
    """The lines of a table."""
    rows = rows_of(text)
    header = [name.casefold() for name in rows[0][1]] if rows else []
    while header and not header[-1]:
        header.pop()
    odd = [name for name in header if name not in COLUMNS or header.count(name) > 1]
    if "feature" not in header or odd:
        reason = f"column '{shown(odd[0])}'" if odd else "no column feature"
        raise Refused(problem("HA-PHE-002", file=str(path), line=1, reason=reason, columns=", ".join(COLUMNS[1:])))
    given, problems = [], []
    for number, cells in rows[1:]:
        if any(cells[len(header) :]):
            problems.append(problem("HA-PHE-014", file=str(path), line=number, expected=str(len(header))))
            continue
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False))
        found = _line(row, number, str(path))
        if isinstance(found, Problem):
            problems.append(found)
        else:
            given.append(found)
    return Dossier(tuple(given), problems=tuple(problems))


def _line(row: Mapping[str, str], number: int, path: str) -> Given | Problem:
    """One line, or why its status cannot be read."""
    status = row["status"].casefold()
    if status not in ("", *STATUSES):
        accepted = " or ".join(STATUSES)
        return problem(
            "HA-PHE-003", file=path, line=number, value=shown(row["status"]), column="status", accepted=accepted
        )
    return Given(
        **{name: row[name] for name in ("feature", "value", "unit", "low", "high", "age")},
        excluded=status == EXCLUDED,
        line=number,
    )
