"""Pieces that every FHIR resource of a bundle is made of: codings, components, references, identities."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import msgspec

from higm_annot.knowledge.tables import Disease, genes, sources
from higm_annot.reference.types import Gene
from higm_annot.report.codes import code_of

Json = dict[str, Any]

VERSION = "3.0.0"
GUIDE = "http://hl7.org/fhir/uv/genomics-reporting"
SECONDARY_FINDING = "http://hl7.org/fhir/StructureDefinition/observation-secondaryFinding"
RELATED = "http://hl7.org/fhir/StructureDefinition/workflow-relatedArtifact"
# Ours, for what no other system has a code for.
OURS = "urn:x-higm-annot"
LOINC = "http://loinc.org"
TO_BE_DETERMINED = f"{GUIDE}/CodeSystem/tbd-codes-cs"
SYSTEMS = {
    "loinc": LOINC,
    "so": "http://www.sequenceontology.org",
    "hpo": "http://human-phenotype-ontology.org",
    "phase": f"{GUIDE}/CodeSystem/sequence-phase-relationship-cs",
}
HGNC, HGVS, REFSEQ = "http://www.genenames.org", "http://varnomen.hgvs.org", "http://www.ncbi.nlm.nih.gov/refseq"
MONDO, OMIM = "http://purl.obolibrary.org/obo/mondo.owl", "http://www.omim.org"
UCUM = "http://unitsofmeasure.org"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, GUIDE)
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
CATEGORIES = [
    {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]},
    {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "GE"}]},
]


class Entries:
    """The resources of a bundle, each with an identity made from its content: the same content is the same resource."""

    def __init__(self) -> None:
        self.listed: dict[str, Json] = {}

    def add(self, resource: Json) -> Json:
        """Take in a resource; the reference to it."""
        content = msgspec.json.encode(resource, order="sorted").decode()
        identity = str(uuid.uuid5(_NAMESPACE, content))
        named = {"resourceType": resource["resourceType"], "id": identity}
        self.listed.setdefault(f"urn:uuid:{identity}", named | resource)
        return {"reference": f"urn:uuid:{identity}"}

    def observations(self) -> list[Json]:
        """References to every observation."""
        return [{"reference": url} for url, one in self.listed.items() if one["resourceType"] == "Observation"]

    def entries(self) -> list[Json]:
        """Entries of the bundle, in the order in which they were added."""
        return [{"fullUrl": url, "resource": resource} for url, resource in self.listed.items()]


def profile(name: str) -> Json:
    """The ``meta`` of a resource of a profile of the guide."""
    return {"profile": [f"{GUIDE}/StructureDefinition/{name}|{VERSION}"]}


def extension(name: str, value: Json) -> Json:
    """An extension of the guide."""
    return {"url": f"{GUIDE}/StructureDefinition/{name}", **value}


def concept(system: str, code: str, display: str = "") -> Json:
    """A codeable concept of one coding."""
    return {"coding": [{"system": system, "code": code} | ({"display": display} if display else {})]}


def coded(kind: str, ours: str) -> Json | None:
    """Something of the document as a concept of another system, where that has one."""
    found = code_of(kind, ours)
    return concept(SYSTEMS[found.system], found.code, found.display) if found else None


def gene(symbol: str) -> Json:
    """A gene by its HGNC identifier, with the symbol as its display."""
    return concept(HGNC, genes()[Gene(symbol)].hgnc, symbol)


def disease(row: Disease) -> Json:
    """A disease in Mondo and OMIM, else in our own words only."""
    codings = [{"system": MONDO, "code": row.mondo}] if row.mondo else []
    codings += [{"system": OMIM, "code": number} for number in row.omim]
    return ({"coding": codings} if codings else {}) | {"text": row.name}


def component(code: str, value: Json | None, *, system: str = LOINC) -> list[Json]:
    """A component with its value, or none where there is no value."""
    return [{"code": concept(system, code), **value}] if value else []


def concept_of(found: Json | None) -> Json | None:
    """A concept as the value of a component."""
    return {"valueCodeableConcept": found} if found else None


def hgvs(name: str) -> Json | None:
    """A name of HGVS as a concept."""
    return concept(HGVS, name, name) if name else None


def observation(name: str, code: Json, subject: Json, **more: Json | list[Json] | None) -> Json:
    """An observation of a profile of the guide; preliminary, because nobody has signed it."""
    made: Json = {
        "resourceType": "Observation",
        "meta": profile(name),
        "status": "preliminary",
        "category": CATEGORIES,
        "code": code,
        "subject": subject,
    }
    return made | {key: value for key, value in more.items() if value}


def notes(sentences: Iterable[str]) -> list[Json]:
    """Annotations, one for each sentence."""
    return [{"text": one} for one in dict.fromkeys(sentences) if one]


def citations(keys: Iterable[str]) -> list[Json]:
    """Sources as related artifacts; the program itself is no source."""
    table = sources()
    wanted = dict.fromkeys(part for key in keys for part in key.split(";") if part not in ("", "software"))
    return [{"url": RELATED, "valueRelatedArtifact": _artifact(key, table)} for key in wanted]


def _artifact(key: str, table: Json) -> Json:
    row = table.get(key)
    pmid = (row.pmid if row else "") or (key.removeprefix("PMID:") if key.startswith("PMID:") else "")
    address = f"{_PUBMED}{pmid}/" if pmid else row.url if row else ""
    return {"type": "citation", "citation": row.title if row else key} | ({"url": address} if address else {})
