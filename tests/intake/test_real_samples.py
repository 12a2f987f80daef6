"""Real files: what is read of them agrees with bcftools, record by record and genotype by genotype."""

from __future__ import annotations

from collections import Counter

import pysam
import pysam.bcftools
import pytest

from higm_annot.intake import files
from higm_annot.reference.types import Build

FILES = {
    "trio1.GRCh37.exome.vcf.gz": (Build.GRCH37, "chr"),
    "trio2.GRCh37.exome.vcf.gz": (Build.GRCH37, "chr"),
    "single.GRCh37.exome.vcf.gz": (Build.GRCH37, ""),
    "NA12878_chrX.GRCh37.wgs.vcf": (Build.GRCH37, ""),
    "NA12878_sites.GRCh37.vcf.gz": (Build.GRCH37, "chr"),
    "NA12878_panel.GRCh38.vep.vcf.gz": (Build.GRCH38, "chr"),
}


def told_by_bcftools(path: str, regions: str) -> list[list[str]]:
    """Position, REF, ALT and every sample's GT of each record of the regions."""
    cut = pysam.bcftools.view("-H", "-t", regions, path)
    found = []
    for line in cut.splitlines():
        cells = line.split("\t")
        found.append([cells[1], cells[3], cells[4], *(column.split(":")[0] for column in cells[9:])])
    return found


def fate(genotype: str, index: int) -> str:
    """The fate of an ALT, from the text of a genotype."""
    copies = genotype.replace("|", "/").split("/")
    if str(index) in copies:
        return "reported"
    return "no_call" if "." in copies else "reference"


@pytest.mark.parametrize("name", FILES)
def test_the_ledger_is_what_bcftools_counts(name, shared, read, panel) -> None:
    build, prefix = FILES[name]
    path = str(shared / "samples" / name)
    regions = ",".join(
        f"{prefix}{region.contig}:{region.start}-{region.end}" for region in panel.regions if region.build is build
    )
    records = told_by_bcftools(path, regions)
    assert records
    for number, intake in enumerate(read(path)):
        assert not intake.failed
        assert intake.problems == ()
        assert intake.verdict.build is build
        expected = Counter(
            (int(pos), ref, alt, fate(genotypes[number], index), genotypes[number])
            for pos, ref, alts, *genotypes in records
            for index, alt in enumerate(alts.split(","), 1)
        )
        assert Counter((r.pos, r.ref, r.alt, str(r.fate), r.genotype) for r in intake.ledger) == expected
        assert len(intake.calls) == sum(n for key, n in expected.items() if key[3] == "reported")
        assert len(intake.no_calls) == sum(n for key, n in expected.items() if key[3] == "no_call")
        assert all(call.allele.normalised for call in intake.calls)
        assert not intake.has_reference_evidence


def test_two_lines_at_one_position_stay_half_called(shared, read) -> None:
    """trio2 writes C>CAA and C>CA on two lines: each line calls the copies it knows and leaves the others open."""
    child, father, mother = read(str(shared / "samples" / "trio2.GRCh37.exome.vcf.gz"), "CHILD", "FATHER", "MOTHER")

    def seen(intake) -> dict[str, list[str]]:
        calls = [call for call in (*intake.calls, *intake.no_calls) if call.place.pos == 8757522]
        return {call.allele.alt: [*call.genotype.slots, "phased" if call.genotype.phased else "-"] for call in calls}

    assert seen(child) == {"CAA": ["alt", "alt", "phased"], "CA": ["missing", "missing", "-"]}
    assert seen(father) == {"CAA": ["missing", "missing", "-"], "CA": ["alt", "alt", "phased"]}
    assert seen(mother) == {"CAA": ["missing", "alt", "-"], "CA": ["alt", "missing", "-"]}


def test_the_carrier_call_of_the_cell_line(shared, read) -> None:
    (intake,) = read(str(shared / "samples" / "NA12878_chrX.GRCh37.wgs.vcf"))
    call = intake.calls[1]
    assert call.allele.key == "GRCh37:X:135730555:T:C"
    assert (call.genotype.slots, call.support.ref_reads, call.support.alt_reads) == (("ref", "alt"), 101, 73)


def test_an_indexed_copy_and_a_bcf_of_a_real_file_read_the_same(shared, read, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(files, "SMALL", 0)
    source = str(shared / "samples" / "trio2.GRCh37.exome.vcf.gz")
    streamed = read(source)
    for name, kind in (("a.vcf.gz", "z"), ("a.bcf", "b")):
        path = str(tmp_path / name)
        pysam.bcftools.view(f"-O{kind}", "-o", path, source, catch_stdout=False)
        pysam.bcftools.index(path, catch_stdout=False)
        for one, other in zip(streamed, read(path), strict=True):
            assert one.cut_digest == other.cut_digest
            assert one.assessment == other.assessment
            assert one.reference == other.reference
            assert [(c.allele, c.genotype, c.support) for c in one.calls] == [
                (c.allele, c.genotype, c.support) for c in other.calls
            ]
