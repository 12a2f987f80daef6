"""A gene of the panel as a table for people."""

from __future__ import annotations

from collections.abc import Iterator

from higm_annot.reference.types import Build, Gene, Locus, Panel, Transcript


def show_gene(panel: Panel, gene: Gene) -> str:
    """Identifiers, transcripts and the MANE Select exons of a gene in both builds (1-based inclusive, plus strand)."""
    return "\n".join(_lines(panel.loci[gene])) + "\n"


def _lines(locus: Locus) -> Iterator[str]:
    yield f"{locus.gene}  {locus.hgnc}  {locus.lrg}  {locus.refseqgene}  strand {'+' if locus.strand > 0 else '-'}"
    for build in Build:
        piece = locus.slices[build]
        yield f"  {build}  {locus.contig}:{piece.start}-{piece.end}  ({len(piece.sequence)} bases embedded)"
    yield ""
    yield f"  {'transcript':20}{'Ensembl':22}{'protein':20}{'residues':>8}  {'exons':>5}  older versions"
    for one in locus.transcripts:
        mark = "*" if one.mane_select else " "
        exons = len(one.models[Build.GRCH38].exons)
        yield (
            f"{mark} {one.accession:20}{one.ensembl or '':22}{one.protein:20}{one.protein_length:>8}  {exons:>5}  "
            f"{', '.join(one.legacy)}".rstrip()
        )
    yield "* MANE Select"
    yield ""
    yield from _exons(locus.mane)


def _exons(transcript: Transcript) -> Iterator[str]:
    yield f"  {'exon':>4}  {'GRCh37':>23}  {'GRCh38':>23}  {'bases':>6}  coding"
    old, new = transcript.models[Build.GRCH37], transcript.models[Build.GRCH38]
    for number, (one, other) in enumerate(zip(old.exons, new.exons, strict=True), 1):
        first, last = max(other.start, new.cds.start), min(other.end, new.cds.end)
        coding = f"{first}-{last}" if first <= last else "none"
        yield (
            f"  {number:>4}  {f'{one.start}-{one.end}':>23}  {f'{other.start}-{other.end}':>23}  "
            f"{other.length:>6}  {coding}"
        )
