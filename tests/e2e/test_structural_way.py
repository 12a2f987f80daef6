"""Structural records through the whole program, against ``structural.tsv``: what is concluded, and what is told.

``records`` are parted by ``;;``: place, ALT, INFO, then GT with CN. ``expected`` is a gene with the codes of its
conclusions, then problems of the report; several genes are parted by ``;;``.
"""

import csv
from pathlib import Path

import pytest

from higm_annot import pipeline
from higm_annot.explain import explain
from higm_annot.group import Group
from higm_annot.intake.sheet import sheet_of_cells
from higm_annot.reference.store import load_panel
from higm_annot.report.html import render_html as html

ROWS = list(csv.DictReader((Path(__file__).parent / "structural.tsv").read_text().splitlines(), delimiter="\t"))
HEADER = (
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End">',
    '##INFO=<ID=IMPRECISE,Number=0,Type=Flag,Description="Imprecise">',
    '##INFO=<ID=CHR2,Number=1,Type=String,Description="Contig of the other side">',
    '##FORMAT=<ID=CN,Number=1,Type=Float,Description="Copies">',
)
EVERYTHING = "".join(f"{contig}\t0\t250000000\n" for contig in ("7", "12", "20", "X"))


@pytest.fixture
def report(make_vcf, tmp_path):
    """``report(records, sex=…, coverage=…, build=…)``: the report of an affected person with these records."""

    def report_(records, *, sex="female", coverage=False, build="GRCh38", **cells):
        rows = []
        for record in records.split(";;"):
            place, alt, info, column = record.split()
            contig, pos = place.split(":")
            ref = load_panel_base(contig, int(pos), build) if "<" not in alt else "N"
            layout = "GT:CN" if ":" in column else "GT"
            rows.append((contig, pos, ref, alt, column, {"info": info, "format": layout}))
        path = make_vcf("sv.vcf", sorted(rows, key=lambda row: (row[0], int(row[1]))), build=build, header=HEADER)
        bed = tmp_path / "all.bed"
        bed.write_text(EVERYTHING, encoding="utf-8")
        given = {"coverage": str(bed)} if coverage else {}
        sheet = sheet_of_cells(
            [{"sample": "S1", "vcf": path, "vcf_sample": "S1", "sex": sex, "affected": "yes", **given, **cells}]
        )
        panel = load_panel()
        intakes = pipeline.intake_people(sheet.people, panel, None)
        assert not intakes[0].failed, intakes[0].problems
        known = pipeline.annotate_alleles(panel, pipeline.alleles_of(intakes), pytest.fail)
        return pipeline.report_on(intakes[0], Group(intakes, known, panel))[0]

    return report_


def load_panel_base(contig, pos, build):
    """The reference base of a place in the embedded sequence, N outside."""
    for locus in load_panel().loci.values():
        piece = locus.slices[build]
        if piece.contig == contig and piece.covers(pos, pos):
            return piece.base(pos)
    return "N"


def codes_of(found, gene):
    return [str(one.code) for one in found.conclusions if one.gene == gene]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
def test_what_is_concluded(report, row):
    found = report(row["records"], sex=row["sex"], coverage=row["coverage"] == "yes")
    told = {one.code for one in found.problems if one.severity != "info"}
    wanted = set()
    for part in row["expected"].split(";;"):
        gene, *words = part.split()
        wanted |= {word for word in words if word.startswith("HA-")}
        assert codes_of(found, gene) == [word for word in words if not word.startswith("HA-")]
    assert told == wanted


def test_where_the_file_contradicts_itself_it_is_said_and_confirmed_first(report):
    found = report("12:8600000 <DEL> END=8614000 0/1:0", coverage=True)
    (said,) = [one for one in found.conclusions if one.gene == "AICDA"]
    assert "copies_contradict_genotype" in said.why
    assert "call_quality" not in said.why
    assert "call_quality_noted" not in said.why


def test_a_count_that_decides_is_named_as_the_reason_of_the_state(report):
    (block,) = report("X:136640000 <CNV> END=136670000 .:0", sex="male").variants
    assert (block.state, "copies_counted" in block.reasons) == ("hemi", True)
    assert block.key.endswith("<DEL>:~?:136670000")


def test_a_change_that_cannot_be_read_stands_in_the_headline_and_leaves_no_exon_read(report):
    found = report("X:136652000 A[20:46118340[ . 1", sex="male", coverage=True)
    assert any("X:136652000" in sentence for sentence in found.headline.detail)
    basis = {block.gene: block.basis for block in found.assessment if block.basis != "paralogue"}
    assert (basis["CD40LG"], basis["CD40"], basis["AICDA"]) == ("allele_not_read", "allele_not_read", "callable_bed")


def test_a_record_over_two_genes_is_one_record_and_a_finding_in_each(report):
    found = report("X:1000000 <DEL> END=155000000 0/1")
    first, second = (next(one for one in found.conclusions if one.gene == gene) for gene in ("CD40LG", "IKBKG"))
    assert (first.status, second.status) == ("established", "unresolved_paralogue")  # CD40LG has no pseudogene
    assert "pseudogene" not in " ".join(first.reasons)
    assert [block.gene for block in found.variants] == ["CD40LG", "IKBKG"]
    assert (found.ledger.total, found.ledger.reported, found.ledger.balanced) == (1, 1, True)


def test_a_call_under_a_deletion_over_two_genes_lies_on_the_other_copy(report):
    found = report("12:8000000 <DEL> END=120000000 0/1;;12:8605308 A . 1")
    (said,) = [one for one in found.conclusions if one.gene == "AICDA"]
    assert str(said.code) == "disease_genotype"


def test_the_loss_of_an_exon_in_frame_is_not_told_as_a_truncation(report):
    found = report("7:5999000 <DEL> END=5999300 0/1")
    (said,) = [one for one in found.conclusions if one.gene == "PMS2"]
    assert "takes away exon 6 of PMS2 and keeps the reading frame" in said.reasons[0]
    assert "truncates" not in " ".join((*said.reasons, *found.headline.detail))


def test_what_a_structural_change_does_is_told_in_document_page_and_explanation(report):
    found = report("7:5999000 <DEL> END=5999300;IMPRECISE 0/1")
    (block,) = found.variants
    assert block.effect.flags == ("structural", "breakpoints_uncertain", "exon_loss:in_frame")
    page = html(found)
    assert "their length keeps the reading frame" in page
    assert "Its ends are not known to the base" in page
    (told,) = explain(load_panel(), block.key)
    assert any("keeps the reading frame" in said for said in told.effect)


def test_the_recurrent_deletion_is_named(report):
    found = report("X:154558014 <DEL> END=154569698 0/1")
    assert "recurrent 11.7-kb deletion of IKBKG" in html(found)


def test_where_the_pseudogene_has_no_known_place_the_report_says_so(report):
    older = report("X:153863821 <DEL> END=153875513 0/1", build="GRCh37")
    newer = report("X:154635610 <DEL> END=154647302 0/1")
    told = [[one for one in found.limits if "in GRCh38 only" in one] for found in (older, newer)]
    assert [len(one) for one in told] == [1, 0]


@pytest.mark.parametrize(
    ("column", "name"),
    [("./.:3", "g.(?_8600001)_(8614000_?)[3]"), ("./.:4", "g.(?_8600001)_(8614000_?)[4]")],
)
def test_a_gain_is_named_by_the_copies_counted(report, column, name):
    found = report(f"12:8600000 <CNV> END=8614000 {column}")
    (block,) = found.variants
    assert block.hgvs.g == f"NC_000012.12:{name}"
    assert all("ins[" not in said for one in found.conclusions for said in one.reasons)


def test_without_a_count_a_gain_is_an_insertion_of_unknown_place(report):
    (block,) = report("12:8600000 <DUP> END=8614000 0/1").variants
    assert block.hgvs.g == "NC_000012.12:g.?_?ins[NC_000012.12:g.8600001_8614000]"
