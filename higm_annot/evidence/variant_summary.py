"""ClinVar's ``variant_summary.txt.gz``: no index, both builds, in no order; read through once and cut to the loci.

It is taken compressed only: the end of a compressed file carries its length and checksum, so that one cut short is
noticed. Rows of the other build and of other places are not the panel's; rows without an allele in VCF form (large or
uncertain changes) are left out and counted.
"""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from higm_annot.evidence.kinds import CLINVAR
from higm_annot.evidence.layout import POSITION, Layout, Line, table_layout
from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import parse_contig
from higm_annot.reference.types import Build, Gene, Panel

FIRST_COLUMN = b"#AlleleID\t"
NO_ALLELE = "no_allele_in_vcf_form"
NEEDED = {"assembly": "Assembly", "symbol": "GeneSymbol", "id": "VariationID"}  # beside the allele and its class
MAGIC = b"\x1f\x8b"
NOTHING = ("", "-", "na")
MORE = "; "  # between the class and further assertions, as "Pathogenic; risk factor"
NO_RSID = "-1"


def is_variant_summary(path: Path) -> bool:
    """Whether a file begins as this table does, compressed or not."""
    with path.open("rb") as plain:
        head = plain.read(len(FIRST_COLUMN))
    if not head.startswith(MAGIC):
        return head == FIRST_COLUMN
    try:
        with gzip.open(path) as packed:
            return packed.read(len(FIRST_COLUMN)) == FIRST_COLUMN
    except (OSError, EOFError, zlib.error):
        return False


def summary_lines(path: Path, build: Build, panel: Panel, left_out: Counter[str]) -> dict[Gene, tuple[Line, ...]]:
    """The table's rows at each locus, by meaning.

    Raises
    ------
    Refused
        HA-EVI-004 when it is not compressed, HA-EVI-005 when its end is missing, HA-EVI-006 when it is damaged,
        HA-EVI-010 and HA-EVI-011 for unknown and missing columns, HA-EVI-014 for a line that cannot be read.
    """
    with path.open("rb") as plain:
        if plain.read(len(MAGIC)) != MAGIC:
            reason = "it is not compressed, so a missing end would not be noticed"
            raise Refused(problem("HA-EVI-004", file=path.name, reason=reason))
    found: dict[Gene, list[Line]] = {gene: [] for gene in panel.loci}
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            layout = table_layout(CLINVAR, [next(lines).rstrip("\r\n")], build, path.name)
            lacking = [name for meaning, name in NEEDED.items() if meaning not in layout.columns]
            if lacking:
                raise Refused(problem("HA-EVI-011", file=path.name, columns=", ".join(lacking)))
            for gene, line in _at_loci(lines, layout, build, panel, path.name, left_out):
                found[gene].append(line)
    except EOFError as error:
        raise Refused(problem("HA-EVI-005", file=path.name)) from error
    except (gzip.BadGzipFile, zlib.error, UnicodeDecodeError) as error:
        raise Refused(problem("HA-EVI-006", file=path.name, reason="its compressed data are damaged")) from error
    return {gene: tuple(lines_) for gene, lines_ in found.items()}


def _at_loci(
    lines: Iterator[str], layout: Layout, build: Build, panel: Panel, file: str, left_out: Counter[str]
) -> Iterator[tuple[Gene, Line]]:
    """The rows of one build that lie at a locus."""
    columns = layout.columns
    pieces = [(gene, locus.slices[build]) for gene, locus in panel.loci.items()]
    of_gene = {str(gene) for gene in panel.loci}
    for text in lines:
        if str(build) not in text:  # most rows are of other places; this spares them the split
            continue
        cells = text.rstrip("\r\n").split("\t")
        if len(cells) < layout.width:
            raise Refused(problem("HA-EVI-014", file=file, reason=f"'{text[:60]}'"))
        if cells[columns["assembly"]] != build:
            continue
        contig, position = parse_contig(cells[columns["contig"]]), cells[columns["position"]]
        ref, alt = cells[columns["ref"]], cells[columns["alt"]]
        if not POSITION.fullmatch(position) or ref in NOTHING or alt in NOTHING or ref == alt:
            left_out[NO_ALLELE] += not of_gene.isdisjoint(cells[columns["symbol"]].split(";"))
            continue
        pos = int(position)
        for gene, piece in pieces:
            if piece.contig is contig and piece.start <= pos <= piece.end:
                yield gene, Line(piece.contig, pos, ref, (alt,), _values(cells, layout))


def _values(cells: list[str], layout: Layout) -> dict[str, str]:
    """What a row says, in the words of ClinVar's VCF."""
    told = {name: cells[at] for name, at in layout.columns.items()}
    told = {name: "" if value in NOTHING else value for name, value in told.items()}
    told["significance"] = told["significance"].replace(MORE, "|")
    told["rsid"] = "" if told.get("rsid") == NO_RSID else told.get("rsid", "")
    return told
