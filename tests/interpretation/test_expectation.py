"""Findings expected with a conclusion: of the form of the disease at hand, and of nobody who is not said to have it."""

import pytest

from higm_annot.interpretation.expectation import frequency_words
from higm_annot.knowledge.expected import expected_findings

PNEUMOCYSTIS, INFANT, ADULT, BLISTERS, CONICAL_TEETH = (
    "HP:0020102",
    "HP:0003593",
    "HP:0003581",
    "HP:0008066",
    "HP:0000698",
)
BOY, WOMAN = {"sex": "male"}, {"sex": "female"}

# calls, person, gene, findings that are told, findings that are not
TOLD = (
    ({"L1": "1"}, BOY, "CD40LG", {PNEUMOCYSTIS, INFANT, "IgM", "CD40L_flow"}, {ADULT}),
    # A brother who is still well has the same genotype.
    ({"L1": "1"}, BOY | {"affected": "no"}, "CD40LG", {PNEUMOCYSTIS, INFANT, "IgM"}, set()),
    # Before birth nothing is said of the child's blood.
    ({"L1": "1"}, BOY | {"mode": "prenatal"}, "CD40LG", {PNEUMOCYSTIS, INFANT}, {"IgM", "CD40L_flow", "neutrophils"}),
    # A late, mild allele is not the infant's disease.
    ({"L36": "1"}, BOY, "CD40LG", {"CD40_Ig_binding"}, {PNEUMOCYSTIS, INFANT}),
    # A carrier is told how carriers are, and of no infection.
    ({"L1": "0/1"}, WOMAN | {"mode": "carrier", "affected": "no"}, "CD40LG", {"IgG", "CD40L_flow"}, {PNEUMOCYSTIS}),
    ({"L1": "0/1"}, WOMAN | {"affected": "yes"}, "CD40LG", {"CD40L_flow"}, {PNEUMOCYSTIS, INFANT}),
    ({"C1": "0/1"}, WOMAN | {"mode": "carrier", "affected": "no"}, "CD40", set(), {PNEUMOCYSTIS, "IgM"}),
    # One of two needed, or uncertain: nothing is expected.
    ({"C1": "0/1"}, BOY, "CD40", set(), {PNEUMOCYSTIS, "IgM"}),
    ({"Lv": "1"}, BOY, "CD40LG", set(), {PNEUMOCYSTIS, "IgM"}),
    # One gene, three diseases.
    ({"Ia": "0/1"}, WOMAN, "IKBKG", {BLISTERS}, {"IgM"}),
    ({"Ih2": "1"}, BOY, "IKBKG", {CONICAL_TEETH, "IgM"}, {BLISTERS}),
    ({"I5": "0/1"}, WOMAN, "IKBKG", {"HP:0012490"}, {BLISTERS}),
    # Two changed copies are CMMRD, one is a raised risk for her, with consent only.
    ({"P1": "1/1"}, BOY, "PMS2", {"HP:0007565"}, {"HP:0006716"}),
    ({"Pa": "1/1"}, BOY, "PMS2", {"HP:0007565"}, {"HP:0011463"}),
    (
        {"P1": "0/1"},
        WOMAN | {"affected": "no", "mode": "carrier", "consent_secondary": True},
        "PMS2",
        {"HP:0006716", "HP:0012114"},
        {"HP:0007565"},
    ),
    ({"P1": "0/1"}, WOMAN | {"affected": "no", "mode": "carrier"}, "PMS2", set(), {"HP:0006716", "HP:0012114"}),
)


@pytest.mark.parametrize(("calls", "person", "gene", "told", "kept_back"), TOLD)
def test_what_is_expected_of_whom(make, calls, person, gene, told, kept_back):
    conclusions = make.of(make.run(make.person(calls, **person)), gene)
    found = {row.feature for one in conclusions for row in one.expected_findings}
    assert told <= found
    assert not kept_back & found
    assert bool(found) == bool(told)


def test_igm_is_told_in_every_direction_and_counts_neither_way(make):
    (conclusion,) = make.of(make.run(make.person({"L1": "1"}, sex="male")), "CD40LG")
    rows = [row for row in conclusion.expected_findings if row.feature == "IgM"]
    assert [(row.label, row.frequency, row.expected) for row in rows] == [
        ("IgM: high", "50 % of 79", "range"),
        ("IgM: normal", "40 % of 145", "range"),
        ("IgM: low", "6.4-25 %", "range"),
    ]


WORDS = {
    ("HIGM1", "HP:0030991"): "11 of 56",
    ("HIGM1", "HP:0002090"): "81 % of 79",
    ("HIGM1", INFANT): "50 % or more",
    ("HIGM1", "HP:0000246"): "36-43 %",
    ("HIGM1", "HP:0012191"): "",
    ("EDAID1", "HP:0000403"): "frequent (30-79 %)",
    ("LYNCH4", "HP:0012114"): "13 %",
}


@pytest.mark.parametrize(("row", "said"), WORDS.items())
def test_how_often_in_words(row, said):
    found = {(one.disease, one.feature): frequency_words(one) for one in expected_findings()}
    assert found[row] == said
