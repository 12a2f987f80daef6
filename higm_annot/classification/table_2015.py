"""The class by the combining rules of ACMG/AMP 2015 (Table 5), shown beside the class of the points.

The rules count criteria of the original strengths. Where a criterion was given another strength it counts at that
strength, and one stronger than a rule asks for may stand in for a weaker one: more evidence never gives less. Benign
criteria of moderate strength, which the table does not know, count as supporting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from higm_annot.classification.types import Class, Criterion
from higm_annot.knowledge.rows import read_package_table

COMBINING_RULES = "combining_rules.tsv"
ORDER = ("stand_alone", "very_strong", "strong", "moderate", "supporting")
PATHOGENIC = (Class.PATHOGENIC, Class.LIKELY_PATHOGENIC)
BENIGN = (Class.BENIGN, Class.LIKELY_BENIGN)


class CombiningRule(Struct, frozen=True):
    """How many criteria of each strength a class asks for, at least."""

    rule: str
    class_: Class
    stand_alone: int
    very_strong: int
    strong: int
    moderate: int
    supporting: int
    source: tuple[str, ...]
    note: str

    def met(self, counts: Counter[str]) -> bool:
        """Whether criteria of one side are enough; what a stronger place does not need counts for the next weaker."""
        spare = 0
        for strength in ORDER:
            spare += counts[strength] - getattr(self, strength)
            if spare < 0:
                return False
        return True


@cache
def combining_rules() -> tuple[CombiningRule, ...]:
    """The rules, each class's together, the stronger class of a side first."""
    return read_package_table(COMBINING_RULES, CombiningRule)


def class_by_table(criteria: Iterable[Criterion]) -> Class:
    """The class of 2015; uncertain where no rule is met, or one on either side (contradictory criteria)."""
    for_, against = Counter[str](), Counter[str]()
    for one in criteria:
        (for_ if one.points > 0 else against)[one.strength] += 1
    if against["moderate"]:
        against["supporting"] += against.pop("moderate")
    harmful, harmless = (
        _best(side, tuple(sorted(counts.items()))) for side, counts in ((PATHOGENIC, for_), (BENIGN, against))
    )
    if harmful is not None and harmless is not None:
        return Class.UNCERTAIN
    return harmful or harmless or Class.UNCERTAIN


@cache
def _best(side: tuple[Class, ...], strengths: tuple[tuple[str, int], ...]) -> Class | None:
    """The strongest class of a side that a rule gives."""
    counts = Counter(dict(strengths))
    met = {rule.class_ for rule in combining_rules() if rule.class_ in side and rule.met(counts)}
    return next((one for one in side if one in met), None)
