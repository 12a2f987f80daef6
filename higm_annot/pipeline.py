"""The whole way from a sheet to reports: opens sources, hands values from room to room, collects problems.

The command line runs it in one process (:func:`run`); the workflow runs the same functions step by step
(:mod:`higm_annot.stages`), so both write the same bytes.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from higm_annot.batches import file_groups
from higm_annot.classification.classify import classify
from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.haplotype import joined
from higm_annot.consequence.types import AlleleEffects
from higm_annot.evidence.snapshot import records_for
from higm_annot.genotype.resolve import resolve
from higm_annot.intake.coverage import read_callable
from higm_annot.intake.outside import read_outside, unknown_samples
from higm_annot.intake.read import read_file, sample_names
from higm_annot.intake.sheet import Sheet, sheet_of_cells
from higm_annot.intake.types import Allele, Outside, Person, PersonIntake, failed_intake
from higm_annot.interpretation.assays import hear_assays, with_found
from higm_annot.interpretation.interpret import interpret
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.problems import Problem, Refused, Severity, problem
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Panel
from higm_annot.report.document import compose, failed
from higm_annot.report.run_files import RunFiles
from higm_annot.report.types import Report
from higm_annot.report.write import write_reports

OK, BUG, SOME_FAILED = 0, 1, 3
OUR_FAULT = "HA-RUN-004"
UNREAD_COLUMNS = ("sv_vcf", "phenotype", "partner", "karyotype")

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


def intake_people(people: Sequence[Person], panel: Panel, stated_build: Build | None) -> list[PersonIntake]:
    """Read the files of these people, each file once; in the order given."""
    found: dict[str, PersonIntake] = {}
    by_file: dict[str, list[Person]] = {}
    for person in people:
        by_file.setdefault(person.vcf, []).append(person)
    for path, sharing in by_file.items():
        callable_, refused = _coverage(sharing)
        for intake in _read(path, sharing, panel, stated_build, callable_):
            faults = refused.get(intake.person.sample, ())
            problems = (*intake.problems, *faults, *_unread(intake.person), *_consent_without_age(intake.person))
            problems = tuple(_named(one, intake.person.sample) for one in problems)
            found[intake.person.sample] = msgspec.structs.replace(
                intake, problems=problems, failed=intake.failed or bool(faults)
            )
    return [found[person.sample] for person in people]


def _named(found: Problem, sample: str) -> Problem:
    """A problem of a whole file, said of the person it concerns."""
    return found if found.sample else msgspec.structs.replace(found, sample=sample)


def _read(
    path: str, people: Sequence[Person], panel: Panel, stated_build: Build | None, callable_: Mapping[str, Intervals]
) -> tuple[PersonIntake, ...]:
    """:func:`read_file`, with a fault of ours kept to the people of this file."""
    try:
        return read_file(path, people, panel, stated_build, callable_=callable_)
    except Exception as error:  # noqa: BLE001 - one file's fault must not take the others with it
        return tuple(failed_intake(person, (_fault(person.sample, error),)) for person in people)


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


def _consent_without_age(person: Person) -> list[Problem]:
    """A hold for the laboratory: consent to secondary findings counts for adults only, and the age is not known."""
    if person.consent_secondary and not person.age_at_sampling:
        return [problem("HA-SHT-021", sample=person.sample)]
    return []


def _unread(person: Person) -> list[Problem]:
    """A warning for every filled column that this version does not read yet."""
    return [
        problem("HA-RUN-006", sample=person.sample, column=column, name=Path(getattr(person, column)).name)
        for column in UNREAD_COLUMNS
        if getattr(person, column)
    ]


def alleles_of(people: Iterable[PersonIntake]) -> set[Allele]:
    """The distinct alleles that somebody carries or might carry."""
    return {call.allele for person in people for call in (*person.calls, *person.no_calls)}


def annotate_allele(panel: Panel, allele: Allele) -> AnnotatedAllele:
    """Everything about an allele that does not depend on a person."""
    return judged(panel, allele, annotate(panel, allele))


def judged(panel: Panel, allele: Allele, effects: AlleleEffects) -> AnnotatedAllele:
    """An allele with its evidence, class and firewall, from its effects."""
    hit = paralogue_at(panel, allele.build, allele.contig, allele.pos, allele.end)
    level = hit.level if hit else ""
    records = records_for(effects.keys[Build.GRCH38]) if Build.GRCH38 in effects.keys else ()
    return AnnotatedAllele(
        key=allele.key,
        effects=effects,
        allele_class=classify(effects, records, level),
        paralogue=level,
        paralogue_region=hit.name if hit else "",
    )


def annotate_alleles(panel: Panel, alleles: Iterable[Allele], say: Callable[[str], None]) -> dict[str, AnnotatedAllele]:
    """Annotated alleles by key; one that we fail on is said and left out, which fails the people who carry it only."""
    known = {}
    for allele in sorted(alleles):
        try:
            known[allele.key] = annotate_allele(panel, allele)
        except Exception as error:  # noqa: BLE001 - one allele's fault must not take everybody with it
            say(f"fault of the program: {allele.key} could not be annotated ({type(error).__name__}: {error})")
    return known


def report_on(
    intake: PersonIntake,
    everyone: Mapping[str, PersonIntake],
    alleles: Mapping[str, AnnotatedAllele],
    panel: Panel,
) -> tuple[Report, tuple[Problem, ...]]:
    """The report of one person, and all problems met on the way (those for the laboratory only included)."""
    person = intake.person
    outside, refused = _outside(person)
    if intake.failed or refused:
        problems = (*intake.problems, *refused)
        return failed(msgspec.structs.replace(intake, problems=problems), panel), problems
    relatives, remarks = _relatives(intake, everyone)
    resolved = resolve(intake, relatives.get("mother"), relatives.get("father"), panel)
    keys = {state.call.allele.key for state in resolved.states} & alleles.keys()
    genotypes, joints = joined(panel, resolved, {key: alleles[key].effects for key in keys})
    if joints:
        alleles = {**alleles, **{one.effects.key: judged(panel, one.state.call.allele, one.effects) for one in joints}}
    assays = hear_assays(panel, intake, genotypes, alleles, outside)
    if assays.found:
        genotypes = with_found(genotypes, assays)
        alleles = {
            **alleles,
            **{one.effects.key: judged(panel, one.state.call.allele, one.effects) for one in assays.found},
        }
    interpretation = interpret(intake, genotypes, alleles, assays.calls, assays)
    problems = (*intake.problems, *outside.problems, *remarks, *genotypes.problems, *interpretation.problems)
    report = compose(
        person=msgspec.structs.replace(intake, problems=problems),
        genotypes=genotypes,
        interpretation=interpretation,
        alleles=alleles,
        relatives=relatives,
        panel=panel,
    )
    return report, problems


def remarks_on(sheet: Sheet) -> tuple[Problem, ...]:
    """Remarks on the sheet and on what it names, of no single person."""
    return (*sheet.problems, *unknown_samples(sheet.people))


def _outside(person: Person) -> tuple[Outside, tuple[Problem, ...]]:
    if not person.outside_calls:
        return Outside(), ()
    try:
        return read_outside(person.outside_calls, person), ()
    except Refused as refusal:
        return Outside(), refusal.problems


def _relatives(
    intake: PersonIntake, everyone: Mapping[str, PersonIntake]
) -> tuple[dict[str, PersonIntake], tuple[Problem, ...]]:
    """Parents who can serve as evidence, by role; a remark for each who cannot."""
    relatives, remarks = {}, []
    for role, name in (("mother", intake.person.mother), ("father", intake.person.father)):
        if not name:
            continue
        parent = everyone.get(name)
        if parent is None or parent.failed or parent.verdict is None:
            reason = "that sample failed"
        elif intake.verdict is not None and parent.verdict.build is not intake.verdict.build:
            reason = f"{parent.verdict.build} against {intake.verdict.build}"
        else:
            relatives[role] = parent
            continue
        remarks.append(problem("HA-PED-001", sample=intake.person.sample, role=role, other=name, reason=reason))
    return relatives, tuple(remarks)


def guarded_report(
    intake: PersonIntake,
    everyone: Mapping[str, PersonIntake],
    alleles: Mapping[str, AnnotatedAllele],
    panel: Panel,
) -> tuple[Report, tuple[Problem, ...]]:
    """Like :func:`report_on`, but a fault of ours becomes this sample's failed report (problem HA-RUN-004)."""
    try:
        return report_on(intake, everyone, alleles, panel)
    except Exception as error:  # noqa: BLE001 - one sample's fault must not take the others with it
        problems = (*intake.problems, _fault(intake.person.sample, error))
        return failed(msgspec.structs.replace(intake, problems=problems, failed=True), panel), problems


def run(
    sheet: Sheet,
    out: Path,
    *,
    formats: tuple[str, ...],
    stated_build: Build | None,
    say: Callable[[str], None],
) -> Outcome:
    """Everything in one process: read, annotate, report, summarise.

    People who share a file or a family are held in memory together; others are not, so memory stays flat.

    Raises
    ------
    Refused
        When the output folder cannot be written.
    """
    panel = load_panel()
    alleles: dict[str, AnnotatedAllele] = {}
    failures, held, faults = [], [], 0
    said: set[Problem] = set()
    with RunFiles(out, sheet.people, remarks_on(sheet)) as files:
        for group in file_groups(sheet.people, sheet.untested):
            intakes = intake_people(group, panel, stated_build)
            everyone = {intake.person.sample: intake for intake in intakes}
            alleles |= annotate_alleles(panel, (a for a in alleles_of(intakes) if a.key not in alleles), say)
            for intake in intakes:
                report, problems = guarded_report(intake, everyone, alleles, panel)
                write_reports(out / "reports", report, formats)
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
