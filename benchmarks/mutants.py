"""Change the engine in small ways, one at a time in a copy, and see whether a test fails.

Usage: python benchmarks/mutants.py [--number 120] [--seed 1] [--workers 2] [--list]

Draws mutants of ``higm_annot/genotype`` and ``higm_annot/interpretation`` and runs the tests of these rooms on each.
Which are drawn depends on each mutant and the seed alone, so that an edit elsewhere does not draw others. Survivors are
compared with ``benchmarks/survivors.tsv``, which says of each why no test can or need tell it apart; exits 1 if one
survives without a reason. Needs the ``test`` extra; a mutant takes about ten seconds of one core.
"""

from __future__ import annotations

import argparse
import ast
import csv
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from queue import Queue
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("genotype", "interpretation")
# Values, and what only checks edited tables (``higm-annot knowledge verify``).
LEFT_OUT = ("__init__.py", "types.py", "check.py")
TESTS = (
    "tests/genotype tests/interpretation tests/museum tests/e2e/test_outside_calls.py tests/e2e/test_structural_way.py"
    " tests/invariants/test_haplotypes.py tests/demo"
)
OPERATORS = frozenset(
    {"==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in", "and", "or", "&", "|", "+", "-"}
)
PATIENCE = 10  # a mutant that takes so many times longer than the code as it is has run away, and is killed
COMPARE = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
}
SIGN = {ast.BitAnd: "|", ast.BitOr: "&", ast.Add: "-", ast.Sub: "+"}


Piece = tuple[int, int, str]
At = Callable[[ast.expr], tuple[int, int]]


class Mutant(NamedTuple):
    """A piece of a file and what it is changed to."""

    file: str
    line: int
    start: int
    end: int
    before: str
    after: str
    text: str

    @property
    def told(self) -> str:
        return f"{self.file}:{self.line} {self.before!r} -> {self.after!r}"

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What does not move when lines are added above."""
        return self.file, self.text, self.before, self.after


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file, in order."""
    source = path.read_text(encoding="utf-8")
    starts = [0, *accumulate(len(line) for line in source.splitlines(keepends=True))]
    tree = ast.parse(source)
    skipped, siblings = _skipped(tree), _enums()

    def at(node: ast.expr) -> tuple[int, int]:
        # Columns count bytes; what stands before a piece of code on its line is ASCII.
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        for start, end, after in (*_joined(node, at), *_single(node, at, source), *_member(node, at, siblings)):
            number = source.count("\n", 0, start)
            text = source.splitlines()[number].strip()
            if after.strip() in OPERATORS and source[start:end].strip() not in OPERATORS:
                continue  # a bracket or a line break beside the operator
            yield Mutant(str(path.relative_to(ROOT)), number + 1, start, end, source[start:end], after, text)


def _joined(node: ast.AST, at: At) -> Iterator[Piece]:
    """Operators; what stands between two operands is more than the operator where one of them is in brackets."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARE:
            yield at(left)[1], at(right)[0], f" {COMPARE[type(op)]} "
        case ast.BoolOp(op=op, values=[first, second, *_]):
            yield at(first)[1], at(second)[0], " or " if isinstance(op, ast.And) else " and "
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SIGN:
            yield at(left)[1], at(right)[0], f" {SIGN[type(op)]} "


def _single(node: ast.AST, at: At, source: str) -> Iterator[Piece]:
    """Conditions and constants."""
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield at(node)[0], at(operand)[0], ""
        case ast.Constant(value=bool() as value):
            yield (*at(node), str(not value))
        case ast.Constant(value=int() as value):
            yield (*at(node), str(value + 1))
        case ast.IfExp(test=test) | ast.If(test=test) if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp):
            yield (*at(test), f"not ({source[slice(*at(test))]})")


def _member(node: ast.AST, at: At, siblings: dict[str, list[str]]) -> Iterator[Piece]:
    """A member of an enum, changed to the next."""
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr=member) if member in siblings.get(name, ()):
            members = siblings[name]
            yield at(node)[1] - len(member), at(node)[1], members[(members.index(member) + 1) % len(members)]


def _skipped(tree: ast.Module) -> set[int]:
    """Nodes that are annotations, docstrings or keywords of a class (``frozen=True``)."""
    found: set[int] = set()

    def skip(node: ast.AST | None) -> None:
        if node is not None:
            found.update(id(inner) for inner in ast.walk(node))

    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            skip(node.returns)
            skip(node.args)
        if isinstance(node, ast.AnnAssign):
            skip(node.annotation)
        if isinstance(node, ast.ClassDef):
            for keyword in node.keywords:
                skip(keyword)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skip(node)
    return found


def _enums() -> dict[str, list[str]]:
    """Members of the engine's enums by name; those with one member cannot be changed."""
    found = {}
    files = [ROOT / "higm_annot" / "intake" / "types.py", ROOT / "higm_annot" / "classification" / "types.py"]
    for path in (*files, *(path for room in ROOMS for path in (ROOT / "higm_annot" / room).glob("*.py"))):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "StrEnum" for base in node.bases):
                members = [item.targets[0].id for item in node.body if isinstance(item, ast.Assign)]
                if len(members) > 1:
                    found[node.name] = members
    return found


def drawn(number: int, seed: int) -> list[Mutant]:
    """A sample of all mutants: the first by digest of mutant and seed."""
    files = sorted(path for room in ROOMS for path in (ROOT / "higm_annot" / room).glob("*.py"))
    every = [one for path in files if path.name not in LEFT_OUT for one in mutants(path)]
    print(f"{len(every)} mutants, {min(number, len(every))} drawn with seed {seed}", flush=True)
    seen: Counter[tuple[str, str, str, str]] = Counter()
    found = []
    for one in every:
        seen[one.key] += 1  # the same line may occur twice
        found.append((hashlib.sha256(repr((seed, one.key, seen[one.key])).encode()).digest(), one))
    return [one for _, one in sorted(found)[:number]]


def copied(folder: Path) -> Path:
    """The package and its tests, as they are here."""
    for name in ("higm_annot", "tests", "docs", "workflow", "config", "benchmarks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "Snakefile"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def survives(mutant: Mutant | None, folder: Path, limit: float | None = None) -> bool:
    """Whether every test passes on the mutant (on the code as it is, for None) within ``limit`` seconds."""
    if mutant is not None:
        path = folder / mutant.file
        source = path.read_text(encoding="utf-8")
        path.write_text(source[: mutant.start] + mutant.after + source[mutant.end :], encoding="utf-8")
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-x",
                "-q",
                "-p",
                "no:cacheprovider",
                "--hypothesis-seed=0",
                *TESTS.split(),
            ],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    finally:
        if mutant is not None:
            path.write_text(source, encoding="utf-8")
    return done.returncode == 0


def explained() -> dict[tuple[str, str, str, str], str]:
    """Why a mutant survives, by what it changes."""
    with (ROOT / "benchmarks" / "survivors.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["file"], row["line"], row["before"], row["after"]): row["why"] for row in rows}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--number", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="print the sample and run nothing")
    chosen = parser.parse_args()
    sample = drawn(chosen.number, chosen.seed)
    if chosen.list:
        print(*(one.told for one in sample), sep="\n")
        return 0
    began = time.monotonic()
    reasons = explained()
    with tempfile.TemporaryDirectory() as folder:
        free: Queue[Path] = Queue()
        for number in range(chosen.workers):
            free.put(copied(Path(folder) / str(number)))
        if not survives(None, next(iter(free.queue))):
            print("the tests fail on the code as it is")
            return 2
        limit = PATIENCE * (time.monotonic() - began)

        def tried(mutant: Mutant) -> bool:
            place = free.get()
            try:
                lives = survives(mutant, place, limit)
            finally:
                free.put(place)
            if lives:
                print(f"{mutant.told}\n    {mutant.text}\n    {reasons.get(mutant.key, 'NO REASON')}", flush=True)
            return lives

        with ThreadPoolExecutor(chosen.workers) as pool:
            alive = [one for one, lives in zip(sample, pool.map(tried, sample), strict=True) if lives]
    told = Counter("explained" if one.key in reasons else "unexplained" for one in alive)
    print(f"{len(sample) - len(alive)} of {len(sample)} killed in {time.monotonic() - began:.0f} s, {dict(told)}")
    return 1 if told["unexplained"] else 0


if __name__ == "__main__":
    sys.exit(main())
