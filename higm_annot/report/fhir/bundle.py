"""The bundle of one report: a collection, the diagnostic report first; no time is told, for the document has none."""

from __future__ import annotations

import msgspec

from higm_annot.knowledge.texts import text
from higm_annot.report.fhir.findings import consequences, genotypes, phases, variants
from higm_annot.report.fhir.implications import allele_classes, conclusions, proposals, result_code
from higm_annot.report.fhir.parts import GUIDE, LOINC, OURS, Entries, Json, concept, extension, profile
from higm_annot.report.fhir.study import State, state_of, study
from higm_annot.report.types import Report

_SEXES = frozenset({"male", "female"})


def render_fhir(report: Report) -> bytes:
    """The bundle as UTF-8 JSON, two-space indent, newline at the end; the same document gives the same bytes.

    A bundle goes to systems outside the laboratory, so one of a report on hold tells no result.
    """
    entries = Entries()
    subject = entries.add(_patient(report))
    tasks = [] if state_of(report) is not State.READY else _results(report, subject, entries)
    done = study(report, subject, entries)
    extensions = [_study_reference(done), *_notes(report), *map(_action, tasks)]
    head = Entries()
    head.add(_report(report, subject, entries.observations(), extensions))
    bundle = {
        "resourceType": "Bundle",
        "identifier": {"system": f"{OURS}:report", "value": report.digest},
        "type": "collection",
        "entry": [*head.entries(), *entries.entries()],
    }
    return msgspec.json.format(msgspec.json.encode(bundle), indent=2) + b"\n"


# The state of the diagnostic report; never ``final``, which is for whoever signs. A failed sample has no result and
# will get none; of one on hold it is only known that there is a report.
_STATUS = {State.READY: "preliminary", State.HOLD: "registered", State.FAILED: "cancelled"}


def _results(report: Report, subject: Json, entries: Entries) -> list[Json]:
    """Put in findings and what they mean; the tests that are proposed."""
    found = variants(report, subject, entries)
    pairs = genotypes(report, subject, found, entries)
    phases(report, subject, found, entries)
    consequences(report, subject, found, entries)
    allele_classes(report, subject, found, entries)
    concluded = conclusions(report, subject, found, pairs, entries)
    return proposals(report, subject, concluded, entries)


def _patient(report: Report) -> Json:
    sex = report.sample.sex.declared
    return {
        "resourceType": "Patient",
        "identifier": [{"system": f"{OURS}:sample", "value": report.sample.id}],
        "gender": sex if sex in _SEXES else "unknown",
    }


def _report(report: Report, subject: Json, results: list[Json], extensions: list[Json]) -> Json:
    held = state_of(report) is State.HOLD
    made = {
        "resourceType": "DiagnosticReport",
        "meta": profile("genomic-report"),
        "extension": extensions,
        "identifier": [{"system": f"{OURS}:report", "value": report.digest}],
        "status": _STATUS[state_of(report)],
        "category": [concept("http://terminology.hl7.org/CodeSystem/v2-0074", "GE", "Genetics")],
        "code": concept(LOINC, "51969-4", "Genetic analysis report"),
        "subject": subject,
        "result": results,
        "conclusion": text("report.hold") if held else " ".join((report.headline.text, *report.headline.detail)),
        "conclusionCode": [] if held else [result_code(report)],
    }
    return {key: value for key, value in made.items() if value}


def _study_reference(done: Json) -> Json:
    return extension("genomic-study-reference", {"valueReference": done})


def _action(task: Json) -> Json:
    return extension("recommended-action", {"valueReference": task})


def _notes(report: Report) -> list[Json]:
    """What holds for the report as a whole: that it is not signed, what stands against it, what the test cannot see."""
    state = state_of(report)
    said = [text("report.banner")]
    if state is State.FAILED:
        said.append(text("report.failed_banner"))
    if state is State.HOLD:
        said.append(text("report.hold"))
    else:
        said += [f"{found.message} {found.remedy}" for found in report.problems]
    coded = [("test-disclaimer", one) for one in (*said, report.secondary_statement)]
    coded += [("test-methodology", one) for one in report.limits]
    return [extension("genomic-report-note", {"valueAnnotation": _note(code, one)}) for code, one in coded]


def _note(code: str, said: str) -> Json:
    about = concept(f"{GUIDE}/CodeSystem/coded-annotation-types-cs", code)
    return {"extension": [extension("annotation-code", {"valueCodeableConcept": about})], "text": said}
