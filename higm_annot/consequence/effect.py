"""The effect of one edit on one transcript."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from higm_annot.consequence.edit import Edit, Kind, shifted_back
from higm_annot.consequence.exon_frame import copied, loss_flags, whole_exons
from higm_annot.consequence.hgvs import name_c
from higm_annot.consequence.nmd import escapes_nmd
from higm_annot.consequence.place import (
    SITES,
    Extent,
    across,
    beside,
    extent_of,
    in_intron,
    is_near_intron,
    part_of,
)
from higm_annot.consequence.protein import Outcome, ProteinChange, protein_change
from higm_annot.consequence.terms import BY_OUTCOME, CODING, IMPACT, REGION, UTR3, UTR5, coarse, ordered
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.types import Effect

FRAME_ENDERS = (Outcome.STOP_GAINED, Outcome.FRAMESHIFT)
UNPREDICTABLE = "p.?"
# Changes that leave no protein to predict when they come with a lost splice site or cross the border of an exon.
OPEN = SITES | {CODING, "start_lost", "stop_lost", "transcript_ablation"}


def effect_on(transcript: TranscriptMap, edit: Edit) -> Effect:
    """Names and consequence of an edit that lies inside the embedded sequence."""
    extent = extent_of(edit)
    low = transcript.segment(extent.first)
    high = low if extent.last == extent.first else transcript.segment(extent.last)
    if edit.kind is Kind.IDENTITY:
        return told(transcript, ("no_sequence_alteration",), name_c(transcript, edit))
    if edit.kind in (Kind.DUPLICATION, Kind.INVERSION) and whole_exons(transcript, *_held(edit)):
        return _exons_held(transcript, edit)
    outside = beside(transcript, extent)
    if outside:
        return told(transcript, (outside,), name_c(transcript, edit))
    taken = _over_exon(transcript, edit)
    if taken is None and low % 2 and (low == high or lengthens_exon(transcript, edit, low // 2)):
        return _exonic(transcript, edit, low // 2, extent)
    if low != high or taken is not None:
        return _crossing(transcript, edit, taken or extent)
    return _intronic(transcript, edit, low // 2 - 1, extent)


def told(
    transcript: TranscriptMap,
    terms: Iterable[str],
    hgvs_c: str,
    *,
    hgvs_p: str | None = None,
    exon: str | None = None,
    intron: str | None = None,
    flags: tuple[str, ...] = (),
) -> Effect:
    """An effect from which no protein is predicted."""
    ranked = ordered(terms)
    return Effect(
        accession=transcript.transcript.accession,
        gene=transcript.transcript.gene,
        mane_select=transcript.transcript.mane_select,
        terms=ranked,
        impact=IMPACT[ranked[0]],
        hgvs_c=hgvs_c,
        hgvs_p=hgvs_p,
        exon=exon,
        intron=intron,
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


def numbered(labels: tuple[str, ...], indices: tuple[int, ...]) -> str | None:
    """``3/5``, or ``3-4/5`` when several are touched."""
    if not indices:
        return None
    if len(indices) == 1:
        return labels[indices[0]]
    return f"{indices[0] + 1}-{labels[indices[-1]]}"


def _intronic(transcript: TranscriptMap, edit: Edit, intron: int, extent: Extent) -> Effect:
    terms = in_intron(transcript, intron, extent)
    if terms & SITES:
        terms = _spared(transcript, edit) or terms
    donor = transcript.exons[intron][1]
    doubled = edit.kind is Kind.DUPLICATION and edit.start_offset - len(edit.alt) < donor
    return told(
        transcript,
        terms | {REGION} if doubled and not terms & SITES else terms,
        name_c(transcript, edit),
        hgvs_p=UNPREDICTABLE if doubled or terms & SITES else None,
        intron=transcript.intron_labels[intron],
    )


def _held(edit: Edit) -> tuple[int, int]:
    """First and last base of what is copied or turned around."""
    end = edit.start_offset if edit.kind is Kind.DUPLICATION else edit.end_offset
    return end - len(edit.alt), end - 1


def _exons_held(transcript: TranscriptMap, edit: Edit) -> Effect:
    """Whole exons copied in tandem or turned around: the change lies where they do, and their sites go with them."""
    first, last = _held(edit)
    is_copy = edit.kind is Kind.DUPLICATION
    crossing = across(transcript, Extent(first, last, insertion=False), None)
    whole = first <= transcript.borders[0] and last >= transcript.borders[-1] - 1
    effect = told(
        transcript,
        coarse(crossing.terms, whole=whole and is_copy),
        name_c(transcript, edit),
        hgvs_p=UNPREDICTABLE if CODING in crossing.terms else None,
        exon=numbered(transcript.exon_labels, crossing.exons),
        intron=numbered(transcript.intron_labels, crossing.introns),
    )
    return copied(transcript, effect, first, last) if is_copy else effect


def _over_exon(transcript: TranscriptMap, edit: Edit) -> Extent | None:
    """Where a deletion lies that can be told as the loss of a whole exon; None where it takes none.

    The 3' rule may tell it as that of the exon's bases but the first, and one of the intron.
    """
    length = len(edit.ref)
    if edit.alt or length < transcript.shortest_exon:
        return None
    furthest_back = shifted_back(transcript.sequence, edit).start_offset
    for start, end in transcript.exons:
        first = min(edit.start_offset, start)
        if furthest_back <= first and first + length >= end:
            return Extent(first, first + length - 1, insertion=False)
    return None


def _crossing(transcript: TranscriptMap, edit: Edit, extent: Extent) -> Effect:
    put = len(edit.alt) if edit.ref and edit.kind is not Kind.INVERSION else None
    crossing = across(transcript, extent, put)
    terms = crossing.terms
    if terms & SITES:
        terms = _spared(transcript, edit) or terms
    return told(
        transcript,
        terms,
        name_c(transcript, edit),
        hgvs_p=UNPREDICTABLE if terms & OPEN else None,
        exon=numbered(transcript.exon_labels, crossing.exons),
        intron=numbered(transcript.intron_labels, crossing.introns),
        flags=() if put is None else loss_flags(transcript, extent.first, extent.last),
    )


def _spared(transcript: TranscriptMap, edit: Edit) -> frozenset[str]:
    """Terms of a deletion or insertion that the 3' rule places on a splice site though site and exon stay as they are.

    In a repeat the same change can be told of bases deeper in the intron (``agag|G``: one ``ag`` less keeps the other).
    Empty when there is no such description.
    """
    extent = extent_of(shifted_back(transcript.sequence, edit))
    low, high = transcript.segment(extent.first), transcript.segment(extent.last)
    if low != high or low % 2 or not 0 < low < len(transcript.borders):
        return frozenset()
    terms = in_intron(transcript, low // 2 - 1, extent)
    return frozenset() if terms & SITES else terms


def _exonic(transcript: TranscriptMap, edit: Edit, exon: int, extent: Extent) -> Effect:
    """An edit inside one exon."""
    if edit.kind is Kind.DUPLICATION and exon and _doubles_acceptor(transcript, edit, transcript.exons[exon][0]):
        return _doubled(transcript, edit, exon)
    tx_start = transcript.tx_starts[exon] + edit.start_offset - transcript.exons[exon][0]
    tx_end = tx_start + len(edit.ref)
    terms = [REGION] if is_near_intron(transcript, exon, extent) else []
    before = tx_start < transcript.cds_start if edit.ref else tx_start <= transcript.cds_start
    after = tx_end > transcript.cds_end if edit.ref else tx_start >= transcript.cds_end
    if before and tx_end <= transcript.cds_start:
        terms.append(UTR5)
    elif after and tx_start >= transcript.cds_end:
        terms.append(UTR3)
    else:
        if before:
            terms.append(UTR5)
        if after:
            terms.append(UTR3)
        return _coding(transcript, edit, exon, (tx_start, tx_end), terms)
    return told(transcript, terms, name_c(transcript, edit), exon=transcript.exon_labels[exon])


def lengthens_exon(transcript: TranscriptMap, edit: Edit, exon: int) -> bool:
    """Whether a copy of the last bases of an exon stands between it and its donor: the exon gets longer.

    The donor stays, and there is no second one: a copy that begins like the donor is told of the intron by the 3' rule.
    """
    start, end = transcript.exons[exon]
    within = edit.kind is Kind.DUPLICATION and edit.start_offset == end and end - len(edit.alt) >= start
    return within and exon + 1 < len(transcript.exons)


def _doubles_acceptor(transcript: TranscriptMap, edit: Edit, exon_start: int) -> bool:
    """Whether a copy that reaches from the intron into its exon puts a second acceptor in front of a second exon start.

    Then the old exon can still be spliced in, and nobody can tell from the sequence which of the two sites is used.
    """
    intronic = exon_start - (edit.start_offset - len(edit.alt))
    if intronic <= 0:
        return False
    before = (transcript.sequence[exon_start - 2 : edit.start_offset] + edit.alt[:intronic])[-2:]
    return before == transcript.sequence[exon_start - 2 : exon_start]


def _doubled(transcript: TranscriptMap, edit: Edit, exon: int) -> Effect:
    tx_start = transcript.tx_starts[exon] + edit.start_offset - transcript.exons[exon][0]
    return told(
        transcript,
        (REGION, part_of(transcript, tx_start)),
        name_c(transcript, edit),
        hgvs_p=UNPREDICTABLE,
        exon=transcript.exon_labels[exon],
        intron=transcript.intron_labels[exon - 1],
    )


def _coding(transcript: TranscriptMap, edit: Edit, exon: int, tx: tuple[int, int], terms: list[str]) -> Effect:
    """An edit of one exon that touches the coding sequence."""
    grown = edit.growth if exon + 1 < len(transcript.exons) else 0
    return _translated(transcript, edit, tx, terms, name_c(transcript, edit), (exon,), grown)


class Placed(Struct, frozen=True):
    """An edit inside one exon, with its half-open spliced offsets."""

    edit: Edit
    exon: int
    tx_start: int
    tx_end: int


def placed(transcript: TranscriptMap, edit: Edit) -> Placed | None:
    """Where an edit lies along the spliced transcript, None where it does not lie inside one exon."""
    extent = extent_of(edit)
    low, high = transcript.segment(extent.first), transcript.segment(extent.last)
    if not low % 2 or not (low == high or lengthens_exon(transcript, edit, low // 2)):
        return None
    tx_start = transcript.tx_starts[low // 2] + edit.start_offset - transcript.exons[low // 2][0]
    return Placed(edit, low // 2, tx_start, tx_start + len(edit.ref))


def read_together(transcript: TranscriptMap, changes: Sequence[Placed], name: str) -> Effect:
    """Several edits of one copy that touch the coding sequence, in their order along the transcript, read as one."""
    start, end = changes[0].tx_start, changes[-1].tx_end
    alt, reached = "", start
    for one in changes:
        alt += transcript.spliced[reached : one.tx_start] + one.edit.alt
        reached = one.tx_end
    whole = Edit(start, end, transcript.spliced[start:end], alt, Kind.DELINS)
    near = any(is_near_intron(transcript, one.exon, extent_of(one.edit)) for one in changes)
    exons = tuple(range(changes[0].exon, changes[-1].exon + 1))
    grown = sum(one.edit.growth for one in changes if one.exon + 1 < len(transcript.exons))
    return _translated(transcript, whole, (start, end), [REGION] if near else [], name, exons, grown)


def _translated(
    transcript: TranscriptMap,
    edit: Edit,
    tx: tuple[int, int],
    terms: list[str],
    name: str,
    exons: tuple[int, ...],
    grown: int,
) -> Effect:
    """The effect of spliced bases replaced; ``grown`` counts the bases gained before the last junction."""
    tx_start, tx_end = tx
    change = protein_change(transcript, edit, tx_start, tx_end)
    terms.append(BY_OUTCOME[change.outcome])
    if change.outcome is Outcome.STOP_GAINED and edit.growth % 3:
        terms.append("frameshift_variant")
    if change.outcome is Outcome.START_RETAINED:
        terms.append(UTR5)
    ranked = ordered(terms)
    first = tx_start - transcript.cds_start
    flags, escapes = _new_stop(transcript, change, grown)
    return Effect(
        accession=transcript.transcript.accession,
        gene=transcript.transcript.gene,
        mane_select=transcript.transcript.mane_select,
        terms=ranked,
        impact=IMPACT[ranked[0]],
        hgvs_c=name,
        hgvs_p=change.hgvs_p,
        exon=numbered(transcript.exon_labels, exons),
        intron=None,
        cds_start=max(first + 1, 1) if edit.ref else first,
        cds_end=min(tx_end, transcript.cds_end) - transcript.cds_start if edit.ref else first + 1,
        protein_start=change.first,
        protein_end=change.last,
        codons=None if edit.growth or first < 0 else _codons(transcript, edit, tx_start),
        amino_acids=change.amino_acids,
        escapes_nmd=escapes,
        stop_codon=change.stop_codon if change.outcome in FRAME_ENDERS else None,
        flags=flags,
    )


def _new_stop(transcript: TranscriptMap, change: ProteinChange, grown: int) -> tuple[tuple[str, ...], bool | None]:
    """Flags of a reading that ends elsewhere, and whether its stop escapes decay.

    ``start_proximal`` and ``next_met:N``: the stop comes before the next in-frame Met, at which reading could start
    anew. ``utr_runs_out``: no stop was found because the 3' UTR goes on outside the embedded sequence.
    ``no_stop``: the transcript ends without one.
    """
    if change.stop_tx_offset is None:
        if change.outcome in (Outcome.FRAMESHIFT, Outcome.STOP_LOST):
            return ("utr_runs_out" if transcript.runs_out else "no_stop",), None
        return (), None
    if change.outcome not in FRAME_ENDERS:
        return (), None
    escapes = escapes_nmd(transcript, change.stop_tx_offset, grown)
    start = transcript.next_start
    if start and change.stop_codon and change.stop_codon < start:
        return ("start_proximal", f"next_met:{start}"), escapes
    return (), escapes


def _codons(transcript: TranscriptMap, edit: Edit, tx_start: int) -> str:
    """``Cga/Tga``: the codons of a change that keeps its length, changed bases in capitals."""
    spliced, tx_end = transcript.spliced, tx_start + len(edit.ref)
    lead = (tx_start - transcript.cds_start) % 3
    before = spliced[tx_start - lead : tx_start].lower()
    after = spliced[tx_end : tx_end + -(lead + len(edit.ref)) % 3].lower()
    return f"{before}{edit.ref}{after}/{before}{edit.alt}{after}"
