"""The committed data are what the builder makes, and equal what others found by other ways."""

from __future__ import annotations

import csv
import errno
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from higm_annot.knowledge.tables import threshold
from higm_annot.problems import Refused
from higm_annot.reference.builder import build_reference, make_reference, read_overlay
from higm_annot.reference.reading import coding_sequence
from higm_annot.reference.sequence import translate
from higm_annot.reference.store import load_panel
from higm_annot.reference.stored import embedded
from higm_annot.reference.types import Build, Gene

PANEL = load_panel()


def fasta(path):
    return "".join(line for line in path.read_text().splitlines() if not line.startswith(">"))


def test_the_committed_data_are_a_rebuild(shared, tmp_path):
    paths = build_reference(shared / "reference" / "lrg", tmp_path / "out")
    assert {path.name: path.read_bytes() for path in paths} == embedded()


@pytest.mark.parametrize("gene", list(Gene))
@pytest.mark.parametrize("build", list(Build))
def test_exons_equal_the_mane_tables(shared, gene, build):
    text = (shared / "reference" / gene / "exons.MANE.tsv").read_text().lstrip("#")
    rows = [row for row in csv.DictReader(text.splitlines(), delimiter="\t") if row["build"] == build]
    locus = PANEL.loci[gene]
    model = locus.mane.models[build]
    assert [(exon.start, exon.end) for exon in model.exons] == [
        (int(row["exon_start_1based"]), int(row["exon_end"])) for row in sorted(rows, key=lambda r: int(r["exon_no"]))
    ]
    coding = [int(row[end]) for row in rows for end in ("cds_start", "cds_end") if row[end] != "."]
    assert (model.cds.start, model.cds.end) == (min(coding), max(coding))
    assert {(row["refseq"], row["ensembl"]) for row in rows} == {(locus.mane.accession, locus.mane.ensembl)}


@pytest.mark.parametrize("gene", list(Gene))
def test_sequences_and_proteins_equal_the_shared_ones(shared, gene):
    locus, folder = PANEL.loci[gene], shared / "reference" / gene
    for build in Build:
        assert locus.slices[build].sequence == fasta(folder / f"genomic.{build}.fa")
        coding = coding_sequence(locus.slices[build], locus.mane.models[build], locus.strand)
        assert coding == fasta(folder / "cds.GRCh38.fa")
        assert translate(coding).rstrip("*") == fasta(folder / "protein.GRCh38.fa").rstrip("*")


# Intact, but the stop lies well before the last junction; Ensembl 77 itself calls all but the first so.
DECAYING = {"ENST00000620709", "ENST00000539287", "ENST00000446767", "ENST00000612051"}


@pytest.mark.parametrize("gene", list(Gene))
def test_every_intact_transcript_of_the_record_that_escapes_decay_has_its_structure_here(shared, gene):
    text = (shared / "reference" / gene / "transcripts.all_from_LRG.tsv").read_text().lstrip("#")
    here = {
        (build, tuple(edge for exon in model.exons for edge in exon_order(exon, locus.strand))[1:-1], model.cds): one
        for locus in [PANEL.loci[gene]]
        for one in locus.transcripts
        for build, model in one.models.items()
    }
    for row in csv.DictReader(text.splitlines(), delimiter="\t"):
        exons = [tuple(map(int, exon.split("-"))) for exon in row["exons_in_transcript_order(1-based)"].split(",")]
        strand = 1 if row["strand"] == "+" else -1
        inner = tuple(edge for exon in exons for edge in exon[::strand])[1:-1]
        found = [
            one
            for (build, edges, cds), one in here.items()
            if build == row["build"]
            and edges == inner
            and (cds.start, cds.end) == (int(row["cds_min"]), int(row["cds_max"]))
        ]
        assert bool(found) == (row["transcript"] not in DECAYING)
        if not found:
            continue
        (found,) = found
        names = {name.partition(".")[0] for name in (found.accession, found.ensembl or "", *found.legacy)}
        assert row["transcript"].partition(".")[0] in names
        assert found.protein_length == int(row["aa_len"])


def test_what_ensembl_calls_decaying_is_left_out(shared):
    here = {
        name.partition(".")[0]
        for locus in PANEL.loci.values()
        for one in locus.transcripts
        for name in (one.accession, one.ensembl or "", *one.legacy)
    }
    told = set()
    for path in (shared / "reference" / "lrg").glob("*.xml"):
        for block in path.read_text().split('<transcript source="Ensembl" accession="')[1:]:
            if "(nonsense_mediated_decay)" in block.partition("</transcript>")[0]:
                told.add(block.partition('"')[0])
    assert told >= DECAYING - {"ENST00000620709"}
    assert not told & here


def test_how_far_before_the_last_junction_a_stop_may_lie(shared):
    """ENST00000539287's stop codon is the first three of the 120 bases of its last exon but one."""
    overlay = read_overlay()
    assert overlay.nmd_escape_bases == threshold("nmd_escape_bases")
    for bases, comes_back in ((119, False), (120, True)):
        wider, _ = make_reference(shared / "reference" / "lrg", replace(overlay, nmd_escape_bases=bases))
        found = {one.accession for locus in wider.loci for one in locus.transcripts}
        assert ("ENST00000539287.3" in found) is comes_back


def exon_order(exon, strand):
    return (exon.start, exon.end)[::strand]


def test_an_independent_ikbkg_sequence_agrees(shared):
    """PacificBiosciences/paraphase's reference of X:154555600-154575000, as far as the slice goes."""
    start = 154555600
    theirs = fasta(shared / "reference" / "crosscheck" / "paraphase_ikbkg_ref.GRCh38.fa").upper()
    piece = PANEL.loci[Gene.IKBKG].slices[Build.GRCH38]
    ours = piece.bases(start, piece.end)
    assert len(ours) == 11445
    assert theirs.startswith(ours)


def test_offsets_equal_published_pairs(shared):
    for row in csv.reader((shared / "truth" / "build_offsets.tsv").read_text().splitlines(), delimiter="\t"):
        if not row[0].startswith("#") and row[0] != "gene":
            model = PANEL.loci[Gene(row[0])].mane.models
            assert model[Build.GRCH38].cds.start - model[Build.GRCH37].cds.start == int(row[1])


def test_equal_stretches_are_equal_and_as_long_as_can_be():
    for locus in PANEL.loci.values():
        old, new = locus.slices[Build.GRCH37], locus.slices[Build.GRCH38]
        for first, last, there in locus.equal:
            assert old.bases(first, last) == new.bases(there, there + last - first)
        for (first, last, there), (next_first, _, next_there) in pairwise(locus.equal):
            gone, come = next_first - last - 1, next_there - (there + last - first) - 1
            assert gone > 0 or come > 0
            if gone == come == 1:
                assert old.base(last + 1) != new.base(next_there - 1)


@pytest.fixture
def records(shared, tmp_path):
    folder = tmp_path / "lrg"
    shutil.copytree(shared / "reference" / "lrg", folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    return folder


def refusal(folder):
    with pytest.raises(Refused) as caught:
        make_reference(folder, read_overlay())
    return caught.value.problems[0]


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_missing_record(records):
    (records / "LRG_70.xml").unlink()
    assert refusal(records).code == "HA-REF-001"


def test_a_truncated_record(records):
    path = records / "LRG_40.xml"
    path.write_bytes(path.read_bytes()[:-200])
    assert refusal(records).code == "HA-REF-002"


@pytest.mark.parametrize(
    "bomb",
    [
        '<?xml version="1.0"?><!DOCTYPE lrg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><lrg>&b;</lrg>',
        '<?xml version="1.0"?><!DOCTYPE lrg SYSTEM "file:///etc/passwd"><lrg/>',
    ],
)
def test_a_document_type_is_refused_unread(records, bomb):
    (records / "LRG_141.xml").write_text(bomb)
    assert refusal(records).code == "HA-REF-002"
    (records / "LRG_141.xml").write_text(bomb, encoding="utf-16")
    assert refusal(records).code == "HA-REF-002"


def test_well_formed_xml_that_is_no_record(records):
    (records / "LRG_141.xml").write_text("<html><body>moved</body></html>")
    assert refusal(records).code == "HA-REF-002"


def test_the_wrong_record(records):
    shutil.copyfile(records / "LRG_40.xml", records / "LRG_17.xml")
    found = refusal(records)
    assert (found.code, found.file) == ("HA-REF-003", str(records / "LRG_17.xml"))


def test_a_record_without_a_build(records):
    change(records / "LRG_17.xml", 'other_id="NC_000012.11"', 'other_id="NC_000012.10"')
    assert refusal(records).code == "HA-REF-004"


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("154538857", 'other_start="154538857"', 'other_start="154538858"'),
        ("154537991", 'other_sequence="T"', 'other_sequence="TT"'),
        ("154538857", 'lrg_sequence="C"', 'lrg_sequence="A"'),
    ],
)
def test_differences_that_do_not_add_up(records, place, old, new):
    path = records / "LRG_70.xml"
    (line,) = [line for line in path.read_text().splitlines() if "<diff" in line and f'other_start="{place}"' in line]
    change(path, line, line.replace(old, new))
    assert refusal(records).code == "HA-REF-005"


def test_a_sequence_that_its_own_transcript_contradicts(records):
    path = records / "LRG_17.xml"
    cdna = path.read_text().split("<cdna>")[1].split("<sequence>")[1][:60]
    change(path, f"<sequence>{cdna}", f"<sequence>{cdna[:-1]}{'A' if cdna[-1] != 'A' else 'C'}")
    assert refusal(records).code == "HA-REF-009"


def test_a_broken_reading_frame_leaves_the_overlay_without_its_transcript(records):
    path = records / "LRG_40.xml"
    text = path.read_text()
    head, tail = text.split('accession="NM_001250.4" fixed_id="t1"')
    path.write_text(head + 'accession="NM_001250.4" fixed_id="t1"' + tail.replace('start="5078"', 'start="5079"', 1))
    assert refusal(records).code == "HA-REF-007"


def test_a_disk_that_fills_up_leaves_the_old_files(shared, tmp_path, monkeypatch):
    old = dict.fromkeys(embedded(), b"old")
    for name, content in old.items():
        (tmp_path / name).write_bytes(content)
    whole = Path.write_bytes

    def fail_at_the_last(path, content):
        if path.name.startswith("GRCh38"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(path, content)

    monkeypatch.setattr(Path, "write_bytes", fail_at_the_last)
    with pytest.raises(Refused) as caught:
        build_reference(shared / "reference" / "lrg", tmp_path)
    assert caught.value.problems[0].code == "HA-REF-008"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == old


def test_a_folder_that_cannot_be_written(shared, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused) as caught:
        build_reference(shared / "reference" / "lrg", tmp_path / "file" / "out")
    assert caught.value.problems[0].code == "HA-REF-008"
