"""PDF: the page on paper, whole, with its figures as they are drawn; a clear word where WeasyPrint is not there."""

import re

import pytest

from higm_annot.cli import main
from higm_annot.problems import Refused
from higm_annot.report import pdf
from higm_annot.report.document import failed
from higm_annot.report.formats import PDF
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.render import render


@pytest.fixture(scope="module")
def weasyprint():
    try:
        return pdf.program()
    except Refused as refusal:
        pytest.skip(str(refusal))


def test_drawings_carry_their_style_with_the_colours_of_paper(made):
    """Without it WeasyPrint fills every box, and an exon that was not read would look like one that was."""
    page = pdf.page_for_paper(made.boy())
    drawn = re.findall(r"<svg\b[^>]*><style>(.*?)</style>", page)
    assert len(drawn) == len(re.findall(r"<svg\b", page)) > 5
    assert set(drawn) == {drawn[0]}
    assert ".not_assessed .box{stroke:#3d4852;stroke-dasharray:3.5 2.5;fill:#fff}" in drawn[0]
    assert ".assessed .box{fill:#3f6f9f}" in drawn[0]
    assert "var(" not in drawn[0]


def test_every_line_lies_on_its_page(demo, weasyprint):
    document = weasyprint.HTML(string=pdf.page_for_paper(demo["DEMO-CD40-trans"])).render()
    assert len(document.pages) > 5
    for page in document.pages:
        box = page._page_box
        edge = box.margin_width() - box.margin_right
        for one in box.descendants():
            if type(one).__name__ == "TextBox" and one.text.strip():
                assert one.position_x + one.width <= edge + 1, one.text
                assert one.position_y + one.height <= box.margin_height(), one.text
    text = [
        "".join(one.text for one in page._page_box.descendants(placeholders=True) if type(one).__name__ == "TextBox")
        for page in document.pages
    ]
    for number, said in enumerate(text, 1):
        assert f"{number} / {len(text)}" in said
        assert "DEMO-CD40-trans" in said


def test_a_failed_sample_has_one_too_and_the_same_bytes_each_time(made, weasyprint):
    report = failed(made.intake(problems=(made.ERROR,)), made.PANEL)
    first = render(report, PDF)
    assert first == render(report, PDF)
    assert first.startswith(b"%PDF-")
    assert b"CreationDate" not in first


def test_nothing_is_loaded_but_the_logo_within_the_page(made, weasyprint, monkeypatch):
    """A 1 x 1 picture as a data address is drawn; an address outside is refused, and the page made without it."""
    page = '<img src="{}">'
    picture = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    drawn = {}
    for address in (picture, "https://example.org/x.png", "file:///etc/hostname"):
        monkeypatch.setattr(pdf, "page_for_paper", lambda *_, address=address: page.format(address))
        drawn[address] = b"/Image" in pdf.render_pdf(made.boy())
    assert list(drawn.values()) == [True, False, False]


def test_the_laboratory_s_letterhead_is_printed(made):
    letterhead = Letterhead("Laboratory of Tests", ("Street 1",), "", "", "", ())
    assert "Laboratory of Tests" in pdf.page_for_paper(made.boy(), letterhead)


@pytest.mark.parametrize(
    "error", [ImportError("No module named 'weasyprint'"), OSError("cannot load library 'libpango'")]
)
def test_without_weasyprint_nothing_is_written_and_the_way_is_told(make_vcf, tmp_path, monkeypatch, capsys, error):
    def absent(name):
        raise error

    monkeypatch.setattr(pdf, "import_module", absent)
    path = make_vcf("a.vcf", [("X", 136654423, "GC", "G", "1")])
    assert main(["run", path, "--out", str(tmp_path / "out"), "--formats", "html,pdf"]) == 2
    assert not (tmp_path / "out").exists()
    told = capsys.readouterr().err
    assert "HA-RUN-030" in told
    assert "higm-annot[pdf]" in told
