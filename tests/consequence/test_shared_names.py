"""Names that others gave to real variants of the six genes, in both directions: from the VCF to the name and back.

Every name that differs, that cannot be compared, or that cannot be read is a row of ``divergences.tsv`` (oracle
``hgvs_pairs``) with who is right and why; a row that no longer differs fails as well. ``where`` is an allele and the
accession the name was given on, or ``~`` and a pattern for the names a whole group of rows has.
"""

import csv
import re
from pathlib import Path

import pytest

from higm_annot.consequence.locate import locate
from higm_annot.intake.normalise import normalise
from higm_annot.problems import Refused
from higm_annot.reference.sequence import THREE_LETTERS
from higm_annot.reference.store import load_panel, locus_at
from higm_annot.reference.types import Build, Contig, Gene

ONE_LETTER = re.compile(r"p\.([A-Z*])(\d+)([A-Z*])")
SILENT = re.compile(r"p\.([A-Z][a-z]{2})(\d+)\1")
SUBSTITUTION = re.compile(r"p\.\(?[A-Z][a-z]{0,2}\d+[A-Z*][a-z]{0,2}\)?|p\..*=\)?")
OLD_STYLE = re.compile(r"(del|dup)[ACGT]+$")
NUMBER = re.compile(r"\d+")
SAME = "same allele"
LONGER_BY = {"c": 33, "p": 11}  # NM_001322014 has 33 more coding bases before exon 14 than MANE Select


def rows(path):
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


TABLE = [row for row in rows(Path(__file__).with_name("divergences.tsv")) if row["oracle"] == "hgvs_pairs"]
LISTED = {(row["where"], row["theirs"]): row for row in TABLE if not row["where"].startswith("~")}
GROUPS = [(re.compile(row["where"][1:]), row) for row in TABLE if row["where"].startswith("~")]


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


def given_names(row):
    """(accession, c. name, p. name) as the pairs give them; several accessions of one record share the p. name."""
    protein = row["hgvs_p"].rpartition(":")[2]
    for given in row["hgvs_c"].split(";"):
        accession, _, name = given.partition(":")
        yield accession, name, protein


def group_of(name):
    return next((row for pattern, row in GROUPS if pattern.search(name)), None)


@pytest.fixture(scope="module")
def pairs(shared, effects):
    """Each row of the pairs with its allele key as written, its normalised allele, and our effects."""
    found, panel = [], load_panel()
    for row in rows(shared / "truth" / "hgvs_pairs.tsv"):
        build, contig, pos = Build(row["build"]), Contig(row["chrom"]), int(row["pos"])
        locus = locus_at(panel, build, contig, pos, pos)
        assert locus.gene == row["gene"]
        allele = normalise(locus.slices[build], build, contig, pos, row["ref"], row["alt"])
        key = f"{build}:{contig}:{pos}:{row['ref']}:{row['alt']}"
        found.append((row, key, allele, effects(build, contig, pos, row["ref"], row["alt"])))
    return found


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


def test_every_row_of_the_pairs_from_allele_to_name(pairs):
    """All rows: each name equal to ours, or listed; and every listed row is met and differs."""
    ours, differs, grouped, equal, wrong = names_of_panel(), set(), set(), 0, []
    for row, key, _, told in pairs:
        for accession, name, protein in given_names(row):
            effect = next((one for one in told.effects if one.accession == ours.get(stem(accession))), told.mane)
            group = group_of(f"{accession}:{name}")
            if group:
                grouped.add(group["where"])
                wrong += [] if fits_its_group(group, effect, name, protein) else [(key, accession, name, protein)]
                continue
            for theirs, mine in ((name, effect.hgvs_c), (protein, effect.hgvs_p or "")):
                if not theirs:
                    continue
                if is_same(theirs, mine):
                    equal += 1
                elif LISTED.get((f"{key} {accession}".strip(), theirs), {"ours": ""})["ours"] == (mine or "(none)"):
                    differs.add((f"{key} {accession}".strip(), theirs))
                else:
                    wrong.append((key, accession, theirs, mine))
    assert wrong == []
    assert differs == set(LISTED)
    assert grouped == {row["where"] for _, row in GROUPS}
    assert equal > 1900


def is_same(theirs, ours):
    return ours == OLD_STYLE.sub(r"\1", theirs) if theirs[0] != "p" else spelled_out(theirs) == spelled_out(ours)


def with_less(name, many):
    """A name with its numbers lowered."""
    return NUMBER.sub(lambda found: str(int(found[0]) - many), name)


def fits_its_group(group, effect, name, protein):
    """What can be checked of names that cannot be compared as they stand."""
    if group["kind"] == "longer_transcript":
        return all(
            is_same(theirs, mine) or is_same(with_less(theirs, LONGER_BY[theirs[0]]), mine)
            for theirs, mine in ((name, effect.hgvs_c), (protein, effect.hgvs_p))
        )
    if group["kind"] == "masked_base":
        return effect.hgvs_c == re.sub(r"N>", f"{effect.hgvs_c[-3]}>", name) and is_same(protein, effect.hgvs_p)
    if group["kind"] == "longer_utr":
        return effect.hgvs_c == "" and effect.hgvs_p is None
    return not is_same(name, effect.hgvs_c)


def test_every_row_of_the_pairs_from_name_to_allele(pairs):
    """All c. names: the allele of the row, or the refusal its listing tells."""
    wrong, read = [], 0
    for row, key, allele, _ in pairs:
        for accession, name, _ in given_names(row):
            if not name:
                continue
            listed = LISTED.get((f"{key} {accession}", name)) or group_of(f"{accession}:{name}")
            expected = listed["back"] if listed else SAME
            try:
                back = locate(load_panel(), f"{accession}:{name}", Build(row["build"])).allele
                answer = SAME if back.key == allele.key else back.key
            except Refused as refused:
                answer = refused.problems[0].code
            read += answer == SAME
            if answer != expected:
                wrong.append((key, accession, name, answer, expected))
    assert wrong == []
    assert read > 1100


def test_every_protein_name_of_the_pairs_leads_to_its_allele_or_to_a_list_that_holds_it(pairs):
    ours, read, offered, wrong = names_of_panel(), 0, 0, []
    for row, key, allele, told in pairs:
        accession, _, protein = next(given_names(row))
        mane = load_panel().loci[Gene(row["gene"])].mane.accession
        transcript = ours.get(stem(accession)) if accession else mane
        if not protein or transcript is None:
            continue
        effect = next(one for one in told.effects if one.accession == transcript)
        try:
            back = locate(load_panel(), f"{transcript}:{protein}", Build(row["build"])).allele
        except Refused as refused:
            (found,) = refused.problems
            silent = "=" in spelled_out(protein)
            allowed = {
                "HA-NAM-001": not SUBSTITUTION.fullmatch(protein),
                "HA-NAM-004": (f"{key} {accession}".strip(), protein) in LISTED,
                "HA-NAM-005": f"{transcript}:{effect.hgvs_c}" in found.text(),
                "HA-NAM-006": silent,
            }
            offered += found.code == "HA-NAM-005"
            wrong += [] if allowed.get(found.code) else [(key, protein, found.text())]
        else:
            read += 1
            wrong += [] if back.key == allele.key else [(key, protein, back.key)]
    assert wrong == []
    assert read > 500
    assert offered > 80


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['where']}-{row['theirs']}")
def test_a_divergence_is_argued(row):
    assert row["right"] in ("ours", "theirs", "either")
    assert len(row["argument"]) > 20
