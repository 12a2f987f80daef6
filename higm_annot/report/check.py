"""The headline table against the conclusions and the text table, for ``higm-annot knowledge verify``."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from higm_annot.interpretation.types import ConclusionCode, Status
from higm_annot.knowledge.texts import texts
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.rows import FIRST_LINE, parse_table, repeated
from higm_annot.report.headline import DROP_OUT
from higm_annot.report.tables import HeadlineRow

NAME = "headline.tsv"
CALLS_ONLY, IN_PART = "calls_only", "in_part"
WITHOUT_ALLELES = {
    ConclusionCode.NOT_ASSESSED: (CALLS_ONLY, IN_PART, DROP_OUT),
    ConclusionCode.NO_FINDING: (IN_PART,),
}


def headline_faults(content: str | None = None) -> tuple[Problem, ...]:
    """Every fault of the table's text, or of the package's own table."""
    if content is None:
        content = files("higm_annot").joinpath("report", "data", NAME).read_text(encoding="utf-8")
    try:
        rows = parse_table(content, NAME, HeadlineRow)
    except Refused as refusal:
        return refusal.problems
    return (*repeated(rows, NAME, _key), *repeated(rows, NAME, lambda row: row.rank), *_answers(rows), *_words(rows))


def _key(row: HeadlineRow) -> tuple[str, str]:
    return row.code, row.rests_on


def _answers(rows: tuple[HeadlineRow, ...]) -> Iterator[Problem]:
    """Every conclusion has its headline, and no row is about one that does not exist."""
    asked = {(code, ground) for code in ConclusionCode for ground in WITHOUT_ALLELES.get(code, tuple(Status))}
    for code, ground in sorted(asked - {_key(row) for row in rows}):
        yield problem("HA-KNO-010", file=NAME, combination=f"{code}, {ground}")
    for line, row in enumerate(rows, FIRST_LINE):
        if _key(row) not in asked:
            reason = f"there is no conclusion {row.code} that rests on {row.rests_on}"
            yield problem("HA-KNO-009", file=NAME, line=line, reason=reason)


def _words(rows: tuple[HeadlineRow, ...]) -> Iterator[Problem]:
    for line, row in enumerate(rows, FIRST_LINE):
        if row.text not in texts():
            known = "the name of a sentence in texts.tsv"
            yield problem("HA-KNO-006", file=NAME, line=line, column="text", value=row.text, known=known)
