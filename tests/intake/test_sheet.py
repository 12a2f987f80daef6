"""The sample sheet: what is accepted, and one clear message for everything else."""

from __future__ import annotations

import pytest

from higm_annot.intake.sheet import COLUMNS, read_sheet, sheet_of_cells
from higm_annot.intake.types import Affected, Mode, Sex
from higm_annot.problems import Refused


def sheet(tmp_path, text):
    path = tmp_path / "samples.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def codes(path):
    with pytest.raises(Refused) as refusal:
        read_sheet(path)
    return [found.code for found in refusal.value.problems]


def test_blank_cells_take_their_defaults_and_files_are_relative_to_the_sheet(tmp_path):
    found = read_sheet(sheet(tmp_path, "sample\tvcf\tsex\nA\tx/a.vcf\t\n"))
    (person,) = found.people
    assert person.vcf == str(tmp_path / "x/a.vcf")
    assert (person.sex, person.mode, person.affected) == (Sex.UNKNOWN, Mode.DIAGNOSTIC, Affected.UNKNOWN)
    assert not person.consent_secondary
    assert not person.consent_family
    assert person.line == 2
    assert found.problems == ()


def test_a_spreadsheet_export_is_read(tmp_path):
    text = "\ufeffsample\tvcf\tsex\t\t\r\n# a remark\r\n\r\nA\ta.vcf\tMale\t\t\r\n\t\t\t\t\r\n"
    (person,) = read_sheet(sheet(tmp_path, text)).people
    assert (person.sample, person.sex, person.line) == ("A", Sex.MALE, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["HA-SHT-002"]),
        ("sample\tvcf\n", ["HA-SHT-002"]),
        ("sample,vcf\nA,a.vcf\n", ["HA-SHT-003", "HA-SHT-004", "HA-SHT-004"]),
        ("sample\tvcf\tconsent_secondry\nA\ta.vcf\tyes\n", ["HA-SHT-003"]),
        ("sample\tvcf\tsex\tsex\nA\ta.vcf\tmale\tmale\n", ["HA-SHT-005"]),
        ("sample\tvcf\tsex\nA\ta.vcf\tboy\n", ["HA-SHT-006"]),
        ("sample\tvcf\tprior_hsct\nA\ta.vcf\tmaybe\n", ["HA-SHT-006"]),
        ("sample\tvcf\tconsent_secondary\tage_at_sampling\nA\ta.vcf\tyes\told\n", ["HA-SHT-006"]),
        ("sample\tvcf\n../A\ta.vcf\n", ["HA-SHT-007"]),
        ("sample\tvcf\n" + "A" * 65 + "\ta.vcf\n", ["HA-SHT-007"]),
        ("sample\tvcf\nA\ta.vcf\na\tb.vcf\n", ["HA-SHT-008"]),
        ("sample\tvcf\tmother\nA\ta.vcf\tM\n", ["HA-SHT-009"]),
        ("sample\tvcf\tmother\tsex\nA\ta.vcf\tM\t\nM\tm.vcf\t\tmale\n", ["HA-SHT-010"]),
        ("sample\tvcf\tfather\nA\ta.vcf\tA\n", ["HA-PED-024"]),
        ("sample\tvcf\tmother\tfamily\nA\ta.vcf\tM\tF1\nM\tm.vcf\t\tF2\n", ["HA-SHT-010"]),
        ("sample\tvcf\nA\t\n", ["HA-SHT-011"]),
        ("sample\tvcf\tvcf_sample\nA\ta.vcf\tX\nB\t./a.vcf\tX\n", ["HA-SHT-013"]),
        ("sample\tvcf\tvcf_sample\nA\ta.vcf\t\nB\ta.vcf\tA\n", ["HA-SHT-013"]),
        ("sample\tvcf\tmother\tmode\nA\ta.vcf\tM\t\nM\tm.vcf\t\tprenatal\n", ["HA-PED-025"]),
        ("sample\tvcf\nA\ta.vcf\tstray\n", ["HA-SHT-012"]),
        # a line cut off before the age or the consent would change a report without a word
        ("sample\tvcf\tsex\tage_at_sampling\nA\ta.vcf\tmale\n", ["HA-SHT-012"]),
        ("sample\tvcf\tage_at_sampling\nA\ta.vcf\t-3\n", ["HA-SHT-006"]),
        ("sample\tvcf\tage_at_sampling\nA\ta.vcf\tnewborn\n", ["HA-SHT-006"]),
        ("sample\tvcf\tsex\nA B\ta.vcf\tboy\n", ["HA-SHT-007", "HA-SHT-006"]),
    ],
)
def test_each_fault_has_its_message_and_all_faults_are_told_together(tmp_path, text, expected):
    assert sorted(codes(sheet(tmp_path, text))) == sorted(expected)


@pytest.mark.parametrize("odd", ["\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\x00", "\x1b", "\u202e", "\u2066"])
def test_a_character_that_is_no_text_is_refused_with_its_line(tmp_path, odd):
    """A soft line break must not cut a row in two: what stands behind it may be an age or a consent."""
    text = f"sample\tvcf\tindication\tage_at_sampling\r\nA\ta.vcf\tinfections{odd}hyper-IgM\t7y\r\n"
    with pytest.raises(Refused) as refusal:
        read_sheet(sheet(tmp_path, text))
    (told,) = refusal.value.problems
    assert (told.code, told.line) == ("HA-SHT-001", 2)
    assert f"U+{ord(odd):04X}" in told.message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(tmp_path, end):
    path = tmp_path / "samples.tsv"
    path.write_bytes(end.join(["sample\tvcf", "", "# remark", "A\ta.vcf"]).encode())
    (person,) = read_sheet(path).people
    assert (person.sample, person.line) == ("A", 4)


def test_a_long_cell_is_read(tmp_path):
    (person,) = read_sheet(sheet(tmp_path, "sample\tvcf\tindication\nA\ta.vcf\t" + "x" * 200_000)).people
    assert len(person.indication) == 200_000


def test_one_name_in_two_files_and_two_names_in_one_file_are_different_people(tmp_path):
    text = "sample\tvcf\tvcf_sample\nA\ta.vcf\tX\nB\tb.vcf\tX\nC\ta.vcf\tY\n"
    assert len(read_sheet(sheet(tmp_path, text)).people) == 3


def test_an_unreadable_sheet_is_refused(tmp_path):
    assert codes(tmp_path / "missing.tsv") == ["HA-SHT-001"]
    assert codes(tmp_path) == ["HA-SHT-001"]
    binary = tmp_path / "binary.tsv"
    binary.write_bytes(b"\xff\xfe\x00")
    assert codes(binary) == ["HA-SHT-001"]


@pytest.mark.parametrize(
    ("column", "value"), [("mode", "prenatal"), ("age_at_sampling", "17"), ("age_at_sampling", "200m")]
)
def test_consent_to_secondary_findings_is_never_yes_for_a_fetus_or_a_minor(tmp_path, column, value):
    text = f"sample\tvcf\tconsent_secondary\t{column}\nA\ta.vcf\tyes\t{value}\n"
    found = read_sheet(sheet(tmp_path, text))
    assert not found.people[0].consent_secondary
    assert [remark.code for remark in found.problems] == ["HA-SHT-020"]
    assert found.problems[0].audience == "lab_only"


def test_an_adult_may_consent(tmp_path):
    text = "sample\tvcf\tconsent_secondary\tage_at_sampling\nA\ta.vcf\tyes\t18y\n"
    assert read_sheet(sheet(tmp_path, text)).people[0].consent_secondary


def test_cells_from_the_command_line_are_checked_alike():
    assert sheet_of_cells([{"sample": "A", "vcf": "a.vcf", "sex": "female"}]).people[0].sex is Sex.FEMALE
    with pytest.raises(Refused, match="HA-SHT-006"):
        sheet_of_cells([{"sample": "A", "vcf": "a.vcf", "sex": "f"}])


def test_the_columns_are_those_of_the_contract():
    assert len(COLUMNS) == len(set(COLUMNS)) == 24
