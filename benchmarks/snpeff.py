"""SnpEff on the panel: a database built from the embedded transcripts, and one run over a VCF. Debian: snpeff."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Locus

JAR = Path("/usr/share/java/snpeff.jar")
CONFIG = Path("/etc/snpeff/snpEff.config")
GENOME = "panel"
BASES = re.compile(r"(del|dup)[ACGT]+")


def is_installed() -> bool:
    return JAR.exists() and CONFIG.exists()


def version() -> str:
    found = subprocess.run([*_java("-version")], capture_output=True, text=True, check=False)
    return found.stdout.split()[1] if found.stdout else "?"


def gtf_lines(locus: Locus, build: Build, shift: int) -> Iterator[str]:
    """The transcripts of a gene on the contig that holds its slice; ``shift`` is added to every position."""
    strand = "+" if locus.strand > 0 else "-"
    for transcript in locus.transcripts:
        model = transcript.models[build]
        name = f'gene_id "{locus.gene}"; gene_name "{locus.gene}"; transcript_id "{transcript.accession}"; '
        name += 'gene_biotype "protein_coding"; transcript_biotype "protein_coding";'
        low, high = (pick(edge for exon in model.exons for edge in (exon.start, exon.end)) for pick in (min, max))

        def line(kind: str, start: int, end: int, phase: str = ".", words: str = name) -> str:
            place = [str(start + shift), str(end + shift)]
            return "\t".join([locus.gene, "panel", kind, *place, ".", strand, phase, words])

        yield line("transcript", low, high)
        done = 0
        for number, exon in enumerate(model.exons, 1):
            words = f'{name} exon_number "{number}";'
            yield line("exon", exon.start, exon.end, words=words)
            start, end = max(exon.start, model.cds.start), min(exon.end, model.cds.end)
            if start <= end:
                yield line("CDS", start, end, str(-done % 3), words)
                done += end - start + 1


def build_database(folder: Path, build: Build, pad: int) -> None:
    """A database from ``ref.fa`` (each slice with ``pad`` bases of N on either side, named by its gene)."""
    home = folder / "data" / GENOME
    home.mkdir(parents=True)
    (home / "sequences.fa").write_bytes((folder / "ref.fa").read_bytes())
    loci = load_panel().loci.values()
    rows = [row for one in loci for row in gtf_lines(one, build, pad + 1 - one.slices[build].start)]
    (home / "genes.gtf").write_text("\n".join(rows) + "\n", encoding="ascii")
    tables = [row for row in CONFIG.read_text(encoding="utf-8").splitlines() if row.startswith("codon.")]
    settings = [f"data.dir = {folder / 'data'}", f"{GENOME}.genome : {GENOME}", *tables, ""]
    (folder / "snpeff.config").write_text("\n".join(settings), encoding="utf-8")
    checks = ["-gtf22", "-noCheckCds", "-noCheckProtein", "-nodownload"]
    _run(folder, "build", *checks, out="build.log")


def annotate(folder: Path) -> float:
    """Seconds for ``in.vcf`` to ``snpeff.vcf``, the whole process."""
    start = time.perf_counter()
    _run(folder, "ann", "-nodownload", "-noStats", "-noLog", "-ud", "0", more=("in.vcf",), out="snpeff.vcf")
    return time.perf_counter() - start


def coding_names(folder: Path) -> dict[tuple[str, str, str, str, str], str]:
    """c. names by contig, position, REF, ALT and transcript, without bases after del and dup."""
    found = {}
    for row in (folder / "snpeff.vcf").read_text(encoding="ascii").splitlines():
        if row.startswith("#"):
            continue
        contig, pos, _, ref, alt, _, _, info = row.split("\t")
        for field in info.split(";"):
            if field.startswith("ANN="):
                for entry in field[4:].split(","):
                    cells = entry.split("|")
                    found[contig, pos, ref, alt, cells[6]] = BASES.sub(r"\1", cells[9])
    return found


def _java(*arguments: str) -> list[str]:
    return ["java", "-Xmx2g", "-jar", str(JAR), *arguments]


def _run(folder: Path, verb: str, *options: str, more: tuple[str, ...] = (), out: str) -> None:
    command = [*_java(verb), "-c", str(folder / "snpeff.config"), *options, GENOME, *more]
    with (folder / out).open("wb") as handle:
        subprocess.run(command, cwd=folder, check=True, stdout=handle, stderr=subprocess.DEVNULL)
