"""Outside calls: what another assay found where short reads cannot tell (long-range PCR, MLPA, long reads, Sanger).

A tab-separated file with a header: ``sample gene variant verdict method laboratory date zygosity``. ``variant`` is the
c. name on the MANE Select transcript (``c.943C>T``, with or without the accession) or an allele key
(``GRCh38:7:5992018:G:A``); ``verdict`` is ``confirmed`` (the change lies in the gene) or ``refuted``; ``zygosity`` is
``het``, ``hom``, ``hemi`` or blank. One file may serve many people: rows of other samples are passed over.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from higm_annot.intake.types import OutsideCall, OutsideVerdict
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.types import Gene

COLUMNS = ("sample", "gene", "variant", "verdict", "method", "laboratory", "date", "zygosity")
ZYGOSITIES = ("", "het", "hom", "hemi")


def read_outside_calls(path: str, sample: str) -> tuple[OutsideCall, ...]:
    """Rows of one sample in an outside-call file.

    Raises
    ------
    Refused
        When the file cannot be read, has other columns, or any row of this sample has a fault: an outside call decides
        about a diagnosis, so none is guessed at.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Refused(problem("HA-OUT-001", file=path, sample=sample, reason=reason)) from None
    rows = [
        (number, [cell.strip() for cell in cells])
        for number, cells in enumerate(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE), 1)
        if any(cell.strip() for cell in cells) and not cells[0].startswith("#")
    ]
    if not rows or tuple(rows[0][1]) != COLUMNS:
        raise Refused(problem("HA-OUT-002", file=path, line=1, sample=sample, columns=" ".join(COLUMNS)))
    calls: list[OutsideCall] = []
    faults: list[Problem] = []
    for number, cells in rows[1:]:
        row = dict(zip(COLUMNS, cells + [""] * (len(COLUMNS) - len(cells)), strict=False))
        if row["sample"] != sample:
            continue
        found = [
            problem(
                "HA-OUT-003", file=path, line=number, sample=sample, column=column, value=row[column], accepted=accepted
            )
            for column, accepted in _faults(row)
        ]
        faults += found
        if not found:
            calls.append(
                OutsideCall(
                    sample=sample,
                    gene=Gene(row["gene"]),
                    variant=row["variant"],
                    verdict=OutsideVerdict(row["verdict"]),
                    method=row["method"],
                    laboratory=row["laboratory"],
                    dated=row["date"],
                    zygosity=row["zygosity"],
                    file=Path(path).name,
                    line=number,
                )
            )
    if faults:
        raise Refused(*faults)
    return tuple(calls)


def _faults(row: dict[str, str]) -> list[tuple[str, str]]:
    """(column, what would be accepted) of every cell that is not."""
    faults = []
    if row["gene"] not in tuple(Gene):
        faults.append(("gene", ", ".join(Gene)))
    if row["verdict"] not in tuple(OutsideVerdict):
        faults.append(("verdict", ", ".join(OutsideVerdict)))
    if row["zygosity"] not in ZYGOSITIES:
        faults.append(("zygosity", "het, hom, hemi or blank"))
    if not (":" in row["variant"] or row["variant"].startswith("c.")):
        faults.append(("variant", "a c. name on the MANE Select transcript, or an allele key"))
    if not row["method"]:
        faults.append(("method", "the name of the assay"))
    try:
        dt.date.fromisoformat(row["date"])
    except ValueError:
        faults.append(("date", "an ISO date, as 2026-05-31"))
    return faults
