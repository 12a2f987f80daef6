"""Values of the consequence room."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from higm_annot.reference.types import Gene


class Impact(StrEnum):
    """Coarse rank of a consequence, as VEP and SnpEff use it."""

    HIGH = "HIGH"
    MODERATE = "MODERATE"
    LOW = "LOW"
    MODIFIER = "MODIFIER"


class Effect(Struct, frozen=True):
    """One allele on one transcript.

    ``terms`` are Sequence Ontology names, most severe first. ``hgvs_c`` has no accession prefix; use
    ``accession`` (``NM_000074.3``). It is empty where the change is or reaches outside the transcript (HGVS allows no
    c. name there) and ``c.?`` for symbolic alleles. ``hgvs_p`` is in parentheses when predicted
    (``p.(Gln114LysfsTer14)``), ``p.?`` when not predictable and None where no residue is touched.
    ``cds_start``/``cds_end`` and ``protein_start`` are 1-based in the transcript's own numbering. ``escapes_nmd`` is
    None unless the allele makes a premature stop; ``stop_codon`` is the codon number at which the new reading ends,
    when known.
    ``exon``/``intron`` read ``3/5``.
    """

    accession: str
    gene: Gene
    mane_select: bool
    terms: tuple[str, ...]
    impact: Impact
    hgvs_c: str
    hgvs_p: str | None
    exon: str | None
    intron: str | None
    cds_start: int | None
    cds_end: int | None
    protein_start: int | None
    protein_end: int | None
    codons: str | None
    amino_acids: str | None
    escapes_nmd: bool | None
    stop_codon: int | None
    flags: tuple[str, ...] = ()


class AlleleEffects(Struct, frozen=True):
    """All names and consequences of one allele; MANE Select first.

    ``hgvs_g`` carries its accession (``NC_000023.11:g.136654424del``). ``keys`` gives the allele key in each build in
    which it can be expressed. ``worse_elsewhere`` names transcripts hit harder than MANE Select. ``spdi`` and ``vrs``
    are the computed identifiers in the allele's own build; empty for symbolic alleles, ``vrs`` also where the allele
    could be shifted beyond the embedded sequence.
    """

    key: str
    gene: Gene
    hgvs_g: str
    keys: dict[str, str]
    effects: tuple[Effect, ...]
    worse_elsewhere: tuple[str, ...]
    spdi: str = ""
    vrs: str = ""

    @property
    def mane(self) -> Effect:
        """The effect on the MANE Select transcript."""
        return self.effects[0]
