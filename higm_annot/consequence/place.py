"""Where a change falls on a transcript: which exons and introns it touches, and the terms that follow from the place.

A change inside one exon or one intron is the usual case and has its own function; everything that crosses a border
goes through :func:`across`, symbolic deletions included.
"""

from __future__ import annotations

from msgspec import Struct

from higm_annot.consequence.edit import Edit
from higm_annot.consequence.terms import (
    ACCEPTOR,
    CODING,
    DONOR,
    DOWNSTREAM,
    INTRON,
    REGION,
    UPSTREAM,
    UTR3,
    UTR5,
    intron_terms,
)
from higm_annot.consequence.transcript_map import TranscriptMap

DEEP = 17
SITES = frozenset({DONOR, ACCEPTOR})


class Extent(Struct, frozen=True):
    """What a change touches, in gene offsets: ``first``-``last`` inclusive; for an insertion its two neighbours."""

    first: int
    last: int
    insertion: bool


class Crossing(Struct, frozen=True):
    """A change that crosses borders: its terms, and the exons and introns (0-based) it touches."""

    terms: frozenset[str]
    exons: tuple[int, ...]
    introns: tuple[int, ...]


def extent_of(edit: Edit) -> Extent:
    """The bases an edit replaces, or the two it is put between."""
    if edit.ref:
        return Extent(edit.start_offset, edit.end_offset - 1, insertion=False)
    return Extent(edit.start_offset - 1, edit.start_offset, insertion=True)


def in_intron(transcript: TranscriptMap, intron: int, extent: Extent) -> frozenset[str]:
    """Terms of a change that touches one intron only."""
    donor, acceptor = transcript.exons[intron][1], transcript.exons[intron + 1][0]
    if extent.first >= donor + DEEP and extent.last < acceptor - DEEP:
        return frozenset({INTRON})
    start, end = extent.first - donor + 1, extent.last - donor + 1
    return intron_terms(start, end, acceptor - donor, insertion=extent.insertion)


def is_near_intron(transcript: TranscriptMap, exon: int, extent: Extent) -> bool:
    """Whether a change touches the first or last three bases of an exon next to an intron.

    An insertion does when both its neighbours are among them.
    """
    start, end = transcript.exons[exon]
    first, last = (extent.last, extent.first) if extent.insertion else (extent.first, extent.last)
    return (exon > 0 and start <= first < start + 3) or (exon < len(transcript.exons) - 1 and end > last >= end - 3)


def beside(transcript: TranscriptMap, extent: Extent) -> str:
    """The term of a change wholly outside the transcript, else empty; an insertion right at an end is outside."""
    start, end = transcript.borders[0], transcript.borders[-1]
    if (extent.first if extent.insertion else extent.last) < start:
        return UPSTREAM
    if (extent.last if extent.insertion else extent.first) >= end:
        return DOWNSTREAM
    return ""


def across(transcript: TranscriptMap, extent: Extent, put: int | None) -> Crossing:
    """What a change of more than one segment touches; the protein is not predicted from it.

    ``put`` counts the bases that stand in place of lost ones, None where none are lost: fewer bases than an exon has
    cannot hold it, so that it is lost. An insertion exactly between an exon and an intron counts for both.
    """
    low, high = transcript.segment(extent.first), transcript.segment(extent.last)
    if put is not None and low == 0 and high == len(transcript.borders) and put < transcript.shortest_exon:
        every = range(len(transcript.exons))
        return Crossing(frozenset({"transcript_ablation"}), tuple(every), tuple(every[:-1]))
    exons = tuple(segment // 2 for segment in range(low, high + 1) if segment % 2)
    inner = range(max(low, 1), min(high + 1, len(transcript.borders)))
    introns = tuple(segment // 2 - 1 for segment in inner if segment % 2 == 0)
    terms: set[str] = set()
    for intron in introns:
        terms |= in_intron(transcript, intron, extent)
    for exon in exons:
        terms |= _exon_terms(transcript, exon, extent, put)
    if terms & SITES:
        terms.discard(REGION)
    return Crossing(frozenset(terms), exons, introns)


def _exon_terms(transcript: TranscriptMap, exon: int, extent: Extent, put: int | None) -> set[str]:
    """Terms of the part of a change that lies in one exon."""
    start, end = transcript.exons[exon]
    terms = {REGION} if is_near_intron(transcript, exon, extent) else set()
    low, high = max(extent.first, start), min(extent.last, end - 1)
    first = transcript.tx_starts[exon] + low - start
    last = first + high - low
    if extent.insertion:
        # Between an exon and an intron: the place counted along the spliced transcript.
        place = first if extent.last == low else first + 1
        return terms | {part_of(transcript, place)}
    if last >= transcript.cds_start and first < transcript.cds_end:
        terms.add(CODING)
    if first < transcript.cds_start:
        terms.add(UTR5)
    if last >= transcript.cds_end:
        terms.add(UTR3)
    whole = low == start and high == end - 1
    if put is not None and put < end - start and whole and transcript.is_coding_exon(exon):
        terms.add("exon_loss_variant")
    if first < transcript.cds_start + 3 and last >= transcript.cds_start:
        terms.add("start_lost")
    if first < transcript.cds_end and last >= transcript.cds_end - 3:
        terms.add("stop_lost")
    return terms


def part_of(transcript: TranscriptMap, tx_place: int) -> str:
    """What a place between two spliced bases (the offset of the second) belongs to."""
    if tx_place <= transcript.cds_start:
        return UTR5
    return CODING if tx_place < transcript.cds_end else UTR3
