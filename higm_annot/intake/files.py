"""Opening a VCF or BCF: what kind of file it is, whether it is whole, and the way to read it.

Three ways lead to the same lines: streaming text (here; plain, gzip, BGZF), a tabix or CSI index, and BCF
(:mod:`higm_annot.intake.indexed`). Faults of a file are raised as :class:`Refused`; nothing is half read.
"""

from __future__ import annotations

import stat
import zlib
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from isal import igzip, isal_zlib

from higm_annot.intake.header import Header, parse_header
from higm_annot.intake.indexed import (
    IndexUnusable,
    bcf_header,
    bcf_records,
    read_bcf,
    read_tabix,
    tabix_records,
    usable_index,
)
from higm_annot.intake.sieve import Cut, Sieve, Spans, spans_of
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.contigs import parse_contig, spellings
from higm_annot.reference.types import Contig, Panel

__all__ = ["IndexUnusable", "read_cut", "read_header", "records_on"]

CHUNK = 4 << 20
FIRST_CHUNK = 256 << 10
GZIP, BCF, BOM = b"\x1f\x8b", b"BCF", b"\xef\xbb\xbf"
BGZF_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")
# Below this size a file is read from its first byte even when it has an index: importing pysam costs as much.
SMALL = 1 << 20
ISAL_ERROR = cast("type[Exception]", isal_zlib.error)  # its stub declares an instance, not a class
DAMAGED = (OSError, zlib.error, ISAL_ERROR)


def read_cut(path: str, panel: Panel) -> Cut:
    """Cut one file to the panel's regions of both builds.

    Parameters
    ----------
    path
        VCF as text, gzip or BGZF, or BCF.

    Raises
    ------
    Refused
        When the file is missing, unreadable, empty, truncated, damaged, not a VCF, or a line is not a record.
    """
    spans, file = spans_of(panel), Path(path).name
    kind = _kind(path, file)
    if kind == "bcf":
        return read_bcf(path, file, spans)
    remarks: list[Problem] = []
    if kind == "bgzf" and Path(path).stat().st_size >= SMALL:
        index = usable_index(path, file, remarks)
        found = read_tabix(path, index, Sieve(file, read_header(path), spans), remarks) if index else None
        if found is not None:
            return found
    return _read_stream(path, file, spans, remarks)


def read_header(path: str) -> Header:
    """The header alone.

    Raises
    ------
    Refused
        As :func:`read_cut` for the part of the file that holds the header.
    """
    file = Path(path).name
    if _kind(path, file) == "bcf":
        return bcf_header(path, file)
    header, _, chunks = _open_text(path, file)
    chunks.close()
    return header


def records_on(path: str, names: frozenset[str], *, use_index: bool) -> Iterator[bytes]:
    """All records on contigs of these names as lines, through an index where it may be used and there is one.

    Raises
    ------
    Refused
        As :func:`read_cut`.
    IndexUnusable
        When the index turns out to be broken; what was given so far must be thrown away.
    """
    file = Path(path).name
    kind = _kind(path, file)
    index = usable_index(path, file, []) if use_index and kind in ("bgzf", "bcf") else ""
    if kind == "bcf":
        yield from bcf_records(path, file, names, by_index=bool(index))
    elif index:
        yield from tabix_records(path, index, names)
    else:
        _, first, blocks = _open_text(path, file)
        prefixes = tuple(name.encode() + b"\t" for name in sorted(names))
        for lines in _with_first(first, blocks):
            yield from (line.rstrip(b"\r") for line in lines if line.startswith(prefixes))


def _kind(path: str, file: str) -> str:
    """``text``, ``gzip``, ``bgzf`` or ``bcf``, from the first bytes; refuses what is none of them."""
    try:
        if stat.S_ISFIFO(Path(path).stat().st_mode):
            # A file is read more than once (first bytes, header, records); a pipe would hang or be half read.
            raise Refused(problem("HA-VCF-001", file=file, reason="it is a pipe; write it to a file first"))
        with Path(path).open("rb") as handle:
            head = handle.read(18)
            size = handle.seek(0, 2)
            handle.seek(max(0, size - len(BGZF_END)))
            tail = handle.read()
    except OSError as error:
        raise Refused(problem("HA-VCF-001", file=file, reason=error.strerror or "it cannot be opened")) from None
    if not head:
        raise Refused(problem("HA-VCF-002", file=file))
    if head.startswith(BCF):
        return "bcf"
    if not head.startswith(GZIP):
        return "text"
    if head[12:14] != b"BC":
        return "gzip"
    if tail != BGZF_END:
        raise Refused(problem("HA-VCF-004", file=file))
    with _opened(path) as stream:
        try:
            return "bcf" if stream.read(3) == BCF else "bgzf"
        except (EOFError, *DAMAGED):
            raise Refused(problem("HA-VCF-005", file=file)) from None


def _opened(path: str) -> IO[bytes]:
    """The file's decompressed bytes."""
    with Path(path).open("rb") as handle:
        packed = handle.read(2) == GZIP
    if packed:
        return cast("IO[bytes]", igzip.IGzipFile(path, "rb"))  # type: ignore[no-untyped-call]
    return Path(path).open("rb")


def _chunks(path: str, file: str) -> Generator[bytes]:
    """Decompressed bytes in big pieces, a small one first: a header needs no more."""
    with _opened(path) as stream:
        size = FIRST_CHUNK
        while True:
            try:
                chunk = stream.read(size)
            except EOFError:
                raise Refused(problem("HA-VCF-004", file=file)) from None
            except DAMAGED:
                raise Refused(problem("HA-VCF-005", file=file)) from None
            if not chunk:
                return
            yield chunk
            size = CHUNK


class _Blocks:
    """Whole lines, a block at a time; the last line may lack its newline."""

    def __init__(self, path: str, file: str) -> None:
        self._chunks = _chunks(path, file)
        self._rest = b""

    def __iter__(self) -> Iterator[list[bytes]]:
        for chunk in self._chunks:
            lines = (self._rest + chunk).split(b"\n")
            self._rest = lines.pop()
            yield lines
        if self._rest:
            yield [self._rest]

    def close(self) -> None:
        """Close the file before its end."""
        self._chunks.close()


def _open_text(path: str, file: str) -> tuple[Header, list[bytes], _Blocks]:
    """Header, the records of the block that holds its end, and the blocks that follow."""
    blocks = _Blocks(path, file)
    lines: list[str] = []
    for block in blocks:
        if not lines and block:
            block[0] = block[0].removeprefix(BOM)
            if not block[0].startswith((b"##", b"#CHROM")):
                raise Refused(problem("HA-VCF-003", file=file))
        for number, line in enumerate(block):
            if not line.startswith(b"#"):
                raise Refused(problem("HA-VCF-006", file=file, line=len(lines) + 1))
            lines.append(line.rstrip(b"\r").decode(errors="replace"))
            if line.startswith(b"#CHROM"):
                return parse_header(lines, file), block[number + 1 :], blocks
    raise Refused(problem("HA-VCF-006" if lines else "HA-VCF-002", file=file))


def _read_stream(path: str, file: str, spans: Spans, remarks: list[Problem]) -> Cut:
    """Every line from the first to the last."""
    header, block, blocks = _open_text(path, file)
    sieve = Sieve(file, header, spans)
    number, first, last = header.lines, b"", b""
    prefixes: tuple[bytes, ...] = ()
    for lines in _with_first(block, blocks):
        if not first:
            first = next((line for line in lines if line.strip()), b"")
            if first:
                sieve.check_width(number + 1 + lines.index(first), first.rstrip(b"\r"))
                prefixes = _prefixes(header)
        for place, line in enumerate(lines, number + 1):
            if line.startswith(prefixes):
                sieve.see(place, line.rstrip(b"\r"))
        number += len(lines)
        last = next((line for line in reversed(lines) if line.strip()), last)
    if last:
        sieve.check_width(number, last.rstrip(b"\r"))
    return sieve.cut(first.split(b"\t", 1)[0].decode(errors="replace"), remarks)


def _with_first(block: list[bytes], blocks: Iterable[list[bytes]]) -> Iterator[list[bytes]]:
    yield block
    yield from blocks


def _prefixes(header: Header) -> tuple[bytes, ...]:
    """How lines on panel contigs begin: every known spelling, and the header's own.

    A file may mix spellings, declared or not; a record must not be lost because it is named unlike the others.
    """
    names = {line.name for line in header.contigs if parse_contig(line.name) is not None}
    names |= {name for contig in Contig for name in spellings(contig)}
    return tuple(name.encode() + b"\t" for name in sorted(names))
