"""Outside calls and callable intervals: read exactly, or refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from higm_annot.intake.coverage import read_callable
from higm_annot.intake.outside import COLUMNS, attached_files, read_outside, unknown_samples
from higm_annot.intake.types import Copy, Dose, OutsideVerdict, Person, Sex
from higm_annot.problems import Refused
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene

ANN = Person("A", "f.vcf", "A", sex=Sex.FEMALE)
BOY = Person("A", "f.vcf", "A", sex=Sex.MALE)
GOOD = ["A", "PMS2", "c.943C>T", "confirmed", "long-range PCR", "Lab 1", "2026-05-31", "het"]


def outside(tmp_path, *rows):
    path = tmp_path / "outside.tsv"
    path.write_text("\n".join("\t".join(row) for row in (COLUMNS, *rows)) + "\n", encoding="utf-8")
    return str(path)


def test_only_the_rows_of_the_sample_are_read(tmp_path):
    path = outside(tmp_path, GOOD, ["B", *GOOD[1:]], ["B", "nonsense", *GOOD[2:]])
    (call,) = read_outside(path, ANN).calls
    assert (call.gene, call.variant, call.verdict) == (Gene.PMS2, "c.943C>T", OutsideVerdict.CONFIRMED)
    assert (call.method, call.zygosity, call.line) == ("long-range PCR", "het", 2)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("gene", "MLH1"),
        ("variant", ""),
        ("verdict", "yes"),
        ("method", ""),
        ("date", "31.5.2026"),
        ("zygosity", "1/1"),
    ],
)
def test_a_fault_in_a_row_is_named(tmp_path, column, value):
    row = dict(zip(COLUMNS, GOOD, strict=True)) | {column: value}
    with pytest.raises(Refused) as refusal:
        read_outside(outside(tmp_path, list(row.values())), ANN)
    (found,) = refusal.value.problems
    assert (found.code, found.line) == ("HA-OUT-003", 2)
    assert f"column {column}" in found.message


def test_another_header_or_no_file_is_refused(tmp_path):
    path = tmp_path / "o.tsv"
    path.write_text("sample\tgene\n", encoding="utf-8")
    with pytest.raises(Refused, match="HA-OUT-002"):
        read_outside(str(path), ANN)
    with pytest.raises(Refused, match="HA-OUT-001"):
        read_outside(str(tmp_path / "missing"), ANN)


def test_bed_is_half_open_and_any_contig_name_will_do(tmp_path):
    path = tmp_path / "c.bed.gz"
    path.write_bytes(gzip.compress(b"track name=x\nchrX\t99\t200\tCALLABLE\nNC_000012.12\t0\t1\n1\tnot\tread\n"))
    assert read_callable(str(path), "A") == ((Contig.CHR12, 1, 1), (Contig.CHRX, 100, 200))


@pytest.mark.parametrize("line", ["chrX\t5\t5", "chrX\t5", "chrX\tfive\t9", "chrX\t9\t5"])
def test_a_line_that_is_not_bed_is_refused(tmp_path, line):
    path = tmp_path / "c.bed"
    path.write_text(f"chrX\t1\t2\n{line}\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"HA-COV-002.*c\.bed:2"):
        read_callable(str(path), "A")


def test_a_truncated_gzip_is_refused(tmp_path):
    path = tmp_path / "c.bed.gz"
    path.write_bytes(gzip.compress(b"chrX\t1\t2\n" * 100)[:-9])
    with pytest.raises(Refused, match="HA-COV-001"):
        read_callable(str(path), "A")


# Results attached to the outside calls


def attached(tmp_path, content, gene="CD40LG", name="result.tsv", sample="A"):
    """An outside-call file with one line that names a result file."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    path = tmp_path / "outside.tsv"
    row = [sample, gene, "", "", "MLPA P123", "Lab 1", "2026-05-31", "", name]
    path.write_text("\n".join("\t".join(one) for one in ((*COLUMNS, "file"), row)) + "\n", encoding="utf-8")
    return str(path)


def probes(*rows, gene="CD40LG", transcript="NM_000074.3", sample="A"):
    """An MLPA table; a row is exon, ratio, copies and perhaps status."""
    header = ["sample", "gene", "transcript", "exon", "probe", "ratio", "copies", "status"]
    lines = [
        (sample, gene, transcript, str(exon), f"p{n}", ratio, copies, *(status or ("ok",)))
        for n, (exon, ratio, copies, *status) in enumerate(rows)
    ]
    return "\n".join("\t".join(line) for line in (header, *lines)) + "\n"


def doses(tmp_path, person, *rows, **more):
    found = read_outside(attached(tmp_path, probes(*rows, **more), more.get("gene", "CD40LG")), person)
    (counts,) = found.counts
    return {one.exon: one.dose for one in counts.exons}, [problem.code for problem in found.problems]


BANDS = [
    ("0", Dose.NONE_LEFT),
    ("0.10", Dose.NONE_LEFT),
    ("0.11", Dose.OPEN),
    ("0.39", Dose.OPEN),
    ("0.4", Dose.ONE_LOST),
    ("0.60", Dose.ONE_LOST),
    ("0.61", Dose.OPEN),
    ("0.79", Dose.OPEN),
    ("0.8", Dose.EXPECTED),
    ("1.2", Dose.EXPECTED),
    ("1.21", Dose.OPEN),
    ("1.3", Dose.GAINED),
    ("1.7", Dose.GAINED),
    ("2.4", Dose.GAINED),
]


@pytest.mark.parametrize(("ratio", "dose"), BANDS)
def test_ratio_of_somebody_with_two_copies(tmp_path, ratio, dose):
    found, remarks = doses(tmp_path, ANN, (2, ratio, ""))
    assert found == {2: dose}
    assert remarks == (["HA-OUT-106"] if dose is Dose.OPEN else [])


@pytest.mark.parametrize(
    ("ratio", "dose"),
    [("0", Dose.NONE_LEFT), ("0.5", Dose.OPEN), ("1", Dose.EXPECTED), ("1.5", Dose.OPEN), ("2", Dose.GAINED)],
)
def test_half_a_ratio_is_no_deletion_in_a_boy(tmp_path, ratio, dose):
    """He has one copy, so half of it is a mosaic or a comparison with women."""
    assert doses(tmp_path, BOY, (2, ratio, ""))[0] == {2: dose}


@pytest.mark.parametrize(
    ("sex", "copies", "dose"),
    [
        ("male", "0", Dose.NONE_LEFT),
        ("male", "1", Dose.EXPECTED),
        ("male", "2", Dose.GAINED),
        ("female", "0", Dose.NONE_LEFT),
        ("female", "1", Dose.ONE_LOST),
        ("female", "2", Dose.EXPECTED),
        ("female", "3", Dose.GAINED),
        ("unknown", "0", Dose.NONE_LEFT),
        ("unknown", "1", Dose.OPEN),
        ("unknown", "2", Dose.OPEN),
        ("unknown", "3", Dose.GAINED),
    ],
)
def test_copies_by_sex(tmp_path, sex, copies, dose):
    person = Person("A", "f.vcf", "A", sex=Sex(sex))
    assert doses(tmp_path, person, (2, "", copies))[0] == {2: dose}
    if sex == "unknown" and copies != "0":
        assert doses(tmp_path, person, (2, "1.0", ""))[0] == {2: Dose.OPEN}


def test_probes_that_failed_do_not_count_and_probes_that_disagree_leave_the_exon_open(tmp_path):
    rows = [(1, "0", "", "failed"), (2, "0.5", "", "variant_under_probe"), (3, "0.5", ""), (3, "1.0", ""), (4, "1", "")]
    found, remarks = doses(tmp_path, ANN, *rows)
    assert found == {3: Dose.OPEN, 4: Dose.EXPECTED}
    assert remarks == ["HA-OUT-106"]


@pytest.mark.parametrize(
    ("row", "more", "column"),
    [
        ((6, "1", ""), {}, "exon"),
        ((0, "1", ""), {}, "exon"),
        (("2a", "1", ""), {}, "exon"),
        ((2, "1", "2"), {}, "ratio"),
        ((2, "", ""), {}, "ratio"),
        ((2, "nan", ""), {}, "ratio"),
        ((2, "-1", ""), {}, "ratio"),
        ((2, "", "one"), {}, "copies"),
        ((2, "1", "", "good"), {}, "status"),
        ((2, "1", ""), {"transcript": "NM_000075.4"}, "transcript"),
        ((2, "1", ""), {"transcript": ""}, "transcript"),
    ],
)
def test_a_fault_of_an_mlpa_table_is_named(tmp_path, row, more, column):
    with pytest.raises(Refused) as refusal:
        read_outside(attached(tmp_path, probes(row, **more)), ANN)
    (found,) = refusal.value.problems
    assert (found.code, found.line) == ("HA-OUT-003", 2)
    assert f"column {column}" in found.message


def test_a_table_of_another_gene_sample_or_form_is_refused(tmp_path):
    rows = probes((2, "1", ""), gene="PMS2")
    with pytest.raises(Refused, match="column gene"):
        read_outside(attached(tmp_path, rows), ANN)
    with pytest.raises(Refused, match="HA-OUT-006") as refusal:
        read_outside(attached(tmp_path, probes((2, "1", ""), sample="secret")), ANN)
    assert "secret" not in str(refusal.value)
    with pytest.raises(Refused, match="HA-OUT-005"):
        read_outside(attached(tmp_path, "exon\tratio\n1\t1\n"), ANN)
    with pytest.raises(Refused, match="HA-OUT-005"):
        read_outside(attached(tmp_path, ""), ANN)
    path = attached(tmp_path, "")
    (tmp_path / "result.tsv").unlink()
    with pytest.raises(Refused, match="HA-OUT-004"):
        read_outside(path, ANN)


@pytest.mark.parametrize(
    ("column", "value"), [("variant", "c.943C>T"), ("verdict", "confirmed"), ("zygosity", "het"), ("gene", "MLH1")]
)
def test_beside_an_attached_file_stands_nothing_else(tmp_path, column, value):
    path = tmp_path / "outside.tsv"
    row = dict(zip((*COLUMNS, "file"), ["A", "PMS2", "", "", "m", "", "2026-05-31", "", "x.json"], strict=True))
    row[column] = value
    path.write_text("\n".join("\t".join(one) for one in (row, row.values())), encoding="utf-8")
    with pytest.raises(Refused, match=f"HA-OUT-003.*column {column}"):
        read_outside(str(path), ANN)


@pytest.mark.parametrize(
    ("variant", "gene", "good"),
    [
        ("exon 9", "PMS2", True),
        ("exons 11-15", "PMS2", True),
        ("exons 11-16", "PMS2", False),
        ("exons 15-11", "PMS2", False),
        ("exon 0", "PMS2", False),
        ("exon nine", "PMS2", False),
        ("c.943C>T", "PMS2", False),
    ],
)
def test_exons_read_as_reference(tmp_path, variant, gene, good):
    path = outside(tmp_path, ["A", gene, variant, "reference", "long-range PCR", "", "2026-05-31", ""])
    if good:
        assert read_outside(path, ANN).calls[0].verdict is OutsideVerdict.REFERENCE
    else:
        with pytest.raises(Refused, match="column variant"):
            read_outside(path, ANN)


@pytest.mark.parametrize("verdict", ["found", "disagrees", "conflict"])
def test_verdicts_of_the_program_itself_cannot_be_written(tmp_path, verdict):
    with pytest.raises(Refused, match="column verdict"):
        read_outside(outside(tmp_path, [*GOOD[:3], verdict, *GOOD[4:]]), ANN)


REGION = {
    "total_cn": 4,
    "gene_cn": 2,
    "final_haplotypes": {"11": "pms2_pms2hap1", "12": "pms2_pms2hap2", "21": "pms2_pms2clhap1"},
    "two_copy_haplotypes": ["pms2_pms2clhap1"],
    "haplotype_details": {
        "pms2_pms2hap1": {"variants": ["5977600_G_A"], "boundary": [5970000, 6000000], "is_truncated": None},
        "pms2_pms2hap2": {"variants": [], "boundary": [5970000, 6000000]},
        "pms2_pms2clhap1": {"variants": ["5989089_clip_3p", "5977700_T_C"], "boundary": [5970000, 5989089]},
    },
    "phase_region": "38:chr7:5965000-6009500",
    "region_depth": {"median": 120},
}


def base(pos, build="GRCh38"):
    return load_panel().loci[Gene.PMS2].slices[Build(build)].base(pos)


def paraphase(tmp_path, changes=None, gene="PMS2", content=None):
    region = {**json.loads(json.dumps(REGION)), **(changes or {})}
    for one in region["haplotype_details"].values():
        one["variants"] = [
            name if "clip" in name else substitution(int(name.split("_")[0])) for name in one["variants"]
        ]
    return attached(tmp_path, content or json.dumps({"pms2": region, "AMY2A": {}}), gene, "A.paraphase.json")


def substitution(pos):
    return f"{pos}_{base(pos)}_{'C' if base(pos) == 'A' else 'A'}"


def test_paraphase_is_read(tmp_path):
    (found,) = read_outside(paraphase(tmp_path), ANN).haplotypes
    assert (found.build, found.gene_copies) == (Build.GRCH38, 2)
    assert [(one.copy, one.copies, len(one.changes)) for one in found.haplotypes] == [
        (Copy.PSEUDOGENE, 2, 1),
        (Copy.GENE, 1, 1),
        (Copy.GENE, 1, 0),
    ]


def test_paraphase_without_a_stated_build_is_known_by_its_places(tmp_path):
    (found,) = read_outside(paraphase(tmp_path, {"phase_region": None}), ANN).haplotypes
    assert found.build is Build.GRCH38


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"phase_region": "chm13:chr7:1-2"}, "its build is chm13"),
        ({"phase_region": "19:chr7:1-2"}, "not those of the gene"),
        ({"final_haplotypes": {}}, "no haplotypes"),
        ({"final_haplotypes": {"1": "pms2_pms2hap9"}}, "pms2_pms2hap9 has no details"),
        ({"gene_cn": "two"}, "gene_cn"),
    ],
)
def test_paraphase_that_cannot_be_used_is_refused(tmp_path, changes, why):
    with pytest.raises(Refused, match=f"HA-OUT-008.*{why}"):
        read_outside(paraphase(tmp_path, changes), ANN)


@pytest.mark.parametrize(
    ("gene", "content", "why"),
    [
        ("CD40", None, "does not cover CD40"),
        ("IKBKG", None, "does not hold ikbkg"),
        ("PMS2", '{"pms2": {', "JSON"),
        ("PMS2", '{"pms2": []}', "Expected"),
        ("PMS2", "{}", "it holds nothing"),
    ],
)
def test_a_json_of_another_gene_or_form_is_refused(tmp_path, gene, content, why):
    with pytest.raises(Refused, match=f"HA-OUT-008.*{why}"):
        read_outside(paraphase(tmp_path, gene=gene, content=content), ANN)


def test_reference_bases_of_another_build_are_noticed(tmp_path):
    region = json.loads(json.dumps(REGION))
    pos = 5977600
    wrong = next(letter for letter in "ACGT" if letter != base(pos))
    region["haplotype_details"]["pms2_pms2hap1"]["variants"] = [f"{pos}_{wrong}_{base(pos)}"]
    with pytest.raises(Refused, match="reference bases"):
        read_outside(attached(tmp_path, json.dumps({"pms2": region}), "PMS2", "x.json"), ANN)


def test_one_json_for_two_people_is_refused(tmp_path):
    path = Path(paraphase(tmp_path))
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1].replace("A", "B", 1)]) + "\n", encoding="utf-8")
    with pytest.raises(Refused, match="HA-OUT-007"):
        read_outside(str(path), ANN)


def test_strange_samples_and_attached_files_are_known(tmp_path):
    path = outside(tmp_path, ["a", *GOOD[1:]], ["B", *GOOD[1:]], ["a", *GOOD[1:]])
    people = [Person(name, "f.vcf", name, outside_calls=path) for name in ("A", "B")]
    (found,) = unknown_samples(people)
    assert (found.code, found.line, "'a'" in found.message) == ("HA-OUT-105", 2, True)
    assert [one.code for one in read_outside(path, ANN).problems] == ["HA-OUT-104"]
    assert unknown_samples([Person("A", "f.vcf", "A", outside_calls=str(tmp_path / "missing"))]) == ()
    assert attached_files(paraphase(tmp_path)) == (str(tmp_path / "A.paraphase.json"),)
    assert attached_files(str(tmp_path / "missing")) == ()
