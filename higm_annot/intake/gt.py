"""Genotype fields, read from raw allele indices; nothing is inferred and no library's convenience field is used.

Accepted is what VCF 4.0 to 4.5 write: any ploidy, ``.`` for an index that was not called, ``/`` and ``|`` also mixed
within one field, and the leading phase sign of VCF 4.4 (``|0/1``, ``/1``), where the sign before an index says whether
that copy is phased.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from higm_annot.intake.types import Genotype, Slot

GT = re.compile(r"[/|]?(?:[0-9]+|\.)(?:[/|](?:[0-9]+|\.))*")
SEPARATOR = re.compile(r"[/|]")


class Indices(Struct, frozen=True):
    """Allele indices of a GT field in file order; None is ``.``.

    ``phased`` is True when two or more indices are called and every sign of the field is ``|``.
    """

    raw: str
    values: tuple[int | None, ...]
    phased: bool


@lru_cache(maxsize=4096)
def parse_gt(raw: str, alts: int) -> Indices:
    """Read a GT field of a record with ``alts`` alternate alleles.

    Raises
    ------
    ValueError
        When the field is not a genotype or an index is beyond the record's last ALT.
    """
    if not GT.fullmatch(raw):
        raise ValueError(raw)
    values = tuple(None if text == "." else int(text) for text in SEPARATOR.split(raw) if text)
    called = [value for value in values if value is not None]
    if called and max(called) > alts:
        raise ValueError(raw)
    return Indices(raw, values, phased=len(called) >= 2 and "/" not in raw)


def localised(indices: Indices, local_alts: tuple[int, ...], alts: int) -> Indices:
    """Indices of an LGT field as indices of the record, through its LAA (1-based indices into ALT).

    Raises
    ------
    ValueError
        When LAA is shorter than an index of LGT, names an ALT twice, or one that the record does not have.
    """
    if any(not 1 <= local <= alts for local in local_alts) or len(set(local_alts)) < len(local_alts):
        raise ValueError(indices.raw)
    table = (0, *local_alts)
    return Indices(
        indices.raw, tuple(value if value is None else table[value] for value in indices.values), indices.phased
    )


def ordered_by(indices: Indices, phased: Indices) -> Indices:
    """``indices`` in the order of a phased field of the same sample (PGT), where both name the same alleles.

    GATK writes the read-backed phase beside an unphased GT; PGT speaks of one alternate allele only, so that it is
    used only if it holds exactly the alleles of GT.
    """
    same = None not in indices.values and sorted(map(str, indices.values)) == sorted(map(str, phased.values))
    return Indices(indices.raw, phased.values, phased.phased) if same and not indices.phased else indices


@lru_cache(maxsize=16384)
def genotype_of(indices: Indices, alt_index: int, phase_set: str | None, haplotypes: tuple[str, ...] = ()) -> Genotype:
    """The field as seen from one ALT (1-based; 0 for a record without ALT): this ALT, reference, other, not called."""
    slots = tuple(
        Slot.MISSING if value is None else Slot.REF if value == 0 else Slot.ALT if value == alt_index else Slot.OTHER
        for value in indices.values
    )
    others = tuple(sorted({value for value in indices.values if value not in (None, 0, alt_index)}))
    return Genotype(indices.raw, slots, indices.phased, phase_set, haplotypes, others)
