"""Records that are not a plain sequence change: symbolic alleles, and changes that reach past the embedded sequence.

Their breakpoints are taken as the file gives them and named as uncertain; nothing is predicted about the protein.
"""

from __future__ import annotations

from higm_annot.consequence.terms import IMPACT, ordered
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.types import Effect
from higm_annot.intake.types import Allele
from higm_annot.reference.types import Slice

VERBS = {"DEL": "del", "DUP": "dup", "INV": "inv", "CNV": "copy_number", "INS": "ins"}


def annotate(
    accession: str, piece: Slice, maps: tuple[TranscriptMap, ...], allele: Allele
) -> tuple[str, tuple[Effect, ...]]:
    """Genomic name and the effect on every transcript."""
    start, end = (allele.pos + 1, allele.end) if allele.is_symbolic else (allele.pos, allele.end)
    kind = allele.alt.strip("<>").split(":")[0] if allele.is_symbolic else "DEL" if len(allele.alt) == 1 else ""
    verb = VERBS.get(kind, "delins")
    flags = ("structural", "breakpoints_uncertain") if allele.is_symbolic else ("outside_embedded_sequence",)
    name = f"{accession}:g.{start}_{end}{verb}" if end > start else f"{accession}:g.{start}{verb}"
    return name, tuple(_effect(one, piece, kind, start, end, flags) for one in maps)


def _effect(transcript: TranscriptMap, piece: Slice, kind: str, start: int, end: int, flags: tuple[str, ...]) -> Effect:
    if transcript.strand > 0:
        first, last = start - piece.start, end - piece.start
    else:
        first, last = piece.end - end, piece.end - start
    touched = [n for n, (s, e) in enumerate(transcript.exons) if s <= last and first < e]
    coding = [
        n
        for n in touched
        if transcript.tx_starts[n + 1] > transcript.cds_start and transcript.tx_starts[n] < transcript.cds_end
    ]
    terms = ordered(_terms(transcript, kind, first, last, touched, coding))
    count = len(transcript.exons)
    exon = None
    if touched:
        exon = f"{touched[0] + 1}/{count}" if len(touched) == 1 else f"{touched[0] + 1}-{touched[-1] + 1}/{count}"
    return Effect(
        accession=transcript.transcript.accession,
        gene=transcript.transcript.gene,
        mane_select=transcript.transcript.mane_select,
        terms=terms,
        impact=IMPACT[terms[0]],
        hgvs_c="c.?",
        hgvs_p="p.?" if coding else None,
        exon=exon,
        intron=None,
        cds_start=None,
        cds_end=None,
        protein_start=None,
        protein_end=None,
        codons=None,
        amino_acids=None,
        escapes_nmd=None,
        stop_codon=None,
        flags=flags,
    )


def _terms(
    transcript: TranscriptMap, kind: str, first: int, last: int, touched: list[int], coding: list[int]
) -> set[str]:
    start, end = transcript.exons[0][0], transcript.exons[-1][1] - 1
    if last < start:
        return {"upstream_gene_variant"}
    if first > end:
        return {"downstream_gene_variant"}
    whole = first <= start and last >= end
    if kind == "DEL" and whole:
        return {"transcript_ablation"}
    if kind == "DUP" and whole:
        return {"transcript_amplification"}
    if kind == "DEL" and coding:
        return {"exon_loss_variant"}
    if coding:
        return {"coding_sequence_variant"}
    if touched:
        return {
            "5_prime_UTR_variant" if transcript.tx_starts[touched[-1]] < transcript.cds_start else "3_prime_UTR_variant"
        }
    return {"intron_variant"}
