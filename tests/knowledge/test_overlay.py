"""A bad overlay of the reference is refused: every fault is told with its file, its row and the rule that it breaks."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from higm_annot.cli import main
from higm_annot.problems import Refused
from higm_annot.reference.overlay import TABLES, overlay_faults, read_overlay

OWN = Path(str(files("higm_annot").joinpath("reference", "overlay")))
REPEATS = "Keep one of the two."
HEADER = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n"
USELESS = "Remove it, or correct what it asks for."


@pytest.fixture
def folder(tmp_path):
    target = tmp_path / "overlay"
    shutil.copytree(OWN, target, copy_function=shutil.copyfile)
    target.chmod(0o755)
    return target


def put(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(folder, name, *cells):
    """A further row; its line."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\t".join(cells) + "\n", encoding="utf-8")
    return len(text.splitlines()) + 1


def test_the_overlay_in_use_holds_and_every_file_of_it_is_checked(folder):
    assert overlay_faults() == overlay_faults(folder) == ()
    assert {path.name for path in OWN.iterdir()} == set(TABLES)


def unknown_column(folder):
    put(folder, "regions.tsv", "contig", "chromosome")
    return (
        "HA-KNO-001 error: regions.tsv:1: The table has an unknown, missing or repeated column: chromosome, contig. "
        "The columns are: name, gene, build, contig, start, end, source."
    )


def missing_source(folder):
    line = add(folder, "regions.tsv", "X", "PMS2", "GRCh38", "7", "1", "2", "")
    return (
        f"HA-KNO-004 error: regions.tsv:{line}: The row names no source. "
        "Name one; a statement without a source is not used."
    )


def chromosome_without_source(folder):
    line = add(folder, "contigs.tsv", "Y", "yes", *["", "a", "b", "1", "SQ.a", "c", "d", "2", "SQ.b"], "")
    return (
        f"HA-KNO-004 error: contigs.tsv:{line}: The row names no source. "
        "Name one; a statement without a source is not used."
    )


def wrong_cell(folder):
    put(folder, "rules.tsv", "\t50\t", "\tfifty\t")
    return (
        "HA-KNO-002 error: rules.tsv:2: 'fifty' does not fit column value: Expected `int`, got `str`. Correct the cell."
    )


def missing_table(folder):
    (folder / "transcripts.tsv").unlink()
    return (
        "HA-KNO-012 error: transcripts.tsv: The table cannot be read: No such file or directory. "
        "Give a folder that holds every table, in UTF-8."
    )


def gene_twice(folder):
    line = add(folder, "records.tsv", "UNG", "LRG_1")
    return f"HA-KNO-005 error: records.tsv:{line}: The row repeats 'UNG', which stands on line 5 already. {REPEATS}"


def gene_the_program_does_not_have(folder):
    line = add(folder, "records.tsv", "NEWG1", "LRG_1")
    unknown = (
        f"HA-KNO-006 error: records.tsv:{line}: 'NEWG1' in column gene is not a gene of the installed panel "
        "(CD40LG, CD40, AICDA, UNG, IKBKG, PMS2). Correct the cell, or add what it names."
    )
    return [
        unknown,
        "HA-KNO-007 error: transcripts.tsv: There is no row with the MANE Select transcript of NEWG1. Add the row.",
    ]


def chromosome_name_twice(folder):
    put(folder, "contigs.tsv", "12\tno\t\t", "12\tno\t7\t")
    return f"HA-KNO-005 error: contigs.tsv:3: The row repeats '7', which stands on line 2 already. {REPEATS}"


def two_mane_transcripts(folder):
    put(folder, "transcripts.tsv", "NP_003630.1\tno", "NP_003630.1\tyes")
    return (
        "HA-KNO-008 error: transcripts.tsv:8: The row and line 6 both answer which transcript of IKBKG is MANE Select. "
        "Let one of them ask for something else; no two rows may answer the same."
    )


def no_mane_transcript(folder):
    put(folder, "transcripts.tsv", "NP_550433.1\tyes", "NP_550433.1\tno")
    return "HA-KNO-007 error: transcripts.tsv: There is no row with the MANE Select transcript of UNG. Add the row."


def transcript_twice(folder):
    put(folder, "transcripts.tsv", "IKBKG\tNM_003639.3", "IKBKG\tNM_001099857.2")
    return (
        "HA-KNO-005 error: transcripts.tsv:8: The row repeats 'IKBKG NM_001099857.2', which stands on line 6 already. "
        f"{REPEATS}"
    )


def one_end_only(folder):
    put(folder, "transcripts.tsv", "\t135742549\t", "\t\t")
    return "HA-KNO-014 error: transcripts.tsv:2: grch37_start contradicts grch37_end. Correct the one that is wrong."


def useless_transcript(folder):
    put(folder, "records.tsv", "UNG\tLRG_124\n", "")
    return f"HA-KNO-009 error: transcripts.tsv:5: The row can never be used: UNG has no row in records.tsv. {USELESS}"


def overlapping_regions(folder):
    line = add(folder, "regions.tsv", "PMS2CL-2", "PMS2", "GRCh38", "7", "6759796", "6759800", "somebody")
    return (
        f"HA-KNO-008 error: regions.tsv:{line}: The row and line 2 both answer 7:6759796 (GRCh38). "
        "Let one of them ask for something else; no two rows may answer the same."
    )


def region_behind_the_chromosome(folder):
    line = add(folder, "regions.tsv", "FAR", "PMS2", "GRCh38", "7", "159345973", "159345974", "somebody")
    return (
        f"HA-KNO-011 error: regions.tsv:{line}: 159345974 in column end lies outside 159345973-159345973 of chromosome "
        "7 (GRCh38). Correct the cell."
    )


def rule_nobody_reads(folder):
    line = add(folder, "rules.tsv", "made_up", "1", "bases", "somebody")
    return (
        f"HA-KNO-009 error: rules.tsv:{line}: The row can never be used: the program has no rule 'made_up', only "
        f"nmd_escape_bases. {USELESS}"
    )


def missing_rule(folder):
    path = folder / "rules.tsv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return "HA-KNO-007 error: rules.tsv: There is no row with the rule nmd_escape_bases. Add the row."


def other_name_twice(folder):
    line = add(folder, "other_names.tsv", "nemo", "CD40", "somebody")
    first = next(
        number
        for number, row in enumerate((folder / "other_names.tsv").read_text(encoding="utf-8").splitlines(), 1)
        if row.startswith("NEMO")
    )
    return (
        f"HA-KNO-005 error: other_names.tsv:{line}: The row repeats 'NEMO', which stands on line {first} already. "
        f"{REPEATS}"
    )


def other_name_of_a_gene_of_the_panel(folder):
    line = add(folder, "other_names.tsv", "CD40", "CD40LG", "somebody")
    return (
        f"HA-KNO-009 error: other_names.tsv:{line}: The row can never be used: CD40 is itself a gene of the panel. "
        f"{USELESS}"
    )


def difference_of_no_older_version(folder):
    line = add(folder, "version_differences.tsv", "NM_000535.7", "5", "G", "somebody")
    return (
        f"HA-KNO-006 error: version_differences.tsv:{line}: 'NM_000535.7' in column accession is not an older version "
        "of a transcript in transcripts.tsv. Correct the cell, or add what it names."
    )


FAULTS = (
    unknown_column,
    missing_source,
    chromosome_without_source,
    wrong_cell,
    missing_table,
    gene_twice,
    gene_the_program_does_not_have,
    chromosome_name_twice,
    two_mane_transcripts,
    no_mane_transcript,
    transcript_twice,
    one_end_only,
    useless_transcript,
    overlapping_regions,
    region_behind_the_chromosome,
    rule_nobody_reads,
    missing_rule,
    other_name_twice,
    other_name_of_a_gene_of_the_panel,
    difference_of_no_older_version,
)


@pytest.mark.parametrize("spoil", FAULTS, ids=lambda spoil: spoil.__name__)
def test_a_fault_is_told_by_file_row_and_rule(folder, spoil):
    expected = spoil(folder)
    assert [fault.text() for fault in overlay_faults(folder)] == ([expected] if isinstance(expected, str) else expected)
    with pytest.raises(Refused):
        read_overlay(folder)


def test_the_command_refuses_an_edited_overlay(folder, capsys):
    expected = overlapping_regions(folder)
    assert main(["knowledge", "verify", "--overlay", str(folder)]) == 2
    assert capsys.readouterr().err == expected + "\n"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("overlay/contigs.tsv", "sex_linked", "sex", "HA-KNO-001 error: contigs.tsv:1: "),
        ("overlay/records.tsv", "CD40\t", "CD40LG\t", "HA-KNO-005 error: records.tsv:3: "),
        ("overlay/records.tsv", "PMS2\tLRG_161\n", "", "HA-KNO-014 error: records.tsv: The panel (CD40LG, CD40, AICDA"),
    ],
)
def test_a_panel_that_does_not_hold_stops_every_run(tmp_path, name, old, new, expected):
    """The genes are made from these tables at start-up: the message is the same one line, without a traceback."""
    shutil.copytree(OWN.parents[1], tmp_path / "higm_annot", ignore=shutil.ignore_patterns("__pycache__"))
    put(tmp_path / "higm_annot" / "reference", name, old, new)
    (tmp_path / "in.vcf").write_text("##fileformat=VCFv4.2\n" + HEADER, encoding="utf-8")
    command = [sys.executable, "-m", "higm_annot", "run", "in.vcf", "--out", "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(expected)
    assert done.stderr.count("\n") == 1
