"""``index.html``: one line per sample, sortable and searchable offline; nothing withheld or lab-only is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from higm_annot import __version__
from higm_annot.knowledge.texts import text, texts
from higm_annot.report.first_screen import leading
from higm_annot.report.tables import rank
from higm_annot.report.types import Report
from higm_annot.report.words import tone, tone_of, unresolved, words

_FIRST = 0
_FAILED = "failed"
_INDEX = "index."


class IndexRow(msgspec.Struct, frozen=True):
    """What the index shows of a report; ``rank`` orders results by weight, failed samples first.

    ``gene`` and ``diplotype`` are those of the leading conclusion where it names a finding; ``open`` are words for one
    that waits for another assay.
    """

    sample: str
    family: str
    person: str
    label: str
    tone: str
    rank: int
    open: str
    text: str
    gene: str
    diplotype: str
    release: str
    warnings: tuple[str, ...]


def index_row(report: Report) -> IndexRow:
    """The line of one report."""
    code = report.headline.code
    lead = leading(report)
    found = lead if lead is not None and lead.diplotype is not None else None
    failed = report.status == _FAILED
    return IndexRow(
        sample=report.sample.id,
        family=report.sample.family,
        person=", ".join((words(report.sample.sex.declared, "sex"), words(report.sample.mode, "mode"))),
        label=words(code, "code"),
        tone=tone_of(found) if found else tone(code),
        rank=_FIRST if failed else rank(code),
        open=unresolved(found) if found else "",
        text=report.headline.text,
        gene=found.gene if found else "",
        diplotype=found.diplotype.hgvs if found and found.diplotype else "",
        release=_FAILED if failed else report.release,
        warnings=tuple(f"{one.code} {one.message}" for one in report.problems if one.severity != "info"),
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

    releases = Counter(row.release for row, _ in rows)
    results = sorted({(row.rank, row.label) for row, _ in rows})
    count = text("index.one" if len(rows) == 1 else "index.many", count=len(rows))
    return template("index.html").render(
        rows=[(row, link) for row, link in rows],
        title=text("index.title", count=count),
        counts=text("index.counts", ready=releases["ready"], hold=releases["hold"], failed=releases[_FAILED]),
        results=list(dict.fromkeys(label for _, label in results)),
        releases={name: words(name, "release") for name in ("ready", "hold", _FAILED)},
        say={code.removeprefix(_INDEX): row.text for code, row in texts().items() if code.startswith(_INDEX)},
        css=style("index.css"),
        js=script("index.js"),
        banner=text("report.banner"),
        software=f"higm_annot {__version__}",
    )
