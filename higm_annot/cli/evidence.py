"""``higm-annot evidence``: a laboratory's own evidence directory, made, shown, proved and compared."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``evidence`` command and its actions."""
    evidence = commands.add_parser("evidence", help="update, show, verify or compare evidence directories")
    actions = evidence.add_subparsers(dest="action", metavar="ACTION", required=True)
    update = actions.add_parser(
        "update",
        help="cut a file to the loci and put it into an evidence directory (without --from this opens a connection)",
        description="A file is read at the loci only, through its tabix index, and refused as a whole when anything is "
        "wrong with it. Without --from it is read from a server. See docs/evidence.md for kinds and columns.",
    )
    update.add_argument("--dir", required=True, metavar="DIR", help="the evidence directory (made when missing)")
    update.add_argument(
        "--kind", required=True, metavar="KIND", help="clinvar, gnomad, revel, alphamissense, spliceai or cadd"
    )
    update.add_argument("--build", required=True, choices=("GRCh37", "GRCh38"), help="build of the file; it is checked")
    source = update.add_mutually_exclusive_group()
    source.add_argument(
        "--from",
        dest="files",
        nargs="+",
        default=[],
        metavar="FILE",
        help="bgzip files on disk, each with its index, or ClinVar's variant_summary.txt.gz",
    )
    source.add_argument(
        "--url",
        nargs="+",
        default=[],
        metavar="URL",
        help="remote bgzip files with .tbi (default: the publisher's)",
    )
    update.add_argument(
        "--timeout", type=float, default=3600.0, help="seconds for a download as a whole (default 3600)"
    )
    update.add_argument(
        "--coverage", default="", metavar="FILE", help="with gnomad: indexed table of alleles (AN) or over_20 by base"
    )
    update.add_argument("--release", default="", help="release as it shall be cited (default: the file's date)")
    update.add_argument("--date", default="", help="date of the release, as 2026-01-31 (default: the file's)")
    update.add_argument("--licence", default="", help="licence as it shall be cited (default: the publisher's)")
    update.add_argument("--dataset", default="", help="tells two sources of one kind apart, as exomes or genomes")
    update.set_defaults(handler=_update)
    show = actions.add_parser("show", help="sources with release, date, licence and rows by gene")
    show.add_argument(
        "dir", nargs="?", default="", metavar="DIR", help="an evidence directory beside the embedded snapshot"
    )
    _json(show).set_defaults(handler=_show)
    verify = actions.add_parser("verify", help="prove every file against its digest and the sequence")
    verify.add_argument("dir", nargs="?", default="", metavar="DIR", help="an evidence directory")
    _json(verify).set_defaults(handler=_verify)
    diff = actions.add_parser("diff", help="what differs between two evidence directories")
    diff.add_argument("old", metavar="OLD")
    diff.add_argument("new", metavar="NEW")
    _json(diff).set_defaults(handler=_diff)


def _json(action: argparse.ArgumentParser) -> argparse.ArgumentParser:
    action.add_argument("--json", action="store_true", help="print JSON")
    return action


def _update(options: argparse.Namespace) -> int:
    from higm_annot.evidence.commands import FromServers, update  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.evidence.update import Wanted  # noqa: PLC0415 - as above
    from higm_annot.reference.types import Build  # noqa: PLC0415 - as above

    wanted = Wanted(options.kind, Build(options.build), options.release, options.date, options.licence, options.dataset)
    remote = FromServers(tuple(options.url), options.timeout)
    return update(options.dir, wanted, [Path(name) for name in options.files], options.coverage, remote)


def _show(options: argparse.Namespace) -> int:
    from higm_annot.evidence.commands import show  # noqa: PLC0415 - imports wait until they are needed

    return show(options.dir, as_json=options.json)


def _verify(options: argparse.Namespace) -> int:
    from higm_annot.evidence.commands import verify  # noqa: PLC0415 - imports wait until they are needed

    return verify(options.dir, as_json=options.json)


def _diff(options: argparse.Namespace) -> int:
    from higm_annot.evidence.commands import diff  # noqa: PLC0415 - imports wait until they are needed

    return diff(options.old, options.new, as_json=options.json)
