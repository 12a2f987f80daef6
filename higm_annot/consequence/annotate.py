"""Annotate: one allele on every panel transcript of its gene.

The allele is turned into the reading direction of the gene, trimmed, shifted by the 3' rule and typed once; every
transcript then reads the same edit. All spellings of a change therefore get the same names.
"""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from higm_annot.consequence import structural
from higm_annot.consequence.edit import Edit, make_edit, plain_edit
from higm_annot.consequence.effect import effect_on
from higm_annot.consequence.hgvs import name_g
from higm_annot.consequence.identifiers import spdi, vrs_id
from higm_annot.consequence.transcript_map import TranscriptMap, gene_sequence
from higm_annot.consequence.types import AlleleEffects, Effect, Impact
from higm_annot.intake.types import Allele
from higm_annot.reference.contigs import accession
from higm_annot.reference.convert import convert_allele
from higm_annot.reference.sequence import reverse_complement
from higm_annot.reference.store import load_panel, locus_at
from higm_annot.reference.types import Build, Gene, Locus, Panel, Slice

WEIGHT = {impact: number for number, impact in enumerate(reversed(Impact))}


@cache
def maps_of(gene: Gene, build: Build) -> tuple[TranscriptMap, ...]:
    """The transcripts of a gene laid over its locus, MANE Select first (cached: the panel is a constant)."""
    locus = load_panel().loci[gene]
    sequence = gene_sequence(locus, build)
    return tuple(TranscriptMap(locus, transcript, build, sequence) for transcript in locus.transcripts)


def annotate(panel: Panel, allele: Allele) -> AlleleEffects:
    """All names and consequences of an allele that touches a locus.

    Raises
    ------
    ValueError
        When the allele touches no locus of the panel (our bug: intake keeps only those that do).
    """
    locus = locus_at(panel, allele.build, allele.contig, *allele.touched)
    if locus is None:
        msg = f"{allele.key} touches no locus of the panel"
        raise ValueError(msg)
    piece = locus.slices[allele.build]
    maps = maps_of(locus.gene, allele.build)
    name = accession(allele.contig, allele.build)
    genomic = _plus_edit(piece, allele)
    if genomic is None:
        hgvs_g, effects = structural.annotate(name, piece, maps, allele)
    else:
        hgvs_g = name_g(piece, name, genomic)
        edit = _gene_edit(locus, maps[0].sequence, genomic)
        effects = tuple(effect_on(one, edit) for one in maps)
        if _may_reach_further(piece.sequence, genomic) or _may_reach_further(maps[0].sequence, edit):
            effects = tuple(replace(effect, flags=(*effect.flags, *structural.OUTSIDE)) for effect in effects)
        if allele.is_symbolic:
            effects = structural.flagged(allele, effects)
    return AlleleEffects(
        key=allele.key,
        gene=locus.gene,
        hgvs_g=hgvs_g,
        keys=_keys(panel, locus, allele),
        effects=effects,
        worse_elsewhere=worse_elsewhere(effects),
        spdi="" if allele.is_symbolic else spdi(allele),
        vrs=vrs_id(allele, piece) or "",
    )


def change_along_gene(locus: Locus, allele: Allele) -> Edit:
    """The bases a sequence allele of a locus replaces, in the direction of transcription: trimmed and not shifted."""
    piece = locus.slices[allele.build]
    edit = plain_edit(allele.pos - piece.start, allele.ref, allele.alt)
    if locus.strand > 0:
        return edit
    length = len(piece.sequence)
    ref, alt = reverse_complement(edit.ref), reverse_complement(edit.alt)
    return Edit(length - edit.end_offset, length - edit.start_offset, ref, alt, edit.kind)


def _plus_edit(piece: Slice, allele: Allele) -> Edit | None:
    """The change on the plus strand; None where its bases are not known, or reach past the embedded sequence."""
    if allele.is_symbolic:
        return structural.exact_edit(piece, allele)
    if not piece.covers(allele.pos, allele.end):
        return None
    return make_edit(piece.sequence, allele.pos - piece.start, allele.ref, allele.alt)


def _gene_edit(locus: Locus, sequence: str, genomic: Edit) -> Edit:
    """The plus-strand edit in the direction of transcription; only what can be shifted is shifted anew."""
    if locus.strand > 0:
        return genomic
    start, end = len(sequence) - genomic.end_offset, len(sequence) - genomic.start_offset
    ref, alt = reverse_complement(genomic.ref), reverse_complement(genomic.alt)
    return Edit(start, end, ref, alt, genomic.kind) if ref and alt else make_edit(sequence, start, ref, alt)


def _may_reach_further(sequence: str, edit: Edit) -> bool:
    """Whether a deletion or insertion was shifted to the last embedded base: the 3' rule may take it beyond."""
    return edit.end_offset == len(sequence) and bool(edit.ref) != bool(edit.alt)


def _keys(panel: Panel, locus: Locus, allele: Allele) -> dict[str, str]:
    """The allele's key in each build in which it can be expressed.

    Conversion is by allele, not by place: an insertion beside a difference of the builds can be the other's reference.
    """
    build, other = allele.build, allele.build.other
    keys = {build.value: allele.key}
    if allele.is_symbolic:
        moved = structural.converted(locus, allele)
        if moved is not None:
            keys[other.value] = moved.key
        return dict(sorted(keys.items()))
    place = convert_allele(panel, build, allele.contig, allele.pos, allele.ref, allele.alt, other)
    if place is not None:
        contig, pos, ref, alt = place
        keys[other.value] = f"{other}:{contig}:{pos}:{ref}:{alt}"
    return dict(sorted(keys.items()))


def worse_elsewhere(effects: tuple[Effect, ...]) -> tuple[str, ...]:
    """Transcripts on which the allele changes or ends the protein and weighs more than on MANE Select.

    Impacts are compared, not terms: an intron here that is a UTR there is no harm. Which transcripts are worth a look
    is the panel's choice: it holds none that is a target of decay by itself.
    """
    least = max(WEIGHT[effects[0].impact], WEIGHT[Impact.LOW])
    return tuple(effect.accession for effect in effects[1:] if WEIGHT[effect.impact] > least)
