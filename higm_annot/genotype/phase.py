"""Phase: whether two alleles of a gene lie on the same copy, graded by evidence.

Read phasing counts only within one phase set in which both calls are complete and joined by ``|``, or where the file
names the copies themselves (PSL, HP). A ``|`` without a phase set, a haploid call, a missing copy and a reference
genotype are never evidence. An allele whose other copy is deleted lies opposite that deletion, and beside another one
opposite the same deletion; a change and a deletion of its place are never on one copy. Parents count when each allele
can be traced to one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from msgspec import Struct

from higm_annot.genotype.parents import Inheritance, Shown
from higm_annot.genotype.types import Origin, PairPhase, PhaseVerdict, Zygosity
from higm_annot.intake.phasing import BY_TRANSMISSION, WHOLE_FILE
from higm_annot.intake.types import Call, Slot

_ONE_OF_TWO = frozenset({Zygosity.HET, Zygosity.HET_IN_MALE, Zygosity.HET_SEX_UNKNOWN})
_OPPOSITE = {Origin.MATERNAL: Origin.PATERNAL, Origin.PATERNAL: Origin.MATERNAL}


# Sets that stand for a whole file, and what their phase rests on: not the reads of one stretch.
_SETS = {WHOLE_FILE: "whole_file", BY_TRANSMISSION: "transmission"}


class Under(Struct, frozen=True):
    """Alleles under deletions of one copy.

    ``opposite`` gives, by key of an allele, the key of the deletion that takes its other copy away; ``unfitting`` are
    pairs of an allele and a deletion over it that contradict each other.
    """

    opposite: Mapping[str, str] = {}
    unfitting: frozenset[frozenset[str]] = frozenset()


_NOTHING = Under()

Carried = tuple[Call, Zygosity, Inheritance]
Known = tuple[PhaseVerdict, str]  # of a pair, with its basis


def phase_pairs(carried: tuple[Carried, ...], under: Under = _NOTHING) -> tuple[PairPhase, ...]:
    """Phase of the alleles that one person carries in one gene.

    A pair about which nothing is known is not listed, unless its evidence disagrees (``basis`` conflict).
    """
    pairs = []
    opposite = under.opposite
    for (call, zygosity, origin), (other_call, other_zygosity, other_origin) in combinations(carried, 2):
        first, second = call.allele.key, other_call.allele.key
        if first == second:
            continue
        found = _by_zygosity(zygosity, other_zygosity)
        if opposite.get(first) == second or opposite.get(second) == first:
            found = PhaseVerdict.TRANS, "same_site"
        elif first in opposite and opposite[first] == opposite.get(second):
            found = PhaseVerdict.CIS, "one_copy"
        elif zygosity in _ONE_OF_TWO and other_zygosity in _ONE_OF_TWO:
            found = _het_pair(call, other_call, origin, other_origin)
            if found is not None and found[0] is PhaseVerdict.CIS and {first, second} in under.unfitting:
                found = None
        if found is not None:
            pairs.append(PairPhase(first, second, *found))
    return tuple(pairs)


def _by_zygosity(first: Zygosity, second: Zygosity) -> Known | None:
    """What follows from the zygosities alone."""
    if first is Zygosity.HEMI and second is Zygosity.HEMI:
        return PhaseVerdict.CIS, "one_copy"
    if Zygosity.HOM in (first, second) and {first, second} <= {Zygosity.HOM, Zygosity.HET}:
        return PhaseVerdict.TRANS, "homozygous"
    return None


def _het_pair(first: Call, second: Call, origin: Inheritance, other: Inheritance) -> Known | None:
    if _exclude_each_other(first, second):
        return PhaseVerdict.TRANS, "same_site"
    by_reads = _by_phase_set(first, second)
    by_parents = _by_parents(origin, other)
    if by_reads is not None and by_parents is not None and by_reads is not by_parents:
        return PhaseVerdict.UNKNOWN, "conflict"
    if by_reads is not None:
        return by_reads, _SETS.get(first.genotype.phase_set or "", "phase_set")
    if by_parents is not None:
        return by_parents, "parents"
    return None


def _exclude_each_other(first: Call, second: Call) -> bool:
    """Two alternates of one genotype (``1/2``), or two substitutions of the same base on separate lines."""
    place, other = first.place, second.place
    if place == other and first.alt_index != second.alt_index and Slot.OTHER in first.genotype.slots:
        return True
    a, b = first.allele, second.allele
    single = len(a.ref) == len(b.ref) == len(a.alt) == len(b.alt) == 1
    return single and a.alt.isalpha() and b.alt.isalpha() and (a.contig, a.pos) == (b.contig, b.pos)


def _by_phase_set(first: Call, second: Call) -> PhaseVerdict | None:
    """Cis where both alleles lie on a copy of one name, trans where one lies on the copy that lacks the other."""
    copies, others = _copies(first), _copies(second)
    if copies is None or others is None or first.place.file != second.place.file:
        return None
    (own, lacking), (other_own, other_lacking) = copies, others
    cis = own != "" and own == other_own
    trans = (own != "" and own == other_lacking) or (other_own != "" and other_own == lacking)
    if cis is trans:
        return None  # nothing in common, or names that contradict each other
    return PhaseVerdict.CIS if cis else PhaseVerdict.TRANS


def _copies(call: Call) -> tuple[str, str] | None:
    """Names of the copy that carries the allele and of the other one; None when the call is no evidence of phase.

    Where a file names sets only, their copies are numbered in the order of the genotype.
    """
    genotype = call.genotype
    slots = genotype.slots
    if len(slots) != 2 or Slot.MISSING in slots or genotype.copies != 1:
        return None
    names = genotype.haplotypes
    if not names and genotype.phased and genotype.phase_set is not None:
        names = (f"{genotype.phase_set} 1", f"{genotype.phase_set} 2")
    if not names:
        return None
    at = slots.index(Slot.ALT)
    return names[at], names[1 - at]


def _by_parents(first: Inheritance, second: Inheritance) -> PhaseVerdict | None:
    if _OPPOSITE.get(first.origin) is second.origin and second.origin in _OPPOSITE:
        return PhaseVerdict.TRANS
    if first.origin is second.origin and first.origin in _OPPOSITE:
        measured = min(first.shown, second.shown) is Shown.MEASURED
        return PhaseVerdict.CIS if measured else None
    return None
