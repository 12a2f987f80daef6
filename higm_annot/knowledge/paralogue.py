"""The paralogue firewall: which bases short reads cannot place between a gene and its pseudogene."""

from __future__ import annotations

from msgspec import Struct

from higm_annot.knowledge.tables import ParalogueRegion, paralogue_regions
from higm_annot.reference.convert import convert_interval
from higm_annot.reference.types import Build, Contig, Gene, Interval, Locus, Panel


class ParalogueHit(Struct, frozen=True):
    """A firewalled region that an interval touches. ``level`` is hard or caution; ``source`` are source keys."""

    level: str
    name: str
    source: tuple[str, ...]
    gene: Gene


class _Stretch(Struct, frozen=True):
    contig: Contig
    interval: Interval
    hit: ParalogueHit


_stretches: dict[
    tuple[str, Build], tuple[_Stretch, ...]
] = {}  # by panel digest: a Panel holds dicts, so it cannot be a key


def paralogue_at(panel: Panel, build: Build, contig: Contig, start: int, end: int) -> ParalogueHit | None:
    """The firewalled region that ``start``-``end`` (1-based inclusive) overlaps; a hard one before a caution.

    Splice bases next to a firewalled exon belong to it. Exon bounds are those of the MANE transcript in ``build``.
    """
    key = (panel.digest, build)
    if key not in _stretches:
        _stretches[key] = _lay_out(panel, build)
    hits = [part.hit for part in _stretches[key] if part.contig is contig and part.interval.overlaps(start, end)]
    return min(hits, key=lambda hit: hit.level != "hard", default=None)


def _lay_out(panel: Panel, build: Build) -> tuple[_Stretch, ...]:
    """All firewalled stretches in one build."""
    found = []
    for region in paralogue_regions():
        locus = panel.loci[region.gene]
        hit = ParalogueHit(region.level, region.name, region.source, region.gene)
        intervals = _exon_intervals(region, locus, build) if region.first_exon else _block(region, locus, build)
        found += [_Stretch(locus.contig, interval, hit) for interval in intervals]
    return tuple(found)


def _exon_intervals(region: ParalogueRegion, locus: Locus, build: Build) -> list[Interval]:
    """The exons of a region with their flanks, joined when the introns belong to it."""
    exons = locus.mane.models[build].exons[(region.first_exon or 1) - 1 : region.last_exon]
    padded = [Interval(exon.start - region.flank, exon.end + region.flank) for exon in exons]
    if region.with_introns:
        return [Interval(min(part.start for part in padded), max(part.end for part in padded))]
    return padded


def _block(region: ParalogueRegion, locus: Locus, build: Build) -> list[Interval]:
    """A block given in one build, in the build asked for.

    Outside the embedded sequence nothing can be converted, so in the other build the block ends where that does.
    """
    if region.build is None or region.start is None or region.end is None:
        msg = f"paralogue region {region.name} has neither exons nor a place"
        raise ValueError(msg)
    if region.build is build:
        return [Interval(region.start, region.end)]
    known = locus.slices[region.build]
    start, end = max(region.start, known.start), min(region.end, known.end)
    first = convert_interval(locus, start, start, region.build, build)
    last = convert_interval(locus, end, end, region.build, build)
    if first is None or last is None:
        msg = f"an end of paralogue region {region.name} has no counterpart in {build}"
        raise ValueError(msg)
    return [Interval(first[0], last[1])]
