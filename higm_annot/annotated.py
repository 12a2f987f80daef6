"""The distinct alleles of a run, each annotated once: what does not depend on the person who carries it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from higm_annot.classification.classify import classify
from higm_annot.classification.laboratory import with_laboratory
from higm_annot.classification.surroundings import surroundings
from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.types import AlleleEffects
from higm_annot.evidence.sources import EMBEDDED, Evidence
from higm_annot.intake.types import Allele, PersonIntake
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.reference.types import Panel


def alleles_of(people: Iterable[PersonIntake]) -> set[Allele]:
    """The distinct alleles that somebody carries or might carry."""
    return {call.allele for person in people for call in (*person.calls, *person.no_calls)}


def annotate_allele(panel: Panel, allele: Allele, evidence: Evidence = EMBEDDED) -> AnnotatedAllele:
    """Everything about an allele that does not depend on a person."""
    return judged(panel, allele, annotate(panel, allele), evidence)


def judged(panel: Panel, allele: Allele, effects: AlleleEffects, evidence: Evidence = EMBEDDED) -> AnnotatedAllele:
    """An allele with its evidence, class and firewall, from its effects."""
    hit = paralogue_at(panel, allele.build, allele.contig, *allele.touched)
    level = hit.level if hit else ""
    known = evidence.known(effects.keys)
    return AnnotatedAllele(
        key=allele.key,
        effects=effects,
        allele_class=with_laboratory(
            classify(effects, known.records, level, surroundings(panel, effects, evidence)),
            known.laboratory,
            effects.gene,
        ),
        paralogue=level,
        paralogue_region=hit.name if hit else "",
        asked=known.asked,
    )


def annotate_alleles(
    panel: Panel, alleles: Iterable[Allele], say: Callable[[str], None], evidence: Evidence = EMBEDDED
) -> dict[str, AnnotatedAllele]:
    """Annotated alleles by key; one that we fail on is said and left out, which fails the people who carry it only."""
    known = {}
    for allele in sorted(alleles):
        try:
            known[allele.key] = annotate_allele(panel, allele, evidence)
        except Exception as error:  # noqa: BLE001 - one allele's fault must not take everybody with it
            say(f"fault of the program: {allele.key} could not be annotated ({type(error).__name__}: {error})")
    return known
