"""The list of the museum names every test, and every test it names is there."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST = (ROOT / "docs" / "museum.md").read_text(encoding="utf-8")


def test_every_test_of_the_museum_is_listed_and_every_listed_one_exists():
    code = (Path(__file__).parent / "test_museum.py").read_text(encoding="utf-8")
    there = set(re.findall(r"^def (test_\w+)", code, re.MULTILINE))
    assert set(re.findall(r"`(test_\w+)`", LIST)) == there
    named = set(re.findall(r"`((?:tests|benchmarks)/[\w./]+)`", LIST))
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_figures_on_genmod_are_those_of_its_table():
    with (ROOT / "tests" / "oracle" / "genmod_divergences.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    found = Counter()
    for row in rows:
        found[row["right"]] += int(row["cases"])
    told = tuple(map(int, re.search(r"\(118 alike, (\d+) not: in (\d+) we are\s+right, in (\d+) both", LIST).groups()))
    assert told == (found.total(), found["ours"], found["both"])
