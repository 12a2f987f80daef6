"""A walk through the disease table: every combination that can occur meets exactly one row, and every row is met.

Nothing of this runs when people are interpreted: the tests and ``higm-annot knowledge verify`` do it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from itertools import product

from msgspec import Struct

from higm_annot.classification.types import Mechanism
from higm_annot.intake.types import Sex
from higm_annot.interpretation.arrangement import FIELDS
from higm_annot.interpretation.disease_table import (
    AlleleState,
    Class,
    Context,
    EmptyTests,
    MechanismGroup,
    ParalogueTests,
    Question,
    Row,
    Term,
)
from higm_annot.interpretation.next_step import STEPS, WORDS, StepRow
from higm_annot.interpretation.relatives import FamilyTest
from higm_annot.interpretation.types import ConclusionCode, Status
from higm_annot.knowledge.check import (
    DISEASES,
    EVERY,
    FACTS,
    TEXTS,
    Knowledge,
    Reader,
    numbered,
    read_knowledge,
    unfilled,
    unknown,
    unknown_sources,
)
from higm_annot.knowledge.facts import Fact
from higm_annot.problems import Problem, problem
from higm_annot.reference.rows import FIRST_LINE, repeated
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Gene

TABLE, GROUPS, TESTS, TERMS = "disease_table.tsv", "mechanism_groups.tsv", "paralogue_tests.tsv", "uncertain_terms.tsv"
EMPTY, FAMILY = "empty_tests.tsv", "family_tests.tsv"
NO_CONCLUSION = ("withheld", "compact")
_CERTAIN = ConclusionCode.DISEASE_GENOTYPE
FAILED = "failed"  # a headline without a conclusion, for facts about a report as a whole
_ON_TWO_COPIES = (
    AlleleState.ONE,
    AlleleState.ONE_UNCALLED,
    AlleleState.TWO_TRANS,
    AlleleState.TWO_UNPHASED,
    AlleleState.TWO_CIS,
    AlleleState.HOM,
    AlleleState.OPEN,
)
_ON_X = {
    Sex.FEMALE: _ON_TWO_COPIES,
    Sex.MALE: (AlleleState.HEMI, AlleleState.HET_IN_MALE, AlleleState.OPEN),
    Sex.UNKNOWN: (AlleleState.HEMI_OR_HOM, AlleleState.HET_SEX_UNKNOWN, AlleleState.OPEN),
}
# The fields that interpretation.said and empty fill: on alleles, and on exons without reads.
_OF_FINDING: Mapping[str, object] = {"gene": "", "disease": "", "variants": "", "count": 0, "does": ""}
_OF_REASON: Mapping[str, object] = {**_OF_FINDING, **FIELDS}
_OF_EMPTY_EXONS: Mapping[str, object] = {"gene": "", "exons": ""}


class Rules(Struct, frozen=True):
    """Rows of this room's tables in file order."""

    rows: tuple[Row, ...]
    groups: tuple[MechanismGroup, ...]
    tests: tuple[ParalogueTests, ...]
    terms: tuple[Term, ...]
    empty: tuple[EmptyTests, ...]
    family: tuple[FamilyTest, ...]
    steps: tuple[StepRow, ...]


def questions(groups: Iterable[MechanismGroup]) -> Iterator[Question]:
    """Every combination of the axes that a person can present."""
    panel = load_panel()
    of_gene: dict[Gene, set[str]] = {gene: set() for gene in Gene}
    for row in groups:
        of_gene[row.gene].add(row.group)
    for gene, class_, sex, context, consent in product(Gene, Class, Sex, Context, (True, False)):
        states = _ON_X[sex] if panel.loci[gene].contig.is_sex_linked else _ON_TWO_COPIES
        if class_ is Class.NONE:
            states = (AlleleState.EXON_WITHOUT_READS,)
        for group, state in product(sorted(of_gene[gene]), states):
            yield Question(gene, class_, group, state, sex, context, consent)


def rule_faults(folder: Traversable | None = None) -> tuple[Problem, ...]:
    """Every fault of the disease table and its companions in a folder, or of the package's own.

    Where a knowledge table cannot be read, :func:`higm_annot.knowledge.check.knowledge_faults` tells why; nothing is
    held against it here.
    """
    reader, others = Reader(folder), Reader(folder)
    known = read_knowledge(others)
    rules = Rules(
        rows=reader.rows(TABLE, Row),
        groups=reader.rows(GROUPS, MechanismGroup),
        tests=reader.rows(TESTS, ParalogueTests),
        terms=reader.rows(TERMS, Term),
        empty=reader.rows(EMPTY, EmptyTests),
        family=reader.rows(FAMILY, FamilyTest),
        steps=reader.rows(STEPS, StepRow),
    )
    if reader.faults or others.faults:
        return tuple(reader.faults)
    faults = (
        *_repeated(rules),
        *_cited(rules, known),
        *_cells(rules, known),
        *_groups(rules),
        *_sentences(rules, known),
        *_facts(rules, known),
        *_steps(rules, known),
    )
    # With a misspelt cell the walk would tell one fault a hundred times over.
    return faults or tuple(walk(rules.rows, rules.groups))


def walk(rows: tuple[Row, ...], groups: tuple[MechanismGroup, ...]) -> Iterator[Problem]:
    """Overlapping rows (once a pair), combinations without a row (once a gene and class), rows never met."""
    met: set[int] = set()
    pairs: set[tuple[int, int]] = set()
    holes: set[tuple[Gene, Class]] = set()
    by_gene = {gene: [(line, row) for line, row in numbered(rows) if _asks(row, gene)] for gene in Gene}
    for question in questions(groups):
        lines = [line for line, row in by_gene[question.gene] if row.meets(question)]
        met.update(lines)
        for line in lines[1:]:
            if (lines[0], line) not in pairs:
                pairs.add((lines[0], line))
                other = f"row {rows[lines[0] - FIRST_LINE].row} on line {lines[0]}"
                yield problem("HA-KNO-008", file=TABLE, line=line, other=other, combination=in_words(question))
        if not lines and (question.gene, question.class_) not in holes:
            holes.add((question.gene, question.class_))
            yield problem("HA-KNO-010", file=TABLE, combination=in_words(question))
    for line, row in numbered(rows):
        if line not in met:
            reason = f"no combination that can occur meets {row.row}"
            yield problem("HA-KNO-009", file=TABLE, line=line, reason=reason)


def in_words(question: Question) -> str:
    """A combination for people: ``CD40, pathogenic, group any, state hom, male, indicated, consent no``."""
    consent = "yes" if question.consent else "no"
    axes = (question.gene, question.class_, f"group {question.group}", f"state {question.state}", question.sex)
    return ", ".join((*axes, question.context, f"consent {consent}"))


def _asks(row: Row, gene: Gene) -> bool:
    return row.gene == (EVERY,) or gene in row.gene


def _repeated(rules: Rules) -> Iterator[Problem]:
    yield from repeated(rules.rows, TABLE, lambda row: row.row)
    yield from repeated(rules.groups, GROUPS, lambda row: (row.gene, row.mechanism))
    yield from repeated(rules.tests, TESTS, lambda row: row.gene)
    yield from repeated(rules.terms, TERMS, lambda row: row.term)
    yield from repeated(rules.family, FAMILY, lambda row: (row.test, row.when))
    asked = {test for row in rules.rows for test in row.next_tests}
    for line, heeded in numbered(rules.family):
        if heeded.test not in asked:
            yield unknown(FAMILY, line, "test", heeded.test, f"a next test of {TABLE}")
    met: set[tuple[Gene, str, Context]] = set()
    for line, row in numbered(rules.empty):
        for key in product((row.gene,), row.reading, row.context):
            if key in met:
                yield problem("HA-KNO-009", file=EMPTY, line=line, reason=f"an earlier row answers {', '.join(key)}")
            met.add(key)


def _cited(rules: Rules, known: Knowledge) -> Iterator[Problem]:
    keys = {row.key for row in known.sources}
    yield from unknown_sources(TABLE, [row.source for row in rules.rows], keys)
    yield from unknown_sources(GROUPS, [row.source for row in rules.groups], keys)
    yield from unknown_sources(TESTS, [row.source for row in rules.tests], keys)
    yield from unknown_sources(TERMS, [row.source for row in rules.terms], keys)
    yield from unknown_sources(EMPTY, [row.source for row in rules.empty], keys)
    yield from unknown_sources(FAMILY, [row.source for row in rules.family], keys)
    yield from unknown_sources(STEPS, [row.source for row in rules.steps], keys)


def _cells(rules: Rules, known: Knowledge) -> Iterator[Problem]:
    """Every cell is a value of its axis, every disease that of the row's gene."""
    axes: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("gene", tuple(Gene)),
        ("class_", tuple(Class)),
        ("group", tuple(sorted({one.group for one in rules.groups}))),
        ("state", tuple(AlleleState)),
        ("sex", tuple(Sex)),
        ("context", tuple(Context)),
        ("consent", ("yes", "no")),
    )
    codes = (*ConclusionCode, *NO_CONCLUSION)
    diseases = {row.disease: row.gene for row in known.diseases}
    for line, row in numbered(rules.rows):
        yield from _off_axis(TABLE, line, row, axes)
        if row.code not in codes:
            yield unknown(TABLE, line, "code", row.code, f"one of: {', '.join(codes)}")
        if row.disease in diseases:
            if not _asks(row, diseases[row.disease]):
                subject, other = f"{row.disease} of {diseases[row.disease]}", "the row's column gene"
                yield problem("HA-KNO-014", file=TABLE, line=line, subject=subject, other=other)
        elif row.disease or row.code not in NO_CONCLUSION:
            yield unknown(TABLE, line, "disease", row.disease, f"a disease of {DISEASES}")


def _off_axis(
    name: str, line: int, row: Row | Fact | StepRow, axes: tuple[tuple[str, tuple[str, ...]], ...]
) -> Iterator[Problem]:
    """Cells that hold neither ``*`` nor values of their axis."""
    for column, values in axes:
        cell: tuple[str, ...] = getattr(row, column)
        for value in cell or ("",):
            if value not in values and cell != (EVERY,):
                yield unknown(name, line, column, value, f"one of: {', '.join(values)}")


def _groups(rules: Rules) -> Iterator[Problem]:
    """Every gene has a group for every mechanism; a group joins one of its own gene."""
    there = {(row.gene, row.mechanism) for row in rules.groups}
    for gene, mechanism in product(Gene, Mechanism):
        if (gene, mechanism) not in there:
            yield problem("HA-KNO-007", file=GROUPS, missing=f"row for {gene} and {mechanism}")
    for line, one in numbered(rules.groups):
        if one.joins and one.joins not in {other.group for other in rules.groups if other.gene is one.gene}:
            yield unknown(GROUPS, line, "joins", one.joins, f"a group of {one.gene}")
        for group in set(one.also) - {other.group for other in rules.groups if other.gene is one.gene}:
            yield unknown(GROUPS, line, "also", group, f"a group of {one.gene}")


def _named(rules: Rules) -> Iterator[tuple[str, int, str, str, str, Mapping[str, object]]]:
    """Every sentence that a row names: table, line, column, the code in the cell, of the text, and the fields given."""
    for line, row in numbered(rules.rows):
        given = _OF_EMPTY_EXONS if AlleleState.EXON_WITHOUT_READS in row.state else _OF_REASON
        for code in row.why:
            yield TABLE, line, "why", code, f"why.{code}", given
        for code in row.next_tests:
            yield TABLE, line, "next_tests", code, f"test.{code}", {}
        if row.penetrance:
            yield TABLE, line, "penetrance", row.penetrance, f"penetrance.{row.penetrance}", _OF_FINDING
    for line, empty in numbered(rules.empty):
        for code in empty.next_tests:
            yield EMPTY, line, "next_tests", code, f"test.{code}", {}
    for line, heeded in numbered(rules.family):
        for code in heeded.becomes:
            yield FAMILY, line, "becomes", code, f"test.{code}", {}
    for line, tests in numbered(rules.tests):
        for code in tests.next_tests:
            yield TESTS, line, "next_tests", code, f"test.{code}", {}


def _named_by_steps(rules: Rules) -> Iterator[tuple[str, int, str, str, str, Mapping[str, object]]]:
    """The same of the rows on next steps."""
    for line, step in numbered(rules.steps):
        for code in step.test:
            yield STEPS, line, "test", code, f"test.{code}", {}
        for finding in step.results:
            yield STEPS, line, "results", finding, f"lab.{finding}", {}
        for word in WORDS:
            yield STEPS, line, "step", step.step, f"step.{step.step}_{word}", {}


def _sentences(rules: Rules, known: Knowledge) -> Iterator[Problem]:
    """Every code of a row has its sentence, and the sentence asks for nothing that it is not given."""
    texts = {row.code: (line, row) for line, row in numbered(known.texts)}
    filled: set[str] = set()
    for name, line, column, cell, code, given in (*_named(rules), *_named_by_steps(rules)):
        if code not in texts:
            yield unknown(name, line, column, cell, f"the name of a sentence {code} in {TEXTS}")
        elif code not in filled:
            filled.add(code)
            stands, sentence = texts[code]
            yield from unfilled(sentence, stands, given)
    for line, row in numbered(rules.rows):
        for column, value in (("why", row.why), ("next_tests", row.next_tests)):
            if not value and row.code not in NO_CONCLUSION:
                yield problem("HA-KNO-002", file=TABLE, line=line, column=column, value="", reason="a code is needed")


def _facts(rules: Rules, known: Knowledge) -> Iterator[Problem]:
    """A fact asks for what occurs (else it is never printed); its sentence can be filled."""
    told = {(row.disease, row.code) for row in rules.rows}
    # A disease genotype that rests on a doubtful call is held to be possible only.
    told |= {(key, ConclusionCode.POSSIBLE_DISEASE_GENOTYPE) for key, code in told if code == _CERTAIN}
    possible = set(product((row.disease for row in known.diseases), ConclusionCode))
    texts = {row.code: (line, row) for line, row in numbered(known.texts)}
    axes: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("code", (*ConclusionCode, FAILED)),
        ("sex", tuple(Sex)),
        ("context", tuple(Context)),
    )
    for line, fact in numbered(known.facts):
        yield from _off_axis(FACTS, line, fact, axes)
        asked = set(product(fact.disease, fact.code))
        if asked and asked <= possible and not asked & told:
            reason = f"no row of {TABLE} says {' or '.join(fact.code)} of {' or '.join(fact.disease)}"
            yield problem("HA-KNO-009", file=FACTS, line=line, reason=reason)
        code = f"fact.{fact.fact}"
        if code in texts:
            stands, sentence = texts[code]
            yield from unfilled(sentence, stands, _OF_FINDING if fact.disease else {})


def _steps(rules: Rules, known: Knowledge) -> Iterator[Problem]:
    """A step asks for what occurs, and no two rows answer one question."""
    axes: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("disease", tuple(row.disease for row in known.diseases)),
        ("code", tuple(ConclusionCode)),
        ("status", tuple(Status)),
        ("sex", tuple(Sex)),
        ("context", tuple(Context)),
    )
    met: dict[tuple[str, ...], int] = {}
    for line, row in numbered(rules.steps):
        yield from _off_axis(STEPS, line, row, axes)
        cells = [values if getattr(row, column) == (EVERY,) else getattr(row, column) for column, values in axes]
        earlier = {met[key]: key for key in product(row.test, *cells) if key in met}
        for other, key in earlier.items():
            yield problem("HA-KNO-008", file=STEPS, line=line, other=f"line {other}", combination=", ".join(key))
        met |= dict.fromkeys(product(row.test, *cells), line)
