"""Every sentence of a page comes from a table with its source, and markup in the input stays text."""

import re
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files

import msgspec
import pytest

from higm_annot.cli import main
from higm_annot.interpretation import profile
from higm_annot.interpretation.types import ConclusionCode
from higm_annot.knowledge.facts import Fact
from higm_annot.knowledge.texts import Text, texts
from higm_annot.problems import catalogue
from higm_annot.report.document import failed
from higm_annot.report.html import TEMPLATES, read, render_html
from higm_annot.report.index import index_row, render_index
from higm_annot.report.render import read_report
from higm_annot.report.types import RelativeBlock

TOPICS = [
    "urgent", "picture", "onset", "laboratory", "course", "mechanism", "test", "management", "transplant", "family",
    "plain", "general", "outside_panel",
]  # fmt: skip
MINIMUM = 4
# What somebody else wrote: cells of the sheet, and the titles of sources.
FOREIGN = ("facts", "sources")


class Nodes(HTMLParser):
    """Text nodes of a page with the class of the nearest list or table that has one, and the keys of its sources."""

    VOID = frozenset({"meta", "br", "input"})

    def __init__(self):
        super().__init__()
        self.nodes, self.structure, self._open, self.keys = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.structure.append((tag, tuple(sorted(name for name, _ in attrs))))
        if tag not in self.VOID:
            self._open.append((tag, dict(attrs).get("class", "")))

    def handle_startendtag(self, tag, attrs):
        self.structure.append((tag, tuple(sorted(name for name, _ in attrs))))

    def handle_endtag(self, tag):
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data):
        tags = {tag for tag, _ in self._open}
        classes = [name for _, name in self._open]
        if tags & {"style", "script"} or not data.strip():
            return
        if "sources" in classes and classes[-1] == "soft":
            self.keys.append(data.strip())
        if not any(name in classes for name in FOREIGN):
            self.nodes.append(data.strip())


def parsed(page):
    parser = Nodes()
    parser.feed(page)
    return parser


def sentences(page):
    return [node for node in parsed(page).nodes if len(node.split()) >= MINIMUM and node.endswith(".")]


@cache
def templates():
    """Every printed text as a pattern, the most literal first, with its sources."""
    rows = [(row.text, row.source) for row in texts().values()]
    rows += [(part, ("software",)) for kind in catalogue().values() for part in (kind.message, kind.remedy)]
    found = []
    for sentence, source in rows:
        literals = re.split(r"\{\w+\}", sentence)
        if len(re.findall(r"[A-Za-z]{2,}", " ".join(literals))) >= 2:
            pattern = ".+?".join(map(re.escape, literals))
            found.append((len("".join(literals)), re.compile(pattern, re.DOTALL), source))
    return sorted(found, key=lambda one: -one[0])


def origins(node):
    """Sources of the texts a node is made of; None where some part of it comes from no table."""
    for _, pattern, source in templates():
        if pattern.fullmatch(node):
            return [source]
    for end in re.finditer(r"[.?!:]\s+", node):
        first = next((source for _, pattern, source in templates() if pattern.fullmatch(node[: end.start() + 1])), None)
        if first is not None:
            rest = origins(node[end.end() :])
            if rest is not None:
                return [first, *rest]
    return None


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    """Documents of the demonstration, made by the program itself, with one more fact of every topic."""
    folder = tmp_path_factory.mktemp("demonstration")
    with pytest.MonkeyPatch.context() as patch:
        known = profile.facts_of
        for topic in TOPICS:
            sentence = f"A sentence made for the test of topic {topic}."
            patch.setitem(texts(), f"fact.test_{topic}", Text(f"fact.test_{topic}", sentence, ("NBK1402",)))

        def facts_of(disease):
            mine = [topic for topic in TOPICS if (topic in ("general", "outside_panel")) == (not disease)]
            every = ("*",)
            added = [Fact(f"test_{topic}", topic, (), every, every, every, ("*",), "derived", "") for topic in mine]
            return (*known(disease), *added)

        patch.setattr(profile, "facts_of", facts_of)
        assert main(["demo", str(folder / "demo")]) == 0
        main(["run", "--samples", str(folder / "demo" / "samples.tsv"), "--out", str(folder / "out")])
        templates.cache_clear()
        yield [read_report(path) for path in sorted((folder / "out" / "reports").glob("*.json"))]
    templates.cache_clear()


def test_every_sentence_comes_from_a_table(demonstration):
    assert len(demonstration) >= 3
    lost = {node for report in demonstration for node in sentences(render_html(report)) if origins(node) is None}
    assert not lost


def test_every_clinical_sentence_has_its_sources_on_the_page(demonstration):
    clinical = 0
    for report in demonstration:
        page = render_html(report)
        listed = set(parsed(page).keys)
        for node in sentences(page):
            for source in origins(node) or []:
                wanted = set(source) - {"software"}
                clinical += bool(wanted)
                assert wanted <= listed, (report.sample.id, node, wanted - listed)
    assert clinical > 50


def test_every_statement_of_a_document_is_printed_with_its_numbers(demonstration):
    """Each once, however many conclusions give it."""
    for report in demonstration:
        page = render_html(report)
        nodes = parsed(page).nodes
        statements = [*report.background]
        for one in report.conclusions:
            statements += [*one.expected_phenotype, *one.facts]
        for statement in statements:
            assert nodes.count(statement.text) == 1, (report.sample.id, statement.text)
            if set(statement.source) - {"software"}:
                after = page.split(f">{statement.text}", 1)
                assert len(after) == 1 or after[1].lstrip().startswith('<span class="refs">'), statement.text


def test_topics_stand_where_they_belong(demonstration):
    report = next(one for one in demonstration if one.headline.code == "disease_genotype")
    page = render_html(report)
    order = [
        'id="next"', "topic urgent.", "topic test.", 'id="expected"', "topic picture.", "topic onset.",
        "topic laboratory.", "topic course.", "topic mechanism.", 'id="care"', "topic management.",
        "topic transplant.", 'id="relatives"', "topic plain.", "topic family.", 'id="beyond"', "topic general.",
        "topic outside_panel.", 'id="conclusions"',
    ]  # fmt: skip
    places = [page.index(wanted) for wanted in order]
    assert places == sorted(places)


def test_the_first_screen_stands_before_everything_else(demonstration):
    report = next(one for one in demonstration if one.headline.code == "disease_genotype")
    page = render_html(report)
    order = ['id="result"', 'id="unseen"', 'id="why"', 'id="sure"', 'id="next"', "<figure>", 'id="conclusions"']
    places = [page.index(wanted) for wanted in order]
    assert places == sorted(places)


def test_sentences_of_constructed_documents_are_those_of_the_document(made):
    documents = [
        made.boy(),
        made.boy(hold=True, mother="m"),
        made.report(conclusions=()),
        failed(made.intake(problems=(made.ERROR,)), made.PANEL),
    ]
    for report in documents:
        own = msgspec.json.encode(report).decode()
        said = set(re.findall(r'"((?:[^"\\]|\\.)*)"', own))
        said |= {f"{found.message} {found.remedy}" for found in report.problems}
        for node in sentences(render_html(report)):
            assert node in said or origins(node) is not None, node


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_hold_no_words_of_their_own(name):
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", read(name), flags=re.DOTALL)
    source = re.sub(r"\{\{.*?\}\}", "", source, flags=re.DOTALL)
    visible = re.findall(r'\b(?:title|alt|placeholder|aria-label|data-t)="([^"]*)"', source)
    bare = re.sub(r"<[^<>]*>", " ", source.partition("<!DOCTYPE html>")[2])
    macros = re.sub(r"<[^<>]*>", " ", source.partition("<!DOCTYPE html>")[0])
    assert not re.findall(r"[A-Za-z]+", f"{bare} {macros} {' '.join(visible)}")


# Names put together from a part and a code of the document.
COMPOSED = ("topic", "legend", "fill", "role", "unseen", "state", "read")


def test_every_label_of_the_page_is_used():
    folder = files("higm_annot").joinpath("report")
    modules = [path for place in (folder, folder.joinpath("drawing")) for path in place.iterdir()]
    modules.append(files("higm_annot").joinpath("genotype", "family.py"))  # the roles of relatives
    code = "".join(path.read_text(encoding="utf-8") for path in modules if path.name.endswith(".py"))
    code += "".join(read(name) for name in TEMPLATES)
    for row in texts():
        family, _, name = row.partition(".")
        if family in ("page", "draw", "index"):
            part = re.split(r"[._]", name)[0]
            composed = part in COMPOSED and re.search(rf"\b{part}[._]", code)
            assert composed or re.search(rf"\b{name}\b", code), row


EVIL = (
    '</title></style></script><script>alert(1)</script><img src=x onerror=alert(2)>"\' onload="x" {{ 7*7 }} &lt;b&gt;'
)
HARMLESS = "a harmless remark"


def laden(made, word):
    """A document in which everything that comes from an input says ``word``."""
    report = made.boy(sample=word, indication=word, family=word, hold=True)
    problem = msgspec.structs.replace(made.WARNING, message=word, remedy=word, file=word, site=word, line=3)
    blocks = []
    for block in report.variants:
        support = msgspec.structs.replace(
            block.support, genotype=word, filters=(word, "PASS"), places=(f"{word}:1 A>C", word)
        )
        blocks.append(
            msgspec.structs.replace(
                block, support=support, phase_set=word, location=word, outside=word, flags=(word,), region=word
            )
        )
    lead = msgspec.structs.replace(
        report.conclusions[0], reasons=(f"Confirmed by another assay: {word}.",), next_tests=(word,), penetrance=word
    )
    sample = msgspec.structs.replace(report.sample, affected=word, mode=word)
    relative = RelativeBlock("mother", word, {blocks[0].key: "het"}, shown=True)
    return msgspec.structs.replace(
        report,
        sample=sample,
        problems=(problem,),
        variants=tuple(blocks),
        conclusions=(lead, *report.conclusions[1:]),
        headline=msgspec.structs.replace(report.headline, text=word, detail=(word,)),
        ledger=msgspec.structs.replace(report.ledger, set_aside_by_rule={word: 1}),
        provenance=msgspec.structs.replace(report.provenance, build_witnesses=(word,), options=word),
        pedigree=(relative,),
        limits=(word,),
    )


def test_markup_in_the_input_makes_no_element_and_no_attribute(made):
    evil, harmless = render_html(laden(made, EVIL)), render_html(laden(made, HARMLESS))
    assert parsed(evil).structure == parsed(harmless).structure
    assert evil.count("&lt;script&gt;") >= 15
    assert "<script" not in evil
    assert "49" not in {node.strip() for node in parsed(evil).nodes}


def test_markup_in_the_index_makes_no_element_and_no_attribute(made):
    pages = [
        render_index([(index_row(laden(made, word)), f"reports/{word}.html"), (index_row(laden(made, word)), "")])
        for word in (EVIL, HARMLESS)
    ]
    assert parsed(pages[0]).structure == parsed(pages[1]).structure
    assert pages[0].count("<script") == 1


def test_nothing_withheld_or_for_the_laboratory_is_in_the_index(made):
    given = {"conclusions": made.boy_conclusions(), "problems": (made.LAB_ONLY, made.WARNING)}
    report = made.report("frameshift", "lynch", withheld=("lynch",), **given)
    page = render_index([(index_row(report), "x.html")])
    assert made.LAB_ONLY.code not in page
    assert made.LAB_ONLY.message not in page
    assert "c.1621C>T" not in page
    assert made.WARNING.code in page


def test_the_index_says_what_waits_for_another_assay(made):
    open_ = made.conclusion(ConclusionCode.DISEASE_GENOTYPE, "frameshift", status="unresolved_paralogue")
    row = index_row(made.boy(conclusions=(open_,)))
    assert (row.open, row.tone) == ("Unresolved: gene or pseudogene", "medium")
    assert (row.gene, row.person) == ("CD40LG", "male, diagnostic")
