"""A small family tree: father, mother and the person tested, in standard symbols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from higm_annot.report.drawing.scale import tidy

MALE, FEMALE, UNKNOWN = "male", "female", "unknown"
WIDTH = 350.0
_SIZE = 38.0
_TOP = 12.0
_DROP = 66.0
_LINE = 15.0


class Member(Struct, frozen=True):
    """One member of the family as the page knows them.

    ``fill`` is affected, carrier (half filled), carrier_x (a dot), unaffected or unknown; ``shown`` False draws an
    outline only. ``lines`` are what stands under the symbol.
    """

    sex: str
    fill: str
    lines: tuple[str, ...]
    shown: bool = True
    fetus: bool = False


class Symbol(Struct, frozen=True):
    """A symbol with its left upper corner; ``lines`` are texts with the height of each."""

    shape: str
    fill: str
    x: float
    y: float
    size: float
    shown: bool
    fetus: bool
    proband: bool
    lines: tuple[tuple[str, float], ...]


class PedigreeDrawing(Struct, frozen=True):
    """Symbols, the line between the parents, and the line of descent."""

    width: float
    height: float
    symbols: tuple[Symbol, ...]
    mating: tuple[float, float, float]
    descent: tuple[float, float, float]


_SHAPES = {MALE: "square", FEMALE: "circle"}


def draw_pedigree(child: Member, parents: Mapping[str, Member]) -> PedigreeDrawing:
    """Lay out a family; ``parents`` are by role (``father`` stands left, ``mother`` right)."""
    father, mother = parents["father"], parents["mother"]
    left, right, middle = WIDTH * 0.24, WIDTH * 0.76, WIDTH / 2
    parents_y = _TOP
    texts = max(len(father.lines), len(mother.lines))
    child_y = parents_y + _SIZE + max(_DROP, texts * _LINE + 30)
    bar = parents_y + _SIZE / 2
    return PedigreeDrawing(
        width=WIDTH,
        height=tidy(child_y + _SIZE + len(child.lines) * _LINE + 10),
        symbols=(
            _symbol(father, left, parents_y),
            _symbol(mother, right, parents_y),
            _symbol(child, middle, child_y, proband=True),
        ),
        mating=(tidy(left + _SIZE / 2), tidy(right - _SIZE / 2), tidy(bar)),
        descent=(tidy(middle), tidy(bar), tidy(child_y)),
    )


def _symbol(member: Member, middle: float, y: float, *, proband: bool = False) -> Symbol:
    lines: Sequence[str] = member.lines
    return Symbol(
        shape=_SHAPES.get(member.sex, "diamond"),
        fill=member.fill,
        x=tidy(middle - _SIZE / 2),
        y=tidy(y),
        size=_SIZE,
        shown=member.shown,
        fetus=member.fetus,
        proband=proband,
        lines=tuple((line, tidy(y + _SIZE + 17 + number * _LINE)) for number, line in enumerate(lines)),
    )
