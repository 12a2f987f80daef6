"""Computed identifiers of an allele: SPDI, and the GA4GH VRS 2 identifier.

VRS (Variation Representation Specification 2.0, normalization and computed identifiers): the allele is expanded over
the whole stretch in which it could be written ("fully justified"), described by its location and its new state, written
as canonical JSON, and digested (SHA-512, first 24 bytes, URL-safe base64). A state that repeats the reference is told
by its length and the length of what is repeated, any other by its bases. The location names the chromosome by its
refget digest (``overlay/contigs.tsv``).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from msgspec import Struct

from higm_annot.intake.types import Allele
from higm_annot.reference.contigs import accession, refget
from higm_annot.reference.types import Slice


class Justified(Struct, frozen=True):
    """An allele expanded over its stretch of ambiguity; ``start`` and ``end`` count between bases, from 0.

    ``unit`` is the length of the bases lost or gained, 0 where bases are exchanged.
    """

    start: int
    end: int
    ref: str
    alt: str
    unit: int


def spdi(allele: Allele) -> str:
    """SPDI: sequence accession, position counted from 0, deleted and inserted bases, without what both begin with."""
    start, ref, alt = _trimmed(allele.pos - 1, allele.ref, allele.alt)
    return f"{accession(allele.contig, allele.build)}:{start}:{ref}:{alt}"


def vrs_id(allele: Allele, piece: Slice) -> str | None:
    """The GA4GH VRS 2 identifier (``ga4gh:VA.…``).

    Parameters
    ----------
    allele
        A sequence allele; symbolic ones have no identifier of this kind.
    piece
        The embedded sequence around it.

    Returns
    -------
    str or None
        None for symbolic alleles, and where the stretch of ambiguity may reach beyond the embedded sequence.
    """
    if allele.is_symbolic or not piece.covers(allele.pos, allele.end):
        return None
    found = justified(piece, allele.pos - 1, allele.ref, allele.alt)
    if found is None:
        return None
    place = (
        f'{{"end":{found.end},"sequenceReference":{{"refgetAccession":"{refget(allele.contig, allele.build)}",'
        f'"type":"SequenceReference"}},"start":{found.start},"type":"SequenceLocation"}}'
    )
    whole = f'{{"location":"{_digest(place)}","state":{_state(found)},"type":"Allele"}}'
    return f"ga4gh:VA.{_digest(whole)}"


def justified(piece: Slice, start: int, ref: str, alt: str) -> Justified | None:
    """The allele expanded to the left and right as far as the sequence repeats it; None at the end of the sequence."""
    start, ref, alt = _trimmed(start, ref, alt)
    if bool(ref) == bool(alt):
        return Justified(start, start + len(ref), ref, alt, 0)
    first = piece.start - 1
    sequence, moved = piece.sequence, ref or alt
    low, high = start - first, start - first + len(ref)
    left = right = 0
    while low - left > 0 and sequence[low - left - 1] == moved[-1 - left % len(moved)]:
        left += 1
    while high + right < len(sequence) and sequence[high + right] == moved[right % len(moved)]:
        right += 1
    if low - left == 0 or high + right == len(sequence):
        return None
    before, after = sequence[low - left : low], sequence[high : high + right]
    return Justified(start - left, start + len(ref) + right, before + ref + after, before + alt + after, len(moved))


def _state(found: Justified) -> str:
    """The new state in canonical JSON."""
    if found.unit and found.ref:
        subunit = _subunit(found)
        if subunit:
            length = len(found.alt)
            return f'{{"length":{length},"repeatSubunitLength":{subunit},"type":"ReferenceLengthExpression"}}'
    return f'{{"sequence":"{found.alt}","type":"LiteralSequenceExpression"}}'


def _subunit(found: Justified) -> int:
    """Length of the reference's own stretch that repeats into the new state, 0 where none does."""
    if len(found.alt) < len(found.ref):
        return found.unit
    for length in _divisors(found.unit):
        start = len(found.ref) - length
        if start < 0:
            continue
        cycle = found.ref[start:]
        if all(base == cycle[(place - start) % length] for place, base in enumerate(found.alt[start:], start)):
            return length
    return 0


def _divisors(number: int) -> Iterator[int]:
    """Divisors, the largest first."""
    return (divisor for divisor in range(number, 0, -1) if number % divisor == 0)


def _trimmed(start: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Without the bases both alleles begin and then end with."""
    head, limit = 0, min(len(ref), len(alt))
    while head < limit and ref[head] == alt[head]:
        head += 1
    tail, limit = 0, limit - head
    while tail < limit and ref[-1 - tail] == alt[-1 - tail]:
        tail += 1
    return start + head, ref[head : len(ref) - tail], alt[head : len(alt) - tail]


def _digest(text: str) -> str:
    """``sha512t24u``: SHA-512 cut to 24 bytes, URL-safe base64."""
    return base64.urlsafe_b64encode(hashlib.sha512(text.encode()).digest()[:24]).decode()
