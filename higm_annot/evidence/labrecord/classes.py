"""Classes on record: a newer row of the same scope supersedes an older one, and nothing is ever overwritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from higm_annot.evidence.labrecord.entries import Written
from higm_annot.evidence.labrecord.store import reading, writing
from higm_annot.evidence.labrecord.types import (
    WITHDRAWN,
    Assertion,
    HistoryRow,
    LabClass,
    LabRecord,
    VariantNames,
)
from higm_annot.problems import Problem, Refused

_VARIANT = ("key_grch38", "key_grch37", "gene", "hgvs_g", "hgvs_c", "hgvs_p")
_ASSERTION = ("class", "mechanism", "disease", "who", "dated", "reason", "criteria")
_HISTORY = (
    f"SELECT c.id, c.superseded_by, {', '.join(f'v.{name}' for name in _VARIANT)}, "  # noqa: S608 - our own names
    f"{', '.join(f'c.{name}' for name in _ASSERTION)} "
    "FROM classifications c JOIN variants v ON v.id = c.variant"
)


def history(path: Path, variant: VariantNames | None = None) -> tuple[HistoryRow, ...]:
    """Every class on record in the order of entry, of one allele or of all.

    Raises
    ------
    Refused
        When the record cannot be read.
    """
    with reading(path) as connection:
        if variant is None:
            found = connection.execute(f"{_HISTORY} ORDER BY c.id")
        else:
            keys = (variant.key_grch38, variant.key_grch38, variant.key_grch37, variant.key_grch37)
            found = connection.execute(
                f"{_HISTORY} WHERE (v.key_grch38 = ? AND ? <> '') OR (v.key_grch37 = ? AND ? <> '') ORDER BY c.id", keys
            )
        return tuple(_history_row(row) for row in found)


def in_force(rows: Iterable[HistoryRow]) -> tuple[LabClass, ...]:
    """The classes that hold: not superseded, not withdrawn."""
    return tuple(one.row for one in rows if not one.superseded_by and one.row.assertion.class_ != WITHDRAWN)


def read_record(path: Path) -> LabRecord:
    """The classes that hold now, as a value.

    Raises
    ------
    Refused
        When the record cannot be read.
    """
    return LabRecord(in_force(history(path)))


def add(path: Path, rows: Sequence[tuple[Written, LabClass]]) -> int:
    """Put classes on record, all or none; how many were new.

    A row that stands on record already is passed over, so the same file can be imported twice.

    Raises
    ------
    Refused
        When the record cannot be written, or a row is older than the one it would take the place of (HA-REC-015), or
        withdraws what is not there (HA-REC-018).
    """
    faults: list[Problem] = []
    new = 0
    with writing(path) as connection:
        for written, row in rows:
            variant = variant_number(connection, row.variant)
            said = row.assertion
            values = (said.class_, said.mechanism, said.disease, said.who, said.dated, said.reason, said.criteria)
            known = connection.execute(
                "SELECT 1 FROM classifications WHERE variant = ? AND class = ? AND mechanism = ? AND disease = ? "
                "AND who = ? AND dated = ? AND reason = ? AND criteria = ?",
                (variant, *values),
            ).fetchone()
            if known:
                continue
            fault = _put(connection, variant, written, said)
            faults += [fault] if fault else []
            new += 1
        if faults:
            raise Refused(*faults)
    return new


def _put(connection: sqlite3.Connection, variant: int, written: Written, said: Assertion) -> Problem | None:
    """Insert one row after the current one of its scope; what forbids it."""
    current = connection.execute(
        "SELECT id, dated, class, who FROM classifications "
        "WHERE variant = ? AND mechanism = ? AND disease = ? AND superseded_by IS NULL",
        (variant, said.mechanism, said.disease),
    ).fetchone()
    if current is None and said.class_ == WITHDRAWN:
        return written.fault("HA-REC-018")
    if current is not None and said.dated < current[1]:
        return written.fault("HA-REC-015", dated=said.dated, standing=current[1], class_=current[2], who=current[3])
    (number,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM classifications").fetchone()
    if current is not None:
        connection.execute("UPDATE classifications SET superseded_by = ? WHERE id = ?", (number, current[0]))
    connection.execute(
        "INSERT INTO classifications (id, variant, class, mechanism, disease, who, dated, reason, criteria) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            variant,
            said.class_,
            said.mechanism,
            said.disease,
            said.who,
            said.dated,
            said.reason,
            said.criteria,
        ),
    )
    return None


def variant_number(connection: sqlite3.Connection, variant: VariantNames) -> int:
    """The number of an allele, put on record where it is not yet; inside a transaction that writes."""
    for column, key in (("key_grch38", variant.key_grch38), ("key_grch37", variant.key_grch37)):
        found = key and connection.execute(f"SELECT id FROM variants WHERE {column} = ?", (key,)).fetchone()  # noqa: S608 - our own column
        if found:
            return int(found[0])
    done = connection.execute(
        "INSERT INTO variants (key_grch38, key_grch37, gene, hgvs_g, hgvs_c, hgvs_p) VALUES (?, ?, ?, ?, ?, ?)",
        (variant.key_grch38, variant.key_grch37, variant.gene, variant.hgvs_g, variant.hgvs_c, variant.hgvs_p),
    )
    return int(done.lastrowid or 0)


def _history_row(row: Sequence[object]) -> HistoryRow:
    number, superseded_by, *cells = row
    names, said = cells[: len(_VARIANT)], cells[len(_VARIANT) :]
    return HistoryRow(
        number=int(str(number)),
        row=LabClass(VariantNames(*map(str, names)), Assertion(*map(str, said))),
        superseded_by=int(str(superseded_by or 0)),
    )
