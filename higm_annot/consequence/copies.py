"""Which alleles act together on which copy of a gene, as far as it is known what each copy carries.

Alleles on every copy lie beside all others. Alleles on one of two copies are tied to each other by phase; what is tied
makes one frame with two sides, one for each copy. Two frames that are not tied to each other are judged apart as long
as it makes no difference how they lie.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import combinations

from msgspec import Struct

from higm_annot.genotype.types import BETWEEN_HETS, PairPhase, PhaseVerdict

Keys = frozenset[str]
Group = Callable[[Keys], frozenset[Keys]]
Frame = tuple[Keys, Keys]
NOBODY: Keys = frozenset()


class Arrangement(Struct, frozen=True):
    """How the alleles of a gene act together.

    ``every`` are groups on every copy that carries them, ``single`` those on one of two. ``alone`` are alleles of both
    copies that act with others on one copy only. ``opposite`` are pairs of what then lies on different copies
    (groups, and alleles that stand alone, as groups of one). ``open`` would act together if they lay on one copy, and
    it is not known whether they do.
    """

    every: frozenset[Keys] = frozenset()
    single: frozenset[Keys] = frozenset()
    alone: Keys = NOBODY
    opposite: frozenset[frozenset[Keys]] = frozenset()
    open: Keys = NOBODY


class Relations:
    """Phase of pairs of alleles, as far as it is shown."""

    def __init__(self, pairs: Sequence[PairPhase]) -> None:
        self._told = pairs

    @cached_property
    def _pairs(self) -> dict[Keys, PairPhase]:
        """Made when first asked for: most people carry nothing that could act together."""
        return {frozenset((pair.first, pair.second)): pair for pair in self._told if pair.basis in BETWEEN_HETS}

    def between(self, first: Keys, second: Keys) -> PairPhase | None:
        """The phase of any allele of one set towards any of the other; None where nothing is shown, or both things."""
        found = [pair for a in first for b in second if (pair := self._pairs.get(frozenset((a, b)))) is not None]
        verdicts = {pair.verdict for pair in found}
        return min(found, key=lambda pair: (pair.basis, pair.first, pair.second)) if len(verdicts) == 1 else None

    def verdict(self, first: str, second: str) -> PhaseVerdict:
        """The phase of two alleles."""
        pair = self._pairs.get(frozenset((first, second)))
        return pair.verdict if pair is not None else PhaseVerdict.UNKNOWN


def arrange(every: Keys, one_of_two: Keys, loose: Keys, relations: Relations, grouped: Group) -> Arrangement:
    """How the alleles of one gene act together.

    Parameters
    ----------
    every
        Alleles on every copy there is.
    one_of_two
        Alleles on one of two copies.
    loose
        Alleles of which it is not known how many copies carry them.
    relations
        Phase of pairs.
    grouped
        Gives the groups that act together on a copy with these alleles.
    """
    frames, contradicted = _frames(sorted(one_of_two), relations)
    standing = grouped(every)
    units = [*((side, number) for number, frame in enumerate(frames) for side in frame if side)]
    units += [(frozenset({key}), -1 - number) for number, key in enumerate(sorted(loose | contradicted))]
    doubtful = _doubtful(every, units, grouped)
    known = [frame for frame in frames if not _undecided(every, frame, doubtful, grouped)]
    single: set[Keys] = set()
    opposite: set[frozenset[Keys]] = set()
    alone: set[str] = set()
    whole = set(standing)
    for side, other in known:
        here, there = grouped(every | side), grouped(every | other)
        whole -= standing - (here & there)
        on_one, on_other = here - there, there - here
        single |= on_one | on_other
        left_alone = _left_alone(every, on_one, there), _left_alone(every, on_other, here)
        alone |= left_alone[0] | left_alone[1]
        opposite |= {frozenset((a, b)) for a in on_one for b in (*on_other, *map(_one, left_alone[0]))}
        opposite |= {frozenset((a, b)) for a in on_other for b in map(_one, left_alone[1])}
    return Arrangement(
        frozenset(whole),
        frozenset(single),
        frozenset(alone),
        frozenset(opposite),
        frozenset(key for group in doubtful for key in group),
    )


def _one(key: str) -> Keys:
    return frozenset({key})


def _left_alone(every: Keys, groups: frozenset[Keys], elsewhere: frozenset[Keys]) -> Keys:
    """Alleles of both copies that act with others in ``groups`` of one copy, and with none on the other copy."""
    return frozenset(key for group in groups for key in group & every if not any(key in other for other in elsewhere))


def _doubtful(every: Keys, units: Sequence[tuple[Keys, int]], grouped: Group) -> set[Keys]:
    """Groups that arise only if alleles lie on one copy of which that is not known."""
    found: set[Keys] = set()
    alone = {unit: grouped(every | unit) for unit, _ in units}
    standing = grouped(every)
    for unit, number in units:
        if number < 0:
            found |= alone[unit] - standing
    for (unit, number), (other, other_number) in combinations(units, 2):
        if number != other_number:
            found |= grouped(every | unit | other) - alone[unit] - alone[other]
    if len(units) == len({number for _, number in units}):  # no two lie opposite each other: all may be on one copy
        together = grouped(every.union(*(unit for unit, _ in units)))
        found |= {
            group
            for group in together - standing
            if not any(group in groups for groups in alone.values()) and not any(group <= other for other in found)
        }
    return found


def _undecided(every: Keys, frame: Frame, doubtful: set[Keys], grouped: Group) -> bool:
    """Whether it depends on alleles of unknown copy how the alleles of both copies act with this frame."""
    standing = grouped(every)
    touched = {key for side in frame for group in grouped(every | side) ^ standing for key in group}
    return any(group & every and group & touched for group in doubtful)


def _frames(keys: Sequence[str], relations: Relations) -> tuple[list[Frame], Keys]:
    """Alleles tied by phase, each set with its two sides; and those whose phases contradict each other."""
    left = list(keys)
    frames: list[Frame] = []
    contradicted: set[str] = set()
    while left:
        side = {left.pop(0): 0}
        queue = list(side)
        sound = True
        while queue:
            key = queue.pop()
            for other in keys:
                verdict = relations.verdict(key, other)
                if other == key or verdict is PhaseVerdict.UNKNOWN:
                    continue
                expected = side[key] if verdict is PhaseVerdict.CIS else 1 - side[key]
                if other not in side:
                    side[other] = expected
                    queue.append(other)
                sound = sound and side[other] == expected
        left = [key for key in left if key not in side]
        if sound:
            frames.append(tuple(frozenset(key for key in side if side[key] == copy) for copy in (0, 1)))  # type: ignore[arg-type]
        else:
            contradicted |= side.keys()
    return frames, frozenset(contradicted)
