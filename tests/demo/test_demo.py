"""The demonstration: made byte for byte from the reference, and concluded as written down beforehand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from higm_annot.cli import main
from higm_annot.consequence.annotate import annotate
from higm_annot.demo.write import demo_files
from higm_annot.intake.types import Allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig

ROOT = Path(__file__).parents[2]
EXPECTED = list(csv.DictReader((Path(__file__).parent / "expected.tsv").read_text().splitlines(), delimiter="\t"))
RECORDS = ROOT / "higm_annot/demo/data/records.tsv"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", str(folder)]) == 0
    assert main(["run", "--samples", str(folder / "samples.tsv"), "--out", str(folder / "out")]) == 0
    return folder / "out"


def test_the_committed_files_are_what_the_command_writes():
    for name, content in demo_files(load_panel()).items():
        assert (ROOT / "config" / name).read_text(encoding="utf-8") == content, name


def test_it_overwrites_nothing(tmp_path, capsys):
    (tmp_path / "samples.tsv").write_text("mine\n")
    assert main(["demo", str(tmp_path)]) == 2
    assert "HA-RUN-001" in capsys.readouterr().err
    assert (tmp_path / "samples.tsv").read_text() == "mine\n"
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize(
    "row", list(csv.DictReader(RECORDS.read_text().splitlines(), delimiter="\t")), ids=lambda row: row["key"]
)
def test_every_record_of_the_recipe_has_the_name_its_source_gives(row):
    build, contig, pos, ref, alt = row["key"].split(":")
    allele = Allele(Build(build), Contig(contig), int(pos), ref, alt, int(pos) + len(ref) - 1)
    mane = annotate(load_panel(), allele).mane
    assert f"{mane.accession}:{mane.hgvs_c}" == row["name"]


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['sample']}-{row['gene']}")
def test_conclusions_are_those_written_down_beforehand(results, row):
    report = json.loads((results / "reports" / f"{row['sample']}.json").read_text())
    found = [conclusion for conclusion in report["conclusions"] if conclusion["gene"] == row["gene"]]
    assert [(one["code"], one["status"]) for one in found] == [(row["conclusion"], row["status"])]
    (conclusion,) = found
    if row["disease"]:
        assert conclusion["disease"] == row["disease"]
    assert ((conclusion["diplotype"] or {}).get("hgvs") or "") == row["diplotype"]


def test_every_conclusion_of_the_demonstration_is_expected(results):
    found = {
        (report["sample"]["id"], conclusion["gene"])
        for path in (results / "reports").glob("*.json")
        for report in [json.loads(path.read_text())]
        for conclusion in report["conclusions"]
    }
    assert found == {(row["sample"], row["gene"]) for row in EXPECTED}
