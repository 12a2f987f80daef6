"""What is set aside, what counts as reference, what was assessed; and that the ledger always balances."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from higm_annot.intake import read as read_module
from higm_annot.intake.types import Fate
from higm_annot.reference.types import Build, Contig, Gene

END = ('##INFO=<ID=END,Number=1,Type=Integer,Description="End">',)
CODING = {Gene.CD40LG: 5, Gene.CD40: 9, Gene.AICDA: 5, Gene.UNG: 7, Gene.IKBKG: 9, Gene.PMS2: 15}


@pytest.fixture
def whole(base, panel):
    """A gVCF block over a whole gene."""

    def whole_(gene: str, column: str, layout: str = "GT:MIN_DP:GQ", alt: str = "<NON_REF>", filters: str = "."):
        contig, pos, ref = base(gene, 0)
        end = panel.loci[Gene(gene)].slices[Build.GRCH38].end
        return (contig, pos, ref, alt, column, {"format": layout, "info": f"END={end}", "filter": filters, "qual": "."})

    return whole_


def by_gene(intake, gene: str) -> list:
    return [region for region in intake.assessment if region.gene == gene]


@pytest.mark.parametrize("build", list(Build))
def test_every_coding_exon_with_its_splice_bases_is_listed(build, make_vcf, read, snv, panel) -> None:
    (intake,) = read(make_vcf("a.vcf", [(*snv("CD40LG", 100, build), "1")], build=build))
    assert {gene: len(by_gene(intake, gene)) for gene in Gene} == CODING
    first = by_gene(intake, "CD40LG")[0]
    model = panel.loci[Gene.CD40LG].mane.models[build]
    assert (first.region, first.start, first.end) == ("exon 1", model.cds.start - 8, model.exons[0].end + 8)


def test_a_plain_vcf_is_never_assessed(make_vcf, read, snv, panel) -> None:
    """Calls and 0/0 genotypes in the exons show those bases, not that the exons were read."""
    rows = []
    for gene, locus in panel.loci.items():
        model, start = locus.mane.models[Build.GRCH38], locus.slices[Build.GRCH38].start
        rows += [
            (*snv(gene, exon.end - start), "0/1:50:99", "0/0:60:99", {"format": "GT:DP:GQ"}) for exon in model.exons
        ]
    for intake in read(make_vcf("a.vcf", rows, ["A", "B"])):
        # Not even the bases of the calls are told: they would name the exon of an allele that consent withholds.
        assert sum(region.covered_bases for region in intake.assessment) == 0
        assert {region.status for region in intake.assessment} == {"not_assessed"}
        assert not intake.has_reference_evidence


@pytest.mark.parametrize("alt", ["<NON_REF>", "<*>", "."])
@pytest.mark.parametrize("genotype", ["0/0", "0", "0|0"])
def test_a_good_block_assesses_what_it_covers(alt, genotype, make_vcf, read, whole) -> None:
    rows = [whole("CD40LG", f"{genotype}:10:20", alt=alt)]
    (intake,) = read(make_vcf("a.vcf", rows, header=END))
    assert intake.has_reference_evidence
    assert {(r.status, r.basis) for r in by_gene(intake, "CD40LG")} == {("assessed", "reference_evidence")}
    assert {(r.status, r.basis) for r in by_gene(intake, "IKBKG")[1:]} == {("not_assessed", "paralogue")}
    assert {(r.status, r.basis) for r in by_gene(intake, "CD40")} == {("not_assessed", "no_record_on_contig")}
    (stretch,) = intake.reference
    assert (stretch.contig, stretch.depth, stretch.genotype_quality, stretch.source) == (Contig.CHRX, 10, 20, "block")


@pytest.mark.parametrize(
    ("layout", "column", "filters"),
    [
        ("GT:MIN_DP:GQ", "0/0:9:99", "."),
        ("GT:MIN_DP:GQ", "0/0:99:19", "."),
        ("GT:MIN_DP:GQ", "./.:99:99", "."),
        ("GT:MIN_DP:GQ", ".:99:99", "."),
        ("GT:MIN_DP:GQ", "0/.:99:99", "."),
        ("GT:MIN_DP:GQ", "0/0:.:99", "."),
        ("GT:MIN_DP:GQ", "0/0:99:.", "."),
        ("GT:MIN_DP", "0/0:99", "."),
        ("GT:GQ", "0/0:99", "."),
        ("GT", "0/0", "."),
        ("MIN_DP:GQ", "99:99", "."),
        ("GT:DP:MIN_DP:GQ", "0/0:99:5:99", "."),
        ("GT:MIN_DP:GQ", "0/0:99:99", "LowQual"),
    ],
)
def test_a_block_that_does_not_show_enough_assesses_nothing(layout, column, filters, make_vcf, read, whole) -> None:
    (intake,) = read(make_vcf("a.vcf", [whole("CD40LG", column, layout, filters=filters)], header=END))
    assert not intake.failed
    assert {(r.status, r.basis) for r in by_gene(intake, "CD40LG")} == {("not_assessed", "no_reference_evidence")}
    assert not intake.has_reference_evidence


@pytest.mark.parametrize(("layout", "column"), [("GT:DP:RGQ", "0/0:10:20"), ("GT:DP:GQX", "0/0:10:20")])
def test_other_names_of_the_quality_count(layout, column, make_vcf, read, whole) -> None:
    (intake,) = read(make_vcf("a.vcf", [whole("CD40LG", column, layout)], header=END))
    assert by_gene(intake, "CD40LG")[0].status == "assessed"


def test_format_len_blocks_reach_as_far_as_they_say(make_vcf, read, base, panel) -> None:
    contig, pos, _ = base("CD40LG", 0)
    start = pos - 1000
    row = (contig, start, "N", "<*>", "0/0:30:50:25000", {"format": "GT:DP:GQ:LEN"})
    (intake,) = read(make_vcf("a.vcf", [row], header=('##FORMAT=<ID=LEN,Number=1,Type=Integer,Description="Length">',)))
    assert (intake.reference[0].start, intake.reference[0].end) == (start, start + 24999)
    assert by_gene(intake, "CD40LG")[0].status == "assessed"


def test_partly_read_exons_count_their_bases(make_vcf, read, base, panel) -> None:
    contig, pos, ref = base("CD40LG", 0)
    exon = panel.loci[Gene.CD40LG].mane.models[Build.GRCH38].exons[1]
    end = exon.start + 9
    row = (contig, pos, ref, "<NON_REF>", "0/0:30:50", {"format": "GT:DP:GQ", "info": f"END={end}"})
    (intake,) = read(make_vcf("a.vcf", [row], header=END))
    first, second, third = by_gene(intake, "CD40LG")[:3]
    assert (first.status, second.status, third.status) == ("assessed", "partly", "not_assessed")
    assert (second.covered_bases, third.covered_bases) == (18, 0)


def test_a_base_that_was_not_called_is_not_assessed(make_vcf, read, whole, panel, base) -> None:
    exon = panel.loci[Gene.CD40LG].mane.models[Build.GRCH38].exons[1]
    start = panel.loci[Gene.CD40LG].slices[Build.GRCH38].start
    contig, pos, ref = base("CD40LG", exon.start + 5 - start)
    alt = "A" if ref != "A" else "C"
    for column, status in (
        ("0/1", "assessed"),
        ("0/0", "assessed"),
        ("./.", "partly"),
        (".", "partly"),
        ("0/.", "partly"),
    ):
        rows = [whole("CD40LG", "0/0:30:50"), (contig, pos, ref, alt, column)]
        (intake,) = read(make_vcf("a.vcf", rows, header=END))
        assert by_gene(intake, "CD40LG")[1].status == status, column


@pytest.mark.parametrize(("reads", "lost"), [("40,0", 0), ("38,2", 0), ("31,9", 0), ("30,10", 1), ("22,18", 1)])
def test_a_reference_call_with_the_reads_of_a_heterozygous_one_is_not_assessed(
    reads, lost, make_vcf, read, whole, panel, base
) -> None:
    """Forty per cent of the reads against the genotype: the base is not reference, whatever depth and quality."""
    locus = panel.loci[Gene.CD40]
    start = locus.slices[Build.GRCH38].start
    exon = locus.mane.models[Build.GRCH38].exons[2]
    contig, pos, ref = base("CD40", exon.start + 5 - start)
    alt = "A" if ref != "A" else "C"
    called = (contig, pos, ref, alt, f"0/0:40:99:{reads}", {"format": "GT:DP:GQ:AD"})
    (intake,) = read(make_vcf("a.vcf", [whole("CD40", "0/0:40:99"), called], header=END))
    whole_, hurt = [], []
    for region in by_gene(intake, "CD40"):
        (whole_ if region.status == "assessed" else hurt).append(region)
    assert len(hurt) == lost
    assert all(region.status == "partly" and region.region == "exon 3" for region in hurt)


def test_callable_intervals_count_and_the_firewall_stands(make_vcf, read, snv, panel) -> None:
    path = make_vcf("a.vcf", [(*snv("CD40LG", 100), "1")], ["A", "B"][:1])
    everything = [
        (locus.contig, locus.slices[Build.GRCH38].start, locus.slices[Build.GRCH38].end)
        for locus in panel.loci.values()
    ]
    (intake,) = read(path, callable_={"A": everything})
    assert intake.has_reference_evidence
    for gene in ("CD40LG", "CD40", "AICDA", "UNG"):
        assert {(r.status, r.basis) for r in by_gene(intake, gene)} == {("assessed", "callable_bed")}
    firewalled = [r.region for gene in ("PMS2", "IKBKG") for r in by_gene(intake, gene) if r.basis == "paralogue"]
    assert firewalled == [f"exon {n}" for n in (9, 11, 12, 13, 14, 15)] + [f"exon {n}" for n in range(3, 11)]
    assert all(r.status == "not_assessed" for r in intake.assessment if r.basis == "paralogue")


def test_set_aside_rules_and_their_warnings(make_vcf, read, snv, base) -> None:
    def with_alt(offset: int, alt: str, *columns: str, **more: str):
        contig, pos, ref, _ = snv("CD40LG", offset)
        return (contig, pos, ref, alt, *columns, more)

    rows = [
        with_alt(100, "*", "0/1", "0/0"),
        with_alt(200, "<NON_REF>", "0/1", "0/0"),
        with_alt(300, "N[7:500[", "0/1", "0/0"),
        with_alt(400, "]7:500]N", "0/0", "0/1"),
        with_alt(500, "N.", "0/1", "0/0"),
        with_alt(600, "<BND>", "0/1", "0/0"),
        with_alt(700, "<STR27>", "0/1", "0/0"),
        with_alt(800, "<INV>", "0/1", "0/0", info="SVLEN=50"),
        with_alt(900, "<DUP:TANDEM>", "0/1", "0/0", info="END=136645000"),
        with_alt(1000, "<INS>", "0/1", "0/0", info="SVLEN=5000"),
        ("X", 154640000, "A", "G", "0/1", "0/0"),
        ("X", 154635610, "N", "<DUP>", "0/1", "0/0", {"info": "END=154647302"}),
    ]
    first, second = read(make_vcf("a.vcf", rows, ["A", "B"]))
    assert [row.rule for row in first.ledger] == [
        "spanning_deletion",
        "reference_block_marker",
        *["breakend_not_assessed"] * 4,
        "unsupported_alt",
        *[""] * 3,
        *["in_pseudogene"] * 2,
    ]
    assert [p.code for p in first.problems] == [
        *["HA-VCF-019"] * 3,
        "HA-VCF-020",
        "HA-PAR-001",
    ]
    assert [p.code for p in second.problems] == ["HA-VCF-019"]
    ends = {call.allele.alt: call.allele.end - call.allele.pos for call in first.calls}
    assert ends == {"<INV>": 50, "<DUP:TANDEM>": 136645000 - rows[8][1], "<INS>": 0}
    assert not any(call.allele.normalised for call in first.calls)


def test_a_deletion_that_reaches_gene_and_pseudogene_is_kept(make_vcf, read) -> None:
    row = ("X", 154558014, "N", "<DEL>", "0/1", {"info": "END=154647302"})
    (intake,) = read(make_vcf("a.vcf", [row]))
    (call,) = intake.calls
    assert call.allele.key == "GRCh38:X:154558014:C:<DEL>:154647302"


def test_records_of_one_allele_that_agree_are_one_call(make_vcf, read, base) -> None:
    contig, pos, ref = base("CD40LG", 3000, length=3)
    other = next(b for b in "ACGT" if b not in ref[0])
    rows = [
        (contig, pos, ref[0], other, "0/1:.", {"format": "GT:DP"}),
        (contig, pos, ref, other + ref[1:], "0/1:30", {"format": "GT:DP"}),
    ]
    (intake,) = read(make_vcf("a.vcf", rows))
    (call,) = intake.calls
    assert call.support.depth == 30
    assert [row.fate for row in intake.ledger] == [Fate.REPORTED] * 2
    assert intake.problems == ()


@pytest.mark.parametrize(
    ("first", "second", "kept", "where"),
    [
        ("0/1", "1/1", "0/1", "calls"),
        ("./1", "0/1", "0/1", "calls"),
        ("0/0", "0/1", "0/1", "calls"),
        ("./.", "0/1", "0/1", "calls"),
        ("0/0", "./.", "./.", "no_calls"),
        ("0/0", "0/.", "0/.", "no_calls"),
    ],
)
def test_records_of_one_allele_that_disagree(first, second, kept, where, make_vcf, read, snv) -> None:
    site = snv("CD40LG", 3000)
    for order in ([first, second], [second, first]):
        (intake,) = read(make_vcf("a.vcf", [(*site, genotype) for genotype in order]))
        found = [*intake.calls, *intake.no_calls]
        assert len(found) == 1
        assert list(getattr(intake, where)) == found
        if first != "0/1" or second != "1/1":
            assert found[0].genotype.raw == kept
        assert [p.code for p in intake.problems] == ["HA-GT-002"]
        assert len(intake.ledger) == 2


def test_support_is_what_the_file_gives(make_vcf, read, snv) -> None:
    def call(column: str, layout: str, alts: str = "", **more: str):
        contig, pos, ref, alt = snv("CD40LG", 3000)
        (intake,) = read(
            make_vcf(
                "a.vcf", [(contig, pos, ref, alts or alt, column, {"format": layout, "info": "SVLEN=9,9", **more})]
            )
        )
        support = intake.calls[0].support
        return support.depth, support.ref_reads, support.alt_reads, support.genotype_quality, support.shown_filters

    assert call("0/1:7,8:15:99", "GT:AD:DP:GQ") == (15, 7, 8, 99, ("PASS",))
    assert call("0/1:7,8", "GT:AD", info="DP=21", filter=".") == (21, 7, 8, None, ())
    assert call("0/1:3:5:8", "GT:RO:AO:DP") == (8, 3, 5, None, ("PASS",))
    assert call("0/1:9:4", "GT:RD:AD") == (None, 9, 4, None, ("PASS",))
    assert call("0/1:.:.", "GT:AD:DP") == (None, None, None, None, ("PASS",))
    assert call("0/1:7", "GT:AD") == (None, None, None, None, ("PASS",))
    assert call("0/1:lowGQ", "GT:FT", filter="a;b") == (None, None, None, None, ("a", "b", "FT:lowGQ"))
    assert call("0/1:PASS", "GT:FT", filter="a") == (None, None, None, None, ("a",))
    assert call("0/1:lowGQ;lowDP", "GT:FT") == (None, None, None, None, ("PASS", "FT:lowGQ", "FT:lowDP"))
    assert call("0/1:2:5,6", "LGT:LAA:LAD", alts="<DEL>,<DUP>") == (None, 5, 6, None, ("PASS",))
    assert call("0/2:2:5,6", "GT:LAA:LAD", alts="<DEL>,<DUP>") == (None, 5, 6, None, ("PASS",))
    assert call("0/2:2:.,.,.:5,6", "GT:LAA:AD:LAD", alts="<DEL>,<DUP>") == (None, 5, 6, None, ("PASS",))
    assert call("0/2:2:5,6,7", "GT:LAA:LAD", alts="<DEL>,<DUP>") == (None, None, None, None, ("PASS",))


def test_strands_and_mapping_are_what_the_file_gives(make_vcf, read, snv) -> None:
    def call(column: str, layout: str, info: str = ".", alts: str = ""):
        contig, pos, ref, alt = snv("CD40LG", 3000)
        row = (contig, pos, ref, alts or alt, column, {"format": layout, "info": f"SVLEN=9,9;{info}"})
        support = read(make_vcf("a.vcf", [row]))[0].calls[0].support
        return support.strands, support.strand_bias, support.strand_odds, support.mapping_quality

    assert call("0/1", "GT") == (None, None, None, None)
    assert call("0/1", "GT", "FS=61.25;SOR=3.5;MQ=33") == (None, 61.25, 3.5, 33.0)
    assert call("0/1", "GT", "XFS=1;AS_FS=2;CSQ=FS=9;MQ=NaN") == (None, None, None, None)
    assert call("0/1:20", "GT:MQ", "MQ=60") == (None, None, None, 20.0)
    assert call("0/1:1,2,3,4", "GT:SB") == ((1, 2, 3, 4), None, None, None)
    assert call("0/1:1,3:2,4", "GT:ADF:ADR") == ((1, 2, 3, 4), None, None, None)
    assert call("0/2:2:1,3:2,4", "GT:LAA:LADF:LADR", alts="<DEL>,<DUP>") == ((1, 2, 3, 4), None, None, None)
    # SB counts all alternates together; beside the marker of a gVCF there is only one
    assert call("1/2:1,2,3,4", "GT:SB", alts="<DEL>,<DUP>")[0] is None
    assert call("0/1:1,2,3,4", "GT:SB", alts="<DEL>,<NON_REF>")[0] == (1, 2, 3, 4)
    assert call("0/1:1,2,3", "GT:SB")[0] is None
    assert call("0/1:-0.7", "GT:SB")[0] is None


def test_info_depth_is_nobodys_in_a_file_of_several(make_vcf, read, snv) -> None:
    row = (*snv("CD40LG", 3000), "0/1", "0/1", {"info": "DP=99"})
    assert [one.calls[0].support.depth for one in read(make_vcf("a.vcf", [row], ["A", "B"]))] == [None, None]


def test_an_imbalance_fails_the_sample(make_vcf, read, snv, monkeypatch) -> None:
    monkeypatch.setattr(read_module, "units_read", lambda _: 3)
    (intake,) = read(make_vcf("a.vcf", [(*snv("CD40LG", 100 * n), "0/1") for n in (1, 2)]))
    assert intake.failed
    (fault,) = [p for p in intake.problems if p.severity == "error"]
    assert fault.code == "HA-VCF-021"
    assert "3 alleles read, 2 accounted for" in fault.message


ALTS = st.lists(st.sampled_from(["A", "CA", "*", "<NON_REF>", "<DEL>", "<BND>", "G]7:1]", "."]), min_size=1, max_size=3)
INDEX = st.sampled_from(["0", "1", "2", "3", "."])
GENOTYPE = st.lists(INDEX, min_size=1, max_size=3).flatmap(
    lambda xs: st.sampled_from(["/", "|"]).map(lambda s: s.join(xs))
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(st.tuples(st.integers(0, 40), ALTS, GENOTYPE, GENOTYPE), min_size=1, max_size=12))
def test_whatever_is_in_the_file_everything_has_one_fate(records, make_vcf, read, base) -> None:
    rows, units = [], 0
    for offset, drawn, *genotypes in records:
        contig, pos, ref = base("CD40LG", 3000 + offset)
        alts = ["."] if "." in drawn else [alt for alt in dict.fromkeys(drawn) if alt != ref] or ["<DEL>"]
        count = 0 if alts == ["."] else len(alts)
        bounded = ["".join(c if c in "/|." else str(min(int(c), count)) for c in text) for text in genotypes]
        rows.append((contig, pos, ref, ",".join(alts), *bounded))
        units += max(count, 1)
    for intake in read(make_vcf("a.vcf", rows, ["A", "B"])):
        assert not intake.failed, intake.problems
        assert len(intake.ledger) == units
        assert {call.allele.key for call in intake.calls} == {r.key for r in intake.ledger if r.fate is Fate.REPORTED}
        for call in intake.calls:
            wanted = [str(call.alt_index) == index for index in call.genotype.raw.replace("|", "/").split("/")]
            assert [slot == "alt" for slot in call.genotype.slots] == wanted
        assert all(bool(row.rule) is (row.fate is Fate.SET_ASIDE) for row in intake.ledger)


def test_an_exon_that_a_gvcf_leaves_out_is_not_said_to_be_of_variants_only(make_vcf, read, base) -> None:
    contig, pos, _ = base("CD40LG", 0)
    row = (contig, pos - 1000, "N", "<*>", "0/0:30:50:7000", {"format": "GT:DP:GQ:LEN"})
    (intake,) = read(make_vcf("a.vcf", [row], header=('##FORMAT=<ID=LEN,Number=1,Type=Integer,Description="Length">',)))
    found = [one.basis for one in by_gene(intake, "CD40LG")]
    assert found == ["reference_evidence", *["not_shown_here"] * 4]
