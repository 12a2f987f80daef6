"""Alleles on one copy that change the protein together: the same codon, or frameshifts that restore each other.

Read one by one such alleles mislead: two harmless substitutions can make a stop codon, and frameshifts can leave the
frame as it was. Where the copy is known to be the same they become one allele, named and judged as one (``joint.py``);
where it is not known, they are marked. Which copy carries what is worked out by ``copies.py``: an allele on both copies
lies beside every other, so that one of its two copies may be read together with another allele and the other alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.consequence.copies import Keys, Relations, arrange
from higm_annot.consequence.joint import codons, replaced, whole_of
from higm_annot.consequence.place import SITES
from higm_annot.consequence.types import AlleleEffects
from higm_annot.genotype.types import Origin, PairPhase, PersonGenotypes, PhaseVerdict, State, Zygosity
from higm_annot.intake.types import Allele, Support
from higm_annot.knowledge.tables import threshold
from higm_annot.reference.types import Gene, Panel

Number = TypeVar("Number", int, float)
PART, JOINT, OPEN = "part_of_haplotype", "joint_allele", "joint_phase_unknown"
# On both copies as called; on one of them it is read with another call, on the other it stands alone and counts once.
ALONE = "alone_on_one_copy"
OTHER_COPY = "other_copy"  # what the phase rests on between what the two copies then carry
_EVERY_COPY = frozenset({Zygosity.HOM, Zygosity.HEMI, Zygosity.HEMI_OR_HOM})
_ONE_OF_TWO = frozenset({Zygosity.HET, Zygosity.HET_IN_MALE, Zygosity.HET_SEX_UNKNOWN})


class Joint(Struct, frozen=True):
    """Alleles of one person that are read as one: their state together, and the effects of the whole."""

    state: State
    effects: AlleleEffects


class Change(Struct, frozen=True):
    """What decides whether an allele acts together with another on its copy.

    ``codons`` are the first and last codon touched, None where the change cannot be read (intron, splice site).
    ``replaced`` are genomic, half-open. ``site``: a splice site is hit.
    """

    key: str
    codons: tuple[int, int] | None
    cds_start: int
    cds_end: int
    growth: int
    replaced: tuple[int, int]
    site: bool


def joined(
    panel: Panel,
    genotypes: PersonGenotypes,
    effects: Mapping[str, AlleleEffects],
    refuted: Keys = frozenset(),
) -> tuple[PersonGenotypes, tuple[Joint, ...]]:
    """A person's genotypes with alleles that act together joined, and the alleles made so.

    Parameters
    ----------
    panel
        The embedded reference.
    genotypes
        What the person carries. Alleles are joined when they are on one copy by phase set, by parents, because there is
        one copy only, or because one of them is on both copies; never by conjecture.
    effects
        Effects of the alleles by key.
    refuted
        Keys of alleles that another assay does not find: they are part of nothing.

    Returns
    -------
    tuple
        The states with the parts marked ``part_of_haplotype`` and a state for every joined allele (its ``parts`` name
        them); alleles that would act together but whose copy is not known are marked ``joint_phase_unknown``, and those
        that stand alone on one of the two copies that carry them ``alone_on_one_copy``.
    """
    by_gene: dict[Gene, dict[str, list[State]]] = {}
    for state in genotypes.states:
        key = state.call.allele.key
        if state.call.genotype.copies and key in effects and key not in refuted and not state.call.allele.is_symbolic:
            by_gene.setdefault(state.gene, {}).setdefault(key, []).append(state)
    relations = Relations(genotypes.phases)
    read = [_read(panel, states, effects, relations) for states in by_gene.values()]
    flags = {key: found for one in read for key, found in one.flags.items()}
    joints = tuple(joint for one in read for joint in one.joints)
    states = (*genotypes.states, *(joint.state for joint in joints))
    marked = tuple(
        replace(state, flags=(*state.flags, *flags[state.call.allele.key])) if state.call.allele.key in flags else state
        for state in states
    )
    return replace(genotypes, states=marked, phases=_phases(genotypes.phases, read)), joints


class _Read(Struct, frozen=True):
    """What is read together in one gene: the alleles made so, marks by key, and how they lie towards others."""

    joints: tuple[Joint, ...] = ()
    flags: Mapping[str, tuple[str, ...]] = {}
    phases: tuple[PairPhase, ...] = ()


def _read(
    panel: Panel, states: Mapping[str, Sequence[State]], effects: Mapping[str, AlleleEffects], relations: Relations
) -> _Read:
    """Read the alleles of one gene, each with the lines on which it is called."""
    changes = {key: one for key, (state, *_) in states.items() if (one := _change(state, effects[key])) is not None}
    if len(changes) < 2 or not _may_act(tuple(changes.values())):
        return _Read()
    every, some = _copies({key: states[key] for key in changes})
    loose = frozenset(changes) - every - some
    found = arrange(every, some, loose, relations, lambda keys: _grouped([changes[key] for key in keys]))
    joints: dict[Keys, Joint] = {}
    for group in sorted((*found.every, *found.single), key=sorted):
        joint = _join(panel, [states[key][0] for key in sorted(group)], effects)
        if joint is not None:
            joints[group] = joint
    inside = frozenset(key for group in joints for key in group)
    flags = {key: (ALONE if key in found.alone else PART,) for key in inside}
    for key in found.open:
        flags[key] = (*flags.get(key, ()), OPEN)
    names = {group: joint.state.call.allele.key for group, joint in joints.items()}
    names |= {frozenset({key}): key for key in found.alone & inside}
    return _Read(tuple(joints.values()), flags, tuple(_towards(names, found.opposite, some, inside, relations)))


def _copies(states: Mapping[str, Sequence[State]]) -> tuple[Keys, Keys]:
    """The alleles on every copy of the gene, and those on one of two.

    Lines that disagree on an allele, and ways of counting copies that do not fit each other, leave it open.
    """
    kinds = {key: lines[0].zygosity for key, lines in states.items() if len({one.zygosity for one in lines}) == 1}
    every, some = _EVERY_COPY.intersection(kinds.values()), _ONE_OF_TWO.intersection(kinds.values())
    if every:
        some &= {Zygosity.HET} if every == {Zygosity.HOM} else set()
    return tuple(  # type: ignore[return-value]
        frozenset(key for key, kind in kinds.items() if kind in told) if len(told) == 1 else frozenset()
        for told in (every, some)
    )


def _towards(
    names: Mapping[Keys, str],
    opposite: frozenset[frozenset[Keys]],
    some: Keys,
    inside: Keys,
    relations: Relations,
) -> Iterator[PairPhase]:
    """How an allele made of several lies towards others: as its parts do, or on the other copy of what they share."""
    things = {**names, **{frozenset({key}): key for key in some - inside}}
    for first, second in combinations(sorted(things, key=sorted), 2):
        if len(first) == len(second) == 1:
            continue
        shown = relations.between(first & some, second & some)
        if shown is not None:
            yield PairPhase(things[first], things[second], shown.verdict, shown.basis)
        elif frozenset((first, second)) in opposite:
            yield PairPhase(things[first], things[second], PhaseVerdict.TRANS, OTHER_COPY)


def _phases(pairs: Iterable[PairPhase], read: Sequence[_Read]) -> tuple[PairPhase, ...]:
    """The phases with those of the alleles made of several; parts of one lie on one copy."""
    parts = [frozenset(joint.state.parts) for one in read for joint in one.joints]
    told = [
        replace(pair, verdict=PhaseVerdict.CIS)
        if pair.basis == "homozygous" and any({pair.first, pair.second} <= group for group in parts)
        else pair
        for pair in pairs
    ]
    return (*told, *(pair for one in read for pair in one.phases))


def _change(state: State, effects: AlleleEffects) -> Change | None:
    """What an allele changes, None where it can neither be read nor hits a splice site."""
    allele, effect = state.call.allele, effects.mane
    touched, site = codons(effect), bool(SITES & set(effect.terms))
    if touched is None and not site:
        return None
    growth = len(allele.alt) - len(allele.ref)
    return Change(allele.key, touched, effect.cds_start or 0, effect.cds_end or 0, growth, replaced(allele), site)


def _may_act(changes: Sequence[Change]) -> bool:
    """Whether any of these changes could act together on some copy; most people's do not."""
    return any(one.growth % 3 for one in changes) or any(
        _same_codon(one, other) or _side_by_side(one, other) for one, other in combinations(changes, 2)
    )


def _grouped(changes: Sequence[Change]) -> frozenset[Keys]:
    """The groups that act together on a copy with these changes."""
    pairs = combinations(changes, 2)
    links = [{one.key, other.key} for one, other in pairs if _same_codon(one, other) or _side_by_side(one, other)]
    groups: list[set[str]] = []
    for link in (*links, *_shifted_stretches(changes)):
        touching = [group for group in groups if group & link]
        groups = [group for group in groups if not group & link] + [set(link).union(*touching)]
    by_key = {one.key: one for one in changes}
    return frozenset(
        frozenset(group)
        for group in groups
        if not any(_clash(by_key[one], by_key[other]) for one, other in combinations(group, 2))
    )


def _same_codon(one: Change, other: Change) -> bool:
    if one.codons is None or other.codons is None:
        return False
    return one.codons[0] <= other.codons[1] and other.codons[0] <= one.codons[1]


def _side_by_side(one: Change, other: Change) -> bool:
    """Whether bases side by side are replaced at a splice site; further inside each codon reads by itself."""
    return (one.site or other.site) and (one.replaced[1] == other.replaced[0] or other.replaced[1] == one.replaced[0])


def _shifted_stretches(changes: Iterable[Change]) -> Iterator[set[str]]:
    """Changes from a shift of the frame to where the frame is restored; what lies between is read in another frame."""
    limit = threshold("joint_frame_span")
    stretch: list[Change] = []
    for one in sorted((one for one in changes if one.codons is not None), key=lambda one: (one.cds_start, one.key)):
        if not stretch and one.growth % 3 == 0:
            continue
        stretch.append(one)
        if sum(change.growth for change in stretch) % 3 == 0:
            if one.cds_end - stretch[0].cds_start <= limit:
                yield {change.key for change in stretch}
            stretch = []


def _clash(one: Change, other: Change) -> bool:
    """Whether two changes replace a common base, or insert at one place: one copy cannot carry both as written."""
    (start, end), (other_start, other_end) = one.replaced, other.replaced
    return (start < other_end and other_start < end) or one.replaced == other.replaced


def _join(panel: Panel, parts: Sequence[State], effects: Mapping[str, AlleleEffects]) -> Joint | None:
    """One allele with the changes of all parts; None where they cannot be written as one."""
    parts = sorted(parts, key=lambda state: replaced(state.call.allele))
    whole = whole_of(panel, [(state.call.allele, effects[state.call.allele.key]) for state in parts])
    return None if whole is None else Joint(_state(parts, whole.allele), whole.effects)


def _state(parts: Sequence[State], whole: Allele) -> State:
    """The state of the whole: that of its parts, as poorly read as the worst of them.

    What lies on both copies is read with what lies on one: the whole is on that one.
    """
    deciding = [state for state in parts if state.zygosity not in _EVERY_COPY] or list(parts)
    first = deciding[0]
    support = [state.call.support for state in parts]
    worst = Support(
        depth=_least(one.depth for one in support),
        ref_reads=None,
        alt_reads=None,
        genotype_quality=_least(one.genotype_quality for one in support),
        quality=_least(one.quality for one in support),
        filters=tuple(dict.fromkeys(name for one in support for name in one.filters)),
    )
    origins, opposite = {state.origin for state in deciding}, {state.opposite for state in deciding}
    return State(
        gene=first.gene,
        call=replace(first.call, allele=whole, support=worst),
        zygosity=first.zygosity,
        readings=first.readings,
        reasons=(JOINT, *first.reasons),
        flags=tuple(dict.fromkeys(flag for state in parts for flag in state.flags)),
        origin=origins.pop() if len(origins) == 1 else Origin.UNKNOWN,
        opposite=opposite.pop() if len(opposite) == 1 else "",
        parts=tuple(state.call.allele.key for state in parts),
    )


def _least(values: Iterable[Number | None]) -> Number | None:
    """The smallest value; None when one is missing."""
    known: list[Number] = []
    for value in values:
        if value is None:
            return None
        known.append(value)
    return min(known, default=None)
