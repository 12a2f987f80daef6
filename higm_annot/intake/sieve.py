"""Which records are kept: those that overlap a region of the panel, in either build.

:func:`record_end` alone decides how far a record reaches: END, SVLEN and LEN count alike on every way of reading.
"""

from __future__ import annotations

from typing import NoReturn

from msgspec import Struct

from higm_annot.intake.header import Header
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.contigs import parse_contig
from higm_annot.reference.types import Contig, Panel

Spans = dict[Contig, tuple[tuple[int, int], ...]]


class Line(Struct, frozen=True):
    """A record that overlaps a region: its number in the file (0 through an index), place, last base, and text."""

    number: int
    name: str
    contig: Contig
    pos: int
    end: int
    text: str


class Cut(Struct, frozen=True):
    """What was read of a file: header, kept records, and which contigs have records at all.

    ``names`` are the spellings of panel contigs met in records; ``first_contig`` is the contig of the first record.
    """

    file: str
    header: Header
    lines: tuple[Line, ...]
    names: tuple[str, ...]
    first_contig: str
    problems: tuple[Problem, ...]


def spans_of(panel: Panel) -> Spans:
    """Regions of both builds, joined where they touch, by contig."""
    joined: dict[Contig, list[tuple[int, int]]] = {contig: [] for contig in Contig}
    for region in sorted(panel.regions, key=lambda region: (region.start, region.end)):
        spans = joined[region.contig]
        if spans and region.start <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], max(spans[-1][1], region.end))
        else:
            spans.append((region.start, region.end))
    return {contig: tuple(spans) for contig, spans in joined.items()}


def record_end(cells: list[bytes]) -> int:
    """Last base (1-based inclusive) that a record covers: the furthest of REF, END, SVLEN and LEN.

    SVLEN counts for symbolic alleles other than insertions, whose length is not reference sequence.
    """
    pos, info = int(cells[1]), cells[7]
    end = pos + len(cells[3]) - 1
    if b"END=" in info or b"SVLEN=" in info:
        lengths: list[bytes] = []
        for entry in info.split(b";"):
            if entry.startswith(b"END=") and entry[4:].isdigit():
                end = max(end, int(entry[4:]))
            elif entry.startswith(b"SVLEN="):
                lengths = entry[6:].split(b",")
        alts = cells[4].split(b",")
        if len(lengths) == 1:
            lengths *= len(alts)
        for alt, length in zip(alts, lengths, strict=False):
            if alt.startswith(b"<") and not alt.startswith(b"<INS") and length.lstrip(b"-").isdigit():
                end = max(end, pos + abs(int(length)))
    if len(cells) > 9 and b"LEN" in cells[8]:
        keys = cells[8].split(b":")
        if b"LEN" in keys:
            place = keys.index(b"LEN")
            for sample in cells[9].split(b"\t"):
                values = sample.split(b":")
                if place < len(values) and values[place].isdigit():
                    end = max(end, pos + int(values[place]) - 1)
    return end


class Sieve:
    """Keeps the records of one file that overlap the spans; counts nothing else."""

    def __init__(self, file: str, header: Header, spans: Spans) -> None:
        self.file, self.header, self.spans = file, header, spans
        self.kept: list[Line] = []
        self.contigs: dict[bytes, Contig | None] = {}
        self.names: dict[str, None] = {}

    def see(self, number: int, line: bytes, after: int = 0) -> None:
        """Keep the record if it overlaps a span and starts behind ``after`` (what lies before was seen already)."""
        name, pos_text, _ = self.cells(number, line, 3)
        contig = self.contig(name)
        if contig is None:
            return
        if not pos_text.isdigit():
            self.refuse("HA-VCF-012", number, name, b"", value=pos_text.decode(errors="replace"))
        pos, spans = int(pos_text), self.spans[contig]
        if not spans or pos > spans[-1][1] or pos <= after:
            return
        cells = self.cells(number, line, 10)
        end = record_end(cells)
        if not any(pos <= last and end >= first for first, last in spans):
            return
        self.check_width(number, line)
        self.kept.append(Line(number, name.decode(), contig, pos, end, line.decode(errors="replace")))

    def contig(self, name: bytes) -> Contig | None:
        """The panel contig of this spelling; remembered as having a record."""
        if name not in self.contigs:
            contig = parse_contig(name.decode(errors="replace"))
            self.contigs[name] = contig
            if contig is not None:
                self.names[name.decode()] = None
        return self.contigs[name]

    def cells(self, number: int, line: bytes, count: int) -> list[bytes]:
        """The first ``count - 1`` columns and the rest."""
        cells = line.split(b"\t", count - 1)
        if len(cells) < min(count, 8):
            self.check_width(number, line)
        return cells

    def check_width(self, number: int, line: bytes) -> None:
        """Refuse a line with fewer or more columns than the header."""
        found = line.count(b"\t") + 1
        if found != self.header.columns:
            cells = [*line.split(b"\t", 2), b""]
            self.refuse("HA-VCF-011", number, cells[0], cells[1], found=found, expected=self.header.columns)

    def refuse(self, code: str, number: int, name: bytes, pos: bytes, **fields: object) -> NoReturn:
        """Refuse the file for this line."""
        site = ":".join(part.decode(errors="replace") for part in (name, pos) if part) if not number else ""
        raise Refused(problem(code, file=self.file, line=number, sample="", site=site, **fields))

    def cut(self, first_contig: str, remarks: list[Problem]) -> Cut:
        """What was kept."""
        return Cut(self.file, self.header, tuple(self.kept), tuple(self.names), first_contig, tuple(remarks))
