"""The embedded panel: what it holds, where it lies, how it is named."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from higm_annot.reference import contigs, store, stored
from higm_annot.reference.store import load_panel, locus_at
from higm_annot.reference.types import Build, Contig, Gene, RegionRole

PANEL = load_panel()
MANE = {
    Gene.CD40LG: ("NM_000074.3", "ENST00000370629.7", "NP_000065.1", 261),
    Gene.CD40: ("NM_001250.6", "ENST00000372285.8", "NP_001241.1", 277),
    Gene.AICDA: ("NM_020661.4", "ENST00000229335.11", "NP_065712.1", 198),
    Gene.UNG: ("NM_080911.3", "ENST00000242576.7", "NP_550433.1", 313),
    Gene.IKBKG: ("NM_001099857.5", "ENST00000594239.6", "NP_001093327.1", 419),
    Gene.PMS2: ("NM_000535.7", "ENST00000265849.12", "NP_000526.2", 862),
}


@pytest.mark.parametrize("gene", list(Gene))
def test_mane_select_comes_first_and_alone(gene):
    first, *others = PANEL.loci[gene].transcripts
    assert (first.accession, first.ensembl, first.protein, first.protein_length) == MANE[gene]
    assert first.mane_select
    assert not any(other.mane_select for other in others)


def test_further_transcripts_have_a_structure_of_their_own():
    accessions = {gene: [one.accession for one in locus.transcripts[1:]] for gene, locus in PANEL.loci.items()}
    assert accessions == {
        Gene.CD40LG: ["ENST00000370628.2"],
        Gene.CD40: ["NM_152854.2"],
        Gene.AICDA: ["ENST00000537228.3"],
        Gene.UNG: ["NM_003362.3"],
        Gene.IKBKG: [
            "NM_001099856.3",
            "NM_001145255.2",
            "NM_003639.4",
            "ENST00000619941.2",
            "ENST00000615874.2",
            "ENST00000617207.2",
        ],
        Gene.PMS2: ["ENST00000441476.4", "ENST00000382321.5"],
    }


def test_models_that_differ_only_in_their_ends_are_one_transcript_with_several_names():
    ung1 = PANEL.loci[Gene.UNG].transcripts[1]
    assert (ung1.accession, ung1.ensembl) == ("NM_003362.3", "ENST00000336865.4")
    nemo = next(one for one in PANEL.loci[Gene.IKBKG].transcripts if one.accession == "NM_003639.4")
    assert (nemo.ensembl, nemo.legacy) == ("ENST00000611071.2", ("NM_003639.3",))
    assert nemo.models[Build.GRCH38].exons[1:-1] == PANEL.loci[Gene.IKBKG].mane.models[Build.GRCH38].exons[1:-1]


def test_older_versions_lead_to_the_transcript():
    assert PANEL.loci[Gene.PMS2].mane.legacy == ("NM_000535.6", "NM_000535.5", "ENST00000265849.9")


def test_pms2_has_the_genomes_base_at_c_1621():
    for build, position in ((Build.GRCH37, 6026775), (Build.GRCH38, 5987144)):
        assert PANEL.loci[Gene.PMS2].slices[build].base(position) == "T"  # A on the coding strand: Lys541


def test_pms2_ends_outside_its_slice_and_says_so():
    for build, missing in ((Build.GRCH37, 6010870 - 6010556), (Build.GRCH38, 5971239 - 5970925)):
        piece, last = PANEL.loci[Gene.PMS2].slices[build], PANEL.loci[Gene.PMS2].mane.models[build].exons[-1]
        assert piece.start - last.start == missing == 314
        assert not piece.covers(last.start, last.end)
        assert piece.covers(piece.start, last.end)


def test_exons_run_in_transcript_order():
    for locus in PANEL.loci.values():
        for transcript in locus.transcripts:
            for model in transcript.models.values():
                assert list(model.exons) == sorted(model.exons, reverse=locus.strand < 0)


def test_loci_are_found_by_any_shared_base():
    piece = PANEL.loci[Gene.AICDA].slices[Build.GRCH38]
    for start, end in ((piece.start, piece.start), (piece.end, piece.end + 9), (1, 10**9)):
        found = locus_at(PANEL, Build.GRCH38, Contig.CHR12, start, end)
        assert found is not None
        assert found.gene is Gene.AICDA
    for start, end in ((piece.start - 5, piece.start - 1), (piece.end + 1, piece.end + 5)):
        assert locus_at(PANEL, Build.GRCH38, Contig.CHR12, start, end) is None
    assert locus_at(PANEL, Build.GRCH38, Contig.CHR7, piece.start, piece.end) is None


def test_regions_are_the_slices_and_the_paralogues_with_a_source():
    own = {
        (one.gene, one.build, one.contig, one.start, one.end) for one in PANEL.regions if one.role is RegionRole.LOCUS
    }
    assert own == {
        (locus.gene, build, locus.contig, piece.start, piece.end)
        for locus in PANEL.loci.values()
        for build, piece in locus.slices.items()
    }
    other = [one for one in PANEL.regions if one.role is RegionRole.PARALOGUE]
    assert [(one.name, one.gene, one.build, one.contig, one.start, one.end) for one in other] == [
        ("PMS2CL", Gene.PMS2, Build.GRCH38, Contig.CHR7, 6733543, 6759796),
        ("IKBKGP1", Gene.IKBKG, Build.GRCH38, Contig.CHRX, 154632000, 154649000),
    ]


@pytest.mark.parametrize(
    ("name", "contig", "build"),
    [
        ("X", Contig.CHRX, None),
        ("chrX", Contig.CHRX, None),
        ("CHRX", Contig.CHRX, None),
        ("x", Contig.CHRX, None),
        ("23", Contig.CHRX, None),
        ("chr23", Contig.CHRX, None),
        ("NC_000023.10", Contig.CHRX, Build.GRCH37),
        ("NC_000023.11", Contig.CHRX, Build.GRCH38),
        ("CM000685.1", Contig.CHRX, Build.GRCH37),
        ("CM000685.2", Contig.CHRX, Build.GRCH38),
        ("7", Contig.CHR7, None),
        ("Chr12", Contig.CHR12, None),
        ("NC_000012.11", Contig.CHR12, Build.GRCH37),
        ("NC_000020.11", Contig.CHR20, Build.GRCH38),
        ("CM000669.2", Contig.CHR7, Build.GRCH38),
        ("NC_000023.12", None, None),
        ("NC_000023", None, None),
        ("chrX_KI270880v1_alt", None, None),
        ("chrUn", None, None),
        ("24", None, None),
        ("Y", None, None),
        ("07", None, None),
        ("chr", None, None),
        ("", None, None),
        (" X", None, None),
        ("chrchrX", None, None),
    ],
)
def test_contig_names(name, contig, build):
    assert contigs.parse_contig(name) is contig
    assert contigs.contig_build(name) is build


def test_contig_names_and_lengths_go_round():
    for row in contigs.ROWS:
        assert contigs.parse_contig(contigs.accession(row.contig, row.build)) is row.contig
        assert contigs.contig_build(row.genbank) is row.build
        assert contigs.build_of_length(row.contig, contigs.contig_length(row.contig, row.build)) is row.build
    assert contigs.contig_length(Contig.CHRX, Build.GRCH37) == 155270560
    assert contigs.contig_length(Contig.CHR20, Build.GRCH38) == 64444167
    assert contigs.build_of_length(Contig.CHR7, 155270560) is None


def test_a_sequence_of_the_wrong_length_is_noticed_at_once(monkeypatch):
    content = dict(stored.embedded())
    content["GRCh38.fa"] = content["GRCh38.fa"].replace(b"\nTTT", b"\nTT", 1)
    monkeypatch.setattr(store, "embedded", lambda: content)
    with pytest.raises(ValueError, match="has 19213 bases, not 19214"):
        store.load_panel.__wrapped__()


def test_loading_in_a_fresh_process(record_property, capsys):
    code = (
        "import time; from higm_annot.reference import store; t = time.perf_counter(); store.load_panel(); "
        "print((time.perf_counter() - t) * 1000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    record_property("load_panel_ms", done.stdout.strip())
    with capsys.disabled():
        print(f" [load_panel: {float(done.stdout):.1f} ms]", end="")
    assert float(done.stdout) > 0  # a figure was measured; no limit is asserted, machines differ
