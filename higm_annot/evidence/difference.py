"""What differs between two evidence directories, source by source and allele by allele."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from higm_annot.evidence.cutting import WIDTH, columns_of
from higm_annot.evidence.directory import Entry, content_of, read_manifest
from higm_annot.evidence.kinds import CLINVAR, GNOMAD

SAID = {CLINVAR: ("significance", "review"), GNOMAD: ("af", "an", "filters")}  # what makes a row another one
SCORE = ("score",)


class Changed(Struct, frozen=True):
    """An allele of which two versions of a source say different things."""

    key: str
    old: str
    new: str


class SourceDifference(Struct, frozen=True):
    """One source in two directories; release and date are empty where a directory lacks it."""

    source: str
    old: str
    new: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    changed: tuple[Changed, ...]


def difference(old: Path, new: Path) -> tuple[SourceDifference, ...]:
    """Every source of either directory, and what became of its alleles.

    Raises
    ------
    Refused
        When a directory cannot be used (HA-EVI-001 … HA-EVI-003).
    """
    before = {entry.name: entry for entry in read_manifest(old).sources}
    after = {entry.name: entry for entry in read_manifest(new).sources}
    return tuple(
        _of_source(name, (old, before.get(name)), (new, after.get(name))) for name in sorted({*before, *after})
    )


def _of_source(name: str, old: tuple[Path, Entry | None], new: tuple[Path, Entry | None]) -> SourceDifference:
    before, after = _said(*old), _said(*new)
    both = sorted(before.keys() & after.keys())
    return SourceDifference(
        source=name,
        old=_version(old[1]),
        new=_version(new[1]),
        gained=tuple(sorted(after.keys() - before.keys())),
        lost=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(Changed(key, before[key], after[key]) for key in both if before[key] != after[key]),
    )


def _version(entry: Entry | None) -> str:
    return f"{entry.release} ({entry.date})" if entry else ""


def _said(folder: Path, entry: Entry | None) -> dict[str, str]:
    """What a source says, by allele key; an allele with several rows has them joined."""
    if entry is None:
        return {}
    at = [columns_of(entry.kind).index(name) for name in SAID.get(entry.kind, SCORE)]
    said: dict[str, str] = {}
    for line in content_of(folder, entry.rows).decode().splitlines()[1:]:
        contig, position, ref, alt, *cells = line.split("\t")
        key = f"{entry.build}:{contig}:{int(position):d}:{ref}:{alt}"
        words = ", ".join(cells[i] for i in at if cells[i]) or "nothing"
        said[key] = f"{said[key]}; {words}" if key in said else words
    return said


def ordered(content: bytes) -> bool:
    """Whether the rows of a cut file stand in order, each with a position of the usual width."""
    rows = content.splitlines()[1:]
    return rows == sorted(rows) and all(len(row.split(b"\t")[1]) == WIDTH for row in rows)
