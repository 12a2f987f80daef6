"""Problems: what is wrong with an input, for whom, and what to do about it.

The catalogue ``problems.tsv`` beside this module is the only place where a problem is worded. Codes are
``HA-<area>-<nnn>``; areas: VCF (file), BLD (build), GT (genotype), SHT (sheet), OUT (outside calls), COV (coverage),
SEX, PED (relatives), PAR (paralogue), EVI (evidence), REC (the laboratory's record), REF (reference),
KNO (knowledge table), NAM (name of a variant), PHE (phenotype), RUN (run as a whole).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files

from msgspec import Struct


class Severity(StrEnum):
    """How much a problem costs: a refused input or person, doubt about a statement, or a remark."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Audience(StrEnum):
    """Who may read a problem: everybody (it is printed in the report) or the laboratory only."""

    REPORT = "report"
    LAB_ONLY = "lab_only"


class Problem(Struct, frozen=True, order=True):
    """One problem, worded for a person. ``site`` is ``contig:pos``; ``line`` is 0 when unknown."""

    code: str
    severity: Severity
    audience: Audience
    message: str
    remedy: str
    file: str = ""
    line: int = 0
    sample: str = ""
    site: str = ""

    def text(self) -> str:
        """One line: code, where, what, what to do."""
        place = self.file + (f":{self.line}" if self.line else "")
        where = ", ".join(part for part in (place, f"sample {self.sample}" if self.sample else "", self.site) if part)
        return f"{self.code} {self.severity}: {where + ': ' if where else ''}{self.message} {self.remedy}".rstrip()


class Kind(Struct, frozen=True):
    """A row of the catalogue; ``message`` has ``{name}`` fields."""

    code: str
    severity: Severity
    audience: Audience
    message: str
    remedy: str


class Refused(Exception):  # noqa: N818 - the name says what happened to the input
    """An input that cannot be used; carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(problem.text() for problem in problems))
        self.problems = problems


@cache
def catalogue() -> dict[str, Kind]:
    """All problem kinds by code, read from ``problems.tsv``."""
    text = files("higm_annot").joinpath("problems.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {
        row["code"]: Kind(
            row["code"], Severity(row["severity"]), Audience(row["audience"]), row["message"], row["remedy"]
        )
        for row in rows
    }


def forbids_release(problems: Iterable[Problem]) -> bool:
    """Whether a problem for the laboratory only, above a remark, forbids releasing a report."""
    return any(one.audience is Audience.LAB_ONLY and one.severity is not Severity.INFO for one in problems)


def problem(
    code: str, /, *, file: str = "", line: int = 0, sample: str = "", site: str = "", **fields: object
) -> Problem:
    """Make a problem from the catalogue.

    Parameters
    ----------
    code
        A code of ``problems.tsv``.
    file, line, sample, site
        Where it was found; ``site`` is ``contig:pos``.
    **fields
        Values of the ``{name}`` fields of the message.

    Raises
    ------
    KeyError
        When the code is not in the catalogue or a field is missing (our bug, exit code 1).
    """
    kind = catalogue()[code]
    return Problem(
        code=kind.code,
        severity=kind.severity,
        audience=kind.audience,
        message=kind.message.format(**fields),
        remedy=kind.remedy.format(**fields),
        file=file,
        line=line,
        sample=sample,
        site=site,
    )
