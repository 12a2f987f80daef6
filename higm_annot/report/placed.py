"""Where an allele lies, read from its key, for formats that want position, bases and ends apart."""

from __future__ import annotations

import re

from msgspec import Struct

from higm_annot.reference.types import Build, Contig

_SYMBOL = re.compile(r"<([A-Z]+)[^>]*>|[^:\[\]]*[\[\]][^\[\]]+[\[\]][^:]*")  # <DUP:TANDEM>, or a breakend N[13:123456[
_MARGINS = re.compile(r":~([^:]*)")


class Placed(Struct, frozen=True):
    """An allele as a record of a VCF would have it.

    ``alt`` keeps its VCF spelling. ``end`` is the last base, ``structure`` the type of a symbolic allele (``DEL``),
    empty otherwise. ``margins`` say how far start (down, up) and end (down, up) may lie from the truth; None where the
    ends are not exact and nobody says by how much.
    """

    build: Build
    contig: Contig
    pos: int
    ref: str
    alt: str
    end: int
    structure: str = ""
    margins: tuple[int, int, int, int] | None = (0, 0, 0, 0)

    @property
    def changed(self) -> tuple[int, int]:
        """First and last base of the record; of a symbolic allele without the base before it."""
        return (self.pos + 1 if self.structure else self.pos, self.end)

    @property
    def exact(self) -> bool:
        """Whether both ends are known to the base."""
        return self.margins == (0, 0, 0, 0)


def placed(key: str) -> tuple[Placed, ...]:
    """The records of an allele key (:attr:`higm_annot.intake.types.Allele.key`): one, or several read together.

    Nothing for a key that cannot be read.
    """
    first, *further = [key] if "<" in key else key.split("+")
    build_and_contig = ":".join(key.split(":", 2)[:2])
    found = [_one(first), *(_one(f"{build_and_contig}:{one}") for one in further)]
    return tuple(one for one in found if one is not None)


def _one(key: str) -> Placed | None:
    build, contig, position, ref, rest = key.split(":", 4)
    start = int(position)
    if rest.isalpha():
        return Placed(Build(build), Contig(contig), start, ref, rest, start + len(ref) - 1)
    if (symbol := _SYMBOL.match(rest)) is None:
        return None
    margins: tuple[int, int, int, int] | None = (0, 0, 0, 0)
    if found := _MARGINS.search(rest[symbol.end() :]):
        numbers = [int(number) for number in found[1].split(",")] if found[1] != "?" else []
        margins = (numbers[0], numbers[1], numbers[2], numbers[3]) if numbers else None
    end = int(rest.rpartition(":")[2])
    return Placed(Build(build), Contig(contig), start, ref, symbol[0], end, symbol[1] or "BND", margins)
