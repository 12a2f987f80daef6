"""Names of the panel's chromosomes: every accepted spelling stands in ``overlay/contigs.tsv``, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from higm_annot.reference.members import chromosome_rows
from higm_annot.reference.types import Build, Contig


class ContigRow(Struct, frozen=True):
    """One chromosome in one build."""

    contig: Contig
    build: Build
    refseq: str
    genbank: str
    length: int
    refget: str


def _rows() -> Iterator[ContigRow]:
    for row in chromosome_rows():
        names37 = row.grch37_refseq, row.grch37_genbank, row.grch37_length, row.grch37_refget
        yield ContigRow(Contig(row.contig), Build.GRCH37, *names37)
    for row in chromosome_rows():
        names38 = row.grch38_refseq, row.grch38_genbank, row.grch38_length, row.grch38_refget
        yield ContigRow(Contig(row.contig), Build.GRCH38, *names38)


ROWS = tuple(_rows())
BY_PLACE = {(row.contig, row.build): row for row in ROWS}
BY_ACCESSION = {name: row for row in ROWS for name in (row.refseq, row.genbank)}
_BARE = {Contig(row.contig): (row.contig, *row.other_names) for row in chromosome_rows()}


@cache
def _bare_names() -> dict[str, Contig]:
    """Upper-case spellings without an assembly in them."""
    return {prefix + name.upper(): contig for contig in Contig for name in _BARE[contig] for prefix in ("", "CHR")}


def spellings(contig: Contig) -> tuple[str, ...]:
    """The usual names of a panel contig: accessions of both builds, bare, and with ``chr``, ``Chr`` or ``CHR``."""
    accessions = [name for row in ROWS if row.contig is contig for name in (row.refseq, row.genbank)]
    return (*accessions, *(prefix + name for name in _BARE[contig] for prefix in ("", "chr", "Chr", "CHR")))


def parse_contig(name: str) -> Contig | None:
    """The panel chromosome a name means, or None for any other contig.

    Accepted: ``X``, ``chrX``, ``23``, ``chr23`` (any case), and the RefSeq or GenBank accession of either build with
    its version (``NC_000023.11``, ``CM000685.2``); the other chromosomes alike.
    """
    row = BY_ACCESSION.get(name)
    return row.contig if row else _bare_names().get(name.upper())


def contig_build(name: str) -> Build | None:
    """The build that a contig name itself states (accessions do), else None."""
    row = BY_ACCESSION.get(name)
    return row.build if row else None


def accession(contig: Contig, build: Build) -> str:
    """Versioned RefSeq accession, as HGVS g. names want it."""
    return BY_PLACE[contig, build].refseq


def refget(contig: Contig, build: Build) -> str:
    """Refget accession (``SQ.…``): the GA4GH digest of the whole chromosome's sequence."""
    return BY_PLACE[contig, build].refget


def contig_length(contig: Contig, build: Build) -> int:
    """Length in bases."""
    return BY_PLACE[contig, build].length


def build_of_length(contig: Contig, length: int) -> Build | None:
    """The build in which this chromosome has this length, else None."""
    return next((row.build for row in ROWS if row.contig is contig and row.length == length), None)
