"""Every encoding by locus by sex against the truth table ``zygosity.tsv`` (``gt`` is seen from allele 1)."""

import csv
import math
from pathlib import Path

import pytest

from higm_annot.genotype.quality import Copies, Setting, limits, quality_flags
from higm_annot.genotype.strand import strand_bias
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


ONE_X = Setting(copies=Copies.X_MALE)
TWINNED = Setting(firewalled=True, unique=False)
ALIKE = Setting(unique=False)
INDEL = Setting(substitution=False)


@pytest.mark.parametrize(
    ("support", "zygosity", "setting", "expected"),
    [
        (Support(), "het", Setting(), ()),
        (Support(depth=9), "het", Setting(), ("low_depth",)),
        (Support(depth=9), "hom", Setting(copies=Copies.X_FEMALE), ("low_depth",)),
        (Support(depth=9), "hemi", ONE_X, ()),
        (Support(depth=4), "hemi", ONE_X, ("low_depth",)),
        # two alleles on one X need the reads of two copies
        (Support(depth=9), "het_in_male", ONE_X, ("low_depth",)),
        (Support(genotype_quality=12), "hom", Setting(), ("low_genotype_quality",)),
        (Support(genotype_quality=12), "hemi", ONE_X, ("low_genotype_quality",)),
        (Support(filters=("PASS",)), "het", Setting(), ()),
        (Support(filters=(".",)), "het", Setting(), ()),
        (Support(filters=("off-target",)), "het", Setting(), ("off_target",)),
        (Support(filters=("LowQual",)), "het", Setting(), ("filter_failed",)),
        (Support(filters=("PASS",), sample_filters=("LowGQ",)), "het", Setting(), ("filter_failed",)),
        (Support(filters=("off-target", "LowQual")), "het", Setting(), ("filter_failed", "off_target")),
        (Support(depth=29, ref_reads=23, alt_reads=6), "het", Setting(), ("allele_balance",)),
        (Support(depth=40, ref_reads=34, alt_reads=6), "het", Setting(), ("allele_balance", "possible_mosaic")),
        (Support(depth=40, ref_reads=34, alt_reads=6), "het", ALIKE, ("allele_balance",)),
        (Support(depth=40, ref_reads=34, alt_reads=6), "het", TWINNED, ()),
        (Support(depth=40, ref_reads=20, alt_reads=20), "het", Setting(), ()),
        (Support(depth=40, ref_reads=20, alt_reads=20), "hom", Setting(), ("allele_balance", "possible_mosaic")),
        (Support(depth=40, ref_reads=10, alt_reads=30), "hemi", ONE_X, ("allele_balance", "possible_mosaic")),
        (Support(depth=40, ref_reads=10, alt_reads=30), "hemi", TWINNED, ()),
        (Support(depth=40, ref_reads=1, alt_reads=39), "hom", Setting(), ()),
        (Support(depth=40, ref_reads=2, alt_reads=38), "het", Setting(), ("allele_balance", "possible_mosaic")),
        (Support(depth=40, ref_reads=34, alt_reads=6), "half_call", Setting(), ()),
        (Support(strand_bias=60), "het", Setting(), ()),
        (Support(strand_bias=60.5), "het", Setting(), ("strand_bias",)),
        (Support(strand_bias=60.5), "het", INDEL, ()),
        (Support(strand_bias=201), "het", INDEL, ("strand_bias",)),
        (Support(strand_odds=3.1), "het", Setting(), ("strand_bias",)),
        (Support(strand_odds=3.1), "het", INDEL, ()),
        (Support(strand_odds=10.1), "het", INDEL, ("strand_bias",)),
        (Support(strands=(20, 20, 20, 20)), "het", Setting(), ()),
        (Support(strands=(50, 50, 60, 0)), "het", Setting(), ("strand_bias",)),
        (Support(strands=(50, 0, 60, 0)), "het", Setting(), ()),
        # depth alone makes no bias: the same shares in 60 times as many reads
        (Support(strands=(10, 10, 12, 8)), "het", Setting(), ()),
        (Support(strands=(6000, 6000, 7200, 4800)), "het", Setting(), ()),
        (Support(mapping_quality=40), "het", Setting(), ()),
        (Support(mapping_quality=39.9), "het", Setting(), ("low_mapping_quality",)),
    ],
)
def test_quality_flags(support, zygosity, setting, expected):
    flags = quality_flags(support, Zygosity(zygosity), limits(), setting)
    assert flags == expected
    assert {f"flag.{flag}" for flag in flags} <= texts().keys()


@pytest.mark.parametrize("counts", [(8, 2, 1, 5), (0, 10, 12, 2), (10, 10, 10, 10), (0, 0, 5, 0), (90, 60, 1, 40)])
def test_strand_bias_is_fishers_exact_test(counts):
    """Against the definition in whole numbers: the tables with the same margins that are no likelier than this one."""
    forward, reverse, alt_forward, alt_reverse = counts
    rows, column = (forward + reverse, alt_forward + alt_reverse), forward + alt_forward
    ways = [math.comb(rows[0], n) * math.comb(rows[1], column - n) for n in range(column + 1)]
    p_value = sum(one for one in ways if one <= ways[forward]) / math.comb(sum(rows), column)
    assert strand_bias(counts, 200) == pytest.approx(-10 * math.log10(p_value), abs=1e-6)
