"""``higm_annot_mqc.tsv``: one row a sample for MultiQC, which finds the file by its name and reads how to show it.

Like every file of a run it holds what the reports hold and no more; a finding that is withheld changes nothing in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from higm_annot.knowledge.texts import text
from higm_annot.problems import Severity
from higm_annot.report.assessed import ASSESSED
from higm_annot.report.tsv import lines
from higm_annot.report.types import Report

NAME = "higm_annot_mqc.tsv"
COLUMNS = ("Sample", "result", "release", "warnings", "exons_assessed", "exons_in_part", "exons")
_FAILED = "failed"


def multiqc_row(report: Report) -> tuple[str, ...]:
    """Cells in the order of :data:`COLUMNS`."""
    exons = Counter(block.status for block in report.assessment)
    warnings = sum(found.severity != Severity.INFO for found in report.problems)
    release = _FAILED if report.status == _FAILED else report.release
    counts = (warnings, exons[ASSESSED], exons["partly"], exons.total())
    return (report.sample.id, report.headline.code, release, *map(str, counts))


def multiqc_table(rows: Iterable[tuple[str, ...]]) -> str:
    """The file: what MultiQC is to show, as comments in YAML, then the table."""
    about = {
        "id": "higm_annot",
        "section_name": text("mqc.section"),
        "description": text("mqc.description"),
        "format": "tsv",
        "plot_type": "table",
        "pconfig": {"id": "higm_annot_table", "namespace": "higm_annot"},
        "headers": {
            column: {"title": text(f"mqc.{column}"), "description": text(f"mqc.{column}_is")} for column in COLUMNS[1:]
        },
    }
    comments = "".join(f"# {name}: {msgspec.json.encode(value).decode()}\n" for name, value in about.items())
    return comments + lines([COLUMNS, *rows])
