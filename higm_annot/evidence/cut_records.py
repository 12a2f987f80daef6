"""Rows of a cut file as records: what a source says, worded, dated, and with what keeps it from counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from higm_annot.evidence.cutting import columns_of
from higm_annot.evidence.directory import Entry
from higm_annot.evidence.kinds import CADD, CLINVAR, GNOMAD, kinds
from higm_annot.evidence.types import Frequency, Prediction, Record, RecordKind
from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.knowledge.review_status import review_status
from higm_annot.knowledge.tables import threshold
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Build, Contig, Panel

PASSED = ("", "PASS")
ALSO = "|"  # ClinVar writes further assertions behind it ("Pathogenic|risk factor")


def records_of(entry: Entry, panel: Panel, key: str, rows: Sequence[Sequence[str]]) -> tuple[Record, ...]:
    """The records that the rows of one allele stand for."""
    named = [dict(zip(columns_of(entry.kind), row, strict=True)) for row in rows]
    if entry.kind == CLINVAR:
        return tuple(_assertion(entry, key, row) for row in named)
    if entry.kind == GNOMAD:
        return tuple(_population(entry, panel, key, row) for row in named)
    return tuple(_prediction(entry, key, row) for row in named)


def absent_record(entry: Entry, panel: Panel, key: str, alleles: int) -> Record:
    """That an allele was not seen among the alleles read at its place."""
    value = Frequency(0.0, alleles, _dataset(entry), reliable=not _paralogue(panel, key))
    code = "record.population_absent" if value.reliable else "record.population_absent_unreliable"
    return _record(
        entry, key, RecordKind.FREQUENCY, text(code, alleles=alleles, dataset=value.dataset), frequency=value
    )


def _assertion(entry: Entry, key: str, row: Mapping[str, str]) -> Record:
    """A class in ClinVar; it counts when its review status does and the release is not old."""
    said, _, _ = row["significance"].partition(ALSO)
    status = review_status(row["review"])
    recent = int(entry.date[:4]) >= threshold("assertion_current_from")
    if not said:
        code = "record.clinvar_no_class"
    elif not recent:
        code = "record.assertion_old"
    else:
        code = "record.clinvar" if status.gives_class else "record.clinvar_not_counted"
    fields = {"source": kinds()[CLINVAR].label, "release": entry.release, "dated": entry.date}
    statement = text(code, significance=row["significance"], review=row["review"] or "none", **fields)
    if row["conflicts"]:
        statement += " " + text("record.clinvar_conflicts", classes=row["conflicts"].replace("|", ", "))
    return _record(
        entry,
        row["record"] or key,
        RecordKind.ASSERTION,
        statement,
        current=recent and status.gives_class and bool(said),
        significance=said,
        review=row["review"],
    )


def _population(entry: Entry, panel: Panel, key: str, row: Mapping[str, str]) -> Record:
    """A frequency with its counts; unreliable where a pseudogene copy takes part or the dataset's filters failed it."""
    passed, paralogue = row["filters"] in PASSED, _paralogue(panel, key)
    value = Frequency(
        allele_frequency=float(row["af"]) if row["af"] else None,
        allele_number=_count(row["an"]),
        dataset=_dataset(entry),
        reliable=passed and not paralogue,
        homozygotes=_count(row["homozygotes"]),
        hemizygotes=_count(row["hemizygotes"]),
        faf95=float(row["faf95"]) if row["faf95"] else None,
        group=row["group"],
        group_frequency=float(row["group_af"]) if row["group_af"] else None,
        filters="" if passed else row["filters"],
    )
    return _record(entry, key, RecordKind.FREQUENCY, _population_words(value, paralogue), frequency=value)


def _population_words(value: Frequency, paralogue: bool) -> str:  # noqa: FBT001 - said once, by the caller above
    if not value.allele_number or value.allele_frequency is None:
        return text("record.frequency_no_data", dataset=value.dataset)
    shown = {
        "homozygotes": value.homozygotes,
        "hemizygotes": value.hemizygotes,
        "faf95": None if value.faf95 is None else f"{value.faf95:.3g}",
        "group": None if value.group_frequency is None else f"{value.group_frequency:.3g} ({value.group or '?'})",
    }
    more = "; ".join(text(f"record.population_{name}", value=one) for name, one in shown.items() if one is not None)
    code = "record.frequency_unreliable" if paralogue else "record.frequency"
    said = text(code, frequency=f"{value.allele_frequency:.3g}", alleles=value.allele_number, dataset=value.dataset)
    filtered = text("record.population_filtered", filters=value.filters.replace(";", ", ")) if value.filters else ""
    return " ".join(part for part in (said, f"{more}." if more else "", filtered) if part)


def _prediction(entry: Entry, key: str, row: Mapping[str, str]) -> Record:
    """A score of a prediction program; which programs a rule counts is said with the criteria."""
    label = kinds()[entry.kind].label
    detail = f" ({row['detail']})" if row["detail"] else ""
    code = "record.prediction_not_counted" if entry.kind == CADD else "record.prediction"
    statement = text(code, program=label, release=entry.release, score=row["score"], detail=detail)
    value = Prediction(label, float(row["score"]), row["detail"])
    return _record(entry, key, RecordKind.PREDICTION, statement, prediction=value)


def _record(  # noqa: PLR0913 - one argument for each thing that differs between kinds
    entry: Entry,
    record: str,
    kind: RecordKind,
    statement: str,
    *,
    current: bool = True,
    significance: str = "",
    review: str = "",
    frequency: Frequency | None = None,
    prediction: Prediction | None = None,
) -> Record:
    return Record(
        kind=kind,
        source=kinds()[entry.kind].source,
        record=record,
        dated=entry.date,
        current=current,
        statement=statement,
        significance=significance,
        review=review,
        frequency=frequency,
        prediction=prediction,
    )


def _dataset(entry: Entry) -> str:
    """How the people counted are called."""
    return " ".join(part for part in (kinds()[entry.kind].label, entry.release, entry.dataset) if part)


def _paralogue(panel: Panel, key: str) -> bool:
    build, contig, position, ref, _ = key.split(":", 4)
    start = int(position)
    hit = paralogue_at(panel, Build(build), Contig(contig), start, start + len(ref) - 1)
    return hit is not None and hit.level == "hard"


def _count(value: str) -> int | None:
    """A whole number, or None where the file has none."""
    return int(float(value)) if value else None
