"""What the demonstration people carry: the tables of ``data/``, read into values.

The recipe speaks GRCh38; each record is placed in the build asked for with the embedded reference.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from importlib.resources import files

from msgspec import Struct

from higm_annot.reference.convert import convert_allele
from higm_annot.reference.types import Build, Contig, Panel

MALE = "male"


class Site(Struct, frozen=True):
    """A record to write: place, alleles, a genotype column per sample; ``end`` for a symbolic allele only."""

    contig: Contig
    pos: int
    ref: str
    alt: str
    end: int | None
    calls: tuple[str, ...]


class DemoFile(Struct, frozen=True):
    """One VCF of the demonstration, free of any build.

    ``kind`` is ``vcf``, ``gvcf`` (reference blocks over the coding exons) or ``sv`` (symbolic alleles). ``unread`` are
    the exons (gene, number) over which a gVCF has no block. ``males`` says for each sample whether it has one X.
    """

    name: str
    kind: str
    samples: tuple[str, ...]
    males: tuple[bool, ...]
    unread: frozenset[tuple[str, int]]
    records: tuple[tuple[str, tuple[str, ...]], ...]


def text(name: str) -> str:
    """A table of the recipe as it is."""
    return files("higm_annot.demo").joinpath(f"data/{name}").read_text(encoding="utf-8")


def table(name: str) -> list[dict[str, str]]:
    """Rows of a table of the recipe."""
    return list(csv.DictReader(text(name).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def demo_vcfs() -> tuple[DemoFile, ...]:
    """Every VCF of the demonstration."""
    sexes = {(row["vcf"], row["vcf_sample"]): row["sex"] for row in table("samples.tsv")}
    records = table("records.tsv")
    return tuple(_file(row, sexes, records) for row in table("files.tsv"))


def _file(row: Mapping[str, str], sexes: Mapping[tuple[str, str], str], records: list[dict[str, str]]) -> DemoFile:
    samples = tuple(row["samples"].split(" "))
    exons = (cell.split(":") for cell in row["unread_exons"].split(" ") if cell)
    return DemoFile(
        name=row["file"],
        kind=row["kind"],
        samples=samples,
        males=tuple(sexes[row["file"], sample] == MALE for sample in samples),
        unread=frozenset((gene, int(number)) for gene, number in exons),
        records=tuple(
            (record["key"], tuple(record["calls"].split(" "))) for record in records if record["file"] == row["file"]
        ),
    )


def placed(panel: Panel, build: Build, key: str, calls: tuple[str, ...]) -> Site:
    """The record of a GRCh38 key (``GRCh38:X:1:A:T``, or ``GRCh38:X:1:<DEL>:99`` with its last base) in ``build``.

    A deletion keeps its length: the far end of the recurrent IKBKG deletion lies beyond the embedded sequence, where
    nothing shows the other build.
    """
    _, contig, first, *rest = key.split(":")
    pos = int(first)
    symbolic = rest[0].startswith("<")
    ref, alt = ("N", rest[0]) if symbolic else (rest[0], rest[1])
    place = convert_allele(panel, Build.GRCH38, Contig(contig), pos, ref, alt, build)
    if place is None:
        msg = f"{key} cannot be expressed in {build}"
        raise ValueError(msg)
    if not symbolic:
        return Site(*place, None, calls)
    start = place[1]
    piece = next(
        locus.slices[build]
        for locus in panel.loci.values()
        if locus.contig is place[0] and locus.slices[build].covers(start, start)
    )
    return Site(place[0], start, piece.base(start), alt, start + int(rest[1]) - pos, calls)
