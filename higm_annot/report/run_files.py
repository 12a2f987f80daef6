"""The files of a run as a whole (index, summary, MultiQC, ledger, problems, manifest), in sheet order.

Long tables are collected in unnamed temporary files, so memory stays flat and an interrupted run leaves nothing behind.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from higm_annot import __version__
from higm_annot.intake.types import LedgerRow, Person
from higm_annot.problems import Problem, Refused, problem
from higm_annot.report.index import IndexRow, index_row, render_index
from higm_annot.report.ledger import LEDGER_COLUMNS, PROBLEM_COLUMNS, ledger_rows, problem_rows
from higm_annot.report.multiqc import NAME as MULTIQC
from higm_annot.report.multiqc import multiqc_row, multiqc_table
from higm_annot.report.run_manifest import RunDigests, RunSample, manifest_bytes, run_digests, run_sample
from higm_annot.report.summary import SUMMARY_COLUMNS, summary_rows
from higm_annot.report.tsv import lines
from higm_annot.report.types import Report
from higm_annot.report.write import whole_file, write_whole

LINKED = ("html", "tsv", "json")
SHOWN = 5  # names in a message


def refuse_strangers(out: Path, people: Iterable[Person]) -> None:
    """Refuse a folder with reports of people who are not in this run: they would stand beside an index without them.

    Raises
    ------
    Refused
        HA-RUN-011, naming some of them.
    """
    own = {person.sample for person in people}
    strange = sorted({path.stem for path in (out / "reports").glob("*.json")} - own)
    if strange:
        names = ", ".join((*strange[:SHOWN], *(["…"] if len(strange) > SHOWN else [])))
        raise Refused(problem("HA-RUN-011", file=str(out), count=len(strange), names=names))


class _Parts:
    """A table written in pieces, one per sample, and read back in any order."""

    def __init__(self, folder: Path, columns: tuple[str, ...]) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by close()
        self._pieces: dict[str, tuple[int, int]] = {}
        self._header = lines([columns]).encode()
        self._end = 0

    def add(self, sample: str, rows: Iterable[tuple[str, ...]]) -> None:
        content = lines(rows).encode()
        self._file.write(content)
        self._pieces[sample] = (self._end, len(content))
        self._end += len(content)

    def write(self, path: Path, order: Iterable[str]) -> None:
        with whole_file(path) as out:
            out.write(self._header)
            for sample in order:
                start, length = self._pieces[sample]
                self._file.seek(start)
                out.write(self._file.read(length))

    def close(self) -> None:
        self._file.close()


class RunFiles:
    """Collects one report after the other; as a context manager it writes the files when the block ends well.

    Parameters
    ----------
    out
        The run's folder; made if needed.
    people
        The sheet, whose order the files keep.
    sheet_problems
        Problems of the sheet itself, for ``problems.tsv``.

    Raises
    ------
    Refused
        On entering, when the folder cannot be written (HA-RUN-007).
    """

    def __init__(self, out: Path, people: Sequence[Person], sheet_problems: Sequence[Problem]) -> None:
        self._out = out
        self._order = [person.sample for person in people]
        self._sheet_problems = sheet_problems
        self._index: dict[str, IndexRow] = {}
        self._multiqc: dict[str, tuple[str, ...]] = {}
        self._samples: dict[str, RunSample] = {}
        self._digests: RunDigests | None = None

    def __enter__(self) -> Self:
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            self._summary = _Parts(self._out, SUMMARY_COLUMNS)
            self._ledger = _Parts(self._out, LEDGER_COLUMNS)
            self._problems = _Parts(self._out, PROBLEM_COLUMNS)
        except OSError as error:
            raise Refused(problem("HA-RUN-007", file=str(self._out), reason=error.strerror or str(error))) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._write()
        finally:
            for parts in (self._summary, self._ledger, self._problems):
                parts.close()

    def add(self, report: Report, ledger: Iterable[LedgerRow], problems: Iterable[Problem]) -> None:
        """Take in one report, with the whole ledger and all problems of its sample."""
        sample = report.sample.id
        self._summary.add(sample, summary_rows(report))
        self._ledger.add(sample, ledger_rows(sample, ledger))
        self._problems.add(sample, problem_rows(sample, problems))
        self._index[sample] = index_row(report)
        self._multiqc[sample] = multiqc_row(report)
        self._samples[sample] = run_sample(report)
        self._digests = self._digests or run_digests(report)

    def _write(self) -> None:
        """Everything in sheet order, the manifest last: it says that the run is complete."""
        order = [sample for sample in self._order if sample in self._samples]
        self._problems.add("", problem_rows("", self._sheet_problems))
        self._summary.write(self._out / "summary.tsv", order)
        self._ledger.write(self._out / "ledger.tsv", order)
        self._problems.write(self._out / "problems.tsv", ["", *order])
        write_whole(self._out / MULTIQC, multiqc_table(self._multiqc[sample] for sample in order).encode())
        page = render_index([(self._index[sample], self._link(sample)) for sample in order])
        write_whole(self._out / "index.html", page.encode())
        if self._digests is not None:
            samples = [self._samples[sample] for sample in order]
            write_whole(self._out / "run.json", manifest_bytes(f"higm_annot {__version__}", self._digests, samples))

    def _link(self, sample: str) -> str:
        """Address of the most readable file there is of a sample, relative to the index."""
        names = (f"reports/{sample}.{suffix}" for suffix in LINKED)
        return next((name for name in names if (self._out / name).is_file()), "")
