"""One person, one gene: ``cases.tsv`` says what must be concluded, written by hand from the sources."""

import csv
from pathlib import Path

import msgspec
import pytest

from higm_annot.intake.types import Support
from higm_annot.interpretation.types import Status
from higm_annot.knowledge.tables import sources
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Gene

CASES = list(csv.DictReader((Path(__file__).parent / "cases.tsv").read_text().splitlines(), delimiter="\t"))


def people(make, case, **more):
    calls = dict(part.split("=", 1) for part in case["calls"].split(" "))
    return make.person(
        calls,
        sex=case["sex"],
        affected=case["affected"],
        mode=case["mode"],
        consent_secondary=case["consent"] == "yes",
        **more,
    )


def written(conclusion) -> str:
    parts = [conclusion.code, conclusion.disease]
    if conclusion.diplotype is not None:
        accession, _, name = conclusion.diplotype.hgvs.partition(":")
        assert accession.startswith("NM_")
        parts.append(name)
    if conclusion.status is Status.UNRESOLVED_PARALOGUE:
        parts.append(f"?{conclusion.if_confirmed}")
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(make, case):
    found = make.run(people(make, case))
    assert " + ".join(map(written, make.of(found, case["gene"]))) == case["expected"]
    for conclusion in found.conclusions:
        assert len(conclusion.why) == len(conclusion.reasons) > 0
        assert (conclusion.if_confirmed is not None) == (conclusion.status is Status.UNRESOLVED_PARALOGUE)
        assert set(conclusion.sources) <= sources().keys()
        assert conclusion.code in ("no_finding", "not_assessed") or conclusion.sources


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_every_gene_has_a_conclusion(make, case):
    found = make.run(people(make, case))
    assert {conclusion.gene for conclusion in found.conclusions} == set(Gene)
    assert set(found.reportable) == {key for conclusion in found.conclusions for key in conclusion.variants}
    assert not set(found.reportable) & set(found.withheld)
    called = {make.world[part.partition("=")[0]].gene for part in case["calls"].split(" ")}
    others = [c for c in found.conclusions if c.gene not in (case["gene"], *called)]
    assert all(c.code == "not_assessed" and "not a negative result" in c.reasons[0] for c in others)


def test_possible_compound_heterozygote_in_exactly_that_word(make):
    (conclusion,) = make.of(make.run(make.person({"C1": "0/1", "C2": "0/1"})), "CD40")
    assert "a possible compound heterozygote" in " ".join(conclusion.reasons)
    assert conclusion.diplotype.phase == "unknown"
    for calls in ({"C1": "0|1@1", "C2": "1|0@1"}, {"C1": "1/1"}, {"C1": "0/1"}, {"C1": "0|1@1", "C2": "0|1@1"}):
        (conclusion,) = make.of(make.run(make.person(calls)), "CD40")
        assert "possible" not in " ".join(conclusion.reasons)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("C1",), "c.247T>C"),
        (("C1", "C2"), "c.247T>C and c.256+2T>C"),
        (("C1", "C2", "C3"), "c.247T>C, c.256+2T>C and c.300del"),
    ],
)
def test_every_allele_is_named_in_the_sentence(make, names, expected):
    (conclusion,) = make.of(make.run(make.person(dict.fromkeys(names, "1/1"))), "CD40")
    assert conclusion.reasons[0].startswith(f"Both copies of CD40 carry {expected}, as called")


@pytest.mark.parametrize("beside", ["0/1", "./1"])
def test_only_what_is_on_both_copies_is_said_to_be(make, beside):
    (conclusion,) = make.of(make.run(make.person({"C1": "1/1", "C2": beside})), "CD40")
    assert conclusion.reasons[0].startswith("Both copies of CD40 carry c.247T>C, as called")
    assert len(conclusion.variants) == 2


@pytest.mark.parametrize("beside", ["0/1", "./1"])
def test_only_what_is_hemizygous_is_said_to_lie_on_the_only_x(make, beside):
    (conclusion,) = make.of(make.run(make.person({"L1": "1", "L2": beside}, sex="male")), "CD40LG")
    assert conclusion.reasons[0] == "A male has one copy of CD40LG, and that copy carries c.340del."
    assert conclusion.diplotype.hgvs == "NM_000074.3:c.[340del];[0](;)655G>A"
    (both,) = make.of(make.run(make.person({"L1": "1", "L2": "1"}, sex="male")), "CD40LG")
    assert both.diplotype.hgvs == "NM_000074.3:c.[340del;655G>A];[0]"


def test_an_allele_of_another_transcript_only_has_no_mechanism(make):
    """UNG: a change of the mitochondrial form alone is told as such."""
    known = make.alleles[make.key("U1")]
    silent = msgspec.structs.replace(known, allele_class=msgspec.structs.replace(known.allele_class, mechanisms=()))
    whys = [
        make.of(make.run(make.person({"U1": "1/1"}), alleles={**make.alleles, known.key: one}), "UNG")[0].why
        for one in (known, silent)
    ]
    assert ["ung1_only" in why for why in whys] == [False, True]


def test_phase_verdict_and_its_ground(make):
    trans, cis = ({"C1": "0|1@1", "C2": other} for other in ("1|0@1", "0|1@1"))
    (first,) = make.of(make.run(make.person(trans)), "CD40")
    (second,) = make.of(make.run(make.person(cis)), "CD40")
    assert (first.diplotype.phase, second.diplotype.phase) == ("in_trans", "in_cis")
    assert "phase_phase_set" in first.why and "phase_phase_set" in second.why


@pytest.mark.parametrize(
    ("calls", "told", "never"),
    [
        (
            {"C1": "1/1", "C2": "0/1"},
            ["Both copies of CD40 carry c.247T>C, as", "carries c.256+2T>C as well"],
            ["T>C and"],
        ),
        ({"C1": "0/1", "C2": "0/1", "C3": "0/1"}, ["Three disease-causing alleles"], ["Two", "reads"]),
        (
            {"C1": "0|1@1", "C2": "0|1@1", "C3": "0/1"},
            ["Three disease-causing", "how c.247T>C and c.256+2T>C are arranged"],
            ["Two"],
        ),
        (
            {"C1": "0|1@1", "C2": "1|0@1", "C3": "0/1"},
            ["c.247T>C on one, c.256+2T>C on the other", "which copy c.300del lies", "how c.247T>C and c.256+2T>C are"],
            ["c.256+2T>C and c.300del"],
        ),
    ],
)
def test_a_sentence_names_the_alleles_it_is_true_of(make, calls, told, never):
    (conclusion,) = make.of(make.run(make.person(calls)), "CD40")
    said = " ".join(conclusion.reasons)
    assert all(part in said for part in told), said
    assert not any(part in said for part in never), said


def test_symptomatic_woman_has_flow_cytometry_first(make):
    (conclusion,) = make.of(make.run(make.person({"L1": "0/1"})), "CD40LG")
    assert "activated CD4 T cells" in conclusion.next_tests[0]


def test_a_poor_call_makes_a_disease_genotype_possible_only(make):
    for support in (
        Support(depth=5),
        Support(depth=40, genotype_quality=3),
        Support(depth=40, filters=("LowQual",)),
    ):
        (conclusion,) = make.of(make.run(make.person({"C1": "1/1"}, support={"C1": support})), "CD40")
        assert conclusion.code == "possible_disease_genotype"
        assert "call_quality" in conclusion.why
        assert conclusion.next_tests[0] == text("test.confirm_call")
    (fine,) = make.of(make.run(make.person({"C1": "1/1"}, support={"C1": Support(filters=("off-target",))})), "CD40")
    assert fine.code == "disease_genotype"
    # a poor call that the conclusion does not need takes nothing from it
    both = make.person({"C1": "1/1", "C2": "0/1"}, support={"C2": Support(depth=2)})
    assert make.of(make.run(both), "CD40")[0].code == "disease_genotype"


@pytest.mark.parametrize(
    ("calls", "codes"),
    [
        ({"C1": "0/1"}, ["one_allele_found", "uncertain"]),
        ({"C1": "0/1", "C2": "./."}, ["one_allele_found", "uncertain"]),
        ({"C1": "0|1@1", "C2": "0|1@1"}, ["one_allele_found", "uncertain"]),
        # where both copies are hit the uncertain one adds nothing
        ({"C1": "0|1@1", "C2": "1|0@1"}, ["disease_genotype"]),
        ({"C1": "0/1", "C2": "0/1"}, ["possible_disease_genotype"]),
        ({"C1": "1/1"}, ["disease_genotype"]),
    ],
)
def test_an_uncertain_allele_may_be_the_second_where_one_copy_is_hit(make, calls, codes):
    found = make.of(make.run(make.person({**calls, "Cv": "0/1"})), "CD40")
    assert [one.code for one in found] == codes
    assert (make.key("Cv") in found[-1].variants) is (len(codes) == 2)


@pytest.mark.parametrize("calls", [{"C1": "0/1", "Cn": "0/1"}, {"C1": "0|1@1", "Cn": "1|0@1"}])
def test_a_candidate_for_the_second_change_is_not_told_as_if_it_stood_alone(make, calls):
    """A truncating uncertain allele alone asks for a second one: beside a harmful one that question is answered."""
    one, beside = make.of(make.run(make.person(calls)), "CD40")
    assert [one.code, beside.code] == ["one_allele_found", "uncertain"]
    assert set(beside.variants) == {make.key("C1"), make.key("Cn")}
    assert "A second disease-causing one was neither found nor excluded." in one.reasons[0]
    (alone,) = make.of(make.run(make.person({"Cn": "0/1"})), "CD40")
    assert "uncertain_null_one" in alone.why


def test_two_lines_that_disagree_leave_the_zygosity_open(make):
    person = make.person({"C1": "0/1"}, affected="no", mode="carrier")
    twice = msgspec.structs.replace(person, calls=(*person.calls, make.call("C1", "1/1")))
    (conclusion,) = make.of(make.run(twice), "CD40")
    assert (conclusion.code, "zygosity_open" in conclusion.why) == ("possible_disease_genotype", True)
    same = msgspec.structs.replace(person, calls=person.calls * 2)
    assert make.of(make.run(same), "CD40")[0].code == "carrier"


def test_after_transplantation_the_report_is_on_hold(make):
    found = make.run(make.person({"C1": "1/1"}, prior_hsct="yes"))
    assert found.hold
    assert [p.code for p in found.problems] == ["HA-GT-101"]
    assert make.of(found, "CD40")[0].code == "disease_genotype"
    assert not make.run(make.person({"C1": "1/1"})).hold


def test_doubt_about_relatives_holds_the_report(make):
    child = make.person({"C1": "1/1"})
    mother = make.person({}, reference=["C1"], sample="M")
    found = make.run(child, mother=mother)
    assert found.hold and found.problems == ()  # the problem itself stands with the genotypes


def test_findings_in_two_genes_speak_of_each_other(make):
    found = make.run(make.person({"C1": "1/1", "A1": "1/1"}))
    for gene, other in (("CD40", "AICDA"), ("AICDA", "CD40")):
        (conclusion,) = make.of(found, gene)
        assert conclusion.why[-1] == "beside_other_gene"
        assert other in conclusion.reasons[-1]


def test_one_copy_in_each_of_two_genes_is_no_digenic_disease(make):
    found = make.run(make.person({"C1": "0/1", "A1": "0/1"}))
    for gene in ("CD40", "AICDA"):
        (conclusion,) = make.of(found, gene)
        assert (conclusion.code, conclusion.why[-1]) == ("one_allele_found", "one_allele_in_two_genes")


def test_a_withheld_allele_is_not_told_of_beside_another(make):
    found = make.run(make.person({"C1": "1/1", "P1": "0/1"}, affected="no"))
    assert "PMS2" not in make.of(found, "CD40")[0].reasons[-1]


def test_sources_of_another_gene_are_left_out(make):
    (conclusion,) = make.of(make.run(make.person({"C1": "0/1"})), "CD40")
    assert "GenCC-CD40" in conclusion.sources
    assert not {"GenCC-UNG", "GenCC-PMS2", "GenCC-AICDA-AR"} & set(conclusion.sources)


@pytest.mark.parametrize(("calls", "sex"), [({"L1": "1/1"}, "female"), ({"L1": "1"}, "female")])
def test_one_x_is_thought_of_in_a_girl(make, calls, sex):
    (conclusion,) = make.of(make.run(make.person(calls, sex=sex)), "CD40LG")
    assert {"one_x_looks_alike", "one_x_possible"} & set(conclusion.why)
    assert any("45,X" in test for test in conclusion.next_tests)


def test_an_allele_that_sources_call_harmful_is_not_denied(make):
    (conclusion,) = make.of(make.run(make.person({"Cp": "0/1"})), "CD40")
    assert "reported_pathogenic" in conclusion.why


def test_a_late_allele_keeps_no_penetrance_of_infants(make):
    (conclusion,) = make.of(make.run(make.person({"L36": "1"}, sex="male")), "CD40LG")
    assert "41 years" in conclusion.penetrance
    assert any("immunologist" in test for test in conclusion.next_tests)


def test_an_open_genotype_is_told_as_open(make):
    (conclusion,) = make.of(make.run(make.person({"L1": "0/1", "L2": "./."}, affected="no")), "CD40LG")
    assert conclusion.code == "possible_disease_genotype"
    assert conclusion.penetrance.startswith("If no working copy is left")


def test_a_fetus_is_told_what_can_be_done_before_birth(make):
    found = make.run(make.person({"L1": "1"}, sex="male", affected="unknown", mode="prenatal"))
    (conclusion,) = make.of(found, "CD40LG")
    assert conclusion.code == "disease_genotype"
    assert any(test.startswith("After birth: Flow cytometry") for test in conclusion.next_tests)
    told = {fact.fact for fact in conclusion.facts}
    assert {"prenatal_birth_plan", "prenatal_maternal_cells"} <= told
    assert not told & {"cd40lg_pjp_now", "gcsf", "ig_dose", "registry", "cd40lg_man_children"}


def test_an_unread_gene_asks_for_nothing_where_another_may_be_the_answer(make):
    found = make.run(make.person({"C1": "1/1"}))
    assert all(not one.next_tests for one in found.conclusions if one.code == "not_assessed")
    assert all(not one.next_tests for one in make.run(make.person({"C1": "1/1"}, prior_hsct="yes")).conclusions)


def test_a_carrier_state_beside_the_answer_is_told_as_one(make):
    found = make.run(make.person({"A1": "1/1", "C1": "0/1"}))
    (conclusion,) = make.of(found, "CD40")
    assert (conclusion.code, conclusion.why[-1]) == ("one_allele_found", "explained_by_other")


def test_a_dominant_allele_on_both_copies_points_to_both_parents(make):
    (conclusion,) = make.of(make.run(make.person({"Ad": "1/1"})), "AICDA")
    assert conclusion.why[0] == "dominant_both_copies"
    assert any("both parents" in test for test in conclusion.next_tests)


def test_two_null_alleles_of_a_girl_in_the_unique_exon_are_not_blamed_on_the_pseudogene(make):
    (conclusion,) = make.of(make.run(make.person({"Ia": "1/1"})), "IKBKG")
    assert (conclusion.code, conclusion.why[0]) == ("possible_disease_genotype", "amorphic_two_copies_placed")
    assert "pseudogene" not in conclusion.reasons[0]
    assert all(part in conclusion.reasons[0] for part in ("45,X", "46,XY", "loss of the other copy"))
    assert "Karyotype" in conclusion.next_tests[0]
