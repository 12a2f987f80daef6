"""Which of several sources speaks: the newest that has something to say of the allele, database by database.

A laboratory's ClinVar takes the place of the snapshot's ClinVar for the alleles it holds, its gnomAD that of the
snapshot's, and its newer file that of its older one. What is replaced stays visible with its date and counts no more.
Nothing is averaged. Where it is not known which is newer, both count. That a newer source lacks an allele, or has no
data, replaces nothing: a file may have been made of a part of the database only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.evidence.kinds import read_own
from higm_annot.evidence.types import Record, RecordKind
from higm_annot.knowledge.tables import sources
from higm_annot.knowledge.texts import text
from higm_annot.reference.rows import by_key


class Database(Struct, frozen=True):
    """Of which database the records of one source and kind are.

    ``replaced_after`` is the date after which a laboratory's file is certainly the newer one; blank for laboratories'
    files, which go by the date of their release.
    """

    source: str
    kind: RecordKind
    database: str
    replaced_after: str
    note: str


@cache
def _databases() -> dict[tuple[str, RecordKind], Database]:
    return by_key(read_own("databases.tsv", Database), "databases.tsv", lambda row: (row.source, row.kind))


def in_force(answers: Sequence[Sequence[Record]]) -> tuple[Record, ...]:
    """The records of all sources; those that a laboratory's newer file replaces no longer count."""
    newest: dict[str, Record] = {}
    for record in (one for records in answers for one in records):
        of = _databases().get((record.source, record.kind))
        if of is None or of.replaced_after or not _says_something(record):
            continue
        if of.database not in newest or record.dated > newest[of.database].dated:
            newest[of.database] = record
    return tuple(_judged(record, newest) for records in answers for record in records)


def _says_something(record: Record) -> bool:
    """Whether a record speaks of the allele itself: no data, and an allele not seen, replace nothing."""
    value = record.frequency
    return value is None or bool(value.allele_number and value.allele_frequency)


def _judged(record: Record, newest: dict[str, Record]) -> Record:
    of = _databases().get((record.source, record.kind))
    winner = newest.get(of.database) if of else None
    if of is None or winner is None or not record.current or winner.dated <= (of.replaced_after or record.dated):
        return record
    label = sources()[winner.source].label
    said = text("record.replaced", statement=record.statement, source=label, dated=winner.dated)
    return replace(record, current=False, statement=said)
