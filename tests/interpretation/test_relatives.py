"""What relatives add to a conclusion: never its code; reasons and tests only as far as they agreed."""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec
import pytest

from higm_annot.genotype.family import children_of, members, with_family
from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import ReferenceStretch
from higm_annot.interpretation.disease_table import disease_rows
from higm_annot.interpretation.interpret import interpret
from higm_annot.interpretation.relatives import Condition, family_tests
from higm_annot.knowledge.texts import text
from higm_annot.reference.store import load_panel

CASES = list(
    csv.DictReader((Path(__file__).parent / "family_tests.tsv").read_text("utf-8").splitlines(), delimiter="\t")
)


def somebody(make, written, sex, **row):
    """A person from ``C1 0/1;C2 0/0``; ``0/0:4`` has alternate reads, ``none`` no record, and ``-`` is nobody."""
    if written == "-":
        return None
    gts = dict(part.split(" ") for part in written.split(";")) if written != "none" else {}
    one = make.person({name: gt for name, gt in gts.items() if "1" in gt}, sex=sex, **row)
    shown = [(make.allele_of(name), int(gt[4:] or 0)) for name, gt in gts.items() if gt.startswith("0/0")]
    stretches = [ReferenceStretch(at.contig, at.pos, at.end, 30, 60.0, "call", reads) for at, reads in shown]
    return msgspec.structs.replace(one, reference=tuple(stretches))


def judged(make, person, *others):
    there = [one for one in others if one is not None]
    intakes = {one.person.sample: one for one in (person, *there)}
    people = {sample: one.person for sample, one in intakes.items()}
    panel = load_panel()
    parents = [intakes.get(name) for name in (person.person.mother, person.person.father)]
    relatives = members(person, people, intakes, children_of(people.values()))
    genotypes = with_family(resolve(person, *parents, Witnesses(panel)), person, relatives, Witnesses(panel))
    return interpret(person, genotypes, make.alleles, ())


def family(make, case):
    agrees = {"both": ("M", "F"), "secondary": ("M", "F"), "mother": ("M",), "father": ("F",), "none": ()}[
        case["agrees"]
    ]
    row = {"consent_secondary": case["agrees"] == "secondary", "affected": "no"}
    mother = somebody(make, case["mother"], "female", sample="M", consent_family="M" in agrees, **row)
    father = somebody(make, case["father"], "male", sample="F", consent_family="F" in agrees, **row)
    child = somebody(
        make, case["child"], case["sex"], sample="C", mother="M" if mother else "", father="F" if father else ""
    )
    return child, mother, father


def leading(make, found, case):
    return make.of(found, make.world[case["child"].split(" ")[0]].gene)[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_reasons_and_tests_heed_the_family(make, case):
    child, mother, father = family(make, case)
    one = leading(make, judged(make, child, mother, father), case)
    for code in filter(None, case["tests"].split(";")):
        assert text(f"test.{code}") in one.next_tests
    for code in filter(None, case["without"].split(";")):
        assert text(f"test.{code}") not in one.next_tests
    ours = {"one_parent_only", *(code for code in one.why if code.startswith(("apparently_new", "new_but")))}
    assert [code for code in one.why if code in ours] == list(filter(None, case["reasons"].split(";")))
    assert len(one.why) == len(one.reasons)


USUAL, POSSIBLE = "recessive_children", "recessive_children_possible"
ONE_PARENT, NEW = "recessive_children_one_parent", "recessive_children_new"


@pytest.mark.parametrize(
    ("child", "mother", "father", "agrees", "told"),
    [
        ("C1 1/1", "C1 0/1", "C1 0/1", "both", USUAL),
        ("C1 1/1", "C1 0/1", "C1 0/0", "both", ONE_PARENT),
        ("C1 1/1", "C1 0/1", "C1 0/0", "mother", USUAL),
        ("C1 1/1", "C1 0/1", "-", "both", USUAL),
        ("C1 0/1;C2 0/1", "C1 0/1;C2 0/0", "C1 0/0;C2 0/0", "both", NEW),
        ("C1 0/1;C2 0/1", "C1 0/1;C2 0/0", "C1 0/0;C2 0/0", "none", POSSIBLE),
        ("C1 0/1;C2 0/1", "C1 0/1;C2 0/0", "C1 0/0;C2 0/1", "both", USUAL),
    ],
)
def test_the_risk_of_a_further_child_heeds_the_parents(make, child, mother, father, agrees, told):
    """25 % is told where both parents may carry one copy, not beside a parent who was read without it."""
    case = {"child": child, "mother": mother, "father": father, "agrees": agrees, "sex": "female"}
    one = leading(make, judged(make, *family(make, case)), case)
    assert [fact.fact for fact in one.facts if fact.fact in (USUAL, POSSIBLE, ONE_PARENT, NEW)] == [told]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_consent_to_be_told_of_changes_no_code_and_no_phase(make, case):
    """What is told depends on consent, what is concluded does not."""
    told = []
    for agrees in ("secondary", "none"):
        child, mother, father = family(make, {**case, "agrees": agrees})
        found = judged(make, child, mother, father)
        told.append([(c.gene, c.disease, c.code, c.status, c.diplotype, c.variants) for c in found.conclusions])
    assert told[0] == told[1]


def obligate_woman(make, *, own="none", sons=("1", "1"), mode="carrier", agrees=True, name="L1", **row):
    woman = somebody(
        make, own if own == "none" else f"{name} {own}", "female", sample="W", mode=mode, affected="no", **row
    )
    children = [
        somebody(make, f"{name} {gt}", "male", sample=f"S{number}", mother="W", consent_family=agrees)
        for number, gt in enumerate(sons)
    ]
    return woman, children


def why(make, woman, children, gene="CD40LG"):
    (one,) = make.of(judged(make, woman, *children), gene)
    return one


def test_an_obligate_carrier_is_named_as_such_and_gets_no_genotype(make):
    woman, sons = obligate_woman(make)
    one = why(make, woman, sons)
    assert one.why[-1] == "obligate_children"
    assert "Obligate carrier by the pedigree" in one.reasons[-1]
    assert "c.340del" in one.reasons[-1]
    alone = why(make, woman, [])
    assert (one.code, one.variants, one.diplotype, one.status) == (alone.code, (), None, alone.status)


def test_her_own_genotype_speaks_for_itself(make):
    woman, sons = obligate_woman(make, own="0/1")
    one = why(make, woman, sons)
    assert one.code == "carrier"
    assert not any(code.startswith("obligate") for code in one.why)


def test_measured_without_it_means_a_mosaic_is_to_be_considered(make):
    woman, sons = obligate_woman(make, own="0/0")
    one = why(make, woman, sons)
    assert one.why[-1] == "obligate_not_in_sample"
    assert "mosaic" in one.reasons[-1]


def test_some_reads_of_it_are_no_negative_for_a_woman_who_must_carry_it(make):
    woman, sons = obligate_woman(make, own="0/0:4")
    one = why(make, woman, sons)
    assert one.why[-1] == "obligate_in_reads"
    assert "another tissue" in one.reasons[-1]


@pytest.mark.parametrize("change", [{"sons": ("1",)}, {"agrees": False}, {"name": "Lv"}])
def test_without_enough_relatives_consent_or_harm_nobody_is_named_a_carrier(make, change):
    woman, sons = obligate_woman(make, **change)
    assert not any(code.startswith("obligate") for code in why(make, woman, sons).why)


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("child", [True, False])
def test_a_pms2_carrier_by_pedigree_needs_both_consents(make, own, child):
    woman = somebody(make, "none", "female", sample="W", mode="carrier", affected="no", consent_secondary=own)
    patient = somebody(make, "P1 1/1", "female", sample="C", mother="W", consent_family=True, consent_secondary=child)
    found = judged(make, woman, patient)
    (one,) = make.of(found, "PMS2")
    assert ("obligate_homozygous_child" in one.why) == (own and child)


def brothers(make, *written, name="L1", mother="0/0", agrees=True, affected=("yes", "yes")):
    """A boy and his brothers of one mother, each with the genotype written."""
    woman = somebody(make, f"{name} {mother}", "female", sample="M", consent_family=True, affected="no")
    return [woman] + [
        somebody(
            make,
            f"{name} {gt}",
            "male",
            sample=f"B{n}",
            mother="M",
            consent_family=n == 0 or agrees,
            affected=status,
        )
        for n, (gt, status) in enumerate(zip(written, affected, strict=True))
    ]  # fmt: skip


def boys_reasons(make, gene="CD40LG", **more):
    woman, boy, brother = brothers(make, *more.pop("written"), **more)
    found = judged(make, boy, woman, brother)
    return make.of(found, gene)[0], [one.code for one in found.problems]


def test_what_two_brothers_carry_is_new_in_neither(make):
    """A germline mosaic of the mother, or another woman's sample: recurrence is told, with the brother's consent."""
    one, _ = boys_reasons(make, written=("1", "1"))
    assert "sibling_carries_parents_without_mother" in one.why
    assert not any(code.startswith("apparently_new") for code in one.why)
    assert text("test.relatives_cd40lg_sibling_carries") in one.next_tests
    silent, _ = boys_reasons(make, written=("1", "1"), agrees=False)
    alone = make.of(judged(make, *brothers(make, "1", affected=("yes",))[::-1]), "CD40LG")[0]
    assert (silent.why, silent.next_tests) == (alone.why, alone.next_tests)
    assert "apparently_new_mother" in silent.why


@pytest.mark.parametrize(
    ("name", "gene", "written", "status", "reason"),
    [
        ("C1", "CD40", ("1/1", "0/1"), "yes", "affected_relatives_without"),
        ("C1", "CD40", ("1/1", "0/0"), "yes", "affected_relatives_without"),
        ("C1", "CD40", ("1/1", "1/1"), "yes", ""),
        ("C1", "CD40", ("1/1", "1/1"), "no", "unaffected_relatives_with"),
        ("C1", "CD40", ("1/1", "0/1"), "no", ""),
        ("C1", "CD40", ("1/1", "0/0:4"), "yes", ""),
        ("C1", "CD40", ("1/1", "0/1"), "unknown", ""),
        ("L1", "CD40LG", ("1", "0/0"), "yes", "affected_relatives_without"),
        ("L1", "CD40LG", ("1", "1"), "no", "unaffected_relatives_with"),
        ("L1", "CD40LG", ("1", "1"), "yes", ""),
    ],
)
def test_relatives_who_do_not_go_with_the_genotype_are_told_of(make, name, gene, written, status, reason):
    for agrees in (True, False):
        one, problems = boys_reasons(
            make, gene, written=written, name=name, mother="0/1", agrees=agrees, affected=("yes", status)
        )
        told = [code for code in one.why if code in ("affected_relatives_without", "unaffected_relatives_with")]
        assert told == ([reason] if reason and agrees else [])
        assert ("HA-PED-110" in problems) == bool(reason)
        assert one.code == "disease_genotype"
    if reason:
        assert "a brother by the mother" in " ".join(boys_reasons(
            make, gene, written=written, name=name, mother="0/1", affected=("yes", status)
        )[0].reasons)  # fmt: skip


def test_a_healthy_man_with_the_genotype_is_told_to_the_laboratory(make):
    for affected, codes in (("no", ["HA-PED-111"]), ("yes", []), ("unknown", [])):
        man = somebody(make, "L1 1", "male", sample="A", affected=affected)
        assert [one.code for one in judged(make, man).problems] == codes


def test_a_carrier_mother_on_x_speaks_for_nothing(make):
    one, problems = boys_reasons(make, written=("1", "1"), mother="0/1")
    assert not any("relatives_with" in code for code in one.why)
    assert problems == []


# The table ------------------------------------------------------------------------------------------------------------


def test_every_row_of_the_table_is_about_a_test_that_is_printed_and_met_by_a_case():
    printed = {code for row in disease_rows() for code in row.next_tests}
    assert {row.test for row in family_tests()} <= printed
    assert {row.when for row in family_tests()} <= set(Condition)
    replaced = {code for row in family_tests() for code in row.becomes} - {"relatives_cd40lg_sibling_carries"}
    # The cases are trios; what two brothers carry has its own test above.
    assert replaced <= {code for case in CASES for code in case["tests"].split(";")}


def test_no_printed_test_asks_for_parents_who_were_tested_here(make):
    """Whatever the row: with both parents called and agreed, no test sends them to the laboratory again."""
    asks = {"phase_parents", "parents_segregation", "parents_carriers", "parents_both_dominant"}
    covered = {row.test for row in family_tests() if row.when is Condition.PARENTS_KNOWN}
    assert asks <= covered
