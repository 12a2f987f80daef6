"""``higm-annot run``: the main job in one process."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from higm_annot.report.formats import FORMATS, PDF, USUAL

if TYPE_CHECKING:
    from higm_annot.intake.sheet import Sheet


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``run`` command."""
    run = commands.add_parser(
        "run",
        help="VCF or sample sheet in, one report per person out",
        description="Give a sample sheet (--samples), or one VCF and what is known of the person in it.",
    )
    run.add_argument("vcf", nargs="?", help="one VCF, BCF or gVCF; every sample in it gets a report")
    run.add_argument("--samples", metavar="TSV", help="sample sheet; see docs/sheet.md for its columns")
    run.add_argument("--ped", default="", metavar="FILE", help="PED with relations, sexes and clinical status")
    run.add_argument(
        "-o", "--out", required=True, metavar="DIR", help="folder for reports/, index.html, summary.tsv ..."
    )
    run.add_argument("--build", choices=("GRCh37", "GRCh38"), help="state the build; it is checked, never forced")
    run.add_argument("--fasta", metavar="FILE", help="check this genome against the embedded loci before anything else")
    run.add_argument(
        "--sex-check", action="store_true", help="compare the declared sex with all of X (and Y) in the file"
    )
    run.add_argument("--evidence", default="", metavar="DIR", help="the laboratory's evidence beside the embedded one")
    run.add_argument("--record", default="", metavar="FILE", help="the laboratory's own classes; see docs/record.md")
    run.add_argument(
        "--record-observations", action="store_true", help="put the alleles of these reports on that record"
    )
    run.add_argument(
        "--formats",
        default=",".join(USUAL),
        metavar="LIST",
        help=f"beside JSON, of {', '.join(FORMATS)} (default {','.join(USUAL)}); see docs/formats.md",
    )
    run.add_argument("--lab", default="", metavar="FILE", help="letterhead of the pages; see docs/letterhead.md")
    run.add_argument("--json", action="store_true", help="print run.json to standard output")
    one = run.add_argument_group("with one VCF")
    one.add_argument("--vcf-sample", metavar="NAME", help="only this sample of the file")
    one.add_argument("--sex", default="", help="male, female or unknown (default)")
    one.add_argument("--affected", default="", help="yes, no or unknown (default)")
    one.add_argument("--mode", default="", help="diagnostic (default), carrier or prenatal")
    one.add_argument("--indication", default="", help="free text shown in the report")
    one.add_argument("--consent-secondary", default="", help="yes or no (default)")
    one.add_argument("--age", default="", metavar="AGE", help="age at sampling, as 34y or 18m")
    one.add_argument("--outside-calls", default="", metavar="TSV", help="results of other assays")
    one.add_argument(
        "--phenotype", default="", metavar="FILE", help="findings: a table, a phenopacket, or HPO ids with commas"
    )
    one.add_argument("--coverage", default="", metavar="BED", help="intervals in which reads suffice")
    run.set_defaults(handler=handle)


def formats(text: str) -> tuple[str, ...]:
    """The formats named in a comma-separated list.

    Raises
    ------
    Refused
        When one is not known, or what it needs is not installed.
    """
    from higm_annot.problems import Refused, problem  # noqa: PLC0415 - imports wait until they are needed

    names = tuple(name for name in text.split(",") if name)
    for name in names:
        if name not in FORMATS:
            raise Refused(problem("HA-RUN-002", name=name, accepted=", ".join(FORMATS)))
    if PDF in names:
        from higm_annot.report.pdf import program  # noqa: PLC0415 - an extra

        program()
    return names


def handle(options: argparse.Namespace) -> int:
    """Run everything and say what came of it."""
    from higm_annot import pipeline  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.evidence.sources import evidence_with  # noqa: PLC0415 - as above
    from higm_annot.intake.sheet import read_sheet  # noqa: PLC0415 - as above
    from higm_annot.laboratory import check_writable, with_record  # noqa: PLC0415 - as above
    from higm_annot.problems import Refused, problem  # noqa: PLC0415 - as above
    from higm_annot.reference.types import Build  # noqa: PLC0415 - as above
    from higm_annot.report.letterhead import read_letterhead  # noqa: PLC0415 - as above

    if bool(options.vcf) == bool(options.samples):
        raise Refused(problem("HA-RUN-003"))
    wanted = formats(options.formats)
    letterhead = read_letterhead(options.lab)
    if options.record_observations:
        if not options.record:
            raise Refused(problem("HA-REC-030"))
        check_writable(options.record)
    stated = Build(options.build) if options.build else None
    evidence = with_record(evidence_with(options.evidence), options.record)
    if options.fasta:
        pipeline.check_fasta(options.fasta, stated)
    if options.samples:
        sheet = read_sheet(options.samples, options.ped)
    else:
        sheet = pipeline.sheet_of_one(options.vcf, _cells(options), options.ped)
    outcome = pipeline.run(
        sheet,
        Path(options.out),
        formats=wanted,
        stated_build=stated,
        say=_say,
        sex_check=options.sex_check,
        evidence=evidence,
        letterhead=letterhead,
    )
    if options.record_observations:
        _say(_observations(options, sheet, outcome.exit_code))
    if options.json:
        sys.stdout.write((Path(options.out) / "run.json").read_text(encoding="utf-8"))
    _say(outcome.sentence(options.out))
    return outcome.exit_code


def _observations(options: argparse.Namespace, sheet: Sheet, code: int) -> str:
    """Put the reports on record if all were made; what was done, in one line."""
    from higm_annot.cli.record import today  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.laboratory import observe_reports  # noqa: PLC0415 - as above
    from higm_annot.problems import problem  # noqa: PLC0415 - as above

    if code:
        return problem("HA-REC-031", file=options.record).text()
    new = observe_reports(options.record, Path(options.out), sheet.people, today())
    return f"reports new on the record {options.record}: {new}"


def _cells(options: argparse.Namespace) -> dict[str, str]:
    """Sheet cells of the one-VCF form, by column."""
    names = (
        "vcf_sample", "sex", "affected", "mode", "indication", "consent_secondary", "outside_calls", "coverage",
        "phenotype",
    )  # fmt: skip
    return {name: getattr(options, name) or "" for name in names} | {"age_at_sampling": options.age}


def _say(line: str) -> None:
    print(line, file=sys.stderr)
