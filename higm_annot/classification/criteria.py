"""The criteria that can be judged from the allele alone: PVS1 with its caps, frequency, silent changes.

Criteria needing patients, parents, functional studies or predictors are not judged here; an absent source gives no
criterion.
"""

from __future__ import annotations

from higm_annot.classification.change import NULL_KINDS, Change, change_of, fits
from higm_annot.classification.points import points_of, weaker
from higm_annot.classification.types import Criterion
from higm_annot.consequence.types import AlleleEffects
from higm_annot.evidence.types import Frequency, Record
from higm_annot.knowledge.tables import null_caps, threshold, thresholds
from higm_annot.knowledge.texts import text, text_sources
from higm_annot.reference.types import Gene


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
    return _criterion("PVS1", strength, points_of(strength), evidence, text_sources("criterion.PVS1")), codes


def frequency_criterion(gene: Gene, records: tuple[Record, ...], paralogue: str) -> Criterion | None:
    """BA1, BS1 or PM2_Supporting from population frequency, or nothing.

    Only reliable frequencies with enough alleles count; none do in a firewalled region. An allele that is not in the
    source, or without data there, is not thereby rare; a very common one is common even where no number is stated.
    """
    known = [
        (record.frequency.allele_frequency, record)
        for record in records
        if record.frequency is not None and record.current and paralogue != "hard" and _usable(record.frequency)
    ]
    if not known:
        return _common_but_uncounted(records, paralogue)
    highest, record = max(known, key=lambda item: item[0] or 0.0)
    for code, strength, sign in (("BA1", "stand_alone", -1), ("BS1", "strong", -1)):
        if (highest or 0.0) > threshold(f"{code}_{gene}"):
            return _by_frequency(code, strength, sign, gene, record)
    # Rare in all together is not rare where a group of people has it more often.
    in_a_group = max(one.frequency.group_frequency or 0.0 for _, one in known if one.frequency is not None)
    if max(highest or 0.0, in_a_group) <= threshold(f"PM2_{gene}"):
        return _by_frequency("PM2", "supporting", 1, gene, record)
    return None


def _usable(frequency: Frequency) -> bool:
    """Whether a frequency may give a criterion."""
    return (
        frequency.reliable
        and frequency.allele_frequency is not None
        and (frequency.allele_number or 0) >= threshold("frequency_min_allele_number")
    )


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
            return _criterion("BS1", "strong", -points_of("strong"), evidence, sources)
    return None


def _by_frequency(code: str, strength: str, sign: int, gene: Gene, record: Record) -> Criterion:
    """A frequency criterion with its numbers and the source of its limit."""
    frequency = record.frequency
    if frequency is None or frequency.allele_frequency is None:
        msg = "a frequency criterion needs a frequency"
        raise ValueError(msg)
    limit = thresholds()[f"{code}_{gene}"]
    evidence = text(
        f"criterion.{code}",
        frequency=f"{frequency.allele_frequency:.3g}",
        alleles=frequency.allele_number,
        dataset=frequency.dataset,
        limit=limit.value,
    )
    return _criterion(code, strength, sign * points_of(strength), evidence, (record.source, *limit.source))


def _criterion(code: str, strength: str, points: int, evidence: str, source: tuple[str, ...]) -> Criterion:
    """A criterion whose code carries its strength where that is not the usual one (``PM2_Supporting``)."""
    usual = {"PVS1": "very_strong", "BA1": "stand_alone", "BS1": "strong", "BP7": "supporting", "PM2": "moderate"}
    suffix = "" if usual[code] == strength else "_" + strength.title().replace("_", "")
    return Criterion(f"{code}{suffix}", strength, points, evidence, ";".join(dict.fromkeys(source)))
