"""One exome to JSON, TSV and HTML in one cold process, beside ``bcftools view`` of the same regions on the same file.

Usage: python benchmarks/one_exome.py EXOME.vcf.gz [repeats]

Prints the median wall time and peak memory of each, on the file as it is (no index) and on a BGZF copy with an index.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pysam

from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build


def measure(command: list[str], repeats: int) -> tuple[float, int]:
    """Median seconds and peak kB over some runs of a command."""
    seconds, peak = [], 0
    for _ in range(repeats):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        if status:
            sys.exit(f"failed: {' '.join(command)}")
        peak = max(peak, usage.ru_maxrss)
    return statistics.median(seconds), peak


def regions(prefix: str) -> str:
    """The six loci as bcftools regions."""
    panel = load_panel()
    return ",".join(
        f"{prefix}{s.contig}:{s.start}-{s.end}" for s in (locus.slices[Build.GRCH37] for locus in panel.loci.values())
    )


def main() -> None:
    exome, repeats = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 7
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.vcf.gz"
        shutil.copy(exome, plain)
        indexed = Path(folder) / "indexed.vcf.gz"
        with pysam.BGZFile(str(indexed), "wb") as out, pysam.BGZFile(str(exome), "rb") as source:
            out.write(source.read())
        pysam.tabix_index(str(indexed), preset="vcf", force=True)
        with pysam.VariantFile(str(exome)) as file:
            prefix = "chr" if next(iter(file)).chrom.startswith("chr") else ""
        ours = ["higm-annot", "run", "--out", f"{folder}/out"]
        bcftools = ["bcftools", "view", "-Ov"]
        rows = [
            ("higm-annot --help", [*ours[:1], "--help"]),
            ("no index: higm-annot run", [*ours, str(plain)]),
            ("no index: bcftools view -t", [*bcftools, "-t", regions(prefix), str(plain)]),
            ("index: higm-annot run", [*ours, str(indexed)]),
            ("index: bcftools view -r", [*bcftools, "-r", regions(prefix), str(indexed)]),
        ]
        for name, command in rows:
            seconds, peak = measure(command, repeats)
            print(f"{name:32} {seconds:7.3f} s {peak / 1024:7.0f} MB")


if __name__ == "__main__":
    main()
