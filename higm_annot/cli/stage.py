"""``higm-annot stage``: the steps of the workflow, one command each; Snakemake calls them, people call ``run``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from higm_annot.report.formats import USUAL


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``stage`` command and its five steps."""
    stage = commands.add_parser("stage", help="one step of the Snakemake workflow")
    steps = stage.add_subparsers(dest="step", metavar="STEP", required=True)
    filter_ = steps.add_parser("filter", help="files of one batch: cut, normalise, account")
    _batch(filter_)
    filter_.add_argument("--build", choices=("GRCh37", "GRCh38"))
    filter_.add_argument("--sex-check", action="store_true")
    filter_.set_defaults(handler=_filter)
    annotate = steps.add_parser("annotate", help="the distinct alleles of all cut people")
    annotate.add_argument("--table", required=True, metavar="JSON")
    _evidence(annotate)
    annotate.add_argument("--vcf", required=True, metavar="DIR")
    annotate.add_argument("--record", default="", metavar="FILE")
    annotate.add_argument("intake", nargs="+", metavar="INTAKE_DIR")
    annotate.set_defaults(handler=_annotate)
    report = steps.add_parser("report", help="the reports of one batch of families")
    _batch(report)
    _evidence(report)
    report.add_argument("--alleles", required=True, metavar="JSON")
    report.add_argument("--problems", required=True, metavar="JSON")
    report.add_argument("--lab", default="", metavar="FILE")
    report.add_argument("--formats", default=",".join(USUAL))
    report.add_argument("intake", nargs="+", metavar="INTAKE_DIR")
    report.set_defaults(handler=_report)
    summary = steps.add_parser("summary", help="index, summary, ledger and problems of the run")
    _sheet(summary)
    summary.add_argument("--out", required=True, metavar="DIR")
    summary.add_argument("--problems", required=True, nargs="+", metavar="JSON")
    summary.add_argument("intake", nargs="+", metavar="INTAKE_DIR")
    summary.set_defaults(handler=_summary)
    gate = steps.add_parser("gate", help="fail if any sample failed or lacks a report")
    _sheet(gate)
    gate.add_argument("--formats", default=",".join(USUAL))
    gate.add_argument("--out", required=True, metavar="DIR")
    gate.add_argument("--observations", default="", metavar="RECORD")
    gate.set_defaults(handler=_gate)


def _sheet(step: argparse.ArgumentParser) -> None:
    step.add_argument("--samples", required=True, metavar="TSV")
    step.add_argument("--ped", default="", metavar="FILE")


def _batch(step: argparse.ArgumentParser) -> None:
    _sheet(step)
    step.add_argument("--batch", type=int, required=True, metavar="I")
    step.add_argument("--batches", type=int, required=True, metavar="N")
    step.add_argument("--out", required=True, metavar="DIR")


def _evidence(step: argparse.ArgumentParser) -> None:
    step.add_argument("--evidence", default="", metavar="DIR")


def _paths(names: list[str]) -> list[Path]:
    return [Path(name) for name in names]


def _filter(options: argparse.Namespace) -> int:
    from higm_annot import stages  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.batches import Batch  # noqa: PLC0415 - as above
    from higm_annot.intake.sheet import read_sheet  # noqa: PLC0415 - as above
    from higm_annot.reference.types import Build  # noqa: PLC0415 - as above

    stated = Build(options.build) if options.build else None
    sheet = read_sheet(options.samples, options.ped)
    batch = Batch(options.batch, options.batches)
    stages.filter_batch(sheet, batch, Path(options.out), stated, sex_check=options.sex_check)
    return 0


def _annotate(options: argparse.Namespace) -> int:
    from higm_annot import stages  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.evidence.sources import evidence_with  # noqa: PLC0415 - as above
    from higm_annot.laboratory import with_record  # noqa: PLC0415 - as above

    evidence = with_record(evidence_with(options.evidence), options.record)
    stages.annotate_run(_paths(options.intake), Path(options.table), Path(options.vcf), evidence)
    return 0


def _report(options: argparse.Namespace) -> int:
    from higm_annot import stages  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.batches import Batch  # noqa: PLC0415 - as above
    from higm_annot.cli.run import formats  # noqa: PLC0415 - as above
    from higm_annot.evidence.sources import evidence_with  # noqa: PLC0415 - as above
    from higm_annot.intake.sheet import read_sheet  # noqa: PLC0415 - as above
    from higm_annot.report.letterhead import read_letterhead  # noqa: PLC0415 - as above

    stages.report_batch(
        read_sheet(options.samples, options.ped),
        Batch(options.batch, options.batches),
        Path(options.alleles),
        _paths(options.intake),
        Path(options.out),
        Path(options.problems),
        formats(options.formats),
        evidence=evidence_with(options.evidence),
        letterhead=read_letterhead(options.lab),
    )
    return 0


def _summary(options: argparse.Namespace) -> int:
    from higm_annot import stages  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.intake.sheet import read_sheet  # noqa: PLC0415 - as above

    sheet = read_sheet(options.samples, options.ped)
    stages.summarise(sheet, _paths(options.intake), _paths(options.problems), Path(options.out))
    return 0


def _gate(options: argparse.Namespace) -> int:
    from higm_annot import stages  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.cli.record import today  # noqa: PLC0415 - as above
    from higm_annot.cli.run import formats  # noqa: PLC0415 - as above
    from higm_annot.intake.sheet import read_sheet  # noqa: PLC0415 - as above
    from higm_annot.laboratory import observe_reports  # noqa: PLC0415 - as above

    sheet, out = read_sheet(options.samples, options.ped), Path(options.out)
    lines, code = stages.gate(sheet, out, formats(options.formats))
    if options.observations and not code:
        new = observe_reports(options.observations, out, sheet.people, today())
        lines.append(f"reports new on the record {options.observations}: {new}")
    print("\n".join(lines), file=sys.stderr)
    return code
