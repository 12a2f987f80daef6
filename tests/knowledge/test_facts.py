"""The facts that reports print: worded, sourced, reachable, each printed once; a faulty table is refused."""

import re
import shutil
from collections import Counter
from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest

from higm_annot.intake.types import Sex
from higm_annot.interpretation.disease_table import Context, disease_rows
from higm_annot.interpretation.profile import statements
from higm_annot.interpretation.types import ConclusionCode
from higm_annot.knowledge.check import knowledge_faults
from higm_annot.knowledge.facts import Fact, facts, facts_of
from higm_annot.knowledge.rows import parse_table
from higm_annot.knowledge.tables import diseases, sources
from higm_annot.knowledge.texts import texts
from higm_annot.problems import Refused

DATA = Path(str(files("higm_annot").joinpath("knowledge", "data")))
FIELDS = {"gene": "", "disease": "", "variants": "", "count": 1}
# What can be read in one conclusion; the topics of one tuple are counted together.
MOST = {
    ("urgent",): 4,
    ("picture",): 7,
    ("laboratory",): 6,
    ("onset", "course"): 3,
    ("mechanism",): 3,
    ("test",): 3,
    ("management",): 8,
    ("transplant",): 5,
    ("family",): 6,
    ("plain",): 3,
    ("general",): 9,
    ("outside_panel",): 7,
}
TOLD_TO_WHOM = [
    line.split("\t")
    for line in Path(__file__).with_name("told_to_whom.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
DISEASE = {"disease_genotype", "possible_disease_genotype"}
OWN = {"derived", "clinical-review"}  # the project's own reasoning, which no source was read for
# Summaries without an author: they support a statement, they do not carry one.
WEAK = re.compile(r"adenine-|experts123|krebs-|pathway\.md-|sugi-|broad-wiki-")


def sentence(fact):
    return texts()[f"fact.{fact.fact}"]


def axis(cell, values):
    return tuple(values) if cell == ("*",) else cell


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.fact)
def test_a_fact_is_worded_and_sourced(fact):
    row = sentence(fact)
    assert row.text.endswith(".")
    assert len(re.findall(r"[.?!](?= [A-Z]|$)", row.text)) <= 2
    assert row.source
    assert "software" not in row.source
    assert set(row.source) <= sources().keys()
    assert set(fact.disease) <= diseases().keys()


def test_no_source_of_a_fact_is_memory():
    """Neither by its kind nor by its name; the kinds a source may have do not even include it."""
    for fact in facts():
        for key in sentence(fact).source:
            assert sources()[key].kind != "memory"
            assert "memory" not in key


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.fact)
def test_the_status_of_a_fact_fits_its_sources(fact):
    read = set(sentence(fact).source) - OWN
    if fact.status == "derived":
        assert set(sentence(fact).source) & OWN
    else:
        assert fact.status == "source-read"
        assert read
    strong = {key for key in read if not WEAK.match(key)}
    assert strong or not read or OWN & set(sentence(fact).source)


def test_every_sentence_of_a_fact_has_its_fact_and_every_fact_one_row():
    names = [fact.fact for fact in facts()]
    assert {code.removeprefix("fact.") for code in texts() if code.startswith("fact.")} == set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("fact", [one for one in facts() if one.disease], ids=lambda fact: fact.fact)
def test_a_fact_is_printed_for_every_conclusion_it_names(fact):
    """Some row of the disease table leads to each pair of its diseases and codes, and to each sex it names."""
    rows = {(row.disease, row.code, sex) for row in disease_rows() for sex in axis(row.sex, Sex)}
    # A disease genotype that rests on a poor call is held to be possible only.
    rows |= {(disease, "possible_disease_genotype", sex) for disease, code, sex in rows if code == "disease_genotype"}
    told = {(disease, code) for disease, code, _ in rows}
    assert set(product(fact.disease, fact.code)) <= told
    if fact.sex != ("*",):
        assert all(any((d, c, sex) in rows for d, c in product(fact.disease, fact.code)) for sex in fact.sex)


@pytest.mark.parametrize("fact", [one for one in facts() if not one.disease], ids=lambda fact: fact.fact)
def test_a_fact_of_the_whole_report_names_codes_of_headlines(fact):
    assert set(axis(fact.code, ConclusionCode)) <= set(ConclusionCode)
    assert fact.topic in ("general", "outside_panel")


def test_nothing_is_told_twice_or_more_than_can_be_read():
    for disease, code, sex, context in product(("", *diseases()), ConclusionCode, Sex, Context):
        found = statements(disease, FIELDS, code=code, sex=sex, context=context)
        assert len({one.fact for one in found}) == len({one.text for one in found}) == len(found)
        count = Counter(one.topic for one in found)
        for topics, most in MOST.items():
            assert sum(count[topic] for topic in topics) <= most, (disease, code, sex, topics)


@pytest.mark.parametrize("row", TOLD_TO_WHOM, ids=lambda row: " ".join(row[:4]))
def test_who_is_told_what(row):
    """``told_to_whom.tsv``: what must be told to such a person, and of which topics nothing."""
    disease, code, sex, context, tells, never, _ = row
    found = statements(disease, FIELDS, code=code, sex=sex, context=context)
    assert set(filter(None, tells.split(";"))) <= {one.fact for one in found}
    assert not set(never.split(";")) & {one.topic for one in found}


def test_nobody_without_a_disease_genotype_is_told_its_treatment_or_course():
    for disease, code, sex, context in product(diseases(), ConclusionCode, Sex, Context):
        topics = {one.topic for one in statements(disease, FIELDS, code=code, sex=sex, context=context)}
        if code not in DISEASE:
            assert not topics & {"transplant", "onset", "course"}, (disease, code, sex, context)
            assert "management" not in topics or (disease, code) == ("LYNCH4", "secondary_risk")
        if context == Context.PRENATAL:
            assert not topics & {"management", "transplant", "laboratory"}, (disease, code)


def test_transplantation_is_told_where_it_is_weighed_and_nowhere_else():
    told = {disease for disease in diseases() for one in facts_of(disease) if one.topic == "transplant"}
    assert told == {"HIGM1", "HIGM3", "EDAID1"}
    for disease in ("HIGM2", "HIGM2AD", "HIGM5"):
        found = statements(disease, FIELDS, code="disease_genotype", sex="male", context="indicated")
        assert "transplantation is usually not considered" in " ".join(one.text for one in found)


def test_no_two_facts_say_the_same():
    said = [sentence(fact).text for fact in facts()]
    assert len(said) == len(set(said))


def test_every_topic_has_its_limit():
    assert {fact.topic for fact in facts()} <= {topic for topics in MOST for topic in topics}


def test_every_disease_has_its_picture_and_its_words_for_the_family():
    for disease in diseases():
        topics = {fact.topic for fact in facts_of(disease)}
        assert {"picture", "family"} <= topics, disease


def test_an_infant_with_a_combined_immunodeficiency_is_urgent():
    for disease in ("HIGM1", "HIGM3", "EDAID1"):
        found = statements(disease, FIELDS, code="disease_genotype", sex="male", context="indicated")
        urgent = " ".join(one.text for one in found if one.topic == "urgent")
        assert "immunologist at once" in urgent
        assert "live vaccines" in urgent
        assert "do not wait" in urgent


def test_the_share_of_inherited_and_new_variants_is_told_to_the_boy_and_not_to_his_mother():
    boy = statements("HIGM1", FIELDS, code="disease_genotype", sex="male", context="indicated")
    mother = statements("HIGM1", FIELDS, code="carrier", sex="female", context="screening")
    assert any("70 %" in one.text and "30 %" in one.text for one in boy)
    assert not any("30 %" in one.text for one in mother)
    assert {"cd40lg_prenatal", "cd40lg_carrier_children"} <= {one.fact for one in mother}


def test_an_unborn_carrier_is_not_told_as_if_the_next_pregnancies_were_hers():
    """Where her father has the allele, no further son of the parents is at risk."""
    girl = {one.fact for one in statements("HIGM1", FIELDS, code="carrier", sex="female", context="prenatal")}
    assert "cd40lg_carrier_fetus" in girl
    assert "cd40lg_carrier_children" not in girl


def test_no_dose_is_urgent_and_no_interval_of_cancer_surveillance_is_printed():
    for fact in facts():
        if fact.topic == "urgent":
            assert not re.search(r"\d+ ?(mg|g)\b", sentence(fact).text)
        if set(fact.disease) & {"CMMRD", "LYNCH4"}:
            assert not re.search(r"\b(yearly|monthly|every \w+ (months?|years?))\b", sentence(fact).text)


def test_facts_of_the_whole_report_are_apart():
    assert {fact.topic for fact in facts_of("")} == {"general", "outside_panel"}
    assert all(fact.topic not in ("general", "outside_panel") for fact in facts() if fact.disease)


HEADER = "fact\ttopic\tdisease\tcode\tsex\tcontext\tfamily\tstatus\tnote\n"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (HEADER.replace("note", "remark") + "a\tpicture\tHIGM1\t*\t*\t*\t*\tsource-read\t\n", "HA-KNO-001", 1),
        (HEADER + "a\tgossip\tHIGM1\t*\t*\t*\t*\tsource-read\t\n", "HA-KNO-002", 2),
        (HEADER + "a\tpicture\tHIGM1\t*\t*\t*\t*\tunverified-memory\t\n", "HA-KNO-002", 2),
        (HEADER + "a\tpicture\tHIGM1\t*\n", "HA-KNO-003", 2),
    ],
)
def test_a_faulty_table_is_refused(content, code, line):
    with pytest.raises(Refused) as refused:
        parse_table(content, "facts.tsv", Fact)
    (found,) = refused.value.problems
    assert (found.code, found.file, found.line) == (code, "facts.tsv", line)


def test_a_fact_without_its_sentence_is_refused(tmp_path):
    shutil.copytree(DATA, tmp_path / "data", copy_function=shutil.copyfile)
    table = tmp_path / "data" / "facts.tsv"
    rows = table.read_text(encoding="utf-8")
    table.write_text(rows + "never_worded\tpicture\tHIGM1\t*\t*\t*\t*\tsource-read\t\n", encoding="utf-8")
    (found,) = knowledge_faults(tmp_path / "data")
    assert (found.code, found.file, found.line) == ("HA-KNO-006", "facts.tsv", rows.count("\n") + 1)
    assert "fact.never_worded" in found.message


def test_a_sentence_without_its_fact_is_refused(tmp_path):
    shutil.copytree(DATA, tmp_path / "data", copy_function=shutil.copyfile)
    table = tmp_path / "data" / "texts.tsv"
    rows = table.read_text(encoding="utf-8")
    table.write_text(rows + "fact.never_printed\tNobody reads this.\tNBK1402\n", encoding="utf-8")
    (found,) = knowledge_faults(tmp_path / "data")
    assert (found.code, found.file, found.line) == ("HA-KNO-009", "texts.tsv", rows.count("\n") + 1)
