"""Quality of a call: flags from the read evidence the file gives, against limits kept as data.

A flag never removes a call. An absent field raises no flag: it is neither good nor bad evidence.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from higm_annot.genotype.types import Zygosity
from higm_annot.intake.types import Support
from higm_annot.knowledge.tables import threshold, words

DOUBTFUL = frozenset({"filter_failed", "low_depth", "low_genotype_quality"})
_BOTH_SAME = frozenset({Zygosity.HOM, Zygosity.HEMI, Zygosity.HEMI_OR_HOM})
_TWO_DIFFERENT = frozenset({Zygosity.HET, Zygosity.HET_IN_MALE, Zygosity.HET_SEX_UNKNOWN})


class Limits(Struct, frozen=True):
    """Limits of call quality; depth in reads, genotype quality in Phred units, balances as a fraction of reads."""

    depth_two_copies: float
    depth_one_copy: float
    genotype_quality: float
    het_balance_low: float
    het_balance_high: float
    same_balance_low: float
    sex_conflict_sites: float
    de_novo_alleles: float
    relation_conflict_sites: float
    relation_conflict_chromosomes: float
    parent_alternate_reads: float
    longest_shown_by_blocks: float
    filters_pass: frozenset[str]
    filters_of_place: frozenset[str]


@cache
def limits() -> Limits:
    """The limits of the threshold table."""
    return Limits(
        depth_two_copies=threshold("min_call_depth"),
        depth_one_copy=threshold("min_call_depth_one_copy"),
        genotype_quality=threshold("min_gq"),
        het_balance_low=threshold("het_balance_low"),
        het_balance_high=threshold("het_balance_high"),
        same_balance_low=threshold("same_balance_low"),
        sex_conflict_sites=threshold("sex_conflict_sites"),
        de_novo_alleles=threshold("apparent_de_novo_alleles"),
        relation_conflict_sites=threshold("relation_conflict_sites"),
        relation_conflict_chromosomes=threshold("relation_conflict_chromosomes"),
        parent_alternate_reads=threshold("parent_alternate_reads"),
        longest_shown_by_blocks=threshold("longest_shown_by_blocks"),
        filters_pass=frozenset(words("filters_pass")),
        filters_of_place=frozenset(words("filters_not_quality")),
    )


def quality_flags(support: Support, zygosity: Zygosity, limit: Limits, *, firewalled: bool) -> tuple[str, ...]:
    """Flags (``flag.*``) of one call.

    The allele balance is not looked at in a firewalled region: reads of the pseudogene shift it, so a low fraction
    there says nothing about mosaicism or error. A FILTER that only says where a call lies (``off-target``) is no
    doubt about it.
    """
    flags = []
    filters = set(support.filters) - limit.filters_pass
    if filters - limit.filters_of_place:
        flags.append("filter_failed")
    if filters & limit.filters_of_place:
        flags.append("off_target")
    needed = limit.depth_one_copy if zygosity is Zygosity.HEMI else limit.depth_two_copies
    if support.depth is not None and support.depth < needed:
        flags.append("low_depth")
    if support.genotype_quality is not None and support.genotype_quality < limit.genotype_quality:
        flags.append("low_genotype_quality")
    balance = None if firewalled else support.allele_balance
    if balance is not None and (
        (zygosity in _TWO_DIFFERENT and not limit.het_balance_low <= balance <= limit.het_balance_high)
        or (zygosity in _BOTH_SAME and balance < limit.same_balance_low)
    ):
        flags.append("allele_balance")
    return tuple(flags)
