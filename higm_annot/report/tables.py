"""The report room's own table: which conclusion leads the document, and in which words (``data/headline.tsv``)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from msgspec import Struct

_LAST = 999


class HeadlineRow(Struct, frozen=True):
    """How a conclusion ranks in the headline; the lowest ``rank`` leads.

    ``rests_on`` is the conclusion's status, or for statements about the absence of findings ``calls_only`` (nothing
    shows which bases were read), ``in_part`` or ``exon_without_reads``. ``text`` is a code of the text table.
    """

    rank: int
    code: str
    rests_on: str
    text: str


@cache
def headlines() -> dict[tuple[str, str], HeadlineRow]:
    """Rows by (conclusion code, what it rests on)."""
    content = files("higm_annot").joinpath("report", "data", "headline.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(content.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {
        (row["code"], row["rests_on"]): HeadlineRow(int(row["rank"]), row["code"], row["rests_on"], row["text"])
        for row in rows
    }


def rank(code: str) -> int:
    """Weight of a conclusion code, the same as in the headline; an unknown code comes last."""
    return min((row.rank for row in headlines().values() if row.code == code), default=_LAST)


def rank_of(code: str, status: str) -> int:
    """Weight of a conclusion: as in the headline, so an established one comes before an unresolved one."""
    row = headlines().get((code, status))
    return row.rank if row else rank(code)
