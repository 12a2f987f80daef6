"""The PED: read in every usual form, joined to the sheet, and refused with a place where it cannot be."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from higm_annot.cli import main
from higm_annot.intake.ped import read_ped
from higm_annot.intake.sheet import read_sheet
from higm_annot.intake.types import Affected, Sex
from higm_annot.problems import Refused

SHEET = "sample\tvcf\nC\tf.vcf\nD\tf.vcf\nM\tf.vcf\n"
TRIO = "F C D M 1 2\nF D 0 0 1 1\nF M 0 0 2 1\n"
FAULTS = list(csv.DictReader((Path(__file__).parent / "ped_faults.tsv").read_text().splitlines(), delimiter="\t"))


def read(tmp_path, ped, sheet=SHEET):
    (tmp_path / "samples.tsv").write_text(sheet, encoding="utf-8")
    (tmp_path / "f.ped").write_text(ped, encoding="utf-8")
    return read_sheet(tmp_path / "samples.tsv", tmp_path / "f.ped")


def refused(tmp_path, ped, sheet=SHEET):
    with pytest.raises(Refused) as refusal:
        read(tmp_path, ped, sheet)
    return refusal.value.problems


def test_a_ped_stands_for_the_relation_columns(tmp_path):
    child, father, mother = read(tmp_path, TRIO).people
    assert (child.family, child.father, child.mother) == ("F", "D", "M")
    assert (child.sex, child.affected) == (Sex.MALE, Affected.YES)
    assert (father.sex, father.affected, father.father) == (Sex.MALE, Affected.NO, "")
    assert (mother.sex, mother.affected, mother.line) == (Sex.FEMALE, Affected.NO, 4)


def test_a_sheet_with_the_same_columns_gives_the_same_people(tmp_path):
    sheet = (
        "sample\tvcf\tfamily\tfather\tmother\tsex\taffected\n"
        "C\tf.vcf\tF\tD\tM\tmale\tyes\nD\tf.vcf\tF\t\t\tmale\tno\nM\tf.vcf\tF\t\t\tfemale\tno\n"
    )
    (tmp_path / "whole.tsv").write_text(sheet)
    alone = read_sheet(tmp_path / "whole.tsv").people
    assert read(tmp_path, TRIO).people == read(tmp_path, TRIO, sheet).people == alone


@pytest.mark.parametrize(
    "ped",
    [
        TRIO.replace(" ", "\t"),
        TRIO.replace(" ", "   "),
        "\ufeff#Family ID Individual ...\r\n\r\n" + TRIO.replace("\n", "\r\n"),
        TRIO.replace(" 0 0 ", " . -9 "),
        TRIO.replace("\n", " A A G G\n"),
        "\n".join(reversed(TRIO.splitlines())),
    ],
)
def test_usual_forms_read_alike(tmp_path, ped):
    assert read(tmp_path, ped).people == read(tmp_path, TRIO).people


@pytest.mark.parametrize(("code", "sex"), [("1", "male"), ("2", "female"), ("0", "unknown"), ("other", "unknown")])
def test_sex(tmp_path, code, sex):
    (tmp_path / "f.ped").write_text(f"F C 0 0 {code} 0\n")
    assert read_ped(tmp_path / "f.ped").people[0].sex == sex


@pytest.mark.parametrize(("code", "status"), [("1", "no"), ("2", "yes"), ("0", "unknown"), ("-9", "unknown")])
def test_phenotype(tmp_path, code, status):
    (tmp_path / "f.ped").write_text(f"F C 0 0 1 {code}\n")
    assert read_ped(tmp_path / "f.ped").people[0].affected == status


def test_people_who_were_not_tested_link_relatives(tmp_path):
    ped = "F C D M 1 2\nF D 0 0 1 1\nF M G H 2 1\nF G 0 0 1 0\nF H 0 0 2 0\n"
    found = read(tmp_path, ped)
    assert [person.sample for person in found.untested] == ["G", "H"]
    assert [(remark.code, remark.audience) for remark in found.problems] == [("HA-PED-022", "lab_only")]
    assert "G, H" in found.problems[0].message


def test_what_only_the_sheet_says_counts(tmp_path):
    sheet = "sample\tvcf\tsex\tmother\nC\tf.vcf\tmale\tM\nM\tf.vcf\t\t\nE\tf.vcf\tfemale\t\n"
    found = read(tmp_path, "0 C 0 0 0 2\n0 M 0 0 2 0\n", sheet)
    child, mother, other = found.people
    assert (child.sex, child.mother, child.affected, child.family) == (Sex.MALE, "M", Affected.YES, "")
    assert (mother.sex, other.sex) == (Sex.FEMALE, Sex.FEMALE)
    assert [remark.code for remark in found.problems] == ["HA-PED-023"]


@pytest.mark.parametrize(
    ("column", "value", "there"),
    [
        ("family", "G", "F"),
        ("father", "M", "D"),
        ("mother", "D", "M"),
        ("sex", "female", "male"),
        ("affected", "no", "yes"),
    ],
)
def test_sheet_and_ped_may_not_differ(tmp_path, column, value, there):
    sheet = f"sample\tvcf\t{column}\nC\tf.vcf\t{value}\nD\tf.vcf\t\nM\tf.vcf\t\n"
    (fault,) = [one for one in refused(tmp_path, TRIO, sheet) if one.code == "HA-PED-018"]
    assert (Path(fault.file).name, fault.line, fault.sample) == ("f.ped", 1, "C")
    assert fault.message == f"The PED gives {column} '{there}', the sheet (line 2) '{value}'."


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case["what"])
def test_what_cannot_be_is_refused_with_its_place(tmp_path, case):
    ped = "\n".join(line.strip() for line in case["ped"].split("/"))
    found = refused(tmp_path, ped)
    assert [one.code for one in found] == case["codes"].split(" ")
    assert Path(found[0].file).name == "f.ped"
    assert str(found[0].line or "") == case["place"]
    assert case["says"] in found[0].message
    assert found[0].remedy


def test_a_circle_of_the_sheet_is_refused_too(tmp_path):
    path = tmp_path / "samples.tsv"
    path.write_text("sample\tvcf\tfather\nA\ta.vcf\tB\nB\ta.vcf\tA\n")
    with pytest.raises(Refused) as refusal:
        read_sheet(path)
    (found,) = refusal.value.problems
    assert (found.code, found.line, found.sample) == ("HA-PED-017", 2, "A")


def test_a_long_line_of_ancestors_is_read_quickly(tmp_path):
    ped = "".join(
        f"F P{number} P{number + 1} Q{number + 1} 1 0\nF Q{number} P{number + 1} Q{number + 1} 2 0\n"
        for number in range(3000)
    )
    found = read(tmp_path, ped + "F P3000 0 0 1 0\nF Q3000 0 0 2 0\n", "sample\tvcf\nP0\tf.vcf\n")
    assert len(found.untested) == 6001


def test_an_unreadable_ped_is_refused(tmp_path):
    for content in (None, b"\xff\xfe\x00"):
        path = tmp_path / "bad.ped"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(Refused, match="HA-PED-010"):
            read_ped(path)


def test_the_command_line_refuses_with_exit_code_2(tmp_path, capsys):
    (tmp_path / "samples.tsv").write_text(SHEET)
    (tmp_path / "f.ped").write_text("F C C 0 1 2\n")
    out = tmp_path / "out"
    arguments = ["run", "--samples", str(tmp_path / "samples.tsv"), "--ped", str(tmp_path / "f.ped"), "-o", str(out)]
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert "HA-PED-024" in said
    assert "f.ped:1" in said
    assert not out.exists()
