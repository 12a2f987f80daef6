"""The embedded panel: ``data/loci.json`` and one FASTA per build, read once a process."""

from __future__ import annotations

from functools import cache

import msgspec

from higm_annot.problems import Refused, problem
from higm_annot.reference.members import RECORDS
from higm_annot.reference.stored import LOCI, StoredLocus, StoredTranscript, decode, embedded, fasta_name, read_fasta
from higm_annot.reference.types import (
    Build,
    Contig,
    Gene,
    Interval,
    Locus,
    Panel,
    Slice,
    Transcript,
    TranscriptModel,
)


@cache
def load_panel() -> Panel:
    """The embedded panel (cached).

    Raises
    ------
    Refused
        When the genes are not those of ``overlay/records.tsv`` (HA-KNO-014): the data were not built again.
    ValueError
        When a sequence is not as long as its coordinates say (a damaged installation).
    """
    content = embedded()
    try:
        stored = decode(content[LOCI])
    except msgspec.ValidationError as error:  # a gene or chromosome that the overlay no longer has
        raise _stale(str(error)) from error
    sequences = {build: read_fasta(content[fasta_name(build)].decode("ascii")) for build in Build}
    stands = [locus.gene for locus in stored.loci]
    if stands != list(Gene):
        raise _stale(", ".join(stands))
    loci = {Gene(locus.gene): _locus(locus, sequences) for locus in stored.loci}
    return Panel(digest=stored.digest, release=stored.release, loci=loci, regions=stored.regions)


def locus_at(panel: Panel, build: Build, contig: Contig, start: int, end: int) -> Locus | None:
    """The locus whose embedded slice shares a base with ``start``-``end`` (1-based inclusive), or None."""
    for locus in panel.loci.values():
        piece = locus.slices[build]
        if locus.contig is contig and start <= piece.end and end >= piece.start:
            return locus
    return None


def _stale(found: str) -> Refused:
    """The panel's tables and the data built from them disagree."""
    subject, other = f"The panel ({', '.join(Gene)})", f"data/{LOCI} ({found})"
    return Refused(problem("HA-KNO-014", file=RECORDS, subject=subject, other=other))


def _locus(stored: StoredLocus, sequences: dict[Build, dict[str, str]]) -> Locus:
    gene, contig = Gene(stored.gene), Contig(stored.contig)
    slices = {}
    for build in Build:
        start, end = stored.slices[build]
        sequence = sequences[build][gene]
        if len(sequence) != end - start + 1:
            msg = f"the embedded sequence of {gene} in {build} has {len(sequence)} bases, not {end - start + 1}"
            raise ValueError(msg)
        slices[build] = Slice(build, contig, start, end, sequence)
    return Locus(
        gene=gene,
        contig=contig,
        strand=stored.strand,
        hgnc=stored.hgnc,
        refseqgene=stored.refseqgene,
        lrg=stored.lrg,
        slices=slices,
        transcripts=tuple(_transcript(gene, stored.strand, one) for one in stored.transcripts),
        equal=stored.equal,
    )


def _transcript(gene: Gene, strand: int, stored: StoredTranscript) -> Transcript:
    return Transcript(
        accession=stored.accession,
        gene=gene,
        strand=strand,
        mane_select=stored.mane_select,
        protein=stored.protein,
        protein_length=stored.protein_length,
        ensembl=stored.ensembl,
        legacy=stored.legacy,
        models={
            Build(build): TranscriptModel(tuple(Interval(*exon) for exon in model.exons), Interval(*model.cds))
            for build, model in stored.models.items()
        },
        source=stored.source,
    )
