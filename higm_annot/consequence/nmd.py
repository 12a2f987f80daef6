"""Nonsense-mediated decay of a new stop, by the rule of the PVS1 decision tree (Abou Tayoun 2018).

A transcript is expected to escape when its stop lies in the last exon or in the last bases of the exon before it (how
many: ``nmd_escape_bases`` of the thresholds table), or when it has one exon only. Exons of the 3' UTR count.
"""

from __future__ import annotations

from functools import cache

from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.knowledge.tables import threshold


@cache
def escaping_bases() -> int:
    """How many bases before the last junction a stop may lie and still escape."""
    return int(threshold("nmd_escape_bases"))


def escapes_nmd(transcript: TranscriptMap, stop_tx_offset: int, grown: int) -> bool:
    """Whether a transcript whose new stop codon starts at ``stop_tx_offset`` (edited transcript) is expected to stay.

    ``grown`` counts the bases gained (negative: lost) before the last junction, which moves along.
    """
    if len(transcript.exons) == 1:
        return True
    return stop_tx_offset >= transcript.tx_starts[-2] + grown - escaping_bases()
