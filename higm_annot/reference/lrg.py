"""Read a Locus Reference Genomic record (LRG XML): a gene's fixed sequence, its transcripts, its place in the genome.

Positions of a record (``lrg_…``) are 1-based inclusive on the record's own sequence, which runs in the gene's
direction. Schema: LRG XML 1.9 of EBI and NCBI.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from msgspec import Struct

from higm_annot.problems import Refused, problem
from higm_annot.reference.sequence import translate
from higm_annot.reference.types import Build

MAX_BYTES = 50_000_000  # the panel's records have 0.04-0.13 MB; a file far larger is not one of them


class Difference(Struct, frozen=True):
    """A place where a build differs from the record; bases in the record's direction, empty for none."""

    lrg_start: int
    lrg_end: int
    lrg_bases: str
    other_start: int
    other_bases: str


class Mapping(Struct, frozen=True):
    """Where the whole record lies on a chromosome (1-based inclusive, plus strand)."""

    accession: str
    start: int
    end: int
    strand: int
    differences: tuple[Difference, ...]


class RecordTranscript(Struct, frozen=True):
    """A transcript of the record's gene with a protein; exons in transcript order, in record positions."""

    accession: str
    protein: str
    from_refseq: bool
    exons: tuple[tuple[int, int], ...]
    cds: tuple[int, int]
    length: int


class FixedTranscript(Struct, frozen=True):
    """A transcript of the record's fixed layer with its sequences."""

    exons: tuple[tuple[int, int], ...]
    cds: tuple[int, int]
    cdna: str
    protein: str


class LrgRecord(Struct, frozen=True):
    """What the builder needs of a record. ``annotated`` is the date of the youngest transcript annotation."""

    lrg: str
    gene: str
    hgnc: str
    refseqgene: str
    schema: str
    annotated: str
    sequence: str
    mappings: dict[str, Mapping]
    fixed: tuple[FixedTranscript, ...]
    transcripts: tuple[RecordTranscript, ...]

    def mapping(self, accession: str, build: Build) -> Mapping:
        """The place on the chromosome with this accession.

        Raises
        ------
        Refused
            When the record is not mapped to that chromosome (HA-REF-004).
        """
        if accession not in self.mappings:
            raise Refused(problem("HA-REF-004", record=self.lrg, accession=accession, build=build))
        return self.mappings[accession]


def read_lrg(path: Path, lrg: str) -> LrgRecord:
    """Read one record.

    Parameters
    ----------
    path
        The XML file.
    lrg
        The id it must have (``LRG_70``).

    Raises
    ------
    Refused
        HA-REF-001 (no file), HA-REF-002 (not a whole LRG record) or HA-REF-003 (another record).
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise Refused(problem("HA-REF-001", file=str(path), record=lrg, reason=error.strerror or error)) from error
    if size > MAX_BYTES:
        raise Refused(problem("HA-REF-002", file=str(path), reason=f"it has {size} bytes"))
    return parse_lrg(data, lrg, str(path))


def parse_lrg(data: bytes, lrg: str, name: str) -> LrgRecord:
    """Like :func:`read_lrg`, from bytes; ``name`` is the file named in problems."""
    root = parse_xml(data, name)
    found = _text(root, "fixed_annotation/id")
    if root.tag == "lrg" and found != lrg:
        raise Refused(problem("HA-REF-003", file=name, record=lrg, found=found or "no id"))
    try:
        return _record(root, lrg)
    except (KeyError, ValueError, AttributeError) as error:
        raise Refused(problem("HA-REF-002", file=name, reason=f"a part is missing or malformed ({error})")) from error


def parse_xml(data: bytes, name: str) -> ET.Element:
    """The root of a well-formed XML document without a document type.

    A document type is what entity expansion and external entities need; LRG records have none, so one is refused before
    the parser sees it, and the parser is given text, so that no other encoding can hide it.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(problem("HA-REF-002", file=name, reason="it is not UTF-8 text")) from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refused(problem("HA-REF-002", file=name, reason="it declares a document type, which no LRG record does"))
    try:
        return ET.fromstring(text)  # noqa: S314 - without a document type there is nothing to expand
    except ET.ParseError as error:
        raise Refused(problem("HA-REF-002", file=name, reason=f"it is not well-formed XML ({error})")) from error


def self_contradiction(record: LrgRecord) -> str | None:
    """Where a record's layers disagree (exons and cDNA, cDNA and protein, exons and alignments), or None."""
    for number, one in enumerate(record.fixed, 1):
        if "".join(record.sequence[first - 1 : last] for first, last in one.exons) != one.cdna:
            return f"the exons of transcript t{number} do not spell its cDNA"
        parts = ((max(first, one.cds[0]), min(last, one.cds[1])) for first, last in one.exons)
        coding = "".join(record.sequence[first - 1 : last] for first, last in parts if first <= last)
        if translate(coding).rstrip("*") != one.protein.rstrip("*"):
            return f"the coding region of transcript t{number} does not spell its protein"
    for transcript in record.transcripts:
        if sum(last - first + 1 for first, last in transcript.exons) != transcript.length:
            return f"the exons of {transcript.accession} are not as long as its alignment"
    return None


def _text(element: ET.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _need(element: ET.Element, path: str) -> ET.Element:
    found = element.find(path)
    if found is None:
        msg = path
        raise KeyError(msg)
    return found


def _bounds(element: ET.Element, system: str) -> tuple[int, int]:
    """Start and end of an element's coordinates on the record's own sequence."""
    for place in element.findall("coordinates"):
        if place.get("coord_system") == system:
            return int(place.attrib["start"]), int(place.attrib["end"])
    msg = f"coordinates of {element.tag} on {system}"
    raise KeyError(msg)


def _record(root: ET.Element, lrg: str) -> LrgRecord:
    fixed = _need(root, "fixed_annotation")
    annotation = {one.attrib["type"]: one for one in root.findall("updatable_annotation/annotation_set")}
    gene = _text(annotation["lrg"], "lrg_locus")
    sets = [annotation["ncbi"], annotation["ensembl"]]
    return LrgRecord(
        lrg=lrg,
        gene=gene,
        hgnc="HGNC:" + _text(fixed, "hgnc_id"),
        refseqgene=_text(fixed, "sequence_source"),
        schema=root.attrib["schema_version"],
        annotated=max(_text(one, "modification_date") for one in sets),
        sequence=(_need(fixed, "sequence").text or "").strip().upper(),
        mappings={
            one.attrib["other_id"]: _mapping(one)
            for one in annotation["lrg"].findall("mapping")
            if one.get("other_id", "").startswith("NC_")
        },
        fixed=tuple(_fixed(one, lrg) for one in fixed.findall("transcript")),
        transcripts=tuple(transcript for one in sets for transcript in _transcripts(one, lrg, gene)),
    )


def _mapping(element: ET.Element) -> Mapping:
    spans = element.findall("mapping_span")
    if len(spans) != 1:
        msg = f"{len(spans)} spans on {element.attrib['other_id']}"
        raise ValueError(msg)
    span = spans[0].attrib
    return Mapping(
        accession=element.attrib["other_id"],
        start=int(span["other_start"]),
        end=int(span["other_end"]),
        strand=int(span["strand"]),
        differences=tuple(_difference(one.attrib) for one in spans[0].findall("diff")),
    )


def _difference(attributes: dict[str, str]) -> Difference:
    return Difference(
        lrg_start=int(attributes["lrg_start"]),
        lrg_end=int(attributes["lrg_end"]),
        lrg_bases=attributes["lrg_sequence"].replace("-", "").upper(),
        other_start=int(attributes["other_start"]),
        other_bases=attributes["other_sequence"].replace("-", "").upper(),
    )


def _fixed(element: ET.Element, lrg: str) -> FixedTranscript:
    coding = _need(element, "coding_region")
    return FixedTranscript(
        exons=tuple(_bounds(exon, lrg) for exon in element.findall("exon")),
        cds=_bounds(coding, lrg),
        cdna=_text(element, "cdna/sequence").upper(),
        protein=_text(coding, "translation/sequence").upper(),
    )


def _transcripts(annotation: ET.Element, lrg: str, gene: str) -> list[RecordTranscript]:
    """Coding transcripts of the gene in one source's annotation, with the versions its alignments give them."""
    lengths = {one.attrib["other_id"]: int(one.attrib["other_end"]) for one in annotation.findall("mapping")}
    versioned = {name.partition(".")[0]: name for name in lengths}
    found = []
    for feature in annotation.findall("features/gene"):
        symbol = feature.find("symbol")
        if symbol is None or symbol.get("name") != gene:
            continue
        for one in feature.findall("transcript"):
            product = one.find("protein_product")
            stated = one.attrib["accession"]
            accession = stated if stated in lengths else versioned.get(stated.partition(".")[0])
            if product is None or accession is None:
                continue
            found.append(
                RecordTranscript(
                    accession=accession,
                    protein=product.attrib["accession"],
                    from_refseq=one.attrib["source"] == "RefSeq",
                    exons=tuple(_bounds(exon, lrg) for exon in one.findall("exon")),
                    cds=_bounds(product, lrg),
                    length=lengths[accession],
                )
            )
    return found
