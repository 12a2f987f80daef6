"""Which sources a sentence of a document rests on, found again in the text table where the document names a code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from string import Formatter

from higm_annot.interpretation.types import Conclusion
from higm_annot.knowledge.texts import Text, texts


def reason_sources(conclusion: Conclusion) -> list[tuple[str, tuple[str, ...]]]:
    """Reasons of a conclusion, each with its sources; those of the conclusion where its code is not in the table."""
    table = texts()
    codes: Sequence[str] = conclusion.why
    cited = []
    for number, reason in enumerate(conclusion.reasons):
        row = table.get(f"why.{codes[number]}") if number < len(codes) else None
        cited.append((reason, row.source if row else conclusion.sources))
    return cited


def sources_of(sentence: str, *families: str) -> tuple[str, ...]:
    """Sources of the text that gives this sentence, sought in families of codes; nothing where none does."""
    for family in families:
        fixed, open_ = _family(family)
        if sentence in fixed:
            return fixed[sentence]
        for row, literals in open_:
            if _fits(sentence, literals):
                return row.source
    return ()


@cache
def _family(family: str) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[Text, tuple[str, ...]], ...]]:
    """Rows without fields by sentence, and the others with the fixed parts of their sentence."""
    fixed: dict[str, tuple[str, ...]] = {}
    open_ = []
    for row in texts().values():
        if row.code.startswith(f"{family}."):
            parts = list(Formatter().parse(row.text))
            if any(name is not None for _, name, _, _ in parts):
                last = "" if parts[-1][1] is not None else parts.pop()[0]
                open_.append((row, (*(literal for literal, _, _, _ in parts), last)))
            else:
                fixed[row.text] = row.source
    return fixed, tuple(open_)


def _fits(sentence: str, literals: Sequence[str]) -> bool:
    """Whether the fixed parts stand in a sentence in their order, the first and last at its ends."""
    if not (sentence.startswith(literals[0]) and sentence.endswith(literals[-1])):
        return False
    place = len(literals[0])
    for literal in literals[1:-1]:
        place = sentence.find(literal, place)
        if place < 0:
            return False
        place += len(literal)
    return place + len(literals[-1]) <= len(sentence)
