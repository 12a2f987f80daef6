"""``higm-annot reference``: make, fetch, prove and show the embedded loci."""

from __future__ import annotations

import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``reference`` command and its four actions."""
    reference = commands.add_parser("reference", help="build, fetch, verify or show the embedded loci")
    actions = reference.add_subparsers(dest="action", metavar="ACTION", required=True)
    build = actions.add_parser("build", help="make the embedded form from a folder of LRG XML records")
    build.add_argument("lrg", metavar="LRG_DIR", help="folder with LRG_*.xml")
    build.add_argument("out", metavar="OUT_DIR", help="folder for loci.json and the two FASTA files")
    build.set_defaults(handler=_build)
    fetch = actions.add_parser("fetch", help="download the LRG records (the only action that opens a connection)")
    fetch.add_argument("out", metavar="LRG_DIR", help="folder for LRG_*.xml")
    fetch.add_argument("--url", help="another server with the same layout")
    fetch.add_argument("--timeout", type=float, default=300.0, help="seconds for the whole download (default 300)")
    fetch.set_defaults(handler=_fetch)
    verify = actions.add_parser("verify", help="prove frames, splice sites, build differences and digests again")
    verify.add_argument("--fasta", metavar="FILE", help="also compare this genome with the loci")
    verify.set_defaults(handler=_verify)
    show = actions.add_parser("show", help="transcripts and exons of a gene")
    show.add_argument("gene", metavar="GENE", help="a gene of the panel")
    show.set_defaults(handler=_show)


def _build(options: argparse.Namespace) -> int:
    from higm_annot.reference import commands  # noqa: PLC0415 - imports wait until they are needed

    return commands.build(options.lrg, options.out)


def _fetch(options: argparse.Namespace) -> int:
    from higm_annot.reference import commands  # noqa: PLC0415 - imports wait until they are needed

    return commands.fetch(options.out, options.url, options.timeout)


def _verify(options: argparse.Namespace) -> int:
    from higm_annot.reference import commands  # noqa: PLC0415 - imports wait until they are needed

    return commands.verify(options.fasta)


def _show(options: argparse.Namespace) -> int:
    from higm_annot.reference import commands  # noqa: PLC0415 - imports wait until they are needed

    return commands.show(options.gene)
