"""The one test that would confirm or refute a conclusion best, and what each of its outcomes changes.

The next tests of a conclusion stand in the order in which they help; the first of them that ``next_steps.tsv`` has a
row for is the step. The words are rows ``step.<step>_specimen``, ``_abnormal`` and ``_normal`` of ``texts.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.interpretation.types import NextStep
from higm_annot.knowledge.rows import read_package_table
from higm_annot.knowledge.texts import text, text_sources

STEPS = "next_steps.tsv"
WORDS = ("specimen", "abnormal", "normal")


class StepRow(Struct, frozen=True):
    """When a test is the step, how urgent it is, and whose words tell it; ``*`` is any value.

    ``results`` are the laboratory findings that the test gives, by which it is known to have been made.
    """

    step: str
    test: tuple[str, ...]
    disease: tuple[str, ...]
    code: tuple[str, ...]
    status: tuple[str, ...]
    sex: tuple[str, ...]
    context: tuple[str, ...]
    urgency: Literal["now", "soon", "first", "birth", "pregnancy"]
    results: tuple[str, ...]
    source: tuple[str, ...]
    note: str

    def fits(self, test: str, axes: Iterable[tuple[tuple[str, ...], str]]) -> bool:
        """Whether the row is on this test, for such a conclusion and person."""
        return test in self.test and all(cell == ("*",) or value in cell for cell, value in axes)


@cache
def step_rows() -> tuple[StepRow, ...]:
    """All rows."""
    return read_package_table(STEPS, StepRow)


def next_step(
    tests: Iterable[str], said: Iterable[str], *, disease: str, code: str, status: str, sex: str, context: str
) -> NextStep | None:
    """The step of a conclusion, or None where no outcome of a test would change it.

    Parameters
    ----------
    tests, said
        Codes of the next tests in order, and their sentences.
    disease, code, status
        What was concluded.
    sex, context
        Declared sex, and why the person is tested.
    """
    for test, sentence in zip(tests, said, strict=True):
        row = _row(test, disease, code, status, sex, context)
        if row is not None:
            specimen, abnormal, normal = (text(f"step.{row.step}_{word}") for word in WORDS)
            keys = [key for word in WORDS for key in text_sources(f"step.{row.step}_{word}")]
            source = tuple(dict.fromkeys((*row.source, *text_sources(f"test.{test}"), *keys)))
            return NextStep(sentence, specimen, abnormal, normal, row.urgency, row.results, source)
    return None


@cache
def _row(test: str, disease: str, code: str, status: str, sex: str, context: str) -> StepRow | None:
    """The first row on a test that fits; all the combinations are few."""
    for row in step_rows():
        axes = ((row.disease, disease), (row.code, code), (row.status, status), (row.sex, sex), (row.context, context))
        if row.fits(test, axes):
            return row
    return None
