"""Reading through pysam: BGZF text with a tabix or CSI index, and BCF with or without one.

pysam is imported inside the functions: a plain one-sample run never needs it. What it gives is turned back into text
lines, because genotypes are read from raw allele indices only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from higm_annot.intake.header import Header, parse_header
from higm_annot.intake.sieve import Cut, Sieve, Spans
from higm_annot.problems import Problem, Refused, problem

if TYPE_CHECKING:
    import pysam

INDEX_SUFFIXES = (".tbi", ".csi")


def usable_index(path: str, file: str, remarks: list[Problem]) -> str:
    """Path of an index that is not older than the file, or nothing; a stale one adds a remark."""
    for suffix in INDEX_SUFFIXES:
        index = Path(path + suffix)
        if index.is_file():
            if index.stat().st_mtime >= Path(path).stat().st_mtime:
                return str(index)
            remarks.append(problem("HA-VCF-016", file=file, name=index.name))
            return ""
    return ""


def read_tabix(path: str, index: str, sieve: Sieve, remarks: list[Problem]) -> Cut | None:
    """Records near the regions through an index; None (with a remark) when the index cannot be used."""
    import pysam  # noqa: PLC0415 - see the module's docstring

    with _quiet():
        try:
            with pysam.TabixFile(path, index=index, encoding="latin-1") as source:
                for name in source.contigs:
                    after = 0
                    for start, end in windows(name, sieve):
                        for line in source.fetch(name, start, end):
                            sieve.see(0, line.encode("latin-1"), after)
                        after = end
                return sieve.cut(next(iter(source.contigs), ""), remarks)
        except (OSError, ValueError, RuntimeError, LookupError):
            remarks.append(problem("HA-VCF-017", file=sieve.file, name=Path(index).name))
            return None


class IndexUnusable(Exception):  # noqa: N818 - says what the index is
    """An index that cannot be read, met while reading through it."""


def tabix_records(path: str, index: str, names: frozenset[str]) -> Iterator[bytes]:
    """All records on contigs of these names, through an index.

    Raises
    ------
    IndexUnusable
        When the index or the file cannot be read.
    """
    import pysam  # noqa: PLC0415 - see the module's docstring

    with _quiet():
        try:
            with pysam.TabixFile(path, index=index, encoding="latin-1") as source:
                for name in (name for name in source.contigs if name in names):
                    for line in source.fetch(name):
                        yield line.encode("latin-1")
        except (OSError, ValueError, RuntimeError, LookupError):
            raise IndexUnusable from None


def bcf_records(path: str, file: str, names: frozenset[str], *, by_index: bool) -> Iterator[bytes]:
    """All records of a BCF on contigs of these names, as lines of text."""
    with _bcf(path, file) as source:
        if by_index and source.index is not None:
            for name in (name for name in map(str, source.header.contigs) if name in names):
                yield from map(_line, source.fetch(name))
        else:
            yield from (_line(record) for record in source if record.chrom in names)


def windows(name: str, sieve: Sieve) -> list[tuple[int, int]]:
    """Windows to fetch on a contig, 0-based half-open, and note that it has records.

    Where a record can be longer than its REF the index is not trusted to know its end, and everything before a region
    is looked at.
    """
    contig = sieve.contig(name.encode())
    spans = sieve.spans[contig] if contig is not None else ()
    if not spans:
        return []
    if sieve.header.reaches:
        return [(0, spans[-1][1])]
    return [(first - 1, last) for first, last in spans]


def bcf_header(path: str, file: str) -> Header:
    """Header of a BCF."""
    with _bcf(path, file) as source:
        return _header(source, file)


def read_bcf(path: str, file: str, spans: Spans) -> Cut:
    """Records of a BCF that overlap the spans; through its index when that is usable."""
    remarks: list[Problem] = []
    index = usable_index(path, file, remarks)
    with _bcf(path, file) as source:
        sieve = Sieve(file, _header(source, file), spans)
        if index and source.index is not None:
            first = ""
            for name in map(str, source.header.contigs):
                if next(source.fetch(name), None) is None:
                    continue
                first = first or name
                after = 0
                for start, end in windows(name, sieve):
                    for record in source.fetch(name, start, end):
                        sieve.see(0, _line(record), after)
                    after = end
            return sieve.cut(first, remarks)
        return sieve.cut(_stream_bcf(source, sieve), remarks)


def _stream_bcf(source: pysam.VariantFile, sieve: Sieve) -> str:
    """Let the sieve see every record that can overlap a region; the contig of the first record.

    A record's text is made only where it can matter: for most it is enough to compare numbers.
    """
    spans: dict[int, tuple[tuple[int, int], ...] | None] = {}
    first, reaches = "", sieve.header.reaches
    for record in source:
        number = record.rid
        if number not in spans:
            first = first or record.chrom
            contig = sieve.contig(record.chrom.encode())
            spans[number] = sieve.spans[contig] if contig is not None else None
        near = spans[number]
        if not near or record.pos > near[-1][1]:
            continue
        if reaches or any(record.pos <= last and record.stop >= start for start, last in near):
            sieve.see(0, _line(record))
    return first


def _line(record: pysam.VariantRecord) -> bytes:
    return str(record).rstrip("\n").encode()


def _header(source: pysam.VariantFile, file: str) -> Header:
    lines = [line for line in str(source.header).splitlines() if line]
    return parse_header(lines, file)


@contextmanager
def _bcf(path: str, file: str) -> Iterator[pysam.VariantFile]:
    """An open BCF; whatever the library finds wrong with it becomes a refusal."""
    import pysam  # noqa: PLC0415 - see the module's docstring

    with _quiet():
        try:
            with pysam.VariantFile(path, "rb") as source:
                yield source
        except (OSError, ValueError, EOFError, RuntimeError, LookupError):
            raise Refused(problem("HA-VCF-005", file=file)) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """The library's own messages would stand beside ours; they are kept away while a file is read."""
    import pysam  # noqa: PLC0415 - see the module's docstring

    before = pysam.set_verbosity(0)
    try:
        yield
    finally:
        pysam.set_verbosity(before)
