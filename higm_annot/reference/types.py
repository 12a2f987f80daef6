"""Values of the reference room: builds, contigs, loci, transcripts.

Every coordinate here is 1-based and inclusive, on the plus strand of the named build,
unless a name ends in ``_offset`` (0-based) or says otherwise.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from higm_annot.reference.members import chromosome_rows, record_rows


class Build(StrEnum):
    """A human genome build."""

    GRCH37 = "GRCh37"
    GRCH38 = "GRCh38"

    @property
    def other(self) -> Build:
        """The other of the two builds."""
        return Build.GRCH38 if self is Build.GRCH37 else Build.GRCH37


class Contig(StrEnum):
    """A chromosome that holds a panel gene; its value is the bare Ensembl-style name.

    The members are the rows of ``overlay/contigs.tsv``: ``CHR7``, ``CHRX`` and so on.
    """

    vars().update({f"CHR{row.contig}": row.contig for row in chromosome_rows()})

    @property
    def is_sex_linked(self) -> bool:
        """Whether males carry one copy of the panel genes on this contig (no panel gene is in a PAR)."""
        return self in _SEX_LINKED


class Gene(StrEnum):
    """A gene of the panel (HGNC symbol); the members are the rows of ``overlay/records.tsv``, in their order."""

    vars().update({row.gene: row.gene for row in record_rows()})


_SEX_LINKED = frozenset(Contig(row.contig) for row in chromosome_rows() if row.sex_linked)


def panel_words() -> str:
    """The genes of the panel in a sentence: ``CD40LG, CD40, … and PMS2``."""
    *others, last = Gene
    return f"{', '.join(others)} and {last}" if others else str(last)


class Interval(Struct, frozen=True, order=True):
    """A closed interval, 1-based inclusive."""

    start: int
    end: int

    def __contains__(self, position: object) -> bool:
        return isinstance(position, int) and self.start <= position <= self.end

    def overlaps(self, start: int, end: int) -> bool:
        """Whether ``start``-``end`` (1-based inclusive) shares a base with this interval."""
        return start <= self.end and end >= self.start

    @property
    def length(self) -> int:
        """Number of bases."""
        return self.end - self.start + 1


class TranscriptModel(Struct, frozen=True):
    """Where a transcript lies in one build.

    ``exons`` are in transcript order (exon 1 first, so descending on the minus strand);
    ``cds`` spans the first to the last base of the coding sequence, stop codon included.
    """

    exons: tuple[Interval, ...]
    cds: Interval


class Transcript(Struct, frozen=True):
    """One transcript of a panel gene.

    ``mane_select`` marks the transcript reports are written on. ``ensembl`` is the paired Ensembl
    accession where there is one. ``legacy`` are older versions with the same coding sequence
    coordinates. ``source`` names the record the model comes from.
    """

    accession: str
    gene: Gene
    strand: int
    mane_select: bool
    protein: str
    protein_length: int
    ensembl: str | None
    legacy: tuple[str, ...]
    models: dict[Build, TranscriptModel]
    source: str


class Slice(Struct, frozen=True):
    """The embedded plus-strand sequence of a locus in one build."""

    build: Build
    contig: Contig
    start: int
    end: int
    sequence: str

    def base(self, position: int) -> str:
        """Base at a 1-based position inside the slice."""
        return self.sequence[position - self.start]

    def bases(self, start: int, end: int) -> str:
        """Bases ``start``-``end`` (1-based inclusive) inside the slice.

        Raises
        ------
        ValueError
            When the range reaches outside the slice.
        """
        if start < self.start or end > self.end or end < start - 1:
            msg = f"{start}-{end} is not inside {self.contig}:{self.start}-{self.end} ({self.build})"
            raise ValueError(msg)
        return self.sequence[start - self.start : end - self.start + 1]

    def covers(self, start: int, end: int) -> bool:
        """Whether ``start``-``end`` lies wholly inside."""
        return self.start <= start and end <= self.end


class Locus(Struct, frozen=True):
    """A panel gene with its sequence in both builds and its transcripts, MANE Select first.

    ``equal`` are the stretches of identical bases: (GRCh37 start, GRCh37 end, GRCh38 start), 1-based inclusive.
    """

    gene: Gene
    contig: Contig
    strand: int
    hgnc: str
    refseqgene: str
    lrg: str
    slices: dict[Build, Slice]
    transcripts: tuple[Transcript, ...]
    equal: tuple[tuple[int, int, int], ...]

    @property
    def mane(self) -> Transcript:
        """The MANE Select transcript."""
        return self.transcripts[0]


class RegionRole(StrEnum):
    """Why a region is read from the input."""

    LOCUS = "locus"
    PARALOGUE = "paralogue"


class Region(Struct, frozen=True):
    """A stretch of one build that intake keeps."""

    name: str
    role: RegionRole
    gene: Gene
    build: Build
    contig: Contig
    start: int
    end: int


class Panel(Struct, frozen=True):
    """Everything the reference room knows, with the digest of its data."""

    digest: str
    release: str
    loci: dict[Gene, Locus]
    regions: tuple[Region, ...]
