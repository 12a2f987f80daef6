"""Outside calls and callable intervals: read exactly, or refused."""

from __future__ import annotations

import gzip

import pytest

from higm_annot.intake.coverage import read_callable
from higm_annot.intake.outside import COLUMNS, read_outside_calls
from higm_annot.intake.types import OutsideVerdict
from higm_annot.problems import Refused
from higm_annot.reference.types import Contig, Gene

GOOD = ["A", "PMS2", "c.943C>T", "confirmed", "long-range PCR", "Lab 1", "2026-05-31", "het"]


def outside(tmp_path, *rows):
    path = tmp_path / "outside.tsv"
    path.write_text("\n".join("\t".join(row) for row in (COLUMNS, *rows)) + "\n", encoding="utf-8")
    return str(path)


def test_only_the_rows_of_the_sample_are_read(tmp_path):
    path = outside(tmp_path, GOOD, ["B", *GOOD[1:]], ["B", "nonsense", *GOOD[2:]])
    (call,) = read_outside_calls(path, "A")
    assert (call.gene, call.variant, call.verdict) == (Gene.PMS2, "c.943C>T", OutsideVerdict.CONFIRMED)
    assert (call.method, call.zygosity, call.line) == ("long-range PCR", "het", 2)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("gene", "MLH1"),
        ("variant", "943C>T"),
        ("verdict", "yes"),
        ("method", ""),
        ("date", "31.5.2026"),
        ("zygosity", "1/1"),
    ],
)
def test_a_fault_in_a_row_is_named(tmp_path, column, value):
    row = dict(zip(COLUMNS, GOOD, strict=True)) | {column: value}
    with pytest.raises(Refused) as refusal:
        read_outside_calls(outside(tmp_path, list(row.values())), "A")
    (found,) = refusal.value.problems
    assert (found.code, found.line) == ("HA-OUT-003", 2)
    assert f"column {column}" in found.message


def test_another_header_or_no_file_is_refused(tmp_path):
    path = tmp_path / "o.tsv"
    path.write_text("sample\tgene\n", encoding="utf-8")
    with pytest.raises(Refused, match="HA-OUT-002"):
        read_outside_calls(str(path), "A")
    with pytest.raises(Refused, match="HA-OUT-001"):
        read_outside_calls(str(tmp_path / "missing"), "A")


def test_bed_is_half_open_and_any_contig_name_will_do(tmp_path):
    path = tmp_path / "c.bed.gz"
    path.write_bytes(gzip.compress(b"track name=x\nchrX\t99\t200\tCALLABLE\nNC_000012.12\t0\t1\n1\tnot\tread\n"))
    assert read_callable(str(path), "A") == ((Contig.CHR12, 1, 1), (Contig.CHRX, 100, 200))


@pytest.mark.parametrize("line", ["chrX\t5\t5", "chrX\t5", "chrX\tfive\t9", "chrX\t9\t5"])
def test_a_line_that_is_not_bed_is_refused(tmp_path, line):
    path = tmp_path / "c.bed"
    path.write_text(f"chrX\t1\t2\n{line}\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"HA-COV-002.*c\.bed:2"):
        read_callable(str(path), "A")


def test_a_truncated_gzip_is_refused(tmp_path):
    path = tmp_path / "c.bed.gz"
    path.write_bytes(gzip.compress(b"chrX\t1\t2\n" * 100)[:-9])
    with pytest.raises(Refused, match="HA-COV-001"):
        read_callable(str(path), "A")
