"""``ledger.tsv`` and ``problems.tsv``: what became of the input, what was met on the way; for the laboratory only."""

from __future__ import annotations

from collections.abc import Iterable

from higm_annot.intake.types import LedgerRow
from higm_annot.problems import Problem

LEDGER_COLUMNS = ("sample", "file", "line", "contig", "pos", "ref", "alt", "genotype", "fate", "rule", "key")
PROBLEM_COLUMNS = ("sample", "code", "severity", "audience", "file", "line", "site", "message", "remedy")


def ledger_rows(sample: str, ledger: Iterable[LedgerRow]) -> list[tuple[str, ...]]:
    """One row per ledger unit, in the order of the input; a line number of 0 (read through an index) is blank."""
    return [
        (
            sample,
            row.file,
            _line(row.line),
            row.contig,
            str(row.pos),
            row.ref,
            row.alt,
            row.genotype,
            row.fate,
            row.rule,
            row.key,
        )
        for row in ledger
    ]


def problem_rows(sample: str, problems: Iterable[Problem]) -> list[tuple[str, ...]]:
    """One row per problem."""
    return [
        (
            found.sample or sample,
            found.code,
            found.severity,
            found.audience,
            found.file,
            _line(found.line),
            found.site,
            found.message,
            found.remedy,
        )
        for found in problems
    ]


def _line(number: int) -> str:
    return str(number) if number else ""
