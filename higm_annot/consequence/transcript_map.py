"""A transcript laid over its locus: offsets along the gene, offsets along the spliced transcript, c. positions.

Made once per transcript and build. ``gene_offset`` counts bases of the embedded slice in the direction of transcription
(0-based); ``tx_offset`` counts spliced bases from the first base of exon 1 (0-based).

The borders of the exons cut the gene into segments: 0 is upstream, odd numbers are exons (1, 3, 5 …), even numbers the
introns between them, and the last number is downstream.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, chain

from higm_annot.reference.sequence import reverse_complement, translate
from higm_annot.reference.types import Build, Locus, Transcript


class TranscriptMap:
    """Coordinates and sequences of one transcript in one build; nothing in it changes once it is made.

    ``exons`` are half-open gene offsets, ``tx_starts`` the spliced offset of every exon's first base and of the end.
    ``cds_start`` and ``cds_end`` are half-open spliced offsets, stop codon included.
    """

    def __init__(self, locus: Locus, transcript: Transcript, build: Build, gene_sequence: str) -> None:
        piece, model = locus.slices[build], transcript.models[build]
        self.transcript = transcript
        self.strand = locus.strand
        self.slice = piece
        self.sequence = gene_sequence
        self.exons = tuple(sorted(self._span(exon.start, exon.end) for exon in model.exons))
        self.borders = tuple(chain.from_iterable(self.exons))
        self.tx_starts = (0, *accumulate(end - start for start, end in self.exons))
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
        return "".join(self.sequence[start:end] for start, end in self.exons)

    @cached_property
    def shortest_exon(self) -> int:
        """Length of the shortest exon."""
        return min(end - start for start, end in self.exons)

    @cached_property
    def protein(self) -> str:
        """Reference protein with its final ``*``."""
        return translate(self.spliced[self.cds_start : self.cds_end])

    @cached_property
    def runs_out(self) -> bool:
        """Whether the transcript's 3' end lies outside the embedded sequence."""
        return self.borders[-1] > len(self.sequence)

    @cached_property
    def next_start(self) -> int | None:
        """Codon number of the first in-frame Met after the initiator, None when there is none."""
        index = self.protein.find("M", 1)
        return index + 1 if index > 0 else None

    @cached_property
    def exon_labels(self) -> tuple[str, ...]:
        """``3/5`` for every exon."""
        return tuple(f"{number}/{len(self.exons)}" for number in range(1, len(self.exons) + 1))

    @cached_property
    def intron_labels(self) -> tuple[str, ...]:
        """``2/4`` for every intron."""
        return tuple(f"{number}/{len(self.exons) - 1}" for number in range(1, len(self.exons)))

    def segment(self, gene_offset: int) -> int:
        """Number of the segment a base lies in (see the module's text)."""
        return bisect_right(self.borders, gene_offset)

    def tx_offset(self, gene_offset: int) -> int:
        """Spliced offset of an exonic base."""
        exon = self.segment(gene_offset) // 2
        return self.tx_starts[exon] + gene_offset - self.exons[exon][0]

    def gene_offset(self, tx_offset: int) -> int:
        """Where a spliced base lies in the gene."""
        exon = bisect_right(self.tx_starts, tx_offset) - 1
        return self.exons[exon][0] + tx_offset - self.tx_starts[exon]

    def is_within(self, gene_offset: int) -> bool:
        """Whether a base lies between the first and the last base of the transcript."""
        return self.borders[0] <= gene_offset < self.borders[-1]

    def is_coding_exon(self, exon: int) -> bool:
        """Whether an exon (0-based) holds bases of the coding sequence."""
        return self.tx_starts[exon] < self.cds_end and self.tx_starts[exon + 1] > self.cds_start

    def c_position(self, gene_offset: int) -> str:
        """HGVS c. position of a base within the transcript: ``340``, ``-12``, ``*34``, ``256+2``, ``257-3``.

        The middle base of an intron of odd length is counted from the exon before it.
        """
        segment = bisect_right(self.borders, gene_offset)
        boundary = self.tx_starts[segment // 2]
        if segment % 2:
            return self._coding(boundary + gene_offset - self.borders[segment - 1])
        after, before = gene_offset - self.borders[segment - 1] + 1, self.borders[segment] - gene_offset
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
