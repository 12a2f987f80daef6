"""Observed against expected, the order of diseases, what does not fit: two truth tables, and what must not matter."""

from __future__ import annotations

import csv
from itertools import permutations
from pathlib import Path

import pytest
from msgspec.structs import replace

from higm_annot.intake.types import Person
from higm_annot.knowledge.expected import expected_of
from higm_annot.knowledge.tables import diseases
from higm_annot.phenotype import differential
from higm_annot.phenotype.compare import Picture, compared, unexplained
from higm_annot.phenotype.differential import choices, ranked
from higm_annot.phenotype.observe import observe
from higm_annot.phenotype.remarks import remarks

HERE = Path(__file__).parent
COMPARISONS = list(csv.DictReader((HERE / "comparisons.tsv").read_text().splitlines(), delimiter="\t"))
ORDERS = list(csv.DictReader((HERE / "orders.tsv").read_text().splitlines(), delimiter="\t"))


def picture(tmp_path, observed, age="3y"):
    """Observations as the tables write them: ``HP:…``, ``-HP:…`` excluded, ``test=answer``, separated by blanks."""
    rows = []
    for one in observed.split():
        name, _, answer = one.partition("=")
        rows.append(f"{name.removeprefix('-')}\t{answer}\t{'excluded' if name.startswith('-') else ''}")
    path = tmp_path / "findings.tsv"
    path.write_text("feature\tvalue\tstatus\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = observe(Person(sample="P", vcf="v", vcf_sample="P", phenotype=str(path), age_at_sampling=age))
    assert not found.problems
    return Picture(found.observed)


def expected(disease, sex="unknown"):
    return expected_of(disease, mechanism=diseases()[disease].mechanisms[0], sex=sex)


def told(seen, disease):
    rows = expected(disease)
    others = {other: findings for other, findings in choices("unknown").items() if other != disease}
    return remarks(seen, disease, compared(seen, rows), rows, others)


@pytest.mark.parametrize("row", COMPARISONS, ids=[f"{row['disease']}:{row['why']}" for row in COMPARISONS])
def test_a_finding_stands_as_the_table_says(tmp_path, row):
    seen = picture(tmp_path, row["observed"])
    if row["finding"]:
        feature, _, direction = row["finding"].partition("=")
        standing = {
            str(one.standing)
            for one in compared(seen, expected(row["disease"]))
            if one.expected.feature == feature and (not direction or direction in one.expected.direction)
        }
        assert standing == {row["standing"]}
    said = [one.code.removeprefix("phenotype.") for one in told(seen, row["disease"])]
    assert said == row["remarks"].split()


@pytest.mark.parametrize("row", ORDERS, ids=[row["why"] for row in ORDERS])
def test_diseases_are_ordered_as_the_table_says(tmp_path, row):
    found = ranked(picture(tmp_path, row["observed"]), row["sex"])
    first = {one.disease for one in found if one.rank == 1}
    assert first == set(row["first"].split())
    behind = [one.disease for one in found if one.rank > 1]
    assert set(row["behind"].split()) <= set(behind)


def test_every_remark_names_the_disease_and_its_sources(tmp_path):
    found = told(picture(tmp_path, "HP:0020102 HP:0000698 SHM=skewed"), "HIGM2")
    assert len(found) >= 3
    assert all("HIGM2" in one.text and one.source for one in found)


def test_no_remark_takes_a_genotype_back(tmp_path):
    found = told(picture(tmp_path, "CD40L_flow=normal CD40_Ig_binding=normal IgG=normal"), "HIGM1")
    assert [one.code for one in found] == ["telling.cd40l_functional", "phenotype.nearly_always_counted"]
    assert all("does not make the genotype harmless" in one.text for one in found)


@pytest.mark.parametrize("disease", list(diseases()))
@pytest.mark.parametrize("level", ["low", "normal", "high"])
def test_no_igm_speaks_against_any_disease(tmp_path, disease, level):
    seen = picture(tmp_path, f"IgM={level}")
    assert not told(seen, disease)
    assert all(one.score >= 0 for one in ranked(seen, "unknown"))


@pytest.mark.parametrize(("test", "score"), [("IgM", 0), ("IgA", -1)])
def test_even_a_typical_igm_that_is_missing_takes_nothing_off(tmp_path, monkeypatch, test, score):
    (row, *_) = [one for one in expected("HIGM1") if one.feature == test]
    typical = replace(row, expected="typical", direction=("high",))
    monkeypatch.setattr(differential, "choices", lambda _: {"HIGM1": (typical, *expected("HIGM1")[:5])})
    (found,) = ranked(picture(tmp_path, f"{test}=low HP:0002718"), "male")
    assert found.score - 2 == score


def test_a_disease_of_which_nothing_was_given_is_not_put_before_one_with_grounds(tmp_path):
    """An ill woman with Pneumocystis and little CD40 ligand: nothing given is about incontinentia pigmenti or CMMRD."""
    found = ranked(picture(tmp_path, "HP:0020102 CD40L_flow=low activation_control=normal"), "female")
    assert "HIGM1" in {one.disease for one in found if one.rank == 1}
    silent = [one.rank for one in found if not one.reasons]
    assert silent
    assert min(silent) > max(one.rank for one in found if one.reasons)


def test_hyper_igm_with_low_igg_tells_no_disease_with_a_switch_defect_apart(tmp_path):
    found = {one.disease: one.score for one in ranked(picture(tmp_path, "IgM=high IgG=low"), "unknown")}
    assert len({found[one] for one in ("HIGM1", "HIGM3", "HIGM2", "HIGM2AD", "HIGM5")}) == 1


def test_what_says_nothing_moves_nothing(tmp_path):
    base = ranked(picture(tmp_path, "HP:0020102"), "male")
    assert ranked(picture(tmp_path, "HP:0020102 IgG=low HP:0004315", age="2m"), "male") == base
    assert ranked(picture(tmp_path, "HP:0020102 CD40L_flow=absent CD40_Ig_binding=absent"), "male") == base


def test_the_order_of_lines_and_repetition_change_nothing(tmp_path):
    lines = ["HP:0020102", "IgG=low", "neutrophils=low"]
    made = {
        tuple(
            (one.rank, one.disease, one.score) for one in ranked(picture(tmp_path, " ".join((*some, some[0]))), "male")
        )
        for some in permutations(lines)
    }
    assert len(made) == 1


def test_one_observation_counts_once_for_a_disease(tmp_path):
    for one in ranked(picture(tmp_path, "HP:0020102"), "male"):
        assert len(one.reasons) <= 1


def test_more_specific_findings_are_explained_by_what_they_are_kinds_of(tmp_path):
    seen = picture(tmp_path, "HP:0002719 HP:0006532 HP:0001657")
    assert [one.label for one in unexplained(seen, expected("HIGM1"))] == ["Prolonged QT interval"]


def test_a_risk_that_is_a_secondary_finding_is_not_among_the_diseases():
    assert "LYNCH4" not in choices("female")
    assert set(choices("female")) == set(diseases()) - {"LYNCH4"}


@pytest.mark.parametrize("disease", diseases())
def test_a_family_s_history_as_told_is_compared_with_nothing(tmp_path, disease):
    bare = picture(tmp_path, "IgM=high IgG=low")
    seen = picture(tmp_path, "IgM=high IgG=low parents_related=yes affected_siblings=no affected_maternal_males=yes")
    assert {one.feature for one in seen.observed} > {one.feature for one in bare.observed}
    assert told(seen, disease) == told(bare, disease)
    assert unexplained(seen, expected(disease)) == unexplained(bare, expected(disease))
    assert [(one.disease, one.score) for one in ranked(seen, "unknown")] == [
        (one.disease, one.score) for one in ranked(bare, "unknown")
    ]
