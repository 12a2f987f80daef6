"""Phased copies of a gene and its pseudogene: which of them carries a substitution, or the recurrent deletion.

Insertions and deletions are not listed by paraphase, so their absence from a copy says nothing.
"""

from __future__ import annotations

from higm_annot.consequence.exon_copies import ExonRun
from higm_annot.intake.types import Copy, Haplotype, Haplotypes, OutsideVerdict
from higm_annot.interpretation.ears import ALL_LOST, ONE_LOST, OPEN_COPY, Ears, lost_exons
from higm_annot.knowledge.tables import threshold


def phased_copies(ears: Ears, found: Haplotypes) -> None:
    """Substitutions by the copy they lie on, and the recurrent deletion of IKBKG."""
    word = found.word
    if found.build is not ears.build:
        ears.warn("HA-OUT-107", word, found=found.build, build=ears.build)
        return
    expected = ears.expected(word.gene)
    if expected is not None and found.gene_copies is not None and found.gene_copies != expected:
        ears.warn("HA-OUT-110", word, found=found.gene_copies, expected=expected)
    of_gene = [one for one in found.haplotypes if one.copy is Copy.GENE]
    # Only where every copy is assigned, and the gene has the copies it should have, is its absence from them telling.
    counted = expected is not None and found.gene_copies == expected and bool(of_gene)
    settled = counted and all(one.copy is not Copy.UNKNOWN for one in found.haplotypes)
    for key, state in ears.of_gene(word.gene):
        allele = state.call.allele
        change = (allele.pos, allele.ref, allele.alt)
        on = [one for one in found.haplotypes if change in one.changes]
        in_gene = [one for one in on if one.copy is Copy.GENE]
        if in_gene:
            zygosity = _of_copies(in_gene, of_gene, expected) if settled else ""
            ears.say(word, key, OutsideVerdict.CONFIRMED, zygosity)
        elif on and settled and all(one.start <= allele.pos <= one.end for one in of_gene):
            ears.say(word, key, OutsideVerdict.REFUTED)
    if any(one.deleted for one in found.haplotypes):
        _recurrent_deletion(ears, found, of_gene, settled=settled)


def _of_copies(carrying: list[Haplotype], of_gene: list[Haplotype], expected: int | None) -> str:
    """Zygosity of a change that these of the gene's copies carry."""
    if sum(one.copies for one in carrying) < sum(one.copies for one in of_gene):
        return "het"
    return "hemi" if expected == 1 else "hom"


def _recurrent_deletion(ears: Ears, found: Haplotypes, of_gene: list[Haplotype], *, settled: bool) -> None:
    """The 11.7-kb deletion: an allele, or the confirmation of a call, in the gene; harmless in the pseudogene."""
    word = found.word
    run = ExonRun(
        word.gene,
        int(threshold("recurrent_deletion_first_exon")),
        int(threshold("recurrent_deletion_last_exon")),
        before=int(threshold("recurrent_deletion_first_exon")) - 1,
        after=None,
    )
    called = [key for key, state in ears.of_gene(word.gene) if lost_exons(ears, state) == set(run.exons)]
    carrying = [one for one in of_gene if one.deleted]
    if not carrying and all(one.copy is Copy.PSEUDOGENE for one in found.haplotypes if one.deleted):
        ears.note(word.gene, "deletion_in_pseudogene", methods=word.told)
        for key in called if settled else ():
            ears.say(word, key, OutsideVerdict.REFUTED)
        return
    zygosity = _of_copies(carrying, of_gene, ears.expected(word.gene)) if settled else ""
    # On a copy that was not assigned it is found and not placed.
    verdict = OutsideVerdict.CONFIRMED if carrying else OutsideVerdict.FOUND
    if not called:
        slots = {"het": ONE_LOST, "": OPEN_COPY}.get(zygosity, ALL_LOST)
        called = [ears.add(run, slots, word, single_probe=False)]
    for key in called:
        ears.say(word, key, verdict, zygosity)
