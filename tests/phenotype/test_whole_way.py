"""The phenotype the whole way: what it adds to a report, what it must not change, and whose report it stands in."""

from __future__ import annotations

import json

import pytest

CD40LG = ("X", 136654423, "GC", "G", "1")  # c.340del
PMS2 = ("7", 5999116, "G", "A", "0/1")  # c.697C>T
BOY = {"sample": "boy", "sex": "male", "affected": "yes", "age_at_sampling": "3y"}
FITS = "HP:0020102, -HP:0000968"
ELSEWHERE = "HP:0000698"
MARKS = ("phenotype", "problems", "limits", "digest", "provenance")


def without(document, *fields):
    return {name: value for name, value in document.items() if name not in fields}


def test_a_phenotype_is_compared_with_the_disease_of_the_genotype(program):
    (block,) = program([CD40LG], {**BOY, "phenotype": FITS})["boy"]["phenotype"]["comparison"]
    standing = {one["feature"]: one["standing"] for one in block["findings"] if one["feature"].startswith("HP:")}
    assert (block["gene"], block["disease"], block["remarks"]) == ("CD40LG", "HIGM1", [])
    assert standing["HP:0020102"] == "present"
    assert set(standing.values()) == {"present", "not_examined"}
    assert len(standing) > 20


def test_the_comparison_holds_the_findings_of_the_conclusion(program):
    document = program([CD40LG], {**BOY, "phenotype": FITS})["boy"]
    (conclusion,) = [one for one in document["conclusions"] if one["code"] == "disease_genotype"]
    told = {(one["feature"], one["label"]) for one in conclusion["expected_findings"]}
    compared = {(one["feature"], one["label"]) for one in document["phenotype"]["comparison"][0]["findings"]}
    assert compared <= told


def test_what_does_not_fit_is_told_with_its_sources(program):
    (block,) = program([CD40LG], {**BOY, "phenotype": ELSEWHERE})["boy"]["phenotype"]["comparison"]
    (remark,) = block["remarks"]
    assert "Conical tooth" in remark["text"]
    assert "EDAID1" in remark["text"]
    assert remark["source"]


def test_the_order_of_diseases_rests_on_the_findings_alone(program):
    row = {**BOY, "phenotype": ELSEWHERE}
    assert (
        program([CD40LG], row)["boy"]["phenotype"]["differential"]
        == program([("7", 5999116, "G", "A", "0/0")], row)["boy"]["phenotype"]["differential"]
    )


def test_a_phenotype_changes_nothing_of_the_genotype_report(program):
    plain = program([CD40LG], BOY)["boy"]
    told = program([CD40LG], {**BOY, "phenotype": ELSEWHERE})["boy"]
    assert without(told, *MARKS) == without(plain, *MARKS)
    assert (plain["phenotype"], told["phenotype"]["used"]) == (None, True)


@pytest.mark.parametrize("content", ["feature\nHP:9999999\n", "{", "feature\tvalue\tvalue\n", None])
def test_a_phenotype_that_cannot_be_used_leaves_the_report_and_its_mark(program, content):
    plain = program([CD40LG], BOY)["boy"]
    files = {"p.tsv": content} if content else {}
    marked = program([CD40LG], {**BOY, "phenotype": "p.tsv"}, files=files)["boy"]
    assert without(marked, "phenotype", "problems", "digest") == without(plain, "phenotype", "problems", "digest")
    block = marked["phenotype"]
    assert (block["used"], block["comparison"], block["differential"]) == (False, [], [])
    assert block["reason"].startswith("Phenotype not used")
    new = [one for one in marked["problems"] if one not in plain["problems"]]
    assert new
    assert all(one["code"].startswith("HA-PHE-") for one in new)
    assert all(one["file"] == "p.tsv" for one in new)


def test_no_folder_and_no_other_subject_stand_in_the_report(program):
    packet = {"subject": {"id": "SECRET-7"}, "metaData": {"phenopacketSchemaVersion": "2.0"}}
    document = program([CD40LG], {**BOY, "phenotype": "p.json"}, files={"p.json": json.dumps(packet)})["boy"]
    assert "SECRET" not in json.dumps(document)
    assert [one["code"] for one in document["problems"] if "PHE" in one["code"]] == ["HA-PHE-022"]


def test_a_finding_withheld_leaves_no_trace_in_the_comparison(program):
    woman = {
        "sample": "w", "sex": "female", "affected": "no", "mode": "carrier", "age_at_sampling": "40y",
        "phenotype": "HP:0003003, HP:0007565",
    }  # fmt: skip
    with_it, without_it = (
        program([("X", 136654423, "GC", "G", "0/1"), site], woman)["w"] for site in (PMS2, (*PMS2[:4], "0/0"))
    )
    assert with_it["phenotype"] == without_it["phenotype"]
    assert "PMS2" not in json.dumps(with_it["phenotype"])


def test_a_phenotype_stands_in_nobody_else_s_report(program):
    calls = ("X", 136654423, "GC", "G", "1", "0/1")
    mother = {"sample": "mother", "sex": "female", "affected": "no", "mode": "carrier", "consent_family": "yes"}
    boy = {**BOY, "mother": "mother", "consent_family": "yes"}
    plain = program([calls], boy, mother)
    told = program([calls], {**boy, "phenotype": FITS}, {**mother, "phenotype": "HP:0012174"})
    assert without(told["mother"], *MARKS) == without(plain["mother"], *MARKS)
    assert "Pneumocystis jirovecii pneumonia" not in json.dumps(told["mother"]["phenotype"])
    assert "HP:0012174" not in json.dumps(told["boy"])
    assert told["mother"]["phenotype"]["comparison"] == []


def test_a_count_without_interval_is_shown_and_not_usable(program):
    table = "feature\tvalue\tunit\nswitched_memory_B\t0.4\t%\n"
    block = program([CD40LG], {**BOY, "phenotype": "p.tsv"}, files={"p.tsv": table})["boy"]["phenotype"]
    (given,) = block["observed"]
    assert (given["finding"], given["value"], given["used"]) == ("", "0.4 %", False)
    standing = {one["feature"]: one["standing"] for one in block["comparison"][0]["findings"]}
    assert standing["switched_memory_B"] == "not_usable"
    assert block["differential"] == []


def test_healthy_people_are_given_no_order_of_diseases(program):
    for changes in ({"affected": "no"}, {"mode": "carrier"}):
        block = program([CD40LG], {**BOY, **changes, "phenotype": ELSEWHERE})["boy"]["phenotype"]
        assert (block["used"], block["differential"]) == (True, [])


def test_markup_in_a_phenotype_stays_text(program):
    evil = "feature\tvalue\n<script>alert(1)</script>\t\nIgM\t<img src=x>\n"
    document = program([CD40LG], {**BOY, "phenotype": "p.tsv"}, files={"p.tsv": evil})["boy"]
    assert document["phenotype"]["observed"] == []


UNCERTAIN = ("X", 136656377, "C", "T", "1:0,30:30:99", "0/1:15,15:30:99", {"format": "GT:AD:DP:GQ"})  # CD40LG c.368C>T
FLOW = ["CD40L_flow\tabsent", "CD40_Ig_binding\tabsent", "activation_control\tnormal"]


def family(program, rows, **changes):
    """The documents of a boy with findings of flow cytometry and of his mother, both with the boy's cells changed."""
    boy = {**BOY, "mother": "mother", "consent_family": "yes", **changes}
    mother = {"sample": "mother", "sex": "female", "affected": "no", "mode": "carrier", "consent_family": "yes"}
    files = {"p.tsv": "\n".join(["feature\tvalue", *rows])} if rows else {}
    return program([UNCERTAIN], {**boy, "phenotype": "p.tsv" if rows else ""}, mother, files=files)


def case(document):
    """The class with the family's evidence of the one allele, and the codes of its criteria."""
    (block,) = [one for one in document["variants"] if one["key"] == "GRCh38:X:136656377:C:T"]
    told = block["case"] or {"criteria": [], "judged": []}
    judged = {one["code"]: one["reason"] for one in told["judged"]}
    return [one["code"] for one in told["criteria"]], judged.get("PP4")


def test_a_finding_that_tells_the_genes_apart_is_evidence_for_the_case_and_for_no_allele(program):
    plain, told = family(program, []), family(program, FLOW)
    assert case(plain["boy"]) == ([], "no_phenotype")
    assert case(told["boy"])[0] == ["PP4"]
    assert len({one["case_class"] for who in ("boy", "mother") for one in told[who]["variants"]}) == 1
    for document in (plain["boy"], told["boy"]):
        (block,) = [one for one in document["variants"] if one["reportable"]]
        assert "PP4" not in {one["code"].split("_")[0] for one in block["allele_class"]["criteria"]}


@pytest.mark.parametrize(
    ("rows", "changes", "reason"),
    [
        (FLOW[:2], {}, "no_phenotype"),  # without a control the missing signal says nothing
        (FLOW, {"age_at_sampling": "5d"}, "no_phenotype"),  # nor does it in a newborn
        (["CD40L_flow\tnormal", *FLOW[1:]], {}, "no_discriminating_finding"),
        (["IgM\thigh", "IgG\tlow"], {}, "no_phenotype"),  # what all the panel's diseases share scores nothing
        (["CD40_flow\tabsent"], {}, "no_discriminating_finding"),  # it points at another gene
    ],
)
def test_what_does_not_point_at_the_gene_is_no_evidence(program, rows, changes, reason):
    assert case(family(program, rows, **changes)["boy"]) == ([], reason)


def test_findings_of_somebody_well_are_no_evidence(program):
    assert case(family(program, FLOW, affected="no")["mother"])[0] == []


def test_without_consent_findings_are_nobody_s_evidence(program):
    plain, told = (family(program, rows, consent_family="no") for rows in ([], FLOW))
    assert told["mother"] == plain["mother"]
    assert case(told["boy"])[0] == []
