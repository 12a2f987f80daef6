"""The genome build: every witness, every disagreement."""

from __future__ import annotations

from pathlib import Path

import pytest

from higm_annot.reference.types import Build

GENES = ("CD40LG", "CD40", "AICDA", "UNG", "IKBKG", "PMS2")


@pytest.fixture
def seven(snv):
    """Seven single-base records at the loci of a build."""
    return lambda build: [(*snv(gene, 6000, build), "0/1") for gene in GENES] + [(*snv("CD40LG", 7000, build), "0/1")]


def told(intake) -> tuple[str, str]:
    """Code and message of the error."""
    (fault,) = [p for p in intake.problems if p.severity == "error"]
    return fault.code, fault.message


@pytest.mark.parametrize("build", list(Build))
@pytest.mark.parametrize("naming", ["bare", "chr", "refseq", "genbank"])
@pytest.mark.parametrize("lengths", [True, False])
def test_each_witness_establishes_it(build, naming, lengths, make_vcf, read, seven) -> None:
    (intake,) = read(make_vcf("a.vcf", seven(build), build=build, naming=naming, lengths=lengths))
    assert intake.verdict.build is build
    assert len(intake.calls) == 7
    said = " ".join(intake.verdict.witnesses)
    assert f"all sites at the loci of {build} fit {build}" in said
    assert ("contig lengths" in said) is lengths
    assert ("accessions" in said) is (naming in ("refseq", "genbank"))


@pytest.mark.parametrize("build", list(Build))
def test_header_of_one_build_and_positions_of_the_other(build, make_vcf, read, seven) -> None:
    path = make_vcf("a.vcf", seven(build.other), build=build)
    for stated in (None, *Build):
        (intake,) = read(path, stated=stated)
        assert intake.failed
        code, message = told(intake)
        assert code == "HA-BLD-001"
        assert f"contig lengths of the header: {build}" in message
        assert f"7 of 7 sites at the loci of {build.other} fit {build.other}" in message


@pytest.mark.parametrize("count", [2, 3])
def test_few_records_of_the_other_build_suffice_where_they_are_clear(count, make_vcf, read, seven, snv) -> None:
    rows = [
        (*snv(gene, 6000, Build.GRCH38)[:2], *wrong(snv(gene, 6000, Build.GRCH38)), "0/1") for gene in GENES[:count]
    ]
    (intake,) = read(make_vcf("a.vcf", rows))
    assert told(intake)[0] == "HA-BLD-001"


def wrong(site: tuple[str, int, str, str]) -> tuple[str, str]:
    """REF and ALT exchanged: a REF that does not fit."""
    return site[3], site[2]


def test_accessions_of_one_build_and_lengths_of_the_other(make_vcf, read, seven) -> None:
    path = Path(make_vcf("a.vcf", seven("GRCh38"), naming="refseq"))
    path.write_text(path.read_text().replace("length=156040895", "length=155270560"))
    code, message = told(read(str(path))[0])
    assert code == "HA-BLD-001"
    assert "GRCh37 and GRCh38" in message


def test_lengths_of_both_builds(make_vcf, read, seven) -> None:
    path = Path(make_vcf("a.vcf", seven("GRCh38")))
    path.write_text(path.read_text().replace("length=156040895", "length=155270560"))
    assert told(read(str(path))[0])[0] == "HA-BLD-001"


def test_lengths_of_another_assembly(make_vcf, read, seven) -> None:
    path = Path(make_vcf("a.vcf", seven("GRCh38")))
    text = path.read_text()
    for length in ("159345973", "133275309", "64444167", "156040895"):
        text = text.replace(f"length={length}", f"length={int(length) - 77}")
    path.write_text(text)
    code, message = told(read(str(path))[0])
    assert code == "HA-BLD-004"
    assert "neither GRCh37 nor GRCh38" in message


def test_ref_bases_that_fit_neither_build(make_vcf, read, seven) -> None:
    rows = [
        (contig, pos + 150000 * (n % 2), alt, ref, gt) for n, (contig, pos, ref, alt, gt) in enumerate(seven("GRCh38"))
    ]
    assert told(read(make_vcf("a.vcf", rows))[0])[0] == "HA-BLD-001"


@pytest.mark.parametrize("build", list(Build))
def test_no_witness(build, make_vcf, read) -> None:
    path = make_vcf("a.vcf", [("7", 100, "A", "G", "0/1")], lengths=False)
    assert told(read(path)[0])[0] == "HA-BLD-002"
    (intake,) = read(path, stated=build)
    assert not intake.failed
    assert intake.verdict.build is build
    assert f"stated: {build}" in intake.verdict.witnesses


def test_one_base_alone_does_not_establish_it(make_vcf, read, seven) -> None:
    rows = seven("GRCh38")[:1]
    assert told(read(make_vcf("a.vcf", rows, lengths=False))[0])[0] == "HA-BLD-002"
    (intake,) = read(make_vcf("b.vcf", rows, lengths=False), stated=Build.GRCH38)
    assert intake.verdict.build is Build.GRCH38


def test_text_tips_the_balance_and_no_more(make_vcf, read, seven) -> None:
    reference = ("##reference=file:///data/GRCh38/genome.fa",)
    (intake,) = read(make_vcf("a.vcf", seven("GRCh38")[:1], lengths=False, header=reference))
    assert intake.verdict.build is Build.GRCH38
    nothing = make_vcf("b.vcf", [("7", 100, "A", "G", "0/1")], lengths=False, header=reference)
    assert told(read(nothing)[0])[0] == "HA-BLD-002"


def test_text_that_disagrees_is_a_remark(make_vcf, read, seven) -> None:
    (intake,) = read(make_vcf("a.vcf", seven("GRCh38"), header=("##reference=hg19.fa",)))
    assert intake.verdict.build is Build.GRCH38
    assert [(p.code, p.severity) for p in intake.problems] == [("HA-BLD-005", "warning")]


@pytest.mark.parametrize("lengths", [True, False])
def test_a_stated_build_checks_and_never_overrides(lengths, make_vcf, read, seven) -> None:
    path = make_vcf("a.vcf", seven("GRCh38"), lengths=lengths)
    assert told(read(path, stated=Build.GRCH37)[0])[0] == "HA-BLD-003"
    assert not read(path, stated=Build.GRCH38)[0].failed


@pytest.mark.parametrize("build", list(Build))
def test_chance_fits_at_the_other_builds_places_do_not_matter(build, make_vcf, read, seven, snv) -> None:
    """A genome has records at the places where the other build holds the loci; some fit by chance."""
    rows = seven(build) + seven(build.other)[:2] + [(c, p, a, r, g) for c, p, r, a, g in seven(build.other)[2:]]
    for lengths in (True, False):
        (intake,) = read(make_vcf("a.vcf", rows, build=build, lengths=lengths))
        assert intake.verdict.build is build
        assert len(intake.calls) == 7
