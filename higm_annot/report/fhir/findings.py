"""Findings of a bundle: variants, what they do to the transcript, how two of them lie, compound heterozygosity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from higm_annot.genotype.types import PhaseVerdict, Zygosity
from higm_annot.interpretation.findings import FOUND, HARD
from higm_annot.interpretation.outside import Verdict
from higm_annot.interpretation.types import Conclusion, Status
from higm_annot.knowledge.tables import threshold
from higm_annot.reference.contigs import accession
from higm_annot.report.codes import code_of
from higm_annot.report.fhir.parts import (
    GUIDE,
    LOINC,
    OURS,
    REFSEQ,
    TO_BE_DETERMINED,
    UCUM,
    Entries,
    Json,
    coded,
    component,
    concept,
    concept_of,
    gene,
    hgvs,
    notes,
    observation,
)
from higm_annot.report.placed import Placed, placed
from higm_annot.report.types import Report, VariantBlock
from higm_annot.report.variant_view import full_name
from higm_annot.report.words import words

PRESENT, ABSENT, NO_CALL, INDETERMINATE = "present", "absent", "no_call", "indeterminate"
_UNCALLED = frozenset({Zygosity.NO_CALL, Zygosity.HALF_CALL})
_SETTLED = frozenset({Verdict.CONFIRMED, Verdict.FOUND, Verdict.REFUTED})
_SEQUENCING = concept(LOINC, "LA26398-0", "Sequencing")
_CANDIDATE = concept(f"{GUIDE}/CodeSystem/variant-confidence-status-cs", "intermediate", "Intermediate")


def shown(report: Report) -> list[VariantBlock]:
    """Alleles that the bundle tells of: those that a conclusion names, and those that could not be called."""
    return [block for block in report.variants if block.reportable or block.state in _UNCALLED]


def presence(block: VariantBlock) -> str:
    """Whether the allele is in the sample, as the guide's answers have it.

    "No call" is for a place without enough reads only; whatever else leaves it open, a pseudogene above all, is
    indeterminate.
    """
    if block.outside == Verdict.REFUTED or block.state == Zygosity.HOM_REF:
        return ABSENT
    if block.state == Zygosity.NO_CALL:
        depth = block.support.depth
        return NO_CALL if depth is not None and depth < threshold("reference_min_depth") else INDETERMINATE
    if block.outside == Verdict.CONFLICT or _unplaced(block):
        return INDETERMINATE
    return PRESENT


def open_words(block: VariantBlock) -> Iterable[str]:
    """What the codes do not say: a state that is not coded, another assay's word, a pseudogene."""
    if presence(block) != PRESENT or code_of("allelic_state", block.state) is None:
        yield words(block.state, "state")
    if block.outside:
        yield words(block.outside, "outside")
    if _unplaced(block):
        yield words(Status.UNRESOLVED_PARALOGUE, "status")


def variants(report: Report, subject: Json, entries: Entries) -> dict[str, Json]:
    """Put every allele into the bundle; a reference for each allele key."""
    source_class = concept_of(coded("source_class", report.sample.mode))
    return {block.key: entries.add(_variant(block, subject, source_class)) for block in shown(report)}


def consequences(report: Report, subject: Json, found: Mapping[str, Json], entries: Entries) -> None:
    """Put in what each allele does on its MANE Select transcript."""
    for block in shown(report):
        terms = [part for term in block.consequences for part in _term(term)]
        if terms and block.reportable:
            entries.add(
                observation(
                    "molecular-consequence",
                    concept(TO_BE_DETERMINED, "molecular-consequence"),
                    subject,
                    derivedFrom=[found[block.key]],
                    component=[*_names(block), *terms],
                )
            )


def phases(report: Report, subject: Json, found: Mapping[str, Json], entries: Entries) -> None:
    """How two alleles of one conclusion lie: in trans, in cis, or not known.

    That it is not known is said of two alleles; of more, the pairs of which it is known are told.
    """
    blocks = {block.key: block for block in report.variants if block.key in found}
    pairs: dict[tuple[str, str], str] = {}
    for conclusion in report.conclusions:
        named = [key for key in dict.fromkeys(conclusion.variants) if key in blocks]
        for number, first in enumerate(named):
            for second in named[number + 1 :]:
                verdict = _verdict(blocks[first], second)
                if verdict != PhaseVerdict.UNKNOWN or len(named) == 2:
                    pairs.setdefault((first, second), verdict)
    code = concept(LOINC, "82120-7", "Allelic phase")
    for (first, second), verdict in pairs.items():
        entries.add(
            observation(
                "sequence-phase-relationship",
                code,
                subject,
                valueCodeableConcept=coded("phase", verdict),
                derivedFrom=[found[first], found[second]],
            )
        )


def genotypes(report: Report, subject: Json, found: Mapping[str, Json], entries: Entries) -> dict[str, Json]:
    """Compound heterozygotes, by the name of the genotype: an established conclusion whose alleles lie in trans."""
    blocks = {block.key: block for block in report.variants}
    made = {}
    for conclusion in report.conclusions:
        members = [key for key in dict.fromkeys(conclusion.variants) if key in found]
        pair = conclusion.diplotype
        if pair is None or not _in_trans(conclusion, [blocks[key] for key in members]):
            continue
        references = [found[key] for key in members]
        made[pair.hgvs] = entries.add(
            observation(
                "genotype",
                concept(LOINC, "84413-4", "Genotype display name"),
                subject,
                valueCodeableConcept=hgvs(pair.hgvs),
                derivedFrom=references,
                hasMember=references,
                component=component("48018-6", concept_of(gene(conclusion.gene))),
            )
        )
    return made


def _in_trans(conclusion: Conclusion, members: Sequence[VariantBlock]) -> bool:
    return (
        conclusion.status is Status.ESTABLISHED
        and conclusion.diplotype is not None
        and conclusion.diplotype.phase == PhaseVerdict.TRANS
        and len(members) > 1
        and all(presence(block) == PRESENT for block in members)
    )


def _verdict(block: VariantBlock, other: str) -> str:
    return next((str(one.verdict) for one in block.phase if one.other == other), str(PhaseVerdict.UNKNOWN))


def _unplaced(block: VariantBlock) -> bool:
    return block.paralogue == HARD and block.outside not in _SETTLED


def _variant(block: VariantBlock, subject: Json, source_class: Json | None) -> Json:
    """One allele as an observation of the variant profile."""
    places = placed(block.key)
    candidate = concept_of(_CANDIDATE) if _unplaced(block) else None
    there = presence(block) == PRESENT  # what an allele is on, or comes from, is not said of one that may not be there
    parts = [
        *component("48018-6", concept_of(gene(block.gene))),
        *(_place(places[0]) if len(places) == 1 else ()),
        *component("81290-9", concept_of(hgvs(block.hgvs.g))),
        *_names(block),
        *component("48002-0", source_class),
        *component("53034-5", concept_of(coded("allelic_state", block.state) if there else None)),
        *component("94186-4", concept_of(coded("origin", block.origin) if there else None)),
        *component("81258-6", _quantity(block.support.allele_balance)),
        *component("82121-5", _quantity(block.support.alt_reads)),
        *component("81252-9", concept_of(concept(f"{OURS}:allele", block.key))),
        *component("variant-confidence-status", candidate, system=TO_BE_DETERMINED),
    ]
    return observation(
        "variant",
        concept(LOINC, "69548-6", "Genetic variant assessment"),
        subject,
        valueCodeableConcept=coded("presence", presence(block)),
        method=None if FOUND in block.flags else _SEQUENCING,
        note=notes(open_words(block)),
        component=parts,
    )


def _place(place: Placed) -> list[Json]:
    """Chromosome, assembly and coordinates; bases only where the record has them."""
    first, last = place.changed
    parts = [
        *component("48000-4", concept_of(coded("chromosome", place.contig))),
        *component("62374-4", concept_of(coded("build", place.build))),
        *component("48013-7", concept_of(concept(REFSEQ, accession(place.contig, place.build)))),
        *component("92822-6", concept_of(concept(LOINC, "LA30102-0", "1-based character counting"))),
    ]
    if place.structure:
        parts += component("48019-4", concept_of(coded("structure", place.structure)))
    else:
        parts += component("69547-8", {"valueString": place.ref})
        parts += component("69551-0", {"valueString": place.alt})
    if place.exact:
        parts += component("81254-5", _range(first, max(first, last)))
    elif place.margins:
        down, up, end_down, end_up = place.margins
        parts += component("81301-4", _range(first + down, last + end_up))
        parts += component("81302-2", _range(first + up, last + end_down))
    return parts


def _range(first: int, last: int) -> Json:
    return {"valueRange": {"low": {"value": first}, "high": {"value": last}}}


def _quantity(number: float | None) -> Json | None:
    return None if number is None else {"valueQuantity": {"value": number, "system": UCUM, "code": "1"}}


def _names(block: VariantBlock) -> list[Json]:
    """The names on the MANE Select transcript and its protein."""
    return [
        *component("48004-6", concept_of(hgvs(full_name(block)))),
        *component("51958-7", concept_of(concept(REFSEQ, block.transcript))),
        *component("48005-3", concept_of(hgvs(block.on_protein.get(block.transcript, "")))),
    ]


def _term(term: str) -> list[Json]:
    return component("feature-consequence", concept_of(coded("consequence", term)), system=TO_BE_DETERMINED)
