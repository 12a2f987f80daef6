"""Every encoding by locus by sex against the truth table ``zygosity.tsv`` (``gt`` is seen from allele 1)."""

import csv
from pathlib import Path

import pytest

from higm_annot.genotype.quality import limits, quality_flags
from higm_annot.genotype.types import Zygosity
from higm_annot.genotype.zygosity import read_zygosity
from higm_annot.intake.types import Sex, Support
from higm_annot.knowledge.texts import texts

ROWS = list(csv.DictReader((Path(__file__).parent / "zygosity.tsv").read_text().splitlines(), delimiter="\t"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['gt']}-{row['locus']}-{row['sex']}")
def test_truth_table(make, row):
    reading = read_zygosity(
        make.genotype(row["gt"]),
        Sex(row["sex"]),
        sex_linked=row["locus"] != "autosome",
        pseudogene_twin=row["locus"] == "X-twin",
    )
    if row["zygosity"] == "none":
        assert reading is None
        return
    assert reading.zygosity == row["zygosity"]
    assert ",".join(reading.readings) == row["readings"].replace("-", "")
    assert ",".join(reading.flags) == row["flags"].replace("-", "")
    assert {f"state.{code}" for code in reading.reasons} <= texts().keys()
    assert {f"flag.{code}" for code in reading.flags} <= texts().keys()
    assert reading.reasons


def test_no_male_het_ever_becomes_hemizygous():
    males = [row for row in ROWS if row["sex"] == "male" and row["locus"] != "autosome" and row["gt"] in ("0/1", "1/2")]
    assert males
    assert all(row["zygosity"] == "het_in_male" for row in males)


@pytest.mark.parametrize(
    ("support", "zygosity", "firewalled", "expected"),
    [
        (Support(), "het", False, ()),
        (Support(depth=9), "het", False, ("low_depth",)),
        (Support(depth=9), "hemi", False, ()),
        (Support(depth=4), "hemi", False, ("low_depth",)),
        (Support(genotype_quality=12), "hom", False, ("low_genotype_quality",)),
        (Support(filters=("PASS",)), "het", False, ()),
        (Support(filters=(".",)), "het", False, ()),
        (Support(filters=("off-target",)), "het", False, ("off_target",)),
        (Support(filters=("LowQual",)), "het", False, ("filter_failed",)),
        (Support(filters=("off-target", "LowQual")), "het", False, ("filter_failed", "off_target")),
        (Support(depth=40, ref_reads=34, alt_reads=6), "het", False, ("allele_balance",)),
        (Support(depth=40, ref_reads=34, alt_reads=6), "het", True, ()),
        (Support(depth=40, ref_reads=20, alt_reads=20), "het", False, ()),
        (Support(depth=40, ref_reads=20, alt_reads=20), "hom", False, ("allele_balance",)),
        (Support(depth=40, ref_reads=1, alt_reads=39), "hom", False, ()),
        (Support(depth=40, ref_reads=2, alt_reads=38), "het", False, ("allele_balance",)),
    ],
)
def test_quality_flags(support, zygosity, firewalled, expected):
    flags = quality_flags(support, Zygosity(zygosity), limits(), firewalled=firewalled)
    assert flags == expected
    assert {f"flag.{flag}" for flag in flags} <= texts().keys()
