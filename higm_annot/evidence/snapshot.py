"""The embedded evidence snapshot: what sources say of alleles, found by GRCh38 allele key.

``data/snapshot.tsv`` is written by ``evidence.builder`` from given facts, one record a line, readable with ordinary
tools. It is indexed at first use; a record is made when its allele is asked for. An allele without records is *not in
the source*, which says nothing about how rare it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from higm_annot.evidence.types import AboutSource, Answer, Frequency, Record, RecordKind, Standing
from higm_annot.knowledge.tables import sources
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Build

COLUMNS = (
    "key",
    "kind",
    "source",
    "record",
    "dated",
    "current",
    "significance",
    "review",
    "scope",
    "frequency",
    "alleles",
    "dataset",
    "reliable",
)
LITERATURE = "literature or database report"
AGREEMENT = "submitter agreement"
NAME = "snapshot"


class Snapshot:
    """The snapshot as a source of evidence."""

    @property
    def about(self) -> AboutSource:
        """Release, date, digest and licence of the snapshot."""
        return AboutSource(NAME, NAME, release(), dated(), digest(), text("evidence.snapshot_licence"))

    def records(self, keys: Mapping[str, str]) -> Answer:
        """Everything the snapshot holds on an allele; it knows alleles by their GRCh38 key only."""
        key = keys.get(Build.GRCH38)
        if key is None:
            return Answer(Standing.NO_DATA, note=text("evidence.no_counterpart", build=Build.GRCH38))
        found = records_for(key)
        return Answer(Standing.RECORDS if found else Standing.NOT_IN_SOURCE, found)


@cache
def records_for(key_grch38: str) -> tuple[Record, ...]:
    """Everything the snapshot holds on an allele; empty when it is not in the source.

    Parameters
    ----------
    key_grch38
        ``GRCh38:X:136648355:T:A``, left-aligned and parsimonious.
    """
    return tuple(_record(line.split("\t")) for line in _index().get(key_grch38, ()))


@cache
def digest() -> str:
    """SHA-256 (hex) of the snapshot."""
    return hashlib.sha256(_content()).hexdigest()


@cache
def release() -> str:
    """What the snapshot is made of, in words."""
    return _content().split(b"\n", 1)[0].decode().removeprefix("# release: ")


@cache
def dated() -> str:
    """Date of the newest source in the snapshot."""
    return max(one.split("\t")[3] for lines in _index().values() for one in lines)


def allele_keys() -> tuple[str, ...]:
    """Keys of all alleles in the snapshot."""
    return tuple(_index())


def keys_of_rsid(name: str) -> tuple[str, ...]:
    """Keys of the alleles for which a record carries this rsID (lower case), each once."""
    return tuple(key for key, lines in _index().items() if any(name in line.split("\t")[2].split() for line in lines))


@cache
def _content() -> bytes:
    return files("higm_annot").joinpath("evidence", "data", "snapshot.tsv").read_bytes()


@cache
def _index() -> dict[str, list[str]]:
    """Lines by allele key, without the key."""
    lines = _content().decode().splitlines()
    if tuple(lines[1].split("\t")) != COLUMNS:
        msg = "snapshot.tsv: the columns are not those of this version; build it again"
        raise ValueError(msg)
    index: dict[str, list[str]] = {}
    for line in lines[2:]:
        key, _, rest = line.partition("\t")
        index.setdefault(key, []).append(rest)
    return index


def _record(cells: list[str]) -> Record:
    """A record from its cells (all but the key)."""
    kind, source, record, dated, current, significance, review, scope, frequency, alleles, dataset, reliable = cells
    if kind == RecordKind.FREQUENCY:
        value = Frequency(
            allele_frequency=float(frequency) if frequency else None,
            allele_number=int(alleles) if alleles else None,
            dataset=dataset,
            reliable=reliable == "yes",
        )
        return Record(
            kind=RecordKind.FREQUENCY,
            source=source,
            record=record,
            dated=dated,
            current=current == "yes",
            statement=frequency_statement(value),
            frequency=value,
        )
    return Record(
        kind=RecordKind.ASSERTION,
        source=source,
        record=record,
        dated=dated,
        current=current == "yes",
        statement=_assertion_statement(source, significance, review, dated, current=current == "yes"),
        significance="" if review == AGREEMENT else significance,
        review=review,
        scope=scope,
    )


def frequency_statement(value: Frequency) -> str:
    """A frequency in words, with what keeps it from being used."""
    if value.allele_number == 0 or value.allele_frequency is None:
        return text("record.frequency_no_data", dataset=value.dataset)
    fields = {"frequency": f"{value.allele_frequency:.3g}", "dataset": value.dataset, "alleles": value.allele_number}
    if value.allele_number is None:
        return text("record.frequency_no_number", **fields)
    return text("record.frequency" if value.reliable else "record.frequency_unreliable", **fields)


def _assertion_statement(source: str, significance: str, review: str, dated: str, *, current: bool) -> str:
    """An assertion in words."""
    if review == AGREEMENT:
        return text("record.agreement", significance=significance)
    if review == LITERATURE:
        return text("record.literature", significance=significance, source=sources()[source].label)
    code = "record.assertion" if current else "record.assertion_old"
    return text(code, source=sources()[source].label, significance=significance, dated=dated or "no date")
