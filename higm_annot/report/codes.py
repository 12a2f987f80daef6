"""Codes of other systems for what a document says (``data/codes.tsv``): LOINC, Sequence Ontology, HPO, GENO.

Something that has no row has no code, and is then told in words only; nothing is coded as what comes nearest.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from msgspec import Struct

from higm_annot.reference.rows import by_key, parse_table

NAME = "codes.tsv"


class Code(Struct, frozen=True):
    """``ours`` of a ``kind`` (a state, a class, a term …) as a code of another system; ``system`` is a short name."""

    kind: str
    ours: str
    system: str
    code: str
    display: str
    source: tuple[str, ...]


@cache
def codes() -> dict[tuple[str, str], Code]:
    """Rows by kind and by what stands in the document."""
    content = files("higm_annot").joinpath("report", "data", NAME).read_text(encoding="utf-8")
    return by_key(parse_table(content, NAME, Code), NAME, lambda row: (row.kind, row.ours))


def code_of(kind: str, ours: str) -> Code | None:
    """The code of something, or None where it has none."""
    return codes().get((kind, ours))
