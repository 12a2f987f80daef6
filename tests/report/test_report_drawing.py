"""Drawings: the numbers behind the figures say what the document says."""

import itertools
import re
from html.parser import HTMLParser

import msgspec
import pytest

from higm_annot.interpretation.types import ConclusionCode
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene
from higm_annot.report.drawing.gene import NARROW, WIDE, Mark, draw_gene, scale, structural
from higm_annot.report.drawing.pedigree import Member, draw_pedigree
from higm_annot.report.drawing.protein import draw_protein, features_of, residue, twin_residues
from higm_annot.report.drawing.scale import Box, Scale, hatching, place_labels
from higm_annot.report.figures import _place
from higm_annot.report.html import render_html
from higm_annot.report.types import RelativeBlock

EVERY = [(gene, build) for gene in Gene for build in Build]
TWINS = {Gene.PMS2: {9, 11, 12, 13, 14, 15}, Gene.IKBKG: set(range(3, 11))}
EXONS = {Gene.CD40LG: 5, Gene.CD40: 9, Gene.AICDA: 5, Gene.UNG: 7, Gene.IKBKG: 10, Gene.PMS2: 15}


def drawn(gene, build=Build.GRCH38, look=WIDE, states=None, marks=()):
    return draw_gene(gene, build, look, states or {}, marks)


def mark(label, start, end=None, **more):
    return Mark(label, start, end or start, "high", open=False, **more)


@pytest.mark.parametrize(("gene", "build"), EVERY)
@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_every_exon_is_drawn_once_from_five_prime_to_three_prime(gene, build, look):
    found = drawn(gene, build, look)
    assert [exon.number for exon in found.exons] == list(range(1, EXONS[gene] + 1))
    assert [exon.x for exon in found.exons] == sorted(exon.x for exon in found.exons)
    edges = [edge for exon in found.exons for box in exon.boxes for edge in (box.x, box.x + box.w)]
    assert all(right >= left - 0.15 for left, right in itertools.pairwise(edges))
    assert 0 <= edges[0] < edges[-1] <= look.width
    assert len(found.introns) == EXONS[gene] - 1


@pytest.mark.parametrize(("gene", "build"), EVERY)
def test_exons_with_a_pseudogene_twin_are_hatched_and_no_others(gene, build):
    found = drawn(gene, build)
    assert {exon.number for exon in found.exons if exon.hatch} == TWINS.get(gene, set())
    assert bool(found.twins) == (gene in TWINS)


def test_brackets_join_neighbouring_twins():
    assert [len(drawn(gene).twins) for gene in (Gene.PMS2, Gene.IKBKG)] == [2, 1]


@pytest.mark.parametrize("gene", list(Gene))
def test_coding_bases_are_to_scale(gene):
    model = load_panel().loci[gene].mane.models[Build.GRCH38]
    found = drawn(gene)
    shares = set()
    for exon, interval in zip(found.exons, model.exons, strict=True):
        bases = min(interval.end, model.cds.end) - max(interval.start, model.cds.start) + 1
        width = sum(box.w for box in exon.boxes if box.h == 28)
        assert (bases > 0) == (width > 0)
        if bases > 40:
            shares.add(round(width / bases, 2))
    assert max(shares) - min(shares) <= 0.011


def test_only_what_was_assessed_is_filled():
    found = drawn(Gene.CD40LG, states={1: "assessed", 2: "partly", 3: "not_assessed", 4: "assessed"})
    assert [exon.state for exon in found.exons] == ["assessed", "partly", "not_assessed", "assessed", "not_assessed"]
    assert [bool(exon.half) for exon in found.exons] == [False, True, False, False, False]


def test_an_exon_without_coding_bases_is_untranslated():
    assert drawn(Gene.IKBKG).exons[0].state == "untranslated"


@pytest.mark.parametrize(("gene", "build"), EVERY)
def test_lollipops_follow_the_coordinate_in_the_direction_of_the_gene(gene, build):
    locus = load_panel().loci[gene]
    model = locus.mane.models[build]
    span = range(min(exon.start for exon in model.exons), max(exon.end for exon in model.exons), 37)
    where = [scale(gene, build, WIDE)(position) for position in span]
    assert where == sorted(where, reverse=locus.strand < 0)
    first, last = span[0], span[-1]
    stems = {stem.label: stem.x for stem in drawn(gene, build, marks=(mark("a", first), mark("b", last))).stems}
    assert (stems["a"] < stems["b"]) == (locus.strand > 0)


@pytest.mark.parametrize("gene", [Gene.AICDA, Gene.PMS2])
def test_genes_of_the_minus_strand_start_at_their_highest_coordinate(gene):
    model = load_panel().loci[gene].mane.models[Build.GRCH38]
    start = model.cds.end  # the first coding base
    (stem,) = drawn(gene, marks=(mark("start", start),)).stems
    assert stem.x < drawn(gene).exons[1].boxes[0].x


def test_a_variant_stands_over_its_exon():
    found = drawn(Gene.CD40LG, marks=(mark("c.340del", 136654424),))
    (box,) = found.exons[2].boxes
    assert box.x <= found.stems[0].x <= box.x + box.w


def test_a_deletion_is_a_bar_over_what_it_takes():
    found = drawn(Gene.IKBKG, marks=(mark("del", 154558015, 154569698, structural=True),))
    (bar,) = found.bars
    boxes = {exon.number: exon.boxes for exon in found.exons}
    assert boxes[3][-1].x + boxes[3][-1].w < bar.box.x < boxes[4][0].x
    assert bar.box.x + bar.box.w >= boxes[10][-1].x + boxes[10][-1].w - 0.2
    assert (bar.open_left, bar.open_right, found.stems) == (False, True, ())


def test_what_is_a_bar():
    assert structural(10, 500, symbolic=False)
    assert structural(10, 12, symbolic=True)
    assert not structural(10, 12, symbolic=False)


def spans(items, labels, gap=8.0):
    for (x, width), label in zip(items, labels, strict=True):
        yield x, label.level, (label.x, label.x + width) if label.anchor == "start" else (label.x - width, label.x)


@pytest.mark.parametrize(
    "items",
    [
        [(10, 60), (12, 60), (14, 60), (300, 60)],
        [(880, 60), (900, 60), (915, 60)],
        [(100, 120), (250, 120), (700, 120), (790, 120), (850, 60), (910, 40)],
        [(5, 20)],
    ],
)
def test_labels_lie_on_no_other_label_and_no_stem(items):
    placed = list(spans(items, place_labels(items, 920)))
    for number, (x, level, (start, end)) in enumerate(placed):
        assert start >= -0.1
        assert end <= 920.1
        for other, (x2, level2, (start2, end2)) in enumerate(placed):
            if other != number:
                assert level != level2 or end <= start2 or end2 <= start
                assert not (start < x2 < end and level2 > level), "a stem would cross this label"
        assert x is not None


def test_scale_stands_still_outside_its_ends():
    line = Scale([(10, 0.0), (20, 100.0)])
    assert [line(value) for value in (0, 10, 15, 20, 99)] == [0.0, 0.0, 50.0, 100.0, 100.0]


def test_hatching_stays_in_its_box():
    numbers = [tuple(map(float, pair.split())) for pair in re.split("[ML]", hatching(Box(10, 20, 33, 28)))[1:]]
    assert len(numbers) > 10
    assert all(10 <= x <= 43 and 20 <= y <= 48 for x, y in numbers)


@pytest.mark.parametrize(
    ("name", "number"),
    [("p.(Gln114ArgfsTer7)", 114), ("p.(Arg112Cys)", 112), ("p.?", None), ("", None), ("p.(=)", None)],
)
def test_residue_of_a_protein_name(name, number):
    assert residue(name) == number


@pytest.mark.parametrize("gene", list(Gene))
@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_protein_parts_stand_at_their_residues(gene, look):
    length = load_panel().loci[gene].mane.protein_length
    marks = [mark(f"p.{number}", number) for number in (1, length // 2, length)]
    found = draw_protein(gene, Build.GRCH38, look, marks)
    assert len(found.features) == len(features_of(gene))
    assert [stem.x for stem in found.stems] == sorted(stem.x for stem in found.stems)
    assert found.ticks[0][1] == 1
    assert found.ticks[-1][1] == length
    for feature, drawing in zip(features_of(gene), found.features, strict=True):
        middle = draw_protein(gene, Build.GRCH38, look, [mark("m", (feature.start + feature.end) // 2)]).stems[0].x
        assert drawing.box.x - 1 <= middle <= drawing.box.x + drawing.box.w + 1


def test_residues_of_twin_exons_are_hatched():
    # c.904 is the first base of PMS2 exon 9, c.988 its last; c.1145 the first of exon 11 (exons.tsv)
    assert twin_residues(Gene.PMS2, Build.GRCH38, WIDE) == ((302, 330), (382, 862))
    assert twin_residues(Gene.IKBKG, Build.GRCH38, WIDE) == ((63, 419),)
    assert draw_protein(Gene.PMS2, Build.GRCH38, WIDE, []).hatch
    assert not draw_protein(Gene.CD40, Build.GRCH38, WIDE, []).hatch


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_what_a_premature_stop_leaves_changed_or_missing_runs_to_the_end(look):
    marks = [mark("stop", 100, to_end=True), mark("missense", 150), mark("shift", 200, to_end=True)]
    found = draw_protein(Gene.CD40LG, Build.GRCH38, look, marks)
    end = found.backbone.x + found.backbone.w
    assert [tone for _, tone in found.lost] == ["high", "high"]
    for (box, _), stem in zip(found.lost, (found.stems[0], found.stems[2]), strict=True):
        assert box.x == pytest.approx(stem.x, abs=look.width / 261)
        assert box.x + box.w == pytest.approx(end, abs=0.2)
        assert stem.y < box.y < box.y + box.h < stem.foot
    assert found.lost[0][0].y != found.lost[1][0].y
    assert not draw_protein(Gene.CD40LG, Build.GRCH38, look, [mark("missense", 150)]).lost


def test_pedigree_symbols():
    parents = {
        "father": Member("male", "unaffected", ("father",)),
        "mother": Member("female", "carrier_x", ("mother", "c.1A>G")),
    }
    found = draw_pedigree(Member("unknown", "affected", ("person",)), parents)
    assert [symbol.shape for symbol in found.symbols] == ["square", "circle", "diamond"]
    assert [symbol.proband for symbol in found.symbols] == [False, False, True]
    father, mother, child = found.symbols
    assert father.x < child.x < mother.x
    assert child.y > max(y for _, y in mother.lines)
    assert found.height > child.y + child.size


PARENTS = {
    "father": Member("male", "unaffected", ("father",)),
    "mother": Member("female", "carrier_x", ("mother", "c.1A>G", "heterozygous")),
}


@pytest.mark.parametrize("count", range(5))
def test_siblings_stand_beside_the_person_and_nothing_overlaps(count):
    child = Member("male", "affected", ("person tested", "c.1A>G", "hemizygous"))
    siblings = [Member("female", "unaffected", ("sister", "c.1A>G", "reference"), half=n == 1) for n in range(count)]
    found = draw_pedigree(child, PARENTS, siblings)
    children = found.symbols[2:]
    assert len(children) == 1 + min(count, 2)
    assert [symbol.proband for symbol in children] == [True, *[False] * (len(children) - 1)]
    assert len({symbol.y for symbol in children}) == 1
    middles = sorted(symbol.x + symbol.size / 2 for symbol in children)
    # A line of text has room for itself on either side, also at the edges.
    assert all(right - left >= 145 for left, right in itertools.pairwise(middles))
    assert middles[0] >= 60
    assert found.width - middles[-1] >= 60
    assert found.width <= 450
    assert found.height >= max(y for symbol in found.symbols for _, y in symbol.lines)
    assert min(symbol.y for symbol in children) > max(y for symbol in found.symbols[:2] for _, y in symbol.lines)
    # A line leads down to every child, dashed where one shared parent is known only.
    downs = {(round(x2), dashed) for _, _, x2, _, dashed in found.siblings}
    expected = [False, *(one.half for one in siblings[:2])] if count else []
    assert downs == {
        (round(symbol.x + symbol.size / 2), dashed) for symbol, dashed in zip(children, expected, strict=False)
    }


class Figures(HTMLParser):
    """Every SVG of a page with its classes, its text alternative and its elements."""

    def __init__(self):
        super().__init__()
        self.figures, self._inside, self._text = [], None, None

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "svg":
            self._inside = {"svg": values, "classes": [], "title": "", "desc": "", "text": []}
            self.figures.append(self._inside)
        elif self._inside is not None:
            self._inside["classes"].append(values.get("class", ""))
            self._text = tag if tag in ("title", "desc", "text") else None

    def handle_endtag(self, tag):
        if tag == "svg":
            self._inside = None
        self._text = None

    def handle_data(self, data):
        if self._inside is not None and self._text == "text":
            self._inside["text"].append(data)
        elif self._inside is not None and self._text:
            self._inside[self._text] += data


def figures(page):
    parser = Figures()
    parser.feed(page)
    return parser.figures


def of_gene(page, gene):
    return [one for one in figures(page) if one["svg"].get("data-gene", "").endswith(f"-{gene}")]


def test_the_page_draws_what_the_document_says(made):
    wide, narrow = of_gene(render_html(made.boy()), "CD40LG")
    for one in (wide, narrow):
        assert one["svg"]["role"] == "img"
        exons = [name for name in one["classes"] if name.startswith("exon ")]
        assert exons == ["exon assessed"] * 3 + ["exon partly", "exon assessed"]
        assert [*"12345", "c.340del"] == one["text"]
        assert "exons 1-3, 5: assessed" in one["desc"]
        assert "exon 4: assessed in part" in one["desc"]
        assert "c.340del" in one["desc"]


def test_without_reference_evidence_every_exon_is_a_hole(made):
    page = render_html(made.report(conclusions=(made.conclusion(ConclusionCode.NOT_ASSESSED),), shown=False))
    (one,) = of_gene(page, "CD40LG")
    assert [name for name in one["classes"] if name.startswith("exon")] == ["exon not_assessed"] * 5


def test_a_gene_with_a_twin_is_hatched_on_the_page(made):
    (one,) = of_gene(render_html(made.boy()), "PMS2")
    assert one["classes"].count("hatch") == 6
    assert one["classes"].count("exon not_assessed twin") == 6


def test_every_figure_has_a_text_alternative(made):
    page = render_html(made.boy(mother="m"))
    named = [one for one in figures(page) if one["svg"].get("aria-hidden") != "true"]
    assert len(named) >= 6
    for one in named:
        assert one["svg"]["role"] == "img"
        assert one["title"]
        assert one["desc"]
        for part in one["svg"]["aria-labelledby"].split():
            assert f'id="{part}"' in page


def test_an_insertion_and_an_odd_symbolic_allele_are_drawn(made):
    assert _place("GRCh38:X:100:A:ATT") == (100, 101)
    assert _place("GRCh38:X:100:ATT:A") == (101, 102)
    assert _place("GRCh38:X:100:AT:GC") == (100, 101)
    assert _place("GRCh38:X:100:A:T") == (100, 100)
    assert _place("GRCh38:X:100:N:<DUP:TANDEM>:900") == (101, 900)
    assert _place("GRCh38:X:100:N:<INS>:100") == (101, 101)


def tree(page):
    return next(one for one in figures(page) if one["svg"].get("class") == "fig tree")


def test_pedigree_on_the_page(made):
    key = made.allele("frameshift").key
    report = made.boy()
    blocks = (RelativeBlock("mother", "no", {key: "het"}, shown=True), RelativeBlock("father", "", {}, shown=False))
    page = render_html(msgspec.structs.replace(report, pedigree=blocks))
    one = tree(page)
    assert [name for name in one["classes"] if name.startswith("member")] == [
        "member outline",
        "member carrier_x",
        "member affected",
    ]
    assert one["text"] == [
        "father", "not shown", "mother", "c.340del", "heterozygous", "person tested", "c.340del", "hemizygous",
    ]  # fmt: skip
    assert "Drawn as mother: c.340del; heterozygous; carries it on one X, not affected." in one["desc"]


def test_no_record_and_reference_read_differently(made):
    key = made.allele("frameshift").key
    told = set()
    for state in ("hom_ref", "alternate_reads", "no_record", "not_placed", "no_call"):
        blocks = (RelativeBlock("mother", "no", {key: state}, shown=True),)
        told.add(tree(render_html(msgspec.structs.replace(made.boy(), pedigree=blocks)))["text"][4])
    assert told == {"reference", "some reads show it", "no usable record", "not known", "not called"}


def test_an_allele_that_may_not_be_shown_is_not_shown(made):
    report = msgspec.structs.replace(made.boy(), pedigree=(RelativeBlock("mother", "no", {}, shown=True),))
    assert tree(render_html(report))["text"][2:5] == ["mother", "c.340del", "not shown"]
    assert 'class="fig tree"' not in render_html(made.boy())


def test_without_an_allele_no_family_is_drawn(made):
    """An empty symbol would read as "carries nothing"."""
    report = made.report(conclusions=(made.conclusion(ConclusionCode.NO_FINDING),), mother="m")
    assert report.pedigree
    assert 'class="fig tree"' not in render_html(report)
