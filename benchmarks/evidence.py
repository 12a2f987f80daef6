"""What evidence costs: asking the snapshot, and a laboratory's file that holds every change of one base at the loci.

Usage: python benchmarks/evidence.py

Writes a table of scores for every single-base change of the six loci (the largest file a laboratory can bring), cuts
it, opens the evidence directory as a run does (every file is proved against its digest) and asks for alleles. Prints
seconds of cutting, milliseconds of opening, and milliseconds an allele with the snapshot alone and with the file.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

import pysam

from higm_annot.evidence.sources import EMBEDDED, evidence_with
from higm_annot.evidence.update import Wanted, update_from_files
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build

ASKED = 5000


def every_change() -> list[tuple[str, int, str, str]]:
    """Every change of one base at the loci, in order."""
    pieces = [locus.slices[Build.GRCH38] for locus in load_panel().loci.values()]
    return sorted(
        (str(piece.contig), piece.start + offset, ref, alt)
        for piece in pieces
        for offset, ref in enumerate(piece.sequence)
        for alt in "ACGT"
        if alt != ref
    )


def write_scores(path: Path, changes: list[tuple[str, int, str, str]]) -> None:
    """A table of scores as CADD publishes it."""
    lines = ["#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED"]
    lines += [f"{contig}\t{pos}\t{ref}\t{alt}\t1\t{pos % 400 / 10}" for contig, pos, ref, alt in changes]
    with pysam.BGZFile(str(path), "wb") as out:
        out.write(("\n".join(lines) + "\n").encode())
    pysam.tabix_index(str(path), seq_col=0, start_col=1, end_col=1, meta_char="#", force=True)


def main() -> None:
    """Measure and print."""
    changes = every_change()
    chosen = random.Random(1).sample(changes, ASKED)  # noqa: S311 - a sample, no secret
    keys = [{"GRCh38": f"GRCh38:{contig}:{pos}:{ref}:{alt}"} for contig, pos, ref, alt in chosen]
    with tempfile.TemporaryDirectory() as folder:
        table, directory = Path(folder) / "scores.tsv.gz", Path(folder) / "evidence"
        write_scores(table, changes)
        began = time.perf_counter()
        update_from_files(
            directory, Wanted("cadd", Build.GRCH38, "benchmark", "2026-01-01"), [table], None, load_panel()
        )
        print(f"cutting {len(changes)} rows: {time.perf_counter() - began:.1f} s")
        began = time.perf_counter()
        own = evidence_with(str(directory))
        print(f"opening, digests proved: {1000 * (time.perf_counter() - began):.0f} ms")
        for name, evidence in (("snapshot", EMBEDDED), ("snapshot and file", own)):
            evidence.known(keys[0])
            began = time.perf_counter()
            for one in keys:
                evidence.known(one)
            print(f"{name}: {1000 * (time.perf_counter() - began) / ASKED:.3f} ms an allele")


if __name__ == "__main__":
    main()
