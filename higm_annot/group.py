"""People read together: their relations, and what each of them carries and is concluded to have, worked out once.

A report tells of relatives too, as far as they agreed; what they carry is the same whether asked for their own report
or for a relative's. A relative whose own report is on hold, or could not be made, is told to nobody. A relation that
the genotypes speak against is as if it were not stated, and holds both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.annotated import judged
from higm_annot.classification.laboratory import with_parts
from higm_annot.consequence.haplotype import joined
from higm_annot.consequence.types import AlleleEffects
from higm_annot.evidence.sources import EMBEDDED, Evidence
from higm_annot.family_evidence import FamilyEvidence
from higm_annot.genotype.doubt import doubt_problems, doubted_links, without_links
from higm_annot.genotype.family import Member, children_of, members, unusable, with_family
from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.types import AlleleInFamily, DeNovo, PersonGenotypes, Role
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.outside import read_outside
from higm_annot.intake.types import Allele, Outside, Person, PersonIntake
from higm_annot.interpretation.assays import hear_assays, with_found
from higm_annot.interpretation.interpret import interpret
from higm_annot.interpretation.laboratory import laboratory_problems
from higm_annot.interpretation.outside import Verdict, hear_outside
from higm_annot.interpretation.types import AnnotatedAllele, Interpretation
from higm_annot.phenotype.types import NOT_GIVEN, Phenotype
from higm_annot.problems import Problem, Refused, forbids_release, problem
from higm_annot.reference.types import Panel
from higm_annot.report.family import Told, named_alleles

# Reads of one parent make it no news, and the other parent is not told of them.
_NOT_NEW = frozenset({DeNovo.NO, DeNovo.NO_EVIDENCE, DeNovo.ALTERNATE_READS})


class Judged(Struct, frozen=True):
    """One person's way up to the report. ``refused`` says why there is none; then the rest is empty.

    ``relatives`` are the parents used as evidence, by role; ``members`` all relatives; ``alleles`` those of the run and
    the person's own joined ones; ``problems`` all that was met on the way.
    """

    intake: PersonIntake
    problems: tuple[Problem, ...]
    refused: bool = False
    genotypes: PersonGenotypes = PersonGenotypes((), ())
    interpretation: Interpretation | None = None
    alleles: Mapping[str, AnnotatedAllele] = {}
    relatives: Mapping[str, PersonIntake] = {}
    members: tuple[Member, ...] = ()
    phenotype: Phenotype = NOT_GIVEN

    @property
    def hold(self) -> bool:
        """Whether something for the laboratory only forbids a release."""
        return forbids_release(self.problems)


class Group:
    """People with their files read, and relatives of a PED who have none."""

    def __init__(
        self,
        intakes: Iterable[PersonIntake],
        alleles: Mapping[str, AnnotatedAllele],
        panel: Panel,
        untested: Iterable[Person] = (),
        evidence: Evidence = EMBEDDED,
    ) -> None:
        self.intakes = {intake.person.sample: intake for intake in intakes}
        self.alleles, self.panel, self.evidence = alleles, panel, evidence
        self.witnesses = Witnesses(panel)
        self.people = {person.sample: person for person in untested}
        self.people |= {sample: intake.person for sample, intake in self.intakes.items()}
        self._checked = self._with_stated_parents()
        self._doubted = doubted_links(self._checked, self.people)
        self.people = without_links(self.people, self._doubted)
        self._children = children_of(self.people.values())
        self._judged: dict[str, Judged] = {}
        self.family_evidence = FamilyEvidence(self)

    def judged(self, intake: PersonIntake) -> Judged:
        """What a person carries and is concluded to have; kept where a relative may ask for it again."""
        sample = intake.person.sample
        found = self._judged.get(sample)
        if found is None:
            found = self._judge(intake)
            if found.members:
                self._judged[sample] = found
        return found

    def told(self, person: Judged) -> tuple[Told, ...]:
        """Relatives by blood who agreed to be told of, each with the alleles that the own conclusions name.

        A fetus is told of to its parents only.
        """
        found = []
        for member in person.members:
            if member.role is Role.PARTNER or member.intake is None or not member.person.consent_family:
                continue
            if member.fetus and member.role is not Role.CHILD:
                continue
            try:
                relative = self.judged(member.intake)
            except Exception:  # noqa: BLE001, S112 - a relative's fault is told in the relative's own report
                continue
            if relative.refused or relative.hold or relative.interpretation is None:
                continue
            named = named_alleles(member, relative.genotypes, relative.interpretation)
            new = frozenset(one.key for one in relative.genotypes.family.alleles if _new(one, member))
            found.append(Told(member, named, relative.alleles, new))
        return tuple(found)

    def _judge(self, intake: PersonIntake) -> Judged:
        outside, refused = _outside(self.panel, intake)
        if intake.failed or refused:
            return Judged(intake, (*intake.problems, *refused), refused=True)
        panel, alleles = self.panel, self.alleles
        # After a transplantation the sample is the donor's, whose family this is not.
        donor = intake.person.prior_hsct == "yes"
        family = () if donor else members(intake, self.people, self.intakes, self._children)
        relatives, remarks = self._parents(intake)
        resolved = with_family(self._resolved(intake, relatives), intake, family, self.witnesses)
        keys = {state.call.allele.key for state in resolved.states} & alleles.keys()
        assays = hear_assays(panel, intake, resolved, alleles, outside)
        heard = hear_outside(intake, resolved.states, alleles, assays.calls).by_key
        refuted = frozenset(key for key, word in heard.items() if word.verdict is Verdict.REFUTED)
        genotypes, joints = joined(panel, resolved, {key: alleles[key].effects for key in keys}, refuted)
        pairs = [(one.state, one.effects) for one in joints] + [(one.state, one.effects) for one in assays.found]
        own = {effects.key: self._joined(state.call.allele, effects) for state, effects in pairs}
        for one in joints:
            parts = [alleles[key].allele_class for key in one.state.parts]
            whole = own[one.effects.key]
            own[one.effects.key] = replace(whole, allele_class=with_parts(whole.allele_class, parts))
        if own:
            alleles = {**alleles, **own}
        if assays.found:
            genotypes = with_found(genotypes, assays)
        interpretation = interpret(intake, genotypes, alleles, assays.calls, assays)
        doubts = doubt_problems(intake.person.sample, self._doubted)
        phenotype = _phenotype(intake.person)
        words = laboratory_problems(intake.person.sample, genotypes, alleles)
        problems = (
            *intake.problems, *outside.problems, *remarks, *genotypes.problems, *doubts, *words,
            *interpretation.problems, *phenotype.problems,
        )  # fmt: skip
        return Judged(
            intake=_without_untested(intake, self.intakes),
            problems=problems,
            genotypes=genotypes,
            interpretation=interpretation,
            alleles=alleles,
            relatives=relatives,
            members=family,
            phenotype=phenotype,
        )

    def _with_stated_parents(self) -> dict[str, PersonGenotypes]:
        """The genotypes of everybody with a parent who can serve, compared with the parents as stated."""
        found = {}
        for sample, intake in self.intakes.items():
            relatives = {} if intake.failed else self._parents(intake)[0]
            # After a transplantation the sample is the donor's: nothing follows for the relations.
            if relatives and intake.person.prior_hsct != "yes":
                try:
                    found[sample] = resolve(intake, relatives.get("mother"), relatives.get("father"), self.witnesses)
                except Exception:  # noqa: BLE001, S112 - a fault of one person is told in that person's own report
                    continue
        return found

    def _resolved(self, intake: PersonIntake, relatives: Mapping[str, PersonIntake]) -> PersonGenotypes:
        """What a person carries, with the parents whose relation is not in doubt."""
        sample, person = intake.person.sample, intake.person
        checked = self._checked.get(sample)
        doubted = {role for role in ("mother", "father") if (sample, getattr(person, role)) in self._doubted}
        if checked is not None and doubted == checked.doubted:
            return checked
        found = resolve(intake, relatives.get("mother"), relatives.get("father"), self.witnesses)
        return found if checked is None else replace(found, problems=checked.problems)

    def _joined(self, allele: Allele, effects: AlleleEffects) -> AnnotatedAllele:
        """An allele of one person that the run's table does not have: joined ones, and those an assay found."""
        return judged(self.panel, allele, effects, self.evidence)

    def _parents(self, intake: PersonIntake) -> tuple[dict[str, PersonIntake], tuple[Problem, ...]]:
        """Parents who can serve as evidence, by role; a remark for each who was tested and cannot."""
        relatives, remarks = {}, []
        person = self.people[intake.person.sample]
        for role, name in (("mother", person.mother), ("father", person.father)):
            parent = self.intakes.get(name)
            if not name or (parent is None and name in self.people):
                continue
            reason = unusable(intake, parent)
            if reason or parent is None:
                found = problem("HA-PED-001", sample=intake.person.sample, role=role, other=name, reason=reason)
                remarks.append(found)
            else:
                relatives[role] = parent
        return relatives, tuple(remarks)


def _new(one: AlleleInFamily, member: Member) -> bool:
    """Whether an allele is apparently new in a relative.

    A son's X rests on his mother alone, a daughter's on both parents. Of a fetus both are asked whatever its sex, or
    what is told to the parents would tell it.
    """
    father = one.father is not None and one.father.reference
    return one.de_novo not in _NOT_NEW and (father or not member.fetus)


def _without_untested(intake: PersonIntake, intakes: Mapping[str, PersonIntake]) -> PersonIntake:
    """The intake without parents who were not tested: to the report they are not there."""
    person = intake.person
    kept = {name: getattr(person, name) for name in ("father", "mother") if getattr(person, name) in intakes}
    return replace(intake, person=replace(person, **({"father": "", "mother": ""} | kept)))


def _phenotype(person: Person) -> Phenotype:
    """What is known of a person's phenotype."""
    if not person.phenotype:
        return NOT_GIVEN
    from higm_annot.phenotype.observe import observe  # noqa: PLC0415 - most people have none

    return observe(person)


def _outside(panel: Panel, intake: PersonIntake) -> tuple[Outside, tuple[Problem, ...]]:
    """What other assays say of a person, with the alleles that their names mean; or why that cannot be used."""
    person = intake.person
    if not person.outside_calls:
        return Outside(), ()
    try:
        outside = read_outside(person.outside_calls, person)
    except Refused as refusal:
        return Outside(), refusal.problems
    if intake.verdict is None:
        return outside, ()
    from higm_annot.consequence.outside_names import meant  # noqa: PLC0415 - most people have no outside calls

    calls, faults = meant(panel, outside.calls, intake.verdict.build)
    return replace(outside, calls=calls), faults
