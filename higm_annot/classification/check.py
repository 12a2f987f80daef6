"""The rules of 2015 as a table: read, named once, sourced, and each of them needed; for ``knowledge verify``."""

from __future__ import annotations

from collections import Counter
from importlib.resources.abc import Traversable

from higm_annot.classification.table_2015 import COMBINING_RULES, ORDER, CombiningRule
from higm_annot.knowledge.check import Reader, unknown_sources
from higm_annot.knowledge.tables import Source
from higm_annot.problems import Problem, problem
from higm_annot.reference.rows import FIRST_LINE, repeated


def combining_faults(folder: Traversable | None = None) -> tuple[Problem, ...]:
    """Every fault of the table of combining rules in a folder, or of the package's own."""
    reader, others = Reader(folder), Reader(folder)
    rules = reader.rows(COMBINING_RULES, CombiningRule)
    sources = others.rows("sources.tsv", Source)
    if reader.faults or others.faults:
        return tuple(reader.faults)
    return (
        *repeated(rules, COMBINING_RULES, lambda row: row.rule),
        *unknown_sources(COMBINING_RULES, [row.source for row in rules], {row.key for row in sources}),
        *_never_needed(rules),
    )


def _never_needed(rules: tuple[CombiningRule, ...]) -> tuple[Problem, ...]:
    """Rules whose criteria an earlier rule of the same class takes already."""
    found = []
    for line, rule in enumerate(rules, FIRST_LINE):
        asked = Counter({strength: getattr(rule, strength) for strength in ORDER})
        before = next((one for one in rules[: line - FIRST_LINE] if one.class_ is rule.class_ and one.met(asked)), None)
        if before is not None:
            reason = f"{before.rule} gives {rule.class_} for the same criteria"
            found.append(problem("HA-KNO-009", file=COMBINING_RULES, line=line, reason=reason))
    return tuple(found)
