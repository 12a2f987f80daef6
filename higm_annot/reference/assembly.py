"""A record's sequence as the two builds have it, and what the two builds share.

Everything is worked out along the record, base by base, from the differences that the record itself lists.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from higm_annot.problems import Refused, problem
from higm_annot.reference.lrg import LrgRecord, Mapping
from higm_annot.reference.sequence import reverse_complement
from higm_annot.reference.types import Build


class Placed(Struct, frozen=True):
    """A record in one build.

    ``sequence`` is the plus strand from ``start`` to ``end``; ``positions`` holds for each base of the record its
    position in the build (None where the build lacks it), ``bases`` that base in the record's direction.
    """

    build: Build
    start: int
    end: int
    strand: int
    sequence: str
    positions: tuple[int | None, ...]
    bases: str

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Positions ``first``-``last`` of the record (1-based) in the build, smaller one first.

        Raises
        ------
        ValueError
            When the build lacks one of the two bases.
        """
        ends = self.positions[first - 1], self.positions[last - 1]
        if ends[0] is None or ends[1] is None:
            msg = f"{self.build} lacks a base at {first} or {last} of the record"
            raise ValueError(msg)
        return min(ends[0], ends[1]), max(ends[0], ends[1])


def place(record: LrgRecord, build: Build, accession: str) -> Placed:
    """The record in one build.

    Raises
    ------
    Refused
        HA-REF-004 when it is not mapped there, HA-REF-005 when its differences do not add up to its own coordinates.
    """
    mapping = record.mapping(accession, build)
    kept = list(record.sequence)
    inserted: dict[int, str] = {}
    for difference in mapping.differences:
        if difference.lrg_bases:
            stated = record.sequence[difference.lrg_start - 1 : difference.lrg_end]
            if stated != difference.lrg_bases or len(difference.other_bases) not in (0, len(stated)):
                raise _contradiction(record, build, difference.lrg_start)
            for i in range(len(stated)):
                kept[difference.lrg_start - 1 + i] = difference.other_bases[i : i + 1]
        else:
            inserted[difference.lrg_start - 1] = difference.other_bases
    positions, pieces = _walk(kept, inserted, mapping)
    sequence = "".join(pieces)
    if len(sequence) != mapping.end - mapping.start + 1:
        raise _contradiction(record, build, len(record.sequence))
    for difference in mapping.differences:
        if difference.lrg_bases and difference.other_bases:
            here = positions[difference.lrg_start - 1 if mapping.strand > 0 else difference.lrg_end - 1]
            if here != difference.other_start:
                raise _contradiction(record, build, difference.lrg_start)
    return Placed(
        build=build,
        start=mapping.start,
        end=mapping.end,
        strand=mapping.strand,
        sequence=sequence if mapping.strand > 0 else reverse_complement(sequence),
        positions=tuple(positions),
        bases="".join(base or "-" for base in kept),
    )


def _walk(kept: list[str], inserted: dict[int, str], mapping: Mapping) -> tuple[list[int | None], list[str]]:
    """Position of each base of the record, and the build's bases in the record's direction."""
    positions: list[int | None] = []
    pieces = []
    following = mapping.start if mapping.strand > 0 else mapping.end
    for index, base in enumerate(kept):
        positions.append(following if base else None)
        extra = inserted.get(index, "")
        pieces += [base, extra]
        following += mapping.strand * (len(base) + len(extra))
    return positions, pieces


def _contradiction(record: LrgRecord, build: Build, position: int) -> Refused:
    return Refused(problem("HA-REF-005", record=record.lrg, build=build, position=position))


def equal_stretches(one: Placed, other: Placed) -> tuple[tuple[int, int, int], ...]:
    """Longest stretches of identical bases of two builds: (first and last position in ``one``, first in ``other``)."""
    stretches: list[tuple[int, int, int]] = []
    for here, there in _shared(one, other):
        if stretches:
            first, last, first_there = stretches[-1]
            if here == last + 1 and there == first_there + here - first:
                stretches[-1] = (first, here, first_there)
                continue
        stretches.append((here, here, there))
    return tuple(stretches)


def _shared(one: Placed, other: Placed) -> Iterator[tuple[int, int]]:
    """Pairs of positions with the same base of the record, ascending."""
    order = range(len(one.bases)) if one.strand > 0 else range(len(one.bases) - 1, -1, -1)
    for i in order:
        here, there = one.positions[i], other.positions[i]
        if here is not None and there is not None and one.bases[i] == other.bases[i]:
            yield here, there
