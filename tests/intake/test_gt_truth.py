"""Genotypes, encoding by encoding, against a truth table written by hand from the VCF specification."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from higm_annot.intake.gt import parse_gt

TRUTH = list(csv.DictReader((Path(__file__).parent / "gt_truth.tsv").open(), delimiter="\t"))


@pytest.mark.parametrize("row", TRUTH, ids=lambda row: row["what"])
def test_every_encoding_comes_out_as_the_file_says(row, make_vcf, read, panel, base) -> None:
    offset = next(o for o in range(3000, 4000) if base("CD40LG", o)[2] == "T")
    contig, pos, ref = base("CD40LG", offset)
    path = make_vcf(
        "one.vcf",
        [
            (
                contig,
                pos,
                ref,
                row["alts"],
                row["column"],
                {"format": row["format"], "info": f"SVLEN={row['length']}" if row["length"] else "."},
            )
        ],
        header=[f"##{part.strip()}" for part in row["header"].split("##") if part],
    )
    if row["header"]:  # the fixture declares PS in every file; here only a row that uses it does
        lines = Path(path).read_text().splitlines(keepends=True)
        kept = [line for line in lines if "PS" in row["format"] or not line.startswith("##FORMAT=<ID=PS,")]
        Path(path).write_text("".join(kept))
    (intake,) = read(path)
    assert not intake.failed, [p.text() for p in intake.problems]
    assert [unit.fate for unit in intake.ledger] == row["fates"].split(";")
    found = {call.alt_index: call for call in (*intake.calls, *intake.no_calls)}
    views = row["slots"].split(";") if row["slots"] else []
    for index, slots in enumerate(views, 1):
        if slots == "-":
            assert index not in found
            continue
        genotype = found[index].genotype
        assert genotype.slots == (() if slots == "none" else tuple(slots.split(",")))
        assert genotype.raw == row["raw"]
        assert genotype.phased is (row["phased"] == "yes")
        assert genotype.phase_set == (row["phase_set"] or None)
        assert genotype.haplotypes == (tuple(row["haplotypes"].split(",")) if row["haplotypes"] else ())
    assert len(found) == sum(slots != "-" for slots in views)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "0/x",
        "2",
        "0/2",
        "0/1/",
        "//1",
        "0//1",
        "-1",
        "0/+1",
        "1 ",
        "a",
        "0\\1",
        "0,1",
        "..",
        "/",
        "|",
        "\u0661/\u0661",
    ],
)
def test_what_is_no_genotype_is_refused(raw: str) -> None:
    with pytest.raises(ValueError):
        parse_gt(raw, 1)


@pytest.mark.parametrize("column", ["0/x", "0/2", "", "0/1/"])
def test_a_malformed_genotype_fails_that_person_only(column, make_vcf, read, snv) -> None:
    rows = [(*snv("CD40LG", 100), "0/1", "0/1"), (*snv("CD40LG", 200), "0/1", column)]
    good, bad = read(make_vcf("two.vcf", rows, ["A", "B"]))
    assert not good.failed
    assert len(good.calls) == 2
    assert bad.failed
    assert bad.calls == ()
    (fault,) = bad.problems
    assert fault.code == "HA-GT-001"
    assert fault.sample == "B"
    assert fault.file == "two.vcf"
    assert fault.line == len(Path(bad.person.vcf).read_text().splitlines())
