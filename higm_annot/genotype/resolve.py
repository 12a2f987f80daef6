"""Resolve: everything one person carries at the panel's loci, with phase, origin, sex and what contradicts them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.genotype.deleted import INSIDE_DELETION, covers, deletions
from higm_annot.genotype.mendel import FATHER, MOTHER, Relations, places, relations
from higm_annot.genotype.parents import UNKNOWN, Relative, inheritance, may_be_shown
from higm_annot.genotype.phase import Carried, Under, phase_pairs
from higm_annot.genotype.quality import Limits, limits
from higm_annot.genotype.sex import sex_seen
from higm_annot.genotype.types import Origin, PairPhase, PersonGenotypes, State
from higm_annot.genotype.witness import Witness, Witnesses
from higm_annot.intake.types import Allele, Call, PersonIntake, Sex
from higm_annot.knowledge.tables import words
from higm_annot.problems import Problem, problem
from higm_annot.reference.types import Gene

Parents = Mapping[str, Witness | None]  # by role


def resolve(
    person: PersonIntake, mother: PersonIntake | None, father: PersonIntake | None, witnesses: Witnesses
) -> PersonGenotypes:
    """States, phase, origin and sex of one person.

    Parameters
    ----------
    person
        The person; a failed intake gives no states.
    mother, father
        The parents' intakes when they are in the sheet. A parent whose file is of another build, or failed, shows
        nothing.
    witnesses
        What the files show; shared by people who are read together.

    Returns
    -------
    PersonGenotypes
        One state for each call and no-call of the intake, in its order. Origins are left out where the parent they
        tell of has not agreed (``consent_family``); the phase that rests on them stays. Nothing rests on a parent whose
        stated relation is in doubt.
    """
    limit = limits()
    own = witnesses.of(person, person.person.sex)
    parents = {
        MOTHER: _parent(person, mother, witnesses, Sex.FEMALE),
        FATHER: _parent(person, father, witnesses, Sex.MALE),
    }
    read = _read(person, own, parents, limit)
    said = _relations(person, own, parents, read, limit)
    found = read.genotypes
    if said.doubted:
        kept = {role: None if role in said.doubted else one for role, one in parents.items()}
        found = _read(person, own, kept, limit).genotypes
    # Whether the parents disagree with a phase set is told as it was met, with all of them.
    return replace(
        found,
        problems=(*found.problems, *said.problems, *read.conflicts),
        doubted=said.doubted,
        exchanged_with=said.exchanged_with,
    )


class _Read(Struct, frozen=True):
    """A person's genotypes with these parents, what can be compared with them, and what seems to be in neither."""

    genotypes: PersonGenotypes
    usable: list[tuple[Allele, Gene]]
    new: tuple[Call, ...]
    conflicts: tuple[Problem, ...]


def _read(person: PersonIntake, own: Witness, parents: Parents, limit: Limits) -> _Read:
    mother, father = (None if one is None else one.view for one in (parents[MOTHER], parents[FATHER]))
    states: list[State] = []
    plain: list[State] = []
    carried: dict[Gene, list[Carried]] = {}
    usable: list[tuple[Allele, Gene]] = []
    new: list[Call] = []
    removed = deletions(person.calls)
    for placed in own.states:
        state, where, call = placed.state, placed.where, placed.state.call
        origin = UNKNOWN
        if call.genotype.copies and not where.firewalled:
            usable.append((call.allele, where.gene))
            linked = call.allele.contig.is_sex_linked
            origin = inheritance(call, state.zygosity, mother, father, sex_linked=linked)
            if origin.origin is Origin.NEITHER_CALLED and not call.allele.part:
                new.append(call)
        if call.genotype.copies:
            carried.setdefault(where.gene, []).append((call, state.zygosity, origin))
        state = _with_origin(state, origin.origin, mother, father)
        states.append(state)
        if not where.firewalled:
            plain.append(state)
    under = Under(
        opposite={state.call.allele.key: state.opposite for state in states if state.opposite},
        unfitting=frozenset(
            frozenset((state.call.allele.key, one.key))
            for state in states
            if INSIDE_DELETION in state.flags
            for one in removed
            if covers(one, state.call)
        ),
    )
    phases: list[PairPhase] = []
    for alleles in carried.values():
        phases += phase_pairs(tuple(alleles), under)
    observed, verdict, problems = sex_seen(person, plain, limit)
    return _Read(
        PersonGenotypes(
            states=_mark_repeated(states),
            phases=tuple(phases),
            sex_observed=observed,
            sex_verdict=verdict,
            problems=tuple(problems),
        ),
        usable,
        tuple(new),
        tuple(
            problem("HA-PED-103", sample=person.person.sample, first=pair.first, second=pair.second)
            for pair in phases
            if pair.basis == "conflict"
        ),
    )


def _relations(person: PersonIntake, own: Witness, parents: Parents, read: _Read, limit: Limits) -> Relations:
    """What speaks against the stated parents; several alleles that neither has speak against both."""
    tested = {role: one for role, one in parents.items() if one is not None}
    if not tested:
        return Relations()
    sample, sex = person.person.sample, person.person.sex
    views = {role: one.view for role, one in tested.items()}
    said = relations(sample, own.view, sex, views, _with_parents(read.usable, tested.values()), limit)
    if len(read.new) < limit.de_novo_alleles:
        return said
    told = problem("HA-PED-102", sample=sample, count=len(read.new), sites=_sites(read.new))
    return replace(said, problems=(*said.problems, told), doubted=frozenset(tested))


def _parent(person: PersonIntake, parent: PersonIntake | None, witnesses: Witnesses, sex: Sex) -> Witness | None:
    """A parent whose file can serve; the role tells the sex."""
    if parent is None or parent.failed or parent.verdict is None or person.verdict is None:
        return None
    return witnesses.of(parent, sex) if parent.verdict.build is person.verdict.build else None


def _with_origin(state: State, origin: Origin, mother: Relative | None, father: Relative | None) -> State:
    if origin is Origin.UNKNOWN:
        return state
    if may_be_shown(origin, mother, father, secondary=state.gene in words("secondary_finding_genes")):
        return replace(state, origin=origin)
    return replace(state, reasons=(*state.reasons, "origin_not_shown"))


def _mark_repeated(states: list[State]) -> tuple[State, ...]:
    """Flag alleles that stand on more than one line for this person."""
    seen: dict[str, int] = {}
    for state in states:
        seen[state.call.allele.key] = seen.get(state.call.allele.key, 0) + 1
    return tuple(
        replace(state, flags=(*state.flags, "written_twice")) if seen[state.call.allele.key] > 1 else state
        for state in states
    )


def _with_parents(usable: Iterable[tuple[Allele, Gene]], parents: Iterable[Witness]) -> list[tuple[Allele, Gene]]:
    """Alleles of child and parents outside the firewall, each once with its gene, in order of place."""
    alleles = {allele.key: (allele, gene) for allele, gene in usable}
    for parent in parents:
        for placed in parent.states:
            call = placed.state.call
            if call.genotype.copies and not placed.where.firewalled:
                alleles.setdefault(call.allele.key, (call.allele, placed.where.gene))
    return sorted(alleles.values(), key=lambda one: (one[0].contig, one[0].pos, one[0].key))


def _sites(calls: Iterable[Call]) -> str:
    return places(call.allele for call in calls)
