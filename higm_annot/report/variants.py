"""Variant blocks: one per allele and state of a person, with the full audit where a conclusion names the allele."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from msgspec.structs import replace

from higm_annot.classification.case_types import CaseClass
from higm_annot.classification.outlook import outlook
from higm_annot.classification.types import AlleleClass
from higm_annot.consequence.breakpoints import counted_in
from higm_annot.consequence.full_names import on_the_genome, on_the_protein
from higm_annot.consequence.types import Effect
from higm_annot.genotype.deleted import INSIDE_DELETION, OTHER_COPY_DELETED
from higm_annot.genotype.types import Origin, PairPhase, State, Zygosity
from higm_annot.intake.types import Place
from higm_annot.interpretation.findings import FOUND
from higm_annot.interpretation.types import AnnotatedAllele, Interpretation
from higm_annot.knowledge.protein import features_touched
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Gene
from higm_annot.report.types import ClassBlock, EffectBlock, HgvsBlock, PhaseBlock, SupportBlock, VariantBlock

_GENE_ORDER = {gene: number for number, gene in enumerate(Gene)}
# Reasons and flags by which one allele tells of another call
TELLS_OF_ANOTHER = frozenset({"two_alternates", OTHER_COPY_DELETED, INSIDE_DELETION})
Site = tuple[str, str, int, str]


def site_of(place: Place) -> Site:
    """What makes two places the same record: file, contig, position and REF as written."""
    return place.file, place.contig, place.pos, place.ref


def variant_blocks(
    states: Sequence[State],
    phases: Sequence[PairPhase],
    interpretation: Interpretation,
    alleles: Mapping[str, AnnotatedAllele],
    *,
    hidden_sites: frozenset[Site],
    origin_shown: Mapping[Origin, bool],
    de_novo: Mapping[str, str] = {},
) -> tuple[VariantBlock, ...]:
    """Blocks of all alleles that may be shown: those that conclusions name first, then by gene and position.

    Parameters
    ----------
    states, phases
        From the genotype room. Several states that differ only in where the allele is written become one block.
    interpretation
        Says which alleles are reportable and which withheld, and gives the verdicts of outside calls.
    alleles
        Annotated alleles by key.
    hidden_sites
        Records that carry a withheld allele; another allele of such a record is left out too unless a conclusion names
        it, because its genotype would show that something else is there.
    origin_shown
        Whether the parents an origin tells of have agreed; a missing origin is not shown.
    de_novo
        Grades of apparently new alleles that may be told, by key.
    """
    withheld = frozenset(interpretation.withheld)
    reportable = frozenset(interpretation.reportable)
    merged: dict[tuple[object, ...], list[State]] = {}
    for state in states:
        key = state.call.allele.key
        hidden = key in withheld or (site_of(state.call.place) in hidden_sites and key not in reportable)
        if not hidden and (state.zygosity is not Zygosity.HOM_REF or key in reportable):
            merged.setdefault((key, state.zygosity, state.origin, state.call.genotype.phase_set), []).append(state)
    keys_shown = {state.call.allele.key for group in merged.values() for state in group}
    ordered = sorted(merged.values(), key=lambda group: _order(group[0], reportable))
    blocks = []
    for group in ordered:
        key = group[0].call.allele.key
        block = _block(
            group,
            alleles[key],
            reportable=key in reportable,
            outside=interpretation.outside.get(key, ""),
            origin_shown=origin_shown.get(group[0].origin, False),
            phase=_phase(key, phases, keys_shown),
            beside_hidden=any(site_of(state.call.place) in hidden_sites for state in group),
        )
        blocks.append(replace(block, de_novo=de_novo.get(key, "")))
    return tuple(blocks)


def with_cases(blocks: Sequence[VariantBlock], cases: Mapping[str, CaseClass]) -> tuple[VariantBlock, ...]:
    """The blocks with the classes that heed the family; a compact row has the word alone."""
    return tuple(
        replace(block, case_class=cases[block.key].class_, case=cases[block.key] if block.reportable else None)
        if block.key in cases
        else block
        for block in blocks
    )


def _order(state: State, reportable: frozenset[str]) -> tuple[bool, int, int, str, str]:
    allele = state.call.allele
    return allele.key not in reportable, _GENE_ORDER[state.gene], allele.pos, allele.key, state.zygosity


def _phase(key: str, phases: Sequence[PairPhase], keys_shown: set[str]) -> tuple[PhaseBlock, ...]:
    """Phase of one allele towards every other allele that is shown."""
    towards = {}
    for pair in phases:
        if key in (pair.first, pair.second):
            other = pair.second if pair.first == key else pair.first
            if other in keys_shown:
                towards[other] = PhaseBlock(other=other, verdict=pair.verdict, basis=pair.basis)
    return tuple(towards[other] for other in sorted(towards))


def _block(
    group: Sequence[State],
    known: AnnotatedAllele,
    *,
    reportable: bool,
    outside: str,
    origin_shown: bool,
    phase: tuple[PhaseBlock, ...],
    beside_hidden: bool,
) -> VariantBlock:
    state = group[0]
    call = state.call
    effects = known.effects
    flags = list(
        dict.fromkeys(flag for one in group for flag in one.flags if not (beside_hidden and flag in TELLS_OF_ANOTHER))
    )
    if effects.worse_elsewhere:
        flags.append("worse_on_another_transcript")
    flags += known.allele_class.flags
    return VariantBlock(
        key=known.key,
        keys=effects.keys,
        gene=state.gene,
        transcript=effects.mane.accession,
        state=state.zygosity,
        readings=state.readings,
        reasons=tuple(code for code in state.reasons if not (beside_hidden and code in TELLS_OF_ANOTHER)),
        origin=state.origin if origin_shown else Origin.UNKNOWN,
        phase_set=call.genotype.phase_set,
        support=SupportBlock(
            genotype="" if beside_hidden else call.genotype.raw,
            depth=call.support.depth,
            ref_reads=call.support.ref_reads,
            alt_reads=call.support.alt_reads,
            allele_balance=_rounded(call.support.allele_balance),
            genotype_quality=call.support.genotype_quality,
            filters=call.support.shown_filters,
            places=() if state.parts or FOUND in state.flags else tuple(dict.fromkeys(_written(one) for one in group)),
        ),
        hgvs=HgvsBlock(
            g=counted_in(effects.hgvs_g, call),
            c={effect.accession: counted_in(effect.hgvs_c, call) for effect in effects.effects if effect.hgvs_c},
            p={effect.accession: effect.hgvs_p for effect in effects.effects if effect.hgvs_p},
        ),
        consequences=effects.mane.terms,
        location=_location(effects.mane),
        paralogue=known.paralogue,
        outside=outside,
        evidence=known.allele_class.records if reportable else (),
        allele_class=_class(known.allele_class, audit=reportable),
        case_class=None,
        flags=tuple(flags),
        reportable=reportable,
        phase=phase,
        region=known.paralogue_region,
        parts=state.parts,
        spdi=effects.spdi,
        vrs=effects.vrs,
        on_genome=on_the_genome(load_panel(), effects, call.allele.build),
        on_protein=on_the_protein(load_panel(), effects),
        effect=_effect(effects.mane),
        asked=known.asked if reportable else (),
    )


def _written(state: State) -> str:
    """The record as its file spells it; of several alternates only this one, the others are other blocks."""
    place = state.call.place
    index = state.call.alt_index
    alternate = place.alts[index - 1] if 1 <= index <= len(place.alts) else state.call.allele.alt
    return f"{place.contig}:{place.pos} {place.ref}>{alternate}"


def _effect(effect: Effect) -> EffectBlock:
    """The effect on MANE Select, with the parts of the protein it touches."""
    first, last = effect.protein_start, effect.protein_end
    return EffectBlock(
        cds_start=effect.cds_start,
        cds_end=effect.cds_end,
        protein_start=first,
        protein_end=last,
        codons=effect.codons,
        amino_acids=effect.amino_acids,
        stop_codon=effect.stop_codon,
        escapes_nmd=effect.escapes_nmd,
        features=features_touched(effect.gene, first, last),
        flags=effect.flags,
    )


def _location(effect: Effect) -> str:
    if effect.exon:
        return f"exon {effect.exon}"
    return f"intron {effect.intron}" if effect.intron else ""


def _class(known: AlleleClass, *, audit: bool) -> ClassBlock:
    return ClassBlock(
        class_=known.class_,
        points=known.points,
        by_points=known.by_points,
        by_table=known.by_table,
        basis=known.basis,
        reason=known.reason,
        mechanisms=known.mechanisms,
        caps=known.caps if audit else (),
        criteria=known.criteria if audit else (),
        laboratory=known.laboratory,
        computed=known.computed,
        uncovered=known.uncovered,
        judged=known.judged if audit else (),
        outlook=outlook(known) if audit else None,
    )


def _rounded(balance: float | None) -> float | None:
    """Three decimals: more would only show how floats divide."""
    return None if balance is None else round(balance, 3)


def bare_name(path: str) -> str:
    """A file's name without its folders, which belong to the machine and not to the document."""
    return PurePath(path.replace("\\", "/")).name
