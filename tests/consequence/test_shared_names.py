"""Names that others gave to real variants of the six genes.

Every difference is a row of ``divergences.tsv`` with its argument; a row that no longer differs fails as well.
"""

import csv
import re
from pathlib import Path

import pytest

from higm_annot.reference.sequence import THREE_LETTERS
from higm_annot.reference.store import load_panel, locus_at
from higm_annot.reference.types import Build, Contig

ONE_LETTER = re.compile(r"p\.([A-Z*])(\d+)([A-Z*])")
SILENT = re.compile(r"p\.([A-Z][a-z]{2})(\d+)\1")
OLD_STYLE = re.compile(r"(del|dup)[ACGT]+$")
UNREADABLE = re.compile(r"n\.|c\.\d+N>")  # numbering of an unnamed non-coding transcript; a masked reference base


def rows(path):
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def known():
    return {(row["gene"], row["theirs"], row["ours"]): row for row in rows(Path(__file__).with_name("divergences.tsv"))}


def spelled_out(name):
    """A protein name without accession and parentheses, in three letters; a silent change with its residue."""
    plain = name.rpartition(":")[2].replace("(", "").replace(")", "")
    short = ONE_LETTER.fullmatch(plain)
    if short:
        old, number, new = short.groups()
        plain = f"p.{THREE_LETTERS[old]}{number}{'=' if old == new else THREE_LETTERS[new]}"
    return SILENT.sub(r"p.\1\2=", plain)


def stem(accession):
    return accession.partition(".")[0]


def names_of_panel():
    """Panel transcript by any stem under which it is known."""
    return {
        stem(name): transcript.accession
        for locus in load_panel().loci.values()
        for transcript in locus.transcripts
        for name in (transcript.accession, transcript.ensembl, *transcript.legacy)
        if name
    }


def test_every_mane_name_of_the_extract(shared, effects):
    compared = 0
    for row in rows(shared / "knowledge" / "clinvar_gnomad_six_genes.tsv"):
        mane = effects(row["build"], row["chrom"], row["pos"], row["ref"], row["alt"]).mane
        if not row["mane_c"].startswith(mane.accession):
            assert (row["mane_c"], mane.hgvs_c) == ("outside NM", "")
            continue
        assert f"{mane.accession}:{mane.hgvs_c}" == row["mane_c"]
        assert (mane.hgvs_p or ".") == row["mane_p"].replace("-", ".") or not row["mane_p"]
        compared += 1
    assert compared > 300


def test_every_name_of_the_pairs_on_a_transcript_we_carry(shared, effects):
    ours, panel, differences = names_of_panel(), load_panel(), set()
    compared = {"c": 0, "p": 0}
    for row in rows(shared / "truth" / "hgvs_pairs.tsv"):
        if not (row["pos"].isdigit() and row["ref"].isalpha() and row["alt"].isalpha()):
            continue
        build, contig, pos = Build(row["build"]), Contig(row["chrom"]), int(row["pos"])
        if locus_at(panel, build, contig, pos, pos) is None:
            continue
        found = effects(build, contig, pos, row["ref"], row["alt"])
        for given in row["hgvs_c"].split(";") if row["hgvs_c"] else [f"{found.mane.accession}:"]:
            accession, _, name = given.partition(":")
            if stem(accession) not in ours:
                continue
            effect = next(one for one in found.effects if one.accession == ours[stem(accession)])
            if name and not UNREADABLE.match(name):
                compared["c"] += 1
                beyond = name.startswith("c.-") and effect.hgvs_c == ""  # their record of the 5' UTR was longer
                if effect.hgvs_c != OLD_STYLE.sub(r"\1", name) and not beyond:
                    differences.add((row["gene"], name, effect.hgvs_c))
            if row["hgvs_p"]:
                compared["p"] += 1
                theirs = row["hgvs_p"].rpartition(":")[2]
                if spelled_out(theirs) != spelled_out(effect.hgvs_p or ""):
                    differences.add((row["gene"], theirs, effect.hgvs_p or ""))
    assert differences == set(known())
    assert compared["c"] > 1100
    assert compared["p"] > 120


@pytest.mark.parametrize("row", known().values(), ids=lambda row: f"{row['theirs']}-{row['ours']}")
def test_a_divergence_is_argued(row):
    assert len(row["argument"]) > 5
