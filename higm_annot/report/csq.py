"""What the VCFs that we write say of an allele: ``HIGM``, our own, and ``CSQ``, as other programs read it from VEP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from higm_annot.knowledge.tables import genes
from higm_annot.reference.contigs import contig_length
from higm_annot.reference.types import Build, Contig, Gene
from higm_annot.report.placed import Placed

HIGM = ("Gene", "Transcript", "HGVSc", "HGVSp", "Consequence", "Impact", "Class", "Points", "Paralogue")
CSQ = (
    "Allele",
    "Consequence",
    "IMPACT",
    "SYMBOL",
    "Gene",
    "Feature_type",
    "Feature",
    "BIOTYPE",
    "EXON",
    "INTRON",
    "HGVSc",
    "HGVSp",
    "CDS_position",
    "Protein_position",
    "Amino_acids",
    "Codons",
    "MANE_SELECT",
    "HGVSg",
)
_ESCAPES = {ord(character): f"%{ord(character):02X}" for character in "%,;=|\t \r\n"}
_LONG = {
    "DEL": "deletion",
    "DUP": "duplication",
    "INS": "insertion",
    "INV": "inversion",
    "CNV": "copy_number_variation",
}


def info(name: str, fields: Iterable[str], about: str) -> str:
    """The header line of ``HIGM`` or ``CSQ``."""
    return f'##INFO=<ID={name},Number=.,Type=String,Description="{about}Format: {"|".join(fields)}">'


INFO_LINES = (
    '##INFO=<ID=END,Number=1,Type=Integer,Description="Last base of a structural allele">',
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type of a structural allele">',
    info("HIGM", HIGM, "higm_annot, one entry per transcript, MANE Select first. "),
    info("CSQ", CSQ, "Consequence annotations from higm_annot, in the layout of Ensembl VEP. "),
)


def contig_lines(build: Build) -> list[str]:
    """Header lines of the panel's chromosomes."""
    return [f"##contig=<ID={one},length={contig_length(one, build)},assembly={build}>" for one in Contig]


def escaped(value: str) -> str:
    """A value as VCF takes it: characters that end or part values are percent-encoded."""
    return value.translate(_ESCAPES)


def entry(fields: Iterable[str], values: Mapping[str, str]) -> str:
    """One entry: values in the order of the fields."""
    return "|".join(escaped(values.get(field, "")) for field in fields)


def csq_values(place: Placed, gene: Gene, transcript: str, *, mane: bool) -> dict[str, str]:
    """The values of ``CSQ`` that do not depend on what the allele does."""
    return {
        "Allele": _allele(place),
        "SYMBOL": gene,
        "Gene": str(genes()[gene].ncbi),
        "Feature_type": "Transcript",
        "Feature": transcript,
        "BIOTYPE": "protein_coding",
        "MANE_SELECT": transcript if mane else "",
    }


def coding_name(transcript: str, name: str) -> str:
    """A c. name with its transcript; a structural allele has none."""
    return f"{transcript}:{name}" if name not in ("", "c.?") else ""


def span(first: int | None, last: int | None) -> str:
    """A position or a stretch, as VEP writes it."""
    if first is None:
        return ""
    return str(first) if last in (None, first) else f"{first}-{last}"


def structural(place: Placed) -> list[str]:
    """INFO of a structural allele; a breakend has no last base."""
    if not place.structure:
        return []
    end = [f"END={place.end}"] if place.structure != "BND" and place.end >= place.pos else []
    return [*end, f"SVTYPE={place.structure}"]


def _allele(place: Placed) -> str:
    """The allele as VEP names it: without the base that a VCF puts before an insertion or a deletion."""
    if place.structure:
        return _LONG.get(place.structure, place.structure)
    if len(place.ref) != len(place.alt) and place.ref[0] == place.alt[0]:
        return place.alt[1:] or "-"
    return place.alt
