"""Published class and points: every combination has one answer, written by hand; the points' bands are exact."""

import csv
import itertools
from pathlib import Path

import pytest

from higm_annot.classification.classify import decide
from higm_annot.classification.points import STRENGTHS, class_of, points_of, weaker
from higm_annot.classification.published import Published
from higm_annot.classification.types import Class
from higm_annot.knowledge.texts import text

ROWS = list(csv.DictReader((Path(__file__).parent / "decisions.tsv").open(), delimiter="\t"))
BANDS = {10: range(10, 41), 6: range(6, 10), 0: range(6), -1: range(-3, 0), -4: range(-6, -3), -7: range(-40, -6)}


def test_the_table_has_every_combination_once():
    assert sorted((row["published"], int(row["points"])) for row in ROWS) == sorted(
        itertools.product([item.value for item in Published], BANDS)
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['published']}/{row['points']}")
def test_decision(row):
    for points in BANDS[int(row["points"])]:
        class_, basis, reason = decide(Published(row["published"]), points, class_of(points))
        assert (class_.value, basis, reason) == (row["class"], row["basis"], row["reason"]), points
        assert text(f"basis.{reason}")
        assert text(f"basis.{basis}")


def test_the_bands_leave_no_gap():
    assert sorted(point for band in BANDS.values() for point in band) == list(range(-40, 41))


@pytest.mark.parametrize("points", range(-40, 41))
def test_class_of_points(points):
    expected = (
        Class.PATHOGENIC
        if points >= 10
        else Class.LIKELY_PATHOGENIC
        if points >= 6
        else Class.UNCERTAIN
        if points >= 0
        else Class.LIKELY_BENIGN
        if points >= -6
        else Class.BENIGN
    )
    assert class_of(points) is expected


def test_points_double_with_each_strength():
    assert [points_of(strength) for strength in STRENGTHS] == [0, 1, 2, 4, 8]


def test_a_strength_never_grows():
    for strength, most, steps in itertools.product(STRENGTHS, STRENGTHS, range(6)):
        left = STRENGTHS.index(weaker(strength, most, steps))
        assert left <= STRENGTHS.index(strength)
        assert left <= STRENGTHS.index(most)
        assert left == max(0, min(STRENGTHS.index(strength), STRENGTHS.index(most)) - steps)
