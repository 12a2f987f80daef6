"""Structural alleles by name and key: what the program prints is read back, in the build it is printed for."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.locate import locate
from higm_annot.intake.types import Allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene

PANEL = load_panel()
LOCI = tuple(PANEL.loci.values())
with Path(__file__).with_name("structural.tsv").open(encoding="utf-8") as table:
    ROWS = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def symbolic(build, contig, pos, alt, end, margins="", inserted=""):
    """As intake makes it: with the embedded base, N where there is none."""
    pieces = [one.slices[build] for one in LOCI if one.contig == contig and one.slices[build].covers(pos, pos)]
    base = pieces[0].base(pos) if pieces else "N"
    numbers = tuple(int(number) for number in margins.split(",")) if margins not in ("", "?") else (0, 0, 0, 0)
    return Allele(build, Contig(contig), pos, base, alt, end, False, not margins, numbers, inserted)


def of_row(row):
    build = Build(row["build"])
    return symbolic(build, row["contig"], int(row["pos"]), row["alt"], int(row["end"]), row["margins"], row["inserted"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['gene']}-{row['hgvs_g']}-{row['build']}")
def test_the_key_means_the_allele_and_the_names_mean_one_of_that_name(row):
    allele = of_row(row)
    assert locate(PANEL, allele.key).allele == allele
    told = annotate(PANEL, allele)
    by_g = annotate(PANEL, locate(PANEL, told.hgvs_g).allele)
    assert (by_g.hgvs_g, by_g.mane.hgvs_c, by_g.gene) == (told.hgvs_g, told.mane.hgvs_c, told.gene)
    if "exons_uncertain" not in told.mane.flags:  # then it depends on the best estimate, which a name does not have
        assert set(by_g.mane.terms) == set(told.mane.terms)
    for one in told.effects:
        if one.hgvs_c:
            again = annotate(PANEL, locate(PANEL, f"{one.accession}:{one.hgvs_c}", allele.build).allele)
            assert one.hgvs_c in {effect.hgvs_c for effect in again.effects if effect.accession == one.accession}


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(list(Gene)),
    st.sampled_from(list(Build)),
    st.floats(-0.1, 0.99),
    st.integers(1, 30000),
    st.sampled_from(["<DEL>", "<DUP>", "<DUP:TANDEM>", "<INV>", "<CNV>", "<INS>", "<DEL:ME:ALU>"]),
    st.sampled_from(["", "?", "-5,5,-7,7", "0,3,-4,0"]),
    st.sampled_from(["", "N[320]"]),
)
def test_every_key_and_genomic_name_is_read_back(gene, build, place, length, alt, margins, inserted):
    piece = PANEL.loci[gene].slices[build]
    pos = piece.start + int(place * (piece.end - piece.start))
    end = pos if alt == "<INS>" else pos + length
    if end < piece.start + 10:  # with margins a name may say less than what touches the locus
        return
    if alt == "<INS>" and margins.startswith("0,3"):
        return  # an insertion has one place, so that both of its margins are alike
    allele = symbolic(build, str(piece.contig), pos, alt, end, margins, inserted if alt in ("<DEL>", "<INS>") else "")
    assert locate(PANEL, allele.key).allele == allele
    told = annotate(PANEL, allele)
    if told.hgvs_g.endswith("="):
        return  # two or four bases that read the same inverted: no change, and so refused by name
    assert annotate(PANEL, locate(PANEL, told.hgvs_g).allele).hgvs_g == told.hgvs_g
    for key in told.keys.values():
        assert annotate(PANEL, locate(PANEL, key).allele).keys == told.keys


@pytest.mark.parametrize(
    ("name", "key", "remark"),
    [
        ("NC_000023.11:g.154558015_154569698del", "GRCh38:X:154558014:C:<DEL>:154569698", ""),
        ("NC_000023.11:g.136600000_136700000del", "GRCh38:X:136599999:N:<DEL>:136700000", ""),
        ("NC_000023.11:g.136643177_136662390dup", "GRCh38:X:136643176:N:<DUP:TANDEM>:136662390", ""),
        ("CD40LG:c.(156+1_157-1)_(346+1_347-1)del", "GRCh38:X:136650264:A:<DEL>:~-1859,0,0,1923:136654431", "MANE"),
        ("CD40LG:c.(?_289)_(346_?)del", "GRCh38:X:136654372:G:<DEL>:~?:136654430", "MANE"),
        ("CD40LG:c.(?_-73)_(156+1_157-1)del", "GRCh38:X:136648175:C:<DEL>:~?:136648405", "both are read as not known"),
        ("CD40LG:c.(156+1_157-1)_(346+1_347-1)[3]", "GRCh38:X:136650264:A:<CNV>:~-1859,0,0,1923:136654431", "person"),
        ("NC_000023.11:g.(?_136650001)_(136654500_?)del", "GRCh38:X:136650000:A:<DEL>:~?:136654500", ""),
        ("NC_000023.11:g.(136650000_136650001)_136654500del", "GRCh38:X:136650000:A:<DEL>:136654500", ""),
    ],
)
def test_names_from_reports_of_others(name, key, remark):
    found = locate(PANEL, name)
    assert found.allele.key == key
    assert remark in " ".join(found.remarks)


def test_a_structural_allele_inside_a_locus_has_a_key_in_both_builds():
    keys = annotate(PANEL, locate(PANEL, "GRCh38:X:136650000:A:<DEL>:136654500").allele).keys
    assert keys == {"GRCh37": "GRCh37:X:135732159:A:<DEL>:135736659", "GRCh38": "GRCh38:X:136650000:A:<DEL>:136654500"}
    (only,) = annotate(PANEL, locate(PANEL, "GRCh38:X:136600000:N:<DEL>:136654500").allele).keys
    assert only == "GRCh38"


def test_a_stretch_in_which_the_builds_differ_has_no_key_in_the_other():
    # GRCh37 has a T more in X:153766205 and C for T in X:153792168.
    for start, end in ((153766000, 153766400), (153792100, 153792300)):
        allele = symbolic(Build.GRCH37, "X", start, "<DEL>", end)
        assert list(annotate(PANEL, allele).keys) == ["GRCh37"]


def test_a_record_that_reaches_past_the_embedded_sequence_is_read_as_it_stands():
    piece = PANEL.loci["CD40LG"].slices[Build.GRCH38]
    key = f"GRCh38:X:{piece.start - 3}:ACG{piece.bases(piece.start, piece.start + 3)}:A"
    assert locate(PANEL, key).allele.key == key


def test_the_recurrent_deletion_has_a_key_in_both_builds():
    keys = annotate(PANEL, locate(PANEL, "NC_000023.11:g.154558015_154569698del").allele).keys
    assert keys == {
        "GRCh37": "GRCh37:X:153786229:C:<DEL>:153797913",
        "GRCh38": "GRCh38:X:154558014:C:<DEL>:154569698",
    }
    for key in keys.values():
        again = annotate(PANEL, locate(PANEL, key).allele)
        assert again.keys == keys
        assert "recurrent_deletion" in again.mane.flags
