"""The record as tab-separated text: classes and observations in and out, and the columns of a ClinVar submission."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from higm_annot.evidence.labrecord.classes import add
from higm_annot.evidence.labrecord.entries import OPTIONAL, REQUIRED, Written, date_fault, lab_class, names_of
from higm_annot.evidence.labrecord.observations import observe
from higm_annot.evidence.labrecord.types import PSEUDONYM, HistoryRow, LabClass, Observed, ObservedAllele
from higm_annot.genotype.types import Zygosity
from higm_annot.intake.text_file import UnreadableError, read_text, rows_of
from higm_annot.knowledge.tables import diseases
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.types import Panel

CLASS_COLUMNS = (
    "variant",
    "gene",
    "hgvs_c",
    "class",
    "disease",
    "mechanism",
    "who",
    "dated",
    "reason",
    "criteria",
)
OBSERVATION_COLUMNS = ("sample", "report", "dated", "variant", "zygosity", "unresolved")
# ``unclear``: a report shows the allele in several states.
ZYGOSITIES = (*(str(one) for one in Zygosity if one not in (Zygosity.NO_CALL, Zygosity.HOM_REF)), "unclear")
_HEX_DIGITS = 64
_YES_NO = {"yes": True, "no": False}

# Headers of ClinVar's submission spreadsheet for germline variants, sheet "Variant", as renamed in January 2024
# (ncbi/clinvar on GitHub, submission_templates/README.md). What the record does not know stays blank.
CLINVAR_COLUMNS = (
    "##Local ID",
    "Linking ID",
    "Gene symbol",
    "Reference sequence",
    "HGVS",
    "Condition ID type",
    "Condition ID value",
    "Preferred condition name",
    "Germline classification",
    "Date last evaluated",
    "Mode of inheritance",
    "Comment on classification",
    "Collection method",
    "Allele origin",
    "Affected status",
    "Private comment",
)
_INHERITANCE = {
    "AR": "Autosomal recessive inheritance",
    "AD": "Autosomal dominant inheritance",
    "XLR": "X-linked recessive inheritance",
    "XLD": "X-linked dominant inheritance",
    "XL": "X-linked inheritance",
}


def import_file(path: Path, text_file: str, panel: Panel, today: date) -> tuple[str, int, int]:
    """Put the rows of a file on record, all or none; what they are, how many there are and how many were new.

    Raises
    ------
    Refused
        With every fault of the file, by line and column; nothing is written then.
    """
    header, rows = _table(text_file)
    if "zygosity" in header:
        reports = _observed(rows, panel, today)
        return "reports", len(reports), observe(path, reports)
    faults: list[Problem] = []
    entries: list[tuple[Written, LabClass]] = []
    for row in rows:
        try:
            entries.append((row, lab_class(panel, row, today)))
        except Refused as refusal:
            faults += refusal.problems
    if faults:
        raise Refused(*faults)
    return "classes", len(entries), add(path, entries)


def class_lines(rows: Iterable[HistoryRow]) -> str:
    """The history as text that :func:`import_file` reads back."""
    table: list[Sequence[str]] = [CLASS_COLUMNS]
    for one in rows:
        variant, said = one.row.variant, one.row.assertion
        table.append(
            (
                variant.key,
                variant.gene,
                variant.hgvs_c,
                said.class_,
                said.disease,
                said.mechanism,
                said.who,
                said.dated,
                said.reason,
                said.criteria,
            )
        )
    return _lines(table)


def observation_lines(observed: Iterable[Observed]) -> str:
    """Reports and their alleles as text that :func:`import_file` reads back; a report without alleles has one line."""
    table: list[Sequence[str]] = [OBSERVATION_COLUMNS]
    for one in observed:
        start = (one.sample, one.digest, one.dated)
        if not one.alleles:
            table.append((*start, "", "", ""))
        for seen in one.alleles:
            table.append((*start, seen.variant.key, seen.zygosity, "yes" if seen.unresolved else "no"))  # noqa: PERF401 - reads as a loop beside its other case
    return _lines(table)


def clinvar_lines(rows: Iterable[LabClass]) -> str:
    """The classes that hold, under ClinVar's headers.

    Only what the record knows: the condition where a class is limited to a disease, never a guess. The laboratory's
    reason may speak of people and goes into the comment that ClinVar does not publish.
    """
    table: list[Sequence[str]] = [CLINVAR_COLUMNS]
    for row in rows:
        said, disease = row.assertion, diseases().get(row.assertion.disease)
        reference, _, name = (row.variant.hgvs_c or row.variant.hgvs_g).partition(":")
        cells = {
            "##Local ID": row.id,
            "Linking ID": row.id,
            "Gene symbol": row.variant.gene,
            "Reference sequence": reference,
            "HGVS": name,
            "Germline classification": said.class_,
            "Date last evaluated": said.dated,
            "Comment on classification": said.criteria,
            "Private comment": said.reason,
        }
        if disease is not None:
            single = disease.omim[0] if len(disease.omim) == 1 else ""
            kind, value = ("MONDO", disease.mondo) if disease.mondo else ("OMIM", single) if single else ("", "")
            cells |= {
                "Condition ID type": kind,
                "Condition ID value": value,
                "Preferred condition name": "" if value else disease.name,
                "Mode of inheritance": _INHERITANCE[disease.inheritance],
            }
        table.append([cells.get(column, "") for column in CLINVAR_COLUMNS])
    return _lines(table)


def _lines(table: Iterable[Sequence[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in table)


def _table(path: str) -> tuple[tuple[str, ...], list[Written]]:
    """Header and rows of a file, its columns checked."""
    try:
        rows = rows_of(read_text(path))
    except UnreadableError as error:
        raise Refused(problem("HA-REC-019", file=path, line=error.line, reason=error.reason)) from None
    if not rows:
        raise Refused(problem("HA-REC-019", file=path, reason="it has no header"))
    (line, header), *rest = rows
    of_observations = "zygosity" in header
    required = OBSERVATION_COLUMNS if of_observations else REQUIRED
    accepted = OBSERVATION_COLUMNS if of_observations else (*REQUIRED, *OPTIONAL)
    odd = [name for name in header if name not in accepted or header.count(name) > 1]
    odd += [name for name in required if name not in header]
    if odd:
        columns, known = ", ".join(dict.fromkeys(odd)), ", ".join(accepted)
        raise Refused(problem("HA-REC-020", file=path, line=line, columns=columns, accepted=known))
    faults = [
        problem("HA-REC-021", file=path, line=number, found=len(cells), expected=len(header))
        for number, cells in rest
        if len(cells) != len(header)
    ]
    if faults:
        raise Refused(*faults)
    return tuple(header), [Written(dict(zip(header, cells, strict=True)), path, number) for number, cells in rest]


def _observed(rows: Sequence[Written], panel: Panel, today: date) -> list[Observed]:
    """Reports with their alleles from the lines of a file."""
    faults: list[Problem] = []
    found: dict[str, Observed] = {}
    for row in rows:
        faults += _observation_faults(row, today)
        digest, sample, dated = row.cell("report"), row.cell("sample"), row.cell("dated")
        known = found.setdefault(digest, Observed(sample, digest, dated, ()))
        if (known.sample, known.dated) != (sample, dated):
            faults.append(row.fault("HA-REC-022", digest=digest[:12]))
        if not row.cell("variant"):
            continue
        try:
            variant = names_of(panel, row.cell("variant"))
        except Refused as refusal:
            faults += (row.fault("HA-REC-017", reason=one.message) for one in refusal.problems)
            continue
        if any(one.variant == variant for one in known.alleles):
            faults.append(row.fault("HA-REC-023", value=row.cell("variant")))
        seen = ObservedAllele(variant, row.cell("zygosity"), _YES_NO.get(row.cell("unresolved"), False))
        found[digest] = Observed(sample, digest, dated, (*known.alleles, seen))
    if faults:
        raise Refused(*faults)
    return list(found.values())


def _observation_faults(row: Written, today: date) -> Iterable[Problem]:
    """Faults of single cells."""
    if not PSEUDONYM.fullmatch(row.cell("sample")):
        yield row.fault("HA-REC-014", column="sample", value=row.cell("sample"))
    digest = row.cell("report")
    if len(digest) != _HEX_DIGITS or set(digest) - set("0123456789abcdef"):
        yield row.fault("HA-REC-010", column="report", value=digest, accepted="the digest of a report, 64 hex digits")
    yield from date_fault(row, today)
    if row.cell("variant") and row.cell("zygosity") not in ZYGOSITIES:
        value, accepted = row.cell("zygosity"), ", ".join(ZYGOSITIES)
        yield row.fault("HA-REC-010", column="zygosity", value=value, accepted=accepted)
    if row.cell("variant") and row.cell("unresolved") not in _YES_NO:
        yield row.fault("HA-REC-010", column="unresolved", value=row.cell("unresolved"), accepted="yes, no")
