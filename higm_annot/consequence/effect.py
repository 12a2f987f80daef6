"""The effect of one edit on one transcript."""

from __future__ import annotations

from msgspec import Struct

from higm_annot.consequence.edit import Edit, Kind
from higm_annot.consequence.hgvs import name_c
from higm_annot.consequence.nmd import escapes_nmd, next_start
from higm_annot.consequence.protein import Outcome, ProteinChange, protein_change
from higm_annot.consequence.terms import BY_OUTCOME, IMPACT, intron_terms, ordered
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.types import Effect

FRAME_ENDERS = (Outcome.STOP_GAINED, Outcome.FRAMESHIFT)
UNPREDICTABLE = "p.?"


class Extent(Struct, frozen=True):
    """What a change touches, in gene offsets: ``first``-``last`` (inclusive; for an insertion its two neighbours)."""

    first: int
    last: int
    insertion: bool


def effect_on(transcript: TranscriptMap, edit: Edit) -> Effect:
    """Names and consequence of an edit that lies inside the embedded sequence."""
    extent = _extent(edit)
    beside = _beside(transcript, extent)
    if beside:
        return _effect(transcript, edit, {beside}, None, None, None)
    terms, exons, introns = _around(transcript, extent)
    change = None
    if exons and not introns and edit.kind is not Kind.IDENTITY:
        tx_start, tx_end = _spliced(transcript, edit)
        if _touches_cds(transcript, edit, tx_start, tx_end):
            change = protein_change(transcript, edit, tx_start, tx_end)
            terms.add(BY_OUTCOME[change.outcome])
        else:
            terms.add("5_prime_UTR_variant" if tx_start < transcript.cds_end else "3_prime_UTR_variant")
        return _effect(transcript, edit, terms, change, exons, introns, tx_start)
    if edit.kind is Kind.IDENTITY:
        terms = {"no_sequence_alteration"}
    elif exons and introns:
        terms.add("coding_sequence_variant" if _coding_exon(transcript, extent) else _utr(transcript, extent))
    return _effect(transcript, edit, terms, None, exons, introns)


def _extent(edit: Edit) -> Extent:
    if edit.ref:
        return Extent(edit.start_offset, edit.end_offset - 1, insertion=False)
    return Extent(edit.start_offset - 1, edit.start_offset, insertion=True)


def _beside(transcript: TranscriptMap, extent: Extent) -> str:
    """The term of a change wholly outside the transcript, else empty."""
    start, end = transcript.exons[0][0], transcript.exons[-1][1]
    if extent.last < start or (extent.insertion and extent.first < start):
        return "upstream_gene_variant"
    if extent.first >= end or (extent.insertion and extent.last >= end):
        return "downstream_gene_variant"
    return ""


def _around(transcript: TranscriptMap, extent: Extent) -> tuple[set[str], list[int], list[int]]:
    """Terms of introns and splice sites, and the exons and introns (0-based) touched.

    An insertion exactly between an exon and an intron counts for both, so that no protein is predicted from it.
    """
    terms: set[str] = set()
    exons = [n for n, (start, end) in enumerate(transcript.exons) if start <= extent.last and extent.first < end]
    introns = []
    index = max(transcript.exon_index(extent.first), 0)
    while index < len(transcript.exons) - 1:
        donor, acceptor = transcript.exons[index][1], transcript.exons[index + 1][0]
        length = acceptor - donor
        if extent.last < donor - 3:
            break
        if extent.first < acceptor + 3:
            start, end = extent.first - donor + 1, extent.last - donor + 1
            found = intron_terms(start, end, length, insertion=extent.insertion)
            if not extent.insertion and (_overlap(start, end, -2, 0) or _overlap(start, end, length + 1, length + 3)):
                found.add("splice_region_variant")
            if extent.insertion and (-1 <= start <= 0 or -1 <= length - start <= 1):
                found.add("splice_region_variant")
            if found & {"splice_donor_variant", "splice_acceptor_variant"}:
                found.discard("splice_region_variant")
            terms |= found
            if _overlap(start, end, 1, length):
                introns.append(index)
        index += 1
    if exons and exons[0] > 0 and not extent.insertion:
        # The first exonic bases after an intron belong to the splice region of the intron before.
        acceptor = transcript.exons[exons[0]][0]
        if extent.first < acceptor + 3 and extent.first >= acceptor:
            terms.add("splice_region_variant")
    return terms, exons, introns


def _overlap(start: int, end: int, first: int, last: int) -> bool:
    return start <= last and end >= first


def _spliced(transcript: TranscriptMap, edit: Edit) -> tuple[int, int]:
    """Spliced offsets (half-open) of an edit inside one exon."""
    if edit.ref:
        start = transcript.tx_offset(edit.start_offset)
        return start, start + len(edit.ref)
    start = transcript.tx_offset(edit.start_offset - 1) + 1
    return start, start


def _touches_cds(transcript: TranscriptMap, edit: Edit, tx_start: int, tx_end: int) -> bool:
    if edit.ref:
        return tx_start < transcript.cds_end and tx_end > transcript.cds_start
    return transcript.cds_start < tx_start < transcript.cds_end


def _coding_exon(transcript: TranscriptMap, extent: Extent) -> bool:
    return any(
        transcript.cds_start < transcript.tx_starts[n + 1]
        and transcript.cds_end > transcript.tx_starts[n]
        and start <= extent.last
        and extent.first < end
        for n, (start, end) in enumerate(transcript.exons)
    )


def _utr(transcript: TranscriptMap, extent: Extent) -> str:
    before = transcript.tx_starts[max(transcript.exon_index(extent.first), 0)] < transcript.cds_start
    return "5_prime_UTR_variant" if before else "3_prime_UTR_variant"


def _numbered(indices: list[int] | None, count: int) -> str | None:
    """``3/5``, or ``3-4/5`` when several are touched."""
    if not indices:
        return None
    first, last = indices[0] + 1, indices[-1] + 1
    return f"{first}/{count}" if first == last else f"{first}-{last}/{count}"


def _effect(
    transcript: TranscriptMap,
    edit: Edit,
    terms: set[str],
    change: ProteinChange | None,
    exons: list[int] | None,
    introns: list[int] | None,
    tx_start: int | None = None,
) -> Effect:
    told = ordered(terms)
    splice = "splice_donor_variant" in told or "splice_acceptor_variant" in told
    crossing = bool(exons and introns and "coding_sequence_variant" in told)
    hgvs_p = change.hgvs_p if change else UNPREDICTABLE if splice or crossing else None
    flags: list[str] = []
    escapes = stop = None
    if change and change.outcome in FRAME_ENDERS and change.stop_tx_offset is not None and tx_start is not None:
        escapes = escapes_nmd(transcript, change.stop_tx_offset, tx_start, edit.growth)
        stop = change.stop_codon
        start = next_start(transcript)
        if start and stop and stop < start:
            flags += ["start_proximal", f"next_met:{start}"]
    elif change and change.outcome in FRAME_ENDERS:
        flags.append("utr_runs_out")
    cds = _cds_span(transcript, edit, tx_start) if change else (None, None)
    return Effect(
        accession=transcript.transcript.accession,
        gene=transcript.transcript.gene,
        mane_select=transcript.transcript.mane_select,
        terms=told,
        impact=IMPACT[told[0]],
        hgvs_c=name_c(transcript, edit),
        hgvs_p=hgvs_p,
        exon=_numbered(exons, len(transcript.exons)),
        intron=_numbered(introns, len(transcript.exons) - 1),
        cds_start=cds[0],
        cds_end=cds[1],
        protein_start=change.first if change else None,
        protein_end=change.last if change else None,
        codons=_codons(transcript, edit, tx_start) if change else None,
        amino_acids=change.amino_acids if change else None,
        escapes_nmd=escapes,
        stop_codon=stop,
        flags=tuple(flags),
    )


def _cds_span(transcript: TranscriptMap, edit: Edit, tx_start: int | None) -> tuple[int | None, int | None]:
    """First and last coding base touched, 1-based; for an insertion its neighbours."""
    if tx_start is None:
        return None, None
    first = tx_start - transcript.cds_start + 1
    if not edit.ref:
        return first - 1, first
    return max(first, 1), min(first + len(edit.ref) - 1, transcript.cds_end - transcript.cds_start)


def _codons(transcript: TranscriptMap, edit: Edit, tx_start: int | None) -> str | None:
    """``Cga/Tga``: the codons of a change that keeps its length, changed bases in capitals."""
    if tx_start is None or edit.growth or tx_start < transcript.cds_start:
        return None
    lead = (tx_start - transcript.cds_start) % 3
    tail = -(lead + len(edit.ref)) % 3
    before = transcript.spliced[tx_start - lead : tx_start].lower()
    after = transcript.spliced[tx_start + len(edit.ref) : tx_start + len(edit.ref) + tail].lower()
    return f"{before}{edit.ref}{after}/{before}{edit.alt}{after}"
