"""The criteria that need a case, each judged from what was seen in one family.

Only what is shown counts: a phase that is not known, parents who were not read well or an affected relative whose
genotype is open give nothing, so that losing data never makes evidence, for either side. One family is one
observation however many of its members were tested.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from higm_annot.classification.case_rules import case_rules, case_strengths, pointed_at
from higm_annot.classification.case_types import (
    Carried,
    DiscriminatingFinding,
    Observed,
    Partner,
    PhenotypeEvidence,
)
from higm_annot.classification.points import made
from higm_annot.classification.types import AlleleClass, Criterion, Judged, State
from higm_annot.intake.types import Affected
from higm_annot.knowledge.texts import text, text_sources
from higm_annot.reference.types import Gene

Outcome = tuple[Criterion | None, Judged]


class Case(Struct, frozen=True):
    """One allele by one mechanism in one family, as the criteria ask it."""

    gene: Gene
    inheritance: str
    allele: AlleleClass
    people: tuple[Observed, ...]
    phenotype: PhenotypeEvidence | None = None

    @property
    def affected(self) -> list[Observed]:
        """Affected people, carriers or not."""
        return [one for one in self.people if one.affected is Affected.YES]

    @property
    def carriers(self) -> list[Observed]:
        """Affected people who carry the allele."""
        return [one for one in self.affected if one.carried in (Carried.ALL, Carried.ONE)]

    @property
    def found(self) -> list[DiscriminatingFinding]:
        """What was looked for in affected people of the family."""
        known, names = self.phenotype.findings if self.phenotype else (), {one.sample for one in self.affected}
        return [one for one in known if one.sample in names]

    def discriminated(self, one: Observed) -> bool:
        """Whether a finding that points at this gene, in the form that the allele would cause, was made in a person."""
        forms, this = pointed_at(), {(self.gene, self.inheritance)}
        return any(
            found.sample == one.sample and found.present and forms[found.finding] == this for found in self.found
        )

    def explained(self, one: Observed) -> bool:
        """Whether a carrier has as many changed copies as the disease asks for, by this allele and a shown partner."""
        if self.inheritance == "AR":
            return one.carried is Carried.ALL or (one.carried is Carried.ONE and bool(_in_trans(one)))
        if self.inheritance == "XLR":
            return one.male and one.carried is Carried.ALL
        return one.carried in (Carried.ALL, Carried.ONE)


def in_trans(case: Case) -> Outcome:
    """PM3: on the other copy than a harmful allele, or on both copies, in an affected person; both alleles rare."""
    carriers = [one for one in case.carriers if case.explained(one)]
    if not carriers:
        return _no_data("PM3", "no_partner" if case.carriers else "nobody")
    found = [("homozygous", "") for one in carriers if one.carried is Carried.ALL]
    paired = [partner for one in carriers if one.carried is Carried.ONE for partner in _in_trans(one)]
    found += [("in_trans", partner.name) for partner in paired if partner.rare]
    if not found or not _rare(case.allele):
        return _no_data("PM3", "rarity_not_shown")
    situation, partner = max(found, key=lambda one: (_weight(case, "PM3", one[0]), one[1]))
    return _met(case, "PM3", situation, 1, 1, partner=partner)


def new_allele(case: Case) -> Outcome:
    """PM6: apparently new in an affected person whose parents are well; without proof of the relations, never PS2."""
    if not case.carriers:
        return _no_data("PM6", "nobody")
    new = [one for one in case.carriers if one.new]
    if not new:
        return _no_data("PM6", "not_shown_new")
    situation = "new_discriminated" if any(map(case.discriminated, new)) else "new"
    return _met(case, "PM6", situation, 1, 1)


def segregation(case: Case) -> Outcome:
    """PP1: affected relatives of one sibship (recessive) or maternal line (X) carry it too, and none is without."""
    if not case.carriers:
        return _no_data("PP1", "nobody")
    groups = _groups(case)
    if any(group.without for group in groups):
        return None, Judged("PP1", State.NOT_MET, "affected_without")
    if any(group.open for group in groups):
        return _no_data("PP1", "affected_open")
    most = max((len(group.with_it) for group in groups), default=0) - 1
    if most < 1:
        return _no_data("PP1", "no_affected_relative")
    return _met(case, "PP1", "affected_relative", 1, most)


def lack_of_segregation(case: Case) -> Outcome:
    """BS4: an affected relative is without it, and a finding that points at this gene excludes another disease.

    Two different alleles in a patient tell nothing here: which of them is harmless is not known. Nor does a woman's
    single copy on X, or a well man with it: late and mild disease is known.
    """
    if not case.carriers:
        return _no_data("BS4", "nobody")
    against = [(group, one) for group in _groups(case) for one in group.without]
    if not against:
        return _no_data("BS4", "no_affected_relative_without")
    if case.inheritance == "AR":
        against = [(group, one) for group, one in against if all(_both(other) for other in group.with_it)]
        if not against:
            return _no_data("BS4", "two_different_alleles")
    if not any(case.discriminated(one) for _, one in against):
        return _no_data("BS4", "other_disease_possible")
    return _met(case, "BS4", "affected_without", -1, 1)


def specific_phenotype(case: Case) -> Outcome:
    """PP4: a finding that points at this gene, in an affected person whose genotype it would explain."""
    if not case.found:
        return _no_data("PP4", "no_phenotype")
    if any(case.explained(one) and case.discriminated(one) for one in case.carriers):
        return _met(case, "PP4", "discriminated", 1, 1)
    return _no_data("PP4", "no_discriminating_finding")


def in_cis(case: Case) -> Outcome:
    """BP2: on the same copy as a harmful allele."""
    if case.allele.own.is_pathogenic:
        return None, Judged("BP2", State.NOT_APPLICABLE, "harmful_itself")
    names = sorted({partner.name for one in case.people for partner in one.partners if partner.in_cis})
    return _met(case, "BP2", "in_cis", -1, 1, partner=names[0]) if names else _no_data("BP2", "no_partner_in_cis")


def other_cause(case: Case) -> Outcome:
    """BP5: an affected person whom the allele alone would explain has an established disease genotype elsewhere."""
    if case.allele.own.is_pathogenic:
        return None, Judged("BP5", State.NOT_APPLICABLE, "harmful_itself")
    genes = {gene for one in case.carriers if case.explained(one) for gene in one.elsewhere}
    names = ", ".join(gene for gene in Gene if gene in genes)
    return _met(case, "BP5", "other_gene", -1, 1, genes=names) if names else _no_data("BP5", "no_other_cause")


JUDGES: dict[str, Callable[[Case], Outcome]] = {
    "PM3": in_trans,
    "PM6": new_allele,
    "PP1": segregation,
    "PP4": specific_phenotype,
    "BS4": lack_of_segregation,
    "BP2": in_cis,
    "BP5": other_cause,
}


SITUATIONS = {  # what each of them asks the table of rules
    "PM3": ("in_trans", "homozygous"),
    "PM6": ("new", "new_discriminated"),
    "PP1": ("affected_relative",),
    "PP4": ("discriminated",),
    "BS4": ("affected_without",),
    "BP2": ("in_cis",),
    "BP5": ("other_gene",),
}


class _Group(Struct, frozen=True):
    """Affected people who had the same chance of the genotype, by whether they have it."""

    with_it: tuple[Observed, ...]
    without: tuple[Observed, ...]
    open: tuple[Observed, ...]

    @classmethod
    def of(cls, case: Case, people: Sequence[Observed]) -> _Group:
        """Sort a group; somebody with one of two copies lacks what a sibling with both has."""
        with_it = [one for one in people if case.explained(one)]
        both = bool(with_it) and all(map(_both, with_it))
        without = [one for one in people if one.carried is Carried.NONE or (both and one.carried is Carried.ONE)]
        open_ = [one for one in people if one not in with_it and one not in without]
        return cls(tuple(with_it), tuple(without), tuple(open_))


def _groups(case: Case) -> list[_Group]:
    """Affected people of one sibship, or men of one maternal line, among whom somebody has the genotype.

    In a sibship of patients with two different alleles only those with the same partner count as alike.
    """
    alike: dict[str, list[Observed]] = {}
    for one in case.affected:
        name = one.siblings if case.inheritance == "AR" else one.line if one.male else ""
        if name:
            alike.setdefault(name, []).append(one)
    return [
        _Group.of(case, people)
        for people in alike.values()
        if any(map(case.explained, people)) and _one_genotype(case, people)
    ]


def _one_genotype(case: Case, people: Sequence[Observed]) -> bool:
    """Whether those with the genotype have it by the same alleles."""
    having = [one for one in people if case.explained(one)]
    ways = [{"both"} if _both(one) else {partner.name for partner in _in_trans(one)} for one in having]
    return case.inheritance != "AR" or bool(set.intersection(*ways))


def _both(one: Observed) -> bool:
    return one.carried is Carried.ALL


def _in_trans(one: Observed) -> list[Partner]:
    return [partner for partner in one.partners if not partner.in_cis]


def _rare(allele: AlleleClass) -> bool:
    """Whether the allele is shown to be rare."""
    return any(one.code.startswith("PM2") for one in allele.criteria)


def _weight(case: Case, code: str, situation: str) -> float:
    return case_rules()[code, case.inheritance, situation].weight


def _met(case: Case, code: str, situation: str, sign: int, times: int, **fields: str) -> Outcome:
    """The criterion at the strength that the weight reaches; not met where it reaches none."""
    rule = case_rules()[code, case.inheritance, situation]
    weight = round(rule.weight * times, 3)
    step = next((row for row in case_strengths(code) if weight >= row.at_least), None)
    if step is None:
        return None, Judged(code, State.NOT_MET, f"{code}_below")
    name = f"criterion.{code}_{situation}"
    evidence = text(name, gene=case.gene, weight=f"{weight:g}", count=times, **fields)
    sources = (*rule.source, *step.source, *text_sources(name))
    return made(code, step.strength, sign, evidence, sources), Judged(code, State.MET)


def _no_data(code: str, reason: str) -> Outcome:
    return None, Judged(code, State.NO_DATA, reason)
