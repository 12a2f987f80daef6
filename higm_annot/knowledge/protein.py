"""Parts of the panel's proteins: domains, sites and segments, in residues of the MANE Select protein."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.knowledge.rows import read_package_table
from higm_annot.reference.types import Gene


class ProteinFeature(Struct, frozen=True):
    """A stretch of a protein; ``start`` and ``end`` are residues, 1-based inclusive.

    ``kind``: a domain or segment is drawn as a box on the protein, a site as a mark.
    """

    gene: Gene
    start: int
    end: int
    kind: Literal["domain", "segment", "site"]
    label: str
    source: tuple[str, ...]
    status: Literal["source-read", "derived"]
    note: str


@cache
def protein_features() -> tuple[ProteinFeature, ...]:
    """All features, by gene in file order."""
    return read_package_table("protein_features.tsv", ProteinFeature)


def features_touched(gene: Gene, first: int | None, last: int | None) -> tuple[str, ...]:
    """Labels of the features that residues ``first`` to ``last`` touch; none where the residues are not known."""
    if first is None or last is None:
        return ()
    touched = (one for one in protein_features() if one.gene is gene and one.start <= last and first <= one.end)
    return tuple(dict.fromkeys(one.label for one in touched))
