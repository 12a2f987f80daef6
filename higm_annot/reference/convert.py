"""Exact conversion between the builds inside the loci.

Outside the differences that the LRG records state, the two slices of a locus are the same bases at a constant distance;
a place inside a difference has no counterpart. An insertion or deletion is converted only where the whole run in which
it can be shifted is the same in both builds: beside a homopolymer that is longer in one of them, the same record would
mean another haplotype.
"""

from __future__ import annotations

from higm_annot.reference.store import locus_at
from higm_annot.reference.types import Build, Contig, Locus, Panel, Slice

BASES = frozenset("ACGT")


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
    """An allele in the other build, or None when its reference bases have no exact counterpart there.

    Parameters
    ----------
    panel
        The embedded reference.
    source, target
        Build of the allele, and the build wanted.
    contig, pos, ref, alt
        The allele as in VCF: ``pos`` is 1-based, of the first base of ``ref``; beside a symbolic ``alt`` ``ref`` is
        not read.

    Returns
    -------
    tuple or None
        ``(contig, pos, ref, alt)`` in ``target``. None outside the loci, where ``ref`` is not what ``source`` has
        there, and where the builds differ in the bases that the allele touches or can be shifted over.
    """
    if source is target:
        return contig, pos, ref, alt
    end = pos + len(ref) - 1
    locus = locus_at(panel, source, contig, pos, end)
    if locus is None or not locus.slices[source].covers(pos, end):
        return None
    touched = pos, end
    if set(alt) <= BASES:
        if locus.slices[source].bases(pos, end) != ref:
            return None
        touched = _touched(locus.slices[source], pos, ref, alt)
    if convert_interval(locus, *touched, source, target) is None:
        return None
    place = convert_interval(locus, pos, end, source, target)
    return None if place is None else (contig, place[0], ref, alt)


def _touched(piece: Slice, pos: int, ref: str, alt: str) -> tuple[int, int]:
    """The bases that an allele depends on: those replaced, or the run it can be shifted over and its neighbours."""
    end = pos + len(ref) - 1
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt, end = ref[:-1], alt[:-1], end - 1
    while ref and alt and ref[0] == alt[0]:
        ref, alt, pos = ref[1:], alt[1:], pos + 1
    if ref and alt:
        return pos, end
    unit = ref or alt
    left, right = pos - 1, end + 1  # the neighbours; an insertion lies between them
    rolled = unit
    while left >= piece.start and piece.base(left) == rolled[-1]:
        rolled, left = rolled[-1] + rolled[:-1], left - 1
    while right <= piece.end and piece.base(right) == unit[0]:
        unit, right = unit[1:] + unit[0], right + 1
    return max(left, piece.start), min(right, piece.end)
