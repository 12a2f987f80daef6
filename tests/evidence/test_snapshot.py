"""The embedded snapshot answers by position, keeps old and unreliable evidence apart, is what its builder writes."""

import hashlib
import os
from importlib.resources import files
from pathlib import Path

import pytest

from higm_annot.classification.criteria import frequency_criterion
from higm_annot.classification.published import Published, published_class
from higm_annot.evidence import snapshot
from higm_annot.evidence.builder import build
from higm_annot.evidence.names import allele_of, left_aligned
from higm_annot.evidence.types import RecordKind
from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.knowledge.tables import sources
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene, Slice

FILE = files("higm_annot").joinpath("evidence", "data", "snapshot.tsv")
EVERYTHING = [(key, record) for key in snapshot.allele_keys() for record in snapshot.records_for(key)]


def test_a_known_allele_has_its_class_and_frequency():
    records = snapshot.records_for("GRCh38:12:8605308:G:A")  # AICDA p.Arg112Cys
    (current,) = [item for item in records if item.current and item.kind is RecordKind.ASSERTION]
    assert (current.significance, current.source, current.dated) == ("Pathogenic", "IEI-ClinVar-gnomAD", "2025")
    (frequency,) = [item.frequency for item in records if item.frequency]
    assert frequency.allele_number == 152260
    assert frequency.reliable


def test_an_unknown_allele_is_not_in_the_source():
    assert snapshot.records_for("GRCh38:12:8605308:G:T") == ()


def test_no_assertion_of_2013_to_2018_or_of_a_registry_is_current():
    old = [record for _, record in EVERYTHING if record.source.startswith(("ClinVar-2", "InterVar", "IDbases"))]
    assert len(old) > 500
    assert not any(record.current for record in old)
    assert {record.source for _, record in EVERYTHING if record.current and record.kind is RecordKind.ASSERTION} == {
        "IEI-ClinVar-gnomAD"
    }


def test_submitter_agreement_is_not_a_class():
    agreement = [record for _, record in EVERYTHING if record.review == snapshot.AGREEMENT]
    assert agreement
    assert {record.significance for record in agreement} == {""}
    assert all("Concordant" not in record.statement for record in agreement)


def test_frequencies_in_firewalled_regions_are_unreliable_and_only_there():
    panel = load_panel()
    for key, record in EVERYTHING:
        if record.frequency is not None:
            _, contig, pos, ref, _ = key.split(":")
            hit = paralogue_at(panel, Build.GRCH38, Contig(contig), int(pos), int(pos) + len(ref) - 1)
            assert record.frequency.reliable is (hit is None), key


def test_every_record_is_dated_or_says_nothing_and_has_a_known_source():
    for key, record in EVERYTHING:
        assert record.source in sources(), key
        assert record.record, key
        assert record.statement, key


def test_keys_are_in_the_sequence_and_left_aligned():
    panel = load_panel()
    for key in snapshot.allele_keys():
        _, contig, pos, ref, alt = key.split(":")
        locus = next(
            item
            for item in panel.loci.values()
            if item.slices[Build.GRCH38].contig == contig and item.slices[Build.GRCH38].covers(int(pos), int(pos))
        )
        piece = locus.slices[Build.GRCH38]
        assert piece.bases(int(pos), int(pos) + len(ref) - 1) == ref, key
        assert left_aligned(piece, int(pos), ref, alt) == (int(pos), ref, alt), key


def test_a_name_without_its_transcript_is_not_looked_up():
    # c.428-2A>G of the alternative AICDA transcript (likely benign) is c.456A>G on MANE; the true one is 30 bases on
    locus = load_panel().loci[Gene.AICDA]
    assert allele_of(locus, locus.mane, "c.428-2A>G", Build.GRCH38) == (8604924, "T", "C")
    assert snapshot.records_for("GRCh38:12:8604924:T:C") == ()
    (record,) = [item for item in snapshot.records_for("GRCh38:12:8604894:T:C") if item.current and item.significance]
    assert record.significance == "Likely benign"


def test_digest_and_release_are_those_of_the_file():
    assert snapshot.digest() == hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert snapshot.release().startswith("embedded snapshot 1")


def test_left_alignment_moves_and_trims():
    piece = Slice(Build.GRCH38, Contig.CHRX, 101, 112, "GATTTTCACACG")
    assert left_aligned(piece, 106, "T", "") == (102, "AT", "A")
    assert left_aligned(piece, 110, "AC", "") == (106, "TCA", "T")
    assert left_aligned(piece, 112, "", "AC") == (106, "T", "TCA")
    assert left_aligned(piece, 103, "TTT", "TGT") == (104, "T", "G")


@pytest.mark.parametrize(
    ("gene", "name", "expected"),
    [
        (Gene.CD40LG, "c.340del", (136654423, "GC", "G")),
        (Gene.CD40LG, "c.31C>T", (136648279, "C", "T")),
        (Gene.PMS2, "c.2174+1G>A", (5982823, "C", "T")),
        (Gene.UNG, "c.623-2A>G", (109103431, "A", "G")),
        (Gene.PMS2, "c.2182_2184delinsG", (5978687, "AGT", "C")),
        (Gene.CD40LG, "c.31A>T", None),
        (Gene.CD40LG, "p.Arg11Ter", None),
        (Gene.CD40LG, "c.9999del", None),
    ],
)
def test_names_become_alleles(gene, name, expected):
    locus = load_panel().loci[gene]
    assert allele_of(locus, locus.mane, name, Build.GRCH38) == expected


@pytest.mark.skipif("HIGM_SHARED" not in os.environ, reason="HIGM_SHARED names the folder with the given facts")
def test_the_committed_snapshot_is_what_the_builder_writes():
    content, unplaced = build(Path(os.environ["HIGM_SHARED"]), load_panel())
    assert content.encode() == FILE.read_bytes()
    # the reference base of GRCh37 is the alternate here, GRCh38 has the other base: no GRCh38 allele stands for it
    assert unplaced == ("truth/allele_frequencies.tsv GRCh37:X:153792168:T:C",)


@pytest.mark.parametrize("frequency", ["0", "", "1e-06"])
@pytest.mark.parametrize("alleles", ["0", ""])
def test_allele_number_zero_or_unknown_is_no_data_and_never_rarity(frequency, alleles):
    row = ["frequency", "ExAC", "row", "", "yes", "", "", "", frequency, alleles, "ExAC", "yes"]
    record = snapshot._record(row)
    assert frequency_criterion(Gene.PMS2, (record,), "") is None
    if alleles == "0" or not frequency:
        assert "has no data at this place: that is not rarity" in record.statement
    else:
        assert "shown, not used" in record.statement


def test_assertions_of_2013_to_2018_are_dated_flagged_and_give_no_class():
    old = [(key, one) for key, one in EVERYTHING if one.source.startswith("ClinVar-20")]
    assert {record.dated[:4] for _, record in old} == {"2013", "2016", "2017", "2018"}
    for key, record in old:
        assert published_class((record,)) == (Published.NONE, False), key
        if record.significance:
            assert record.dated in record.statement
            assert "too old" in record.statement
