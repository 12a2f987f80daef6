"""The class of an allele, the same for everybody: current assertions first, points beside, contradictions named."""

from __future__ import annotations

from higm_annot.classification.audit import is_fixed, whole_audit
from higm_annot.classification.change import Change, change_of, fits
from higm_annot.classification.criteria import frequency_criterion, frequency_judged, null_change, null_judged
from higm_annot.classification.critical_residue import critical_residue
from higm_annot.classification.length_change import length_change
from higm_annot.classification.points import class_by_points, class_of
from higm_annot.classification.predictions import Predicted, predictions
from higm_annot.classification.published import Published, listed_record, published_class, said_harmful
from higm_annot.classification.same_residue import same_residue
from higm_annot.classification.table_2015 import class_by_table
from higm_annot.classification.types import (
    AlleleClass,
    Class,
    Criterion,
    Judged,
    Mechanism,
    State,
    Surroundings,
)
from higm_annot.classification.unaffected import unaffected
from higm_annot.consequence.types import AlleleEffects
from higm_annot.evidence.types import Record
from higm_annot.knowledge.tables import ListedAllele, MechanismRule, listed_alleles, mechanism_rules, threshold
from higm_annot.reference.types import Build, Gene

NOTHING_AROUND = Surroundings()
POSSIBLY_DOMINANT = "aicda_possible_dominant"
DISAGREEMENT = {
    Published.CONFLICTING: "published_conflicting",
    Published.DISAGREEING: "published_sources_disagree",
}


def classify(
    effects: AlleleEffects, records: tuple[Record, ...], paralogue: str, around: Surroundings = NOTHING_AROUND
) -> AlleleClass:
    """Class, points, criteria, caps and mechanism of an allele.

    Parameters
    ----------
    effects
        The allele on all transcripts, MANE Select first.
    records
        What the evidence sources hold on it.
    paralogue
        ``hard`` in a firewalled region, where frequencies do not count; ``caution`` or empty elsewhere.
    around
        Known changes of the same residue, and whether the allele lies in a repeat.

    Returns
    -------
    AlleleClass
        ``reason`` is a code; its sentence is ``text("basis." + reason)``. ``mechanisms`` is empty when no effect is
        predicted and no source calls the allele pathogenic.
    """
    listed = listed_alleles().get(effects.keys.get(Build.GRCH38, effects.key))
    everything = (*records, listed_record(listed)) if listed else records
    change = change_of(effects.mane)
    null, caps = null_change(effects, change)
    population, population_judged = _population(effects.gene, change.kind, records, paralogue, listed)
    predicted = (
        Predicted() if is_fixed("PP3", effects.gene, change.kind) else predictions(effects, change.kind, records)
    )
    neighbours = None if predicted.splicing_changes else around.neighbours
    harmful = any(one.code.startswith("PP3") for one in predicted.criteria)
    residue, residue_judged = same_residue(effects, change.kind, neighbours, paralogue, predicted_harmful=harmful)
    asked = not is_fixed("PM4", effects.gene, change.kind)
    length, length_judged = length_change(effects, change, in_repeat=around.in_repeat) if asked else (None, ())
    hot_spot, hot_spot_judged = _hot_spot(effects, change.kind, residue, predicted, population, population_judged)
    criteria = tuple(
        item for item in (null, residue, hot_spot, length, *predicted.criteria, *population) if item is not None
    )
    judged = (
        *(null_judged(change, null), *population_judged),
        *(*residue_judged, *hot_spot_judged, *length_judged, *predicted.judged),
    )
    points, by_points = sum(item.points for item in criteria), class_by_points(criteria)
    published, differed = published_class(everything)
    class_, basis, reason = decide(published, points, by_points)
    if basis == "criteria":
        reason = _why_points(class_, criteria, change, caps, predicted) if published is Published.NONE else reason
        if class_ is Class.UNCERTAIN and said_harmful(everything):
            reason = "reported_not_counted"
        elif class_.is_benign and _only_predicted(criteria) and said_harmful(everything):
            class_, basis, reason = Class.UNCERTAIN, "conflict", "predicted_harmless_but_reported"
    elif reason == "published_current" and listed and published_class(records)[0] is Published.NONE:
        basis = reason = "listed"
    elif reason == "published_current" and differed:
        reason = "published_weaker_of_several"
    return AlleleClass(
        class_=class_,
        points=points,
        criteria=criteria,
        basis=basis,
        reason=reason,
        mechanisms=_mechanisms(change, listed, class_, caps, predicted),
        caps=tuple(cap for cap in caps if not (listed and cap == POSSIBLY_DOMINANT)),
        records=everything,
        by_points=by_points,
        by_table=class_by_table(criteria),
        judged=whole_audit(effects.gene, change.kind, judged),
    )


def _hot_spot(
    effects: AlleleEffects,
    kind: str,
    residue: Criterion | None,
    predicted: Predicted,
    population: tuple[Criterion, ...],
    population_judged: tuple[Judged, ...],
) -> tuple[Criterion | None, tuple[Judged, ...]]:
    """PM1 beside what is counted already."""
    if is_fixed("PM1", effects.gene, kind):
        return None, ()
    known = any(one.code == "PM2" and one.state is not State.NO_DATA for one in population_judged)
    others = tuple(one for one in (residue, *predicted.criteria, *population) if one is not None)
    found, judged = critical_residue(
        effects, others, splicing_changes=predicted.splicing_changes, frequency_known=known
    )
    return found, (judged,)


def _population(
    gene: Gene, kind: str, records: tuple[Record, ...], paralogue: str, listed: ListedAllele | None
) -> tuple[tuple[Criterion, ...], tuple[Judged, ...]]:
    """What population data say: how common the allele is, and who has it in the genotype that should make ill."""
    common = frequency_criterion(gene, records, paralogue)
    judged = frequency_judged(gene, records, paralogue, common)
    if is_fixed("BS2", gene, kind):
        return (common,) if common else (), judged
    people, people_judged = unaffected(
        gene,
        records,
        paralogue,
        listed_as=listed.mechanism if listed else "",
        stands_alone=common is not None and common.code == "BA1",
    )
    if people is not None and common is not None and common.points > 0:  # rare, but seen where it should not be
        common = None
        told = Judged("PM2", State.NOT_MET, "people_seen")
        judged = tuple(told if one.code == "PM2" else one for one in judged)
    return tuple(one for one in (common, people) if one is not None), (*judged, people_judged)


def decide(published: Published, points: int, by_points: Class) -> tuple[Class, str, str]:
    """Class, basis and reason from what is published, what the criteria add up to and the class this gives.

    A published class stands unless the points contradict it outright; then the allele is uncertain and both are shown.
    One strong benign criterion does not contradict it: founder alleles are more common than others.
    A published "uncertain" gives way only to a benign frequency.
    """
    too_common = points <= threshold("too_common_max")
    too_benign = points <= threshold("conflict_benign_max")
    too_pathogenic = points >= threshold("conflict_pathogenic_min")
    if published is Published.NONE:
        return by_points, "criteria", "points"
    if published in DISAGREEMENT:
        return Class.UNCERTAIN, "conflict", DISAGREEMENT[published]
    class_ = Class(published.value)
    if (class_.is_pathogenic and too_benign) or (class_.is_benign and too_pathogenic):
        return Class.UNCERTAIN, "conflict", "published_against_points"
    if class_ is not Class.UNCERTAIN:
        doubted = class_.is_pathogenic and too_common
        return class_, "published", "published_though_common" if doubted else "published_current"
    if too_common:
        return by_points, "criteria", "points_over_published_uncertain"
    reason = "published_uncertain_against_points" if too_pathogenic else "published_uncertain"
    return Class.UNCERTAIN, "published", reason


def _only_predicted(criteria: tuple[Criterion, ...]) -> bool:
    """Whether nothing but predictions speaks against the allele."""
    return all(item.code.startswith(("BP4", "BP7")) for item in criteria if item.points < 0)


def _why_points(
    class_: Class, criteria: tuple[Criterion, ...], change: Change, caps: tuple[str, ...], predicted: Predicted
) -> str:
    """Which reason fits a class that rests on points alone."""
    if class_.is_pathogenic and all(item.code.startswith(("PVS1", "PM2")) for item in criteria):
        return "points_null_alone"
    if class_ is not Class.UNCERTAIN:
        return "points"
    if class_of(sum(item.points for item in criteria)).is_benign:
        return "benign_single"
    if change.kind == "none" and not predicted.splicing_changes:
        unread = "no_criterion" if predicted.splicing_read else "no_predicted_effect"
        return "effect_elsewhere_only" if caps else unread
    if change.is_null and caps:
        return "null_capped"
    return "points" if criteria else "no_criterion"


def _mechanisms(
    change: Change, listed: ListedAllele | None, class_: Class, caps: tuple[str, ...], predicted: Predicted
) -> tuple[Mechanism, ...]:
    """How the allele may act: as listed, else by the first rule that fits."""
    if listed:
        return (Mechanism(listed.mechanism),)
    if change.kind == "none" and not class_.is_pathogenic and not predicted.splicing_changes:
        return (Mechanism.UNKNOWN,) if caps else ()
    rule = next((item for item in mechanism_rules() if item.gene is change.gene and _applies(item, change)), None)
    return (Mechanism(rule.mechanism),) if rule else (Mechanism.UNKNOWN,)


def _applies(rule: MechanismRule, change: Change) -> bool:
    """Whether a mechanism rule fits, its stretch of coding sequence included."""
    if rule.cds_from is not None and rule.cds_to is not None:
        start, end = change.cds_start, change.cds_end
        if start is None or end is None or start > rule.cds_from or end < rule.cds_to:
            return False
    return fits(rule, change)
