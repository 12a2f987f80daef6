"""PVS1 with its caps, and the criteria of population frequency; an absent source gives no criterion."""

from __future__ import annotations

import math

from higm_annot.classification.change import NULL_KINDS, Change, change_of, fits
from higm_annot.classification.points import made, weaker
from higm_annot.classification.types import Criterion, Judged, State
from higm_annot.consequence.types import AlleleEffects
from higm_annot.evidence.types import Frequency, Record
from higm_annot.knowledge.tables import null_caps, threshold, thresholds, words
from higm_annot.knowledge.texts import text, text_sources
from higm_annot.reference.types import Gene

FREQUENCY_CODES = ("BA1", "BS1", "PM2")


def null_change(effects: AlleleEffects, change: Change) -> tuple[Criterion | None, tuple[str, ...]]:
    """PVS1 as far as the caps leave it, and the codes of the caps.

    Parameters
    ----------
    effects
        The allele on all transcripts.
    change
        Its change on the MANE transcript.
    """
    rules = [rule for rule in null_caps() if not rule.gene or effects.gene in rule.gene]
    if not change.is_null:
        elsewhere = any(change_of(effect).kind in NULL_KINDS for effect in effects.effects[1:])
        return None, tuple(rule.code for rule in rules if rule.elsewhere and elsewhere)
    caps = [rule for rule in rules if not rule.elsewhere and fits(rule, change)]
    strength = "very_strong"
    for rule in caps:
        strength = weaker(strength, rule.at_most)
    strength = weaker(strength, strength, sum(rule.steps_down for rule in caps))
    codes = tuple(dict.fromkeys(rule.code for rule in caps))
    if strength == "none":
        return None, codes
    kind = text(f"kind.{change.kind}")
    evidence = text("criterion.PVS1", kind=kind, gene=effects.gene, strength=strength.replace("_", " "))
    return made("PVS1", strength, 1, evidence, text_sources("criterion.PVS1")), codes


def frequency_criterion(gene: Gene, records: tuple[Record, ...], paralogue: str) -> Criterion | None:
    """BA1, BS1 or PM2_Supporting from population frequency, or nothing.

    Only reliable frequencies with enough alleles count; none do in a firewalled region. An allele is too common where
    the lower bound of its frequency is, so that a few alleles among few do not make it so; PMS2 asks for the filtering
    allele frequency of the group that has it most often, and where a source states that, it decides. One not in the
    source, or without data there, is not thereby rare; nor is one that so few people were read for that a single allele
    would be above the limit. A very common one is common even where no number is stated.
    """
    known = _used(records) if paralogue != "hard" else []
    if not known:
        return _common_but_uncounted(records, paralogue)
    surest = max(_deciding(gene, known), key=lambda one: _surely(gene, one))
    for code, strength, sign in (("BA1", "stand_alone", -1), ("BS1", "strong", -1)):
        if _surely(gene, surest) >= threshold(f"{code}_{gene}"):
            return _by_frequency(code, strength, sign, gene, surest)
    record = max(known, key=lambda one: (_highest(one), one.frequency.allele_number or 0 if one.frequency else 0))
    if _highest(record) < threshold(f"PM2_{gene}") and _enough_to_be_rare(gene, known):
        return _by_frequency("PM2", "supporting", 1, gene, record)
    return None


def null_judged(change: Change, criterion: Criterion | None) -> Judged:
    """What came of judging PVS1."""
    if criterion is not None:
        return Judged("PVS1", State.MET)
    if change.is_null:
        return Judged("PVS1", State.NOT_MET, "null_withheld")
    return Judged("PVS1", State.NOT_APPLICABLE, "not_null")


def frequency_judged(
    gene: Gene, records: tuple[Record, ...], paralogue: str, criterion: Criterion | None
) -> tuple[Judged, ...]:
    """What came of judging BA1, BS1 and PM2."""
    met = criterion.code.partition("_")[0] if criterion else ""
    used = _used(records)
    counted, highest = (
        bool(used),
        max((one.frequency.allele_frequency or 0.0 for one in used if one.frequency), default=0),
    )
    if paralogue == "hard":
        return tuple(Judged(code, State.NO_DATA, "frequency_unreliable") for code in FREQUENCY_CODES)
    if not counted and not met:
        return tuple(Judged(code, State.NO_DATA, "frequency_unknown") for code in FREQUENCY_CODES)
    below = dict.fromkeys(("BA1", "BS1"), "frequency_below")
    unsure = "group_filtering_below" if any(_by_group(gene, one) for one in used) else "frequency_unsure"
    below |= {code: unsure for code in below if highest >= threshold(f"{code}_{gene}")}
    stand_alone = Judged("BA1", State.NOT_MET, below["BA1"])
    if not counted:
        stand_alone = Judged("BA1", State.NO_DATA, "number_not_stated")
    strong = Judged("BS1", State.NOT_MET, "counted_as_BA1" if met == "BA1" else below["BS1"])
    rare = Judged("PM2", State.NOT_MET, "frequency_above")
    if used and max(_highest(one) for one in used) < threshold(f"PM2_{gene}"):
        rare = Judged("PM2", State.NO_DATA, "too_few_alleles")
    states = (stand_alone, strong, rare)
    return tuple(Judged(one.code, State.MET) if one.code == met else one for one in states)


def usable(frequency: Frequency) -> bool:
    """Whether a frequency may give a criterion."""
    return (
        frequency.reliable
        and frequency.allele_frequency is not None
        and (frequency.allele_number or 0) >= threshold("frequency_min_allele_number")
    )


def _used(records: tuple[Record, ...]) -> list[Record]:
    """The records whose frequency may give a criterion."""
    return [one for one in records if one.frequency is not None and one.current and usable(one.frequency)]


def _highest(record: Record) -> float:
    """The frequency of all, or of the group that has the allele most often: rare in all may be common in a group."""
    known = record.frequency
    return max(known.allele_frequency or 0.0, known.group_frequency or 0.0) if known is not None else 0.0


def _enough_to_be_rare(gene: Gene, known: list[Record]) -> bool:
    """Whether so many alleles were read that a single one is not above the limit of PM2."""
    most = max(one.frequency.allele_number or 0 for one in known if one.frequency is not None)
    return most * threshold(f"PM2_{gene}") >= 1


def lower_bound(frequency: float, alleles: int) -> float:
    """The lower 95 % bound of a frequency, as the filtering allele frequency has it (Whiffin 2017).

    Of a count that is distributed as Poisson has it, by the approximation of Wilson and Hilferty, which for small
    counts is a little lower than the exact bound.
    """
    count = round(frequency * alleles)
    if count < 1:
        return 0.0
    z = threshold("frequency_bound_deviations")
    return count * max(0.0, 1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3 / alleles


def _by_group(gene: Gene, record: Record) -> bool:
    """Whether a record states the filtering allele frequency that the gene's specification asks for."""
    known = record.frequency
    return known is not None and known.faf95 is not None and gene in words("group_filtering_genes")


def _deciding(gene: Gene, known: list[Record]) -> list[Record]:
    """The records that tell whether an allele is too common: those with what the specification asks for, else all."""
    return [one for one in known if _by_group(gene, one)] or known


def _surely(gene: Gene, record: Record) -> float:
    """How common an allele is at least, by one record."""
    known = record.frequency
    if known is None:
        return 0.0
    if known.faf95 is not None and _by_group(gene, record):
        return known.faf95
    return lower_bound(known.allele_frequency or 0.0, known.allele_number or 0)


def _common_but_uncounted(records: tuple[Record, ...], paralogue: str) -> Criterion | None:
    """BS1 from a frequency far above any disease allele's whose number of alleles the source does not state."""
    limit = threshold("frequency_common_uncounted")
    for record in records:
        known = record.frequency
        if (
            known is None
            or not record.current
            or not known.reliable
            or known.allele_number is not None
            or paralogue == "hard"
        ):
            continue
        if (known.allele_frequency or 0.0) > limit:
            evidence = text(
                "criterion.BS1_uncounted",
                frequency=f"{known.allele_frequency:.3g}",
                dataset=known.dataset,
                limit=limit,
            )
            sources = (record.source, *thresholds()["frequency_common_uncounted"].source)
            return made("BS1", "strong", -1, evidence, sources)
    return None


def _by_frequency(code: str, strength: str, sign: int, gene: Gene, record: Record) -> Criterion:
    """A frequency criterion with its numbers and the source of its limit."""
    frequency = record.frequency
    if frequency is None or frequency.allele_frequency is None:
        msg = "a frequency criterion needs a frequency"
        raise ValueError(msg)
    limit = thresholds()[f"{code}_{gene}"]
    words_of = f"criterion.{code}_group" if sign < 0 and _by_group(gene, record) else f"criterion.{code}"
    evidence = text(
        words_of,
        frequency=f"{frequency.allele_frequency:.3g}",
        bound=f"{_surely(gene, record):.3g}",
        alleles=frequency.allele_number,
        dataset=frequency.dataset,
        limit=limit.value,
    )
    return made(code, strength, sign, evidence, (record.source, *limit.source))
