"""Where the copies of X and Y are not counted: regions that both share, and IKBKG with its pseudogene."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.knowledge.rows import read_package_table
from higm_annot.reference.types import Build

SEX_CHECK = "sex_check_regions.tsv"


class LeftOut(Struct, frozen=True):
    """A region that is not counted (1-based inclusive)."""

    name: str
    contig: Literal["X", "Y"]
    build: Build
    start: int
    end: int
    source: tuple[str, ...]
    note: str


@cache
def left_out(contig: str, build: Build) -> tuple[tuple[int, int], ...]:
    """First and last bases of the regions of one contig that are not counted."""
    rows = read_package_table(SEX_CHECK, LeftOut)
    return tuple((row.start, row.end) for row in rows if row.contig == contig and row.build is build)
