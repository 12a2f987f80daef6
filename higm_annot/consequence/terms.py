"""Sequence Ontology terms: which are known, in which order and weight they are told, and those near splice sites.

Order and impact follow the consequence table of Ensembl VEP. ``splice_region_variant`` (SO:0001630) is 1-3 bases of the
exon or 3-8 of the intron; donor 5th base SO:0001787, donor region (3-6) SO:0002170, polypyrimidine tract (-17 to -3)
SO:0002169. An insertion lies in a site only when both its neighbours do.
"""

from __future__ import annotations

from collections.abc import Iterable

from higm_annot.consequence.protein import Outcome
from higm_annot.consequence.types import Impact

DONOR, ACCEPTOR, REGION = "splice_donor_variant", "splice_acceptor_variant", "splice_region_variant"
INTRON = "intron_variant"
UPSTREAM, DOWNSTREAM = "upstream_gene_variant", "downstream_gene_variant"
UTR5, UTR3, CODING = "5_prime_UTR_variant", "3_prime_UTR_variant", "coding_sequence_variant"
RANKED: tuple[tuple[str, Impact], ...] = (
    ("transcript_ablation", Impact.HIGH),
    (ACCEPTOR, Impact.HIGH),
    (DONOR, Impact.HIGH),
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
    (REGION, Impact.LOW),
    ("splice_donor_region_variant", Impact.LOW),
    ("splice_polypyrimidine_tract_variant", Impact.LOW),
    ("start_retained_variant", Impact.LOW),
    ("stop_retained_variant", Impact.LOW),
    ("synonymous_variant", Impact.LOW),
    (CODING, Impact.MODIFIER),
    (UTR5, Impact.MODIFIER),
    (UTR3, Impact.MODIFIER),
    (INTRON, Impact.MODIFIER),
    (UPSTREAM, Impact.MODIFIER),
    (DOWNSTREAM, Impact.MODIFIER),
    ("no_sequence_alteration", Impact.MODIFIER),
)
RANK = {term: number for number, (term, _) in enumerate(RANKED)}
IMPACT = dict(RANKED)
BY_OUTCOME = {
    Outcome.SYNONYMOUS: "synonymous_variant",
    Outcome.STOP_RETAINED: "stop_retained_variant",
    Outcome.START_RETAINED: "start_retained_variant",
    Outcome.MISSENSE: "missense_variant",
    Outcome.STOP_GAINED: "stop_gained",
    Outcome.STOP_LOST: "stop_lost",
    Outcome.START_LOST: "start_lost",
    Outcome.FRAMESHIFT: "frameshift_variant",
    Outcome.INSERTION: "inframe_insertion",
    Outcome.DELETION: "inframe_deletion",
    Outcome.ALTERED: "protein_altering_variant",
}


def ordered(terms: Iterable[str]) -> tuple[str, ...]:
    """Distinct terms, most severe first."""
    return tuple(sorted(set(terms), key=RANK.__getitem__))


def coarse(terms: Iterable[str], *, whole: bool) -> tuple[str, ...]:
    """Terms of a copy gained, counted or turned around: which part of the gene it holds is all that can be said."""
    if whole:
        return ("transcript_amplification",)
    return ordered(set(terms) & {CODING, UTR5, UTR3, INTRON} or {INTRON})


def intron_terms(start: int, end: int, length: int, *, insertion: bool) -> frozenset[str]:
    """Terms of a change on one intron.

    Parameters
    ----------
    start, end
        First and last base touched, counted from the first base of the intron (1); bases of the exons around it count 0
        and less, or more than ``length``. For an insertion its two neighbours.
    length
        Length of the intron.
    insertion
        Whether nothing is replaced.
    """

    def touches(first: int, last: int) -> bool:
        return (start >= first and end <= last) if insertion else (start <= last and end >= first)

    sites = frozenset(name for name, at in ((DONOR, 1), (ACCEPTOR, length - 1)) if touches(at, at + 1))
    if sites:
        return sites | {INTRON} if touches(3, length - 2) else sites
    if insertion and start in (0, length):
        return frozenset({REGION})
    terms = {INTRON}
    if touches(5, 5):
        terms.add("splice_donor_5th_base_variant")
    if touches(3, 6):
        terms.add("splice_donor_region_variant")
    if touches(length - 16, length - 2):
        terms.add("splice_polypyrimidine_tract_variant")
    if touches(3, 8) or touches(length - 7, length - 2) or (insertion and (start == 2 or end == length - 1)):
        terms.add(REGION)
    return frozenset(terms)
