"""The ``higm-annot`` command: arguments in, exit code out.

Exit codes: 0 all reports made; 1 a fault of the program; 2 input refused, nothing written; 3 some samples failed, the
others are whole. Handlers import what they need when they run, so that ``--help`` stays instant.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from higm_annot import __version__
from higm_annot.cli import demo, evidence, explain, knowledge, record, reference, render, run, stage
from higm_annot.problems import Refused

OK, BUG, REFUSED, SOME_FAILED = 0, 1, 2, 3
INTERRUPTED = 130  # 128 + SIGINT, the shell's own convention

DESCRIPTION = """\
From a VCF to one report per person for the genes of the hyper-IgM syndromes."""
EPILOG = """\
exit codes: 0 all reports made, 1 fault of the program, 2 input refused and nothing written,
3 some samples failed and the others are whole"""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="higm-annot",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"higm-annot {__version__}")
    top.add_argument("--traceback", action="store_true", help="show the traceback of a fault of the program")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in (run, render, explain, record, evidence, demo, knowledge, reference, stage):
        module.add_parser(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; no input makes it raise."""
    options = parser().parse_args(arguments)
    handler: Callable[[argparse.Namespace], int] = options.handler
    try:
        code = handler(options)
        sys.stdout.flush()
    except Refused as refusal:
        for found in refusal.problems:
            print(found.text(), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("higm-annot: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (as `| head` does); Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:  # the last line of defence: one message, no traceback unless asked for
        if options.traceback:
            raise
        print(
            f"higm-annot: fault of the program ({type(error).__name__}: {error}). "
            "Please report it with the output of the same command with --traceback.",
            file=sys.stderr,
        )
        return BUG
    return code
