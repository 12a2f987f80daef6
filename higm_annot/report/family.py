"""Alleles of the family in a person's document: what relatives who agreed are concluded to carry, looked for here.

Each allele that a conclusion names in such a relative is a stated item: carried, reference with evidence, called as
reference without it, no usable record, or not placed. Nothing is told of a gene of secondary findings unless this
person may read of it and the relative agreed to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from higm_annot.genotype.family import Member, role_code
from higm_annot.genotype.types import PersonGenotypes, Role, SeenState, State, Zygosity
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import Call, Person, PersonIntake
from higm_annot.interpretation.consent import may_name_single
from higm_annot.interpretation.types import AnnotatedAllele, Interpretation
from higm_annot.knowledge.texts import listed, text, text_sources
from higm_annot.reference.types import Gene
from higm_annot.report.types import FamilyAlleleBlock

REFUTED = "refuted"
_NOT_CARRIED = ("hom_ref", "stated_ref", "alternate_reads", "no_record", "not_placed", "no_call")


class Told(Struct, frozen=True):
    """A relative who agreed to be told of, with the alleles that the own conclusions name, and their annotation.

    ``new`` are keys of alleles that the relative's own parents were called without.
    """

    member: Member
    named: tuple[State, ...]
    alleles: Mapping[str, AnnotatedAllele]
    new: frozenset[str] = frozenset()

    def new_from(self, person: Person, state: State) -> bool:
        """Whether an allele is apparently new in this child of the person, on a copy that came from the person."""
        of_one_parent = state.zygosity is Zygosity.HEMI or self.member.fetus  # told alike whatever a fetus's sex
        linked = of_one_parent and state.call.allele.contig.is_sex_linked
        mine = not linked or self.member.person.mother == person.sample
        return self.member.role is Role.CHILD and mine and state.call.allele.key in self.new


class Asked(Struct, frozen=True):
    """An allele whose state in a relative may be told: a call of it for its place."""

    key: str
    gene: Gene
    call: Call


def named_alleles(member: Member, genotypes: PersonGenotypes, interpretation: Interpretation) -> tuple[State, ...]:
    """States of the alleles that a relative's conclusions name and that the relative agreed to have told, as called.

    An allele that another assay refuted, and one that only such an assay found, is left out; alleles read together are
    given one by one.
    """
    wanted = set(interpretation.reportable)
    for state in genotypes.states:
        if state.call.allele.key in wanted:
            wanted |= set(state.parts)
    return tuple(
        state
        for state in genotypes.states
        if state.call.allele.key in wanted
        and not state.parts
        and state.call.genotype.copies
        and interpretation.outside.get(state.call.allele.key) != REFUTED
        and member.agrees(state.gene)
    )


def family_alleles(
    person: PersonIntake, interpretation: Interpretation, family: Sequence[Told], witnesses: Witnesses
) -> tuple[FamilyAlleleBlock, ...]:
    """The alleles of the family in order of their keys, with what this person's file shows of each.

    Parameters
    ----------
    person
        The person's intake.
    interpretation
        For what is withheld, and what other assays refuted in this person.
    family
        Relatives who agreed, with the alleles their conclusions name.
    witnesses
        What the files show.
    """
    found: dict[str, tuple[State, AnnotatedAllele, list[str]]] = {}
    new: dict[str, int] = {}
    for one in family:
        for state in one.named:
            key = state.call.allele.key
            if key in one.alleles and key not in interpretation.withheld and may_name_single(state.gene, person.person):
                roles = found.setdefault(key, (state, one.alleles[key], []))[2]
                new[key] = new.get(key, 0) + one.new_from(person.person, state)
                if role_code(one.member) not in roles:
                    roles.append(role_code(one.member))
    witness = witnesses.of(person, person.person.sex)
    blocks = []
    for key, (state, allele, roles) in sorted(found.items()):
        own = witness.seen(state.call)
        refuted = interpretation.outside.get(key) == REFUTED
        blocks.append(
            FamilyAlleleBlock(
                key=key,
                gene=state.gene,
                transcript=allele.effects.mane.accession,
                name=allele.effects.mane.hgvs_c
                if allele.effects.mane.hgvs_c not in ("", "c.?")
                else allele.effects.hgvs_g,
                allele_class=allele.allele_class.class_,
                paralogue=allele.paralogue,
                carried_by=tuple(roles),
                state=REFUTED if refuted else str(own.state),
                basis="outside_call" if refuted else own.basis,
                new_in_child=bool(new[key]),
                computed_class="" if allele.allele_class.own is allele.allele_class.class_ else allele.allele_class.own,
                in_several_children=new[key] > 1,
            )
        )
    return tuple(blocks)


def asked_of_family(family: Sequence[Told], blocks: Iterable[FamilyAlleleBlock]) -> tuple[Asked, ...]:
    """The family's alleles that a document names, each with a call of it."""
    calls = {state.call.allele.key: state for one in family for state in one.named}
    return tuple(Asked(block.key, calls[block.key].gene, calls[block.key].call) for block in blocks)


def sentence_of(block: FamilyAlleleBlock) -> str:
    """What a document says of one allele of the family."""
    return said_of(block)[0]


def said_of(block: FamilyAlleleBlock) -> tuple[str, tuple[str, ...]]:
    """What a document says of one allele of the family, with the sources of it."""
    carriers = listed([text(f"relative.{role}") for role in block.carried_by])
    code = block.state if block.state in (*_NOT_CARRIED, REFUTED) else "carried"
    if code == SeenState.HOM_REF and block.new_in_child:
        code = "hom_ref_parent_several" if block.in_several_children else "hom_ref_parent"
    state = text(f"report.state.{block.state}") if code == "carried" else ""
    name = f"family_allele.{code}"
    return text(name, name=block.name, gene=block.gene, relatives=carriers, state=state), text_sources(name)


def not_in_conclusions(blocks: Iterable[FamilyAlleleBlock], named: Iterable[str]) -> tuple[str, ...]:
    """Sentences on the alleles of the family that no conclusion of the person speaks of."""
    own = set(named)
    return tuple(sentence_of(block) for block in blocks if block.key not in own)
