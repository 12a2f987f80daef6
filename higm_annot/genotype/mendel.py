"""Mendel's rules between a child and the parents: what cannot be inherited, counted for each stated relation.

One site, or several in one gene, may be a deletion or uniparental disomy; sites in several genes, or ones that neither
parent can have passed on, speak against the stated relation or for swapped samples. All are for the laboratory only and
keep the report on hold; from a parent whose relation is in doubt nothing is drawn. Only places outside the firewalled
regions are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from higm_annot.genotype.parents import Relative, Shown, uniform
from higm_annot.genotype.quality import Limits
from higm_annot.intake.types import Allele, Call, Sex, Slot
from higm_annot.problems import Problem, problem
from higm_annot.reference.types import Contig, Gene

MOTHER, FATHER, CHILD = "mother", "father", "child"
_SITES_NAMED = 5


class Compared(Struct, frozen=True):
    """Alleles at which a child and a parent were compared, and those that cannot have been passed on."""

    alleles: int
    impossible: tuple[Allele, ...]

    def doubts_relation(self, limit: Limits) -> bool:
        """Whether so much disagrees that a deletion or uniparental disomy does not explain it."""
        sites = {(allele.contig, allele.pos) for allele in self.impossible}
        contigs: set[Contig] = {contig for contig, _ in sites}
        return len(sites) >= limit.relation_conflict_sites and len(contigs) >= limit.relation_conflict_chromosomes


class Relations(Struct, frozen=True):
    """What the genotypes say of a child's stated parents.

    ``doubted`` are roles of parents from whom nothing may be drawn; ``exchanged_with`` is the one whose sample,
    exchanged with the child's, would leave nothing that contradicts.
    """

    problems: tuple[Problem, ...] = ()
    doubted: frozenset[str] = frozenset()
    exchanged_with: str = ""


def relations(
    sample: str,
    child: Relative,
    sex: Sex,
    parents: Mapping[str, Relative],
    placed: Sequence[tuple[Allele, Gene]],
    limit: Limits,
) -> Relations:
    """What speaks against a child's stated parents, by role; nothing where everything can be inherited.

    Parameters
    ----------
    sample, child, sex
        The child: id, what its file shows, declared sex.
    parents
        What the parents' files show, by role; a parent who cannot serve is left out.
    placed
        Alleles of all of them outside firewalled regions, each once, with the gene.
    limit
        From how many sites, on how many chromosomes, the relation itself is in doubt.
    """
    found = []
    alleles = [allele for allele, _ in placed]
    impossible: dict[str, tuple[Allele, ...]] = {}
    doubt_of_samples = False
    for role in (MOTHER, FATHER):
        parent = parents.get(role)
        if parent is None:
            continue
        compared = compare(child, sex, parent, parent_is_mother=role == MOTHER, alleles=alleles)
        if not compared.impossible:
            continue
        impossible[role] = compared.impossible
        doubt = compared.doubts_relation(limit)
        doubt_of_samples = doubt_of_samples or doubt
        found.append(
            problem(
                "HA-PED-104" if doubt else "HA-PED-101",
                sample=sample,
                role=role,
                count=len(compared.impossible),
                compared=compared.alleles,
                chromosomes=len({allele.contig for allele in compared.impossible}),
                sites=places(compared.impossible),
            )
        )
    neither = between_parents(child, parents, alleles)
    if neither:
        found.append(problem("HA-PED-106", sample=sample, count=len(neither), sites=places(neither)))
    other = _exchange(child, parents, alleles) if doubt_of_samples else ""
    if other:
        found.append(problem("HA-PED-105", sample=sample, other=other))
    keys = {role: {allele.key for allele in impossible.get(role, ())} for role in parents}
    genes = {gene for allele, gene in placed if any(allele.key in those for those in keys.values())}
    of_neither = len(parents) == 2 and bool(set.intersection(*keys.values()))
    if neither or other:
        doubted = frozenset(parents)
    elif of_neither or len(genes) >= limit.relation_conflict_loci:
        doubted = frozenset(impossible)
    else:
        doubted = frozenset()
    return Relations(tuple(found), doubted, other)


def compare(
    child: Relative, sex: Sex, parent: Relative, *, parent_is_mother: bool, alleles: Iterable[Allele]
) -> Compared:
    """Those of ``alleles`` at which child and parent share no allele although each copy of one of them is known."""
    impossible = []
    known = 0
    for allele in alleles:
        if allele.contig.is_sex_linked and not parent_is_mother and sex is not Sex.FEMALE:
            continue  # a son has no X of his father; with the sex unknown nothing can be said
        in_child, in_parent = child.carried.get(allele.key), parent.carried.get(allele.key)
        if in_child is not None and in_parent is not None:
            known += 1
        elif in_child is not None and parent.lacks(in_child) is not Shown.NOT:
            known += 1
            # A hemizygous son whose mother lacks the allele is an apparent new mutation, not an impossibility.
            if _two_copies(allele, sex) and _no_reference(child, in_child, parent):
                impossible.append(allele)
        elif in_parent is not None and child.lacks(in_parent) is not Shown.NOT:
            known += 1
            if uniform(in_parent.genotype):
                impossible.append(allele)
    return Compared(known, tuple(impossible))


def between_parents(child: Relative, parents: Mapping[str, Relative], alleles: Iterable[Allele]) -> tuple[Allele, ...]:
    """Autosomal alleles that both parents carry on both copies and the child on one only."""
    if len(parents) < 2:
        return ()
    return tuple(
        allele
        for allele in alleles
        if not allele.contig.is_sex_linked
        and (call := child.carried.get(allele.key)) is not None
        and Slot.REF in call.genotype.slots
        and all(parent.carries_only(allele.key) for parent in parents.values())
    )


def _exchange(child: Relative, parents: Mapping[str, Relative], alleles: Sequence[Allele]) -> str:
    """The parent whose sample, exchanged with the child's, leaves nothing that contradicts, or none; autosomes only."""
    autosomal = [allele for allele in alleles if not allele.contig.is_sex_linked]
    if len(parents) < 2:
        return ""
    for role in (MOTHER, FATHER):
        others = {**parents, role: child}
        compared = [
            compare(parents[role], Sex.UNKNOWN, one, parent_is_mother=True, alleles=autosomal)
            for one in others.values()
        ]
        if not any(one.impossible for one in compared) and not between_parents(parents[role], others, autosomal):
            return role
    return ""


def places(alleles: Iterable[Allele]) -> str:
    """The first few places for a message: ``12:8605308, 20:46122349``."""
    sites = dict.fromkeys(f"{allele.contig}:{allele.pos}" for allele in alleles)
    return ", ".join(list(sites)[:_SITES_NAMED])


def _no_reference(child: Relative, call: Call, parent: Relative) -> bool:
    """Whether no copy of the child can be the parent's: all carry this allele, or another that the parent lacks too."""
    if uniform(call.genotype):
        return True
    if set(call.genotype.slots) != {Slot.ALT, Slot.OTHER}:
        return False
    others = child.beside(call)
    return bool(others) and all(parent.lacks(other) is not Shown.NOT for other in others)


def _two_copies(allele: Allele, sex: Sex) -> bool:
    """Whether "each copy carries it" means two copies here; otherwise one copy can be a new mutation."""
    return not allele.contig.is_sex_linked or sex is Sex.FEMALE
