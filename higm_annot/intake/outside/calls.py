"""The outside-call file: one line per word of another assay, or per result file attached to it.

Tab-separated, with the header ``sample gene variant verdict method laboratory date zygosity`` and, where results are
attached, ``file``. A line either names an allele (or exons read as reference) with a verdict, or a file: a paraphase
JSON or an MLPA table. One file may serve many people: rows of other samples are passed over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from higm_annot.intake.outside import mlpa, paraphase
from higm_annot.intake.text_file import UnreadableError, read_text, rows_of
from higm_annot.intake.types import ExonCounts, Haplotypes, Outside, OutsideCall, OutsideVerdict, Person
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

COLUMNS = ("sample", "gene", "variant", "verdict", "method", "laboratory", "date", "zygosity")
FILE = "file"
VERDICTS = (OutsideVerdict.CONFIRMED, OutsideVerdict.REFUTED, OutsideVerdict.REFERENCE)
ZYGOSITIES = ("", "het", "hom", "hemi")
EXONS = re.compile(r"exons? (\d+)(?:-(\d+))?")
Line = tuple[int, dict[str, str]]


def read_outside(path: str, person: Person) -> Outside:
    """What other assays say of one person.

    Raises
    ------
    Refused
        When the file cannot be read, has other columns, or any row of this sample has a fault, the files attached to it
        included: an outside call decides about a diagnosis, so none is guessed at.
    """
    sample = person.sample
    lines = _lines(path, sample)
    own = [(number, row) for number, row in lines if row["sample"] == sample]
    faults = [fault for number, row in own for fault in _faults(path, number, row)]
    faults += [fault for number, row in own for fault in _shared(path, number, row, lines)]
    if faults:
        raise Refused(*faults)
    calls: list[OutsideCall] = []
    counts: list[ExonCounts] = []
    haplotypes: list[Haplotypes] = []
    remarks: list[Problem] = [] if own else [problem("HA-OUT-104", file=path, sample=sample)]
    for number, row in own:
        word = _word(path, number, row)
        if not row[FILE]:
            calls.append(word)
            continue
        attached = Path(path).parent / row[FILE]
        text = _text(str(attached), sample, "HA-OUT-004")
        if text.lstrip().startswith("{"):
            haplotypes.append(paraphase.read(str(attached), text, word))
        else:
            found, open_exons = mlpa.read(str(attached), text, word, person.sex)
            counts.append(found)
            remarks += open_exons
    return Outside(tuple(calls), tuple(counts), tuple(haplotypes), tuple(remarks))


def attached_files(path: str) -> tuple[str, ...]:
    """The result files an outside-call file names; none where it cannot be read, which is its samples' problem."""
    try:
        lines = _lines(path, "")
    except Refused:
        return ()
    return tuple(dict.fromkeys(str(Path(path).parent / row[FILE]) for _, row in lines if row[FILE]))


def unknown_samples(people: Iterable[Person]) -> tuple[Problem, ...]:
    """A remark for every sample of the outside-call files that is not in the sheet; a misspelt id must not be missed.

    A file that cannot be read is a problem of the samples that name it, and told there.
    """
    everyone = list(people)
    ids = {person.sample for person in everyone}
    remarks = []
    for path in dict.fromkeys(person.outside_calls for person in everyone if person.outside_calls):
        try:
            lines = _lines(path, "")
        except Refused:
            continue
        strange = {row["sample"]: number for number, row in reversed(lines) if row["sample"] not in ids}
        remarks += [problem("HA-OUT-105", file=path, line=strange[name], name=name) for name in sorted(strange)]
    return tuple(remarks)


def _text(path: str, sample: str, code: str) -> str:
    try:
        return read_text(path)
    except UnreadableError as error:
        raise Refused(problem(code, file=path, line=error.line, sample=sample, reason=error.reason)) from None


def _lines(path: str, sample: str) -> list[Line]:
    """Every row with its line number, by column; the column ``file`` is blank where the header lacks it."""
    rows = rows_of(_text(path, sample, "HA-OUT-001"))
    if not rows or tuple(rows[0][1]) not in (COLUMNS, (*COLUMNS, FILE)):
        columns = f"{' '.join(COLUMNS)}, and {FILE} where results are attached"
        raise Refused(problem("HA-OUT-002", file=path, line=1, sample=sample, columns=columns))
    empty = dict.fromkeys((*COLUMNS, FILE), "")
    return [(number, _tidied(empty | dict(zip(rows[0][1], cells, strict=False)))) for number, cells in rows[1:]]


def _tidied(row: dict[str, str]) -> dict[str, str]:
    """Capitals are no difference in cells of fixed words."""
    lower = {name: row[name].lower() for name in ("verdict", "zygosity")}
    return row | lower | {"gene": row["gene"].upper()}


def _word(path: str, number: int, row: Mapping[str, str]) -> OutsideCall:
    return OutsideCall(
        sample=row["sample"],
        gene=Gene(row["gene"]),
        variant=row["variant"],
        # An attached file has no verdict of its own; what it finds is said of each allele.
        verdict=OutsideVerdict(row["verdict"] or OutsideVerdict.FOUND),
        method=row["method"],
        laboratory=row["laboratory"],
        dated=row["date"],
        zygosity=row["zygosity"],
        file=Path(path).name,
        line=number,
    )


def _faults(path: str, number: int, row: Mapping[str, str]) -> list[Problem]:
    """Every cell that is not accepted, with what would be."""
    found = [*_about(row), *(_of_file(row) if row[FILE] else _of_allele(row))]
    place = {"file": path, "sample": row["sample"]}
    return [
        problem("HA-OUT-003", line=number, column=column, value=row[column], accepted=accepted, **place)
        for column, accepted in found
    ]


def _about(row: Mapping[str, str]) -> list[tuple[str, str]]:
    faults = []
    if row["gene"] not in tuple(Gene):
        faults.append(("gene", ", ".join(Gene)))
    if not row["method"]:
        faults.append(("method", "the name of the assay"))
    try:
        dt.date.fromisoformat(row["date"])
    except ValueError:
        faults.append(("date", "an ISO date, as 2026-05-31"))
    return faults


def _of_file(row: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(column, "nothing beside an attached file") for column in ("variant", "verdict", "zygosity") if row[column]]


def _of_allele(row: Mapping[str, str]) -> list[tuple[str, str]]:
    faults = []
    if row["verdict"] not in VERDICTS:
        faults.append(("verdict", ", ".join(VERDICTS)))
    if row["zygosity"] not in ZYGOSITIES:
        faults.append(("zygosity", "het, hom, hemi or blank"))
    if row["verdict"] == OutsideVerdict.REFERENCE:
        if not exons_named(row["variant"], row["gene"]):
            faults.append(("variant", "exons of the MANE Select transcript, as exon 9 or exons 11-15"))
        if row["zygosity"]:
            faults.append(("zygosity", "nothing beside the verdict reference"))
    elif not row["variant"]:
        faults.append(("variant", "a c. or g. name, or an allele key"))
    return faults


def exons_named(text: str, gene: str) -> tuple[int, ...]:
    """Exon numbers of ``exon 9`` or ``exons 11-15``; none where the gene has no such exons."""
    match = EXONS.fullmatch(text)
    if match is None or gene not in tuple(Gene):
        return ()
    first, last = int(match[1]), int(match[2] or match[1])
    count = len(load_panel().loci[Gene(gene)].mane.models[Build.GRCH38].exons)
    return tuple(range(first, last + 1)) if 1 <= first <= last <= count else ()


def _shared(path: str, number: int, row: Mapping[str, str], lines: list[Line]) -> list[Problem]:
    """A paraphase file holds one sample and does not say which: it can belong to one person only."""
    shared = row[FILE] and any(other[FILE] == row[FILE] and other["sample"] != row["sample"] for _, other in lines)
    if not shared or not row[FILE].lower().endswith(".json"):
        return []
    return [problem("HA-OUT-007", file=path, line=number, sample=row["sample"], name=row[FILE])]
