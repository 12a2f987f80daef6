"""Write the demonstration: ``samples.tsv`` and the VCFs it names.

The recipe (``data/*.tsv``) holds what each person carries, with the publication that reports the allele; every other
base comes from the embedded reference, so the files can be made again anywhere and compared byte for byte.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from msgspec import Struct

from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import contig_length
from higm_annot.reference.convert import convert_allele
from higm_annot.reference.types import Build, Contig, Interval, Panel

BLOCK_FLANK = 50  # bases beyond each coding exon that the demonstration gVCF shows as read
BLOCK_FORMAT = "0/0:42:99:36"
FORMATS = (
    ("GT", "1", "String", "Genotype"),
    ("AD", "R", "Integer", "Reads of each allele, reference first"),
    ("DP", "1", "Integer", "Read depth"),
    ("GQ", "1", "Integer", "Genotype quality"),
    ("MIN_DP", "1", "Integer", "Smallest depth in a reference block"),
)


class Site(Struct, frozen=True):
    """A record to write: its place, alleles and one genotype column per sample."""

    contig: Contig
    pos: int
    ref: str
    alt: str
    calls: tuple[str, ...]


def write_demo(folder: Path, panel: Panel) -> tuple[Path, ...]:
    """Write the sheet and the VCFs of the demonstration below ``folder``; return the files, the sheet first.

    Raises
    ------
    Refused
        When a file of the same name but another content is there already; nothing is overwritten.
    """
    contents = demo_files(panel)
    for name, content in contents.items():
        target = folder / name
        if target.exists() and target.read_text(encoding="utf-8") != content:
            raise Refused(problem("HA-RUN-001", file=str(target)))
    for name, content in contents.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    return tuple(folder / name for name in contents)


def demo_files(panel: Panel) -> dict[str, str]:
    """Content of every demonstration file by its name below the folder, the sheet first."""
    sheet = files("higm_annot.demo").joinpath("data/samples.tsv").read_text(encoding="utf-8")
    records = _table("records.tsv")
    contents = {"samples.tsv": sheet}
    for row in _table("files.tsv"):
        sites = [
            _site(panel, Build(row["build"]), record["key"], tuple(record["calls"].split(" ")))
            for record in records
            if record["file"] == row["file"]
        ]
        contents[f"demo/{row['file']}"] = "".join(_vcf(panel, row, sites))
    return contents


def _table(name: str) -> list[dict[str, str]]:
    text = files("higm_annot.demo").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _site(panel: Panel, build: Build, key: str, calls: tuple[str, ...]) -> Site:
    """The record of a GRCh38 allele key, in the build of the file."""
    _, contig, pos, ref, alt = key.split(":")
    place = (Contig(contig), int(pos), ref, alt)
    if build is not Build.GRCH38:
        converted = convert_allele(panel, Build.GRCH38, *place, build)
        if converted is None:
            msg = f"{key} cannot be expressed in {build}"
            raise ValueError(msg)
        place = converted
    return Site(*place, calls)


def _vcf(panel: Panel, row: dict[str, str], sites: list[Site]) -> Iterator[str]:
    """Lines of one VCF."""
    build, is_gvcf = Build(row["build"]), row["kind"] == "gvcf"
    prefix = "chr" if row["naming"] == "chr" else ""
    yield "##fileformat=VCFv4.3\n##source=higm_annot demonstration\n"
    for contig in sorted({locus.contig for locus in panel.loci.values()}, key=_order):
        yield f"##contig=<ID={prefix}{contig},length={contig_length(contig, build)},assembly={build}>\n"
    if is_gvcf:
        yield '##ALT=<ID=NON_REF,Description="Any allele that was not observed">\n'
        yield '##INFO=<ID=END,Number=1,Type=Integer,Description="Last base of the block">\n'
    for name, number, kind, description in FORMATS if is_gvcf else FORMATS[:-1]:
        yield f'##FORMAT=<ID={name},Number={number},Type={kind},Description="{description}">\n'
    samples = row["samples"].split(" ")
    yield "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *samples]) + "\n"
    lines = [
        (
            site.contig,
            site.pos,
            [site.ref, _alts(site.alt, is_gvcf=is_gvcf), "500", "PASS", ".", "GT:AD:DP:GQ"],
            site.calls,
        )
        for site in sites
    ]
    if is_gvcf:
        calls = (BLOCK_FORMAT,) * len(samples)
        lines += [
            (contig, start, [base, "<NON_REF>", ".", ".", f"END={end}", "GT:DP:GQ:MIN_DP"], calls)
            for contig, start, end, base in _blocks(panel, build, sites)
        ]
    for contig, pos, fields, columns in sorted(lines, key=lambda line: (_order(line[0]), line[1])):
        yield "\t".join([f"{prefix}{contig}", str(pos), ".", *fields, *columns]) + "\n"


def _alts(alt: str, *, is_gvcf: bool) -> str:
    return f"{alt},<NON_REF>" if is_gvcf else alt


def _order(contig: Contig) -> int:
    """Chromosome order: numbered ones first."""
    return int(contig) if contig.isdigit() else 23


def _blocks(panel: Panel, build: Build, sites: list[Site]) -> Iterator[tuple[Contig, int, int, str]]:
    """Reference blocks over the coding exons of every gene, broken at the variant sites."""
    for locus in panel.loci.values():
        piece, model = locus.slices[build], locus.mane.models[build]
        taken = sorted(site.pos for site in sites if site.contig is locus.contig)
        for exon in model.exons:
            coding = Interval(max(exon.start, model.cds.start), min(exon.end, model.cds.end))
            if coding.length < 1:
                continue
            start, last = coding.start - BLOCK_FLANK, coding.end + BLOCK_FLANK
            for stop in [*(pos for pos in taken if start <= pos <= last), last + 1]:
                if start < stop:
                    yield locus.contig, start, stop - 1, piece.base(start)
                start = stop + 1
