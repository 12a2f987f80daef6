"""A small family tree: father, mother, the person tested and the siblings, in standard symbols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from higm_annot.report.drawing.scale import tidy

MALE, FEMALE, UNKNOWN = "male", "female", "unknown"
WIDTH = 350.0
MOST_SIBLINGS = 2  # more do not fit beside each other on a telephone
_SIZE = 38.0
_TOP = 12.0
_DROP = 66.0
_LINE = 15.0
_SLOT = 150.0  # what the lines under one symbol need
_BAR = 18.0  # how far above the children their common line runs


class Member(Struct, frozen=True):
    """One member of the family as the page knows them.

    ``fill`` is affected, carrier (half filled), carrier_x (a dot), unaffected or unknown; ``shown`` False draws an
    outline only. ``lines`` are what stands under the symbol. ``half``: of a sibling only one parent is known to be
    shared.
    """

    sex: str
    fill: str
    lines: tuple[str, ...]
    shown: bool = True
    fetus: bool = False
    half: bool = False


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
    """Symbols and lines: between the parents, down to the children, and to each sibling.

    ``siblings`` are (x of the person's line, height of the bar, x of the sibling, top of its symbol, dashed).
    """

    width: float
    height: float
    symbols: tuple[Symbol, ...]
    mating: tuple[float, float, float]
    descent: tuple[float, float, float]
    siblings: tuple[tuple[float, float, float, float, bool], ...] = ()


_SHAPES = {MALE: "square", FEMALE: "circle"}


def draw_pedigree(child: Member, parents: Mapping[str, Member], siblings: Sequence[Member] = ()) -> PedigreeDrawing:
    """Lay out a family; ``parents`` are by role (``father`` stands left, ``mother`` right).

    The person stands below the middle of the parents; the first sibling to the right, a second one to the left. At most
    :data:`MOST_SIBLINGS` are drawn.
    """
    father, mother = parents["father"], parents["mother"]
    drawn = siblings[:MOST_SIBLINGS]
    width = max(WIDTH, _SLOT * (len(drawn) + 1))
    edge = width * 0.25 if len(drawn) == 1 else _SLOT / 2
    middle = edge if len(drawn) == 1 else width / 2
    places = [width - edge, edge][: len(drawn)]
    left, right = width * 0.24, width * 0.76
    parents_y = _TOP
    texts = max(len(father.lines), len(mother.lines))
    child_y = parents_y + _SIZE + max(_DROP, texts * _LINE + 30) + (_BAR if drawn else 0)
    bar = parents_y + _SIZE / 2
    lines = max(len(one.lines) for one in (child, *drawn))
    return PedigreeDrawing(
        width=width,
        height=tidy(child_y + _SIZE + lines * _LINE + 10),
        symbols=(
            _symbol(father, left, parents_y),
            _symbol(mother, right, parents_y),
            _symbol(child, middle, child_y, proband=True),
            *(_symbol(one, place, child_y) for one, place in zip(drawn, places, strict=True)),
        ),
        mating=(tidy(left + _SIZE / 2), tidy(right - _SIZE / 2), tidy(bar)),
        descent=(tidy(width / 2), tidy(bar), tidy(child_y - _BAR if drawn else child_y)),
        siblings=tuple(
            (tidy(width / 2), tidy(child_y - _BAR), tidy(place), tidy(child_y), half)
            for place, half in _lines_down(middle, places, drawn)
        ),
    )


def _lines_down(middle: float, places: Sequence[float], drawn: Sequence[Member]) -> list[tuple[float, bool]]:
    """Where lines run down from the children's bar: to the person, then to each sibling."""
    if not drawn:
        return []
    return [(middle, False), *((place, one.half) for place, one in zip(places, drawn, strict=True))]


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
