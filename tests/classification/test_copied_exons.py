"""Exons repeated in tandem, by the duplication branch of the PVS1 tree (Abou Tayoun 2018), reasoned by hand.

Proven in tandem, reading frame disrupted and decay predicted: PVS1. Presumed in tandem: one level less. In frame, with
the start or stop codon, reaching out of the gene, or without decay: nothing.
"""

import pytest

from higm_annot.annotated import annotate_allele
from higm_annot.classification.types import Class
from higm_annot.intake.types import Allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

PANEL = load_panel()


def copied(gene, first, last, *, alt="<DUP:TANDEM>", exact=True, margins=(0, 0, 0, 0)):
    """These exons of MANE Select with 60 bases on either side."""
    locus = PANEL.loci[Gene(gene)]
    exons = [locus.mane.models[Build.GRCH38].exons[number - 1] for number in (first, last)]
    start, end = min(exon.start for exon in exons) - 60, max(exon.end for exon in exons) + 60
    allele = Allele(Build.GRCH38, locus.contig, start - 1, "N", alt, end, False, exact, margins)
    return annotate_allele(PANEL, allele)


@pytest.mark.parametrize(
    ("gene", "first", "last", "criteria", "caps"),
    [
        ("CD40LG", 2, 3, ["PVS1"], ()),  # 132 + 58 = 190 bases
        ("CD40LG", 2, 2, [], ()),  # 132 bases: in frame
        ("AICDA", 2, 2, ["PVS1"], ()),  # 148 bases
        ("AICDA", 5, 5, [], ()),  # holds the stop codon: a whole reading frame remains before the copy
        ("CD40", 1, 1, [], ()),  # holds the start codon
        ("IKBKG", 4, 4, ["PVS1"], ()),  # 119 bases
        ("PMS2", 13, 13, ["PVS1"], ()),  # 101 bases
        ("UNG", 2, 2, [], ()),  # 207 bases: in frame
        ("UNG", 4, 4, ["PVS1_Strong"], ("ung_validity_moderate",)),  # 98 bases
    ],
)
def test_a_junction_seen_to_the_base_proves_the_tandem(gene, first, last, criteria, caps):
    found = copied(gene, first, last).allele_class
    assert ([item.code for item in found.criteria], found.caps) == (criteria, caps)
    assert found.class_ is (Class.LIKELY_PATHOGENIC if criteria == ["PVS1"] else Class.UNCERTAIN)


@pytest.mark.parametrize("margins", [(0, 0, 0, 0), (-5, 5, -5, 5)])
def test_a_tandem_without_its_junction_is_presumed(margins):
    found = copied("CD40LG", 2, 3, exact=False, margins=margins).allele_class
    assert [item.code for item in found.criteria] == ["PVS1_Strong"]
    assert found.caps == ("copy_presumed",)
    assert found.class_ is Class.UNCERTAIN


def test_where_the_ends_leave_open_which_exons_are_copied_nothing_is_counted():
    found = copied("CD40LG", 2, 3, exact=False, margins=(0, 100, 0, 0)).allele_class
    assert found.criteria == ()


def test_a_copy_of_unknown_place_is_no_null_change():
    assert copied("CD40LG", 2, 3, alt="<DUP>").allele_class.criteria == ()


def test_the_stop_is_looked_for_in_the_copy_and_its_decay_with_it():
    mane = copied("CD40LG", 2, 3).effects.mane
    assert mane.escapes_nmd is False
    assert mane.stop_codon > 346 // 3  # behind the first copy, which is read in frame
    assert mane.hgvs_p == "p.?"


def test_a_copy_whose_stop_escapes_decay_does_not_count():
    """Every inner exon of the panel that shifts the frame; wherever the stop lies, decay decides."""
    for gene in Gene:
        count = len(PANEL.loci[gene].mane.models[Build.GRCH38].exons)
        for exon in range(2, count):
            one = copied(gene, exon, exon)
            if one.effects.mane.escapes_nmd and "tandem_copy:shifts" in one.effects.mane.flags:
                assert "copy_escapes" in one.allele_class.caps
                assert one.allele_class.criteria == ()
