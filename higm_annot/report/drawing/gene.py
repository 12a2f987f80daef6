"""A gene drawn from 5' to 3': exons to scale, introns and long untranslated ends shortened, variants above."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene, Interval
from higm_annot.report.drawing.scale import Box, Scale, hatching, place_labels, tidy

UNTRANSLATED = "untranslated"
NOT_ASSESSED = "not_assessed"
_HARD = "hard"
_UTR_SHOWN = 150
_CODING, _UTR = 28.0, 14.0
_LEVEL = 19.0
_STEM = 20.0
_BAR = 16.0
_MARGIN = 8.0
_STRUCTURAL = 50


class Look(Struct, frozen=True):
    """What differs between a wide and a narrow drawing: width, width of an intron, and of a letter of a label."""

    width: float
    intron: float
    letter: float


WIDE = Look(width=920, intron=20, letter=8.4)
NARROW = Look(width=350, intron=5, letter=7.3)


class Mark(Struct, frozen=True):
    """A variant to draw: genomic ``start``-``end`` (1-based inclusive), and ``tone`` for the shape of its head.

    ``structural`` ones are drawn as a bar over what they touch. ``to_end``: on the protein, everything from here to its
    end is changed or missing.
    """

    label: str
    start: int
    end: int
    tone: str
    open: bool
    structural: bool = False
    to_end: bool = False


class ExonDrawing(Struct, frozen=True):
    """An exon: its boxes (coding ones are higher), what is known of its reading, and hatching where it has a twin."""

    number: int
    x: float
    state: str
    boxes: tuple[Box, ...]
    half: tuple[Box, ...]
    hatch: str
    twin: bool


class Stem(Struct, frozen=True):
    """A variant on its stem: head at ``y``, foot at ``foot``."""

    x: float
    y: float
    foot: float
    label: str
    label_x: float
    anchor: str
    tone: str
    open: bool


class Bar(Struct, frozen=True):
    """A structural change over the stretch it touches; an end outside the gene is open."""

    box: Box
    label: str
    label_x: float
    anchor: str
    tone: str
    open: bool
    open_left: bool
    open_right: bool


class GeneDrawing(Struct, frozen=True):
    """Everything to draw of one gene; ``axis`` is the height at which introns run."""

    width: float
    height: float
    axis: float
    introns: tuple[tuple[float, float], ...]
    exons: tuple[ExonDrawing, ...]
    twins: tuple[tuple[float, float], ...]
    stems: tuple[Stem, ...]
    bars: tuple[Bar, ...]
    letters_y: float
    twins_y: float


class Part(Struct, frozen=True):
    """A stretch of an exon that is coding or not, in genomic coordinates and as drawn."""

    interval: Interval
    coding: bool
    x: float
    w: float


class Plan(Struct, frozen=True):
    """The part of a drawing that is the same for everybody: exons in transcript order and which have a twin."""

    strand: int
    accession: str
    exons: tuple[tuple[Part, ...], ...]
    twins: tuple[bool, ...]


@cache
def plan(gene: Gene, build: Build, look: Look) -> Plan:
    """The gene's MANE Select transcript laid out in a width."""
    panel = load_panel()
    locus = panel.loci[gene]
    model = locus.mane.models[build]
    forward = locus.strand > 0
    pieces = [_pieces(exon, model.cds, forward=forward) for exon in model.exons]
    bases = sum(_shown(interval, coding=coding) for exon in pieces for interval, coding in exon)
    room = look.width - 2 * _MARGIN - look.intron * (len(pieces) - 1)
    x = _MARGIN
    exons = []
    for exon in pieces:
        parts = []
        for interval, coding in exon:
            w = _shown(interval, coding=coding) / bases * room
            parts.append(Part(interval, coding, tidy(x), tidy(w)))
            x += w
        exons.append(tuple(parts))
        x += look.intron
    twins = tuple(_has_twin(build, gene, exon) for exon in exons)
    return Plan(locus.strand, locus.mane.accession, tuple(exons), twins)


def _has_twin(build: Build, gene: Gene, exon: tuple[Part, ...]) -> bool:
    """Whether short reads cannot place the reads of an exon's coding part."""
    panel = load_panel()
    coding = [part.interval for part in exon if part.coding]
    hits = [paralogue_at(panel, build, panel.loci[gene].contig, one.start, one.end) for one in coding]
    return any(hit is not None and hit.level == _HARD for hit in hits)


def _pieces(exon: Interval, cds: Interval, *, forward: bool) -> list[tuple[Interval, bool]]:
    """Untranslated and coding stretches of an exon, in transcript order."""
    stretches = [
        (Interval(exon.start, min(exon.end, cds.start - 1)), False),
        (Interval(max(exon.start, cds.start), min(exon.end, cds.end)), True),
        (Interval(max(exon.start, cds.end + 1), exon.end), False),
    ]
    present = [(interval, coding) for interval, coding in stretches if interval.length > 0]
    return present if forward else present[::-1]


def _shown(interval: Interval, *, coding: bool) -> int:
    return interval.length if coding else min(interval.length, _UTR_SHOWN)


@cache
def scale(gene: Gene, build: Build, look: Look) -> Scale:
    """Genomic position to x; on the minus strand x falls as the position rises."""
    stops = []
    known = plan(gene, build, look)
    for part in (part for exon in known.exons for part in exon):
        first, last = part.interval.start - 0.5, part.interval.end + 0.5
        ends = (first, last) if known.strand > 0 else (last, first)
        stops += [(ends[0], part.x), (ends[1], part.x + part.w)]
    return Scale(sorted(stops))


def draw_gene(
    gene: Gene, build: Build, look: Look, assessment: Mapping[int, str], marks: Sequence[Mark]
) -> GeneDrawing:
    """Lay out a gene.

    Parameters
    ----------
    gene, build, look
        What to draw, in which coordinates, how wide.
    assessment
        What is known of the reading of each coding exon, by number; an exon that is missing was not assessed.
    marks
        Variants to draw.
    """
    known = plan(gene, build, look)
    where = scale(gene, build, look)
    points = sorted((mark for mark in marks if not mark.structural), key=lambda mark: where(_middle(mark)))
    bars = [mark for mark in marks if mark.structural]
    labels = place_labels([(where(_middle(mark)), len(mark.label) * look.letter) for mark in points], look.width)
    levels = max((label.level for label in labels), default=-1) + 1
    bars_top = levels * _LEVEL + (_STEM if levels else 4)
    top = bars_top + len(bars) * (_BAR + _LEVEL) + (6 if bars else 0)
    axis = top + _CODING / 2
    exons = tuple(
        _exon(number, exon, assessment.get(number, NOT_ASSESSED), twin=twin, top=top)
        for number, (exon, twin) in enumerate(zip(known.exons, known.twins, strict=True), 1)
    )
    ends = [(exon[0].x, tidy(exon[-1].x + exon[-1].w)) for exon in known.exons]
    twins_y = top + _CODING + 24
    return GeneDrawing(
        width=look.width,
        height=tidy(twins_y + (10 if any(known.twins) else -4)),
        axis=tidy(axis),
        introns=tuple((left[1], right[0]) for left, right in itertools.pairwise(ends)),
        exons=exons,
        twins=_runs(ends, known.twins),
        stems=tuple(
            Stem(
                x=tidy(where(_middle(mark))),
                y=tidy((levels - 1 - label.level) * _LEVEL + 10),
                foot=tidy(top),
                label=mark.label,
                label_x=label.x,
                anchor=label.anchor,
                tone=mark.tone,
                open=mark.open,
            )
            for mark, label in zip(points, labels, strict=True)
        ),
        bars=tuple(
            _bar(mark, where, known, look, bars_top + _LEVEL + number * (_BAR + _LEVEL))
            for number, mark in enumerate(bars)
        ),
        letters_y=tidy(top + _CODING + 15),
        twins_y=tidy(twins_y),
    )


def structural(start: int, end: int, *, symbolic: bool) -> bool:
    """Whether a change is drawn as a bar: a structural type, or more bases than a lollipop can stand for."""
    return (symbolic and end > start) or end - start >= _STRUCTURAL


def _middle(mark: Mark) -> float:
    return (mark.start + mark.end) / 2


def _exon(number: int, exon: tuple[Part, ...], state: str, *, twin: bool, top: float) -> ExonDrawing:
    coding = any(part.coding for part in exon)
    heights = [_CODING if part.coding else _UTR for part in exon]
    boxes = tuple(
        Box(part.x, tidy(top + (_CODING - height) / 2), part.w, height)
        for part, height in zip(exon, heights, strict=True)
    )
    high = [box for box in boxes if box.h == _CODING]
    middle = high or boxes
    return ExonDrawing(
        number=number,
        x=tidy((middle[0].x + middle[-1].x + middle[-1].w) / 2),
        state=state if coding else UNTRANSLATED,
        boxes=boxes,
        half=tuple(Box(box.x, box.y + box.h / 2, box.w, box.h / 2) for box in high) if state == "partly" else (),
        hatch="".join(hatching(box) for box in high) if twin else "",
        twin=twin,
    )


def _runs(ends: Sequence[tuple[float, float]], twins: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """Brackets under neighbouring exons that have a twin."""
    runs: list[tuple[float, float]] = []
    before = False
    for (left, right), twin in zip(ends, twins, strict=True):
        if twin:
            runs[-1:] = [(runs[-1][0], right)] if before else [*runs[-1:], (left, right)]
        before = twin
    return tuple(runs)


def _bar(mark: Mark, where: Scale, known: Plan, look: Look, y: float) -> Bar:
    left, right = sorted((where(mark.start - 0.5), where(mark.end + 0.5)))
    intervals = [part.interval for exon in known.exons for part in exon]
    below = mark.start < min(one.start for one in intervals)
    above = mark.end > max(one.end for one in intervals)
    fits = left + len(mark.label) * look.letter <= look.width
    return Bar(
        box=Box(tidy(left), tidy(y), tidy(max(right - left, 4.0)), _BAR - 6),
        label=mark.label,
        label_x=tidy(left if fits else right),
        anchor="start" if fits else "end",
        tone=mark.tone,
        open=mark.open,
        open_left=below if known.strand > 0 else above,
        open_right=above if known.strand > 0 else below,
    )
