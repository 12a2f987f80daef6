"""Points of criteria and the class they add up to (Tavtigian 2020, Table 3)."""

from __future__ import annotations

from collections.abc import Collection

from higm_annot.classification.types import Class, Criterion
from higm_annot.knowledge.tables import threshold

USUAL = {
    "PVS1": "very_strong",
    "PS1": "strong",
    "PM1": "moderate",
    "PM2": "moderate",
    "PM3": "moderate",
    "PM4": "moderate",
    "PM5": "moderate",
    "PM6": "moderate",
    "PP1": "supporting",
    "PP3": "supporting",
    "PP4": "supporting",
    "BA1": "stand_alone",
    "BS1": "strong",
    "BS2": "strong",
    "BS4": "strong",
    "BP2": "supporting",
    "BP4": "supporting",
    "BP5": "supporting",
    "BP7": "supporting",
}  # the strength a criterion has by the guideline of 2015
STRENGTHS = ("none", "supporting", "moderate", "strong", "very_strong")


def points_of(strength: str) -> int:
    """Points of a pathogenic criterion of a strength; benign ones count the same below zero."""
    return 0 if strength == "none" else int(threshold(f"points_{strength}"))


def weaker(strength: str, at_most: str, steps_down: int = 0) -> str:
    """A strength limited to ``at_most`` and then lowered by steps."""
    place = min(STRENGTHS.index(strength), STRENGTHS.index(at_most)) - steps_down
    return STRENGTHS[max(0, place)]


def class_of(points: int) -> Class:
    """The class of a sum of points."""
    if points >= threshold("class_pathogenic_min"):
        return Class.PATHOGENIC
    if points >= threshold("class_likely_pathogenic_min"):
        return Class.LIKELY_PATHOGENIC
    if points >= threshold("class_uncertain_min"):
        return Class.UNCERTAIN
    if points >= threshold("class_likely_benign_min"):
        return Class.LIKELY_BENIGN
    return Class.BENIGN


def class_by_points(criteria: Collection[Criterion]) -> Class:
    """The class of criteria by their points; one benign criterion below strong gives none.

    By the points a single supporting criterion would reassure, and one prediction could be that criterion. The
    guideline asks for two.
    """
    class_ = class_of(sum(one.points for one in criteria))
    benign = [-one.points for one in criteria if one.points < 0]
    enough = len(benign) >= threshold("benign_criteria_min") or max(benign, default=0) >= threshold(
        "benign_alone_points_min"
    )
    return Class.UNCERTAIN if class_.is_benign and not enough else class_


def made(code: str, strength: str, sign: int, evidence: str, source: tuple[str, ...]) -> Criterion:
    """A criterion whose code carries its strength where that is not the usual one (``PM2_Supporting``)."""
    suffix = "" if USUAL[code] == strength else "_" + strength.title().replace("_", "")
    return Criterion(f"{code}{suffix}", strength, sign * points_of(strength), evidence, ";".join(dict.fromkeys(source)))
