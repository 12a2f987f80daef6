"""ClinVar's tab-separated summary: invented rows, cut to the loci; refused as a whole where anything is wrong."""

import gzip

import pytest

from higm_annot.annotated import annotate_allele
from higm_annot.consequence.locate import locate
from higm_annot.evidence.cut_source import open_directory
from higm_annot.evidence.directory import read_manifest
from higm_annot.evidence.kinds import fields
from higm_annot.evidence.sources import evidence_with
from higm_annot.reference.store import load_panel

PANEL = load_panel()
COLUMNS = [row.name for row in fields("clinvar", "tsv")]
DATED = {"release": "2026-01", "date": "2026-01-05"}
C87R = ("GRCh38", "12", 8605383, "A", "G")
BY_37 = ("GRCh37", "12", 8757979, "A", "G")
KEY = "GRCh38:12:8605383:A:G"
ONE_STAR = "criteria provided, single submitter"


def row(assembly, contig, pos, ref, alt, **more):
    told = dict.fromkeys(COLUMNS, "-") | {
        "AlleleID": "1", "Name": "invented", "GeneSymbol": "AICDA", "ClinicalSignificance": "Pathogenic",
        "RS# (dbSNP)": "123", "Assembly": assembly, "Chromosome": contig, "ReviewStatus": ONE_STAR,
        "PhenotypeList": "Hyper-IgM syndrome type 2|not provided", "VariationID": "4001", "PositionVCF": str(pos),
        "ReferenceAlleleVCF": ref, "AlternateAlleleVCF": alt,
    } | more  # fmt: skip
    return "\t".join(told[name] for name in COLUMNS)


@pytest.fixture
def summary(files):
    """Write a summary of these rows among plain ones of both builds; gives the path."""

    def write(*rows, columns=COLUMNS, more=True, name="variant_summary.txt.gz"):
        plain = [
            row(build, *one, ClinicalSignificance="Uncertain significance", VariationID="7")
            for build in ("GRCh37", "GRCh38")
            for one in (files.variants(build) if more else ())
        ]
        path = files.folder / name
        lines = ["#" + "\t".join(columns), *plain[::-1], row("na", "na", -1, "na", "na"), *rows]
        path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode()))
        return path

    return write


def said(update, build="GRCh38"):
    effects = locate(PANEL, KEY).allele
    found = annotate_allele(PANEL, effects, evidence_with(str(update.dir)))
    return [one for one in found.allele_class.records if one.source == "ClinVar"], found.allele_class


def test_a_class_is_read_from_the_row_of_the_stated_build(update, summary):
    path = summary(row(*C87R), row(*BY_37, ClinicalSignificance="Benign"))
    code, out = update("clinvar", path, **DATED)
    assert code == 0, out
    (one,), class_ = said(update)
    assert (one.record, one.significance, one.review, one.current) == ("4001", "Pathogenic", ONE_STAR, True)
    assert class_.class_.value == "Pathogenic"
    (entry,) = read_manifest(update.dir).sources
    assert (entry.name, entry.made_from) == ("clinvar.GRCh38", ("variant_summary.txt.gz",))
    assert all(entry.rows.loci.values())


def test_the_other_build_has_its_own_rows(update, summary):
    update("clinvar", summary(row(*C87R), row(*BY_37, ClinicalSignificance="Benign")), build="GRCh37", **DATED)
    (one,), _ = said(update)
    assert one.significance == "Benign"


@pytest.mark.parametrize(
    ("words", "class_", "current"),
    [
        ("Pathogenic; risk factor", "Pathogenic", True),
        ("Conflicting classifications of pathogenicity", "Conflicting classifications of pathogenicity", True),
        ("-", "", False),
    ],
)
def test_words_behind_the_class_do_not_hide_it(update, summary, words, class_, current):
    update("clinvar", summary(row(*C87R, ClinicalSignificance=words)), **DATED)
    (one,), _ = said(update)
    assert (one.significance, one.current) == (class_, current)


def test_a_class_without_criteria_is_shown_and_not_counted(update, summary):
    update("clinvar", summary(row(*C87R, ReviewStatus="no assertion criteria provided")), **DATED)
    (one,), _ = said(update)
    assert not one.current


def test_what_has_no_allele_or_another_reference_is_left_out_and_counted(update, summary):
    path = summary(
        row(*C87R),
        row("GRCh38", "12", -1, "na", "na"),
        row("GRCh38", "12", 8605383, "A", "A"),
        row("GRCh38", "12", 8605382, "T", "N"),
        row("GRCh38", "17", -1, "na", "na", GeneSymbol="OTHER"),
    )
    assert update("clinvar", path, **DATED)[0] == 0
    (source,) = open_directory(str(update.dir), PANEL)
    assert source.entry.left_out == {"no_allele_in_vcf_form": 2, "not_a_sequence": 1}


def test_columns_of_an_older_summary_in_another_order_are_read(update, summary, files):
    kept = [one for one in reversed(COLUMNS) if "Oncogenic" not in one and "Somatic" not in one and "SCVs" not in one]
    lines = [row(*C87R), *(row("GRCh38", *one) for one in files.variants())]
    cells = [dict(zip(COLUMNS, one.split("\t"), strict=True)) for one in lines]
    path = files.folder / "old.txt.gz"
    first = kept.index("AlleleID")
    kept = ["AlleleID", *kept[:first], *kept[first + 1 :]]
    text = ["#" + "\t".join(kept), *("\t".join(one[name] for name in kept) for one in cells)]
    path.write_bytes(gzip.compress(("\n".join(text) + "\n").encode()))
    assert update("clinvar", path, **DATED)[0] == 0
    assert said(update)[0][0].significance == "Pathogenic"


def refused(update, code, path, **options):
    found, out = update("clinvar", path, **(options or DATED))
    assert (found, code in out) == (2, True), out
    assert not update.dir.exists() or not list(update.dir.iterdir())
    return out


def test_unknown_and_missing_columns(update, summary):
    assert "NewColumn" in refused(update, "HA-EVI-010", summary(columns=[*COLUMNS, "NewColumn"], more=False))
    for name in ("Assembly", "PositionVCF", "ReviewStatus", "GeneSymbol", "VariationID"):
        less = [one for one in COLUMNS if one != name]
        assert name in refused(update, "HA-EVI-011", summary(columns=less, more=False))


def test_a_file_cut_short_damaged_or_not_compressed(update, summary, files):
    whole = summary(row(*C87R)).read_bytes()
    path = files.folder / "broken.txt.gz"
    path.write_bytes(whole[: len(whole) // 2])
    refused(update, "HA-EVI-005", path)
    path.write_bytes(whole[:-4])
    refused(update, "HA-EVI-005", path)
    spoilt = bytearray(whole)
    spoilt[-6] ^= 1
    path.write_bytes(bytes(spoilt))
    refused(update, "HA-EVI-006", path)
    path.write_bytes(gzip.decompress(whole))
    refused(update, "HA-EVI-004", path)


@pytest.mark.parametrize("position", ["9" * 5000, "\u00b2", "1e5", "-1"])
def test_a_position_that_is_none_is_left_out(update, summary, files, position):
    contig, _, ref, alt = files.variants("GRCh38")[0]
    code, said = update("clinvar", summary(row("GRCh38", contig, position, ref, alt)), **DATED)
    assert code == 0, said
    (entry,) = read_manifest(update.dir).sources
    assert entry.left_out["no_allele_in_vcf_form"] >= 1


def test_a_line_with_too_few_cells(update, summary):
    refused(update, "HA-EVI-014", summary("1\tx\tGRCh38"))


def test_rows_that_call_the_other_build_by_this_name(update, summary, files):
    rows = [row("GRCh38", *one) for one in files.variants("GRCh37")]
    refused(update, "HA-EVI-012", summary(*rows, more=False))


def test_no_row_at_a_locus_or_no_date(update, summary):
    refused(update, "HA-EVI-013", summary(more=False))
    refused(update, "HA-EVI-015", summary(row(*C87R)), release="2026-01")
