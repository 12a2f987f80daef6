"""Quality of a call: flags from the read evidence the file gives, against limits kept as data.

A flag never removes a call. An absent field raises no flag: it is neither good nor bad evidence. Limits are kept apart
for an autosome, the X of a woman and the single X of a male.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from msgspec import Struct

from higm_annot.genotype.strand import strand_bias
from higm_annot.genotype.types import Zygosity
from higm_annot.intake.types import Sex, Support
from higm_annot.knowledge.tables import threshold, words

DOUBTFUL = frozenset({"filter_failed", "low_depth", "low_genotype_quality"})
_BOTH_SAME = frozenset({Zygosity.HOM, Zygosity.HEMI, Zygosity.HEMI_OR_HOM})
_TWO_DIFFERENT = frozenset({Zygosity.HET, Zygosity.HET_IN_MALE, Zygosity.HET_SEX_UNKNOWN})


class Copies(StrEnum):
    """What a place is, as far as the copies a person has of it go. X of a person of unknown sex counts as two."""

    AUTOSOME = "autosome"
    X_FEMALE = "x_female"
    X_MALE = "x_male"

    @classmethod
    def of(cls, sex: Sex, *, sex_linked: bool) -> Copies:
        """The copies a person of this sex has."""
        if not sex_linked:
            return cls.AUTOSOME
        return cls.X_MALE if sex is Sex.MALE else cls.X_FEMALE


class CopyLimits(Struct, frozen=True):
    """Limits for one kind of place: depth in reads, genotype quality in Phred units, balance as a fraction of reads."""

    depth: float
    genotype_quality: float
    same_balance_low: float


class Setting(Struct, frozen=True):
    """What a call's place and allele ask of its reads.

    ``firewalled``: short reads cannot tell it from a pseudogene. ``unique``: nothing in the genome is taken for it.
    ``substitution``: one base for another.
    """

    copies: Copies = Copies.AUTOSOME
    firewalled: bool = False
    unique: bool = True
    substitution: bool = True


class Limits(Struct, frozen=True):
    """Limits of call quality; depth in reads, genotype quality in Phred units, balances as a fraction of reads."""

    by_copies: dict[Copies, CopyLimits]
    het_balance_low: float
    het_balance_high: float
    mosaic_depth: float
    strand_bias: dict[bool, float]
    strand_odds: dict[bool, float]
    strand_table_reads: int
    mapping_quality: float
    sex_conflict_sites: float
    sex_check_places: float
    sex_check_one: float
    sex_check_two: float
    de_novo_alleles: float
    relation_conflict_sites: float
    relation_conflict_chromosomes: float
    relation_conflict_loci: float
    parent_alternate_reads: float
    longest_shown_by_blocks: float
    filters_pass: frozenset[str]
    filters_of_place: frozenset[str]


@cache
def limits() -> Limits:
    """The limits of the threshold table."""
    kinds = ((Copies.AUTOSOME, ""), (Copies.X_FEMALE, "_x_female"), (Copies.X_MALE, "_one_copy"))
    return Limits(
        by_copies={
            copies: CopyLimits(
                depth=threshold(f"min_call_depth{suffix}"),
                genotype_quality=threshold(f"min_gq{suffix}"),
                same_balance_low=threshold(f"same_balance_low{'_one_copy' if copies is Copies.X_MALE else ''}"),
            )
            for copies, suffix in kinds
        },
        het_balance_low=threshold("het_balance_low"),
        het_balance_high=threshold("het_balance_high"),
        mosaic_depth=threshold("mosaic_min_depth"),
        strand_bias={True: threshold("max_strand_bias_snv"), False: threshold("max_strand_bias_indel")},
        strand_odds={True: threshold("max_strand_odds_snv"), False: threshold("max_strand_odds_indel")},
        strand_table_reads=int(threshold("strand_table_reads")),
        mapping_quality=threshold("min_mapping_quality"),
        sex_conflict_sites=threshold("sex_conflict_sites"),
        sex_check_places=threshold("sex_check_min_places"),
        sex_check_one=threshold("sex_check_one_copy_max"),
        sex_check_two=threshold("sex_check_two_copies_min"),
        de_novo_alleles=threshold("apparent_de_novo_alleles"),
        relation_conflict_sites=threshold("relation_conflict_sites"),
        relation_conflict_chromosomes=threshold("relation_conflict_chromosomes"),
        relation_conflict_loci=threshold("relation_conflict_loci"),
        parent_alternate_reads=threshold("parent_alternate_reads"),
        longest_shown_by_blocks=threshold("longest_shown_by_blocks"),
        filters_pass=frozenset(words("filters_pass")),
        filters_of_place=frozenset(words("filters_not_quality")),
    )


def quality_flags(support: Support, zygosity: Zygosity, limit: Limits, setting: Setting) -> tuple[str, ...]:
    """Flags (``flag.*``) of one call.

    The allele balance is not looked at in a firewalled region: reads of the pseudogene shift it, so a low fraction
    there says nothing about mosaicism or error. A filter that only says where a call lies (``off-target``) is no
    doubt about it.
    """
    flags = []
    filters = {*support.filters, *support.sample_filters} - limit.filters_pass
    if filters - limit.filters_of_place:
        flags.append("filter_failed")
    if filters & limit.filters_of_place:
        flags.append("off_target")
    # Two alleles in a male ask for as many reads as two alleles in a woman.
    needed = limit.by_copies[
        Copies.X_FEMALE if setting.copies is Copies.X_MALE and zygosity in _TWO_DIFFERENT else setting.copies
    ]
    if support.depth is not None and support.depth < needed.depth:
        flags.append("low_depth")
    if support.genotype_quality is not None and support.genotype_quality < needed.genotype_quality:
        flags.append("low_genotype_quality")
    flags += _balance_flags(support, zygosity, limit, setting)
    if _on_one_strand(support, limit, substitution=setting.substitution):
        flags.append("strand_bias")
    if support.mapping_quality is not None and support.mapping_quality < limit.mapping_quality:
        flags.append("low_mapping_quality")
    return tuple(flags)


def _balance_flags(support: Support, zygosity: Zygosity, limit: Limits, setting: Setting) -> list[str]:
    """An allele fraction that does not fit the zygosity; with many reads of unique sequence a mosaic is possible."""
    balance = None if setting.firewalled else support.allele_balance
    if balance is None:
        return []
    needed = limit.by_copies[setting.copies].same_balance_low
    unusual = (zygosity in _TWO_DIFFERENT and not limit.het_balance_low <= balance <= limit.het_balance_high) or (
        zygosity in _BOTH_SAME and balance < needed
    )
    if not unusual:
        return []
    deep = support.depth is not None and support.depth >= limit.mosaic_depth
    return ["allele_balance", "possible_mosaic"] if setting.unique and deep else ["allele_balance"]


def _on_one_strand(support: Support, limit: Limits, *, substitution: bool) -> bool:
    """Whether the reads of the allele lie on one strand more than those of the reference."""
    own = None if support.strands is None else strand_bias(support.strands, limit.strand_table_reads)
    biases = [bias for bias in (own, support.strand_bias) if bias is not None]
    odds = support.strand_odds
    return any(bias > limit.strand_bias[substitution] for bias in biases) or (
        odds is not None and odds > limit.strand_odds[substitution]
    )
