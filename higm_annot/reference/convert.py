"""Exact conversion between the builds inside the loci.

Outside the differences that the LRG records state, the two slices of a locus are the same bases at a constant distance;
a place inside a difference has no counterpart.
"""

from __future__ import annotations

from higm_annot.reference.store import locus_at
from higm_annot.reference.types import Build, Contig, Locus, Panel


def convert_interval(locus: Locus, start: int, end: int, source: Build, target: Build) -> tuple[int, int] | None:
    """The same bases in the other build (1-based inclusive), or None where the builds differ inside them."""
    if source is target:
        return start, end
    for first37, last37, first38 in locus.equal:
        distance = first38 - first37
        first, last = (first37, last37) if source is Build.GRCH37 else (first38, last37 + distance)
        if first <= start and end <= last:
            shift = distance if source is Build.GRCH37 else -distance
            return start + shift, end + shift
    return None


def convert_allele(
    panel: Panel, source: Build, contig: Contig, pos: int, ref: str, alt: str, target: Build
) -> tuple[Contig, int, str, str] | None:
    """An allele in the other build, or None when its reference bases have no exact counterpart there."""
    if source is target:
        return contig, pos, ref, alt
    locus = locus_at(panel, source, contig, pos, pos + len(ref) - 1)
    if locus is None:
        return None
    place = convert_interval(locus, pos, pos + len(ref) - 1, source, target)
    return None if place is None else (contig, place[0], ref, alt)
