"""What the findings mean: the class of an allele, each conclusion with its disease, the next tests as proposals.

The guide has no word for a carrier. A disease is told as predicted in this person (LOINC 81259-4) only by an
established disease genotype; in every other conclusion it is what the conclusion is about, under our own code.
"""

from __future__ import annotations

from collections.abc import Mapping

from higm_annot.interpretation.types import Conclusion, ConclusionCode, Status
from higm_annot.knowledge.tables import diseases
from higm_annot.report.fhir.findings import ABSENT, PRESENT, open_words, presence, shown
from higm_annot.report.fhir.parts import (
    OURS,
    SECONDARY_FINDING,
    TO_BE_DETERMINED,
    Entries,
    Json,
    citations,
    coded,
    component,
    concept,
    concept_of,
    disease,
    observation,
    profile,
)
from higm_annot.report.first_screen import test_sources
from higm_annot.report.types import Report, VariantBlock
from higm_annot.report.words import in_one_line, sentence, words

_CODE = concept(TO_BE_DETERMINED, "diagnostic-implication")


def allele_classes(report: Report, subject: Json, found: Mapping[str, Json], entries: Entries) -> None:
    """Put in the class of every allele that a conclusion names and the sample is not shown to lack."""
    for block in shown(report):
        if block.reportable and presence(block) != ABSENT:
            entries.add(_of_allele(block, subject, found[block.key]))


def conclusions(
    report: Report, subject: Json, found: Mapping[str, Json], genotypes: Mapping[str, Json], entries: Entries
) -> dict[int, Json]:
    """Put in what is concluded from findings; references by the place of the conclusion in the document."""
    made = {}
    for number, conclusion in enumerate(report.conclusions):
        from_ = [found[key] for key in dict.fromkeys(conclusion.variants) if key in found]
        pair = genotypes.get(conclusion.diplotype.hgvs) if conclusion.diplotype else None
        if from_:
            made[number] = entries.add(_of_conclusion(conclusion, subject, [pair] if pair else from_))
    return made


def proposals(report: Report, subject: Json, made: Mapping[int, Json], entries: Entries) -> list[Json]:
    """Put in the next tests as proposals, each once, with the conclusion that asks for it as reason."""
    tasks: dict[str, Json] = {}
    for number, conclusion in enumerate(report.conclusions):
        for test in conclusion.next_tests:
            if test not in tasks:
                tasks[test] = entries.add(_task(test, conclusion, subject, made.get(number)))
    return list(tasks.values())


def _of_allele(block: VariantBlock, subject: Json, variant: Json) -> Json:
    """The class of an allele; in words only where the allele may lie in a pseudogene instead."""
    known = block.allele_class
    stands = presence(block) == PRESENT
    criteria = ", ".join(one.code for one in known.criteria)
    said = f"{known.class_}{f' ({criteria})' if criteria else ''}. {sentence(known.reason, 'basis')}"
    if not stands:
        said = ". ".join((*open_words(block), said))
    sources = (*(one.source for one in known.criteria), *(record.source for record in block.evidence))
    return observation(
        "diagnostic-implication",
        _CODE,
        subject,
        extension=citations(sources),
        derivedFrom=[variant],
        component=[
            *component("53037-8", concept_of(coded("class", known.class_) if stands else None)),
            *component("conclusion-string", {"valueString": said}, system=TO_BE_DETERMINED),
        ],
    )


def _of_conclusion(conclusion: Conclusion, subject: Json, from_: list[Json]) -> Json:
    row = diseases().get(conclusion.disease)
    about = concept_of(disease(row)) if row else None
    stands = conclusion.status is Status.ESTABLISHED
    predicted = conclusion.code is ConclusionCode.DISEASE_GENOTYPE and stands
    status = None if stands else concept(f"{OURS}:status", conclusion.status, words(conclusion.status, "status"))
    return observation(
        "diagnostic-implication",
        _CODE,
        subject,
        extension=[*_secondary(conclusion), *citations(conclusion.sources)],
        derivedFrom=from_,
        component=[
            *component("conclusion", concept_of(_code_of(conclusion.code)), system=f"{OURS}:component"),
            *component("status", concept_of(status), system=f"{OURS}:component"),
            *(component("81259-4", about) if predicted else ()),
            *component("about-disease", about, system=f"{OURS}:component"),
            *component(
                "condition-inheritance",
                concept_of(coded("inheritance", conclusion.inheritance)),
                system=TO_BE_DETERMINED,
            ),
            *component("conclusion-string", {"valueString": in_one_line(conclusion)}, system=TO_BE_DETERMINED),
        ],
    )


def _secondary(conclusion: Conclusion) -> list[Json]:
    """Says that a finding is secondary; in words, for the standard's codes name editions of a list."""
    if conclusion.code is not ConclusionCode.SECONDARY_RISK:
        return []
    return [{"url": SECONDARY_FINDING, "valueCodeableConcept": {"text": words(conclusion.code, "code")}}]


def _code_of(code: str) -> Json:
    return concept(f"{OURS}:conclusion", code, words(code, "code"))


def result_code(report: Report) -> Json:
    """The result of the whole report."""
    return _code_of(report.headline.code)


def _task(test: str, conclusion: Conclusion, subject: Json, reason: Json | None) -> Json:
    """A proposal, never an order."""
    made = {
        "resourceType": "Task",
        "meta": profile("followup-recommendation"),
        "extension": citations(test_sources(test, conclusion)),
        "status": "requested",
        "intent": "proposal",
        "code": {"text": test},
        "description": test,
        "for": subject,
        "reasonReference": reason,
    }
    return {key: value for key, value in made.items() if value}
