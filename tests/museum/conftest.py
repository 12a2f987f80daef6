"""Bases of the reference, and what a run wrote."""

from __future__ import annotations

import pytest

from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene


@pytest.fixture
def base():
    """``base(gene, pos, count=1)``: bases of GRCh38."""

    def bases(gene, pos, count=1):
        return load_panel().loci[Gene(gene)].slices[Build.GRCH38].bases(pos, pos + count - 1)

    return bases


@pytest.fixture
def files_of(tmp_path):
    """``files_of(sample)``: the reports of the last run by format."""

    def read(sample):
        last = max(tmp_path.glob("run*"), key=lambda folder: int(folder.name[3:]))
        return {
            path.suffix[1:]: path.read_text(encoding="utf-8") for path in (last / "out" / "reports").glob(f"{sample}.*")
        }

    return read
