"""BS2: people of a population dataset whose genotype should have made them ill early in life.

A dataset does not state health; that its people reached it says only that no severe illness of childhood kept them out.
So the count must be of more than one person, and where it is not known how surely the genotype leads to illness it
stays supporting. Alleles that act late, mildly or in one copy are left out.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.classification.criteria import usable
from higm_annot.classification.points import made
from higm_annot.classification.types import Criterion, Judged, State
from higm_annot.evidence.types import Record
from higm_annot.knowledge.rows import read_package_table
from higm_annot.knowledge.tables import words
from higm_annot.knowledge.texts import text, text_sources
from higm_annot.reference.types import Gene

UNAFFECTED_COUNTS = "unaffected_counts.tsv"


class CountRule(Struct, frozen=True):
    """How many people with a genotype that should make ill count how much; the first row that fits does."""

    gene: Gene
    counted: Literal["homozygotes", "hemizygotes"]
    at_least: int
    strength: Literal["supporting", "moderate", "strong"]
    source: tuple[str, ...]
    note: str


@cache
def count_rules() -> tuple[CountRule, ...]:
    """The rules of all genes, the largest count of a gene first."""
    return read_package_table(UNAFFECTED_COUNTS, CountRule)


def unaffected(
    gene: Gene, records: tuple[Record, ...], paralogue: str, *, listed_as: str, stands_alone: bool
) -> tuple[Criterion | None, Judged]:
    """BS2, and what came of judging it.

    Parameters
    ----------
    gene, records
        The allele's gene, and what the sources say of the allele.
    paralogue
        ``hard`` where counts of genotypes mean nothing.
    listed_as
        The mechanism of a listed allele, else empty.
    stands_alone
        Whether BA1 is met, which the same people would only repeat.
    """
    rules = [one for one in count_rules() if one.gene is gene]
    unasked = {
        ("late_or_mild", State.NOT_APPLICABLE): listed_as in words("unaffected_not_asked"),
        ("frequency_unreliable", State.NO_DATA): paralogue == "hard",
        ("counted_as_BA1", State.NOT_MET): stands_alone,
        ("no_healthy_adults", State.NO_DATA): not rules,  # nobody has said of this gene whom to count
    }
    for (reason, state), holds in unasked.items():
        if holds:
            return None, Judged("BS2", state, reason)
    counted = [
        (people, one)
        for one in records
        if one.frequency is not None and one.current and usable(one.frequency)
        if (people := getattr(one.frequency, rules[0].counted)) is not None
    ]
    if not counted:
        return None, Judged("BS2", State.NO_DATA, "no_genotype_counts")
    most, record = max(counted, key=lambda item: item[0])  # datasets share people, so counts are never added
    rule = next((one for one in rules if most >= one.at_least), None)
    if rule is None or record.frequency is None:
        return None, Judged("BS2", State.NOT_MET, "few_genotypes")
    people = text(f"criterion.BS2_{rule.counted}")
    evidence = text("criterion.BS2", count=most, people=people, dataset=record.frequency.dataset, limit=rule.at_least)
    sources = (record.source, *rule.source, *text_sources("criterion.BS2"))
    return made("BS2", rule.strength, -1, evidence, sources), Judged("BS2", State.MET)
