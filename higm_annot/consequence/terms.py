"""Sequence Ontology terms: where a change falls around exons, and in which order and weight terms are told.

Order and impact follow the consequence table of Ensembl VEP; the finer splice terms are SO:0001787, SO:0002170 and
SO:0002169.
"""

from __future__ import annotations

from collections.abc import Iterable

from higm_annot.consequence.protein import Outcome
from higm_annot.consequence.types import Impact

RANKED: tuple[tuple[str, Impact], ...] = (
    ("transcript_ablation", Impact.HIGH),
    ("splice_acceptor_variant", Impact.HIGH),
    ("splice_donor_variant", Impact.HIGH),
    ("stop_gained", Impact.HIGH),
    ("frameshift_variant", Impact.HIGH),
    ("stop_lost", Impact.HIGH),
    ("start_lost", Impact.HIGH),
    ("exon_loss_variant", Impact.HIGH),
    ("transcript_amplification", Impact.HIGH),
    ("inframe_insertion", Impact.MODERATE),
    ("inframe_deletion", Impact.MODERATE),
    ("missense_variant", Impact.MODERATE),
    ("protein_altering_variant", Impact.MODERATE),
    ("splice_donor_5th_base_variant", Impact.LOW),
    ("splice_region_variant", Impact.LOW),
    ("splice_donor_region_variant", Impact.LOW),
    ("splice_polypyrimidine_tract_variant", Impact.LOW),
    ("stop_retained_variant", Impact.LOW),
    ("synonymous_variant", Impact.LOW),
    ("coding_sequence_variant", Impact.MODIFIER),
    ("5_prime_UTR_variant", Impact.MODIFIER),
    ("3_prime_UTR_variant", Impact.MODIFIER),
    ("intron_variant", Impact.MODIFIER),
    ("upstream_gene_variant", Impact.MODIFIER),
    ("downstream_gene_variant", Impact.MODIFIER),
    ("no_sequence_alteration", Impact.MODIFIER),
)
RANK = {term: number for number, (term, _) in enumerate(RANKED)}
IMPACT = dict(RANKED)
BY_OUTCOME = {
    Outcome.SYNONYMOUS: "synonymous_variant",
    Outcome.STOP_RETAINED: "stop_retained_variant",
    Outcome.MISSENSE: "missense_variant",
    Outcome.STOP_GAINED: "stop_gained",
    Outcome.STOP_LOST: "stop_lost",
    Outcome.START_LOST: "start_lost",
    Outcome.FRAMESHIFT: "frameshift_variant",
    Outcome.INSERTION: "inframe_insertion",
    Outcome.DELETION: "inframe_deletion",
    Outcome.ALTERED: "protein_altering_variant",
    Outcome.UNKNOWN: "coding_sequence_variant",
}


def ordered(terms: Iterable[str]) -> tuple[str, ...]:
    """Distinct terms, most severe first."""
    return tuple(sorted(set(terms), key=RANK.__getitem__))


def intron_terms(start: int, end: int, length: int, *, insertion: bool) -> set[str]:
    """Terms of a change inside one intron, or at its border.

    Parameters
    ----------
    start, end
        First and last intronic base touched, counted from the donor (+1 is 1). For an insertion the bases on both sides of
        it; a base of the exon counts 0 or less on the donor side.
    length
        Length of the intron.
    insertion
        Whether nothing is replaced; then a splice site is hit only when both neighbours belong to it.
    """
    terms = {"intron_variant"} if end >= 1 and start <= length else set()

    def touches(first: int, last: int) -> bool:
        if insertion:
            return start >= first and end <= last
        return start <= last and end >= first

    def touches_region(first: int, last: int) -> bool:
        return start <= last and end >= first

    if touches(1, 2):
        terms.add("splice_donor_variant")
    if touches(length - 1, length):
        terms.add("splice_acceptor_variant")
    if touches(5, 5) and not insertion:
        terms.add("splice_donor_5th_base_variant")
    if touches(3, 6):
        terms.add("splice_donor_region_variant")
    if touches(length - 16, length - 2):
        terms.add("splice_polypyrimidine_tract_variant")
    if touches_region(3, 8) or touches_region(length - 7, length - 2):
        terms.add("splice_region_variant")
    if insertion and (start == 0 or end == length + 1):
        terms.add("splice_region_variant")
    if terms & {"splice_donor_variant", "splice_acceptor_variant"}:
        terms -= {"splice_region_variant", "splice_donor_region_variant", "splice_polypyrimidine_tract_variant"}
        terms.discard("splice_donor_5th_base_variant")
    return terms
