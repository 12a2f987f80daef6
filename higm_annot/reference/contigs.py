"""Names of the panel's chromosomes: every accepted spelling is one row of data, nothing is guessed.

Names and lengths: GRCh37 and GRCh38 assembly reports of NCBI (RefSeq and GenBank accessions).
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from higm_annot.reference.types import Build, Contig


class ContigRow(Struct, frozen=True):
    """One chromosome in one build."""

    contig: Contig
    build: Build
    refseq: str
    genbank: str
    length: int


ROWS = (
    ContigRow(Contig.CHR7, Build.GRCH37, "NC_000007.13", "CM000669.1", 159138663),
    ContigRow(Contig.CHR12, Build.GRCH37, "NC_000012.11", "CM000674.1", 133851895),
    ContigRow(Contig.CHR20, Build.GRCH37, "NC_000020.10", "CM000682.1", 63025520),
    ContigRow(Contig.CHRX, Build.GRCH37, "NC_000023.10", "CM000685.1", 155270560),
    ContigRow(Contig.CHR7, Build.GRCH38, "NC_000007.14", "CM000669.2", 159345973),
    ContigRow(Contig.CHR12, Build.GRCH38, "NC_000012.12", "CM000674.2", 133275309),
    ContigRow(Contig.CHR20, Build.GRCH38, "NC_000020.11", "CM000682.2", 64444167),
    ContigRow(Contig.CHRX, Build.GRCH38, "NC_000023.11", "CM000685.2", 156040895),
)
BY_PLACE = {(row.contig, row.build): row for row in ROWS}
BY_ACCESSION = {name: row for row in ROWS for name in (row.refseq, row.genbank)}


@cache
def _bare_names() -> dict[str, Contig]:
    """Upper-case spellings without an assembly in them."""
    names = {}
    for contig in Contig:
        numbers = (contig.value, "23") if contig is Contig.CHRX else (contig.value,)
        for number in numbers:
            names[number] = names[f"CHR{number}"] = contig
    return names


def parse_contig(name: str) -> Contig | None:
    """The panel chromosome a name means, or None for any other contig.

    Accepted: ``X``, ``chrX``, ``23``, ``chr23`` (any case), and the RefSeq or GenBank accession of either build with
    its version (``NC_000023.11``, ``CM000685.2``); 7, 12 and 20 alike.
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


def contig_length(contig: Contig, build: Build) -> int:
    """Length in bases."""
    return BY_PLACE[contig, build].length


def build_of_length(contig: Contig, length: int) -> Build | None:
    """The build in which this chromosome has this length, else None."""
    return next((row.build for row in ROWS if row.contig is contig and row.length == length), None)
