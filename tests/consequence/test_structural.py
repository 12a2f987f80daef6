"""Symbolic alleles and changes that reach past the embedded sequence."""

import pytest

from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

UNSURE = ("structural", "breakpoints_uncertain")


def exon_span(gene, number):
    exon = load_panel().loci[gene].mane.models[Build.GRCH38].exons[number - 1]
    return exon.start, exon.end


def test_the_common_ikbkg_deletion_loses_exons_4_to_10(effects):
    found = effects("GRCh38", "X", 154558013, "N", "<DEL>", 154569698)
    mane = found.mane
    assert found.hgvs_g == "NC_000023.11:g.154558014_154569698del"
    assert (mane.exon, mane.hgvs_c, mane.hgvs_p, mane.flags) == ("4-10/10", "c.?", "p.?", UNSURE)
    assert "exon_loss_variant" in mane.terms
    assert "stop_lost" in mane.terms


@pytest.mark.parametrize("symbolic", [True, False])
def test_loss_of_a_whole_exon_is_called_so_however_it_is_written(symbolic, effects):
    start, end = exon_span(Gene.IKBKG, 5)
    piece = load_panel().loci[Gene.IKBKG].slices[Build.GRCH38]
    given = ("N", "<DEL>", end + 60) if symbolic else (piece.bases(start - 51, end + 60), piece.base(start - 51), None)
    mane = effects("GRCh38", "X", start - 51, *given).mane
    assert set(mane.terms) == {
        "splice_acceptor_variant",
        "splice_donor_variant",
        "exon_loss_variant",
        "coding_sequence_variant",
        "intron_variant",
    }
    assert (mane.exon, mane.intron, mane.hgvs_p) == ("5/10", "4-5/9", "p.?")
    assert mane.hgvs_c == ("c.?" if symbolic else "c.519-50_671+60del")


def test_part_of_an_exon_is_not_the_exon(effects):
    start, end = exon_span(Gene.PMS2, 11)
    inside = effects("GRCh38", "7", start + 10, "N", "<DEL>", end - 10).mane
    assert inside.terms == ("coding_sequence_variant",)
    half = effects("GRCh38", "7", start + 10, "N", "<DEL>", end + 50).mane  # minus strand: over the acceptor
    assert half.terms == ("splice_acceptor_variant", "coding_sequence_variant", "intron_variant")
    assert (half.exon, half.intron) == ("11/15", "10/14")


@pytest.mark.parametrize(
    ("alt", "end", "name", "terms"),
    [
        ("<DEL>", 136650010, "136650001_136650010del", ("intron_variant",)),
        ("<DEL>", 136650001, "136650001del", ("intron_variant",)),
        ("<DEL:ME:ALU>", 136650300, "136650001_136650300del", None),
        ("<DEL>", 136650000, "136650001_?del", ("intron_variant",)),
        ("<DUP:TANDEM>", 136650320, "136650001_136650320dup", ("coding_sequence_variant", "intron_variant")),
        ("<INV>", 136650320, "136650001_136650320inv", ("coding_sequence_variant", "intron_variant")),
        ("<CNV>", 136650320, "136650001_136650320[?]", ("coding_sequence_variant", "intron_variant")),
        ("<INS>", 136650000, "136650000_136650001insN[?]", ("intron_variant",)),
        ("<INS:ME:L1>", 136650000, "136650000_136650001insN[?]", ("intron_variant",)),
    ],
)
def test_symbolic_names_and_terms(alt, end, name, terms, effects):
    found = effects("GRCh38", "X", 136650000, "N", alt, end)
    assert found.hgvs_g == f"NC_000023.11:g.{name}"
    assert found.keys == {"GRCh38": found.key}
    assert found.mane.flags == UNSURE
    if terms:
        assert found.mane.terms == terms


def test_an_insertion_of_unknown_length_in_a_splice_site_breaks_it(effects):
    start, _ = exon_span(Gene.CD40LG, 2)
    assert effects("GRCh38", "X", start - 2, "N", "<INS>", start - 2).mane.terms == ("splice_acceptor_variant",)


def test_beside_the_transcript_nothing_is_said_of_it(effects):
    found = effects("GRCh38", "X", 136643200, "N", "<DEL>", 136643300).mane
    assert (found.terms, found.hgvs_c, found.hgvs_p, found.exon) == (("upstream_gene_variant",), "", None, None)


@pytest.mark.parametrize(
    ("lost", "alt", "verb"),
    [(8, "", "del"), (8, "CCCC", "delinsCCCC")],
)
def test_past_the_embedded_sequence_a_change_is_named_as_written(lost, alt, verb, effects):
    piece = load_panel().loci[Gene.CD40LG].slices[Build.GRCH38]
    ref = piece.bases(piece.end - 3, piece.end) + "A" * (lost - 3)  # reaches five bases out
    base = ref[0]
    found = effects("GRCh38", "X", piece.end - 3, ref, base + alt, normalised=False)
    assert found.hgvs_g == f"NC_000023.11:g.{piece.end - 2}_{piece.end + 5}{verb}"
    assert {effect.flags for effect in found.effects} == {("outside_embedded_sequence",)}
    assert found.mane.terms == ("downstream_gene_variant",)


def test_the_3_prime_utr_of_pms2_goes_on_outside(effects):
    piece = load_panel().loci[Gene.PMS2].slices[Build.GRCH38]
    ref = "A" * 5 + piece.bases(piece.start, piece.start + 4)
    mane = effects("GRCh38", "7", piece.start - 5, ref, "A", normalised=False).mane
    assert (mane.terms, mane.exon) == (("3_prime_UTR_variant",), "15/15")


@pytest.mark.parametrize(("end", "lost"), [(136659412, False), (136659413, True)])
def test_the_stop_codon_is_lost_when_its_first_base_is(end, lost, effects):
    mane = effects("GRCh38", "X", 136659000, "N", "<DEL>", end).mane  # CD40LG: from intron 4; TGA begins at 136659413
    assert ("stop_lost" in mane.terms) is lost
    assert "exon_loss_variant" not in mane.terms


def test_a_gene_turned_around_is_not_a_copy(effects):
    mane = effects("GRCh38", "X", 136640000, "N", "<INV>", 136670000).mane
    assert "transcript_amplification" not in mane.terms
    assert mane.terms[0] == "coding_sequence_variant"
