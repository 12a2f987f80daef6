"""Where a structural record ends and how surely, what is not assessed, and the recurrent deletion in the pseudogene."""

from __future__ import annotations

import pytest

from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import Fate
from higm_annot.knowledge.recurrent import deletion_in_pseudogene
from higm_annot.reference.types import Build, Gene

HEADER = (
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End">',
    '##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="Length">',
    '##INFO=<ID=CIPOS,Number=.,Type=Integer,Description="Interval">',
    '##INFO=<ID=CIEND,Number=.,Type=Integer,Description="Interval">',
    '##INFO=<ID=HOMLEN,Number=.,Type=Integer,Description="Homology">',
    '##INFO=<ID=SVINSLEN,Number=.,Type=Integer,Description="Inserted">',
    '##INFO=<ID=SVINSSEQ,Number=.,Type=String,Description="Inserted">',
    '##INFO=<ID=SVCLAIM,Number=A,Type=String,Description="Claim">',
    '##INFO=<ID=IMPRECISE,Number=0,Type=Flag,Description="Imprecise">',
    '##FORMAT=<ID=CN,Number=1,Type=Float,Description="Copies">',
)
AT = 136650000


@pytest.mark.parametrize("form", ["a.vcf", "a.bcf"])
@pytest.mark.parametrize(
    ("alt", "info", "key", "problems"),
    [
        ("<DEL>", "END=136650500", "<DEL>:136650500", []),
        ("<DEL>", "SVLEN=-500", "<DEL>:136650500", []),
        ("<DEL>", "SVLEN=500", "<DEL>:136650500", []),  # VCF 4.4: a length has no sign
        ("<DEL>", "END=136650500;SVLEN=-500;CIPOS=0,0;CIEND=0,0", "<DEL>:136650500", []),
        ("<DEL>", "END=136650500;IMPRECISE", "<DEL>:~?:136650500", []),
        ("<DEL>", "END=136650500;CIPOS=-10,20;CIEND=-5,5", "<DEL>:~-10,20,-5,5:136650500", []),
        ("<DEL>", "END=136650500;IMPRECISE;CIPOS=-10,20", "<DEL>:~-10,20,-10,20:136650500", []),  # CIEND is as CIPOS
        ("<DEL>", "END=136650500;CIPOS=0,7;HOMLEN=7", "<DEL>:136650500", []),  # homology is no doubt
        ("<DEL>", "END=136650500;CIPOS=5,9", "<DEL>:136650500", []),  # an interval must span 0
        ("<DEL>", "END=136650500;SVLEN=-480", "<DEL>:~0,0,-20,0:136650500", ["HA-VCF-022"]),
        ("<DEL>", "END=136650500;SVLEN=-480;SVINSLEN=20", "<DEL>:N[20]:136650500", []),  # difference of lengths
        ("<DEL>", "END=136650500;SVINSSEQ=ACGT", "<DEL>:ACGT:136650500", []),
        ("<DUP>", "END=136650500", "<DUP>:136650500", []),
        ("<DUP>", "END=136650500;SVCLAIM=D", "<DUP>:136650500", []),
        ("<DUP>", "END=136650500;SVCLAIM=DJ", "<DUP:TANDEM>:136650500", []),  # a claim of a simple tandem duplication
        ("<INS>", "SVLEN=320", "<INS>:N[320]:136650000", []),
        ("<INS>", "END=136650000", "<INS>:136650000", []),
        ("<INS:ME:ALU>", "SVLEN=280;CIPOS=-4,4;IMPRECISE", "<INS:ME:ALU>:N[280]:~-4,4,-4,4:136650000", []),
        ("<CNV>", "END=136650500", "<CNV>:136650500", []),
    ],
)
def test_ends_are_read_as_the_format_says(form, alt, info, key, problems, make_vcf, read, panel):
    (intake,) = read(make_vcf(form, [("X", AT, "N", alt, "0/1", {"info": info})], header=HEADER))
    (call,) = intake.calls
    base = panel.loci[Gene.CD40LG].slices[Build.GRCH38].base(AT)
    assert call.allele.key == f"GRCh38:X:{AT}:{base}:{key}"
    assert [found.code for found in intake.problems] == problems


def test_one_base_more_by_svlen_is_a_contradiction_too(make_vcf, read):
    """As text only: pysam, which writes the BCF of these tests, moves END to what SVLEN says."""
    row = ("X", AT, "N", "<DEL>", "0/1", {"info": "END=136650500;SVLEN=-501"})
    (intake,) = read(make_vcf("a.vcf", [row], header=HEADER))
    assert intake.calls[0].allele.margins == (0, 0, 0, 1)
    assert [found.code for found in intake.problems] == ["HA-VCF-022"]


@pytest.mark.parametrize("alt", ["<DEL>", "<DUP:TANDEM>", "<INV>", "<CNV>"])
def test_without_an_end_nothing_is_assessed_and_the_reason_is_told(alt, make_vcf, read):
    rows = [("X", AT, "N", alt, "0/1", "0/0", {"info": "SVTYPE=X;IMPRECISE"})]
    header = (*HEADER, '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type">')
    carrier, other = read(make_vcf("a.vcf", rows, ["A", "B"], header=header))
    assert [(row.fate, row.rule) for row in carrier.ledger] == [(Fate.SET_ASIDE, "end_not_given")]
    assert not carrier.failed
    assert [found.code for found in carrier.problems] == ["HA-VCF-023"]
    assert other.problems == ()


def test_several_alternates_have_their_own_lengths_and_intervals(make_vcf, read):
    info = {"info": "SVLEN=100,500;CIPOS=0,0,-3,3;END=136650500"}
    (intake,) = read(make_vcf("a.vcf", [("X", AT, "N", "<DEL>,<DUP:TANDEM>", "1/2", info)], header=HEADER))
    assert [call.allele.key.split(":", 4)[4] for call in intake.calls] == [
        f"<DEL>:{AT + 100}",
        f"<DUP:TANDEM>:~-3,3,-3,3:{AT + 500}",
    ]
    assert intake.problems == ()


def test_a_contradiction_is_told_to_those_who_carry_the_allele(make_vcf, read):
    rows = [("X", AT, "N", "<DEL>", "0/1", "0/0", {"info": "END=136650500;SVLEN=-100"})]
    carrier, other = read(make_vcf("a.vcf", rows, ["A", "B"], header=HEADER))
    assert [found.code for found in carrier.problems] == ["HA-VCF-022"]
    assert "136650500" in carrier.problems[0].message
    assert "136650100" in carrier.problems[0].message
    assert other.problems == ()


def test_copies_are_handed_on_as_counted(make_vcf, read):
    rows = [("X", AT, "N", "<CNV>", "0/1:1", "./.:3", "0/1:.", {"info": "END=136650500", "format": "GT:CN"})]
    first, second, third = read(make_vcf("a.vcf", rows, ["A", "B", "C"], header=HEADER))
    assert first.calls[0].support.copy_number == 1
    assert second.calls[0].support.copy_number == 3
    assert third.calls[0].support.copy_number is None


def test_the_digest_knows_how_sure_the_ends_are(make_vcf, read):
    def digest(info):
        (intake,) = read(make_vcf("a.vcf", [("X", AT, "N", "<DEL>", "0/1", {"info": info})], header=HEADER))
        return intake.cut_digest

    assert digest("END=136650500") == digest("END=136650500;SVLEN=-500")
    assert digest("END=136650500") != digest("END=136650500;CIPOS=-9,9")


TWIN = ("X", 154635610, "N", "<DEL>")
GENE_KEY = "GRCh38:X:154558014:C:<DEL>:154569698"
TWIN_END = {"info": "END=154647302"}


def test_the_recurrent_deletion_called_in_the_pseudogene_is_handed_on_as_not_placed(make_vcf, read, panel):
    path = make_vcf("a.vcf", [(*TWIN, "0/1", "0/0", "./.", TWIN_END)], ["A", "B", "C"], header=HEADER)
    carrier, other, silent = read(path)
    (call,) = carrier.calls
    assert call.in_pseudogene
    assert (call.allele.key, call.place.pos) == (GENE_KEY, TWIN[1])
    assert [(row.fate, row.rule, row.key) for row in carrier.ledger] == [(Fate.REPORTED, "", GENE_KEY)]
    assert [found.code for found in carrier.problems] == ["HA-PAR-002"]
    (state,) = resolve(carrier, None, None, Witnesses(panel)).states
    assert (state.gene, "called_in_pseudogene" in state.flags) == (Gene.IKBKG, True)
    for person in (other, silent):
        # Neither its absence nor a missing call there says anything of the gene.
        assert [(row.fate, row.rule, row.key) for row in person.ledger] == [(Fate.SET_ASIDE, "in_pseudogene", "")]
        assert (person.calls, person.no_calls, person.reference) == ((), (), ())
        assert person.problems == ()


def test_it_is_known_by_its_ends_however_it_is_written(make_vcf, read):
    known = deletion_in_pseudogene(Build.GRCH38)
    moved = [
        ("X", known.pos - 878, "N", "<DEL>", "0/1", {"info": f"END={known.end - 878}"}),
        ("X", known.pos - 300, "N", "<DEL:ME>", "0/1", {"info": f"END={known.end + 200};IMPRECISE"}),
        ("X", known.pos, "A" + "C" * (known.end - known.pos), "A", "0/1"),
    ]
    for row in moved:
        (intake,) = read(make_vcf("a.vcf", [row], header=HEADER))
        assert [(call.allele.key, call.in_pseudogene) for call in intake.calls] == [(GENE_KEY, True)]
    others = [
        ("X", known.pos + 2000, "N", "<DEL>", "0/1", {"info": f"END={known.end}"}),
        ("X", known.pos, "N", "<DEL>", "0/1", {"info": f"END={known.end - 5000}"}),
        ("X", known.pos, "N", "<DUP>", "0/1", {"info": f"END={known.end}"}),
    ]
    for row in others:
        (intake,) = read(make_vcf("a.vcf", [row], header=HEADER))
        assert intake.calls == ()
        assert [found.code for found in intake.problems] == ["HA-VCF-015", "HA-PAR-001"]


@pytest.mark.parametrize(
    ("gene", "twin", "in_pseudogene", "raw"),
    [
        ("0/1", "0/1", False, "0/1"),
        ("0/1", "1/1", False, "0/1"),
        ("0/0", "0/1", True, "0/1"),
        ("0/1", "0/0", False, "0/1"),
    ],
)
def test_in_gene_and_pseudogene_it_is_one_allele_and_the_gene_leads(gene, twin, in_pseudogene, raw, make_vcf, read):
    rows = [("X", 154558000, "N", "<DEL>", gene, {"info": "END=154569684"}), (*TWIN, twin, TWIN_END)]
    (intake,) = read(make_vcf("a.vcf", rows, header=HEADER))
    (call,) = intake.calls
    assert call.allele.key.endswith("<DEL>:154569684")
    assert (call.in_pseudogene, call.genotype.raw) == (in_pseudogene, raw)
    assert not intake.failed
    assert "HA-GT-002" not in [found.code for found in intake.problems]


def test_the_older_build_has_no_place_of_the_pseudogene(make_vcf, read):
    row = ("X", 153863000, "N", "<DEL>", "0/1", {"info": "END=153874700"})
    (intake,) = read(make_vcf("a.vcf", [row], build="GRCh37", header=HEADER))
    assert intake.calls == ()
