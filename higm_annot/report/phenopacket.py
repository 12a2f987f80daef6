"""GA4GH Phenopacket (schema 2.0) of one report, as the JSON that protobuf reads and writes.

A phenopacket tells genotypes only within a diagnosis of its subject, so those of somebody who is not affected have no
place in it (phenopacket-schema issue 423): such a phenopacket names the person and holds no interpretation.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from higm_annot.interpretation.types import Conclusion, ConclusionCode
from higm_annot.knowledge.expected import laboratory_findings
from higm_annot.knowledge.tables import diseases, genes
from higm_annot.phenotype.age import duration
from higm_annot.reference.types import Gene
from higm_annot.report.codes import code_of
from higm_annot.report.placed import placed
from higm_annot.report.types import PhenotypeBlock, Report, VariantBlock
from higm_annot.report.variant_view import full_name
from higm_annot.report.words import in_one_line, words

SCHEMA = "2.0"
# The schema requires a time of making, and a document has none: an instant that nobody takes for one.
CREATED = "1970-01-01T00:00:00Z"
_AFFECTED, _ESTABLISHED, _COMPLETE, _READY = "yes", "established", "complete", "ready"
# What a diagnosis is proposed from, and how strongly an allele is said to be its cause.
_STATUS = {
    ConclusionCode.DISEASE_GENOTYPE: "CAUSATIVE",
    ConclusionCode.POSSIBLE_DISEASE_GENOTYPE: "CANDIDATE",
    ConclusionCode.ONE_ALLELE_FOUND: "CANDIDATE",
    ConclusionCode.CARRIER_POSSIBLY_AFFECTED: "CANDIDATE",
    ConclusionCode.UNCERTAIN: "CANDIDATE",
}
_SEXES = {"male": "MALE", "female": "FEMALE"}
_NOT_CARRIED = frozenset({"hom_ref", "no_call"})
_REFUTED = "refuted"
_TERM = "hpo"

Json = dict[str, Any]

_RESOURCES = {
    "HP": (
        "hp",
        "Human Phenotype Ontology",
        "http://purl.obolibrary.org/obo/hp.owl",
        "http://purl.obolibrary.org/obo/HP_",
    ),
    "HGNC": ("hgnc", "HUGO Gene Nomenclature Committee", "https://www.genenames.org", "https://identifiers.org/hgnc:"),
    "GENO": (
        "geno",
        "GENO ontology",
        "http://purl.obolibrary.org/obo/geno.owl",
        "http://purl.obolibrary.org/obo/GENO_",
    ),
    "MONDO": ("mondo", "Mondo", "http://purl.obolibrary.org/obo/mondo.owl", "http://purl.obolibrary.org/obo/MONDO_"),
    "OMIM": ("omim", "Online Mendelian Inheritance in Man", "https://www.omim.org", "https://www.omim.org/entry/"),
    "HIGM": ("higm", "Diseases of higm_annot that have no identifier elsewhere", "", ""),
}


def render_phenopacket(report: Report) -> bytes:
    """The phenopacket as UTF-8 JSON, two-space indent, newline at the end; the same document gives the same bytes."""
    interpretations = list(_interpretations(report))
    packet: Json = {
        "id": report.sample.id,
        "subject": {
            "id": report.sample.id,
            "sex": _SEXES.get(report.sample.sex.declared, "UNKNOWN_SEX"),
            "taxonomy": {"id": "NCBITaxon:9606", "label": "Homo sapiens"},
        },
    }
    if features := list(_features(report.phenotype)):
        packet["phenotypicFeatures"] = features
    if interpretations:
        packet["interpretations"] = interpretations
    packet["metaData"] = {
        "created": CREATED,
        "createdBy": report.provenance.software,
        "resources": _resources(packet, report),
        "phenopacketSchemaVersion": SCHEMA,
        "externalReferences": [{"id": f"sha256:{report.digest}", "description": words("report_document", "format")}],
    }
    return msgspec.json.format(msgspec.json.encode(packet), indent=2) + b"\n"


def _features(block: PhenotypeBlock | None) -> Iterable[Json]:
    """Terms that were given, and results that count where a term states them; each once."""
    outcomes = laboratory_findings()
    told: set[str] = set()
    for one in block.observed if block else ():
        term, name = one.feature, one.label
        if one.kind != _TERM:
            outcome = outcomes.get((one.feature, one.finding)) if one.used else None
            term, name = (outcome.hpo, outcome.label) if outcome else ("", "")
        if term and term not in told:
            told.add(term)
            feature: Json = {"type": {"id": term, "label": name}}
            if one.finding == "excluded":
                feature["excluded"] = True
            if one.kind == _TERM and (when := duration(one.age)):
                feature["onset"] = {"age": {"iso8601duration": when}}
            yield feature


def _interpretations(report: Report) -> Iterable[Json]:
    """One for each conclusion that proposes a diagnosis of somebody who is affected; none while a report is on hold."""
    if report.status != _COMPLETE or report.release != _READY or report.sample.affected != _AFFECTED:
        return
    for conclusion in report.conclusions:
        if conclusion.code not in _STATUS or not conclusion.disease:
            continue
        named = [block for block in report.variants if block.key in conclusion.variants and _carried(block)]
        if named:
            yield {
                "id": f"{report.sample.id}-{conclusion.gene}-{conclusion.disease}",
                "progressStatus": _progress(conclusion),
                "diagnosis": {
                    "disease": _disease(conclusion),
                    "genomicInterpretations": [_genomic(block, conclusion, report.sample.id) for block in named],
                },
                "summary": in_one_line(conclusion),
            }


def _carried(block: VariantBlock) -> bool:
    return block.state not in _NOT_CARRIED and block.outside != _REFUTED


def _progress(conclusion: Conclusion) -> str:
    """Never ``SOLVED``: that is said by whoever signs."""
    done = conclusion.code is ConclusionCode.DISEASE_GENOTYPE and conclusion.status == _ESTABLISHED
    return "COMPLETED" if done else "IN_PROGRESS"


def _disease(conclusion: Conclusion) -> Json:
    row = diseases()[conclusion.disease]
    omim = f"OMIM:{row.omim[0]}" if len(row.omim) == 1 else ""
    return {"id": row.mondo or omim or f"HIGM:{row.disease}", "label": row.name}


def _genomic(block: VariantBlock, conclusion: Conclusion, sample: str) -> Json:
    """One allele within a diagnosis; what waits for another assay is a candidate, whatever it would mean."""
    stands = conclusion.status == _ESTABLISHED
    return {
        "subjectOrBiosampleId": sample,
        "interpretationStatus": _STATUS[conclusion.code] if stands else "CANDIDATE",
        "variantInterpretation": {
            "acmgPathogenicityClassification": block.allele_class.class_.upper().replace(" ", "_"),
            "variationDescriptor": _descriptor(block),
        },
    }


def _descriptor(block: VariantBlock) -> Json:
    facts = genes()[Gene(block.gene)]
    descriptor: Json = {
        "id": block.vrs or block.key,
        "label": full_name(block) or block.hgvs.g,
        "geneContext": {"valueId": facts.hgnc, "symbol": block.gene},
        "expressions": [{"syntax": syntax, "value": value} for syntax, value in _expressions(block)],
        "moleculeContext": "genomic",
    }
    if record := _record(block):
        descriptor["vcfRecord"] = record
    if state := code_of("geno_state", block.state):
        descriptor["allelicState"] = {"id": state.code, "label": state.display}
    else:
        descriptor["description"] = words(block.state, "state")
    return descriptor


def _expressions(block: VariantBlock) -> Iterable[tuple[str, str]]:
    names = {
        "hgvs.c": full_name(block),
        "hgvs.g": block.hgvs.g,
        "hgvs.p": block.on_protein.get(block.transcript, ""),
        "spdi": block.spdi,
    }
    return ((syntax, name) for syntax, name in names.items() if name)


def _record(block: VariantBlock) -> Json | None:
    """The record as of a VCF; changes that are read together are several, and then there is none."""
    if len(places := placed(block.key)) != 1:
        return None
    place = places[0]
    record: Json = {
        "genomeAssembly": place.build,
        "chrom": place.contig,
        "pos": str(place.pos),
        "ref": place.ref,
        "alt": place.alt,
    }
    if block.support.filters:
        record["filter"] = ";".join(block.support.filters)
    if place.structure:
        record["info"] = f"SVTYPE={place.structure};END={place.end}"
    return record


def _resources(packet: Json, report: Report) -> list[Json]:
    """The ontologies whose terms stand in the phenopacket, with their release or that of the tables that hold them."""
    content = msgspec.json.encode(packet).decode()
    releases = {"HP": report.phenotype.hpo_release} if report.phenotype else {}
    used = [
        {
            "id": name,
            "name": title,
            "url": url,
            "version": releases.get(prefix, report.provenance.knowledge),
            "namespacePrefix": prefix,
            "iriPrefix": iri,
        }
        for prefix, (name, title, url, iri) in _RESOURCES.items()
        if f'"{prefix}:' in content
    ]
    taxonomy = ("ncbitaxon", "NCBI taxonomy", "http://purl.obolibrary.org/obo/ncbitaxon.owl", "NCBITaxon")
    return [*used, dict(zip(("id", "name", "url", "namespacePrefix"), taxonomy, strict=True))]
