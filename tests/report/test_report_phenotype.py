"""The phenotype on the page: what does not fit stands on the first screen, and nothing stands there without one."""

from __future__ import annotations

import re

import msgspec
import pytest

from higm_annot.report.html import render_html
from higm_annot.report.types import Report

CD40LG = ("X", 136654423, "GC", "G", "1")  # c.340del
BOY = {"sample": "boy", "sex": "male", "affected": "yes", "age_at_sampling": "3y"}


@pytest.fixture
def page(program):
    def make(phenotype="", table="", **cells):
        files = {"p.tsv": table} if table else {}
        document = program([CD40LG], {**BOY, "phenotype": "p.tsv" if table else phenotype, **cells}, files=files)["boy"]
        return render_html(msgspec.convert(document, Report))

    return make


def part(html, start, end):
    return html[html.index(start) : html.index(end)]


def test_what_does_not_fit_stands_in_the_result(page):
    html = page("HP:0000698")
    assert "Conical tooth: not explained" in part(html, 'id="result"', 'id="unseen"')
    assert "Conical tooth: not explained" in part(html, 'id="observed"', 'id="expected"')


def test_a_phenotype_that_fits_alarms_nobody(page):
    html = page("HP:0020102")
    assert "What does not fit" not in html
    assert "Nothing that was given speaks against the genotype." in html
    assert "Of the expected findings 1 found, 0 looked for and not found" in part(html, 'id="sure"', 'id="next"')


def test_where_nothing_counts_nothing_is_said_to_fit(page):
    html = page(table="feature\tvalue\nIgG\tlow\n", ig_replacement="yes")
    assert "speaks against the genotype" not in html


def test_what_is_not_expected_is_no_expected_finding(page):
    html = page("HP:0020102")
    counted = re.search(r"Of the expected findings 1 found, 0 looked for and not found, (\d+) not examined", html)
    open_ = re.search(r"Not examined, or not given \((\d+)\)", html)
    assert int(counted[1]) <= int(open_[1])


def test_what_was_not_examined_is_named(page):
    html = part(page("HP:0020102"), 'id="observed"', 'id="expected"')
    assert re.search(r"Not examined, or not given \(\d\d\)", html)
    assert "Sclerosing cholangitis" in html


def test_the_order_of_diseases_shows_its_grounds_and_says_what_it_is_not(page):
    html = part(page("HP:0020102"), 'id="observed"', 'id="expected"')
    assert "no probability" in html
    assert "Pneumocystis jirovecii pneumonia: typical" in html
    assert "Pneumocystis jirovecii pneumonia: not expected" in html


def test_a_phenotype_that_is_not_used_is_marked_on_the_first_screen(page):
    html = page(table="feature\nHP:9999999\n")
    assert "Phenotype not used" in part(html, 'id="sure"', 'id="next"')
    assert "HP:9999999" in part(html, 'id="warnings"', 'id="unseen"')


def test_a_result_that_is_not_used_says_why(page):
    html = page(table="feature\tvalue\tunit\tlow\thigh\nIgG\t6\tg/L\t5\t13\nIgM\t1\tg/L\n", ig_replacement="yes")
    assert "it shows what was infused" in html
    assert "own reference interval was not given" in html


def test_without_a_phenotype_the_page_has_no_word_of_it(page):
    html = page()
    for word in ('id="observed"', "Clinical findings</dt>", "What does not fit"):
        assert word not in html


def test_no_string_of_a_phenotype_becomes_markup(page):
    evil = "<img src=x onerror=alert(1)>"
    html = page(table=f"feature\tvalue\tunit\n{evil}\t\nIgM\t{evil}\tg/L\nIgM\t1\t{evil}\n")
    assert "<img" not in html
    assert html.count("&lt;img") >= 3
