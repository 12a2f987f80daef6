"""PS1 and PM5: what is known of other changes of the same residue."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.classification.points import STRENGTHS, made
from higm_annot.classification.types import Class, Criterion, Judged, Neighbour, State
from higm_annot.consequence.types import AlleleEffects, Effect
from higm_annot.knowledge.rows import read_package_table
from higm_annot.knowledge.texts import text, text_sources
from higm_annot.reference.types import Gene

NEIGHBOUR_RULES = "neighbour_rules.tsv"
CODES = ("PS1", "PM5")


class NeighbourRule(Struct, frozen=True):
    """How much a known change of the residue counts.

    ``panel_only`` asks for a class by an expert panel, ``needs_pp3`` for a prediction that the change is harmful.
    """

    criterion: Literal["PS1", "PM5"]
    gene: tuple[Gene, ...]
    class_: Class
    panel_only: bool
    strength: Literal["supporting", "moderate", "strong"]
    needs_pp3: bool
    source: tuple[str, ...]
    note: str


@cache
def neighbour_rules() -> tuple[NeighbourRule, ...]:
    """The rules of all genes."""
    return read_package_table(NEIGHBOUR_RULES, NeighbourRule)


def one_residue(effect: Effect) -> tuple[int, str, str] | None:
    """Residue, old and new amino acid of a substitution of one amino acid; None for anything else."""
    old, _, new = (effect.amino_acids or "").partition("/")
    if "missense_variant" not in effect.terms or effect.protein_start is None or len(old) != 1 or len(new) != 1:
        return None
    return effect.protein_start, old, new


def is_near_splice_site(effects: AlleleEffects) -> bool:
    """Whether the allele touches a splice site or its surroundings on any transcript."""
    return any(term.startswith("splice_") for effect in effects.effects for term in effect.terms)


def same_residue(
    effects: AlleleEffects,
    kind: str,
    neighbours: tuple[Neighbour, ...] | None,
    paralogue: str,
    *,
    predicted_harmful: bool,
) -> tuple[Criterion | None, tuple[Judged, ...]]:
    """PS1 or PM5, never both, and why the other (or either) is not met.

    Parameters
    ----------
    effects, kind
        The allele and the kind of its change on MANE Select.
    neighbours
        Known changes of the same residue, the allele itself left out; None where the allele is predicted to act
        through splicing, so that they say nothing of it.
    paralogue
        ``hard`` where short reads cannot place a change; assertions there do not say how theirs was placed.
    predicted_harmful
        Whether PP3 is met; some rules count a neighbour only beside it.
    """
    if kind != "missense":
        return None, _neither(State.NOT_APPLICABLE, "not_missense")
    if one_residue(effects.mane) is None:
        return None, _neither(State.NOT_APPLICABLE, "several_residues")
    near = is_near_splice_site(effects)
    if near or neighbours is None:
        return None, _neither(State.NOT_MET, "near_splice_site" if near else "splicing_predicted")
    if paralogue == "hard":
        return None, _neither(State.NO_DATA, "neighbour_firewalled")
    judged: list[Judged] = []
    for code in CODES:
        fitting = [one for one in neighbours if one.same_change is (code == "PS1")]
        counted = _counted(code, effects.gene, [one for one in fitting if not one.near_splice_site])
        found = _best(code, [one for one in counted if predicted_harmful or not one[0].needs_pp3])
        if found is not None:
            after = [Judged("PM5", State.NOT_MET, "counted_as_PS1")] if code == "PS1" else []
            return found, (*judged, Judged(code, State.MET), *after)
        reason = "no_neighbour"
        if counted:
            judged.append(Judged(code, State.NO_DATA, "neighbour_needs_prediction"))
            continue
        if fitting:
            near = all(one.near_splice_site for one in fitting)
            reason = "neighbour_near_splice_site" if near else "neighbour_no_rule"
        judged.append(Judged(code, State.NOT_MET, reason))
    return None, tuple(judged)


def _neither(state: State, reason: str) -> tuple[Judged, ...]:
    return tuple(Judged(code, state, reason) for code in CODES)


def _counted(code: str, gene: Gene, neighbours: list[Neighbour]) -> list[tuple[NeighbourRule, Neighbour]]:
    """The known changes that a rule counts, each with its rule."""
    return [
        (rule, one)
        for rule in neighbour_rules()
        for one in neighbours
        if rule.criterion == code
        and gene in rule.gene
        and rule.class_ is one.class_
        and (one.by_panel or not rule.panel_only)
    ]


def _best(code: str, counted: list[tuple[NeighbourRule, Neighbour]]) -> Criterion | None:
    """The criterion at the greatest strength that a rule gives for any of the known changes."""
    if not counted:
        return None
    rule, _ = max(counted, key=lambda item: STRENGTHS.index(item[0].strength))
    named = [one for other, one in counted if other.strength == rule.strength]
    evidence = text(f"criterion.{code}", names=", ".join(one.name for one in named), class_=named[0].class_.lower())
    sources = (*(source for one in named for source in one.sources), *rule.source, *text_sources(f"criterion.{code}"))
    return made(code, rule.strength, 1, evidence, sources)
