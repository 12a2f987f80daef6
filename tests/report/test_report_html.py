"""The page: complete, escaped, self-contained, and the same bytes every time."""

import itertools
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from markupsafe import escape

from higm_annot.evidence.types import AboutSource
from higm_annot.genotype.types import Role
from higm_annot.interpretation.types import ConclusionCode, Status
from higm_annot.report import html
from higm_annot.report.document import failed
from higm_annot.report.html import TEMPLATES, css_string, environment, read, render_html
from higm_annot.report.index import index_row, render_index
from higm_annot.report.precompile import compiled, module_path
from higm_annot.report.tsv import render_tsv
from higm_annot.report.types import Provenance

GOLDEN = Path(__file__).with_name("golden")
FIXED = Provenance(
    "higm_annot 0",
    "0.2",
    "reference",
    "knowledge",
    (AboutSource("snapshot", "snapshot", "release 1", "2025", "ef", "its terms"),),
    "GRCh38",
    ("contig lengths",),
    {"sample": "cd"},
    "sex=male",
)
LANDMARKS = {"header", "main", "footer", "script"}
EVIL = "<script>alert(1)</script>\"'&"


class Loads(HTMLParser):
    """Everything a page would fetch, its scripts, and whether its tags are closed in order."""

    VOID = frozenset({"meta", "br", "input"})

    def __init__(self):
        super().__init__()
        self.loads, self.scripts, self.open, self.ids, self.targets = [], 0, [], [], []
        self.headings, self.outside = [], []

    def handle_data(self, words):
        if words.strip() and "body" in self.open and not LANDMARKS & {*self.open}:
            self.outside.append((self.open[-1], words))

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.loads += [value for name, value in attrs if name in ("src", "srcset", "data", "poster", "background")]
        self.loads += [values.get("href", "")] * (tag in ("link", "base"))
        self.scripts += tag == "script"
        self.ids += [value for name, value in attrs if name == "id"]
        if tag == "a" and values["href"].startswith("#"):
            self.targets.append(values["href"][1:])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def parsed(page):
    parser = Loads()
    parser.feed(page)
    assert parser.open == []
    return parser


def fixed(report):
    return msgspec.structs.replace(report, provenance=FIXED, digest="0" * 64)


@pytest.mark.parametrize(("name", "render"), [("boy.html", render_html), ("boy.tsv", render_tsv)])
def test_golden(made, name, render):
    """After a wanted change: ``HIGM_UPDATE_GOLDEN=1 pytest tests/report``, then read the difference."""
    text = render(fixed(made.boy()))
    if os.environ.get("HIGM_UPDATE_GOLDEN"):
        (GOLDEN / name).write_bytes(text.encode())
    assert text.encode() == (GOLDEN / name).read_bytes()


def test_page_loads_nothing_and_links_within_itself(made):
    page = parsed(render_html(made.boy()))
    assert (page.loads, page.scripts) == ([], 0)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.targets) <= set(page.ids)
    assert "url(" not in render_html(made.boy())
    assert "@import" not in render_html(made.boy())


def test_index_loads_nothing_and_has_its_one_script(made):
    page = parsed(render_index([(index_row(made.boy()), "reports/boy-1.html")]))
    assert (page.loads, page.scripts) == ([], 1)


def test_the_rows_that_wait_are_those_after_the_first_page():
    """The style sheet keeps them from being laid out until the script has taken them out of the document."""
    page = int(re.search(r"PAGE = (\d+);", read("index.js"))[1])
    hidden = re.search(r"not\(\.ready\) tbody tr:nth-child\(n\+(\d+)\)\{display:none\}", read("index.css"))
    assert int(hidden[1]) == page + 1
    assert 'classList.add("ready")' in read("index.js")


def test_everything_is_escaped(made):
    report = made.boy(indication=EVIL, family=EVIL, sample=EVIL)
    evil = msgspec.structs.replace(made.WARNING, message=EVIL)
    report = msgspec.structs.replace(report, problems=(evil,), limits=(EVIL,))
    page = render_html(report)
    assert parsed(page).scripts == 0
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 5
    index = render_index([(index_row(report), "")])
    assert parsed(index).scripts == 1
    assert "alert(1)</script>" not in index


def test_result_then_warnings_stand_first(made):
    page = render_html(made.boy(hold=True))
    order = [
        "On hold",
        "Genotype expected to cause",
        "Few reads.",
        "Conclusions by gene",
        "Variants named",
        "What was assessed",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_headings_step_down_one_at_a_time_and_words_stand_in_landmarks(made):
    index = render_index([(index_row(made.boy()), "reports/boy-1.html")])
    for html_page in (render_html(made.boy(hold=True)), render_html(made.report(conclusions=())), index):
        page = parsed(html_page)
        assert page.headings[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(page.headings))
        assert {tag for tag, _ in page.outside} <= {"a"}  # the link past the header


def test_banner_stands_on_every_page(made):
    for report in (made.boy(), failed(made.intake(problems=(made.ERROR,)), made.PANEL)):
        assert "Decision support, not a signed report." in render_html(report)


def test_failed_page_has_the_reason_and_no_results(made):
    page = render_html(failed(made.intake(problems=(made.ERROR,)), made.PANEL))
    parsed(page)
    assert "The file ends early." in page
    assert "Conclusions by gene" not in page


def test_page_is_complete(made):
    """Names, class with each criterion, evidence, source with PMID, limits and the secondary sentence are all there."""
    report = made.boy()
    page = render_html(report)
    for wanted in (
        "c.340del", "p.(Gln114ArgfsTer7)", "NM_009999.1", "PVS1", "A frameshift with decay expected.", "RCV0001",
        "not current", "PMID 8094231", "CD40L flow cytometry", "chrX:136654423 AC>A", "c.-1T>C", report.digest,
        "X-linked recessive", "balance 0.98", report.secondary_statement, *report.limits,
    ):  # fmt: skip
        assert str(escape(wanted)) in page, wanted


def test_unresolved_conclusion_says_what_confirmation_would_mean(made):
    open_ = made.conclusion(
        ConclusionCode.DISEASE_GENOTYPE,
        "frameshift",
        status=Status.UNRESOLVED_PARALOGUE,
        if_confirmed=ConclusionCode.DISEASE_GENOTYPE,
    )
    page = render_html(made.boy(conclusions=(open_,)))
    assert "Unresolved: gene or pseudogene" in page
    assert "If confirmed: Disease genotype" in page


def test_a_page_for_a_person_without_anything(made):
    page = render_html(made.report(conclusions=()))
    parsed(page)
    assert "No variant is named by a conclusion." in page


@pytest.mark.parametrize("name", TEMPLATES)
def test_compiled_templates_are_those_of_the_sources(name):
    """After a change of a template: ``python -m higm_annot.report.precompile``."""
    assert compiled(name) == module_path(name).read_text(encoding="utf-8")


def test_another_version_of_jinja_compiles_the_sources(made, monkeypatch):
    expected = render_html(made.boy())
    monkeypatch.setattr(html.jinja2, "__version__", "0")
    html.template.cache_clear()
    try:
        assert html.template("report.html") is html.environment().get_template("report.html")
        assert render_html(made.boy()) == expected
    finally:
        html.template.cache_clear()


def test_every_member_of_a_family_whose_records_count_is_named_in_the_provenance(made):
    """A page must not fall for want of a word: somebody's records were cut, whoever it is."""
    report = made.boy()
    roles = ("sample", "mother", "father", *(f"{role} 1" for role in Role), "family 1", "family 12")
    records = dict.fromkeys(roles, "cd" * 32)
    report = msgspec.structs.replace(report, provenance=msgspec.structs.replace(report.provenance, cut_records=records))
    page = render_html(report)
    assert "Cut records of the member of the family 12" in page
    assert page.count("Cut records of the ") == len(roles)


def test_a_missing_value_is_an_error():
    with pytest.raises(Exception, match="undefined"):
        environment().from_string("{{ nothing }}").render()


@pytest.mark.parametrize("name", ["P-1", 'a";}@import url(//x)', "</style><script>", "\\", "\n", "é\u2028"])
def test_a_printed_page_bears_the_sample_and_nothing_in_its_name_can_leave_the_string(name):
    written = str(css_string(name))
    assert re.fullmatch(r'"(?:[A-Za-z0-9]|\\[0-9a-f]{6})*"', written)
    assert re.sub(r"\\([0-9a-f]{6})", lambda found: chr(int(found[1], 16)), written[1:-1]) == name
