"""What is said of an allele that is uncertain by its points."""

import pytest
from msgspec.structs import replace

from higm_annot.classification.outlook import outlook
from higm_annot.classification.types import AlleleClass, Class, Judged, State

PLAIN = AlleleClass(
    class_=Class.UNCERTAIN, points=0, criteria=(), basis="criteria", reason="no_criterion", mechanisms=(), caps=(),
    records=(), judged=(Judged("PM2", State.NO_DATA, "frequency_unknown"), Judged("PS3", State.NO_DATA, "no_function")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("points", "grade", "missing"),
    [(0, "ice cold", 6), (1, "cold", 5), (2, "cool", 4), (3, "tepid", 3), (4, "warm", 2), (5, "hot", 1)],
)
def test_each_sum_of_points_has_its_grade_and_what_is_missing(points, grade, missing):
    found = outlook(replace(PLAIN, points=points))
    assert (found.grade, found.missing) == (grade, missing)
    assert f"Graded {grade}" in found.sentence
    assert "not that the allele is harmless" in found.sentence


def test_the_nearest_evidence_is_what_is_open_and_easiest_to_obtain():
    assert outlook(PLAIN).nearest == "frequency_unknown"
    firewalled = (Judged("PM2", State.NO_DATA, "frequency_unreliable"), Judged("PS3", State.NO_DATA, "no_function"))
    assert outlook(replace(PLAIN, judged=firewalled)).nearest == "no_function"
    assert outlook(replace(PLAIN, judged=())).nearest == "cases"


@pytest.mark.parametrize(
    "other",
    [{"basis": "published"}, {"basis": "conflict"}, {"basis": "laboratory"}, {"class_": Class.LIKELY_BENIGN}],
)
def test_what_points_would_not_move_has_no_outlook(other):
    assert outlook(replace(PLAIN, **other)) is None
