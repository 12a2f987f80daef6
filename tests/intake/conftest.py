"""Fixtures of the intake tests: the panel, reading in one call, and sites whose reference base is known."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from higm_annot.intake.read import read_file, sample_names
from higm_annot.intake.types import Person, PersonIntake
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene, Panel


@pytest.fixture(scope="session")
def panel() -> Panel:
    return load_panel()


@pytest.fixture
def read(panel: Panel) -> Callable[..., tuple[PersonIntake, ...]]:
    """``read(path, *samples, stated=None, callable_=None)``: intakes of these columns, of all when none is named."""

    def read_(path: str, *samples: str, stated: Build | None = None, callable_: object = None):
        names = samples or sample_names(path)
        people = tuple(Person(sample=name, vcf=path, vcf_sample=name) for name in names)
        return read_file(path, people, panel, stated, callable_=callable_)

    return read_


@pytest.fixture(scope="session")
def base(panel: Panel) -> Callable[..., tuple[str, int, str]]:
    """``base(gene, offset, build="GRCh38", length=1)``: contig, position and bases ``offset`` into the gene's slice."""

    def base_(gene: str, offset: int, build: str = "GRCh38", length: int = 1) -> tuple[str, int, str]:
        piece = panel.loci[Gene(gene)].slices[Build(build)]
        start = piece.start + offset
        return piece.contig.value, start, piece.bases(start, start + length - 1)

    return base_


@pytest.fixture(scope="session")
def snv(base: Callable[..., tuple[str, int, str]]) -> Callable[..., tuple[str, int, str, str]]:
    """``snv(gene, offset, build)``: contig, position, REF and another base as ALT."""

    def snv_(gene: str, offset: int, build: str = "GRCh38") -> tuple[str, int, str, str]:
        contig, pos, ref = base(gene, offset, build)
        return contig, pos, ref, "ACGT"[("ACGT".index(ref) + 1) % 4]

    return snv_
