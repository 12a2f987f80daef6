"""The published contract: field names of the design, and a schema that documents satisfy."""

import json

import jsonschema
import pytest

from higm_annot.report.document import failed
from higm_annot.report.schema import committed_schema, schema, schema_bytes
from higm_annot.report.types import encode

# Field names as the design fixes them; `expected_phenotype` comes with the phenotype room, additions are allowed.
TOP = [
    "schema",
    "digest",
    "status",
    "release",
    "sample",
    "headline",
    "problems",
    "conclusions",
    "variants",
    "assessment",
    "ledger",
    "provenance",
]
SAMPLE = {"id", "sex", "mode", "family"}
CONCLUSION = {
    "gene",
    "disease",
    "code",
    "status",
    "if_confirmed",
    "why",
    "inheritance",
    "diplotype",
    "variants",
    "next_tests",
    "sources",
}
VARIANT = {
    "key",
    "gene",
    "state",
    "phase",
    "support",
    "hgvs",
    "consequences",
    "paralogue",
    "evidence",
    "allele_class",
    "case_class",
    "flags",
}
ASSESSMENT = {"gene", "region", "status", "basis"}


@pytest.fixture
def document(made):
    return json.loads(encode(made.boy()))


def test_field_names_are_those_of_the_contract(document):
    assert [name for name in document if name in TOP] == TOP
    assert set(document["sample"]) >= SAMPLE
    assert set(document["sample"]["sex"]) == {"declared", "observed", "verdict"}
    assert set(document["conclusions"][0]) >= CONCLUSION
    assert set(document["conclusions"][0]["diplotype"]) == {"hgvs", "phase"}
    assert set(document["variants"][0]) >= VARIANT
    assert set(document["variants"][0]["hgvs"]) == {"g", "c", "p"}
    assert set(document["variants"][0]["allele_class"]) >= {"class", "points", "criteria"}
    assert set(document["variants"][0]["allele_class"]["criteria"][0]) >= {"code", "strength", "evidence", "source"}
    assert set(document["assessment"][0]) >= ASSESSMENT


def test_committed_schema_is_that_of_the_types():
    """After a change: write ``schema_bytes()`` to ``higm_annot/report/data/report.schema.json``."""
    assert committed_schema() == schema_bytes()


def test_documents_satisfy_the_schema(made, document):
    validator = jsonschema.Draft202012Validator(schema())
    validator.check_schema(schema())
    validator.validate(document)
    validator.validate(json.loads(encode(failed(made.intake(problems=(made.ERROR,)), made.PANEL))))


@pytest.mark.parametrize("name", TOP)
def test_schema_asks_for_every_top_field(document, name):
    del document[name]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate(document)
