"""What may be said when nothing is found; gene or pseudogene; other assays; consent."""

import msgspec
import pytest

from higm_annot.intake.types import AssessmentStatus, UnreadAllele
from higm_annot.interpretation.assessed import spans
from higm_annot.interpretation.types import Status
from higm_annot.reference.types import Gene

UNIQUE = (Gene.CD40LG, Gene.CD40, Gene.AICDA, Gene.UNG)


def codes(make, person, **more):
    return {c.gene: c.code for c in make.run(person, **more).conclusions}


def test_everything_read_and_nothing_found(make):
    found = make.run(make.person({}, read=True))
    by_gene = {c.gene: c for c in found.conclusions}
    assert {gene: by_gene[gene].code for gene in UNIQUE} == dict.fromkeys(UNIQUE, "no_finding")
    for gene, exons in ((Gene.IKBKG, "exons 3-10"), (Gene.PMS2, "exons 9, 11-15")):
        assert by_gene[gene].code == "not_assessed"
        assert by_gene[gene].why == ("exons_like_pseudogene",)
        assert exons in by_gene[gene].reasons[0]
        assert by_gene[gene].next_tests


def test_a_firewalled_exon_is_not_cleared_by_any_depth(make):
    claimed = tuple(
        msgspec.structs.replace(region, status=AssessmentStatus.ASSESSED, basis="reference_evidence")
        for region in make.assessed()
    )
    found = codes(make, make.person({}, read=claimed))
    assert (found[Gene.IKBKG], found[Gene.PMS2]) == ("not_assessed", "not_assessed")


@pytest.mark.parametrize("gene", UNIQUE)
def test_one_exon_short_is_not_a_negative_result(make, gene):
    regions = make.assessed()
    last = max(i for i, region in enumerate(regions) if region.gene is gene)
    short = msgspec.structs.replace(regions[last], end=regions[last].end - 1)
    partly = msgspec.structs.replace(regions[last], status=AssessmentStatus.PARTLY)
    for changed in (
        (*regions[:last], *regions[last + 1 :]),
        (*regions[:last], short, *regions[last + 1 :]),
        (*regions[:last], partly, *regions[last + 1 :]),
    ):
        (conclusion,) = make.of(make.run(make.person({}, read=changed)), gene)
        assert (conclusion.code, conclusion.why) == ("not_assessed", ("exons_not_read",))
        assert regions[last].region.split()[1] in conclusion.reasons[0]


def test_plain_vcf_says_the_sentence_of_the_contract(make):
    (conclusion,) = make.of(make.run(make.person({})), "CD40")
    (sentence,) = conclusion.reasons
    assert sentence.startswith(
        "No reportable variant among the calls supplied; which bases of CD40 were read is unknown;"
    )
    assert sentence.endswith("not a negative result.")


def test_no_assessment_at_all_is_not_a_negative_result(make):
    nobody = msgspec.structs.replace(make.person({}, read=True), verdict=None)
    assert set(codes(make, nobody).values()) == {"not_assessed"}


@pytest.mark.parametrize(("name", "why"), [("C1", "no_call_at_known_site"), ("Cv", "position_not_called")])
@pytest.mark.parametrize("raw", ["./.", ".", "0/.", "./0"])
def test_an_uncalled_place_that_matters_is_never_a_negative_result(make, name, why, raw):
    (conclusion,) = make.of(make.run(make.person({name: raw}, read=True)), "CD40")
    assert conclusion.code == "not_assessed"
    assert why in conclusion.why


def test_an_uncalled_place_without_annotation_counts_as_one_that_matters(make):
    (conclusion,) = make.of(make.run(make.person({"C1": "./."}, read=True), alleles={}), "CD40")
    assert (conclusion.code, conclusion.why) == ("not_assessed", ("position_not_called",))


def test_an_uncalled_harmless_place_changes_nothing(make):
    assert codes(make, make.person({"Cb": "./."}, read=True))[Gene.CD40] == "no_finding"


def test_a_carrier_of_a_gene_not_wholly_read_is_told_so(make):
    (partly,) = make.of(make.run(make.person({"C1": "0/1"}, affected="no")), "CD40")
    (wholly,) = make.of(make.run(make.person({"C1": "0/1"}, affected="no", read=True)), "CD40")
    assert "not_everything_read" in partly.why
    assert "not_everything_read" not in wholly.why


def test_exon_numbers_in_words():
    assert [spans(n) for n in ((9,), (1, 2), (9, 11, 12, 13), (1, 3, 5))] == [
        "exon 9",
        "exons 1-2",
        "exons 9, 11-13",
        "exons 1, 3, 5",
    ]


def test_unplaced_call_says_what_it_would_mean_and_how_to_confirm_it(make):
    """PMC11217311: the PMS2CL artefact makes no Lynch or CMMRD statement by itself."""
    (conclusion,) = make.of(make.run(make.person({"Ph": "0/1"})), "PMS2")
    assert conclusion.status is Status.UNRESOLVED_PARALOGUE
    assert "unresolved_paralogue" in conclusion.why
    assert "Long-range PCR of PMS2" in conclusion.next_tests[0]


@pytest.mark.parametrize(
    ("calls", "sex", "zygosity", "code", "status"),
    [
        # which short reads are of the gene is not known, so their zygosity is not either
        ({"Ph": "0/1"}, "female", "", "possible_disease_genotype", "established"),
        ({"Ph": "1/1"}, "female", "", "possible_disease_genotype", "established"),
        ({"Ph": "0/1"}, "female", "het", "one_allele_found", "established"),
        ({"Ph": "0/1"}, "female", "hom", "disease_genotype", "established"),
        ({"Ih": "0/1"}, "male", "", "disease_genotype", "established"),
        ({"Ih": "0/1"}, "male", "hemi", "disease_genotype", "established"),
        ({"Ih": "0/1"}, "male", "het", "possible_disease_genotype", "established"),
        ({"Ih": "1/1"}, "male", "", "disease_genotype", "established"),
        ({"Ih": "./1"}, "male", "", "disease_genotype", "established"),
        ({"Ih": "0/1"}, "female", "", "possible_disease_genotype", "established"),
        ({"Ih": "0/1"}, "female", "het", "carrier_possibly_affected", "established"),
        ({"Ih": "1/1"}, "unknown", "", "possible_disease_genotype", "established"),
        ({"Ih": "0/1"}, "unknown", "hemi", "disease_genotype", "established"),
    ],
)
def test_confirmed_outside(make, calls, sex, zygosity, code, status):
    (name,) = calls
    found = make.run(make.person(calls, sex=sex), outside=[make.outside(name, "confirmed", zygosity)])
    (conclusion,) = make.of(found, make.world[name].gene)
    assert (conclusion.code, conclusion.status, conclusion.if_confirmed) == (code, status, None)
    assert "confirmed_by_outside_call" in conclusion.why
    assert "long-range PCR (Lab, 2026-05-31)" in " ".join(conclusion.reasons)
    assert found.outside == {make.key(name): "confirmed"}


def test_refuted_outside(make):
    found = make.run(make.person({"Ph": "0/1"}), outside=[make.outside("Ph", "refuted")])
    (conclusion,) = make.of(found, "PMS2")
    assert conclusion.code == "not_assessed"
    assert "refuted_by_outside_call" in conclusion.why
    assert conclusion.variants == (make.key("Ph"),)
    assert found.outside == {make.key("Ph"): "refuted"}
    # the other allele stands, and the refuted one is named beside it
    both = make.run(make.person({"P1": "0/1", "Ph": "0/1"}), outside=[make.outside("Ph", "refuted")])
    (conclusion,) = make.of(both, "PMS2")
    assert (conclusion.code, conclusion.status) == ("one_allele_found", "established")
    assert "refuted_by_outside_call" in conclusion.why
    assert make.key("Ph") not in conclusion.variants


def test_refuted_allele_is_named_beside_uncertain_ones(make):
    found = make.run(make.person({"Pv": "1/1", "Ph": "0/1"}), outside=[make.outside("Ph", "refuted")])
    (conclusion,) = make.of(found, "PMS2")
    assert conclusion.code == "uncertain"
    assert "refuted_by_outside_call" in conclusion.why


def test_outside_calls_in_conflict_decide_nothing(make):
    for pair in (
        [make.outside("Ph", "confirmed"), make.outside("Ph", "refuted")],
        [make.outside("Ph", "confirmed", "het"), make.outside("Ph", "confirmed", "hom")],
    ):
        found = make.run(make.person({"Ph": "0/1"}), outside=pair)
        (conclusion,) = make.of(found, "PMS2")
        assert conclusion.status is Status.UNRESOLVED_PARALOGUE
        assert [p.code for p in found.problems] == ["HA-OUT-102"]
        assert found.outside == {make.key("Ph"): "conflict"}


def test_outside_call_on_what_the_file_does_not_show_adds_nothing(make):
    found = make.run(make.person({}), outside=[make.outside("P1", "confirmed")])
    assert make.of(found, "PMS2")[0].code == "not_assessed"
    assert [p.code for p in found.problems] == ["HA-OUT-101"]
    uncalled = make.run(make.person({"P1": "./."}), outside=[make.outside("P1", "confirmed")])
    assert [p.code for p in uncalled.problems] == ["HA-OUT-101"]


@pytest.mark.parametrize(
    ("calls", "sex", "assay"),
    [
        ({"C1": "0/1"}, "female", ("hom",)),
        ({"C1": "1/1"}, "female", ("het",)),
        ({"C1": "0/1"}, "female", ("het", "hom")),
        ({"L1": "1"}, "male", ("het",)),
        ({"L1": "0/1"}, "female", ("hom",)),
    ],
)
@pytest.mark.parametrize("healthy", [False, True])
def test_copies_that_are_disputed_are_open(make, calls, sex, assay, healthy):
    """Neither the file nor an assay makes a carrier of somebody in whom the other counts two copies."""
    (name,) = calls
    more = HEALTHY if healthy else {}
    outside = [make.outside(name, "confirmed", one) for one in assay]
    (conclusion,) = make.of(make.run(make.person(calls, sex=sex, **more), outside=outside), make.world[name].gene)
    assert (conclusion.code, "copies_disputed" in conclusion.why) == ("possible_disease_genotype", True)
    assert "=" not in conclusion.diplotype.hgvs
    assert any("counts both copies" in test for test in conclusion.next_tests)


@pytest.mark.parametrize(
    ("name", "raw", "sex", "assay", "warned"),
    [
        ("C1", "0/1", "female", "het", False),
        ("C1", "0/1", "female", "hom", True),
        ("C1", "1/1", "female", "hom", False),
        ("C1", "1/1", "female", "het", True),
        ("L1", "1", "male", "hemi", False),
        ("L1", "1", "male", "hom", False),
        ("L1", "1", "male", "het", True),
        ("L1", "1", "unknown", "hemi", False),
        ("L1", "0/1", "male", "het", False),
        ("L1", "0/1", "male", "hemi", True),
        ("C1", "0/1", "female", "", False),
    ],
)
def test_an_assay_that_counts_other_copies_is_a_warning(make, name, raw, sex, assay, warned):
    found = make.run(make.person({name: raw}, sex=sex), outside=[make.outside(name, "confirmed", assay)])
    assert [p.code for p in found.problems] == (["HA-OUT-103"] if warned else [])


@pytest.mark.parametrize(
    "variant", ["c.2186_2187del", "NM_000535.7:c.2186_2187del", "NM_000535.5:c.2186_2187del", "key"]
)
def test_ways_to_name_an_outside_call(make, variant):
    call = make.outside("Ph", "confirmed", variant=variant.replace("key", make.key("Ph")))
    (conclusion,) = make.of(make.run(make.person({"Ph": "0/1"}), outside=[call]), "PMS2")
    assert conclusion.status is Status.ESTABLISHED


@pytest.mark.parametrize("variant", ["NM_001018040.1:c.2186_2187del", "c.2186_2187dup"])
def test_other_names_are_not_guessed(make, variant):
    found = make.run(make.person({"Ph": "0/1"}), outside=[make.outside("Ph", "confirmed", variant=variant)])
    assert make.of(found, "PMS2")[0].status is Status.UNRESOLVED_PARALOGUE
    assert [p.code for p in found.problems] == ["HA-OUT-101"]


def test_outside_calls_of_other_samples_are_passed_over(make):
    found = make.run(make.person({"Ph": "0/1"}), outside=[make.outside("Ph", "confirmed", sample="T")])
    assert make.of(found, "PMS2")[0].status is Status.UNRESOLVED_PARALOGUE
    assert found.problems == ()


HEALTHY = {"affected": "no", "mode": "carrier"}


@pytest.mark.parametrize(
    "calls", [{"P1": "0/1"}, {"Ph": "0/1"}, {"P1": "0|1@1", "P2": "0|1@1"}, {"P1": "0/1", "Pv": "0/1"}]
)
@pytest.mark.parametrize("read", [False, True])
def test_withheld_is_as_if_absent(make, calls, read):
    person = make.person(calls, read=read, **HEALTHY)
    harmful = {name: raw for name, raw in calls.items() if make.world[name].class_.is_pathogenic}
    without = make.person({n: r for n, r in calls.items() if n not in harmful}, read=read, **HEALTHY)
    found, bare = make.run(person), make.run(without)
    assert set(found.withheld) == {make.key(name) for name in harmful}
    assert msgspec.structs.replace(found, withheld=()) == bare


def test_outside_calls_on_withheld_alleles_leave_no_trace(make):
    person, bare = make.person({"Ph": "0/1"}, **HEALTHY), make.run(make.person({}, **HEALTHY))
    for calls in (
        [make.outside("Ph", "confirmed")],
        [make.outside("Ph", "refuted")],
        [make.outside("Ph", "confirmed"), make.outside("Ph", "refuted")],
        [make.outside("P1", "confirmed")],
    ):
        found = make.run(person, outside=calls)
        assert msgspec.structs.replace(found, withheld=()) == bare
        assert make.key("Ph") in found.withheld


def test_withheld_half_call_is_a_place_not_called(make):
    half = make.run(make.person({"P1": "./1"}, read=True, **HEALTHY))
    none = make.run(make.person({"P1": "./."}, read=True, **HEALTHY))
    assert msgspec.structs.replace(half, withheld=()) == none
    assert "697" not in str(none.conclusions)


def test_a_call_that_is_not_placed_neither_hides_nor_discloses_one_that_is(make):
    found = make.run(make.person({"P1": "1/1", "Ph": "0/1"}, **HEALTHY))
    assert (make.of(found, "PMS2")[0].code, found.withheld) == ("disease_genotype", ())
    for raw in ("0/1", "1/1"):
        found = make.run(make.person({"P1": "0/1", "Ph": raw}, **HEALTHY))
        assert set(found.withheld) == {make.key("P1"), make.key("Ph")}


def test_two_pms2_alleles_are_the_question_of_the_panel(make):
    for calls, code in (({"P1": "1/1"}, "disease_genotype"), ({"P1": "0/1", "P2": "0/1"}, "possible_disease_genotype")):
        found = make.run(make.person(calls, **HEALTHY))
        assert make.of(found, "PMS2")[0].code == code
        assert found.withheld == ()


@pytest.mark.parametrize(("sex", "reason"), [("male", "exon_without_reads_male"), ("female", "exon_without_reads")])
def test_an_exon_without_reads_beside_read_ones_may_be_deleted(make, sex, reason):
    regions = make.assessed()
    third = next(i for i, one in enumerate(regions) if one.gene == "CD40LG" and one.region == "exon 3")
    lost = msgspec.structs.replace(regions[third], status=AssessmentStatus.NOT_ASSESSED, covered_bases=0)
    changed = (*regions[:third], lost, *regions[third + 1 :])
    (conclusion,) = make.of(make.run(make.person({}, sex=sex, read=changed)), "CD40LG")
    assert (conclusion.code, conclusion.disease) == ("not_assessed", "HIGM1")
    assert conclusion.why == (reason, "exons_not_read")
    assert "exon 3" in conclusion.reasons[0]
    assert any("deletion" in test for test in conclusion.next_tests)


UNREAD = UnreadAllele(Gene.CD40LG, "X:136652000", "N[20:46118340[", carried=True)


@pytest.mark.parametrize("number", [3, None], ids=["an exon without reads", "nothing read"])
def test_a_change_that_cannot_be_read_adds_to_the_reasons_and_replaces_none(make, number):
    """What the conclusion rests on besides (a suspected deletion, nothing read) must still be said."""
    regions = tuple(
        msgspec.structs.replace(one, status=AssessmentStatus.NOT_ASSESSED, covered_bases=0)
        if one.gene == "CD40LG" and number in (None, int(one.region.removeprefix("exon ")))
        else one
        for one in make.assessed()
    )
    person = make.person({}, sex="male", read=regions)
    (alone,) = make.of(make.run(person), "CD40LG")
    (beside,) = make.of(make.run(msgspec.structs.replace(person, unread=(UNREAD,))), "CD40LG")
    assert beside.why == ("allele_not_read", *alone.why)
    assert (beside.disease, beside.next_tests) == (alone.disease, alone.next_tests)


def test_a_wholly_unread_gene_is_no_drop_out(make):
    unread = tuple(
        msgspec.structs.replace(region, status=AssessmentStatus.NOT_ASSESSED, covered_bases=0)
        if region.gene == "CD40LG"
        else region
        for region in make.assessed()
    )
    (conclusion,) = make.of(make.run(make.person({}, sex="male", read=unread)), "CD40LG")
    assert conclusion.why == ("which_bases_were_read_unknown",)


def test_a_gene_read_in_part_everywhere_is_not_one_of_which_nothing_is_known(make):
    partly = tuple(msgspec.structs.replace(one, status=AssessmentStatus.PARTLY) for one in make.assessed())
    (conclusion,) = make.of(make.run(make.person({}, read=partly)), "CD40LG")
    assert conclusion.why == ("exons_not_read",)


@pytest.mark.parametrize(("affected", "mode"), [("no", "diagnostic"), ("unknown", "carrier"), ("unknown", "prenatal")])
def test_no_test_is_advised_to_somebody_who_is_not_tested_for_the_disease(make, affected, mode):
    """A healthy child with a gVCF is not told to test PMS2: only Lynch syndrome could come of it."""
    for reading in (True, False):
        found = make.run(make.person({}, affected=affected, mode=mode, read=reading))
        assert all(not one.next_tests for one in found.conclusions)


def test_a_patient_without_a_finding_is_told_which_test_needs_no_exon(make):
    found = make.run(make.person({}, affected="yes"))
    tests = {one.gene: one.next_tests for one in found.conclusions}
    assert any("CD40 ligand" in test for test in tests["CD40LG"])
    assert any("what was read" in test for test in tests["PMS2"])
    read = make.run(make.person({}, affected="yes", read=True))
    assert any("Long-range PCR" in test for test in {one.gene: one.next_tests for one in read.conclusions}["PMS2"])


def test_a_placed_call_asks_for_no_further_placing(make):
    found = make.run(make.person({"Ih": "1/1"}, sex="male"), outside=[make.outside("Ih", "confirmed", "hemi")])
    (conclusion,) = make.of(found, "IKBKG")
    assert conclusion.code == "disease_genotype"
    assert not any("leaves the pseudogene out" in test for test in conclusion.next_tests)


def test_what_is_not_placed_is_told_with_a_condition(make):
    (conclusion,) = make.of(make.run(make.person({"Ih": "1/1"}, sex="male")), "IKBKG")
    assert conclusion.penetrance.startswith("If it lies in the gene")
    assert not {"ig_dose", "registry", "gene_therapy"} & {fact.fact for fact in conclusion.facts}
    placed = make.run(make.person({"Ih": "1/1"}, sex="male"), outside=[make.outside("Ih", "confirmed")])
    assert "registry" in {fact.fact for fact in make.of(placed, "IKBKG")[0].facts}


def test_one_allele_that_is_not_placed_is_still_told_as_one_of_two(make):
    placed = [make.outside("Ph", "confirmed", "het")]
    (open_,), (settled,) = (
        make.of(make.run(make.person({"Ph": "0/1"}), outside=calls), "PMS2") for calls in ((), placed)
    )
    assert (open_.status, settled.status) == (Status.UNRESOLVED_PARALOGUE, Status.ESTABLISHED)
    assert open_.facts == settled.facts
