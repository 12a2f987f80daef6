"""Other assays on one person: words on single alleles, alleles they find, and sentences on a gene.

Where two things contradict each other both are shown and neither decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.genotype.deleted import OTHER_COPY_DELETED
from higm_annot.genotype.types import PairPhase, PersonGenotypes, PhaseVerdict, Zygosity
from higm_annot.intake.outside.calls import exons_named
from higm_annot.intake.types import Outside, OutsideCall, OutsideVerdict, PersonIntake
from higm_annot.interpretation.assessed import spans
from higm_annot.interpretation.ears import Ears, Found
from higm_annot.interpretation.exon_counts import calls_in_lost_exons, exon_copies, other_counts
from higm_annot.interpretation.findings import could_matter
from higm_annot.interpretation.phased_copies import phased_copies
from higm_annot.interpretation.said import Said
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.problems import Problem
from higm_annot.reference.types import Gene, Panel


class Assays(Struct, frozen=True):
    """What the assays say.

    ``calls`` are words on single alleles, ``found`` alleles of their own, ``notes`` sentences on a gene, ``kept`` exons
    with their usual copies; ``problems`` stand with the key they are about (empty: none) and the assay. ``opposite``
    gives, by key of an allele called, the loss found that takes its other copy away.
    """

    calls: tuple[OutsideCall, ...] = ()
    found: tuple[Found, ...] = ()
    notes: tuple[tuple[Gene, Said], ...] = ()
    kept: tuple[tuple[Gene, int], ...] = ()
    problems: tuple[tuple[str, OutsideCall, Problem], ...] = ()
    opposite: Mapping[str, str] = {}


def hear_assays(
    panel: Panel,
    person: PersonIntake,
    genotypes: PersonGenotypes,
    alleles: Mapping[str, AnnotatedAllele],
    outside: Outside,
) -> Assays:
    """What assays say of the alleles called, and what they find beside them.

    Parameters
    ----------
    panel
        The loci.
    person
        The intake; without an established build nothing is heard.
    genotypes
        What was called.
    alleles
        Everything known of the alleles called, by key.
    outside
        The outside-call file with the results attached to it.
    """
    if person.verdict is None:
        return Assays()
    ears = Ears(panel, person, person.verdict.build, genotypes.states, alleles)
    for call in outside.calls:
        if call.verdict is OutsideVerdict.REFERENCE:
            _exons_read(ears, call)
        else:
            ears.calls.append(call)
    for haplotypes in outside.haplotypes:
        phased_copies(ears, haplotypes)
    for counts in outside.counts:
        exon_copies(ears, counts)
    for counts in outside.counts:
        other_counts(ears, counts)
    calls_in_lost_exons(ears)
    return Assays(
        calls=tuple(ears.calls),
        found=tuple(ears.found.values()),
        notes=tuple(dict.fromkeys(ears.notes)),
        kept=tuple(ears.kept),
        problems=tuple(ears.problems),
        opposite=ears.opposite,
    )


def with_found(genotypes: PersonGenotypes, assays: Assays) -> PersonGenotypes:
    """The genotypes with the alleles that only assays show, and the calls on the copy that a loss leaves."""
    opposite = assays.opposite
    states = [
        replace(
            state,
            zygosity=Zygosity.HET,
            readings=(Zygosity.HET,),
            reasons=("one_of_two_copies", OTHER_COPY_DELETED),
            opposite=opposite[state.call.allele.key],
        )
        if state.call.allele.key in opposite
        else state
        for state in genotypes.states
    ]
    kept = [
        pair
        for pair in genotypes.phases
        if pair.basis != "homozygous" or not {pair.first, pair.second} & opposite.keys()
    ]
    pairs = [PairPhase(key, loss, PhaseVerdict.TRANS, "same_site") for key, loss in opposite.items()]
    pairs += [
        PairPhase(a, b, PhaseVerdict.CIS, "one_copy")
        for a, b in combinations(opposite, 2)
        if opposite[a] == opposite[b]
    ]
    return replace(genotypes, states=(*states, *(one.state for one in assays.found)), phases=(*kept, *pairs))


def _exons_read(ears: Ears, word: OutsideCall) -> None:
    """Exons that another assay read without a change: told, and nothing concluded from it."""
    exons = exons_named(word.variant, word.gene)
    named = spans(exons)
    ears.note(word.gene, "exons_read_by_other_assay", exons=named, methods=word.told)
    places = [ears.exon(word.gene, exon) for exon in exons]
    for key, state in ears.of_gene(word.gene):
        known = ears.alleles.get(key)
        allele = state.call.allele
        if known is None or not (known.allele_class.class_.is_pathogenic or could_matter(known)):
            continue
        if any(place.overlaps(allele.pos, allele.end) for place in places):
            variant = known.effects.mane.hgvs_c or known.effects.hgvs_g
            ears.warn("HA-OUT-109", word, key, exons=named, variant=variant)
