"""PDF of one report: its page, laid out for paper by WeasyPrint (the extra ``pdf``), which loads nothing either.

No time is written into the file. The same document gives the same bytes with the same WeasyPrint and the same fonts.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from higm_annot.problems import Refused, problem
from higm_annot.report.html import read, render_html
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.types import Report

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COLOUR = re.compile(r"--([a-z-]+):(#[0-9a-f]+)")
_NAMED = re.compile(r"var\(--([a-z-]+)\)")
_SVG = "{http://www.w3.org/2000/svg}"
_PRINT = "@media print"
# What a drawing is painted with; the place of the drawing in the page is WeasyPrint's own.
_PAINT = frozenset(
    {
        "fill",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "stroke-linejoin",
        "paint-order",
        "font-size",
        "font-weight",
        "text-anchor",
    }
)
Declarations = dict[str, str]


def render_pdf(report: Report, letterhead: Letterhead | None = None) -> bytes:
    """The report on A4, with the laboratory's letterhead.

    Raises
    ------
    Refused
        When WeasyPrint or one of its libraries is not there (HA-RUN-030).
    """
    return bytes(document(render_html(report, letterhead)).write_pdf())


def document(page: str) -> Any:  # noqa: ANN401 - WeasyPrint's own type, of an extra that may not be there
    """A page as WeasyPrint takes it: in one column, its drawings painted, nothing loaded.

    Raises
    ------
    Refused
        When WeasyPrint or one of its libraries is not there (HA-RUN-030).
    """
    weasyprint = program()
    # A logo is written into the page as a data address; anything else would have to be loaded.
    within = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    on_paper = page.replace("</style>", f"{read('pdf.css')}</style>", 1)
    made = weasyprint.HTML(string=on_paper, url_fetcher=within)
    _paint(made.etree_element)
    return made


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


def _paint(root: Any) -> None:  # noqa: ANN401 - an element of a parsed page
    """Write its paint into every element of a drawing: WeasyPrint gives a drawing none of the page's style.

    Without it all is black, and an exon that was not read looks like one that was.
    """
    selecting = import_module("cssselect2")  # WeasyPrint's own
    matcher = selecting.Matcher()
    for selector, declarations in _painting():
        for one in selecting.compile_selector_list(selector):
            matcher.add_selector(one, declarations)
    for element in selecting.ElementWrapper.from_html_root(root).iter_subtree():
        if str(element.etree_element.tag).startswith(_SVG):
            paint: Declarations = {}
            for *_, declarations in matcher.match(element):  # the weightier rules come later
                paint |= declarations
            if paint:
                element.etree_element.set("style", ";".join(f"{name}:{value}" for name, value in paint.items()))


@cache
def _painting() -> tuple[tuple[str, Declarations], ...]:
    """The page's rules for drawings, with the colours of paper in place of their names."""
    palette = dict(_COLOUR.findall(read("base.css").partition(_PRINT)[2]))
    rules = _RULE.findall(read("report.css").partition("@media")[0])
    kept = []
    for selector, body in rules:
        written = _NAMED.sub(lambda found: palette[found[1]], body)
        named = dict(one.split(":", 1) for one in written.split(";") if ":" in one)
        paint = {name: value for name, value in named.items() if name in _PAINT}
        if paint:
            kept.append((selector.strip(), paint))
    return tuple(kept)
