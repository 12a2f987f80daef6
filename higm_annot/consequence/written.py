"""Names of variants taken apart: what was written, before any sequence is looked at."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from higm_annot.consequence.edit import Kind

POINT = r"[-*]?\d{1,9}(?:[+-]\d{1,9})?"
REFERENCE = r"(?:(?P<reference>[A-Za-z0-9_.\-]+)(?:\((?P<gene>[A-Za-z0-9_.]+)\))?:)?"
_POSITION = re.compile(r"^(?P<side>[-*]?)(?P<base>\d+)(?P<offset>[+-]\d+)?$", re.ASCII)


class UnreadableError(Exception):
    """The text is no name that can be read; the message says why."""


class Point(Struct, frozen=True):
    """A position as written. ``side`` is ``-`` (5' UTR), ``*`` (3' UTR) or empty; ``offset`` counts into an intron."""

    side: str
    base: int
    offset: int

    def __str__(self) -> str:
        return f"{self.side}{self.base}" + (f"{self.offset:+d}" if self.offset else "")


class NucleotideName(Struct, frozen=True):
    """A c. or g. name. ``ref`` is what the name says is there (may be empty), ``alt`` what is put there."""

    reference: str
    gene: str
    axis: Literal["c", "g"]
    first: Point
    last: Point
    kind: Kind
    ref: str
    alt: str


class ProteinName(Struct, frozen=True):
    """A substitution of one residue (one-letter codes, ``*`` for Ter); ``new`` is ``=`` for no change."""

    reference: str
    gene: str
    old: str
    number: int
    new: str


class RepeatName(Struct, frozen=True):
    """Copies of a unit: ``c.345A[6]``."""

    reference: str
    gene: str
    axis: Literal["c", "g"]
    first: Point
    last: Point
    unit: str
    copies: int


class OtherProteinName(Struct, frozen=True):
    """A p. name of another kind than the exchange of one residue, without brackets."""

    reference: str
    gene: str
    change: str


class PlaceName(Struct, frozen=True):
    """A place with its bases, 1-based; ``build`` is empty when the name does not say it."""

    contig: str
    build: str
    pos: int
    ref: str
    alt: str
    deleted: int = 0


class TypedKey(Struct, frozen=True):
    """The key of a symbolic allele; the fields are those of :class:`~higm_annot.intake.types.Allele`."""

    contig: str
    build: str
    pos: int
    ref: str
    alt: str
    end: int
    exact: bool
    margins: tuple[int, int, int, int]
    inserted: str
    part: str


class HaplotypeName(Struct, frozen=True):
    """Changes on one copy, each with its whole name."""

    parts: tuple[str, ...]


class RsId(Struct, frozen=True):
    """A dbSNP identifier."""

    name: str


class End(Struct, frozen=True):
    """One end of a stretch as written: a position (both alike), or ``(low_high)`` with None for ``?``."""

    low: Point | None
    high: Point | None
    bracketed: bool


class SpanName(Struct, frozen=True):
    """A structural change: which stretch, what became of it, and what stands there now.

    ``alt`` is the type as VCF writes it (``<DEL>``); ``inserted`` what is put in (``N[320]``, bases, or nothing known);
    ``copies`` the number of copies in brackets, ``?`` where the name does not say it.
    """

    reference: str
    gene: str
    axis: Literal["c", "g"]
    first: End
    last: End
    alt: str
    inserted: str = ""
    copies: str = ""


Name = (
    NucleotideName
    | RepeatName
    | SpanName
    | ProteinName
    | OtherProteinName
    | PlaceName
    | TypedKey
    | HaplotypeName
    | RsId
)


def point_of(written: str) -> Point:
    """A position taken apart.

    Raises
    ------
    UnreadableError
        For 0: there is no position 0, and the bases of an intron are counted from 1.
    """
    found = _POSITION.match(written)
    if found is None or int(found["base"]) == 0:
        msg = f"'{written}' is no position (there is no position 0)"
        raise UnreadableError(msg)
    if found["offset"] and int(found["offset"]) == 0:
        msg = f"'{written}' is no position (the bases of an intron are counted from 1)"
        raise UnreadableError(msg)
    return Point(found["side"], int(found["base"]), int(found["offset"] or 0))


def axis_of(written: str, *points: Point | None) -> Literal["c", "g"]:
    """The numbering of a name; a g. position is a plain number."""
    if written.lower() == "c":
        return "c"
    if any(point is not None and (point.side or point.offset) for point in points):
        msg = "a g. position is a plain number"
        raise UnreadableError(msg)
    return "g"
