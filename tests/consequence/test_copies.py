"""Which alleles act together on which copy: alleles of one letter act together, as soon as two of them meet."""

import pytest

from higm_annot.consequence.copies import Relations, arrange
from higm_annot.genotype.types import PairPhase, PhaseVerdict

VERDICTS = {"=": PhaseVerdict.CIS, "/": PhaseVerdict.TRANS}


def by_letter(keys):
    groups = {letter: frozenset(key for key in keys if key[0] == letter) for letter in {key[0] for key in keys}}
    return frozenset(group for group in groups.values() if len(group) > 1)


def sets(text):
    return frozenset(frozenset(group.split("+")) for group in text.split())


@pytest.mark.parametrize(
    ("every", "some", "loose", "phases", "on_every", "on_one", "alone", "doubtful"),
    [
        ("a1 a2", "", "", "", "a1+a2", "", "", ""),
        ("", "a1 a2", "", "a1=a2", "", "a1+a2", "", ""),
        ("", "a1 a2", "", "a1/a2", "", "", "", ""),
        ("", "a1 a2", "", "", "", "", "", "a1 a2"),
        ("a1", "a2", "", "", "", "a1+a2", "a1", ""),
        ("a1", "a2 a3", "", "a2=a3", "", "a1+a2+a3", "a1", ""),
        ("a1", "a2 a3", "", "a2/a3", "", "a1+a2 a1+a3", "", ""),
        ("a1", "a2 a3", "", "", "", "", "", "a1 a2 a3"),
        ("a1 a2", "a3", "", "", "", "a1+a2 a1+a2+a3", "", ""),
        ("a1 b1", "a2 b2", "", "", "", "a1+a2 b1+b2", "a1 b1", ""),
        ("a1 b1", "a2 b2", "", "a2/b2", "", "a1+a2 b1+b2", "a1 b1", ""),
        ("a1 b1", "c1", "", "", "", "", "", ""),
        ("a1", "", "a2", "", "", "", "", "a1 a2"),
        ("", "a1 a2 a3", "", "a1=a2", "", "a1+a2", "", "a1 a2 a3"),
        ("", "a1 a2 a3", "", "a1=a2 a2=a3 a1/a3", "", "", "", "a1 a2 a3"),
        ("", "a1 a2 a3", "", "a1/a2 a2/a3", "", "a1+a3", "", ""),
    ],
)
def test_arrangement(every, some, loose, phases, on_every, on_one, alone, doubtful):
    pairs = [PairPhase(pair[:2], pair[3:], VERDICTS[pair[2]], "phase_set") for pair in phases.split()]
    keys = [frozenset(text.split()) for text in (every, some, loose)]
    found = arrange(*keys, Relations(pairs), by_letter)
    assert (found.every, found.single) == (sets(on_every), sets(on_one))
    assert (found.alone, found.open) == (frozenset(alone.split()), frozenset(doubtful.split()))
