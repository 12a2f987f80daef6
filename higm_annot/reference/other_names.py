"""What else genes and transcripts are called, and where an older version of a transcript has another base.

``overlay/other_names.tsv``: former gene symbols, LRG transcripts, Ensembl proteins, each with the name it stands for.
``overlay/version_differences.tsv``: bases of the coding sequence in which an older version differs from the panel's.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from higm_annot.reference.members import overlay_folder, overlay_text
from higm_annot.reference.rows import by_key, parse_table

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
