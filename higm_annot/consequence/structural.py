"""Records that are not known exactly: symbolic alleles, and changes that reach past the embedded sequence.

Symbolic breakpoints are taken as the file gives them and flagged as uncertain. A change that reaches past the embedded
sequence is named as written, without the 3' rule. Nothing is predicted about the protein of either.
"""

from __future__ import annotations

from higm_annot.consequence.edit import Edit, plain_edit
from higm_annot.consequence.effect import UNPREDICTABLE, numbered, told
from higm_annot.consequence.hgvs import describe
from higm_annot.consequence.place import SITES, Extent, across, beside, extent_of
from higm_annot.consequence.terms import CODING, INTRON, UTR3, UTR5
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.types import Effect
from higm_annot.intake.types import Allele
from higm_annot.reference.types import Slice

SYMBOLIC = ("structural", "breakpoints_uncertain")
PLACED = ("DEL", "INS")  # kinds whose breakpoints decide what is hit
OUTSIDE = ("outside_embedded_sequence",)
# HGVS: a copy number that is not known is [?], an inserted sequence of unknown length insN[?].
VERBS = {"DEL": "del", "DUP": "dup", "INV": "inv", "CNV": "[?]", "INS": "insN[?]"}


def annotate(
    accession: str, piece: Slice, maps: tuple[TranscriptMap, ...], allele: Allele
) -> tuple[str, tuple[Effect, ...]]:
    """Genomic name and the effect on every transcript."""
    if allele.is_symbolic:
        return _symbolic(accession, piece, maps, allele)
    edit = plain_edit(allele.pos - piece.start, allele.ref, allele.alt)
    name = f"{accession}:g.{describe(edit, lambda offset: str(piece.start + offset))}"
    extent = _turned(maps[0], piece, extent_of(edit))
    return name, tuple(_effect(one, "DEL" if _is_loss(edit) else "", extent, OUTSIDE, "") for one in maps)


def _is_loss(edit: Edit) -> bool:
    return bool(edit.ref) and not edit.alt


def _symbolic(
    accession: str, piece: Slice, maps: tuple[TranscriptMap, ...], allele: Allele
) -> tuple[str, tuple[Effect, ...]]:
    """A symbolic allele; its POS is the base before the change."""
    kind = allele.alt.strip("<>").split(":")[0]
    start, end = allele.pos + 1, allele.end
    insertion = kind == "INS"
    if insertion:
        start, end, span = allele.pos, allele.pos + 1, f"{allele.pos}_{allele.pos + 1}"
    elif end < start:
        # Neither END nor SVLEN: it starts here and nobody says how far it goes.
        end, span = start, f"{start}_?"
    else:
        span = str(start) if start == end else f"{start}_{end}"
    extent = _turned(maps[0], piece, Extent(start - piece.start, end - piece.start, insertion))
    name = f"{accession}:g.{span}{VERBS.get(kind, '?')}"
    return name, tuple(_effect(one, kind, extent, SYMBOLIC, "c.?") for one in maps)


def _turned(transcript: TranscriptMap, piece: Slice, extent: Extent) -> Extent:
    """Slice offsets as gene offsets."""
    if transcript.strand > 0:
        return extent
    last = piece.end - piece.start
    return Extent(last - extent.last, last - extent.first, extent.insertion)


def _effect(transcript: TranscriptMap, kind: str, extent: Extent, flags: tuple[str, ...], name: str) -> Effect:
    outside = beside(transcript, extent)
    if outside:
        return told(transcript, (outside,), "", flags=flags)
    crossing = across(transcript, extent, deletion=kind == "DEL")
    terms = crossing.terms if kind in PLACED else _coarse(transcript, kind, extent, crossing.terms)
    coding = any(transcript.is_coding_exon(exon) for exon in crossing.exons)
    return told(
        transcript,
        terms,
        name,
        hgvs_p=UNPREDICTABLE if coding or terms & SITES else None,
        exon=numbered(transcript.exon_labels, crossing.exons),
        intron=numbered(transcript.intron_labels, crossing.introns),
        flags=flags,
    )


def _coarse(transcript: TranscriptMap, kind: str, extent: Extent, terms: frozenset[str]) -> frozenset[str]:
    """Terms of a copy gained or turned around: which part of the gene it holds is all that can be said."""
    whole = extent.first <= transcript.borders[0] and extent.last >= transcript.borders[-1] - 1
    if kind == "DUP" and whole:
        return frozenset({"transcript_amplification"})
    return terms & {CODING, UTR5, UTR3, INTRON} or frozenset({INTRON})
