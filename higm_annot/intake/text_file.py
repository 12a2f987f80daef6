"""Text files that people write by hand (sheet, PED, outside calls): read whole, and cut into lines and cells.

Lines end at LF, CR LF or CR only. Other characters that Python or an editor takes for the end of a line (a soft line
break of a word processor, U+2028) would cut a row in two, and characters that turn the direction of text would show
another cell than is read; both are refused.
"""

from __future__ import annotations

import re
from pathlib import Path

LINE_END = re.compile(r"\r\n|\n|\r")
# C0 and C1 controls except tab and line ends; line and paragraph separators; direction marks and overrides.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_NOT_UTF8 = re.compile("[\ud800-\udfff]")  # what Python makes of bytes of the command line that are no UTF-8

_SHOWN = 60  # characters of a cell that a message repeats


class UnreadableError(Exception):
    """Why a file is no text, and the line (1-based; 0 for the file as a whole)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def read_text(path: str | Path) -> str:
    """The content of a UTF-8 file, without a byte-order mark.

    Raises
    ------
    UnreadableError
        When there is no such file, or it is not UTF-8, or it holds a character that is no text.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise UnreadableError((isinstance(error, OSError) and error.strerror) or "it is not UTF-8 text") from None
    odd = NO_TEXT.search(text)
    if odd:
        line = len(lines_of(text[: odd.start() + 1]))
        raise UnreadableError(f"it holds the control character U+{ord(odd[0]):04X}", line)
    return text


def lines_of(text: str) -> list[str]:
    """The lines without their ends; line ``i`` is number ``i + 1``."""
    lines = LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """Line number and stripped cells of every tab-separated line that is neither blank nor a comment."""
    rows = [(number, line.split("\t")) for number, line in enumerate(lines_of(text), 1)]
    return [
        (number, [cell.strip() for cell in cells])
        for number, cells in rows
        if any(cell.strip() for cell in cells) and not cells[0].startswith("#")
    ]


def is_one_line(value: str) -> bool:
    """Whether a text that did not come from a file (of the command line) is one line of what a file could hold."""
    return not ("\t" in value or any(odd.search(value) for odd in (LINE_END, NO_TEXT, _NOT_UTF8)))


def shown(value: str) -> str:
    """A cell as a message may repeat it: short, on one line, without characters that are no text."""
    plain = NO_TEXT.sub("", _NOT_UTF8.sub("\N{REPLACEMENT CHARACTER}", value))
    plain = LINE_END.sub(" ", plain).replace("\t", " ")
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "…"
