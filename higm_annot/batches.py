"""Which people are processed together: files and families stay whole, and a new sample moves nobody else.

Batches are assigned by a stable hash of a name (SHA-256, not Python's salted ``hash``), so the workflow's jobs for the
samples already there keep their inputs when a sample is added.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from higm_annot.intake.types import Person


class Batch(Struct, frozen=True):
    """One of the batches of a run: its number (0-based) among ``of``."""

    number: int
    of: int

    def holds(self, name: str) -> bool:
        """Whether a name is assigned to this batch."""
        return batch_of(name, self.of) == self.number


def batch_of(name: str, batches: int) -> int:
    """Batch number (0-based) of a name among ``batches``."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % batches


def families(people: Iterable[Person], untested: Iterable[Person] = ()) -> list[tuple[Person, ...]]:
    """People grouped so that everybody's parents and family are in the same group, in sheet order.

    ``untested`` are relatives of a PED who have no file: they tie people together and are in no group.
    """
    return _groups(people, untested, _family_names)


def file_groups(people: Iterable[Person], untested: Iterable[Person] = ()) -> list[tuple[Person, ...]]:
    """Like :func:`families`, but people who share a VCF are together as well, so that each file is read once."""
    return _groups(people, untested, lambda person: [*_family_names(person), *_file_names(person)])


def untested_relatives(people: Iterable[Person], untested: Iterable[Person]) -> dict[str, tuple[Person, ...]]:
    """The relatives without a file in the family of each sample that has any."""
    without = tuple(untested)
    ids = {person.sample for person in without}
    found: dict[str, tuple[Person, ...]] = {}
    for family in families((*people, *without)) if without else ():
        there = tuple(person for person in family if person.sample in ids)
        found |= {person.sample: there for person in family if there}
    return found


def untested_of(people: Iterable[Person], relatives: Mapping[str, tuple[Person, ...]]) -> tuple[Person, ...]:
    """The relatives of these people (of :func:`untested_relatives`), each once."""
    return tuple({one.sample: one for person in people for one in relatives.get(person.sample, ())}.values())


def family_key(group: tuple[Person, ...]) -> str:
    """The name by which a family is assigned to a batch: its family id, else its first sample id."""
    return min((person.family for person in group if person.family), default=min(p.sample for p in group))


def _family_names(person: Person) -> list[str]:
    """Names that tie a person to a family; parents tie a child to them even when no family id is given."""
    names = [f"sample {name}" for name in (person.sample, person.father, person.mother) if name]
    return [*names, f"family {person.family}"] if person.family else names


def _file_names(person: Person) -> list[str]:
    return [f"file {person.vcf}"] if person.vcf else []


def _groups(
    people: Iterable[Person], untested: Iterable[Person], names_of: Callable[[Person], list[str]]
) -> list[tuple[Person, ...]]:
    """Connected components over shared names (union by relabelling towards the first name seen)."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    ordered = list(people)
    for person in (*ordered, *untested):
        names = names_of(person)
        for name in names:
            leader.setdefault(name, name)
        first = find(names[0])
        for name in names[1:]:
            leader[find(name)] = first
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in ordered:
        groups[find(f"sample {person.sample}")].append(person)
    return [tuple(group) for group in groups.values()]
