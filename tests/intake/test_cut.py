"""The cut of a file for the laboratory."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pysam
import pytest

from higm_annot.intake.cut import write_cut


@pytest.fixture
def intakes(make_vcf, read, snv, base):
    contig, pos, ref = base("AICDA", 6000, length=2)
    alts = ",".join(b for b in "ACGT" if b != ref[0])
    rows = [
        (*snv("CD40LG", 5200), "1:12:9", "0/1:20:30", "0:9:9", {"format": "GT:DP:GQ"}),
        (*snv("CD40LG", 5100), ".", "./1", "0/0"),
        (contig, pos, ref[0], alts, "1/2", "0|1", "2/2"),
        ("X", 154558014, "N", "<DEL>", "0/0", "0/1", "0", {"info": "END=154569698"}),
        (*snv("CD40", 5100), "0/0", "0/0", "0/0"),
    ]
    return read(make_vcf("input/a.vcf", rows, ["A", "B", "C"]))


@pytest.mark.parametrize("name", ["cut.bcf", "cut.vcf.gz"])
def test_what_is_in_it(name, intakes, panel, tmp_path, snv, base) -> None:
    path = tmp_path / name
    write_cut(path, intakes, panel)
    with pysam.VariantFile(str(path)) as cut:
        assert list(cut.header.samples) == ["A", "B", "C"]
        lines = [str(record).rstrip("\n").split("\t") for record in cut]
    found = [(cells[0], int(cells[1]), cells[4], [column.split(":")[0] for column in cells[9:]]) for cells in lines]
    first, second, _ = (letter for letter in "ACGT" if letter != base("AICDA", 6000)[2])
    aicda, half, male = base("AICDA", 6000)[1], snv("CD40LG", 5100), snv("CD40LG", 5200)
    assert found == [
        ("12", aicda, f"{first},<*>", ["1/2", "0|1", "2/2"]),
        ("12", aicda, f"{second},<*>", ["2/1", "0|2", "1/1"]),
        ("X", half[1], half[3], [".", "./1", "0/0"]),
        ("X", male[1], male[3], ["1", "0/1", "0"]),
        ("X", 154558014, "<DEL>", ["0/0", "0/1", "0"]),
    ]
    assert [cells[9:] for cells in lines if cells[1] == str(male[1])] == [
        ["1:.:12:9:.:PASS", "0/1:.:20:30:.:PASS", "0:.:.:.:.:."]
    ]
    assert [path for path in tmp_path.iterdir() if path.is_file()] == [path]


@pytest.mark.parametrize("name", ["cut.bcf", "cut.vcf.gz"])
def test_same_people_same_bytes_wherever_it_is(name, intakes, panel, tmp_path) -> None:
    found = set()
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        write_cut(tmp_path / folder / name, intakes, panel)
        found.add((tmp_path / folder / name).read_bytes())
    assert len(found) == 1
    assert str(tmp_path).encode() not in found.pop()


def test_a_failed_write_leaves_nothing(intakes, panel, tmp_path, monkeypatch) -> None:
    path = tmp_path / "cut.vcf.gz"
    write_cut(path, intakes, panel)
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_cut(path, intakes[:1], panel)
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path, tmp_path / "input"]


def test_it_survives_the_workflows_packing(intakes, panel, tmp_path) -> None:
    packed = [msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=type(one)) for one in intakes]
    write_cut(tmp_path / "a.bcf", intakes, panel)
    write_cut(tmp_path / "b.bcf", packed, panel)
    assert (tmp_path / "a.bcf").read_bytes() == (tmp_path / "b.bcf").read_bytes()


def test_people_of_two_builds_are_not_of_one_file(intakes, panel, make_vcf, read, snv, tmp_path) -> None:
    other = read(make_vcf("b.vcf", [(*snv("CD40LG", 10, "GRCh37"), "1")], build="GRCh37"))
    with pytest.raises(ValueError, match="one build"):
        write_cut(tmp_path / "a.bcf", [*intakes, *other], panel)
