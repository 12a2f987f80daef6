"""Names and consequences a second on one core, beside ``bcftools csq`` on the same variants.

Usage: python benchmarks/consequence.py [share]

The mix: every substitution within 30 bases of an exon of any transcript, and as many random deletions, insertions,
copies and delins at the same places; all transcripts of the gene each. ``share`` (default 1.0) takes a part of it.
bcftools csq gives classes only: no names, nothing in introns, no decay. Its figure holds reading and writing VCF, and
its inputs are those that ``tests/oracle`` compares classes with.
"""

from __future__ import annotations

import importlib.util
import random
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from higm_annot.consequence.annotate import annotate, maps_of
from higm_annot.intake.normalise import normalise
from higm_annot.intake.types import Allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene, Locus

BUILD = Build.GRCH38
FLANK = 30
LONGEST = 20
ORACLE = Path(__file__).parent.parent / "tests" / "oracle" / "test_bcftools_csq.py"


def mix(locus: Locus, rng: random.Random) -> list[Allele]:
    """All substitutions near exons and as many random other changes, sorted by place."""
    piece = locus.slices[BUILD]
    near = {
        pos
        for transcript in locus.transcripts
        for exon in transcript.models[BUILD].exons
        for pos in range(exon.start - FLANK, exon.end + FLANK + 1)
        if piece.covers(pos, pos + LONGEST)
    }
    places, alleles = sorted(near), []
    for pos in places:
        ref = piece.base(pos)
        alleles += [Allele(BUILD, piece.contig, pos, ref, alt, pos) for alt in "ACGT" if alt != ref]
    wanted = 2 * len(alleles)
    while len(alleles) < wanted:
        pos, length = rng.choice(places), rng.randint(1, LONGEST - 1)
        base, bases = piece.base(pos), piece.bases(pos + 1, pos + length)
        noise = "".join(rng.choice("ACGT") for _ in range(length))
        ref, alt = rng.choice([(base + bases, base), (base, base + bases), (base, base + noise), (base + bases, noise)])
        if ref != alt:
            alleles.append(normalise(piece, BUILD, piece.contig, pos, ref, alt))
    return sorted(set(alleles))


def main() -> None:
    share, panel = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0, load_panel()
    rng = random.Random(7)  # noqa: S311 - the same variants in every run
    variants = [(gene, one) for gene, locus in panel.loci.items() for one in mix(locus, rng) if rng.random() < share]
    for gene in Gene:
        for one in maps_of(gene, BUILD):
            _ = one.protein  # sequences are put together once a process
    marks, effects = [time.perf_counter()], 0
    for _, one in variants:
        effects += len(annotate(panel, one).effects)
        marks.append(time.perf_counter())
    seconds = marks[-1] - marks[0]
    slowest = max(after - before for before, after in pairwise(marks))
    print(f"{len(variants):,} variants, {effects:,} effects on transcripts")
    print(f"higm_annot    {len(variants) / seconds:>10,.0f} variants/s  {effects / seconds:>10,.0f} effects/s", end="")
    print(f"  slowest {1000 * slowest:.1f} ms")
    spec = importlib.util.spec_from_file_location("oracle", ORACLE)
    oracle = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(oracle)
    with tempfile.TemporaryDirectory() as folder:
        oracle.write_inputs(Path(folder), BUILD, variants)
        start = time.perf_counter()
        oracle.run_csq(Path(folder))
        seconds = time.perf_counter() - start
    print(f"bcftools csq  {len(variants) / seconds:>10,.0f} variants/s  (whole process, {seconds:.2f} s)")


if __name__ == "__main__":
    main()
