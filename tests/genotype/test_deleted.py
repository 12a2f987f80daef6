"""Where a deletion begins and ends, which records it reaches, and what is then known of the other copy."""

from __future__ import annotations

import pytest

from higm_annot.genotype.deleted import bases_lost
from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import Allele, Call, Place, Support
from higm_annot.reference.types import Build, Contig

AT = 8605300  # in AICDA


def allele(pos, ref, alt, end=0):
    return Allele(Build.GRCH38, Contig.CHR12, pos, ref, alt, end or pos + len(ref) - 1)


def called(make, one, raw, place=None, alts=(), index=1):
    """A call of an allele, ``place`` being position and REF of its record where they differ from the allele's."""
    pos, ref = place or (one.pos, one.ref)
    record = Place("f.vcf", 0, "12", pos, ref, alts or (one.alt,))
    return Call(one, make.genotype(raw, index), Support(), record, index)


@pytest.mark.parametrize(
    ("one", "lost"),
    [
        (allele(AT, "N", "<DEL>", AT + 10), (AT + 1, AT + 10)),
        (allele(AT, "N", "<DEL:ME>", AT + 10), (AT + 1, AT + 10)),
        (allele(AT, "N", "<DUP>", AT + 10), None),
        (allele(AT, "GATT", "G"), (AT + 1, AT + 3)),
        (allele(AT, "GATT", "GC"), (AT + 2, AT + 3)),
        (allele(AT, "GA", "TC"), None),
        (allele(AT, "G", "GA"), None),
    ],
)
def test_the_base_before_a_deletion_is_not_lost(one, lost):
    assert bases_lost(one) == lost


@pytest.mark.parametrize("deletion", [allele(AT, "N", "<DEL>", AT + 3), allele(AT, "GATT", "G")])
@pytest.mark.parametrize(("pos", "inside"), [(AT, False), (AT + 1, True), (AT + 3, True), (AT + 4, False)])
def test_one_copy_is_left_from_the_first_lost_base_to_the_last(make, deletion, pos, inside):
    for raw in ("1/1", "0/1"):
        small = called(make, Allele(Build.GRCH38, Contig.CHR12, pos, "A", "C", pos), raw)
        found = resolve(make.intake([called(make, deletion, "0/1"), small]), None, None, Witnesses(make.panel)).states[
            1
        ]
        assert (found.opposite == deletion.key) is (inside and raw == "1/1")
        assert ("inside_deletion" in found.flags) is (inside and raw == "0/1")


@pytest.mark.parametrize(("pos", "known"), [(AT, False), (AT + 1, True), (AT + 6, True), (AT + 7, False)])
def test_a_deletion_reaches_as_far_as_its_record_was_written(make, pos, known):
    """In a run of one base the record may stand further right than the deletion; ``*`` follows the record."""
    deletion = called(make, allele(AT, "GA", "G"), "0/1", place=(AT + 5, "AA"))
    small = called(make, allele(pos, "A", "T"), "1/2", alts=("T", "*"))
    found = resolve(make.intake([deletion, small]), None, None, Witnesses(make.panel))
    assert [pair.verdict for pair in found.phases] == (["in_trans"] if known else [])
    assert found.states[1].zygosity == ("het" if known else "half_call")


def test_two_alternates_under_a_deletion_stay_two_alternates(make):
    """Neither of them is the deletion: the two copies are taken, and the deletion does not fit beside them."""
    alts = ("C", "T")
    both = [called(make, allele(AT + 2, "A", alt), "1/2", alts=alts, index=n) for n, alt in enumerate(alts, 1)]
    found = resolve(
        make.intake([called(make, allele(AT, "GATT", "G"), "0/1"), *both]), None, None, Witnesses(make.panel)
    )
    assert [state.reasons for state in found.states[1:]] == [("one_of_two_copies", "two_alternates")] * 2
    assert all("inside_deletion" in state.flags for state in found.states[1:])
    (pair,) = found.phases
    assert {pair.first, pair.second} == {one.allele.key for one in both}


def test_a_substitution_of_several_bases_takes_nothing_away(make):
    whole = called(make, allele(AT, "GA", "TC"), "0/1")
    small = called(make, allele(AT + 1, "A", "T"), "1/2", alts=("T", "*"))
    found = resolve(make.intake([whole, small]), None, None, Witnesses(make.panel))
    assert found.states[1].zygosity == "half_call"
