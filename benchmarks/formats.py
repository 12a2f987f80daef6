"""What the forms of a report cost: each form of every demonstration person, in milliseconds of one processor.

Usage: python benchmarks/formats.py [--pdf]

The documents are read once; each form is made three times and the fastest counts. With --pdf the PDF of five people
is timed too (it takes seconds).
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from higm_annot.cli import main
from higm_annot.report.formats import FORMATS, PDF
from higm_annot.report.render import read_report, render
from higm_annot.report.types import Report, encode

REPEATS, PEOPLE_ON_PAPER = 3, 5


def documents() -> list[Report]:
    """The demonstration's documents."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        main(["demo", folder])
        main(["run", "--samples", str(place / "samples.tsv"), "--out", str(place / "out"), "--formats", ""])
        return [read_report(path) for path in sorted((place / "out" / "reports").glob("*.json"))]


def cost(report: Report, name: str) -> float:
    """Milliseconds of the fastest of some renderings."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        if name == "json":
            encode(report)
        else:
            render(report, name)
        times.append(time.process_time() - start)
    return min(times) * 1000


def told(name: str, times: list[float], size: float) -> None:
    print(f"{name:12} median {statistics.median(times):7.2f} ms   most {max(times):7.2f} ms   {size / 1000:7.0f} kB")


def run() -> None:
    reports = documents()
    texts = ["json", *(name for name in FORMATS if name != PDF)]
    together = [0.0] * len(reports)
    for name in texts:
        times = [cost(report, name) for report in reports]
        sizes = [len(encode(report) if name == "json" else render(report, name)) for report in reports]
        told(name, times, statistics.median(sizes))
        together = [total + one for total, one in zip(together, times, strict=True)]
    told("all of these", together, 0)
    if "--pdf" in sys.argv:
        some = reports[:PEOPLE_ON_PAPER]
        told(
            PDF, [cost(report, PDF) for report in some], statistics.median(len(render(report, PDF)) for report in some)
        )


if __name__ == "__main__":
    run()
