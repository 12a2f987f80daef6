"""A protein drawn by residues: domains, segments and sites, the part a pseudogene hides, and variants above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from higm_annot.knowledge.protein import ProteinFeature, protein_features
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene
from higm_annot.report.drawing.gene import Look, Mark, Stem, plan
from higm_annot.report.drawing.scale import Box, Scale, hatching, place_labels, tidy

SITE = "site"
_BACKBONE, _DOMAIN, _TWIN = 8.0, 24.0, 7.0
_LEVEL, _STEM, _MARGIN = 19.0, 18.0, 8.0
_STEPS = (10, 20, 50, 100, 200, 500)
_LOST, _LANE = 3.0, 6.0
_TICKS = 9
_TICK_ROOM = 46
_SMALL = 0.92
_RESIDUE = re.compile(r"[A-Z][a-z]{2}(\d+)")


class FeatureDrawing(Struct, frozen=True):
    """A domain or segment (a box) or a site (a mark); its label stands in the box, or below with a leader."""

    kind: str
    box: Box
    label: str
    label_x: float
    label_y: float
    anchor: str
    inside: bool
    told: str


class ProteinDrawing(Struct, frozen=True):
    """Everything to draw of one protein; ``lost`` are stretches that a premature stop leaves changed or missing."""

    width: float
    height: float
    backbone: Box
    features: tuple[FeatureDrawing, ...]
    twins: tuple[Box, ...]
    hatch: str
    ticks: tuple[tuple[float, int], ...]
    ticks_y: float
    stems: tuple[Stem, ...]
    lost: tuple[tuple[Box, str], ...]


def residue(hgvs_p: str) -> int | None:
    """The first residue a protein name speaks of; None where it names none."""
    found = _RESIDUE.search(hgvs_p)
    return int(found[1]) if found else None


@cache
def features_of(gene: Gene) -> tuple[ProteinFeature, ...]:
    """Features of the gene's protein, larger ones first so that smaller ones lie on top."""
    known = [feature for feature in protein_features() if feature.gene is gene]
    return tuple(sorted(known, key=lambda feature: (feature.kind == SITE, feature.start - feature.end)))


@cache
def twin_residues(gene: Gene, build: Build, look: Look) -> tuple[tuple[int, int], ...]:
    """Residues whose exons have a pseudogene twin, neighbouring exons joined."""
    coding = 0
    runs: list[tuple[int, int]] = []
    known = plan(gene, build, look)
    length = load_panel().loci[gene].mane.protein_length
    before = False
    for exon, twin in zip(known.exons, known.twins, strict=True):
        first = coding + 1
        coding += sum(part.interval.length for part in exon if part.coding)
        if twin:
            start, end = (first + 2) // 3, min((coding + 2) // 3, length)
            runs[-1:] = [(runs[-1][0], end)] if before else [*runs[-1:], (start, end)]
        before = twin
    return tuple(runs)


def draw_protein(gene: Gene, build: Build, look: Look, marks: Sequence[Mark]) -> ProteinDrawing:
    """Lay out a protein; ``start`` of the marks is a residue."""
    length = load_panel().loci[gene].mane.protein_length
    where = Scale([(0.5, _MARGIN), (length + 0.5, look.width - _MARGIN)])
    ordered = sorted(marks, key=lambda mark: mark.start)
    labels = place_labels([(where(mark.start), len(mark.label) * look.letter) for mark in ordered], look.width)
    levels = max((label.level for label in labels), default=-1) + 1
    cut = [mark for mark in ordered if mark.to_end]
    top = levels * _LEVEL + (_STEM if levels else 4) + len(cut) * _LANE
    bottom = top + _DOMAIN
    twins = tuple(
        Box(tidy(where(start - 0.5)), tidy(bottom + 4), tidy(where(end + 0.5) - where(start - 0.5)), _TWIN)
        for start, end in twin_residues(gene, build, look)
    )
    features, below = _features(gene, where, look, top, bottom + (_TWIN + 4 if twins else 0))
    ticks_y = below + 8
    return ProteinDrawing(
        width=look.width,
        height=tidy(ticks_y + 22),
        backbone=Box(_MARGIN, tidy(top + (_DOMAIN - _BACKBONE) / 2), look.width - 2 * _MARGIN, _BACKBONE),
        features=features,
        twins=twins,
        hatch="".join(map(hatching, twins)),
        ticks=tuple((tidy(where(number)), number) for number in _ticks(length, look)),
        ticks_y=tidy(ticks_y),
        stems=tuple(
            Stem(
                x=tidy(where(mark.start)),
                y=tidy((levels - 1 - label.level) * _LEVEL + 10),
                foot=tidy(top),
                label=mark.label,
                label_x=label.x,
                anchor=label.anchor,
                tone=mark.tone,
                open=mark.open,
            )
            for mark, label in zip(ordered, labels, strict=True)
        ),
        lost=tuple(
            (_to_the_end(where(mark.start - 0.5), where(length + 0.5), top - _LANE * (number + 1)), mark.tone)
            for number, mark in enumerate(cut)
        ),
    )


def _to_the_end(left: float, right: float, y: float) -> Box:
    return Box(tidy(left), tidy(y), tidy(right - left), _LOST)


def _features(
    gene: Gene, where: Scale, look: Look, top: float, bottom: float
) -> tuple[tuple[FeatureDrawing, ...], float]:
    """Features with their labels, and how far down those reach."""
    letter = look.letter * _SMALL
    boxes, outside = [], []
    for feature in features_of(gene):
        left, right = where(feature.start - 0.5), where(feature.end + 0.5)
        site = feature.kind == SITE
        w = len(feature.label) * letter
        inside = not site and w + 8 <= right - left
        box = Box(tidy(left), tidy(top), tidy(max(right - left, 2.0)), _DOMAIN)
        boxes.append((feature, box, inside))
        if not inside:
            outside.append((left if site else (left + right) / 2, w))
    order = sorted(range(len(outside)), key=lambda index: outside[index][0])
    placed = dict(zip(order, place_labels([outside[index] for index in order], look.width, gap=4.0), strict=True))
    drawn = []
    number = 0
    lowest = bottom
    for feature, box, inside in boxes:
        told = f"{feature.start}-{feature.end}" if feature.end > feature.start else f"{feature.start}"
        if inside:
            x, y, anchor = box.x + box.w / 2, box.y + box.h / 2 + 4, "middle"
        else:
            label = placed[number]
            x, y, anchor = label.x, bottom + 16 + label.level * 16, label.anchor
            lowest = max(lowest, y + 2)
            number += 1
        drawn.append(FeatureDrawing(feature.kind, box, feature.label, tidy(x), tidy(y), anchor, inside, told))
    return tuple(drawn), lowest


def _ticks(length: int, look: Look) -> list[int]:
    """1, round numbers, and the last residue; none so near the last that the numbers would touch."""
    wanted = _TICKS if look.width > 500 else _TICKS // 2
    step = next(step for step in _STEPS if length / step <= wanted)
    room = length * _TICK_ROOM / look.width
    return [1, *(number for number in range(step, length, step) if length - number > room), length]
