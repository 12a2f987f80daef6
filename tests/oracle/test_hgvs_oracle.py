"""Names compared with biocommons hgvs: all equal, or of a kind listed with who is right in ``divergences.tsv``.

The exhaustive tests take every substitution within 30 bases of an exon, on every transcript and in both builds, and
100,000 random deletions, copies, insertions, inversions and exchanges in every spelling; the others a sample of both.
"""

import random
from collections import Counter
from itertools import islice

import pytest
from oracle_alleles import near_exons, random_changes, spellings, substitutions
from oracle_names import FAILED, differences, rows

from higm_annot.consequence.annotate import annotate
from higm_annot.intake.types import Allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

pytestmark = pytest.mark.oracle

RANDOM = 100_000
CHUNKS = 20
STEP = 29  # every so many bases, in the sample
KNOWN = {row["kind"]: row for row in rows("biocommons_hgvs")}


def compare(oracles, build, allele, told, seen):
    """Count what is equal and what differs; the differences of no known kind are returned."""
    locus, unknown = load_panel().loci[told.gene], []
    genomic = oracles[build].genomic(allele, locus.strand)
    for effect in told.effects:
        seen["names"] += 1
        for kind, theirs, ours in differences(oracles[build], genomic, effect):
            seen[kind] += 1
            if kind not in KNOWN:
                unknown.append((allele.key, effect.accession, effect.hgvs_c, theirs, ours))
    return unknown


def compare_substitutions(oracles, gene, step):
    seen, unknown, panel = Counter(), [], load_panel()
    for build in Build:
        locus = panel.loci[gene]
        for one in substitutions(locus, build, islice(near_exons(locus, build), None, None, step)):
            unknown += compare(oracles, build, one, annotate(panel, one), seen)
    assert unknown == []
    return seen


def compare_random(oracles, seed, count):
    """Random changes: one name for all spellings, and that name equal to theirs of one spelling."""
    seen, unknown, panel, rng = Counter(), [], load_panel(), random.Random(seed)
    for locus, build, *change in random_changes(rng, count):
        answers = {}
        for pos, ref, alt in spellings(rng, locus.slices[build], *change):
            one = Allele(build, locus.contig, pos, ref, alt, pos + len(ref) - 1)
            told = annotate(panel, one)
            answers[told.hgvs_g, told.effects, told.worse_elsewhere] = (one, told)
            seen["spellings"] += 1
        given = [(one.key, told.mane.hgvs_c) for one, told in answers.values()]
        assert len(answers) == 1, given
        unknown += compare(oracles, build, *rng.choice(list(answers.values())), seen)
    assert unknown == []
    return seen


@pytest.mark.parametrize("gene", Gene)
def test_a_sample_of_substitutions(oracles, gene):
    assert compare_substitutions(oracles, gene, STEP)["names"] > 300


def test_a_sample_of_random_changes(oracles):
    assert compare_random(oracles, 1, 1500)["names"] > 3000


@pytest.mark.exhaustive
@pytest.mark.parametrize("gene", Gene)
def test_every_substitution_near_exons(oracles, gene):
    seen = compare_substitutions(oracles, gene, 1)
    assert seen["names"] > 20_000
    assert set(seen) <= {"names", "no_protein", "start", "stop_kept"}


@pytest.mark.exhaustive
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_changes_in_every_spelling(oracles, chunk):
    seen = compare_random(oracles, 100 + chunk, RANDOM // CHUNKS)
    assert seen["names"] > 2 * RANDOM // CHUNKS
    assert seen["spellings"] > 1.5 * RANDOM // CHUNKS


@pytest.mark.parametrize("row", KNOWN.values(), ids=lambda row: row["kind"])
def test_a_listed_difference_is_argued_and_still_there(oracles, row):
    key, accession = row["where"].split()
    build, contig, pos, ref, alt = key.split(":")
    locus = next(one for one in load_panel().loci.values() if accession in {t.accession for t in one.transcripts})
    assert locus.contig == contig
    allele = Allele(Build(build), locus.contig, int(pos), ref, alt, int(pos) + len(ref) - 1)
    effect = next(one for one in annotate(load_panel(), allele).effects if one.accession == accession)
    genomic = oracles[allele.build].genomic(allele, locus.strand)
    assert (row["kind"], row["theirs"].replace("(none)", ""), row["ours"].replace("(none)", "")) in differences(
        oracles[allele.build], genomic, effect
    )
    assert row["right"] in ("ours", "either")
    assert row["theirs"] == FAILED or row["theirs"] != row["ours"]
    assert len(row["argument"]) > 20
