"""The command a laboratory runs: exit codes, one clear message for each bad input, others unaffected, no traceback."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from higm_annot import pipeline
from higm_annot.cli import main
from higm_annot.demo.write import write_demo
from higm_annot.reference.store import load_panel


@pytest.fixture
def demo(tmp_path):
    write_demo(tmp_path / "in", load_panel())
    return tmp_path / "in"


def run(*arguments):
    """The installed command in a process of its own."""
    command = [sys.executable, "-m", "higm_annot", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def sheet_with(demo, *rows):
    path = demo / "more.tsv"
    good = "good\tdemo/GRCh37/aicda-homozygote.vcf\tpatient"
    path.write_text("\n".join(["sample\tvcf\tvcf_sample", good, *rows]) + "\n", encoding="utf-8")
    return path


def document(out, sample):
    return json.loads((out / "reports" / f"{sample}.json").read_text())


def test_one_vcf_is_enough(demo, tmp_path):
    vcf = demo / "demo/GRCh37/aicda-homozygote.vcf"
    done = run("run", vcf, "--sex", "female", "--affected", "yes", "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "1 report in" in done.stderr
    names = {path.name for path in (tmp_path / "out").rglob("*") if path.is_file()}
    expected = {"higm_annot_mqc.tsv", "index.html", "summary.tsv", "ledger.tsv", "problems.tsv", "run.json"}
    assert names == expected | {"patient.json", "patient.html", "patient.tsv"}


@pytest.mark.parametrize("said", [("--sex", "male"), ("--affected", "yes"), ("--consent-secondary", "yes")])
def test_what_is_said_of_one_person_is_not_said_of_all_in_a_file(demo, tmp_path, said):
    vcf = demo / "demo/GRCh38/higm1-family.vcf"
    refused = run("run", vcf, *said, "--out", tmp_path / "out")
    assert refused.returncode == 2
    assert "HA-RUN-008" in refused.stderr
    assert said[0] in refused.stderr
    assert not (tmp_path / "out").exists()
    assert run("run", vcf, "--vcf-sample", "boy", *said, "--out", tmp_path / "out").returncode == 0


def truncated(path, source):
    path.write_bytes(gzip.compress(source.encode())[:-20])


def other_build_positions(path, source):
    path.write_text(source.replace("length=159138663,assembly=GRCh37", "length=159345973,assembly=GRCh38")
                    .replace("length=133851895,assembly=GRCh37", "length=133275309,assembly=GRCh38")
                    .replace("length=63025520,assembly=GRCh37", "length=64444167,assembly=GRCh38")
                    .replace("length=155270560,assembly=GRCh37", "length=156040895,assembly=GRCh38"))  # fmt: skip


def no_overlap(path, source):
    header = "".join(line + "\n" for line in source.splitlines() if line.startswith("#") and "contig" not in line)
    path.write_text(header + "chr1\t100\t.\tA\tC\t9\tPASS\t.\tGT:AD:DP:GQ\t0/1:9,9:18:99\n")


def no_samples(path, source):
    path.write_text("".join("\t".join(line.split("\t")[:8]) + "\n" for line in source.splitlines()))


def malformed_genotype(path, source):
    path.write_text(source.replace("1/1:0,44:44:99", "1/x:0,44:44:99"))


def index_beyond_the_alleles(path, source):
    path.write_text(source.replace("1/1:0,44:44:99", "1/7:0,44:44:99"))


def empty(path, _source):
    path.write_bytes(b"")


def not_a_vcf(path, _source):
    path.write_bytes(b"\x7fELF" + bytes(500))


def a_directory(path, _source):
    path.mkdir()


def missing(_path, _source):
    pass


def duplicate_names(path, source):
    lines = [line + ("\tpatient" if line.startswith("#CHROM") else "") for line in source.splitlines()]
    path.write_text("\n".join(lines) + "\n")


BAD = [
    truncated,
    other_build_positions,
    no_overlap,
    no_samples,
    malformed_genotype,
    index_beyond_the_alleles,
    empty,
    not_a_vcf,
    a_directory,
    missing,
    duplicate_names,
]


@pytest.mark.parametrize("spoil", BAD, ids=lambda spoil: spoil.__name__)
def test_a_bad_file_fails_its_own_sample_with_one_message_and_leaves_the_others_whole(demo, tmp_path, spoil, capsys):
    spoil(demo / "demo/bad.vcf", (demo / "demo/GRCh37/aicda-homozygote.vcf").read_text())
    out = tmp_path / "out"
    assert main(["run", "--samples", str(sheet_with(demo, "bad\tdemo/bad.vcf\tpatient")), "--out", str(out)]) == 3
    told = capsys.readouterr().err
    errors = [line for line in told.splitlines() if " error: " in line]
    assert len(errors) == 1, told
    assert errors[0].startswith("HA-")
    assert "bad" in errors[0]
    assert "Traceback" not in told
    assert document(out, "bad")["status"] == "failed"
    assert document(out, "bad")["headline"]["text"]
    good = document(out, "good")
    assert good["status"] == "complete"
    assert main(["run", "--samples", str(sheet_with(demo)), "--out", str(tmp_path / "alone")]) == 0
    assert good == document(tmp_path / "alone", "good")


def test_a_sample_that_is_not_in_the_file_is_named(demo, tmp_path, capsys):
    sheet = sheet_with(demo, "lost\tdemo/GRCh37/aicda-homozygote.vcf\tPATIENT")
    assert main(["run", "--samples", str(sheet), "--out", str(tmp_path / "out")]) == 3
    told = capsys.readouterr().err
    assert "PATIENT" in told
    assert "patient" in told


def test_a_reference_base_that_disagrees_is_named_site_by_site(demo, tmp_path, capsys):
    path = demo / "demo/GRCh37/aicda-homozygote.vcf"
    path.write_text(path.read_text().replace("6026775\t.\tT\tC", "6026775\t.\tG\tC"))
    assert main(["run", str(path), "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().err
    assert "6026775" in told
    report = document(tmp_path / "out", "patient")
    assert any("6026775" in found["site"] for found in report["problems"])
    assert report["ledger"]["set_aside_by_rule"] == {"ref_mismatch": 1}
    assert {one["code"] for one in report["conclusions"]} == {"disease_genotype", "not_assessed"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "--out", "o"),
        ("run", "x.vcf", "--samples", "s.tsv", "--out", "o"),
        ("run", "missing.vcf", "--out", "o"),
        ("run", "--samples", "missing.tsv", "--out", "o"),
        ("run", "x.vcf", "--out", "o", "--formats", "docx"),
        ("render", "missing.json", "--format", "html", "-o", "x.html"),
    ],
)
def test_refused_input_is_exit_code_2_and_writes_nothing(tmp_path, monkeypatch, capsys, arguments):
    monkeypatch.chdir(tmp_path)
    assert main(list(arguments)) == 2
    told = capsys.readouterr().err
    assert told.startswith("HA-")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--indication", "hyper-IgM\u202e"),
        ("--indication", "a\tb"),
        ("--indication", "a\nb"),
        ("--indication", "M\udcfcller"),  # bytes of the command line that are no UTF-8
        ("--phenotype", "M\udcfcller.tsv"),
        ("--age", "340y"),
    ],
)
def test_what_the_command_line_says_of_a_person_is_held_to_what_a_sheet_can_hold(demo, tmp_path, option, value, capsys):
    vcf = str(demo / "demo/GRCh38/higm1-woman.vcf")
    assert main(["run", vcf, option, value, "--out", str(tmp_path / "out")]) == 2
    assert "HA-SHT-006" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_stated_build_is_checked_never_forced(demo, tmp_path, capsys):
    path = str(demo / "demo/GRCh37/aicda-homozygote.vcf")
    assert main(["run", path, "--build", "GRCh37", "--out", str(tmp_path / "a")]) == 0
    assert main(["run", path, "--build", "GRCh38", "--out", str(tmp_path / "b")]) == 3
    assert "GRCh38" in capsys.readouterr().err
    assert document(tmp_path / "b", "patient")["status"] == "failed"


def test_an_output_folder_that_cannot_be_written_is_refused(demo, tmp_path):
    (tmp_path / "file").write_text("")
    assert main(["run", "--samples", str(demo / "samples.tsv"), "--out", str(tmp_path / "file" / "out")]) == 2


def test_a_fault_of_ours_costs_one_sample_and_says_nothing_of_its_data(demo, tmp_path, monkeypatch, capsys):
    def broken(intake, *_):
        if intake.person.sample == "DEMO-AICDA-homozygote":
            raise KeyError("GRCh37:12:8757904:G:A")
        return intact(intake, *_)

    intact = pipeline.report_on
    monkeypatch.setattr(pipeline, "report_on", broken)
    out = tmp_path / "out"
    assert main(["run", "--samples", str(demo / "samples.tsv"), "--out", str(out)]) == 1
    assert "8757904" not in capsys.readouterr().err
    assert document(out, "DEMO-AICDA-homozygote")["problems"][0]["code"] == "HA-RUN-004"
    assert document(out, "DEMO-HIGM1-boy")["status"] == "complete"


def test_rendering_a_document_again_gives_the_same_bytes(demo, tmp_path):
    out = tmp_path / "out"
    assert main(["run", "--samples", str(demo / "samples.tsv"), "--out", str(out)]) == 0
    for suffix in ("html", "tsv"):
        again = tmp_path / f"again.{suffix}"
        document = out / "reports/DEMO-AICDA-homozygote.json"
        assert main(["render", str(document), "--format", suffix, "-o", str(again)]) == 0
        assert again.read_bytes() == (out / f"reports/DEMO-AICDA-homozygote.{suffix}").read_bytes()


def test_json_for_scripts(demo, tmp_path):
    done = run("run", "--samples", demo / "samples.tsv", "--out", tmp_path / "out", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["samples"][0]["id"] == "DEMO-HIGM1-boy"


def test_a_closed_pipe_is_not_a_fault():
    script = f"{sys.executable} -m higm_annot reference show CD40LG | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_nothing_opens_a_connection(demo, tmp_path):
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise RuntimeError('a connection was opened')\n"
        "socket.socket.connect = refuse; socket.create_connection = refuse; socket.getaddrinfo = refuse\n"
        "from higm_annot.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [
        sys.executable,
        "-c",
        code,
        "run",
        "--samples",
        str(demo / "samples.tsv"),
        "--out",
        str(tmp_path / "out"),
    ]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_an_interrupted_run_leaves_no_half_written_file(demo, tmp_path):
    out = tmp_path / "out"
    code = (
        "import sys\n"
        "from higm_annot import pipeline\n"
        "from higm_annot.cli import main\n"
        "intact, seen = pipeline.write_reports, []\n"
        "def second(*a):\n"
        "    seen.append(1)\n"
        "    if len(seen) == 2: raise KeyboardInterrupt\n"
        "    intact(*a)\n"
        "pipeline.write_reports = second\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", code, "run", "--samples", str(demo / "samples.tsv"), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    found = sorted(path.name for path in out.rglob("*") if path.is_file())
    assert found == ["DEMO-HIGM1-boy.html", "DEMO-HIGM1-boy.json", "DEMO-HIGM1-boy.tsv"]


def test_it_works_from_any_folder_with_only_the_package(tmp_path, demo):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-m", "higm_annot", "run", "--samples", str(demo / "samples.tsv"), "--out", "out"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert Path(tmp_path / "out/index.html").is_file()


def test_what_cannot_be_written_is_said_and_is_no_fault_of_the_program(demo, tmp_path):
    (tmp_path / "file").write_text("mine\n")
    refused = run("demo", tmp_path / "file")
    assert refused.returncode == 2
    assert "HA-RUN-007" in refused.stderr
    assert run("run", demo / "demo/GRCh37/aicda-homozygote.vcf", "--out", tmp_path / "out").returncode == 0
    document = tmp_path / "out/reports/patient.json"
    refused = run("render", document, "--format", "html", "-o", document)
    assert (refused.returncode, "HA-RUN-010" in refused.stderr) == (2, True)


def test_a_document_changed_by_hand_is_not_rendered(demo, tmp_path):
    assert run("run", demo / "demo/GRCh37/aicda-homozygote.vcf", "--out", tmp_path / "out").returncode == 0
    document = tmp_path / "out/reports/patient.json"
    document.write_text(document.read_text().replace('"id": "patient"', '"id": "somebody"'))
    refused = run("render", document, "--format", "html", "-o", tmp_path / "x.html")
    assert refused.returncode == 2
    assert "changed after it was made" in refused.stderr


def test_no_older_form_stands_beside_a_newer_document(demo, tmp_path):
    vcf = demo / "demo/GRCh37/aicda-homozygote.vcf"
    assert run("run", vcf, "--out", tmp_path / "out").returncode == 0
    assert run("run", vcf, "--sex", "male", "--formats", "tsv", "--out", tmp_path / "out").returncode == 0
    assert {path.suffix for path in (tmp_path / "out/reports").iterdir()} == {".json", ".tsv"}


def test_a_folder_with_reports_of_other_people_is_refused_and_left_as_it_is(demo, tmp_path, capsys):
    """They would stand beside an index that does not list them; a second run of the same people is welcome."""
    out = tmp_path / "out"
    own = ["run", str(demo / "demo/GRCh38/clean.vcf"), "--out", str(out)]
    assert main(own) == main(own) == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert main(["run", str(demo / "demo/GRCh38/higm1-family.vcf"), "--out", str(out)]) == 2
    assert "HA-RUN-011" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
