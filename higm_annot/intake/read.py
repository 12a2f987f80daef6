"""One file in, one intake per person out. Bad input never raises here: it gives failed intakes with problems."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from higm_annot.intake.assess import Evidence, Exon, assess, exons_of, sufficient
from higm_annot.intake.build import establish
from higm_annot.intake.calls import Column, ColumnReader
from higm_annot.intake.files import read_cut, read_header
from higm_annot.intake.ledger import is_balanced, units_read
from higm_annot.intake.phasing import bars_tell
from higm_annot.intake.records import Site, regions_touched, sites_of
from higm_annot.intake.sex_chromosomes import read_sex_chromosomes
from higm_annot.intake.types import BuildVerdict, Person, PersonIntake, SexChromosomes, failed_intake
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.contigs import parse_contig
from higm_annot.reference.types import Build, Contig, Panel

Intervals = Sequence[tuple[Contig, int, int]]
MOST_NAMES = 8


class _File(Struct, frozen=True):
    """What the people of a file share."""

    name: str
    samples: tuple[str, ...]
    columns: dict[str, int]
    verdict: BuildVerdict
    sites: tuple[Site, ...]
    units: int
    unusable: Intervals
    exons: tuple[Exon, ...]
    contigs_seen: tuple[Contig, ...]
    problems: tuple[Problem, ...]
    bars: str
    sex_chromosomes: Mapping[str, SexChromosomes] = {}

    def column_name(self, person: Person) -> str:
        """The sample column that is this person's; it may not exist."""
        return person.vcf_sample or (self.samples[0] if len(self.samples) == 1 else person.sample)


def read_file(
    path: str,
    people: Sequence[Person],
    panel: Panel,
    stated_build: Build | None = None,
    *,
    callable_: Mapping[str, Intervals] | None = None,
    sex_check: bool = False,
) -> tuple[PersonIntake, ...]:
    """The intakes of all these people at once, in their order; the parameters are those of :func:`open_file`."""
    opened = open_file(path, people, panel, stated_build, callable_=callable_, sex_check=sex_check)
    return tuple(map(opened, people))


def open_file(
    path: str,
    people: Sequence[Person],
    panel: Panel,
    stated_build: Build | None = None,
    *,
    callable_: Mapping[str, Intervals] | None = None,
    sex_check: bool = False,
) -> Callable[[Person], PersonIntake]:
    """Read one VCF or BCF for all the people of the sheet who are in it; their columns are read one by one later.

    Parameters
    ----------
    path
        VCF (text, gzip, BGZF) or BCF, with or without index.
    people
        Rows of the sheet that name this file.
    panel
        The reference.
    stated_build
        Build the user states; it is checked against the file and never overrides it.
    callable_
        Callable intervals by sample id (1-based inclusive), where the laboratory gave any.
    sex_check
        Whether to count changes on the whole of X and Y too.

    Returns
    -------
    callable
        Gives the intake of one of ``people``. A file that cannot be used fails all of them, a fault of one person only
        that one.
    """
    try:
        file = _read(path, panel, stated_build)
        if sex_check:
            file = _with_sex_chromosomes(file, path, people)
    except Refused as refusal:
        problems = refusal.problems
        return lambda person: _failed(person, problems)
    reader = ColumnReader(file.sites, file.verdict.build, bars=file.bars)
    users = Counter(file.column_name(person) for person in people)

    def intake(person: Person) -> PersonIntake:
        count = users[file.column_name(person)]
        if count > 1:
            return _shared(file, person, count)
        return _person(file, reader, person, (callable_ or {}).get(person.sample, ()))

    return intake


def sample_names(path: str) -> tuple[str, ...]:
    """Names of the sample columns of a file.

    Raises
    ------
    Refused
        When the file's header cannot be read, or it has no sample columns.
    """
    samples = read_header(path).samples
    if not samples:
        raise Refused(problem("HA-VCF-009", file=Path(path).name))
    return samples


def _read(path: str, panel: Panel, stated_build: Build | None) -> _File:
    """The part of the work that is done once a file.

    Raises
    ------
    Refused
        When the file as a whole cannot be used.
    """
    cut = read_cut(path, panel)
    if not cut.header.samples:
        raise Refused(problem("HA-VCF-009", file=cut.file))
    if cut.first_contig and not cut.names:
        raise Refused(problem("HA-VCF-014", file=cut.file, contigs=", ".join(Contig), contig=cut.first_contig[:40]))
    verdict, remarks = establish(cut, panel, stated_build)
    sites, faults = sites_of(cut, panel, verdict.build)
    in_genes = any(not site.pseudogene_of or any(view.allele for view in site.views) for site in sites)
    nothing = () if in_genes else (problem("HA-VCF-015", file=cut.file),)
    regions = [region for region in panel.regions if region.build is verdict.build]
    return _File(
        name=cut.file,
        samples=cut.header.samples,
        columns={sample: number for number, sample in enumerate(cut.header.samples)},
        verdict=verdict,
        sites=sites,
        units=units_read(line for line in cut.lines if regions_touched(line, regions)),
        unusable=tuple(
            (site.contig, site.place.pos, site.place.pos + len(site.place.ref) - 1)
            for site in sites
            if not site.shows_reference
        ),
        exons=exons_of(panel, verdict.build),
        contigs_seen=tuple(contig for contig in Contig if contig in {parse_contig(name) for name in cut.names}),
        problems=(*cut.problems, *remarks, *faults, *nothing),
        bars=bars_tell(cut.header),
    )


def _with_sex_chromosomes(file: _File, path: str, people: Sequence[Person]) -> _File:
    """The file with the counts on X and Y; where they cannot be read the laboratory is told, and that is all."""
    try:
        names = [file.column_name(person) for person in people]
        counts = read_sex_chromosomes(path, names, file.verdict.build)
    except Refused as refusal:
        reason = refusal.problems[0].message
        return msgspec.structs.replace(
            file, problems=(*file.problems, problem("HA-SEX-108", file=file.name, reason=reason))
        )
    return msgspec.structs.replace(file, sex_chromosomes=counts)


def _shared(file: _File, person: Person, count: int) -> PersonIntake:
    """The failed intake of one of several people whom the sheet gives one column: it is not known whose it is."""
    fault = problem(
        "HA-SHT-014", file=file.name, sample=person.sample, column=file.column_name(person), count=count
    )  # fmt: skip
    return _failed(person, (fault, *file.problems), file)


def _person(file: _File, reader: ColumnReader, person: Person, callable_: Intervals) -> PersonIntake:
    """One person's intake."""
    wanted = file.column_name(person)
    if wanted not in file.columns:
        listed = ", ".join(file.samples[:MOST_NAMES]) + (", …" if len(file.samples) > MOST_NAMES else "")
        fault = problem("HA-VCF-010", file=file.name, sample=person.sample, name=wanted, names=listed)
        return _failed(person, (fault, *file.problems), file)
    column = reader.read(file.columns[wanted], person.sample, person.sex)
    problems = (*file.problems, *column.problems)
    if column.malformed:
        return _failed(person, problems, file)
    if not is_balanced(file.units, column.ledger, column.calls, column.no_calls):
        fault = problem(
            "HA-VCF-021", file=file.name, sample=person.sample, expected=file.units, found=len(column.ledger)
        )
        return _failed(person, (*problems, fault), file, column)
    general = bool(callable_) or any(sufficient(stretch) for stretch in column.block_evidence)
    evidence = Evidence(
        stretches=column.reference,
        callable_=callable_,
        calls=column.calls,
        no_calls=column.no_calls,
        unusable=(*file.unusable, *column.not_reference),
        general=general,
        contigs_seen=frozenset(file.contigs_seen),
        unread=frozenset(one.gene for one in column.unread),
    )
    return PersonIntake(
        person=person,
        verdict=file.verdict,
        calls=column.calls,
        no_calls=column.no_calls,
        reference=column.reference,
        assessment=assess(file.exons, evidence),
        ledger=column.ledger,
        problems=problems,
        contigs_seen=file.contigs_seen,
        has_reference_evidence=general,
        cut_digest=_digest(column.digest, file.sex_chromosomes.get(wanted)),
        sex_chromosomes=file.sex_chromosomes.get(wanted),
        unread=column.unread,
    )


def _digest(cut: str, counts: SexChromosomes | None) -> str:
    """The digest of what a document rests on: the cut records, and the counts on X and Y where they were asked for."""
    return cut if counts is None else hashlib.sha256(cut.encode() + msgspec.json.encode(counts)).hexdigest()


def _failed(
    person: Person, problems: tuple[Problem, ...], file: _File | None = None, column: Column | None = None
) -> PersonIntake:
    """The intake of a person who cannot be reported on, with what is known of the file."""
    intake = failed_intake(person, problems)
    if file is None:
        return intake
    ledger = column.ledger if column else ()
    return msgspec.structs.replace(intake, verdict=file.verdict, contigs_seen=file.contigs_seen, ledger=ledger)
