"""Relatives in a person's document: what each of them agreed to have shown there, and nothing more.

A relative's state at an allele is told in the words of the genotype room. Reference needs measured evidence: a file
that is silent at the place, or a call that is too poor to show anything, is "no usable record". A parent who did not
agree is an outline, a sibling who did not agree is not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from higm_annot.genotype.family import SIBLINGS, Member, role_code
from higm_annot.genotype.types import Role
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import Person, PersonIntake
from higm_annot.report.family import Asked, Told
from higm_annot.report.types import RelativeBlock


def relative_blocks(
    person: Person,
    asked: Sequence[Asked],
    parents: Mapping[str, PersonIntake],
    family: Sequence[Told],
    witnesses: Witnesses,
) -> tuple[RelativeBlock, ...]:
    """The parents named in the sheet, mother first, then the siblings who agreed.

    Parameters
    ----------
    person
        The person's row of the sheet, for the parents it names.
    asked
        The alleles that a conclusion names, and those of the family; a relative is asked about no other.
    parents
        Intakes of the parents that can serve as evidence, by role.
    family
        Relatives who agreed to be told of.
    witnesses
        What the files show.

    Returns
    -------
    tuple of RelativeBlock
        Without a parent's ``consent_family`` an empty block. An allele of a gene of secondary findings also needs the
        relative's consent to those; otherwise it is not in the block, whatever the relative carries.
    """
    named = {Role.MOTHER: person.mother, Role.FATHER: person.father}
    blocks = []
    for role, name in named.items():
        intake = parents.get(role)
        if intake is None or not intake.person.consent_family:
            if intake is not None or name:
                blocks.append(RelativeBlock(role, "", {}, shown=False))
            continue
        blocks.append(_block(Member(role, intake.person, intake), intake, asked, witnesses))
    siblings = [one.member for one in family if one.member.role in SIBLINGS]
    return (*blocks, *(_block(one, one.intake, asked, witnesses) for one in siblings if one.intake is not None))


def _block(member: Member, intake: PersonIntake, asked: Sequence[Asked], witnesses: Witnesses) -> RelativeBlock:
    """What is told of a relative who agreed; the role tells the sex where the sheet leaves it open."""
    witness = witnesses.of(intake, member.sex)
    genotypes = {one.key: str(witness.seen(one.call).state) for one in asked if member.agrees(one.gene)}
    return RelativeBlock(role_code(member), member.person.affected, genotypes, shown=True, sex=member.sex)
