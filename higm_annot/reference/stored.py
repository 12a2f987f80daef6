"""The stored form of the panel: ``loci.json``, its types, its layout and its digest."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from higm_annot.reference.contigs import ContigRow
from higm_annot.reference.types import Build, Region

LOCI = "loci.json"
LINE = 150  # a JSON value that fits in one line of this many characters is written in one
BASES_PER_LINE = 60


class StoredModel(Struct, frozen=True):
    """Exons and coding span of a transcript in one build, 1-based inclusive."""

    exons: tuple[tuple[int, int], ...]
    cds: tuple[int, int]


class StoredTranscript(Struct, frozen=True):
    """A transcript as stored."""

    accession: str
    mane_select: bool
    protein: str
    protein_length: int
    ensembl: str | None
    legacy: tuple[str, ...]
    source: str
    models: dict[str, StoredModel]


class StoredLocus(Struct, frozen=True):
    """A locus as stored; its sequences are in the FASTA files, ``sha256`` are their digests by build."""

    gene: str
    contig: str
    strand: int
    hgnc: str
    refseqgene: str
    lrg: str
    slices: dict[str, tuple[int, int]]
    sha256: dict[str, str]
    equal: tuple[tuple[int, int, int], ...]
    transcripts: tuple[StoredTranscript, ...]


class StoredPanel(Struct, frozen=True):
    """The whole of ``loci.json``.

    ``digest`` is the SHA-256 of this document with an empty digest, followed by the FASTA files in the order of the
    builds. ``contigs`` repeats :data:`higm_annot.reference.contigs.ROWS`, so that the file can be read alone.
    """

    digest: str
    release: str
    sources: tuple[str, ...]
    contigs: tuple[ContigRow, ...]
    regions: tuple[Region, ...]
    loci: tuple[StoredLocus, ...]


@cache
def embedded() -> dict[str, bytes]:
    """The data files of the package by name (cached)."""
    data = files("higm_annot.reference").joinpath("data")
    return {name: data.joinpath(name).read_bytes() for name in (LOCI, *(fasta_name(build) for build in Build))}


def fasta_name(build: Build) -> str:
    """Name of the file with a build's sequences."""
    return f"{build}.fa"


def decode(document: bytes) -> StoredPanel:
    """The panel in a ``loci.json``; msgspec's error when it is not one."""
    return msgspec.json.decode(document, type=StoredPanel)


def encode(stored: StoredPanel) -> bytes:
    """``loci.json`` of a panel: same panel, same bytes."""
    return (_layout(msgspec.to_builtins(stored), "") + "\n").encode("ascii")


def digest_of(stored: StoredPanel, fastas: tuple[bytes, ...]) -> str:
    """The digest that belongs to a panel and its FASTA files."""
    total = hashlib.sha256(encode(msgspec.structs.replace(stored, digest="")))
    for content in fastas:
        total.update(content)
    return total.hexdigest()


def sha256(sequence: str) -> str:
    """Digest of a sequence in upper case."""
    return hashlib.sha256(sequence.encode("ascii")).hexdigest()


def read_fasta(text: str) -> dict[str, str]:
    """Sequence by record name."""
    return {
        name.split(maxsplit=1)[0]: "".join(lines)
        for name, *lines in (record.split("\n") for record in text.split(">")[1:])
    }


def fasta_record(stored: StoredLocus, build: Build, sequence: str) -> str:
    """One FASTA record; the header says where the sequence lies."""
    start, end = stored.slices[build]
    lines = (sequence[i : i + BASES_PER_LINE] for i in range(0, len(sequence), BASES_PER_LINE))
    return f">{stored.gene} {build}:{stored.contig}:{start}-{end}\n" + "\n".join(lines) + "\n"


def _layout(value: object, indent: str) -> str:
    """JSON with one line for whatever fits in one: coordinates stay readable and differ line by line."""
    short = json.dumps(value)
    if len(short) + len(indent) <= LINE or not isinstance(value, dict | list | tuple):
        return short
    deeper = indent + " "
    if isinstance(value, dict):
        parts = [f"{deeper}{json.dumps(key)}: {_layout(item, deeper)}" for key, item in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + _layout(item, deeper) for item in value) + f"\n{indent}]"
