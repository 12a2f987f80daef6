"""Reading a knowledge table strictly: what a row may hold is its type, and every row names its source.

A table is tab-separated UTF-8 text with a header. The columns are the fields of the row type, in any order. A blank
cell is None or the empty value, ``a;b`` a tuple, ``yes``/``no`` a truth value. Anything else is refused with file, line
and rule.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from importlib.resources import files
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from higm_annot.problems import Problem, Refused, problem

RowT = TypeVar("RowT", bound=Struct)


def read_package_table(name: str, row: type[RowT]) -> tuple[RowT, ...]:
    """Rows of a table that ships with the package (``knowledge/data/<name>``)."""
    return parse_table(files("higm_annot").joinpath("knowledge", "data", name).read_text(encoding="utf-8"), name, row)


def parse_table(text: str, name: str, row: type[RowT]) -> tuple[RowT, ...]:
    """Typed rows of a table's text.

    Parameters
    ----------
    text, name
        Content, and the name used in problems.
    row
        Struct whose fields are the columns.

    Raises
    ------
    Refused
        With every fault found: unknown, missing or repeated column (HA-KNO-001), a cell that does not fit its column
        (HA-KNO-002), a row with too few or too many cells (HA-KNO-003), a row without source (HA-KNO-004).
    """
    lines = list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    columns = lines[0] if lines else []
    readers = _cell_readers(row)
    if sorted(columns) != sorted(readers):
        odd = sorted(set(columns) ^ set(readers)) or sorted({column for column in columns if columns.count(column) > 1})
        raise Refused(problem("HA-KNO-001", file=name, line=1, columns=", ".join(odd), accepted=", ".join(readers)))
    rows: list[RowT] = []
    faults: list[Problem] = []
    for number, cells in enumerate(lines[1:], 2):
        if len(cells) != len(columns):
            faults.append(problem("HA-KNO-003", file=name, line=number, found=len(cells), expected=len(columns)))
            continue
        values: dict[str, Any] = {}
        for column, cell in zip(columns, cells, strict=True):
            try:
                values[column] = readers[column](cell)
            except (ValueError, msgspec.ValidationError) as error:
                faults.append(problem("HA-KNO-002", file=name, line=number, column=column, value=cell, reason=error))
        if len(values) == len(columns):
            if "source" in values and not values["source"]:
                faults.append(problem("HA-KNO-004", file=name, line=number))
            rows.append(row(**values))
    if faults:
        raise Refused(*faults)
    return tuple(rows)


def _cell_readers(row: type[Struct]) -> dict[str, Callable[[str], Any]]:
    """How to read each column."""
    return {column: _reader(kind) for column, kind in get_type_hints(row).items()}


def _reader(kind: Any) -> Callable[[str], Any]:  # noqa: ANN401 - a type expression
    """Reader of one column type: str, int, float, bool, an enum, a tuple of those, or one of them or None."""
    if kind is str:
        return str.strip
    if kind is bool:
        return _truth
    if get_origin(kind) is tuple:
        item = _reader(get_args(kind)[0])
        return lambda cell: tuple(item(part) for part in cell.split(";")) if cell else ()
    if isinstance(kind, UnionType):
        inner = _reader(next(part for part in get_args(kind) if part is not type(None)))
        return lambda cell: inner(cell) if cell else None
    return lambda cell: msgspec.convert(cell, kind, strict=False)


def _truth(cell: str) -> bool:
    """``yes`` or ``no``."""
    if cell not in ("yes", "no"):
        msg = "expected yes or no"
        raise ValueError(msg)
    return cell == "yes"
