"""What was studied: genes, and the regions that were called and those that were not, as BED files in the bundle."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from enum import Enum

from higm_annot.reference.contigs import accession
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene
from higm_annot.report.assessed import ASSESSED, NOT_ASSESSED, by_gene
from higm_annot.report.fhir.parts import (
    CATEGORIES,
    GUIDE,
    Entries,
    Json,
    coded,
    extension,
    gene,
    profile,
)
from higm_annot.report.types import AssessmentBlock, Report
from higm_annot.report.words import words

_BED = {"system": f"{GUIDE}/CodeSystem/genomic-study-data-format-cs", "code": "bed", "display": "BED"}


class State(Enum):
    """What a bundle may tell: everything, that there is a report on hold, or that there is none."""

    READY = "completed"
    HOLD = "on-hold"
    FAILED = "stopped"


def state_of(report: Report) -> State:
    """What the bundle of a report may tell; the value is the state of its study."""
    if report.status == "failed":
        return State.FAILED
    return State.READY if report.release == "ready" else State.HOLD


def study(report: Report, subject: Json, entries: Entries) -> Json:
    """Put the study into the bundle; its reference. Only that of a report that is ready has an analysis."""
    state = state_of(report)
    made = {
        "resourceType": "Procedure",
        "meta": profile("genomic-study"),
        "extension": [_done(_analysis(report, subject, entries))] if state is State.READY else [],
        "status": state.value,
        "category": CATEGORIES[0],
        "subject": subject,
    }
    return entries.add({key: value for key, value in made.items() if value})


def _done(analysis: Json) -> Json:
    return extension("genomic-study-analysis-ext", {"valueReference": analysis})


def bed(blocks: Iterable[AssessmentBlock], build: Build) -> str:
    """Regions as BED on the RefSeq accessions of a build; the name says what is known of each."""
    contigs = {one: accession(load_panel().loci[one].contig, build) for one in Gene}
    return "".join(f"{contigs[Gene(block.gene)]}\t{block.start - 1}\t{block.end}\t{_name(block)}\n" for block in blocks)


def _name(block: AssessmentBlock) -> str:
    said = (block.gene, block.region, words(block.status, "assessment"), words(block.basis, "basis"))
    return "; ".join(said).replace("\t", " ")


def _analysis(report: Report, subject: Json, entries: Entries) -> Json:
    """The one analysis: build, program, regions."""
    build = coded("build", report.provenance.build)
    device = entries.add(
        {"resourceType": "Device", "deviceName": [{"name": report.provenance.software, "type": "other"}]}
    )
    extensions = [
        *([extension("genomic-study-analysis-genome-build", {"valueCodeableConcept": build})] if build else []),
        extension("genomic-study-analysis-regions", {"extension": _regions(report, subject, entries)}),
        extension("genomic-study-analysis-device", {"extension": [{"url": "device", "valueReference": device}]}),
    ]
    return entries.add(
        {
            "resourceType": "Procedure",
            "meta": profile("genomic-study-analysis"),
            "extension": extensions,
            "status": "completed",
            "category": CATEGORIES[0],
            "subject": subject,
        }
    )


def _regions(report: Report, subject: Json, entries: Entries) -> list[Json]:
    """Studied, called and uncalled: a gene's code where it is true of all of it, and always the exons as a file.

    A region that was read in part is uncalled: the document does not tell which of its bases were read.
    """
    genes = by_gene(report.assessment)
    called = [block for block in report.assessment if block.status == ASSESSED]
    uncalled = [block for block in report.assessment if block.status != ASSESSED]
    found = [{"url": "studied", "valueCodeableConcept": gene(one)} for one in genes]
    for name, status, blocks in (("called", ASSESSED, called), ("uncalled", NOT_ASSESSED, uncalled)):
        whole = [one for one, own in genes.items() if all(block.status == status for block in own)]
        found += [{"url": name, "valueCodeableConcept": gene(one)} for one in whole]
        if blocks and report.provenance.build:
            content = bed(blocks, Build(report.provenance.build))
            found.append({"url": name, "valueReference": entries.add(_file(content, name, subject))})
    return found


def _file(content: str, name: str, subject: Json) -> Json:
    """A BED file inside the bundle."""
    attachment = {"contentType": "text/plain", "data": base64.b64encode(content.encode()).decode()}
    return {
        "resourceType": "DocumentReference",
        "meta": profile("genomic-data-file"),
        "status": "current",
        "subject": subject,
        "description": words(name, "regions"),
        "content": [{"attachment": attachment, "format": _BED}],
    }
