"""Copies counted over a structural allele (FORMAT CN) against its genotype: what the person carries.

CN counts all copies of the sample; how many are usual depends on the contig and the sex. Fewer are a loss, told as
``<DEL>``, more a gain whose place nobody knows, told as ``<DUP>``; the ends of a depth are no breakpoints, so that they
are not exact. A count without a genotype is a call. A count that contradicts the genotype leaves the zygosity open: the
allele is handed on as carried, for neither of the two may make a gene free of a finding.

The whole table is written out in ``tests/genotype/copy_number.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.intake.structural import kind_of, plain_type
from higm_annot.intake.types import Allele, Count, Genotype, Sex, Slot
from higm_annot.knowledge.tables import threshold
from higm_annot.reference.types import Contig

LOSS, GAIN, REGION = "<DEL>", "<DUP>", "<CNV>"
TWO = 2
KINDS = {-1: ("DEL", "CNV"), 0: (), 1: ("DUP", "CNV")}  # what may be meant by fewer, usual and more copies
OPEN = (Slot.ALT, Slot.MISSING)  # carried, on how many copies is not known


class Heard(Struct, frozen=True):
    """The allele and the genotype as the count leaves them, and what the count said."""

    allele: Allele
    genotype: Genotype
    count: Count


def is_counted(alt: str) -> bool:
    """Whether CN speaks of this ALT; that of a tandem repeat (``<CNV:TR>``) counts something else."""
    return kind_of(alt) in ("DEL", "DUP") or alt == REGION


def expected_copies(contig: Contig, sex: Sex) -> int | None:
    """Copies that a person has of a place outside the pseudoautosomal regions; None where the sex must be known."""
    if not contig.is_sex_linked:
        return TWO
    return {Sex.MALE: 1, Sex.FEMALE: TWO, Sex.UNKNOWN: None}[sex]


def heard(allele: Allele, genotype: Genotype, alts: Sequence[str], copies: float | None, expected: int | None) -> Heard:
    """What a count makes of the genotype seen from one ALT.

    Parameters
    ----------
    allele, genotype
        As the file says them.
    alts
        All ALTs of the record: a loss is not the affair of a ``<DUP>`` where a ``<DEL>`` stands beside it.
    copies
        CN, None where it is missing.
    expected
        Usual copies, None for X of a person of unknown sex: then both are weighed.
    """
    if copies is None or not is_counted(allele.alt):
        return Heard(allele, genotype, Count.NONE)
    whole = round(copies)
    if abs(copies - whole) > threshold("copy_number_whole"):
        if genotype.copies:
            return Heard(allele, genotype, Count.NONE)
        return Heard(allele, _with(genotype, (Slot.MISSING,)), Count.NO_WHOLE_NUMBER)
    if expected is not None:
        return _weighed(allele, genotype, alts, whole, expected)
    return _either(genotype, *(_weighed(allele, genotype, alts, whole, usual) for usual in (1, TWO)))


def _weighed(allele: Allele, genotype: Genotype, alts: Sequence[str], copies: int, usual: int) -> Heard:
    """The count of a person with ``usual`` copies."""
    if Slot.OTHER in genotype.slots:
        return Heard(allele, genotype, Count.NONE)  # the count is that of two ALTs together
    if genotype.copies:
        return _carried(allele, genotype, copies, usual)
    return _not_carried(allele, genotype, copies, usual, own=_own(allele.alt, alts, _way(copies, usual)))


def _not_carried(allele: Allele, genotype: Genotype, copies: int, usual: int, *, own: bool) -> Heard:
    """The count where no copy of the genotype carries the allele; ``own``: what it shows is this ALT's affair."""
    way = _way(copies, usual)
    called = genotype.slots and Slot.MISSING not in genotype.slots
    if not way or not own:
        return Heard(allele, genotype if called else _with(genotype, (Slot.REF,) * usual), Count.DECIDES)
    if not called and kind_of(allele.alt) in KINDS[way] and genotype.slots.count(Slot.REF) <= copies:
        return Heard(_told(allele, way), _with(genotype, _slots(copies, usual)), Count.DECIDES)
    return Heard(_told(allele, way), _with(genotype, OPEN), Count.CONTRADICTS)


def _carried(allele: Allele, genotype: Genotype, copies: int, usual: int) -> Heard:
    """The count where the genotype carries the allele."""
    way = _way(copies, usual)
    told = _told(allele, way) if allele.alt == REGION else allele
    if not _fits(genotype, kind_of(allele.alt), copies, usual):
        return Heard(told, _with(genotype, OPEN), Count.CONTRADICTS)
    complete = Slot.MISSING not in genotype.slots and len(genotype.slots) in (usual, TWO)
    if complete and (told is allele or Slot.REF in genotype.slots or genotype.copies == abs(copies - usual)):
        return Heard(told, genotype, Count.AGREES)
    return Heard(told, _with(genotype, _slots(copies, usual)), Count.DECIDES)


def _way(copies: int, usual: int) -> int:
    """Lost (-1), usual (0) or gained (1)."""
    return (copies > usual) - (copies < usual)


def _own(alt: str, alts: Iterable[str], way: int) -> bool:
    """Whether a loss or gain is this ALT's affair: it is of that kind, or no ALT of the record is."""
    return kind_of(alt) in KINDS[way] or not any(kind_of(plain_type(one)) in KINDS[way] for one in alts)


def _fits(genotype: Genotype, kind: str, copies: int, usual: int) -> bool:
    """Whether a genotype that carries the allele can be that of a person with this count."""
    way = _way(copies, usual)
    present = genotype.slots.count(Slot.REF)
    every = len(genotype.slots) == usual and Slot.MISSING not in genotype.slots
    if kind not in KINDS[way]:
        return False
    if kind == "DEL" and every:
        return present == copies
    return present + (TWO * genotype.copies if kind == "DUP" and every else 0) <= copies


def _either(genotype: Genotype, male: Heard, female: Heard) -> Heard:
    """The count of a person whose sex is not stated, from both readings."""
    changed = [one for one in (male, female) if one.genotype.copies]
    if not changed:
        return female
    if not genotype.copies and len(changed) == 1:
        return Heard(changed[0].allele, _with(genotype, (Slot.MISSING,)), Count.SEX_NEEDED)
    fitting = [one for one in changed if one.count is not Count.CONTRADICTS]
    if len(fitting) < TWO:
        return fitting[0] if fitting else female
    one, other = (frozenset(found.genotype.slots) for found in fitting)
    if one == other and Slot.MISSING not in one:
        return female
    return Heard(female.allele, _with(genotype, OPEN), Count.DECIDES)


def _slots(copies: int, usual: int) -> tuple[Slot, ...]:
    """The copies of a loss or gain; where a gain is of more than one copy nothing says how they are shared."""
    if copies <= usual:
        return (*[Slot.REF] * copies, *[Slot.ALT] * (usual - copies))
    return (*[Slot.REF] * (usual - 1), Slot.ALT) if copies == usual + 1 else OPEN


def _told(allele: Allele, way: int) -> Allele:
    """The allele as a loss or a gain; one that the file calls so itself is kept, with its ends."""
    alt = {-1: LOSS, 0: allele.alt, 1: GAIN}[way]
    if kind_of(alt) == kind_of(allele.alt):
        return allele
    return replace(allele, alt=alt, exact=False)


def _with(genotype: Genotype, slots: tuple[Slot, ...]) -> Genotype:
    """The genotype as written, with the copies that the count shows; a count knows no phase."""
    return Genotype(genotype.raw, slots, phased=False)
