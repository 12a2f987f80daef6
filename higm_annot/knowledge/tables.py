"""The knowledge tables, typed and cached: one row type and one function per file of ``knowledge/data``."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.knowledge.rows import by_key, read_package_table
from higm_annot.reference.types import Build, Contig, Gene

Mechanism = Literal[
    "loss_of_function", "dominant_negative", "hypomorphic", "amorphic", "exon5_loss", "unknown"
]  # the values of classification's enum, which knowledge may not import
Kind = Literal[
    "ablation",
    "exon_loss",
    "stop",
    "frameshift",
    "splice",
    "start",
    "copy",
    "copy_presumed",
    "missense",
    "inframe",
    "stop_lost",
    "splice_region",
    "other",
    "none",
]
Strength = Literal["none", "supporting", "moderate", "strong", "very_strong"]


class Source(Struct, frozen=True):
    """Where a fact was read: a short label for print, a full title, and what kind of source it is.

    ``gene`` names the genes it speaks of; blank where it speaks of none in particular.
    """

    key: str
    label: str
    title: str
    kind: Literal["primary", "curated", "guideline", "database", "secondary", "seed", "review", "derived", "software"]
    pmid: str
    doi: str
    url: str
    dated: str
    gene: tuple[Gene, ...] = ()


class GeneFacts(Struct, frozen=True):
    """Identifiers of a gene, length of its MANE protein, and the mechanism of a null allele."""

    gene: Gene
    hgnc: str
    ncbi: int
    ensembl: str
    omim: int
    uniprot: str
    protein_length: int
    null_mechanism: Mechanism
    source: tuple[str, ...]
    note: str


class Disease(Struct, frozen=True):
    """A disease of a panel gene.

    ``inheritance`` (how it runs in families) and ``alleles_required`` (how many changed copies make it) are separate
    facts. ``validity`` is ClinGen's gene-disease level, empty when not read.
    """

    disease: str
    gene: Gene
    name: str
    omim: tuple[str, ...]
    mondo: str
    orpha: str
    inheritance: Literal["AR", "AD", "XLR", "XLD", "XL"]
    alleles_required: Literal["monoallelic", "biallelic", "hemizygous", "hemizygous_or_biallelic"]
    mechanisms: tuple[Mechanism, ...]
    validity: Literal["", "Limited", "Moderate", "Strong", "Definitive"]
    validity_dated: str
    source: tuple[str, ...]
    note: str


class ParalogueRegion(Struct, frozen=True):
    """A stretch short reads cannot tell from a pseudogene: exons of the MANE transcript, or a block of one build.

    ``flank`` intronic bases next to each exon belong to it; ``with_introns`` adds the introns between the exons.
    """

    name: str
    gene: Gene
    level: Literal["hard", "caution"]
    first_exon: int | None
    last_exon: int | None
    with_introns: bool
    flank: int
    build: Build | None
    contig: Contig | None
    start: int | None
    end: int | None
    source: tuple[str, ...]
    note: str


class Threshold(Struct, frozen=True):
    """A number or word list with its unit and the reason for it."""

    key: str
    value: str
    unit: str
    source: tuple[str, ...]
    note: str


class ListedAllele(Struct, frozen=True):
    """An allele whose way of acting a source states.

    ``class_`` is empty where the source gives the mechanism only. ``status`` is source-read, or derived when the c.
    name was worked out from the protein change. ``expression`` is what is known of people with it. ``replaces``
    are the topics of the disease's facts that do not hold for it (a late, mild or attenuated allele).
    """

    gene: Gene
    hgvs_c: str
    hgvs_p: str
    key_grch38: str
    mechanism: Mechanism
    disease: str
    class_: Literal["", "Pathogenic", "Likely pathogenic"]
    expression: str
    replaces: tuple[str, ...]
    source: tuple[str, ...]
    status: Literal["source-read", "derived"]
    note: str


class ChangeRule(Struct, frozen=True):
    """What a change must be for a row to apply; a blank cell asks nothing.

    ``kinds`` of change; ``escapes_nmd`` whether the new stop escapes decay; ``exon`` hit or skipped; ``site`` of the
    splice change; ``skip`` what skipping the exon would do; ``codon_*`` bound the new stop codon, ``removes_*`` the
    percentage of the protein lost; all bounds included.
    """

    kinds: tuple[Kind, ...]
    escapes_nmd: Literal["", "yes", "no", "unknown"]
    exon: int | None
    site: Literal["", "acceptor", "donor"]
    skip: Literal["", "in_frame", "shifts", "first", "last", "penultimate", "utr"]
    codon_low: int | None
    codon_high: int | None
    removes_low: float | None
    removes_high: float | None


class NullCap(ChangeRule, frozen=True):
    """A rule that limits how much a null change counts (PVS1).

    ``gene`` empty means every gene of the panel. ``elsewhere`` asks for a null effect on another transcript than MANE
    Select only. ``at_most`` is the strength left, ``steps_down`` further steps below it.
    """

    code: str
    gene: tuple[Gene, ...]
    elsewhere: Literal["", "yes"]
    at_most: Strength
    steps_down: int
    source: tuple[str, ...]
    note: str


class MechanismRule(ChangeRule, frozen=True):
    """How a change in a gene acts; the first row that fits counts.

    ``cds_from``-``cds_to`` (c. numbers) must lie inside the change.
    """

    gene: Gene
    cds_from: int | None
    cds_to: int | None
    mechanism: Mechanism
    source: tuple[str, ...]
    note: str


class ExonFacts(Struct, frozen=True):
    """Coding part of an exon of the MANE transcript, in c. numbers; blank in an untranslated exon."""

    gene: Gene
    exon: int
    cds_start: int | None
    cds_end: int | None
    coding_bases: int
    source: tuple[str, ...]


@cache
def sources() -> dict[str, Source]:
    """Sources by key."""
    return by_key(read_package_table("sources.tsv", Source), "sources.tsv", lambda row: row.key)


@cache
def genes() -> dict[Gene, GeneFacts]:
    """Gene facts by symbol."""
    return by_key(read_package_table("genes.tsv", GeneFacts), "genes.tsv", lambda row: row.gene)


@cache
def diseases() -> dict[str, Disease]:
    """Diseases by key (``HIGM1``)."""
    return by_key(read_package_table("diseases.tsv", Disease), "diseases.tsv", lambda row: row.disease)


@cache
def paralogue_regions() -> tuple[ParalogueRegion, ...]:
    """Firewalled regions."""
    return read_package_table("paralogue_regions.tsv", ParalogueRegion)


@cache
def thresholds() -> dict[str, Threshold]:
    """Thresholds by key."""
    return by_key(read_package_table("thresholds.tsv", Threshold), "thresholds.tsv", lambda row: row.key)


@cache
def threshold(key: str) -> float:
    """A threshold as a number.

    Raises
    ------
    KeyError
        When there is no such row.
    ValueError
        When the row holds words (our bug).
    """
    return float(thresholds()[key].value)


@cache
def words(key: str) -> tuple[str, ...]:
    """A threshold row that holds words, split at semicolons."""
    return tuple(thresholds()[key].value.split(";"))


@cache
def listed_alleles() -> dict[str, ListedAllele]:
    """Listed alleles by GRCh38 allele key."""
    return by_key(
        read_package_table("listed_alleles.tsv", ListedAllele), "listed_alleles.tsv", lambda row: row.key_grch38
    )


@cache
def null_caps() -> tuple[NullCap, ...]:
    """Rules that limit PVS1."""
    return read_package_table("null_caps.tsv", NullCap)


@cache
def mechanism_rules() -> tuple[MechanismRule, ...]:
    """Rules that give the mechanism, in order."""
    return read_package_table("mechanisms.tsv", MechanismRule)


@cache
def exons() -> dict[tuple[Gene, int], ExonFacts]:
    """Exon facts by gene and exon number."""
    return by_key(read_package_table("exons.tsv", ExonFacts), "exons.tsv", lambda row: (row.gene, row.exon))
