"""FHIR: bundles of R4 that say no more than the document, and say what was not called."""

import base64
import json

import msgspec
import pytest

from higm_annot.genotype.types import Zygosity
from higm_annot.interpretation.types import ConclusionCode, Status
from higm_annot.report.document import failed
from higm_annot.report.fhir.bundle import render_fhir
from higm_annot.report.fhir.findings import presence
from higm_annot.report.types import SupportBlock

GUIDE = "http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/"


def resources(report, kind="", profile=""):
    """Resources of a bundle, of a type and a profile."""
    found = [entry["resource"] for entry in json.loads(render_fhir(report))["entry"]]
    return [
        one
        for one in found
        if kind in ("", one["resourceType"])
        and (not profile or one.get("meta", {}).get("profile") == [f"{GUIDE}{profile}|3.0.0"])
    ]


def components(resource):
    """Values of components by code: the code or text of a concept, or the value itself."""
    found = {}
    for one in resource["component"]:
        code = one["code"]["coding"][0]["code"]
        (value,) = (one[key] for key in one if key.startswith("value"))
        found[code] = value["coding"][0]["code"] if isinstance(value, dict) and "coding" in value else value
    return found


def answer(resource):
    return resource["valueCodeableConcept"]["coding"][0]["display"]


def regions(report, status):
    """What the analysis says of its regions: gene symbols, and lines of the BED file."""
    (analysis,) = resources(report, "Procedure", "genomic-study-analysis")
    files = {f"urn:uuid:{one['id']}": one for one in resources(report, "DocumentReference")}
    parts = next(one["extension"] for one in analysis["extension"] if one["url"].endswith("-regions"))
    genes = [
        one["valueCodeableConcept"]["coding"][0]["display"]
        for one in parts
        if one["url"] == status and "valueCodeableConcept" in one
    ]
    linked = [
        files[one["valueReference"]["reference"]] for one in parts if one["url"] == status and "valueReference" in one
    ]
    lines = [
        line
        for one in linked
        for line in base64.b64decode(one["content"][0]["attachment"]["data"]).decode().splitlines()
    ]
    return genes, lines


def test_every_demonstration_bundle_is_read_by_a_model_of_the_standard(demo):
    bundle = pytest.importorskip("fhir.resources.R4B.bundle", reason="the oracle extra is not installed")
    for report in demo.values():
        content = render_fhir(report)
        read = bundle.Bundle.model_validate_json(content)
        assert len(read.entry) == len(json.loads(content)["entry"])
        assert read.type == "collection"


def test_every_reference_leads_to_a_resource_of_the_bundle(demo):
    for report in demo.values():
        content = json.loads(render_fhir(report))
        urls = {entry["fullUrl"] for entry in content["entry"]}
        assert len(urls) == len(content["entry"])
        wanted = set(json.dumps(content).split('"reference": "')[1:])
        assert {one.partition('"')[0] for one in wanted} <= urls


def test_the_same_document_gives_the_same_bytes_and_no_time(made):
    content = render_fhir(made.boy())
    assert content == render_fhir(made.boy())
    for word in (b"issued", b"effective", b"timestamp", b"lastUpdated", b"performedDateTime"):
        assert word not in content


def test_identities_come_from_the_content(made):
    """Two documents that differ by their digest alone differ in the report's own resource alone."""
    one, other = made.boy(), msgspec.structs.replace(made.boy(), digest="00" * 32)
    kinds = ("Patient", "Observation", "Procedure", "Task", "DocumentReference", "Device")
    assert [resources(one, kind) for kind in kinds] == [resources(other, kind) for kind in kinds]
    assert resources(one, "DiagnosticReport") != resources(other, "DiagnosticReport")


def test_a_boy_s_variant_is_named_in_full(demo):
    (variant,) = resources(demo["DEMO-HIGM1-boy"], "Observation", "variant")
    said = components(variant)
    assert answer(variant) == "Present"
    expected = {
        "48018-6": "HGNC:11935",
        "48000-4": "LA21276-3",
        "62374-4": "LA26806-2",
        "81290-9": "NC_000023.11:g.136654424del",
        "48004-6": "NM_000074.3:c.340del",
        "51958-7": "NM_000074.3",
        "48005-3": "NP_000065.1:p.(Gln114LysfsTer14)",
        "48013-7": "NC_000023.11",
        "53034-5": "LA6707-9",
        "69547-8": "GC",
        "69551-0": "G",
        "48002-0": "LA6683-2",
        "94186-4": "LA26320-4",
    }
    assert {code: said[code] for code in expected} == expected
    assert said["81254-5"] == {"low": {"value": 136654423}, "high": {"value": 136654424}}


def test_a_compound_heterozygote_is_a_genotype_of_two_members(demo):
    report = demo["DEMO-CD40-trans"]
    (genotype,) = resources(report, "Observation", "genotype")
    (phase,) = resources(report, "Observation", "sequence-phase-relationship")
    members = {one["reference"] for one in genotype["hasMember"]}
    assert members == {f"urn:uuid:{one['id']}" for one in resources(report, "Observation", "variant")}
    assert len(members) == 2
    assert answer(genotype) == "NM_001250.6:c.[247T>C];[256+2T>C]"
    assert answer(phase) == "Trans"
    concluded = resources(report, "Observation", "diagnostic-implication")[-1]
    assert concluded["derivedFrom"] == [{"reference": f"urn:uuid:{genotype['id']}"}]


def test_without_phase_there_is_no_genotype(demo):
    report = demo["DEMO-CD40-unphased"]
    (phase,) = resources(report, "Observation", "sequence-phase-relationship")
    assert (answer(phase), resources(report, "Observation", "genotype")) == ("Unknown", [])
    (cis,) = resources(demo["DEMO-AICDA-cis"], "Observation", "sequence-phase-relationship")
    assert answer(cis) == "Cis"


def test_of_more_than_two_alleles_only_known_phases_are_told(made):
    keys = tuple(made.allele(name).key for name in ("frameshift", "common", "half"))
    report = made.boy(conclusions=(msgspec.structs.replace(made.boy_conclusions()[0], variants=keys),))
    assert len(resources(report, "Observation", "variant")) >= 3
    assert resources(report, "Observation", "sequence-phase-relationship") == []


PRESENCE = [
    ("DEMO-HIGM1-boy", "Present"),
    ("DEMO-IKBKG-boy", "Indeterminate"),  # gene or pseudogene
    ("DEMO-IKBKG-outside-call", "Present"),  # and the assay that could tell says: gene
    ("DEMO-PMS2-artefact-refuted", "Absent"),
]


@pytest.mark.parametrize(("sample", "said"), PRESENCE)
def test_presence_waits_for_an_assay_that_can_tell_the_pseudogene(demo, sample, said):
    (variant,) = resources(demo[sample], "Observation", "variant")
    assert answer(variant) == said
    assert ("variant-confidence-status" in components(variant)) == (said == "Indeterminate")
    if said != "Present":
        assert not {"53034-5", "94186-4"} & components(variant).keys()


@pytest.mark.parametrize(
    ("state", "depth", "said"),
    [
        (Zygosity.HOM_REF, 40, "absent"),
        (Zygosity.NO_CALL, 3, "no_call"),
        (Zygosity.NO_CALL, 40, "indeterminate"),
        (Zygosity.NO_CALL, None, "indeterminate"),
        (Zygosity.HALF_CALL, 40, "present"),
    ],
)
def test_reference_is_never_present_and_no_call_is_for_few_reads_only(made, state, depth, said):
    block = made.boy().variants[0]
    support = SupportBlock("", depth, None, None, None, None, (), ())
    assert presence(msgspec.structs.replace(block, state=state, support=support)) == said


def test_the_class_of_an_allele_that_may_lie_in_the_pseudogene_is_in_words_only(demo):
    first, *_ = resources(demo["DEMO-IKBKG-boy"], "Observation", "diagnostic-implication")
    said = components(first)
    assert "53037-8" not in said
    assert "Unresolved: gene or pseudogene" in said["conclusion-string"]
    first, *_ = resources(demo["DEMO-IKBKG-outside-call"], "Observation", "diagnostic-implication")
    assert components(first)["53037-8"] == "LA26332-9"


def test_a_refuted_allele_has_no_class_in_this_person(demo):
    report = demo["DEMO-PMS2-artefact-refuted"]
    said = [components(one) for one in resources(report, "Observation", "diagnostic-implication")]
    assert not any("53037-8" in one for one in said)


@pytest.mark.parametrize("sample", ["DEMO-HIGM1-hetmale", "DEMO-IKBKG-het-boy"])
def test_two_alleles_on_a_male_s_x_have_no_allelic_state(demo, sample):
    (variant,) = resources(demo[sample], "Observation", "variant")
    assert "53034-5" not in components(variant)
    assert any("single copy" in note["text"] for note in variant["note"])


def test_a_disease_is_predicted_only_by_an_established_disease_genotype(demo):
    for report in demo.values():
        concluded = {one.code for one in report.conclusions if one.status is Status.ESTABLISHED}
        implied = [components(one) for one in resources(report, "Observation", "diagnostic-implication")]
        for said in implied:
            if "81259-4" in said:
                assert (said["conclusion"], "status" in said) == ("disease_genotype", False)
        predicted = any("81259-4" in said for said in implied)
        assert predicted == (ConclusionCode.DISEASE_GENOTYPE in concluded)


def test_a_carrier_is_told_in_words_and_under_our_own_code(demo):
    *_, said = (
        components(one) for one in resources(demo["DEMO-HIGM1-mother"], "Observation", "diagnostic-implication")
    )
    assert (said["conclusion"], said["about-disease"]) == ("carrier", "MONDO:0010626")
    assert said["conclusion-string"].startswith("Carrier: ")


def test_a_secondary_finding_is_called_one(demo):
    marked = {
        sample
        for sample, report in demo.items()
        for one in resources(report, "Observation", "diagnostic-implication")
        if any(part["url"].endswith("/observation-secondaryFinding") for part in one["extension"])
    }
    assert marked == {"DEMO-PMS2-consent"}


def test_every_implication_has_its_sources(demo):
    for report in demo.values():
        for one in resources(report, "Observation", "diagnostic-implication"):
            assert one["extension"], (report.sample.id, components(one))


def test_what_was_not_called_is_always_said(demo):
    for report in demo.values():
        if report.release == "hold":
            continue
        genes, lines = regions(report, "uncalled")
        missing = [block for block in report.assessment if block.status != "assessed"]
        assert len(lines) == len(missing) > 0
        called, read = regions(report, "called")
        assert len(read) == len(report.assessment) - len(missing)
        assert not set(called) & set(genes)


def test_a_gene_is_called_only_when_all_of_it_was(demo):
    called, _ = regions(demo["DEMO-clean-gvcf"], "called")
    uncalled, lines = regions(demo["DEMO-clean-gvcf"], "uncalled")
    assert called == ["CD40LG", "CD40", "AICDA", "UNG"]
    assert uncalled == []  # of IKBKG and PMS2 some exons were, and the file says which were not
    assert {line.split("\t")[3].partition(";")[0] for line in lines} == {"IKBKG", "PMS2"}
    _, everything = regions(demo["DEMO-clean-vcf"], "called")
    assert everything == []


def test_bed_counts_from_zero(made):
    _, lines = regions(made.boy(), "called")
    assert lines[0].split("\t")[:3] == ["NC_000023.11", "136648999", "136649099"]


def test_exons_read_in_part_are_uncalled(made):
    _, lines = regions(made.boy(), "uncalled")
    assert any("exon 4; assessed in part" in line for line in lines)


def test_nothing_is_final_before_it_is_signed(made):
    (head,) = resources(made.boy(), "DiagnosticReport")
    assert head["status"] == "preliminary"
    assert {one["status"] for one in resources(made.boy(), "Observation")} == {"preliminary"}


def test_a_report_on_hold_tells_no_result(made):
    """Whose result it is may be the open question."""
    report = msgspec.structs.replace(made.boy(), release="hold")
    content = render_fhir(report).decode()
    (head,) = resources(report, "DiagnosticReport")
    (study,) = resources(report, "Procedure")
    assert (head["status"], study["status"]) == ("registered", "on-hold")
    assert {one["resourceType"] for one in resources(report)} == {"DiagnosticReport", "Patient", "Procedure"}
    assert head["conclusion"].startswith("On hold")
    for word in ("340del", "136654423", "disease_genotype", "HIGM1", made.WARNING.message):
        assert word not in content


def test_a_failed_sample_has_a_cancelled_report_and_no_findings(made):
    report = failed(made.intake(problems=(made.ERROR,)), made.PANEL)
    (head,) = resources(report, "DiagnosticReport")
    (study,) = resources(report, "Procedure")
    assert (head["status"], "result" in head, study["status"]) == ("cancelled", False, "stopped")
    assert resources(report, "Observation") == []
    assert made.ERROR.message in json.dumps(head)


def test_tests_are_proposals_and_stand_once(demo):
    for report in demo.values():
        wanted = {test for one in report.conclusions for test in one.next_tests if report.release == "ready"}
        tasks = resources(report, "Task")
        assert sorted(one["description"] for one in tasks) == sorted(wanted)
        assert {one["intent"] for one in tasks} <= {"proposal"}


def test_relatives_are_not_in_it(demo):
    content = render_fhir(demo["DEMO-CD40-trans"])
    assert b"DEMO-CD40-trans-mother" not in content
    assert len(resources(demo["DEMO-CD40-trans"], "Patient")) == 1


def test_a_sex_that_is_not_known_is_unknown(made):
    (patient,) = resources(made.boy(sex="unknown"), "Patient")
    assert patient["gender"] == "unknown"


def test_structural_alleles_have_a_type_and_no_bases(demo):
    (variant,) = resources(demo["DEMO-IKBKG-deletion-girl"], "Observation", "variant")
    said = components(variant)
    assert said["48019-4"] == "SO:0000159"
    assert "69551-0" not in said
    assert said["81254-5"]["low"] == {"value": 154558015}


def test_hostile_words_stay_inside_their_string(made):
    hostile = '"},{"resourceType":"Patient"}</script>\n'
    conclusion = msgspec.structs.replace(made.boy_conclusions()[0], reasons=(hostile,))
    report = made.boy(conclusions=(conclusion,))
    assert len(resources(report, "Patient")) == 1
    assert any(
        hostile in components(one)["conclusion-string"] for one in resources(report, profile="diagnostic-implication")
    )
