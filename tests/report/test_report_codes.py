"""Codes of other systems: everything the program can say has its code, or is left to words on purpose."""

import pytest

from higm_annot.classification.types import Class
from higm_annot.consequence.terms import RANKED
from higm_annot.genotype.types import PhaseVerdict, Zygosity
from higm_annot.intake.types import Mode
from higm_annot.knowledge.tables import diseases, sources
from higm_annot.reference.types import Build, Contig
from higm_annot.report.codes import code_of, codes
from higm_annot.report.placed import placed

CODED = {
    "class": Class,
    "build": Build,
    "chromosome": Contig,
    "source_class": Mode,
    "phase": PhaseVerdict,
    "consequence": [term for term, _ in RANKED],
    "inheritance": sorted({row.inheritance for row in diseases().values()}),
}


@pytest.mark.parametrize("kind", CODED)
def test_everything_of_a_kind_has_a_code(kind):
    assert [one for one in CODED[kind] if code_of(kind, one) is None] == []


@pytest.mark.parametrize("kind", ["allelic_state", "geno_state"])
def test_only_states_that_are_sure_are_coded(kind):
    assert {state for state in Zygosity if code_of(kind, state)} == {Zygosity.HET, Zygosity.HOM, Zygosity.HEMI}


def test_every_code_has_its_source():
    assert {key for row in codes().values() for key in row.source} <= sources().keys()


@pytest.mark.parametrize(
    ("key", "ref", "alt", "changed", "exact"),
    [
        ("GRCh38:X:136654423:GC:G", "GC", "G", (136654423, 136654424), True),
        ("GRCh38:X:154558014:C:<DEL>:154569698", "C", "<DEL>", (154558015, 154569698), True),
        ("GRCh38:X:100:N:<DUP:TANDEM>:~-10,10,-5,5:@IKBKG:200", "N", "<DUP:TANDEM>", (101, 200), False),
        ("GRCh38:X:100:N:<DEL>:~?:200", "N", "<DEL>", (101, 200), False),
        ("GRCh38:X:100:N:<INS>:N[320]:100", "N", "<INS>", (101, 100), True),
        ("GRCh38:X:100:N:N[13:123456[:100", "N", "N[13:123456[", (101, 100), True),
    ],
)
def test_a_key_is_read_as_a_record(key, ref, alt, changed, exact):
    (found,) = placed(key)
    assert (found.ref, found.alt, found.changed, found.exact) == (ref, alt, changed, exact)


def test_margins_are_those_of_the_key():
    assert placed("GRCh38:X:100:N:<DEL>:~-10,10,-5,5:200")[0].margins == (-10, 10, -5, 5)
    assert placed("GRCh38:X:100:N:<DEL>:~?:200")[0].margins is None


def test_changes_read_together_are_several_records():
    found = placed("GRCh38:X:136648355:T:A+136651000:G:GA")
    assert [(one.contig, one.pos, one.ref, one.alt) for one in found] == [
        ("X", 136648355, "T", "A"),
        ("X", 136651000, "G", "GA"),
    ]
