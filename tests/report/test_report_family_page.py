"""The family page: simple words, from the facts of the document only, and nothing while the report is on hold."""

import inspect
import re
from html import unescape

import msgspec
import pytest

from higm_annot.knowledge.facts import facts
from higm_annot.knowledge.texts import text, texts
from higm_annot.report import family_page
from higm_annot.report.family_page import SECTIONS, family_view
from higm_annot.report.html import read, render_family, render_html
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.types import FamilyAlleleBlock

SPOKEN = [row for row in texts().values() if row.code.startswith(("plain.", "plain_fact."))]
# Words for doctors, and words that frighten where nobody is there to explain.
UNWANTED = re.compile(
    r"\b(patholog\w*|pathogenic|mutation|mutated|variants?|allele|hemizygous|heterozygous|homozygous|diplotype|genotype|"
    r"phenotype|penetrance|prophylaxis|autosomal|recessive|biallelic|lethal|fatal|deadly|death|die[sd]?|abnormal|"
    r"defect\w*|malignan\w*|severe|suffer\w*|victim\w*|prognosis|termination|abort\w*)\b",
    re.IGNORECASE,
)
EVIL = '</style><script>alert(1)</script>"'


def said(report):
    """Sentences of the page by section."""
    return {name: [line for line, _ in lines] for name, lines in family_view(report)["parts"]}


def everything(report):
    return " ".join(line for lines in said(report).values() for line in lines)


@pytest.mark.parametrize("row", SPOKEN, ids=lambda row: row.code)
def test_words_are_simple(row):
    spoken = row.text.replace("Doctors also say variant.", "")
    assert not UNWANTED.search(spoken), UNWANTED.search(spoken)
    for sentence in re.split(r"(?<=[.;:])\s", spoken):
        assert len(sentence.split()) <= 30, sentence


def test_sentences_are_short_as_a_whole():
    lengths = [
        len(one.split()) for row in SPOKEN for one in re.split(r"(?<=[.;:])\s", row.text) if len(one.split()) > 3
    ]
    assert sum(lengths) / len(lengths) < 15


def test_plain_words_are_those_of_facts_that_the_page_can_show():
    shown = {topic for topics in SECTIONS.values() for topic in topics}
    topics = {fact.fact: fact.topic for fact in facts()}
    for row in SPOKEN:
        family, _, name = row.code.partition(".")
        if family == "plain_fact":
            assert topics[name] in shown, name


def test_urgent_facts_and_family_risks_all_have_plain_words():
    """What cannot wait, and what a relative must know, is never left out of the page."""
    options = {"relatives_option", "relatives_option_recessive", "cd40lg_carrier_donor"}
    left_to_doctors = {"higm1_not_boys_only", "aicda_founders", *options}
    wanted = {fact.fact for fact in facts() if fact.topic in ("urgent", "family")} - left_to_doctors
    assert wanted <= {row.code.removeprefix("plain_fact.") for row in SPOKEN}


def test_every_word_of_the_page_is_used():
    used = read("family.html") + inspect.getsource(family_page)
    composed = ("found_", "name_", "word_")
    for row in SPOKEN:
        family, _, name = row.code.partition(".")
        if family == "plain" and not name.startswith(composed) and name not in SECTIONS:
            assert re.search(rf"\b{name}\b", used), row.code


def test_every_sentence_of_a_page_is_one_of_the_table_with_its_sources(demo):
    patterns = [
        (re.compile(".+?".join(map(re.escape, re.split(r"\{\w+\}", row.text)))), set(row.source) - {"software"})
        for row in SPOKEN
    ]
    for report in demo.values():
        page = family_view(report)
        keys = [one["key"] for one in page["sources"]]
        for _, lines in page["parts"]:
            for line, numbers in lines:
                assert any(
                    pattern.fullmatch(line) and {keys[n - 1] for n in numbers} == source for pattern, source in patterns
                ), line


def test_it_tells_what_the_document_tells_and_nothing_else(demo):
    for report in demo.values():
        told = {fact.fact for one in report.conclusions for fact in (*one.facts, *one.expected_phenotype)}
        own = {text(f"plain_fact.{fact}") for fact in told if f"plain_fact.{fact}" in texts()}
        of_facts = {row.text for row in SPOKEN if row.code.startswith("plain_fact.")}
        lines = {line for lines in said(report).values() for line in lines}
        assert lines & of_facts <= own


def test_on_hold_or_failed_nothing_of_the_result_is_said(made, demo):
    for report in (made.boy(hold=True), demo["DEMO-transplanted"]):
        assert report.release == "hold"
        page = family_view(report)
        assert (page["parts"], page["stop"]) == ([], text("plain.held"))
        assert not re.search(r"CD40LG|hyper-IgM|c\.\d", render_family(report).replace(report.sample.id, ""))
    failed = msgspec.structs.replace(made.boy(), status="failed")
    assert family_view(failed)["stop"] == text("plain.failed")


def test_a_carrier_is_told_no_treatment_and_a_boy_is(demo):
    assert "care" not in said(demo["DEMO-HIGM1-mother"])
    assert "carrier" in said(demo["DEMO-HIGM1-mother"])["found"][0]
    boy = said(demo["DEMO-HIGM1-boy"])
    assert any("Live vaccines are not given" in line for line in boy["care"])
    assert "a baby is seen at once" in boy["next"][0]
    assert list(boy) == ["found", "means", "next", "care", "relatives", "limits"]


def test_what_may_lie_in_a_pseudogene_holds_only_if_confirmed(demo):
    found = said(demo["DEMO-IKBKG-deletion-girl"])["found"]
    assert "not yet known" in found[0]
    assert found[-1] == text("plain.if_confirmed")
    assert text("plain.if_confirmed") not in everything(demo["DEMO-HIGM1-boy"])


def test_nothing_found_is_no_all_clear(demo):
    for name in ("DEMO-clean-gvcf", "DEMO-HIGM1-brother"):
        found = said(demo[name])["found"][0]
        assert "does not exclude" in found
        assert text("plain.limit_six") in said(demo[name])["limits"]


def test_a_list_of_changes_without_any_to_report_is_no_normal_result(demo):
    """A plain VCF does not show what was read: its page must not sound like that of a gVCF."""
    for name in ("DEMO-clean-vcf", "DEMO-PMS2-no-consent"):
        assert said(demo[name])["found"] == [text("plain.found_nothing_listed")]
        assert text("plain.limit_unknown") in said(demo[name])["limits"]
    assert text("plain.limit_unread") in said(demo["DEMO-clean-gvcf"])["limits"]
    assert "not a normal result" in text("plain.found_nothing_listed")


def test_a_change_of_the_family_is_absent_only_where_its_place_was_read(made):
    block = FamilyAlleleBlock(
        "k", "CD40LG", "NM_000074.3", "c.340del", "Pathogenic", "", ("mother",), "hom_ref", "call"
    )
    absent = text("plain.family_reference", gene="CD40LG", who=text("plain.person"))
    for state, told in (("hom_ref", True), ("stated_ref", False), ("no_record", False), ("alternate_reads", False)):
        one = msgspec.structs.replace(block, state=state)
        report = msgspec.structs.replace(made.report(conclusions=()), family_alleles=(one,))
        assert (absent in said(report)["found"]) is told
        assert told or text("plain.family_open", gene="CD40LG", who=text("plain.person")) in said(report)["found"]


def test_a_change_of_the_family_that_she_carries_is_told_although_her_own_report_concludes_nothing(demo):
    """An uncertain change of an ill son: one copy in the mother is no finding of hers, and no all-clear either."""
    found = said(demo["DEMO-HIGM1-vus-mother"])["found"]
    who = text("plain.person")
    assert found == [text("plain.family_carried_open", gene="CD40LG", who=who), text("plain.found_nothing_else_listed")]


def test_a_change_that_is_not_in_the_mother_of_an_ill_boy_may_still_come_again(demo):
    report = demo["DEMO-HIGM1-denovo-mother"]
    who = text("plain.person")
    assert text("plain.family_new", gene="CD40LG", who=who) in said(report)["found"]
    assert text("plain.family_reference", gene="CD40LG", who=who) not in said(report)["found"]
    several = msgspec.structs.replace(report.family_alleles[0], in_several_children=True)
    found = said(msgspec.structs.replace(report, family_alleles=(several,)))["found"]
    assert text("plain.family_new_several", gene="CD40LG", who=who) in found


def test_the_absence_of_the_other_change_is_not_that_of_the_own(demo):
    found = said(demo["DEMO-CD40-trans-mother"])["found"]
    assert text("plain.family_reference_other", gene="CD40", who=text("plain.person")) in found


def test_an_exon_without_reads_is_told_with_what_cannot_wait(demo):
    page = said(demo["DEMO-HIGM1-dropout"])
    assert text("plain.found_gap", gene="CD40LG", who=text("plain.person")) in page["found"]
    assert text("plain_fact.higm1_suspected") in page["next"]


def test_a_carrier_is_promised_no_test_that_makes_the_own_result_clearer(demo):
    for name in ("DEMO-couple-man", "DEMO-HIGM1-mother"):
        assert text("plain.next_test") not in said(demo[name])["next"]
        assert text("plain.next_relatives") in said(demo[name])["next"]


def test_of_an_unknown_sex_both_readings_are_told(made):
    report = made.boy()
    open_sex = msgspec.structs.replace(report.conclusions[0], why=("sex_unknown_het",))
    found = said(msgspec.structs.replace(report, conclusions=(open_sex,)))["found"]
    assert text("plain.sex_open") in found


def test_signs_that_fade_are_not_said_to_come_later(demo):
    report = demo["DEMO-IKBKG-null-girl"]
    well = msgspec.structs.replace(report, sample=msgspec.structs.replace(report.sample, affected="no"))
    assert text("plain.healthy_faded") in said(well)["means"]


def test_what_only_some_forms_need_is_told_by_their_own_facts():
    """A late and mild allele leaves urgent prophylaxis and transplantation out; plain words of all forms do too."""
    for code in ("fact.plain_combined", "plain_fact.plain_combined"):
        assert not re.search("transplant|pneumonia", text(code))


def test_no_further_test_is_promised_where_its_result_was_given(demo):
    """Flow cytometry of CD40 ligand is the step; its result came with the sample."""
    report = demo["DEMO-HIGM1-vus"]
    assert text("plain.next_test") not in said(report)["next"]
    assert "A result of this test was given" in render_html(report)
    unused = msgspec.structs.replace(report, phenotype=msgspec.structs.replace(report.phenotype, used=False))
    assert text("plain.next_test") in said(unused)["next"]
    assert "A result of this test was given" not in render_html(unused)


def test_a_fetus_is_spoken_of_as_unborn(made):
    report = made.boy()
    sample = msgspec.structs.replace(report.sample, mode="prenatal")
    lines = said(msgspec.structs.replace(report, sample=sample))
    assert "the unborn child" in lines["found"][0]


def test_consent_decides_as_in_the_report(demo):
    withheld = everything(demo["DEMO-PMS2-no-consent"])
    assert "Lynch" not in withheld
    assert text("plain.limit_secondary") in withheld
    assert text("plain.limit_secondary") in everything(demo["DEMO-PMS2-consent"])
    assert "It is not cancer." in everything(demo["DEMO-PMS2-consent"])


def test_a_disease_without_a_plain_name_has_its_own(made, monkeypatch):
    monkeypatch.delitem(texts(), "plain.name_HIGM1")
    assert said(made.boy())["found"][0].endswith("to cause Immunodeficiency, X-linked, with hyper-IgM.")


def test_it_loads_nothing_and_holds_no_markup_of_others(made):
    report = made.boy(sample=EVIL, family=EVIL, indication=EVIL)
    page = render_family(report)
    assert "<script" not in page
    assert "url(" not in page
    assert EVIL in unescape(page)
    targets, ids = re.findall(r'href="#([^"]+)"', page), re.findall(r'id="([^"]+)"', page)
    assert set(targets) <= set(ids)
    assert len(ids) == len(set(ids))


def test_it_bears_the_laboratorys_name_and_address(made):
    letterhead = Letterhead(EVIL, ("Street 1",), "", "", "", ())
    page = render_family(made.boy(), letterhead)
    assert "Street 1" in page
    assert "<script" not in page
