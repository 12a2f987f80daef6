"""Names with the sequences they stand on, as HGVS asks for them where the short name lacks one.

A coding DNA reference sequence (``NM_``) holds no introns: a position in one is given on the genomic sequence that the
transcript is laid on, ``NC_000023.11(NM_000074.3):c.410-2A>T`` (HGVS checklist; Reference Sequences). A p. name stands
on the protein's own sequence.
"""

from __future__ import annotations

import re

from higm_annot.consequence.types import AlleleEffects
from higm_annot.reference.contigs import accession
from higm_annot.reference.types import Build, Panel

_IN_AN_INTRON = re.compile(r"\d[+-]\d")


def on_the_genome(panel: Panel, effects: AlleleEffects, build: Build) -> dict[str, str]:
    """The c. names with positions in introns, by transcript, on the chromosome of a build."""
    chromosome = accession(panel.loci[effects.gene].contig, build)
    return {
        effect.accession: f"{chromosome}({effect.accession}):{effect.hgvs_c}"
        for effect in effects.effects
        if _IN_AN_INTRON.search(effect.hgvs_c)
    }


def on_the_protein(panel: Panel, effects: AlleleEffects) -> dict[str, str]:
    """The p. names by transcript, where the protein's sequence is known with its version."""
    proteins = {one.accession: one.protein for one in panel.loci[effects.gene].transcripts}
    return {
        effect.accession: f"{proteins[effect.accession]}:{effect.hgvs_p}"
        for effect in effects.effects
        if effect.hgvs_p and "." in proteins[effect.accession]
    }
