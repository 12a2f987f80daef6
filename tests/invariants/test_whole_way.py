"""Invariants of the design, held over the whole way from file to document."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from higm_annot import pipeline
from higm_annot.demo.write import demo_files
from higm_annot.group import Group
from higm_annot.intake.sheet import sheet_of_cells
from higm_annot.reference.contigs import accession
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig
from higm_annot.report.types import encode

# Design, invariant 1: the statements that reassure.
REASSURING = {"no_finding", "carrier", "secondary_risk"}
GENBANK = {Contig.CHR7: "CM000669.2", Contig.CHR12: "CM000674.2", Contig.CHR20: "CM000682.2", Contig.CHRX: "CM000685.2"}
DEMO = demo_files(load_panel())
GVCF = DEMO["demo/GRCh38/clean.g.vcf"].decode()
FAMILY = DEMO["demo/GRCh38/higm1-family.vcf"].decode()


def documents(folder, text, *cells):
    """Documents by sample id, made in this process from one VCF text."""
    path = folder / "input.vcf"
    path.write_text(text, encoding="utf-8")
    panel = load_panel()
    people = sheet_of_cells([{"vcf": str(path), **one} for one in cells]).people
    intakes = pipeline.intake_people(people, panel, None)
    alleles = pipeline.annotate_alleles(panel, pipeline.alleles_of(intakes), print)
    group = Group(intakes, alleles, panel)
    reports = (pipeline.report_on(intake, group)[0] for intake in intakes)
    return {report.sample.id: json.loads(encode(report)) for report in reports}


PATIENT = {"sample": "P", "vcf_sample": "patient", "sex": "female", "affected": "yes"}
BOY = {"sample": "B", "vcf_sample": "boy", "sex": "male", "affected": "yes", "mother": "M"}
MOTHER = {"sample": "M", "vcf_sample": "mother", "sex": "female", "affected": "no", "mode": "carrier"}


def reassurance(document):
    """Everything reassuring that a document says."""
    if document["status"] == "failed":
        return set()
    said = {(one["gene"], one["code"]) for one in document["conclusions"] if one["code"] in REASSURING}
    read = {(one["gene"], one["region"]) for one in document["assessment"] if one["status"] == "assessed"}
    return said | read | {one["key"] for one in document["variants"] if one["outside"] == "refuted"}


damage = st.sampled_from(["none", "drop", "no_call", "half_call", "no_depth", "no_quality", "filter"])


def damaged(line, how):
    """A record with less in it than before."""
    cells = line.split("\t")
    calls = [cell.split(":") for cell in cells[9:]]
    if how == "drop":
        return None
    if how == "filter":
        cells[6] = "LowQual"
    names = cells[8].split(":")
    for call in calls:
        if how == "no_call":
            call[0] = "./." if len(call[0]) > 1 else "."
        if how == "half_call" and len(call[0]) > 1:
            call[0] = f"./{call[0][-1]}"
        for name in {"no_depth": ("DP", "MIN_DP", "AD"), "no_quality": ("GQ",)}.get(how, ()):
            if name in names:
                call[names.index(name)] = "."
    return "\t".join([*cells[:9], *(":".join(call) for call in calls)])


def spoil(text, plan):
    lines = text.splitlines()
    body = [number for number, line in enumerate(lines) if not line.startswith("#")]
    for number, how in zip(body, plan, strict=True):
        lines[number] = damaged(lines[number], how)
    return "".join(line + "\n" for line in lines if line is not None)


def records(text):
    return sum(not line.startswith("#") for line in text.splitlines())


one_run = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@one_run
@given(st.lists(damage, min_size=records(GVCF), max_size=records(GVCF)))
def test_1_less_data_never_reassures_more(tmp_path, plan):
    whole = documents(tmp_path, GVCF, PATIENT)["P"]
    less = documents(tmp_path, spoil(GVCF, plan), PATIENT)["P"]
    assert reassurance(less) <= reassurance(whole)


@one_run
@given(st.lists(damage, min_size=records(FAMILY), max_size=records(FAMILY)))
def test_1_a_damaged_call_never_makes_a_carrier_or_a_negative(tmp_path, plan):
    whole = documents(tmp_path, FAMILY, BOY, MOTHER)
    less = documents(tmp_path, spoil(FAMILY, plan), BOY, MOTHER)
    for name in ("B", "M"):
        assert reassurance(less[name]) <= reassurance(whole[name])


def test_1_a_plain_vcf_is_never_assessed_and_says_so(tmp_path):
    for document in documents(tmp_path, FAMILY, BOY, MOTHER).values():
        assert {one["status"] for one in document["assessment"]} == {"not_assessed"}
        assert not any(one["code"] == "no_finding" for one in document["conclusions"])
        assert "not a negative result" in json.dumps(document)


def test_2_every_record_of_the_file_is_accounted_for(tmp_path):
    ledger = documents(tmp_path, GVCF, PATIENT)["P"]["ledger"]
    units = sum(len(line.split("\t")[4].split(",")) for line in GVCF.splitlines() if not line.startswith("#"))
    assert ledger["total"] == units
    assert ledger["balanced"]


NAMINGS = {
    "bare": str,
    "chr": lambda contig: f"chr{contig}",
    "RefSeq": lambda contig: accession(contig, Build.GRCH38),
    "GenBank": GENBANK.__getitem__,
}


@pytest.mark.parametrize("naming", NAMINGS)
def test_4_however_the_contigs_are_named_the_conclusions_are_the_same(tmp_path, naming):
    def renamed(text):
        for contig in Contig:
            new = NAMINGS[naming](contig)
            text = text.replace(f"ID=chr{contig},", f"ID={new},").replace(f"\nchr{contig}\t", f"\n{new}\t")
        return text

    def essence(found):
        # Where a record stood in the file, and by which names its build was known, are told as they are.
        return {
            name: [
                one["conclusions"],
                one["assessment"],
                one["ledger"],
                [{**v, "support": {**v["support"], "places": []}} for v in one["variants"]],
            ]
            for name, one in found.items()
        }

    for text, cells in ((FAMILY, (BOY, MOTHER)), (GVCF, (PATIENT,))):
        assert essence(documents(tmp_path, renamed(text), *cells)) == essence(documents(tmp_path, text, *cells))


def test_11_another_sample_in_the_file_changes_nothing(tmp_path):
    lines = FAMILY.splitlines()
    more = [
        line if line.startswith("##") else f"{line}\t{'OTHER' if line[0] == '#' else '0/1:9,9:18:99'}" for line in lines
    ]
    cells = {**BOY, "mother": ""}
    assert documents(tmp_path, "\n".join(more) + "\n", cells) == documents(tmp_path, FAMILY, cells)


def test_11_folder_and_file_name_are_no_part_of_the_digest(tmp_path):
    one, other = tmp_path / "a", tmp_path / "b"
    one.mkdir()
    other.mkdir()
    assert documents(one, GVCF, PATIENT) == documents(other, GVCF, PATIENT)


def test_11_the_digest_heeds_the_mother_and_the_sheet(tmp_path):
    def digest(*cells):
        return documents(tmp_path, FAMILY, *cells)["B"]["digest"]

    assert digest(BOY, MOTHER) != digest({**BOY, "mother": ""})
    assert digest({**BOY, "mother": ""}) != digest({**BOY, "mother": "", "affected": "no"})
