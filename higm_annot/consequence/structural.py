"""Structural alleles, and changes that reach past the embedded sequence.

A symbolic allele whose ends the file gives to the base, inside the embedded sequence, is the same change as its spelled
out form and is read as that (:func:`exact_edit`). All others are placed by the ends given, which are the caller's best
estimate, and nothing is predicted about the protein. A change that reaches past the embedded sequence is named as
written, without the 3' rule.

Flags: ``structural``; ``breakpoints_uncertain`` where the ends are not exact; ``exons_uncertain`` where it depends on
the true ends which exons are touched; ``recurrent_deletion`` for that of IKBKG; the frame (:mod:`exon_frame`).
"""

from __future__ import annotations

from msgspec.structs import replace

from higm_annot.consequence import exon_frame
from higm_annot.consequence.breakpoints import TANDEM, is_exact, kind_of, name_c, name_g
from higm_annot.consequence.edit import Edit, make_edit, plain_edit, shifted_back
from higm_annot.consequence.effect import UNPREDICTABLE, numbered, told
from higm_annot.consequence.hgvs import describe
from higm_annot.consequence.place import SITES, Extent, across, beside, extent_of
from higm_annot.consequence.terms import coarse
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.types import Effect
from higm_annot.intake.types import Allele
from higm_annot.knowledge.recurrent import RecurrentDeletion, deletion_in_gene
from higm_annot.reference.convert import convert_interval
from higm_annot.reference.sequence import reverse_complement
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Gene, Locus, Slice

STRUCTURAL = "structural"
UNCERTAIN = "breakpoints_uncertain"
EXONS_UNCERTAIN = "exons_uncertain"
OUTSIDE = ("outside_embedded_sequence",)
PLACED = ("DEL", "INS")  # kinds whose ends decide what is hit


def exact_edit(piece: Slice, allele: Allele) -> Edit | None:
    """The edit on the plus strand that a symbolic allele stands for, None where its bases are not known to the last."""
    first, last = allele.pos + 1, allele.end
    if not is_exact(allele) or last < first or not piece.covers(allele.pos, last):
        return None
    kind, offset = kind_of(allele), first - piece.start
    if kind == "DEL" and (not allele.inserted or allele.inserted.isalpha()):
        return make_edit(piece.sequence, offset, piece.bases(first, last), allele.inserted)
    if allele.alt == TANDEM:
        return make_edit(piece.sequence, last + 1 - piece.start, "", piece.bases(first, last))
    if kind == "INV":
        bases = piece.bases(first, last)
        return make_edit(piece.sequence, offset, bases, reverse_complement(bases))
    return None


def converted(locus: Locus, allele: Allele) -> Allele | None:
    """A symbolic allele in the other build; None where the builds differ in what it touches or may touch.

    All bases from one end to the other must be the same in both, with those between which an end may lie, and those
    over which a change known to the base can be shifted. The far end of the recurrent deletion of IKBKG is not
    embedded; it has the same length in both builds (:mod:`higm_annot.knowledge.recurrent`).
    """
    piece, other = locus.slices[allele.build], allele.build.other
    if (distance := _recurrent_distance(locus, allele)) is not None:
        return replace(allele, build=other, pos=allele.pos + distance, end=allele.end + distance)
    down, _, _, up = allele.margins
    low, high = allele.pos + min(down, 0), max(allele.end + up, allele.pos + 1)
    edit = exact_edit(piece, allele)
    if edit is not None:
        back = shifted_back(piece.sequence, edit)
        low = min(low, piece.start + back.start_offset - 1)
        high = max(high, piece.start + edit.end_offset)
    place = convert_interval(locus, low, high, allele.build, other)
    if place is None:
        return None
    distance = place[0] - low
    return replace(allele, build=other, pos=allele.pos + distance, end=allele.end + distance)


def _recurrent_distance(locus: Locus, allele: Allele) -> int | None:
    """How far on the recurrent deletion lies in the other build, where its far end is not embedded."""
    here, there = (deletion_in_gene(load_panel(), build) for build in (allele.build, allele.build.other))
    if here is None or there is None or not _is_recurrent(here, allele, locus.gene):
        return None
    base = convert_interval(locus, allele.pos, allele.pos, allele.build, allele.build.other)
    return None if base is None else there.pos - here.pos


def flagged(allele: Allele, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """The effects of a symbolic allele that was read as its spelled out form."""
    return tuple(replace(effect, flags=(STRUCTURAL, *_recurrent(allele, effect), *effect.flags)) for effect in effects)


def annotate(
    accession: str, piece: Slice, maps: tuple[TranscriptMap, ...], allele: Allele
) -> tuple[str, tuple[Effect, ...]]:
    """Genomic name and the effect on every transcript."""
    if allele.is_symbolic:
        kind = kind_of(allele)
        return name_g(allele, accession), tuple(_symbolic(one, piece, kind, allele) for one in maps)
    edit = plain_edit(allele.pos - piece.start, allele.ref, allele.alt)
    name = f"{accession}:g.{describe(edit, lambda offset: str(piece.start + offset))}"
    extent = _turned(maps[0], piece, extent_of(edit))
    put = len(edit.alt) if edit.ref else None
    return name, tuple(_effect(one, put, extent, OUTSIDE, "") for one in maps)


def _symbolic(transcript: TranscriptMap, piece: Slice, kind: str, allele: Allele) -> Effect:
    """A symbolic allele on one transcript; its POS is the base before the change."""
    first, last = (allele.pos, allele.pos + 1) if kind == "INS" else (allele.pos + 1, max(allele.pos + 1, allele.end))
    extent = _turned(transcript, piece, Extent(first - piece.start, last - piece.start, kind == "INS"))
    flags = [STRUCTURAL]
    if not is_exact(allele):
        flags.append(UNCERTAIN)
        if any(allele.margins) and _exons_differ(transcript, piece, allele):
            flags.append(EXONS_UNCERTAIN)
    if not piece.covers(first, last):
        flags += OUTSIDE
    put = _put(allele) if kind == "DEL" else None
    effect = _effect(transcript, put, extent, tuple(flags), name_c(allele, transcript))
    if kind not in PLACED and not beside(transcript, extent):
        terms = coarse(effect.terms, whole=_is_whole(transcript, extent) and kind == "DUP")
        effect = replace(effect, terms=terms, impact=told(transcript, terms, "").impact)
    if allele.alt == TANDEM:
        effect = exon_frame.copied(transcript, effect, extent.first, extent.last)
    recurrent = _recurrent(allele, effect)
    return replace(effect, flags=(*effect.flags, *recurrent)) if recurrent else effect


def _put(allele: Allele) -> int:
    """How many bases stand in place of those that are lost."""
    digits = allele.inserted.strip("N[]")
    return int(digits) if digits.isdigit() else len(allele.inserted)


def _is_whole(transcript: TranscriptMap, extent: Extent) -> bool:
    return extent.first <= transcript.borders[0] and extent.last >= transcript.borders[-1] - 1


def _exons_differ(transcript: TranscriptMap, piece: Slice, allele: Allele) -> bool:
    """Whether the least and the most that may be changed touch or hold different exons."""
    down, up, end_down, end_up = allele.margins
    start, end = allele.pos + 1, allele.end
    found = []
    for low, high in ((start + down, end + end_up), (start + up, end + end_down)):
        extent = _turned(transcript, piece, Extent(low - piece.start, high - piece.start, insertion=False))
        touched = tuple(
            exon for exon, (start, end) in enumerate(transcript.exons) if extent.first < end and start <= extent.last
        )
        found.append((touched, exon_frame.whole_exons(transcript, extent.first, extent.last)))
    return found[0] != found[1]


def _recurrent(allele: Allele, effect: Effect) -> tuple[str, ...]:
    """The flag of the recurrent deletion."""
    known = deletion_in_gene(load_panel(), allele.build)
    return ("recurrent_deletion",) if known is not None and _is_recurrent(known, allele, effect.gene) else ()


def _is_recurrent(known: RecurrentDeletion, allele: Allele, gene: Gene) -> bool:
    """Whether an allele of a gene is the recurrent deletion at this place."""
    return kind_of(allele) == "DEL" and gene is known.gene and known.covers(allele.pos + 1, allele.end)


def _turned(transcript: TranscriptMap, piece: Slice, extent: Extent) -> Extent:
    """Slice offsets as gene offsets."""
    if transcript.strand > 0:
        return extent
    last = piece.end - piece.start
    return Extent(last - extent.last, last - extent.first, extent.insertion)


def _effect(transcript: TranscriptMap, put: int | None, extent: Extent, flags: tuple[str, ...], name: str) -> Effect:
    """``put`` counts the bases that replace lost ones, None where none are lost."""
    outside = beside(transcript, extent)
    if outside:
        return told(transcript, (outside,), "", flags=flags)
    crossing = across(transcript, extent, put)
    coding = any(transcript.is_coding_exon(exon) for exon in crossing.exons)
    lost = () if put is None else exon_frame.loss_flags(transcript, extent.first, extent.last)
    return told(
        transcript,
        crossing.terms,
        name,
        hgvs_p=UNPREDICTABLE if coding or crossing.terms & SITES else None,
        exon=numbered(transcript.exon_labels, crossing.exons),
        intron=numbered(transcript.intron_labels, crossing.introns),
        flags=(*flags, *lost),
    )
