"""A phenopacket of version 2 is read; one of another version, about somebody else or broken is named and not used."""

from __future__ import annotations

import json

import msgspec
import pytest

from higm_annot.demo.recipe import text
from higm_annot.intake.types import Person, Sex
from higm_annot.phenotype.observe import observe
from higm_annot.problems import Audience, forbids_release
from higm_annot.report.phenopacket import render_phenopacket
from higm_annot.report.types import Report


def packet(**changes):
    """A phenopacket as protocol buffers write it: camel case, nothing that is false or zero."""
    whole = {
        "id": "case-1",
        "subject": {"id": "P", "sex": "MALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P2Y"}}},
        "phenotypicFeatures": [
            {"type": {"id": "HP:0020102", "label": "whatever"}, "onset": {"age": {"iso8601duration": "P5M"}}},
            {"type": {"id": "HP:0000968"}, "excluded": True},
        ],
        "measurements": [
            {
                "assay": {"id": "LOINC:2472-9", "label": "IgM [Mass/volume] in Serum or Plasma"},
                "value": {
                    "quantity": {
                        "unit": {"id": "UCUM:g/L", "label": "gram per liter"},
                        "value": 7.93,
                        "referenceRange": {"unit": {"id": "UCUM:g/L"}, "low": 0.56, "high": 3.52},
                    }
                },
            },
            {
                "assay": {"id": "x:1", "label": "CD40_flow"},
                "value": {"ontologyClass": {"id": "y:1", "label": "Absent"}},
            },
        ],
        "diseases": [{"term": {"id": "OMIM:308230"}}],
        "metaData": {"phenopacketSchemaVersion": "2.0"},
    }
    return whole | changes


def read(tmp_path, content, **cells):
    path = tmp_path / "packet.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return observe(Person(sample="P", vcf="v.vcf", vcf_sample="P", phenotype=str(path), **cells))


def codes(found):
    return [one.code for one in found.problems]


def test_features_and_measurements_are_read_and_diagnoses_are_not(tmp_path):
    found = read(tmp_path, packet())
    assert [(one.feature, one.finding, one.value, one.age) for one in found.observed] == [
        ("HP:0020102", "present", "", "P5M"),
        ("HP:0000968", "excluded", "", ""),
        ("IgM", "high", "7.93 g/L (0.56 to 3.52)", ""),
        ("CD40_flow", "absent", "", ""),
    ]
    assert (found.used, found.problems) == (True, ())


def test_a_zero_that_is_not_written_is_a_zero(tmp_path):
    quantity = {"unit": {"id": "UCUM:g/L"}, "referenceRange": {"high": 0.4}}
    measured = [{"assay": {"id": "LOINC:2458-8"}, "value": {"quantity": quantity}}]
    (_, _, iga) = read(tmp_path, packet(measurements=measured)).observed
    assert (iga.value, iga.finding) == ("0 g/L (0 to 0.4)", "normal")


def test_limits_in_another_unit_are_not_the_interval(tmp_path):
    content = packet()
    content["measurements"][0]["value"]["quantity"]["referenceRange"]["unit"] = {"id": "UCUM:mg/dL"}
    assert [one.unused for one in read(tmp_path, content).observed if one.feature == "IgM"] == ["no_interval"]


def test_the_age_of_the_packet_serves_where_the_sheet_has_none(tmp_path):
    features = [{"type": {"id": "HP:0004315"}}]
    assert read(tmp_path, packet(phenotypicFeatures=features)).observed[0].unused == ""
    infant = read(tmp_path, packet(phenotypicFeatures=features), age_at_sampling="2m")
    assert infant.observed[0].unused == "too_young"


@pytest.mark.parametrize("agent", [{"label": "Human immunoglobulin G"}, {"id": "ATC:J06BA02"}])
def test_immunoglobulin_that_is_given_makes_igg_say_nothing(tmp_path, agent):
    content = packet(
        phenotypicFeatures=[{"type": {"id": "HP:0004315"}}], medicalActions=[{"treatment": {"agent": agent}}]
    )
    assert read(tmp_path, content).observed[0].unused == "replacement"


def test_a_measurement_that_is_not_known_is_named(tmp_path):
    measured = [{"assay": {"id": "LOINC:718-7", "label": "Hemoglobin"}, "value": {"quantity": {"value": 11}}}]
    found = read(tmp_path, packet(measurements=measured))
    assert codes(found) == ["HA-PHE-024"]
    assert "Hemoglobin" in found.problems[0].message
    assert found.used


def test_a_number_that_is_none_is_named(tmp_path):
    content = packet()
    content["measurements"][0]["value"]["quantity"]["value"] = "NaN"
    assert codes(read(tmp_path, content)) == ["HA-PHE-003"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "HA-PHE-020"),
        ("[]", "HA-PHE-020"),
        ("{}", "HA-PHE-020"),
        ("[" * 100_000, "HA-PHE-020"),
        ({"subject": {"id": "P"}}, "HA-PHE-021"),
        ({"subject": {"id": 7}, "metaData": {"phenopacketSchemaVersion": "2.0"}}, "HA-PHE-020"),
        ({"subject": {"id": "P"}, "metaData": {"phenopacketSchemaVersion": "1.0.0"}}, "HA-PHE-021"),
        ({"subject": {"id": "P"}, "metaData": {"phenopacketSchemaVersion": "3.0"}}, "HA-PHE-021"),
        ({"subject": {"id": "P"}, "meta_data": {"phenopacket_schema_version": "2.0"}}, "HA-PHE-013"),
        ({"subject": {"id": "p"}, "metaData": {"phenopacketSchemaVersion": "2.0"}}, "HA-PHE-022"),
        ({"subject": {}, "metaData": {"phenopacketSchemaVersion": "2.0"}}, "HA-PHE-022"),
        ({"subject": {"id": "P"}, "metaData": {"phenopacketSchemaVersion": "2.0"}}, "HA-PHE-013"),
    ],
)
def test_what_is_no_phenopacket_of_this_person_is_not_used(tmp_path, content, code):
    found = read(tmp_path, content)
    assert (found.given, found.used, found.observed, codes(found)) == (True, False, (), [code])
    assert not forbids_release(found.problems)


def test_the_other_subject_is_not_named(tmp_path):
    found = read(tmp_path, packet(subject={"id": "SECRET-7"}))
    assert "SECRET" not in "".join(one.text() for one in found.problems)


def test_a_subject_may_carry_the_sample_as_another_id(tmp_path):
    assert read(tmp_path, packet(subject={"id": "patient 1", "alternateIds": ["P"]})).used


def test_another_sex_is_the_laboratory_s_question_and_holds_the_report(tmp_path):
    found = read(tmp_path, packet(), sex=Sex.FEMALE)
    assert codes(found) == ["HA-PHE-023"]
    assert found.problems[0].audience is Audience.LAB_ONLY
    assert forbids_release(found.problems)
    assert (found.used, found.unused) == (False, "laboratory")


def test_a_transplantation_that_the_sheet_does_not_tell_of_holds_the_report(tmp_path):
    actions = [{"procedure": {"code": {"id": "NCIT:C15431", "label": "Hematopoietic Stem Cell Transplantation"}}}]
    assert codes(read(tmp_path, packet(medicalActions=actions))) == ["HA-PHE-025"]
    told = read(tmp_path, packet(medicalActions=actions), prior_hsct="yes")
    assert (codes(told), told.unused) == ([], "transplanted")


def test_what_a_message_repeats_is_text(tmp_path):
    measured = [{"assay": {"label": "a\u202eb\n" + "x" * 500}}]
    (found,) = read(tmp_path, packet(measurements=measured)).problems
    assert "\u202e" not in found.message
    assert len(found.message) < 200


def test_an_age_is_nothing_but_an_age(tmp_path):
    def told(age):
        onset = {"age": {"iso8601duration": age}}
        features = [{"type": {"id": "HP:0020102"}, "onset": onset}]
        return read(tmp_path, packet(phenotypicFeatures=features, measurements=[]))

    assert [one.age for one in told("\nP6M ").observed] == ["P6M"]
    assert codes(told("P6MT\u202e<b>")) == ["HA-PHE-003", "HA-PHE-013"]


@pytest.mark.parametrize(
    "label",
    ["Allogeneic HSCT", "Cord blood transplantation", "Transplantation of bone marrow", "Progenitor cell transplant"],
)
def test_a_transplantation_is_known_by_its_usual_names(tmp_path, label):
    actions = [{"procedure": {"code": {"id": "X:1", "label": label}}}]
    assert codes(read(tmp_path, packet(medicalActions=actions))) == ["HA-PHE-025"]


def test_a_phenopacket_that_the_program_wrote_can_be_given_back(program):
    boy = {"sample": "boy", "sex": "male", "affected": "yes", "age_at_sampling": "3y"}
    table = "feature\tvalue\tage\tstatus\nHP:0020102\t\t5m\t\nHP:0000968\t\t\texcluded\nIgM\thigh\t2y\t\n"
    site = ("X", 136654423, "GC", "G", "1")
    first = program([site], {**boy, "phenotype": "p.tsv"}, files={"p.tsv": table})["boy"]
    written = render_phenopacket(msgspec.convert(first, Report)).decode()
    again = program([site], {**boy, "phenotype": "p.json"}, files={"p.json": written})["boy"]
    told = [(one["feature"], one["finding"], one["age"]) for one in again["phenotype"]["observed"]]
    assert told == [("HP:0020102", "present", "P5M"), ("HP:0000968", "excluded", ""), ("HP:0003496", "present", "")]
    assert again["phenotype"]["comparison"][0]["remarks"] == first["phenotype"]["comparison"][0]["remarks"]
    (resource, *_) = json.loads(written)["metaData"]["resources"]
    assert (resource["namespacePrefix"], resource["version"]) == ("HP", first["phenotype"]["hpo_release"])


def test_the_phenopacket_of_the_demonstration_is_one_of_the_schema():
    json_format = pytest.importorskip("google.protobuf.json_format", reason="the oracle extra is not installed")
    schema = pytest.importorskip("phenopackets", reason="the oracle extra is not installed")
    content = text("DEMO-HIGM1-denovo.phenopacket.json")
    read = json_format.Parse(content, schema.Phenopacket())
    assert len(read.phenotypic_features) == 3
    assert read.measurements[0].value.quantity.reference_range.high == 1.2


def snake(value):
    if isinstance(value, dict):
        return {"".join(f"_{c.lower()}" if c.isupper() else c for c in name): snake(one) for name, one in value.items()}
    return [snake(one) for one in value] if isinstance(value, list) else value


def test_both_spellings_of_protocol_buffers_json_are_read_and_null_is_not_given(tmp_path):
    action = [{"procedure": {"code": {"id": "x:1", "label": "Bone marrow transplantation"}}}]
    assert codes(read(tmp_path, packet(medical_actions=action))) == ["HA-PHE-025"]
    assert codes(read(tmp_path, snake(packet(medicalActions=action)))) == ["HA-PHE-025"]
    assert read(tmp_path, snake(packet())).observed == read(tmp_path, packet()).observed
    assert read(tmp_path, packet(medicalActions=None)).observed == read(tmp_path, packet()).observed
