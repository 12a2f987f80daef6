"""``higm-annot demo``: write the demonstration people, ready to run."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``demo`` command."""
    demo = commands.add_parser("demo", help="write the demonstration families in both builds")
    demo.add_argument("folder", metavar="DIR", help="where to write samples.tsv, samples.GRCh37.tsv and demo/")
    demo.set_defaults(handler=handle)


def handle(options: argparse.Namespace) -> int:
    """Write the files and say how to go on."""
    from higm_annot.demo.write import write_demo  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.reference.store import load_panel  # noqa: PLC0415 - as above

    written = write_demo(Path(options.folder), load_panel())
    print(f"{len(written)} files in {options.folder}; now: higm-annot run --samples {written[0]} --out OUT")
    return 0
