"""Make ``data/hpo_terms.tsv`` from an ontology file that a developer gives; never used by a run.

``python -m higm_annot.phenotype.builder hp.obo`` keeps of every term what a run needs: its label, the terms it is a
kind of, and of an alternative or obsolete id the term that stands for it. Nothing else is taken or changed.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "hpo_terms.tsv"
COLUMNS = "id\tlabel\tkind_of\treplaced_by"


def table_of(lines: Iterable[str]) -> str:
    """The table from the lines of ``hp.obo``: sorted by id, the release in the first line."""
    release, rows = "", set()
    for block in _blocks(lines):
        release = release or next(iter(block.get("data-version", [])), "")
        if "id" not in block:
            continue
        label = block["name"][0]
        obsolete = "is_obsolete" in block
        replaced = block.get("replaced_by", [""])[0] if obsolete else ""
        parents = [] if obsolete else [value.split(" ")[0] for value in block.get("is_a", [])]
        rows.add("\t".join((block["id"][0], label, ";".join(sorted(parents)), replaced)))
        rows |= {f"{other}\t\t\t{block['id'][0]}" for other in block.get("alt_id", [])}
    # A term of its own wins over the same id as another's alternative.
    first: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: (row.split("\t")[0], row.split("\t")[1] == "")):
        first.setdefault(row.split("\t")[0], row)
    return "".join(f"{line}\n" for line in (f"# {release.removeprefix('hp/releases/')}", COLUMNS, *first.values()))


def _blocks(lines: Iterable[str]) -> Iterator[dict[str, list[str]]]:
    """Header and terms as tags with their values; type definitions are left out."""
    block: dict[str, list[str]] = {}
    kept = True
    for line in lines:
        if line.startswith("["):
            if kept:
                yield block
            block, kept = {}, line.strip() == "[Term]"
        elif ": " in line:
            tag, _, value = line.rstrip("\n").partition(": ")
            block.setdefault(tag, []).append(value)
    if kept:
        yield block


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8") as source:
        content = table_of(source)
    TABLE.write_text(content, encoding="utf-8")
    print(hashlib.sha256(content.encode()).hexdigest(), "is to stand in higm_annot/phenotype/hpo.py")
