"""Obligate carriers: who must carry an allele because of what relatives carry, whatever the own sample shows.

On X, for a woman: her father has the allele on his only X; two of her children carry it; or a child of hers carries it,
and her mother, brother or sister by the same mother too. On an autosome, for a parent: a child has it on both copies. A
daughter's allele counts only where her father was called as reference, and so does a fetus's: what follows for the
mother must not tell its sex.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from higm_annot.genotype.types import Role, Zygosity
from higm_annot.intake.types import Call, Mode, Person, Sex
from higm_annot.reference.types import Gene

FATHER, CHILDREN, CHILD_AND_RELATIVE, HOMOZYGOUS_CHILD = "father", "children", "child_and_relative", "homozygous_child"
_OF_THE_MOTHER = (Role.MOTHER, Role.SIBLING, Role.MATERNAL_SIBLING)


class Carrier(Struct, frozen=True):
    """A relative who carries an allele outside firewalled regions; ``told``: this relative agreed to have it told."""

    role: Role
    person: Person
    sex: Sex
    gene: Gene
    call: Call
    zygosity: Zygosity
    told: bool


def obligate_basis(
    carriers: Sequence[Carrier], sex: Sex, *, sex_linked: bool, partners_without: frozenset[str] = frozenset()
) -> str:
    """Why a person must carry the allele of these relatives; empty where it does not follow.

    Parameters
    ----------
    carriers
        Relatives who carry it; those who did not agree do not count.
    sex
        The person's sex.
    sex_linked
        Whether the allele is on X.
    partners_without
        Ids of the other parents of the person's children who were called as reference.
    """
    those = [one for one in carriers if one.told]
    if not sex_linked:
        homozygous = any(one.role is Role.CHILD and one.zygosity is Zygosity.HOM for one in those)
        return HOMOZYGOUS_CHILD if homozygous else ""
    if sex is not Sex.FEMALE:
        return ""
    if any(one.role is Role.FATHER and one.zygosity is Zygosity.HEMI for one in those):
        return FATHER
    children = [one for one in those if one.role is Role.CHILD and _from_the_mother(one, partners_without)]
    if len(children) > 1:
        return CHILDREN
    relatives = [one for one in those if one.role in _OF_THE_MOTHER]
    return CHILD_AND_RELATIVE if children and relatives else ""


def _from_the_mother(child: Carrier, partners_without: frozenset[str]) -> bool:
    """Whether a child's allele on X can only come from its mother (or be new)."""
    if child.zygosity is Zygosity.HEMI and child.person.mode is not Mode.PRENATAL:
        return True
    return child.zygosity in (Zygosity.HEMI, Zygosity.HET) and child.person.father in partners_without
