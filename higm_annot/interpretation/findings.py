"""Findings: the alleles of one person that may count in a conclusion, after other assays were heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.classification.change import COPY_KINDS
from higm_annot.classification.published import said_harmful
from higm_annot.classification.types import Class, Mechanism
from higm_annot.consequence.breakpoints import counted_in
from higm_annot.consequence.haplotype import ALONE, PART
from higm_annot.genotype.quality import DOUBTFUL
from higm_annot.genotype.states import as_written
from higm_annot.genotype.types import State, Zygosity
from higm_annot.genotype.zygosity import COUNT_CONTRADICTS
from higm_annot.intake.types import Call, Sex
from higm_annot.interpretation.disease_table import MechanismGroup, mechanism_groups, truncating_terms, uncertain_terms
from higm_annot.interpretation.outside import Verdict, Word
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.knowledge.texts import listed

HARD = "hard"
# Flags of an allele that the calls do not hold and an assay of copies shows.
FOUND, SINGLE_PROBE = "found_by_other_assay", "single_probe"


class Finding(Struct, frozen=True):
    """An allele that a person carries, as it counts.

    ``zygosity`` is that of the call, or of the assay that placed the allele in the gene. ``unresolved``: short reads
    cannot place it and no assay has. ``doubtful``: the call's own quality is poor and no assay confirmed it, or assays
    contradict it or each other. ``opposite`` is the key of a deletion that takes the other copy of the place away, and
    ``alone`` the zygosity where that deletion does not count.
    """

    state: State
    allele: AnnotatedAllele
    zygosity: Zygosity
    unresolved: bool
    doubtful: bool
    opposite: str = ""
    alone: Zygosity | None = None

    @property
    def key(self) -> str:
        """The allele key in the person's build."""
        return self.state.call.allele.key

    @property
    def name(self) -> str:
        """What a sentence calls it."""
        return allele_name(self.allele, self.state.call)

    @property
    def group(self) -> str:
        """Mechanism group of the allele's most likely mechanism; unknown where only another transcript is hit."""
        return self._mechanism_group.group

    @property
    def suffices_alone(self) -> bool:
        """Whether one changed copy makes a disease, though the allele counts for that of two changed copies too."""
        return bool(self._mechanism_group.also)

    @property
    def _mechanism_group(self) -> MechanismGroup:
        mechanism = next(iter(self.allele.allele_class.mechanisms), Mechanism.UNKNOWN)
        return mechanism_groups()[self.state.gene, mechanism]

    @property
    def truncates(self) -> bool:
        """Whether the allele is of a kind that takes the protein away or cuts it short, on MANE Select."""
        mane = self.allele.effects.mane
        return not truncating_terms().isdisjoint(mane.terms) or self.allele.change.kind in COPY_KINDS

    @property
    def reported(self) -> bool:
        """Whether the class is uncertain here although a source calls the allele disease-causing."""
        known = self.allele.allele_class
        return known.class_ is Class.UNCERTAIN and said_harmful(known.records)


class Heard(Struct, frozen=True):
    """What a gene holds for one person.

    ``refuted`` alleles no longer count. ``uncalled_known`` and ``uncalled_other``: places of harmful alleles, and of
    others that could matter, at which the file gives no complete genotype and does not show the allele.
    """

    pathogenic: tuple[Finding, ...]
    uncertain: tuple[Finding, ...]
    refuted: tuple[Finding, ...]
    uncalled_known: tuple[str, ...]
    uncalled_other: tuple[str, ...]


def hear(
    sex: Sex,
    states_of_gene: Iterable[State],
    alleles: Mapping[str, AnnotatedAllele],
    words: Mapping[str, Word],
) -> Heard:
    """Sort the states of a gene; an allele on several lines counts once, with the readings of all."""
    by_key: dict[str, list[State]] = {}
    for state in states_of_gene:
        # What is read together with another call counts there and not again by itself.
        if state.zygosity is not Zygosity.HOM_REF and PART not in state.flags:
            by_key.setdefault(state.call.allele.key, []).append(state)
    pathogenic, uncertain, refuted, known, other = [], [], [], [], []
    for key, states in by_key.items():
        allele = alleles.get(key)
        carried = [state for state in states if state.call.genotype.copies]
        if not carried:
            if allele is None or could_matter(allele):
                other.append(key)
            elif allele.allele_class.class_.is_pathogenic:
                known.append(key)
            continue
        if allele is None or not (allele.allele_class.class_.is_pathogenic or could_matter(allele)):
            continue
        word = words.get(key)
        found = _finding(carried, allele, word, sex)
        if found.state.opposite:
            found = _opposite(found, alleles.get(found.state.opposite), words.get(found.state.opposite), sex)
        if word is not None and word.verdict is Verdict.REFUTED:
            refuted.append(found)
        elif allele.allele_class.class_.is_pathogenic:
            pathogenic.append(found)
        else:
            uncertain.append(found)
    return Heard(tuple(pathogenic), tuple(uncertain), tuple(refuted), tuple(known), tuple(other))


def could_matter(allele: AnnotatedAllele) -> bool:
    """Whether an uncertain allele is of a kind that may disturb the gene, or a source speaks of it as harmful."""
    if allele.allele_class.class_ is not Class.UNCERTAIN:
        return False
    if allele.allele_class.computed is not None:  # the laboratory itself calls it uncertain
        return True
    terms = {term for effect in allele.effects.effects for term in effect.terms}
    if terms & uncertain_terms():
        return True
    return said_harmful(allele.allele_class.records)


def allele_name(allele: AnnotatedAllele, call: Call | None = None) -> str:
    """The c. name; where there is none to speak of, the genomic name and the exons touched.

    With a call, the copies that it counts stand in the name.
    """
    effects = allele.effects
    name = effects.hgvs_g if effects.mane.hgvs_c in ("", "c.?") else effects.mane.hgvs_c
    if call is not None:
        name = counted_in(name, call)
    exons = "" if effects.mane.hgvs_c not in ("", "c.?") else (effects.mane.exon or "").partition("/")[0]
    return f"{name} (exon{'s' * ('-' in exons)} {exons})" if exons else name


def named(findings: Sequence[Finding]) -> str:
    """The names of findings as a sentence lists them; empty where there are none."""
    return listed([finding.name for finding in findings])


def cleared(states: Iterable[State], alleles: Mapping[str, AnnotatedAllele]) -> set[str]:
    """Carried alleles of a gene that rules and sources call harmful and the laboratory does not.

    With them those that are read together with one of them: their names would tell of it.
    """
    keys = set()
    carried = [state for state in states if state.call.genotype.copies]
    for state in carried:
        allele = alleles.get(state.call.allele.key)
        if allele is not None and allele.allele_class.own.is_pathogenic > allele.allele_class.class_.is_pathogenic:
            keys |= {allele.key, *state.parts}
    for state in carried:
        if keys & set(state.parts):
            keys |= {state.call.allele.key, *state.parts}
    return keys


def _finding(states: list[State], allele: AnnotatedAllele, word: Word | None, sex: Sex) -> Finding:
    state = states[0]
    zygosity = state.zygosity
    if any(other.zygosity is not zygosity for other in states):
        zygosity = Zygosity.HALF_CALL  # lines that disagree leave the number of copies open
    confirmed = word is not None and word.verdict is Verdict.CONFIRMED
    firewalled = allele.paralogue == HARD
    if confirmed and firewalled and word is not None:
        zygosity = _placed(word.zygosity, sex, sex_linked=state.call.allele.contig.is_sex_linked)
    elif word is not None and word.copies_differ:
        zygosity = Zygosity.HALF_CALL  # never fewer copies than either counts
    if zygosity is Zygosity.HOM and ALONE in state.flags:
        zygosity = Zygosity.HET  # the other copy is counted with the allele that is read from both calls
    return Finding(
        state=state,
        allele=allele,
        zygosity=zygosity,
        unresolved=firewalled and not confirmed,
        doubtful=not confirmed
        and (
            disputed(word) or any((DOUBTFUL | {SINGLE_PROBE, COUNT_CONTRADICTS}) & set(other.flags) for other in states)
        ),
    )


def _opposite(finding: Finding, deletion: AnnotatedAllele | None, word: Word | None, sex: Sex) -> Finding:
    """A finding whose other copy another call deletes: on one of two copies as far as that deletion counts.

    Where an assay refutes the deletion the call stands as it is written. Where the deletion counts for nothing by its
    class, two copies written against the one left over do not tell how many there are.
    """
    if finding.zygosity is not Zygosity.HET:
        return finding
    alone = as_written(finding.state.call, sex)
    if word is not None and word.verdict is Verdict.REFUTED:
        return replace(finding, zygosity=alone)
    if deletion is not None and (deletion.allele_class.class_.is_pathogenic or could_matter(deletion)):
        return replace(finding, opposite=finding.state.opposite, alone=alone)
    return replace(finding, zygosity=Zygosity.HAPLOID_UNEXPECTED) if alone is Zygosity.HOM else finding


def without(findings: Sequence[Finding], dropped: Sequence[Finding]) -> list[Finding]:
    """The findings without some of them; a call opposite a deletion that is dropped stands as it is written."""
    gone = {finding.key for finding in dropped}
    return [
        replace(finding, zygosity=finding.alone) if finding.opposite in gone and finding.alone is not None else finding
        for finding in findings
        if finding.key not in gone
    ]


def with_opposite(findings: Sequence[Finding], others: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, and those deletions among ``others`` that take the other copy of one of them away."""
    meant = {finding.opposite for finding in findings if finding.opposite} - {finding.key for finding in findings}
    return (*findings, *(other for other in others if other.key in meant))


def disputed(word: Word | None) -> bool:
    """Whether assays contradict an allele, or each other on it."""
    return word is not None and word.verdict is Verdict.CONFLICT


def if_placed(finding: Finding, sex: Sex) -> Finding:
    """The finding as it would count if an assay placed it in the gene."""
    if not finding.unresolved:
        return finding
    zygosity = finding.zygosity
    if finding.state.call.allele.contig.is_sex_linked and sex is Sex.MALE and zygosity is Zygosity.HET_IN_MALE:
        zygosity = Zygosity.HEMI  # one of the two in the gene, of which he has one copy, the other in the pseudogene
    return replace(finding, zygosity=zygosity, unresolved=False, doubtful=False)


def _placed(assay: str, sex: Sex, *, sex_linked: bool) -> Zygosity:
    """Zygosity of an allele that an assay shows to lie in the gene, where reads of a pseudogene may be counted with it.

    Only the assay's own word counts, as far as the sex allows it; without one the number of copies is open. A male has
    one copy of a gene on X, so that there nothing is left to tell.
    """
    if not sex_linked or sex is Sex.FEMALE:
        return {"het": Zygosity.HET, "hom": Zygosity.HOM}.get(assay, Zygosity.HAPLOID_UNEXPECTED)
    if sex is Sex.MALE:
        return Zygosity.HET_IN_MALE if assay == "het" else Zygosity.HEMI
    return {
        "het": Zygosity.HET_SEX_UNKNOWN,
        "hom": Zygosity.HEMI_OR_HOM,
        "hemi": Zygosity.HEMI_OR_HOM,
    }.get(assay, Zygosity.HAPLOID_UNEXPECTED)
