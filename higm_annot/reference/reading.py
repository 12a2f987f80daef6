"""What a transcript's model reads from a slice: its spliced coding sequence and reading frame."""

from __future__ import annotations

from higm_annot.reference.sequence import reverse_complement, translate
from higm_annot.reference.types import Interval, Slice, TranscriptModel

START = "ATG"


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
