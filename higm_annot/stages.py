"""The steps of the workflow: what stands between them is on disk, everything else is :mod:`higm_annot.pipeline`.

``filter`` writes one file per person (msgpack of :class:`PersonIntake`) and the cut BCF of every input file;
``annotate`` the allele table of the run; ``report`` the documents; ``summary`` the run's own files; ``gate`` decides
the exit code.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from higm_annot import pipeline
from higm_annot.annotated import alleles_of, annotate_alleles
from higm_annot.batches import Batch, families, family_key, untested_of, untested_relatives
from higm_annot.evidence.labrecord.types import LabRecord
from higm_annot.evidence.sources import EMBEDDED, Evidence
from higm_annot.group import Group
from higm_annot.intake.cut import write_cut
from higm_annot.intake.sheet import Sheet
from higm_annot.intake.types import Person, PersonIntake
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.problems import Problem, Refused, Severity, problem
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build
from higm_annot.report.annotated_vcf import annotated_vcf
from higm_annot.report.formats import ending
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.provenance import made_with
from higm_annot.report.render import read_report
from higm_annot.report.run_files import RunFiles
from higm_annot.report.write import write_reports, write_whole

PACK = ".msgpack"


class AlleleTable(msgspec.Struct, frozen=True):
    """The run's distinct alleles, and what they were annotated with: another version's words are not mixed in.

    ``laboratory`` is the laboratory's record as it was then, so that every batch reads the same.
    """

    made_with: str
    alleles: tuple[AnnotatedAllele, ...]
    laboratory: LabRecord | None = None


def filter_batch(sheet: Sheet, batch: Batch, out: Path, stated_build: Build | None, *, sex_check: bool = False) -> None:
    """Cut the files of one batch; a bad file leaves people marked as failed, not a failed job.

    The folder appears whole or not at all: it is filled under another name and then moved.
    """
    panel = load_panel()
    partial = out.with_name(out.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "cut").mkdir(parents=True)
    by_file: dict[str, list[Person]] = {}
    for person in sheet.people:
        if batch.holds(person.vcf):
            by_file.setdefault(person.vcf, []).append(person)
    for people in by_file.values():
        intakes = pipeline.intake_people(people, panel, stated_build, sex_check=sex_check)
        for intake in intakes:
            (partial / f"{intake.person.sample}{PACK}").write_bytes(msgspec.msgpack.encode(intake))
        readable = [intake for intake in intakes if not intake.failed]
        if readable:
            write_cut(partial / "cut" / f"{people[0].sample}.bcf", readable, panel)
    shutil.rmtree(out, ignore_errors=True)
    partial.rename(out)


def annotate_run(folders: list[Path], table: Path, vcf: Path, evidence: Evidence = EMBEDDED) -> None:
    """Annotate every distinct allele once: a JSON table for the reports, a VCF per build for people and other tools."""
    panel = load_panel()
    alleles = sorted(alleles_of(_packs(folders)))
    known = annotate_alleles(panel, alleles, _say, evidence)
    vcf.mkdir(parents=True, exist_ok=True)
    for build in sorted({allele.build for allele in alleles}):
        pairs = [(one, known[one.key]) for one in alleles if one.build is build and one.key in known]
        write_whole(vcf / f"alleles.{build}.vcf", annotated_vcf(pairs, build).encode())
    content = AlleleTable(made_with(panel, evidence), tuple(known.values()), evidence.laboratory)
    write_whole(table, msgspec.json.format(msgspec.json.encode(content), indent=1))


def report_batch(  # noqa: PLR0913 - one argument for each option of the command
    sheet: Sheet,
    batch: Batch,
    alleles: Path,
    folders: list[Path],
    out: Path,
    problems: Path,
    formats: tuple[str, ...],
    *,
    evidence: Evidence = EMBEDDED,
    letterhead: Letterhead | None = None,
) -> None:
    """Write the reports of one batch of families; a bad sample gets a document with ``status: failed``.

    ``problems`` receives every problem by sample, those for the laboratory only included.
    """
    panel = load_panel()
    content = msgspec.json.decode(alleles.read_bytes(), type=AlleleTable)
    if content.made_with != made_with(panel, evidence):
        raise Refused(problem("HA-RUN-009", file=str(alleles)))
    evidence = evidence.with_laboratory(content.laboratory)
    known = {one.key: one for one in content.alleles}
    met: dict[str, tuple[Problem, ...]] = {}
    relatives = untested_relatives(sheet.people, sheet.untested)
    for group in families(sheet.people, sheet.untested):
        if not batch.holds(family_key(group)):
            continue
        together = Group(
            (_pack(folders, person) for person in group), known, panel, untested_of(group, relatives), evidence
        )
        for intake in together.intakes.values():
            report, met[intake.person.sample] = pipeline.guarded_report(intake, together)
            write_reports(out / "reports", report, formats, letterhead)
    write_whole(problems, msgspec.json.format(msgspec.json.encode(met), indent=1))


def summarise(sheet: Sheet, folders: list[Path], problems: list[Path], out: Path) -> None:
    """Write index, summary, ledger, problems and run manifest from the documents that exist."""
    met: dict[str, tuple[Problem, ...]] = {}
    for path in problems:
        met |= msgspec.json.decode(path.read_bytes(), type=dict[str, tuple[Problem, ...]])
    remarks = pipeline.remarks_on(sheet)
    for found in remarks:
        if found.severity is not Severity.INFO:
            _say(found.text())
    with RunFiles(out, sheet.people, remarks) as files:
        for person in sheet.people:
            intake = _pack(folders, person)
            report = read_report(out / "reports" / f"{person.sample}.json")
            files.add(report, intake.ledger, met[person.sample])


def gate(sheet: Sheet, out: Path, formats: tuple[str, ...]) -> tuple[list[str], int]:
    """What stands in the way of calling the run complete, and the exit code: 0, or 3 if anything does."""
    lines = []
    for person in sheet.people:
        for name in ("json", *formats):
            path = out / "reports" / f"{person.sample}.{ending(name)}"
            if not path.is_file():
                lines.append(problem("HA-RUN-005", sample=person.sample, name=str(path)).text())
        path = out / "reports" / f"{person.sample}.json"
        if path.is_file() and (report := read_report(path)).status == "failed":
            lines += [found.text() for found in report.problems if found.severity == "error"]
    return (lines, 3) if lines else ([f"{len(sheet.people)} reports complete in {out}"], 0)


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _packs(folders: Iterable[Path]) -> Iterator[PersonIntake]:
    """Every person that ``filter`` left, one at a time."""
    for folder in folders:
        for path in sorted(folder.glob(f"*{PACK}")):
            yield msgspec.msgpack.decode(path.read_bytes(), type=PersonIntake)


def _pack(folders: Iterable[Path], person: Person) -> PersonIntake:
    """The intake of one person."""
    for folder in folders:
        path = folder / f"{person.sample}{PACK}"
        if path.is_file():
            return msgspec.msgpack.decode(path.read_bytes(), type=PersonIntake)
    msg = f"no intake of {person.sample} in {', '.join(map(str, folders))}"
    raise FileNotFoundError(msg)
