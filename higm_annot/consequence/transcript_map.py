"""A transcript laid over its locus: genomic position, offset along the gene, offset along the spliced transcript, c. position.

Made once per transcript and build. ``gene_offset`` counts bases of the embedded slice in the direction of transcription
(0-based); ``tx_offset`` counts spliced bases from the first base of exon 1 (0-based).
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from higm_annot.reference.sequence import reverse_complement, translate
from higm_annot.reference.types import Build, Locus, Transcript


class TranscriptMap:
    """Coordinates and sequences of one transcript in one build; nothing in it changes once it is made."""

    def __init__(self, locus: Locus, transcript: Transcript, build: Build, gene_sequence: str) -> None:
        piece, model = locus.slices[build], transcript.models[build]
        self.transcript = transcript
        self.strand = locus.strand
        self.slice = piece
        self.sequence = gene_sequence
        self.exons = tuple(sorted(self._span(exon.start, exon.end) for exon in model.exons))
        starts = [0]
        for start, end in self.exons:
            starts.append(starts[-1] + end - start)
        self.tx_starts = tuple(starts)
        self.exon_starts = tuple(start for start, _ in self.exons)
        first, last = self._span(model.cds.start, model.cds.end)
        self.cds_start = self.tx_offset(first)
        self.cds_end = self.tx_offset(last - 1) + 1

    def _span(self, start: int, end: int) -> tuple[int, int]:
        """Gene offsets (half-open) of genomic ``start``-``end`` (1-based inclusive)."""
        if self.strand > 0:
            return start - self.slice.start, end - self.slice.start + 1
        return self.slice.end - end, self.slice.end - start + 1

    @cached_property
    def spliced(self) -> str:
        """Transcript sequence; bases that lie outside the embedded slice are missing at its end."""
        return "".join(self.sequence[max(start, 0) : end] for start, end in self.exons)

    @cached_property
    def protein(self) -> str:
        """Reference protein with its final ``*``."""
        return translate(self.spliced[self.cds_start : self.cds_end])

    @cached_property
    def runs_out(self) -> bool:
        """Whether the transcript's 3' end lies outside the embedded sequence."""
        return self.exons[-1][1] > len(self.sequence)

    def exon_index(self, gene_offset: int) -> int:
        """Number (0-based) of the last exon that starts at or before an offset; -1 before exon 1."""
        return bisect_right(self.exon_starts, gene_offset) - 1

    def in_exon(self, gene_offset: int) -> bool:
        """Whether a base is exonic."""
        index = self.exon_index(gene_offset)
        return index >= 0 and gene_offset < self.exons[index][1]

    def tx_offset(self, gene_offset: int) -> int:
        """Spliced offset of an exonic base."""
        index = self.exon_index(gene_offset)
        return self.tx_starts[index] + gene_offset - self.exons[index][0]

    def is_within(self, gene_offset: int) -> bool:
        """Whether a base lies between the first and the last base of the transcript."""
        return self.exons[0][0] <= gene_offset < self.exons[-1][1]

    def c_position(self, gene_offset: int) -> str:
        """HGVS c. position of a base between the ends of the transcript (``340``, ``-12``, ``*34``, ``256+2``, ``257-3``)."""
        index = self.exon_index(gene_offset)
        start, end = self.exons[index]
        if gene_offset < end:
            return self._coding(self.tx_starts[index] + gene_offset - start)
        after, before = gene_offset - end + 1, self.exons[index + 1][0] - gene_offset
        boundary = self.tx_starts[index + 1]
        if after <= before:
            return f"{self._coding(boundary - 1)}+{after}"
        return f"{self._coding(boundary)}-{before}"

    def _coding(self, tx_offset: int) -> str:
        if tx_offset < self.cds_start:
            return f"-{self.cds_start - tx_offset}"
        if tx_offset < self.cds_end:
            return str(tx_offset - self.cds_start + 1)
        return f"*{tx_offset - self.cds_end + 1}"


def gene_sequence(locus: Locus, build: Build) -> str:
    """The embedded sequence in the direction of transcription."""
    sequence = locus.slices[build].sequence
    return sequence if locus.strand > 0 else reverse_complement(sequence)
