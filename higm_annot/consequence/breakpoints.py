"""Names of structural alleles: ends known to the base, ends within a stretch, ends nobody knows.

HGVS writes an end that was not sequenced as ``(last base shown to be there_first base shown to be changed)``, likewise
on the other side, ``?`` where nothing is shown (Recommendations: Uncertain; DNA, deletion). ``dup`` is only for a copy
directly behind the original; where a copy lies elsewhere, or nobody knows, it is an insertion at an unknown place
(DNA, duplication). A copy number is a number in brackets. c. names end where the transcript ends (Numbering).
"""

from __future__ import annotations

import re

from msgspec import Struct

from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.intake.types import Allele, Call, Count

UNKNOWN_NUMBER = "[?]"
TANDEM = "<DUP:TANDEM>"
GAIN_NAME = re.compile(r"(\S+):g\.\?_\?ins\[\1:g\.(\S+)\]")
HEARD = frozenset({Count.AGREES, Count.DECIDES})
VERBS = {"DEL": "del", "DUP": "dup", "INV": "inv", "CNV": UNKNOWN_NUMBER}


class Range(Struct, frozen=True):
    """One end: the first or last changed base lies from ``low`` to ``high``; None where that is not known."""

    low: int | None
    high: int | None

    @property
    def is_exact(self) -> bool:
        """Whether it is one known base."""
        return self.low is not None and self.low == self.high


def kind_of(allele: Allele) -> str:
    """``DEL`` of ``<DEL:ME:ALU>``."""
    return allele.alt.strip("<>").split(":")[0]


def is_exact(allele: Allele) -> bool:
    """Whether both ends are known to the base; an allele that spans bases and ends at its POS has no end."""
    return allele.exact and (allele.end > allele.pos or kind_of(allele) == "INS")


def ends_of(allele: Allele) -> tuple[Range, Range]:
    """First and last changed base; for an insertion the bases on either side."""
    start, end = (allele.pos, allele.pos + 1) if kind_of(allele) == "INS" else (allele.pos + 1, allele.end)
    if is_exact(allele):
        return Range(start, start), Range(end, end)
    if end < start:
        return Range(start, start), Range(start, None)
    if not any(allele.margins):
        return Range(None, start), Range(end, None)
    down, up, end_down, end_up = allele.margins
    return Range(start + down, start + up), Range(end + end_down, end + end_up)


def name_g(allele: Allele, accession: str) -> str:
    """Genomic name with its accession."""
    if kind_of(allele) == "INS":
        return f"{accession}:g.{_between(allele)}ins{allele.inserted or f'N{UNKNOWN_NUMBER}'}"
    first, last = ends_of(allele)
    span = _span(_side(first, -1), _side(last, 1))
    if kind_of(allele) == "DUP" and allele.alt != TANDEM:
        return f"{accession}:g.?_?ins[{accession}:g.{span}]"
    return f"{accession}:g.{span}{_verb(allele)}"


def name_c(allele: Allele, transcript: TranscriptMap) -> str:
    """Coding name without accession; empty where HGVS allows none.

    Where the ends are not known at all but are given in introns, the change is named by the exons between them.
    """
    kind = kind_of(allele)
    first, last = ends_of(allele)
    if kind == "DUP" and allele.alt != TANDEM:
        return ""
    if kind != "INS" and not allele.exact and not any(allele.margins):
        lost = exons_between(transcript, *_gene_order(transcript, allele.pos + 1, allele.end))
        # Nothing says that the exons beside them are there, nor where in the introns the ends lie.
        return f"c.{bracketed(transcript, *lost, None, None)}{_verb(allele)}" if lost else ""
    if transcript.strand < 0:
        first, last = Range(last.high, last.low), Range(first.high, first.low)
    sides = [_c_side(transcript, one, outwards) for one, outwards in ((first, -1), (last, 1))]
    if not all(sides):
        return ""
    if kind == "INS":
        between = f"{sides[0]}_{sides[1]}" if first.is_exact else _c_between(transcript, first, last)
        return f"c.{between}ins{allele.inserted or f'N{UNKNOWN_NUMBER}'}" if between else ""
    return f"c.{_span(*sides)}{_verb(allele)}"


def bracketed(transcript: TranscriptMap, first: int, last: int, before: int | None, after: int | None) -> str:
    """Exons ``first`` to ``last`` (0-based) between the nearest ones known to be as usual, ``?`` where none is."""

    def coding(exon: int, *, end: bool) -> str:
        start, stop = transcript.exons[exon]
        return transcript.c_position(stop - 1 if end else start)

    left = "?" if before is None else f"{coding(before, end=True)}+1"
    right = "?" if after is None else f"{coding(after, end=False)}-1"
    return f"({left}_{coding(first, end=False)}-1)_({coding(last, end=True)}+1_{right})"


def exons_between(transcript: TranscriptMap, first: int, last: int) -> tuple[int, int] | None:
    """The first and last exon between two gene offsets that lie in introns; None where none, or no introns."""
    low, high = transcript.segment(first), transcript.segment(last)
    inside = 0 < low < high < len(transcript.borders)
    if not inside or low % 2 or high % 2:
        return None
    return low // 2, high // 2 - 1


def counted(name: str, copies: float) -> str:
    """A name with the copies counted in a person, as an assay of copies names the same fact (:mod:`exon_copies`).

    That of a ``<CNV>`` has an open number, that of a gain of unknown place becomes one; any other name stays, and so do
    all when the count is no whole number.
    """
    if not float(copies).is_integer():
        return name
    gain = GAIN_NAME.fullmatch(name)
    if gain:
        return f"{gain[1]}:g.{gain[2]}[{int(copies)}]"
    return f"{name.removesuffix(UNKNOWN_NUMBER)}[{int(copies)}]" if name.endswith(UNKNOWN_NUMBER) else name


def counted_in(name: str, call: Call) -> str:
    """A name with the copies of a call, where its count is heard."""
    copies = call.support.copy_number
    return name if copies is None or call.count not in HEARD else counted(name, round(copies))


def _verb(allele: Allele) -> str:
    verb = VERBS.get(kind_of(allele), "")
    return f"delins{allele.inserted}" if verb == "del" and allele.inserted else verb


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}_{last}"


def _side(one: Range, outwards: int) -> str:
    """An end as a g. name writes it; the outermost base is the last one that is surely there."""
    if one.is_exact:
        return str(one.low)
    if outwards < 0:
        return f"({'?' if one.low is None else one.low - 1}_{one.high})"
    return f"({one.low}_{'?' if one.high is None else one.high + 1})"


def _between(allele: Allele) -> str:
    """The two bases around an insertion, or the stretch in which it lies."""
    first, last = ends_of(allele)
    if not any(allele.margins):
        return f"{allele.pos}_{allele.pos + 1}"
    return f"({first.low}_{last.high})"


def _gene_order(transcript: TranscriptMap, first: int, last: int) -> tuple[int, int]:
    """Genomic places as gene offsets, in the order of transcription."""
    one, other = _offset(transcript, first), _offset(transcript, last)
    return min(one, other), max(one, other)


def _offset(transcript: TranscriptMap, place: int) -> int:
    return place - transcript.slice.start if transcript.strand > 0 else transcript.slice.end - place


def _position(transcript: TranscriptMap, place: int) -> str:
    """The c. position of a genomic place, empty outside the transcript."""
    offset = _offset(transcript, place)
    return transcript.c_position(offset) if transcript.is_within(offset) else ""


def _c_side(transcript: TranscriptMap, one: Range, outwards: int) -> str:
    """An end as a c. name writes it, empty where a base of it lies outside the transcript."""
    if one.low is None or one.high is None:
        return ""
    if one.is_exact:
        return _position(transcript, one.low)
    step = outwards * transcript.strand
    low, high = (one.low + step, one.high) if outwards < 0 else (one.low, one.high + step)
    sides = _position(transcript, low), _position(transcript, high)
    return f"({sides[0]}_{sides[1]})" if all(sides) else ""


def _c_between(transcript: TranscriptMap, first: Range, last: Range) -> str:
    """The stretch in which an insertion lies."""
    if first.low is None or last.high is None:
        return ""
    sides = _position(transcript, first.low), _position(transcript, last.high)
    return f"({sides[0]}_{sides[1]})" if all(sides) else ""
