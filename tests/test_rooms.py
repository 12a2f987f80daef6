"""Data walks one way: no room imports a later one, and the start-up path stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import higm_annot

PACKAGE = Path(higm_annot.__file__).parent
ROOMS = ["intake", "genotype", "consequence", "evidence", "phenotype", "classification", "interpretation", "report"]
ALLOWED = {"problems": set(), "reference": {"problems"}, "knowledge": {"problems", "reference"}}
for number, name in enumerate(ROOMS):
    ALLOWED[name] = {"problems", "reference", "knowledge", *ROOMS[:number]}
ALLOWED["demo"] = {"problems", "reference"}
MODULES = [*sorted(path for room in ALLOWED for path in (PACKAGE / room).rglob("*.py")), PACKAGE / "problems.py"]


def rooms_imported(path: Path) -> set[str]:
    """Rooms of the package that a module names in any import, lazy ones included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            base = node.module
            names = [base] if base != "higm_annot" else [f"{base}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("higm_annot.")}
    return found - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_no_later_room(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert rooms_imported(path) <= ALLOWED[room] | {room}


def test_every_room_is_listed() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == (set(ALLOWED) | {"cli"}) - {"problems"}


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "heavy", ["pandas", "snakemake", "requests", "numpy", "higm_annot.phenotype.hpo", "higm_annot.report.phenotype"]
)
def test_the_main_job_does_not_load_heavy_libraries(heavy: str) -> None:
    assert heavy not in loaded_after("import higm_annot.cli, higm_annot.pipeline")


def test_help_loads_neither_pysam_nor_jinja() -> None:
    assert not loaded_after("import higm_annot.cli; higm_annot.cli.parser()") & {"pysam", "jinja2", "isal", "pandas"}
