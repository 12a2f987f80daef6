"""The recurrent 11.7-kb deletion of IKBKG: its place in the gene and in the pseudogene, and what counts as it.

It arises between two copies of one repeat, so that the same deletion can be written anywhere from the left ends of both
copies to their right ends. Places are those of GRCh38. In GRCh37 the gene's is found by conversion of its first base,
with the same length, because the far end lies outside the embedded sequence; the pseudogene's has no source.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from higm_annot.knowledge.tables import threshold, words
from higm_annot.reference.convert import convert_interval
from higm_annot.reference.types import Build, Contig, Gene, Panel


class RecurrentDeletion(Struct, frozen=True):
    """One of its places, as VCF writes it where it is written furthest right: the base before it and its last base."""

    gene: Gene
    build: Build
    contig: Contig
    pos: int
    end: int

    def covers(self, start: int, end: int) -> bool:
        """Whether a deletion from ``start`` to ``end`` is this one: within the repeats or a margin around them."""
        repeat, margin = threshold("recurrent_deletion_repeat"), threshold("recurrent_deletion_margin")
        first = self.pos + 1
        return first - repeat - margin <= start <= first + margin and abs(end - start - self.end + first) <= margin


@cache
def _place(copy: str) -> RecurrentDeletion:
    pos, end = (int(threshold(f"recurrent_deletion_{copy}_{side}")) for side in ("before", "last"))
    gene, build, contig = words("recurrent_deletion_where")
    return RecurrentDeletion(Gene(gene), Build(build), Contig(contig), pos, end)


def deletion_in_gene(panel: Panel, build: Build) -> RecurrentDeletion | None:
    """Its place in the gene; None where the build cannot express it."""
    known = _place("gene")
    if build is known.build:
        return known
    found = convert_interval(panel.loci[known.gene], known.pos, known.pos, known.build, build)
    if found is None:
        return None
    return RecurrentDeletion(known.gene, build, known.contig, found[0], found[0] + known.end - known.pos)


def deletion_in_pseudogene(build: Build) -> RecurrentDeletion | None:
    """Its place in the pseudogene, in GRCh38 only."""
    known = _place("pseudogene")
    return known if build is known.build else None
