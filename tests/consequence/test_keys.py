"""The key of an allele in the other build is the same change, or there is none."""

from __future__ import annotations

from higm_annot.consequence.annotate import annotate
from higm_annot.intake.types import Allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig


def keys(build, contig, pos, ref, alt):
    return annotate(load_panel(), Allele(build, contig, pos, ref, alt, pos + len(ref) - 1)).keys


def test_a_change_is_found_in_both_builds():
    expected = {"GRCh37": "GRCh37:X:135736582:GC:G", "GRCh38": "GRCh38:X:136654423:GC:G"}
    assert keys(Build.GRCH38, Contig.CHRX, 136654423, "GC", "G") == expected


def test_a_base_that_only_one_build_has_is_not_a_change_in_the_other():
    assert keys(Build.GRCH37, Contig.CHRX, 153766205, "G", "GT") == {"GRCh37": "GRCh37:X:153766205:G:GT"}


def test_a_base_in_which_the_builds_differ_has_no_key_in_the_other():
    assert keys(Build.GRCH37, Contig.CHRX, 153792168, "T", "C") == {"GRCh37": "GRCh37:X:153792168:T:C"}
