"""Values of the interpretation room."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from higm_annot.classification.change import Change, change_of
from higm_annot.classification.types import AlleleClass
from higm_annot.consequence.types import AlleleEffects
from higm_annot.evidence.types import Asked
from higm_annot.problems import Problem
from higm_annot.reference.types import Gene


class AnnotatedAllele(Struct, frozen=True, dict=True):
    """A distinct allele of a run with everything that does not depend on a person.

    ``paralogue`` is ``hard`` (short reads cannot place the call), ``caution`` or empty; ``paralogue_region`` names
    where. ``asked`` are the sources of evidence that were asked for it, with what came of each.
    """

    key: str
    effects: AlleleEffects
    allele_class: AlleleClass
    paralogue: str = ""
    paralogue_region: str = ""
    asked: tuple[Asked, ...] = ()

    @cached_property
    def change(self) -> Change:
        """The change on MANE Select; worked out once, however many people carry the allele."""
        return change_of(self.effects.mane)


class ConclusionCode(StrEnum):
    """The conclusions of the contract; their wording lives in the text table."""

    DISEASE_GENOTYPE = "disease_genotype"
    POSSIBLE_DISEASE_GENOTYPE = "possible_disease_genotype"
    ONE_ALLELE_FOUND = "one_allele_found"
    CARRIER = "carrier"
    CARRIER_POSSIBLY_AFFECTED = "carrier_possibly_affected"
    SECONDARY_RISK = "secondary_risk"
    UNCERTAIN = "uncertain"
    NO_FINDING = "no_finding"
    NOT_ASSESSED = "not_assessed"


class Status(StrEnum):
    """Whether a conclusion stands, or waits for an assay that can tell gene from pseudogene."""

    ESTABLISHED = "established"
    UNRESOLVED_PARALOGUE = "unresolved_paralogue"


class Diplotype(Struct, frozen=True):
    """The two copies of a gene in HGVS allele syntax, with the MANE Select accession, and the phase verdict.

    ``NM_000074.3:c.[340del];[0]``; ``phase`` is in_trans, in_cis, unknown, or empty where there is no pair.
    """

    hgvs: str
    phase: str


class Statement(Struct, frozen=True):
    """A sourced clinical sentence.

    ``fact`` is its row of ``facts.tsv`` (or ``listed_allele``), ``topic`` says where it belongs (``picture``,
    ``urgent``, ``management`` …), ``source`` are keys of ``sources.tsv``.
    """

    fact: str
    topic: str
    text: str
    source: tuple[str, ...]


class Expectation(Struct, frozen=True):
    """A finding that goes with a conclusion, as data: a row of ``expected_findings.tsv`` with its words.

    ``feature`` is an HPO id or a laboratory test with the ``direction`` of its result; ``label`` is what is printed.
    ``expected`` is ``typical``, ``possible``, ``not_expected``, or ``range`` (it counts neither way). ``frequency``
    says in words what ``seen`` of ``examined`` people or the two shares say in numbers; all blank where no source
    counts. ``onset`` is when the finding starts, blank where not said. ``of_allele``: a source says so of this very
    allele.
    """

    group: str
    feature: str
    kind: str
    label: str
    direction: tuple[str, ...]
    expected: str
    frequency: str
    seen: int | None
    examined: int | None
    frequency_low: float | None
    frequency_high: float | None
    onset: str
    of_allele: bool
    note: str
    source: tuple[str, ...]


class NextStep(Struct, frozen=True):
    """The one test that would confirm or refute a conclusion best.

    ``test`` is one of the next tests. ``if_abnormal`` and ``if_normal`` say what either outcome changes (found or not,
    in the gene or in the pseudogene, on different copies or on one). ``urgency`` is ``now``, ``soon``, ``first``
    (before anything is concluded), ``birth`` or ``pregnancy``. ``results`` are the laboratory findings it gives.
    """

    test: str
    specimen: str
    if_abnormal: str
    if_normal: str
    urgency: str
    results: tuple[str, ...]
    source: tuple[str, ...]


class Conclusion(Struct, frozen=True):
    """One statement about one person, one gene and one disease.

    ``why`` are codes of the text table (with fields already filled in ``reasons``). ``if_confirmed`` is the code the
    conclusion would have if an unresolved call is confirmed to lie in the gene. ``penetrance`` is how surely the
    genotype shows, empty where the conclusion names no disease. ``expected_phenotype`` is the picture to expect with
    this conclusion, what sources say of these very alleles first; ``facts`` are the other sourced sentences
    (urgency, tests, management, family). ``expected_findings`` is that picture finding by finding. ``next_step`` is the
    one of the next tests that decides most, with what its outcomes change.
    """

    gene: Gene
    disease: str
    code: ConclusionCode
    status: Status
    if_confirmed: ConclusionCode | None
    why: tuple[str, ...]
    reasons: tuple[str, ...]
    inheritance: str
    diplotype: Diplotype | None
    variants: tuple[str, ...]
    next_tests: tuple[str, ...]
    sources: tuple[str, ...]
    row: str = ""
    penetrance: str = ""
    expected_phenotype: tuple[Statement, ...] = ()
    facts: tuple[Statement, ...] = ()
    expected_findings: tuple[Expectation, ...] = ()
    next_step: NextStep | None = None


class Interpretation(Struct, frozen=True):
    """Everything interpretation says of one person.

    ``outside`` gives the verdict of an outside call by allele key. ``reportable`` are the keys that a conclusion names.
    ``withheld`` are keys that must not appear anywhere in the report (consent to secondary findings not given).
    ``hold`` is True when a lab-only problem forbids releasing the report.
    """

    conclusions: tuple[Conclusion, ...]
    outside: dict[str, str]
    reportable: tuple[str, ...]
    withheld: tuple[str, ...]
    problems: tuple[Problem, ...]
    hold: bool
