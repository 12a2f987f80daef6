"""The tables of this room: read, sourced, and each row needed; for ``knowledge verify``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import get_args

from higm_annot.classification.audit import FIXED_CRITERIA, FixedCriterion
from higm_annot.classification.audit import ORDER as CRITERIA
from higm_annot.classification.critical_residue import CRITICAL_RESIDUES, CriticalResidue
from higm_annot.classification.predictions import PREDICTION_RULES, PredictionRule
from higm_annot.classification.same_residue import NEIGHBOUR_RULES, NeighbourRule
from higm_annot.classification.table_2015 import COMBINING_RULES, ORDER, CombiningRule
from higm_annot.classification.unaffected import UNAFFECTED_COUNTS, CountRule
from higm_annot.knowledge.check import Reader, unknown_sources
from higm_annot.knowledge.tables import Kind, Source
from higm_annot.knowledge.texts import Text
from higm_annot.problems import Problem, problem
from higm_annot.reference.rows import FIRST_LINE, repeated
from higm_annot.reference.types import Gene


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


def criteria_faults(folder: Traversable | None = None) -> tuple[Problem, ...]:
    """Every fault of the tables of single criteria in a folder, or of the package's own."""
    reader, others = Reader(folder), Reader(folder)
    rules, fixed = reader.rows(NEIGHBOUR_RULES, NeighbourRule), reader.rows(FIXED_CRITERIA, FixedCriterion)
    scores, counts = reader.rows(PREDICTION_RULES, PredictionRule), reader.rows(UNAFFECTED_COUNTS, CountRule)
    residues = reader.rows(CRITICAL_RESIDUES, CriticalResidue)
    sources, texts = others.rows("sources.tsv", Source), others.rows("texts.tsv", Text)
    if reader.faults or others.faults:
        return tuple(reader.faults)
    keys = {row.key for row in sources}
    return (
        *unknown_sources(NEIGHBOUR_RULES, [row.source for row in rules], keys),
        *unknown_sources(FIXED_CRITERIA, [row.source for row in fixed], keys),
        *unknown_sources(PREDICTION_RULES, [row.source for row in scores], keys),
        *unknown_sources(CRITICAL_RESIDUES, [row.source for row in residues], keys),
        *repeated(residues, CRITICAL_RESIDUES, lambda row: f"{row.gene} {row.residue}"),
        *unknown_sources(UNAFFECTED_COUNTS, [row.source for row in counts], keys),
        *_counted_twice(rules),
        *_uncounted(counts),
        *_unreachable(scores),
        *_fixed_faults(fixed, {row.code for row in texts}),
    )


def _counted_twice(rules: tuple[NeighbourRule, ...]) -> Iterator[Problem]:
    """Two rules for the same criterion, gene and class."""
    seen: dict[tuple[str, Gene, str], int] = {}
    for line, rule in enumerate(rules, FIRST_LINE):
        for gene in rule.gene:
            before = seen.setdefault((rule.criterion, gene, rule.class_), line)
            if before != line:
                what = f"{rule.criterion} in {gene}, {rule.class_}"
                yield problem("HA-KNO-008", file=NEIGHBOUR_RULES, line=line, other=f"line {before}", combination=what)


def _fixed_faults(rows: tuple[FixedCriterion, ...], codes: set[str]) -> Iterator[Problem]:
    """Criteria and reasons that nothing knows, and rows behind others that leave them nothing."""
    taken: dict[tuple[str, Gene, str], int] = {}
    for line, row in enumerate(rows, FIRST_LINE):
        if row.code not in CRITERIA:
            known = "a criterion judged from the allele"
            yield problem("HA-KNO-006", file=FIXED_CRITERIA, line=line, column="code", value=row.code, known=known)
        if f"audit.{row.reason}" not in codes:
            known = f"the name of a sentence audit.{row.reason} in texts.tsv"
            yield problem("HA-KNO-006", file=FIXED_CRITERIA, line=line, column="reason", value=row.reason, known=known)
        asked = [(row.code, gene, kind) for gene in row.gene or tuple(Gene) for kind in row.kinds or get_args(Kind)]
        lines = {taken.setdefault(one, line) for one in asked}
        if line not in lines:
            reason = f"line {', '.join(map(str, sorted(lines)))} fits everything that it fits, and comes first"
            yield problem("HA-KNO-009", file=FIXED_CRITERIA, line=line, reason=reason)


def _uncounted(rows: tuple[CountRule, ...]) -> Iterator[Problem]:
    """Rows behind a smaller count of their gene, or of another genotype than the first."""
    first: dict[Gene, CountRule] = {}
    for line, row in enumerate(rows, FIRST_LINE):
        before = first.setdefault(row.gene, row)
        if before is not row and (before.at_least <= row.at_least or before.counted != row.counted):
            reason = f"the rows of {row.gene} before it count the same people"
            yield problem("HA-KNO-009", file=UNAFFECTED_COUNTS, line=line, reason=reason)


def _unreachable(rows: tuple[PredictionRule, ...]) -> Iterator[Problem]:
    """Rows without the one limit their criterion needs, and rows that an earlier one of the program leaves nothing."""
    for line, row in enumerate(rows, FIRST_LINE):
        limit, other = (row.at_least, row.at_most) if row.criterion == "PP3" else (row.at_most, row.at_least)
        if limit is None or other is not None:
            reason = f"{row.criterion} needs {'at_least' if row.criterion == 'PP3' else 'at_most'} and no other limit"
            yield problem("HA-KNO-009", file=PREDICTION_RULES, line=line, reason=reason)
            continue
        for number, one in enumerate(rows[: line - FIRST_LINE], FIRST_LINE):
            if (one.program, one.criterion) == (row.program, row.criterion) and set(one.kinds) >= set(row.kinds):
                before = one.at_least if row.criterion == "PP3" else one.at_most
                wider = before is not None and (before <= limit if row.criterion == "PP3" else before >= limit)
                if wider:
                    reason = f"line {number} fits everything that it fits, and comes first"
                    yield problem("HA-KNO-009", file=PREDICTION_RULES, line=line, reason=reason)


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
