"""The laboratory on the page: what it shows, what is refused, and that the document does not change with it."""

import json

import pytest

from higm_annot.cli import main
from higm_annot.problems import Refused
from higm_annot.report.document import failed
from higm_annot.report.html import render_html
from higm_annot.report.letterhead import LOGO_BYTES, read_letterhead
from higm_annot.report.render import render
from higm_annot.report.types import encode
from higm_annot.report.write import write_reports

PNG = b"\x89PNG\r\n\x1a\n" + b"dots"
FULL = {
    "name": "Laboratory <of> Genetics & more",
    "address": ["1 Example Road", "Exampletown"],
    "logo": "logo.png",
    "accreditation": "ISO 15189 No. 7",
    "disclaimer": "Developed by the laboratory.",
    "sign_off": ["Analysed by", "Reviewed by"],
}
BANNER = "Decision support, not a signed report."
UNSIGNED = "Not a signed report until each line below is signed and dated."


def written(folder, content=None, name="lab.json"):
    (folder / "logo.png").write_bytes(PNG)
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(FULL if content is None else content))
    return str(path)


def test_everything_of_the_letterhead_is_on_the_page_and_escaped(made, tmp_path):
    head = read_letterhead(written(tmp_path))
    page = render_html(made.boy(), head)
    for wanted in (
        "Laboratory &lt;of&gt; Genetics &amp; more", "1 Example Road", "ISO 15189 No. 7",
        "Developed by the laboratory.", "Analysed by", "Reviewed by", UNSIGNED, head.digest,
        'src="data:image/png;base64,',
    ):  # fmt: skip
        assert wanted in page
    assert BANNER in page
    assert "<of>" not in page


def test_toml_and_json_are_the_same(tmp_path):
    toml = "\n".join(f"{name} = {json.dumps(value)}" for name, value in FULL.items())
    assert read_letterhead(written(tmp_path, toml, "lab.toml")) == read_letterhead(written(tmp_path))


def test_without_a_letterhead_the_page_says_nothing_of_one(made):
    page = render_html(made.boy())
    assert read_letterhead("") is None
    for absent in ('class="wrap letterhead"', 'id="sign-off"', "img-src", "Letterhead"):
        assert absent not in page


def test_only_html_changes_with_the_letterhead(made, tmp_path):
    report, head = made.boy(), read_letterhead(written(tmp_path))
    assert render(report, "tsv", head) == render(report, "tsv")
    write_reports(tmp_path / "with", report, ("html", "tsv"), head)
    assert (tmp_path / "with" / "boy-1.json").read_bytes() == encode(report)


def test_what_must_not_be_released_has_no_lines_to_sign(made, tmp_path):
    head = read_letterhead(written(tmp_path))
    for report in (made.boy(hold=True), failed(made.intake(problems=(made.ERROR,)), made.PANEL)):
        page = render_html(report, head)
        assert "Analysed by" not in page
        assert UNSIGNED not in page
        assert "Developed by the laboratory." in page


@pytest.mark.parametrize(
    ("content", "name", "code", "reason"),
    [
        ("{", "lab.json", "HA-LAB-001", "truncated"),
        ("name = ", "lab.toml", "HA-LAB-001", "Invalid value"),
        ([], "lab.json", "HA-LAB-002", "Expected `object`"),
        ({}, "lab.json", "HA-LAB-002", "missing required field `name`"),
        ({"name": "  "}, "lab.json", "HA-LAB-002", r"\$\.name"),
        ({"name": "x" * 201}, "lab.json", "HA-LAB-002", "<= 200"),
        ({"name": "x", "adress": []}, "lab.json", "HA-LAB-002", "unknown field `adress`"),
        ({"name": "x", "address": "1 Example Road"}, "lab.json", "HA-LAB-002", r"\$\.address"),
        ({"name": "x", "sign_off": ["a"] * 9}, "lab.json", "HA-LAB-002", "<= 8"),
        ({"name": "x\u202ey"}, "lab.json", "HA-LAB-002", r"U\+202E"),
        ({"name": "x", "logo": "a\0b.png"}, "lab.json", "HA-LAB-002", r"U\+0000"),
        ('{"name":' * 100_000, "lab.json", "HA-LAB-001", "nested too deeply"),
        ("name = " + "[" * 100_000, "lab.toml", "HA-LAB-001", "nested too deeply"),
        ({"name": "x", "logo": "none.png"}, "lab.json", "HA-LAB-003", "No such file"),
        ({"name": "x", "logo": "lab.json"}, "lab.json", "HA-LAB-003", "neither a PNG nor a JPEG"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(tmp_path, content, name, code, reason):
    with pytest.raises(Refused, match=f"{code} error: .*{reason}"):
        read_letterhead(written(tmp_path, content, name))


def test_a_logo_that_is_too_large_is_refused(tmp_path):
    path = written(tmp_path)
    (tmp_path / "logo.png").write_bytes(PNG + b"x" * LOGO_BYTES)
    with pytest.raises(Refused, match=r"HA-LAB-003 error: .*100,012 bytes"):
        read_letterhead(path)


def test_run_refuses_a_bad_letterhead_before_anything_is_written(tmp_path, capsys):
    path = written(tmp_path, {"name": ""})
    assert main(["run", "--samples", "none.tsv", "--lab", path, "--out", str(tmp_path / "out")]) == 2
    assert "HA-LAB-002" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_render_puts_a_letterhead_on_a_document_made_without_one(made, tmp_path):
    write_reports(tmp_path, made.boy(), ())
    page = tmp_path / "page.html"
    options = ["--format", "html", "--lab", written(tmp_path), "-o", str(page)]
    assert main(["render", str(tmp_path / "boy-1.json"), *options]) == 0
    assert "1 Example Road" in page.read_text(encoding="utf-8")
