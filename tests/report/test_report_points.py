"""The points drawn: criteria from zero, their sum, the limits of the classes, the class in use."""

import itertools
import re

import msgspec
import pytest

from higm_annot.classification.case_types import CaseClass
from higm_annot.classification.points import class_of
from higm_annot.classification.types import Criterion
from higm_annot.report.drawing.points import WIDTH, draw_points
from higm_annot.report.html import render_html


def criterion(code, points):
    return Criterion(code, "some", points, "Said.", "ACMG-2015")


CRITERIA = {
    "none": [],
    "one": [criterion("PVS1_Strong", 4)],
    "several": [criterion("PVS1", 8), criterion("PM2_Supporting", 1), criterion("PM5", 2), criterion("PP3", 1)],
    "both ways": [criterion("PM1", 2), criterion("BS1", -4), criterion("BP4", -1)],
    "far": [criterion("PVS1", 8), criterion("PS1", 4), criterion("PM1", 2), criterion("PM5", 2)],
    "stand alone": [criterion("BA1", -8), criterion("BS2", -4)],
}


@pytest.mark.parametrize("name", CRITERIA)
def test_the_sum_points_at_the_class_of_the_points(name):
    criteria = CRITERIA[name]
    drawn = draw_points(criteria, "Pathogenic")
    band = next(one for one in drawn.bands if one.box.x <= drawn.total < one.box.x + one.box.w)
    assert band.name == class_of(sum(one.points for one in criteria))


@pytest.mark.parametrize("name", CRITERIA)
def test_every_criterion_is_as_long_as_its_points_and_stays_in_the_picture(name):
    criteria = CRITERIA[name]
    drawn = draw_points(criteria, "Pathogenic")
    unit = drawn.bands[1].box.w / 6  # likely benign: six sums
    for one, segment in zip(criteria, drawn.segments, strict=True):
        assert segment.box.w == pytest.approx(abs(one.points) * unit, abs=0.3)
        assert segment.harmful == (one.points > 0)
        assert (segment.box.x >= drawn.zero - 0.2) == segment.harmful
        assert 0 <= segment.box.x <= segment.box.x + segment.box.w <= WIDTH
    assert sum(band.box.w for band in drawn.bands) == pytest.approx(WIDTH - 8, abs=0.5)


def test_limits_are_the_first_points_of_each_class_and_the_frame_is_the_class_in_use():
    drawn = draw_points(CRITERIA["one"], "Likely pathogenic")
    assert [(band.name, band.first) for band in drawn.bands] == [
        ("Benign", None), ("Likely benign", -6), ("Uncertain significance", 0), ("Likely pathogenic", 6),
        ("Pathogenic", 10),
    ]  # fmt: skip
    assert [band.name for band in drawn.bands if band.used] == ["Likely pathogenic"]


def reach(segment):
    """From where to where a label goes."""
    width = len(segment.label) * 6.6
    left = segment.label_x - (0 if segment.anchor == "start" else width)
    return left, left + width


def test_labels_lie_above_the_bar_and_not_on_each_other():
    for criteria in CRITERIA.values():
        drawn = draw_points(criteria, "Pathogenic")
        assert all(one.label_y < drawn.bar_y for one in drawn.segments)
        for one, other in itertools.combinations(drawn.segments, 2):
            (left, right), (left_of_other, right_of_other) = reach(one), reach(other)
            assert one.label_y != other.label_y or right <= left_of_other or right_of_other <= left


def test_the_card_draws_them_with_the_same_in_words(made):
    page = render_html(made.boy())
    told, _ = re.findall(r'<figure class="points">.*?<desc[^>]*>([^<]*)</desc>', page, re.DOTALL)
    assert told.startswith("PVS1 +8, PM2_Supporting +1. Sum 11; by the points alone: ")
    assert told.endswith("Class in use: Pathogenic.")


def test_no_drawing_where_no_criterion_is_met(made):
    report = made.boy()
    block = report.variants[0]
    known = msgspec.structs.replace(block.allele_class, criteria=())
    report = msgspec.structs.replace(report, variants=(msgspec.structs.replace(block, allele_class=known, case=None),))
    assert 'class="points"' not in render_html(report)


def test_the_family_s_evidence_is_drawn_together_with_the_allele_s_own(made):
    report = made.boy()
    block = report.variants[0]
    case = CaseClass(
        class_="Pathogenic", points=13, added=2, criteria=(criterion("PM6", 2),), by_points="Pathogenic",
        by_table="Pathogenic", reason="added", judged=(), mechanism="",
    )  # fmt: skip
    report = msgspec.structs.replace(report, variants=(msgspec.structs.replace(block, case=case),))
    told = re.findall(r'<figure class="points">.*?<desc[^>]*>([^<]*)</desc>', render_html(report), re.DOTALL)
    assert [one.partition(".")[0] for one in told] == [
        "PVS1 +8, PM2_Supporting +1", "PVS1 +8, PM2_Supporting +1, PM6 +2"
    ]  # fmt: skip
    assert told[1].endswith("Sum 13; by the points alone: Pathogenic. Class in use: Pathogenic.")
