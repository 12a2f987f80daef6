"""The Snakemake workflow cannot silently do nothing, and one bad sample does not stop the others."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pysam
import pytest
import yaml

from higm_annot.cli import main
from higm_annot.evidence.labrecord.observations import counts
from higm_annot.intake.sheet import COLUMNS
from higm_annot.report.formats import FORMATS, USUAL

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A checkout: the workflow and its configuration, nothing else."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("workflow", "config"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "Snakefile", folder)
    return folder


@pytest.fixture(scope="module")
def finished(project):
    """The demonstration, run through the workflow."""
    code, told = snakemake(project)
    assert code == 0, told
    return project / "results"


def snakemake(project, *arguments):
    command = ["snakemake", "--cores", "2", *arguments]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def tree(folder):
    return {path.name: path.read_bytes() for path in (folder / "reports").iterdir()}


def test_the_plain_command_at_the_root_schedules_every_step(project):
    code, told = snakemake(project, "-n")
    assert code == 0
    for rule in ("filter", "annotate", "report_", "summary", "gate"):
        assert f"rule {rule}" in told


def test_the_catalogue_entry_point_schedules_the_same(project):
    code, told = snakemake(project, "-n", "-s", "workflow/Snakefile")
    assert code == 0
    assert "rule gate" in told


def test_the_demonstration_runs_and_equals_the_single_command(project, finished, tmp_path):
    assert main(["run", "--samples", str(project / "config/samples.tsv"), "--out", str(tmp_path / "out")]) == 0
    assert tree(finished) == tree(tmp_path / "out")
    for name in ("summary.tsv", "higm_annot_mqc.tsv", "ledger.tsv", "problems.tsv", "run.json", "index.html"):
        assert (finished / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
    alleles = (finished / "work/annotated/alleles.GRCh38.vcf").read_text()
    assert "NM_000074.3|c.340del" in alleles
    code, told = snakemake(project)
    assert (code, "Nothing to be done" in told) == (0, True)
    (finished / "reports/DEMO-AICDA-homozygote.html").unlink()
    code, _ = snakemake(project)
    assert code == 0
    assert tree(finished) == tree(tmp_path / "out")


def test_the_families_in_the_other_build_equal_the_single_command(project, tmp_path):
    path, out = project / "config/samples.GRCh37.tsv", tmp_path / "out"
    code, told = snakemake(project, "--config", f"samples={path}", f"results={tmp_path / 'results'}")
    assert code == 0, told
    assert main(["run", "--samples", str(path), "--out", str(out)]) == 0
    assert tree(tmp_path / "results") == tree(out)
    for name in ("summary.tsv", "higm_annot_mqc.tsv", "ledger.tsv", "problems.tsv", "run.json", "index.html"):
        assert (tmp_path / "results" / name).read_bytes() == (out / name).read_bytes()
    assert json.loads(tree(out)["DEMO-HIGM1-boy.json"])["provenance"]["build"] == "GRCh37"


def test_folders_with_blanks_are_folders(project, tmp_path):
    folder = tmp_path / "my sheets"
    shutil.copytree(project / "config", folder)
    lines = (folder / "samples.tsv").read_text().splitlines(keepends=True)
    (folder / "my samples.tsv").write_text("".join(lines[:3]))
    results = tmp_path / "my results"
    code, told = snakemake(project, "--config", f"samples={folder / 'my samples.tsv'}", f"results={results}")
    assert code == 0, told
    assert len(list((results / "reports").glob("*.json"))) == 2


def test_after_an_upgrade_everything_is_made_again(project, finished):
    """Nothing older is left beside newer reports: what a run was made with is a parameter of each rule."""
    common = project / "workflow/rules/common.smk"
    before = common.read_text()
    made = 'made_with(load_panel(), evidence_with(config["evidence"]))'
    assert made in before
    common.write_text(before.replace(made, '"another version"'))
    code, told = snakemake(project, "-n")
    common.write_text(before)
    assert code == 0
    for rule in ("filter", "annotate", "report_", "summary", "gate"):
        assert f"rule {rule}" in told


def sheet(project, name, *rows):
    path = project / "config" / name
    text = (ROOT / "config/samples.tsv").read_text()
    width = text.splitlines()[0].count("\t")
    path.write_text(text + "".join(row + "\t" * (width - row.count("\t")) + "\n" for row in rows))
    return path


def test_a_bad_sample_fails_the_run_and_leaves_the_others_whole(project, finished, tmp_path):
    (project / "config/demo/broken.vcf").write_text("##fileformat=VCFv4.3\n")
    path = sheet(project, "bad.tsv", "BAD\tdemo/broken.vcf", "GONE\tdemo/gone.vcf")
    options = ("--config", f"samples={path}", f"results={tmp_path / 'bad'}")
    code, told = snakemake(project, *options)
    assert code != 0
    assert "sample BAD" in told
    assert "sample GONE" in told
    good = tree(finished)
    found = tree(tmp_path / "bad")
    assert {name: found[name] for name in good} == good
    assert json.loads(found["BAD.json"])["status"] == json.loads(found["GONE.json"])["status"] == "failed"
    again, told = snakemake(project, *options)
    assert again != 0
    assert "sample BAD" in told


@pytest.mark.parametrize("content", ["", "sample\tvcf\n", "sample\tvcf\nA\ta.vcf\nA\tb.vcf\n"])
def test_a_sheet_that_is_empty_or_refused_is_an_error_with_its_message(project, content):
    path = project / "config/empty.tsv"
    path.write_text(content)
    code, told = snakemake(project, "--config", f"samples={path}")
    assert code != 0
    assert "HA-SHT-00" in told
    assert "Traceback" not in told


def test_the_schema_of_the_sheet_knows_exactly_its_columns():
    schema = (ROOT / "workflow/schemas/samples.schema.yaml").read_text()
    named = {line.split(":")[0].strip() for line in schema.split("properties:\n")[1].splitlines()}
    assert named == set(COLUMNS)


FAMILY = """\
sample	vcf	vcf_sample	mode	consent_family
DEMO-HIGM1-boy	demo/GRCh38/higm1-family.vcf	boy		yes
DEMO-HIGM1-brother	demo/GRCh38/higm1-brother.g.vcf	brother		yes
"""
PED = "F DEMO-HIGM1-boy 0 mum 1 2\nF DEMO-HIGM1-brother 0 mum 1 1\nF mum 0 0 2 1\n"


def test_a_ped_reaches_every_step(project, tmp_path):
    path, ped, out = project / "config/family.tsv", tmp_path / "the family.ped", tmp_path / "out"
    path.write_text(FAMILY)
    ped.write_text(PED)
    settings = ("--config", f"samples={path}", f"results={tmp_path / 'results'}", f"ped={ped}")
    code, told = snakemake(project, *settings)
    assert code == 0, told
    assert main(["run", "--samples", str(path), "--ped", str(ped), "--out", str(out)]) == 0
    assert tree(tmp_path / "results") == tree(out)
    for name in ("summary.tsv", "higm_annot_mqc.tsv", "ledger.tsv", "problems.tsv", "run.json", "index.html"):
        assert (tmp_path / "results" / name).read_bytes() == (out / name).read_bytes()
    brother = json.loads(tree(out)["DEMO-HIGM1-brother.json"])
    assert [one["state"] for one in brother["family_alleles"]] == ["hom_ref"]
    ped.write_text(PED.replace("F mum 0 0 2", "F mum 0 0 1"))
    code, told = snakemake(project, *settings)
    assert code != 0
    assert "HA-SHT-010" in told
    assert "Traceback" not in told


def test_the_laboratory_s_record_is_read_and_counts_without_making_anything_anew(project, tmp_path):
    record, out = tmp_path / "the lab.sqlite", tmp_path / "out"
    path = project / "config/lab.tsv"
    path.write_text("sample\tvcf\tvcf_sample\tsex\nBOY\tdemo/GRCh38/higm1-family.vcf\tboy\tmale\n")
    assert main(["record", "init", str(record)]) == 0
    more = ["--class", "Pathogenic", "--who", "KS", "--reason", "Seen before.", "--date", "2026-01-01"]
    assert main(["record", "add", str(record), "CD40LG:c.340del", *more]) == 0
    settings = ("--config", f"samples={path}", f"results={out}", f"record={record}", "record_observations=True")
    code, told = snakemake(project, *settings)
    assert code == 0, told
    alone = tmp_path / "alone"
    assert main(["run", "--samples", str(path), "--out", str(alone), "--record", str(record)]) == 0
    assert tree(out) == tree(alone)
    assert counts(record)[0] == 1
    code, told = snakemake(project, *settings)
    assert (code, "Nothing to be done" in told) == (0, True)
    assert main(["record", "add", str(record), "CD40LG:c.340del", *more, "--criteria", "PS4"]) == 0
    assert snakemake(project, *settings)[0] == 0
    assert "PS4" in (out / "reports" / "BOY.json").read_text()
    assert counts(record)[0] == 1
    code, told = snakemake(project, "--config", f"samples={path}", f"record={tmp_path / 'no.sqlite'}")
    assert (code, "HA-REC-001" in told) == (1, True)


def test_the_laboratory_s_evidence_reaches_every_step(project, tmp_path):
    vcf, folder, out = tmp_path / "clinvar.vcf.gz", tmp_path / "its evidence", tmp_path / "out"
    lines = ["##fileformat=VCFv4.1", "##fileDate=2026-01-05", "##INFO=<ID=CLNSIG,", "##INFO=<ID=CLNREVSTAT,"]
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
    said = "CLNSIG=Benign;CLNREVSTAT=criteria_provided,_single_submitter"
    lines.append(f"X\t136654423\t88\tGC\tG\t.\t.\t{said}")
    with pysam.BGZFile(str(vcf), "wb") as handle:
        handle.write(("\n".join(lines) + "\n").encode())
    pysam.tabix_index(str(vcf), preset="vcf")
    update = ["evidence", "update", "--dir", str(folder), "--kind", "clinvar", "--build", "GRCh38", "--from", str(vcf)]
    assert main(update) == 0
    path = project / "config/own.tsv"
    path.write_text("sample\tvcf\tvcf_sample\tsex\nBOY\tdemo/GRCh38/higm1-family.vcf\tboy\tmale\n")
    settings = ("--config", f"samples={path}", f"results={out}", f"evidence={folder}")
    code, told = snakemake(project, *settings)
    assert code == 0, told
    assert main(["run", "--samples", str(path), "--out", str(tmp_path / "one"), "--evidence", str(folder)]) == 0
    assert tree(out) == tree(tmp_path / "one")
    assert "88" in {
        one["record"] for block in json.loads(tree(out)["BOY.json"])["variants"] for one in block["evidence"]
    }
    next(folder.glob("clinvar*.tsv")).write_text("changed")
    code, told = snakemake(project, *settings)
    assert (code, "HA-EVI-003" in told) == (1, True)


def test_an_unknown_setting_is_refused(project):
    code, told = snakemake(project, "-n", "--config", "sampels=x.tsv")
    assert code != 0
    assert "sampels" in told


def test_the_workflow_writes_every_format_that_the_command_does():
    schema = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text())["properties"]["formats"]
    assert schema["items"]["enum"] == list(FORMATS)
    assert schema["default"] == list(USUAL)


def test_a_new_sample_changes_nobody_elses_report(project, finished, tmp_path):
    before = tree(finished)
    folder = project / "config/demo/GRCh38"
    shutil.copy(folder / "aicda-homozygote.vcf", folder / "new.vcf")
    path = sheet(project, "more.tsv", "NEW\tdemo/GRCh38/new.vcf")
    code, told = snakemake(project, "--config", f"samples={path}", f"results={tmp_path / 'more'}")
    assert code == 0, told
    after = tree(tmp_path / "more")
    assert {name: after[name] for name in before} == before
    assert "NEW.json" in after


def test_the_letterhead_is_on_every_page_and_another_makes_them_anew(project, tmp_path):
    path, head, out = project / "config/head.tsv", tmp_path / "the lab.toml", tmp_path / "out"
    path.write_text("sample\tvcf\tvcf_sample\tsex\nBOY\tdemo/GRCh38/higm1-family.vcf\tboy\tmale\n")
    head.write_text('name = "First laboratory"\n')
    settings = ("--config", f"samples={path}", f"results={out}", f"lab={head}")
    code, told = snakemake(project, *settings)
    assert code == 0, told
    assert main(["run", "--samples", str(path), "--out", str(tmp_path / "one"), "--lab", str(head)]) == 0
    assert tree(out) == tree(tmp_path / "one")
    before = tree(out)
    head.write_text('name = "Second laboratory"\n')
    assert snakemake(project, *settings)[0] == 0
    assert b"Second laboratory" in tree(out)["BOY.html"]
    assert tree(out)["BOY.json"] == before["BOY.json"]
    head.write_text("name = 1\n")
    code, told = snakemake(project, *settings)
    assert (code, "HA-LAB-002" in told) == (1, True)
