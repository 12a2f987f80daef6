"""``index.html``: one line per sample, sortable and searchable offline; nothing withheld or lab-only is in it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from higm_annot import __version__
from higm_annot.knowledge.texts import text
from higm_annot.report.tables import rank
from higm_annot.report.types import Report
from higm_annot.report.words import tone, words

_FIRST = 0


class IndexRow(msgspec.Struct, frozen=True):
    """What the index shows of a report; ``rank`` orders results by weight, failed samples first."""

    sample: str
    family: str
    label: str
    tone: str
    rank: int
    text: str
    release: str
    status: str
    warnings: tuple[str, ...]


def index_row(report: Report) -> IndexRow:
    """The line of one report."""
    code = report.headline.code
    return IndexRow(
        sample=report.sample.id,
        family=report.sample.family,
        label=words(code, "code"),
        tone=tone(code),
        rank=_FIRST if report.status == "failed" else rank(code),
        text=report.headline.text,
        release=report.release,
        status=report.status,
        warnings=tuple(f"{found.code} {found.message}" for found in report.problems if found.severity != "info"),
    )


def render_index(rows: Sequence[tuple[IndexRow, str]]) -> str:
    """The page.

    Parameters
    ----------
    rows
        Lines in the order of the sheet, each with the address of its report relative to the page, empty when there is
        none.
    """
    from higm_annot.report.html import script, style, template  # noqa: PLC0415 - the template engine costs 35 ms

    lines = [row for row, _ in rows]
    return template("index.html").render(
        rows=[msgspec.structs.asdict(row) | {"link": link} for row, link in rows],
        total=len(rows),
        ready=sum(row.release == "ready" for row in lines),
        hold=sum(row.release == "hold" and row.status != "failed" for row in lines),
        failed=sum(row.status == "failed" for row in lines),
        css=style("index.css"),
        js=script("index.js"),
        banner=text("report.banner"),
        intro=text("index.intro"),
        software=f"higm_annot {__version__}",
    )
