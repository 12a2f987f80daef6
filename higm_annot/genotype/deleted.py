"""The other copy at a place that a deletion of the same person takes away.

Callers write such a place as ``*`` for the deleted copy (``1/2`` with ``ALT=T,*``), as one copy (``1``, where they
know the copy number), or as two (``1/1``, where the deletion is another program's). Every read shows the allele then,
and the other copy is known: it is deleted, so that the allele and the deletion lie on different copies. Two different
alleles (``0/1``) do not fit a place with one copy left. A ``*`` without its deletion, or a place under several that
may be meant, leaves the other copy unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from higm_annot.genotype.types import State
from higm_annot.intake.types import Allele, Call, Genotype, Slot
from higm_annot.reference.types import Contig

DELETED = ("*", "<DEL:*>")
STANDS_FOR_ANY = (*DELETED, "<NON_REF>", "<*>", "<X>")
TWO_COPIES = 2
OTHER_COPY_DELETED, INSIDE_DELETION = "other_copy_deleted", "inside_deletion"  # a reason and a flag of a state


class Deletion(Struct, frozen=True):
    """A deletion on one of two copies: bases taken away, and the furthest that its record reaches (1-based)."""

    key: str
    file: str
    contig: Contig
    first: int
    last: int
    record_first: int
    record_last: int


class OtherCopy(Struct, frozen=True):
    """A genotype with what is known of the copy without this allele.

    ``deletion`` is the key of the deletion that takes the other copy away; ``unfitting`` says that the call and a
    deletion of one copy do not fit together.
    """

    genotype: Genotype
    deletion: str = ""
    unfitting: bool = False


def deletions(calls: Iterable[Call]) -> tuple[Deletion, ...]:
    """The deletions that a person carries on one of two copies."""
    return tuple(
        Deletion(
            key=call.allele.key,
            file=call.place.file,
            contig=call.allele.contig,
            first=lost[0],
            last=lost[1],
            record_first=lost[0] if call.allele.near[1] else min(call.allele.pos, call.place.pos) + 1,
            record_last=lost[1]
            if call.allele.near[1]
            else max(call.allele.end, call.place.pos + len(call.place.ref) - 1),
        )
        for call in calls
        if call.genotype.copies == 1 and len(call.genotype.slots) == TWO_COPIES and not call.in_pseudogene
        if (lost := bases_lost(call.allele)) is not None
    )


def other_copy(call: Call, removed: tuple[Deletion, ...], *, two_expected: bool, placed: bool = True) -> OtherCopy:
    """The genotype of ``call`` as far as its copies are known.

    Parameters
    ----------
    call
        A call of the person.
    removed
        The person's deletions, from :func:`deletions`.
    two_expected
        Whether two copies are expected here (an autosome, or X of a woman).
    placed
        Whether short reads can tell the place from a pseudogene: elsewhere two copies written may be of both.
    """
    genotype = call.genotype
    within = [one for one in removed if covers(one, call)]
    names_deleted = Slot.OTHER in genotype.slots and _names(call, DELETED)
    if names_deleted or (two_expected and genotype.slots == (Slot.ALT,)):
        over = [one for one in removed if reaches(one, call)]
        if len(over) == 1:
            return OtherCopy(_with_deleted_copy(genotype), deletion=over[0].key)
    elif two_expected and placed and genotype.slots == (Slot.ALT, Slot.ALT) and len(within) == 1:
        return OtherCopy(_with_deleted_copy(genotype), deletion=within[0].key)
    if genotype.copies and Slot.OTHER in genotype.slots and _names(call, STANDS_FOR_ANY):
        slots = tuple(Slot.MISSING if slot is Slot.OTHER else slot for slot in genotype.slots)
        return OtherCopy(Genotype(genotype.raw, slots, genotype.phased, genotype.phase_set, genotype.haplotypes))
    whole = len(genotype.slots) == TWO_COPIES and Slot.MISSING not in genotype.slots
    return OtherCopy(genotype, unfitting=whole and bool(within))


def speaks_of_deletion(state: State) -> bool:
    """Whether a state shows that a deletion lies over it, even where the deletion itself is not shown."""
    return (
        Slot.OTHER in state.call.genotype.slots or OTHER_COPY_DELETED in state.reasons or INSIDE_DELETION in state.flags
    )


def _with_deleted_copy(genotype: Genotype) -> Genotype:
    """Two copies, of which the other is not this allele."""
    if Slot.OTHER in genotype.slots:
        return genotype
    return Genotype(genotype.raw, (Slot.ALT, Slot.OTHER), phased=False)


def bases_lost(allele: Allele) -> tuple[int, int] | None:
    """First and last base that a deletion takes away; None for any other allele."""
    if allele.is_symbolic:
        start, end = allele.touched
        return (max(start, allele.pos + 1), end) if allele.alt.startswith("<DEL") else None
    return (allele.pos + len(allele.alt), allele.end) if len(allele.ref) > len(allele.alt) else None


def covers(one: Deletion, call: Call) -> bool:
    """Whether a deletion takes the whole place of a call away."""
    allele = call.allele
    return one.key != allele.key and one.contig is allele.contig and one.first <= allele.pos and allele.end <= one.last


def reaches(one: Deletion, call: Call) -> bool:
    """Whether a deletion's record covers the record of a call; as written, for normalising may have moved it."""
    return (
        one.key != call.allele.key
        and one.file == call.place.file
        and one.contig is call.allele.contig
        and one.record_first <= call.place.pos <= one.record_last
    )


def _names(call: Call, alts: tuple[str, ...]) -> bool:
    """Whether the genotype names one of these alternates."""
    return any(call.place.alts[index - 1] in alts for index in call.genotype.others)
