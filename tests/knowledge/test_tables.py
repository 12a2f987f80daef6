"""Every knowledge table is readable, typed, sourced and true of the sequence; a faulty one is refused by row."""

import csv
import hashlib
from importlib.resources import files

import pytest

from higm_annot.classification.types import Mechanism
from higm_annot.knowledge import tables
from higm_annot.knowledge.digest import digest, digest_of
from higm_annot.knowledge.rows import parse_table
from higm_annot.knowledge.texts import text, text_sources, texts
from higm_annot.problems import Refused
from higm_annot.reference.types import Gene

DATA = files("higm_annot").joinpath("knowledge", "data")
TABLES = sorted(item.name for item in DATA.iterdir() if item.name.endswith(".tsv"))


def rows_of(name):
    return list(csv.DictReader(DATA.joinpath(name).read_text().splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", [name for name in TABLES if name != "sources.tsv"])
def test_every_row_names_a_known_source(name):
    for number, row in enumerate(rows_of(name), 2):
        # The sentence and the sources of a fact are a row of texts.tsv.
        cited = (row.get("source") or "").split(";") if "fact" not in row else text_sources(f"fact.{row['fact']}")
        unknown = [key for key in cited if key not in tables.sources()]
        assert not unknown, f"{name} row {number}: {unknown}"


def test_every_source_can_be_found_again():
    for row in tables.sources().values():
        assert row.title
        assert row.kind
        assert row.pmid.isdigit() or not row.pmid, row.key
    assert len(tables.sources()) == len(rows_of("sources.tsv")), "a source key stands twice"


HEADER = "key\tvalue\tunit\tsource\tnote\n"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (HEADER.replace("unit", "units") + "a\t1\tx\tsoftware\t\n", "HA-KNO-001", 1),
        (HEADER.replace("\tnote", "") + "a\t1\tx\tsoftware\n", "HA-KNO-001", 1),
        (HEADER.replace("note", "unit") + "a\t1\tx\tsoftware\t\n", "HA-KNO-001", 1),
        (HEADER + "a\t1\tx\tsoftware\n", "HA-KNO-003", 2),
        (HEADER + "b\t2\tx\tsoftware\t\na\t1\tx\t\t\n", "HA-KNO-004", 3),
        ("", "HA-KNO-001", 1),
    ],
)
def test_a_faulty_table_is_refused_by_file_row_and_rule(content, code, line):
    with pytest.raises(Refused) as refused:
        parse_table(content, "thresholds.tsv", tables.Threshold)
    (found,) = refused.value.problems
    assert (found.code, found.file, found.line) == (code, "thresholds.tsv", line)


def test_an_unknown_word_is_refused():
    content = DATA.joinpath("listed_alleles.tsv").read_text().replace("dominant_negative", "dominantly_negative", 1)
    with pytest.raises(Refused) as refused:
        parse_table(content, "listed_alleles.tsv", tables.ListedAllele)
    (found,) = refused.value.problems
    assert found.code == "HA-KNO-002"
    assert "dominantly_negative" in found.message


def test_every_gene_has_facts_a_disease_and_its_limits():
    for gene in Gene:
        assert tables.genes()[gene].protein_length > 0
        assert any(disease.gene is gene for disease in tables.diseases().values())
        assert tables.threshold(f"PM2_{gene}") < tables.threshold(f"BS1_{gene}") < tables.threshold(f"BA1_{gene}")


def test_mechanism_words_are_those_of_the_classification():
    words = {row.mechanism for row in tables.listed_alleles().values()}
    words |= {row.mechanism for row in tables.mechanism_rules()}
    words |= {row.null_mechanism for row in tables.genes().values()}
    words |= {word for disease in tables.diseases().values() for word in disease.mechanisms}
    assert words <= {item.value for item in Mechanism}


def test_listed_alleles_belong_to_a_disease_with_their_mechanism():
    for allele in tables.listed_alleles().values():
        disease = tables.diseases()[allele.disease]
        assert disease.gene is allele.gene
        assert allele.mechanism in disease.mechanisms


def test_only_the_two_named_stops_are_dominant():
    dominant = {row.hgvs_p for row in tables.listed_alleles().values() if row.mechanism == "dominant_negative"}
    assert dominant == {"p.(Arg190Ter)", "p.(Leu189Ter)"}


def test_nothing_unverified_is_in_the_tables():
    for name in TABLES:
        assert "unverified" not in DATA.joinpath(name).read_text().lower(), name


def test_every_cap_has_its_sentence():
    for rule in tables.null_caps():
        assert text(f"cap.{rule.code}")


def test_sentences_fill_their_fields():
    assert text("criterion.PM2", frequency="1e-5", alleles=150000, dataset="gnomAD", limit="2e-5").startswith("Rare")
    assert text_sources("cap.ung1_only") == ("PMID:9016624", "clinical-review")
    with pytest.raises(KeyError):
        text("criterion.PM2", frequency="1e-5")
    with pytest.raises(KeyError):
        text("no.such.code")
    assert len(texts()) == len(rows_of("texts.tsv"))


def test_the_digest_covers_names_and_contents(tmp_path):
    (tmp_path / "a.tsv").write_text("1")
    (tmp_path / "b.tsv").write_text("2")
    before = digest_of(tmp_path)
    assert before == hashlib.sha256(b"a.tsv\x001\x001b.tsv\x001\x002").hexdigest()
    (tmp_path / "b.tsv").write_text("3")
    changed = digest_of(tmp_path)
    (tmp_path / "b.tsv").write_text("2")
    (tmp_path / "b.tsv").rename(tmp_path / "c.tsv")
    assert len({before, changed, digest_of(tmp_path)}) == 3
    assert digest() == digest_of(DATA)
