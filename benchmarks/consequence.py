"""Names and consequences a second on one core, beside biocommons hgvs, SnpEff and ``bcftools csq`` in the same run.

Usage: python benchmarks/consequence.py [share]

The mix: every substitution within 30 bases of an exon of any transcript, and as many random deletions, insertions,
copies and delins at the same places; all transcripts of the gene each. ``share`` (default 1.0) takes a part of it.

What the others do differs. biocommons hgvs (needs the oracle extra) gives c. and p. names without classes, here for a
sample, and with a cache for the reference protein that it does not have itself. SnpEff (needs Debian's ``snpeff``)
gives names and classes; its figure holds its start, reading and writing VCF. bcftools csq gives classes only: no names,
nothing in introns, no decay; its figure holds reading and writing VCF.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import snpeff

from higm_annot.consequence.annotate import annotate, maps_of
from higm_annot.intake.normalise import normalise
from higm_annot.intake.types import Allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene, Locus

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "oracle"))
import oracle_csq

BUILD = Build.GRCH38
FLANK = 30
LONGEST = 20
SAMPLE = 3000  # alleles for biocommons hgvs


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


def peak() -> float:
    """Largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_ours(variants: list[tuple[Gene, Allele]]) -> None:
    panel, effects = load_panel(), 0
    for gene in Gene:
        for one in maps_of(gene, BUILD):
            _ = one.protein  # sequences are put together once a process
    start = before = time.perf_counter()
    slowest = early = 0.0
    for number, (_, one) in enumerate(variants):
        effects += len(annotate(panel, one).effects)
        after = time.perf_counter()
        slowest, before = max(slowest, after - before), after
        if number == len(variants) // 10:
            early = peak()
    seconds = before - start
    print(f"{len(variants):,} variants, {effects:,} effects on transcripts")
    line("higm_annot", len(variants) / seconds, f"names, classes, identifiers; {effects / seconds:,.0f} effects/s")
    print(
        f"{'':18}slowest {1000 * slowest:.1f} ms; peak memory {early:.1f} MB after a tenth, {peak():.1f} MB at the end"
    )


def measure_hgvs(variants: list[tuple[Gene, Allele]], rng: random.Random) -> None:
    if find_spec("hgvs") is None or find_spec("cdot") is None:
        print("biocommons hgvs   not installed (oracle extra)")
        return
    from oracle_hgvs import HGVSError, Oracle  # noqa: PLC0415 - needs the oracle extra

    oracle, panel, names = Oracle(BUILD), load_panel(), 0
    sample = rng.sample(variants, min(SAMPLE, len(variants)))
    start = time.perf_counter()
    for gene, one in sample:
        locus = panel.loci[gene]
        genomic = oracle.genomic(one, locus.strand)
        for transcript in locus.transcripts:
            try:
                oracle.names(genomic, transcript.accession)
            except (HGVSError, IndexError):  # outside the transcript, or a fault of theirs
                continue
            names += 1
    seconds = time.perf_counter() - start
    line("biocommons hgvs", len(sample) / seconds, f"names; sample of {len(sample):,}, {names / seconds:,.0f} names/s")


def measure_snpeff(folder: Path, variants: list[tuple[Gene, Allele]]) -> None:
    if not snpeff.is_installed():
        print("SnpEff            not installed (Debian: snpeff)")
        return
    snpeff.build_database(folder, BUILD, oracle_csq.PAD)
    seconds = snpeff.annotate(folder)
    line("SnpEff", len(variants) / seconds, f"names, classes; whole process, {seconds:.1f} s")
    panel, theirs, equal, compared = load_panel(), snpeff.coding_names(folder), 0, 0
    for gene, one in variants:
        pos = str(oracle_csq.local(panel.loci[gene].slices[BUILD], one.pos))
        for effect in annotate(panel, one).effects:
            name = theirs.get((gene, pos, one.ref, one.alt, effect.accession))
            if name and effect.hgvs_c:
                compared += 1
                equal += name == effect.hgvs_c
    print(f"{'':18}{equal:,} of {compared:,} c. names equal to ours")


def measure_csq(folder: Path, variants: list[tuple[Gene, Allele]]) -> None:
    start = time.perf_counter()
    oracle_csq.run_csq(folder)
    seconds = time.perf_counter() - start
    line("bcftools csq", len(variants) / seconds, f"classes; whole process, {seconds:.2f} s")


def line(name: str, speed: float, remark: str) -> None:
    print(f"{name:<16}{speed:>10,.0f} variants/s  {remark}")


def main() -> None:
    share, panel = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0, load_panel()
    rng = random.Random(7)  # noqa: S311 - the same variants in every run
    variants = [(gene, one) for gene, locus in panel.loci.items() for one in mix(locus, rng) if rng.random() < share]
    measure_ours(variants)
    measure_hgvs(variants, rng)
    with tempfile.TemporaryDirectory() as folder:
        oracle_csq.write_inputs(Path(folder), BUILD, variants)
        measure_snpeff(Path(folder), variants)
        measure_csq(Path(folder), variants)


if __name__ == "__main__":
    main()
