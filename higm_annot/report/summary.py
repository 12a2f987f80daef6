"""``summary.tsv``: the rows of every report's TSV one after the other, with what is known of each report as a whole."""

from __future__ import annotations

from higm_annot.report.tsv import COLUMNS, rows
from higm_annot.report.types import Report

SUMMARY_COLUMNS = (*COLUMNS, "report_status", "release", "result", "headline")


def summary_rows(report: Report) -> list[tuple[str, ...]]:
    """Cells in the order of :data:`SUMMARY_COLUMNS`; at least one row for every report."""
    whole = (report.status, report.release, report.headline.code, report.headline.text)
    return [(*row, *whole) for row in rows(report)]
