"""Download LRG records: resumable, within a time limit, and never a half record under a record's name.

One of the few places that open a connection. Bytes go into ``LRG_70.xml.part``; only a whole, well-formed record with
the right id is renamed to ``LRG_70.xml``. A part is resumed only when the server confirms by its validator (ETag or
Last-Modified, kept beside the part) that the file has not changed since, so two versions are never spliced together.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from higm_annot.problems import Refused, problem
from higm_annot.reference.lrg import MAX_BYTES, parse_lrg, read_lrg
from higm_annot.reference.transfer import (
    NOT_SATISFIABLE,
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

EBI = "https://ftp.ebi.ac.uk/pub/databases/lrgex/"


class _Part(Struct, frozen=True):
    """The unfinished download of a record, with the validator of the version it is part of."""

    path: Path

    @property
    def validator_path(self) -> Path:
        return self.path.with_name(self.path.name + ".version")

    def resumable(self) -> tuple[int, str]:
        """Bytes that are there and their version; (0, "") when there is nothing to resume."""
        try:
            size = self.path.stat().st_size
            version = self.validator_path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return 0, ""
        return (size, version) if size and version else (0, "")

    def begin(self, version: str) -> None:
        self.path.write_bytes(b"")
        self.validator_path.write_text(version, encoding="utf-8")

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)
        self.validator_path.unlink(missing_ok=True)


def fetch_records(
    records: Sequence[str], out_dir: Path, *, base_url: str = EBI, limits: Limits | None = None
) -> tuple[Path, ...]:
    """Download records that are not whole in ``out_dir`` yet.

    Parameters
    ----------
    records
        LRG ids (``LRG_70``).
    out_dir
        Where ``LRG_70.xml`` and so on are written; made when missing. Whole records in it are kept as they are.
    base_url
        Folder on the server; EBI's public one unless told.
    limits
        How long to try.

    Returns
    -------
    tuple of Path
        The records' files.

    Raises
    ------
    Refused
        HA-REF-008 when the folder cannot be written, HA-REF-020 when a record cannot be had, HA-REF-021 when the time
        is up (a server gone silent is given up to ``limits.silence`` seconds more). Parts stay, and the next call goes
        on from them.
    """
    import requests  # noqa: PLC0415 - only this command needs it

    limits = limits or Limits()
    deadline = time.monotonic() + limits.timeout
    if not re.match(r"https?://", base_url):
        raise Refused(problem("HA-REF-020", url=base_url, reason="the address does not start with http:// or https://"))
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        with requests.Session() as session:
            session.headers["Accept-Encoding"] = "identity"  # ranges count the bytes of the file itself
            for lrg in records:
                path = out_dir / f"{lrg}.xml"
                if not _is_whole(path, lrg):
                    _fetch_one(session, f"{base_url.rstrip('/')}/{lrg}.xml", path, lrg, (limits, deadline))
    except OSError as error:
        raise Refused(problem("HA-REF-008", folder=out_dir, reason=error.strerror or error)) from error
    return tuple(out_dir / f"{lrg}.xml" for lrg in records)


def _is_whole(path: Path, lrg: str) -> bool:
    try:
        read_lrg(path, lrg)
    except Refused:
        return False
    return True


def _fetch_one(session: requests.Session, url: str, path: Path, lrg: str, time_allowed: tuple[Limits, float]) -> None:
    limits, deadline = time_allowed
    part = _Part(path.with_name(path.name + ".part"))
    reason = ""
    for attempt in range(limits.attempts):
        try:
            _download(session, url, part, (limits, deadline))
            _check(part, lrg)
        except Again as again:
            reason = str(again)
            pause = pause_after(limits, attempt, again)
        else:
            part.path.replace(path)
            part.discard()
            return
        if time.monotonic() + pause >= deadline:
            raise Refused(problem("HA-REF-021", url=url, seconds=f"{limits.timeout:g}", reason=reason))
        if attempt + 1 < limits.attempts:
            time.sleep(pause)
    raise Refused(problem("HA-REF-020", url=url, reason=f"{reason}, {limits.attempts} attempts"))


def _download(session: requests.Session, url: str, part: _Part, time_allowed: tuple[Limits, float]) -> None:
    """Bring the part up to the whole file, or say why it is worth another attempt."""
    import requests  # noqa: PLC0415 - loaded by the caller already

    limits, deadline = time_allowed
    there, version = part.resumable()
    headers = {"Range": f"bytes={there}-", "If-Range": version} if there else {}
    wait = min(limits.silence, max(deadline - time.monotonic(), 0.1))
    try:
        with session.get(url, headers=headers, stream=True, timeout=wait) as response:
            total = _begin(response, url, part, there)
            with part.path.open("ab") as out:
                for piece in pieces(response, deadline):
                    out.write(piece)
                    if out.tell() > MAX_BYTES:
                        raise Refused(problem("HA-REF-020", url=url, reason=f"it has more than {MAX_BYTES} bytes"))
                size = out.tell()
    except requests.RequestException as error:
        raise Again(plainly(error)) from error
    if total is not None and size != total:
        if size > total:
            part.discard()
        raise Again(f"{size} of {total} bytes came")


def _begin(response: requests.Response, url: str, part: _Part, there: int) -> int | None:
    """Judge the answer before its body: where the bytes belong, and how many the whole file has (None: not told)."""
    status = response.status_code
    if status == PARTIAL and there:
        place = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", ""))
        if place and int(place[1]) == there:
            return None if place[2] == "*" else int(place[2])
        part.discard()
        raise Again("the server sent another part than asked for")
    if status == NOT_SATISFIABLE:
        part.discard()
        raise Again("the server's file is shorter than what came before")
    if status != OK:
        raise Refused(problem("HA-REF-020", url=url, reason=status_reason(response)))
    # The whole file: either nothing was there, or the server changed its file or does not know ranges.
    part.begin(validator(response))
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdigit() and "Content-Encoding" not in response.headers else None


def _check(part: _Part, lrg: str) -> None:
    """Whether the part is the whole record; a whole file that is not gets thrown away and asked for again."""
    try:
        parse_lrg(part.path.read_bytes(), lrg, str(part.path))
    except Refused as refusal:
        part.discard()
        raise Again(refusal.problems[0].message.rstrip(".")) from refusal
