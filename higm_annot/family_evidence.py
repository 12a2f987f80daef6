"""What a family shows of an allele, gathered for the class that heeds it: one class for every member.

The people are those whom stated relations connect that the genotypes do not doubt. The evidence is that of the members
who agreed to have it told to relatives (``consent_family``), whose own report is released, and nothing rests on anybody
else: where somebody did not agree, the others are read again as if that person had no file. So every member's report
has the same class, and a relative who did not agree changes nothing. Genes of secondary findings have no such evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from higm_annot.classification.case import case_class
from higm_annot.classification.case_types import (
    Carried,
    CaseClass,
    DiscriminatingFinding,
    Observed,
    Partner,
    PhenotypeEvidence,
)
from higm_annot.genotype.family import sex_in_family
from higm_annot.genotype.quality import DOUBTFUL
from higm_annot.genotype.types import AlleleInFamily, DeNovo, PhaseVerdict, Role, SeenState, State, Zygosity
from higm_annot.intake.types import Affected, Call, Mode, Person, PersonIntake, Sex
from higm_annot.interpretation.beside import with_notes
from higm_annot.interpretation.findings import HARD, allele_name
from higm_annot.interpretation.outside import Verdict
from higm_annot.interpretation.said import say
from higm_annot.interpretation.types import AnnotatedAllele, ConclusionCode, Interpretation, Status
from higm_annot.knowledge.tables import diseases, words
from higm_annot.knowledge.texts import listed, text
from higm_annot.reference.types import Build, Gene

if TYPE_CHECKING:
    from higm_annot.group import Group, Judged

# Bases of a phase that the person's own reads or parents who agreed show; how a whole file was phased is not known.
_TRANS_SHOWN = frozenset({"phase_set", "parents", "same_site"})
_CIS_SHOWN = frozenset({"phase_set", "parents", "one_copy"})
_COPIES = {Zygosity.HOM: Carried.ALL, Zygosity.HEMI: Carried.ALL, Zygosity.HET: Carried.ONE}


class FamilyEvidence:
    """The families of a group of people read together; each worked out when it is first asked for."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self._of: dict[str, tuple[str, ...]] = {}
        self._witnesses: dict[tuple[str, ...], dict[str, Judged]] = {}
        self._classes: dict[tuple[tuple[str, ...], str], CaseClass] = {}
        self._found: dict[tuple[tuple[str, ...], frozenset[str]], tuple[Observed, ...]] = {}

    def classes(self, person: Judged) -> dict[str, CaseClass]:
        """The class with the family's evidence, by key.

        Of every allele that a conclusion of the person names, and of those that one of a member does whose evidence
        counts.
        """
        if person.interpretation is None:
            return {}
        family = self._family(person.intake.person.sample)
        keys = list(person.interpretation.reportable)
        if len(family) > 1:
            named = {key for one in self._read(family, person).values() for key in _named(one)}
            keys += [state.call.allele.key for state in person.genotypes.states if state.call.allele.key in named]
        return {key: self._class(family, person, key) for key in keys}

    def _class(self, family: tuple[str, ...], person: Judged, key: str) -> CaseClass:
        """The class of an allele in a family, worked out once for all its members."""
        if (family, key) not in self._classes:
            allele = person.alleles[key]
            people = self._people(family, person, key)
            phenotype = self._phenotype(family, person, people)
            self._classes[family, key] = case_class(allele.effects.gene, allele.allele_class, people, phenotype)
        return self._classes[family, key]

    def _phenotype(
        self, family: tuple[str, ...], person: Judged, people: Iterable[Observed]
    ) -> PhenotypeEvidence | None:
        """What was found in these people that tells the panel's genes apart; None where no phenotype is used."""
        witnesses = self._read(family, person)
        told = {one.sample: witnesses[one.sample].phenotype for one in people if one.sample in witnesses}
        used = {sample: phenotype for sample, phenotype in told.items() if phenotype.used}
        if not used:
            return None
        from higm_annot.phenotype.compare import Picture, pointing  # noqa: PLC0415 - most people have no phenotype

        return PhenotypeEvidence(
            tuple(
                DiscriminatingFinding(sample, finding, present)
                for sample, phenotype in used.items()
                for finding, present in pointing(Picture(phenotype.observed)).items()
            )
        )

    def digests(self, person: Judged, keys: Iterable[str]) -> tuple[str, ...]:
        """Digests of the cut records of those on whose evidence the classes of these alleles rest, in order."""
        family = self._family(person.intake.person.sample)
        samples = {one.sample for key in keys for one in self._people(family, person, key)}
        return tuple(sorted({self._group.intakes[sample].cut_digest for sample in samples}))

    def noted(self, found: Interpretation, person: Judged, classes: Mapping[str, CaseClass]) -> Interpretation:
        """A person's interpretation, with a sentence where the family's evidence would lead to another conclusion."""
        moved = {key: one for key, one in classes.items() if _other_side(person.alleles[key], one)}
        if not moved:
            return found
        instead = self._concluded_with(person, moved)
        conclusions = []
        for conclusion in found.conclusions:
            notes = [
                say(
                    "case_class_moves",
                    variant=allele_name(person.alleles[key]),
                    class_=moved[key].class_.lower(),
                    without=person.alleles[key].allele_class.class_.lower(),
                    meaning=_meaning(instead, key),
                )
                for key in conclusion.variants
                if key in moved
            ]
            conclusions.append(with_notes(conclusion, notes))
        return replace(found, conclusions=tuple(conclusions))

    def _concluded_with(self, person: Judged, moved: Mapping[str, CaseClass]) -> Interpretation | None:
        """What would be concluded if these alleles had the classes that the family's evidence gives them."""
        group, family = self._group, self._family(person.intake.person.sample)
        changed = {
            key: replace(one, allele_class=replace(one.allele_class, class_=moved[key].class_))
            for key, one in person.alleles.items()
            if key in moved
        }
        intakes = [group.intakes[sample] for sample in family if sample in group.intakes]
        untested = [group.people[sample] for sample in family if sample not in group.intakes]
        there = type(group)(intakes, {**group.alleles, **changed}, group.panel, untested, group.evidence)
        return there.judged(group.intakes[person.intake.person.sample]).interpretation

    def _family(self, sample: str) -> tuple[str, ...]:
        """Everybody whom stated relations connect with a person, in order of the ids."""
        if not self._of:
            self._of = _connected(self._group.people)
        return self._of.get(sample, (sample,))

    def _people(self, family: tuple[str, ...], person: Judged, key: str) -> tuple[Observed, ...]:
        """What may be counted of an allele in a family; the same for whoever of it asks."""
        allele = person.alleles[key]
        if allele.effects.gene in words("secondary_finding_genes"):
            return ()
        same = frozenset({key, *allele.effects.keys.values()})
        if (family, same) not in self._found:
            self._found[family, same] = self._observed(family, person, same, allele.effects.gene)
        return self._found[family, same]

    def _observed(
        self, family: tuple[str, ...], asking: Judged, same: frozenset[str], gene: Gene
    ) -> tuple[Observed, ...]:
        agreeing = [sample for sample in family if self._agrees(sample)]
        witnesses = self._read(family, asking) if agreeing else {}
        calls = {
            state.call.allele.build: state.call
            for judged in witnesses.values()
            for state in judged.genotypes.states
            if state.call.allele.key in same and state.call.genotype.copies
        }
        if not calls:
            return ()
        carriers = {sample: one for sample, judged in witnesses.items() if (one := _seen(judged, same, gene))}
        if not any(one.affected is Affected.YES or _beside(one) for one in carriers.values()):
            return ()  # a well carrier alone tells nothing
        found = []
        for sample in agreeing:
            row, judged, seen = self._group.people[sample], witnesses.get(sample), carriers.get(sample)
            if seen is None and row.affected is Affected.YES:
                carried = Carried.OPEN if judged is None else _absent(judged, calls, self._group)
                seen = Observed(sample, row.affected, row.sex is Sex.MALE, carried)
            if seen is not None:
                found.append(replace(seen, siblings=_siblings(row), line=_line(row, self._group.people)))
        return tuple(found)

    def _agrees(self, sample: str) -> bool:
        """Whether somebody with a file agreed to be told of to relatives; a fetus is told of to nobody here."""
        row = self._group.people[sample]
        return sample in self._group.intakes and row.consent_family and row.mode is not Mode.PRENATAL

    def _read(self, family: tuple[str, ...], asking: Judged) -> dict[str, Judged]:
        """Members whose evidence counts, read together and with nobody else."""
        if family not in self._witnesses:
            tested = [sample for sample in family if sample in self._group.intakes]
            released = {}
            for sample in filter(self._agrees, tested):
                mine = asking if sample == asking.intake.person.sample else self._judged(self._group, sample)
                if mine is not None and _usable(mine):
                    released[sample] = mine
            if len(released) < len(tested):
                released = self._again(family, released)
            self._witnesses[family] = released
        return self._witnesses[family]

    def _again(self, family: tuple[str, ...], released: Mapping[str, Judged]) -> dict[str, Judged]:
        """The same members read as if the others of the family had no file."""
        group = self._group
        intakes = [_in_its_family(group.intakes[sample], group.people[sample]) for sample in released]
        others = [group.people[sample] for sample in family if sample not in released]
        alone = type(group)(intakes, group.alleles, group.panel, others, group.evidence)
        found = {sample: self._judged(alone, sample) for sample in released}
        return {sample: one for sample, one in found.items() if one is not None and _usable(one)}

    def _judged(self, group: Group, sample: str) -> Judged | None:
        try:
            return group.judged(group.intakes[sample])
        except Exception:  # noqa: BLE001 - a relative's fault is told in the relative's own report
            return None


def _named(judged: Judged) -> tuple[str, ...]:
    return judged.interpretation.reportable if judged.interpretation else ()


def _connected(people: Mapping[str, Person]) -> dict[str, tuple[str, ...]]:
    """Everybody's family: those whom links of child and parent connect, in order of the ids."""
    groups: dict[str, set[str]] = {sample: {sample} for sample in people}
    for sample, person in people.items():
        for parent in {person.mother, person.father} & people.keys():
            if groups[parent] is not groups[sample]:
                merged = groups[parent] | groups[sample]
                groups.update(dict.fromkeys(merged, merged))
    return {sample: tuple(sorted(group)) for sample, group in groups.items()}


def _beside(one: Observed) -> bool:
    """Whether the allele is shown to lie on one copy with a harmful one, which counts in well people too."""
    return any(partner.in_cis for partner in one.partners)


def _usable(judged: Judged) -> bool:
    """Whether somebody's evidence counts: a released report, and a sample that is not a donor's."""
    done = judged.interpretation is not None and not judged.refused
    return done and not judged.hold and judged.intake.person.prior_hsct != "yes"


def _in_its_family(intake: PersonIntake, row: Person) -> PersonIntake:
    """The intake with the relations that are not in doubt."""
    return replace(intake, person=replace(intake.person, mother=row.mother, father=row.father))


def _siblings(row: Person) -> str:
    return f"{row.mother} {row.father}" if row.mother and row.father else ""


def _line(row: Person, people: Mapping[str, Person]) -> str:
    """The first woman known of somebody's maternal line, or the person where no mother is stated."""
    name, walked = row.sample, set()
    while name in people and people[name].mother and name not in walked:
        walked.add(name)
        name = people[name].mother
    return name


def _seen(judged: Judged, same: frozenset[str], gene: Gene) -> Observed | None:
    """What a member's own call of an allele tells; None where there is no call of it on any copy."""
    states = [
        state for state in judged.genotypes.states if state.call.allele.key in same and state.call.genotype.copies
    ]
    if not states:
        return None
    row, state = judged.intake.person, states[0]
    male = sex_in_family(row, judged.members) is Sex.MALE
    alike = len({one.zygosity for one in states}) == 1
    carried = _carried(state, judged, male=male) if alike else Carried.OPEN
    if carried is Carried.OPEN:
        return Observed(row.sample, row.affected, male, carried)
    return Observed(
        sample=row.sample,
        affected=row.affected,
        male=male,
        carried=carried,
        new=_is_new(judged.genotypes.family.of(state.call.allele.key)),
        partners=_partners(judged, state, gene),
        elsewhere=_elsewhere(judged, gene),
    )


def _carried(state: State, judged: Judged, *, male: bool) -> Carried:
    """On how many copies an allele lies, as far as the call is placed in the gene and read well.

    Where a pseudogene interferes another assay must have confirmed it, and then only a man's X is sure.
    """
    key = state.call.allele.key
    word = judged.interpretation.outside.get(key, "") if judged.interpretation else ""
    if judged.alleles[key].paralogue == HARD:
        sure = word == Verdict.CONFIRMED and male and state.call.allele.contig.is_sex_linked
        return Carried.ALL if sure else Carried.OPEN
    if word == Verdict.CONFIRMED or (not word and _read_well(state)):
        return _COPIES.get(state.zygosity, Carried.OPEN)
    return Carried.OPEN


def _read_well(state: State) -> bool:
    """Whether depth and genotype quality are given and suffice; without them a call is no evidence here."""
    support = state.call.support
    measured = support.depth is not None and support.genotype_quality is not None
    return measured and not DOUBTFUL.intersection(state.flags)


def _absent(judged: Judged, calls: Mapping[Build, Call], group: Group) -> Carried:
    """Whether somebody without a call of an allele was measured to be without it."""
    verdict = judged.intake.verdict
    call = calls.get(verdict.build) if verdict else None
    if call is None:
        return Carried.OPEN
    sex = sex_in_family(judged.intake.person, judged.members)
    seen = group.witnesses.of(judged.intake, sex).seen(call)
    return Carried.NONE if seen.state is SeenState.HOM_REF else Carried.OPEN


def _is_new(one: AlleleInFamily | None) -> bool:
    """Whether an allele is shown to be in neither parent, both well, and what brothers and sisters carry is known."""
    if one is None or one.de_novo is not DeNovo.MEASURED:
        return False
    parents = [kin for kin in one.kin if kin.role in (Role.MOTHER, Role.FATHER)]
    others = [kin for kin in one.kin if kin.role.endswith(("brother", "sister", "sibling"))]
    well = all(kin.affected is Affected.NO for kin in parents)
    return well and all(kin.seen.carried or kin.seen.reference for kin in others)


def _partners(judged: Judged, state: State, gene: Gene) -> tuple[Partner, ...]:
    """Pathogenic alleles of the gene whose phase towards an allele is shown, each placed and read well itself."""
    key, found = state.call.allele.key, []
    states = {one.call.allele.key: one for one in judged.genotypes.states if one.gene is gene}
    for pair in judged.genotypes.phases:
        if key not in (pair.first, pair.second):
            continue
        other = pair.second if pair.first == key else pair.first
        known, theirs = judged.alleles.get(other), states.get(other)
        cis = pair.verdict is PhaseVerdict.CIS and pair.basis in _CIS_SHOWN
        trans = pair.verdict is PhaseVerdict.TRANS and pair.basis in _TRANS_SHOWN
        if known is None or theirs is None or not (cis or trans) or not known.allele_class.own.is_pathogenic:
            continue
        if _carried(theirs, judged, male=False) is not Carried.OPEN:
            rare = any(one.code.startswith("PM2") for one in known.allele_class.criteria)
            found.append(Partner(allele_name(known), known.allele_class.own, rare, in_cis=cis))
    return tuple(sorted(set(found), key=lambda one: (one.name, one.in_cis)))


def _elsewhere(judged: Judged, gene: Gene) -> tuple[Gene, ...]:
    """Other genes with an established disease genotype; none of those whose findings may be secondary."""
    secondary = words("secondary_finding_genes")
    conclusions = judged.interpretation.conclusions if judged.interpretation else ()
    return tuple(
        dict.fromkeys(
            one.gene
            for one in conclusions
            if one.code is ConclusionCode.DISEASE_GENOTYPE
            and one.status is Status.ESTABLISHED
            and one.gene is not gene
            and one.gene not in secondary
            and all(judged.alleles[key].allele_class.own.is_pathogenic for key in one.variants)
        )
    )


def _other_side(allele: AnnotatedAllele, case: CaseClass) -> bool:
    """Whether the family's evidence makes an allele harmful, or no longer so, or benign."""
    own = allele.allele_class.class_
    return (own.is_pathogenic, own.is_benign) != (case.class_.is_pathogenic, case.class_.is_benign)


def _meaning(instead: Interpretation | None, key: str) -> str:
    """What the conclusions on an allele would be, in words."""
    those = instead.conclusions if instead else ()
    said = [
        text(f"conclusion.{one.code}", disease=diseases()[one.disease].name)
        for one in those
        if key in one.variants and one.disease
    ]
    return listed(list(dict.fromkeys(said))) or text("case.no_conclusion")
