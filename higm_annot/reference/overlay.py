"""The overlay: committed tables that the records are read with, strictly read and checked against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib.resources.abc import Traversable
from itertools import combinations

from msgspec import Struct

from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.contigs import contig_length
from higm_annot.reference.members import (
    CONTIGS,
    RECORDS,
    ChromosomeRow,
    RecordRow,
    overlay_folder,
    overlay_text,
    read_chromosomes,
    read_records,
)
from higm_annot.reference.other_names import (
    OTHER_NAMES,
    VERSION_DIFFERENCES,
    OtherName,
    VersionDifference,
    other_name_faults,
    version_difference_faults,
)
from higm_annot.reference.rows import FIRST_LINE, RowT, parse_table, repeated
from higm_annot.reference.types import Build, Contig, Gene, Region, RegionRole

TRANSCRIPTS, REGIONS, RULES = "transcripts.tsv", "regions.tsv", "rules.tsv"
TABLES = (RECORDS, CONTIGS, TRANSCRIPTS, REGIONS, RULES, OTHER_NAMES, VERSION_DIFFERENCES)
NMD_ESCAPE_BASES = "nmd_escape_bases"


class TranscriptRow(Struct, frozen=True):
    """What a record's transcript is called today and where it ends; an empty end means the record's own."""

    gene: Gene
    record: str
    accession: str
    ensembl: str | None
    protein: str
    mane_select: bool
    mane_as_of: str
    legacy: tuple[str, ...]
    grch37_start: int | None
    grch37_end: int | None
    grch38_start: int | None
    grch38_end: int | None
    source: str

    def given(self, build: Build) -> tuple[int | None, int | None]:
        """First and last base as written."""
        if build is Build.GRCH37:
            return self.grch37_start, self.grch37_end
        return self.grch38_start, self.grch38_end

    def ends(self, build: Build) -> tuple[int, int] | None:
        """First and last base, 1-based inclusive."""
        start, end = self.given(build)
        return None if start is None or end is None else (start, end)


class RegionRow(Struct, frozen=True):
    """Where a paralogue lies in one build, 1-based inclusive."""

    name: str
    gene: Gene
    build: Build
    contig: Contig
    start: int
    end: int
    source: str


class RuleRow(Struct, frozen=True):
    """A number that decides what is taken from a record."""

    rule: str
    value: int
    unit: str
    source: str


class Overlay(Struct, frozen=True):
    """The committed tables that the records are read with.

    ``nmd_escape_bases``: a transcript whose stop lies further than this before its last junction is left out.
    """

    records: dict[Gene, str]
    transcripts: tuple[TranscriptRow, ...]
    regions: tuple[Region, ...]
    nmd_escape_bases: int
    sources: tuple[str, ...]


def read_overlay(folder: Traversable | None = None) -> Overlay:
    """The overlay in a folder, or the package's own.

    Raises
    ------
    Refused
        With every fault found, by file, row and rule: a table that is missing or wrongly written (HA-KNO-001 to -004,
        -012), a row that repeats, overlaps or contradicts another or can never be used (HA-KNO-005 to -014).
    """
    place = folder or overlay_folder()
    faults: list[Problem] = []

    def rows(name: str, row: type[RowT]) -> tuple[RowT, ...]:
        return _gather(lambda: parse_table(overlay_text(place, name), name, row), faults)

    records: tuple[RecordRow, ...] = _gather(lambda: read_records(place), faults)
    chromosomes: tuple[ChromosomeRow, ...] = _gather(lambda: read_chromosomes(place), faults)
    transcripts = rows(TRANSCRIPTS, TranscriptRow)
    regions = rows(REGIONS, RegionRow)
    rules = rows(RULES, RuleRow)
    names, differences = rows(OTHER_NAMES, OtherName), rows(VERSION_DIFFERENCES, VersionDifference)
    if not faults:
        faults += _record_faults(records)
        faults += _chromosome_faults(chromosomes)
        faults += _transcript_faults(transcripts, {row.gene for row in records})
        faults += _region_faults(regions)
        faults += _rule_faults(rules)
        faults += other_name_faults(names, {row.gene for row in records})
        faults += version_difference_faults(differences, {older for row in transcripts for older in row.legacy})
    if faults:
        raise Refused(*faults)
    return Overlay(
        records={Gene(row.gene): row.lrg for row in records},
        transcripts=transcripts,
        regions=tuple(
            Region(row.name, RegionRole.PARALOGUE, row.gene, row.build, row.contig, row.start, row.end)
            for row in regions
        ),
        nmd_escape_bases=next(row.value for row in rules if row.rule == NMD_ESCAPE_BASES),
        sources=(
            *(f"{row.accession}: {row.source}" for row in transcripts),
            *(f"{row.name} {row.build}: {row.source}" for row in regions),
            *(f"{row.rule}: {row.source}" for row in rules),
        ),
    )


def overlay_faults(folder: Traversable | None = None) -> tuple[Problem, ...]:
    """What :func:`read_overlay` refuses."""
    try:
        read_overlay(folder)
    except Refused as refusal:
        return refusal.problems
    return ()


def _gather(read: Callable[[], tuple[RowT, ...]], faults: list[Problem]) -> tuple[RowT, ...]:
    """The rows, or none and their faults."""
    try:
        return read()
    except Refused as refusal:
        faults += refusal.problems
        return ()


def _numbered(rows: Iterable[RowT]) -> Iterator[tuple[int, RowT]]:
    """Rows with the lines they stand on."""
    return enumerate(rows, FIRST_LINE)


def _record_faults(rows: tuple[RecordRow, ...]) -> Iterator[Problem]:
    """A gene the program does not have: its members are made of the package's own table."""
    for line, row in _numbered(rows):
        if row.gene not in tuple(Gene):
            known = f"a gene of the installed panel ({', '.join(Gene)})"
            yield problem("HA-KNO-006", file=RECORDS, line=line, column="gene", value=row.gene, known=known)


def _chromosome_faults(rows: tuple[ChromosomeRow, ...]) -> Iterator[Problem]:
    for line, row in _numbered(rows):
        for column, length in (("grch37_length", row.grch37_length), ("grch38_length", row.grch38_length)):
            if length < 1:
                yield problem(
                    "HA-KNO-011", file=CONTIGS, line=line, column=column, value=length, bounds="what a length can be"
                )


def _transcript_faults(rows: tuple[TranscriptRow, ...], genes: set[str]) -> Iterator[Problem]:
    yield from repeated(rows, TRANSCRIPTS, lambda row: (row.gene, row.record))
    yield from repeated(rows, TRANSCRIPTS, lambda row: row.accession)
    for line, row in _numbered(rows):
        if row.gene not in genes:
            reason = f"{row.gene} has no row in {RECORDS}"
            yield problem("HA-KNO-009", file=TRANSCRIPTS, line=line, reason=reason)
        for build in Build:
            start, end = row.given(build)
            if (start is None) != (end is None) or (start or 0) > (end or 0):
                low, high = f"{build.lower()}_start", f"{build.lower()}_end"
                yield problem("HA-KNO-014", file=TRANSCRIPTS, line=line, subject=low, other=high)
    for gene in sorted(genes):
        mane = [line for line, row in _numbered(rows) if row.gene == gene and row.mane_select]
        if not mane:
            yield problem("HA-KNO-007", file=TRANSCRIPTS, missing=f"row with the MANE Select transcript of {gene}")
        for line in mane[1:]:
            what = f"which transcript of {gene} is MANE Select"
            yield problem("HA-KNO-008", file=TRANSCRIPTS, line=line, other=f"line {mane[0]}", combination=what)


def _region_faults(rows: tuple[RegionRow, ...]) -> Iterator[Problem]:
    yield from repeated(rows, REGIONS, lambda row: (row.name, row.build))
    for line, row in _numbered(rows):
        length = contig_length(row.contig, row.build)
        for column, value, low in (("start", row.start, 1), ("end", row.end, row.start)):
            if not low <= value <= length:
                bounds = f"{low}-{length} of chromosome {row.contig} ({row.build})"
                yield problem("HA-KNO-011", file=REGIONS, line=line, column=column, value=value, bounds=bounds)
    for (first, one), (second, other) in combinations(_numbered(rows), 2):
        shared = max(one.start, other.start)
        if (one.build, one.contig) == (other.build, other.contig) and shared <= min(one.end, other.end):
            what = f"{one.contig}:{shared} ({one.build})"
            yield problem("HA-KNO-008", file=REGIONS, line=second, other=f"line {first}", combination=what)


def _rule_faults(rows: tuple[RuleRow, ...]) -> Iterator[Problem]:
    yield from repeated(rows, RULES, lambda row: row.rule)
    for line, row in _numbered(rows):
        if row.rule != NMD_ESCAPE_BASES:
            reason = f"the program has no rule '{row.rule}', only {NMD_ESCAPE_BASES}"
            yield problem("HA-KNO-009", file=RULES, line=line, reason=reason)
        elif row.value < 0:
            bounds = "what a number of bases can be"
            yield problem("HA-KNO-011", file=RULES, line=line, column="value", value=row.value, bounds=bounds)
    if NMD_ESCAPE_BASES not in {row.rule for row in rows}:
        yield problem("HA-KNO-007", file=RULES, missing=f"row with the rule {NMD_ESCAPE_BASES}")
