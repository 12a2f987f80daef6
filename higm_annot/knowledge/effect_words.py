"""What the flags of a consequence say, in sentences (``effect.*`` of the text table)."""

from __future__ import annotations

from collections.abc import Iterable

from higm_annot.knowledge.texts import text


def effect_sentences(flags: Iterable[str]) -> tuple[str, ...]:
    """One sentence for each flag; the number of ``next_met:21`` is a field of its sentence."""
    return tuple(_sentence(*flag.partition(":")[::2]) for flag in flags)


def _sentence(name: str, value: str) -> str:
    if value.isdigit():
        return text(f"effect.{name}", number=value)
    return text(f"effect.{name}_{value}" if value else f"effect.{name}")
