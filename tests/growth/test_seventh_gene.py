"""A seventh, invented gene is added by editing data files only; the program then reads, names, judges and prints it."""

from __future__ import annotations

import json

import jsonschema
import pytest

GENE, DISEASE = "NEWG1", "NEWD"
DATA = {".tsv", ".json", ".fa"}
LENGTHS = {
    "GRCh37": {"1": 249250621, "7": 159138663, "12": 133851895, "20": 63025520, "X": 155270560},
    "GRCh38": {"1": 248956422, "7": 159345973, "12": 133275309, "20": 64444167, "X": 156040895},
}
SAMPLES = {  # column of the VCF: sheet cells, genotype at c.77G>A, genotype at c.65A>G
    "patient": (("female", "yes", "diagnostic"), "1/1", "0/0"),
    "carrier": (("male", "no", "carrier"), "0/0", "0/1"),
    "nobody": (("unknown", "unknown", "diagnostic"), "0/0", "0/0"),
}


def test_only_data_files_differ(grown):
    after = {path.relative_to(grown.package): path.read_bytes() for path in grown.package.rglob("*") if path.is_file()}
    assert after.keys() == grown.before.keys()
    different = {path for path, content in after.items() if content != grown.before[path]}
    assert {path.suffix for path in different} == DATA
    assert {path.parts[0] for path in different} == {"reference", "knowledge", "report"}


@pytest.mark.parametrize("action", [("knowledge", "verify"), ("reference", "verify"), ("reference", "show", GENE)])
def test_the_copy_proves_itself(grown, action):
    done = grown.python("-m", "higm_annot", *action)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module", params=["GRCh37", "GRCh38"])
def reports(request, grown, tmp_path_factory):
    """Documents by sample, made by the copy's command line from a VCF of one build, and the folder they stand in."""
    build, folder = request.param, tmp_path_factory.mktemp("run")
    calls = sorted(
        (position, ref, alt, [sample[column] for sample in SAMPLES.values()])
        for column, (position, ref, alt) in ((1, grown.placing.nonsense[build]), (2, grown.placing.missense[build]))
    )
    lines = ["##fileformat=VCFv4.2", '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">']
    lines += [f"##contig=<ID={contig},length={length}>" for contig, length in LENGTHS[build].items()]
    lines.append("\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *SAMPLES]))
    lines += [
        "\t".join([grown.placing.contig, str(position), ".", ref, alt, "50", "PASS", ".", "GT", *genotypes])
        for position, ref, alt, genotypes in calls
    ]
    (folder / "in.vcf").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = ["sample\tvcf\tvcf_sample\tsex\taffected\tmode"]
    rows += ["\t".join([name, "in.vcf", name, *cells]) for name, (cells, _, _) in SAMPLES.items()]
    (folder / "samples.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    out = folder / "out"
    done = grown.python("-m", "higm_annot", "run", "--samples", folder / "samples.tsv", "--out", out)
    assert done.returncode == 0, done.stderr
    documents = {name: json.loads((out / "reports" / f"{name}.json").read_text()) for name in SAMPLES}
    return documents, out / "reports", build


def conclusion_on(document, gene):
    (found,) = [one for one in document["conclusions"] if one["gene"] == gene]
    return found


def test_two_nonsense_alleles_are_the_disease(reports, grown):
    """Codon 26 is c.76-78, TGG; c.77G>A makes it TAG, 73 bases before the last junction (c.151): decay is expected."""
    documents, _, build = reports
    patient = documents["patient"]
    found = conclusion_on(patient, GENE)
    assert (found["code"], found["disease"], found["status"]) == ("disease_genotype", DISEASE, "established")
    assert found["diplotype"]["hgvs"] == "NM_999999.1:c.[77G>A];[77G>A]"
    (variant,) = [one for one in patient["variants"] if one["gene"] == GENE]
    assert variant["hgvs"]["c"]["NM_999999.1"] == "c.77G>A"
    assert variant["hgvs"]["p"]["NM_999999.1"] == "p.(Trp26Ter)"
    assert variant["hgvs"]["g"] == grown.placing.g_names[build]
    position, ref, alt = grown.placing.nonsense["GRCh38"]
    assert variant["keys"]["GRCh38"] == f"GRCh38:{grown.placing.contig}:{position}:{ref}:{alt}"
    assert patient["headline"]["code"] == "disease_genotype"


def test_the_listed_allele_makes_a_carrier(reports):
    """Codon 22 is c.64-66, GAT (Asp); c.65A>G makes it GGT (Gly)."""
    documents, _, _ = reports
    found = conclusion_on(documents["carrier"], GENE)
    assert (found["code"], found["disease"]) == ("carrier", DISEASE)
    (variant,) = [one for one in documents["carrier"]["variants"] if one["gene"] == GENE]
    assert variant["hgvs"]["p"]["NM_999999.1"] == "p.(Asp22Gly)"


def test_everywhere_else_nothing_is_concluded(reports):
    documents, _, _ = reports
    for name, document in documents.items():
        said = {one["gene"]: one["code"] for one in document["conclusions"]}
        assert len(said) == 7, name
        others = {code for gene, code in said.items() if gene != GENE or name == "nobody"}
        assert others == {"not_assessed"}, name
        assert any(GENE in sentence for sentence in document["limits"])


def test_every_format_is_written(reports, grown):
    documents, folder, _ = reports
    schema = json.loads((grown.package / "report" / "data" / "report.schema.json").read_text())
    for name, document in documents.items():
        jsonschema.validate(document, schema)
        assert GENE in (folder / f"{name}.html").read_text()
        assert GENE in (folder / f"{name}.tsv").read_text()
    assert "c.77G&gt;A" in (folder / "patient.html").read_text()


def test_the_build_command_makes_the_same_locus(shared, grown, tmp_path):
    """What the documentation tells people to do, with the records of all seven genes."""
    for path in (*(shared / "reference" / "lrg").glob("LRG_*.xml"), *grown.records.iterdir()):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    done = grown.python("-m", "higm_annot", "reference", "build", tmp_path, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    data = grown.package / "reference" / "data"
    built, here = (json.loads((folder / "loci.json").read_text()) for folder in (tmp_path / "out", data))
    assert built["loci"] == here["loci"]
    assert built["contigs"] == here["contigs"]
    for name in ("GRCh37.fa", "GRCh38.fa"):
        assert (tmp_path / "out" / name).read_bytes() == (data / name).read_bytes()
