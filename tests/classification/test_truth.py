"""The classes by criteria alone against published ones: the documented tables are what the benchmark gives."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXPLAINED: set[str] = set()  # an allele that changes sides is named here and explained in docs/classification.md


def benchmark():
    spec = importlib.util.spec_from_file_location("classes", ROOT / "benchmarks" / "classification.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ({"pathogenic", "likely pathogenic"}, "pathogenic"),
        ({"benign", "other"}, "benign"),
        ({"pathogenic", "uncertain significance"}, "disagreeing"),
        ({"uncertain significance", "likely benign"}, "disagreeing"),
        ({"not provided"}, ""),
        ({"concordant"}, ""),
    ],
)
def test_what_is_told_of_an_allele(words, side):
    assert benchmark().told_class(words) == side


def test_the_documented_matrix_is_what_the_benchmark_gives_and_every_flip_is_explained(shared):
    found = benchmark().tables(shared)
    assert found in (ROOT / "docs" / "classification.md").read_text(encoding="utf-8")
    assert {line.removeprefix("- ") for line in found.splitlines() if line.startswith("- ")} == EXPLAINED
