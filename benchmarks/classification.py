"""Classes by the criteria alone, with published classes switched off, against those of ClinVar and a registry.

Usage: python benchmarks/classification.py FOLDER

``FOLDER`` holds ``truth/clinvar_sites.tsv`` (assertions of 2013-2018 and of a patient registry). Of every allele the
class of the points is taken: no assertion on the allele itself, nor that it is listed, has a part in it. Known changes
of the same residue count, the allele itself left out. Prints the tables that stand in docs/classification.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from higm_annot.annotated import annotate_allele
from higm_annot.classification.change import change_of
from higm_annot.classification.types import Class
from higm_annot.evidence.builder import placed_key, rows_of
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


if __name__ == "__main__":
    sys.stdout.write(tables(Path(sys.argv[1])))
