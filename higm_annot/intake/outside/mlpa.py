"""MLPA tables: copies of whole exons, one line a probe.

Tab-separated with the header ``sample gene transcript exon probe ratio copies status``. Exons are numbered on the MANE
Select transcript, which the line names, so that another numbering is noticed. A probe gives the ratio to people of the
same sex, or the number of copies as the laboratory reads it; the bands that turn a ratio into copies are data
(``thresholds.tsv``, ``mlpa_*``). A ratio between the bands, and probes of an exon that disagree, count for nothing and
are named.
"""

from __future__ import annotations

from msgspec import Struct

from higm_annot.intake.copies import expected_copies
from higm_annot.intake.text_file import rows_of
from higm_annot.intake.types import Dose, ExonCounts, ExonDose, OutsideCall, Sex
from higm_annot.knowledge.tables import threshold
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

COLUMNS = ("sample", "gene", "transcript", "exon", "probe", "ratio", "copies", "status")
READ, STATUSES = "ok", ("ok", "failed", "variant_under_probe")


class _Probe(Struct, frozen=True):
    exon: int
    dose: Dose
    copies: int | None
    written: str


def read(path: str, text: str, word: OutsideCall, sex: Sex) -> tuple[ExonCounts, tuple[Problem, ...]]:
    """The exon doses of one person in one gene, and remarks on probes that count for nothing.

    Raises
    ------
    Refused
        When the table has another header, no line of this sample, a line of another gene or transcript, an exon that
        the gene does not have, or a cell that cannot be read.
    """
    rows = rows_of(text)
    if not rows or tuple(rows[0][1]) != COLUMNS:
        raise Refused(problem("HA-OUT-005", file=path, line=1, sample=word.sample, columns=" ".join(COLUMNS)))
    lines = [
        (number, dict.fromkeys(COLUMNS, "") | dict(zip(COLUMNS, cells, strict=False))) for number, cells in rows[1:]
    ]
    own = [(number, row) for number, row in lines if row["sample"] == word.sample]
    if not own:
        others = len({row["sample"] for _, row in lines})  # their names belong in nobody else's report
        raise Refused(problem("HA-OUT-006", file=path, sample=word.sample, count=others))
    faults = [
        problem(
            "HA-OUT-003",
            file=path,
            line=number,
            sample=word.sample,
            column=column,
            value=row[column],
            accepted=accepted,
        )
        for number, row in own
        for column, accepted in _faults(row, word.gene)
    ]
    if faults:
        raise Refused(*faults)
    expected = expected_copies(load_panel().loci[word.gene].contig, sex)
    probes = [_probe(row, expected) for _, row in own if row["status"] == READ]
    exons, remarks = [], []
    for exon in sorted({probe.exon for probe in probes}):
        dose = _together(exon, [probe for probe in probes if probe.exon == exon])
        exons.append(dose)
        if dose.dose is Dose.OPEN:
            written = ", ".join(probe.written for probe in probes if probe.exon == exon)
            remarks.append(
                problem("HA-OUT-106", file=path, sample=word.sample, gene=word.gene, exon=exon, written=written)
            )
    return ExonCounts(word, tuple(exons)), tuple(remarks)


def _faults(row: dict[str, str], gene: Gene) -> list[tuple[str, str]]:
    """(column, what would be accepted) of every cell that is not."""
    mane = load_panel().loci[gene].mane
    count = len(mane.models[Build.GRCH38].exons)
    faults = []
    if row["gene"] != gene:
        faults.append(("gene", f"{gene}, as the outside-call file says"))
    if row["transcript"].partition(".")[0] != mane.accession.partition(".")[0]:
        faults.append(("transcript", f"{mane.accession} (MANE Select), whose exons are meant"))
    if not (row["exon"].isdigit() and 1 <= int(row["exon"]) <= count):
        faults.append(("exon", f"a number from 1 to {count}"))
    if row["status"] not in STATUSES:
        faults.append(("status", ", ".join(STATUSES)))
    if row["status"] == READ and bool(row["ratio"]) is bool(row["copies"]):
        faults.append(("ratio", "a number here or in copies, and not in both"))
    if row["ratio"] and _number(row["ratio"]) is None:
        faults.append(("ratio", "a number from 0"))
    if row["copies"] and not row["copies"].isdigit():
        faults.append(("copies", "a whole number from 0"))
    return faults


def _number(written: str) -> float | None:
    """A plain decimal number without a sign; a word such as ``nan`` is none."""
    whole, _, rest = written.partition(".")
    return float(written) if whole.isdigit() and (rest.isdigit() or not rest) else None


def _probe(row: dict[str, str], expected: int | None) -> _Probe:
    exon = int(row["exon"])
    if row["copies"]:
        copies = int(row["copies"])
        return _Probe(exon, _of_copies(copies, expected), copies, f"{copies} copies")
    dose, copies_read = _of_ratio(_number(row["ratio"]) or 0.0, expected)
    return _Probe(exon, dose, copies_read, f"ratio {row['ratio']}")


def _of_copies(copies: int, expected: int | None) -> Dose:
    if copies == 0:
        return Dose.NONE_LEFT
    if expected is None:
        return Dose.GAINED if copies > 2 else Dose.OPEN
    if copies == expected:
        return Dose.EXPECTED
    return Dose.GAINED if copies > expected else Dose.ONE_LOST


def _of_ratio(ratio: float, expected: int | None) -> tuple[Dose, int | None]:
    """Dose and copies of a ratio to people with the expected number of copies.

    Without a known sex only a total loss can be read: one copy is what a male has and half of what a female has.
    """
    if ratio <= threshold("mlpa_none_max"):
        return Dose.NONE_LEFT, 0
    if expected is None:
        return Dose.OPEN, None
    if threshold("mlpa_expected_min") <= ratio <= threshold("mlpa_expected_max"):
        return Dose.EXPECTED, expected
    if expected == 2 and threshold("mlpa_one_lost_min") <= ratio <= threshold("mlpa_one_lost_max"):
        return Dose.ONE_LOST, 1
    if expected == 2 and threshold("mlpa_one_gained_min") <= ratio <= threshold("mlpa_one_gained_max"):
        return Dose.GAINED, 3
    return (Dose.GAINED, None) if ratio > threshold("mlpa_one_gained_max") else (Dose.OPEN, None)


def _together(exon: int, probes: list[_Probe]) -> ExonDose:
    """What the probes of one exon say together; where they disagree the exon is open."""
    doses = {probe.dose for probe in probes}
    copies = {probe.copies for probe in probes}
    if len(doses) > 1:
        return ExonDose(exon, Dose.OPEN, len(probes))
    return ExonDose(exon, doses.pop(), len(probes), copies.pop() if len(copies) == 1 else None)
