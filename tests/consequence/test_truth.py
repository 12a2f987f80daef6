"""Names worked out by hand from the sequence: the reasoning stands in the table."""

import csv
from pathlib import Path

import pytest

from higm_annot.reference.convert import convert_interval
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

with Path(__file__).with_name("truth.tsv").open(encoding="utf-8", newline="") as handle:
    ROWS = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
YES_NO = {True: "yes", False: "no", None: ""}
BOTH = [row for row in ROWS if row["alt"].isalpha()]


def label(row):
    return f"{row['gene']}-{row['hgvs_c'] or row['hgvs_g']}"


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_names_and_consequence(row, effects):
    found = effects("GRCh38", row["contig"], row["pos"], row["ref"], row["alt"], row["end"])
    effect = found.mane
    assert found.gene == row["gene"]
    assert found.hgvs_g.partition(":")[2] == row["hgvs_g"]
    told = {
        "hgvs_c": effect.hgvs_c,
        "hgvs_p": effect.hgvs_p or "",
        "terms": ",".join(effect.terms),
        "exon": effect.exon or "",
        "intron": effect.intron or "",
        "escapes_nmd": YES_NO[effect.escapes_nmd],
        "stop_codon": str(effect.stop_codon or ""),
        "flags": ",".join(effect.flags),
    }
    assert told == {column: row[column] for column in told}


@pytest.mark.parametrize("row", BOTH, ids=label)
def test_the_other_build_says_the_same(row, effects):
    locus = load_panel().loci[Gene(row["gene"])]
    pos = int(row["pos"])
    place = convert_interval(locus, pos, pos + len(row["ref"]) - 1, Build.GRCH38, Build.GRCH37)
    assert place is not None
    effect = effects("GRCh37", row["contig"], place[0], row["ref"], row["alt"]).mane
    assert (effect.hgvs_c, effect.hgvs_p or "", ",".join(effect.terms)) == (
        row["hgvs_c"],
        row["hgvs_p"],
        row["terms"],
    )


@pytest.mark.parametrize(
    ("contig", "pos", "ref", "alt", "mane", "worse", "name"),
    [
        ("12", 8604894, "T", "C", "c.456A>G", "ENST00000537228", "c.428-2A>G"),  # an exon that starts later
        ("20", 46128184, "C", "T", "c.606C>T", "NM_152854", "c.544C>T"),  # another frame after a skipped exon
    ],
)
def test_silent_on_mane_and_harmful_elsewhere(contig, pos, ref, alt, mane, worse, name, effects):
    found = effects("GRCh38", contig, pos, ref, alt)
    assert found.mane.hgvs_c == mane
    assert found.mane.terms == ("synonymous_variant",)
    assert [accession.partition(".")[0] for accession in found.worse_elsewhere] == [worse]
    assert [effect.hgvs_c for effect in found.effects if effect.accession in found.worse_elsewhere] == [name]


def test_a_shift_of_places_only_is_not_worse(effects):
    # Before exon 1 of MANE and in the 5' UTR of other IKBKG transcripts: no harm to any protein.
    found = effects("GRCh38", "X", 154547360, "C", "T")
    assert found.mane.terms == ("upstream_gene_variant",)
    assert {effect.terms[0] for effect in found.effects} > {"5_prime_UTR_variant"}
    assert found.worse_elsewhere == ()


def test_a_silent_change_elsewhere_is_not_worse(effects):
    # UNG1's own first exon lies in intron 1 of MANE: c.6C>A there is silent.
    found = effects("GRCh38", "12", 109098332, "C", "A")
    assert found.mane.terms == ("intron_variant",)
    assert "synonymous_variant" in {term for effect in found.effects for term in effect.terms}
    assert found.worse_elsewhere == ()


def test_a_copy_of_bases_before_the_transcript_is_an_insertion_on_it(effects):
    # ENST00000382321 begins at c.1: on it nothing is copied that it has itself; on MANE the same change is a copy.
    found = effects("GRCh38", "7", 6009017, "C", "CATGG")
    (short,) = (one for one in found.effects if one.accession.startswith("ENST00000382321"))
    assert (found.mane.hgvs_c, short.hgvs_c, short.hgvs_p) == ("c.-2_2dup", "c.2_3insCCAT", "p.(Met1=)")
