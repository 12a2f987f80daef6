"""Kinds of evidence files a laboratory may bring, and the columns by which they are known: rows of tables."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from msgspec import Struct

from higm_annot.reference.rows import RowT, by_key, parse_table
from higm_annot.reference.types import Build

COVERAGE = "coverage"  # the kind of the file that tells where a frequency source read enough people
CLINVAR, GNOMAD, SPLICEAI, CADD = "clinvar", "gnomad", "spliceai", "cadd"
PREDICTORS = frozenset({"revel", "alphamissense", SPLICEAI, CADD})


class Kind(Struct, frozen=True):
    """A kind of evidence file.

    ``source`` is a key of the knowledge sources table; ``needed`` are the meanings (see :class:`Field`) without which a
    file cannot be used; ``highest`` is where the scale of its scores or frequencies ends; ``licence`` is what the
    publisher states, unless the laboratory states another.
    """

    kind: str
    label: str
    source: str
    form: tuple[Literal["vcf", "tsv"], ...]
    needed: tuple[str, ...]
    highest: float | None
    licence: str
    licence_url: str


class Field(Struct, frozen=True):
    """A column of a table, or an INFO field of a VCF, and what it means; of several with one meaning the first counts.

    ``build`` is given where a column is of one build only.
    """

    kind: str
    form: Literal["vcf", "tsv"]
    name: str
    meaning: str
    build: Build | None
    url: str


@cache
def kinds() -> dict[str, Kind]:
    """The kinds by name."""
    return by_key(read_own("kinds.tsv", Kind), "kinds.tsv", lambda row: row.kind)


@cache
def fields(kind: str, form: str) -> tuple[Field, ...]:
    """What the columns of a kind of file mean."""
    return tuple(row for row in read_own("fields.tsv", Field) if row.kind == kind and row.form == form)


def read_own(name: str, row: type[RowT]) -> tuple[RowT, ...]:
    """Rows of a table of this room."""
    return parse_table(
        files("higm_annot").joinpath("evidence", "data", name).read_text(encoding="utf-8"), f"evidence/data/{name}", row
    )
