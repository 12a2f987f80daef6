"""Nonsense-mediated decay of a premature stop, by the rule ACMG/AMP's PVS1 tree uses (Abou Tayoun 2018, PMID:30192042).

A transcript is expected to escape when its stop lies in the last exon or in the last 50 bases of the exon before it, or
when it has one exon only.
"""

from __future__ import annotations

from higm_annot.consequence.transcript_map import TranscriptMap

ESCAPING_BASES = 50


def escapes_nmd(transcript: TranscriptMap, stop_tx_offset: int, edit_tx_offset: int, growth: int) -> bool:
    """Whether a transcript whose new stop codon starts at ``stop_tx_offset`` (of the edited transcript) is expected to stay.

    ``edit_tx_offset`` and ``growth`` say where the edited transcript was lengthened, so that its last junction is known.
    """
    if len(transcript.exons) == 1:
        return True
    junction = transcript.tx_starts[-2]
    if edit_tx_offset < junction:
        junction += growth
    return stop_tx_offset >= junction - ESCAPING_BASES


def next_start(transcript: TranscriptMap) -> int | None:
    """Codon number of the first in-frame Met after the initiator, None when there is none."""
    index = transcript.protein.find("M", 1)
    return index + 1 if index > 0 else None
