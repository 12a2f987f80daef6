"""Phenopackets: of the schema, with a diagnosis only for the affected, and no more sure than the report."""

import json

import msgspec
import pytest

from higm_annot.interpretation.types import ConclusionCode, Status
from higm_annot.report.document import failed
from higm_annot.report.phenopacket import CREATED, render_phenopacket
from higm_annot.report.render import render


def packet(report):
    return json.loads(render_phenopacket(report))


def interpretations(report):
    return packet(report).get("interpretations", [])


def alleles(one):
    return [each["variantInterpretation"] for each in one["diagnosis"]["genomicInterpretations"]]


def test_every_demonstration_person_has_one_of_the_schema(demo):
    json_format = pytest.importorskip("google.protobuf.json_format", reason="the oracle extra is not installed")
    schema = pytest.importorskip("phenopackets", reason="the oracle extra is not installed")
    assert len(demo) == 43
    for report in demo.values():
        content = render(report, "phenopacket")
        read = json_format.Parse(content, schema.Phenopacket())
        again = json.loads(json_format.MessageToJson(read))
        assert again["interpretations"] if interpretations(report) else "interpretations" not in again
        assert read.meta_data.phenopacket_schema_version == "2.0"


def test_who_is_not_affected_has_no_interpretation(demo):
    told = {name for name, report in demo.items() if interpretations(report)}
    assert {demo[name].sample.affected for name in told} == {"yes"}
    assert interpretations(demo["DEMO-HIGM1-mother"]) == []  # a carrier's genotype would read as her diagnosis
    assert interpretations(demo["DEMO-PMS2-consent"]) == []  # a secondary risk is no diagnosis


def test_a_boy_is_hemizygous_for_the_cause(demo):
    (one,) = interpretations(demo["DEMO-HIGM1-boy"])
    (each,) = one["diagnosis"]["genomicInterpretations"]
    described = each["variantInterpretation"]["variationDescriptor"]
    assert (one["progressStatus"], each["interpretationStatus"]) == ("COMPLETED", "CAUSATIVE")
    assert one["diagnosis"]["disease"]["id"] == "MONDO:0010626"
    assert described["allelicState"] == {"id": "GENO:0000134", "label": "hemizygous"}
    assert described["vcfRecord"] == {
        "genomeAssembly": "GRCh38", "chrom": "X", "pos": "136654423", "ref": "GC", "alt": "G", "filter": "PASS",
    }  # fmt: skip
    assert {row["syntax"]: row["value"] for row in described["expressions"]} == {
        "hgvs.c": "NM_000074.3:c.340del",
        "hgvs.g": "NC_000023.11:g.136654424del",
        "hgvs.p": "NP_000065.1:p.(Gln114LysfsTer14)",
        "spdi": demo["DEMO-HIGM1-boy"].variants[0].spdi,
    }


def test_both_alleles_of_a_compound_heterozygote_are_told(demo):
    (one,) = interpretations(demo["DEMO-CD40-trans"])
    assert [row["variationDescriptor"]["label"] for row in alleles(one)] == [
        "NM_001250.6:c.247T>C",
        "NC_000020.11(NM_001250.6):c.256+2T>C",
    ]


@pytest.mark.parametrize(
    "sample", ["DEMO-CD40-unphased", "DEMO-AICDA-one", "DEMO-IKBKG-boy", "DEMO-HIGM1-vus", "DEMO-HIGM1-woman"]
)
def test_what_is_open_is_a_candidate(demo, sample):
    (one,) = interpretations(demo[sample])
    assert one["progressStatus"] == "IN_PROGRESS"
    assert {row["interpretationStatus"] for row in one["diagnosis"]["genomicInterpretations"]} == {"CANDIDATE"}


def test_a_state_that_is_open_is_words_only(demo):
    (one,) = interpretations(demo["DEMO-HIGM1-hetmale"])
    (each,) = alleles(one)
    assert "allelicState" not in each["variationDescriptor"]
    assert "single copy" in each["variationDescriptor"]["description"]


def test_an_allele_that_another_assay_refuted_is_not_told(demo):
    assert interpretations(demo["DEMO-PMS2-artefact-refuted"]) == []


def test_a_report_on_hold_tells_no_diagnosis(made):
    assert interpretations(made.boy())
    assert interpretations(msgspec.structs.replace(made.boy(), release="hold")) == []


def test_a_disease_without_an_identifier_has_ours(demo):
    (one,) = interpretations(demo["DEMO-AICDA-AD-child"])
    assert one["diagnosis"]["disease"]["id"] == "HIGM:HIGM2AD"
    assert "HIGM" in {row["namespacePrefix"] for row in packet(demo["DEMO-AICDA-AD-child"])["metaData"]["resources"]}


def test_every_prefix_in_use_is_declared(demo):
    for report in demo.values():
        made_packet = packet(report)
        declared = {row["namespacePrefix"] for row in made_packet["metaData"]["resources"]}
        used = {one["diagnosis"]["disease"]["id"].partition(":")[0] for one in interpretations(report)}
        assert used | {"NCBITaxon"} <= declared


def test_a_failed_sample_has_no_interpretation(made):
    report = failed(made.intake(problems=(made.ERROR,)), made.PANEL)
    assert "interpretations" not in packet(report)


def test_no_time_is_invented(made):
    assert packet(made.boy())["metaData"]["created"] == CREATED == "1970-01-01T00:00:00Z"
    assert render_phenopacket(made.boy()) == render_phenopacket(made.boy())


def test_hostile_names_stay_inside_their_string(made):
    hostile = '"},{"x":"</script><b>\n'
    conclusion = msgspec.structs.replace(made.boy_conclusions()[0], reasons=(hostile,))
    (one,) = interpretations(made.boy(conclusions=(conclusion,)))
    assert hostile in one["summary"]


def test_an_unresolved_call_is_never_the_cause(made):
    conclusion = made.conclusion(
        ConclusionCode.DISEASE_GENOTYPE, "frameshift", status=Status.UNRESOLVED_PARALOGUE,
        if_confirmed=ConclusionCode.DISEASE_GENOTYPE,
    )  # fmt: skip
    (one,) = interpretations(made.boy(conclusions=(conclusion,)))
    assert one["progressStatus"] == "IN_PROGRESS"
