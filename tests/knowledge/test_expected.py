"""Expected findings: what each disease shows in the form at hand, from counts that sources give."""

import json
import os
from pathlib import Path

import pytest

from higm_annot.knowledge.expected import expected_findings, expected_of, laboratory_findings
from higm_annot.knowledge.tables import diseases, sources

LOF = "loss_of_function"
USUAL = {disease: row.mechanisms[0] for disease, row in diseases().items()}
HPO_CLASSES = {(0.8, 0.99), (0.3, 0.79), (0.05, 0.29)}  # very frequent, frequent, occasional
OWN = {"derived", "clinical-review", "software"}


def found(disease, feature, direction="", **whom):
    """How the table expects a finding, or blank where it says nothing."""
    rows = expected_of(disease, **{"mechanism": USUAL[disease], "sex": "male"} | whom)
    told = [row.expected for row in rows if row.feature == feature and (not direction or direction in row.direction)]
    assert len(told) <= 1
    return "".join(told)


PNEUMOCYSTIS, OPPORTUNISTIC, NODES, SMALL_NODES = "HP:0020102", "HP:0031690", "HP:0002716", "HP:0002732"
CONICAL_TEETH, AUTOIMMUNITY, CAFE_AU_LAIT = "HP:0000698", "HP:0002960", "HP:0007565"

# Written by hand from the sources, before the comparison that reads the table.
TRUTH = (
    # IgM is not required to be high anywhere: high, normal and low count neither way.
    *((disease, "IgM", "high", "range") for disease in ("HIGM1", "HIGM3", "HIGM2", "HIGM2AD", "HIGM5", "EDAID1")),
    *((disease, "IgM", "normal", "range") for disease in ("HIGM1", "HIGM3", "HIGM2", "HIGM2AD", "HIGM5", "EDAID1")),
    ("HIGM1", "IgM", "low", "range"),
    ("HIGM3", "IgM", "low", "range"),
    # The same infections mean the opposite.
    ("HIGM1", PNEUMOCYSTIS, "", "typical"),
    ("HIGM3", PNEUMOCYSTIS, "", "possible"),
    ("HIGM2", OPPORTUNISTIC, "", "not_expected"),
    ("HIGM2AD", OPPORTUNISTIC, "", "not_expected"),
    ("HIGM5", OPPORTUNISTIC, "", "not_expected"),
    # Lymphoid tissue: sources differ on CD40 ligand deficiency, and agree on AID and UNG deficiency.
    ("HIGM1", NODES, "", "range"),
    ("HIGM1", SMALL_NODES, "", "range"),
    ("HIGM2", NODES, "", "typical"),
    ("HIGM5", SMALL_NODES, "", "not_expected"),
    # The test that tells them apart.
    ("HIGM1", "CD40L_flow", "absent", "typical"),
    ("HIGM1", "CD40L_flow", "normal", "range"),
    # Weak expression alone: none of 16 boys with it had a variant.
    ("HIGM1", "CD40L_flow", "low", "range"),
    ("HIGM1", "CD40_Ig_binding", "low", "possible"),
    ("HIGM3", "CD40L_flow", "normal", "typical"),
    ("HIGM3", "CD40L_flow", "absent", "not_expected"),
    ("HIGM3", "CD40_flow", "absent", "typical"),
    ("HIGM2", "SHM", "absent", "typical"),
    ("HIGM2AD", "SHM", "absent", "not_expected"),
    ("HIGM5", "SHM", "absent", "not_expected"),
    ("HIGM5", "SHM", "normal", "typical"),
    ("HIGM2AD", "SHM", "normal", "range"),
    # Autoimmune cytopenias of AID deficiency: a low count does not speak strongly against it.
    ("HIGM2", "leukocytes", "low", "range"),
    ("HIGM2", "neutrophils", "low", "range"),
    ("HIGM5", "leukocytes", "low", "not_expected"),
    ("HIGM1", "neutrophils", "low", "typical"),
    ("HIGM2", AUTOIMMUNITY, "", "possible"),
    ("HIGM2AD", AUTOIMMUNITY, "", "not_expected"),
    # Immunodeficiency 33 has no ectodermal dysplasia: teeth and hair count neither way.
    ("EDAID1", CONICAL_TEETH, "", "range"),
    # A missing immunoglobulin finding does not count against CMMRD; spots and tumours make it.
    ("CMMRD", "IgG", "low", "range"),
    ("CMMRD", CAFE_AU_LAIT, "", "typical"),
)


@pytest.mark.parametrize(("disease", "feature", "direction", "expected"), TRUTH)
def test_what_a_disease_shows(disease, feature, direction, expected):
    assert found(disease, feature, direction) == expected


def test_a_late_mild_allele_of_cd40lg_has_a_picture_of_its_own():
    mild = {"mechanism": "hypomorphic", "alleles": ["c.107T>A"]}
    assert found("HIGM1", "HP:0003593") == "typical"
    assert found("HIGM1", "HP:0003593", **mild) == found("HIGM1", PNEUMOCYSTIS, **mild) == ""
    assert found("HIGM1", "HP:0003581", **mild) == "possible"
    assert found("HIGM1", "neutrophils", "normal", **mild) == "possible"


def test_what_a_source_says_of_the_very_allele_goes_before_the_usual():
    usual = [row for row in expected_of("EDAID1", mechanism="hypomorphic") if row.feature == "HP:0011002"]
    own = [row for row in expected_of("EDAID1", mechanism="hypomorphic", alleles=["c.1167dup"]) if row.allele]
    assert [row.source for row in usual] == [("PMID:11242109",)]
    assert [(row.feature, row.source) for row in own] == [("HP:0011002", ("phenopacket-store",))]
    all_rows = expected_of("EDAID1", mechanism="hypomorphic", alleles=["c.1167dup"])
    assert len([row for row in all_rows if row.feature == "HP:0011002"]) == 1


def test_a_first_cancer_in_childhood_is_not_expected_of_the_attenuated_pms2_allele():
    assert found("CMMRD", "HP:0011463") == "typical"
    assert found("CMMRD", "HP:0011463", mechanism="hypomorphic", alleles=["c.2002A>G"]) == ""


def test_a_cancer_of_the_womb_is_a_womans():
    assert found("LYNCH4", "HP:0012114", sex="female") == "possible"
    assert found("LYNCH4", "HP:0012114") == ""
    assert len([row for row in expected_of("LYNCH4", mechanism=LOF, sex="unknown") if row.feature == "HP:0006716"]) == 2


def test_a_carrier_has_a_row_of_her_own_and_nobody_elses():
    rows = expected_of("HIGM1", mechanism=LOF, sex="female", genotype="carrier")
    assert {(row.feature, *row.direction) for row in rows} == {
        ("IgG", "normal"), ("IgA", "normal"), ("IgM", "normal"), ("CD40L_flow", "low"),
    }  # fmt: skip
    assert all(row.genotype == "disease" for row in expected_of("HIGM1", mechanism=LOF))


def test_every_disease_has_findings_in_its_usual_form():
    for disease, mechanism in USUAL.items():
        assert expected_of(disease, mechanism=mechanism, sex="female"), disease


def test_where_sources_differ_both_are_named():
    """A spread that is not a frequency class of HPO has a note that says whose it is; so has what is our own."""
    for row in expected_findings():
        spread = (row.frequency_low, row.frequency_high)
        if None not in spread and len(set(spread)) > 1 and spread not in HPO_CLASSES:
            assert row.note, row
        if set(row.source) <= OWN:
            assert row.note, row


def test_what_is_not_expected_has_no_frequency_and_no_source_is_memory():
    for row in expected_findings():
        assert row.expected != "not_expected" or row.frequency_low is None
        assert all(sources()[key].kind != "memory" and "memory" not in key for key in row.source)


def test_hpo_terms_of_laboratory_findings_are_each_one_outcome():
    terms = [row.hpo for row in laboratory_findings().values() if row.hpo]
    assert len(terms) == len(set(terms))


@pytest.mark.skipif("HIGM_SHARED" not in os.environ, reason="compares with the HPO annotations of the shared folder")
def test_labels_and_counts_are_those_of_the_annotations():
    path = Path(os.environ["HIGM_SHARED"]) / "knowledge" / "hpo_annotations.json"
    annotations = json.loads(path.read_text(encoding="utf-8"))
    labels = {one["hpo"]: one["name"] for one in annotations}
    counts = {(one["hpo"], one["frequency"]) for one in annotations}
    for row in expected_findings():
        if row.kind == "hpo":
            assert labels.get(row.feature, row.label) == row.label
        if row.seen is not None and row.source[0] == "HPOA-2025-01-16" and row.kind == "hpo":
            assert (row.feature, f"{row.seen}/{row.examined}") in counts, row
