"""The table: every combination that can occur meets exactly one row, every row occurs, every code has its sentence."""

from collections import Counter
from itertools import product

import pytest

from higm_annot.classification.types import Mechanism
from higm_annot.intake.types import Sex
from higm_annot.interpretation.check import questions
from higm_annot.interpretation.disease_table import (
    AlleleState,
    Class,
    Context,
    Question,
    disease_rows,
    look_up,
    mechanism_groups,
    paralogue_tests,
    uncertain_terms,
)
from higm_annot.interpretation.types import ConclusionCode
from higm_annot.knowledge.tables import diseases, sources
from higm_annot.knowledge.texts import texts
from higm_annot.reference.types import Gene

QUESTIONS = tuple(questions(mechanism_groups().values()))


def test_the_walk_asks_every_combination():
    """By hand: 5 classes in 7 states and 1 class in 1, 3 sexes, 4 contexts, 2 consents; on X 7, 3 and 3 states."""
    asked = Counter(question.gene for question in QUESTIONS)
    assert asked[Gene.CD40] == (5 * 7 + 1) * 3 * 4 * 2
    assert asked[Gene.CD40LG] == ((5 * 7 + 1) + 2 * (5 * 3 + 1)) * 4 * 2 * 2  # two mechanism groups
    assert len(set(QUESTIONS)) == len(QUESTIONS)
    assert {question.state for question in QUESTIONS} == set(AlleleState)


def test_every_combination_meets_exactly_one_row():
    wrong = []
    for question in QUESTIONS:
        met = [row.row for row in disease_rows() if row.meets(question)]
        if len(met) != 1:
            wrong.append((question, met))
    assert wrong == []


def test_every_row_can_be_reached():
    reached = {look_up(question).row for question in QUESTIONS}
    assert reached == {row.row for row in disease_rows()}


def test_row_names_are_unique():
    names = [row.row for row in disease_rows()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("row", disease_rows(), ids=lambda row: row.row)
def test_row_is_worded_and_sourced(row):
    assert set(row.source) <= sources().keys()
    assert {f"why.{code}" for code in row.why} <= texts().keys()
    assert {f"test.{code}" for code in row.next_tests} <= texts().keys()
    if row.withheld or row.compact:
        return
    assert row.conclusion in ConclusionCode
    assert row.why and row.next_tests
    disease = diseases()[row.disease]
    assert disease.gene in row.gene
    assert f"conclusion.{row.code}" in texts()
    assert row.penetrance if row.conclusion is not ConclusionCode.NOT_ASSESSED else not row.penetrance
    assert not row.penetrance or f"penetrance.{row.penetrance}" in texts()


def test_every_mechanism_of_every_gene_has_a_group():
    assert set(mechanism_groups()) == set(product(Gene, Mechanism))


def test_paralogue_genes_have_a_test_that_tells_them_apart():
    assert {gene for gene in Gene if paralogue_tests(gene)} == {Gene.PMS2, Gene.IKBKG}
    assert all(f"test.{test}" in texts() for gene in Gene for test in paralogue_tests(gene))


def test_uncertain_terms_leave_out_what_does_not_change_the_protein():
    assert not {"synonymous_variant", "intron_variant", "5_prime_UTR_variant"} & uncertain_terms()
    assert {"missense_variant", "splice_region_variant", "start_lost"} <= uncertain_terms()


def test_a_question_without_a_row_is_our_fault():
    with pytest.raises(LookupError, match="no row"):
        look_up(
            Question(
                Gene.CD40,
                Class.PATHOGENIC,
                "any",
                AlleleState.HEMI,
                Sex.MALE,
                Context.INDICATED,
                consent=False,
            )
        )
