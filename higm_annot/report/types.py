"""The report document: the published JSON contract.

Field names here are the JSON names; the schema is generated from these types and committed.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from higm_annot.classification.case_types import CaseClass
from higm_annot.classification.outlook import Outlook
from higm_annot.classification.types import ComputedClass, Criterion, Judged
from higm_annot.evidence.labrecord.types import Assertion
from higm_annot.evidence.types import AboutSource, Asked, Record
from higm_annot.interpretation.types import Conclusion, Statement
from higm_annot.phenotype.types import Ranked
from higm_annot.problems import Problem

SCHEMA_VERSION = "1.0"  # from here on fields are only added: the second number counts additions


class SexBlock(Struct, frozen=True):
    """Sex: declared in the sheet; observed and verdict as far as the six loci can tell (``not_testable``)."""

    declared: str
    observed: str
    verdict: str


class SampleBlock(Struct, frozen=True):
    """Who the report is about; pseudonymous."""

    id: str
    sex: SexBlock
    mode: str
    family: str
    affected: str
    indication: str


class HgvsBlock(Struct, frozen=True):
    """All names of an allele: genomic, and c./p. per transcript (accession with version as key)."""

    g: str
    c: dict[str, str]
    p: dict[str, str]


class SupportBlock(Struct, frozen=True):
    """Read support as the file gives it; null means the field is absent."""

    genotype: str
    depth: int | None
    ref_reads: int | None
    alt_reads: int | None
    allele_balance: float | None
    genotype_quality: float | None
    filters: tuple[str, ...]
    places: tuple[str, ...]


class ClassBlock(Struct, frozen=True, rename={"class_": "class"}):
    """Class with its points and criteria; ``by_points`` and ``by_table`` are what either way of adding up gives.

    ``laboratory`` is what the laboratory's own record says of the allele. Where that is used, ``computed`` is the class
    of rules and sources that it replaces; where it is not, ``uncovered`` are the diseases it does not settle.
    ``judged`` names every criterion that can be judged from the allele alone: met, not met, no_data, not_applicable.
    ``outlook`` is told of an allele that is uncertain by its points: grade, points missing, the nearest evidence.
    """

    class_: str
    points: int
    by_points: str
    by_table: str
    basis: str
    reason: str
    mechanisms: tuple[str, ...]
    caps: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    laboratory: tuple[Assertion, ...] = ()
    computed: ComputedClass | None = None
    uncovered: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
    outlook: Outlook | None = None


class PhaseBlock(Struct, frozen=True):
    """Phase towards another allele (by key) of the same gene, and what it rests on."""

    other: str
    verdict: str
    basis: str


class EffectBlock(Struct, frozen=True):
    """What the allele does on the MANE Select transcript; null or empty where it does not apply.

    Positions are 1-based in the transcript's own numbering. ``codons`` and ``amino_acids`` read ``Cga/Tga``, ``R/*``.
    ``escapes_nmd`` is told of premature stops only. ``features`` are the parts of the protein that are touched.
    ``flags`` are codes (``effect.*`` of the text table): the frame after the loss or copy of exons, ends that are not
    known, a stop that is not found.
    """

    cds_start: int | None
    cds_end: int | None
    protein_start: int | None
    protein_end: int | None
    codons: str | None
    amino_acids: str | None
    stop_codon: int | None
    escapes_nmd: bool | None
    features: tuple[str, ...]
    flags: tuple[str, ...] = ()


class VariantBlock(Struct, frozen=True):
    """One allele of this person.

    ``reportable`` blocks (a conclusion names them) carry the full audit; the others are compact: ``evidence`` and the
    criteria are left empty, the class is kept. ``de_novo`` grades the evidence that no parent has it, with their
    consent. ``asked`` says of each source of evidence whether it has records, does not hold the allele, or has no data
    here. ``support.places`` are the input's own spelling of the record
    (``chrX:136648355 T>A``); several mean that the allele is written more than once. ``parts`` are the keys of the
    alleles on one copy that are read together as this one. ``spdi`` and ``vrs`` (GA4GH VRS 2) are computed identifiers.
    ``on_genome`` are the c. names with positions in introns on their chromosome
    (``NC_000023.11(NM_000074.3):c.410-2A>T``), ``on_protein`` the p. names on the protein's own sequence; both by
    transcript. ``case`` is the class with the evidence of the family, the same in every member's report, and
    ``case_class`` its word; a compact row has the word alone, and only where a member's report has the block.
    """

    key: str
    keys: dict[str, str]
    gene: str
    transcript: str
    state: str
    readings: tuple[str, ...]
    reasons: tuple[str, ...]
    origin: str
    phase_set: str | None
    support: SupportBlock
    hgvs: HgvsBlock
    consequences: tuple[str, ...]
    location: str
    paralogue: str
    outside: str
    evidence: tuple[Record, ...]
    allele_class: ClassBlock
    case_class: str | None
    flags: tuple[str, ...]
    reportable: bool
    phase: tuple[PhaseBlock, ...] = ()
    region: str = ""
    parts: tuple[str, ...] = ()
    spdi: str = ""
    vrs: str = ""
    effect: EffectBlock | None = None
    de_novo: str = ""
    asked: tuple[Asked, ...] = ()
    on_genome: dict[str, str] = {}
    on_protein: dict[str, str] = {}
    case: CaseClass | None = None


class AssessmentBlock(Struct, frozen=True):
    """What was read of one region."""

    gene: str
    region: str
    start: int
    end: int
    status: str
    basis: str
    covered_bases: int


class LedgerBlock(Struct, frozen=True):
    """Counts of ledger units; ``total`` equals the sum of the four fates or the report is failed."""

    total: int
    reported: int
    reference: int
    no_call: int
    set_aside: int
    set_aside_by_rule: dict[str, int]
    balanced: bool


class RelativeBlock(Struct, frozen=True):
    """A parent or a sibling, as far as that relative agreed to be seen in a relative's report.

    ``role`` is mother, father, or brother, sister, sibling (``maternal_`` and ``paternal_`` where one parent is known
    to be shared). ``genotypes`` gives the state (``report.state.*``) of alleles that a conclusion of this report names
    and of the family's alleles, by key; an allele that is not there is not shown. ``shown`` is False where a parent did
    not agree, or the parent's file could not be used; then ``affected`` is empty. A sibling who did not agree is left
    out.
    """

    role: str
    affected: str
    genotypes: dict[str, str]
    shown: bool
    sex: str = ""


class FamilyAlleleBlock(Struct, frozen=True):
    """An allele that a conclusion names in a relative who agreed to have it told, looked for in this person.

    ``carried_by`` are the relatives (roles as in the pedigree; also son, daughter, child, fetus, grandparents).
    ``state`` is a state of the allele, ``hom_ref`` (reference, measured), ``stated_ref`` (called as reference without
    depth or quality), ``alternate_reads`` (called as reference, but reads show it), ``no_record``, ``not_placed`` or
    ``refuted``; ``basis`` says how that is known: ``call``, ``reference_evidence``, ``called_without_depth``,
    ``alternate_reads``, ``no_evidence``, ``paralogue`` or ``outside_call``. ``new_in_child``: it is apparently new in a
    child of this person, so that a germline mosaic is not excluded; ``in_several_children``: in more
    than one, so that it is likely. ``computed_class`` is that of rules and sources where the laboratory's own class,
    ``allele_class``, differs from it.
    """

    key: str
    gene: str
    transcript: str
    name: str
    allele_class: str
    paralogue: str
    carried_by: tuple[str, ...]
    state: str
    basis: str
    new_in_child: bool = False
    in_several_children: bool = False
    computed_class: str = ""


class ObservedBlock(Struct, frozen=True):
    """A finding of this person.

    ``feature`` is an HPO id or a laboratory finding of ours; ``given`` the id in the file where it stands for another.
    ``finding`` is present, excluded or the answer of a test; ``remark`` says why it is not used.
    """

    feature: str
    kind: str
    label: str
    finding: str
    value: str
    age: str
    given: str
    used: bool
    remark: str = ""


class ComparedBlock(Struct, frozen=True):
    """A finding expected with a disease, and what was observed of it (``observed``: labels of the observations).

    ``standing`` is present, excluded, not_usable or not_examined. ``expected`` is typical, possible, not_expected or
    range (sources differ: its absence counts nothing). ``frequency`` in words, as in the conclusion.
    """

    feature: str
    direction: tuple[str, ...]
    label: str
    expected: str
    frequency: str
    standing: str
    observed: tuple[str, ...]
    source: tuple[str, ...]


class ComparisonBlock(Struct, frozen=True):
    """Observed against expected for the disease of one conclusion; ``remarks`` are what does not fit."""

    gene: str
    disease: str
    findings: tuple[ComparedBlock, ...]
    remarks: tuple[Statement, ...]


class PhenotypeBlock(Struct, frozen=True):
    """What was observed, resolved by a release of the HPO, and how it goes with the genotype.

    ``reason`` says why nothing is compared where ``used`` is False. ``differential`` orders the panel's diseases by the
    observations alone: a count with its grounds, no probability, and without the genotype.
    """

    used: bool
    reason: str
    hpo_release: str
    observed: tuple[ObservedBlock, ...]
    comparison: tuple[ComparisonBlock, ...] = ()
    differential: tuple[Ranked, ...] = ()


class Provenance(Struct, frozen=True):
    """Versions and digests that, with the input, determine the document; no time, path or host.

    ``evidence`` are all sources that were asked, each with release, date, digest and licence.
    """

    software: str
    schema: str
    reference: str
    knowledge: str
    evidence: tuple[AboutSource, ...]
    build: str
    build_witnesses: tuple[str, ...]
    cut_records: dict[str, str]
    options: str


class Headline(Struct, frozen=True):
    """The result in words: one sentence, then at most a few more, and the code that ranks it."""

    code: str
    text: str
    detail: tuple[str, ...]


class Report(Struct, frozen=True, rename={"schema_": "schema"}):
    """The document. ``status`` is complete or failed; ``release`` ready or hold.

    ``pedigree`` are the parents named in the sheet and the siblings who agreed; ``family_alleles`` are the alleles of
    relatives who agreed, looked for in this person; ``background`` are sourced sentences about the report as a whole.
    ``phenotype`` is null where none was given.
    """

    schema_: str
    digest: str
    status: str
    release: str
    sample: SampleBlock
    headline: Headline
    problems: tuple[Problem, ...]
    conclusions: tuple[Conclusion, ...]
    variants: tuple[VariantBlock, ...]
    assessment: tuple[AssessmentBlock, ...]
    ledger: LedgerBlock
    provenance: Provenance
    secondary_statement: str
    limits: tuple[str, ...]
    pedigree: tuple[RelativeBlock, ...] = ()
    background: tuple[Statement, ...] = ()
    family_alleles: tuple[FamilyAlleleBlock, ...] = ()
    phenotype: PhenotypeBlock | None = None


def encode(report: Report) -> bytes:
    """The document as UTF-8 JSON, two-space indent, keys in declared order, newline at the end."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
