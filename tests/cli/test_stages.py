"""The gate: the one step that decides whether a run may be called complete."""

from __future__ import annotations

import pytest

from higm_annot import stages
from higm_annot.cli import main
from higm_annot.demo.write import write_demo
from higm_annot.intake.sheet import read_sheet
from higm_annot.reference.store import load_panel

FORMATS = ("html", "tsv", "fhir", "vcf")


@pytest.fixture
def run(tmp_path):
    write_demo(tmp_path, load_panel())
    sheet = tmp_path / "samples.tsv"
    text = sheet.read_text()
    blank = "\t" * (text.splitlines()[0].count("\t") - 1)
    sheet.write_text(f"{text}BAD\tdemo/none.vcf{blank}\n")
    asked = ["--formats", ",".join(FORMATS)]
    assert main(["run", "--samples", str(sheet), "--out", str(tmp_path / "out"), *asked]) == 3
    return tmp_path


def gate(folder):
    return stages.gate(read_sheet(folder / "samples.tsv"), folder / "out", FORMATS)


def test_it_names_the_failed_sample_and_why(run):
    lines, code = gate(run)
    assert code == 3
    assert len(lines) == 1
    assert "sample BAD" in lines[0]
    assert "none.vcf" in lines[0]


def test_it_names_every_missing_report(run):
    for suffix in ("json", "higm.vcf"):
        (run / f"out/reports/DEMO-AICDA-homozygote.{suffix}").unlink()
    lines, code = gate(run)
    assert code == 3
    assert sum("HA-RUN-005" in line and "DEMO-AICDA-homozygote" in line for line in lines) == 2


def test_it_lets_a_complete_run_pass(run):
    sheet = run / "samples.tsv"
    sheet.write_text("".join(line + "\n" for line in sheet.read_text().splitlines() if not line.startswith("BAD")))
    assert gate(run)[1] == 0


def test_an_allele_table_of_another_version_is_refused(run, capsys):
    """Old classes never stand in a report that names the new tables."""
    out, sheet = run / "work", run / "samples.tsv"
    common = ["--samples", str(sheet), "--batch", "0", "--batches", "1"]
    assert main(["stage", "filter", *common, "--out", str(out / "intake")]) == 0
    table = out / "alleles.json"
    assert main(["stage", "annotate", "--table", str(table), "--vcf", str(out / "vcf"), str(out / "intake")]) == 0
    rest = ["--problems", str(out / "p.json"), "--formats", "tsv", "--out", str(out), str(out / "intake")]
    assert main(["stage", "report", *common, "--alleles", str(table), *rest]) == 0
    table.write_text(table.read_text().replace("knowledge sha256:", "knowledge sha256:0", 1))
    capsys.readouterr()
    assert main(["stage", "report", *common, "--alleles", str(table), *rest]) == 2
    assert "HA-RUN-009" in capsys.readouterr().err
