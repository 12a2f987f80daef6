"""Every page of the demonstration in headless Chromium: errors, folding, sorting, search, accessibility, print, time.

Usage: python benchmarks/pages.py [OUT] [--chromium PATH] [--quick]

``OUT`` is the folder of a run; without one the demonstration is run into a temporary one. Needs the extra ``browser``
(Playwright and axe-core) and a Chromium; sheets are looked at with poppler (``pdftotext``, ``pdftoppm``) where it is
installed. Prints one line a check and exits 1 when any fails. axe-core sees every page light and wide, and every fifth
in the other colours and widths; ``--quick`` leaves the latter out.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import Browser, Page, sync_playwright

from higm_annot.report.html import render_html
from higm_annot.report.index import index_row, render_index
from higm_annot.report.render import read_report

PEOPLE = 5000
WIDE, NARROW = {"width": 1100, "height": 900}, {"width": 390, "height": 844}
PAPER = {"A4": 297.0, "Letter": 279.4}  # height in mm
MARGINS = (12.0, 15.0)  # top and bottom of @page in base.css, in mm
DPI = 75
SEARCH = """() => { const start = performance.now(), field = document.getElementById("search"); field.value = "boy-41";
    field.dispatchEvent(new Event("input")); document.body.offsetHeight; return performance.now() - start; }"""
SORT = """() => { const start = performance.now(); document.querySelector("thead th:nth-child(3) button").click();
    document.body.offsetHeight; return performance.now() - start; }"""
BORDERS = 16  # dark dots a row may have where a page ends: upright lines of cards, never words


class Checks:
    """Collects what failed; each check is one line."""

    def __init__(self) -> None:
        self.failed = 0

    def __call__(self, name: str, bad: list[str], said: str = "") -> None:
        self.failed += bool(bad)
        print(f"{'FAILED' if bad else 'ok':8}{name}{': ' if said else ''}{said}")
        for line in bad[:10]:
            print(f"        {line}")


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        out = Path(options.out or demonstration(Path(scratch))).resolve()
        pages = sorted((out / "reports").glob("*.htm*"))  # the family pages as well, where there are any
        if not pages:
            sys.exit(f"no pages in {out}")
        checks = Checks()
        browser = playwright.chromium.launch(
            executable_path=options.chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        checks(
            "every page loads without a word on the console and fetches nothing", loads(browser, [*pages, index(out)])
        )
        checks("no page scrolls sideways at 390 px", too_wide(browser, [*pages, index(out)]))
        checks("what is folded opens and closes by keyboard", folds(browser, pages))
        checks("the index sorts, searches and filters by keyboard", sorts(browser, index(out)))
        settings = list(itertools.product(("light", "dark"), (WIDE, NARROW)))[: 1 if options.quick else None]
        faults, asked = axe(browser, [*pages, index(out)], settings)
        checks("axe-core finds nothing", faults, f"{asked} pages")
        for paper in PAPER:
            bad, count = prints(browser, pages, paper, Path(scratch))
            checks(
                f"printed on {paper}: result, gaps, reasons and what next on the first sheet, no line cut",
                bad,
                f"{count} sheets",
            )
        timed(browser, out, Path(scratch))
        browser.close()
    sys.exit(bool(checks.failed))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Look at every page in headless Chromium.")
    parser.add_argument("out", nargs="?")
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


def demonstration(folder: Path) -> str:
    """The demonstration, run."""
    subprocess.run(["higm-annot", "demo", str(folder / "demo")], check=True, stdout=subprocess.DEVNULL)
    run = ["higm-annot", "run", "--samples", "samples.tsv", "--formats", "html,family", "--out", str(folder / "out")]
    subprocess.run(run, check=True, stderr=subprocess.DEVNULL, cwd=folder / "demo")
    return str(folder / "out")


def index(out: Path) -> Path:
    return out / "index.html"


def opened(browser: Browser, paths: list[Path], **settings: Any) -> Iterator[tuple[Page, Path, list[str]]]:
    """Each page in turn, with what it said on the console or asked of the network."""
    context = browser.new_context(**({"viewport": WIDE} | settings))
    for path in paths:
        page = context.new_page()
        address = path.as_uri()
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on("request", lambda one, said=said, own=address: said.append(one.url) if one.url != own else None)
        page.goto(address)
        yield page, path, said
        page.close()
    context.close()


def loads(browser: Browser, paths: list[Path]) -> list[str]:
    return [
        f"{path.name}: {line}"
        for page, path, said in opened(browser, paths)
        # An embedded picture is part of the page.
        for line in said
        if not line.startswith("data:")
    ]


def too_wide(browser: Browser, paths: list[Path]) -> list[str]:
    width = "document.documentElement.scrollWidth"
    found = [(path.name, page.evaluate(width)) for page, path, _ in opened(browser, paths, viewport=NARROW)]
    return [f"{name}: {pixels} px" for name, pixels in found if pixels > NARROW["width"]]


def folds(browser: Browser, paths: list[Path]) -> list[str]:
    bad = []
    for page, path, _ in opened(browser, paths):
        for one in page.locator("details").all():
            before = one.evaluate("one => one.open")
            for wanted in (not before, before):
                one.locator("summary").first.focus()
                page.keyboard.press("Enter")
                if one.evaluate("one => one.open") is not wanted:
                    bad.append(f"{path.name}: {one.locator('summary').first.inner_text()}")
    return bad


def sorts(browser: Browser, path: Path) -> list[str]:
    """Every column up and down, a search that finds one person, one that finds nobody, and each result."""
    return [line for page, _, _ in opened(browser, [path]) for line in indexed(page)]


def indexed(page: Page) -> list[str]:
    bad = []
    rows = page.locator("tbody tr")
    total = rows.count()
    for column in range(page.locator("thead th").count()):
        head = page.locator("thead th").nth(column)
        for way in ("ascending", "descending"):
            head.locator("button").focus()
            page.keyboard.press("Enter")
            if head.get_attribute("aria-sort") != way:
                bad.append(f"column {column}: not {way}")
            if page.locator("thead th[aria-sort=ascending], thead th[aria-sort=descending]").count() != 1:
                bad.append(f"column {column}: several columns say that they sort")
    button = page.locator("thead th button").first
    button.press("Enter")
    names = page.locator("tbody th a").all_inner_texts()
    button.press("Enter")
    turned = page.locator("tbody th a").all_inner_texts()
    if names != turned[::-1] or names[0].lower() > names[-1].lower():
        bad.append("samples are not in order")
    page.locator("#search").fill(names[-1])
    if rows.count() != 1:
        bad.append(f"a search for {names[-1]} finds {rows.count()}")
    page.locator("#search").fill("no such words")
    if rows.count():
        bad.append("a search for what is not there finds something")
    page.locator("#search").fill("")
    counted = 0
    for value in page.locator("#which option").evaluate_all("all => all.map(one => one.value).slice(1)"):
        page.locator("#which").select_option(value)
        counted += rows.count()
    if counted != total:
        bad.append(f"the results add up to {counted} of {total} people")
    return bad


def axe(browser: Browser, paths: list[Path], settings: list[tuple[str, dict[str, int]]]) -> tuple[list[str], int]:
    """Violations by rule, with the first place of each; and how many pages were asked of."""
    source = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    asked = 0
    for scheme, viewport in settings:
        seen = paths[::5] if asked else paths
        asked += len(seen)
        for page, path, _ in opened(browser, seen, color_scheme=scheme, viewport=viewport, bypass_csp=True):
            page.evaluate(source)
            for rule in page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]:
                where = f"{rule['id']} ({rule['help']}): {path.name}, {scheme}, {viewport['width']} px"
                found.setdefault(rule["id"], f"{where}: {rule['nodes'][0]['html'][:120]}")
    return list(found.values()), asked


def prints(browser: Browser, paths: list[Path], paper: str, folder: Path) -> tuple[list[str], int]:
    """Print to PDF: the first sheet holds what it should, and where a sheet ends no row of dots holds words."""
    bad, sheets = [], 0
    for page, path, _ in opened(browser, paths):
        pdf = folder / f"{path.stem}.{paper}.pdf"
        page.pdf(path=pdf, format=paper)
        texts = printed(pdf)
        sheets += len(texts)
        heads = [head.split("\n")[0] for head in page.locator(".first h2:not(#sure)").all_inner_texts()]
        bad += [f"{path.name}: {head!r} is not on the first sheet" for head in heads if texts and head not in texts[0]]
        bad += [f"{path.name}: sheet {number} is cut at the {end}" for number, end in cut(pdf, paper, folder)]
    return bad, sheets


def printed(pdf: Path) -> list[str]:
    """The words of each sheet; none where poppler is missing."""
    if shutil.which("pdftotext") is None:
        return []
    words = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return words.split("\f")[:-1]


def cut(pdf: Path, paper: str, folder: Path) -> list[tuple[int, str]]:
    """Sheets with words on the very row of dots where their text area begins or ends."""
    if shutil.which("pdftoppm") is None:
        return []
    stem = folder / "sheet"
    subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), str(pdf), str(stem)], check=True)
    found = []
    for number, image in enumerate(sorted(folder.glob("sheet-*.pgm")), 1):
        width, dots = picture(image.read_bytes())
        image.unlink()
        top, bottom = (round(mm / 25.4 * DPI) for mm in (MARGINS[0], PAPER[paper] - MARGINS[1]))
        for row, end in ((top - 1, "top"), (bottom, "bottom")):
            if sum(dot < 128 for dot in dots[row * width : (row + 1) * width]) > BORDERS:
                found.append((number, end))
    return found


def picture(content: bytes) -> tuple[int, bytes]:
    """Width and dots of a binary PGM."""
    _, size, _, dots = content.split(b"\n", 3)
    return int(size.split()[0]), dots


def timed(browser: Browser, out: Path, folder: Path) -> None:
    """A report as HTML, and an index of thousands opened, searched and sorted."""
    reports = [read_report(path) for path in sorted((out / "reports").glob("*.json"))]
    each = [seconds(lambda one=one: render_html(one), time.process_time) for one in reports for _ in range(5)]
    usual, highest = 1000 * statistics.median(each), 1000 * max(each)
    print(f"        HTML of a report, core time: median {usual:.1f} ms, highest {highest:.1f} ms")
    rows = [index_row(one) for one in reports]
    many = [
        (msgspec.structs.replace(row, sample=f"{row.sample}-{number}"), "")
        for number, row in zip(range(PEOPLE), itertools.cycle(rows), strict=False)
    ]
    path = folder / "index.html"
    path.write_text(render_index(many), encoding="utf-8")
    opening = []
    for _ in range(5):
        page = browser.new_page(viewport=WIDE)
        opening.append(seconds(lambda page=page: shown(page, path)))
        search = page.evaluate(SEARCH)
        order = page.evaluate(SORT)
        page.close()
    size, drawn = path.stat().st_size / 1e6, statistics.median(opening)
    print(f"        index of {PEOPLE} people ({size:.1f} MB): open and drawn in {drawn:.2f} s,", end=" ")
    print(f"search {search:.0f} ms, sort {order:.0f} ms")


def shown(page: Page, path: Path) -> None:
    """Open a page and wait for the first picture of it."""
    page.goto(path.as_uri())
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start


if __name__ == "__main__":
    main()
