"""VCFs that we write: read by htslib without a word, and no copy is made reference that nobody called so."""

import msgspec
import pysam
import pytest

from higm_annot.genotype.types import Zygosity
from higm_annot.reference.types import Build
from higm_annot.report.annotated_vcf import annotated_vcf
from higm_annot.report.bcf import render_bcf
from higm_annot.report.csq import CSQ
from higm_annot.report.document import failed
from higm_annot.report.types import SupportBlock
from higm_annot.report.vcf import genotype, render_vcf


def read(content, path, capfd):
    """Records as htslib has them; a warning of its fails the test."""
    path.write_bytes(content)
    capfd.readouterr()
    with pysam.VariantFile(str(path)) as handle:
        records = [record.copy() for record in handle]
        header = handle.header.copy()
    assert capfd.readouterr().err == ""
    return header, records


def csq(record):
    return [dict(zip(CSQ, one.split("|"), strict=True)) for one in record.info["CSQ"]]


def test_every_demonstration_vcf_is_read_and_its_bcf_says_the_same(demo, tmp_path, capfd):
    for sample, report in demo.items():
        header, records = read(render_vcf(report), tmp_path / "one.vcf", capfd)
        assert list(header.samples) == [sample]
        assert len(records) == len(report.variants)
        binary = render_bcf(report)
        assert binary == render_bcf(report)
        (tmp_path / "one.bcf").write_bytes(binary)
        with pysam.VariantFile(str(tmp_path / "one.bcf")) as handle:  # htslib remarks that it has no index
            same = [record.copy() for record in handle]
        assert [str(one) for one in same] == [str(one) for one in records]
        assert [(one.chrom, one.pos) for one in records] == sorted(
            ((one.chrom, one.pos) for one in records), key=lambda at: (list(header.contigs).index(at[0]), at[1])
        )


def test_a_boy_s_record_says_what_his_report_says(demo, tmp_path, capfd):
    _, records = read(render_vcf(demo["DEMO-HIGM1-boy"]), tmp_path / "boy.vcf", capfd)
    (record,) = [one for one in records if one.chrom == "X"]
    call = record.samples[0]
    assert (record.pos, record.ref, record.alts, list(record.filter)) == (136654423, "GC", ("G",), ["PASS"])
    assert call["GT"] == (1,)
    assert call["HIGM"] == ("hemi||HIGM1|disease_genotype|",)
    (said,) = csq(record)
    expected = {
        "Allele": "-",
        "Consequence": "frameshift_variant",
        "IMPACT": "HIGH",
        "SYMBOL": "CD40LG",
        "Gene": "959",
        "Feature": "NM_000074.3",
        "HGVSc": "NM_000074.3:c.340del",
        "HGVSp": "NP_000065.1:p.(Gln114LysfsTer14)",
        "HGVSg": "NC_000023.11:g.136654424del",
        "EXON": "3/5",
        "MANE_SELECT": "NM_000074.3",
    }
    assert {field: said[field] for field in expected} == expected


def test_an_unresolved_call_says_so(demo, tmp_path, capfd):
    _, records = read(render_vcf(demo["DEMO-IKBKG-boy"]), tmp_path / "boy.vcf", capfd)
    (said,) = [one.samples[0]["HIGM"] for one in records if one.chrom == "X"]
    assert said == ("hemi||EDAID1|disease_genotype|unresolved_paralogue",)


def test_names_in_csq_are_those_that_vep_writes(demo, tmp_path, capfd):
    _, records = read(render_vcf(demo["DEMO-CD40-trans"]), tmp_path / "x.vcf", capfd)
    assert [csq(one)[0]["HGVSc"] for one in records if one.chrom == "20"] == [
        "NM_001250.6:c.247T>C",
        "NM_001250.6:c.256+2T>C",
    ]


def test_structural_alleles_have_their_end_and_type(demo, tmp_path, capfd):
    _, (record,) = read(render_vcf(demo["DEMO-IKBKG-deletion-girl"]), tmp_path / "girl.vcf", capfd)
    assert (record.alts, record.stop, record.info["SVTYPE"]) == (("<DEL>",), 154569698, "DEL")
    assert (csq(record)[0]["Allele"], csq(record)[0]["HGVSc"]) == ("deletion", "")


GENOTYPES = [
    (Zygosity.HET, "0/1", "0/1"),
    (Zygosity.HET, "2|0", "1|0"),
    (Zygosity.HET, "1/2", "./1"),  # the other copy carries another allele: it is not made reference
    (Zygosity.HET, "", "./1"),  # not shown, because of what stands beside it
    (Zygosity.HOM, "3/3", "1/1"),
    (Zygosity.HOM, "1|1", "1|1"),
    (Zygosity.HEMI, "1/1", "1"),  # the other copy is deleted, or there is none
    (Zygosity.HET_IN_MALE, "0/1", "0/1"),
    (Zygosity.HALF_CALL, "./1", "./1"),
    (Zygosity.HAPLOID_UNEXPECTED, "1", "1"),
    (Zygosity.POLYPLOID, "0/2/2", "0/1/1"),
    (Zygosity.HEMI_OR_HOM, "1/1", "1/1"),
    (Zygosity.NO_CALL, "./.", "./."),
    (Zygosity.NO_CALL, "", "./."),
    (Zygosity.HOM_REF, "0/0", "0/0"),
    (Zygosity.HOM_REF, "2/2", "./."),  # reference of this allele's site is not what 2/2 says
]


@pytest.mark.parametrize(("state", "written", "gt"), GENOTYPES)
def test_the_genotype_says_what_is_known_of_this_allele(made, state, written, gt):
    block = made.boy().variants[0]
    support = SupportBlock(written, None, None, None, None, None, (), ())
    assert genotype(msgspec.structs.replace(block, state=state, support=support)) == gt


def test_hostile_filters_and_classes_cannot_break_a_record(made, tmp_path, capfd):
    report = made.boy()
    block = report.variants[0]
    support = msgspec.structs.replace(block.support, filters=("PASS", 'a;b,<"c>\t', "FT:q10"))
    known = msgspec.structs.replace(block.allele_class, class_="Path;o,g=e|n\tic")
    block = msgspec.structs.replace(block, support=support, allele_class=known, outside="a:b")
    report = msgspec.structs.replace(report, variants=(block,))
    _, (record,) = read(render_vcf(report), tmp_path / "x.vcf", capfd)
    assert list(record.filter) == ["a_b___c__", "FT_q10"]
    assert record.info["HIGM"][0].split("|")[6] == "Path%3Bo%2Cg%3De%7Cn%09ic"
    assert record.samples[0]["HIGM"][0].startswith("hemi|a%3Ab|")


def test_a_failed_sample_has_a_vcf_without_records(made, tmp_path, capfd):
    report = failed(made.intake(problems=(made.ERROR,)), made.PANEL)
    header, records = read(render_vcf(report), tmp_path / "x.vcf", capfd)
    assert (list(header.samples), records) == (["boy-1"], [])


def test_no_build_is_invented_for_a_file_whose_build_is_not_known(made, tmp_path, capfd):
    person = msgspec.structs.replace(made.intake(problems=(made.ERROR,)), verdict=None)
    header, _ = read(render_vcf(failed(person, made.PANEL)), tmp_path / "x.vcf", capfd)
    assert list(header.contigs) == []


def test_changes_read_together_are_told_by_their_parts(made):
    report = made.boy()
    whole, part, *_ = report.variants
    joined = msgspec.structs.replace(whole, key="GRCh38:X:1:A:C+3:G:T", parts=(part.key,))
    with_part = render_vcf(msgspec.structs.replace(report, variants=(joined, part)))
    without = render_vcf(msgspec.structs.replace(report, variants=(joined,)))
    assert b"\nX\t1\t" not in with_part
    assert b"\nX\t1\t.\tA\tC\t" in without
    assert b"\nX\t3\t.\tG\tT\t" in without


def test_the_run_s_alleles_have_an_entry_for_every_transcript(made, tmp_path, capfd):
    pairs = [(made.allele(name), made.annotated(name)) for name in ("frameshift", "common")]
    _, records = read(annotated_vcf(pairs, Build.GRCH38).encode(), tmp_path / "all.vcf", capfd)
    assert [one["Feature"] for one in csq(records[1])] == ["NM_000074.3", "NM_009999.1"]
    assert [one["MANE_SELECT"] for one in csq(records[1])] == ["NM_000074.3", ""]
    assert len(records[1].info["HIGM"]) == 2
