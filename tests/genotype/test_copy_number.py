"""Copies counted (FORMAT CN) by genotype, sex and locus against ``copy_number.tsv``, a table written by hand.

A cell is the allele told of and its state, ``!`` before the problem told; ``reference`` is the record's fate. The
reasoning: the usual copies are two on an autosome and on a woman's X, one on a man's; fewer are a loss, more a gain;
a genotype that names a copy which is not there, or a change where the copies are usual, contradicts the count.
"""

import csv
from pathlib import Path

import pytest

from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.read import read_file
from higm_annot.intake.types import Fate, Person, Sex
from higm_annot.knowledge.texts import texts

ROWS = list(csv.DictReader((Path(__file__).parent / "copy_number.tsv").read_text().splitlines(), delimiter="\t"))
LOCI = {"autosome": ("12", 8600000, 8614000), "X": ("X", 136640000, 136670000)}
HEADER = (
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End">',
    '##FORMAT=<ID=CN,Number=1,Type=Float,Description="Copies">',
)
CELLS = [
    *(("autosome", "autosome", sex) for sex in Sex),
    *((f"X_{sex}", "X", sex) for sex in Sex),
]


def read(make, make_vcf, row, locus, sex):
    contig, pos, end = LOCI[locus]
    column, layout = (row["cn"], "CN") if row["gt"] == "." else (f"{row['gt']}:{row['cn']}", "GT:CN")
    record = (contig, pos, "N", row["alts"], column, {"format": layout, "info": f"END={end}"})
    path = make_vcf("one.vcf", [record], header=HEADER)
    (intake,) = read_file(path, (Person("S1", path, "S1", sex=sex),), make.panel)
    assert not intake.failed, intake.problems
    return intake


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell[1]}-{cell[2]}")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['what']} {row['gt']}:{row['cn']}")
def test_truth_table(make, make_vcf, row, cell):
    name, locus, sex = cell
    intake = read(make, make_vcf, row, locus, sex)
    alt = row["alts"].split(",")[int(row["of"]) - 1]
    (unit,) = [unit for unit in intake.ledger if unit.alt == alt]
    told = {found.code for found in intake.problems}
    if row[name] == "reference":
        assert unit.fate is Fate.REFERENCE
        return
    kind, state, *problems = row[name].split()
    (found,) = [
        one for one in resolve(intake, None, None, Witnesses(make.panel)).states if one.call.alt_index == int(row["of"])
    ]
    assert (found.call.allele.alt, found.zygosity) == (f"<{kind}>", state)
    assert {f"!{code}" for code in told} == set(problems)
    assert unit.key == found.call.allele.key
    assert {f"state.{code}" for code in found.reasons} <= texts().keys()
    assert {f"flag.{code}" for code in found.flags} <= texts().keys()
    assert ("copies_contradict_genotype" in found.flags) is ("!HA-GT-003" in problems)


def test_where_count_and_genotype_contradict_each_other_the_base_is_no_reference(make, make_vcf):
    row = {"alts": "<DEL>", "gt": "0/0", "cn": "0"}
    assert read(make, make_vcf, row, "autosome", Sex.FEMALE).reference == ()
    assert read(make, make_vcf, {**row, "cn": "2"}, "autosome", Sex.FEMALE).reference != ()


@pytest.mark.parametrize(("alts", "exact"), [("<CNV>", False), ("<DEL>", True)])
def test_the_ends_of_a_counted_stretch_are_no_breakpoints(alts, exact, make, make_vcf):
    (call,) = read(make, make_vcf, {"alts": alts, "gt": ".", "cn": "0"}, "X", Sex.MALE).calls
    assert (call.allele.alt, call.allele.exact) == ("<DEL>", exact)
