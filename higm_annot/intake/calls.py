"""One person's column of the records: genotypes as written, read support, reference evidence, fates."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.intake.copies import GAIN, REGION, expected_copies, heard
from higm_annot.intake.fields import (
    depth_of,
    float_of,
    indices_of,
    integer_of,
    mapping_quality_of,
    reads_of,
    strands_of,
    value_of,
    words_of,
)
from higm_annot.intake.gt import genotype_of
from higm_annot.intake.phasing import Arrangement, arranged
from higm_annot.intake.records import NOT_CARRIED, Site, View
from higm_annot.intake.structural import plain_type
from higm_annot.intake.types import (
    Call,
    Count,
    Fate,
    Genotype,
    LedgerRow,
    ReferenceStretch,
    Sex,
    Slot,
    Support,
    UnreadAllele,
)
from higm_annot.knowledge.tables import words
from higm_annot.problems import Problem, problem
from higm_annot.reference.types import Contig

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_MALFORMED = 10
LONGEST_ALT = 40
ABSENT = Genotype("", (), phased=False)
NOT_READ_PROBLEMS = {  # problems of alleles that were called and set aside
    "breakend_not_assessed": "HA-VCF-019",
    "unsupported_alt": "HA-VCF-020",
    "end_not_given": "HA-VCF-023",
}
COUNT_PROBLEMS = {
    Count.CONTRADICTS: "HA-GT-003",
    Count.NO_WHOLE_NUMBER: "HA-GT-004",
    Count.SEX_NEEDED: "HA-GT-005",
}
REFERENCE_QUALITIES = ("GQ", "RGQ", "GQX")


class Column(Struct, frozen=True):
    """What one sample column gives.

    ``block_evidence`` are the stretches that come from records of reference bases; ``not_reference`` the spans
    (1-based inclusive) of alleles that are carried but set aside, so that nothing there is reference; ``unread`` the
    alleles among them that the program does not read, and those of which it is not known whether they are there.
    """

    calls: tuple[Call, ...]
    no_calls: tuple[Call, ...]
    reference: tuple[ReferenceStretch, ...]
    block_evidence: tuple[ReferenceStretch, ...]
    not_reference: tuple[tuple[Contig, int, int], ...]
    unread: tuple[UnreadAllele, ...]
    ledger: tuple[LedgerRow, ...]
    problems: tuple[Problem, ...]
    digest: str
    malformed: bool


class Unit(Struct, frozen=True):
    """A ledger unit before units of the same allele are compared.

    ``key`` is that of the allele told of the person, which a count of copies can make another than the view's.
    """

    site: Site
    view: View
    genotype: Genotype
    fate: Fate
    call: Call | None
    key: str = ""
    count: Count = Count.NONE
    copies: float | None = None
    further: tuple[Call, ...] = ()

    @property
    def calls(self) -> tuple[Call, ...]:
        """The call, and the same at each further gene."""
        return () if self.call is None else (self.call, *self.further)


class ColumnReader:
    """Reads the columns of one file; what columns share (rows of the ledger, repeated alleles) is made once."""

    def __init__(self, sites: Sequence[Site], build: str, *, bars: str = "") -> None:
        self.sites, self.build, self.bars = sites, build, bars
        self._rows: dict[tuple[int, int, Fate, str, str], LedgerRow] = {}
        seen = Counter(view.key for site in sites for view in site.views if view.key)
        self._repeated = {key for key, count in seen.items() if count > 1}
        self._heads = [_digest_head(site) for site in sites]
        self._passing = frozenset(words("filters_pass")) | frozenset(words("filters_not_quality"))

    def read(self, column: int, sample: str, sex: Sex = Sex.UNKNOWN) -> Column:
        """One column (counted from 0 among the samples); ``sex`` says how many copies of X are usual."""
        units: list[Unit] = []
        stretches: list[ReferenceStretch] = []
        blocks: list[ReferenceStretch] = []
        problems: list[Problem] = []
        ledger: list[LedgerRow] = []
        digest: list[str] = []
        malformed = 0
        for number, site in enumerate(self.sites):
            text = site.columns[column]
            values = text.split(":")
            digest.append(f"{self._heads[number]}\t{_canonical(site, values)}\n")
            try:
                indices = indices_of(site, values)
            except ValueError as error:
                malformed += 1
                if malformed <= MOST_MALFORMED:
                    problems.append(_at(site, "HA-GT-001", sample, value=str(error)[:40]))
                continue
            arrangement = None if indices is None else arranged(site, values, indices, bars=self.bars)
            found = self._units(site, arrangement, values, sex)
            doubted = any(unit.count in COUNT_PROBLEMS for unit in found)
            if indices is not None and set(indices.values) == {0} and not doubted:
                stretch = self._stretch(site, values)
                if stretch is not None:
                    stretches.append(stretch)
                    blocks += [stretch] if site.is_block else []
            for unit in found:
                units.append(unit)
                ledger.append(self._row(number, unit))
                problems += _problems_of(unit, sample)
        units, disagreements = self._compared(units, sample)
        return Column(
            calls=tuple(call for unit in units if unit.fate is Fate.REPORTED for call in unit.calls),
            no_calls=tuple(call for unit in units if unit.fate is Fate.NO_CALL for call in unit.calls),
            reference=tuple(stretches),
            block_evidence=tuple(blocks),
            ledger=tuple(ledger),
            not_reference=tuple(
                (unit.site.contig, unit.site.place.pos, unit.site.place.pos + len(unit.site.place.ref) - 1)
                for unit in units
                if unit.fate is Fate.SET_ASIDE and unit.genotype.copies
            ),
            unread=tuple(one for unit in units for one in _unread(unit)),
            problems=(*problems, *disagreements),
            digest=hashlib.sha256("".join([f"{self.build}\n", *sorted(digest)]).encode()).hexdigest(),
            malformed=malformed > 0,
        )

    def _units(self, site: Site, copies: Arrangement | None, values: list[str], sex: Sex) -> list[Unit]:
        """The unit of every ALT of a record."""
        units = []
        for view in site.views:
            genotype = (
                ABSENT
                if copies is None
                else genotype_of(copies.indices, view.index, copies.phase_set, copies.haplotypes)
            )
            units.append(self._unit(site, view, genotype, values, sex))
        return units

    def _unit(self, site: Site, view: View, genotype: Genotype, values: list[str], sex: Sex) -> Unit:
        """The unit of one ALT, after the copies counted were heard."""
        count, allele, number = Count.NONE, view.allele, None
        if allele is not None and allele.is_symbolic and (not view.rule or view.in_pseudogene):
            number = float_of(value_of(site, values, "CN"))
            # In the pseudogene the allele is the gene's already, and the ALT alone says what was called.
            called = replace(allele, alt=plain_type(view.alt)) if view.in_pseudogene and "<" in view.alt else allele
            told = heard(called, genotype, site.place.alts, number, expected_copies(site.contig, sex))
            if not view.in_pseudogene:
                allele, genotype, count = told.allele, told.genotype, told.count
            elif told.allele.alt in (REGION, GAIN):
                view, allele = replace(view, in_pseudogene=False), None
            else:
                genotype, count = told.genotype, told.count
        fate, call = _fate(view, genotype), None
        further: tuple[Call, ...] = ()
        if allele is not None and fate in (Fate.REPORTED, Fate.NO_CALL):
            support = _support(site, view, values, self._passing)
            call = Call(allele, genotype, support, site.place, view.index, view.in_pseudogene, count)
            further = tuple(
                replace(call, allele=replace(one, alt=allele.alt, exact=allele.exact)) for one in view.further
            )
        key = view.key if allele is None or allele is view.allele else allele.key
        return Unit(site, view, genotype, fate, call, key, count, number, further)

    def _row(self, number: int, unit: Unit) -> LedgerRow:
        key = (number, unit.view.index, unit.fate, unit.genotype.raw, unit.key)
        row = self._rows.get(key)
        if row is None:
            place, view = unit.site.place, unit.view
            row = LedgerRow(
                file=place.file,
                line=place.line,
                contig=place.contig,
                pos=place.pos,
                ref=place.ref,
                alt=view.alt,
                fate=unit.fate,
                rule=view.rule if unit.fate is Fate.SET_ASIDE else "",
                key="" if unit.fate is Fate.SET_ASIDE else unit.key,
                genotype=unit.genotype.raw,
            )
            self._rows[key] = row
        return row

    def _stretch(self, site: Site, values: list[str]) -> ReferenceStretch | None:
        """The bases a reference genotype speaks of; none where a filter failed or REF is not the reference."""
        if not site.shows_reference or not self._passing.issuperset(site.filters):
            return None
        if not self._passing.issuperset(words_of(site, values, "FT")):
            return None
        depth = integer_of(value_of(site, values, "MIN_DP"))
        if depth is None:
            depth = depth_of(site, values)
        quality = next(
            (q for key in REFERENCE_QUALITIES if (q := float_of(value_of(site, values, key))) is not None), None
        )
        start, end = site.place.pos, site.place.pos + len(site.place.ref) - 1
        if site.is_block:
            return ReferenceStretch(site.contig, start, site.end, depth, quality, "block")
        return ReferenceStretch(site.contig, start, end, depth, quality, "call", _alternate_reads(site, values))

    def _compared(self, units: list[Unit], sample: str) -> tuple[list[Unit], list[Problem]]:
        """One unit for each allele that several records give, and a problem where they do not agree."""
        if not self._repeated:
            return units, []
        by_key: dict[str, list[Unit]] = {}
        for unit in units:
            if unit.view.key in self._repeated:
                by_key.setdefault(unit.view.key, []).append(unit)
        problems = []
        dropped: set[int] = set()
        for same in by_key.values():
            best = max(same, key=_information)
            dropped |= {id(unit) for unit in same if unit is not best}
            # A call in the pseudogene says nothing against one in the gene.
            alike = (unit for unit in same if unit.view.in_pseudogene is best.view.in_pseudogene)
            odd = next((unit for unit in alike if sorted(unit.genotype.slots) != sorted(best.genotype.slots)), None)
            if odd is not None:
                shown = {"first": best.genotype.raw, "second": odd.genotype.raw, "kept": best.genotype.raw}
                problems.append(_at(best.site, "HA-GT-002", sample, **shown))
        return [unit for unit in units if id(unit) not in dropped], problems


def _fate(view: View, genotype: Genotype) -> Fate:
    if view.rule and not (view.in_pseudogene and genotype.copies):
        return Fate.SET_ASIDE
    if genotype.copies:
        return Fate.REPORTED
    if not genotype.slots or Slot.MISSING in genotype.slots:
        return Fate.NO_CALL
    return Fate.REFERENCE


def _unread(unit: Unit) -> list[UnreadAllele]:
    """What a unit that was set aside takes from the genes it touches: nothing where every copy is called without it."""
    slots, place = unit.genotype.slots, unit.site.place
    if unit.fate is not Fate.SET_ASIDE or (slots and Slot.MISSING not in slots and not unit.genotype.copies):
        return []
    site, carried = f"{place.contig}:{place.pos}", bool(unit.genotype.copies)
    return [UnreadAllele(gene, site, unit.view.alt[:LONGEST_ALT], carried) for gene in unit.view.genes]


def _information(unit: Unit) -> tuple[bool, bool, bool, int, int]:
    """Order of preference among records of one allele.

    Carried, called in the gene, not called (never taken for reference), detail.
    """
    support = unit.call.support if unit.call else Support()
    given = sum(getattr(support, name) not in (None, ()) for name in Support.__struct_fields__)
    called = sum(slot is not Slot.MISSING for slot in unit.genotype.slots)
    reported = unit.fate is Fate.REPORTED
    return reported, not unit.view.in_pseudogene, unit.fate is Fate.NO_CALL, called, given


def _problems_of(unit: Unit, sample: str) -> list[Problem]:
    """A word about an allele that was called and not read, or read with doubt."""
    rule, alt, told = unit.view.rule, unit.view.alt, unit.view.told
    fields: dict[str, object] = {"alt": alt[:LONGEST_ALT]}
    if unit.count in COUNT_PROBLEMS and unit.fate is not Fate.SET_ASIDE:
        written = unit.genotype.raw or "."
        copies = "" if unit.copies is None else f"{unit.copies:g}"
        return [_at(unit.site, COUNT_PROBLEMS[unit.count], sample, **fields, genotype=written, copies=copies)]
    if not unit.genotype.copies or rule in NOT_CARRIED:
        return []
    code = NOT_READ_PROBLEMS.get(rule, "")
    if rule == "in_pseudogene":
        code = "HA-PAR-002" if unit.view.in_pseudogene else "HA-PAR-001" if alt.startswith("<") else ""
        fields["gene"] = unit.site.pseudogene_of
    elif not rule and told is not None:
        code = "HA-VCF-022"
        fields |= {"end": told[0], "other": told[1]}
    return [_at(unit.site, code, sample, **fields)] if code else []


def _at(site: Site, code: str, sample: str, **fields: object) -> Problem:
    """A problem at a record."""
    place = site.place
    return problem(code, file=place.file, line=place.line, sample=sample, site=f"{place.contig}:{place.pos}", **fields)


def _support(site: Site, view: View, values: list[str], passing: frozenset[str]) -> Support:
    """Read evidence of one ALT."""
    ref_reads, alt_reads = reads_of(site, view.index, values)
    return Support(
        depth=depth_of(site, values),
        ref_reads=ref_reads,
        alt_reads=alt_reads,
        genotype_quality=float_of(value_of(site, values, "GQ")),
        quality=site.quality,
        filters=site.filters,
        sample_filters=tuple(word for word in words_of(site, values, "FT") if word not in passing),
        strand_bias=site.strand_bias,
        strand_odds=site.strand_odds,
        mapping_quality=mapping_quality_of(site, values),
        strands=strands_of(site, view.index, values),
        copy_number=float_of(value_of(site, values, "CN")),
    )


def _alternate_reads(site: Site, values: list[str]) -> int | None:
    """Reads of every ALT together; None where one of them is not counted."""
    counts = [reads_of(site, index, values)[1] for index in range(1, len(site.place.alts) + 1)]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _digest_head(site: Site) -> str:
    """What a record is, apart from the people in it and from how its contig is spelled."""
    place = site.place
    depth = "" if site.depth is None else str(site.depth)
    cells = [site.contig, place.pos, place.ref, ",".join(place.alts), ";".join(site.filters), site.end, depth]
    figures = (("FS", site.strand_bias), ("SOR", site.strand_odds), ("MQ", site.mapping_quality))
    cells += [f"{name}={value}" for name, value in figures if value is not None]
    cells += [view.key for view in site.views if view.allele is not None and view.allele.is_symbolic]
    return "\t".join(map(str, cells))


def _canonical(site: Site, values: list[str]) -> str:
    """A sample column as sorted ``key=value``; missing values, which writers pad and drop at will, are left out."""
    found = [
        f"{key}={values[place]}"
        for key, place in site.keys.items()
        if place < len(values) and values[place].strip(".,")
    ]
    return "\t".join(sorted(found))
