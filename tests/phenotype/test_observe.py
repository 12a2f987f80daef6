"""What was given is read or named, never guessed: every line of ``readings.tsv`` is a statement with its reason."""

from __future__ import annotations

import csv
import hashlib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from higm_annot.intake.sheet import sheet_of_cells
from higm_annot.intake.types import Mode, Person
from higm_annot.phenotype import hpo
from higm_annot.phenotype.builder import table_of
from higm_annot.phenotype.observe import observe
from higm_annot.phenotype.read import COLUMNS
from higm_annot.problems import Refused, Severity

READINGS = list(csv.DictReader((Path(__file__).parent / "readings.tsv").read_text().splitlines(), delimiter="\t"))


def person(path="", **cells):
    return Person(sample="P", vcf="v.vcf", vcf_sample="P", phenotype=str(path), **cells)


def observed(tmp_path, *rows, **cells):
    """What comes of the lines of a table."""
    path = tmp_path / "findings.tsv"
    path.write_text("\n".join(["\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return observe(person(path, **cells))


def codes(found):
    return [one.code for one in found.problems]


@pytest.mark.parametrize("row", READINGS, ids=[f"{n}:{row['why']}" for n, row in enumerate(READINGS)])
def test_a_line_is_read_as_the_table_says(tmp_path, row):
    cells = dict(cell.split("=") for cell in row["sheet"].split(";") if cell)
    line = "\t".join([*(row[name] for name in COLUMNS[:-1]), "a note"])
    found = observed(tmp_path, line, **cells)
    told = [(one.finding, one.value, one.unused) for one in found.observed]
    if row["finding"] or row["shown"]:
        assert told == [(row["finding"], row["shown"], row["unused"])]
        assert codes(found) == ([row["problem"]] if row["problem"] else [])
        assert found.used
    else:
        assert told == []
        assert codes(found) == [row["problem"], "HA-PHE-013"]
        assert found.unused == "nothing"


def test_every_problem_names_sample_line_and_remedy(tmp_path):
    found = observed(tmp_path, "HP:9999999", "IgM\t1\tstones")
    assert [(one.sample, one.line, bool(one.remedy)) for one in found.problems[:2]] == [("P", 2, True), ("P", 3, True)]
    assert {one.severity for one in found.problems} == {Severity.WARNING}


def test_the_sheet_can_list_terms_itself():
    found = observe(person("HP:0020102, -HP:0000968;hp:0000057"))
    assert [(one.feature, one.finding, one.given) for one in found.observed] == [
        ("HP:0020102", "present", ""),
        ("HP:0000968", "excluded", ""),
        ("HP:0008665", "present", "HP:0000057"),
    ]


def test_a_control_makes_a_missing_signal_count(tmp_path):
    rows = ["CD40L_flow\tabsent", "CD40_Ig_binding\tabsent"]
    cells = {"age_at_sampling": "2y"}
    with_control = observed(tmp_path, *rows, "activation_control\tnormal", **cells)
    assert [one.unused for one in with_control.observed] == ["", "", ""]
    failed = observed(tmp_path, *rows, "activation_control\tfailed", **cells)
    assert [one.unused for one in failed.observed] == ["no_control", "no_control", ""]
    both = observed(tmp_path, *rows, "activation_control\tnormal", "activation_control\tfailed", **cells)
    assert [one.unused for one in both.observed] == ["no_control", "no_control", "", ""]


def test_replacement_may_be_told_in_the_table(tmp_path):
    found = observed(tmp_path, "IgG\tnormal\t\t\t\t2y", "ig_replacement\tyes")
    assert found.observed[0].unused == "replacement"


@pytest.mark.parametrize("excluded", ["HP:0020102", "HP:0032255"])
def test_present_and_excluded_at_once_counts_for_neither(tmp_path, excluded):
    found = observed(tmp_path, "HP:0020102", f"{excluded}\t\t\t\t\t\texcluded", "IgM\thigh")
    assert [one.feature for one in found.observed] == ["IgM"]
    assert codes(found) == ["HA-PHE-011"]


def test_a_kind_may_be_excluded_while_another_kind_is_present(tmp_path):
    found = observed(tmp_path, "HP:0002090", "HP:0020102\t\t\t\t\t\texcluded")
    assert len(found.observed) == 2
    assert not found.problems


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "HA-PHE-002"),
        (b"finding\tvalue\n", "HA-PHE-002"),
        (b"feature\tvalue\tvalue\n", "HA-PHE-002"),
        (b"feature\tweight\n", "HA-PHE-002"),
        (b"feature\n", "HA-PHE-013"),
        (b"\xff\xfe", "HA-PHE-001"),
        (b"feature\nHP:00\x0020102\n", "HA-PHE-001"),
        ("feature\nHP:\u202e0020102\n".encode(), "HA-PHE-001"),
    ],
)
def test_a_file_that_is_none_is_named_and_not_used(tmp_path, content, code):
    path = tmp_path / "findings.tsv"
    path.write_bytes(content)
    found = observe(person(path))
    assert (found.given, found.used, found.observed, codes(found)) == (True, False, (), [code])


def test_a_line_with_a_tab_too_many_is_not_shifted(tmp_path):
    found = observed(tmp_path, "IgM\t7.93\tg/L\t0.56\t3.52\t2y\t\tnote\texcluded", "IgM\thigh")
    assert (codes(found), len(found.observed)) == (["HA-PHE-014"], 1)


def test_one_file_for_two_people_refuses_the_sheet(tmp_path):
    rows = [{"sample": name, "vcf": "v.vcf", "phenotype": "p.tsv"} for name in ("A", "B")]
    with pytest.raises(Refused, match="HA-SHT-022"):
        sheet_of_cells([{**row, "vcf_sample": row["sample"]} for row in rows])
    terms = [{**row, "vcf_sample": row["sample"], "phenotype": "HP:0020102"} for row in rows]
    assert len(sheet_of_cells(terms).people) == 2


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert codes(observe(person(tmp_path / "no.tsv"))) == ["HA-PHE-001"]


@pytest.mark.parametrize(
    ("cells", "unused"), [({"prior_hsct": "yes"}, "transplanted"), ({"mode": Mode.PRENATAL}, "prenatal")]
)
def test_nothing_is_compared_where_the_blood_is_another_s_or_birth_is_to_come(tmp_path, cells, unused):
    found = observed(tmp_path, "HP:0020102", **cells)
    assert (found.used, found.unused, len(found.observed)) == (False, unused, 1)


@settings(deadline=None)
@given(some.lists(some.text(some.characters(codec="utf-8"), max_size=12), max_size=8))
def test_any_line_at_all_is_survived(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("any") / "findings.tsv"
    path.write_bytes(("\t".join(COLUMNS) + "\n" + "\t".join(cells) + "\n").encode("utf-8"))
    assert observe(person(path)).given


def test_the_table_of_terms_is_the_one_that_the_code_names():
    content = files("higm_annot").joinpath("phenotype", "data", "hpo_terms.tsv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == hpo.TABLE_DIGEST
    ids = [line.split("\t")[0] for line in content.decode().splitlines()[2:]]
    assert ids == sorted(set(ids))


def test_the_table_is_made_of_an_ontology_file():
    made = table_of(
        [
            "data-version: hp/releases/2025-01-16", "", "[Term]", "id: HP:0000002", "name: Second",
            "alt_id: HP:0000004", "is_a: HP:0000001 ! First", "", "[Term]", "id: HP:0000001", "name: First", "",
            "[Term]", "id: HP:0000003", "name: obsolete Third", "is_obsolete: true", "replaced_by: HP:0000002", "",
            "[Typedef]", "id: part_of", "name: part of",
        ]
    )  # fmt: skip
    assert made.splitlines() == [
        "# 2025-01-16",
        "id\tlabel\tkind_of\treplaced_by",
        "HP:0000001\tFirst\t\t",
        "HP:0000002\tSecond\tHP:0000001\t",
        "HP:0000003\tobsolete Third\t\tHP:0000002",
        "HP:0000004\t\t\tHP:0000002",
    ]
