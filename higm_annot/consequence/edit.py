"""A change on one strand: trimmed, shifted in reading direction, and given its HGVS type.

Offsets are 0-based and half-open in the direction of reading (``edit.start_offset`` is the first base replaced), so the same
code serves the plus strand (g. names) and a transcript on either strand (c. names).
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

    For a duplication ``start_offset``/``end_offset`` are where the copy is inserted (equal); the bases duplicated are the
    ``len(alt)`` before it.
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
    """Trim what both alleles share, shift towards the end of ``sequence`` as far as it stays the same change, and type it.

    The 3' rule of HGVS: of all equal descriptions the most 3' one. ``sequence`` is read 5' to 3'.
    """
    start, ref, alt = _trim(start_offset, ref, alt)
    if not ref and not alt:
        return Edit(start, start, "", "", Kind.IDENTITY)
    if not alt:
        length = len(ref)
        while start + length < len(sequence) and sequence[start] == sequence[start + length]:
            start += 1
        return Edit(start, start + length, sequence[start : start + length], "", Kind.DELETION)
    if not ref:
        moved = 0
        while start < len(sequence) and sequence[start] == alt[moved % len(alt)]:
            start += 1
            moved += 1
        turn = moved % len(alt)
        alt = alt[turn:] + alt[:turn]
        copied = start >= len(alt) and sequence[start - len(alt) : start] == alt
        return Edit(start, start, "", alt, Kind.DUPLICATION if copied else Kind.INSERTION)
    if len(ref) == len(alt) == 1:
        kind = Kind.SUBSTITUTION
    elif len(ref) == len(alt) and alt == reverse_complement(ref):
        kind = Kind.INVERSION
    else:
        kind = Kind.DELINS
    return Edit(start, start + len(ref), ref, alt, kind)


def _trim(start: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Without the bases both alleles begin and then end with."""
    shared = 0
    while shared < min(len(ref), len(alt)) and ref[shared] == alt[shared]:
        shared += 1
    start, ref, alt = start + shared, ref[shared:], alt[shared:]
    shared = 0
    while shared < min(len(ref), len(alt)) and ref[-1 - shared] == alt[-1 - shared]:
        shared += 1
    return (start, ref[: len(ref) - shared], alt[: len(alt) - shared]) if shared else (start, ref, alt)
