"""The oracle of each build; tests that need it skip where biocommons hgvs or cdot are not installed."""

from __future__ import annotations

import pytest

from higm_annot.reference.types import Build


@pytest.fixture(scope="session")
def oracles():
    pytest.importorskip("hgvs", reason="the oracle extra is not installed")
    pytest.importorskip("cdot", reason="the oracle extra is not installed")
    from oracle_hgvs import Oracle  # noqa: PLC0415 - needs the oracle extra

    return {build: Oracle(build) for build in Build}
