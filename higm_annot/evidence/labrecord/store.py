"""The file of the record: made, opened, checked, brought up to date; every fault is one problem.

SQLite in WAL mode: readers and one writer at a time, writers wait for each other. The file carries an application id
and the version of its schema (``PRAGMA user_version``); migrations are the SQL files of ``evidence/data/labrecord``, in
the order of their numbers. Whatever is written stands in one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from higm_annot.problems import Refused, problem

APPLICATION_ID = 0x4849474D  # "HIGM"
BUSY_SECONDS = 30.0
_PRIMARY_CODE = 0xFF  # SQLite's extended codes carry the primary one in their low byte
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_NOT_WRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM})
_NOT_OPEN = frozenset({sqlite3.SQLITE_CANTOPEN})


@cache
def migrations() -> tuple[tuple[str, ...], ...]:
    """The statements of each migration; the first makes version 1 of an empty file."""
    folder = files("higm_annot").joinpath("evidence", "data", "labrecord")
    scripts = sorted((item for item in folder.iterdir() if item.name.endswith(".sql")), key=lambda item: item.name)
    return tuple(_statements(item.read_text(encoding="utf-8")) for item in scripts)


def _statements(script: str) -> tuple[str, ...]:
    """The statements of a script; ``executescript`` would end the transaction they belong to."""
    found, so_far = [], ""
    for line in script.splitlines():
        so_far += line + "\n"
        if sqlite3.complete_statement(so_far):
            found.append(so_far)
            so_far = ""
    return tuple(found)


def create(path: Path) -> None:
    """Make an empty record.

    Raises
    ------
    Refused
        When something of this name is there already (HA-REC-007), or the file cannot be made (HA-REC-005).
    """
    try:
        path.open("xb").close()
    except FileExistsError:
        raise Refused(problem("HA-REC-007", file=str(path))) from None
    except OSError as error:
        raise Refused(problem("HA-REC-005", file=str(path), reason=error.strerror or error)) from None
    try:
        with _told(path), closing(_connect(path, "rw")) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            _migrate(connection)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that reads the file as it is at one moment; an older schema is brought up to date in memory only.

    Raises
    ------
    Refused
        When the file cannot be read as a record (HA-REC-001 to -006).
    """
    with _told(path), closing(_connect_to_read(path)) as connection:
        version = _checked(connection, path)
        if version == len(migrations()):
            connection.execute("BEGIN")
            yield connection
            return
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            connection.backup(copy)
            _migrate(copy)
            yield copy


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection inside one transaction that is kept whole when the block ends and undone when it raises.

    Raises
    ------
    Refused
        When the file cannot be read as a record or written (HA-REC-001 to -006).
    """
    with _told(path), closing(_connect(path, "rw")) as connection:
        if _checked(connection, path) < len(migrations()):
            _migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection to an existing file; ``mode`` as in SQLite's URI."""
    if not path.is_file():
        reason = "it is not a file" if path.exists() else "there is no such file"
        raise Refused(problem("HA-REC-001", file=str(path), reason=reason))
    address = f"file:{quote(str(path.resolve()))}?{mode if '=' in mode else f'mode={mode}'}"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A read-only connection, also in a folder where SQLite cannot put its files beside an unused record."""
    connection = _connect(path, "ro")
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        unused = not path.with_name(path.name + "-wal").exists()
        closed = error.sqlite_errorcode & _PRIMARY_CODE in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not (closed and unused):
            raise
        return _connect(path, "immutable=1")
    return connection


def _checked(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of a record that this program can use."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise Refused(problem("HA-REC-002", file=str(path)))
    version = _version(connection)
    if version > len(migrations()):
        raise Refused(problem("HA-REC-003", file=str(path), found=version, known=len(migrations())))
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise Refused(problem("HA-REC-006", file=str(path), reason=" ".join(verdict.split())))
    return version


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _migrate(connection: sqlite3.Connection) -> None:
    """Every migration the file has not had, in one transaction; another process may have been faster."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number, statements in enumerate(migrations()[_version(connection) :], _version(connection) + 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """SQLite's errors as problems of this file; a broken rule of the schema is a fault of ours and passes."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _PRIMARY_CODE
        if code == sqlite3.SQLITE_ERROR:
            raise
        if code in _BUSY:
            raise Refused(problem("HA-REC-004", file=str(path), seconds=f"{BUSY_SECONDS:g}")) from None
        if code == sqlite3.SQLITE_NOTADB:
            raise Refused(problem("HA-REC-002", file=str(path))) from None
        if code in _NOT_OPEN:
            raise Refused(problem("HA-REC-001", file=str(path), reason=error)) from None
        if code in _NOT_WRITABLE:
            raise Refused(problem("HA-REC-005", file=str(path), reason=error)) from None
        raise Refused(problem("HA-REC-006", file=str(path), reason=error)) from None
