"""The laboratory's record through the whole program: its class is used, the other stays beside it, bytes stay put."""

import csv
import io
import json

import pytest

from higm_annot.cli import main
from higm_annot.demo.write import write_demo
from higm_annot.evidence.labrecord import store
from higm_annot.evidence.labrecord.classes import history
from higm_annot.evidence.labrecord.entries import names_of
from higm_annot.evidence.labrecord.observations import all_observed, counts
from higm_annot.reference.store import load_panel

MISSENSE, NULL, LYNCH = "CD40LG:c.430G>A", "CD40LG:c.31C>T", "PMS2:c.697C>T"
BOY = {"sample": "S1", "sex": "male", "affected": "yes"}
HEALTHY = {"sample": "S1", "sex": "female", "affected": "no", "age_at_sampling": "40y"}


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "lab.sqlite"
    assert main(["record", "init", str(path)]) == 0
    return path


def put(path, variant, class_, *more, dated="2026-01-10"):
    arguments = [variant, "--class", class_, "--reason", "Read the notes of this laboratory.", "--who", "KS"]
    assert main(["record", "add", str(path), *arguments, "--date", dated, *more]) == 0


def row(name, genotype, build="GRCh38"):
    names = names_of(load_panel(), name)
    _, contig, pos, ref, alt = (names.key_grch38 if build == "GRCh38" else names.key_grch37).split(":")
    return (contig, int(pos), ref, alt, genotype, {"format": "GT:DP:GQ", "info": "."})


@pytest.fixture
def run(make_vcf, tmp_path, capsys):
    """``run(name, rows, person, record, *options)``: the folder of a run, its exit code beside it."""

    def run_(name, rows, person, record="", *options, build="GRCh38"):
        calls = [(*one[:4], f"{one[4]}:40:99", one[5]) for one in rows]
        vcf = make_vcf(f"{person['sample']}.vcf", calls, [person["sample"]], build)
        sheet = tmp_path / f"{name}.tsv"
        cells = {"vcf": vcf, "vcf_sample": person["sample"], **person}
        sheet.write_text("\t".join(cells) + "\n" + "\t".join(cells.values()) + "\n")
        more = ["--record", str(record)] if record else []
        code = main(["run", "--samples", str(sheet), "--out", str(tmp_path / name), *more, *options])
        return tmp_path / name, code

    return run_


def document(folder):
    return json.loads((folder / "reports" / "S1.json").read_text())


def tree(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def codes(found, gene):
    return {one["code"] for one in found["conclusions"] if one["gene"] == gene}


def told(found):
    return {one["code"] for one in found["problems"]}


def test_an_uncertain_allele_that_the_laboratory_calls_pathogenic_leads_to_the_diagnosis(run, record):
    before = document(run("before", [row(MISSENSE, "1")], BOY)[0])
    assert codes(before, "CD40LG") == {"uncertain"}
    put(record, MISSENSE, "Likely pathogenic", "--criteria", "PS4;PM2")
    folder, code = run("after", [row(MISSENSE, "1")], BOY, record)
    after = document(folder)
    assert (code, codes(after, "CD40LG")) == (0, {"disease_genotype"})
    (block,) = after["variants"]
    assert block["allele_class"]["class"] == "Likely pathogenic"
    assert block["allele_class"]["computed"]["class"] == "Uncertain significance"
    assert block["allele_class"]["laboratory"][0]["reason"] == "Read the notes of this laboratory."
    assert block["allele_class"]["basis"] == "laboratory"
    assert block["allele_class"]["criteria"] == before["variants"][0]["allele_class"]["criteria"]
    assert "laboratory_overrides" in block["flags"]
    assert told(after) >= {"HA-REC-101"}
    page = (folder / "reports" / "S1.html").read_text()
    for part in ("Read the notes of this laboratory.", "PS4;PM2", "KS, 2026-01-10", "Rules and sources: Uncertain"):
        assert part in page
    (line,) = [
        one
        for one in csv.DictReader(io.StringIO((folder / "reports" / "S1.tsv").read_text()), delimiter="\t")
        if one["gene"] == "CD40LG"
    ]
    assert line["allele_class"] == "Likely pathogenic"
    assert line["computed_class"] == "Uncertain significance"
    assert line["laboratory_class"] == "Likely pathogenic (KS, 2026-01-10)"


def test_an_allele_that_the_laboratory_clears_is_told_with_the_class_it_had(run, record):
    put(record, NULL, "Benign")
    folder, _ = run("after", [row(NULL, "1")], BOY, record)
    found = document(folder)
    assert codes(found, "CD40LG") == {"not_assessed"}  # nothing shows which bases were read
    (warning,) = [one for one in found["problems"] if one["code"] == "HA-REC-101"]
    assert "Pathogenic" in warning["message"]
    assert "Benign" in warning["message"]
    (block,) = found["variants"]
    assert block["allele_class"]["computed"]["class"] == "Pathogenic"
    page = (folder / "reports" / "S1.html").read_text()
    assert "Benign (rules and sources: Pathogenic)" in page
    for part in ("HA-REC-101", "KS, 2026-01-10: Read the notes of this laboratory."):
        assert part in page


def test_an_allele_that_the_laboratory_calls_uncertain_is_told_even_where_nothing_is_predicted(run, record):
    silent = "CD40LG:c.289-40C>G"
    put(record, silent, "Uncertain significance", "--criteria", "RNA study pending")
    rows = [row(silent, "1")]
    assert "uncertain" not in codes(document(run("before", rows, BOY)[0]), "CD40LG")
    assert codes(document(run("after", rows, BOY, record)[0]), "CD40LG") == {"uncertain"}


def test_a_word_on_a_part_of_alleles_read_together_is_neither_their_class_nor_lost(run, record):
    rows = [row(MISSENSE, "1"), row("CD40LG:c.431G>T", "1")]
    before = document(run("before", rows, BOY)[0])
    (named,) = {one["key"] for one in before["variants"] if one["reportable"]}
    put(record, MISSENSE, "Pathogenic")
    after = document(run("after", rows, BOY, record)[0])
    (whole,) = [one for one in after["variants"] if one["key"] == named]
    assert (whole["allele_class"]["class"], whole["allele_class"]["laboratory"]) == ("Uncertain significance", [])
    assert [one["source"] for one in whole["evidence"]] == ["laboratory-record"]
    assert codes(after, "CD40LG") == {"uncertain"}
    put(record, named, "Likely pathogenic")
    last = document(run("last", rows, BOY, record)[0])
    assert codes(last, "CD40LG") == {"disease_genotype"}


def test_agreement_is_no_warning(run, record):
    put(record, NULL, "Pathogenic")
    found = document(run("after", [row(NULL, "1")], BOY, record)[0])
    assert found["variants"][0]["allele_class"]["reason"] == "laboratory_agrees"
    assert not {"HA-REC-101", "HA-REC-102"} & told(found)


def test_a_class_that_does_not_settle_the_question_is_shown_and_not_used(run, record, capsys):
    put(record, LYNCH, "Benign", "--disease", "LYNCH4")
    assert "not use it" in capsys.readouterr().out
    patient = {"sample": "S1", "sex": "female", "affected": "yes"}
    found = document(run("after", [row(LYNCH, "0/1")], patient, record)[0])
    assert codes(found, "PMS2") == {"one_allele_found"}
    assert told(found) >= {"HA-REC-102"}
    (block,) = found["variants"]
    assert (block["allele_class"]["uncovered"], block["allele_class"]["computed"]) == (["CMMRD"], None)


def test_a_row_on_another_allele_changes_no_byte_and_neither_does_another_copy_of_the_record(run, record, tmp_path):
    put(record, MISSENSE, "Likely pathogenic")
    rows = [row(MISSENSE, "1")]
    first = tree(run("first", rows, BOY, record)[0])
    put(record, NULL, "Benign")
    assert tree(run("second", rows, BOY, record)[0]) == first
    copy = tmp_path / "copy.sqlite"
    assert main(["record", "init", str(copy)]) == 0
    put(copy, LYNCH, "Benign")
    assert main(["record", "export", str(record), "-o", str(tmp_path / "all.tsv")]) == 0
    assert main(["record", "import", str(copy), str(tmp_path / "all.tsv")]) == 0
    assert tree(run("third", rows, BOY, copy)[0]) == first
    put(record, MISSENSE, "Likely pathogenic", "--criteria", "PS3", dated="2026-02-01")
    assert tree(run("fourth", rows, BOY, record)[0])["S1.json"] != first["S1.json"]


def test_the_rows_used_stand_in_the_provenance(run, record):
    rows = [row(MISSENSE, "1")]
    none = document(run("none", rows, BOY)[0])["provenance"]["evidence"]
    empty = document(run("empty", rows, BOY, record)[0])["provenance"]["evidence"]
    assert [one["kind"] for one in none] + ["laboratory"] == [one["kind"] for one in empty]
    put(record, MISSENSE, "Likely pathogenic")
    folder, _ = run("used", rows, BOY, record)
    used = document(folder)["provenance"]["evidence"]
    assert used[-1]["digest"] != empty[-1]["digest"]
    assert used[-1]["release"] == "1 of its classes used here"
    assert used[-1]["date"] == "2026-01-10"
    # What the run as a whole rests on is the same for every report of it.
    assert json.loads((folder / "run.json").read_text())["digests"]["evidence"] == none


def test_the_build_of_the_file_does_not_matter(run, record):
    put(record, MISSENSE, "Likely pathogenic")
    for build in ("GRCh37", "GRCh38"):
        found = document(run(build, [row(MISSENSE, "1", build)], BOY, record, build=build)[0])
        assert codes(found, "CD40LG") == {"disease_genotype"}


@pytest.mark.parametrize("class_", ["Benign", "Uncertain significance", "Pathogenic"])
def test_no_word_of_the_laboratory_discloses_a_secondary_finding(run, record, class_):
    """Without consent the document is that of a person without the allele, whatever the laboratory calls it."""
    put(record, LYNCH, class_)
    beside = [row("PMS2:c.1621A>G", "0/1"), row(MISSENSE, "0/1")]
    with_it, code = run("with", [row(LYNCH, "0/1"), *beside], HEALTHY, record)
    without, _ = run("without", beside, HEALTHY, record)
    assert code == 0
    names = names_of(load_panel(), LYNCH)
    shown = {name: content for name, content in tree(with_it).items() if name not in ("ledger.tsv", "problems.tsv")}
    for content in shown.values():
        for trace in (names.key_grch38, names.key_grch37, "c.697C>T", "HA-REC", "Read the notes"):
            assert trace.encode() not in content
    aside = ("digest", "ledger", "provenance")
    first, second = ({k: v for k, v in document(one).items() if k not in aside} for one in (with_it, without))
    assert first == second
    evidence = [document(one)["provenance"]["evidence"] for one in (with_it, without)]
    assert evidence[0] == evidence[1]


def test_what_is_read_together_with_a_kept_back_allele_leaves_no_trace_either(run, record):
    put(record, LYNCH, "Benign")
    beside = row("PMS2:c.1621A>G", "0/1")
    with_it, code = run("with", [row(LYNCH, "1/1"), row("PMS2:c.698A>G", "1/1"), beside], HEALTHY, record)
    assert code == 0
    found = document(with_it)
    assert {one["hgvs"]["c"]["NM_000535.7"] for one in found["variants"]} == {"c.1621A>G"}
    assert b"c.69" not in (with_it / "reports" / "S1.json").read_bytes()


def test_with_consent_the_laboratory_is_heard_on_a_secondary_finding(run, record):
    put(record, LYNCH, "Benign")
    found = document(run("with", [row(LYNCH, "0/1")], {**HEALTHY, "consent_secondary": "yes"}, record)[0])
    assert "secondary_risk" not in codes(found, "PMS2")
    assert told(found) >= {"HA-REC-101"}


OBSERVE = "--record-observations"


def test_observations_are_written_once_and_only_when_asked(run, record):
    rows = [row(NULL, "1"), row(MISSENSE, "1")]
    run("quiet", rows, BOY, record)
    assert all_observed(record) == ()
    for _ in range(2):
        run("asked", rows, BOY, record, OBSERVE)
    (one,) = all_observed(record)
    assert (one.sample, one.digest) == ("S1", document(run("asked", rows, BOY, record)[0])["digest"])
    assert {seen.variant.key for seen in one.alleles} == {
        names_of(load_panel(), name).key_grch38 for name in (NULL, MISSENSE)
    }
    assert {seen.zygosity for seen in one.alleles} == {"hemi"}


def test_an_allele_counts_once_whatever_the_build_of_the_file(run, record):
    for sample, build in (("S1", "GRCh37"), ("S2", "GRCh38")):
        run(sample, [row(NULL, "1", build)], {**BOY, "sample": sample}, record, OBSERVE, build=build)
    samples, (count,) = counts(record)
    assert (samples, count.samples) == (2, 2)


def test_a_withheld_allele_is_not_put_on_record(run, record):
    run("with", [row(LYNCH, "0/1")], HEALTHY, record, OBSERVE)
    (one,) = all_observed(record)
    assert one.alleles == ()


def test_a_report_on_hold_is_not_counted(run, record):
    run("held", [row(NULL, "1")], {**BOY, "prior_hsct": "yes"}, record, OBSERVE)
    assert all_observed(record) == ()


def test_a_run_with_a_failed_sample_writes_nothing(record, tmp_path, capsys):
    write_demo(tmp_path / "in", load_panel())
    sheet = tmp_path / "in" / "more.tsv"
    sheet.write_text(
        "sample\tvcf\tvcf_sample\ngood\tdemo/GRCh37/aicda-homozygote.vcf\tpatient\nbad\tnothing.vcf\tpatient\n"
    )
    arguments = ["run", "--samples", str(sheet), "--out", str(tmp_path / "out"), "--record", str(record), OBSERVE]
    assert main(arguments) == 3
    assert "HA-REC-031" in capsys.readouterr().err
    assert all_observed(record) == ()


def test_a_record_that_cannot_be_used_stops_the_run_before_it_writes(run, record, tmp_path, capsys, monkeypatch):
    rows = [row(NULL, "1")]
    folder, code = run("missing", rows, BOY, tmp_path / "no.sqlite")
    assert (code, folder.exists()) == (2, False)
    (tmp_path / "bad.sqlite").write_bytes(b"nothing")
    folder, code = run("bad", rows, BOY, tmp_path / "bad.sqlite")
    assert (code, folder.exists()) == (2, False)
    folder, code = run("nowhere", rows, BOY, "", OBSERVE)
    assert (code, folder.exists()) == (2, False)
    assert "HA-REC-030" in capsys.readouterr().err
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    with store.writing(record):
        folder, code = run("locked", rows, BOY, record, OBSERVE)
    assert (code, folder.exists()) == (2, False)
    assert "HA-REC-004" in capsys.readouterr().err


def test_explain_shows_both_classes(record, capsys):
    put(record, MISSENSE, "Likely pathogenic", "--criteria", "PS4")
    capsys.readouterr()
    assert main(["explain", MISSENSE, "--record", str(record)]) == 0
    shown = capsys.readouterr().out
    for part in ("Likely pathogenic", "KS, 2026-01-10", "PS4", "Rules and sources: Uncertain significance"):
        assert part in shown
    assert main(["explain", MISSENSE, "--record", str(record), "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["class"], one["computed"]["class"]) == ("Likely pathogenic", "Uncertain significance")
    assert one["meanings"][0]["code"] == "disease_genotype"
    assert len(history(record)) == 1


def test_the_steps_of_the_workflow_write_the_same_bytes(run, record, tmp_path):
    put(record, MISSENSE, "Likely pathogenic")
    folder, _ = run("whole", [row(MISSENSE, "1")], BOY, record)
    sheet, out = str(tmp_path / "whole.tsv"), tmp_path / "steps"
    batch = ["--samples", sheet, "--batch", "0", "--batches", "1"]
    table = str(tmp_path / "alleles.json")
    assert main(["stage", "filter", *batch, "--out", str(tmp_path / "cut")]) == 0
    cut = str(tmp_path / "cut")
    assert (
        main(["stage", "annotate", "--table", table, "--vcf", str(tmp_path / "v"), "--record", str(record), cut]) == 0
    )
    # A class given between the steps waits for the next run: all batches of one run read the same record.
    put(record, MISSENSE, "Benign", dated="2026-02-01")
    problems = str(tmp_path / "problems.json")
    assert main(["stage", "report", *batch, "--alleles", table, "--problems", problems, "--out", str(out), cut]) == 0
    assert tree(out / "reports") == tree(folder / "reports")
    observed = ["--observations", str(record)]
    for _ in range(2):
        assert main(["stage", "gate", "--samples", sheet, "--out", str(out), *observed]) == 0
    assert [one.sample for one in all_observed(record)] == ["S1"]
