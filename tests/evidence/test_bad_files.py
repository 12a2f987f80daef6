"""Evidence files that must be refused as a whole, each with its reason; the directory stays as it was."""

import random
import shutil
import threading

import pytest

from higm_annot.cli import main
from higm_annot.evidence.cut_source import open_directory
from higm_annot.evidence.directory import read_manifest
from higm_annot.problems import Refused
from higm_annot.reference.store import load_panel

PANEL = load_panel()
CADD = "#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED"


def names(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def refused(update, code, kind, *paths, **options):
    before = names(update.dir)
    found, said = update(kind, *paths, **options)
    assert (found, code in said) == (2, True), said
    assert names(update.dir) == before
    return said


def test_the_other_build(files, update):
    said = refused(update, "HA-EVI-012", "clinvar", files.clinvar(build="GRCh37"))
    assert "REF bases at the loci" in said


def test_a_header_of_the_other_build(files, update):
    header = ("##fileformat=VCFv4.1", "##contig=<ID=7,length=159138663>")
    said = refused(update, "HA-EVI-012", "clinvar", files.vcf("c.vcf.gz", header, files.variants()))
    assert "GRCh37" in said


def test_a_table_that_says_it_is_of_the_other_build(files, update):
    header = "#CHROM\tPOS\tREF\tALT\tgenome\tam_pathogenicity"
    rows = [(contig, pos, ref, alt, "hg19", 0.5) for contig, pos, ref, alt in files.variants()]
    refused(update, "HA-EVI-012", "alphamissense", files.table("a.tsv.gz", [header], rows))


def test_an_index_by_the_positions_of_the_other_build(files, update):
    header = "#chr\thg19_pos\tgrch38_pos\tref\talt\taaref\taaalt\tREVEL"
    rows = [(contig, pos, pos, ref, alt, "R", "C", 0.5) for contig, pos, ref, alt in files.variants("GRCh37")]
    path = files.table("r.tsv.gz", [header], rows, position=2)
    said = refused(update, "HA-EVI-012", "revel", path, release="1", date="2021-01-01")
    assert "column 2" in said


def test_a_missing_index(files, update):
    refused(update, "HA-EVI-007", "clinvar", files.clinvar(index=False))


def test_a_missing_file(files, update):
    refused(update, "HA-EVI-0", "clinvar", files.folder / "nothing.vcf.gz")


def test_a_file_cut_short(files, update):
    path = files.clinvar()
    path.write_bytes(path.read_bytes()[:-200])
    refused(update, "HA-EVI-005", "clinvar", path)


def test_a_file_cut_short_between_blocks(files, update):
    """The end is there and what lies before it is not: only the index can tell."""
    path = files.clinvar([(*one, "CLNSIG=Benign") for one in files.variants(step=3)], more=False)
    content = path.read_bytes()
    length = int.from_bytes(content[16:18], "little") + 1
    assert length < len(content) - 28
    path.write_bytes(content[:length] + content[-28:])
    refused(update, "HA-EVI-008", "clinvar", path)


def test_an_index_of_another_version(files, update):
    path = files.clinvar([(*one, "CLNSIG=Benign") for one in files.variants(step=3)], more=False)
    keep = files.folder / "index"
    shutil.copy(f"{path}.tbi", keep)
    path = files.clinvar([(*one, "CLNSIG=Benign") for one in files.variants(step=2)], more=False)
    shutil.copy(keep, f"{path}.tbi")
    refused(update, "HA-EVI-008", "clinvar", path)


def test_plain_gzip_and_text(files, update):
    path = files.clinvar()
    path.write_text("##fileformat=VCFv4.1\n")
    refused(update, "HA-EVI-004", "clinvar", path)


@pytest.mark.parametrize("content", [b"", b"nothing", b"\x1f\x8b\x08\x00broken"])
def test_a_broken_index(files, update, content):
    path = files.clinvar()
    (files.folder / f"{path.name}.tbi").write_bytes(content)
    refused(update, "HA-EVI-006", "clinvar", path)


def test_a_flipped_byte_is_noticed_or_harmless(files, update):
    """Any single changed byte of the data is refused, or leaves what is read as it was."""
    path = files.clinvar([(*one, "CLNSIG=Benign") for one in files.variants(step=20)], more=False)
    content = path.read_bytes()
    assert update("clinvar", path)[0] == 0
    good = read_manifest(update.dir).sources[0].rows.sha256
    dice = random.Random(6)
    for _ in range(40):
        at = dice.randrange(len(content))
        path.write_bytes(content[:at] + bytes([content[at] ^ (1 << dice.randrange(8))]) + content[at + 1 :])
        code, said = update("clinvar", path)
        assert code in (0, 2), said
        assert read_manifest(update.dir).sources[0].rows.sha256 == good


def test_unsorted_lines(files, update):
    """tabix does not index such a file: two lines were exchanged afterwards, in a file that is stored unpacked."""
    rows = [(*one, "CLNSIG=Benign;CLNREVSTAT=x") for one in files.variants()]
    path = files.clinvar(rows, more=False, level=0)
    content = path.read_bytes()
    first, second = (f"\n7\t{pos}".encode() for _, pos, *_ in [one for one in rows if one[0] == "7"][5:7])
    assert (content.count(first), content.count(second)) == (1, 1)
    exchanged = content.replace(first, b"\n7\tsecond").replace(second, first).replace(b"\n7\tsecond", second)
    path.write_bytes(files.checked_again(exchanged))
    refused(update, "HA-EVI-009", "clinvar", path)


def test_unknown_columns(files, update):
    rows = [(contig, pos, ref, alt, 1, 2, 3) for contig, pos, ref, alt in files.variants()]
    said = refused(update, "HA-EVI-010", "cadd", files.table("c.tsv.gz", [f"{CADD}\tMystery"], rows))
    assert "Mystery" in said


def test_missing_columns(files, update):
    rows = [(contig, pos, ref, alt) for contig, pos, ref, alt in files.variants()]
    said = refused(update, "HA-EVI-011", "cadd", files.table("c.tsv.gz", ["#Chrom\tPos\tRef\tAlt"], rows))
    assert "PHRED" in said
    said = refused(update, "HA-EVI-011", "clinvar", files.gnomad())
    assert "CLNSIG" in said


def test_a_kind_of_file_that_is_not_read_so(files, update):
    refused(update, "HA-EVI-010", "cadd", files.clinvar())


@pytest.mark.parametrize("value", ["high", "nan", "-1", "inf"])
def test_a_score_that_is_no_number(files, update, value):
    rows = [(contig, pos, ref, alt, 1, value) for contig, pos, ref, alt in files.variants()]
    refused(update, "HA-EVI-014", "cadd", files.table("c.tsv.gz", [CADD], rows), release="1", date="2024-01-01")


@pytest.mark.parametrize("score", ["1.01", "27.3"])
def test_a_score_beyond_its_scale_is_another_column_s(files, update, score):
    head = "chr\thg19_pos\tgrch38_pos\tref\talt\taaref\taaalt\tREVEL\tEnsembl_transcriptid"
    rows = [(contig, 1, pos, ref, alt, "M", "K", score, "T") for contig, pos, ref, alt in files.variants()]
    made = files.table("revel.tsv.gz", [head], rows, position=3, skip=1)
    refused(update, "HA-EVI-014", "revel", made, release="1", date="2024-01-01")


def test_a_delta_or_a_frequency_above_one_is_refused(files, update):
    contig, pos, ref, alt = files.variants()[0]
    delta = f"SpliceAI={alt}|.|0.1|1.5|0.0|0.0|1|2|3|4"
    made = files.spliceai([(contig, pos, ref, alt, delta)])
    refused(update, "HA-EVI-014", "spliceai", made, release="1.3", date="2019-10-01")
    rows = [(contig, pos, ref, alt, "AC=2;AN=150000;AF=1.3")]
    refused(update, "HA-EVI-014", "gnomad", files.gnomad(rows, more=False), release="v4", date="2024-01-01")


def test_no_row_at_any_locus(files, update):
    refused(update, "HA-EVI-013", "clinvar", files.clinvar([("7", 100, "A", "C")], more=False))


def test_release_and_date_must_be_known(files, update):
    refused(update, "HA-EVI-015", "gnomad", files.gnomad())
    refused(update, "HA-EVI-016", "gnomad", files.gnomad(), release="v4", date="2024")
    refused(update, "HA-EVI-016", "gnomad", files.gnomad(), release="v4", date="2999-01-05")
    refused(update, "HA-EVI-016", "clinvar", files.clinvar(), dataset="../up")
    for word in ("v4\tBenign", "v4\nv5", "v\u202e4"):
        refused(update, "HA-EVI-016", "clinvar", files.clinvar(), release=word)
        refused(update, "HA-EVI-016", "clinvar", files.clinvar(), licence=word)
    refused(update, "HA-EVI-016", "exac", files.clinvar())
    refused(update, "HA-EVI-016", "clinvar", files.clinvar(), coverage=files.clinvar())


def test_a_folder_with_something_else_is_not_touched(files, update):
    update.dir.mkdir()
    (update.dir / "thesis.tsv").write_text("mine")
    refused(update, "HA-EVI-020", "clinvar", files.clinvar())
    assert (update.dir / "thesis.tsv").read_text() == "mine"


def test_an_update_that_is_refused_leaves_the_source_as_it_was(files, update):
    assert update("clinvar", files.clinvar())[0] == 0
    manifest = (update.dir / "manifest.json").read_bytes()
    refused(update, "HA-EVI-012", "clinvar", files.clinvar(build="GRCh37"))
    assert (update.dir / "manifest.json").read_bytes() == manifest


def test_symbolic_and_unfitting_rows_are_counted_not_used(files, update):
    rows = [("7", 5980001, "N", "<DEL>"), ("7", 5980002, "C" * 3, "G")]
    assert update("clinvar", files.clinvar([(*one, "CLNSIG=Benign;CLNREVSTAT=x") for one in rows]))[0] == 0
    left_out = read_manifest(update.dir).sources[0].left_out
    assert left_out == {"not_a_sequence": 1, "other_reference": 1}


@pytest.mark.parametrize("damage", ["change", "remove", "manifest", "schema", "kind"])
def test_a_directory_that_is_not_what_its_manifest_states_is_refused_whole(files, update, damage, capsys):
    update("clinvar", files.clinvar())
    (rows,) = update.dir.glob("*.tsv")
    manifest = update.dir / "manifest.json"
    if damage == "change":
        rows.write_bytes(rows.read_bytes().replace(b"Uncertain significance", b"Benign", 1))
    elif damage == "remove":
        rows.unlink()
    elif damage == "manifest":
        manifest.write_text(manifest.read_text()[:-40])
    elif damage == "schema":
        manifest.write_text(manifest.read_text().replace('"schema": "1"', '"schema": "9"'))
    else:
        manifest.write_text(manifest.read_text().replace('"clinvar"', '"tarot"'))
    with pytest.raises(Refused):
        open_directory(str(update.dir), PANEL)
    assert main(["evidence", "verify", str(update.dir)]) == 2
    assert main(["explain", "CD40LG:c.340del", "--evidence", str(update.dir)]) == 2
    assert "HA-EVI-00" in capsys.readouterr().err


def test_no_directory_is_refused(tmp_path, capsys):
    assert main(["evidence", "show", str(tmp_path / "nothing")]) == 2
    assert "HA-EVI-001" in capsys.readouterr().err


def test_a_directory_that_cannot_be_made(files, update):
    update.dir.write_text("a file")
    code, said = update("clinvar", files.clinvar())
    assert (code, "HA-EVI-017" in said) == (2, True)
    assert update.dir.read_text() == "a file"


def test_two_updates_at_once_lose_nothing(files, update):
    first, second = files.clinvar(), files.gnomad()
    runs = [
        ["clinvar", first, "--release", "1", "--date", "2026-01-01"],
        ["gnomad", second, "--release", "4", "--date", "2024-01-01"],
    ]
    command = ["evidence", "update", "--dir", str(update.dir), "--build", "GRCh38"]
    threads = [
        threading.Thread(
            target=main,
            args=([*command, "--kind", kind, "--from", str(path), *more],),
        )
        for kind, path, *more in runs
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [one.kind for one in read_manifest(update.dir).sources] == ["clinvar", "gnomad"]
