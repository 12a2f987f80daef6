"""Scales, labels that keep out of each other's way, and hatching: what every drawing needs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

_HATCH_STEP = 5.0


class Box(Struct, frozen=True):
    """A rectangle; ``x`` and ``y`` are its left upper corner."""

    x: float
    y: float
    w: float
    h: float


class Label(Struct, frozen=True):
    """Where a label goes: ``level`` 0 is nearest the track; ``anchor`` is an SVG ``text-anchor``."""

    x: float
    level: int
    anchor: str


def tidy(number: float) -> float:
    """One decimal: more would only make pages longer."""
    return round(number, 1)


class Scale:
    """A coordinate to x, piecewise linear and monotone; outside its ends it stands still.

    Parameters
    ----------
    stops
        Pairs of coordinate and x, in the order of the coordinates.
    """

    def __init__(self, stops: Sequence[tuple[float, float]]) -> None:
        self._from = [stop for stop, _ in stops]
        self._to = [x for _, x in stops]

    def __call__(self, coordinate: float) -> float:
        """Where a coordinate is drawn."""
        if coordinate <= self._from[0]:
            return self._to[0]
        if coordinate >= self._from[-1]:
            return self._to[-1]
        right = bisect_right(self._from, coordinate)
        start, end = self._from[right - 1], self._from[right]
        share = (coordinate - start) / (end - start)
        return self._to[right - 1] + share * (self._to[right] - self._to[right - 1])


def place_labels(items: Sequence[tuple[float, float]], width: float, gap: float = 8.0) -> list[Label]:
    """Places for labels beside the heads of stems, so that no label lies on another or on a stem.

    A label stands to the right of its stem and higher than every stem it passes; one that would leave the drawing, or
    pass the stem of such a one, stands to the left of its stem, above all it passes there.

    Parameters
    ----------
    items
        Pairs of the stem's x and the label's width, in ascending x.
    width
        Width of the drawing.
    gap
        Space between a stem and its label.

    Returns
    -------
    list of Label
        In the order of ``items``.
    """
    levels: dict[int, int] = {}
    spans: dict[int, tuple[float, float]] = {}
    fits = _to_the_right(items, width, gap)
    for index in reversed(range(len(items))):
        if fits[index]:
            x, length = items[index]
            _settle(index, (x, x + gap + length), items, levels, spans)
    for index, (x, length) in enumerate(items):
        if not fits[index]:
            _settle(index, (x - gap - length, x), items, levels, spans)
    return [
        Label(tidy(x + gap), levels[index], "start")
        if fits[index]
        else Label(tidy(max(x - gap, min(length, width))), levels[index], "end")
        for index, (x, length) in enumerate(items)
    ]


def _to_the_right(items: Sequence[tuple[float, float]], width: float, gap: float) -> list[bool]:
    """Which labels have room to the right of their stem."""
    room = width
    fits = []
    for x, length in reversed(items):
        fits.append(x + gap + length <= room)
        if not fits[-1]:
            room = min(room, x)
    return fits[::-1]


def _settle(
    index: int,
    span: tuple[float, float],
    items: Sequence[tuple[float, float]],
    levels: dict[int, int],
    spans: dict[int, tuple[float, float]],
) -> None:
    """The lowest level above every settled stem or label that this span meets."""
    met = [
        levels[other]
        for other, (start, end) in spans.items()
        if span[0] <= items[other][0] <= span[1] or (start < span[1] and end > span[0])
    ]
    levels[index] = max(met, default=-1) + 1
    spans[index] = span


@lru_cache(maxsize=1024)
def hatching(box: Box) -> str:
    """Path data of slanting lines that fill a rectangle."""
    lines = []
    offset = _HATCH_STEP / 2
    while offset < box.w + box.h:
        x1, y1 = (offset, 0.0) if offset <= box.w else (box.w, offset - box.w)
        x2, y2 = (0.0, offset) if offset <= box.h else (offset - box.h, box.h)
        lines.append(f"M{tidy(box.x + x1)} {tidy(box.y + y1)}L{tidy(box.x + x2)} {tidy(box.y + y2)}")
        offset += _HATCH_STEP
    return "".join(lines)
