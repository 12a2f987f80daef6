"""``higm-annot render``: a report document into another format."""

from __future__ import annotations

import argparse
from pathlib import Path

from higm_annot.report.formats import FORMATS


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``render`` command."""
    render = commands.add_parser("render", help="a report's JSON into another format")
    render.add_argument("json", metavar="JSON", help="a report document")
    render.add_argument("--format", required=True, choices=FORMATS, help="what to write")
    render.add_argument("-o", "--out", required=True, metavar="FILE", help="where to write it")
    render.add_argument("--lab", default="", metavar="FILE", help="letterhead of the page; see docs/letterhead.md")
    render.set_defaults(handler=handle)


def handle(options: argparse.Namespace) -> int:
    """Render one document."""
    from higm_annot.problems import Refused, problem  # noqa: PLC0415 - as above
    from higm_annot.report.letterhead import read_letterhead  # noqa: PLC0415 - as above
    from higm_annot.report.render import read_report, render  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.report.write import write_whole  # noqa: PLC0415 - as above

    letterhead = read_letterhead(options.lab)
    if Path(options.out).resolve() == Path(options.json).resolve():
        raise Refused(problem("HA-RUN-010", file=options.out))
    write_whole(Path(options.out), render(read_report(Path(options.json)), options.format, letterhead))
    return 0
