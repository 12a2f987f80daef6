"""Which genes and chromosomes the panel has; both are data, read before anything else.

``overlay/records.tsv``: the genes in the order of the panel. ``overlay/contigs.tsv``: the chromosomes, their names and
lengths. :class:`~higm_annot.reference.types.Gene` and :class:`~higm_annot.reference.types.Contig` are made of them, so
a further gene needs no change of code.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from msgspec import Struct

from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.rows import FIRST_LINE, RowT, parse_table, repeated

RECORDS, CONTIGS = "records.tsv", "contigs.tsv"


class RecordRow(Struct, frozen=True):
    """A gene of the panel and the record its locus is made from."""

    gene: str
    lrg: str


class ChromosomeRow(Struct, frozen=True):
    """A chromosome in both builds.

    ``sex_linked``: males carry one copy of the panel genes on it (none of them lies in a PAR). ``other_names`` are
    further bare names that files use (``23``).
    """

    contig: str
    sex_linked: bool
    other_names: tuple[str, ...]
    grch37_refseq: str
    grch37_genbank: str
    grch37_length: int
    grch37_refget: str
    grch38_refseq: str
    grch38_genbank: str
    grch38_length: int
    grch38_refget: str
    source: str


def overlay_folder() -> Traversable:
    """The package's own overlay."""
    return files("higm_annot").joinpath("reference", "overlay")


def overlay_text(folder: Traversable, name: str) -> str:
    """A table of an overlay.

    Raises
    ------
    Refused
        When it cannot be read (HA-KNO-012).
    """
    try:
        return folder.joinpath(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(problem("HA-KNO-012", file=name, reason=getattr(error, "strerror", None) or error)) from error


@cache
def record_rows() -> tuple[RecordRow, ...]:
    """The genes, in the order of the panel."""
    return read_records(overlay_folder())


@cache
def chromosome_rows() -> tuple[ChromosomeRow, ...]:
    """The chromosomes."""
    return read_chromosomes(overlay_folder())


def read_records(folder: Traversable) -> tuple[RecordRow, ...]:
    """The genes of an overlay.

    Raises
    ------
    Refused
        When the table is faulty, or names a gene twice.
    """
    rows = parse_table(overlay_text(folder, RECORDS), RECORDS, RecordRow)
    return _unless(rows, repeated(rows, RECORDS, lambda row: row.gene))


def read_chromosomes(folder: Traversable) -> tuple[ChromosomeRow, ...]:
    """The chromosomes of an overlay.

    Raises
    ------
    Refused
        When the table is faulty, or two rows claim the same name.
    """
    rows = parse_table(overlay_text(folder, CONTIGS), CONTIGS, ChromosomeRow)
    return _unless(rows, _claimed_twice(rows))


def _claimed_twice(rows: tuple[ChromosomeRow, ...]) -> Iterator[Problem]:
    owner: dict[str, int] = {}
    for number, row in enumerate(rows, FIRST_LINE):
        accessions = (row.grch37_refseq, row.grch37_genbank, row.grch38_refseq, row.grch38_genbank)
        for name in (row.contig, *row.other_names, *accessions):
            if name in owner:
                yield problem("HA-KNO-005", file=CONTIGS, line=number, key=name, other=owner[name])
            owner.setdefault(name, number)


def _unless(rows: tuple[RowT, ...], faults: Iterator[Problem]) -> tuple[RowT, ...]:
    """The rows, unless there are faults."""
    found = tuple(faults)
    if found:
        raise Refused(*found)
    return rows
