"""A file on a server as ranges of bytes: kept as they come, gone on with later, never of two versions.

One of the few places that open a connection, and only for ``higm-annot evidence update``. Every range that was asked
for is a file of its own in a folder beside the evidence; a half one is gone on with. The folder belongs to one version
of the server's file (its size and its ETag or date): when the server has another, everything is thrown away. Proxies
are those of the environment (``HTTPS_PROXY``, ``NO_PROXY``), as ``requests`` reads them.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from higm_annot.problems import Refused, problem
from higm_annot.reference.transfer import (
    OK,
    PARTIAL,
    Again,
    Limits,
    pause_after,
    pieces,
    plainly,
    status_reason,
    validator,
)

if TYPE_CHECKING:
    import requests

MOST = 512 << 20  # bytes of one range; a wrong index must not fill a disk
VERSION = "version"


class Changed(Exception):  # noqa: N818 - says what happened to the file
    """The server has another version of the file than before."""


class RemoteFile:
    """A file on a server; reads ask for ranges and keep them in ``folder``.

    Parameters
    ----------
    session
        An open session of ``requests``.
    url
        ``http://`` or ``https://``.
    folder
        Where the ranges are kept; one folder serves many files.
    limits, deadline
        How long to try; ``deadline`` is a value of ``time.monotonic``.
    came
        Told how many bytes are there, whenever some came.
    """

    def __init__(
        self,
        session: requests.Session,
        url: str,
        folder: Path,
        limits: Limits,
        deadline: float,
        came: Callable[[int], None],
    ) -> None:
        self.url, self.name = url, Path(urlsplit(url).path).name
        self._session, self._limits, self._deadline, self._came = session, limits, deadline, came
        self._folder = folder / hashlib.sha256(url.encode()).hexdigest()[:16]
        self._size: int | None = None
        self._version = ""

    @property
    def size(self) -> int:
        """Bytes of the file; the server is asked once."""
        if self._size is None:
            self._patiently(self._ask)
        if self._size is None:
            msg = "the size is known once the server was asked"
            raise ValueError(msg)
        return self._size

    def read(self, start: int, end: int) -> bytes:
        """Bytes from ``start`` up to but not including ``end``.

        Raises
        ------
        Refused
            HA-EVI-018 when they cannot be had, HA-EVI-019 when the time is up; what came stays.
        Changed
            When the server has another version of the file; what came is thrown away.
        """
        end = min(end, self.size)
        if start >= end:
            return b""
        if end - start > MOST:
            raise self._refused(f"a range of {end - start} bytes would be needed")
        path = self._folder / f"{start}-{end}"
        if not path.is_file():
            part = path.with_name(f"{path.name}.part")
            self._patiently(lambda: self._range(part, start, end))
            part.replace(path)
        else:
            self._came(end - start)
        return path.read_bytes()

    def forget(self) -> None:
        """Throw away what came."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._size, self._version = None, ""

    def _patiently(self, attempt: Callable[[], bool]) -> None:
        """Try until it works; attempts that brought something do not count against the limit."""
        failed, reason = 0, ""
        while failed < self._limits.attempts:
            try:
                if attempt():
                    return
                failed = 0
                again = Again("the connection broke off")
            except Again as found:
                again = found
            reason, pause = str(again), pause_after(self._limits, failed, again)
            failed += 1
            if time.monotonic() + pause >= self._deadline:
                seconds = f"{self._limits.timeout:g}"
                raise Refused(problem("HA-EVI-019", url=self.url, seconds=seconds, reason=reason))
            time.sleep(pause)
        raise self._refused(f"{reason}, {failed} attempts")

    def _ask(self) -> bool:
        """Learn the size and the version, and that the server knows ranges."""
        with self._get("bytes=0-0") as response:
            if response.status_code == OK:
                raise self._refused("the server does not answer ranges of bytes")
            place = _place(response)
            if place is None or place[:2] != (0, 0) or not place[2]:
                msg = "the server sent another part than asked for"
                raise Again(msg)
            self._size, self._version = place[2], f"{place[2]} {validator(response)}"
        mark = self._folder / VERSION
        known = mark.read_text(encoding="utf-8") if mark.is_file() else ""
        # Without a validator nothing says that what is kept is of the same file.
        if known != self._version or self._version.endswith(" "):
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
            mark.write_text(self._version, encoding="utf-8")
        return True

    def _range(self, part: Path, start: int, end: int) -> bool:
        """Bring a part nearer to its end; whether it is whole, False when it grew without being whole."""
        there = part.stat().st_size if part.is_file() else 0
        if there < end - start:
            with self._get(f"bytes={start + there}-{end - 1}") as response:
                self._check_range(response, start + there, end - 1)
                try:
                    with part.open("ab") as out:
                        for piece in pieces(response, self._deadline):
                            out.write(piece)
                            self._came(len(piece))
                            if out.tell() >= end - start:
                                break
                except Again as again:
                    if part.stat().st_size == there:
                        raise
                    if time.monotonic() > self._deadline:
                        raise Again(str(again)) from again
        size = part.stat().st_size
        if size > end - start:
            part.unlink()
            msg = "the server sent more than was asked for"
            raise Again(msg)
        if size == there < end - start:
            msg = "nothing came"
            raise Again(msg)
        return size == end - start

    def _check_range(self, response: requests.Response, first: int, last: int) -> None:
        if response.status_code == OK:
            raise Changed
        if _place(response) != (first, last, self._size):
            place = _place(response)
            if place is not None and place[2] != self._size:
                raise Changed
            msg = "the server sent another part than asked for"
            raise Again(msg)
        if f"{self._size} {validator(response)}" != self._version:
            raise Changed

    def _get(self, asked: str) -> requests.Response:
        """The server's answer, its status judged."""
        import requests  # noqa: PLC0415 - loaded by the caller already

        wait = min(self._limits.silence, max(self._deadline - time.monotonic(), 0.1))
        try:
            response = self._session.get(self.url, headers={"Range": asked}, stream=True, timeout=wait)
        except requests.RequestException as error:
            raise Again(plainly(error)) from error
        if response.status_code not in (OK, PARTIAL):
            with response:
                raise self._refused(status_reason(response))
        return response

    def _refused(self, reason: str) -> Refused:
        return Refused(problem("HA-EVI-018", url=self.url, reason=reason))


def _place(response: requests.Response) -> tuple[int, int, int] | None:
    """First and last byte, and the size of the whole file, as an answer states them."""
    found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", response.headers.get("Content-Range", ""))
    return (int(found[1]), int(found[2]), int(found[3])) if found else None
