"""Bases of a gene and what replaces them, as an allele of the plus strand."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from higm_annot.consequence.edit import Kind
from higm_annot.consequence.refusals import SHOWN, nowhere, several_readings, unreadable, wrong_base
from higm_annot.consequence.written import NucleotideName, RepeatName
from higm_annot.intake.normalise import normalise
from higm_annot.intake.types import Allele
from higm_annot.problems import Refused, problem
from higm_annot.reference.sequence import reverse_complement
from higm_annot.reference.types import Build, Locus

LONGEST_REPEAT = 10_000  # bases; beyond that a name is told by its number of copies, which is a fact of a person


class Stretch(Struct, frozen=True):
    """Bases of a gene in the direction of transcription (half-open offsets) and what replaces them."""

    start_offset: int
    end_offset: int
    alt: str


def as_allele(locus: Locus, build: Build, stretch: Stretch) -> Allele:
    """A stretch of the gene as an allele of the plus strand."""
    start, end = stretch.start_offset, stretch.end_offset
    if locus.strand > 0:
        return anchored(locus, build, start, end, stretch.alt)
    length = len(locus.slices[build].sequence)
    return anchored(locus, build, length - end, length - start, reverse_complement(stretch.alt))


def anchored(locus: Locus, build: Build, start: int, end: int, alt: str) -> Allele:
    """An allele from plus-strand offsets of the slice, with the base before it where VCF needs one, left-aligned.

    Raises
    ------
    Refused
        HA-NAM-003 at the ends of the embedded sequence: the base before it, and whether it can be shifted, lie outside.
    """
    piece = locus.slices[build]
    ref = piece.sequence[start:end]
    if start <= 0 or end >= len(piece.sequence):
        place = f"{locus.contig}:{piece.start + start}-{piece.start + end - 1}"
        raise nowhere(place, place, str(build), "it reaches the end of the embedded sequence")
    if not ref or not alt:
        start -= 1
        ref, alt = piece.sequence[start:end], piece.sequence[start] + alt
    return normalise(piece, build, locus.contig, piece.start + start, ref, alt)


def replaced(
    text: str,
    name: NucleotideName,
    span: tuple[int, int],
    sequence: str,
    better: Callable[[str], str],
    advice: str = "",
) -> Stretch:
    """The bases from the first to the last offset that a name replaces, after what it says of them was checked.

    ``better`` gives the nearest right name for the bases found, ``advice`` says what to do where there is none.

    Raises
    ------
    Refused
        HA-NAM-001 (positions out of order), -004 (other bases stand there), -006 (no change).
    """
    first, last = span
    if last < first:
        raise unreadable(text, "the second position lies before the first")
    if name.kind is Kind.INSERTION:
        if last != first + 1:
            raise unreadable(text, "an insertion is named by the two bases beside it")
        return Stretch(last, last, name.alt)
    found = sequence[first : last + 1]
    if name.ref and name.ref != found:
        place = f"{name.axis}.{name.first}" + (f"_{name.last}" if name.last != name.first else "")
        raise Refused(wrong_base(text, found, place, name.ref, better(found), advice))
    if name.kind is Kind.DUPLICATION:
        return Stretch(last + 1, last + 1, found)
    alt = reverse_complement(found) if name.kind is Kind.INVERSION else name.alt
    if name.kind is Kind.IDENTITY or alt == found:
        inverted = f"{found[:SHOWN]} inverted reads the same, " if name.kind is Kind.INVERSION else ""
        raise Refused(problem("HA-NAM-006", name=text, reason=f"{inverted}the sequence stays as it is"))
    return Stretch(first, last + 1, alt)


def repeated(
    text: str, name: RepeatName, first: int, last: int, sequence: str, position: Callable[[int], str]
) -> tuple[Stretch, str]:
    """All copies of a repeated unit and the copies that a name puts there, with a remark on the reference's own.

    The name gives the whole repeat, or the place of its first unit (HGVS, DNA, repeated sequences).

    Raises
    ------
    Refused
        HA-NAM-001 (a unit that is itself a repeat, far too many copies), -004 (no such unit there), -006 (as many
        copies as the reference has), -008 (the repeat begins before the place, or ends elsewhere).
    """
    unit, length = name.unit, len(name.unit)
    if any(length % part == 0 and unit == unit[:part] * (length // part) for part in range(1, length)):
        raise unreadable(text, f"{unit} is itself a repeat")
    if name.copies * length > LONGEST_REPEAT:
        raise unreadable(text, f"{name.copies} copies are more than a sequence is written for")
    start = end = first
    while sequence.startswith(unit, end):
        end += length
    if end == first:
        place = f"{name.axis}.{name.first}"
        raise Refused(wrong_base(text, sequence[first : first + length], place, unit))
    while start >= length and sequence.startswith(unit, start - length):
        start -= length
    count = (end - start) // length
    if start != first or last not in (first, first + length - 1, end - 1):
        whole = f"{position(start)}_{position(end - 1)}"
        reason = f"the repeat of {unit} goes from {name.axis}.{whole}, {count} copies in the reference"
        raise several_readings(text, reason, (f"{name.axis}.{whole}{unit}[{name.copies}]",))
    if name.copies == count:
        reason = f"the reference has {count} copies of {unit} there"
        raise Refused(problem("HA-NAM-006", name=text, reason=reason))
    return Stretch(start, end, unit * name.copies), f"the reference has {count} copies of {unit} there"
