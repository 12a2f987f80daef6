"""Fixtures shared by the rooms' tests: small VCFs built from rows, and the folder of shared real data."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pysam
import pytest

from higm_annot.cli import main

LENGTHS = {
    "GRCh37": {"7": 159138663, "12": 133851895, "20": 63025520, "X": 155270560},
    "GRCh38": {"7": 159345973, "12": 133275309, "20": 64444167, "X": 156040895},
}
REFSEQ = {
    "GRCh37": {"7": "NC_000007.13", "12": "NC_000012.11", "20": "NC_000020.10", "X": "NC_000023.10"},
    "GRCh38": {"7": "NC_000007.14", "12": "NC_000012.12", "20": "NC_000020.11", "X": "NC_000023.11"},
}
GENBANK = {
    "GRCh37": {"7": "CM000669.1", "12": "CM000674.1", "20": "CM000682.1", "X": "CM000685.1"},
    "GRCh38": {"7": "CM000669.2", "12": "CM000674.2", "20": "CM000682.2", "X": "CM000685.2"},
}
DECLARED = (
    '##FILTER=<ID=PASS,Description="All filters passed">',
    '##FILTER=<ID=LowQual,Description="Low quality">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads per allele">',
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">',
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">',
    '##FORMAT=<ID=PS,Number=1,Type=Integer,Description="Phase set">',
    '##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description="Smallest depth of the block">',
)
WITH_END = (
    '##INFO=<ID=END,Number=1,Type=Integer,Description="Last position of the record">',
    '##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="Length of the structural change">',
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Kind of structural change">',
)

Row = Sequence[object] | str


def contig_name(contig: str, build: str, naming: str) -> str:
    """How one of the usual namings spells a panel contig."""
    tables = {"refseq": REFSEQ, "genbank": GENBANK}
    if naming in tables:
        return tables[naming][build].get(contig, contig)
    return f"chr{contig}" if naming == "chr" else contig


def vcf_text(
    rows: Sequence[Row],
    samples: Sequence[str] = ("S1",),
    build: str = "GRCh38",
    *,
    header: Sequence[str] = (),
    naming: str = "bare",
    lengths: bool = True,
) -> str:
    """A VCF as text.

    A row is either a whole line (columns separated by blanks) or a tuple ``(contig, pos, ref, alt, *columns)``: one
    column per sample, FORMAT ``GT``; a dictionary as the last element sets ``id``, ``qual``, ``filter``, ``info``
    or ``format``. Contigs are written bare (``X``) and spelled by ``naming`` (bare, chr, refseq, genbank).
    """
    lines = ["##fileformat=VCFv4.2", *DECLARED, *header]
    lines += [
        f"##contig=<ID={contig_name(contig, build, naming)}" + (f",length={length}>" if lengths else ">")
        for contig, length in LENGTHS[build].items()
    ]
    fixed = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
    lines.append("\t".join([*fixed, *(["FORMAT", *samples] if samples else [])]))
    for row in rows:
        if isinstance(row, str):
            cells = row.split()
        else:
            values = list(row)
            more = values.pop() if isinstance(values[-1], dict) else {}
            contig, pos, ref, alt, *calls = map(str, values)
            cells = [contig, pos, more.get("id", "."), ref, alt, str(more.get("qual", 50)), more.get("filter", "PASS")]
            cells += [more.get("info", "."), *([more.get("format", "GT"), *calls] if samples else [])]
        lines.append("\t".join([contig_name(cells[0], build, naming), *cells[1:]]))
    return "\n".join(lines) + "\n"


@pytest.fixture
def make_vcf(tmp_path: Path) -> Callable[..., str]:
    """``make_vcf(name, rows, samples, build, header=…, naming=…, lengths=…, index=False) -> path``.

    The name's suffix says how the file is written: ``.vcf`` text, ``.vcf.gz`` BGZF, ``.plain.gz`` ordinary gzip,
    ``.bcf``. See :func:`vcf_text` for rows. ``index=True`` needs rows sorted by contig and position.
    """

    def make(name: str, rows: Sequence[Row], *args: object, index: bool = False, **options: object) -> str:
        text = vcf_text(rows, *args, **options)  # type: ignore[arg-type]
        return write_vcf(tmp_path / name, text, index=index)

    return make


def write_vcf(path: Path, text: str, *, index: bool = False) -> str:
    """Write VCF text in the form its suffix asks for; the path as a string."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".vcf":
        path.write_text(text, encoding="utf-8")
    elif path.name.endswith(".plain.gz"):
        path.write_bytes(gzip.compress(text.encode(), mtime=0))
    elif path.suffix == ".bcf":
        plain = path.with_name(path.name + ".tmp.vcf")
        plain.write_text(text, encoding="utf-8")
        with pysam.VariantFile(str(plain)) as source, pysam.VariantFile(str(path), "wb", header=source.header) as out:
            for record in source:
                out.write(record)
        plain.unlink()
        if index:
            pysam.tabix_index(str(path), preset="bcf", csi=True, force=True)
    else:
        with pysam.BGZFile(str(path), "wb") as out:
            out.write(text.encode())
        if index:
            pysam.tabix_index(str(path), preset="vcf", force=True)
    return str(path)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared real data; tests that need it skip where it is not given."""
    folder = os.environ.get("HIGM_SHARED")
    if not folder:
        pytest.skip("HIGM_SHARED does not name the folder of shared data")
    return Path(folder)


Documents = dict[str, dict[str, Any]]


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Documents]:
    """``program(rows, *people, files={}, samples=None, **vcf options) -> documents by sample``: the whole program.

    ``people`` are cells of the sheet by column; each one's ``vcf_sample`` is their ``sample`` unless given. ``files``
    (name to text) are written beside the sheet. The lines of ``problems.tsv`` stand under the name ``problems``.
    """
    runs = count(1)

    def run(
        rows: Sequence[Row], *people: dict[str, str], files: dict[str, str] | None = None, **options: Any
    ) -> Documents:
        folder = tmp_path / f"run{next(runs)}"
        names = options.pop("samples", None) or [one["sample"] for one in people]
        write_vcf(folder / "calls.vcf", vcf_text(rows, names, **options))
        for name, content in (files or {}).items():
            (folder / name).write_text(content, encoding="utf-8")
        cells = [{"vcf": "calls.vcf", "vcf_sample": one["sample"], **one} for one in people]
        columns = list(dict.fromkeys(name for one in cells for name in one))
        lines = [columns, *([one.get(name, "") for name in columns] for one in cells)]
        (folder / "samples.tsv").write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
        main(["run", "--samples", str(folder / "samples.tsv"), "--out", str(folder / "out")])
        found = {path.stem: json.loads(path.read_text()) for path in (folder / "out" / "reports").glob("*.json")}
        with (folder / "out" / "problems.tsv").open(encoding="utf-8") as lines_of_run:
            return {**found, "problems": {"lines": lines_of_run.read().splitlines()[1:]}}

    return run
