"""PM4 and BP3: changes of the protein's length that keep the reading frame."""

from __future__ import annotations

from higm_annot.classification.change import Change
from higm_annot.classification.points import made
from higm_annot.classification.types import Criterion, Judged, State
from higm_annot.consequence.types import AlleleEffects
from higm_annot.intake.normalise import PLAIN
from higm_annot.knowledge.tables import threshold, thresholds
from higm_annot.knowledge.texts import text, text_sources


def length_change(
    effects: AlleleEffects, change: Change, *, in_repeat: bool | None
) -> tuple[Criterion | None, tuple[Judged, ...]]:
    """PM4 where a protein grows or shrinks in frame outside a repeat; BP3 needs a repeat known to have no function.

    Null changes are judged by PVS1 and not counted twice; where that or a specification keeps the criteria from being
    used, a row of the table of fixed criteria says so, and this is not asked.
    """
    if change.kind == "stop_lost":
        code = "criterion.PM4_stop_lost"
        found = made("PM4", "moderate", 1, text(code), text_sources(code))
        return found, (Judged("PM4", State.MET),)
    if change.kind != "inframe":
        return None, ()
    count = _residues(effects)
    if in_repeat is None or count is None:
        return None, tuple(Judged(code, State.NO_DATA, "bases_unknown") for code in ("PM4", "BP3"))
    if in_repeat:
        no_function = Judged("BP3", State.NO_DATA, "repeat_function_unknown")
        return None, (Judged("PM4", State.NOT_MET, "in_repeat"), no_function)
    strength = "moderate" if count >= threshold("pm4_moderate_min_residues") else "supporting"
    code = "criterion.PM4_inframe"
    sources = (*text_sources(code), *thresholds()["pm4_moderate_min_residues"].source)
    found = made("PM4", strength, 1, text(code, count=count), sources)
    return found, (Judged("PM4", State.MET), Judged("BP3", State.NOT_MET, "not_in_repeat"))


def _residues(effects: AlleleEffects) -> int | None:
    """By how many residues the length changes; None where the bases are not known."""
    ref, _, alt = effects.key.split(":", 3)[-1].partition(":")
    if not PLAIN.issuperset(ref) or not PLAIN.issuperset(alt):
        return None
    return abs(len(ref) - len(alt)) // 3
