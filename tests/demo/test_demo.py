"""The demonstration families: concluded as written down beforehand, on both builds, and made byte for byte.

``expected.tsv`` was written by hand from the design, the clinical corrections and the facts. Its gene ``*`` stands for
every gene of that person that has no row of its own.
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import pysam
import pytest

from higm_annot.cli import main
from higm_annot.demo.recipe import table
from higm_annot.demo.write import SHEETS, demo_files
from higm_annot.intake.sheet import read_sheet
from higm_annot.knowledge.texts import text
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

ROOT = Path(__file__).parents[2]
EXPECTED: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
for _row in csv.DictReader((Path(__file__).parent / "expected.tsv").read_text().splitlines(), delimiter="\t"):
    EXPECTED[_row["sample"]][_row["gene"]].append(_row)
PEOPLE = table("samples.tsv")
BUILDS = list(SHEETS)
ON_HOLD = {"DEMO-transplanted"}
GOLDEN = Path(__file__).with_name("golden")
# Digests and versions, and sentences about the program that every report has: held elsewhere.
NOT_GOLDEN = {"digest", "provenance", "limits", "background"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("demo")
    assert main(["demo", str(place)]) == 0
    return place


@pytest.fixture(scope="module")
def runs(folder):
    """Every report of the demonstration, by build and sample."""
    found = {}
    for build, sheet in SHEETS.items():
        out = folder / f"out.{build}"
        assert main(["run", "--samples", str(folder / sheet), "--out", str(out)]) == 0
        found[build] = {path.stem: json.loads(path.read_text()) for path in (out / "reports").glob("*.json")}
    return found


@pytest.mark.parametrize("sample", [row["sample"] for row in PEOPLE])
def test_golden(runs, sample):
    """After a wanted change: ``HIGM_UPDATE_GOLDEN=1 pytest tests/demo``, then read the difference."""
    document = {name: value for name, value in runs[Build.GRCH38][sample].items() if name not in NOT_GOLDEN}
    found = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    path = GOLDEN / f"{sample}.json"
    if os.environ.get("HIGM_UPDATE_GOLDEN"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def conclusion_row(one):
    """What a conclusion says, in the columns of ``expected.tsv``."""
    diplotype = (one["diplotype"] or {}).get("hgvs") or ""
    return one["gene"], one["disease"], one["code"], one["status"], one["if_confirmed"] or "", diplotype


def expected_rows(sample, found):
    """The rows written beforehand, one for each gene; an unnamed disease of a gene without finding is not compared."""
    unnamed = {(gene, code): disease for gene, disease, code, *_ in found}
    rows = []
    for gene in Gene:
        for row in EXPECTED[sample].get(gene) or EXPECTED[sample]["*"]:
            disease = row["disease"] or unnamed.get((gene, row["conclusion"]), "")
            rows.append((str(gene), disease, row["conclusion"], row["status"], row["if_confirmed"], row["diplotype"]))
    return rows


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("sample", EXPECTED)
def test_conclusions_are_those_written_down_beforehand(runs, build, sample):
    report = runs[build][sample]
    found = [conclusion_row(one) for one in report["conclusions"]]
    assert Counter(found) == Counter(expected_rows(sample, found))
    assert report["status"] == "complete"
    assert report["release"] == ("hold" if sample in ON_HOLD else "ready")


@pytest.mark.parametrize("build", BUILDS)
def test_nobody_is_left_out(runs, build):
    people = [row["sample"] for row in PEOPLE]
    assert sorted(runs[build]) == sorted(people) == sorted(EXPECTED)


# Both builds ----------------------------------------------------------------------------------------------------------

PLACES = re.compile(r"NC_0000\d\d\.\d+:g\.\S+?(del|dup|inv|>|ins|=)")


def free_of_places(value, renamed):
    """A document without what belongs to the build: keys numbered as they come, genomic names, places and digests."""
    if isinstance(value, dict):
        return {
            renamed.setdefault(key, f"allele {len(renamed)}") if key.startswith("GRCh") else key: free_of_places(
                one, renamed
            )
            for key, one in value.items()
            if key not in ("start", "end", "g", "on_genome", "keys", "places", "spdi", "vrs", "digest", "provenance")
        }
    if isinstance(value, list):
        return [free_of_places(one, renamed) for one in value]
    if isinstance(value, str):
        if value.startswith(("GRCh37:", "GRCh38:")):
            return renamed.setdefault(value, f"allele {len(renamed)}")
        return PLACES.sub("[place]", value)
    return value


def asked_in_both(report):
    """The report without what was asked of an allele that one build alone can express."""
    variants = [one if len(one["keys"]) == len(BUILDS) else {**one, "asked": []} for one in report["variants"]]
    return {**report, "variants": variants}


@pytest.mark.parametrize("sample", EXPECTED)
def test_the_two_builds_differ_in_places_only(runs, sample):
    """And in one limit: where the pseudogenes lie is known in GRCh38 only.

    The snapshot is keyed in GRCh38: of a change that reaches past the embedded sequence it knows nothing in GRCh37.
    """
    shown = {build: free_of_places(asked_in_both(runs[build][sample]), {}) for build in BUILDS}
    only = text("limits.pseudogene_place")
    assert {build: only in one["limits"] for build, one in shown.items()} == {"GRCh37": True, "GRCh38": False}
    one, other = ({**one, "limits": [said for said in one["limits"] if said != only]} for one in shown.values())
    assert one == other


def test_the_two_builds_do_differ_in_places(runs):
    one, other = (runs[build]["DEMO-CD40-trans"] for build in BUILDS)
    assert one["digest"] != other["digest"]
    assert {v["key"] for v in one["variants"]}.isdisjoint(v["key"] for v in other["variants"])


# What single families are there to show -------------------------------------------------------------------------------


def variant(report, name):
    return next(v for v in report["variants"] if v["hgvs"]["c"].get(v["transcript"]) == name)


@pytest.mark.parametrize("build", BUILDS)
def test_a_new_mutation_is_told_from_measured_parents(runs, build):
    assert variant(runs[build]["DEMO-HIGM1-denovo"], "c.198del")["origin"] == "apparently_de_novo"
    assert variant(runs[build]["DEMO-CD40-trans"], "c.247T>C")["origin"] == "paternal"
    assert variant(runs[build]["DEMO-CD40-trans"], "c.256+2T>C")["origin"] == "maternal"


@pytest.mark.parametrize("build", BUILDS)
def test_a_brother_reads_that_the_familys_allele_was_looked_for_and_is_not_in_him(runs, build):
    report = runs[build]["DEMO-HIGM1-brother"]
    (item,) = report["family_alleles"]
    assert (item["gene"], item["name"]) == ("CD40LG", "c.340del")
    assert (item["state"], item["basis"]) == ("hom_ref", "reference_evidence")
    assert item["carried_by"] == ["mother", "maternal_brother"]
    assert any("c.340del" in line and "looked for here and not found" in line for line in report["headline"]["detail"])
    assert {one["role"]: one["affected"] for one in report["pedigree"]} == {"mother": "no", "maternal_brother": "yes"}


@pytest.mark.parametrize("build", BUILDS)
def test_parents_who_were_tested_are_not_sent_for(runs, build):
    for sample in ("DEMO-CD40-trans", "DEMO-HIGM1-vus"):
        tests = [test for one in runs[build][sample]["conclusions"] for test in one["next_tests"]]
        assert tests
        assert not any("Test both parents" in test for test in tests)
    denovo = runs[build]["DEMO-HIGM1-denovo"]["conclusions"][0]
    assert "apparently_new_mother" in denovo["why"]
    assert variant(runs[build]["DEMO-HIGM1-denovo"], "c.198del")["de_novo"] == "parents_measured"
    assert any("germline mosaic" in line for line in runs[build]["DEMO-HIGM1-denovo-mother"]["headline"]["detail"])


@pytest.mark.parametrize("build", BUILDS)
def test_the_uncertain_allele_has_one_class_in_the_boy_and_his_mother(folder, runs, build):
    lines = (folder / f"out.{build}/summary.tsv").read_text().splitlines()
    rows = [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]
    boy = variant(runs[build]["DEMO-HIGM1-vus"], "c.368C>T")
    mother = variant(runs[build]["DEMO-HIGM1-vus-mother"], "c.368C>T")
    assert boy["allele_class"]["class"] == mother["allele_class"]["class"] == "Uncertain significance"
    assert boy["case_class"] == mother["case_class"] == "Uncertain significance"
    assert [(one["code"], one["points"]) for one in boy["case"]["criteria"]] == [("PP4", 1)]  # no CD40 ligand, by flow
    assert mother["case"] is None  # the row of an allele that no conclusion names
    assert [row["conclusion"] for row in rows if row["sample"] == "DEMO-HIGM1-vus-mother"].count("carrier") == 0


@pytest.mark.parametrize("build", BUILDS)
def test_a_family_reads_one_class_and_the_same_criteria_of_each_of_its_alleles(runs, build):
    """PM3 asks for both alleles of the girl to be shown to be rare, which no embedded source does."""
    for name, parent in (("c.256+2T>C", "mother"), ("c.247T>C", "father")):
        girl = variant(runs[build]["DEMO-CD40-trans"], name)["case"]
        assert girl == variant(runs[build][f"DEMO-CD40-trans-{parent}"], name)["case"]
        assert {one["code"]: one["reason"] for one in girl["judged"]}["PM3"] == "rarity_not_shown"


@pytest.mark.parametrize("build", BUILDS)
def test_an_exon_without_reads_is_the_only_one_missing_in_the_boy(runs, build):
    report = runs[build]["DEMO-HIGM1-dropout"]
    missing = [one["region"] for one in report["assessment"] if one["gene"] == "CD40LG" and one["status"] != "assessed"]
    assert missing == ["exon 3"]


@pytest.mark.parametrize("build", BUILDS)
def test_reads_everywhere_do_not_clear_an_exon_with_a_twin(runs, build):
    status = {
        (one["gene"], one["region"]): (one["status"], one["basis"])
        for one in runs[build]["DEMO-clean-gvcf"]["assessment"]
    }
    firewalled = [("PMS2", f"exon {number}") for number in (9, 11, 12, 13, 14, 15)]
    firewalled += [("IKBKG", f"exon {number}") for number in range(3, 11)]
    for region in firewalled:
        assert status[region] == ("not_assessed", "paralogue"), region
    assert status["PMS2", "exon 10"][0] == status["IKBKG", "exon 2"][0] == "assessed"
    others = {key: value[0] for key, value in status.items() if key not in firewalled}
    assert set(others.values()) == {"assessed"}


@pytest.mark.parametrize("build", BUILDS)
def test_the_hold_says_nothing_of_its_reason_in_the_report(folder, runs, build):
    assert "transplant" in (folder / f"out.{build}/problems.tsv").read_text()
    assert runs[build]["DEMO-transplanted"]["problems"] == []


@pytest.mark.parametrize("build", BUILDS)
def test_a_finding_without_consent_leaves_no_trace(folder, tmp_path, runs, build):
    """Her report equals that of a woman without the allele; digest and counts are all that tells."""
    source = folder / f"demo/{build}/pms2-no-consent.vcf"
    lines = source.read_text().splitlines(keepends=True)
    without = [line for line in lines if "0/1:26,28:54:99" not in line]
    assert len(without) == len(lines) - 1
    (tmp_path / source.name).write_text("".join(without))
    header, *rows = (folder / SHEETS[build]).read_text().splitlines()
    (row,) = (row for row in rows if row.startswith("DEMO-PMS2-no-consent\t"))
    (tmp_path / "samples.tsv").write_text(f"{header}\n{row.replace(f'demo/{build}/', '')}\n")
    out = tmp_path / "out"
    assert main(["run", "--samples", str(tmp_path / "samples.tsv"), "--out", str(out)]) == 0
    plain = json.loads((out / "reports/DEMO-PMS2-no-consent.json").read_text())
    report = runs[build]["DEMO-PMS2-no-consent"]

    def shown(document):
        made = document["provenance"] | {"cut_records": None}
        return document | {"digest": None, "provenance": made}

    assert shown(report) == shown(plain)
    for suffix in ("html", "tsv"):
        texts = []
        for document, place in ((report, folder / f"out.{build}"), (plain, out)):
            text = (place / f"reports/DEMO-PMS2-no-consent.{suffix}").read_text()
            digests = [document["digest"], *document["provenance"]["cut_records"].values()]
            for digest in digests:
                text = text.replace(digest, "DIGEST")
            texts.append(text)
        assert "c.697C>T" not in texts[0]
        assert texts[0] == texts[1]


# The recipe and its files ---------------------------------------------------------------------------------------------


def test_the_committed_files_are_what_the_command_writes():
    contents = demo_files(load_panel())
    for name, content in contents.items():
        assert (ROOT / "config" / name).read_bytes() == content, name
    committed = {str(path.relative_to(ROOT / "config")) for path in (ROOT / "config/demo").rglob("*") if path.is_file()}
    assert committed == {name for name in contents if name.startswith("demo/")}


def test_findings_that_the_genotype_does_not_explain_are_told(runs):
    """By hand, from GeneDx-HIGM2 and the corrections: with AID deficiency opportunists are typically not seen."""
    for found in runs.values():
        (remark,) = found["DEMO-AICDA-discordant"]["phenotype"]["comparison"][0]["remarks"]
        assert "Pneumocystis jirovecii pneumonia: found, and not expected" in remark["text"]
        assert found["DEMO-AICDA-discordant"]["phenotype"]["differential"][0]["disease"] == "HIGM1"
        assert found["DEMO-HIGM1-denovo"]["phenotype"]["comparison"][0]["remarks"] == []
        flow = found["DEMO-HIGM1-vus"]["phenotype"]["differential"][0]
        assert (flow["disease"], flow["reasons"][0]["finding"]) == ("HIGM1", "cd40l_absent")


def test_it_overwrites_nothing(tmp_path, capsys):
    (tmp_path / "samples.tsv").write_text("mine\n")
    assert main(["demo", str(tmp_path)]) == 2
    assert "HA-RUN-001" in capsys.readouterr().err
    assert (tmp_path / "samples.tsv").read_text() == "mine\n"
    assert not (tmp_path / "demo").exists()


def test_the_sheets_name_the_same_people_and_every_file(folder):
    sheets = {build: read_sheet(str(folder / name)).people for build, name in SHEETS.items()}
    used = set()
    for people in sheets.values():
        assert [person.sample for person in people] == [row["sample"] for row in PEOPLE]
        used |= {
            Path(name) for one in people for name in (one.vcf, one.coverage, one.outside_calls, one.phenotype) if name
        }
    written = {path for path in (folder / "demo").rglob("*") if path.is_file()}
    assert {path.resolve() for path in used} == {path.resolve() for path in written}
    assert not any(person.partner for people in sheets.values() for person in people)


def test_every_row_of_the_recipe_is_used_and_tells_its_source():
    files, records = table("files.tsv"), table("records.tsv")
    assert {row["file"] for row in records} <= {row["file"] for row in files} == {row["vcf"] for row in PEOPLE}
    assert {(row["file"], name) for row in files for name in row["samples"].split(" ")} == {
        (row["vcf"], row["vcf_sample"]) for row in PEOPLE
    }
    assert all(row["source"] and row["name"] for row in records)
    samples = {row["file"]: len(row["samples"].split(" ")) for row in files}
    assert all(len(row["calls"].split(" ")) == samples[row["file"]] for row in records)


@pytest.mark.parametrize("build", BUILDS)
def test_every_record_has_the_name_its_source_gives_and_common_ones_are_harmless(runs, build):
    named = defaultdict(set)
    for report in runs[build].values():
        for one in report["variants"]:
            coding = one["hgvs"]["c"].get(one["transcript"])
            name = f"{one['transcript']}:{coding}" if coding else one["hgvs"]["g"]
            named[name].add(one["allele_class"]["class"] if one["allele_class"] else "")
    recipe = {
        row["name"]: row["source"]
        for row in table("records.tsv")
        if build is Build.GRCH38 or not row["name"].startswith("NC_")
    }
    found = {name for name in named if build is Build.GRCH38 or not name.startswith("NC_")}
    assert found == set(recipe)
    for name, source in recipe.items():
        assert (source == "common variant") == (named[name] <= {"Benign", "Likely benign"}), name


@pytest.mark.parametrize("build", BUILDS)
def test_other_tools_read_every_file(folder, build):
    """htslib reads each record, and every REF is the reference base (which intake would set aside otherwise)."""
    paths = sorted((folder / f"demo/{build}").glob("*.vcf*"))
    assert len(paths) == len(table("files.tsv"))
    for path in paths:
        with pysam.VariantFile(str(path)) as opened:
            assert sum(1 for _ in opened) > 0, path.name
    compressed = [path for path in paths if path.suffix == ".gz"]
    assert compressed
    for path in compressed:
        done = subprocess.run(["gzip", "-dc", str(path)], capture_output=True, check=True)
        assert done.stdout.startswith(b"##fileformat=VCF")


@pytest.mark.parametrize("build", BUILDS)
def test_nothing_of_the_demonstration_is_set_aside(runs, build):
    for sample, report in runs[build].items():
        assert report["ledger"]["balanced"], sample
        assert set(report["ledger"]["set_aside_by_rule"]) <= {"reference_block_marker"}, sample


def test_the_recipe_holds_many_kinds_of_files():
    contents = demo_files(load_panel())
    assert any(name.endswith(".vcf.gz") for name in contents)
    assert any(name.endswith(".g.vcf") for name in contents)
    assert any(name.endswith(".bed") for name in contents)
    joined = b"".join(content for name, content in contents.items() if name.startswith("demo/GRCh38"))
    for form in (b"GT:AD:DP:GQ:PS", b"<NON_REF>", b"<DEL>", b"\t0|1:", b"\t1:0,", b"\t0:"):
        assert form in joined
    assert b"\nchrX\t" in contents["demo/GRCh38/higm1-family.vcf"]
    assert b"\nX\t" in contents["demo/GRCh37/higm1-family.vcf"]
