"""What an independent review made the program say wrongly, and what it says since."""

from __future__ import annotations

import json

import pytest

from higm_annot.cli import main
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

CALL = {"format": "GT:AD:DP:GQ"}
PMS2_NULL = ("7", 5999116, "G", "A", "0/1:20,20:40:99", CALL)  # c.697C>T, exon 6
ARTEFACT = ("7", 5978612, "GAT", "G")  # exon 13, PMS2CL-like
CD40_C83R = ("20", 46122349, "T", "C")  # c.247T>C
HEALTHY = {"sex": "female", "affected": "no", "mode": "carrier"}


@pytest.fixture
def report(make_vcf, tmp_path):
    def run(rows, cells, name="a"):
        path = make_vcf(f"{name}.vcf", sorted(rows, key=lambda row: (row[0], row[1])))
        sheet = tmp_path / f"{name}.tsv"
        sheet.write_text("\t".join(["sample", "vcf", *cells]) + "\n" + "\t".join(["S", path, *cells.values()]) + "\n")
        assert main(["run", "--samples", str(sheet), "--out", str(tmp_path / name)]) == 0
        return json.loads((tmp_path / name / "reports/S.json").read_text())

    return run


def conclusions(document, gene):
    return [one for one in document["conclusions"] if one["gene"] == gene]


def bed(tmp_path):
    lines = []
    for gene in Gene:
        locus = load_panel().loci[gene]
        lines += [f"{locus.contig}\t{e.start - 60}\t{e.end + 60}" for e in locus.mane.models[Build.GRCH38].exons]
    path = tmp_path / "all.bed"
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def test_the_bases_of_a_withheld_call_are_not_counted_in_its_exon(report):
    with_it, without = (
        report([PMS2_NULL], HEALTHY, "with"),
        report([("7", 6000000, "T", "C", "0/0", {})], HEALTHY, "none"),
    )
    assert with_it["assessment"] == without["assessment"]
    assert with_it["conclusions"] == without["conclusions"]


def test_a_call_that_cannot_be_placed_does_not_disclose_a_withheld_one(report):
    piece = load_panel().loci[Gene.PMS2].slices[Build.GRCH38]
    contig, pos, ref, _ = ARTEFACT
    assert piece.bases(pos, pos + len(ref) - 1)[0] == piece.base(pos)
    bases = piece.bases(pos, pos + 2)
    artefact = (contig, pos, bases, bases[0], "0/1:80,20:100:99", CALL)
    document = report([PMS2_NULL, artefact], HEALTHY)
    assert "697" not in json.dumps(document)
    assert {one["code"] for one in conclusions(document, "PMS2")} == {"not_assessed"}


@pytest.mark.parametrize("first", ["20", "chr20"])
def test_no_record_is_lost_where_contig_names_are_mixed(tmp_path, first):
    rows = [f"{first} 46122349 . T C 50 PASS . GT 0/1", "chrX 136654423 . GC G 50 PASS . GT 1"]
    path = tmp_path / "mixed.vcf"
    head = "##fileformat=VCFv4.2\n##contig=<ID=X,length=156040895>\n##contig=<ID=20,length=64444167>\n"
    columns = "#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT S"
    path.write_text(head + "".join("\t".join(line.split()) + "\n" for line in (columns, *rows)))
    assert main(["run", str(path), "--sex", "male", "--affected", "yes", "--out", str(tmp_path / "o")]) == 0
    document = json.loads((tmp_path / "o/reports/S.json").read_text())
    assert {one["gene"] for one in document["variants"]} == {"CD40", "CD40LG"}
    assert conclusions(document, "CD40LG")[0]["code"] == "disease_genotype"


@pytest.mark.parametrize("alt", ["*", "<STR5>", "G]7:100]"])
def test_a_carried_allele_that_is_set_aside_is_no_negative(report, tmp_path, alt):
    cells = {"sex": "male", "affected": "yes", "coverage": bed(tmp_path)}
    whole = report([("X", 136650000, "A", "C", "0", {})], cells, "whole")
    assert conclusions(whole, "CD40LG")[0]["code"] == "no_finding"
    document = report([("X", 136654424, "C", alt, "1:0,30:30:99", CALL)], cells, "aside")
    assert conclusions(document, "CD40LG")[0]["code"] == "not_assessed"


def test_the_other_copy_is_never_written_as_reference_where_the_file_says_it_is_not(report):
    for alts in ("C,*", "C,<NON_REF>", "C,A"):
        document = report([(*CD40_C83R[:3], alts, "1/2", {})], HEALTHY, alts.replace("<", "").replace("*", "x")[:3])
        assert "247=" not in json.dumps(document)
        if alts != "C,A":
            assert not any(one["code"] == "carrier" for one in conclusions(document, "CD40"))


def test_what_holds_only_in_the_gene_is_said_only_of_the_gene(report):
    document = report([("7", 5992018, "G", "A", "1/1:0,40:40:99", CALL)], {"sex": "female", "affected": "yes"})
    (conclusion,) = conclusions(document, "PMS2")
    assert conclusion["status"] == "unresolved_paralogue"
    assert conclusion["reasons"][0].startswith("Short reads cannot tell")
    for reason in conclusion["reasons"]:
        if "Both parents" in reason or "Both copies" in reason:
            assert reason.startswith("If it lies in the gene:")


def test_a_carrier_call_of_poor_quality_says_so(report):
    row = (*CD40_C83R, "0/1:1,2:3:5", {**CALL, "filter": "LowQual"})
    (conclusion,) = conclusions(report([row], HEALTHY), "CD40")
    assert "call_quality_noted" in conclusion["why"]


def test_loss_of_ikbkg_exon_5_speaks_of_the_autoinflammatory_disease(report):
    piece = load_panel().loci[Gene.IKBKG].slices[Build.GRCH38]
    exon = load_panel().loci[Gene.IKBKG].mane.models[Build.GRCH38].exons[4]
    ref = piece.bases(exon.start - 1, exon.end)
    document = report(
        [("X", exon.start - 1, ref, ref[0], "0/1:20,20:40:99", CALL)], {"sex": "female", "affected": "yes"}
    )
    (conclusion,) = conclusions(document, "IKBKG")
    assert conclusion["disease"] == "NDAS"
    assert "exon5_either_sex" in conclusion["why"]


def test_a_structural_change_is_named_by_its_place_and_exons(report):
    row = ("X", 154558014, "C", "<DEL>", "0/1", {"info": "END=154569698"})
    document = report([row], {"sex": "female", "affected": "yes"})
    assert "NC_000023.11:g.154558015_154569698del" in document["headline"]["text"]
    assert any("exons 4-10" in reason for reason in conclusions(document, "IKBKG")[0]["reasons"])
    assert "c.?" not in json.dumps([document["headline"], document["conclusions"]])


def test_a_mild_allele_is_told_as_what_it_is_known_for(report):
    row = ("X", 136648355, "T", "A", "1:0,40:40:99", CALL)  # c.107T>A
    (conclusion,) = conclusions(report([row], {"sex": "male", "affected": "yes"}), "CD40LG")
    assert any("Late and mild" in one["text"] for one in conclusion["expected_phenotype"])
    assert any("Late and mild" in one for one in conclusion["reasons"])


def test_consent_without_an_age_holds_the_report_for_the_laboratory(report, tmp_path):
    adult = report([PMS2_NULL], HEALTHY | {"consent_secondary": "yes", "age_at_sampling": "40y"}, "adult")
    unknown = report([PMS2_NULL], HEALTHY | {"consent_secondary": "yes"}, "unknown")
    assert (adult["release"], unknown["release"]) == ("ready", "hold")
    assert "HA-SHT-021" in (tmp_path / "unknown/problems.tsv").read_text()
    assert all(found["code"] != "HA-SHT-021" for found in unknown["problems"])
