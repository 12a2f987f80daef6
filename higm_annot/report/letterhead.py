"""The laboratory on the page: name, address, logo, accreditation, disclaimer and lines to sign.

It is no part of the document: the same findings under another letterhead are the same document, with the same digest.
The page names the digest of its letterhead beside that of the document.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from higm_annot.intake.text_file import NO_TEXT, UnreadableError, read_text
from higm_annot.problems import Refused, problem

LOGO_BYTES = 100_000
_Line = Annotated[str, Meta(max_length=200, pattern=r"\S")]
_Lines = Annotated[tuple[_Line, ...], Meta(max_length=8)]
# SVG is left out: it can hold scripts and addresses.
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """What the file may hold; ``logo`` is a file name, from the folder of the file."""

    name: _Line
    address: _Lines = ()
    logo: str = ""
    accreditation: Annotated[str, Meta(max_length=500)] = ""
    disclaimer: Annotated[str, Meta(max_length=2000)] = ""
    sign_off: _Lines = ()


class Letterhead(Struct, frozen=True):
    """The laboratory as every page of a run shows it; ``logo`` is a data address, ``sign_off`` the roles that sign."""

    name: str
    address: tuple[str, ...]
    logo: str
    accreditation: str
    disclaimer: str
    sign_off: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of everything in it, logo included."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


def read_letterhead(path: str) -> Letterhead | None:
    """Read a letterhead from a TOML or JSON file; None where no file is named.

    Raises
    ------
    Refused
        When the file cannot be read (HA-LAB-001), a field is unknown, missing or too long (HA-LAB-002), or the logo is
        not a PNG or JPEG of at most :data:`LOGO_BYTES` (HA-LAB-003).
    """
    if not path:
        return None
    try:
        given = msgspec.convert(_parsed(Path(path)), _File)
    except msgspec.ValidationError as error:
        raise Refused(problem("HA-LAB-002", file=path, reason=str(error))) from None
    for line in (given.name, given.logo, *given.address, given.accreditation, given.disclaimer, *given.sign_off):
        if odd := NO_TEXT.search(line):
            reason = f"it holds the control character U+{ord(odd[0]):04X}"
            raise Refused(problem("HA-LAB-002", file=path, reason=reason))
    logo = _picture(Path(path).parent / given.logo) if given.logo else ""
    return Letterhead(given.name, given.address, logo, given.accreditation, given.disclaimer, given.sign_off)


def _parsed(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds, checked by the caller
    import tomllib  # noqa: PLC0415 - only where a letterhead is given

    try:
        content = read_text(path)
        return tomllib.loads(content) if path.suffix.lower() == ".toml" else msgspec.json.decode(content)
    except UnreadableError as error:
        raise Refused(problem("HA-LAB-001", file=str(path), line=error.line, reason=error.reason)) from None
    except (tomllib.TOMLDecodeError, msgspec.DecodeError) as error:
        raise Refused(problem("HA-LAB-001", file=str(path), reason=str(error))) from None
    except RecursionError:
        raise Refused(problem("HA-LAB-001", file=str(path), reason="it is nested too deeply")) from None


def _picture(path: Path) -> str:
    """A picture as a data address."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(problem("HA-LAB-003", file=str(path), reason=error.strerror or str(error))) from None
    kind = next((kind for start, kind in _PICTURES.items() if content.startswith(start)), "")
    if not kind:
        raise Refused(problem("HA-LAB-003", file=str(path), reason="it is neither a PNG nor a JPEG"))
    if len(content) > LOGO_BYTES:
        raise Refused(problem("HA-LAB-003", file=str(path), reason=f"it has {len(content):,} bytes"))
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
