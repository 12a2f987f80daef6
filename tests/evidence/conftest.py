"""Small evidence files made from the embedded sequence, compressed and indexed as publishers do."""

import struct
import zlib
from types import SimpleNamespace

import pysam
import pytest

from higm_annot.cli import main
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build

PANEL = load_panel()
OTHER = {"A": "G", "G": "A", "C": "T", "T": "C"}
CLINVAR_HEADER = (
    "##fileformat=VCFv4.1",
    "##fileDate=2026-01-05",
    "##reference={build}",
    '##INFO=<ID=CLNSIG,Number=.,Type=String,Description="class">',
    '##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="review">',
    '##INFO=<ID=CLNSIGCONF,Number=.,Type=String,Description="conflicts">',
    '##INFO=<ID=CLNDN,Number=.,Type=String,Description="disease">',
    '##INFO=<ID=RS,Number=.,Type=String,Description="rs">',
)
GNOMAD_HEADER = (
    "##fileformat=VCFv4.2",
    *(
        f'##INFO=<ID={name},Number=A,Type=String,Description="x">'
        for name in ("AC", "AN", "AF", "nhomalt", "AC_XY", "fafmax_faf95_max", "faf95", "grpmax", "AF_grpmax")
    ),
)
SPLICEAI_HEADER = ("##fileformat=VCFv4.2", '##INFO=<ID=SpliceAI,Number=.,Type=String,Description="scores">')
ONE_STAR, NO_STAR = "criteria_provided,_single_submitter", "no_assertion_criteria_provided"


def variants(build="GRCh38", step=400):
    """A single base changed every few hundred bases of every locus: (contig, pos, ref, alt), sorted."""
    found = []
    for locus in PANEL.loci.values():
        piece = locus.slices[Build(build)]
        for pos in range(piece.start + 50, piece.end - 50, step):
            ref = piece.base(pos)
            found.append((str(locus.contig), pos, ref, OTHER[ref]))
    return sorted(found)


def lines_of(rows, id_=".", filter_="PASS", info="."):
    """VCF lines of (contig, pos, ref, alt[, info[, filter[, id]]])."""
    made = []
    for contig, pos, ref, alt, *more in rows:
        said, passed, name = (*more, *(info, filter_, id_)[len(more) :])
        made.append(f"{contig}\t{pos}\t{name}\t{ref}\t{alt}\t.\t{passed}\t{said}")
    return made


def bgzip(path, lines, preset="vcf", index=True, level="", **options):
    """Write lines compressed, with an index."""
    with pysam.BGZFile(str(path), f"wb{level}") as out:
        out.write(("\n".join(lines) + "\n").encode())
    if index:
        pysam.tabix_index(str(path), force=True, **({"preset": preset} if preset else options))
    return path


@pytest.fixture
def files(tmp_path_factory):
    """Makers of evidence files in a folder of their own; each gives the path."""
    folder = tmp_path_factory.mktemp("files")

    def vcf(name, header, rows, build="GRCh38", index=True, naming="", level=""):
        lines = [line.format(build=build) for line in header]
        columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
        return bgzip(
            folder / name, [*lines, columns, *(naming + line for line in lines_of(rows))], index=index, level=level
        )

    def clinvar(rows=(), build="GRCh38", more=True, naming="", index=True, level=""):
        plain = [(*one, f"CLNSIG=Uncertain_significance;CLNREVSTAT={ONE_STAR}", ".", "1") for one in variants(build)]
        every = sorted([*rows, *(plain if more else [])], key=_place)
        return vcf("clinvar.vcf.gz", CLINVAR_HEADER, every, build, index, naming, level)

    def gnomad(rows=(), name="gnomad.vcf.bgz", more=True):
        plain = [(*one, "AC=2;AN=150000;AF=1.3e-05;nhomalt=0;AC_XY=1") for one in variants()]
        return vcf(name, GNOMAD_HEADER, sorted([*rows, *(plain if more else [])], key=_place))

    def spliceai(rows, name="spliceai.vcf.gz"):
        return vcf(name, SPLICEAI_HEADER, rows)

    def table(name, header, rows, position=2, skip=0):
        lines = [*header, *("\t".join(map(str, row)) for row in rows)]
        options = {"seq_col": 0, "start_col": position - 1, "end_col": position - 1, "line_skip": skip}
        return bgzip(folder / name, lines, preset=None, **options, meta_char="#")

    makers = {"clinvar": clinvar, "gnomad": gnomad, "spliceai": spliceai, "table": table, "vcf": vcf}
    return SimpleNamespace(**makers, folder=folder, variants=variants, checked_again=checked_again)


def checked_again(content):
    """BGZF with the checksums of its blocks made again, as a program that writes it would."""
    made, at = b"", 0
    while at < len(content):
        length = int.from_bytes(content[at + 16 : at + 18], "little") + 1
        plain = zlib.decompress(content[at + 18 : at + length - 8], wbits=-15)
        made += content[at : at + length - 8] + struct.pack("<II", zlib.crc32(plain), len(plain))
        at += length
    return made


def _place(row):
    return row[0], row[1]


@pytest.fixture
def update(tmp_path, capsys):
    """``update(kind, *paths, **options) -> (exit code, what was said)``; the directory is ``update.dir``."""
    directory = tmp_path / "evidence"

    def run(kind, *paths, build="GRCh38", **options):
        more = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        names = [str(path) for path in paths]
        code = main(
            ["evidence", "update", "--dir", str(directory), "--kind", kind, "--build", build, "--from", *names, *more]
        )
        said = capsys.readouterr()
        return code, said.out + said.err

    run.dir = directory
    return run
