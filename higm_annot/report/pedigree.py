"""Parents in a person's document: what each of them agreed to have shown there, and nothing more.

A parent's state at an allele is told in the words of the genotype room. Reference needs evidence: a file that is
silent at the place, or a call that is too poor to show anything, is "no usable record".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from higm_annot.genotype.parents import Relative, Shown
from higm_annot.genotype.quality import limits
from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.types import State, Zygosity
from higm_annot.intake.types import Person, PersonIntake, Sex
from higm_annot.interpretation.consent import wants_secondary
from higm_annot.knowledge.tables import words
from higm_annot.reference.types import Panel
from higm_annot.report.types import RelativeBlock, VariantBlock

MOTHER, FATHER = "mother", "father"
NO_RECORD = "no_record"
NOT_PLACED = "not_placed"
_SEX = {MOTHER: Sex.FEMALE, FATHER: Sex.MALE}
_UNPLACED = "hard"


def relative_blocks(
    person: Person,
    states: Sequence[State],
    variants: Sequence[VariantBlock],
    relatives: Mapping[str, PersonIntake],
    panel: Panel,
) -> tuple[RelativeBlock, ...]:
    """The parents named in the sheet, mother first.

    Parameters
    ----------
    person
        The person's row of the sheet, for the parents it names.
    states
        The person's states: the calls whose places are looked up in the parents.
    variants
        The blocks of the document; a parent is asked about the alleles a conclusion names, and about no other.
    relatives
        Intakes of the parents that can serve as evidence, by role.
    panel
        The loci.

    Returns
    -------
    tuple of RelativeBlock
        Without the parent's ``consent_family`` an empty block. An allele of a gene of secondary findings also needs
        the parent's consent to those; otherwise it is not in the block, whatever the parent carries.
    """
    named = {MOTHER: person.mother, FATHER: person.father}
    blocks = []
    for role in (MOTHER, FATHER):
        relative = relatives.get(role)
        if relative is None or not relative.person.consent_family:
            if relative is not None or named[role]:
                blocks.append(RelativeBlock(role, "", {}, shown=False))
            continue
        secondary = wants_secondary(relative.person)
        asked = [
            block for block in variants if block.reportable and (secondary or block.gene not in _secondary_genes())
        ]
        genotypes = _genotypes(role, relative, states, asked, panel)
        blocks.append(RelativeBlock(role, relative.person.affected, genotypes, shown=True))
    return tuple(blocks)


def _secondary_genes() -> Sequence[str]:
    return words("secondary_finding_genes")


def _genotypes(
    role: str, relative: PersonIntake, states: Sequence[State], asked: Sequence[VariantBlock], panel: Panel
) -> dict[str, str]:
    """State of each allele asked about, by key."""
    if not asked:
        return {}
    keys = {block.key for block in asked}
    view = Relative(relative, limits(), one_x=role == FATHER)
    called = _states(role, relative, keys, panel)
    places = {state.call.allele.key: state.call for state in states}
    found = {}
    for block in asked:
        state = called.get(block.key)
        if state not in (None, Zygosity.HOM_REF):
            found[block.key] = str(state)
        elif block.paralogue == _UNPLACED:
            found[block.key] = NOT_PLACED  # short reads that look like reference say nothing here
        elif view.lacks(places[block.key]) is Shown.NOT:
            found[block.key] = NO_RECORD
        else:
            found[block.key] = str(Zygosity.HOM_REF)
    return found


def _states(role: str, relative: PersonIntake, keys: set[str], panel: Panel) -> dict[str, Zygosity]:
    """The parent's own calls of these alleles; the role tells the sex where the sheet leaves it open."""
    asked = msgspec.structs.replace(
        relative,
        person=msgspec.structs.replace(relative.person, sex=_SEX[role]),
        calls=tuple(call for call in relative.calls if call.allele.key in keys),
        no_calls=tuple(call for call in relative.no_calls if call.allele.key in keys),
    )
    resolved = resolve(asked, None, None, panel)
    return {state.call.allele.key: state.zygosity for state in resolved.states}
