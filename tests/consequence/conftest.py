"""What the consequence tests share: alleles from plain values, and their effects."""

from __future__ import annotations

import pytest

from higm_annot.consequence.annotate import annotate
from higm_annot.intake.types import Allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig


def make_allele(build, contig, pos, ref, alt, end=None, *, normalised=True):
    last = int(end) if end else int(pos) + len(ref) - 1
    return Allele(Build(build), Contig(contig), int(pos), ref, alt, last, normalised)


@pytest.fixture(scope="session")
def allele():
    """``allele(build, contig, pos, ref, alt, end=None, normalised=True)``; values may be text."""
    return make_allele


@pytest.fixture(scope="session")
def effects():
    """The effects of an allele given as for ``allele``."""

    def told(*args, **options):
        return annotate(load_panel(), make_allele(*args, **options))

    return told
