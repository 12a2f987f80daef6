"""Every printed sentence, by code, from ``knowledge/data/texts.tsv``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from higm_annot.knowledge.rows import by_key, read_package_table


class Text(Struct, frozen=True):
    """A sentence with ``{name}`` fields and the sources it rests on."""

    code: str
    text: str
    source: tuple[str, ...]


@cache
def texts() -> dict[str, Text]:
    """All sentences by code.

    Raises
    ------
    Refused
        When a code stands on two rows: two sentences would fight.
    """
    return by_key(read_package_table("texts.tsv", Text), "texts.tsv", lambda row: row.code)


def text(code: str, /, **fields: object) -> str:
    """The sentence of a code with its fields filled in.

    Raises
    ------
    KeyError
        When the code is not in the table or a field is missing (our bug, exit code 1).
    """
    return texts()[code].text.format(**fields)


def text_sources(code: str) -> tuple[str, ...]:
    """Source keys of a sentence."""
    return texts()[code].source


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them; empty where there are none."""
    return text("words.and", first=", ".join(words[:-1]), last=words[-1]) if len(words) > 1 else "".join(words)
