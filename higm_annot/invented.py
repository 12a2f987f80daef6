"""The invented people of ``higm-annot explain``: what an allele, or changes on one copy, would mean in each of them.

Everything but the people is the way of a real report: genotypes, phase, disease table, firewall, wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from higm_annot.annotated import judged
from higm_annot.consequence.haplotype import Joint, joined
from higm_annot.evidence.sources import Evidence
from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.types import PersonGenotypes
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import (
    Affected,
    Allele,
    BuildVerdict,
    Call,
    Genotype,
    Person,
    PersonIntake,
    Place,
    Sex,
    Slot,
    Support,
)
from higm_annot.interpretation.interpret import interpret
from higm_annot.interpretation.types import AnnotatedAllele, Conclusion
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Panel

_ENOUGH = Support(depth=40, genotype_quality=99)  # a call about whose quality nothing needs to be said
_ONE_SET = "1"  # all calls of an invented person lie on one copy, or on both


class Meaning(Struct, frozen=True):
    """What the allele means in one kind of person; ``code`` is empty where no conclusion names it."""

    who: str
    code: str
    status: str
    disease: str
    diplotype: str
    sentence: str
    penetrance: str


def meanings(
    panel: Panel, alleles: Sequence[Allele], known: Mapping[str, AnnotatedAllele], key: str
) -> Iterator[Meaning]:
    """One meaning for each kind of person that differs in sex, copies or reason for the test.

    Parameters
    ----------
    panel
        The embedded reference.
    alleles
        What the people carry, all of it on the same copies.
    known
        These alleles, and the one they make together, by key.
    key
        The allele that is asked about.
    """
    linked = alleles[0].contig.is_sex_linked
    for who, sex, copies, affected, consent in _PEOPLE_X if linked else _PEOPLE:
        person = Person("explain", "", "", sex=sex, affected=affected, consent_secondary=consent)
        intake = _intake(person, alleles, copies)
        genotypes, _ = _read(panel, intake, known)
        found = interpret(intake, genotypes, dict(known), ())
        named = [one for one in found.conclusions if key in one.variants]
        yield _meaning(text(f"explain.who.{who}"), named[0] if named else None)


def joint(
    panel: Panel, alleles: Sequence[Allele], known: Mapping[str, AnnotatedAllele], evidence: Evidence
) -> AnnotatedAllele | None:
    """The allele that changes on one copy make together; None where they do not all act together."""
    intake = _intake(Person("explain", "", "", sex=Sex.FEMALE), alleles, "1/1")
    _, joints = _read(panel, intake, known)
    keys = {allele.key for allele in alleles}
    whole = [one for one in joints if set(one.state.parts) == keys]
    return judged(panel, whole[0].state.call.allele, whole[0].effects, evidence) if whole else None


def _read(
    panel: Panel, intake: PersonIntake, known: Mapping[str, AnnotatedAllele]
) -> tuple[PersonGenotypes, tuple[Joint, ...]]:
    effects = {key: one.effects for key, one in known.items()}
    return joined(panel, resolve(intake, None, None, Witnesses(panel)), effects)


def _intake(person: Person, alleles: Sequence[Allele], copies: str) -> PersonIntake:
    slots = tuple(Slot.ALT if copy == "1" else Slot.REF for copy in copies.split("/"))
    phased = len(alleles) > 1 and len(slots) > 1
    genotype = Genotype(copies.replace("/", "|") if phased else copies, slots, phased, _ONE_SET if phased else None)
    return PersonIntake(
        person=person,
        verdict=BuildVerdict(alleles[0].build, ()),
        calls=tuple(Call(one, genotype, _ENOUGH, Place("", 0, one.contig, one.pos, "", ()), 1) for one in alleles),
        no_calls=(),
        reference=(),
        assessment=(),
        ledger=(),
        problems=(),
        contigs_seen=(),
        has_reference_evidence=False,
        cut_digest="",
    )


def _meaning(who: str, conclusion: Conclusion | None) -> Meaning:
    if conclusion is None:
        return Meaning(who, "", "", "", "", text("explain.no_conclusion"), "")
    return Meaning(
        who=who,
        code=conclusion.code,
        status=conclusion.status,
        disease=conclusion.disease,
        diplotype=conclusion.diplotype.hgvs if conclusion.diplotype else "",
        sentence=conclusion.reasons[0],
        penetrance=conclusion.penetrance,
    )


_PEOPLE = (
    ("one_copy_patient", Sex.FEMALE, "0/1", Affected.YES, False),
    ("one_copy_healthy", Sex.FEMALE, "0/1", Affected.NO, True),
    ("two_copies", Sex.FEMALE, "1/1", Affected.YES, False),
)
_PEOPLE_X = (
    ("male", Sex.MALE, "1", Affected.YES, False),
    ("woman_one_copy_patient", Sex.FEMALE, "0/1", Affected.YES, False),
    ("woman_one_copy_healthy", Sex.FEMALE, "0/1", Affected.NO, False),
    ("woman_two_copies", Sex.FEMALE, "1/1", Affected.YES, False),
)
