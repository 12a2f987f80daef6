"""Rows of the outside-call file mean the same allele by every name it has, and none by a name it cannot have."""

from __future__ import annotations

import pytest

from higm_annot.consequence.outside_names import meant
from higm_annot.intake.types import OutsideCall, OutsideVerdict
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

PANEL = load_panel()


def call(variant, gene=Gene.CD40LG, verdict=OutsideVerdict.REFUTED):
    return OutsideCall("P", gene, variant, verdict, "Sanger", "", "2026-05-31", "", "outside.tsv", 2)


def read(variant, build=Build.GRCH38, **more):
    (found,), faults = meant(PANEL, [call(variant, **more)], build)
    assert not faults
    return found.key


def key_of(build):
    """The key of c.340del as the program itself gives it."""
    return read("NM_000074.3:c.340del", build)


@pytest.mark.parametrize("build", Build)
@pytest.mark.parametrize(
    "variant",
    [
        "c.340del",
        "c.340delC",
        "c.340_340del",
        "CD40LG:c.340del",
        "NM_000074.2:c.340del",
        "NM_000074:c.340del",
        "ENST00000370629.7:c.340del",
        "NC_000023.11(NM_000074.3):c.340del",
        "NC_000023.11:g.136654424del",
        "NC_000023.10:g.135736583del",
    ],
)
def test_every_name_of_an_allele_means_it_in_either_build(build, variant):
    assert key_of(build).startswith(f"{build}:X:")
    assert read(variant, build) == key_of(build)


@pytest.mark.parametrize("build", Build)
def test_a_place_without_a_build_is_read_in_that_of_the_calls(build):
    contig, pos, ref, alt = key_of(build).split(":")[1:]
    assert read(f"chr{contig}:{pos}:{ref}:{alt}", build) == key_of(build)
    other = next(one for one in Build if one is not build)
    assert read(key_of(other), build) == key_of(build)
    _, faults = meant(PANEL, [call(f"{contig}-{pos}-{ref}-{alt}")], other)
    assert [fault.code for fault in faults] == ["HA-OUT-009"]


@pytest.mark.parametrize(
    ("variant", "told"),
    [
        ("c.340G>T", "at c.340 stands C, not G"),
        ("c.340delG", "at c.340 stands C, not G"),
        ("c.99999del", "does not exist"),
        ("AICDA:c.334C>T", "it lies in AICDA"),
        ("GRCh38:12:8605308:G:A", "it lies in AICDA"),
        ("c.nonsense", "cannot be read"),
        ("NM_000546.6:c.1A>G", "no reference sequence of the panel"),
        ("CD40LG:p.Thr114fs", "give the c. name"),
    ],
)
def test_a_name_that_cannot_be_of_the_gene_is_a_fault_of_the_row(variant, told):
    found, (fault,) = meant(PANEL, [call(variant)], Build.GRCH38)
    assert found == ()
    assert (fault.code, fault.file, fault.line, fault.sample) == ("HA-OUT-009", "outside.tsv", 2, "P")
    assert told in fault.message


def test_names_with_uncertain_ends_and_exons_stay_as_written():
    rows = [
        call("c.(288+1_289-1)_(346+1_347-1)del"),
        call("exons 2-3", verdict=OutsideVerdict.REFERENCE),
    ]
    assert meant(PANEL, rows, Build.GRCH38) == (tuple(rows), ())


def test_the_key_of_a_symbolic_allele_is_read_from_either_build():
    deletion = "GRCh38:X:136650000:A:<DEL>:136654500"
    assert read(deletion, verdict=OutsideVerdict.CONFIRMED) == deletion
