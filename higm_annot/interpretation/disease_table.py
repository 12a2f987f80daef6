"""The disease table: gene, mechanism, allele state, sex, context and consent give a conclusion.

The rows are ``knowledge/data/disease_table.tsv``. A cell holds the values it stands for (``a;b``), ``*`` any. The
rows do not overlap: every possible combination meets exactly one, and a test walks through all of them.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.classification.types import Mechanism
from higm_annot.intake.types import Sex
from higm_annot.interpretation.types import ConclusionCode
from higm_annot.knowledge.rows import by_key, read_package_table
from higm_annot.reference.types import Gene


class AlleleState(StrEnum):
    """What the alleles that count in a gene amount to together.

    ``ONE_UNCALLED``: one allele, and a place of another known harmful allele in the gene was not called.
    ``OPEN``: an allele is present but on how many copies is not known (half call, haploid call where two copies are
    expected, more than two copies written, lines that disagree). ``EXON_WITHOUT_READS``: no allele counts, but an exon
    has no read at all beside others that were read.
    """

    ONE = "one"
    ONE_UNCALLED = "one_uncalled"
    TWO_TRANS = "two_trans"
    TWO_UNPHASED = "two_unphased"
    TWO_CIS = "two_cis"
    HOM = "hom"
    HEMI = "hemi"
    HET_IN_MALE = "het_in_male"
    HEMI_OR_HOM = "hemi_or_hom"
    HET_SEX_UNKNOWN = "het_sex_unknown"
    OPEN = "open"
    EXON_WITHOUT_READS = "exon_without_reads"


class Class(StrEnum):
    """Which alleles are asked about.

    Harmful ones; uncertain ones alone, and whether one of them truncates or is reported as disease-causing by a source
    that gives no class here; uncertain ones beside a harmful one; none.
    """

    PATHOGENIC = "pathogenic"
    UNCERTAIN = "uncertain"
    UNCERTAIN_NULL = "uncertain_null"
    UNCERTAIN_REPORTED = "uncertain_reported"
    MIXED = "mixed"
    NONE = "none"


class Context(StrEnum):
    """Who is tested: a patient, a healthy person in diagnostic mode, anybody in carrier mode, or a fetus."""

    INDICATED = "indicated"
    HEALTHY = "healthy"
    SCREENING = "screening"
    PRENATAL = "prenatal"


class Question(Struct, frozen=True):
    """One combination of the axes. ``group`` is the mechanism group of :func:`mechanism_groups`."""

    gene: Gene
    class_: Class
    group: str
    state: AlleleState
    sex: Sex
    context: Context
    consent: bool


class Row(Struct, frozen=True):
    """One row of the table as written."""

    row: str
    gene: tuple[str, ...]
    class_: tuple[str, ...]
    group: tuple[str, ...]
    state: tuple[str, ...]
    sex: tuple[str, ...]
    context: tuple[str, ...]
    consent: tuple[str, ...]
    code: str
    disease: str
    penetrance: str
    why: tuple[str, ...]
    next_tests: tuple[str, ...]
    source: tuple[str, ...]

    @property
    def withheld(self) -> bool:
        """The alleles must not appear: consent to secondary findings was not given."""
        return self.code == "withheld"

    @property
    def compact(self) -> bool:
        """The alleles stay rows of the variant list without a conclusion."""
        return self.code == "compact"

    @property
    def conclusion(self) -> ConclusionCode:
        """The conclusion's code; only for rows that make one."""
        return ConclusionCode(self.code)

    def meets(self, question: Question) -> bool:
        """Whether the row answers the question."""
        return all(
            cell == ("*",) or value in cell
            for cell, value in (
                (self.gene, question.gene),
                (self.class_, question.class_),
                (self.group, question.group),
                (self.state, question.state),
                (self.sex, question.sex),
                (self.context, question.context),
                (self.consent, "yes" if question.consent else "no"),
            )
        )


class MechanismGroup(Struct, frozen=True):
    """Which rows a mechanism belongs to.

    ``joins`` names the group it is counted with when both occur; ``also`` those in which its alleles are changed copies
    too, beside a conclusion of their own.
    """

    gene: Gene
    mechanism: Mechanism
    group: str
    joins: str
    also: tuple[str, ...]
    source: tuple[str, ...]


class ParalogueTests(Struct, frozen=True):
    """Tests that tell a gene from its pseudogene."""

    gene: Gene
    next_tests: tuple[str, ...]
    source: tuple[str, ...]


class Term(Struct, frozen=True):
    """A Sequence Ontology term that makes an uncertain allele worth a conclusion; ``truncates`` the protein or not."""

    term: str
    truncates: bool
    source: tuple[str, ...]


@cache
def disease_rows() -> tuple[Row, ...]:
    """All rows in order."""
    return read_package_table("disease_table.tsv", Row)


@cache
def look_up(question: Question) -> Row:
    """The first row that answers a question.

    Raises
    ------
    LookupError
        When no row does (our bug: the table has a hole).
    """
    for row in disease_rows():
        if row.meets(question):
            return row
    msg = f"no row of the disease table answers {question}"
    raise LookupError(msg)


@cache
def mechanism_groups() -> dict[tuple[Gene, Mechanism], MechanismGroup]:
    """Mechanism group by gene and mechanism."""
    rows = read_package_table("mechanism_groups.tsv", MechanismGroup)
    return by_key(rows, "mechanism_groups.tsv", lambda row: (row.gene, row.mechanism))


@cache
def paralogue_tests(gene: Gene) -> tuple[str, ...]:
    """Tests that tell the gene from its pseudogene."""
    rows = read_package_table("paralogue_tests.tsv", ParalogueTests)
    return next((row.next_tests for row in rows if row.gene is gene), ())


class EmptyTests(Struct, frozen=True):
    """What to do next about a gene in which nothing was found, by how much of it was read and why the test was made."""

    gene: Gene
    reading: tuple[Literal["nothing", "in_part", "complete"], ...]
    context: tuple[Context, ...]
    next_tests: tuple[str, ...]
    source: tuple[str, ...]


@cache
def empty_tests(gene: Gene, reading: str, context: str) -> tuple[str, ...]:
    """Tests for a gene without a finding; none for people who are not tested because of the panel's diseases."""
    rows = read_package_table("empty_tests.tsv", EmptyTests)
    found = (row for row in rows if row.gene is gene and reading in row.reading and context in row.context)
    return next((row.next_tests for row in found), ())


@cache
def uncertain_terms() -> frozenset[str]:
    """Sequence Ontology terms that make an uncertain allele worth a conclusion."""
    return frozenset(row.term for row in read_package_table("uncertain_terms.tsv", Term))


@cache
def truncating_terms() -> frozenset[str]:
    """Those of them that take the protein away or cut it short."""
    return frozenset(row.term for row in read_package_table("uncertain_terms.tsv", Term) if row.truncates)
