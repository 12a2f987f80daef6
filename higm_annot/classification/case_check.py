"""The tables of criteria that need a case: sourced, worded, each row needed and every question answered once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable

from higm_annot.classification.case_criteria import SITUATIONS
from higm_annot.classification.case_rules import (
    CASE_CODES,
    CASE_FIXED,
    CASE_RULES,
    CASE_STRENGTHS,
    CaseFixed,
    CaseRule,
    CaseStrength,
    inheritance_of,
)
from higm_annot.classification.types import Mechanism
from higm_annot.knowledge.check import Reader, unknown_sources
from higm_annot.knowledge.tables import Source
from higm_annot.knowledge.texts import Text
from higm_annot.problems import Problem, problem
from higm_annot.reference.rows import FIRST_LINE, repeated
from higm_annot.reference.types import Gene


def case_faults(folder: Traversable | None = None) -> tuple[Problem, ...]:
    """Every fault of these tables in a folder, or of the package's own."""
    reader, others = Reader(folder), Reader(folder)
    rules, strengths = reader.rows(CASE_RULES, CaseRule), reader.rows(CASE_STRENGTHS, CaseStrength)
    fixed = reader.rows(CASE_FIXED, CaseFixed)
    sources, texts = others.rows("sources.tsv", Source), others.rows("texts.tsv", Text)
    if reader.faults or others.faults:
        return tuple(reader.faults)
    keys, codes = {row.key for row in sources}, {row.code for row in texts}
    return (
        *unknown_sources(CASE_RULES, [row.source for row in rules], keys),
        *unknown_sources(CASE_STRENGTHS, [row.source for row in strengths], keys),
        *unknown_sources(CASE_FIXED, [row.source for row in fixed], keys),
        *repeated(strengths, CASE_STRENGTHS, lambda row: f"{row.criterion} from {row.at_least:g}"),
        *_rule_faults(rules, {row.criterion for row in strengths}, codes),
        *_fixed_faults(fixed, codes),
        *_unanswered(rules, fixed),
    )


def _rule_faults(rules: tuple[CaseRule, ...], graded: set[str], codes: set[str]) -> Iterator[Problem]:
    """Situations that nothing asks about, without words or a scale, and those that two rows answer."""
    seen: dict[tuple[str, str, str], int] = {}
    for line, rule in enumerate(rules, FIRST_LINE):
        if rule.situation not in SITUATIONS.get(rule.criterion, ()):
            known = f"a situation that {rule.criterion} asks about"
            yield problem(
                "HA-KNO-006", file=CASE_RULES, line=line, column="situation", value=rule.situation, known=known
            )
        elif f"criterion.{rule.criterion}_{rule.situation}" not in codes:
            missing = f"sentence criterion.{rule.criterion}_{rule.situation} in texts.tsv"
            yield problem("HA-KNO-007", file=CASE_RULES, line=line, missing=missing)
        if rule.criterion not in graded:
            yield problem(
                "HA-KNO-007", file=CASE_RULES, line=line, missing=f"row for {rule.criterion} in {CASE_STRENGTHS}"
            )
        for way in rule.inheritance:
            before = seen.setdefault((rule.criterion, way, rule.situation), line)
            if before != line:
                what = f"{rule.criterion}, {way}, {rule.situation}"
                yield problem("HA-KNO-008", file=CASE_RULES, line=line, other=f"line {before}", combination=what)


def _fixed_faults(rows: tuple[CaseFixed, ...], codes: set[str]) -> Iterator[Problem]:
    """Reasons without a sentence, and rows behind others that leave them nothing."""
    taken: dict[tuple[str, Gene, str], int] = {}
    for line, row in enumerate(rows, FIRST_LINE):
        if f"audit.{row.reason}" not in codes:
            known = f"the name of a sentence audit.{row.reason} in texts.tsv"
            yield problem("HA-KNO-006", file=CASE_FIXED, line=line, column="reason", value=row.reason, known=known)
        asked = [
            (row.code, gene, way)
            for gene, way in _occurring()
            if (not row.gene or gene in row.gene) and (not row.inheritance or way in row.inheritance)
        ]
        lines = {taken.setdefault(one, line) for one in asked}
        if line not in lines:
            reason = f"line {', '.join(map(str, sorted(lines)))} fits everything that it fits, and comes first"
            yield problem("HA-KNO-009", file=CASE_FIXED, line=line, reason=reason)


def _unanswered(rules: tuple[CaseRule, ...], fixed: tuple[CaseFixed, ...]) -> Iterator[Problem]:
    """Criteria of a gene and a way of inheritance that nothing settles and that no rule weighs."""
    weighed = {(rule.criterion, way) for rule in rules for way in rule.inheritance}
    for gene, way in _occurring():
        settled = {
            row.code
            for row in fixed
            if (not row.gene or gene in row.gene) and (not row.inheritance or way in row.inheritance)
        }
        for code in CASE_CODES:
            if code not in settled and (code, way) not in weighed:
                yield problem("HA-KNO-010", file=CASE_RULES, combination=f"{code} in {gene}, {way}")


def _occurring() -> list[tuple[Gene, str]]:
    """The ways in which alleles of each gene may be inherited."""
    found = {(gene, inheritance_of(gene, mechanism)): None for gene in Gene for mechanism in Mechanism}
    return list(found)
