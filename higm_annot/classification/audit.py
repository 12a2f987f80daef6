"""Every criterion that can be judged from the allele alone: met, not met, without data, or not applicable, and why."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.classification.types import Judged, State
from higm_annot.knowledge.rows import read_package_table
from higm_annot.knowledge.tables import Kind
from higm_annot.reference.types import Gene

FIXED_CRITERIA = "fixed_criteria.tsv"
ORDER = (  # as the guideline of 2015 lists them; PS2, PM3, PM6, PP1, PP4, BS4, BP2 and BP5 need a case
    *("PVS1", "PS1", "PS3", "PS4", "PM1", "PM2", "PM4", "PM5", "PP2", "PP3", "PP5"),
    *("BA1", "BS1", "BS2", "BS3", "BP1", "BP3", "BP4", "BP6", "BP7"),
)


class FixedCriterion(Struct, frozen=True):
    """A criterion that no source at hand can decide, or that does not apply; blank gene or kinds: any of them."""

    code: str
    gene: tuple[Gene, ...]
    kinds: tuple[Kind, ...]
    state: Literal["no_data", "not_applicable"]
    reason: str
    source: tuple[str, ...]
    note: str


@cache
def fixed_criteria() -> tuple[FixedCriterion, ...]:
    """The rows in order; the first that fits counts."""
    return read_package_table(FIXED_CRITERIA, FixedCriterion)


@cache
def _fixed(gene: Gene, kind: str) -> tuple[Judged, ...]:
    """What the table says of a kind of change in a gene."""
    found: dict[str, Judged] = {}
    for row in fixed_criteria():
        if (not row.gene or gene in row.gene) and (not row.kinds or kind in row.kinds):
            found.setdefault(row.code, Judged(row.code, State(row.state), row.reason))
    return tuple(found.values())


@cache
def is_fixed(code: str, gene: Gene, kind: str) -> bool:
    """Whether the table decides a criterion for a kind of change."""
    return any(one.code == code for one in _fixed(gene, kind))


def whole_audit(gene: Gene, kind: str, judged: tuple[Judged, ...]) -> tuple[Judged, ...]:
    """What was judged, with the criteria of the table beside it, in the guideline's order."""
    return tuple(sorted((*judged, *_fixed(gene, kind)), key=lambda one: ORDER.index(one.code)))
