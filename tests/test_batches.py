"""Families and files stay whole; a new sample moves nobody else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from higm_annot.batches import Batch, families, family_key, file_groups
from higm_annot.intake.types import Person


def person(sample, vcf="v", **more):
    return Person(sample=sample, vcf=vcf, vcf_sample="", **more)


def ids(groups):
    return [[one.sample for one in group] for group in groups]


def test_parents_are_with_their_children_without_a_family_id():
    people = [person("child", mother="mum"), person("other"), person("mum", mother="gran"), person("gran")]
    assert ids(families(people)) == [["child", "mum", "gran"], ["other"]]


def test_a_shared_file_ties_people_only_for_reading():
    people = [person("a", "x.vcf"), person("b", "y.vcf"), person("c", "x.vcf")]
    assert ids(families(people)) == [["a"], ["b"], ["c"]]
    assert ids(file_groups(people)) == [["a", "c"], ["b"]]


def test_an_id_that_looks_like_a_family_ties_nothing():
    assert ids(families([person("F1"), person("a", family="F1")])) == [["F1"], ["a"]]


people_strategy = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 5)), unique_by=lambda pair: pair[0], min_size=1, max_size=20
).map(lambda pairs: [person(f"s{number}", family=f"F{family}" if family else "") for number, family in pairs])


@given(people_strategy, st.integers(1, 9))
def test_every_person_is_in_exactly_one_batch_with_its_family(people, of):
    placed = [
        one.sample
        for number in range(of)
        for group in families(people)
        if Batch(number, of).holds(family_key(group))
        for one in group
    ]
    assert sorted(placed) == sorted(one.sample for one in people)


@given(people_strategy)
def test_a_new_unrelated_sample_moves_nobody(people):
    def batch(group):
        return next(number for number in range(7) if Batch(number, 7).holds(family_key(group)))

    before = {one.sample: batch(group) for group in families(people) for one in group}
    after = {one.sample: batch(group) for group in families([person("new"), *people]) for one in group}
    assert {name: after[name] for name in before} == before
