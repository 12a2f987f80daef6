"""The whole trail of well-known alleles of all six genes, written by hand from the rules and the sources.

A cell of a criterion is its strength where it is met, ``-`` not met, ``?`` without data, ``/`` not applicable. Where
``scores`` are given they are invented and stand beside what the snapshot holds.
"""

import csv
from pathlib import Path

import pytest

from higm_annot.classification.classify import classify
from higm_annot.classification.surroundings import surroundings
from higm_annot.classification.types import State
from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.locate import locate
from higm_annot.evidence.sources import EMBEDDED
from higm_annot.evidence.types import Prediction, Record, RecordKind
from higm_annot.intake.types import Allele
from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Gene

ROWS = list(csv.DictReader((Path(__file__).parent / "golden_trails.tsv").open(), delimiter="\t"))
CODES = ("PVS1", "PS1", "PM1", "PM2", "PM4", "PM5", "PP3", "BA1", "BS1", "BS2", "BP4", "BP7")
SIGNS = {State.NOT_MET: "-", State.NO_DATA: "?", State.NOT_APPLICABLE: "/"}


def scores(words):
    for program, value in (one.split("=") for one in words.split(";") if one):
        said = Prediction(program, float(value), "")
        yield Record(RecordKind.PREDICTION, program, "row", "2026", True, "", prediction=said)


def trail(row):
    panel = load_panel()
    allele: Allele = locate(panel, f"{row['gene']}:{row['name']}").allele
    effects = annotate(panel, allele)
    hit = paralogue_at(panel, allele.build, allele.contig, *allele.touched)
    records = (*EMBEDDED.known(effects.keys).records, *scores(row["scores"]))
    return classify(effects, records, hit.level if hit else "", surroundings(panel, effects, EMBEDDED))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['gene']}-{row['name']}-{row['scores']}")
def test_the_trail_is_what_was_written_by_hand(row):
    found = trail(row)
    strengths = {one.code.partition("_")[0]: one.strength for one in found.criteria}
    told = {one.code: strengths[one.code] if one.state is State.MET else SIGNS[one.state] for one in found.judged}
    assert {code: told[code] for code in CODES} == {
        code: row[code].lower().replace("verystrong", "very_strong") for code in CODES
    }
    assert (found.points, found.by_points.value, found.by_table.value) == (
        int(row["points"]),
        row["by_points"],
        row["by_table"],
    )
    assert (found.class_.value, found.basis, found.reason) == (row["class"], row["basis"], row["reason"])
    assert row["why"]


def test_thirty_alleles_and_every_gene_are_among_them():
    assert len({(row["gene"], row["name"]) for row in ROWS}) >= 30
    assert {row["gene"] for row in ROWS} == set(Gene)


def test_every_criterion_met_stands_in_the_trail_with_evidence_and_source():
    for row in ROWS:
        found = trail(row)
        assert {one.code.partition("_")[0] for one in found.criteria} == {
            one.code for one in found.judged if one.state is State.MET
        }
        assert all(one.evidence and one.source for one in found.criteria)
        assert found.points == sum(one.points for one in found.criteria)
