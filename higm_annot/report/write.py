"""Writing files so that each appears whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from higm_annot.problems import Refused, problem
from higm_annot.report.formats import FORMATS, ending
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.render import render
from higm_annot.report.types import Report, encode


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file opened for writing that takes its name only when the block ends well; otherwise nothing is left.

    It is written beside its destination (a rename is whole only within one file system) and reaches the disk before
    it gets its name.

    Raises
    ------
    Refused
        When the folder or the file cannot be written (HA-RUN-007).
    """
    if _is_stream(path):
        raise Refused(problem("HA-RUN-007", file=str(path), reason="it is a device or a pipe, not a file"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".partial", dir=path.parent)
    except OSError as error:
        raise Refused(problem("HA-RUN-007", file=str(path), reason=error.strerror or str(error))) from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise Refused(problem("HA-RUN-007", file=str(path), reason=error.strerror or str(error))) from None
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    Refused
        When it cannot be written (HA-RUN-007).
    """
    with whole_file(path) as file:
        file.write(content)


def write_reports(folder: Path, report: Report, formats: Iterable[str], letterhead: Letterhead | None = None) -> None:
    """Write one person's files, ``<sample>.json`` last: a JSON that is there means the others are complete.

    An older JSON is removed first, so that no moment shows it beside newer renderings; so are older forms that are not
    made this time.

    Raises
    ------
    Refused
        When they cannot be written (HA-RUN-007), or a format is not known (HA-RUN-002).
    """
    rendered = {name: render(report, name, letterhead) for name in formats}
    document = folder / f"{report.sample.id}.json"
    try:
        document.unlink(missing_ok=True)
        # A form that was not asked for this time would stand beside a document it does not belong to.
        for name in set(FORMATS) - rendered.keys():
            (folder / f"{report.sample.id}.{ending(name)}").unlink(missing_ok=True)
    except OSError as error:
        raise Refused(problem("HA-RUN-007", file=str(document), reason=error.strerror or str(error))) from None
    for name, content in rendered.items():
        write_whole(folder / f"{report.sample.id}.{ending(name)}", content)
    write_whole(document, encode(report))


def _is_stream(path: Path) -> bool:
    """Whether a path leads to a device, a pipe or an open file of a process, as ``/dev/stdout`` does.

    A rename would put a file in its place, for every program of the machine.
    """
    if path.is_symlink() and str(path.readlink()).startswith(("/proc/", "fd/")):
        return True
    return path.exists() and not (path.is_file() or path.is_dir())


def _umask() -> int:
    """The process's umask, which ``mkstemp`` ignores; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
