"""The whole way from a sheet to reports: opens sources, hands values from room to room, collects problems.

The command line runs it in one process (:func:`run`); the workflow runs the same functions step by step
(:mod:`higm_annot.stages`), so both write the same bytes.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from higm_annot.annotated import alleles_of, annotate_alleles
from higm_annot.batches import families, file_groups, untested_of, untested_relatives
from higm_annot.evidence.sources import EMBEDDED, Evidence
from higm_annot.group import Group
from higm_annot.intake.coverage import read_callable
from higm_annot.intake.outside import unknown_samples
from higm_annot.intake.read import open_file, sample_names
from higm_annot.intake.sheet import Sheet, sheet_of_cells
from higm_annot.intake.types import Person, PersonIntake, failed_intake
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.problems import Problem, Refused, Severity, problem
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Panel
from higm_annot.report.document import compose, failed
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.run_files import RunFiles, refuse_strangers
from higm_annot.report.types import Report
from higm_annot.report.write import write_reports

OK, BUG, SOME_FAILED = 0, 1, 3
OUR_FAULT = "HA-RUN-004"
UNREAD_COLUMNS = ("sv_vcf", "partner", "karyotype")

Intervals = tuple[tuple[Contig, int, int], ...]


class Outcome(Struct, frozen=True):
    """What came of a run: how many reports, and what stands in their way."""

    reports: int
    failed: tuple[str, ...]
    held: tuple[str, ...]
    faults: int

    @property
    def exit_code(self) -> int:
        """0 all made, 1 a fault of ours, 3 some samples failed."""
        if self.faults:
            return BUG
        return SOME_FAILED if self.failed else OK

    def sentence(self, out: str) -> str:
        """One line for the person at the terminal."""
        parts = [f"{self.reports} report{'s' * (self.reports != 1)} in {out}"]
        if self.failed:
            parts.append(f"{len(self.failed)} failed: {', '.join(self.failed[:10])}")
        if self.held:
            parts.append(f"{len(self.held)} on hold: {', '.join(self.held[:10])} (see problems.tsv)")
        return "; ".join(parts) + f". Open {Path(out) / 'index.html'}."


_OF_A_RUN = frozenset({"vcf_sample", "mode"})  # what may be said of everybody in a file


def check_fasta(path: str, stated: Build | None) -> Build:
    """Compare a genome with the embedded loci; its build, or :class:`Refused` with what differs."""
    from higm_annot.reference.fasta import check_fasta as check  # noqa: PLC0415 - needs pysam, which most runs do not

    build = check(path, load_panel())
    if stated is not None and build is not stated:
        raise Refused(problem("HA-REF-090", file=path, build=build, stated=stated))
    return build


def sheet_of_one(vcf: str, cells: Mapping[str, str], ped: str = "") -> Sheet:
    """A sheet for one VCF given on the command line: one person per sample of the file, or the one named.

    Raises
    ------
    Refused
        When the file cannot be opened as a VCF, has no samples, or a cell is not accepted; when it holds several
        samples and what is said of one person would be said of all (HA-RUN-008).
    """
    wanted = cells.get("vcf_sample", "")
    names = (wanted,) if wanted else sample_names(vcf)
    personal = [f"--{name.replace('_', '-')}" for name, value in cells.items() if value and name not in _OF_A_RUN]
    if len(names) > 1 and personal:
        shown = ", ".join((*names[:5], *(["…"] if len(names) > 5 else [])))
        raise Refused(problem("HA-RUN-008", file=vcf, count=len(names), names=shown, options=", ".join(personal)))
    return sheet_of_cells([{**cells, "sample": name, "vcf": vcf, "vcf_sample": name} for name in names], ped)


def intake_people(
    people: Sequence[Person], panel: Panel, stated_build: Build | None, *, sex_check: bool = False
) -> list[PersonIntake]:
    """The intakes of these people, in the order given; the parameters are those of :func:`reading`."""
    return list(map(reading(people, panel, stated_build, sex_check=sex_check), people))


def reading(
    people: Sequence[Person], panel: Panel, stated_build: Build | None, *, sex_check: bool = False
) -> Callable[[Person], PersonIntake]:
    """Gives the intake of each of these people when asked; a file is read once, for the first of its people.

    ``sex_check`` looks at all of X and Y too.
    """
    by_file: dict[str, list[Person]] = {}
    for person in people:
        by_file.setdefault(person.vcf, []).append(person)
    opened: dict[str, Callable[[Person], PersonIntake]] = {}
    refused: dict[str, tuple[Problem, ...]] = {}

    def intake(person: Person) -> PersonIntake:
        try:
            if person.vcf not in opened:
                sharing = by_file[person.vcf]
                callable_, faults = _coverage(sharing)
                refused.update(faults)
                opened[person.vcf] = open_file(
                    person.vcf, sharing, panel, stated_build, callable_=callable_, sex_check=sex_check
                )
            found = opened[person.vcf](person)
        except Exception as error:  # noqa: BLE001 - one file's fault must not take the others with it
            found = failed_intake(person, (_fault(person.sample, error),))
        faults_of_coverage = refused.get(person.sample, ())
        problems = (*found.problems, *faults_of_coverage, *_unread(person), *_consent_without_age(person))
        return msgspec.structs.replace(
            found,
            problems=tuple(_named(one, person.sample) for one in problems),
            failed=found.failed or bool(faults_of_coverage),
        )

    return intake


def _named(found: Problem, sample: str) -> Problem:
    """A problem of a whole file, said of the person it concerns."""
    return found if found.sample else msgspec.structs.replace(found, sample=sample)


def _fault(sample: str, error: Exception) -> Problem:
    """A fault of ours as a problem of this sample.

    Only its kind and its place in our code are told: the message of an error may name an allele that is withheld.
    """
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return problem(
        OUR_FAULT, sample=sample, kind=type(error).__name__, place=f"{Path(frame.filename).name}:{frame.lineno}"
    )


def _coverage(people: Sequence[Person]) -> tuple[dict[str, Intervals], dict[str, tuple[Problem, ...]]]:
    """Callable intervals by sample, and the problems of those whose file is refused."""
    intervals, refused = {}, {}
    for person in people:
        if person.coverage:
            try:
                intervals[person.sample] = read_callable(person.coverage, person.sample)
            except Refused as refusal:
                refused[person.sample] = refusal.problems
    return intervals, refused


def _shown(column: str, value: str) -> str:
    """A cell as a report may show it: a file without its folders, nothing of another sample."""
    if column == "partner":
        return "another sample"
    return Path(value).name if column == "sv_vcf" else value


def _consent_without_age(person: Person) -> list[Problem]:
    """A hold for the laboratory: consent to secondary findings counts for adults only, and the age is not known."""
    if person.consent_secondary and not person.age_at_sampling:
        return [problem("HA-SHT-021", sample=person.sample)]
    return []


def _unread(person: Person) -> list[Problem]:
    """A warning for every filled column that this version does not read yet."""
    return [
        problem("HA-RUN-006", sample=person.sample, column=column, name=_shown(column, getattr(person, column)))
        for column in UNREAD_COLUMNS
        if getattr(person, column)
    ]


def report_on(intake: PersonIntake, group: Group) -> tuple[Report, tuple[Problem, ...]]:
    """The report of one person, and all problems met on the way (those for the laboratory only included)."""
    person = group.judged(intake)
    if person.refused or person.interpretation is None:
        refused = msgspec.structs.replace(intake, problems=person.problems)
        return failed(refused, group.panel, group.evidence), person.problems
    cases = group.family_evidence.classes(person)
    report = compose(
        person=msgspec.structs.replace(person.intake, problems=person.problems),
        genotypes=person.genotypes,
        interpretation=group.family_evidence.noted(person.interpretation, person, cases),
        alleles=person.alleles,
        relatives=person.relatives,
        family=group.told(person),
        panel=group.panel,
        witnesses=group.witnesses,
        evidence=group.evidence,
        phenotype=person.phenotype,
        cases=cases,
        cases_rest_on=group.family_evidence.digests(person, cases),
    )
    return report, person.problems


def remarks_on(sheet: Sheet) -> tuple[Problem, ...]:
    """Remarks on the sheet and on what it names, of no single person."""
    return (*sheet.problems, *unknown_samples(sheet.people))


def guarded_report(intake: PersonIntake, group: Group) -> tuple[Report, tuple[Problem, ...]]:
    """Like :func:`report_on`, but a fault of ours becomes this sample's failed report (problem HA-RUN-004)."""
    try:
        return report_on(intake, group)
    except Exception as error:  # noqa: BLE001 - one sample's fault must not take the others with it
        problems = (*intake.problems, _fault(intake.person.sample, error))
        fault = msgspec.structs.replace(intake, problems=problems, failed=True)
        return failed(fault, group.panel, group.evidence), problems


def run(  # noqa: PLR0913 - one argument for each option of the command
    sheet: Sheet,
    out: Path,
    *,
    formats: tuple[str, ...],
    stated_build: Build | None,
    say: Callable[[str], None],
    sex_check: bool = False,
    evidence: Evidence = EMBEDDED,
    letterhead: Letterhead | None = None,
) -> Outcome:
    """Everything in one process: read, annotate, report, summarise.

    A file is read once; of its people only those of one family are held in memory together.

    Raises
    ------
    Refused
        When the output folder cannot be written, or holds reports of other people.
    """
    refuse_strangers(out, sheet.people)
    failures, held, faults = [], [], 0
    said: set[Problem] = set()
    remarks = remarks_on(sheet)
    for found in remarks:
        if found.severity is not Severity.INFO:
            say(found.text())
    with RunFiles(out, sheet.people, remarks) as files:
        for intake, report, problems in _reports(sheet, stated_build, say, sex_check=sex_check, evidence=evidence):
            write_reports(out / "reports", report, formats, letterhead)
            files.add(report, intake.ledger, problems)
            faults += any(found.code == OUR_FAULT for found in problems)
            if report.status == "failed":
                failures.append(report.sample.id)
            elif report.release == "hold":
                held.append(report.sample.id)
            for found in problems:
                # What is wrong with a file is said once, not once for each person in it.
                told = msgspec.structs.replace(found, sample="")
                if found.severity is not Severity.INFO and told not in said:
                    said.add(told)
                    say(found.text())
    return Outcome(len(sheet.people) - len(failures), tuple(failures), tuple(held), faults)


def _reports(
    sheet: Sheet, stated_build: Build | None, say: Callable[[str], None], *, sex_check: bool, evidence: Evidence
) -> Iterator[tuple[PersonIntake, Report, tuple[Problem, ...]]]:
    """Everybody's report with all problems met; a family is read when the reports of the one before are taken."""
    panel = load_panel()
    alleles: dict[str, AnnotatedAllele] = {}
    relatives = untested_relatives(sheet.people, sheet.untested)
    for people in file_groups(sheet.people, sheet.untested):
        read = reading(people, panel, stated_build, sex_check=sex_check)
        for family in families(people, sheet.untested):
            intakes = list(map(read, family))
            new = (allele for allele in alleles_of(intakes) if allele.key not in alleles)
            alleles |= annotate_alleles(panel, new, say, evidence)
            group = Group(intakes, alleles, panel, untested_of(family, relatives), evidence)
            for intake in intakes:
                yield (intake, *guarded_report(intake, group))
