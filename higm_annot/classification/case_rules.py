"""The tables of criteria that need a case: what a situation weighs, and what a sum of weights is worth."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.classification.types import Judged, Mechanism, State
from higm_annot.knowledge.observable import telling_results
from higm_annot.knowledge.rows import read_package_table
from higm_annot.knowledge.tables import diseases
from higm_annot.reference.types import Gene

CASE_RULES, CASE_STRENGTHS, CASE_FIXED = "case_rules.tsv", "case_strengths.tsv", "case_fixed.tsv"
CASE_CODES = ("PS2", "PM3", "PM6", "PP1", "PP4", "BS4", "BP2", "BP5")
Code = Literal["PS2", "PM3", "PM6", "PP1", "PP4", "BS4", "BP2", "BP5"]
Inheritance = Literal["AR", "AD", "XLR", "XLD", "XL", "open"]


class CaseRule(Struct, frozen=True):
    """What one observation weighs on its criterion's own scale, which is not that of the points of a class."""

    criterion: Code
    inheritance: tuple[Inheritance, ...]
    situation: str
    weight: float
    source: tuple[str, ...]
    note: str


class CaseStrength(Struct, frozen=True):
    """The strength of a criterion from a sum of weights on."""

    criterion: Code
    at_least: float
    strength: Literal["supporting", "moderate", "strong", "very_strong"]
    source: tuple[str, ...]


class CaseFixed(Struct, frozen=True):
    """A criterion that no case at hand can decide; blank gene or inheritance: any."""

    code: Code
    gene: tuple[Gene, ...]
    inheritance: tuple[Inheritance, ...]
    state: Literal["no_data", "not_applicable"]
    reason: str
    source: tuple[str, ...]
    note: str


@cache
def case_rules() -> dict[tuple[str, str, str], CaseRule]:
    """Rules by criterion, inheritance and situation."""
    rows = read_package_table(CASE_RULES, CaseRule)
    return {(row.criterion, way, row.situation): row for row in rows for way in row.inheritance}


@cache
def case_strengths(code: str) -> tuple[CaseStrength, ...]:
    """The steps of a criterion, the highest first."""
    rows = [row for row in read_package_table(CASE_STRENGTHS, CaseStrength) if row.criterion == code]
    return tuple(sorted(rows, key=lambda row: -row.at_least))


@cache
def pointed_at() -> dict[str, frozenset[tuple[Gene, str]]]:
    """The genes that a telling result speaks for, each with the way the disease runs, by the result's name."""
    forms = {disease: (row.gene, row.inheritance) for disease, row in diseases().items()}
    rows = [row for row in telling_results() if row.sense == "for"]
    return {row.finding: frozenset(forms[disease] for disease in row.disease) for row in rows}


@cache
def case_fixed(gene: Gene, inheritance: str) -> dict[str, Judged]:
    """What the table settles for a gene and a way of inheritance; the first row that fits a criterion counts."""
    found: dict[str, Judged] = {}
    for row in read_package_table(CASE_FIXED, CaseFixed):
        if (not row.gene or gene in row.gene) and (not row.inheritance or inheritance in row.inheritance):
            found.setdefault(row.code, Judged(row.code, State(row.state), row.reason))
    return found


@cache
def inheritance_of(gene: Gene, mechanism: Mechanism) -> Inheritance:
    """How the disease runs that an allele causes by this mechanism; ``open`` where it may be more than one way."""
    of_gene = [row for row in diseases().values() if row.gene is gene]
    caused = [row for row in of_gene if mechanism in row.mechanisms] or of_gene
    ways = {row.inheritance for row in caused}
    return ways.pop() if len(ways) == 1 else "open"
