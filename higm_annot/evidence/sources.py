"""The evidence of a run: its sources, asked in one order, and what they say together of an allele."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from higm_annot.evidence.kinds import CLINVAR
from higm_annot.evidence.labrecord.types import LabClass, LabRecord
from higm_annot.evidence.precedence import in_force
from higm_annot.evidence.snapshot import NAME, Snapshot
from higm_annot.evidence.types import AboutSource, Asked, EvidenceSource, Record, RecordKind
from higm_annot.knowledge.texts import text

GIVE_CLASSES = frozenset({NAME, CLINVAR})  # kinds of sources


class Known(Struct, frozen=True):
    """What the sources of a run say of one allele, and which of them were asked.

    ``laboratory`` are the classes that the laboratory itself gave it; they are not mixed with the others.
    """

    records: tuple[Record, ...]
    asked: tuple[Asked, ...]
    laboratory: tuple[LabClass, ...] = ()


class Evidence:
    """The sources of a run, the embedded snapshot first, and the laboratory's own record where one is given.

    The record is not one of ``sources``: its digest in a report covers the rows used there, so that a new row on
    another allele changes no report.
    """

    def __init__(self, *more: EvidenceSource, laboratory: LabRecord | None = None) -> None:
        self.sources: tuple[EvidenceSource, ...] = (Snapshot(), *more)
        self.laboratory = laboratory

    def with_laboratory(self, record: LabRecord | None) -> Evidence:
        """The same sources with this record."""
        return Evidence(*self.sources[1:], laboratory=record)

    @cached_property
    def about(self) -> tuple[AboutSource, ...]:
        """What every source is, in the order in which they are asked."""
        return tuple(source.about for source in self.sources)

    def known(self, keys: Mapping[str, str]) -> Known:
        """What is known of an allele, given by its keys by build."""
        answers = [(about, source.records(keys)) for about, source in zip(self.about, self.sources, strict=True)]
        return Known(
            records=in_force([answer.records for _, answer in answers]),
            asked=tuple(Asked(about.name, answer.standing, answer.note) for about, answer in answers),
            laboratory=self.laboratory.of(keys) if self.laboratory else (),
        )

    def assertions(self, keys: Mapping[str, str]) -> tuple[Record, ...]:
        """What the sources that give classes say of an allele; the others are not asked."""
        told = (source for about, source in zip(self.about, self.sources, strict=True) if about.kind in GIVE_CLASSES)
        records = in_force([source.records(keys).records for source in told])
        return tuple(one for one in records if one.kind is RecordKind.ASSERTION)

    def digests(self) -> Iterator[str]:
        """Every source by name and digest, as one line each."""
        return (f"evidence {one.name} sha256:{one.digest}" for one in self.about)


def asked_words(one: Asked) -> str:
    """What came of asking a source of evidence."""
    said = text(f"evidence.{one.standing}", name=one.source)
    return f"{said} ({one.note})" if one.note else said


EMBEDDED = Evidence()  # what a run rests on that was given nothing else


def evidence_with(path: str) -> Evidence:
    """The evidence of a run that was given an evidence directory, or none (``""``).

    Raises
    ------
    Refused
        As :func:`higm_annot.evidence.cut_source.open_directory`.
    """
    if not path:
        return EMBEDDED
    from higm_annot.evidence.cut_source import open_directory  # noqa: PLC0415 - most runs have no directory
    from higm_annot.reference.store import load_panel  # noqa: PLC0415 - as above

    return Evidence(*open_directory(path, load_panel()))
