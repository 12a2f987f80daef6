"""HTML of one report and of the index: self-contained pages that load nothing, escaped throughout."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files

import jinja2
from markupsafe import Markup

from higm_annot.report.family_page import family_view
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.types import Report
from higm_annot.report.view import sentences, view
from higm_annot.report.words import labels

TEMPLATES = ("report.html", "index.html", "family.html")


def render_html(report: Report, letterhead: Letterhead | None = None) -> str:
    """The page of one report; readable without scripts, on paper, and on narrow or dark screens."""
    css = style("report.css") + _foot(report)
    return template("report.html").render(view(report, letterhead), css=css, say=labels(), said=sentences())


def render_family(report: Report, letterhead: Letterhead | None = None) -> str:
    """The family page of a report, in plain words, under the laboratory's name and address."""
    css = style("family.css") + _foot(report)
    return template("family.html").render(family_view(report), css=css, say=labels("plain."), letterhead=letterhead)


def _foot(report: Report) -> Markup:
    """The sample on every printed sheet."""
    return Markup("@page{{@bottom-left{{content:{}}}}}").format(css_string(report.sample.id))


@cache
def template(name: str) -> jinja2.Template:
    """A template of ``report/templates``: as compiled beforehand, unless another version of Jinja is installed."""
    module = import_module(f"higm_annot.report.compiled.{name.replace('.', '_')}")
    if jinja2.__version__ != module.MADE_WITH:
        return environment().get_template(name)
    known = environment()
    return jinja2.Template.from_module_dict(known, vars(module), known.make_globals(None))


@cache
def style(name: str) -> Markup:
    """The style sheet all pages share, with a page's own after it."""
    return Markup(read("base.css") + read(name))  # noqa: S704 - our own files, no value of a report in them


def css_string(text: str) -> Markup:
    """A text as a string of a style sheet: every character but plain letters and digits by its number (CSS Syntax)."""
    plain = (char if char.isascii() and char.isalnum() else f"\\{ord(char):06x}" for char in text)
    return Markup(f'"{"".join(plain)}"')  # noqa: S704 - nothing is left that could end the string


@cache
def script(name: str) -> Markup:
    """A script to be written into a page."""
    return Markup(read(name))  # noqa: S704 - as above


def read(name: str) -> str:
    """A file of ``report/templates``."""
    return files("higm_annot").joinpath("report", "templates", name).read_text(encoding="utf-8")


@cache
def environment() -> jinja2.Environment:
    """The template environment: everything escaped, a missing value is an error."""
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(read),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        auto_reload=False,
    )
