"""Bad files, one by one: one clear message with its code, failed intakes, never an exception."""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import pytest

from higm_annot.intake.read import read_file, sample_names
from higm_annot.intake.types import Person
from higm_annot.problems import Refused
from higm_annot.reference.types import Build

WITH_END = ('##INFO=<ID=END,Number=1,Type=Integer,Description="End">',)
DECLARED = ("##contig=<ID=1,length=248956422>", '##INFO=<ID=XX,Number=1,Type=Integer,Description="Filler">')


@pytest.fixture
def good(make_vcf, snv):
    """A good file of two people, by suffix."""

    def good_(name: str, **options):
        rows = [(*snv(gene, 3000), "0/1", "1/1") for gene in ("PMS2", "AICDA", "CD40", "CD40LG")]
        rows += [("1", 50 + n, "A", "G", "0/1", "0/0", {"info": f"XX={n * 7919 % 1000}"}) for n in range(3000)]
        return make_vcf(name, rows, ["A", "B"], header=DECLARED, **options)

    return good_


def refusal(read, path, *samples):
    """The one error of a refused file; everybody in it failed and nothing of them is used."""
    found = read(path, *(samples or ("A", "B")))
    assert all(one.failed and not one.calls and not one.ledger and one.cut_digest == "" for one in found)
    errors = {p for one in found for p in one.problems if p.severity == "error"}
    assert len(errors) == 1, errors
    fault = errors.pop()
    assert fault.file == Path(path).name
    assert "Traceback" not in fault.text()
    return fault


def lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines(keepends=True)


def test_missing(read, tmp_path) -> None:
    fault = refusal(read, str(tmp_path / "none.vcf"))
    assert fault.code == "HA-VCF-001"
    assert "No such file" in fault.message


def test_directory(read, tmp_path) -> None:
    assert refusal(read, str(tmp_path)).code == "HA-VCF-001"


def test_a_pipe_is_refused_instead_of_waited_for(read, tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe.vcf")
    assert "pipe" in refusal(read, str(tmp_path / "pipe.vcf")).message


def test_unreadable(read, good, monkeypatch) -> None:
    path, ordinary = good("a.vcf"), Path.open

    def denied(self, *args, **kwargs):
        if self == Path(path):
            raise PermissionError(13, "Permission denied")
        return ordinary(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", denied)
    fault = refusal(read, path)
    assert fault.code == "HA-VCF-001"
    assert "Permission denied" in fault.message


@pytest.mark.parametrize("content", [b"", gzip.compress(b"", mtime=0)])
def test_empty(content, read, tmp_path) -> None:
    path = tmp_path / "a.vcf.gz"
    path.write_bytes(content)
    assert refusal(read, str(path)).code == "HA-VCF-002"


@pytest.mark.parametrize(
    "content", [b"chr1\t5\tA\n", b"%PDF-1.7\n", b"\x89PNG\r\n", gzip.compress(b"BAM\x01 no", mtime=0), b"\x00" * 99]
)
def test_not_a_vcf(content, read, tmp_path) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(content)
    assert refusal(read, str(path)).code == "HA-VCF-003"


@pytest.mark.parametrize("name", ["a.plain.gz", "a.vcf.gz", "a.bcf"])
@pytest.mark.parametrize("keep", [0.3, 0.7, 0.999])
def test_truncated(name, keep, read, good) -> None:
    path = good(name)
    raw = Path(path).read_bytes()
    Path(path).write_bytes(raw[: int(len(raw) * keep)])
    assert refusal(read, path).code == "HA-VCF-004"


def test_bgzf_cut_between_blocks(read, good) -> None:
    path = good("a.vcf.gz")
    Path(path).write_bytes(Path(path).read_bytes()[:-28])
    assert refusal(read, path).code == "HA-VCF-004"


@pytest.mark.parametrize("name", ["a.plain.gz", "a.vcf.gz"])
def test_damaged(name, read, good) -> None:
    path = good(name)
    raw = bytearray(Path(path).read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 40] = b"\xff" * 40
    Path(path).write_bytes(raw)
    assert refusal(read, path).code in ("HA-VCF-005", "HA-VCF-004")


def test_damaged_bcf(read, good) -> None:
    path = good("a.bcf")
    raw = bytearray(Path(path).read_bytes())
    raw[200:240] = b"\xff" * 40
    Path(path).write_bytes(raw)
    assert refusal(read, path).code == "HA-VCF-005"


@pytest.mark.parametrize("name", ["a.vcf", "a.plain.gz"])
def test_no_column_line(name, read, good) -> None:
    path = good(name)
    raw = Path(path).read_bytes()
    text = (gzip.decompress(raw) if name.endswith("gz") else raw).decode()
    kept = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#CHROM")).encode()
    Path(path).write_bytes(gzip.compress(kept) if name.endswith("gz") else kept)
    assert refusal(read, path).code == "HA-VCF-006"


def test_header_only_without_column_line(read, tmp_path) -> None:
    path = tmp_path / "a.vcf"
    path.write_text("##fileformat=VCFv4.2\n")
    assert refusal(read, str(path)).code == "HA-VCF-006"


@pytest.mark.parametrize(
    "columns", ["#CHROM POS ID REF ALT", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tINFO\tFILTER", "#CHROM"]
)
def test_odd_column_line(columns, read, tmp_path) -> None:
    path = tmp_path / "a.vcf"
    path.write_text(f"##fileformat=VCFv4.2\n{columns}\n")
    fault = refusal(read, str(path))
    assert (fault.code, fault.line) == ("HA-VCF-007", 2)


def test_repeated_sample_name(read, make_vcf, snv) -> None:
    fault = refusal(read, make_vcf("a.vcf", [(*snv("CD40", 5), "0/1", "0/1", "0/1")], ["A", "B", "A"]))
    assert fault.code == "HA-VCF-008"
    assert "A" in fault.message


def test_no_genotype_columns(read, make_vcf, snv) -> None:
    path = make_vcf("a.vcf", [snv("CD40", 5)], [])
    assert refusal(read, path).code == "HA-VCF-009"
    with pytest.raises(Refused, match="HA-VCF-009"):
        sample_names(path)


def test_unknown_sample_fails_that_person_only(read, good) -> None:
    known, unknown = read(good("a.vcf"), "A", "Z")
    assert not known.failed
    assert len(known.calls) == 4
    assert unknown.failed
    (fault,) = unknown.problems
    assert (fault.code, fault.sample) == ("HA-VCF-010", "Z")
    assert "A, B" in fault.message


def test_which_column_is_whose(good, panel, make_vcf, snv) -> None:
    one = make_vcf("one.vcf", [(*snv("CD40", 5), "0/1")], ["ANY"])
    assert not read_file(one, (Person(sample="P1", vcf=one, vcf_sample=""),), panel)[0].failed
    two = good("two.vcf")
    people = (Person(sample="B", vcf=two, vcf_sample=""), Person(sample="P1", vcf=two, vcf_sample=""))
    by_id, nobody = read_file(two, people, panel)
    assert by_id.calls[0].genotype.raw == "1/1"
    assert [p.code for p in nobody.problems] == ["HA-VCF-010"]


def test_a_column_that_would_serve_two_people_serves_neither(good, panel, make_vcf, snv) -> None:
    one = make_vcf("one.vcf", [(*snv("CD40", 5), "0/1")], ["ANY"])
    found = read_file(one, (Person("P1", one, ""), Person("P2", one, "")), panel)
    assert [(intake.failed, intake.calls) for intake in found] == [(True, ()), (True, ())]
    assert [fault.code for intake in found for fault in intake.problems] == ["HA-SHT-014", "HA-SHT-014"]
    assert not any("P1" in fault.message or "P2" in fault.message for intake in found for fault in intake.problems)
    two = good("two.vcf")
    found = read_file(two, (Person("A", two, ""), Person("P1", two, "A"), Person("B", two, "")), panel)
    assert [intake.failed for intake in found] == [True, True, False]


@pytest.mark.parametrize("place", ["first", "kept", "last"])
def test_too_few_columns(place, read, good) -> None:
    path = good("a.vcf")
    text = lines(path)
    head = next(n for n, line in enumerate(text) if line.startswith("#CHROM")) + 1
    number = {"first": head, "kept": head + 2, "last": len(text) - 1}[place]
    text[number] = "\t".join(text[number].rstrip("\n").split("\t")[:-1]) + "\n" * (place != "last")
    Path(path).write_text("".join(text))
    fault = refusal(read, path)
    assert (fault.code, fault.line) == ("HA-VCF-011", number + 1)
    assert "10 columns, the header 11" in fault.message


@pytest.mark.parametrize("value", ["x", "", "-5", "1e6", "12.5"])
def test_position_that_is_no_number(value, read, good) -> None:
    path = good("a.vcf")
    text = lines(path)
    number = next(n for n, line in enumerate(text) if line.startswith("12\t"))
    cells = text[number].split("\t")
    text[number] = "\t".join([cells[0], value, *cells[2:]])
    Path(path).write_text("".join(text))
    fault = refusal(read, path)
    assert (fault.code, fault.line) == ("HA-VCF-012", number + 1)


@pytest.mark.parametrize("ref", [".", "-", "A-", "<DEL>", "U"])
def test_ref_that_is_no_sequence(ref, read, make_vcf, snv) -> None:
    contig, pos, _, alt = snv("CD40LG", 500)
    fault = refusal(read, make_vcf("a.vcf", [(contig, pos, ref, alt, "0/1")], ["A"]), "A")
    assert fault.code == "HA-VCF-013"


def test_no_overlap(read, make_vcf) -> None:
    fault = refusal(read, make_vcf("a.vcf", [("1", 5, "A", "G", "0/1"), ("MT", 6, "A", "G", "0/1")], ["A"]), "A")
    assert fault.code == "HA-VCF-014"
    assert "'1'" in fault.message


def test_contigs_that_nobody_knows(read, make_vcf, snv) -> None:
    path = make_vcf("a.vcf", [(*snv("CD40LG", 500), "0/1")], ["A"])
    Path(path).write_text(Path(path).read_text().replace("\nX\t", "\nchromosome_X\t"))
    assert refusal(read, path, "A").code == "HA-VCF-014"


@pytest.mark.parametrize("rows", [[], [("7", 100, "A", "G", "0/1")]])
def test_nothing_in_the_genes_is_a_warning(rows, read, make_vcf) -> None:
    (intake,) = read(make_vcf("a.vcf", rows, ["A"]))
    assert not intake.failed
    assert [(p.code, p.severity) for p in intake.problems] == [("HA-VCF-015", "warning")]
    assert [str(contig) for contig in intake.contigs_seen] == [row[0] for row in rows]
    assert {a.status for a in intake.assessment} == {"not_assessed"}
    assert "no_record_on_contig" in {a.basis for a in intake.assessment}


def test_every_ref_that_differs_is_named_and_set_aside_alone(read, make_vcf, snv, base) -> None:
    rows = [(*snv("CD40LG", 100 * n), "0/1") for n in range(1, 9)]
    for number in (2, 5):
        contig, pos, ref, alt, gt = rows[number]
        rows[number] = (contig, pos, alt, ref, gt)
    (intake,) = read(make_vcf("a.vcf", rows, ["A"]))
    assert not intake.failed
    assert [(p.code, p.severity, p.site) for p in intake.problems] == [
        ("HA-VCF-018", "warning", f"X:{rows[number][1]}") for number in (2, 5)
    ]
    assert [row.rule for row in intake.ledger] == ["ref_mismatch" if n in (2, 5) else "" for n in range(8)]
    assert [call.place.pos for call in intake.calls] == [row[1] for n, row in enumerate(rows) if n not in (2, 5)]


def test_lower_case_and_ambiguous_ref_are_accepted(read, make_vcf, snv) -> None:
    (contig, pos, ref, alt), second = snv("CD40LG", 100), snv("CD40LG", 200)
    (intake,) = read(
        make_vcf("a.vcf", [(contig, pos, ref.lower(), alt.lower(), "0/1"), (*second[:2], "N", second[3], "1")])
    )
    assert [call.allele.key for call in intake.calls] == [
        f"GRCh38:X:{pos}:{ref}:{alt}",
        f"GRCh38:X:{second[1]}:{second[2]}:{second[3]}",
    ]


def test_the_file_is_named_without_its_folder(read, tmp_path) -> None:
    fault = refusal(read, str(tmp_path / "none.vcf"))
    assert str(tmp_path) not in fault.text()


def test_a_stated_build_does_not_rescue(read, tmp_path) -> None:
    (found,) = read(str(tmp_path / "none.vcf"), "A", stated=Build.GRCH38)
    assert found.failed


@pytest.mark.parametrize("name", ["a.vcf", "a.vcf.gz", "a.bcf"])
def test_random_damage_never_raises(name, read, make_vcf, snv, panel) -> None:
    """A hundred damaged copies: everybody has an intake, and a failed one says why."""
    rows = [
        (*snv(gene, 3000), "0/1:5,6", "1|1:0,9", {"format": "GT:AD", "info": "END=5"}) for gene in ("PMS2", "CD40LG")
    ]
    path = Path(make_vcf(name, rows, ["A", "B"], header=WITH_END))
    whole, chance = path.read_bytes(), random.Random(1)
    people = tuple(Person(sample=one, vcf=str(path), vcf_sample=one) for one in "AB")
    for _ in range(100):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.randrange(3)] = chance.choice(
                [b"", b"\t", b"\n", b"\xff", b"0", b"<", b":", b","]
            )
        path.write_bytes(damaged)
        found = read_file(str(path), people, panel)
        assert [one.person.sample for one in found] == ["A", "B"]
        assert all(any(p.severity == "error" for p in one.problems) for one in found if one.failed)
