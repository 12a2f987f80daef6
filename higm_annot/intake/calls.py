"""One person's column of the records: genotypes as written, read support, reference evidence, fates."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from higm_annot.intake.gt import Indices, genotype_of, localised, ordered_by, parse_gt
from higm_annot.intake.records import NOT_CARRIED, Site, View
from higm_annot.intake.types import Call, Fate, Genotype, LedgerRow, ReferenceStretch, Slot, Support
from higm_annot.knowledge.tables import words
from higm_annot.problems import Problem, problem
from higm_annot.reference.types import Contig

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_MALFORMED = 10
ABSENT = Genotype("", (), phased=False)
REFERENCE_QUALITIES = ("GQ", "RGQ", "GQX")
Value = tuple[str, ...]


class Column(Struct, frozen=True):
    """What one sample column gives.

    ``block_evidence`` are the stretches that come from records of reference bases; ``not_reference`` the spans
    (1-based inclusive) of alleles that are carried but set aside, so that nothing there is reference.
    """

    calls: tuple[Call, ...]
    no_calls: tuple[Call, ...]
    reference: tuple[ReferenceStretch, ...]
    block_evidence: tuple[ReferenceStretch, ...]
    not_reference: tuple[tuple[Contig, int, int], ...]
    ledger: tuple[LedgerRow, ...]
    problems: tuple[Problem, ...]
    digest: str
    malformed: bool


class Unit(Struct, frozen=True):
    """A ledger unit before units of the same allele are compared."""

    site: Site
    view: View
    genotype: Genotype
    fate: Fate
    call: Call | None


class ColumnReader:
    """Reads the columns of one file; what columns share (rows of the ledger, repeated alleles) is made once."""

    def __init__(self, sites: Sequence[Site], build: str) -> None:
        self.sites, self.build = sites, build
        self._rows: dict[tuple[int, int, Fate, str], LedgerRow] = {}
        seen = Counter(view.key for site in sites for view in site.views if view.key)
        self._repeated = {key for key, count in seen.items() if count > 1}
        self._heads = [_digest_head(site) for site in sites]
        self._passing = frozenset(words("filters_pass")) | frozenset(words("filters_not_quality"))

    def read(self, column: int, sample: str) -> Column:
        """One column (counted from 0 among the samples)."""
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
                indices, phase_set = _indices(site, values)
            except ValueError as error:
                malformed += 1
                if malformed <= MOST_MALFORMED:
                    problems.append(_at(site, "HA-GT-001", sample, value=str(error)[:40]))
                continue
            if indices is not None and set(indices.values) == {0}:
                stretch = self._stretch(site, values)
                if stretch is not None:
                    stretches.append(stretch)
                    blocks += [stretch] if site.is_block else []
            for unit in self._units(site, indices, phase_set, values):
                units.append(unit)
                ledger.append(self._row(number, unit))
                problems += _set_aside_problems(unit, sample)
        units, disagreements = self._compared(units, sample)
        return Column(
            calls=tuple(unit.call for unit in units if unit.fate is Fate.REPORTED and unit.call),
            no_calls=tuple(unit.call for unit in units if unit.fate is Fate.NO_CALL and unit.call),
            reference=tuple(stretches),
            block_evidence=tuple(blocks),
            ledger=tuple(ledger),
            not_reference=tuple(
                (unit.site.contig, unit.site.place.pos, unit.site.place.pos + len(unit.site.place.ref) - 1)
                for unit in units
                if unit.fate is Fate.SET_ASIDE and unit.genotype.copies
            ),
            problems=(*problems, *disagreements),
            digest=hashlib.sha256("".join([f"{self.build}\n", *sorted(digest)]).encode()).hexdigest(),
            malformed=malformed > 0,
        )

    def _units(self, site: Site, indices: Indices | None, phase_set: str | None, values: list[str]) -> list[Unit]:
        """The unit of every ALT of a record."""
        units = []
        for view in site.views:
            genotype = ABSENT if indices is None else genotype_of(indices, view.index, phase_set)
            fate, call = _fate(view, genotype), None
            if view.allele is not None and fate in (Fate.REPORTED, Fate.NO_CALL):
                support = _support(site, view, values)
                call = Call(view.allele, genotype, support, site.place, view.index)
            units.append(Unit(site, view, genotype, fate, call))
        return units

    def _row(self, number: int, unit: Unit) -> LedgerRow:
        key = (number, unit.view.index, unit.fate, unit.genotype.raw)
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
                rule=view.rule,
                key=view.key,
                genotype=unit.genotype.raw,
            )
            self._rows[key] = row
        return row

    def _stretch(self, site: Site, values: list[str]) -> ReferenceStretch | None:
        """The bases a reference genotype speaks of; none where a filter failed or REF is not the reference."""
        if not site.shows_reference or not self._passing.issuperset(site.filters):
            return None
        if not self._passing.issuperset(_words(site, values, "FT")):
            return None
        depth = _integer(_value(site, values, "MIN_DP"))
        if depth is None:
            depth = _depth(site, values)
        quality = next((q for key in REFERENCE_QUALITIES if (q := _float(_value(site, values, key))) is not None), None)
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
            odd = next((unit for unit in same if sorted(unit.genotype.slots) != sorted(best.genotype.slots)), None)
            if odd is not None:
                shown = {"first": best.genotype.raw, "second": odd.genotype.raw, "kept": best.genotype.raw}
                problems.append(_at(best.site, "HA-GT-002", sample, **shown))
        return [unit for unit in units if id(unit) not in dropped], problems


def _fate(view: View, genotype: Genotype) -> Fate:
    if view.rule:
        return Fate.SET_ASIDE
    if genotype.copies:
        return Fate.REPORTED
    if not genotype.slots or Slot.MISSING in genotype.slots:
        return Fate.NO_CALL
    return Fate.REFERENCE


def _information(unit: Unit) -> tuple[bool, bool, int, int]:
    """Order of preference among records of one allele: carried, not called (never taken for reference), detail."""
    support = unit.call.support if unit.call else Support()
    given = sum(getattr(support, name) not in (None, ()) for name in Support.__struct_fields__)
    called = sum(slot is not Slot.MISSING for slot in unit.genotype.slots)
    return unit.fate is Fate.REPORTED, unit.fate is Fate.NO_CALL, called, given


def _set_aside_problems(unit: Unit, sample: str) -> list[Problem]:
    """A word about an allele that was called and not read."""
    rule, alt = unit.view.rule, unit.view.alt
    if not rule or not unit.genotype.copies or rule in NOT_CARRIED:
        return []
    if rule == "breakend_not_assessed":
        return [_at(unit.site, "HA-VCF-019", sample, alt=alt[:40])]
    if rule == "unsupported_alt":
        return [_at(unit.site, "HA-VCF-020", sample, alt=alt[:40])]
    if rule == "in_pseudogene" and alt.startswith("<"):
        return [_at(unit.site, "HA-PAR-001", sample, alt=alt[:40], gene=unit.site.pseudogene_of)]
    return []


def _at(site: Site, code: str, sample: str, **fields: object) -> Problem:
    """A problem at a record."""
    place = site.place
    return problem(code, file=place.file, line=place.line, sample=sample, site=f"{place.contig}:{place.pos}", **fields)


def _indices(site: Site, values: list[str]) -> tuple[Indices | None, str | None]:
    """Allele indices and phase set of a column; None where the record has no genotype.

    Raises
    ------
    ValueError
        When the genotype cannot be read.
    """
    keys, alts = site.keys, len(site.place.alts)
    if "GT" in keys:
        indices = parse_gt(_given(values, keys["GT"]), alts)
    elif "LGT" in keys and "LAA" in keys:
        local = _local_alts(site, values)
        indices = localised(parse_gt(_given(values, keys["LGT"]), len(local)), local, alts)
    else:
        return None, None
    phase_set = _value(site, values, "PS")
    if phase_set is None and (phase_set := _value(site, values, "PID")) is not None:
        indices = _physically_ordered(indices, _value(site, values, "PGT"), alts)
    if phase_set is None and (haplotypes := _value(site, values, "HP")) is not None:
        phase_set = f"HP:{haplotypes}"
    return indices, phase_set


def _physically_ordered(indices: Indices, physical: str | None, alts: int) -> Indices:
    """GT in the order of PGT; a PGT that is no genotype says nothing."""
    try:
        return indices if physical is None else ordered_by(indices, parse_gt(physical, alts))
    except ValueError:
        return indices


def _given(values: list[str], place: int) -> str:
    return values[place] if place < len(values) else "."


def _value(site: Site, values: list[str], key: str) -> str | None:
    """A FORMAT value as written; None when absent or missing."""
    place = site.keys.get(key)
    if place is None or place >= len(values) or values[place] in (".", ""):
        return None
    return values[place]


def _words(site: Site, values: list[str], key: str) -> Value:
    text = _value(site, values, key)
    return () if text is None else tuple(text.split(";"))


def _local_alts(site: Site, values: list[str]) -> tuple[int, ...]:
    """LAA; 0 (which is no ALT) stands for what is not a number."""
    return tuple(local or 0 for local in _integers(_value(site, values, "LAA")))


def _support(site: Site, view: View, values: list[str]) -> Support:
    """Read evidence of one ALT."""
    ref_reads, alt_reads = _reads(site, view.index, values)
    failed = tuple(word for word in _words(site, values, "FT") if word not in site.filters)
    return Support(
        depth=_depth(site, values),
        ref_reads=ref_reads,
        alt_reads=alt_reads,
        genotype_quality=_float(_value(site, values, "GQ")),
        quality=site.quality,
        filters=site.filters + failed,
    )


def _reads(site: Site, index: int, values: list[str]) -> tuple[int | None, int | None]:
    """Reads of REF and of an ALT: AD (one number an allele), LAD, RD with AD, or RO and AO."""
    alts = len(site.place.alts)
    depths = _integers(_value(site, values, "AD"))
    if len(depths) == alts + 1:
        return depths[0], depths[index]
    local = _integers(_value(site, values, "LAD"))
    if local and "LAA" in site.keys:
        table = (0, *_local_alts(site, values))
        if len(local) == len(table):
            return local[0], local[table.index(index)] if index in table else None
    if len(depths) == alts and "RD" in site.keys:
        return _integer(_value(site, values, "RD")), depths[index - 1]
    observed = _integers(_value(site, values, "AO"))
    return _integer(_value(site, values, "RO")), observed[index - 1] if len(observed) == alts else None


def _alternate_reads(site: Site, values: list[str]) -> int | None:
    """Reads of every ALT together; None where one of them is not counted."""
    counts = [_reads(site, index, values)[1] for index in range(1, len(site.place.alts) + 1)]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _depth(site: Site, values: list[str]) -> int | None:
    depth = _integer(_value(site, values, "DP"))
    return site.depth if depth is None else depth


def _integers(text: str | None) -> list[int | None]:
    return [] if text is None else [_integer(part) for part in text.split(",")]


def _integer(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and text.isascii() else None


def _float(text: str | None) -> float | None:
    """A number as BCF keeps it (six digits), so that both forms of a file read alike."""
    try:
        return None if text is None else float(f"{float(text):.6g}")
    except ValueError:
        return None


def _digest_head(site: Site) -> str:
    """What a record is, apart from the people in it and from how its contig is spelled."""
    place = site.place
    depth = "" if site.depth is None else str(site.depth)
    cells = (site.contig, place.pos, place.ref, ",".join(place.alts), ";".join(site.filters), site.end, depth)
    return "\t".join(map(str, cells))


def _canonical(site: Site, values: list[str]) -> str:
    """A sample column as sorted ``key=value``; missing values, which writers pad and drop at will, are left out."""
    found = [
        f"{key}={values[place]}"
        for key, place in site.keys.items()
        if place < len(values) and values[place].strip(".,")
    ]
    return "\t".join(sorted(found))
