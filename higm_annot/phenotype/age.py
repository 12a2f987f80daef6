"""Ages as people and phenopackets write them: ``7y``, ``18m``, ``3w``, ``2d``, a number of years, ``P1Y6M``."""

from __future__ import annotations

import re

from higm_annot.intake.sheet import AGE, LONGEST_LIFE, YEARS_PER_UNIT

DAYS_PER_YEAR = 365.25
_NUMBER = r"([0-9]{1,6}(?:\.[0-9]{1,6})?)"
# The time of day is passed over, but must be one: what stands there is printed.
_TIME = r"T(?:[0-9]{1,6}H)?(?:[0-9]{1,6}M)?(?:[0-9]{1,6}(?:\.[0-9]{1,6})?S)?"
_ISO = re.compile(rf"P(?=[0-9])(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:{_TIME})?")


def days(text: str) -> float | None:
    """An age in days; None where the text is none."""
    simple, duration = AGE.fullmatch(text.strip().lower()), _ISO.fullmatch(text.strip().upper())
    if simple:
        years = float(simple[1]) * YEARS_PER_UNIT[simple[2] or "y"]
    elif duration:
        parts = zip(("y", "m", "w", "d"), duration.groups(), strict=True)
        years = sum(float(number) * YEARS_PER_UNIT[unit] for unit, number in parts if number)
    else:
        return None
    return years * DAYS_PER_YEAR if years <= LONGEST_LIFE else None


def duration(text: str) -> str:
    """An age as an ISO 8601 duration; empty where it is none, or not told in whole units."""
    if _ISO.fullmatch(text.strip().upper()):
        return text.strip().upper()
    simple = AGE.fullmatch(text.strip().lower())
    return f"P{simple[1]}{(simple[2] or 'y').upper()}" if simple and simple[1].isdigit() else ""
