"""The ledger's balance: what was read of a file is what was accounted for, unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from higm_annot.intake.sieve import Line
from higm_annot.intake.types import Call, Fate, LedgerRow


def units_read(lines: Iterable[Line]) -> int:
    """Ledger units of records, counted in their text: the ALTs, or one for a record without ALT."""
    return sum(line.text.split("\t", 5)[4].count(",") + 1 for line in lines)


def is_balanced(expected: int, ledger: Sequence[LedgerRow], calls: Sequence[Call], no_calls: Sequence[Call]) -> bool:
    """Whether every unit read has exactly one fate, and calls and no-calls are exactly those the ledger names.

    Records that repeat an allele give one call but a ledger row each, so calls are compared by key; a repeated allele
    that was called in one record may stand as not called in another.
    """
    fates = Counter(row.fate for row in ledger)
    if sum(fates.values()) != expected or sum(row.fate is Fate.SET_ASIDE for row in ledger) != sum(
        bool(row.rule) for row in ledger
    ):
        return False
    reported = {row.key for row in ledger if row.fate is Fate.REPORTED}
    silent = {row.key for row in ledger if row.fate is Fate.NO_CALL and row.key} - reported
    return reported == _keys(calls) and silent == _keys(no_calls)


def _keys(calls: Sequence[Call]) -> set[str]:
    """Alleles by key; one over several genes counts once."""
    return {call.allele.key for call in calls if not call.allele.part}
