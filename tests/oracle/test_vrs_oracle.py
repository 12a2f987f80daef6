"""VRS identifiers of random alleles, however spelled, equal to those of the reference program."""

import random

import pytest
from oracle_alleles import random_changes, spellings

from higm_annot.consequence.identifiers import vrs_id
from higm_annot.intake.types import Allele

pytestmark = pytest.mark.oracle

ALLELES = 3000


def test_identifiers_of_random_alleles():
    oracle = pytest.importorskip("oracle_vrs", reason="ga4gh.vrs is not installed", exc_type=ImportError)
    rng, builds, wrong = random.Random(20260401), set(), []
    for locus, build, *change in random_changes(rng, ALLELES):
        piece = locus.slices[build]
        spelled = [
            Allele(build, locus.contig, pos, ref, alt, pos + len(ref) - 1)
            for pos, ref, alt in spellings(rng, piece, *change)
        ]
        theirs = oracle.identifier(rng.choice(spelled))
        assert theirs.startswith("ga4gh:VA.")
        builds.add(build)
        wrong += [(one.key, theirs) for one in spelled if vrs_id(one, piece) != theirs]
    assert wrong == []
    assert len(builds) == 2
