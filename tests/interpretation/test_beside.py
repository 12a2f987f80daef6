"""Findings beside each other: what one explains or makes untrue is not asked for or said by the other."""

import pytest

from higm_annot.intake.types import Support


def facts(conclusion, topic):
    return {one.fact for one in conclusion.facts if one.topic == topic}


def test_one_pms2_allele_beside_an_explained_disease_is_not_urgent(make):
    alone = make.of(make.run(make.person({"P1": "0/1"}, sex="male", affected="yes")), "PMS2")[0]
    beside = make.of(make.run(make.person({"P1": "0/1", "L1": "1"}, sex="male", affected="yes")), "PMS2")[0]
    assert alone.code == beside.code == "one_allele_found"
    assert "explained_by_other" in beside.why
    assert facts(alone, "urgent")
    assert not facts(beside, "urgent")


def test_opposite_a_dominant_allele_the_recessive_disease_tells_no_risk_of_its_own(make):
    """One changed copy makes ill here: that a child needs two is false, and the dominant disease tells what is true."""
    found = make.of(make.run(make.person({"A1": "0/1", "Ad": "0/1"}, sex="female", affected="yes")), "AICDA")
    told = {one.disease: facts(one, "family") for one in found}
    assert told["HIGM2AD"]
    assert told["HIGM2"] == set()
    alone = make.of(make.run(make.person({"A1": "1/1"}, sex="female", affected="yes")), "AICDA")[0]
    assert facts(alone, "family")


@pytest.mark.parametrize(
    ("calls", "code", "asks"), [({"L1": "0/1"}, "carrier_possibly_affected", False), ({}, "", True)]
)
def test_beside_a_woman_s_possible_disease_an_empty_gene_asks_for_no_test(make, calls, code, asks):
    found = make.run(make.person(calls, sex="female", affected="yes"))
    assert not code or [one.code for one in make.of(found, "CD40LG")] == [code]
    (empty,) = make.of(found, "CD40")
    assert (empty.code, bool(empty.next_tests)) == ("not_assessed", asks)


def test_a_poor_call_is_not_said_to_contradict_copies_counted(make):
    """Only a count of copies (CN) can contradict a genotype."""
    (found,) = make.of(make.run(make.person({"C1": "1/1"}, support={"C1": Support(depth=2)})), "CD40")
    assert "call_quality" in found.why
    assert "copies_contradict_genotype" not in found.why
