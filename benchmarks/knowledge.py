"""Time to load the reference and every knowledge table, each in a cold process of its own.

Usage: python benchmarks/knowledge.py [repeats]

Prints medians in milliseconds: of loading alone, and of importing the modules that load. "all" is what a run needs at
most: the reference and every table, in one process.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

PARTS = {
    "reference": ("higm_annot.reference.store", "load_panel"),
    "sources.tsv": ("higm_annot.knowledge.tables", "sources"),
    "genes.tsv": ("higm_annot.knowledge.tables", "genes"),
    "diseases.tsv": ("higm_annot.knowledge.tables", "diseases"),
    "exons.tsv": ("higm_annot.knowledge.tables", "exons"),
    "thresholds.tsv": ("higm_annot.knowledge.tables", "thresholds"),
    "listed_alleles.tsv": ("higm_annot.knowledge.tables", "listed_alleles"),
    "mechanisms.tsv": ("higm_annot.knowledge.tables", "mechanism_rules"),
    "null_caps.tsv": ("higm_annot.knowledge.tables", "null_caps"),
    "paralogue_regions.tsv": ("higm_annot.knowledge.tables", "paralogue_regions"),
    "texts.tsv": ("higm_annot.knowledge.texts", "texts"),
    "facts.tsv": ("higm_annot.knowledge.facts", "facts"),
    "protein_features.tsv": ("higm_annot.knowledge.protein", "protein_features"),
    "disease_table.tsv": ("higm_annot.interpretation.disease_table", "disease_rows"),
    "mechanism_groups.tsv": ("higm_annot.interpretation.disease_table", "mechanism_groups"),
    "uncertain_terms.tsv": ("higm_annot.interpretation.disease_table", "uncertain_terms"),
}
CODE = """
import importlib, sys, time
names = [name.split(":") for name in sys.argv[1:]]
start = time.perf_counter()
loaders = [getattr(importlib.import_module(module), loader) for module, loader in names]
ready = time.perf_counter()
counts = []
for load in loaders:
    found = load()
    counts.append(len(getattr(found, "loci", found)))
print(time.perf_counter() - ready, ready - start, sum(counts))
"""


def measure(names: list[str], repeats: int) -> tuple[float, float, int]:
    """Median milliseconds of loading and of importing, and how many rows or loci were loaded."""
    runs = []
    for _ in range(repeats):
        done = subprocess.run([sys.executable, "-c", CODE, *names], capture_output=True, text=True, check=True)
        runs.append([float(value) for value in done.stdout.split()])
    load, ready, rows = (statistics.median(values) for values in zip(*runs, strict=True))
    return load * 1000, ready * 1000, int(rows)


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    names = {part: f"{module}:{loader}" for part, (module, loader) in PARTS.items()}
    print(f"{'median of ' + str(repeats):24}{'rows':>6}{'load ms':>9}{'import ms':>11}")
    for part, wanted in [*((part, [name]) for part, name in names.items()), ("all", list(names.values()))]:
        load, ready, rows = measure(wanted, repeats)
        print(f"{part:24}{rows:6}{load:9.1f}{ready:11.1f}")


if __name__ == "__main__":
    main()
