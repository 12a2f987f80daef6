"""PM1: a missense change of a residue that a source names as a hot spot, an active site or one that holds a metal.

It stays supporting, asks for a rare allele, and does not repeat what other criteria count: a known change of the same
residue (PS1, PM5), or a prediction that is strong already (the calibration keeps both together at strong).
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.classification.points import made
from higm_annot.classification.same_residue import is_near_splice_site, one_residue
from higm_annot.classification.types import Criterion, Judged, State
from higm_annot.consequence.types import AlleleEffects
from higm_annot.knowledge.rows import by_key, read_package_table
from higm_annot.knowledge.texts import text, text_sources
from higm_annot.reference.types import Gene

CRITICAL_RESIDUES = "critical_residues.tsv"
COUNTED_ALREADY = {"PS1": "counted_as_PS1", "PM5": "counted_as_PM5", "PP3_Strong": "counted_as_PP3"}


class CriticalResidue(Struct, frozen=True):
    """A residue of the MANE protein and what a source says of it."""

    gene: Gene
    residue: int
    what: str
    strength: Literal["supporting", "moderate"]
    source: tuple[str, ...]
    note: str


@cache
def critical_residues() -> dict[tuple[Gene, int], CriticalResidue]:
    """The residues by gene and number."""
    rows = read_package_table(CRITICAL_RESIDUES, CriticalResidue)
    return by_key(rows, CRITICAL_RESIDUES, lambda row: (row.gene, row.residue))


def critical_residue(
    effects: AlleleEffects, others: Collection[Criterion], *, splicing_changes: bool, frequency_known: bool
) -> tuple[Criterion | None, Judged]:
    """PM1, and what came of judging it; asked of missense changes only.

    Parameters
    ----------
    effects
        The allele on all transcripts.
    others
        The criteria met already; PM2 among them says that the allele is rare.
    splicing_changes
        Whether a change of splicing is predicted.
    frequency_known
        Whether any frequency of the allele counts.
    """
    changed = one_residue(effects.mane)
    if changed is None:
        return None, Judged("PM1", State.NOT_APPLICABLE, "several_residues")
    row = critical_residues().get((effects.gene, changed[0]))
    if row is None:
        return None, Judged("PM1", State.NOT_MET, "not_critical")
    if splicing_changes or is_near_splice_site(effects):
        return None, Judged("PM1", State.NOT_MET, "splicing_predicted" if splicing_changes else "near_splice_site")
    met = {one.code for one in others} | {one.code.partition("_")[0] for one in others}
    counted = next((reason for code, reason in COUNTED_ALREADY.items() if code in met), "")
    if counted:
        return None, Judged("PM1", State.NOT_MET, counted)
    if "PM2" not in met:
        return None, (
            Judged("PM1", State.NOT_MET, "not_rare")
            if frequency_known
            else Judged("PM1", State.NO_DATA, "frequency_unknown")
        )
    sources = (*row.source, *text_sources("criterion.PM1"))
    evidence = text("criterion.PM1", residue=row.residue, what=row.what)
    return made("PM1", row.strength, 1, evidence, sources), Judged("PM1", State.MET)
