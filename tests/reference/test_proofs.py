"""``verify`` finds what is wrong, ``show`` shows what is there, a genome is compared to the base."""

from __future__ import annotations

import os

import msgspec
import pysam
import pytest

from higm_annot.problems import Refused
from higm_annot.reference import commands, stored, verify
from higm_annot.reference.contigs import ROWS, contig_length
from higm_annot.reference.fasta import check_fasta
from higm_annot.reference.show import show_gene
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene, Interval
from higm_annot.reference.verify import verify_panel

PANEL = load_panel()


def wrong(panel):
    return {(check.subject, check.property) for check in verify_panel(panel) if not check.passed}


def with_locus(gene, **changes):
    locus = msgspec.structs.replace(PANEL.loci[gene], **changes)
    return msgspec.structs.replace(PANEL, loci={**PANEL.loci, gene: locus})


def with_base(gene, build, position, base):
    piece = PANEL.loci[gene].slices[build]
    index = position - piece.start
    sequence = piece.sequence[:index] + base + piece.sequence[index + 1 :]
    slices = {**PANEL.loci[gene].slices, build: msgspec.structs.replace(piece, sequence=sequence)}
    return with_locus(gene, slices=slices)


def with_model(gene, build, **changes):
    mane, *others = PANEL.loci[gene].transcripts
    models = {**mane.models, build: msgspec.structs.replace(mane.models[build], **changes)}
    return with_locus(gene, transcripts=(msgspec.structs.replace(mane, models=models), *others))


def test_everything_embedded_holds():
    checks = verify_panel(PANEL)
    assert all(check.passed for check in checks)
    assert {check.property for check in checks} >= {
        "digest",
        "sequence digest",
        "build differences",
        "GT..AG introns",
        "reading frame",
        "protein length",
        "spliced length",
    }
    transcripts = sum(len(locus.transcripts) for locus in PANEL.loci.values())
    assert sum(check.property == "reading frame" for check in checks) == 2 * transcripts


def test_a_changed_base_in_an_intron_is_found():
    exon = PANEL.loci[Gene.CD40LG].mane.models[Build.GRCH38].exons[0]
    panel = with_base(Gene.CD40LG, Build.GRCH38, exon.end + 500, "N")
    assert wrong(panel) == {("CD40LG GRCh38", "sequence digest"), ("CD40LG", "build differences")}


def test_a_changed_splice_site_is_found():
    exon = PANEL.loci[Gene.PMS2].mane.models[Build.GRCH37].exons[3]
    found = wrong(with_base(Gene.PMS2, Build.GRCH37, exon.start - 1, "T"))
    assert ("NM_000535.7 GRCh37", "GT..AG introns") in found


def test_a_lost_start_and_a_new_stop_are_found():
    cds = PANEL.loci[Gene.CD40].mane.models[Build.GRCH38].cds
    assert ("NM_001250.6 GRCh38", "reading frame") in wrong(with_base(Gene.CD40, Build.GRCH38, cds.start, "C"))
    assert ("NM_001250.6 GRCh38", "reading frame") in wrong(with_base(Gene.CD40, Build.GRCH38, cds.end, "C"))


def test_moved_exons_are_found():
    model = PANEL.loci[Gene.UNG].mane.models[Build.GRCH38]
    first, second, *others = model.exons
    longer = Interval(second.start, second.end + 1)
    found = wrong(with_model(Gene.UNG, Build.GRCH38, exons=(first, longer, *others)))
    assert ("NM_080911.3 GRCh38", "spliced length") in found
    assert ("NM_080911.3 GRCh38", "reading frame") in found
    assert ("NM_080911.3 GRCh38", "GT..AG introns") in found


def test_a_wrong_protein_length_is_found():
    mane, *others = PANEL.loci[Gene.AICDA].transcripts
    panel = with_locus(Gene.AICDA, transcripts=(msgspec.structs.replace(mane, protein_length=199), *others))
    assert wrong(panel) == {("NM_020661.4 GRCh37", "protein length"), ("NM_020661.4 GRCh38", "protein length")}


@pytest.mark.parametrize(
    "equal",
    [
        ((153765459, 153795261, 154537244),),  # as if there were no differences
        PANEL.loci[Gene.IKBKG].equal[1:],
        (*PANEL.loci[Gene.IKBKG].equal[:-1], (153794957, 153795261, 154566740)),  # one base too few
    ],
)
def test_wrong_build_differences_are_found(equal):
    assert ("IKBKG", "build differences") in wrong(with_locus(Gene.IKBKG, equal=equal))


@pytest.mark.parametrize(
    ("name", "old", "new", "property_"),
    [
        ("loci.json", b'"length": 159138663', b'"length": 159138664', "same as the program's"),
        ("loci.json", b'"release": "LRG', b'"release": "lrg', "digest"),
        ("loci.json", b'"release"', b'"remark": "x", "release"', "nothing but the panel"),
        ("GRCh37.fa", b">CD40 ", b">CD40  ", "digest"),
    ],
)
def test_a_changed_data_file_is_found(monkeypatch, name, old, new, property_):
    content = dict(stored.embedded())
    assert old in content[name]
    content[name] = content[name].replace(old, new, 1)
    monkeypatch.setattr(verify, "embedded", lambda: content)
    assert property_ in {check.property for check in verify_panel(PANEL) if not check.passed}


def test_show_a_gene():
    text = show_gene(PANEL, Gene.PMS2)
    assert "NM_000535.7" in text
    assert "NP_000526.2" in text
    (exon9,) = [line.split() for line in text.splitlines() if line.split()[:1] == ["9"]]
    assert exon9 == ["9", "6031604-6031688", "5991973-5992057", "85", "5991973-5992057"]
    assert "none" in show_gene(PANEL, Gene.IKBKG)  # exon 1 of IKBKG codes for nothing


def test_commands_print_and_return_a_code(capsys):
    assert commands.show("aicda") == 0
    assert "ENST00000229335.11" in capsys.readouterr().out
    assert commands.verify(None) == 0
    out = capsys.readouterr().out
    assert "WRONG" not in out
    with pytest.raises(Refused, match="HA-REF-013"):
        commands.show("BRCA1")


def test_a_failed_proof_is_a_fault_of_the_program(monkeypatch, capsys):
    monkeypatch.setattr(commands, "load_panel", lambda: with_base(Gene.CD40, Build.GRCH38, 46118344, "C"))
    assert commands.verify(None) == 1
    assert "WRONG NM_001250.6 GRCh38" in capsys.readouterr().out


def test_the_build_command_says_what_it_wrote(shared, tmp_path, capsys):
    assert commands.build(str(shared / "reference" / "lrg"), str(tmp_path)) == 0
    assert capsys.readouterr().out.split() == [str(tmp_path / name) for name in stored.embedded()]


NAMES = {
    "bare": lambda row: row.contig.value,
    "chr": lambda row: f"chr{row.contig.value}",
    "refseq": lambda row: row.refseq,
    "genbank": lambda row: row.genbank,
}


class SparseGenome:
    """A FASTA of the four chromosomes in which only the loci have bases on the disk.

    The rest are holes of the file (they read as zeros and cost no space), so a whole genome fits into a test: each
    chromosome is one line, and the ``.fai`` says where it begins.
    """

    def __init__(self, path, build, naming="bare", contigs=tuple(Contig)):
        self.path, self.build, self.starts, index = path, build, {}, []
        with path.open("wb") as out:
            for row in ROWS:
                if row.build is build and row.contig in contigs:
                    name = NAMES[naming](row)
                    out.write(f">{name}\n".encode())
                    self.starts[row.contig] = out.tell()
                    index.append(f"{name}\t{row.length}\t{out.tell()}\t{row.length}\t{row.length + 1}\n")
                    out.seek(row.length, os.SEEK_CUR)
                    out.write(b"\n")
        path.with_name(path.name + ".fai").write_text("".join(index))
        for locus in PANEL.loci.values():
            if locus.contig in contigs:
                self.write(locus.contig, locus.slices[build].start, locus.slices[build].sequence.lower())

    def write(self, contig, position, bases):
        with self.path.open("r+b") as out:
            out.seek(self.starts[contig] + position - 1)
            out.write(bases.encode())


@pytest.mark.parametrize("naming", list(NAMES))
@pytest.mark.parametrize("build", list(Build))
def test_a_genome_is_recognised_whatever_its_names(tmp_path, naming, build):
    SparseGenome(tmp_path / "g.fa", build, naming)
    assert check_fasta(str(tmp_path / "g.fa"), PANEL) is build


@pytest.mark.parametrize("gene", list(Gene))
def test_the_first_differing_base_is_named(tmp_path, gene):
    genome = SparseGenome(tmp_path / "g.fa", Build.GRCH38)
    locus = PANEL.loci[gene]
    position = locus.mane.models[Build.GRCH38].cds.start
    ours = locus.slices[Build.GRCH38].base(position)
    theirs = "ACGT".replace(ours, "")[0]
    genome.write(locus.contig, position, theirs)
    genome.write(locus.contig, position + 7, "N")
    with pytest.raises(Refused) as caught:
        check_fasta(str(tmp_path / "g.fa"), PANEL)
    (found,) = caught.value.problems
    assert (found.code, found.site) == ("HA-REF-012", f"{locus.contig}:{position}")
    assert f"In {gene} the genome has {theirs} where the embedded reference has {ours}." == found.message


def test_a_genome_with_the_wrong_chromosomes(tmp_path):
    SparseGenome(tmp_path / "g.fa", Build.GRCH38, contigs=(Contig.CHR7, Contig.CHRX))
    with pytest.raises(Refused, match="HA-REF-011"):
        check_fasta(str(tmp_path / "g.fa"), PANEL)
    (tmp_path / "t.fa").write_text(">chr7\nACGT\n>chr12\nACGT\n>chr20\nACGT\n>chrX\nACGT\n")
    with pytest.raises(Refused, match="chr20 4"):
        check_fasta(str(tmp_path / "t.fa"), PANEL)


def test_a_genome_of_two_builds(tmp_path):
    SparseGenome(tmp_path / "g.fa", Build.GRCH38)
    index = tmp_path / "g.fa.fai"
    lengths = [str(contig_length(Contig.CHRX, build)) for build in (Build.GRCH38, Build.GRCH37)]
    index.write_text(index.read_text().replace(*lengths))
    with pytest.raises(Refused, match="HA-REF-011"):
        check_fasta(str(tmp_path / "g.fa"), PANEL)


@pytest.mark.parametrize("content", [b"", b"no fasta\n", b"\x1f\x8b broken", b">chr7"])
def test_a_file_that_is_no_genome(tmp_path, content):
    (tmp_path / "g.fa").write_bytes(content)
    with pytest.raises(Refused, match=r"HA-REF-01[01]"):
        check_fasta(str(tmp_path / "g.fa"), PANEL)


def test_a_truncated_genome(tmp_path):
    genome = SparseGenome(tmp_path / "g.fa", Build.GRCH38)
    with genome.path.open("r+b") as out:
        out.truncate(genome.starts[Contig.CHRX] + PANEL.loci[Gene.CD40LG].slices[Build.GRCH38].start + 100)
    with pytest.raises(Refused, match="HA-REF-010"):
        check_fasta(str(tmp_path / "g.fa"), PANEL)


def test_no_such_file(tmp_path):
    with pytest.raises(Refused, match="HA-REF-010"):
        check_fasta(str(tmp_path / "none.fa"), PANEL)


def test_a_bgzf_genome(tmp_path):
    """Small chromosomes, compressed: read through BGZF and refused for their lengths, not for their form."""
    text = "".join(f">chr{contig.value}\nACGTACGT\n" for contig in Contig)
    with pysam.BGZFile(str(tmp_path / "g.fa.gz"), "wb") as out:
        out.write(text.encode())
    with pytest.raises(Refused, match="chr12 8"):
        check_fasta(str(tmp_path / "g.fa.gz"), PANEL)
