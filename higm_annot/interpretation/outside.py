"""Outside calls: what another assay says of this person's alleles, and where it cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.genotype.types import OPEN_ZYGOSITIES, State, Zygosity
from higm_annot.intake.types import OutsideCall, OutsideVerdict, PersonIntake
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.problems import Problem, problem

HARD = "hard"
_CALLED_AS = {
    "het": {Zygosity.HET, Zygosity.HET_IN_MALE, Zygosity.HET_SEX_UNKNOWN},
    # On a male's only X "homozygous" and "hemizygous" are one thing.
    "hom": {Zygosity.HOM, Zygosity.HEMI, Zygosity.HEMI_OR_HOM},
    "hemi": {Zygosity.HEMI, Zygosity.HEMI_OR_HOM},
}
_SEEN_ALONE = frozenset({"hom", "hemi"})  # what an assay sees of a change opposite a deletion


class Verdict(StrEnum):
    """What the assays say together."""

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    FOUND = "found"
    CONFLICT = "conflict"


class Word(Struct, frozen=True):
    """The assays' word on one allele.

    ``zygosity`` is het, hom, hemi or empty; ``methods`` say who found it when. ``copies_differ``: assays, or the file
    and an assay, say different things of how many copies carry it.
    """

    verdict: Verdict
    zygosity: str
    methods: tuple[str, ...]
    copies_differ: bool = False


class Words(Struct, frozen=True):
    """Words by allele key; problems with the key they are about (empty: an allele that was not called)."""

    by_key: dict[str, Word]
    problems: tuple[tuple[str, OutsideCall, Problem], ...]


def hear_outside(
    person: PersonIntake,
    states: Iterable[State],
    alleles: Mapping[str, AnnotatedAllele],
    calls: tuple[OutsideCall, ...],
) -> Words:
    """Match outside calls with the alleles this person carries.

    A call on an allele that the file does not show adds nothing and is named in a warning. Calls that contradict each
    other, in verdict or zygosity, decide nothing. The zygosity found outside counts where short reads cannot tell
    gene from pseudogene; elsewhere a difference from the file's leaves the number of copies open, with a warning.
    """
    carried = {state.call.allele.key: state for state in states if state.call.genotype.copies}
    matched: dict[str, list[OutsideCall]] = {}
    problems: list[tuple[str, OutsideCall, Problem]] = []
    for call in calls:
        if call.sample != person.person.sample:
            continue
        key = _match(call, carried, alleles)
        if key is None:
            site = problem(
                "HA-OUT-101",
                file=call.file,
                line=call.line,
                sample=call.sample,
                gene=call.gene,
                variant=call.variant,
                verdict=call.verdict,
            )
            problems.append(("", call, site))
        else:
            matched.setdefault(key, []).append(call)
    words = {}
    for key, about in matched.items():
        words[key] = word = _compared(_word(about), carried[key], alleles[key])
        disagrees = any(call.verdict is OutsideVerdict.DISAGREES for call in about)
        found = _remark(word, about[0], carried[key], alleles[key], "HA-OUT-108" if disagrees else "HA-OUT-102")
        if found is not None:
            problems.append((key, about[0], found))
    for key, state in carried.items():
        whole = _word_on_parts(state.parts, words)
        if whole is not None:
            words[key] = whole
    return Words(words, tuple(problems))


def _word_on_parts(parts: tuple[str, ...], words: Mapping[str, Word]) -> Word | None:
    """The word on an allele that is read from several calls: one call refuted refutes it, all confirmed confirm it."""
    heard = [words[key] for key in parts if key in words]
    refuted = [word for word in heard if word.verdict is Verdict.REFUTED]
    if refuted:
        return refuted[0]
    if not heard or len(heard) < len(parts) or any(word.verdict is not Verdict.CONFIRMED for word in heard):
        return None
    zygosities = {word.zygosity for word in heard}
    methods = tuple(dict.fromkeys(method for word in heard for method in word.methods))
    return Word(Verdict.CONFIRMED, zygosities.pop() if len(zygosities) == 1 else "", methods)


def _match(call: OutsideCall, carried: Mapping[str, State], alleles: Mapping[str, AnnotatedAllele]) -> str | None:
    for key, state in carried.items():
        allele = alleles.get(key)
        if allele is None or state.gene is not call.gene:
            continue
        if key in (call.key, call.variant) or (not call.key and _names(call.variant, allele)):
            return key
    return None


def _names(variant: str, allele: AnnotatedAllele) -> bool:
    """Whether a c. name with uncertain ends (versions of one accession count alike) is that of the allele."""
    accession, _, name = variant.rpartition(":")
    if not accession:
        return name == allele.effects.mane.hgvs_c
    stem = accession.partition(".")[0]
    return any(
        name == effect.hgvs_c and stem == effect.accession.partition(".")[0] for effect in allele.effects.effects
    )


def _word(about: list[OutsideCall]) -> Word:
    verdicts = {call.verdict for call in about}
    zygosities = {call.zygosity for call in about if call.zygosity}
    methods = tuple(dict.fromkeys(call.told for call in about))
    shown = verdicts & {OutsideVerdict.CONFIRMED, OutsideVerdict.FOUND}
    against = (shown and OutsideVerdict.REFUTED in verdicts) or OutsideVerdict.DISAGREES in verdicts
    if against or len(zygosities) > 1:
        return Word(Verdict.CONFLICT, "", methods, copies_differ=len(zygosities) > 1)
    order = (OutsideVerdict.CONFIRMED, OutsideVerdict.REFUTED, OutsideVerdict.FOUND)
    verdict = next(one for one in order if one in verdicts)
    return Word(Verdict(verdict.value), next(iter(zygosities), ""), methods)


def _differs(word: Word, state: State, allele: AnnotatedAllele) -> bool:
    """Whether an assay counts other copies than the file, where the file can count them."""
    if not word.zygosity or allele.paralogue == HARD:
        return False
    if state.opposite:
        return word.zygosity not in _SEEN_ALONE
    return state.zygosity not in _CALLED_AS[word.zygosity]


def _compared(word: Word, state: State, allele: AnnotatedAllele) -> Word:
    """The word, with whether its copies and those of the file, as far as that tells them, differ."""
    told = state.zygosity not in OPEN_ZYGOSITIES
    return replace(word, copies_differ=word.copies_differ or (told and _differs(word, state, allele)))


def _remark(word: Word, call: OutsideCall, state: State, allele: AnnotatedAllele, code: str) -> Problem | None:
    if word.verdict is Verdict.CONFLICT:
        return problem(
            code,
            file=call.file,
            line=call.line,
            sample=call.sample,
            gene=call.gene,
            variant=allele.effects.mane.hgvs_c if call.variant == allele.key else call.variant,
            methods="; ".join(word.methods),
        )
    if word.verdict is Verdict.CONFIRMED and _differs(word, state, allele):
        return problem(
            "HA-OUT-103",
            file=call.file,
            line=call.line,
            sample=call.sample,
            gene=call.gene,
            variant=call.variant,
            outside=word.zygosity,
            called=state.zygosity,
        )
    return None
