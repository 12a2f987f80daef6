"""A laboratory's own files: what they say, what replaces what, and what "not there" means."""

import json

import pysam
import pytest

from higm_annot.annotated import annotate_allele
from higm_annot.cli import main
from higm_annot.consequence.locate import locate
from higm_annot.evidence.directory import read_manifest
from higm_annot.evidence.sources import evidence_with
from higm_annot.evidence.types import RecordKind, Standing
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build

PANEL = load_panel()
C87R = ("12", 8605383, "A", "G")  # AICDA p.Cys87Arg: Pathogenic in the snapshot's ClinVar of 2025, not listed
ALPHAMISSENSE = "\t".join(
    ("#CHROM", "POS", "REF", "ALT", "genome", "uniprot_id", "transcript_id", "protein_variant", "am_pathogenicity",
     "am_class")
)  # fmt: skip
ONE_STAR, NO_STAR = "criteria_provided,_single_submitter", "no_assertion_criteria_provided"
GNOMAD = {"release": "v4.1", "date": "2024-04-19"}


def base(contig, pos, build="GRCh38"):
    """The base of the sequence."""
    pieces = [locus.slices[Build(build)] for locus in PANEL.loci.values()]
    return next(one.base(pos) for one in pieces if one.contig == contig and one.covers(pos, pos))


def judged(key, directory):
    return annotate_allele(PANEL, locate(PANEL, key).allele, evidence_with(str(directory)))


def of(found, source):
    return [record for record in found.allele_class.records if record.source == source]


def standing(found, source):
    return next(one.standing for one in found.asked if one.source == source)


KEY = "GRCh38:12:8605383:A:G"


def test_without_a_directory_only_the_snapshot_is_asked():
    assert [one.name for one in evidence_with("").about] == ["snapshot"]


def test_the_laboratorys_clinvar_replaces_the_snapshots(files, update):
    path = files.clinvar([(*C87R, f"CLNSIG=Uncertain_significance;CLNREVSTAT={ONE_STAR}", ".", "4001")])
    assert update("clinvar", path)[0] == 0
    found = judged(KEY, update.dir)
    (own,) = of(found, "ClinVar")
    assert (own.significance, own.record, own.dated, own.current) == (
        "Uncertain significance",
        "4001",
        "2026-01-05",
        True,
    )
    (old,) = [one for one in of(found, "IEI-ClinVar-gnomAD") if one.kind is RecordKind.ASSERTION]
    assert not old.current
    assert "ClinVar of 2026-01-05 is newer" in old.statement
    assert found.allele_class.class_ == "Uncertain significance"


def test_where_it_is_not_known_which_clinvar_is_newer_both_count(files, update):
    path = files.clinvar([(*C87R, f"CLNSIG=Benign;CLNREVSTAT={ONE_STAR}", ".", "4001")])
    assert update("clinvar", path, date="2021-05-01")[0] == 0
    found = judged(KEY, update.dir)
    assert [one.current for one in of(found, "ClinVar")] == [True]
    assert found.allele_class.reason == "published_sources_disagree"


def test_of_two_files_of_one_database_the_newer_speaks(files, update):
    rows = ("12", 8757979, base("12", 8757979, "GRCh37"), "G")
    older = files.clinvar([(*rows, f"CLNSIG=Benign;CLNREVSTAT={ONE_STAR}", ".", "4001")], build="GRCh37")
    update("clinvar", older, build="GRCh37", date="2025-06-01")
    update("clinvar", files.clinvar([(*C87R, f"CLNSIG=Pathogenic;CLNREVSTAT={ONE_STAR}", ".", "4001")]))
    found = judged(KEY, update.dir)
    assert [(one.significance, one.current) for one in of(found, "ClinVar")] == [
        ("Benign", False),
        ("Pathogenic", True),
    ]
    assert found.allele_class.class_ == "Pathogenic"


def test_an_allele_missing_from_the_laboratorys_clinvar_keeps_the_snapshots_class(files, update):
    update("clinvar", files.clinvar())
    found = judged(KEY, update.dir)
    assert found.allele_class.class_ == "Pathogenic"
    assert standing(found, "clinvar.GRCh38") is Standing.NOT_IN_SOURCE


@pytest.mark.parametrize("review", [NO_STAR, "no_classifications_from_unflagged_records", "something_new", ""])
def test_a_review_status_without_stars_gives_no_class(files, update, review):
    update("clinvar", files.clinvar([(*C87R, f"CLNSIG=Pathogenic;CLNREVSTAT={review}", ".", "4001")]))
    found = judged(KEY, update.dir)
    assert found.allele_class.class_ == "Uncertain significance"
    assert found.allele_class.reason == "reported_not_counted"


@pytest.mark.parametrize("year", [2013, 2018])
def test_a_clinvar_of_2013_to_2018_never_gives_a_class(files, update, year):
    contig, pos, ref, alt = files.variants()[40]
    rows = [(contig, pos, ref, alt, f"CLNSIG=Pathogenic;CLNREVSTAT={ONE_STAR}", ".", "7")]
    update("clinvar", files.clinvar(rows, more=False), date=f"{year}-06-01")
    found = judged(f"GRCh38:{contig}:{pos}:{ref}:{alt}", update.dir)
    assert [one.current for one in of(found, "ClinVar")] == [False]
    assert found.allele_class.basis == "criteria"


def test_alleles_are_found_however_the_file_writes_them(files, update):
    # CD40LG c.340del, written with a longer reference
    ref = "".join(base("X", pos) for pos in range(136654422, 136654427))
    rows = [("X", 136654422, ref, ref[:2] + ref[3:], f"CLNSIG=Pathogenic;CLNREVSTAT={ONE_STAR}", ".", "9")]
    update("clinvar", files.clinvar(rows, naming="chr"))
    assert [one.record for one in of(judged("GRCh38:X:136654423:GC:G", update.dir), "ClinVar")] == ["9"]


def test_a_gene_the_file_does_not_hold_is_no_data(files, update):
    rows = [one for one in files.variants() if one[0] != "12"]
    path = files.clinvar([(*one, f"CLNSIG=Benign;CLNREVSTAT={ONE_STAR}") for one in rows], more=False)
    update("clinvar", path)
    assert read_manifest(update.dir).sources[0].rows.loci["AICDA"] == 0
    assert standing(judged(KEY, update.dir), "clinvar.GRCh38") is Standing.NO_DATA


def test_gnomad_brings_counts_groups_and_filters(files, update):
    info = "AC=3;AN=152000;AF=2e-05;nhomalt=1;AC_XY=2;fafmax_faf95_max=1e-05;grpmax=afr;AF_grpmax=7e-05"
    linked = ("X", 136648285, base("X", 136648285), "A" if base("X", 136648285) != "A" else "G", info)
    update("gnomad", files.gnomad([(*C87R, info), linked]), **GNOMAD)
    (record,) = of(judged(KEY, update.dir), "gnomAD")
    value = record.frequency
    assert (value.allele_number, value.homozygotes, value.hemizygotes) == (152000, 1, None)
    assert (value.faf95, value.group, value.group_frequency) == (1e-05, "afr", 7e-05)
    key = f"GRCh38:X:136648285:{linked[2]}:{linked[3]}"
    assert of(judged(key, update.dir), "gnomAD")[0].frequency.hemizygotes == 2


def criteria(found):
    return {one.code for one in found.allele_class.criteria}


def test_rare_in_all_is_not_rare_where_a_group_has_it_more_often(files, update):
    contig, pos, ref, alt = next(one for one in files.variants(step=397) if one[0] == "12")
    info = "AC=3;AN=152000;AF=2e-05;nhomalt=0;grpmax=eas;AF_grpmax={}"
    for group, met in (("3e-05", True), ("0.002", False)):
        update("gnomad", files.gnomad([(contig, pos, ref, alt, info.format(group))]), **GNOMAD)
        found = judged(f"GRCh38:{contig}:{pos}:{ref}:{alt}", update.dir)
        assert ("PM2_Supporting" in criteria(found)) is met


def test_pms2_is_too_common_by_the_group_maximum_and_never_by_the_bound_of_all_people(files, update):
    pos = 6003700  # PMS2 exon 4, which no pseudogene is like by the table of regions
    allele = ("7", pos, base("7", pos), "A" if base("7", pos) != "A" else "G")
    counted = "AC=600;AN=1500000;AF=0.0004;nhomalt=0;{}"  # the bound of all is 0.00037: BS1
    for info, stated, met in (
        ("fafmax_faf95_max=0.00027", 0.00027, set()),
        ("fafmax_faf95_max=0.0029", 0.0029, {"BA1"}),
        ("faf95=0.0029", None, {"BS1"}),
        ("faf95=0.0029;fafmax_faf95_max=0.00029", 0.00029, {"BS1"}),
    ):
        update("gnomad", files.gnomad([(*allele, counted.format(info))]), **GNOMAD)
        found = judged("GRCh38:" + ":".join(map(str, allele)), update.dir)
        (record,) = of(found, "gnomAD")
        assert record.frequency.faf95 == stated
        assert criteria(found) & {"BA1", "BS1"} == met


def test_a_frequency_that_failed_the_filters_counts_for_nothing(files, update):
    update("gnomad", files.gnomad([(*C87R, "AC=3;AN=152000;AF=0.4", "AS_VQSR")]), **GNOMAD)
    found = judged(KEY, update.dir)
    (record,) = of(found, "gnomAD")
    assert not record.frequency.reliable
    assert "AS_VQSR" in record.statement
    assert not criteria(found) & {"BA1", "BS1", "PM2_Supporting"}


def test_frequencies_in_a_firewalled_exon_are_unreliable(files, update):
    pos = 5982824  # PMS2 exon 13
    allele = ("7", pos, base("7", pos), "A" if base("7", pos) != "A" else "G")
    update("gnomad", files.gnomad([(*allele, "AC=3;AN=152000;AF=0.4")]), **GNOMAD)
    (record,) = of(judged("GRCh38:" + ":".join(map(str, allele)), update.dir), "gnomAD")
    assert not record.frequency.reliable


def test_allele_number_zero_is_no_data_and_replaces_nothing(files, update):
    update("gnomad", files.gnomad([(*C87R, "AC=0;AN=0;AF=.")]), **{**GNOMAD, "date": "2026-01-01"})
    found = judged(KEY, update.dir)
    assert "no data" in of(found, "gnomAD")[0].statement
    assert [one.current for one in of(found, "IEI-ClinVar-gnomAD") if one.frequency] == [True]


def coverage(files, value, column="AN"):
    rows = [("12", pos, value) for pos in range(8605200, 8605400)]
    return files.table("coverage.tsv.bgz", [f"#chrom\tpos\t{column}"], rows)


ABSENT = "GRCh38:12:8605309:{ref}:{alt}".format(ref=base("12", 8605309), alt="A" if base("12", 8605309) != "A" else "C")


def test_absence_is_not_rarity_where_nobody_says_how_many_were_read(files, update):
    update("gnomad", files.gnomad(), **GNOMAD)
    found = judged(ABSENT, update.dir)
    assert standing(found, "gnomad.GRCh38") is Standing.NOT_IN_SOURCE
    assert "PM2_Supporting" not in criteria(found)


def test_absence_counts_where_enough_alleles_were_read(files, update):
    update("gnomad", files.gnomad(), coverage=coverage(files, 151234), **GNOMAD)
    found = judged(ABSENT, update.dir)
    (record,) = of(found, "gnomAD")
    assert (record.frequency.allele_frequency, record.frequency.allele_number) == (0.0, 150000)
    assert "PM2_Supporting" in criteria(found)


@pytest.mark.parametrize(("value", "column"), [(800, "AN"), (0, "AN"), (0.99, "over_20")])
def test_absence_does_not_count_for_few_alleles_or_an_unknown_number(files, update, value, column):
    update("gnomad", files.gnomad(), coverage=coverage(files, value, column), **GNOMAD)
    assert "PM2_Supporting" not in criteria(judged(ABSENT, update.dir))


def test_outside_the_covered_stretch_there_is_no_data(files, update):
    update("gnomad", files.gnomad(), coverage=coverage(files, 151234), **GNOMAD)
    key = f"GRCh38:12:8605401:{base('12', 8605401)}:{'A' if base('12', 8605401) != 'A' else 'C'}"
    assert standing(judged(key, update.dir), "gnomad.GRCh38") is Standing.NO_DATA


def test_a_missing_change_of_several_bases_says_nothing(files, update):
    update("gnomad", files.gnomad(), coverage=coverage(files, 151234), **GNOMAD)
    key = f"GRCh38:12:8605309:{base('12', 8605309)}:{base('12', 8605309)}ACGT"
    found = judged(key, update.dir)
    assert of(found, "gnomAD") == []
    assert "PM2_Supporting" not in criteria(found)


def test_scores_of_programs_are_shown_and_count_once_by_one_rule(files, update):
    contig, pos, ref, alt = C87R
    update("revel", files.table(
        "revel.tsv.gz", ["#chr\thg19_pos\tgrch38_pos\tref\talt\taaref\taaalt\tREVEL\tEnsembl_transcriptid"],
        [(contig, 8757979, pos, ref, alt, "C", "R", 0.93, "ENST00000229335")], position=3,
    ), release="v1.3", date="2021-05-03")  # fmt: skip
    update("alphamissense", files.table(
        "am.tsv.gz", ["# licence", ALPHAMISSENSE],
        [(f"chr{contig}", pos, ref, alt, "hg38", "Q9GZX7", "ENST00000229335.7", "C87R", 0.98, "pathogenic")],
    ), release="v3", date="2024-03-13")  # fmt: skip
    update("cadd", files.table(
        "cadd.tsv.gz", ["## CADD GRCh38-v1.7", "#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED"],
        [(contig, pos, ref, alt, 4.1, 27.3)],
    ), release="v1.7", date="2024-01-01")  # fmt: skip
    scores = f"SpliceAI={alt}|AICDA|0.01|0.00|0.90|0.02|1|2|3|4"
    update("spliceai", files.spliceai([(*C87R, scores)]), release="1.3", date="2019-10-01")
    found = judged(KEY, update.dir)
    scored = {one.prediction.program: one.prediction.score for one in found.allele_class.records if one.prediction}
    assert scored == {"REVEL": 0.93, "AlphaMissense": 0.98, "CADD": 27.3, "SpliceAI": 0.90}
    assert {one for one in criteria(found) if one.startswith(("PP3", "BP4"))} == {"PP3_Moderate"}
    cadd = next(one for one in found.allele_class.records if one.source == "CADD")
    assert "shown, not counted" in cadd.statement


def test_splicing_of_another_gene_at_the_place_is_not_read(files, update):
    scores = f"SpliceAI={C87R[3]}|OTHER|0.01|0.00|0.90|0.02|1|2|3|4,{C87R[3]}|AICDA|0.05|0.00|0.01|0.02|1|2|3|4"
    update("spliceai", files.spliceai([(*C87R, scores)]), release="1.3", date="2019-10-01")
    found = judged(KEY, update.dir).allele_class.records
    assert [one.prediction.score for one in found if one.prediction] == [0.05]


def test_the_report_names_the_laboratorys_sources(files, update, program, tmp_path):
    update("clinvar", files.clinvar([(*C87R, f"CLNSIG=Pathogenic;CLNREVSTAT={ONE_STAR}", ".", "4001")]))
    program([(*C87R, "0/1")], {"sample": "S1"})
    sheet = next(tmp_path.rglob("samples.tsv"))
    out = tmp_path / "with"
    assert main(["run", "--samples", str(sheet), "--out", str(out), "--evidence", str(update.dir)]) == 0
    document = json.loads((out / "reports" / "S1.json").read_text())
    told = {one["name"]: one for one in document["provenance"]["evidence"]}
    assert set(told) == {"snapshot", "clinvar.GRCh38"}
    assert told["clinvar.GRCh38"]["date"] == "2026-01-05"
    assert told["clinvar.GRCh38"]["licence"]
    assert str(tmp_path) not in json.dumps(document)
    page = (out / "reports" / "S1.html").read_text()
    assert "ClinVar (2026-01-05) calls this allele Pathogenic" in page


def test_a_directory_can_be_shown_verified_and_compared(files, update, tmp_path, capsys):
    update("clinvar", files.clinvar([(*C87R, f"CLNSIG=Pathogenic;CLNREVSTAT={ONE_STAR}", ".", "4001")]))
    old = tmp_path / "old"
    update.dir.rename(old)
    update("clinvar", files.clinvar([(*C87R, f"CLNSIG=Benign;CLNREVSTAT={ONE_STAR}", ".", "4001")]), date="2026-02-01")
    assert main(["evidence", "show", str(update.dir), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [one["about"]["name"] for one in shown] == ["snapshot", "clinvar.GRCh38"]
    assert all(count > 0 for count in shown[1]["loci"].values())
    assert main(["evidence", "show", str(update.dir)]) == 0
    assert "2026-02-01" in capsys.readouterr().out
    assert main(["evidence", "verify", str(update.dir)]) == 0
    assert "ok  clinvar.GRCh38" in capsys.readouterr().out
    assert main(["evidence", "diff", str(old), str(update.dir), "--json"]) == 0
    (difference,) = json.loads(capsys.readouterr().out)
    assert [(one["key"], one["old"][:10], one["new"][:6]) for one in difference["changed"]] == [
        (KEY, "Pathogenic", "Benign")
    ]
    assert (difference["gained"], difference["lost"]) == ([], [])
    assert main(["evidence", "diff", str(old), str(update.dir)]) == 0
    assert "changed 1" in capsys.readouterr().out


def test_a_source_is_replaced_and_the_others_stay(files, update):
    update("clinvar", files.clinvar())
    update("gnomad", files.gnomad(), **GNOMAD)
    update("gnomad", files.gnomad(), dataset="exomes", **GNOMAD)
    update("clinvar", files.clinvar(more=True), date="2026-03-01")
    assert [one.name for one in read_manifest(update.dir).sources] == [
        "clinvar.GRCh38",
        "gnomad.GRCh38",
        "gnomad.exomes.GRCh38",
    ]
    assert len(list(update.dir.glob("*.tsv"))) == 3


def test_grch37_files_answer_for_the_same_alleles(files, update):
    rows = [("12", 8757979, base("12", 8757979, "GRCh37"), "G", f"CLNSIG=Benign;CLNREVSTAT={ONE_STAR}", ".", "37")]
    assert update("clinvar", files.clinvar(rows, build="GRCh37"), build="GRCh37")[0] == 0
    assert [one.record for one in of(judged(KEY, update.dir), "ClinVar")] == ["37"]


def test_a_csi_index_gives_the_same_as_a_tabix_index(files, update):
    path = files.clinvar([(*one, f"CLNSIG=Benign;CLNREVSTAT={ONE_STAR}") for one in files.variants(step=7)], more=False)
    update("clinvar", path)
    by_tabix = read_manifest(update.dir).sources[0].rows
    (path.parent / f"{path.name}.tbi").unlink()
    pysam.tabix_index(str(path), preset="vcf", csi=True)
    update("clinvar", path)
    assert read_manifest(update.dir).sources[0].rows == by_tabix
    assert sum(by_tabix.loci.values()) == len(files.variants(step=7))


def test_one_file_for_each_chromosome_makes_one_source(files, update):
    parts = {}
    for one in files.variants():
        parts.setdefault(one[0], []).append((*one, f"CLNSIG=Benign;CLNREVSTAT={ONE_STAR}"))
    header = ("##fileformat=VCFv4.1", "##fileDate=20260105", "##INFO=<ID=CLNSIG,", "##INFO=<ID=CLNREVSTAT,")
    assert update("clinvar", *(files.vcf(f"{name}.vcf.gz", header, rows) for name, rows in parts.items()))[0] == 0
    (entry,) = read_manifest(update.dir).sources
    assert all(entry.rows.loci.values())
    assert entry.date == "2026-01-05"


def test_the_same_file_makes_the_same_directory(files, update):
    path = files.clinvar()
    update("clinvar", path)
    before = {one.name: one.read_bytes() for one in update.dir.iterdir()}
    update("clinvar", path)
    assert {one.name: one.read_bytes() for one in update.dir.iterdir()} == before


def test_alleles_read_together_on_one_copy_are_asked_of_the_laboratorys_sources_too(files, update, program, tmp_path):
    first, second = base("12", 8605382), base("12", 8605383)
    changed = "".join("G" if one != "G" else "C" for one in (first, second))
    row = ("12", 8605382, first + second, changed, f"CLNSIG=Pathogenic;CLNREVSTAT={ONE_STAR}", ".", "77")
    update("clinvar", files.clinvar([row]))
    rows = [("12", 8605382 + i, ref, changed[i], "0|1:7", {"format": "GT:PS"}) for i, ref in enumerate((first, second))]
    program(rows, {"sample": "S1", "affected": "yes"})
    sheet = next(tmp_path.rglob("samples.tsv"))
    out = tmp_path / "with"
    assert main(["run", "--samples", str(sheet), "--out", str(out), "--evidence", str(update.dir)]) == 0
    document = json.loads((out / "reports" / "S1.json").read_text())
    (together,) = [one for one in document["variants"] if one["parts"]]
    assert ("ClinVar", "77") in {(one["source"], one["record"]) for one in together["evidence"]}
    assert {"source": "clinvar.GRCh38", "standing": "records", "note": ""} in together["asked"]


def test_a_joint_gnomad_is_read_by_its_joint_fields_and_another_by_its_own(files, update):
    values = {"AC": "2", "AN": "150000", "AF": "1.3e-05", "AC_XY": "1"}
    joint = {"AC_joint": "9", "AN_joint": "1500000", "AF_joint": "6e-06", "AC_joint_XY": "4", "AF_grpmax_joint": "1e-5"}
    allele = ("X", 136648285, base("X", 136648285), "A" if base("X", 136648285) != "A" else "G")
    cases = ((values, (150000, 1, None)), (joint, (1500000, 4, 1e-5)), (values | joint, (150000, 1, 1e-5)))
    for fields, expected in cases:
        header = ("##fileformat=VCFv4.2", *(f"##INFO=<ID={name}," for name in fields))
        info = ";".join(f"{name}={value}" for name, value in fields.items())
        assert update("gnomad", files.vcf("g.vcf.gz", header, [(*allele, info)]), **GNOMAD)[0] == 0
        (record,) = of(judged("GRCh38:" + ":".join(map(str, allele)), update.dir), "gnomAD")
        value = record.frequency
        assert (value.allele_number, value.hemizygotes, value.group_frequency) == expected
