"""One allele made of several changes of one copy: its key, its names, and what it does to each transcript.

Changes with no intron between them are spelled out as one change; others keep their own places, for the intron stays
as it is, and are read along the spliced transcript. HGVS names changes of one codon, and changes side by side, as one
``delins``, and changes further apart one by one in one bracket (``c.[a;b]``); the p. name is that of all together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.consequence.annotate import annotate, change_along_gene, maps_of, worse_elsewhere
from higm_annot.consequence.edit import Edit, make_edit
from higm_annot.consequence.effect import UNPREDICTABLE, Placed, placed, read_together
from higm_annot.consequence.terms import IMPACT, RANK, ordered
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.types import AlleleEffects, Effect
from higm_annot.intake.normalise import normalise
from higm_annot.intake.types import Allele
from higm_annot.reference.contigs import accession
from higm_annot.reference.store import locus_at
from higm_annot.reference.types import Panel, Slice


class Whole(Struct, frozen=True):
    """The allele made of several, and its effects."""

    allele: Allele
    effects: AlleleEffects


class Part(Struct, frozen=True):
    """One of the changes: the allele, its effects, and the bases it replaces in the direction of transcription."""

    allele: Allele
    effects: AlleleEffects
    edit: Edit


def replaced(allele: Allele) -> tuple[int, int]:
    """The bases replaced, half-open genomic positions without the anchor."""
    anchor = 1 if len(allele.ref) != len(allele.alt) and allele.ref[0] == allele.alt[0] else 0
    return allele.pos + anchor, allele.pos + len(allele.ref)


def codons(effect: Effect) -> tuple[int, int] | None:
    """First and last codon touched (0-based), None outside the coding sequence or where a splice site is hit."""
    if effect.cds_start is None or effect.cds_end is None or effect.intron is not None:
        return None
    return (effect.cds_start - 1) // 3, (effect.cds_end - 1) // 3


def whole_of(panel: Panel, changes: Sequence[tuple[Allele, AlleleEffects]]) -> Whole | None:
    """The allele with all of these changes, of one gene and build.

    None where they cannot be written as one, and where the whole ends at the stop that one of them makes by itself:
    then the others change nothing of it.
    """
    alleles = sorted((allele for allele, _ in changes), key=replaced)
    first, last = alleles[0], alleles[-1]
    locus = locus_at(panel, first.build, first.contig, first.pos, last.end)
    spans = [replaced(one) for one in alleles]
    if locus is None or any(high > low for (_, high), (low, _) in pairwise(spans)):
        return None
    maps, piece = maps_of(locus.gene, first.build), locus.slices[first.build]
    if not piece.covers(first.pos, last.end):
        return None
    effects = {allele.key: one for allele, one in changes}
    parts = [Part(one, effects[one.key], change_along_gene(locus, one)) for one in alleles]
    spelled = not _intron_between(maps[0], parts)
    if spelled:
        allele = _spelled_out(piece, alleles)
        if allele.ref == allele.alt:
            return None
        known = annotate(panel, allele)
    else:
        along = _read_along(maps, parts)
        if along is None:
            return None
        known = along
        allele = replace(first, end=last.end, further=tuple(alleles[1:]))
    if known.mane.stop_codon is not None and any(one.effects.mane.stop_codon == known.mane.stop_codon for one in parts):
        return None
    adjoining = all(high == low for (_, high), (low, _) in pairwise(spans))
    one_codon = len({codons(one.effects.mane) for one in parts}) == 1
    return Whole(allele, known if spelled and (adjoining or one_codon) else _bracketed(known, parts))


def _intron_between(transcript: TranscriptMap, parts: Sequence[Part]) -> bool:
    """Whether a whole intron of the transcript lies between the outermost changes."""
    low = transcript.segment(min(one.edit.start_offset for one in parts))
    high = transcript.segment(max(one.edit.end_offset - 1 for one in parts))
    return any(segment % 2 == 0 for segment in range(low + 1, high))


def _spelled_out(piece: Slice, alleles: Sequence[Allele]) -> Allele:
    """One record with the changes of all."""
    first = alleles[0]
    start, end = min(one.pos for one in alleles), max(one.end for one in alleles)
    alt, reached = "", start
    for one in alleles:
        low, high = replaced(one)
        alt += piece.bases(reached, low - 1) + one.alt[low - one.pos :]
        reached = high
    alt += piece.bases(reached, end)
    return normalise(piece, first.build, first.contig, start, piece.bases(start, end), alt)


def _read_along(maps: Sequence[TranscriptMap], parts: Sequence[Part]) -> AlleleEffects | None:
    """The effects of changes with introns between them; the genomic names stand side by side."""
    told = []
    for number, transcript in enumerate(maps):
        effect = _on_transcript(transcript, parts, [one.effects.effects[number] for one in parts])
        if effect is None:
            return None
        told.append(effect)
    builds = [build for build in parts[0].effects.keys if all(build in one.effects.keys for one in parts)]
    return AlleleEffects(
        key=joint_key([one.effects.key for one in parts]),
        gene=parts[0].effects.gene,
        hgvs_g="",
        keys={build: joint_key([one.effects.keys[build] for one in parts]) for build in builds},
        effects=tuple(told),
        worse_elsewhere=worse_elsewhere(tuple(told)),
    )


def _on_transcript(transcript: TranscriptMap, parts: Sequence[Part], own: Sequence[Effect]) -> Effect | None:
    """The changes on one transcript; None where two of them cannot be told apart along it."""
    name = _bracket(parts, own)
    spots = [
        _placed(transcript, one.edit) if effect.cds_start is not None else None
        for one, effect in zip(parts, own, strict=True)
    ]
    inside = sorted((spot for spot in spots if spot is not None), key=lambda spot: (spot.tx_start, spot.tx_end))
    if any(one.tx_end > other.tx_start for one, other in pairwise(inside)):
        return None
    worst = min(own, key=lambda effect: RANK[effect.terms[0]])
    effect = read_together(transcript, inside, name) if inside else worst
    beside = [effect for effect, spot in zip(own, spots, strict=True) if spot is None]
    if not beside:
        return effect
    terms = ordered([*effect.terms, *(term for one in beside for term in one.terms)])
    effect = replace(effect, hgvs_c=name, terms=terms, impact=IMPACT[terms[0]])
    unsure = any(one.hgvs_p == UNPREDICTABLE for one in beside)
    return replace(effect, hgvs_p=UNPREDICTABLE, stop_codon=None, escapes_nmd=None) if unsure else effect


def _placed(transcript: TranscriptMap, edit: Edit) -> Placed | None:
    """The place along the spliced transcript; the 3' rule may tell of the exon what a repeat shares with the intron."""
    return placed(transcript, edit) or placed(
        transcript, make_edit(transcript.sequence, edit.start_offset, edit.ref, edit.alt)
    )


def _bracketed(known: AlleleEffects, parts: Sequence[Part]) -> AlleleEffects:
    """The effects with the parts' own names, in one bracket."""
    told = tuple(
        replace(effect, hgvs_c=_bracket(parts, [one.effects.effects[number] for one in parts]))
        for number, effect in enumerate(known.effects)
    )
    first = parts[0].allele
    names = ";".join(one.effects.hgvs_g.partition(":g.")[2] for one in parts)
    return replace(known, effects=told, hgvs_g=f"{accession(first.contig, first.build)}:g.[{names}]")


def _bracket(parts: Sequence[Part], own: Sequence[Effect]) -> str:
    """``c.[a;b]`` in the order of the transcript; empty where one of them has no c. name."""
    names = [one.hgvs_c.removeprefix("c.") for one in own]
    if not all(names):
        return ""
    order = sorted(range(len(names)), key=lambda number: parts[number].edit.start_offset)
    return f"c.[{';'.join(names[number] for number in order)}]"


def joint_key(keys: Sequence[str]) -> str:
    """The key of changes side by side: that of the first, and place and bases of the others."""
    build, contig, *_ = keys[0].split(":")
    return "+".join([keys[0], *(key.removeprefix(f"{build}:{contig}:") for key in keys[1:])])
