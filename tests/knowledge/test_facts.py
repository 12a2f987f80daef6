"""The facts that reports print: worded, sourced, reachable, each printed once; a faulty table is refused."""

from collections import Counter
from itertools import product

import pytest

from higm_annot.intake.types import Sex
from higm_annot.interpretation.disease_table import Context, disease_rows
from higm_annot.interpretation.profile import statements
from higm_annot.interpretation.types import ConclusionCode
from higm_annot.knowledge.facts import Fact, facts, facts_of
from higm_annot.knowledge.rows import parse_table
from higm_annot.knowledge.tables import diseases, sources
from higm_annot.knowledge.texts import texts
from higm_annot.problems import Refused

FIELDS = {"gene": "", "disease": "", "variants": "", "count": 1}
MOST = {"urgent": 4, "picture": 8, "laboratory": 6, "management": 8, "transplant": 5, "family": 6, "test": 4}


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.fact)
def test_a_fact_is_worded_and_sourced(fact):
    row = texts()[f"fact.{fact.fact}"]
    assert row.text.endswith(".")
    assert row.source
    assert "software" not in row.source
    assert all(sources()[key].kind != "memory" for key in row.source)
    assert set(fact.disease) <= diseases().keys()


def test_every_sentence_of_a_fact_has_its_fact_and_every_fact_one_row():
    names = [fact.fact for fact in facts()]
    assert {code.removeprefix("fact.") for code in texts() if code.startswith("fact.")} == set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.fact)
def test_a_fact_can_be_printed(fact):
    codes = set(ConclusionCode) if fact.code == ("*",) else set(fact.code)
    assert codes <= set(ConclusionCode)
    if fact.disease:
        told = {(row.disease, row.code) for row in disease_rows()}
        # A disease genotype that rests on a poor call is held to be possible only.
        told |= {(disease, "possible_disease_genotype") for disease, code in told if code == "disease_genotype"}
        assert all(any((disease, code) in told for code in codes) for disease in fact.disease)
        assert all(any((disease, code) in told for disease in fact.disease) for code in codes)


def test_no_conclusion_is_told_more_than_can_be_read():
    for disease, code, sex, context in product(diseases(), ConclusionCode, Sex, Context):
        found = statements(disease, FIELDS, code=code, sex=sex, context=context)
        assert len({one.text for one in found}) == len(found)
        for topic, count in Counter(one.topic for one in found).items():
            assert count <= MOST.get(topic, 3), (disease, code, topic, count)


def test_no_dose_is_urgent():
    for fact in facts():
        if fact.topic == "urgent":
            assert not any(unit in texts()[f"fact.{fact.fact}"].text for unit in ("mg/kg", "g/kg", " mg "))


def test_facts_of_the_whole_report_are_apart():
    assert {fact.topic for fact in facts_of("")} == {"general", "outside_panel"}
    assert all(fact.topic not in ("general", "outside_panel") for fact in facts() if fact.disease)


HEADER = "fact\ttopic\tdisease\tcode\tsex\tcontext\tstatus\tnote\n"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (HEADER.replace("note", "remark") + "a\tpicture\tHIGM1\t*\t*\t*\tsource-read\t\n", "HA-KNO-001", 1),
        (HEADER + "a\tgossip\tHIGM1\t*\t*\t*\tsource-read\t\n", "HA-KNO-002", 2),
        (HEADER + "a\tpicture\tHIGM1\t*\t*\t*\tunverified-memory\t\n", "HA-KNO-002", 2),
        (HEADER + "a\tpicture\tHIGM1\t*\n", "HA-KNO-003", 2),
    ],
)
def test_a_faulty_table_is_refused(content, code, line):
    with pytest.raises(Refused) as refused:
        parse_table(content, "facts.tsv", Fact)
    (found,) = refused.value.problems
    assert (found.code, found.file, found.line) == (code, "facts.tsv", line)
