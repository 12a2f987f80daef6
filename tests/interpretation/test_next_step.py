"""The one test that decides most, by person; each of its outcomes is told, and nothing is told that changes nothing."""

import pytest

from higm_annot.interpretation.disease_table import Context, disease_rows
from higm_annot.interpretation.next_step import WORDS, next_step, step_rows
from higm_annot.knowledge.texts import text, texts

ILL, WELL, CARRIER = {}, {"affected": "no"}, {"affected": "no", "mode": "carrier"}
BOY, WOMAN = {"sex": "male"}, {"sex": "female"}

# calls, person, gene, the test, how urgent
STEPS = (
    ({"L1": "1"}, BOY, "CD40LG", "cd40l_flow", "now"),
    ({"L1": "1"}, BOY | WELL, "CD40LG", "cd40l_flow", "now"),
    # A late, mild allele: the immunologist leads, flow cytometry decides.
    ({"L36": "1"}, BOY, "CD40LG", "cd40l_flow", "now"),
    ({"L1": "0/1"}, BOY, "CD40LG", "orthogonal_male_het", "first"),
    ({"L1": "0/1"}, WOMAN, "CD40LG", "cd40l_flow_first", "now"),
    ({"L1": "0/1"}, WOMAN | CARRIER, "CD40LG", "relatives_cd40lg_carrier", "birth"),
    ({"Lv": "1"}, BOY, "CD40LG", "cd40l_flow", "now"),
    ({"Lv": "1"}, BOY | WELL, "CD40LG", "cd40l_flow", "soon"),
    ({"C1": "1/1"}, BOY, "CD40", "cd40_flow", "now"),
    ({"C1": "0/1", "C2": "0/1"}, BOY, "CD40", "phase_parents", "soon"),
    # In CD40 the cell tells sooner than the search for a second allele, and prophylaxis hangs on it.
    ({"C1": "0/1"}, BOY, "CD40", "cd40_flow", "now"),
    ({"C1": "0/1"}, WOMAN | CARRIER, "CD40", "partner_testing", "pregnancy"),
    ({"A1": "1/1"}, BOY, "AICDA", "switched_memory", "soon"),
    ({"A1": "0/1"}, BOY, "AICDA", "second_allele_search", "soon"),
    ({"Ad": "0/1"}, WOMAN, "AICDA", "switched_memory", "soon"),
    ({"Ih": "1"}, BOY, "IKBKG", "gene_specific_ikbkg", "now"),
    # In exon 2 no pseudogene is in question: function decides.
    ({"Ih2": "1"}, BOY, "IKBKG", "ikbkg_function", "soon"),
    ({"Ia": "0/1"}, WOMAN, "IKBKG", "skin_and_eye_ip", "now"),
    ({"Ia": "1"}, BOY, "IKBKG", "karyotype_mosaic", "soon"),
    ({"I5": "0/1"}, WOMAN, "IKBKG", "ikbkg_rna", "soon"),
    ({"P1": "1/1"}, BOY, "PMS2", "cmmrd_ancillary", "soon"),
    ({"P1": "0/1"}, BOY, "PMS2", "pms2_second_allele", "soon"),
    ({"Ph": "0/1"}, BOY, "PMS2", "pms2_long_range", "soon"),
)


@pytest.mark.parametrize(("calls", "person", "gene", "test", "urgency"), STEPS)
def test_the_test_that_decides_most(make, calls, person, gene, test, urgency):
    conclusion = make.of(make.run(make.person(calls, **person)), gene)[0]
    step = conclusion.next_step
    assert (step.test, step.urgency) == (text(f"test.{test}"), urgency)
    assert step.test in conclusion.next_tests
    assert step.specimen
    assert step.if_abnormal != step.if_normal
    assert step.source


def test_before_birth_nothing_is_the_step_that_waits_for_birth(make):
    boy = make.of(make.run(make.person({"L1": "1"}, sex="male", mode="prenatal")), "CD40LG")[0]
    assert boy.next_step is None
    open_phase = make.of(make.run(make.person({"C1": "0/1", "C2": "0/1"}, mode="prenatal")), "CD40")[0]
    assert open_phase.next_step.test == text("test.phase_parents")


def test_with_nothing_found_flow_cytometry_comes_first_in_a_patient_and_nothing_in_a_healthy_person(make):
    of = {one.gene: one for one in make.run(make.person({}, sex="male")).conclusions}
    assert of["CD40LG"].next_step.test == text("test.cd40l_flow")
    girl = {one.gene: one for one in make.run(make.person({}, sex="female")).conclusions}
    assert girl["CD40LG"].next_step is None
    assert girl["CD40"].next_step.test == text("test.cd40_flow")
    assert all(one.next_step is None for one in make.run(make.person({}, sex="male", **WELL)).conclusions)


def test_after_a_transplantation_blood_has_no_next_step(make):
    found = make.run(make.person({"L1": "1"}, sex="male", prior_hsct="yes"))
    assert all(one.next_step is None for one in found.conclusions)


@pytest.mark.parametrize("row", [row for row in disease_rows() if row.next_tests], ids=lambda row: row.row)
def test_every_finding_in_a_patient_has_its_step(row):
    """Whatever the sex and wherever the call lies, as far as the row applies to a patient."""
    if row.context != ("*",) and Context.INDICATED not in row.context:
        return
    status = (
        "unresolved_paralogue"
        if row.gene == ("IKBKG",) and "gene_specific_ikbkg" in row.next_tests[:2]
        else "established"
    )
    sexes = row.sex if row.sex != ("*",) else ("male", "female", "unknown")
    for sex in sexes:
        found = next_step(
            row.next_tests,
            row.next_tests,
            disease=row.disease,
            code=row.code,
            status=status,
            sex=sex,
            context="indicated",
        )
        assert found is not None, sex


def test_every_word_of_a_step_is_used():
    used = {f"step.{row.step}_{word}" for row in step_rows() for word in WORDS}
    assert used == {code for code in texts() if code.startswith("step.")}


@pytest.mark.parametrize("step", ["cd40l_unseen", "cd40_unseen"])
def test_a_deficiency_shown_in_the_cell_is_treated_although_no_variant_was_found(step):
    told = text(f"step.{step}_abnormal")
    assert "prophylaxis against Pneumocystis is started and live vaccines are held" in told


@pytest.mark.parametrize("fact", ["higm1_suspected", "higm3_suspected"])
def test_only_a_test_that_excludes_the_disease_ends_the_care_of_a_suspicion(fact):
    """An absent CD40 ligand has decided too: it must not read as the end of prophylaxis."""
    for told in (text(f"fact.{fact}"), text(f"plain_fact.{fact}")):
        assert "excluded" in told
        assert "has decided" not in told
