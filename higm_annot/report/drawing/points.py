"""Points of the criteria as a bar from zero towards the limits of the classes, with the sum and the class in use."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from msgspec import Struct

from higm_annot.classification.points import class_of
from higm_annot.classification.types import Criterion
from higm_annot.report.drawing.scale import Box, place_labels, tidy

WIDTH = 350.0
_MARGIN = 4.0
_LEAST, _MOST = -9, 13  # shown even where no criterion reaches so far
_LETTER, _LEVEL = 6.6, 15.0
_BAR, _GAP, _BAND = 14.0, 11.0, 30.0
_LINE = 12.0


class Segment(Struct, frozen=True):
    """One criterion: its box on the bar, and its label above with a leader down to it."""

    box: Box
    harmful: bool
    label: str
    label_x: float
    label_y: float
    anchor: str
    middle: float


class Band(Struct, frozen=True):
    """A class: the points that give it, its name in lines, the first point that gives it; ``used`` is in use."""

    box: Box
    name: str
    lines: tuple[tuple[str, float], ...]
    used: bool
    first: int | None


class PointsDrawing(Struct, frozen=True):
    """Everything to draw; ``zero`` and ``total`` are places of zero and of the sum."""

    width: float
    height: float
    segments: tuple[Segment, ...]
    bands: tuple[Band, ...]
    bar_y: float
    bar_bottom: float
    zero: float
    total: float
    pointer_y: float
    numbers_y: float


def draw_points(criteria: Sequence[Criterion], used: str) -> PointsDrawing:
    """Lay out the criteria met.

    Parameters
    ----------
    criteria
        Harmful ones run from zero to the right, benign ones to the left, in the order given.
    used
        The class in use, which need not be that of the points.
    """
    harmful = sum(one.points for one in criteria if one.points > 0)
    benign = sum(one.points for one in criteria if one.points < 0)
    least, most = min(_LEAST, benign - 1), max(_MOST, harmful + 1)
    unit = (WIDTH - 2 * _MARGIN) / (most - least + 1)

    def place(points: float) -> float:
        return _MARGIN + (points - least + 0.5) * unit

    spans = _spans(criteria)
    order = sorted(range(len(criteria)), key=lambda number: sum(spans[number]))
    names = [_label(one) for one in criteria]
    middles = [place(sum(span) / 2) for span in spans]
    labels = place_labels([(middles[number], len(names[number]) * _LETTER) for number in order], WIDTH, gap=3)
    levels = max((label.level for label in labels), default=-1) + 1
    bar_y = levels * _LEVEL + 6
    segments = {
        number: Segment(
            box=Box(
                tidy(place(spans[number][0])), tidy(bar_y), tidy((spans[number][1] - spans[number][0]) * unit), _BAR
            ),
            harmful=criteria[number].points > 0,
            label=names[number],
            label_x=label.x,
            label_y=tidy((levels - 1 - label.level) * _LEVEL + 11),
            anchor=label.anchor,
            middle=tidy(middles[number]),
        )
        for number, label in zip(order, labels, strict=True)
    }
    band_y = bar_y + _BAR + _GAP
    return PointsDrawing(
        width=WIDTH,
        height=tidy(band_y + _BAND + 16),
        segments=tuple(segments[number] for number in range(len(criteria))),
        bands=tuple(_bands(least, most, used, unit, band_y)),
        bar_y=tidy(bar_y),
        bar_bottom=tidy(bar_y + _BAR),
        zero=tidy(place(0)),
        total=tidy(place(harmful + benign)),
        pointer_y=tidy(band_y),
        numbers_y=tidy(band_y + _BAND + 12),
    )


def _label(one: Criterion) -> str:
    return f"{one.code} {one.points:+d}".replace("-", "\N{MINUS SIGN}")


def _spans(criteria: Iterable[Criterion]) -> list[tuple[int, int]]:
    """From where to where each criterion runs, in points."""
    right = left = 0
    spans = []
    for one in criteria:
        if one.points > 0:
            spans.append((right, right + one.points))
            right += one.points
        else:
            spans.append((left + one.points, left))
            left += one.points
    return spans


def _bands(least: int, most: int, used: str, unit: float, y: float) -> Iterable[Band]:
    """Runs of sums that give the same class."""
    for name, run in itertools.groupby(range(least, most + 1), class_of):
        points = list(run)
        x = _MARGIN + (points[0] - least) * unit
        lines = name.split(" ")
        top = y + (_BAND - _LINE * len(lines)) / 2 + 9
        yield Band(
            box=Box(tidy(x), tidy(y), tidy(len(points) * unit), _BAND),
            name=str(name),
            lines=tuple((line, tidy(top + number * _LINE)) for number, line in enumerate(lines)),
            used=name == used,
            first=points[0] if points[0] > least else None,
        )
