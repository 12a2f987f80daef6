"""Which copy of the chromosome each allele of a genotype lies on, as far as the file itself says.

Four fields name copies. PSL (VCF 4.4 and later) and HP (GATK, WhatsHap) give every index of the genotype a name of its
own, also beside ``/``. PS and PID (the latter with PGT) name a set, in which the order of the indices tells the copy;
they count only where the genotype is joined by ``|`` throughout.

A ``|`` without any of them says by itself nothing. The specification puts all such genotypes into one set, but
programs that infer phase from a population write the same picture, and they place a rare allele by chance. It counts
where the header says how it came about (:func:`bars_tell`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from higm_annot.intake.fields import value_of
from higm_annot.intake.gt import Indices, ordered_by, parse_gt
from higm_annot.intake.header import Header
from higm_annot.intake.records import Site
from higm_annot.knowledge.tables import words

SET_FIELDS = frozenset({"PS", "PSL", "PID", "HP"})
# The one set of a file whose header says how all of it was phased.
WHOLE_FILE, BY_TRANSMISSION = "whole file", "by transmission"
HAPLOTYPE = re.compile(r"(.+)-[12]")  # block and copy, as in HP=10439-1,10439-2


class Arrangement(Struct, frozen=True):
    """Indices in the order of the copies, the set as it is shown, and the copies' own names."""

    indices: Indices
    phase_set: str | None = None
    haplotypes: tuple[str, ...] = ()


def bars_tell(header: Header) -> str:
    """The one set of a file in which ``|`` without a named set puts alleles on one copy or the other; empty for none.

    So it does after phasing by transmission (GATK PhaseByTransmission), which joins by ``|`` exactly what the parents'
    genotypes settle, and where ``##phasing=`` states that the whole file is phased. Not where the file has a field
    for sets, which then says what belongs together, nor where a program that phases by a population names itself.
    """
    if header.names_sets or any(name in header.programs for name in words("population_phasers")):
        return ""
    if header.phasing == "by_transmission":
        return BY_TRANSMISSION
    return WHOLE_FILE if header.phasing in words("phasing_of_whole_file") else ""


def arranged(site: Site, values: list[str], indices: Indices, *, bars: str) -> Arrangement:
    """The genotype with what the file says of its copies.

    Parameters
    ----------
    site, values
        The record, and the column of the sample split at colons.
    indices
        Allele indices of the genotype.
    bars
        The set of ``|`` without a named one in this file, from :func:`bars_tell`.
    """
    listed = _by_copy(value_of(site, values, "PSL"), "PSL", indices)
    if listed is not None:
        return listed
    phase_set = value_of(site, values, "PS")
    if phase_set is not None and indices.phased:
        return Arrangement(indices, phase_set)
    physical_set = value_of(site, values, "PID")
    if physical_set is not None:
        return Arrangement(_physically_ordered(indices, value_of(site, values, "PGT"), site), physical_set)
    blocks = _by_copy(value_of(site, values, "HP"), "HP", indices)
    if blocks is not None:
        return blocks
    if phase_set is None and bars and indices.phased and SET_FIELDS.isdisjoint(site.keys):
        return Arrangement(indices, bars)
    return Arrangement(indices, phase_set)


def _by_copy(text: str | None, field: str, indices: Indices) -> Arrangement | None:
    """Names given copy by copy; None where the field names no copy or does not fit the genotype."""
    if text is None:
        return None
    names: Sequence[str] = ["" if name == "." else name for name in text.split(",")]
    if len(names) != len(indices.values) or not any(names) or None in indices.values:
        return None
    if field == "PSL":
        return Arrangement(indices, f"PSL:{text}", _marked(field, names))
    blocks = {found[1] if (found := HAPLOTYPE.fullmatch(name)) else "" for name in names}
    if len(blocks) > 1 or "" in blocks or len(set(names)) < len(names):
        return None  # an HP of another meaning, or two copies of one name
    return Arrangement(indices, f"HP:{blocks.pop()}", _marked(field, names))


def _marked(field: str, names: Sequence[str]) -> tuple[str, ...]:
    """Names with the field they come from: what one field names is no name of another."""
    return tuple(f"{field}:{name}" if name else "" for name in names)


def _physically_ordered(indices: Indices, physical: str | None, site: Site) -> Indices:
    """GT in the order of PGT; a PGT that is no genotype says nothing."""
    try:
        return indices if physical is None else ordered_by(indices, parse_gt(physical, len(site.place.alts)))
    except ValueError:
        return indices
