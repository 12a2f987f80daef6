"""The table: every combination that can occur meets exactly one row, every row occurs, every code has its sentence."""

from itertools import product

import pytest

from higm_annot.classification.types import Mechanism
from higm_annot.intake.types import Sex
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

ON_TWO_COPIES = (
    AlleleState.ONE,
    AlleleState.ONE_UNCALLED,
    AlleleState.TWO_TRANS,
    AlleleState.TWO_UNPHASED,
    AlleleState.TWO_CIS,
    AlleleState.HOM,
    AlleleState.OPEN,
)
ON_X = {
    Sex.FEMALE: ON_TWO_COPIES,
    Sex.MALE: (AlleleState.HEMI, AlleleState.HET_IN_MALE, AlleleState.OPEN),
    Sex.UNKNOWN: (AlleleState.HEMI_OR_HOM, AlleleState.HET_SEX_UNKNOWN, AlleleState.OPEN),
}


def questions():
    for gene, class_, sex, context, consent in product(Gene, Class, Sex, Context, (True, False)):
        groups = sorted({row.group for row in mechanism_groups().values() if row.gene is gene})
        states = ON_X[sex] if gene in (Gene.CD40LG, Gene.IKBKG) else ON_TWO_COPIES
        if class_ is Class.NONE:
            states = (AlleleState.EXON_WITHOUT_READS,)
        for group, state in product(groups, states):
            yield Question(gene, class_, group, state, sex, context, consent)


def test_every_combination_meets_exactly_one_row():
    wrong = []
    for question in questions():
        met = [row.row for row in disease_rows() if row.meets(question)]
        if len(met) != 1:
            wrong.append((question, met))
    assert wrong == []


def test_every_row_can_be_reached():
    reached = {look_up(question).row for question in questions()}
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
