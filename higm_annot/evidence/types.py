"""Values of the evidence room."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from msgspec import Struct


class RecordKind(StrEnum):
    """What a record says something about."""

    ASSERTION = "assertion"
    FREQUENCY = "frequency"
    PREDICTION = "prediction"


class Frequency(Struct, frozen=True):
    """Population frequency; ``allele_number`` 0 or None is "no data", never rarity.

    ``hemizygotes`` are males with an allele of X. ``faf95`` is the filtering allele frequency (lower 95 % bound) of the
    group where it is highest, ``group_frequency`` the plain one of ``group``. ``filters`` are those of the dataset that
    it failed. None is no data throughout.
    """

    allele_frequency: float | None
    allele_number: int | None
    dataset: str
    reliable: bool
    homozygotes: int | None = None
    hemizygotes: int | None = None
    faf95: float | None = None
    group: str = ""
    group_frequency: float | None = None
    filters: str = ""


class Prediction(Struct, frozen=True):
    """The score of a prediction program."""

    program: str
    score: float
    detail: str


class Record(Struct, frozen=True):
    """One thing a source says of one allele.

    ``source`` is a key of the knowledge sources table; ``record`` the identifier inside it (RCV, PMID, row);
    ``dated`` is ISO (year is enough) or empty when the source gives no date. ``current`` is False for assertions whose
    date or kind keeps them from giving a class alone, and for whatever a newer source replaces. ``scope`` limits a
    class to a mechanism or disease, empty = all.
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
    prediction: Prediction | None = None


class Standing(StrEnum):
    """What a source answers on an allele: three different things, none of which is zero.

    ``not_in_source``: the source covers the place and does not hold the allele. ``no_data``: the source cannot speak of
    the allele at all (another build, a locus it was not cut for).
    """

    RECORDS = "records"
    NOT_IN_SOURCE = "not_in_source"
    NO_DATA = "no_data"


class Answer(Struct, frozen=True):
    """What one source says of one allele; ``note`` says more where the standing alone would not do."""

    standing: Standing
    records: tuple[Record, ...] = ()
    note: str = ""


class AboutSource(Struct, frozen=True):
    """What a source is: printed in the provenance of every report.

    ``name`` is unique within a run. ``kind`` says what it holds (``snapshot``, ``clinvar``, ``gnomad`` …). ``date`` is
    ISO or empty; ``digest`` is the SHA-256 (hex) of what was read; ``build`` is empty where alleles are found in both.
    """

    name: str
    kind: str
    release: str
    date: str
    digest: str
    licence: str
    build: str = ""


class EvidenceSource(Protocol):
    """Anything that knows alleles."""

    @property
    def about(self) -> AboutSource:
        """What the source is."""

    def records(self, keys: Mapping[str, str]) -> Answer:
        """What it says of an allele, given by its keys by build (left-aligned and parsimonious)."""


class Asked(Struct, frozen=True):
    """That a source was asked for an allele, and what came of it."""

    source: str
    standing: Standing
    note: str = ""
