"""How alleles of one gene are written together, as far as their phase is known."""

from __future__ import annotations

import pytest

from higm_annot.genotype.types import PairPhase, PhaseVerdict
from higm_annot.interpretation.diplotype import Phases, describe
from higm_annot.interpretation.disease_table import AlleleState
from higm_annot.interpretation.findings import hear

NAMES = ("C1", "C2", "C3")  # c.247T>C, c.256+2T>C, c.300del
TRANS, CIS, UNKNOWN = PhaseVerdict.TRANS, PhaseVerdict.CIS, PhaseVerdict.UNKNOWN


def findings(make, calls):
    person = make.person(calls)
    genotypes = make.resolved(person)
    return hear(person.person.sex, genotypes.states, make.alleles, {}).pathogenic


@pytest.mark.parametrize(
    ("to_first", "to_second", "expected"),
    [
        (CIS, TRANS, "[247T>C;300del];[256+2T>C]"),
        (CIS, UNKNOWN, "[247T>C;300del];[256+2T>C]"),
        (UNKNOWN, TRANS, "[247T>C;300del];[256+2T>C]"),
        (TRANS, CIS, "[247T>C];[256+2T>C;300del]"),
        (TRANS, UNKNOWN, "[247T>C];[256+2T>C;300del]"),
        (UNKNOWN, CIS, "[247T>C];[256+2T>C;300del]"),
        (UNKNOWN, UNKNOWN, "[247T>C];[256+2T>C](;)300del"),
        # what cannot be is placed on neither copy
        (CIS, CIS, "[247T>C];[256+2T>C](;)300del"),
        (TRANS, TRANS, "[247T>C];[256+2T>C](;)300del"),
    ],
)
def test_a_third_allele_lies_where_its_phase_to_one_of_the_two_puts_it(make, to_first, to_second, expected):
    """The first two lie on different copies."""
    one, two, three = (make.key(name) for name in NAMES)
    phases = Phases(
        PairPhase(a, b, verdict, "phase_set")
        for a, b, verdict in ((one, two, TRANS), (three, one, to_first), (three, two, to_second))
        if verdict is not UNKNOWN
    )
    found = findings(make, dict.fromkeys(NAMES, "0/1"))
    written = describe(found, phases, AlleleState.TWO_TRANS, second_expected=False)
    assert (written.hgvs, written.phase) == (f"NM_001250.6:c.{expected}", "in_trans")


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ({"C1": "1/1"}, "[247T>C];[247T>C]"),
        ({"C1": "1/1", "C2": "1/1"}, "[247T>C;256+2T>C];[247T>C;256+2T>C]"),
        # one of the others lies beside it on one of the two copies, whichever that is
        ({"C1": "1/1", "C2": "0/1"}, "[247T>C;256+2T>C];[247T>C]"),
        ({"C1": "0/1", "C2": "1/1"}, "[247T>C;256+2T>C];[256+2T>C]"),
        ({"C1": "1/1", "C2": "0/1", "C3": "0/1"}, "[247T>C;256+2T>C];[247T>C](;)300del"),
        # on how many copies the other lies is not known
        ({"C1": "1/1", "C2": "./1"}, "[247T>C];[247T>C](;)256+2T>C"),
    ],
)
def test_beside_a_homozygous_allele(make, calls, expected):
    written = describe(findings(make, calls), Phases(()), AlleleState.HOM, second_expected=False)
    assert written.hgvs == f"NM_001250.6:c.{expected}"
