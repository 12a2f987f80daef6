"""SPDI and GA4GH VRS identifiers: worked by hand where that can be done, else held against the reference program."""

import pytest

from higm_annot.consequence.identifiers import Justified, justified, spdi, vrs_id
from higm_annot.consequence.locate import locate
from higm_annot.intake.types import Allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Slice

PANEL = load_panel()
SLICE = Slice(Build.GRCH38, Contig("X"), 101, 112, "GTCACACAGGTA")


@pytest.mark.parametrize(
    ("start", "ref", "alt", "expected"),
    [
        (104, "C", "T", Justified(104, 105, "C", "T", 0)),
        (102, "CA", "", Justified(102, 108, "CACACA", "CACA", 2)),
        (106, "CA", "", Justified(102, 108, "CACACA", "CACA", 2)),
        (104, "", "CA", Justified(102, 108, "CACACA", "CACACACA", 2)),
        (109, "", "TT", Justified(109, 109, "", "TT", 2)),
        (108, "G", "", Justified(108, 110, "GG", "G", 1)),
    ],
)
def test_an_allele_is_expanded_over_all_its_spellings(start, ref, alt, expected):
    assert justified(SLICE, start, ref, alt) == expected


def test_nothing_is_said_where_the_stretch_may_reach_beyond_the_sequence():
    assert justified(SLICE, 100, "G", "") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("X-136648355-T-A", "NC_000023.11:136648354:T:A"),
        ("CD40LG:c.340del", "NC_000023.11:136654423:C:"),
        ("X-136648355-T-TGG", "NC_000023.11:136648355::GG"),
    ],
)
def test_spdi(name, expected):
    assert spdi(locate(PANEL, name).allele) == expected


# Computed by ga4gh.vrs 2.3.3 (VRS 2.0) from the same alleles: exchange, deletion, duplication in a repeat, insertion.
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CD40LG:c.340del", "ga4gh:VA.33ZVBwVNMrhC2M3P70CYcNaL_QD7Tnwi"),
        ("AICDA:c.334C>T", "ga4gh:VA.FJagjme4QeWcyWb6yQAMmaQZH4kCi5HO"),
        ("CD40:c.256+2T>C", "ga4gh:VA.d-YS59GrQK6q5-Ls4qeAOlo5skUtjy5j"),
        ("PMS2:c.2117del", "ga4gh:VA.75Ko34uUGziKZ7N2F2NBz8WhubvAh6NV"),
        ("IKBKG:c.1167dup", "ga4gh:VA.bQmR6xa78QBcRJ5XhQFh1DbgRcRo8Fjf"),
        ("UNG:c.100_101insTTT", "ga4gh:VA.P3zUyBTFJX7pYl8lgLbJFlpZuZ00NFZN"),
        ("CD40LG:c.300_305dup", "ga4gh:VA.8PN4y5-LCOiNOK8mLoEiBUBdVX7oYuFS"),
        ("PMS2:c.137G>T", "ga4gh:VA.ylrQ5vk5z758SHFHrUdOLCH3zvx8fGzH"),
    ],
)
def test_vrs_identifiers_are_those_of_the_reference_program(name, expected):
    allele = locate(PANEL, name).allele
    piece = next(locus.slices[allele.build] for locus in PANEL.loci.values() if _holds(locus, allele))
    assert vrs_id(allele, piece) == expected


def _holds(locus, allele):
    piece = locus.slices[allele.build]
    return locus.contig is allele.contig and piece.covers(allele.pos, allele.end)


def test_a_symbolic_allele_has_none():
    locus = PANEL.loci[next(iter(PANEL.loci))]
    piece = locus.slices[Build.GRCH38]
    allele = Allele(Build.GRCH38, locus.contig, piece.start + 100, "N", "<DEL>", piece.start + 200)
    assert vrs_id(allele, piece) is None
