"""Strand bias of one sample's reads: Fisher's exact test on the counts, as a Phred-scaled p-value like GATK's FS."""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log10

Counts = tuple[int, int, int, int]
ROUNDING = 1e-7  # two tables of equal probability differ by the rounding of their logarithms


@lru_cache(maxsize=4096)
def strand_bias(counts: Counts, most: int) -> float:
    """Phred-scaled two-sided p-value that both alleles were read on the two strands alike.

    Parameters
    ----------
    counts
        Reads of REF forward, REF reverse, ALT forward, ALT reverse.
    most
        Counts are scaled down to this many reads, so that a small difference in deep data is not made significant.
    """
    total = sum(counts)
    if total > most:
        counts = tuple(round(count * most / total) for count in counts)  # type: ignore[assignment]
    a, b, c, d = counts
    row, column, total = a + b, a + c, a + b + c + d
    lowest, highest = max(0, row + column - total), min(row, column)
    tables = [_log_of(one, row, column, total) for one in range(lowest, highest + 1)]
    observed = tables[a - lowest]
    chance = sum(exp(value) for value in tables if value <= observed + ROUNDING)
    return max(0.0, -10 * log10(max(min(chance, 1.0), 1e-300)))


def _log_of(first: int, row: int, column: int, total: int) -> float:
    """Logarithm of the probability of a table with these margins (hypergeometric)."""
    return _log_choose(row, first) + _log_choose(total - row, column - first) - _log_choose(total, column)


def _log_choose(of: int, some: int) -> float:
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)
