"""Real VCFs that others published, through the command line and through Snakemake."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from higm_annot.cli import main
from higm_annot.reference.types import Gene

SHARED = os.environ.get("HIGM_SHARED")
pytestmark = pytest.mark.skipif(not SHARED, reason="HIGM_SHARED is not set: real VCFs are not part of the package")
ROOT = Path(__file__).parents[2]

SHEET = """\
sample	vcf	vcf_sample	family	father	mother	sex	affected
T1-child	{samples}/trio1.GRCh37.exome.vcf.gz	CHILD	T1	T1-father	T1-mother		unknown
T1-father	{samples}/trio1.GRCh37.exome.vcf.gz	FATHER	T1			male	no
T1-mother	{samples}/trio1.GRCh37.exome.vcf.gz	MOTHER	T1			female	no
T2-child	{samples}/trio2.GRCh37.exome.vcf.gz	CHILD	T2	T2-father	T2-mother		unknown
T2-father	{samples}/trio2.GRCh37.exome.vcf.gz	FATHER	T2			male	no
T2-mother	{samples}/trio2.GRCh37.exome.vcf.gz	MOTHER	T2			female	no
single	{samples}/single.GRCh37.exome.vcf.gz						unknown
chrX	{samples}/NA12878_chrX.GRCh37.wgs.vcf					female	no
sites	{samples}/NA12878_sites.GRCh37.vcf.gz					female	no
panel	{samples}/NA12878_panel.GRCh38.vep.vcf.gz					female	no
"""


def documents(folder):
    return {path.stem: json.loads(path.read_text()) for path in sorted((folder / "reports").glob("*.json"))}


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    path = tmp_path_factory.mktemp("sheet") / "samples.tsv"
    path.write_text(SHEET.format(samples=Path(SHARED) / "samples"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def results(sheet, tmp_path_factory):
    out = tmp_path_factory.mktemp("cli")
    assert main(["run", "--samples", str(sheet), "--out", str(out)]) == 0
    return out


def test_everybody_gets_a_complete_report_in_the_right_build(results):
    found = documents(results)
    assert len(found) == 10
    assert {one["status"] for one in found.values()} == {"complete"}
    builds = {name: one["provenance"]["build"] for name, one in found.items()}
    assert builds == dict.fromkeys(found, "GRCh37") | {"panel": "GRCh38"}


def test_nobody_known_to_be_healthy_gets_a_diagnosis_and_nobody_a_negative(results):
    for one in documents(results).values():
        codes = {conclusion["code"] for conclusion in one["conclusions"]}
        assert codes <= {"not_assessed", "uncertain", "one_allele_found"}, one["sample"]["id"]
        assert len({conclusion["gene"] for conclusion in one["conclusions"]}) == len(Gene)


def told(found, gene):
    """The alleles of a gene with their states, as the table of the trios writes them."""
    own = [one for one in found["variants"] if one["gene"] == gene]
    return "; ".join(f"{next(iter(one['hgvs']['c'].values()), one['key'])} {one['state']}" for one in own)


def test_the_trios_are_concluded_as_reviewed(results):
    """``trios.md`` argues every row of ``trios.tsv``."""
    text = Path(__file__).with_name("trios.tsv").read_text(encoding="utf-8")
    expected = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    reports = documents(results)
    made = [
        {
            "sample": name,
            "gene": one["gene"],
            "conclusion": one["code"],
            "status": one["status"],
            "diplotype": one["diplotype"]["hgvs"] if one["diplotype"] else "",
            "why": ";".join(one["why"]),
            "variants": told(reports[name], one["gene"]),
        }
        for name in dict.fromkeys(row["sample"] for row in expected)
        for one in reports[name]["conclusions"]
    ]
    assert made == expected


def test_what_the_trios_relations_leave_open_is_the_laboratorys(results):
    lines = (results / "problems.tsv").read_text(encoding="utf-8").splitlines()[1:]
    known = [(line.split("\t")[0], line.split("\t")[1]) for line in lines if line.startswith("T")]
    assert known == [("T1-child", "HA-PED-101"), ("T2-child", "HA-PED-101")]


def variant(report, hgvs):
    (found,) = [one for one in report["variants"] if hgvs in one["hgvs"]["c"].values()]
    return found


def test_a_heterozygous_woman_on_the_x_chromosome(results):
    found = variant(documents(results)["chrX"], "c.148T>C")
    assert (found["gene"], found["state"], found["transcript"]) == ("CD40LG", "het", "NM_000074.3")
    assert found["support"]["ref_reads"], found["support"]["alt_reads"] == (101, 73)


def test_half_calls_of_trio2_stay_what_the_file_says(results):
    states = {
        name: {one["key"]: one["state"] for one in report["variants"] if one["key"].startswith("GRCh37:12:87575")}
        for name, report in documents(results).items()
    }
    one_more, two_more = "GRCh37:12:8757522:C:CA", "GRCh37:12:8757522:C:CAA"
    assert states["T2-child"][two_more] == "hom"
    assert states["T2-father"][one_more] == "hom"
    assert states["T2-mother"][one_more] == states["T2-mother"][two_more] == "half_call"


def test_a_homozygous_call_with_reference_reads_is_not_doubted_away(results):
    report = documents(results)["panel"]
    assert variant(report, "c.1621A>G")["state"] == "hom"


def test_the_ledger_balances_and_agrees_with_bcftools(results):
    ledger = documents(results)["single"]["ledger"]
    assert ledger["total"] == sum(ledger[fate] for fate in ("reported", "reference", "no_call", "set_aside"))
    regions = "X:135725336-135744549,20:44741906-44760384,12:8752762-8770442,12:109530415-109550798,"
    regions += "X:153765459-153795261,7:6010870-6053737"
    # bcftools as pysam carries it, in a process of its own because it keeps state between calls.
    code = "import sys, pysam.bcftools as b; print(b.query(*sys.argv[1:]), end='')"
    file = str(Path(SHARED) / "samples/single.GRCh37.exome.vcf.gz")
    command = [sys.executable, "-c", code, "-t", regions, "-f", "%ALT\\n", file]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ledger["total"] == sum(len(line.split(",")) for line in done.stdout.splitlines()) > 0


def test_snakemake_writes_the_same_bytes(results, sheet, tmp_path):
    command = [
        "snakemake",
        "--cores",
        "2",
        "--quiet",
        "all",
        "--directory",
        str(tmp_path),
        "-s",
        str(ROOT / "Snakefile"),
    ]
    command += ["--configfile", str(ROOT / "config/config.yaml")]
    command += ["--config", f"samples={sheet}", f"results={tmp_path}/results"]
    subprocess.run(command, check=True, capture_output=True, text=True)
    theirs = {path.name: path.read_bytes() for path in (tmp_path / "results/reports").iterdir()}
    ours = {path.name: path.read_bytes() for path in (results / "reports").iterdir()}
    assert theirs == ours
    for name in ("summary.tsv", "ledger.tsv", "problems.tsv", "run.json", "index.html"):
        assert (tmp_path / "results" / name).read_bytes() == (results / name).read_bytes(), name
