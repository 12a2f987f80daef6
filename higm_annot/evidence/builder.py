"""Writes ``data/snapshot.tsv`` from given facts: assertions and frequencies, each with source and date.

Input is a folder with ``knowledge/clinvar_gnomad_six_genes.tsv``, ``knowledge/facts.yaml``, ``truth/clinvar_sites.tsv``
and ``truth/allele_frequencies.tsv``. Positions are trusted, names are not: a name counts only where the row says it is
on the MANE transcript. GRCh37 rows are converted through the embedded reference, alleles are left-aligned and
parsimonious, and a row whose reference base is not the one in the sequence is left out and told.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from higm_annot.evidence.names import allele_of, left_aligned
from higm_annot.evidence.snapshot import AGREEMENT, COLUMNS, LITERATURE
from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.knowledge.tables import sources
from higm_annot.reference.convert import convert_allele
from higm_annot.reference.types import Build, Contig, Gene, Panel

RELEASE = (
    "embedded snapshot 1: ClinVar classes and gnomAD genomes frequencies as in a table of 2025 (its ClinVar release is"
    " not stated), ClinVar 2013-2018, gnomAD r2.0, ExAC, 1000 Genomes phase 1, literature"
)
EXTRACT = "IEI-ClinVar-gnomAD"
AGGREGATE = "aggregate class, stars not given"
OLD_SOURCES = (  # source named in the table, our source key
    ("ClinVar VCF 2013", "ClinVar-2013"),
    ("ClinVar VCF 2017", "ClinVar-2017"),
    ("ClinVar web table 2016", "ClinVar-2016-web"),
    ("ClinVar RCV", "ClinVar-2017"),
    ("Kaggle", "ClinVar-2018-agreement"),
    ("InterVar", "InterVar-PS1"),
    ("IDbases", "IDbases"),
)
FREQUENCY_SOURCES = (
    ("gnomAD r2.0", "gnomAD-r2.0"),
    ("ExAC browser", "ExAC"),
    ("1000G phase1", "1000G-phase1"),
    ("ClinVar VCF AF", "ClinVar-AF"),
    ("ngs-bits", "ngs-bits"),
)
SKIPPED_CLASSES = ("", "-", "not_provided", "other")


class Row(Struct, frozen=True, order=True):
    """A line of the snapshot, in column order."""

    key: str
    kind: str
    source: str
    record: str
    dated: str = ""
    current: str = "no"
    significance: str = ""
    review: str = ""
    scope: str = ""
    frequency: str = ""
    alleles: str = ""
    dataset: str = ""
    reliable: str = ""


def build(folder: Path, panel: Panel) -> tuple[str, tuple[str, ...]]:
    """The snapshot's text, and the rows that could not be placed.

    Parameters
    ----------
    folder
        Folder with ``knowledge/`` and ``truth/``.
    panel
        Embedded reference.

    Returns
    -------
    tuple
        Text with one release line, one header line and sorted records; descriptions of the rows left out.
    """
    placed: set[Row] = set()
    unplaced: list[str] = []
    for reader, name in (
        (_extract_rows, "knowledge/clinvar_gnomad_six_genes.tsv"),
        (_old_assertions, "truth/clinvar_sites.tsv"),
        (_frequencies, "truth/allele_frequencies.tsv"),
    ):
        for cells in rows_of(folder / name):
            key = placed_key(panel, cells["build"], cells["chrom"], int(cells["pos"]), cells["ref"], cells["alt"])
            if key is None:
                unplaced.append(
                    f"{name} {cells['build']}:{cells['chrom']}:{cells['pos']}:{cells['ref']}:{cells['alt']}"
                )
            else:
                placed.update(reader(cells, key, panel))
    in_extract = {row.key for row in placed if row.source == EXTRACT}
    placed.update(_fact_rows(folder / "knowledge" / "facts.yaml", panel, in_extract))
    lines = [f"# release: {RELEASE}", "\t".join(COLUMNS)]
    lines += ["\t".join(getattr(row, column) for column in COLUMNS) for row in sorted(placed)]
    return "\n".join(lines) + "\n", tuple(unplaced)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated file with a header."""
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)


def placed_key(panel: Panel, build_name: str, chrom: str, pos: int, ref: str, alt: str) -> str | None:
    """GRCh38 key of a site given in either build; None when it does not fit the sequence."""
    source, contig = Build(build_name), Contig(chrom.removeprefix("chr"))
    locus = next(
        (
            item
            for item in panel.loci.values()
            if item.contig is contig and item.slices[source].covers(pos, pos + len(ref))
        ),
        None,
    )
    if locus is None or locus.slices[source].bases(pos, pos + len(ref) - 1) != ref:
        return None
    if source is not Build.GRCH38:
        converted = convert_allele(panel, source, contig, pos, ref, alt, Build.GRCH38)
        if converted is None:
            return None
        _, pos, ref, alt = converted
    pos, ref, alt = left_aligned(locus.slices[Build.GRCH38], pos, ref, alt)
    return f"{Build.GRCH38}:{contig}:{pos}:{ref}:{alt}"


def _extract_rows(cells: dict[str, str], key: str, panel: Panel) -> Iterator[Row]:
    """Class and frequency of one row of the 2025 table."""
    record = f"{cells['chrom']}-{cells['pos']}-{cells['ref']}-{cells['alt']}"
    dated = sources()[EXTRACT].dated
    significance = cells["clinvar_significance"]
    if significance not in SKIPPED_CLASSES:
        yield Row(
            key,
            "assertion",
            EXTRACT,
            record,
            dated,
            "yes",
            significance.replace("_", " "),
            AGGREGATE,
        )
    alleles = str(int(float(cells["gnomad_genomes_AN"]))) if cells["gnomad_genomes_AN"] else ""
    if cells["gnomad_genomes_AF"] or alleles == "0":
        yield _frequency(key, EXTRACT, record, cells["gnomad_genomes_AF"], alleles, "gnomAD genomes", panel)


def _old_assertions(cells: dict[str, str], key: str, _panel: Panel) -> Iterator[Row]:
    """An assertion of 2013-2018 or of a registry: shown with its date, never class-giving."""
    significance = cells["clinvar_significance"]
    if significance in SKIPPED_CLASSES:
        return
    source = _named(cells["source"], OLD_SOURCES)
    ids = re.findall(r"RCV[\d.]+|rs\d+|VariationID \d+|alleleid \d+|IDbases:\w+", cells["source"])
    record = " ".join(ids) or f"{cells['build']}:{cells['chrom']}-{cells['pos']}-{cells['ref']}-{cells['alt']}"
    if source == "ClinVar-2018-agreement":
        word = "agreed" if significance.startswith("Concordant") else "disagreed"
        yield Row(key, "assertion", source, record, sources()[source].dated, "no", word, AGREEMENT)
        return
    named = list(dict.fromkeys(part.strip() for part in significance.split(" (")[0].replace("_", " ").split(",")))
    yield Row(key, "assertion", source, record, sources()[source].dated, "no", ", ".join(named), cells["review_status"])


def _frequencies(cells: dict[str, str], key: str, panel: Panel) -> Iterator[Row]:
    """A frequency; without an allele number it is shown and not used."""
    source = _named(cells["dataset"], FREQUENCY_SOURCES)
    record = f"{cells['build']}:{cells['chrom']}-{cells['pos']}-{cells['ref']}-{cells['alt']}"
    yield _frequency(key, source, record, cells["AF"], cells["AN"], cells["dataset"], panel)


def _frequency(key: str, source: str, record: str, frequency: str, alleles: str, dataset: str, panel: Panel) -> Row:
    """A frequency record, marked unreliable where a pseudogene copy takes part in the count."""
    _, contig, pos, ref, _ = key.split(":")
    hard = paralogue_at(panel, Build.GRCH38, Contig(contig), int(pos), int(pos) + len(ref) - 1)
    return Row(
        key,
        "frequency",
        source,
        record,
        sources()[source].dated,
        current="yes",
        frequency=frequency,
        alleles=alleles,
        dataset=dataset,
        reliable="no" if hard else "yes",
    )


def _fact_rows(path: Path, panel: Panel, in_extract: set[str]) -> Iterator[Row]:
    """Alleles of the list of variants whose position follows from a name on the MANE transcript.

    What the list took from the 2025 table and the extract of it lacks is a current class, given that the stated
    position agrees; other sources are reports that do not count alone.
    """
    import yaml  # type: ignore[import-untyped]  # noqa: PLC0415 - only the builder reads YAML

    for fact in yaml.safe_load(path.read_text(encoding="utf-8"))["variants"]:
        locus = panel.loci[Gene(fact["gene"])]
        if fact["status"] != "source-read" or fact["transcript"] != locus.mane.accession or not fact["hgvs_c"]:
            continue
        place = allele_of(locus, locus.mane, fact["hgvs_c"].split(" ")[0], Build.GRCH38)
        if place is None:
            continue
        pos, ref, alt = place
        key = f"{Build.GRCH38}:{locus.contig}:{pos}:{ref}:{alt}"
        yield from (_report(key, fact, source) for source in fact["sources"] if source != EXTRACT)
        if EXTRACT in fact["sources"] and key not in in_extract and fact["grch38"] == f"{locus.contig}:{pos}":
            yield from _listed_class(key, fact, panel)


def _listed_class(key: str, fact: dict[str, Any], panel: Panel) -> Iterator[Row]:
    """Class and frequency that the list of variants took from the 2025 table; the allele number was not kept."""
    record, dated = key.removeprefix(f"{Build.GRCH38}:").replace(":", "-"), sources()[EXTRACT].dated
    yield Row(key, "assertion", EXTRACT, record, dated, "yes", fact["classification"], AGGREGATE)
    if fact["gnomad_genomes_af"] is not None:
        yield _frequency(key, EXTRACT, record, str(fact["gnomad_genomes_af"]), "", "gnomAD genomes", panel)


def _report(key: str, fact: dict[str, Any], source: str) -> Row:
    """A literature or database report: not counted alone."""
    name = f"{fact['transcript']}:{fact['hgvs_c']}"
    return Row(key, "assertion", source, name, sources()[source].dated, "no", fact["classification"], LITERATURE)


def _named(value: str, table: tuple[tuple[str, str], ...]) -> str:
    """Our source key for a source named in the input.

    Raises
    ------
    ValueError
        When the input names a source the builder does not know: its date and kind must be decided by a person.
    """
    for start, key in table:
        if value.startswith(start):
            return key
    msg = f"unknown source in the evidence input: {value}"
    raise ValueError(msg)
