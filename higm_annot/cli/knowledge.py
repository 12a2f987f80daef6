"""``higm-annot knowledge``: prove the tables that every clinical statement rests on."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``knowledge`` command and its action."""
    knowledge = commands.add_parser("knowledge", help="verify the knowledge and overlay tables")
    actions = knowledge.add_subparsers(dest="action", metavar="ACTION", required=True)
    verify = actions.add_parser(
        "verify",
        help="refuse faulty, overlapping, unreachable or unsourced rows, by file, row and rule",
        description="Exit code 0 when every table holds, 2 when a row is refused.",
    )
    verify.add_argument(
        "folder", nargs="?", metavar="FOLDER", help="an edited copy of knowledge/data (default: the tables in use)"
    )
    verify.add_argument(
        "--overlay", metavar="DIR", help="an edited copy of reference/overlay (default: the one in use)"
    )
    verify.set_defaults(handler=handle)


def handle(options: argparse.Namespace) -> int:
    """Check every table; all that is wrong is told at once.

    Raises
    ------
    Refused
        With every fault found.
    """
    from higm_annot.classification.case_check import case_faults  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.classification.check import combining_faults, criteria_faults  # noqa: PLC0415 - as above
    from higm_annot.interpretation.check import rule_faults  # noqa: PLC0415 - as above
    from higm_annot.knowledge.check import knowledge_faults  # noqa: PLC0415 - as above
    from higm_annot.phenotype.check import observable_faults  # noqa: PLC0415 - as above
    from higm_annot.problems import Refused  # noqa: PLC0415 - as above
    from higm_annot.reference.overlay import overlay_faults  # noqa: PLC0415 - as above
    from higm_annot.report.check import headline_faults  # noqa: PLC0415 - as above

    overlay = Path(options.overlay) if options.overlay else None
    folder = Path(options.folder) if options.folder else None
    faults = (
        *overlay_faults(overlay),
        *knowledge_faults(folder),
        *combining_faults(folder),
        *criteria_faults(folder),
        *observable_faults(folder),
        *case_faults(folder),
        *rule_faults(folder),
        *headline_faults(),
    )
    if faults:
        raise Refused(*faults)
    print("every table holds: knowledge, disease table, headlines, reference overlay")
    return 0
