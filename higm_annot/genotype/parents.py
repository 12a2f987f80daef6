"""Parents: where an allele came from.

An allele comes from one parent when that parent carries it and the other is *shown* to lack it: a reference genotype, a
gVCF block, or another allele called at the same record. A parent without a record shows nothing, nor does one whose
genotype is written as reference while reads show an alternate. In a firewalled region nobody is shown to lack anything,
so no origin is read there.
"""

from __future__ import annotations

from bisect import bisect_left
from enum import IntEnum
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.genotype.deleted import deletions, other_copy
from higm_annot.genotype.quality import Copies, Limits
from higm_annot.genotype.types import Origin, Zygosity
from higm_annot.intake.types import Call, Fate, Genotype, PersonIntake, Place, ReferenceStretch, Slot
from higm_annot.reference.types import Contig


class Shown(IntEnum):
    """How well the absence of an allele is shown.

    ``STATED``: the file says so and no depth or quality in it speaks against. ``MEASURED``: depth and genotype quality
    are given and sufficient. Only measured absence may support a reassuring statement, so that losing these fields
    never makes one.
    """

    NOT = 0
    STATED = 1
    MEASURED = 2


class Absence(Struct, frozen=True):
    """How well an allele is shown to be absent, and the alternate reads there (None: not counted).

    ``in_reads``: the genotype is reference, and so many reads show an alternate that the person may carry it.
    """

    shown: Shown
    alt_reads: int | None = None
    in_reads: bool = False


NOT_SHOWN = Absence(Shown.NOT)


class Relative:
    """What one person's file shows at any allele; built once for a person, asked many times."""

    def __init__(self, intake: PersonIntake, limit: Limits, *, one_x: bool) -> None:
        self.carried: dict[str, Call] = {}
        self._opposite: dict[str, str] = {}
        self._records: dict[tuple[str, str, int, str, tuple[str, ...]], Call] = {}
        self._stretches: dict[Contig, list[ReferenceStretch]] = {}
        self._unclear = {call.allele.key for call in intake.no_calls}
        self._ledger = intake.ledger
        self._limit = limit
        self._one_x = one_x
        self.consent_family = intake.person.consent_family
        self.consent_secondary = intake.person.consent_secondary
        removed = deletions(intake.calls)
        for call in intake.calls:
            if call.genotype.copies:
                two = not call.allele.contig.is_sex_linked or not one_x
                seen = other_copy(call, removed, two_expected=two)
                self._opposite[call.allele.key] = seen.deletion
                self.carried[call.allele.key] = replace(call, genotype=seen.genotype) if seen.deletion else call
            if Slot.MISSING in call.genotype.slots:
                self._unclear.add(call.allele.key)
            else:
                self._records[_record(call.place)] = call
        for stretch in intake.reference:
            self._stretches.setdefault(stretch.contig, []).append(stretch)
        for stretches in self._stretches.values():
            stretches.sort(key=lambda stretch: (stretch.start, stretch.end))
        # How far the stretches up to each one reach; blocks of one file may overlap.
        self._reach = {
            contig: list(accumulate((stretch.end for stretch in stretches), max))
            for contig, stretches in self._stretches.items()
        }

    def carries(self, key: str) -> bool:
        """Whether the allele is called on at least one copy."""
        return key in self.carried

    def carries_only(self, key: str) -> bool:
        """Whether every copy carries the allele."""
        call = self.carried.get(key)
        return call is not None and uniform(call.genotype)

    def beside(self, call: Call) -> tuple[Call, ...]:
        """What the other copy carries: the deletion that takes it away, or other alternates of the record (``1/2``)."""
        opposite = self.carried.get(self._opposite[call.allele.key])
        if opposite is not None:
            return (opposite,)
        place = _record(call.place)
        return tuple(other for other in self.carried.values() if _record(other.place) == place and other is not call)

    def lacks(self, call: Call) -> Shown:
        """How well this person is shown not to carry the allele of ``call``, a call of a relative."""
        return self.absence(call).shown

    def absence(self, call: Call) -> Absence:
        """How well, and with how many reads, this person is shown not to carry the allele of ``call``.

        A genotype written as reference shows nothing where ``parent_alternate_reads`` or more reads say otherwise: the
        caller may have missed a heterozygous call, or the person is a mosaic. Reads that look like reference do not
        show the absence of a large deletion on one of two copies, so a symbolic or long change asks for its own record,
        called as reference.
        """
        allele = call.allele
        if allele.key in self.carried or allele.key in self._unclear:
            return NOT_SHOWN
        neighbour = self._records.get(_record(call.place))
        if neighbour is not None:
            support = neighbour.support
            reads = self._reads_beside(neighbour)
            if reads >= self._limit.parent_alternate_reads:
                return Absence(Shown.NOT, reads, in_reads=True)
            return Absence(self._grade(support.depth, support.genotype_quality, allele.contig))
        if allele.is_symbolic or allele.end - allele.pos >= self._limit.longest_shown_by_blocks:
            return Absence(Shown.STATED) if self._called_reference(allele.key) else NOT_SHOWN
        found = self._covered(allele.contig, allele.pos, allele.end)
        if found.shown is Shown.NOT and not found.in_reads:
            # The record as written may lie elsewhere than the normalised allele; its own bases count as well.
            found = self._covered(allele.contig, call.place.pos, call.place.pos + len(call.place.ref) - 1)
        return found

    def _called_reference(self, key: str) -> bool:
        """Whether the very allele stands in the file and was called as reference."""
        return any(row.key == key and row.fate is Fate.REFERENCE for row in self._ledger)

    def _reads_beside(self, call: Call) -> int:
        """Reads at a record that show neither reference nor an allele called there; 0 where they were not counted."""
        called = [call, *self.beside(call)]
        counted = [call.support.ref_reads, *(one.support.alt_reads for one in called)]
        known = [count for count in counted if count is not None]
        depth = call.support.depth
        return 0 if depth is None or len(known) < len(counted) else max(0, depth - sum(known))

    def _covered(self, contig: Contig, start: int, end: int) -> Absence:
        """What the reference stretches over these bases show together; every one of them is asked for its reads."""
        shown = Shown.MEASURED
        reads: list[int | None] = []
        position = start
        stretches = self._stretches.get(contig, [])
        for number in range(bisect_left(self._reach.get(contig, ()), start), len(stretches)):
            stretch = stretches[number]
            if stretch.start > end:
                break
            if stretch.end < start:
                continue
            reads.append(stretch.alt_reads)
            grade = self._grade(stretch.depth, stretch.genotype_quality, contig)
            if grade is not Shown.NOT and stretch.start <= position <= stretch.end:
                shown = min(shown, grade)
                position = stretch.end + 1
        known = [count for count in reads if count is not None]
        most = max(known, default=0)
        if most >= self._limit.parent_alternate_reads:
            return Absence(Shown.NOT, most, in_reads=True)
        if position <= end:
            return NOT_SHOWN
        return Absence(shown, most if len(known) == len(reads) else None)

    def _grade(self, depth: int | None, quality: float | None, contig: Contig) -> Shown:
        on_x = Copies.X_MALE if self._one_x else Copies.X_FEMALE
        needed = self._limit.by_copies[on_x if contig.is_sex_linked else Copies.AUTOSOME]
        if (depth is not None and depth < needed.depth) or (quality is not None and quality < needed.genotype_quality):
            return Shown.NOT
        return Shown.STATED if depth is None or quality is None else Shown.MEASURED


class Inheritance(Struct, frozen=True):
    """Origin of one allele and how well the parent without it is shown to lack it."""

    origin: Origin
    shown: Shown


UNKNOWN = Inheritance(Origin.UNKNOWN, Shown.NOT)


def inheritance(  # noqa: PLR0911 - one return for each rule
    call: Call, zygosity: Zygosity, mother: Relative | None, father: Relative | None, *, sex_linked: bool
) -> Inheritance:
    """Origin of a carried allele outside firewalled regions.

    A hemizygous son has his X from his mother, whatever the father carries. Genotypes with a missing, single or
    surplus copy give no origin.
    """
    key = call.allele.key
    if zygosity is Zygosity.HEMI and sex_linked:
        if mother is None:
            return UNKNOWN
        if mother.carries(key):
            return Inheritance(Origin.MATERNAL, Shown.MEASURED)
        shown = mother.lacks(call)
        return UNKNOWN if shown is Shown.NOT else Inheritance(Origin.NEITHER_CALLED, shown)
    if mother is None or father is None or zygosity not in (Zygosity.HET, Zygosity.HOM):
        return UNKNOWN
    from_mother, from_father = mother.carries(key), father.carries(key)
    if zygosity is Zygosity.HOM:
        return Inheritance(Origin.BOTH, Shown.MEASURED) if from_mother and from_father else UNKNOWN
    if from_mother and from_father:
        return UNKNOWN
    if from_mother:
        return _one_parent(Origin.MATERNAL, father.lacks(call))
    if from_father:
        return _one_parent(Origin.PATERNAL, mother.lacks(call))
    return _one_parent(Origin.NEITHER_CALLED, min(mother.lacks(call), father.lacks(call)))


def _one_parent(origin: Origin, shown: Shown) -> Inheritance:
    return UNKNOWN if shown is Shown.NOT else Inheritance(origin, shown)


def may_be_shown(origin: Origin, mother: Relative | None, father: Relative | None, *, secondary: bool) -> bool:
    """Whether an origin may stand in the child's report: it tells the genotype of each parent it rests on.

    ``secondary`` asks for the parent's consent to secondary findings too (a PMS2 allele of the child is one of the
    parent's).
    """

    def agrees(parent: Relative | None) -> bool:
        return parent is not None and parent.consent_family and (parent.consent_secondary or not secondary)

    match origin:
        case Origin.MATERNAL:
            return agrees(mother)
        case Origin.PATERNAL:
            return agrees(father)
        case Origin.BOTH:
            return agrees(mother) and agrees(father)
        case Origin.NEITHER_CALLED:
            return agrees(mother) and (father is None or agrees(father))
        case Origin.UNKNOWN:
            return True


def uniform(genotype: Genotype) -> bool:
    """Whether every copy carries the allele."""
    return set(genotype.slots) == {Slot.ALT}


def _record(place: Place) -> tuple[str, str, int, str, tuple[str, ...]]:
    return (place.file, place.contig, place.pos, place.ref, place.alts)
