"""The TSV: the contract's columns, one row per conclusion and variant."""

import msgspec
import pytest

from higm_annot.evidence.types import Frequency, Record, RecordKind
from higm_annot.report.document import failed
from higm_annot.report.summary import SUMMARY_COLUMNS, summary_rows
from higm_annot.report.tsv import COLUMNS, render_tsv, rows

CONTRACT = [
    "sample",
    "gene",
    "disease",
    "conclusion",
    "status",
    "diplotype",
    "phase",
    "key",
    "build",
    "hgvs_g",
    "transcript",
    "hgvs_c",
    "hgvs_p",
    "consequence",
    "state",
    "depth",
    "allele_balance",
    "filter",
    "allele_class",
    "case_class",
    "criteria",
    "gnomad_af",
    "clinvar",
    "paralogue",
    "flags",
]


def cells(report):
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows(report)]


def test_columns_are_those_of_the_contract():
    """New columns come behind those of the first release."""
    assert list(COLUMNS[: len(CONTRACT)]) == CONTRACT
    assert list(COLUMNS[len(CONTRACT) :]) == [
        "class_by_points",
        "class_by_table",
        "computed_class",
        "laboratory_class",
        "case_criteria",
    ]
    assert SUMMARY_COLUMNS[: len(COLUMNS)] == COLUMNS


def test_one_row_per_conclusion_and_variant(made):
    first, second = cells(made.boy())
    assert (first["gene"], first["hgvs_c"], first["state"], first["criteria"]) == (
        "CD40LG", "c.340del", "hemi", "PVS1,PM2_Supporting",
    )  # fmt: skip
    assert (first["allele_balance"], first["gnomad_af"]) == ("0.976", "1.11e-05")
    assert first["clinvar"] == "Pathogenic (single submitter, 2013-08-08)"
    assert (second["gene"], second["conclusion"], second["key"]) == ("PMS2", "not_assessed", "")


@pytest.mark.parametrize(
    ("frequency", "shown"),
    [
        (Frequency(0.01, 1000, "gnomAD r2.0", True), "0.01"),
        (Frequency(0.01, 0, "gnomAD r2.0", True), ""),
        (Frequency(None, 1000, "gnomAD r2.0", True), ""),
        (Frequency(0.01, 1000, "gnomAD r2.0", False), ""),
        (Frequency(0.01, 1000, "ExAC", True), ""),
        (Frequency(0.0, 1000, "gnomAD r2.0", True), "0"),
    ],
)
def test_gnomad_frequency_needs_alleles_and_a_reliable_place(made, frequency, shown):
    report = made.boy()
    record = Record(RecordKind.FREQUENCY, frequency.dataset, "x", "2017", True, "s", frequency=frequency)
    block = msgspec.structs.replace(report.variants[0], evidence=(record,))
    report = msgspec.structs.replace(report, variants=(block, *report.variants[1:]))
    assert cells(report)[0]["gnomad_af"] == shown


def test_tabs_and_line_breaks_cannot_break_a_row(made):
    conclusion = msgspec.structs.replace(made.boy_conclusions()[0], disease="a\tb\nc\rd")
    lines = render_tsv(made.boy(conclusions=(conclusion,))).splitlines()
    assert [line.count("\t") for line in lines] == [len(COLUMNS) - 1] * 2
    assert lines[1].split("\t")[2] == "a b c d"


def test_failed_report_is_a_row(made):
    report = failed(made.intake(problems=(made.ERROR,)), made.PANEL)
    (row,) = cells(report)
    assert (row["sample"], row["status"], row["conclusion"], row["flags"]) == ("boy-1", "failed", "", "HA-VCF-900")
    assert summary_rows(report)[0][-4:-1] == ("failed", "hold", "failed")
