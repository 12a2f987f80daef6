"""ClinVar's review statuses: their stars, and whether an assertion so reviewed may give a class."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from higm_annot.knowledge.rows import by_key, read_package_table

REVIEW_STATUS = "review_statuses.tsv"


class ReviewStatus(Struct, frozen=True):
    """One review status, in ClinVar's words without underscores."""

    status: str
    stars: int
    gives_class: bool
    by_panel: bool
    source: tuple[str, ...]
    note: str


UNKNOWN = ReviewStatus("", 0, gives_class=False, by_panel=False, source=(), note="")


def review_status(words: str) -> ReviewStatus:
    """The row of a status; an unknown one gives no class."""
    return _rows().get(words.replace("_", " ").strip(), UNKNOWN)


@cache
def _rows() -> dict[str, ReviewStatus]:
    return by_key(read_package_table(REVIEW_STATUS, ReviewStatus), REVIEW_STATUS, lambda row: row.status)
