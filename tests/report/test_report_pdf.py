"""PDF: the page on paper, whole, with its figures as they are drawn; a clear word where WeasyPrint is not there."""

from types import SimpleNamespace

import pytest

from higm_annot.cli import main
from higm_annot.problems import Refused
from higm_annot.report import pdf
from higm_annot.report.document import failed
from higm_annot.report.formats import PDF
from higm_annot.report.html import render_html
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.render import render


@pytest.fixture(scope="module")
def weasyprint():
    try:
        return pdf.program()
    except Refused as refusal:
        pytest.skip(str(refusal))


def painted(page):
    """Elements of drawings: their class and those around them, with their paint."""
    found = []

    def walk(element, around):
        classes = (*around, *element.get("class", "").split())
        if element.tag.startswith("{http://www.w3.org/2000/svg}"):
            found.append((set(classes), element.get("style", "")))
        for child in element:
            walk(child, classes)

    walk(pdf.document(page).etree_element, ())
    return found


def test_drawings_are_painted_in_the_colours_of_paper(made, weasyprint):
    """Without it WeasyPrint fills every box, and an exon that was not read would look like one that was."""
    drawn = painted(render_html(made.boy()))
    coding = [(classes, style) for classes, style in drawn if "utr" not in classes]
    unread = {style for classes, style in coding if {"exon", "not_assessed", "box"} <= classes}
    read = {style for classes, style in coding if {"exon", "assessed", "box"} <= classes}
    assert len(unread) == len(read) == 1
    assert "fill:#fff" in unread.pop()
    assert "fill:#3f6f9f" in read.pop()
    assert not any("var(" in style for _, style in drawn)


def test_a_rule_that_looks_at_the_page_around_a_drawing_counts(weasyprint):
    page = '<style></style><table><tr class="{}"><td><svg class="fig mark-of"><circle r="4"/></svg></td></tr></table>'
    (_, found), (_, absent) = (painted(page.format(one))[-1] for one in ("present", "excluded"))
    assert "fill:#000" in found
    assert "fill:none" in absent


def test_every_line_lies_on_its_page(demo, weasyprint):
    laid_out = pdf.document(render_html(demo["DEMO-CD40-trans"])).render()
    assert len(laid_out.pages) > 5
    for page in laid_out.pages:
        box = page._page_box
        edge = box.margin_width() - box.margin_right
        for one in box.descendants():
            if type(one).__name__ == "TextBox" and one.text.strip():
                assert one.position_x + one.width <= edge + 1, one.text
                assert one.position_y + one.height <= box.margin_height(), one.text
    text = [
        "".join(one.text for one in page._page_box.descendants(placeholders=True) if type(one).__name__ == "TextBox")
        for page in laid_out.pages
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


def test_nothing_is_loaded_but_the_logo_within_the_page(weasyprint):
    """A 1 x 1 picture as a data address is drawn; an address outside is refused, and the page made without it."""
    picture = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    addresses = (picture, "https://example.org/x.png", "file:///etc/hostname")
    assert [b"/Image" in pdf.document(f'<img src="{one}">').write_pdf() for one in addresses] == [True, False, False]


def test_the_laboratory_s_letterhead_is_printed(made, monkeypatch):
    letterhead = Letterhead("Laboratory of Tests", ("Street 1",), "", "", "", ())
    seen = []
    monkeypatch.setattr(pdf, "document", lambda page: seen.append(page) or SimpleNamespace(write_pdf=bytes))
    assert render(made.boy(), PDF, letterhead) == b""
    assert "Laboratory of Tests" in seen[0]


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
