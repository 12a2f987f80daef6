"""The whole of the knowledge tables against each other and against the sequence, for ``higm-annot knowledge verify``.

Reading a table at run time refuses what is wrong within it (columns, cells, sources, repeated keys). Here also: names
that no other table has, rows that can never be used, places outside a gene or protein, sentences that cannot be filled
in. The disease table is walked by :mod:`higm_annot.interpretation.check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from string import Formatter

from msgspec import Struct

from higm_annot.knowledge.expected import ExpectedFinding, LaboratoryFinding
from higm_annot.knowledge.expected_check import EXPECTED, LABORATORY, expected_faults
from higm_annot.knowledge.facts import Fact
from higm_annot.knowledge.protein import ProteinFeature
from higm_annot.knowledge.review_status import REVIEW_STATUS, ReviewStatus
from higm_annot.knowledge.rows import data_folder, read_table
from higm_annot.knowledge.rule_check import rule_faults
from higm_annot.knowledge.sex_check import SEX_CHECK, LeftOut
from higm_annot.knowledge.tables import (
    Disease,
    ExonFacts,
    GeneFacts,
    ListedAllele,
    MechanismRule,
    NullCap,
    ParalogueRegion,
    Source,
    Threshold,
)
from higm_annot.knowledge.texts import Text
from higm_annot.knowledge.value_check import value_faults
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.rows import FIRST_LINE, RowT, repeated
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene, Panel

FACT_WORDS = ("fact", "plain_fact")  # the sentence of a fact, and the same in plain words
SOURCES, GENES, DISEASES, TEXTS, FACTS = "sources.tsv", "genes.tsv", "diseases.tsv", "texts.tsv", "facts.tsv"
THRESHOLDS, LISTED, EXONS = "thresholds.tsv", "listed_alleles.tsv", "exons.tsv"
PARALOGUES, FEATURES = "paralogue_regions.tsv", "protein_features.tsv"
NULL_CAPS, MECHANISMS = "null_caps.tsv", "mechanisms.tsv"
FREQUENCY_LIMITS = ("PM2", "BS1", "BA1")  # in ascending order
EVERY = "*"


class Reader:
    """Reads the tables of one folder and keeps the faults, so that one call tells all of them."""

    def __init__(self, folder: Traversable | None) -> None:
        self.folder = folder or data_folder()
        self.faults: list[Problem] = []

    def rows(self, name: str, row: type[RowT]) -> tuple[RowT, ...]:
        """The rows of a table, or none when it is faulty."""
        try:
            return read_table(self.folder, name, row)
        except Refused as refusal:
            self.faults += refusal.problems
            return ()


class Knowledge(Struct, frozen=True):
    """Rows of the tables in file order; row ``i`` stands on line ``FIRST_LINE + i``."""

    sources: tuple[Source, ...]
    genes: tuple[GeneFacts, ...]
    diseases: tuple[Disease, ...]
    texts: tuple[Text, ...]
    facts: tuple[Fact, ...]
    thresholds: tuple[Threshold, ...]
    listed: tuple[ListedAllele, ...]
    exons: tuple[ExonFacts, ...]
    paralogues: tuple[ParalogueRegion, ...]
    features: tuple[ProteinFeature, ...]
    null_caps: tuple[NullCap, ...]
    mechanisms: tuple[MechanismRule, ...]
    left_out: tuple[LeftOut, ...]
    review_statuses: tuple[ReviewStatus, ...]
    expected: tuple[ExpectedFinding, ...]
    laboratory: tuple[LaboratoryFinding, ...]


def read_knowledge(reader: Reader) -> Knowledge:
    """All tables of this room; the reader holds their faults."""
    return Knowledge(
        sources=reader.rows(SOURCES, Source),
        genes=reader.rows(GENES, GeneFacts),
        diseases=reader.rows(DISEASES, Disease),
        texts=reader.rows(TEXTS, Text),
        facts=reader.rows(FACTS, Fact),
        thresholds=reader.rows(THRESHOLDS, Threshold),
        listed=reader.rows(LISTED, ListedAllele),
        exons=reader.rows(EXONS, ExonFacts),
        paralogues=reader.rows(PARALOGUES, ParalogueRegion),
        features=reader.rows(FEATURES, ProteinFeature),
        null_caps=reader.rows(NULL_CAPS, NullCap),
        mechanisms=reader.rows(MECHANISMS, MechanismRule),
        left_out=reader.rows(SEX_CHECK, LeftOut),
        review_statuses=reader.rows(REVIEW_STATUS, ReviewStatus),
        expected=reader.rows(EXPECTED, ExpectedFinding),
        laboratory=reader.rows(LABORATORY, LaboratoryFinding),
    )


def knowledge_faults(folder: Traversable | None = None) -> tuple[Problem, ...]:
    """Every fault of the tables in a folder, or of the package's own.

    When a table cannot be read, only what is wrong within the tables is told: the rest would follow from it.
    """
    reader = Reader(folder)
    known = read_knowledge(reader)
    if reader.faults:
        return tuple(reader.faults)
    panel = load_panel()
    codes = {row.code for row in known.texts}
    return (
        *_repeated(known),
        *_cited(known),
        *_named(known),
        *_genes(known, panel),
        *_places(known, panel),
        *value_faults(known.sources, known.texts, known.thresholds),
        *rule_faults(known.mechanisms, known.null_caps, codes, panel),
        *expected_faults(
            known.expected, known.laboratory, {row.disease: row for row in known.diseases}, known.listed, codes
        ),
    )


def numbered(rows: Iterable[RowT]) -> Iterator[tuple[int, RowT]]:
    """Rows with the lines they stand on."""
    return enumerate(rows, FIRST_LINE)


def unknown_sources(name: str, cited: Iterable[tuple[str, ...]], known: set[str]) -> Iterator[Problem]:
    """A problem for every source key that is not in the table of sources."""
    for line, keys in enumerate(cited, FIRST_LINE):
        for key in keys:
            if key not in known:
                yield unknown(name, line, "source", key, f"a key of {SOURCES}")


def unknown(name: str, line: int, column: str, value: str, known: str) -> Problem:
    """A cell names something that does not exist."""
    return problem("HA-KNO-006", file=name, line=line, column=column, value=value, known=known)


def unfilled(text: Text, line: int, fields: Mapping[str, object]) -> Iterator[Problem]:
    """A problem when a sentence asks for a field that it will not be given."""
    try:
        text.text.format(**fields)
    except (KeyError, IndexError, ValueError) as error:
        reason = f"no field {error}" if isinstance(error, KeyError) else str(error)
        accepted = ", ".join(fields) or "(none)"
        yield problem("HA-KNO-013", file=TEXTS, line=line, reason=f"{text.code}: {reason}", accepted=accepted)


def _repeated(known: Knowledge) -> Iterator[Problem]:
    yield from repeated(known.sources, SOURCES, lambda row: row.key)
    yield from repeated(known.genes, GENES, lambda row: row.gene)
    yield from repeated(known.diseases, DISEASES, lambda row: row.disease)
    yield from repeated(known.texts, TEXTS, lambda row: row.code)
    yield from repeated(known.facts, FACTS, lambda row: row.fact)
    yield from repeated(known.thresholds, THRESHOLDS, lambda row: row.key)
    yield from repeated(known.listed, LISTED, lambda row: row.key_grch38)
    yield from repeated(known.listed, LISTED, lambda row: (row.gene, row.hgvs_c))
    yield from repeated(known.exons, EXONS, lambda row: (row.gene, row.exon))
    yield from repeated(known.paralogues, PARALOGUES, lambda row: row.name)
    yield from repeated(known.review_statuses, REVIEW_STATUS, lambda row: row.status)
    yield from repeated(known.laboratory, LABORATORY, lambda row: (row.lab, row.direction))
    yield from repeated(known.features, FEATURES, lambda row: (row.gene, row.start, row.end, row.label))


def _cited(known: Knowledge) -> Iterator[Problem]:
    keys = {row.key for row in known.sources}
    for name, cited in (
        (GENES, [row.source for row in known.genes]),
        (DISEASES, [row.source for row in known.diseases]),
        (TEXTS, [row.source for row in known.texts]),
        (THRESHOLDS, [row.source for row in known.thresholds]),
        (LISTED, [row.source for row in known.listed]),
        (EXONS, [row.source for row in known.exons]),
        (PARALOGUES, [row.source for row in known.paralogues]),
        (FEATURES, [row.source for row in known.features]),
        (NULL_CAPS, [row.source for row in known.null_caps]),
        (MECHANISMS, [row.source for row in known.mechanisms]),
        (SEX_CHECK, [row.source for row in known.left_out]),
        (REVIEW_STATUS, [row.source for row in known.review_statuses]),
        (EXPECTED, [row.source for row in known.expected]),
        (LABORATORY, [row.source for row in known.laboratory]),
    ):
        yield from unknown_sources(name, cited, keys)


def _named(known: Knowledge) -> Iterator[Problem]:
    """Facts and their sentences, diseases that rows name, and sentences that are not even a template."""
    codes = {row.code for row in known.texts}
    diseases = {row.disease: row for row in known.diseases}
    for line, fact in numbered(known.facts):
        if f"fact.{fact.fact}" not in codes:
            yield unknown(FACTS, line, "fact", fact.fact, f"the name of a sentence fact.{fact.fact} in {TEXTS}")
        for disease in fact.disease:
            if disease not in (*diseases, EVERY):
                yield unknown(FACTS, line, "disease", disease, f"a disease of {DISEASES}")
    facts = {fact.fact for fact in known.facts}
    cited = {text.code: text.source for text in known.texts}
    for line, text in numbered(known.texts):
        family, _, name = text.code.partition(".")
        if family in FACT_WORDS and name not in facts:
            yield problem("HA-KNO-009", file=TEXTS, line=line, reason=f"{FACTS} has no fact {name}")
        elif family == "plain_fact" and not set(text.source) <= set(cited.get(f"fact.{name}", ())):
            subject, other = f"{text.code} ({'; '.join(text.source)})", f"the sources of fact.{name}"
            yield problem("HA-KNO-014", file=TEXTS, line=line, subject=subject, other=other)
        try:
            list(Formatter().parse(text.text))
        except ValueError as error:
            reason = f"{text.code}: {error}"
            yield problem("HA-KNO-013", file=TEXTS, line=line, reason=reason, accepted="that the program fills")
    for line, allele in numbered(known.listed):
        row = diseases.get(allele.disease)
        if row is None:
            yield unknown(LISTED, line, "disease", allele.disease, f"a disease of {DISEASES}")
        elif row.gene is not allele.gene or allele.mechanism not in row.mechanisms:
            subject = f"{allele.gene} {allele.hgvs_c} ({allele.mechanism})"
            yield problem(
                "HA-KNO-014", file=LISTED, line=line, subject=subject, other=f"{allele.disease} in {DISEASES}"
            )


def _genes(known: Knowledge, panel: Panel) -> Iterator[Problem]:
    """Every gene has its facts, a disease and its limits, and they fit each other and the sequence."""
    for line, row in numbered(known.genes):
        locus = panel.loci[row.gene]
        for column, here, there in (
            ("hgnc", row.hgnc, locus.hgnc),
            ("protein_length", str(row.protein_length), str(locus.mane.protein_length)),
        ):
            if here.removeprefix("HGNC:") != there.removeprefix("HGNC:"):
                subject, other = f"{column} {here} of {row.gene}", f"the reference ({there})"
                yield problem("HA-KNO-014", file=GENES, line=line, subject=subject, other=other)
    with_facts = {row.gene for row in known.genes}
    with_disease = {row.gene for row in known.diseases}
    limits = {row.key: (line, row.value) for line, row in numbered(known.thresholds)}
    for gene in Gene:
        if gene not in with_facts:
            yield problem("HA-KNO-007", file=GENES, missing=f"row for {gene}")
        if gene not in with_disease:
            yield problem("HA-KNO-007", file=DISEASES, missing=f"disease of {gene}")
        yield from _limits(gene, limits)
    for key, (line, _) in limits.items():
        code, _, gene_name = key.partition("_")
        if code in FREQUENCY_LIMITS and gene_name not in tuple(Gene):
            reason = f"{gene_name} is not a gene of the panel"
            yield problem("HA-KNO-009", file=THRESHOLDS, line=line, reason=reason)


def _limits(gene: Gene, limits: Mapping[str, tuple[int, str]]) -> Iterator[Problem]:
    """The frequency limits of a gene are there, are numbers, and ascend."""
    below = -1.0
    for code in FREQUENCY_LIMITS:
        key = f"{code}_{gene}"
        if key not in limits:
            yield problem("HA-KNO-007", file=THRESHOLDS, missing=f"row {key}")
            continue
        line, value = limits[key]
        try:
            number = float(value)
        except ValueError as error:
            yield problem("HA-KNO-002", file=THRESHOLDS, line=line, column="value", value=value, reason=error)
            continue
        if not below < number <= 1:
            bounds = f"a frequency above that of the limit before it ({max(below, 0)})"
            yield problem("HA-KNO-011", file=THRESHOLDS, line=line, column="value", value=value, bounds=bounds)
        below = number


def _places(known: Knowledge, panel: Panel) -> Iterator[Problem]:
    """Exons, residues, regions and alleles lie where they are said to lie."""
    yield from _exon_faults(known, panel)
    for line, feature in numbered(known.features):
        length = panel.loci[feature.gene].mane.protein_length
        for column, value, low in (("start", feature.start, 1), ("end", feature.end, feature.start)):
            if not low <= value <= length:
                bounds = f"{low}-{length} of the protein of {feature.gene}"
                yield problem("HA-KNO-011", file=FEATURES, line=line, column=column, value=value, bounds=bounds)
    for line, region in numbered(known.paralogues):
        if region.first_exon is None or region.last_exon is None:
            if None in (region.build, region.contig, region.start, region.end):
                subject, other = f"{region.name} (neither exons nor a place)", "its level"
                yield problem("HA-KNO-014", file=PARALOGUES, line=line, subject=subject, other=other)
            continue
        count = len(panel.loci[region.gene].mane.models[Build.GRCH38].exons)
        for column, value, low in (
            ("first_exon", region.first_exon, 1),
            ("last_exon", region.last_exon, region.first_exon),
        ):
            if not low <= value <= count:
                bounds = f"{low}-{count}, the exons of {region.gene}"
                yield problem("HA-KNO-011", file=PARALOGUES, line=line, column=column, value=value, bounds=bounds)
    yield from _sex_check(known, panel)
    for line, allele in numbered(known.listed):
        if not _stands(allele, panel):
            subject, other = f"{allele.key_grch38}", f"the sequence of {allele.gene} in GRCh38"
            yield problem("HA-KNO-014", file=LISTED, line=line, subject=subject, other=other)


def _sex_check(known: Knowledge, panel: Panel) -> Iterator[Problem]:
    """Regions end after they start; loci of X that a pseudogene resembles are left out of the copies counted."""
    for line, region in numbered(known.left_out):
        if not 1 <= region.start <= region.end:
            bounds = f"{region.start} and more, where it starts"
            yield problem("HA-KNO-011", file=SEX_CHECK, line=line, column="end", value=region.end, bounds=bounds)
    for gene in {region.gene for region in known.paralogues}:
        locus = panel.loci[gene]
        for build, piece in locus.slices.items():
            if locus.contig.is_sex_linked and not any(
                (one.contig, one.build) == ("X", build) and one.start <= piece.start and piece.end <= one.end
                for one in known.left_out
            ):
                yield problem("HA-KNO-007", file=SEX_CHECK, missing=f"row that covers {gene} in {build}")


def _stands(allele: ListedAllele, panel: Panel) -> bool:
    """Whether the reference bases of an allele's key stand at its place."""
    locus = panel.loci[allele.gene]
    piece = locus.slices[Build.GRCH38]
    build, contig, pos, ref, alt = (*allele.key_grch38.split(":"), "", "", "", "", "")[:5]
    if (build, contig) != (Build.GRCH38, locus.contig) or not pos.isdigit() or not ref or not alt:
        return False
    start, end = int(pos), int(pos) + len(ref) - 1
    return piece.covers(start, end) and piece.bases(start, end) == ref


def _exon_faults(known: Knowledge, panel: Panel) -> Iterator[Problem]:
    """The table of exons is that of the MANE Select transcripts."""
    written = {(row.gene, row.exon): (line, row) for line, row in numbered(known.exons)}
    for gene in Gene:
        model = panel.loci[gene].mane.models[Build.GRCH38]
        end = 0
        for number, exon in enumerate(model.exons, 1):
            bases = max(0, min(exon.end, model.cds.end) - max(exon.start, model.cds.start) + 1)
            is_there = (end + 1, end + bases, bases) if bases else (None, None, 0)
            end += bases
            if (gene, number) not in written:
                yield problem("HA-KNO-007", file=EXONS, missing=f"row for exon {number} of {gene}")
                continue
            line, row = written.pop((gene, number))
            if (row.cds_start, row.cds_end, row.coding_bases) != is_there:
                subject, other = f"exon {number} of {gene}", f"its MANE Select transcript {is_there}"
                yield problem("HA-KNO-014", file=EXONS, line=line, subject=subject, other=other)
    for (gene, number), (line, _) in written.items():
        count = len(panel.loci[gene].mane.models[Build.GRCH38].exons)
        bounds = f"1-{count}, the exons of {gene}"
        yield problem("HA-KNO-011", file=EXONS, line=line, column="exon", value=number, bounds=bounds)
