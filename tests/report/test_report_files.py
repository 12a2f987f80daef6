"""Files: whole or not at all, in sheet order, readable again, and refused when they are not reports."""

import json
import os
import stat
import subprocess
import sys

import msgspec
import pytest

from higm_annot.intake.types import Person
from higm_annot.problems import Refused
from higm_annot.report import write
from higm_annot.report.document import failed
from higm_annot.report.formats import FORMATS, PDF, ending
from higm_annot.report.render import read_report, render
from higm_annot.report.run_files import RunFiles
from higm_annot.report.types import encode
from higm_annot.report.write import write_reports, write_whole

RUN_FILES = ["higm_annot_mqc.tsv", "index.html", "ledger.tsv", "problems.tsv", "run.json", "summary.tsv"]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def people(*samples):
    return [Person(sample=sample, vcf="x.vcf", vcf_sample=sample) for sample in samples]


def test_reports_are_written_and_read_back(made, tmp_path):
    report = made.boy()
    write_reports(tmp_path / "reports", report, ("html", "tsv"))
    assert names(tmp_path / "reports") == ["boy-1.html", "boy-1.json", "boy-1.tsv"]
    assert read_report(tmp_path / "reports" / "boy-1.json") == report
    for name in ("html", "tsv"):
        assert (tmp_path / "reports" / f"boy-1.{name}").read_bytes() == render(report, name)


def test_json_comes_last_and_an_old_one_goes_first(made, tmp_path, monkeypatch):
    write_reports(tmp_path, made.boy(), ("tsv",))
    seen = []

    def spy(path, content):
        seen.append((path.name, (tmp_path / "boy-1.json").exists()))
        write_whole(path, content)

    monkeypatch.setattr(write, "write_whole", spy)
    write.write_reports(tmp_path, made.boy(), ("html", "tsv"))
    assert seen == [("boy-1.html", False), ("boy-1.tsv", False), ("boy-1.json", False)]


def test_a_failed_rendering_leaves_nothing_new(made, tmp_path):
    with pytest.raises(Refused, match="HA-RUN-002"):
        write_reports(tmp_path, made.boy(), ("tsv", "docx"))
    assert names(tmp_path) == []


def test_an_interrupted_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.txt"
    write_whole(path, b"old")
    with pytest.raises(KeyboardInterrupt), write.whole_file(path) as file:
        file.write(b"half of the ne")
        raise KeyboardInterrupt
    assert (names(tmp_path), path.read_bytes()) == (["a.txt"], b"old")


def test_a_killed_process_leaves_no_half_file_under_the_name(tmp_path):
    program = (
        "import os, sys; from pathlib import Path; from higm_annot.report.write import whole_file\n"
        "with whole_file(Path(sys.argv[1])) as file:\n"
        "    file.write(b'x' * 100000); file.flush(); os._exit(9)\n"
    )
    path = tmp_path / "a.txt"
    assert subprocess.run([sys.executable, "-c", program, str(path)], check=False).returncode == 9
    assert not path.exists()


def test_files_have_the_permissions_of_the_umask(tmp_path):
    old = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.txt", b"")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="HA-RUN-007"):
        write_whole(tmp_path / "file" / "a.txt", b"")
    with pytest.raises(Refused, match="HA-RUN-007"), RunFiles(tmp_path / "file", [], []):
        pass


def test_a_pipe_or_device_is_refused_and_stays_what_it_is(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "stdout").symlink_to("/proc/self/fd/1")
    for path in (tmp_path / "pipe", tmp_path / "stdout"):
        before = path.lstat()
        with pytest.raises(Refused, match=r"HA-RUN-007 error: .*a device or a pipe"):
            write_whole(path, b"x")
        assert path.lstat().st_ino == before.st_ino


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1]",
        b'{"schema": "1.0"}',
        b"\xff\xfe",
        b'{"schema": 1}',
    ],
)
def test_what_is_not_a_report_is_refused(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(Refused, match="HA-RUN-021"):
        read_report(path)


def test_another_schema_version_is_refused_by_name(made, tmp_path):
    document = json.loads(encode(made.boy())) | {"schema": "9.9"}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))
    with pytest.raises(Refused, match=r"schema version is '9\.9'"):
        read_report(path)
    with pytest.raises(Refused, match="HA-RUN-021"):
        read_report(tmp_path / "missing.json")


def run_of(made, out, order):
    reports = {
        "b": made.boy(sample="b", problems=(made.WARNING, made.LAB_ONLY)),
        "a": made.boy(sample="a"),
        "c": failed(made.intake(sample="c", problems=(made.ERROR,)), made.PANEL),
    }
    with RunFiles(out, people("b", "a", "c"), [msgspec.structs.replace(made.ERROR, sample="b")]) as files:
        for sample in order:
            write_reports(out / "reports", reports[sample], ("html",))
            problems = (made.LAB_ONLY,) if sample == "b" else ()
            files.add(reports[sample], [made.ledger_row("frameshift"), made.SET_ASIDE], problems)
    return {name: (out / name).read_bytes() for name in names(out) if name != "reports"}


def test_run_files_keep_the_order_of_the_sheet(made, tmp_path):
    first = run_of(made, tmp_path / "1", "bac")
    assert sorted(first) == RUN_FILES
    assert first == run_of(made, tmp_path / "2", "cab")
    manifest = json.loads(first["run.json"])
    assert [one["id"] for one in manifest["samples"]] == ["b", "a", "c"]
    assert [(one["status"], one["release"], one["headline"]) for one in manifest["samples"]] == [
        ("complete", "hold", "disease_genotype"),
        ("complete", "ready", "disease_genotype"),
        ("failed", "hold", "failed"),
    ]
    samples = [line.split("\t")[0] for line in first["summary.tsv"].decode().splitlines()[1:]]
    assert samples == ["b", "b", "a", "a", "c"]


def test_lab_only_problems_stand_in_the_lab_files_only(made, tmp_path):
    files = run_of(made, tmp_path, "bac")
    assert b"HA-SEX-900" in files["problems.tsv"]
    for name in ("index.html", "summary.tsv", "run.json"):
        assert b"HA-SEX-900" not in files[name]
    assert files["ledger.tsv"].count(b"outside_the_panel") == 3


def test_index_links_to_the_pages_there_are(made, tmp_path):
    page = run_of(made, tmp_path, "bac")["index.html"].decode()
    assert 'href="reports/b.html"' in page
    assert "1 ready to release, 1 on hold, 1 failed" in page


def test_a_broken_run_leaves_no_run_files(made, tmp_path):
    with pytest.raises(KeyboardInterrupt), RunFiles(tmp_path / "out", people("boy-1"), []) as files:
        files.add(made.boy(), [made.SET_ASIDE], [])
        raise KeyboardInterrupt
    assert names(tmp_path / "out") == []


def test_one_sample_path_imports_no_heavy_module():
    program = (
        "import sys; import higm_annot.report.document, higm_annot.report.run_files, higm_annot.report.html;"
        "print(sorted({'pandas', 'pysam', 'requests', 'jsonschema', 'snakemake', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_form_never_takes_the_name_of_an_input_or_of_another_sample_s_document(made, tmp_path):
    write_reports(tmp_path, made.boy(), [name for name in FORMATS if name != PDF])
    assert names(tmp_path) == sorted(["boy-1.json", *(f"boy-1.{ending(name)}" for name in FORMATS if name != PDF)])
    assert [path.name for path in tmp_path.glob("*.json")] == ["boy-1.json"]
    assert not (tmp_path / "boy-1.vcf").exists()
