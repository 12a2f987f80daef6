"""Callable intervals: where a laboratory says its reads suffice, as a BED file (0-based, half-open, as BED is).

Tools that write one: mosdepth (``--quantize``, keep the sufficient class), GATK CallableLoci (keep CALLABLE). Only the
first three columns are read: every interval in the file counts as read sufficiently.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from higm_annot.intake.text_file import lines_of
from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import parse_contig
from higm_annot.reference.types import Contig


def read_callable(path: str, sample: str) -> tuple[tuple[Contig, int, int], ...]:
    """Intervals on the panel's contigs, 1-based inclusive, sorted.

    Raises
    ------
    Refused
        When the file cannot be read or a line on a panel contig is not BED; a coverage file that is half understood
        would turn unread exons into assessed ones.
    """
    try:
        raw = Path(path).read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is neither text nor whole gzip"
        raise Refused(problem("HA-COV-001", file=path, sample=sample, reason=reason)) from None
    intervals = []
    for number, line in enumerate(lines_of(text), 1):
        if not line.strip() or line.startswith(("#", "track", "browser")):
            continue
        cells = line.split()
        contig = parse_contig(cells[0])
        if contig is None:
            continue
        if len(cells) < 3 or not (cells[1].isdigit() and cells[2].isdigit()) or int(cells[1]) >= int(cells[2]):
            raise Refused(problem("HA-COV-002", file=path, line=number, sample=sample))
        intervals.append((contig, int(cells[1]) + 1, int(cells[2])))
    return tuple(sorted(intervals))
