"""Classes by the criteria alone, with published classes switched off, against those of ClinVar and a registry.

Usage: python benchmarks/classification.py FOLDER
       python benchmarks/classification.py --speed

``FOLDER`` holds ``truth/clinvar_sites.tsv`` (assertions of 2013-2018 and of a patient registry). Of every allele the
class of the points is taken: no assertion on the allele itself, nor that it is listed, has a part in it. Known changes
of the same residue count, the allele itself left out. Prints the tables that stand in docs/classification.md.

``--speed`` prints microseconds of processor time an allele (evidence, known changes of the codon, class; not its
consequence) for a sample of all single-base changes of the coding exons: with the snapshot, and with an evidence
directory of five files: frequencies and scores of every one of them, classes of every seventh.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pysam

from higm_annot.annotated import annotate_allele, judged
from higm_annot.classification.change import change_of
from higm_annot.classification.types import Class
from higm_annot.consequence.annotate import annotate, maps_of
from higm_annot.evidence.builder import placed_key, rows_of
from higm_annot.evidence.sources import EMBEDDED, Evidence, evidence_with
from higm_annot.evidence.update import Wanted, update_from_files
from higm_annot.intake.types import Allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene

SIDES = {
    "pathogenic": "pathogenic",
    "likely pathogenic": "pathogenic",
    "benign": "benign",
    "likely benign": "benign",
    "uncertain significance": "uncertain",
    "conflicting interpretations of pathogenicity": "disagreeing",
}
TOLD = ("pathogenic", "uncertain", "benign", "disagreeing")
SAMPLED = 3000
CLASSED = 7  # of so many changes one has a class in ClinVar
CLASSES = ("Pathogenic", "Likely_pathogenic", *7 * ("Uncertain_significance",), "Likely_benign")
REVIEW = "criteria_provided,_single_submitter"
VCF = ("##fileformat=VCFv4.2", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
HEADERS = {
    "clinvar": (
        VCF[0],
        *(f'##INFO=<ID={name},Number=.,Type=String,Description="x">' for name in ("CLNSIG", "CLNREVSTAT")),
        VCF[1],
    ),
    "gnomad": (
        VCF[0],
        *(f'##INFO=<ID={name},Number=A,Type=String,Description="x">' for name in ("AF", "AN", "nhomalt")),
        VCF[1],
    ),
    "spliceai": (VCF[0], '##INFO=<ID=SpliceAI,Number=.,Type=String,Description="x">', VCF[1]),
    "revel": ("#chr\thg19_pos\tgrch38_pos\tref\talt\taaref\taaalt\tREVEL\tEnsembl_transcriptid",),
    "cadd": ("#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED",),
}
AGREES = {"pathogenic": "athogenic", "benign": "enign", "uncertain": "Uncertain"}


def told_class(words: set[str]) -> str:
    """What all assertions on an allele come to; empty where none gives a class."""
    sides = {SIDES[word] for word in words if word in SIDES}
    if not sides:
        return ""
    return sides.pop() if len(sides) == 1 else "disagreeing"


def told(folder: Path) -> dict[str, str]:
    """Alleles by GRCh38 key with what is told of them."""
    panel, words = load_panel(), dict[str, set[str]]()
    for row in rows_of(folder / "truth" / "clinvar_sites.tsv"):
        key = placed_key(panel, row["build"], row["chrom"], int(row["pos"]), row["ref"], row["alt"])
        if key is not None:
            said = row["clinvar_significance"].split(" (")[0].replace("_", " ").lower()
            words.setdefault(key, set()).update(one.strip() for part in said.split(",") for one in part.split("/"))
    return {key: side for key, found in sorted(words.items()) if (side := told_class(found))}


def tables(folder: Path) -> str:
    """The confusion matrix by gene and the disagreements by their grounds, as Markdown."""
    panel = load_panel()
    matrix, grounds, flips = Counter[tuple[str, str, str]](), Counter[tuple[str, ...]](), list[str]()
    for key, side in told(folder).items():
        _, contig, pos, ref, alt = key.split(":")
        allele = Allele(Build.GRCH38, Contig(contig), int(pos), ref, alt, int(pos) + len(ref) - 1)
        known = annotate_allele(panel, allele)
        found, gene = known.allele_class, known.effects.gene
        matrix[gene, side, found.by_points] += 1
        met = ", ".join(one.code for one in found.criteria) or "none"
        if {side, found.by_points.is_benign and "benign"} == {"pathogenic", "benign"} or (
            side == "benign" and found.by_points.is_pathogenic
        ):
            flips.append(f"{gene} {known.effects.mane.hgvs_c}: told {side}, {found.by_points} by {met}")
        if AGREES.get(side, "never") not in found.by_points:
            kind = change_of(known.effects.mane).kind.replace("_", " ")
            grounds[gene, side, found.by_points, kind, met, ", ".join(found.caps) or "-"] += 1
    return "\n".join((*_matrix(matrix), "", *_flips(flips), "", *_grounds(grounds))) + "\n"


def _matrix(matrix: Counter[tuple[str, str, str]]) -> list[str]:
    lines = ["| gene | told | " + " | ".join(Class) + " |", "|---|---|" + "---|" * len(Class)]
    for gene in Gene:
        for side in TOLD:
            counts = [matrix[gene, side, one] for one in Class]
            if any(counts):
                lines.append(f"| {gene} | {side} | " + " | ".join(str(count or "") for count in counts) + " |")
    return lines


def _flips(flips: list[str]) -> list[str]:
    return [f"- {one}" for one in flips] if flips else ["No allele goes from one side to the other."]


def _grounds(grounds: Counter[tuple[str, ...]]) -> list[str]:
    lines = ["| gene | told | by points | change | criteria met | caps | alleles |", "|---|---|---|---|---|---|---|"]
    return [*lines, *(f"| {' | '.join(one)} | {count} |" for one, count in sorted(grounds.items()))]


def coding_changes() -> list[Allele]:
    """Every single-base change of the coding exons, in the order of a file."""
    panel, found = load_panel(), set[Allele]()
    for gene, locus in panel.loci.items():
        mane, piece = maps_of(gene, Build.GRCH38)[0], locus.slices[Build.GRCH38]
        for place in range(mane.cds_start, mane.cds_end + 1):
            offset = mane.gene_offset(place)
            pos = piece.start + offset if locus.strand > 0 else piece.end - offset
            ref = piece.base(pos)
            found |= {Allele(Build.GRCH38, locus.contig, pos, ref, alt, pos) for alt in "ACGT" if alt != ref}
    return sorted(found, key=lambda one: (str(one.contig), one.pos, one.alt))


def write_directory(folder: Path, changes: Sequence[Allele]) -> Path:
    """An evidence directory: frequencies and three programs' scores of every change, classes of some."""
    places = [(str(one.contig), one.pos, one.ref, one.alt) for one in changes]
    numbers = random.Random(1)  # noqa: S311 - a sample, no secret
    rows = {
        "clinvar": (
            f"{c}\t{p}\t{p}\t{r}\t{a}\t.\t.\tCLNSIG={numbers.choice(CLASSES)};CLNREVSTAT={REVIEW}"
            for c, p, r, a in places[::CLASSED]
        ),
        "gnomad": (f"{c}\t{p}\t.\t{r}\t{a}\t.\tPASS\tAF=1e-06;AN=150000;nhomalt=0" for c, p, r, a in places),
        "revel": (f"{c}\t{p}\t{p}\t{r}\t{a}\tX\tY\t{numbers.random():.3f}\tENST1" for c, p, r, a in places),
        "spliceai": (
            f"{c}\t{p}\t.\t{r}\t{a}\t.\t.\tSpliceAI={a}||{numbers.random():.2f}|0.00|0.00|0.00|1|2|3|4"
            for c, p, r, a in places
        ),
        "cadd": (f"{c}\t{p}\t{r}\t{a}\t1\t{numbers.random() * 40:.1f}" for c, p, r, a in places),
    }
    for kind, lines in rows.items():
        made = _written(folder / f"{kind}.gz", HEADERS[kind], lines)
        wanted = Wanted(kind, Build.GRCH38, "benchmark", "2026-01-01")
        update_from_files(folder / "evidence", wanted, [made], None, load_panel())
    return folder / "evidence"


def _written(path: Path, header: Sequence[str], lines: Iterable[str]) -> Path:
    """A file as publishers make it: compressed in blocks, with its index."""
    with pysam.BGZFile(str(path), "wb") as out:
        out.write(("\n".join((*header, *lines)) + "\n").encode())
    column = 2 if header[0].startswith("#chr\t") else 1
    pysam.tabix_index(str(path), seq_col=0, start_col=column, end_col=column, meta_char="#", force=True)
    return path


def microseconds(chosen: Sequence[Allele], evidence: Evidence) -> float:
    """Processor time an allele: the least of three rounds, which is the one that others disturbed least."""
    panel = load_panel()
    ready = [(one, annotate(panel, one)) for one in chosen]
    rounds = []
    for _ in range(3):
        began = time.process_time()
        for allele, effects in ready:
            judged(panel, allele, effects, evidence)
        rounds.append(1e6 * (time.process_time() - began) / len(ready))
    return min(rounds)


def speed() -> str:
    """What an allele costs with the snapshot and with a directory, as two lines."""
    changes = coding_changes()
    chosen = random.Random(1).sample(changes, SAMPLED)  # noqa: S311 - a sample, no secret
    with tempfile.TemporaryDirectory() as folder:
        own = evidence_with(str(write_directory(Path(folder), changes)))
        costs = {"snapshot": microseconds(chosen, EMBEDDED), "snapshot and directory": microseconds(chosen, own)}
    return "".join(f"{name}: {cost:.0f} microseconds an allele\n" for name, cost in costs.items())


if __name__ == "__main__":
    sys.stdout.write(speed() if sys.argv[1] == "--speed" else tables(Path(sys.argv[1])))
