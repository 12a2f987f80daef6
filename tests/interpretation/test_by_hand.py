"""The disease table against answers that somebody wrote by hand without having seen it.

``by_hand.tsv`` holds the answers. Where the table is kept although it differs, ``by_hand_divergences.tsv`` says why:
its ``table_code`` is what the table says (``code:disease``, several joined by ``;``), its other columns are the axes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from higm_annot.intake.types import Sex
from higm_annot.interpretation.disease_table import AlleleState, Class, Context, Question, Row, look_up
from higm_annot.reference.types import Gene

HERE = Path(__file__).parent
AXES = ("gene", "class", "mechanism", "state", "sex", "context", "consent")
MECHANISMS = {
    Gene.AICDA: ("recessive", "dominant", "unknown"),
    Gene.IKBKG: ("amorphic", "hypomorphic", "exon5_loss", "unknown"),
}
CLASSES = (Class.PATHOGENIC, Class.UNCERTAIN, Class.UNCERTAIN_NULL, Class.MIXED)
ONE_COPY = AlleleState.ONE
TWO_ALLELES = (AlleleState.TWO_TRANS, AlleleState.TWO_UNPHASED, AlleleState.TWO_CIS)
ON_TWO_COPIES = (ONE_COPY, *TWO_ALLELES, AlleleState.HOM, AlleleState.OPEN, AlleleState.ONE_UNCALLED)
ON_X = {
    Sex.FEMALE: ON_TWO_COPIES,
    Sex.MALE: (AlleleState.HEMI, AlleleState.HET_IN_MALE, AlleleState.OPEN),
    Sex.UNKNOWN: (AlleleState.HEMI_OR_HOM, AlleleState.HET_SEX_UNKNOWN, AlleleState.OPEN),
}
NO_CONCLUSION = ("withheld", "compact")


def read(name: str) -> list[dict[str, str]]:
    lines = [line for line in (HERE / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


HAND = read("by_hand.tsv")
ARGUED = read("by_hand_divergences.tsv")


def label(row: dict[str, str]) -> str:
    return " ".join(row[axis] for axis in AXES)


def reachable() -> Iterator[Question]:
    for gene, class_, sex, context, consent in product(Gene, CLASSES, Sex, Context, (True, False)):
        states = ON_X[sex] if gene in (Gene.CD40LG, Gene.IKBKG) else ON_TWO_COPIES
        for group, state in product(MECHANISMS.get(gene, ("any",)), states):
            if class_ is not Class.MIXED or state in TWO_ALLELES:
                yield Question(gene, class_, group, state, sex, context, consent)


def answers(row: dict[str, str], question: Question) -> bool:
    axes = (
        question.gene,
        question.class_,
        question.group,
        question.state,
        question.sex,
        question.context,
        "yes" if question.consent else "no",
    )
    return all(row[axis] == "*" or value in row[axis].split(";") for axis, value in zip(AXES, axes, strict=True))


def worded(row: Row) -> str:
    return row.code if row.code in NO_CONCLUSION else f"{row.code}:{row.disease}"


def table_says(question: Question) -> tuple[str, ...]:
    """What the table leads to. The uncertain allele beside a harmful one is asked after the harmful one alone."""
    if question.class_ is not Class.MIXED:
        return (worded(look_up(question)),)
    fields = (question.group, ONE_COPY, question.sex, question.context, question.consent)
    alone = worded(look_up(Question(question.gene, Class.PATHOGENIC, *fields)))
    if alone in NO_CONCLUSION:
        return (alone,)
    beside = worded(look_up(question))
    return (alone,) if beside in NO_CONCLUSION or beside == alone else (alone, beside)


def hand_says(row: dict[str, str]) -> str:
    return row["code"] if row["code"] in NO_CONCLUSION else f"{row['code']}:{row['disease']}"


def differs(row: dict[str, str], question: Question) -> bool:
    return hand_says(row) not in table_says(question)


def argues(argued: dict[str, str], question: Question) -> bool:
    return answers(argued, question) and argued["table_code"] == ";".join(table_says(question))


def test_every_combination_has_one_answer_and_every_answer_a_combination():
    met = {question: [label(row) for row in HAND if answers(row, question)] for question in reachable()}
    assert {question: rows for question, rows in met.items() if len(rows) != 1} == {}
    assert {label(row) for row in HAND} == {row for rows in met.values() for row in rows}
    assert len({label(row) for row in HAND}) == len(HAND)


def test_every_answer_has_its_reason():
    assert [label(row) for row in HAND if not row["reason"]] == []
    assert [label(row) for row in ARGUED if not row["argument"]] == []


@pytest.mark.parametrize("row", HAND, ids=label)
def test_table_says_what_the_geneticist_says(row):
    wrong = [
        f"{question.state} {question.sex} {question.context} {question.consent}: {';'.join(table_says(question))}"
        for question in reachable()
        if answers(row, question) and differs(row, question) and not any(argues(argued, question) for argued in ARGUED)
    ]
    assert wrong == [], f"by hand {hand_says(row)}: {row['reason']}"


def test_no_argument_for_what_does_not_differ():
    """An argued row that has become true, or that says something else of the table, is to be taken out."""
    idle = []
    for argued in ARGUED:
        covered = [question for question in reachable() if answers(argued, question)]
        hands = {question: next(row for row in HAND if answers(row, question)) for question in covered}
        if not covered or not all(argues(argued, q) and differs(hands[q], q) for q in covered):
            idle.append(label(argued))
    assert idle == []
