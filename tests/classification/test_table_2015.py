"""Both ways of combining criteria, over every combination, against the wording of the papers."""

from __future__ import annotations

import itertools

import pytest

from higm_annot.classification.points import class_by_points, class_of, points_of
from higm_annot.classification.table_2015 import class_by_table
from higm_annot.classification.types import Class, Criterion

P, LP, U, LB, B = Class


def made(sign, **counts):
    return [
        Criterion(f"X{n}", strength, sign * points_of(strength), "", "")
        for strength, count in counts.items()
        for n in range(count)
    ]


def pathogenic(vs, s, m, p):
    return made(1, very_strong=vs, strong=s, moderate=m, supporting=p)


def by_wording(vs, s, m, p):
    """Richards 2015, Table 5, as it is worded; a stronger criterion may be taken for a weaker one."""
    ways = {(vs, s, m, p)}
    for _ in range(vs + s + m):
        ways |= {
            lower
            for a, b, c, d in ways
            for lower in ((a - 1, b + 1, c, d), (a, b - 1, c + 1, d), (a, b, c - 1, d + 1))
            if min(lower) >= 0
        }
    if any(is_pathogenic(*way) for way in ways):
        return P
    return LP if any(is_likely(*way) for way in ways) else U


def is_pathogenic(very, strong, moderate, supporting):
    if very == 1 and (strong >= 1 or moderate >= 2 or (moderate == 1 and supporting == 1) or supporting >= 2):
        return True
    if strong >= 2:
        return True
    return strong == 1 and (moderate >= 3 or (moderate == 2 and supporting >= 2) or (moderate == 1 and supporting >= 4))


def is_likely(very, strong, moderate, supporting):
    return (
        (very == 1 and moderate == 1)
        or (strong == 1 and moderate in (1, 2))
        or (strong == 1 and supporting >= 2)
        or moderate >= 3
        or (moderate == 2 and supporting >= 2)
        or (moderate == 1 and supporting >= 4)
    )


def test_every_combination_of_pathogenic_criteria():
    for counts in itertools.product(range(3), range(4), range(5), range(7)):
        assert class_by_table(pathogenic(*counts)) is by_wording(*counts), counts


def test_every_combination_of_benign_criteria():
    for stand_alone, strong, supporting in itertools.product(range(2), range(4), range(5)):
        criteria = made(-1, stand_alone=stand_alone, strong=strong, supporting=supporting)
        expected = U
        if stand_alone or strong >= 2:
            expected = B
        elif (strong and supporting) or supporting >= 2:
            expected = LB
        assert class_by_table(criteria) is expected, (stand_alone, strong, supporting)


def test_more_evidence_never_gives_less():
    order = [U, LP, P]
    for counts in itertools.product(range(2), range(3), range(4), range(5)):
        before = order.index(class_by_table(pathogenic(*counts)))
        for place in range(4):
            more = [count + (number == place) for number, count in enumerate(counts)]
            assert order.index(class_by_table(pathogenic(*more))) >= before


def test_points_by_the_wording_of_their_paper():
    """Tavtigian 2020, Table 3: pathogenic from 10, likely pathogenic 6 to 9, uncertain 0 to 5, benign from -7 down."""
    for vs, s, m, p, benign in itertools.product(range(3), range(4), range(4), range(5), range(9)):
        total = 8 * vs + 4 * s + 2 * m + p - benign
        criteria = [*pathogenic(vs, s, m, p), *made(-1, supporting=benign)]
        expected = P if total >= 10 else LP if total >= 6 else U if total >= 0 else LB if total >= -6 else B
        assert class_of(sum(one.points for one in criteria)) is expected


@pytest.mark.parametrize(
    ("for_", "against", "table", "points"),
    [
        ((1, 0, 0, 1), {}, U, LP),
        ((0, 1, 0, 1), {}, U, U),
        ((0, 0, 2, 2), {}, LP, LP),
        ((0, 0, 0, 0), {"strong": 1}, U, LB),
        ((0, 0, 0, 0), {"supporting": 1}, U, U),
        ((0, 0, 0, 0), {"moderate": 1}, U, U),
        ((0, 0, 0, 1), {"supporting": 2}, LB, LB),
        ((0, 2, 0, 0), {"supporting": 2}, U, LP),
        ((1, 1, 0, 0), {"strong": 2}, U, U),
        ((0, 2, 0, 0), {"supporting": 1}, P, LP),
        ((0, 0, 0, 0), {"moderate": 2}, LB, LB),
    ],
)
def test_where_both_differ_and_what_contradicts_itself(for_, against, table, points):
    criteria = [*pathogenic(*for_), *made(-1, **against)]
    assert class_by_table(criteria) is table
    assert class_by_points(criteria) is points


def test_without_criteria_nothing_is_said():
    assert class_by_table([]) is U
