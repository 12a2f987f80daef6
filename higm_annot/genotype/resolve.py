"""Resolve: everything one person carries at the panel's loci, with phase, origin, sex and what contradicts them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.genotype.deleted import INSIDE_DELETION, OTHER_COPY_DELETED, Deletion, covers, deletions, other_copy
from higm_annot.genotype.mendel import FATHER, MOTHER, Relations, places, relations
from higm_annot.genotype.parents import UNKNOWN, Relative, inheritance, may_be_shown
from higm_annot.genotype.phase import Carried, Under, phase_pairs
from higm_annot.genotype.quality import Copies, Limits, Setting, limits, quality_flags
from higm_annot.genotype.sex import sex_seen
from higm_annot.genotype.types import Origin, PairPhase, PersonGenotypes, State, Zygosity
from higm_annot.genotype.zygosity import read_zygosity
from higm_annot.intake.types import Allele, Call, Count, PersonIntake, Sex
from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.knowledge.tables import words
from higm_annot.problems import Problem, problem
from higm_annot.reference.types import Gene, Panel, RegionRole


class Where(Struct, frozen=True):
    """Which gene's region an allele lies in and whether short reads can place a call there.

    ``unique`` is False also where a pseudogene interferes without making calls unplaceable.
    """

    gene: Gene
    firewalled: bool
    unique: bool


def locate(panel: Panel, allele: Allele) -> Where | None:
    """Gene and firewall of an allele; None outside every region of the panel.

    The regions of the pseudogenes themselves are firewalled throughout.
    """
    found: Gene | None = None
    start, end = allele.touched
    for region in panel.regions:
        if region.build is allele.build and region.contig is allele.contig:
            if region.start > end or region.end < start:
                continue
            if region.role is RegionRole.LOCUS:
                hit = paralogue_at(panel, allele.build, allele.contig, start, end)
                return Where(region.gene, firewalled=hit is not None and hit.level == "hard", unique=hit is None)
            found = region.gene
    return None if found is None else Where(found, firewalled=True, unique=False)


def resolve(
    person: PersonIntake, mother: PersonIntake | None, father: PersonIntake | None, panel: Panel
) -> PersonGenotypes:
    """States, phase, origin and sex of one person.

    Parameters
    ----------
    person
        The person; a failed intake gives no states.
    mother, father
        The parents' intakes when they are in the sheet. A parent whose file is of another build, or failed, shows
        nothing.
    panel
        The loci, for regions and paralogue bounds.

    Returns
    -------
    PersonGenotypes
        One state for each call and no-call of the intake, in its order. Origins are left out where the parent they
        tell of has not agreed (``consent_family``); the phase that rests on them stays. Nothing rests on a parent whose
        stated relation is in doubt.
    """
    limit = limits()
    views = {MOTHER: _view(person, mother, limit, one_x=False), FATHER: _view(person, father, limit, one_x=True)}
    read = _read(person, views, panel, limit)
    said = _relations(person, views, _with_parents(read.usable, panel, mother, father), read.new, limit)
    found = read.genotypes
    if said.doubted:
        kept = {role: None if role in said.doubted else view for role, view in views.items()}
        found = _read(person, kept, panel, limit).genotypes
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
    usable: dict[Allele, Gene]
    new: tuple[Call, ...]
    conflicts: tuple[Problem, ...]


def _read(person: PersonIntake, views: Mapping[str, Relative | None], panel: Panel, limit: Limits) -> _Read:
    mother_view, father_view = views[MOTHER], views[FATHER]
    states: list[State] = []
    plain: list[State] = []
    carried: dict[Gene, list[Carried]] = {}
    usable: dict[Allele, Gene] = {}
    new: list[Call] = []
    removed = deletions(person.calls)
    for call in (*person.calls, *person.no_calls):
        where = locate(panel, call.allele)
        if where is None:
            continue
        state = _state(person, call, where, limit, removed)
        if state is None:
            continue
        origin = UNKNOWN
        if call.genotype.copies and not where.firewalled:
            usable[call.allele] = where.gene
            linked = call.allele.contig.is_sex_linked
            origin = inheritance(call, state.zygosity, mother_view, father_view, sex_linked=linked)
            if origin.origin is Origin.NEITHER_CALLED and not call.allele.part:
                new.append(call)
        if call.genotype.copies:
            carried.setdefault(where.gene, []).append((call, state.zygosity, origin))
        state = _with_origin(state, origin.origin, mother_view, father_view)
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


def _relations(
    person: PersonIntake,
    views: Mapping[str, Relative | None],
    alleles: Mapping[Allele, Gene],
    new: Sequence[Call],
    limit: Limits,
) -> Relations:
    """What speaks against the stated parents; several alleles that neither has speak against both."""
    parents = {role: view for role, view in views.items() if view is not None}
    if not parents:
        return Relations()
    sample, sex = person.person.sample, person.person.sex
    said = relations(sample, Relative(person, limit, one_x=sex is Sex.MALE), sex, parents, alleles, limit)
    if len(new) < limit.de_novo_alleles:
        return said
    told = problem("HA-PED-102", sample=sample, count=len(new), sites=_sites(new))
    return replace(said, problems=(*said.problems, told), doubted=frozenset(parents))


def _view(person: PersonIntake, parent: PersonIntake | None, limit: Limits, *, one_x: bool) -> Relative | None:
    if parent is None or parent.failed or parent.verdict is None or person.verdict is None:
        return None
    return Relative(parent, limit, one_x=one_x) if parent.verdict.build is person.verdict.build else None


def _state(
    person: PersonIntake, call: Call, where: Where, limit: Limits, removed: tuple[Deletion, ...]
) -> State | None:
    """The state of one call; None where there is nothing to say of the allele."""
    linked = call.allele.contig.is_sex_linked
    sex = person.person.sex
    seen = other_copy(call, removed, two_expected=not linked or sex is Sex.FEMALE, placed=not where.firewalled)
    twin = linked and where.firewalled
    reading = read_zygosity(seen.genotype, sex, sex_linked=linked, pseudogene_twin=twin, count=call.count)
    if reading is None:
        return None
    setting = Setting(
        copies=Copies.of(sex, sex_linked=linked),
        firewalled=where.firewalled,
        unique=where.unique,
        substitution=len(call.allele.ref) == len(call.allele.alt) == 1,
    )
    reasons = reading.reasons
    if seen.deletion:
        reasons = (*(reason for reason in reasons if reason != "two_alternates"), OTHER_COPY_DELETED)
    if call.count is Count.DECIDES:
        reasons = (*reasons, "copies_counted")
    return State(
        gene=where.gene,
        call=call,
        zygosity=reading.zygosity,
        readings=reading.readings,
        reasons=reasons,
        flags=(
            *reading.flags,
            *([INSIDE_DELETION] if seen.unfitting else []),
            *(["called_in_pseudogene"] if call.in_pseudogene else []),
            # Where the other copy is deleted every read is of this one, as on both copies.
            *quality_flags(call.support, Zygosity.HOM if seen.deletion else reading.zygosity, limit, setting),
        ),
        origin=Origin.UNKNOWN,
        opposite=seen.deletion,
    )


def as_written(call: Call, sex: Sex) -> Zygosity:
    """The zygosity of a carried allele whatever deletion lies over its place."""
    linked = call.allele.contig.is_sex_linked
    seen = other_copy(call, (), two_expected=not linked or sex is Sex.FEMALE)
    reading = read_zygosity(seen.genotype, sex, sex_linked=linked, count=call.count)
    return Zygosity.NO_CALL if reading is None else reading.zygosity


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


def _with_parents(
    usable: Mapping[Allele, Gene], panel: Panel, mother: PersonIntake | None, father: PersonIntake | None
) -> dict[Allele, Gene]:
    """Alleles of child and parents outside the firewall, each once with its gene, in order of place."""
    alleles = dict(usable)
    for parent in (mother, father):
        for call in parent.calls if parent is not None else ():
            if call.genotype.copies and call.allele not in alleles:
                where = locate(panel, call.allele)
                if where is not None and not where.firewalled:
                    alleles[call.allele] = where.gene
    return dict(sorted(alleles.items()))


def _sites(calls: Iterable[Call]) -> str:
    return places(call.allele for call in calls)
