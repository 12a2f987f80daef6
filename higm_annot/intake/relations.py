"""Whether the stated relations can be: parents exist, born, of the right sex and family; nobody is the own ancestor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from higm_annot.intake.ped import Ped
from higm_annot.intake.types import Mode, Person, Sex
from higm_annot.problems import Problem, problem

_WRONG = {"father": Sex.FEMALE, "mother": Sex.MALE}


def relation_faults(
    people: Sequence[Person], untested: Sequence[Person], sheet: str, ped: Ped | None = None
) -> list[Problem]:
    """Every fault of the relations.

    Parameters
    ----------
    people
        The people of the sheet, completed from a PED where there is one.
    untested
        The PED's other people.
    sheet, ped
        Where the relations stand, for the messages: a relation that the PED gives is named by its line there.
    """
    known = {person.sample: person for person in (*people, *untested)}
    rows = {person.sample: person for person in ped.people} if ped else {}

    def fault(person: Person, code: str, role: str = "", **fields: object) -> Problem:
        row = rows.get(person.sample)
        if ped is not None and row is not None and (not role or getattr(row, role)):
            return problem(code, file=ped.path, line=row.line, sample=person.sample, site="", role=role, **fields)
        return problem(code, file=sheet, line=person.line, sample=person.sample, site="", role=role, **fields)

    return [
        *(
            fault(person, found[0], role, **found[1])
            for person in known.values()
            for role, wrong in _WRONG.items()
            if (found := _fault(person, role, wrong, known)) is not None
        ),
        *(fault(known[name], "HA-PED-015", first=first, second=second) for name, first, second in _two_roles(known)),
        *(fault(known[way[0]], "HA-PED-017", way=" → ".join(way)) for way in _circles(known)),
    ]


def _fault(person: Person, role: str, wrong: Sex, known: Mapping[str, Person]) -> tuple[str, dict[str, object]] | None:
    """Code and fields where a parent is missing, a fetus, of the wrong sex, of another family, or the person itself."""
    name = getattr(person, role)
    if not name:
        return None
    other = known.get(name)
    if other is None:
        return "HA-SHT-009", {"other": name}
    if other is person:
        return "HA-PED-024", {}
    if other.mode is Mode.PRENATAL:
        return "HA-PED-025", {"other": name}
    if other.sex is wrong or (other.family and person.family != other.family):
        return "HA-SHT-010", {"other": name, "sex": other.sex, "family": other.family}
    return None


def _two_roles(known: Mapping[str, Person]) -> Iterator[tuple[str, str, str]]:
    """People of unstated sex who are father of one and mother of another."""
    fathers = {person.father: person.sample for person in known.values() if person.father}
    mothers = {person.mother: person.sample for person in known.values() if person.mother}
    for name, child in fathers.items():
        if name in mothers and name in known and known[name].sex is Sex.UNKNOWN:
            yield name, child, mothers[name]


def _circles(known: Mapping[str, Person]) -> Iterator[tuple[str, ...]]:
    """Every way found from a person over parents back to that person; being one's own parent is told elsewhere."""
    done: set[str] = set()
    for start in known:
        way: dict[str, Iterator[str]] = {}
        name: str | None = start
        while name is not None:
            if name not in way and name not in done:
                way[name] = iter(_parents(known[name], known))
            elif name in way:
                members = [*way][[*way].index(name) :]
                yield (*members, name)
            name = _next(way, done)


def _next(way: dict[str, Iterator[str]], done: set[str]) -> str | None:
    """The next parent to look at, from the end of the way backwards; people without a further one are done."""
    while way:
        last = next(reversed(way))
        parent = next(way[last], None)
        if parent is not None:
            return parent
        del way[last]
        done.add(last)
    return None


def _parents(person: Person, known: Mapping[str, Person]) -> list[str]:
    return [name for name in (person.father, person.mother) if name in known and name != person.sample]
