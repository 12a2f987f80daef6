"""The lines that ``benchmarks/sabotage.py`` breaks are still there: a script nobody runs daily must not fall behind."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("sabotage", ROOT / "benchmarks" / "sabotage.py")
sabotage = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(sabotage)


@pytest.mark.parametrize("one", sabotage.SABOTAGES, ids=lambda one: one.invariant)
def test_the_line_that_guards_an_invariant_is_where_the_script_looks(one):
    assert one.line in (ROOT / one.file).read_text(encoding="utf-8")
    assert one.line != one.broken
    assert all((ROOT / name).exists() for name in one.tests.split())
