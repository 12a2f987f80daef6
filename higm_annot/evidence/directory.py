"""A laboratory's evidence directory: a manifest, and the cut files that it names by their digest.

The manifest is replaced in one step and is the only thing that makes a file count, so a reader finds the sources of
before or of after, never a mixture; files that no manifest names any more are removed afterwards. Opening a directory
proves every file against its digest: one that was changed, or is missing, refuses the whole directory.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from higm_annot.evidence.cutting import Cut, columns_of
from higm_annot.evidence.kinds import kinds
from higm_annot.problems import Refused, problem
from higm_annot.reference.types import Build

MANIFEST, LOCK = "manifest.json", ".lock"
SCHEMA = "1"
SUFFIX = ".tsv"
DATE = re.compile(r"\d{4}-\d\d-\d\d")
PLACE_COLUMNS = ("contig", "position", "ref", "alt")
COVERAGE_COLUMNS = ("contig", "start", "end", "alleles", "over20")


class CutFile(Struct, frozen=True):
    """A file of the directory: name, SHA-256 (hex), and how many rows lie in each gene."""

    file: str
    sha256: str
    loci: dict[str, int]


def entry_name(kind: str, dataset: str, build: Build) -> str:
    """The name of a source within the directory and in reports."""
    return ".".join(part for part in (kind, dataset, build) if part)


class Entry(Struct, frozen=True):
    """One source of the directory.

    ``dataset`` tells two sources of one kind apart (exomes, genomes). ``made_from`` are the names of the files that
    were cut; ``left_out`` the rows that could not be used, by reason.
    """

    kind: str
    build: Build
    release: str
    date: str
    licence: str
    rows: CutFile
    made_from: tuple[str, ...]
    left_out: dict[str, int]
    dataset: str = ""
    coverage: CutFile | None = None

    @property
    def name(self) -> str:
        """Name within the directory, and of the source in reports."""
        return entry_name(self.kind, self.dataset, self.build)

    @property
    def files(self) -> tuple[CutFile, ...]:
        """The files that belong to it."""
        return (self.rows, self.coverage) if self.coverage else (self.rows,)


class Manifest(Struct, frozen=True, rename={"schema_": "schema"}):
    """What a directory holds."""

    schema_: str
    sources: tuple[Entry, ...] = ()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a directory.

    Raises
    ------
    Refused
        HA-EVI-001 when there is none, HA-EVI-002 when it cannot be read or is of another version of this program.
    """
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(problem("HA-EVI-001", file=str(folder), reason=error.strerror or error)) from None
    try:
        found = msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(problem("HA-EVI-002", file=str(path), reason=error)) from None
    if found.schema_ != SCHEMA:
        raise Refused(problem("HA-EVI-002", file=str(path), reason=f"its schema is {found.schema_}, not {SCHEMA}"))
    unknown = [one.kind for one in found.sources if one.kind not in kinds() or not DATE.fullmatch(one.date)]
    if unknown or len({entry.name for entry in found.sources}) != len(found.sources):
        reason = "a source is of an unknown kind, has no whole date, or stands twice"
        raise Refused(problem("HA-EVI-002", file=str(path), reason=reason))
    return found


def content_of(folder: Path, one: CutFile) -> bytes:
    """The bytes of a file, proved against its digest.

    Raises
    ------
    Refused
        HA-EVI-003 when it is missing or has another digest.
    """
    try:
        # A name with a folder in it would lead out of the directory.
        content = (folder / Path(one.file).name).read_bytes()
    except OSError as error:
        raise Refused(problem("HA-EVI-003", file=str(folder / one.file), reason=error.strerror or error)) from None
    if hashlib.sha256(content).hexdigest() != one.sha256:
        raise Refused(problem("HA-EVI-003", file=str(folder / one.file), reason="it is not what the manifest states"))
    return content


def store(folder: Path, entry_of: Entry, rows: Cut, coverage: Cut | None) -> Entry:
    """Put a source into a directory, in place of one of the same name; the directory is made when it is not there.

    Parameters
    ----------
    folder
        The directory; it must be new, empty or an evidence directory.
    entry_of
        The entry without its files.
    rows, coverage
        What was cut.

    Returns
    -------
    Entry
        As it stands in the manifest.

    Raises
    ------
    Refused
        HA-EVI-017 when the directory cannot be written, HA-EVI-020 when it holds something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            refuse_foreign(folder)
            before = _begun(folder)
            entry = msgspec.structs.replace(
                entry_of,
                rows=_write(folder, entry_of.name, rows, (*PLACE_COLUMNS, *columns_of(entry_of.kind))),
                coverage=_write(folder, f"{entry_of.name}.coverage", coverage, COVERAGE_COLUMNS) if coverage else None,
            )
            kept = [one for one in before.sources if one.name != entry.name]
            after = Manifest(SCHEMA, tuple(sorted((*kept, entry), key=lambda one: one.name)))
            _write_manifest(folder, after)
            named = {one.file for source in after.sources for one in source.files}
            for path in folder.glob(f"*{SUFFIX}"):
                if path.name not in named:
                    path.unlink()
    except OSError as error:
        raise Refused(problem("HA-EVI-017", file=str(folder), reason=error.strerror or error)) from error
    return entry


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds something else (HA-EVI-020): its tables would be removed as no longer named."""
    if folder.is_dir() and not (folder / MANIFEST).exists():
        others = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
        if others:
            raise Refused(problem("HA-EVI-020", file=str(folder), name=min(others)))


def _begun(folder: Path) -> Manifest:
    """The manifest; a new directory gets an empty one first, so that nobody takes its first file for a stranger's."""
    if not (folder / MANIFEST).exists():
        _write_manifest(folder, Manifest(SCHEMA))
    return read_manifest(folder)


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    _whole(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")


def _write(folder: Path, name: str, cut: Cut, columns: tuple[str, ...]) -> CutFile:
    """A cut file under a name that holds its digest."""
    content = ("\t".join(columns) + "\n" + "".join(f"{row}\n" for row in cut.rows)).encode()
    digest = hashlib.sha256(content).hexdigest()
    path = folder / f"{name}.{digest[:16]}{SUFFIX}"
    _whole(path, content)
    return CutFile(path.name, digest, cut.loci)


def _whole(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all, also after a power cut."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with partial.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Only one writer at a time: the second would otherwise lose what the first has put in."""
    with (folder / LOCK).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
