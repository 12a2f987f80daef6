"""Values of the evidence room."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class RecordKind(StrEnum):
    """What a record says something about."""

    ASSERTION = "assertion"
    FREQUENCY = "frequency"


class Frequency(Struct, frozen=True):
    """Population frequency; ``allele_number`` 0 or None is "no data", never rarity."""

    allele_frequency: float | None
    allele_number: int | None
    dataset: str
    reliable: bool


class Record(Struct, frozen=True):
    """One thing a source says of one allele.

    ``source`` is a key of the knowledge sources table; ``record`` the identifier inside it (RCV, PMID, row);
    ``dated`` is ISO (year is enough) or empty when the source gives no date. ``current`` is False for assertions whose
    date or kind keeps them from giving a class alone. ``scope`` limits a class to a mechanism or disease, empty = all.
    """

    kind: RecordKind
    source: str
    record: str
    dated: str
    current: bool
    statement: str
    significance: str = ""
    review: str = ""
    scope: str = ""
    frequency: Frequency | None = None
