"""The class with a family's evidence, the whole way: the same in every member's report, and from those who agreed."""

from __future__ import annotations

import itertools
import json

import pytest

from higm_annot import pipeline
from higm_annot.group import Group
from higm_annot.intake.sheet import sheet_of_cells
from higm_annot.reference.store import load_panel
from higm_annot.report.html import render_html
from higm_annot.report.tsv import render_tsv
from higm_annot.report.types import encode

UNCERTAIN = ("12", 8605287, "G", "A")  # AICDA c.355C>T, uncertain in the table of 2025 and rare
HARMFUL = ("12", 8604909, "G", "T")  # AICDA c.441C>A, pathogenic in the table of 2025 and rare
CD40_STOP = ("20", 46128897, "C", "T")  # CD40 c.691C>T, a stop in the last exon: four points, uncertain
CD40LG = ("X", 136656377, "C", "T")  # CD40LG c.368C>T, uncertain in the table of 2025
PMS2 = ("7", 5999116, "G", "A")  # c.697C>T
PMS2_OTHER = ("7", 5992018, "G", "A")
KEY = "GRCh38:12:8605287:G:A"
CALLS = {
    "1": "1:0,30:30:99",
    "0": "0:30,0:30:99",
    "0/1": "0/1:15,15:30:99",
    "0/1 deep": "0/1:40,40:80:99",
    "1/1": "1/1:0,30:30:99",
    "0/0": "0/0:30,0:30:99",
    "bare": "0/1:.:.:.",
    "bare 1": "1:.:.:.",
    "thin": "0/1:2,1:3:5",
}
ROWS = {
    "girl": {"sex": "female", "affected": "yes", "mother": "mother", "father": "father"},
    "mother": {"sex": "female", "affected": "no", "mode": "carrier"},
    "father": {"sex": "male", "affected": "no", "mode": "carrier"},
    "sister": {"sex": "female", "affected": "yes", "mother": "mother", "father": "father"},
    "brother": {"sex": "male", "affected": "yes", "mother": "mother", "father": "father"},
}
TRIO = {"girl": ("0/1", "0/1"), "mother": ("0/1", "0/0"), "father": ("0/0", "0/1")}


def sheet(make_vcf, sites, calls, **changes):
    """A sheet of people with a call of each site, all of whom agreed unless changed; None leaves one out."""
    names = [name for name in calls if changes.get(name, {}) is not None]
    lines = [(*site, *(CALLS[calls[name][at]] for name in names), {"format": "GT:AD:DP:GQ"})
             for at, site in enumerate(sites)]  # fmt: skip
    path = make_vcf("family.vcf", lines, names)
    rows = []
    for name in names:
        row = {**ROWS[name], "consent_family": "yes", **changes.get(name, {})}
        row |= {role: "" for role in ("mother", "father") if row.get(role) not in names}
        rows.append({"sample": name, "vcf": path, "vcf_sample": name, "family": "F", **row})
    return sheet_of_cells(rows)


def reports(of):
    panel = load_panel()
    intakes = pipeline.intake_people(of.people, panel, None)
    alleles = pipeline.annotate_alleles(panel, pipeline.alleles_of(intakes), print)
    group = Group(intakes, alleles, panel, of.untested)
    return {one.person.sample: pipeline.report_on(one, group)[0] for one in intakes}


def documents(of):
    return {name: json.loads(encode(report)) for name, report in reports(of).items()}


def block(document, key=KEY):
    return next(one for one in document["variants"] if one["key"] == key)


def codes(document, key=KEY):
    return [one["code"] for one in block(document, key)["case"]["criteria"]]


def reasons(document, key=KEY):
    return {one["code"]: one["reason"] for one in block(document, key)["case"]["judged"]}


# One class for the family ---------------------------------------------------------------------------------------------


def test_an_uncertain_allele_beside_a_harmful_one_in_a_patient(make_vcf):
    found = documents(sheet(make_vcf, (UNCERTAIN, HARMFUL), TRIO))
    told = block(found["girl"])
    assert codes(found["girl"]) == ["PM3"]
    assert (told["case"]["points"], told["case"]["added"], told["case"]["mechanism"]) == (3, 2, "loss_of_function")
    assert told["case"]["by_points"] == told["case_class"] == told["allele_class"]["class"] == "Uncertain significance"
    assert told["case"]["reason"] == "published_stands"
    assert "c.441C>A" in told["case"]["criteria"][0]["evidence"]
    # The mother's report has the allele as a row without a conclusion: the same word, and no more.
    mother = block(found["mother"])
    assert (mother["case_class"], mother["case"], mother["reportable"]) == ("Uncertain significance", None, False)
    # The father's allele is pathogenic by itself; its partner is not, so nothing is added.
    father = block(found["father"], "GRCh38:12:8604909:G:T")
    assert father["case"] == block(found["girl"], "GRCh38:12:8604909:G:T")["case"]
    assert father["case"]["criteria"] == []


def test_the_page_and_the_table_show_both_classes(make_vcf):
    report = reports(sheet(make_vcf, (UNCERTAIN, HARMFUL), TRIO))["girl"]
    page = render_html(report)
    assert "Class with this family&#39;s evidence" in page
    assert "3 points, 2 of them from the family" in page
    assert "recommendation for the in trans criterion (PM3)" in page
    lines = [line.split("\t") for line in render_tsv(report).splitlines()]
    row = next(dict(zip(lines[0], line, strict=True)) for line in lines[1:] if KEY in line)
    assert (row["case_class"], row["case_criteria"]) == ("Uncertain significance", "PM3")


def test_every_member_has_the_same(make_vcf):
    people = {"girl": ("1/1",), "sister": ("1/1",), "brother": ("1/1",), "mother": ("0/1",), "father": ("0/1",)}
    found = documents(sheet(make_vcf, (UNCERTAIN,), people))
    told = [block(found[name])["case"] for name in ("girl", "sister", "brother")]
    assert told[0] == told[1] == told[2]
    assert codes(found["girl"]) == ["PM3_Supporting", "PP1_Moderate"]
    assert {block(document)["case_class"] for document in found.values()} == {"Uncertain significance"}


def test_order_and_names_of_phase_sets_change_nothing(make_vcf):
    phased = ["0|1:15,15:30:99:{}", "1|0:15,15:30:99:{}"]
    told = []
    for name in ("7", "4711"):
        rows = [(*site, cell.format(name), {"format": "GT:AD:DP:GQ:PS"})
                for site, cell in zip((UNCERTAIN, HARMFUL), phased, strict=True)]  # fmt: skip
        path = make_vcf(f"{name}.vcf", rows, ["girl"])
        cells = {"sample": "girl", "vcf": path, "vcf_sample": "girl", "affected": "yes", "consent_family": "yes"}
        told.append(block(documents(sheet_of_cells([cells]))["girl"])["case"])
    assert told[0] == told[1]
    assert [one["code"] for one in told[0]["criteria"]] == ["PM3"]
    rows = sheet(make_vcf, (UNCERTAIN, HARMFUL), TRIO).people
    calls = {name: TRIO[name] for name in reversed(TRIO)}
    assert len(rows) == 3
    first, second = (documents(sheet(make_vcf, (UNCERTAIN, HARMFUL), one)) for one in (TRIO, calls))
    assert {name: block(one)["case"] for name, one in first.items() if name != "father"} == {
        name: block(one)["case"] for name, one in second.items() if name != "father"
    }


# Consent --------------------------------------------------------------------------------------------------------------


def test_nothing_counts_of_somebody_who_did_not_agree_not_even_in_the_own_report(make_vcf):
    """Or the patient's report and a relative's would give one allele two classes."""
    found = documents(sheet(make_vcf, (UNCERTAIN, HARMFUL), TRIO, girl={"consent_family": "no"}))
    assert codes(found["girl"]) == []
    assert reasons(found["girl"])["PM3"] == "nobody"
    assert block(found["girl"])["case"]["reason"] == "nothing_counts"


@pytest.mark.parametrize("silent", ["mother", "father"])
def test_a_phase_that_rests_on_a_parent_who_did_not_agree_is_no_evidence(make_vcf, silent):
    found = documents(sheet(make_vcf, (UNCERTAIN, HARMFUL), TRIO, **{silent: {"consent_family": "no"}}))
    assert block(found["girl"])["phase"][0]["verdict"] == "in_trans"  # the phase itself is the girl's own
    assert codes(found["girl"]) == []
    assert reasons(found["girl"])["PM3"] == "no_partner"


@pytest.mark.parametrize("call", ["1/1", "0/1", "0/0"])
def test_a_relative_who_did_not_agree_changes_no_byte(make_vcf, call):
    people = {"girl": ("1/1",), "sister": ("1/1",), "brother": (call,), "mother": ("0/1",), "father": ("0/1",)}
    silent = documents(sheet(make_vcf, (UNCERTAIN,), people, brother={"consent_family": "no"}))
    absent = documents(sheet(make_vcf, (UNCERTAIN,), people, brother=None))
    del silent["brother"]
    assert silent == absent
    assert codes(silent["girl"]) == ["PM3_Supporting", "PP1"]


def test_a_genotype_of_pms2_is_never_evidence_so_nothing_withheld_can_show(make_vcf):
    """A healthy sister without consent: with and without the second allele of the family her report is the same."""
    told = []
    for call in ("0/1", "0/0"):
        people = {"girl": ("0/1", "0/1", "1/1"), "sister": ("0/1", call, "0/1")}
        changes = {
            "girl": {"consent_secondary": "yes", "age_at_sampling": "20y"},
            "sister": {"affected": "no", "mode": "carrier"},
        }
        found = documents(sheet(make_vcf, (PMS2, PMS2_OTHER, UNCERTAIN), people, **changes))
        assert {one["code"] for one in block(found["girl"], "GRCh38:7:5999116:G:A")["case"]["criteria"]} == set()
        one = found["sister"]
        assert [row["gene"] for row in one["variants"]] == ["AICDA"]
        told.append({**one, "digest": "", "ledger": {}, "provenance": {**one["provenance"], "cut_records": {}}})
    assert told[0] == told[1]


def test_a_document_rests_on_nobodys_pms2_but_that_of_relatives_by_blood(make_vcf):
    """Her partner is ill and carries her allele too; her document has no digest of his file."""
    people = {"girl": ("0/1",), "mother": ("0/1",), "father": ("0/1 deep",)}
    both = {"consent_secondary": "yes", "age_at_sampling": "40y"}
    changes = {"mother": both, "father": {**both, "affected": "yes", "mode": "diagnostic"}}
    found = documents(sheet(make_vcf, (PMS2,), people, **changes))["mother"]
    assert block(found, "GRCh38:7:5999116:G:A")["case"]["reason"] == "nothing_counts"
    assert sorted(found["provenance"]["cut_records"]) == ["child 1", "sample"]


# Whose evidence, and how well it is shown -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"prior_hsct": "yes"}, "nobody"),
        ({"affected": "unknown"}, "nobody"),
        ({"mode": "prenatal"}, "nobody"),
    ],
)
def test_only_affected_people_with_a_released_report_count(make_vcf, changes, reason):
    people = {"girl": ("1/1",), "mother": ("0/1",), "father": ("0/1",)}
    found = documents(sheet(make_vcf, (UNCERTAIN,), people, girl=changes))
    mother = next((one for one in found["mother"]["variants"] if one["key"] == KEY), None)
    assert mother is not None
    told = [one for name in found if (one := block(found[name]))["case"]]
    assert all(one["case"]["criteria"] == [] for one in told)
    assert {row["reason"] for one in told for row in one["case"]["judged"] if row["code"] == "PM3"} <= {reason}


@pytest.mark.parametrize("call", ["thin", "bare"])
def test_a_call_that_was_not_read_well_is_no_evidence(make_vcf, call):
    found = documents(sheet(make_vcf, (UNCERTAIN, HARMFUL), {**TRIO, "girl": (call, "0/1")}))
    assert codes(found["girl"]) == []
    found = documents(sheet(make_vcf, (UNCERTAIN, HARMFUL), {**TRIO, "girl": ("0/1", call)}))
    assert codes(found["girl"]) == []


def test_an_affected_brother_without_it_is_told_and_makes_nothing_benign(make_vcf):
    people = {"girl": ("1/1",), "brother": ("0/0",), "sister": ("1/1",)}
    found = documents(sheet(make_vcf, (UNCERTAIN,), {**people, "mother": ("0/1",), "father": ("0/1",)}))
    assert codes(found["girl"]) == ["PM3_Supporting"]
    assert (reasons(found["girl"])["PP1"], reasons(found["girl"])["BS4"]) == (
        "affected_without", "other_disease_possible",
    )  # fmt: skip


def test_boys_of_one_mother_on_x(make_vcf):
    people = {"brother": ("1",), "mother": ("0/1",)}
    rows = {"brother": {"father": ""}}
    key = "GRCh38:X:136656377:C:T"
    found = documents(sheet(make_vcf, (CD40LG,), people, **rows))
    assert reasons(found["brother"], key)["PP1"] == "no_affected_relative"
    assert reasons(found["brother"], key)["PM3"] == "not_recessive"


def test_an_allele_new_in_a_girl_is_named_as_such_and_weighs_too_little_alone(make_vcf):
    dominant = ("12", 8604313, "G", "A")  # AICDA c.568C>T
    people = {"girl": ("0/1",), "mother": ("0/0",), "father": ("0/0",)}
    found = documents(sheet(make_vcf, (dominant,), people))
    told = reasons(found["girl"], "GRCh38:12:8604313:G:A")
    assert (told["PM6"], told["PS2"]) == ("PM6_below", "relations_not_proven")
    ill = documents(sheet(make_vcf, (dominant,), people, mother={"affected": "unknown"}))
    assert reasons(ill["girl"], "GRCh38:12:8604313:G:A")["PM6"] == "not_shown_new"


# What it would mean ---------------------------------------------------------------------------------------------------


def test_where_the_family_changes_the_class_the_conclusion_stays_and_says_what_it_would_be(make_vcf):
    people = {"girl": ("1/1",), "sister": ("1/1",), "brother": ("1/1",), "mother": ("0/1",), "father": ("0/1",)}
    found = documents(sheet(make_vcf, (CD40_STOP,), people))
    key = "GRCh38:20:46128897:C:T"
    told = block(found["girl"], key)
    assert (told["allele_class"]["class"], told["case_class"]) == ("Uncertain significance", "Likely pathogenic")
    assert (told["case"]["reason"], codes(found["girl"], key)) == ("moves", ["PP1_Moderate"])
    assert reasons(found["girl"], key)["PM3"] == "rarity_not_shown"
    (conclusion,) = [one for one in found["girl"]["conclusions"] if key in one["variants"]]
    assert conclusion["code"] == "uncertain"
    said = next(text for why, text in zip(conclusion["why"], conclusion["reasons"], strict=True)
                if why == "case_class_moves")  # fmt: skip
    assert "would be classed as likely pathogenic instead of uncertain significance" in said
    assert "it would be a genotype expected to cause" in said
    alone = documents(sheet(make_vcf, (CD40_STOP,), {"girl": ("1/1",)}))["girl"]
    (before,) = [one for one in alone["conclusions"] if key in one["variants"]]
    assert "case_class_moves" not in before["why"]


def test_a_class_rests_on_evidence_that_the_provenance_names(make_vcf):
    """The father is no relative by blood of the mother; what he adds to the class stands in her provenance."""
    people = {"girl": ("1/1",), "mother": ("0/1",), "father": ("0/1 deep",)}
    found = documents(sheet(make_vcf, (UNCERTAIN,), people))
    assert sorted(found["mother"]["provenance"]["cut_records"]) == ["child 1", "family 1", "sample"]
    assert sorted(found["girl"]["provenance"]["cut_records"]) == ["father", "mother", "sample"]


@pytest.mark.parametrize("order", list(itertools.permutations(("girl", "mother", "father"))))
def test_the_order_of_the_sheet_changes_no_class(make_vcf, order):
    calls = {name: TRIO[name] for name in order}
    assert codes(documents(sheet(make_vcf, (UNCERTAIN, HARMFUL), calls))["girl"]) == ["PM3"]
