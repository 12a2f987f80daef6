"""Reading a committed table strictly: what a row may hold is its type, and every row names its source.

A table is tab-separated UTF-8 text with a header. The columns are the fields of the row type, in any order. A blank
cell is None or the empty value, ``a;b`` a tuple, ``yes``/``no`` a truth value. Anything else is refused with file, line
and rule.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from higm_annot.problems import Problem, Refused, problem

RowT = TypeVar("RowT", bound=Struct)
KeyT = TypeVar("KeyT", bound=Hashable)
FIRST_LINE = 2  # of the first row: the header stands on line 1


def parse_table(text: str, name: str, row: type[RowT]) -> tuple[RowT, ...]:
    """Typed rows of a table's text; row ``i`` stands on line ``FIRST_LINE + i``.

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
    header, *lines = text.splitlines() or [""]
    columns = header.split("\t")
    readers = _cell_readers(row)
    if sorted(columns) != sorted(readers):
        odd = sorted(set(columns) ^ set(readers)) or sorted({column for column in columns if columns.count(column) > 1})
        raise Refused(problem("HA-KNO-001", file=name, line=1, columns=", ".join(odd), accepted=", ".join(readers)))
    in_order = [(column, readers[column]) for column in columns]
    rows: list[RowT] = []
    faults: list[Problem] = []
    for number, line in enumerate(lines, FIRST_LINE):
        cells = line.split("\t")
        if len(cells) != len(columns):
            faults.append(problem("HA-KNO-003", file=name, line=number, found=len(cells), expected=len(columns)))
            continue
        values: dict[str, Any] = {}
        for (column, read), cell in zip(in_order, cells, strict=True):
            try:
                values[column] = read(cell)
            except (ValueError, msgspec.ValidationError) as error:
                faults.append(problem("HA-KNO-002", file=name, line=number, column=column, value=cell, reason=error))
        if len(values) == len(columns):
            if "source" in values and not values["source"]:
                faults.append(problem("HA-KNO-004", file=name, line=number))
            rows.append(row(**values))
    if faults:
        raise Refused(*faults)
    return tuple(rows)


def by_key(rows: Iterable[RowT], name: str, key: Callable[[RowT], KeyT]) -> dict[KeyT, RowT]:
    """Rows by their key.

    Raises
    ------
    Refused
        When a key stands twice (HA-KNO-005); keeping the later row in silence would drop a statement.
    """
    rows = tuple(rows)
    found = {key(row): row for row in rows}
    if len(found) != len(rows):
        raise Refused(*repeated(rows, name, key))
    return found


def repeated(rows: Iterable[RowT], name: str, key: Callable[[RowT], Hashable]) -> Iterator[Problem]:
    """A problem for every row whose key an earlier row has."""
    seen: dict[Hashable, int] = {}
    for number, row in enumerate(rows, FIRST_LINE):
        value = key(row)
        if value in seen:
            words = " ".join(map(str, value)) if isinstance(value, tuple) else value
            yield problem("HA-KNO-005", file=name, line=number, key=words, other=seen[value])
        seen.setdefault(value, number)


def _cell_readers(row: type[Struct]) -> dict[str, Callable[[str], Any]]:
    """How to read each column."""
    return {column: _reader(kind) for column, kind in get_type_hints(row).items()}


def _reader(kind: Any) -> Callable[[str], Any]:  # noqa: ANN401 - a type expression
    """Reader of one column type: str, int, float, bool, an enum, words, a tuple of those, or one of them or None."""
    if kind is str:
        return str.strip
    if kind is bool:
        return _truth
    if get_origin(kind) is tuple:
        item = _reader(get_args(kind)[0])
        return lambda cell: tuple([item(part) for part in cell.split(";")]) if cell else ()
    if isinstance(kind, UnionType):
        inner = _reader(next(part for part in get_args(kind) if part is not type(None)))
        return lambda cell: inner(cell) if cell else None
    if get_origin(kind) is Literal:
        return _one_of(get_args(kind))
    return lambda cell: msgspec.convert(cell, kind, strict=False)


def _truth(cell: str) -> bool:
    """``yes`` or ``no``."""
    if cell not in ("yes", "no"):
        msg = "expected yes or no"
        raise ValueError(msg)
    return cell == "yes"


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    """One of the words of a ``Literal``."""

    def read(cell: str) -> str:
        if cell not in words:
            msg = f"expected one of: {', '.join(word or '(blank)' for word in words)}"
            raise ValueError(msg)
        return cell

    return read
