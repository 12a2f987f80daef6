"""Lines of a BGZF file at given places, through its tabix or CSI index and nothing but ranges of bytes.

A file on disk and a file on a server are read by the same code, so what a test proves of one holds for the other. Every
block is checked against its own checksum; an index that was made for another version of the file is noticed by where
its last entry ends. Nothing is half used: whatever is wrong is raised as :class:`Damaged`.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")  # the empty block that ends every file
MOST = 1 << 16  # bytes of a block, packed or not
NEAR = 1 << 16  # ranges as near as this are asked for in one
MOST_HEADER = 64 << 20
SUMMARY_OF_TBI = 37450  # a bin that holds counts, not places
VIRTUAL = 16  # bits of a virtual offset that count inside a block


class Damaged(Exception):  # noqa: N818 - says what the file is
    """A file or index that cannot be read as what it should be; ``code`` is a problem's code."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class ByteSource(Protocol):
    """Bytes that can be asked for by place."""

    @property
    def size(self) -> int:
        """All of them."""

    def read(self, start: int, end: int) -> bytes:
        """Those from offset ``start`` up to but not including ``end``."""


class Chunk(Struct, frozen=True, order=True):
    """Where lines lie, as virtual offsets."""

    start: int
    end: int


class Index(Struct, frozen=True):
    """A tabix or CSI index.

    ``bins`` are places by contig and bin; ``first`` the smallest virtual offset of each 16-kb window (tabix only);
    ``position_column`` is counted from 1; ``comment`` begins a line of the header, ``skip`` lines are one too.
    """

    names: tuple[str, ...]
    min_shift: int
    depth: int
    position_column: int
    comment: str
    skip: int
    bins: tuple[dict[int, tuple[Chunk, ...]], ...]
    first: tuple[tuple[int, ...], ...]

    def chunks(self, name: str, start: int, end: int) -> tuple[Chunk, ...]:
        """Places that may hold lines of a contig at ``start``-``end`` (1-based inclusive)."""
        if name not in self.names:
            return ()
        number = self.names.index(name)
        windows = self.first[number]
        window = (start - 1) >> self.min_shift
        least = windows[min(window, len(windows) - 1)] if windows else 0
        bins = self.bins[number]
        found = sorted(
            one
            for bin_ in _bins(start - 1, end, self.min_shift, self.depth)
            for one in bins.get(bin_, ())
            if one.end > least
        )
        merged: list[Chunk] = []
        for one in found:
            if merged and (one.start >> VIRTUAL) <= (merged[-1].end >> VIRTUAL) + NEAR:
                merged[-1] = Chunk(merged[-1].start, max(merged[-1].end, one.end))
            else:
                merged.append(one)
        return tuple(merged)

    @property
    def ends(self) -> tuple[int, int]:
        """The smallest and the largest virtual offset of all."""
        every = [one for bins in self.bins for chunks in bins.values() for one in chunks]
        return (min(one.start for one in every), max(one.end for one in every)) if every else (0, 0)


def read_index(content: bytes) -> Index:
    """An index from the bytes of its file.

    Raises
    ------
    Damaged
        HA-EVI-006 when they are not a whole tabix or CSI index.
    """
    try:
        plain = gzip.decompress(content)
        if plain[:4] == b"TBI\x01":
            return _read_tbi(_Reader(plain, 4))
        if plain[:4] == b"CSI\x01":
            return _read_csi(_Reader(plain, 4))
    except (OSError, EOFError, zlib.error, struct.error, UnicodeDecodeError) as error:
        raise Damaged("HA-EVI-006", "its index cannot be read") from error
    raise Damaged("HA-EVI-006", "its index is neither a tabix nor a CSI index")


def check_whole(source: ByteSource, index: Index) -> None:
    """Whether the file ends where a BGZF file ends, and the index where the file does.

    Raises
    ------
    Damaged
        HA-EVI-004 when it is no BGZF file, HA-EVI-005 when it is cut short, HA-EVI-008 when the index is another's.
    """
    size = source.size
    head = source.read(0, min(18, size))
    if not head.startswith(b"\x1f\x8b\x08\x04") or head[12:14] != b"BC":
        raise Damaged("HA-EVI-004", "it is not compressed with bgzip")
    if source.read(max(0, size - len(END)), size) != END:
        raise Damaged("HA-EVI-005")
    place = index.ends[1] >> VIRTUAL
    if place > size - len(END):
        raise Damaged("HA-EVI-008")
    rest = source.read(place, min(size, place + 2 * MOST))
    try:
        _, length = _block(rest, 0)
        while place + length < size - len(END):
            plain, more = _block(rest, length)
            if plain:
                raise Damaged("HA-EVI-008")
            length += more
    except Damaged:
        raise Damaged("HA-EVI-008") from None


def header_lines(source: ByteSource, index: Index) -> list[str]:
    """The lines before the first record."""
    lines: list[str] = []
    rest = b""
    for plain, _, _ in _placed(source, 0, min(source.size, MOST_HEADER)):
        *whole, rest = (rest + plain).split(b"\n")
        for line in whole:
            if len(lines) >= index.skip and not line.startswith(index.comment.encode()):
                return lines
            lines.append(line.rstrip(b"\r").decode("utf-8", "replace"))
    return lines


def lines_at(source: ByteSource, chunk: Chunk) -> Iterator[str]:
    """The lines of one place, those before and after the wanted ones included."""
    begin, last = chunk.start >> VIRTUAL, chunk.end >> VIRTUAL
    inside = chunk.end & (MOST - 1)
    rest, reached = b"", begin
    for plain, at, after in _placed(source, begin, min(source.size, last + MOST)):
        if at > last or (at == last and not inside):
            break
        reached = after
        part = plain[:inside] if at == last else plain
        part = part[chunk.start & (MOST - 1) :] if at == begin else part
        *whole, rest = (rest + part).split(b"\n")
        yield from (line.rstrip(b"\r").decode("utf-8", "replace") for line in whole)
    if reached < last + (inside > 0):
        raise Damaged("HA-EVI-005")
    if rest:
        yield rest.decode("utf-8", "replace")


def _placed(source: ByteSource, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Unpacked blocks, each with its place and that of the next.

    A range is asked for in pieces, so that a header costs no more than it is.
    """
    step, content, base = 4 * MOST, b"", start
    asked = place = start
    while place < end:
        if len(content) - (place - base) < min(MOST, end - place):
            more = source.read(asked, min(end, asked + step))
            content, base = content[place - base :] + more, place
            asked += len(more)
            step = min(2 * step, 8 << 20)
        plain, length = _block(content, place - base)
        if length == 0:
            return
        yield plain, place, place + length
        place += length


def _block(content: bytes, at: int) -> tuple[bytes, int]:
    """One block unpacked, and its packed length; a block that a range cuts off at its end has length 0."""
    head = content[at : at + 18]
    if len(head) < 18:
        return b"", 0
    if not head.startswith(b"\x1f\x8b\x08\x04") or head[12:14] != b"BC":
        raise Damaged("HA-EVI-006", "its blocks are not where they should be")
    length = int.from_bytes(head[16:18], "little") + 1
    packed = content[at + 18 : at + length - 8]
    tail = content[at + length - 8 : at + length]
    if len(tail) < 8:
        return b"", 0
    check, size = struct.unpack("<II", tail)
    try:
        plain = zlib.decompress(packed, wbits=-15)
    except zlib.error as error:
        raise Damaged("HA-EVI-006", "its compressed data are damaged") from error
    if len(plain) != size or zlib.crc32(plain) != check:
        raise Damaged("HA-EVI-006", "its data do not have the checksum they state")
    return plain, length


def _bins(start: int, end: int, min_shift: int, depth: int) -> Iterator[int]:
    """Every bin that may hold records of a place (0-based half-open), as the formats define them."""
    last, first, shift = end - 1, 0, min_shift + 3 * depth
    for level in range(depth + 1):
        yield from range(first + (start >> shift), first + (last >> shift) + 1)
        first += 1 << (3 * level)
        shift -= 3


class _Reader:
    """Numbers of an index, one after the other."""

    def __init__(self, content: bytes, at: int) -> None:
        self.content, self.at = content, at

    def number(self, form: str = "<i") -> int:
        (found,) = struct.unpack_from(form, self.content, self.at)
        self.at += struct.calcsize(form)
        return int(found)

    def numbers(self, form: str, count: int) -> tuple[int, ...]:
        found = struct.unpack_from(f"<{count}{form}", self.content, self.at)
        self.at += struct.calcsize(f"<{count}{form}")
        return found

    def text(self, length: int) -> str:
        found = self.content[self.at : self.at + length]
        self.at += length
        return found.decode("ascii")

    def places(self) -> tuple[Chunk, ...]:
        count = self.number()
        pairs = self.numbers("Q", 2 * count)
        return tuple(Chunk(*pairs[i : i + 2]) for i in range(0, 2 * count, 2))


def _columns(reader: _Reader) -> tuple[int, str, int, tuple[str, ...]]:
    """What an index says of the file's columns: that of the position, the comment, lines to skip, contigs."""
    _, _, begin, _, comment, skip, length = reader.numbers("i", 7)
    names = tuple(reader.text(length).rstrip("\0").split("\0"))
    return begin, chr(comment), skip, names


def _read_tbi(reader: _Reader) -> Index:
    count = reader.number()
    begin, comment, skip, names = _columns(reader)
    bins, first = [], []
    for _ in range(count):
        places = {}
        for _ in range(reader.number()):
            bin_ = reader.number("<I")
            chunks = reader.places()
            if bin_ != SUMMARY_OF_TBI:
                places[bin_] = chunks
        bins.append(places)
        first.append(reader.numbers("Q", reader.number()))
    return Index(names, 14, 5, begin, comment, skip, tuple(bins), tuple(first))


def _read_csi(reader: _Reader) -> Index:
    min_shift, depth, extra = reader.numbers("i", 3)
    after = reader.at + extra
    begin, comment, skip, names = _columns(reader)
    reader.at = after
    summary = ((1 << (3 * (depth + 1))) - 1) // 7 + 1
    bins: list[dict[int, tuple[Chunk, ...]]] = []
    for _ in range(reader.number()):
        places = {}
        for _ in range(reader.number()):
            bin_ = reader.number("<I")
            reader.number("<Q")  # the smallest offset of the bin, needed by no question asked here
            chunks = reader.places()
            if bin_ != summary:
                places[bin_] = chunks
        bins.append(places)
    return Index(names, min_shift, depth, begin, comment, skip, tuple(bins), ((),) * len(bins))
