"""Any text at all is read or refused: a name that nobody foresaw never ends in a fault of the program."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.locate import locate
from higm_annot.explain import explain
from higm_annot.problems import Refused
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build

PANEL = load_panel()
EXAMPLES = int(os.environ.get("HIGM_FUZZ_EXAMPLES", "400"))
HERE = Path(__file__).parent
GOOD = [
    *(row["name"] for row in csv.DictReader((HERE / "refused_names.tsv").read_text().splitlines(), delimiter="\t")),
    *(HERE / "read_names.tsv").read_text().splitlines()[1:],
]
NAMES = st.sampled_from([line.split("\t")[0] for line in GOOD])
WORDS = (
    "del dup ins inv delins <DEL> <INS> N[3] c. g. p. CD40LG: AICDA: NC_000023.11: GRCh38: rs Ter fs \u2192 \u0663 \x00"
)
PIECES = st.sampled_from([*"0123456789ACGTNacgt:;>_-+*=?()[]<>~,. X\n", *WORDS.split()])


@st.composite
def nearly_names(draw):
    """A name with a few of its pieces cut out, put in, doubled or put from another name."""
    text = draw(NAMES)
    for _ in range(draw(st.integers(1, 4))):
        low = draw(st.integers(0, len(text)))
        high = min(len(text), low + draw(st.integers(0, 4)))
        other = draw(NAMES)
        begin = draw(st.integers(0, len(other)))
        put = draw(st.one_of(st.just(""), PIECES, st.just(text[low:high] * 2), st.just(other[begin : begin + 12])))
        text = text[:low] + put + text[high:]
    return text


TEXTS = st.one_of(nearly_names(), nearly_names(), nearly_names(), st.text(max_size=40))
BUILDS = st.sampled_from([None, *Build])


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS, BUILDS)
@example("AICDA:c.334_335inv", None)
@example("NC_000012.12:g.8605307_8605308inv", None)
@example("GRCh38:X:1:N:<DEL>:5", None)
@example("GRCh38:X:136654500:A:<DEL>:136650000", None)
@example("GRCh38:X:136650000:A:<FOO>:136654500", None)
@example("GRCh38:X:136650000:A:<INS>:136654500", None)
@example("GRCh38:X:136650000:A:<DEL>:~5,10,0,0:136654500", None)
@example("GRCh38:X:136650000:A:<DEL>:~0,0,0,999999999:136654500", None)
def test_any_text_is_read_or_refused(text, build):
    try:
        found = locate(PANEL, text, build)
    except Refused as refused:
        assert refused.problems[0].code.startswith("HA-NAM-")
        return
    effects = annotate(PANEL, found.allele)
    assert effects.key == found.allele.key
    for key in effects.keys.values():
        assert annotate(PANEL, locate(PANEL, key).allele).gene is effects.gene


@settings(max_examples=max(20, EXAMPLES // 20), deadline=None)
@given(TEXTS, BUILDS)
def test_any_text_is_explained_or_refused(text, build):
    try:
        told = explain(PANEL, text, build)
    except Refused:
        return
    assert all(one.meanings for one in told)


@pytest.mark.parametrize("name", sorted({line.split("\t")[0] for line in GOOD}))
def test_every_name_of_the_tables_is_explained_or_refused(name):
    try:
        assert explain(PANEL, name)
    except Refused as refused:
        assert refused.problems
