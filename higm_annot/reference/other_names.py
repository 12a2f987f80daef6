"""What else genes and transcripts are called, and where an older version of a transcript has another base.

``overlay/other_names.tsv``: former gene symbols, LRG transcripts, Ensembl proteins, each with the name it stands for.
``overlay/version_differences.tsv``: bases of the coding sequence in which an older version differs from the panel's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from higm_annot.problems import Problem, problem
from higm_annot.reference.members import overlay_folder, overlay_text
from higm_annot.reference.rows import FIRST_LINE, by_key, parse_table, repeated

OTHER_NAMES, VERSION_DIFFERENCES = "other_names.tsv", "version_differences.tsv"


class OtherName(Struct, frozen=True):
    """A name, and the gene or transcript of the panel that it stands for."""

    name: str
    stands_for: str
    source: str


class VersionDifference(Struct, frozen=True):
    """The base of an older version at a position of the coding sequence, where the panel's transcript has another."""

    accession: str
    position: int
    base: str
    source: str


@cache
def other_names() -> dict[str, str]:
    """What a name stands for, by the name in capitals."""
    rows = parse_table(overlay_text(overlay_folder(), OTHER_NAMES), OTHER_NAMES, OtherName)
    return {name: row.stands_for for name, row in by_key(rows, OTHER_NAMES, lambda row: row.name.upper()).items()}


@cache
def version_differences() -> dict[tuple[str, int], str]:
    """The older version's base by accession and c. position."""
    name = VERSION_DIFFERENCES
    rows = parse_table(overlay_text(overlay_folder(), name), name, VersionDifference)
    return {key: row.base for key, row in by_key(rows, name, lambda row: (row.accession, row.position)).items()}


def other_name_faults(rows: tuple[OtherName, ...], genes: set[str]) -> Iterator[Problem]:
    """Names that stand twice, and names that a gene of the panel has already: they would lead away from it."""
    yield from repeated(rows, OTHER_NAMES, lambda row: row.name.upper())
    for line, row in enumerate(rows, FIRST_LINE):
        if row.name.upper() in genes:
            reason = f"{row.name} is itself a gene of the panel"
            yield problem("HA-KNO-009", file=OTHER_NAMES, line=line, reason=reason)


def version_difference_faults(rows: tuple[VersionDifference, ...], older: set[str]) -> Iterator[Problem]:
    """Places that stand twice, and differences of what is no older version of a transcript."""
    yield from repeated(rows, VERSION_DIFFERENCES, lambda row: (row.accession, row.position))
    for line, row in enumerate(rows, FIRST_LINE):
        if row.accession not in older:
            known = "an older version of a transcript in transcripts.tsv"
            file, column = VERSION_DIFFERENCES, "accession"
            yield problem("HA-KNO-006", file=file, line=line, column=column, value=row.accession, known=known)
