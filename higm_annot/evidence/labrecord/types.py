"""Values of the laboratory's record."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec
from msgspec import Struct

from higm_annot.evidence.types import Record, RecordKind
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Build

WITHDRAWN = "Withdrawn"
CLASSES = ("Pathogenic", "Likely pathogenic", "Uncertain significance", "Likely benign", "Benign", WITHDRAWN)
# The pattern of sample ids; a person's name has blanks and does not fit.
PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
SOURCE = "laboratory-record"


class VariantNames(Struct, frozen=True):
    """An allele as the record keeps it: its key in each build (blank where it has none) and its names.

    ``hgvs_g`` and ``hgvs_c`` carry their accession.
    """

    key_grch38: str
    key_grch37: str
    gene: str
    hgvs_g: str
    hgvs_c: str
    hgvs_p: str

    @property
    def key(self) -> str:
        """The key by which people and files name the allele."""
        return self.key_grch38 or self.key_grch37


class Assertion(Struct, frozen=True, rename={"class_": "class"}):
    """A class given by the laboratory, with what it is about, who gave it, when and why.

    ``mechanism`` and ``disease`` limit it; blank: not limited. ``criteria`` are the laboratory's own words.
    """

    class_: str
    mechanism: str
    disease: str
    who: str
    dated: str
    reason: str
    criteria: str

    @property
    def scope(self) -> str:
        """What the class is limited to, in words; empty where it is not."""
        return ", ".join(part for part in (self.disease, self.mechanism.replace("_", " ")) if part)


class LabClass(Struct, frozen=True):
    """An assertion and its allele."""

    variant: VariantNames
    assertion: Assertion

    @property
    def id(self) -> str:
        """A short digest of the content: the same row has the same id in every copy of the record."""
        return digest_of([self])[:12]

    def record(self) -> Record:
        """The row as a record of evidence."""
        said = self.assertion
        return Record(
            kind=RecordKind.ASSERTION,
            source=SOURCE,
            record=self.id,
            dated=said.dated,
            current=True,
            statement=text("record.laboratory", who=said.who, dated=said.dated, reason=said.reason.rstrip(". ")),
            significance=said.class_,
            review=said.criteria,
            scope=said.scope,
        )


class HistoryRow(Struct, frozen=True):
    """A class on record and its number; ``superseded_by`` is the number of the row that took its place, 0 for none."""

    number: int
    row: LabClass
    superseded_by: int


class ObservedAllele(Struct, frozen=True):
    """An allele that a report showed as carried. ``unresolved``: gene or pseudogene is not known."""

    variant: VariantNames
    zygosity: str
    unresolved: bool


class Observed(Struct, frozen=True):
    """What one report showed of one sample, on the day of its run."""

    sample: str
    digest: str
    dated: str
    alleles: tuple[ObservedAllele, ...]


class Count(Struct, frozen=True):
    """In how many samples the laboratory saw an allele, by zygosity; ``unresolved`` of them may lie in a pseudogene."""

    variant: VariantNames
    samples: int
    by_zygosity: dict[str, int]
    unresolved: int


class LabRecord(Struct, frozen=True, dict=True):
    """The classes that hold now, read once for a run: a value, not a connection."""

    rows: tuple[LabClass, ...]

    @cached_property
    def _by_key(self) -> dict[str, tuple[LabClass, ...]]:
        found: dict[str, tuple[LabClass, ...]] = {}
        for row in self.rows:
            for key in {row.variant.key_grch38, row.variant.key_grch37} - {""}:
                found[key] = (*found.get(key, ()), row)
        return found

    def of(self, keys: Mapping[str, str]) -> tuple[LabClass, ...]:
        """The classes of an allele, given its keys by build."""
        for build in (Build.GRCH38, Build.GRCH37):
            if found := self._by_key.get(keys.get(build, ""), ()):
                return found
        return ()


def digest_of(rows: Iterable[LabClass]) -> str:
    """SHA-256 (hex) over rows, whatever their order; names of an allele follow from its keys and are left out."""
    content = [msgspec.json.encode((row.variant.key_grch38, row.variant.key_grch37, row.assertion)) for row in rows]
    return hashlib.sha256(b"\n".join(sorted(content))).hexdigest()
