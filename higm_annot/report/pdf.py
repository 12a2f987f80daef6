"""PDF of one report: its page, laid out for paper by WeasyPrint (the extra ``pdf``), which loads nothing either.

No time is written into the file. The same document gives the same bytes with the same WeasyPrint and the same fonts.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from types import ModuleType

from higm_annot.problems import Refused, problem
from higm_annot.report.html import read, render_html
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.types import Report

_SVG = re.compile(r"<svg\b[^>]*>")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COLOUR = re.compile(r"--([a-z-]+):(#[0-9a-f]+)")
_NAMED = re.compile(r"var\(--([a-z-]+)\)")
_PRINT = "@media print"


def render_pdf(report: Report, letterhead: Letterhead | None = None) -> bytes:
    """The report on A4, with the laboratory's letterhead.

    Raises
    ------
    Refused
        When WeasyPrint or one of its libraries is not there (HA-RUN-030).
    """
    weasyprint = program()
    # A logo is written into the page as a data address; anything else would have to be loaded.
    within = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    return bytes(weasyprint.HTML(string=page_for_paper(report, letterhead), url_fetcher=within).write_pdf())


def page_for_paper(report: Report, letterhead: Letterhead | None = None) -> str:
    """The page with what WeasyPrint needs beside: a layout without grids, and their style within the drawings."""
    page = render_html(report, letterhead).replace("</style>", f"{read('pdf.css')}</style>", 1)
    return _SVG.sub(lambda found: f"{found[0]}<style>{_figure_style()}</style>", page)


def program() -> ModuleType:
    """WeasyPrint.

    Raises
    ------
    Refused
        When it is not installed, or a library of the system that it needs is not (HA-RUN-030).
    """
    try:
        return import_module("weasyprint")  # an extra, and slow to import
    except (ImportError, OSError) as error:
        raise Refused(problem("HA-RUN-030", reason=str(error).splitlines()[0])) from None


@cache
def _figure_style() -> str:
    """The rules for figures with the colours of paper: WeasyPrint gives a drawing only the style that stands in it."""
    palette = dict(_COLOUR.findall(read("base.css").partition(_PRINT)[2]))
    rules = _RULE.findall(read("report.css").partition("@media")[0])
    kept = (
        f"{selector.strip()}{{{_NAMED.sub(lambda found: palette[found[1]], body)}}}"
        for selector, body in rules
        if "fill:" in body or "stroke" in body or "text" in selector or selector.strip().startswith(".fig")
    )
    return "".join(kept)
