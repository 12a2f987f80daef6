"""Doubt: which stated relations the genotypes speak against, and so what of a family nothing may rest on.

A relation in doubt is cut: neither person is evidence for the other, or told of in the other's report, and both are on
hold. Where two samples may have been exchanged, every relation of both is cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from higm_annot.genotype.types import PersonGenotypes
from higm_annot.intake.types import Person
from higm_annot.problems import Problem, problem

Link = tuple[str, str]  # child, parent


def doubted_links(checked: Mapping[str, PersonGenotypes], people: Mapping[str, Person]) -> frozenset[Link]:
    """Relations that nothing may rest on, as (child, parent).

    Parameters
    ----------
    checked
        People with the parents they were compared with, by id.
    people
        Everybody by id.
    """
    found: set[Link] = set()
    exchanged: set[str] = set()
    for sample, genotypes in checked.items():
        person = people[sample]
        found |= {(sample, getattr(person, role)) for role in genotypes.doubted}
        if genotypes.exchanged_with:
            exchanged |= {sample, getattr(person, genotypes.exchanged_with)}
    found |= {link for link in _links(people.values()) if exchanged.intersection(link)}
    return frozenset(found)


def without_links(people: Mapping[str, Person], links: Iterable[Link]) -> dict[str, Person]:
    """The people as if these relations were not stated."""
    cut = set(links)
    return {
        sample: replace(
            person,
            mother="" if (sample, person.mother) in cut else person.mother,
            father="" if (sample, person.father) in cut else person.father,
        )
        for sample, person in people.items()
    }


def doubt_problems(sample: str, links: Iterable[Link]) -> tuple[Problem, ...]:
    """What the laboratory is told of a person whose relation to others is in doubt; the families are told nothing."""
    return tuple(
        problem("HA-PED-107", sample=sample, child=child, parent=parent)
        for child, parent in sorted(links)
        if sample in (child, parent)
    )


def _links(people: Iterable[Person]) -> Iterable[Link]:
    return ((person.sample, parent) for person in people for parent in (person.mother, person.father) if parent)
