"""Families the whole way: what a relative's report tells, with whose consent, and a PED in place of columns."""

from __future__ import annotations

import itertools
import json

import pytest

from higm_annot import pipeline
from higm_annot.cli import main
from higm_annot.group import Group
from higm_annot.intake.sheet import read_sheet, sheet_of_cells
from higm_annot.reference.store import load_panel
from higm_annot.report.html import render_html
from higm_annot.report.types import encode

CD40LG = ("X", 136654423, "GC", "G")  # c.340del
PMS2 = ("7", 5999116, "G", "A")  # c.697C>T
KEY = "GRCh38:X:136654423:GC:G"
FORMAT = {"format": "GT:AD:DP:GQ"}
NAMES = ("boy", "brother", "mother")
CALLS = {
    "1": "1:0,30:30:99",
    "1/1": "1/1:0,30:30:99",
    "0": "0:30,0:30:99",
    "0/1": "0/1:15,15:30:99",
    "0/0": "0/0:30,0:30:99",
    "thin": "0:2,0:2:3",
    "0/0:5": "0/0:95,5:100:99",
    "bare": "0:.:.:.",
    "./.": "./.:.:.:.",
}


def vcf(make_vcf, *rows, names=NAMES):
    """A VCF of rows ``(site, call, call …)``."""
    return make_vcf("family.vcf", [(*site, *(CALLS[call] for call in calls), FORMAT) for site, *calls in rows], names)


def cells(path, **changes):
    rows = {
        "boy": {"sex": "male", "affected": "yes", "mother": "mother", "consent_family": "yes"},
        "brother": {"sex": "male", "affected": "no", "mother": "mother", "consent_family": "yes"},
        "mother": {"sex": "female", "affected": "no", "mode": "carrier", "consent_family": "yes"},
    }
    for who, more in changes.items():
        rows[who] = {**rows[who], **more}
    return [{"sample": name, "vcf": path, "vcf_sample": name, "family": "F", **row} for name, row in rows.items()]


def reports(sheet):
    panel = load_panel()
    intakes = pipeline.intake_people(sheet.people, panel, None)
    alleles = pipeline.annotate_alleles(panel, pipeline.alleles_of(intakes), print)
    group = Group(intakes, alleles, panel, sheet.untested)
    return {one.person.sample: pipeline.report_on(one, group)[0] for one in intakes}


def documents(sheet):
    return {name: json.loads(encode(report)) for name, report in reports(sheet).items()}


def family(make_vcf, *calls, **changes):
    return documents(sheet_of_cells(cells(vcf(make_vcf, (CD40LG, *calls)), **changes)))


@pytest.mark.parametrize(
    ("call", "state", "basis"),
    [
        ("0", "hom_ref", "reference_evidence"),
        ("bare", "stated_ref", "called_without_depth"),
        ("thin", "no_record", "no_evidence"),
        ("./.", "no_call", "call"),
        ("1", "hemi", "call"),
    ],
)
def test_a_brother_reads_what_the_familys_allele_is_in_him(make_vcf, call, state, basis):
    found = family(make_vcf, "1", call, "0/1")["brother"]
    (item,) = found["family_alleles"]
    assert (item["key"], item["gene"], item["name"]) == (KEY, "CD40LG", "c.340del")
    assert (item["state"], item["basis"]) == (state, basis)
    assert item["carried_by"] == ["mother", "maternal_brother"]
    said = " ".join(found["headline"]["detail"])
    assert ("looked for here and not found" in said) == (state == "hom_ref")
    assert ("not known" in said or "not excluded" in said) == (state in ("stated_ref", "no_record", "no_call"))


def test_siblings_are_drawn_and_the_page_tells_of_the_familys_allele(make_vcf):
    report = reports(sheet_of_cells(cells(vcf(make_vcf, (CD40LG, "1", "0", "0/1")))))["brother"]
    assert [(one.role, one.affected, one.genotypes) for one in report.pedigree] == [
        ("mother", "no", {KEY: "het"}),
        ("maternal_brother", "yes", {KEY: "hemi"}),
    ]
    page = render_html(report)
    assert "Alleles of the family" in page
    assert page.count('class="member') == 4 + 3  # three people and the father's outline, and the swatches of the key
    assert "brother (mother&#39;s)" in page


@pytest.mark.parametrize(("boy", "mother"), list(itertools.product(("yes", "no"), repeat=2)))
def test_nothing_of_a_relative_without_that_relatives_consent(make_vcf, boy, mother):
    found = family(make_vcf, "1", "0", "0/1", boy={"consent_family": boy}, mother={"consent_family": mother})["brother"]
    carriers = [role for role, agrees in (("mother", mother), ("maternal_brother", boy)) if agrees == "yes"]
    assert [one["carried_by"] for one in found["family_alleles"]] == ([carriers] if carriers else [])
    assert [one["role"] for one in found["pedigree"] if one["shown"]] == carriers
    if not carriers:
        assert "c.340del" not in json.dumps(found)
        assert KEY not in json.dumps(found)


def test_without_consent_a_brother_who_was_tested_is_not_there_at_all(make_vcf):
    """The document is that of a person whose brother is not in the sheet."""
    path = vcf(make_vcf, (CD40LG, "1", "0", "0/1"))
    rows = cells(path, boy={"consent_family": "no"})
    with_him = documents(sheet_of_cells(rows))["brother"]
    without = documents(sheet_of_cells([row for row in rows if row["sample"] != "boy"]))["brother"]
    assert with_him == without


def pms2(make_vcf, relative, reader, mode="carrier"):
    rows = cells(
        vcf(make_vcf, (PMS2, "0/1", "0/0", "0/0")),
        boy={"consent_secondary": relative, "age_at_sampling": "28y"},
        brother={"consent_secondary": reader, "mode": mode, "age_at_sampling": "30y"},
    )
    return documents(sheet_of_cells(rows))["brother"]


@pytest.mark.parametrize(("relative", "reader"), list(itertools.product(("yes", "no"), repeat=2)))
def test_a_pms2_allele_needs_both_consents_to_secondary_findings(make_vcf, relative, reader):
    found = pms2(make_vcf, relative, reader)
    told = relative == reader == "yes"
    assert bool(found["family_alleles"]) == told
    assert ("c.697C" in json.dumps(found)) == told


def test_a_withheld_allele_of_the_reader_leaves_no_trace_whatever_the_family_has(make_vcf):
    """The brother carries it too: his report is that of a brother without it, digests and counts aside."""
    told = []
    for call in ("0/1", "0/0"):
        path = vcf(make_vcf, (PMS2, "0/1", call, "0/1"), (CD40LG, "1", "0", "0/1"))
        yes = {"consent_secondary": "yes", "age_at_sampling": "40y"}
        rows = cells(path, boy=yes, mother=yes, brother={"consent_secondary": "no", "mode": "carrier"})
        one = documents(sheet_of_cells(rows))["brother"]
        assert [item["gene"] for item in one["family_alleles"]] == ["CD40LG"]
        told.append(one | {"digest": "", "ledger": {}, "provenance": one["provenance"] | {"cut_records": {}}})
    assert told[0] == told[1]


def test_a_relative_on_hold_is_told_to_nobody(make_vcf):
    """After a transplantation the boy's blood is his donor's."""
    found = family(make_vcf, "1", "0", "0/1", boy={"prior_hsct": "yes"})
    assert found["boy"]["release"] == "hold"
    assert found["boy"]["family_alleles"] == found["boy"]["pedigree"][1:] == []
    assert [one["carried_by"] for one in found["brother"]["family_alleles"]] == [["mother"]]
    assert [one["role"] for one in found["brother"]["pedigree"]] == ["mother"]


def test_a_relatives_fault_costs_only_the_relative(make_vcf, monkeypatch):
    sheet = sheet_of_cells(cells(vcf(make_vcf, (CD40LG, "1", "0", "0/1"))))
    intact = Group._judge

    def broken(self, intake):
        if intake.person.sample == "boy":
            raise KeyError(KEY)
        return intact(self, intake)

    monkeypatch.setattr(Group, "_judge", broken)
    panel = load_panel()
    intakes = pipeline.intake_people(sheet.people, panel, None)
    group = Group(intakes, pipeline.annotate_alleles(panel, pipeline.alleles_of(intakes), print), panel)
    found = {one.person.sample: pipeline.guarded_report(one, group)[0] for one in intakes}
    assert {name: one.status for name, one in found.items()} == {
        "boy": "failed",
        "brother": "complete",
        "mother": "complete",
    }
    assert [one.carried_by for one in found["brother"].family_alleles] == [("mother",)]


def test_a_mother_of_a_new_allele_is_told_that_a_mosaic_is_not_excluded(make_vcf):
    found = family(make_vcf, "1", "0", "0/0")
    (item,) = found["mother"]["family_alleles"]
    assert (item["state"], item["new_in_child"]) == ("hom_ref", True)
    assert any("mosaic" in line for line in found["mother"]["headline"]["detail"])
    boy = found["boy"]["variants"][0]
    assert (boy["origin"], boy["de_novo"]) == ("apparently_de_novo", "parents_measured")
    silent = family(make_vcf, "1", "0", "0/0", mother={"consent_family": "no"})["boy"]
    assert (silent["variants"][0]["origin"], silent["variants"][0]["de_novo"]) == ("unknown", "")
    assert "apparently_new" not in json.dumps(silent)


def test_a_mother_with_reads_of_it_is_told_so_and_nowhere_that_she_is_without_it(make_vcf):
    """Her report, her son's next test and the drawing say the same."""
    found = reports(sheet_of_cells(cells(vcf(make_vcf, (CD40LG, "1", "0", "0/0:5")))))
    (item,) = found["mother"].family_alleles
    assert (item.state, item.basis) == ("alternate_reads", "alternate_reads")
    said = " ".join(found["mother"].headline.detail)
    assert "mosaic" in said
    assert "not found" not in said
    assert found["boy"].pedigree[0].genotypes == {KEY: "alternate_reads"}
    assert not any("without it" in test for test in found["boy"].conclusions[0].next_tests)
    assert any("Confirm in the mother" in test for test in found["boy"].conclusions[0].next_tests)
    assert "some reads show it" in render_html(found["boy"])


def test_what_the_reads_of_one_parent_show_is_not_new_to_the_other(make_vcf):
    path = vcf(make_vcf, (("12", 8604313, "G", "A"), "0/1", "0/0:5", "0/0"), names=("child", "mother", "father"))
    people = [
        {"sample": "child", "sex": "female", "affected": "yes", "mother": "mother", "father": "father"},
        {"sample": "mother", "sex": "female", "affected": "no", "mode": "carrier"},
        {"sample": "father", "sex": "male", "affected": "no", "mode": "carrier"},
    ]
    found = documents(sheet_of_cells([{**one, "vcf": path, "consent_family": "yes"} for one in people]))
    assert [one["state"] for one in found["mother"]["family_alleles"]] == ["alternate_reads"]
    (item,) = found["father"]["family_alleles"]
    assert (item["state"], item["new_in_child"]) == ("hom_ref", False)
    assert "apparently new" not in json.dumps(found)


def test_a_mother_of_two_sons_with_a_new_allele_is_told_of_the_recurrence(make_vcf):
    found = family(make_vcf, "1", "1", "0/0")
    (item,) = found["mother"]["family_alleles"]
    assert (item["state"], item["new_in_child"], item["in_several_children"]) == ("hom_ref", True, True)
    said = " ".join(found["mother"]["headline"]["detail"])
    assert "each further child may inherit it" in said
    assert "apparently new" not in json.dumps(found)
    assert [found[name]["variants"][0]["de_novo"] for name in ("boy", "brother")] == ["sibling_carries_it_too"] * 2
    one = family(make_vcf, "1", "1", "0/0", brother={"consent_family": "no"})
    assert not one["mother"]["family_alleles"][0]["in_several_children"]


def test_a_relation_in_doubt_holds_both_and_shows_in_nobodys_document(make_vcf):
    """The father lacks, in two genes, what the child has twice: he and the child are as strangers, and on hold."""
    aicda, ung, cd40 = ("12", 8605308, "G", "A"), ("12", 109103431, "A", "G"), ("20", 46122349, "T", "C")
    names = ("child", "mother", "father")
    rows = [(aicda, "1/1", "0/1", "0/0"), (ung, "1/1", "0/1", "0/0"), (cd40, "0/1", "0/0", "0/1")]
    path = vcf(make_vcf, *rows, names=names)
    people = [
        {"sample": "child", "sex": "male", "affected": "yes", "mother": "mother", "father": "father"},
        {"sample": "mother", "sex": "female", "affected": "no", "mode": "carrier"},
        {"sample": "father", "sex": "male", "affected": "no", "mode": "carrier"},
    ]
    people = [{**one, "vcf": path, "family": "F", "consent_family": "yes"} for one in people]
    found = documents(sheet_of_cells(people))
    assert {name: one["release"] for name, one in found.items()} == {
        "child": "hold", "mother": "ready", "father": "hold",
    }  # fmt: skip
    outline = {"role": "father", "affected": "", "genotypes": {}, "shown": False, "sex": ""}
    assert [one for one in found["child"]["pedigree"] if one["role"] == "father"] == [outline]
    said = json.dumps([one["why"] for one in found["child"]["conclusions"]])
    assert "one_parent_only" not in said
    assert "HA-PED" not in json.dumps(found)
    # The father's document is that of a man without this child, but for the release.
    alone = documents(sheet_of_cells(people[2:]))["father"]
    assert {**found["father"], "digest": "", "release": "ready"} == {**alone, "digest": ""}


TRIO = ("fetus", "mother", "father")


@pytest.mark.parametrize(
    ("site", "mother", "father"),
    [
        (CD40LG, "0/1", "0"),
        (CD40LG, "0/0", "0"),
        (CD40LG, "0/0", "1"),
        (CD40LG, "0/0", "thin"),
        (CD40LG, "0/0:5", "0"),
        (PMS2, "0/1", "0/0"),
    ],
)
def test_nothing_in_a_relatives_document_tells_the_sex_of_a_fetus(make_vcf, site, mother, father):
    """Its parents', a born brother's: the same documents, digests aside."""
    told = []
    for sex, call in (("male", "1" if site == CD40LG else "0/1"), ("female", "0/1")):
        path = vcf(make_vcf, (site, call, mother, father, "0"), names=(*TRIO, "brother"))
        rows = [
            {"sample": "fetus", "sex": sex, "mode": "prenatal", "mother": "mother", "father": "father"},
            {"sample": "brother", "sex": "male", "affected": "no", "mother": "mother", "father": "father"},
            {"sample": "mother", "sex": "female", "affected": "no", "mode": "carrier"},
            {"sample": "father", "sex": "male", "affected": "no", "mode": "carrier"},
        ]
        found = documents(
            sheet_of_cells([{**row, "vcf": path, "family": "F", "consent_family": "yes"} for row in rows])
        )
        told.append([{**found[name], "digest": "", "provenance": {}} for name in ("mother", "father", "brother")])
        assert "fetus" not in [role for one in found["brother"]["family_alleles"] for role in one["carried_by"]]
    assert told[0] == told[1]
    assert [one["carried_by"][-1] for one in told[0][0]["family_alleles"]] == (["fetus"] if site == CD40LG else [])


# Order and PED --------------------------------------------------------------------------------------------------------


def test_the_order_of_the_sheet_changes_no_document(make_vcf):
    rows = cells(vcf(make_vcf, (CD40LG, "1", "0", "0/1")))
    found = [documents(sheet_of_cells(order)) for order in itertools.permutations(rows)]
    assert all(one == found[0] for one in found)


SHEET = (
    "sample\tvcf\tvcf_sample\tmode\tconsent_family\n"
    "boy\t{0}\tboy\t\tyes\nbrother\t{0}\tbrother\t\tyes\nmother\t{0}\tmother\tcarrier\tyes\n"
)
PED = "F boy 0 mother 1 2\nF brother 0 mother 1 1\nF mother 0 0 2 1\n"


def test_a_ped_gives_the_same_bytes_as_the_columns(make_vcf, tmp_path):
    path = vcf(make_vcf, (CD40LG, "1", "0", "0/1"))
    (tmp_path / "samples.tsv").write_text(SHEET.format(path))
    (tmp_path / "f.ped").write_text(PED)
    written = {}
    whole = tmp_path / "whole.tsv"
    rows = cells(path)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = ["\t".join(columns), *("\t".join(row.get(name, "") for name in columns) for row in rows)]
    whole.write_text("\n".join(lines) + "\n")
    for name, arguments in (
        ("columns", ["--samples", str(whole)]),
        ("ped", ["--samples", str(tmp_path / "samples.tsv"), "--ped", str(tmp_path / "f.ped")]),
    ):
        out = tmp_path / name
        assert main(["run", *arguments, "--out", str(out)]) == 0
        written[name] = {one.name: one.read_bytes() for one in (out / "reports").iterdir()}
    assert len(written["ped"]) == 9
    assert written["ped"] == written["columns"]


def test_a_ped_serves_one_vcf_without_a_sheet(make_vcf, tmp_path):
    path = vcf(make_vcf, (CD40LG, "1", "0", "0/1"))
    (tmp_path / "f.ped").write_text(PED)
    out = tmp_path / "out"
    assert main(["run", path, "--ped", str(tmp_path / "f.ped"), "--out", str(out)]) == 0
    boy = json.loads((out / "reports/boy.json").read_text())
    assert (boy["sample"]["sex"]["declared"], boy["sample"]["family"]) == ("male", "F")
    assert boy["conclusions"][0]["code"] == "disease_genotype"
    assert boy["pedigree"] == [{"role": "mother", "affected": "", "genotypes": {}, "shown": False, "sex": ""}]


def test_brothers_are_linked_by_a_mother_who_was_not_tested(make_vcf, tmp_path):
    path = vcf(make_vcf, (CD40LG, "1", "0"), names=("boy", "brother"))
    sheet = SHEET.format(path).splitlines()
    (tmp_path / "samples.tsv").write_text("\n".join(sheet[:3]) + "\n")
    (tmp_path / "f.ped").write_text(PED)
    found = documents(read_sheet(tmp_path / "samples.tsv", tmp_path / "f.ped"))
    (item,) = found["brother"]["family_alleles"]
    assert (item["state"], item["carried_by"]) == ("hom_ref", ["maternal_brother"])
    assert [one["role"] for one in found["brother"]["pedigree"]] == ["maternal_brother"]
    assert found["boy"]["release"] == found["brother"]["release"] == "ready"
    # Without the PED nothing says that they are brothers.
    alone = documents(read_sheet(tmp_path / "samples.tsv"))
    assert alone["brother"]["family_alleles"] == []
