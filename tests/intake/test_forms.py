"""One set of records in every form a file can have: nothing but the place of the records may differ."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import msgspec
import pytest

from higm_annot.intake import files
from higm_annot.intake.header import parse_header
from higm_annot.intake.indexed import windows
from higm_annot.intake.sieve import Sieve, spans_of
from higm_annot.intake.types import PersonIntake

END = ('##INFO=<ID=END,Number=1,Type=Integer,Description="End">',)
SV = (
    *END,
    '##INFO=<ID=SVLEN,Number=A,Type=Integer,Description="Length">',
    '##ALT=<ID=DEL,Description="Deletion">',
    '##ALT=<ID=NON_REF,Description="Any other">',
)
SAMPLES = ("KID", "MUM", "DAD")


def stripped(intake: PersonIntake, *, spelling: bool = False) -> object:
    """An intake without what tells where a record stands, and (``spelling``) without how contigs are named."""
    plain = msgspec.to_builtins(intake)
    plain["person"]["vcf"] = ""
    for call in (*plain["calls"], *plain["no_calls"]):
        call["place"]["file"], call["place"]["line"] = "", 0
        if spelling:
            call["place"]["contig"] = ""
    for row in plain["ledger"]:
        row["file"], row["line"] = "", 0
        if spelling:
            row["contig"] = ""
    for fault in plain["problems"]:
        fault["file"], fault["line"] = "", 0
        if spelling:
            fault["site"] = ""
    if spelling:
        plain["verdict"]["witnesses"] = [w for w in plain["verdict"]["witnesses"] if "accessions" not in w]
    return plain


@pytest.fixture
def rows(snv, base):
    """Records in and around three loci, in the order of an index: 7, 12, X."""
    contig, pos, ref = base("PMS2", 9000)
    c12, p12, r12 = base("AICDA", 6000, length=3)
    deletion = base("IKBKG", 10)
    far = base("CD40LG", 0)
    return [
        ("7", 1000, "A", "G", "0/1", "0/0", "0/1"),
        (
            contig,
            pos,
            ref,
            "<NON_REF>",
            "0/0:30:25",
            "0/0:9:30",
            "./.:0:0",
            {"format": "GT:DP:GQ", "info": f"END={pos + 80}"},
        ),
        (*snv("PMS2", 9500), "0|1:7,8:15", "0/0:20,0:20", "./1:.:.", {"format": "GT:AD:DP"}),
        (c12, p12, r12, f"{r12[0]},*", "0/1", "1/2", ".", {"filter": "LowQual"}),
        ("X", far[1] - 50000, "N", "<DEL>", "0/1", "0/0", "1", {"info": f"SVTYPE=DEL;END={far[1] + 30};SVLEN=-50030"}),
        ("X", far[1] - 40000, "N", "<DEL>", "0/1", "0/0", "1", {"info": "SVTYPE=DEL;SVLEN=-40100"}),
        ("X", far[1] - 30000, "N", "<DEL>", "0/1", "0/0", "1", {"info": "SVTYPE=DEL;SVLEN=-100"}),
        (*snv("CD40LG", 5100), "1", "0/1", "0"),
        (*snv("CD40LG", 5200), "0/1", "0/1", "."),
        ("X", deletion[1] - 1, "N", "<DEL>", "0/0", "0/1", "0", {"info": f"SVTYPE=DEL;END={deletion[1] + 12000}"}),
        ("X", 154640000, "A", "G", "0/1", "0/0", "1"),
    ]


HEADER = (*SV, '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Kind">')
FORMS = [
    ("a.vcf", False),
    ("a.plain.gz", False),
    ("a.vcf.gz", False),
    ("a.vcf.gz", True),
    ("a.bcf", False),
    ("a.bcf", True),
]


@pytest.fixture
def expected(make_vcf, read, rows):
    return [stripped(one) for one in read(make_vcf("first/a.vcf", rows, SAMPLES, header=HEADER))]


def test_the_records_are_what_they_should_be(make_vcf, read, rows) -> None:
    kid, mum, dad = read(make_vcf("a.vcf", rows, SAMPLES, header=HEADER))
    assert [len(one.ledger) for one in (kid, mum, dad)] == [10, 10, 10]
    assert [call.place.pos for call in kid.calls] == [rows[i][1] for i in (2, 3, 4, 5, 7, 8)]
    assert [call.place.pos for call in dad.no_calls] == [rows[3][1], rows[8][1]]
    assert mum.calls[-1].allele.alt == "<DEL>"
    assert mum.calls[-1].allele.end == rows[9][1] + 12001
    assert kid.calls[3].allele.end == rows[5][1] + 40100
    assert [row.rule for row in kid.ledger if row.rule] == [
        "reference_block_marker",
        "spanning_deletion",
        "in_pseudogene",
    ]


@pytest.mark.parametrize(("name", "index"), FORMS, ids=str)
def test_every_form_gives_the_same(name, index, make_vcf, read, rows, expected, monkeypatch) -> None:
    monkeypatch.setattr(files, "SMALL", 0)
    path = make_vcf(name, rows, SAMPLES, header=HEADER, index=index)
    found = read(path)
    assert [stripped(one) for one in found] == expected
    lines = {call.place.line for one in found for call in one.calls}
    assert (lines == {0}) is (index or name.endswith("bcf"))


def test_the_index_is_really_used(make_vcf, read, rows, monkeypatch) -> None:
    monkeypatch.setattr(files, "SMALL", 0)
    path = make_vcf("a.vcf.gz", rows, SAMPLES, header=HEADER, index=True)
    monkeypatch.setattr(files, "_read_stream", lambda *_: pytest.fail("streamed"))
    assert len(read(path)[0].calls) == 6


def test_without_declared_ends_only_windows_are_read(make_vcf, read, snv, monkeypatch) -> None:
    monkeypatch.setattr(files, "SMALL", 0)
    simple = [("7", 100, "A", "G", "0/1"), (*snv("PMS2", 9500), "0/1"), (*snv("CD40LG", 5100), "0/1")]
    indexed = [read(make_vcf(f"{kind}/a.{kind}", simple, index=True))[0] for kind in ("vcf.gz", "bcf")]
    (streamed,) = read(make_vcf("a.vcf", simple))
    assert [stripped(one) for one in indexed] == [stripped(streamed)] * 2
    assert len(streamed.calls) == 2


def test_a_stale_index_is_not_used_and_said_to_be(make_vcf, read, rows, expected, monkeypatch) -> None:
    monkeypatch.setattr(files, "SMALL", 0)
    path = make_vcf("a.vcf.gz", rows, SAMPLES, header=HEADER, index=True)
    os.utime(path + ".tbi", (time.time() - 1000,) * 2)
    found = read(path)
    assert {p.code for p in found[0].problems} == {"HA-VCF-016"}
    assert [call.place.line > 0 for call in found[0].calls] == [True] * 6
    assert [{**stripped(one), "problems": ()} for one in found] == expected


def test_an_unusable_index_is_not_used_and_said_to_be(make_vcf, read, rows, expected, monkeypatch) -> None:
    monkeypatch.setattr(files, "SMALL", 0)
    path = make_vcf("a.vcf.gz", rows, SAMPLES, header=HEADER)
    Path(path + ".tbi").write_bytes(b"no index at all")
    found = read(path)
    assert {p.code for p in found[0].problems} == {"HA-VCF-017"}
    assert [{**stripped(one), "problems": ()} for one in found] == expected


@pytest.mark.parametrize("naming", ["chr", "refseq", "genbank"])
@pytest.mark.parametrize("lengths", [True, False])
def test_contig_names_change_nothing(naming, lengths, make_vcf, read, rows) -> None:
    bare = read(make_vcf("bare.vcf", rows, SAMPLES, header=HEADER))
    other = read(make_vcf("other.vcf", rows, SAMPLES, header=HEADER, naming=naming, lengths=lengths))
    first, second = ([stripped(one, spelling=True) for one in found] for found in (bare, other))
    for one in (*first, *second):
        one["verdict"]["witnesses"] = [w for w in one["verdict"]["witnesses"] if "lengths" not in w]
    assert first == second


def test_names_the_header_does_not_declare_are_found(make_vcf, read, rows) -> None:
    path = make_vcf("a.vcf", rows, SAMPLES, header=HEADER)
    text = Path(path).read_text()
    Path(path).write_text(text.replace("\n7\t", "\nchr7\t").replace("\n12\t", "\nchr12\t").replace("\nX\t", "\nCHRX\t"))
    assert len(read(path)[0].calls) == 6


def test_line_ends_and_byte_order_mark_change_nothing(make_vcf, read, rows, expected) -> None:
    path = make_vcf("a.vcf", rows, SAMPLES, header=HEADER)
    Path(path).write_bytes(b"\xef\xbb\xbf" + Path(path).read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert [stripped(one) for one in read(path)] == expected


def test_the_order_of_samples_changes_nothing(make_vcf, read, rows) -> None:
    order = [2, 0, 1]
    shuffled = []
    for row in rows:
        more = [row[-1]] if isinstance(row[-1], dict) else []
        calls = row[4:7]
        shuffled.append((*row[:4], *(calls[i] for i in order), *more))
    first = read(make_vcf("a.vcf", rows, SAMPLES, header=HEADER), *SAMPLES)
    second = read(make_vcf("b.vcf", shuffled, [SAMPLES[i] for i in order], header=HEADER), *SAMPLES)
    assert [stripped(one) for one in first] == [stripped(one) for one in second]


def test_one_more_sample_leaves_the_cut_of_the_others_alone(make_vcf, read, rows) -> None:
    more = [(*row[:7], "0/0", *row[7:]) for row in rows]
    first = read(make_vcf("a.vcf", rows, SAMPLES, header=HEADER))
    second = read(make_vcf("b.vcf", more, (*SAMPLES, "NEW"), header=HEADER))
    assert [one.cut_digest for one in first] == [one.cut_digest for one in second[:3]]
    assert len({one.cut_digest for one in second}) == 4


def test_a_changed_genotype_changes_that_persons_cut_only(make_vcf, read, rows) -> None:
    changed = [*rows]
    changed[7] = (*rows[7][:4], "0", *rows[7][5:])
    first = read(make_vcf("a.vcf", rows, SAMPLES, header=HEADER))
    second = read(make_vcf("b.vcf", changed, SAMPLES, header=HEADER))
    assert [a.cut_digest == b.cut_digest for a, b in zip(first, second, strict=True)] == [False, True, True]


def test_a_long_file_is_read_over_block_ends(make_vcf, read, snv, monkeypatch) -> None:
    monkeypatch.setattr(files, "CHUNK", 100)
    monkeypatch.setattr(files, "FIRST_CHUNK", 37)
    chance = random.Random(7)
    other = [("1", 100 + n, "A", "G", "0/1", {"info": "AC=" + "1" * chance.randrange(1, 90)}) for n in range(50)]
    rows = [*other, (*snv("CD40LG", 5100), "1"), *other, (*snv("CD40LG", 5200), "0/1")]
    for name in ("a.vcf", "a.plain.gz", "a.vcf.gz"):
        (intake,) = read(make_vcf(name, rows))
        assert len(intake.calls) == 2
    text = Path(make_vcf("a.vcf", rows)).read_text().splitlines()
    assert [text[call.place.line - 1].split("\t")[1] for call in intake.calls] == [
        str(c.place.pos) for c in intake.calls
    ]


def test_the_order_of_records_does_not_change_the_cut(make_vcf, read, rows) -> None:
    first = read(make_vcf("a.vcf", rows, SAMPLES, header=HEADER))
    second = read(make_vcf("b.vcf", rows[::-1], SAMPLES, header=HEADER))
    assert [one.cut_digest for one in first] == [one.cut_digest for one in second]


@pytest.mark.parametrize(("header", "starts"), [(HEADER, {0}), ((), {136643176, 154537243})])
def test_an_index_is_not_trusted_with_records_longer_than_their_ref(header, starts, panel) -> None:
    """Indexes of older tools do not know SVLEN or LEN, so such files are looked at from a contig's first base."""
    lines = [*header, "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA"]
    sieve = Sieve("a.vcf.gz", parse_header(lines, "a.vcf.gz"), spans_of(panel))
    found = windows("chrX", sieve)
    assert {start for start, _ in found} >= starts
    assert max(end for _, end in found) == 154649000
    assert windows("chr1", sieve) == []
