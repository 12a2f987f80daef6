"""What losing or repeating whole exons does to the reading frame, by the lengths of the exons alone.

Words for a loss, the same that the rule tables use for skipping: ``first`` (the exon with the start codon goes),
``last`` (the exon with the stop codon), ``utr`` (untranslated exons only), ``in_frame``, ``penultimate`` (the frame is
shifted, and the last coding exon but one is among the lost) and ``shifts``. ``open`` where an end lies within an exon.
"""

from __future__ import annotations

from msgspec.structs import replace

from higm_annot.consequence.nmd import escapes_nmd
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.types import Effect
from higm_annot.reference.sequence import translate_to_stop

SHIFTED_COPY = "tandem_copy:shifts"
Exons = tuple[int, ...]


def after_loss(transcript: TranscriptMap, exons: Exons) -> str:
    """The frame after these whole exons (0-based) are lost."""
    coding = [exon for exon in range(len(transcript.exons)) if transcript.is_coding_exon(exon)]
    lost = [exon for exon in exons if exon in coding]
    if not lost:
        return "utr"
    if coding[0] in lost:
        return "first"
    if coding[-1] in lost:
        return "last"
    if sum(_length(transcript, exon) for exon in lost) % 3 == 0:
        return "in_frame"
    return "penultimate" if coding[-2] in lost else "shifts"


def after_copy(transcript: TranscriptMap, exons: Exons) -> str:
    """The frame when these whole exons are read twice in a row, as is predicted of a tandem duplication in the gene.

    With the start codon or the stop codon among them a whole reading frame may remain: ``first`` and ``last`` then say
    that nothing is predicted.
    """
    found = after_loss(transcript, exons)
    return "shifts" if found == "penultimate" else found


def whole_exons(transcript: TranscriptMap, first: int, last: int) -> Exons:
    """The exons (0-based) that lie wholly between two gene offsets, inclusive."""
    return tuple(number for number, (start, end) in enumerate(transcript.exons) if first <= start and end - 1 <= last)


def cuts_exon(transcript: TranscriptMap, first: int, last: int) -> bool:
    """Whether a change from ``first`` to ``last`` begins or ends within an exon and leaves a part of it."""
    return any((start < first < end) or (start <= last < end - 1) for start, end in transcript.exons)


def loss_flags(transcript: TranscriptMap, first: int, last: int) -> tuple[str, ...]:
    """``exon_loss:…`` for a deletion that takes whole exons of a transcript and leaves others."""
    lost = whole_exons(transcript, first, last)
    if not lost or len(lost) == len(transcript.exons):
        return ()
    return (f"exon_loss:{'open' if cuts_exon(transcript, first, last) else after_loss(transcript, lost)}",)


def copy_flags(transcript: TranscriptMap, first: int, last: int) -> tuple[str, ...]:
    """``tandem_copy:…`` for a tandem duplication of whole exons inside a transcript.

    Where the copied stretch reaches out of the transcript a whole transcript may remain, and nothing is told.
    """
    copied = whole_exons(transcript, first, last)
    if not copied or not (transcript.is_within(first) and transcript.is_within(last)):
        return ()
    return (f"tandem_copy:{'open' if cuts_exon(transcript, first, last) else after_copy(transcript, copied)}",)


def copied(transcript: TranscriptMap, effect: Effect, first: int, last: int) -> Effect:
    """The effect of a tandem duplication with its frame, and with the stop and the decay to expect where it shifts."""
    flags = copy_flags(transcript, first, last)
    if SHIFTED_COPY not in flags:
        return replace(effect, flags=(*effect.flags, *flags))
    stop, escapes = stop_after_copy(transcript, whole_exons(transcript, first, last))
    return replace(effect, flags=(*effect.flags, *flags), stop_codon=stop, escapes_nmd=escapes)


def stop_after_copy(transcript: TranscriptMap, exons: Exons) -> tuple[int | None, bool | None]:
    """The codon of the first stop when whole exons are read twice in a row, and whether it escapes decay.

    None for both where the embedded transcript ends without one.
    """
    start, end = transcript.tx_starts[exons[0]], transcript.tx_starts[exons[-1] + 1]
    grown = end - start if start < transcript.tx_starts[-2] else 0
    return _stop(transcript, transcript.spliced[:end] + transcript.spliced[start:], grown)


def stop_after_loss(transcript: TranscriptMap, exons: Exons) -> tuple[int | None, bool | None]:
    """The codon of the first stop when whole exons that follow one another are lost, and whether it escapes decay.

    None for both where the embedded transcript ends without one. The exons hold neither the start nor the stop codon.
    """
    start, end = transcript.tx_starts[exons[0]], transcript.tx_starts[exons[-1] + 1]
    return _stop(transcript, transcript.spliced[:start] + transcript.spliced[end:], start - end)


def _stop(transcript: TranscriptMap, spliced: str, grown: int) -> tuple[int | None, bool | None]:
    """The first stop of a changed transcript; ``grown`` as :func:`escapes_nmd` asks for it."""
    protein = translate_to_stop(spliced[transcript.cds_start :])
    if not protein.endswith("*"):
        return None, None
    return len(protein), escapes_nmd(transcript, transcript.cds_start + 3 * (len(protein) - 1), grown)


def _length(transcript: TranscriptMap, exon: int) -> int:
    """Coding bases of an exon."""
    start, end = transcript.tx_starts[exon], transcript.tx_starts[exon + 1]
    return max(0, min(end, transcript.cds_end) - max(start, transcript.cds_start))
