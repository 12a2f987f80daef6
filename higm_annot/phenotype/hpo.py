"""HPO terms by id, from the table that :mod:`higm_annot.phenotype.builder` makes of one release of the ontology.

The table is sorted by id and searched, not parsed: a person has a few terms, the ontology twenty thousand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from msgspec import Struct

# SHA-256 of the table: it stands here so that the digest of the code, and with it every report's, covers the table.
TABLE_DIGEST = "668f5c9cfe3ebc41d99118c0dec5f2c18024530177c2156e9ecdc08fdec408d2"
TERM_ID = re.compile(r"HP:\d{7}")
ABNORMALITY = "HP:0000118"  # above every finding; modes of inheritance, onset and modifiers stand elsewhere
_HEADER_LINES = 2


class Term(Struct, frozen=True):
    """A term. ``kind_of`` are the terms directly above it; ``replaced_by`` that of an obsolete or alternative id."""

    id: str
    label: str
    kind_of: tuple[str, ...]
    replaced_by: str

    @property
    def obsolete(self) -> bool:
        """Whether the id was retired (an alternative id has no label of its own)."""
        return self.label.startswith("obsolete ") or not self.label


def term(name: str) -> Term | None:
    """The term of exactly this id, obsolete ones too; None where the release has none."""
    rows = _rows()
    place = bisect_left(rows, f"{name}\t")
    if place == len(rows) or not rows[place].startswith(f"{name}\t"):
        return None
    id_, label, kind_of, replaced_by = rows[place].split("\t")
    return Term(id_, label, tuple(kind_of.split(";")) if kind_of else (), replaced_by)


def resolved(name: str) -> Term | None:
    """The current term that an id means: the id's own, or that which replaces it; None where there is none."""
    found = term(name)
    if found is not None and found.obsolete:
        found = term(found.replaced_by) if found.replaced_by else None
    return found


@cache
def with_ancestors(name: str) -> frozenset[str]:
    """The id and those of all terms above it, of which the finding is a kind."""
    found = term(name)
    above = found.kind_of if found else ()
    return frozenset({name}.union(*map(with_ancestors, above)))


def is_finding(name: str) -> bool:
    """Whether a term says what a person has, and not how or when."""
    return ABNORMALITY in with_ancestors(name) and name != ABNORMALITY


@cache
def release() -> str:
    """The release of the ontology (its date)."""
    return _text().partition("\n")[0].removeprefix("# ")


@cache
def _text() -> str:
    return files("higm_annot").joinpath("phenotype", "data", "hpo_terms.tsv").read_text(encoding="utf-8")


@cache
def _rows() -> Sequence[str]:
    return _text().splitlines()[_HEADER_LINES:]
