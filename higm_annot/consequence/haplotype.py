"""Alleles on one copy that change the protein together: the same codon, or frameshifts that restore each other.

Read one by one such alleles mislead: two harmless substitutions can make a stop codon, and two frameshifts can leave
the frame as it was. Where the copy is known to be the same they become one allele, named and judged as one; where it is
not known, both are marked. HGVS names a change of one codon as ``delins`` and changes further apart one by one in one
bracket (``c.[a;b]``); the p. name is that of both together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.types import AlleleEffects, Effect
from higm_annot.genotype.types import Origin, PersonGenotypes, PhaseVerdict, State, Zygosity
from higm_annot.intake.normalise import normalise
from higm_annot.intake.types import Allele, Support
from higm_annot.knowledge.tables import threshold
from higm_annot.reference.store import locus_at
from higm_annot.reference.types import Panel

Number = TypeVar("Number", int, float)
PART, JOINT, OPEN = "part_of_haplotype", "joint_allele", "joint_phase_unknown"
_ON_ONE_COPY = frozenset({"phase_set", "parents", "one_copy"})
_ONE = frozenset({Zygosity.HET, Zygosity.HEMI})
_BOTH = Zygosity.HOM


class Joint(Struct, frozen=True):
    """Alleles of one person that are read as one: their state together, and the effects of the whole."""

    state: State
    effects: AlleleEffects


def joined(
    panel: Panel, genotypes: PersonGenotypes, effects: Mapping[str, AlleleEffects]
) -> tuple[PersonGenotypes, tuple[Joint, ...]]:
    """A person's genotypes with alleles that act together joined, and the alleles made so.

    Parameters
    ----------
    panel
        The embedded reference.
    genotypes
        What the person carries. Alleles are joined when they are on one copy by phase set, by parents, or because there
        is one copy only, or when both are on both copies; never by conjecture.
    effects
        Effects of the alleles by key.

    Returns
    -------
    tuple
        The states with the parts marked ``part_of_haplotype`` and a state for every joined allele (its ``parts`` name
        them); pairs that would act together but whose copy is not known are marked ``joint_phase_unknown``.
    """
    carried = [
        state for state in genotypes.states if state.call.genotype.copies and _readable(effects, state.call.allele)
    ]
    near = [pair for pair in combinations(carried, 2) if _act_together(effects, *pair)]
    if not near:
        return genotypes, ()
    relation = {frozenset((pair.first, pair.second)): pair for pair in genotypes.phases}
    flags: dict[str, str] = {}
    together: list[tuple[State, State]] = []
    for first, second in near:
        keys = first.call.allele.key, second.call.allele.key
        pair = relation.get(frozenset(keys))
        if _one_copy(
            first, second, pair is not None and pair.verdict is PhaseVerdict.CIS and pair.basis in _ON_ONE_COPY
        ):
            together.append((first, second))
        elif pair is None or pair.verdict is PhaseVerdict.UNKNOWN or pair.basis == "homozygous":
            flags |= dict.fromkeys(keys, OPEN)
    joints = [joint for group in _groups(together) if (joint := _join(panel, group, effects)) is not None]
    for joint in joints:
        flags |= dict.fromkeys(joint.state.parts, PART)
    states = [
        replace(state, flags=(*state.flags, flags[state.call.allele.key])) if state.call.allele.key in flags else state
        for state in genotypes.states
    ]
    return replace(genotypes, states=(*states, *(joint.state for joint in joints))), tuple(joints)


def _readable(effects: Mapping[str, AlleleEffects], allele: Allele) -> bool:
    """Whether an allele is a known change wholly inside the coding sequence of the MANE Select transcript."""
    known = effects.get(allele.key)
    return known is not None and not allele.is_symbolic and None not in _codons(known.mane)


def _codons(effect: Effect) -> tuple[int | None, int | None]:
    """First and last codon touched (0-based), None outside the coding sequence or where a splice site is hit."""
    if effect.cds_start is None or effect.cds_end is None or effect.intron is not None:
        return None, None
    return (effect.cds_start - 1) // 3, (effect.cds_end - 1) // 3


def _act_together(effects: Mapping[str, AlleleEffects], first: State, second: State) -> bool:
    """Whether two alleles touch one codon, or shift the frame and shift it back near by."""
    a, b = first.call.allele, second.call.allele
    if first.gene is not second.gene or a.key == b.key or _overlap(a, b):
        return False
    low_a, high_a = _codons(effects[a.key].mane)
    low_b, high_b = _codons(effects[b.key].mane)
    if low_a is None or high_a is None or low_b is None or high_b is None:
        return False
    if low_a <= high_b and low_b <= high_a:
        return True
    growth_a, growth_b = len(a.alt) - len(a.ref), len(b.alt) - len(b.ref)
    shifted = growth_a % 3 != 0 and growth_b % 3 != 0 and (growth_a + growth_b) % 3 == 0
    return shifted and abs(a.pos - b.pos) <= threshold("joint_frame_span")


def _overlap(first: Allele, second: Allele) -> bool:
    """Whether two alleles replace a common base (the base an indel is anchored on does not count)."""
    (start, end), (other_start, other_end) = _replaced(first), _replaced(second)
    return start < other_end and other_start < end


def _replaced(allele: Allele) -> tuple[int, int]:
    """The bases replaced, half-open genomic positions without the anchor."""
    anchor = 1 if len(allele.ref) != len(allele.alt) and allele.ref[0] == allele.alt[0] else 0
    return allele.pos + anchor, allele.pos + len(allele.ref)


def _one_copy(first: State, second: State, in_cis: bool) -> bool:  # noqa: FBT001 - the verdict of the pair
    if first.zygosity is not second.zygosity:
        return False
    return first.zygosity is _BOTH or (first.zygosity in _ONE and in_cis)


def _groups(pairs: Sequence[tuple[State, State]]) -> Iterator[tuple[State, ...]]:
    """Alleles that hang together by any pair."""
    groups: list[list[State]] = []
    for pair in pairs:
        touched = [group for group in groups if any(state in group for state in pair)]
        merged = [state for group in touched for state in group]
        merged += [state for state in pair if state not in merged]
        groups = [group for group in groups if group not in touched] + [merged]
    for group in groups:
        yield tuple(sorted(group, key=lambda state: state.call.allele.pos))


def _join(panel: Panel, parts: Sequence[State], effects: Mapping[str, AlleleEffects]) -> Joint | None:
    """One allele with the changes of all parts; None where they cannot be written as one."""
    alleles = [state.call.allele for state in parts]
    first = alleles[0]
    start, end = min(one.pos for one in alleles), max(one.end for one in alleles)
    locus = locus_at(panel, first.build, first.contig, start, end)
    if locus is None or not locus.slices[first.build].covers(start, end):
        return None
    piece = locus.slices[first.build]
    alt, reached = "", start
    for one in alleles:
        low, high = _replaced(one)
        if low < reached:
            return None
        alt += piece.bases(reached, low - 1) + one.alt[low - one.pos :]
        reached = high
    alt += piece.bases(reached, end)
    whole = normalise(piece, first.build, first.contig, start, piece.bases(start, end), alt)
    if whole.ref == whole.alt:
        return None
    known = annotate(panel, whole)
    names = [effects[one.key] for one in alleles]
    return Joint(_state(parts, whole), _named(known, names))


def _named(whole: AlleleEffects, parts: Sequence[AlleleEffects]) -> AlleleEffects:
    """The effects of the whole; changes that do not share a codon keep their own c. names, in one bracket."""
    return replace(
        whole, effects=tuple(_on_transcript(effect, parts, number) for number, effect in enumerate(whole.effects))
    )


def _on_transcript(effect: Effect, parts: Sequence[AlleleEffects], number: int) -> Effect:
    own = [part.effects[number] for part in parts]
    codons = [_codons(one) for one in own]
    if len({codon for codon, _ in codons}) == 1 == len({codon for _, codon in codons}):
        return effect
    names = sorted((one for one in own if one.hgvs_c), key=lambda one: one.cds_start or 0)
    if len(names) != len(own):
        return effect
    return replace(effect, hgvs_c=f"c.[{';'.join(one.hgvs_c.removeprefix('c.') for one in names)}]")


def _state(parts: Sequence[State], whole: Allele) -> State:
    """The state of the whole: that of its parts, as poorly read as the worst of them."""
    first = parts[0]
    support = [state.call.support for state in parts]
    worst = Support(
        depth=_least(one.depth for one in support),
        ref_reads=None,
        alt_reads=None,
        genotype_quality=_least(one.genotype_quality for one in support),
        quality=_least(one.quality for one in support),
        filters=tuple(dict.fromkeys(name for one in support for name in one.filters)),
    )
    origins = {state.origin for state in parts}
    return State(
        gene=first.gene,
        call=replace(first.call, allele=whole, support=worst),
        zygosity=first.zygosity,
        readings=first.readings,
        reasons=(JOINT, *first.reasons),
        flags=tuple(dict.fromkeys(flag for state in parts for flag in state.flags)),
        origin=origins.pop() if len(origins) == 1 else Origin.UNKNOWN,
        parts=tuple(state.call.allele.key for state in parts),
        opposite=first.opposite,
    )


def _least(values: Iterable[Number | None]) -> Number | None:
    """The smallest value; None when one is missing."""
    known: list[Number] = []
    for value in values:
        if value is None:
            return None
        known.append(value)
    return min(known, default=None)
