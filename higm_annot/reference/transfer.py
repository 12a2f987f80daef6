"""What every download needs: how long to try, bodies as they arrive, and network errors in a few words.

``requests`` and ``urllib3`` are imported inside the functions: only commands that were asked to open a connection load
them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import requests

PIECE = 65536
LONGEST_PAUSE = 30.0  # seconds
OK, PARTIAL, NOT_SATISFIABLE = 200, 206, 416
PASSING = {408, 425, 429, 500, 502, 503, 504}  # statuses that may be gone at the next attempt


class Limits(Struct, frozen=True):
    """How long to try: seconds for everything, attempts, seconds of silence, first pause between attempts."""

    timeout: float = 300.0
    attempts: int = 5
    silence: float = 20.0
    pause: float = 1.0


class Again(Exception):  # noqa: N818 - says what to do
    """An attempt failed for a reason that may pass; the text says which, ``wait`` how long the server asks for."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def status_reason(response: requests.Response) -> str:
    """What a server answered that is not what was asked for.

    Raises
    ------
    Again
        When the status may be gone at the next attempt.
    """
    reason = f"the server answers {response.status_code} {response.reason}".rstrip()
    if response.status_code in PASSING:
        asked = response.headers.get("Retry-After", "")
        raise Again(reason, float(asked) if asked.isdigit() else 0.0)
    return reason


def validator(response: requests.Response) -> str:
    """What tells one version of a file from another: its strong ETag, else its date; "" when the server gives none."""
    etag = response.headers.get("ETag", "")
    strong = etag if etag and not etag.startswith("W/") else ""
    return strong or response.headers.get("Last-Modified", "")


def pause_after(limits: Limits, attempt: int, again: Again) -> float:
    """Seconds before the next attempt: doubled each time, or as the server asks, never too long."""
    return float(min(max(limits.pause * 2**attempt, again.wait), LONGEST_PAUSE))


def pieces(response: requests.Response, deadline: float) -> Iterator[bytes]:
    """The body as it arrives: a server that drips is noticed at the deadline, a silent one by the socket's timeout."""
    import urllib3  # noqa: PLC0415 - comes with requests

    try:
        while piece := response.raw.read1(PIECE, decode_content=True):
            yield piece
            if time.monotonic() > deadline:
                msg = "the time is up"
                raise Again(msg)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Again(plainly(error)) from error


def plainly(error: Exception) -> str:
    """A network error in a few words; the libraries' own texts nest objects and addresses in memory."""
    import requests  # noqa: PLC0415 - loaded by the caller already
    import urllib3  # noqa: PLC0415 - comes with requests

    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
        return "the server was silent"
    if isinstance(error, requests.exceptions.ProxyError):
        return "no connection to the proxy"
    if isinstance(error, requests.exceptions.SSLError):
        return "the server's certificate was not accepted"
    if isinstance(error, urllib3.exceptions.IncompleteRead | urllib3.exceptions.ProtocolError):
        return "the connection broke off"
    if isinstance(error, requests.ConnectionError):
        return "no connection to the server"
    return f"the connection failed ({type(error).__name__})"
