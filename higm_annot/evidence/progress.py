"""How far a download is: a bar where a person watches, a line for each file where a log is kept."""

from __future__ import annotations

import sys

WIDTH = 30
MEGABYTE = 1 << 20


class Progress:
    """Counts bytes of one file after the other, and tells standard error."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._name, self._expected, self._there, self._shown = "", 0, 0, -1

    def begin(self, name: str, url: str) -> None:
        """Another file."""
        self._name, self._expected, self._there, self._shown = name, 0, 0, -1
        print(f"{name}: {url}", file=sys.stderr)

    def expect(self, total: int) -> None:
        """About how many bytes it will be."""
        self._expected = total

    def came(self, count: int) -> None:
        """Some bytes are there."""
        self._there += count
        if not self._watched or not self._expected:
            return
        done = min(WIDTH, WIDTH * self._there // self._expected)
        if done != self._shown:
            self._shown = done
            bar = "#" * done + "." * (WIDTH - done)
            print(f"\r  [{bar}] {self._there / MEGABYTE:.1f} MB", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """The file is done."""
        print(f"{chr(13) if self._watched else ''}  {self._there / MEGABYTE:.1f} MB read", file=sys.stderr)
