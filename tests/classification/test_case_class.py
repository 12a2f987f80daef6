"""The class with a family's evidence, held to a table that a geneticist can read, and what may never happen."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from higm_annot.classification.case import case_class
from higm_annot.classification.case_rules import CASE_CODES, case_strengths
from higm_annot.classification.case_types import (
    Carried,
    DiscriminatingFinding,
    Observed,
    Partner,
    PhenotypeEvidence,
)
from higm_annot.classification.points import class_of
from higm_annot.classification.types import AlleleClass, Class, ComputedClass, Criterion, Mechanism, State
from higm_annot.evidence.types import Record, RecordKind
from higm_annot.intake.types import Affected
from higm_annot.reference.types import Gene

with (Path(__file__).parent / "case_class.tsv").open(encoding="utf-8") as table:
    CASES = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
STATUS = {"affected": Affected.YES, "well": Affected.NO, "unstated": Affected.UNKNOWN}


def allele_of(row):
    points = dict(part.split("=") for part in row["own"].split(",") if part)
    criteria = tuple(Criterion(code, "strong", int(value), "", "ACMG-2015") for code, value in points.items())
    criteria = tuple(replace(one, strength={1: "supporting", 4: "strong", 8: "very_strong"}[abs(one.points)])
                     for one in criteria)  # fmt: skip
    total = sum(one.points for one in criteria)
    said = Record(RecordKind.ASSERTION, "x", "1", "2025", True, "", significance=row["published"])
    class_ = Class(row["published"]) if row["published"] else class_of(total)
    records = (said,) if row["published"] else ()
    return AlleleClass(class_, total, criteria, "", "", (Mechanism(row["mechanism"]),), (), records)


def partner(words, *, in_cis):
    name, class_, rare = words.split("/")
    return Partner(name, Class(class_.replace("_", " ")), bool(rare), in_cis)


def person(words):
    name, status, sex, carried, *rest = words.split()
    more = dict(part.partition("=")[::2] for part in rest)
    partners = [partner(more[kind], in_cis=kind == "cis") for kind in ("trans", "cis") if kind in more]
    return Observed(
        sample=name,
        affected=STATUS[status],
        male=sex == "male",
        carried=Carried(carried),
        siblings=more.get("sibs", ""),
        line=more.get("line", name),
        new="new" in more,
        partners=tuple(partners),
        elsewhere=(Gene(more["elsewhere"]),) if "elsewhere" in more else (),
    )


def people_of(row):
    return tuple(person(words.strip()) for words in row["people"].split(";") if words)


def phenotype_of(row):
    found = [part.split("=") for part in row["findings"].split(",") if part]
    told = (DiscriminatingFinding(who, what, there == "present") for who, what, there in found)
    return PhenotypeEvidence(tuple(told)) if found else None


def judged(row, people=None):
    people = people_of(row) if people is None else people
    return case_class(Gene(row["gene"]), allele_of(row), people, phenotype_of(row))


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["situation"])
def test_the_class_with_a_familys_evidence(row):
    found = judged(row)
    assert ",".join(one.code for one in found.criteria) == row["criteria"]
    assert (found.points, found.class_) == (int(row["points"]), row["class"])
    reason, *judgements = row["because"].split()
    assert found.reason == reason
    told = {f"{one.code}:{one.reason}" for one in found.judged}
    assert set(judgements) <= told


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["situation"])
def test_every_criterion_of_a_case_is_told_once_with_its_state(row):
    found = judged(row)
    assert tuple(one.code for one in found.judged) == CASE_CODES
    met = {one.code.partition("_")[0] for one in found.criteria}
    assert {one.code for one in found.judged if one.state is State.MET} == met
    assert all(bool(one.reason) is (one.state is not State.MET) for one in found.judged)
    assert all(one.source and one.evidence for one in found.criteria)


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["situation"])
def test_the_order_of_people_changes_nothing(row):
    assert judged(row) == judged(row, tuple(reversed(people_of(row))))


def test_the_laboratorys_class_stands_beside_the_familys_evidence():
    row = next(one for one in CASES if one["class"] == "Likely pathogenic" and one["because"] == "moves")
    own = allele_of(row)
    computed = ComputedClass(own.class_, "criteria", "points", own.mechanisms)
    known = replace(own, class_=Class.LIKELY_BENIGN, basis="laboratory", computed=computed)
    found = case_class(Gene(row["gene"]), known, people_of(row))
    assert (found.class_, found.reason, found.points) == ("Likely benign", "laboratory_stands", int(row["points"]))


def test_the_published_scales_are_held():
    """Recommendations for PM3 and for new alleles: 0.5, 1, 2 and 4; LOD scores of Oza 2018 for PP1."""
    steps = {code: [(row.at_least, row.strength) for row in case_strengths(code)] for code in ("PM3", "PM6", "PP1")}
    scale = [(4, "very_strong"), (2, "strong"), (1, "moderate"), (0.5, "supporting")]
    assert steps["PM3"] == steps["PM6"] == scale
    assert steps["PP1"] == [(1.5, "strong"), (1.2, "moderate"), (0.6, "supporting")]


def less(one, how):
    """Somebody with something lost: the call, the phase, the parents, the status, or the file."""
    match how:
        case "call":
            return replace(one, carried=Carried.OPEN, partners=(), new=False, elsewhere=())
        case "phase":
            return replace(one, partners=())
        case "parents":
            return replace(one, new=False, partners=())
        case "status":
            return replace(one, affected=Affected.UNKNOWN)
    return None


@given(st.data())
def test_losing_data_never_strengthens_evidence_of_either_side(data):
    """Where the evidence of a family agrees; relatives who contradict each other leave the other to speak."""
    rows = [row for row in CASES if row["people"] and " none" not in row["people"] and "BS4" not in row["criteria"]]
    row = data.draw(st.sampled_from(rows))
    before = people_of(row)
    after = list(before)
    for _ in range(data.draw(st.integers(1, 3))):
        if not after:
            break
        at = data.draw(st.integers(0, len(after) - 1))
        changed = less(after[at], data.draw(st.sampled_from(("call", "phase", "parents", "status", "file"))))
        after[at : at + 1] = [changed] if changed else []
    if any(one.carried is Carried.OPEN for one in before):
        return
    first, then = judged(row).criteria, judged(row, tuple(after)).criteria
    for sign in (1, -1):
        assert sum(max(0, sign * one.points) for one in then) <= sum(max(0, sign * one.points) for one in first)
