"""The family of one person: who is who, what each relative's file shows at an allele, and what follows from it.

Everything is worked out for the relatives whose file can serve (same build, read, not after stem-cell transplantation).
What may be printed is decided here by the relatives' own consent and handed on with the value; counts of carriers among
affected and unaffected relatives are not printed and need none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.genotype.obligate import Carrier, obligate_basis
from higm_annot.genotype.states import Where
from higm_annot.genotype.types import (
    AlleleInFamily,
    DeNovo,
    FamilyFacts,
    Kin,
    Obligate,
    Origin,
    PersonGenotypes,
    Role,
    Seen,
    SeenState,
    Segregation,
    State,
    Zygosity,
)
from higm_annot.genotype.witness import Witness, Witnesses
from higm_annot.intake.types import Affected, Mode, Person, PersonIntake, Sex
from higm_annot.knowledge.tables import words
from higm_annot.knowledge.texts import text
from higm_annot.problems import Problem, problem
from higm_annot.reference.types import Gene

PARENTS = (Role.MOTHER, Role.FATHER)
SIBLINGS = (Role.SIBLING, Role.MATERNAL_SIBLING, Role.PATERNAL_SIBLING)
_SEX_OF_ROLE = {
    Role.MOTHER: Sex.FEMALE,
    Role.FATHER: Sex.MALE,
    Role.MATERNAL_GRANDMOTHER: Sex.FEMALE,
    Role.PATERNAL_GRANDMOTHER: Sex.FEMALE,
    Role.MATERNAL_GRANDFATHER: Sex.MALE,
    Role.PATERNAL_GRANDFATHER: Sex.MALE,
}


_BY_SEX = {
    Role.SIBLING: {Sex.MALE: "brother", Sex.FEMALE: "sister", Sex.UNKNOWN: "sibling"},
    Role.MATERNAL_SIBLING: {
        Sex.MALE: "maternal_brother",
        Sex.FEMALE: "maternal_sister",
        Sex.UNKNOWN: "maternal_sibling",
    },
    Role.PATERNAL_SIBLING: {
        Sex.MALE: "paternal_brother",
        Sex.FEMALE: "paternal_sister",
        Sex.UNKNOWN: "paternal_sibling",
    },
    Role.CHILD: {Sex.MALE: "son", Sex.FEMALE: "daughter", Sex.UNKNOWN: "child"},
}


class Member(Struct, frozen=True):
    """A relative. ``intake`` is None for one who was not tested or whose file cannot serve."""

    role: Role
    person: Person
    intake: PersonIntake | None = None

    @property
    def sex(self) -> Sex:
        """The sex as the role tells it, or as stated."""
        return _SEX_OF_ROLE.get(self.role, self.person.sex)

    @property
    def fetus(self) -> bool:
        """Whether this is a pregnancy under test; its sex, stated for its own report, is told in nobody else's."""
        return self.person.mode is Mode.PRENATAL

    def agrees(self, gene: Gene) -> bool:
        """Whether this relative's genotype in a gene may be told in a relative's report."""
        secondary = self.person.consent_secondary and self.person.mode is not Mode.PRENATAL
        return self.person.consent_family and (secondary or gene not in words("secondary_finding_genes"))


def role_code(member: Member) -> str:
    """What a relative is, with the sex where it is known: ``mother``, ``maternal_brother``; a fetus has none here."""
    if member.fetus:
        return "fetus"
    return _BY_SEX[member.role][member.sex] if member.role in _BY_SEX else str(member.role)


def children_of(people: Iterable[Person]) -> dict[str, tuple[str, ...]]:
    """Ids of everybody's children, by the parent's id and in order."""
    found: dict[str, list[str]] = {}
    for person in people:
        for parent in {person.mother, person.father} - {""}:
            found.setdefault(parent, []).append(person.sample)
    return {parent: tuple(sorted(children)) for parent, children in found.items()}


Read = tuple[Member, Witness]


def kin(
    sample: str, people: Mapping[str, Person], offspring: Mapping[str, Sequence[str]]
) -> tuple[tuple[Role, str], ...]:
    """Relatives of a person by role: parents, siblings, children, partners, grandparents; those of one role by id.

    Parameters
    ----------
    sample
        The person's id.
    people
        Everybody of the family by id, those who were not tested too.
    offspring
        As :func:`children_of` gives them for these people.
    """
    person = people[sample]
    mother, father = people.get(person.mother), people.get(person.father)
    found = [(Role.MOTHER, person.mother), (Role.FATHER, person.father)]
    for name in sorted({*offspring.get(person.mother, ()), *offspring.get(person.father, ())} - {sample}):
        role = _sibling(person, people[name])
        if role is not None:
            found.append((role, name))
    children = offspring.get(sample, ())
    found += [(Role.CHILD, name) for name in children]
    parents = {parent for name in children for parent in (people[name].mother, people[name].father)}
    found += [(Role.PARTNER, name) for name in sorted(parents - {sample})]
    if mother is not None:
        found += [(Role.MATERNAL_GRANDMOTHER, mother.mother), (Role.MATERNAL_GRANDFATHER, mother.father)]
    if father is not None:
        found += [(Role.PATERNAL_GRANDMOTHER, father.mother), (Role.PATERNAL_GRANDFATHER, father.father)]
    return tuple((role, name) for role, name in found if name in people)


def _sibling(person: Person, other: Person) -> Role | None:
    by_mother = bool(person.mother) and person.mother == other.mother
    by_father = bool(person.father) and person.father == other.father
    if by_mother and by_father:
        return Role.SIBLING
    if by_mother:
        return Role.MATERNAL_SIBLING
    return Role.PATERNAL_SIBLING if by_father else None


def unusable(person: PersonIntake, relative: PersonIntake | None) -> str:
    """Why a relative's file shows nothing about the person's alleles; empty where it can serve."""
    if relative is None or relative.failed or relative.verdict is None:
        return text("unusable.failed")
    if relative.person.prior_hsct == "yes":
        return text("unusable.donor")
    if person.verdict is not None and relative.verdict.build is not person.verdict.build:
        return text("unusable.build", relative=relative.verdict.build, person=person.verdict.build)
    return ""


def members(
    person: PersonIntake,
    people: Mapping[str, Person],
    intakes: Mapping[str, PersonIntake],
    offspring: Mapping[str, Sequence[str]],
) -> tuple[Member, ...]:
    """Relatives of a person (:func:`kin`) with the intake of each whose file can serve."""
    if person.person.sample not in people:
        return ()
    return tuple(
        Member(role, people[name], None if unusable(person, intakes.get(name)) else intakes[name])
        for role, name in kin(person.person.sample, people, offspring)
    )


def with_family(
    genotypes: PersonGenotypes, person: PersonIntake, relatives: Sequence[Member], witnesses: Witnesses
) -> PersonGenotypes:
    """The genotypes with what the family shows of every allele the person carries, and obligate carriership.

    Parameters
    ----------
    genotypes
        What the person carries.
    person
        The person's intake.
    relatives
        As :func:`members` gives them.
    witnesses
        What the files show; shared by people who are read together.
    """
    if not relatives:
        return genotypes
    read = [(member, witnesses.of(member.intake, member.sex)) for member in relatives if member.intake is not None]
    found: dict[str, AlleleInFamily] = {}
    remarks: list[Problem] = []
    for state in genotypes.states:
        if state.call.genotype.copies and state.call.allele.key not in found:
            told = [(member, witness.seen(state.call)) for member, witness in read]
            one = _in_family(state, told, witnesses.locate(state.call.allele))
            found[state.call.allele.key] = one
            remarks += _remarks(person.person, state, told, one.de_novo)
    return replace(
        genotypes,
        states=tuple(_not_new(state, found.get(state.call.allele.key)) for state in genotypes.states),
        problems=(*genotypes.problems, *remarks),
        family=FamilyFacts(tuple(found.values()), _obligate(person, relatives, read, witnesses)),
    )


def _not_new(state: State, one: AlleleInFamily | None) -> State:
    """The state; where a sibling carries the allele too, not with the origin of a new one."""
    shared = one is not None and one.de_novo is DeNovo.SHARED and state.origin is Origin.NEITHER_CALLED
    return replace(state, origin=Origin.UNKNOWN) if shared else state


def _remarks(person: Person, state: State, told: Sequence[tuple[Member, Seen]], de_novo: DeNovo) -> list[Problem]:
    """What siblings who carry an allele mean for the laboratory, whatever they agreed to have told."""
    sample, site = person.sample, f"{state.call.place.contig}:{state.call.place.pos}"
    sharing = [member.person.sample for member in _siblings(state, told)]
    if sharing and de_novo in (DeNovo.MEASURED, DeNovo.CALLED, DeNovo.SHARED):
        return [problem("HA-PED-108", sample=sample, site=site, others=", ".join(sharing))]
    by_father = [
        member.person.sample
        for member, one in told
        if member.role is Role.PATERNAL_SIBLING and one.state is SeenState.HEMI and _mothers_alone(state)
    ]
    return [problem("HA-PED-109", sample=sample, site=site, others=", ".join(by_father))] if by_father else []


def _in_family(state: State, told: Sequence[tuple[Member, Seen]], where: Where | None) -> AlleleInFamily:
    call = state.call
    mother = next((pair for pair in told if pair[0].role is Role.MOTHER), None)
    father = next((pair for pair in told if pair[0].role is Role.FATHER), None)
    from_mother, from_father = (pair[1] if pair else None for pair in (mother, father))
    placed = where is not None and not where.firewalled
    return AlleleInFamily(
        key=call.allele.key,
        mother=from_mother,
        father=from_father,
        mother_agrees=mother is not None and mother[0].agrees(state.gene),
        father_agrees=father is not None and father[0].agrees(state.gene),
        de_novo=_de_novo(state, from_mother, from_father, shared=_shared(state, told)) if placed else DeNovo.NO,
        one_parent_only=placed and _one_parent_only(state, from_mother, from_father),
        segregation=segregation(told),
        kin=_kin(told, state.gene),
    )


def _mothers_alone(state: State) -> bool:
    """Whether only the mother can have passed it on: the X of a son."""
    return state.zygosity is Zygosity.HEMI and state.call.allele.contig.is_sex_linked


def _siblings(state: State, told: Sequence[tuple[Member, Seen]]) -> list[Member]:
    """Born siblings who carry the allele and share the parent whom it can come from."""
    by = (Role.SIBLING, Role.MATERNAL_SIBLING) if _mothers_alone(state) else SIBLINGS
    return [member for member, one in told if member.role in by and one.carried and not member.fetus]


def _shared(state: State, told: Sequence[tuple[Member, Seen]]) -> bool:
    """Whether a sibling who agreed to have it told carries the allele too."""
    return any(member.agrees(state.gene) for member in _siblings(state, told))


def _kin(told: Iterable[tuple[Member, Seen]], gene: Gene) -> tuple[Kin, ...]:
    """Born relatives by blood with what was seen of them, each once."""
    found: dict[str, Kin] = {}
    for member, one in told:
        who = member.person
        if member.role is not Role.PARTNER and not member.fetus and who.sample not in found:
            found[who.sample] = Kin(who.sample, role_code(member), who.affected, one, member.agrees(gene))
    return tuple(found.values())


def _de_novo(state: State, mother: Seen | None, father: Seen | None, *, shared: bool) -> DeNovo:
    """How well an allele is shown to be in neither parent; a son has his X from his mother alone."""
    if _mothers_alone(state):
        asked: tuple[Seen | None, ...] = (mother,)
    elif state.zygosity is Zygosity.HET:
        asked = (mother, father)
    else:
        return DeNovo.NO
    parents = [one for one in asked if one is not None]
    if len(parents) < len(asked) or any(one.carried for one in parents):
        return DeNovo.NO
    if any(one.state is SeenState.ALTERNATE_READS for one in parents):
        return DeNovo.ALTERNATE_READS
    if not all(one.reference for one in parents):
        return DeNovo.NO_EVIDENCE
    if shared:
        return DeNovo.SHARED
    measured = all(one.state is SeenState.HOM_REF and one.alt_reads == 0 for one in parents)
    return DeNovo.MEASURED if measured else DeNovo.CALLED


def _one_parent_only(state: State, mother: Seen | None, father: Seen | None) -> bool:
    """Whether an allele on both copies is in one parent and shown to be absent from the other."""
    if state.zygosity is not Zygosity.HOM or mother is None or father is None:
        return False
    return (mother.carried and father.reference) or (father.carried and mother.reference)


def segregation(told: Iterable[tuple[Member, Seen]]) -> Segregation:
    """Blood relatives counted by clinical status and by what they carry, each once; no class is drawn from it."""
    counts = dict.fromkeys(Segregation.__struct_fields__, 0)
    counted: set[str] = set()
    for member, one in told:
        if member.person.sample in counted or member.role is Role.PARTNER:
            continue
        counted.add(member.person.sample)
        status = {Affected.YES: "affected", Affected.NO: "unaffected"}.get(member.person.affected)
        copies = _COPIES.get(one.state)
        counts[f"{status}_{copies}" if status and copies else "open"] += 1
    return Segregation(**counts)


_COPIES = {
    SeenState.HOM: "all",
    SeenState.HEMI: "all",
    SeenState.HEMI_OR_HOM: "all",
    SeenState.HET: "one",
    SeenState.HOM_REF: "none",
}


def _obligate(
    person: PersonIntake, relatives: Sequence[Member], read: Sequence[Read], witnesses: Witnesses
) -> tuple[Obligate, ...]:
    """Alleles that a person must carry by the pedigree, as far as the relatives they rest on agreed."""
    sex = sex_in_family(person.person, relatives)
    if not any(member.role is Role.CHILD or (member.role is Role.FATHER and sex is Sex.FEMALE) for member in relatives):
        return ()
    carriers: dict[str, list[Carrier]] = {}
    for member, witness in read:
        for placed in witness.states:
            call, gene = placed.state.call, placed.where.gene
            if call.genotype.copies and not placed.where.firewalled:
                own = witness.own(call.allele.key) or placed.state
                carrier = Carrier(member.role, member.person, member.sex, gene, call, own.zygosity, member.agrees(gene))
                carriers.setdefault(call.allele.key, []).append(carrier)
    found = []
    own_file = witnesses.of(person, sex)
    partners = [(member, witness) for member, witness in read if member.role is Role.PARTNER]
    for key, those in carriers.items():
        first = those[0].call
        without = frozenset(member.person.sample for member, witness in partners if witness.seen(first).reference)
        linked = first.allele.contig.is_sex_linked
        basis = obligate_basis(those, sex, sex_linked=linked, partners_without=without)
        if basis:
            found.append(Obligate(key, those[0].gene, basis, own_file.seen(first)))
    return tuple(found)


def sex_in_family(person: Person, relatives: Iterable[Member]) -> Sex:
    """The sex as stated, or as being somebody's mother or father tells it."""
    if person.sex is not Sex.UNKNOWN:
        return person.sex
    for member in relatives:
        if member.role is Role.CHILD:
            return Sex.FEMALE if member.person.mother == person.sample else Sex.MALE
    return Sex.UNKNOWN
