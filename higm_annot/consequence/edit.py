"""A change on one strand: trimmed, shifted in reading direction, and given its HGVS type.

Offsets are 0-based and half-open in the direction of reading (``edit.start_offset`` is the first base replaced), so the
same code serves the plus strand (g. names) and a transcript on either strand (c. names).
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from higm_annot.reference.sequence import reverse_complement


class Kind(StrEnum):
    """HGVS types of a sequence change."""

    SUBSTITUTION = "substitution"
    DELETION = "deletion"
    DUPLICATION = "duplication"
    INSERTION = "insertion"
    INVERSION = "inversion"
    DELINS = "delins"
    IDENTITY = "identity"


class Edit(Struct, frozen=True):
    """Replace ``ref`` (bases ``start_offset`` up to ``end_offset``) by ``alt``.

    For a duplication ``start_offset``/``end_offset`` are where the copy is inserted (equal); the bases duplicated are
    the ``len(alt)`` before it.
    """

    start_offset: int
    end_offset: int
    ref: str
    alt: str
    kind: Kind

    @property
    def growth(self) -> int:
        """Bases gained (negative: lost)."""
        return len(self.alt) - len(self.ref)


def make_edit(sequence: str, start_offset: int, ref: str, alt: str) -> Edit:
    """Trim what both alleles share, shift towards the end of ``sequence`` while it stays the same change, and type it.

    The 3' rule of HGVS: of all equal descriptions the most 3' one. ``sequence`` is read 5' to 3'.
    """
    if len(ref) == len(alt) == 1 and ref != alt:
        return Edit(start_offset, start_offset + 1, ref, alt, Kind.SUBSTITUTION)
    edit = plain_edit(start_offset, ref, alt)
    if edit.kind is Kind.DELETION:
        return _shifted_deletion(sequence, edit)
    if edit.kind is Kind.INSERTION:
        return _shifted_insertion(sequence, edit)
    return edit


def plain_edit(start_offset: int, ref: str, alt: str) -> Edit:
    """Trim what both alleles share and type the change without its surroundings: never shifted, no duplication seen."""
    start, ref, alt = _trim(start_offset, ref, alt)
    if not alt:
        kind = Kind.DELETION if ref else Kind.IDENTITY
    elif not ref:
        kind = Kind.INSERTION
    elif len(ref) != len(alt):
        kind = Kind.DELINS
    elif len(ref) == 1:
        kind = Kind.SUBSTITUTION
    else:
        kind = Kind.INVERSION if alt == reverse_complement(ref) else Kind.DELINS
    return Edit(start, start + len(ref), ref, alt, kind)


def shifted_back(sequence: str, edit: Edit) -> Edit:
    """The most 5' description of a pure deletion or insertion; any other edit has one description only."""
    if bool(edit.ref) == bool(edit.alt):
        return edit
    start, bases, length = edit.start_offset, edit.ref or edit.alt, len(edit.ref or edit.alt)
    moved = 0
    while start > 0 and sequence[start - 1] == bases[-1 - moved % length]:
        start -= 1
        moved += 1
    turn = length - moved % length
    bases = bases[turn:] + bases[:turn]
    if edit.ref:
        return Edit(start, start + length, bases, "", edit.kind)
    return Edit(start, start, "", bases, edit.kind)


def _shifted_deletion(sequence: str, edit: Edit) -> Edit:
    start, end = edit.start_offset, edit.end_offset
    while end < len(sequence) and sequence[start] == sequence[end]:
        start += 1
        end += 1
    return Edit(start, end, sequence[start:end], "", Kind.DELETION)


def _shifted_insertion(sequence: str, edit: Edit) -> Edit:
    start, alt, length = edit.start_offset, edit.alt, len(edit.alt)
    moved = 0
    while start < len(sequence) and sequence[start] == alt[moved % length]:
        start += 1
        moved += 1
    turn = moved % length
    alt = alt[turn:] + alt[:turn]
    copied = start >= length and sequence[start - length : start] == alt
    return Edit(start, start, "", alt, Kind.DUPLICATION if copied else Kind.INSERTION)


def _trim(start: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Without the bases both alleles begin and then end with."""
    limit = min(len(ref), len(alt))
    head = 0
    while head < limit and ref[head] == alt[head]:
        head += 1
    limit -= head
    tail = 0
    while tail < limit and ref[-1 - tail] == alt[-1 - tail]:
        tail += 1
    return start + head, ref[head : len(ref) - tail], alt[head : len(alt) - tail]
