"""Names with the sequences they stand on."""

import pytest

from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.full_names import on_the_genome, on_the_protein
from higm_annot.consequence.locate import locate
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build

PANEL = load_panel()


@pytest.mark.parametrize(
    ("name", "on_genome", "on_protein"),
    [
        ("NM_000074.3:c.410-2A>T", "NC_000023.11(NM_000074.3):c.410-2A>T", "NP_000065.1:p.?"),
        ("NM_000074.3:c.340del", "", "NP_000065.1:p.(Gln114LysfsTer14)"),
        ("NM_000074.3:c.-31del", "", ""),
        ("NM_000074.3:c.*5del", "", ""),
        ("NM_000074.3:c.346_346+1delinsAA", "NC_000023.11(NM_000074.3):c.346_346+1delinsAA", "NP_000065.1:p.?"),
    ],
)
def test_names_in_full(name, on_genome, on_protein):
    effects = annotate(PANEL, locate(PANEL, name).allele)
    assert on_the_genome(PANEL, effects, Build.GRCH38).get("NM_000074.3", "") == on_genome
    assert on_the_protein(PANEL, effects).get("NM_000074.3", "") == on_protein


def test_a_protein_without_a_version_is_left_out():
    effects = annotate(PANEL, locate(PANEL, "NM_000074.3:c.340del").allele)
    assert "ENST00000370628.2" not in on_the_protein(PANEL, effects)
    assert effects.effects[1].hgvs_p
