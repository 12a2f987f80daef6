"""The other copy at a place that a deletion of the same person takes away.

Three ways of writing meet there: ``*`` for the deleted copy (``1/2`` with ``ALT=T,*``), one copy only (``1``, by
callers that know the copy number), and a genotype of two copies, which does not fit. In the first two the other copy
is known: it is deleted, so that the allele and the deletion lie on different copies. A ``*`` without its deletion, or
under several that may be meant, leaves the other copy unknown.
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

    ``deletion`` is the key of the deletion that takes the other copy away; ``unfitting`` says that two copies are
    called although one is deleted.
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
            record_first=min(call.allele.pos, call.place.pos) + 1,
            record_last=max(call.allele.end, call.place.pos + len(call.place.ref) - 1),
        )
        for call in calls
        if call.genotype.copies == 1 and len(call.genotype.slots) == TWO_COPIES and not call.in_pseudogene
        if (lost := bases_lost(call.allele)) is not None
    )


def other_copy(call: Call, removed: tuple[Deletion, ...], *, two_expected: bool) -> OtherCopy:
    """The genotype of ``call`` as far as its copies are known.

    Parameters
    ----------
    call
        A call of the person.
    removed
        The person's deletions, from :func:`deletions`.
    two_expected
        Whether two copies are expected here (an autosome, or X of a woman).
    """
    genotype = call.genotype
    names_deleted = Slot.OTHER in genotype.slots and _names(call, DELETED)
    if names_deleted or (two_expected and genotype.slots == (Slot.ALT,)):
        over = [one for one in removed if reaches(one, call)]
        if len(over) == 1:
            return OtherCopy(_with_deleted_copy(genotype), deletion=over[0].key)
    if genotype.copies and Slot.OTHER in genotype.slots and _names(call, STANDS_FOR_ANY):
        slots = tuple(Slot.MISSING if slot is Slot.OTHER else slot for slot in genotype.slots)
        return OtherCopy(Genotype(genotype.raw, slots, genotype.phased, genotype.phase_set, genotype.haplotypes))
    whole = len(genotype.slots) == TWO_COPIES and Slot.MISSING not in genotype.slots
    inside = whole and any(
        one.contig is call.allele.contig and one.first <= call.allele.pos and call.allele.end <= one.last
        for one in removed
        if one.key != call.allele.key
    )
    return OtherCopy(genotype, unfitting=inside)


def speaks_of_deletion(state: State) -> bool:
    """Whether a state shows that a deletion lies over it, even where the deletion itself is not shown."""
    return (
        Slot.OTHER in state.call.genotype.slots or OTHER_COPY_DELETED in state.reasons or INSIDE_DELETION in state.flags
    )


def _with_deleted_copy(genotype: Genotype) -> Genotype:
    """One written copy becomes two, of which the other is not this allele."""
    if len(genotype.slots) > 1:
        return genotype
    return Genotype(genotype.raw, (*genotype.slots, Slot.OTHER), phased=False)


def bases_lost(allele: Allele) -> tuple[int, int] | None:
    """First and last base that a deletion takes away; None for any other allele."""
    if allele.is_symbolic:
        return (allele.pos + 1, allele.end) if allele.alt.startswith("<DEL") else None
    return (allele.pos + len(allele.alt), allele.end) if len(allele.ref) > len(allele.alt) else None


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
    named = call.genotype.raw.replace("|", "/").split("/")
    return any(alt in alts and str(index) in named for index, alt in enumerate(call.place.alts, 1))
