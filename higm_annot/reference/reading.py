"""What a transcript's model reads from a slice: spliced coding sequence, reading frame, splice sites."""

from __future__ import annotations

from itertools import pairwise

from higm_annot.reference.sequence import reverse_complement, translate
from higm_annot.reference.types import Interval, Slice, TranscriptModel

START = "ATG"
DONOR, ACCEPTOR = "GT", "AG"


def coding_parts(model: TranscriptModel) -> tuple[Interval, ...]:
    """The coding parts of the exons, in transcript order."""
    return tuple(
        Interval(max(exon.start, model.cds.start), min(exon.end, model.cds.end))
        for exon in model.exons
        if exon.overlaps(model.cds.start, model.cds.end)
    )


def coding_sequence(piece: Slice, model: TranscriptModel, strand: int) -> str:
    """The spliced coding sequence in transcript direction, stop codon included.

    Raises
    ------
    ValueError
        When a coding base lies outside the slice.
    """
    parts = (piece.bases(part.start, part.end) for part in coding_parts(model))
    return "".join(part if strand > 0 else reverse_complement(part) for part in parts)


def reading_fault(piece: Slice, model: TranscriptModel, strand: int) -> str | None:
    """Why the reading frame is not intact (start, whole codons, one stop at the end), or None."""
    if not all(piece.covers(part.start, part.end) for part in coding_parts(model)):
        return "reaches outside the sequence"
    coding = coding_sequence(piece, model, strand)
    if len(coding) % 3:
        return f"{len(coding)} coding bases are not whole codons"
    if not coding.startswith(START):
        return f"starts with {coding[:3]}"
    protein = translate(coding)
    if not protein.endswith("*"):
        return f"ends with {coding[-3:]}, not with a stop codon"
    if "*" in protein[:-1]:
        return f"stops at codon {protein.index('*') + 1} of {len(protein)}"
    return None


def introns(model: TranscriptModel) -> tuple[Interval, ...]:
    """The introns in transcript order."""
        return tuple(Interval(min(one.end, other.end) + 1, max(one.start, other.start) - 1) for one, other in pairwise(model.exons))


def splice_sites(piece: Slice, model: TranscriptModel, strand: int) -> tuple[tuple[str, str], ...]:
    """First and last two bases of each intron in transcript direction (``GT``, ``AG``)."""
    sites = []
    for intron in introns(model):
        low, high = piece.bases(intron.start, intron.start + 1), piece.bases(intron.end - 1, intron.end)
        sites.append((low, high) if strand > 0 else (reverse_complement(high), reverse_complement(low)))
    return tuple(sites)
