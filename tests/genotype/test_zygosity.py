"""Every encoding by locus by sex against ``zygosity.tsv``, a table written by hand; then what reads say of a call.

The table goes through the file: a record is written, read, and resolved. ``column`` is the sample's column, ``of`` the
alternate it is seen from, ``deletion`` the genotype of a second record that deletes the place. A cell is the state, in
brackets the meanings kept open where they are more than the state, and ``!`` before each flag; ``reference`` and
``set_aside`` are fates of the record. ``twin`` is the part of IKBKG that its pseudogene resembles.
"""

import csv
import math
import re
from pathlib import Path

import pytest

from higm_annot.genotype.quality import Copies, Setting, limits, quality_flags
from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.strand import strand_bias
from higm_annot.genotype.types import Zygosity
from higm_annot.genotype.witness import Witnesses
from higm_annot.genotype.zygosity import read_zygosity
from higm_annot.intake.read import read_file
from higm_annot.intake.types import Fate, Person, Sex, Support
from higm_annot.knowledge.texts import texts
from higm_annot.reference.types import Build

ROWS = list(csv.DictReader((Path(__file__).parent / "zygosity.tsv").read_text().splitlines(), delimiter="\t"))
CELL = re.compile(r"(\w+)(?: \(([\w ]+)\))?((?: !\w+)*)")
LOCI = {"autosome": ("AICDA", 8605308), "X": ("CD40LG", 136654423), "twin": ("IKBKG", 154564450)}
CELLS = [
    *(("autosome", "autosome", sex) for sex in Sex),
    *((f"{locus}_{sex}", locus, sex) for locus in ("X", "twin") for sex in (Sex.FEMALE, Sex.MALE, Sex.UNKNOWN)),
]
STATES = {"reference": "REFERENCE", "set_aside": "SET_ASIDE"}


def written(make_vcf, panel, row, locus):
    """A file with the row's record at a T of the locus, and the record that deletes the place where the row has one."""
    gene, near = LOCI[locus]
    piece = next(one.slices[Build.GRCH38] for one in panel.loci.values() if one.gene == gene)
    pos = next(at for at in range(near, near + 200) if piece.bases(at, at) == "T")
    info = f"SVLEN={row['length']}" if row["length"] else "."
    records = [(piece.contig, pos, "T", row["alts"], row["column"], {"format": row["format"], "info": info})]
    if row["deletion"]:
        gone = piece.bases(pos - 2, pos + 4)
        records.insert(0, (piece.contig, pos - 2, gone, gone[0], row["deletion"]))
    return make_vcf("one.vcf", records), pos


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell[1]}-{cell[2]}")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['what']} {row['column']}")
def test_truth_table(make, make_vcf, row, cell):
    name, locus, sex = cell
    path, pos = written(make_vcf, make.panel, row, locus)
    (intake,) = read_file(path, (Person("S1", path, "S1", sex=sex),), make.panel)
    assert not intake.failed, intake.problems
    state, readings, flags = CELL.fullmatch(row[name]).groups()
    if state in STATES:
        alt = row["alts"].split(",")[int(row["of"]) - 1]
        (unit,) = [unit for unit in intake.ledger if (unit.pos, unit.alt) == (pos, alt)]
        assert unit.fate is Fate[STATES[state]]
        return
    (found,) = [
        one
        for one in resolve(intake, None, None, Witnesses(make.panel)).states
        if (one.call.place.pos, one.call.alt_index) == (pos, int(row["of"]))
    ]
    closed = [state] if state in ("het", "hom", "hemi", "het_in_male") else []
    assert found.zygosity == state
    assert list(found.readings) == (readings.split(" or ") if readings else closed)
    assert [f"!{flag}" for flag in found.flags] == flags.split()
    assert found.reasons
    assert {f"state.{code}" for code in found.reasons} <= texts().keys()
    assert {f"flag.{code}" for code in found.flags} <= texts().keys()


def test_the_table_holds_the_full_product():
    assert len({(row["format"], row["column"], row["alts"], row["of"], row["deletion"]) for row in ROWS}) == len(ROWS)
    assert all(row[name] for row in ROWS for name, _, _ in CELLS)


def test_no_male_het_ever_becomes_hemizygous():
    two = [row for row in ROWS if row["autosome"].startswith("het") and row["column"] not in ("1", "1/1")]
    assert two
    assert all(row[f"{locus}_male"].startswith("het_in_male") for row in two for locus in ("X", "twin"))


@pytest.mark.parametrize(
    ("raw", "expected"), [("0/0", "hom_ref"), ("0", "hom_ref"), ("0/2", None), ("2/2", None), ("2", None)]
)
@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize("linked", [True, False])
def test_what_is_not_carried(make, raw, expected, sex, linked):
    """Genotypes that intake counts as reference; other rooms may ask for them."""
    reading = read_zygosity(make.genotype(raw), sex, sex_linked=linked)
    assert (reading.zygosity if reading else None) == expected
    assert reading is None or reading.readings == (expected,)


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
        (Support(depth=30, ref_reads=24, alt_reads=6), "het", Setting(), ("allele_balance", "possible_mosaic")),
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
