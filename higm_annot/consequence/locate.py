"""From a written name to the allele it means, on the embedded sequence of one build.

The inverse of :mod:`higm_annot.consequence.annotate`: naming the allele found gives the canonical form of the name.
Nothing is guessed: a reference base that does not fit, a position outside, or a protein name that several changes give
is refused with what is wrong and the nearest right name; what had to be read into a name is said.
"""

from __future__ import annotations

from msgspec import Struct

from higm_annot.consequence.breakpoints import TANDEM
from higm_annot.consequence.edit import Kind
from higm_annot.consequence.locate_coding import coding_change, gene_offset
from higm_annot.consequence.locate_protein import residue_change
from higm_annot.consequence.locate_structural import Bounds, from_key, from_span
from higm_annot.consequence.references import chromosome_named, transcript_named
from higm_annot.consequence.refusals import outside_loci, same_build, unreadable, wrong_base
from higm_annot.consequence.stretch import anchored, repeated, replaced
from higm_annot.consequence.syntax import read_name
from higm_annot.consequence.written import (
    End,
    HaplotypeName,
    Name,
    NucleotideName,
    OtherProteinName,
    PlaceName,
    Point,
    ProteinName,
    RepeatName,
    SpanName,
    TypedKey,
    UnreadableError,
)
from higm_annot.intake.normalise import normalise, reference_agrees
from higm_annot.intake.types import Allele
from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import accession, contig_build, parse_contig
from higm_annot.reference.store import locus_at
from higm_annot.reference.types import Build, Contig, Panel, Slice

_SPANNING = {Kind.DELETION: "<DEL>", Kind.DUPLICATION: TANDEM, Kind.INVERSION: "<INV>"}


class Located(Struct, frozen=True):
    """The allele a name means, and what had to be read into the name (an older version, a missing one)."""

    allele: Allele
    remarks: tuple[str, ...]


def locate(panel: Panel, text: str, build: Build | None = None) -> Located:
    """The allele that a name means.

    Parameters
    ----------
    panel
        The embedded reference.
    text
        HGVS c., g. or p. name, allele key, ``chr-pos-ref-alt`` or SPDI; rsIDs are looked up by the caller.
    build
        Build of ``chr-pos-ref-alt``; names that state their build must agree with it. Default GRCh38.

    Raises
    ------
    Refused
        HA-NAM-001 (unreadable), -002 (unknown reference), -003 (outside), -004 (wrong reference base), -005 (a protein
        name that several changes give, or none), -006 (no change), -008 (more than one reading).
    """
    try:
        name = read_name(text)
    except UnreadableError as error:
        raise unreadable(text, str(error)) from None
    return _located(panel, text, name, build)


def _located(panel: Panel, text: str, name: Name, build: Build | None) -> Located:
    known = build or Build.GRCH38
    if isinstance(name, TypedKey):
        same_build(text, Build(name.build), build)
        return Located(from_key(panel, text, name), ())
    if isinstance(name, PlaceName):
        return Located(_at_place(panel, text, name, build), ())
    if isinstance(name, SpanName):
        return _span(panel, text, name, build)
    if isinstance(name, NucleotideName | RepeatName) and name.axis == "g":
        return _genomic(panel, text, name, build)
    if isinstance(name, NucleotideName | RepeatName):
        transcript, read = transcript_named(panel, text, name.reference, name.gene, known)
        allele, remarks = coding_change(panel, text, name, transcript, known)
        return Located(allele, (*read, *remarks))
    if isinstance(name, ProteinName):
        transcript, read = transcript_named(panel, text, name.reference, name.gene, known)
        return Located(residue_change(panel, text, name, transcript, known), read)
    if isinstance(name, OtherProteinName):
        raise unreadable(text, "of p. names only the exchange of one residue says which bases change; give the c. name")
    if isinstance(name, HaplotypeName):
        raise unreadable(text, "it names several changes on one copy; give them one by one")
    raise unreadable(text, "an rsID must be looked up first")


def _genomic(panel: Panel, text: str, name: NucleotideName | RepeatName, build: Build | None) -> Located:
    contig, stated, read = chromosome_named(panel, text, name.reference, build)
    first, last = name.first.base, name.last.base
    over = locus_at(panel, stated, contig, min(first, last), max(first, last))
    ref = "" if isinstance(name, RepeatName) else name.ref
    if over is None:
        hint = _other_build(panel, name.reference, contig, stated, min(first, last), ref)
        raise outside_loci(panel, text, name.reference, stated, (first, last), hint)
    piece = over.slices[stated]
    start, end = first - piece.start, last - piece.start
    if isinstance(name, RepeatName):
        if not piece.covers(first, last):
            raise outside_loci(panel, text, name.reference, stated, (first, last))
        stretch, remark = repeated(text, name, start, end, piece.sequence, lambda offset: str(piece.start + offset))
        return Located(anchored(over, stated, stretch.start_offset, stretch.end_offset, stretch.alt), (*read, remark))
    beside = 0 if name.kind is Kind.INVERSION else 1  # what is lost or copied may be shifted over the base beside it
    kind = _SPANNING.get(name.kind)
    if first <= last and not piece.covers(first - beside, last + beside) and kind and not name.ref:
        # Its bases are not embedded: the same change by its ends, as files write it.
        outer, inner = (End(point, point, bracketed=False) for point in (name.first, name.last))
        return _span(panel, text, SpanName(name.reference, name.gene, "g", outer, inner, kind), build)
    if not piece.covers(min(first, last), max(first, last)):
        raise outside_loci(panel, text, name.reference, stated, (first, last))

    def better(found: str) -> str:
        return f"{name.reference}:g.{name.first}{found}>{name.alt}" if name.kind is Kind.SUBSTITUTION else ""

    advice = _other_build(panel, name.reference, contig, stated, first, ref) if ref else ""
    stretch = replaced(text, name, (start, end), piece.sequence, better, advice)
    return Located(anchored(over, stated, stretch.start_offset, stretch.end_offset, stretch.alt), read)


def _other_build(
    panel: Panel, reference: str, contig: Contig, build: Build, pos: int, ref: str, *, keyed: bool = False
) -> str:
    """What to do about a place that fits the other build; empty where it does not. A key (``keyed``) names its own."""
    other = build.other
    for locus in panel.loci.values():
        piece = locus.slices[other]
        if locus.contig is not contig or not piece.covers(pos, pos + max(len(ref), 1) - 1):
            continue
        if piece.sequence.startswith(ref, pos - piece.start):
            if contig_build(reference) is not None:
                how = f"write {accession(contig, other)}"
            else:
                how = f"write {other}" if keyed else f"read it with --build {other}"
            return f"It fits {locus.gene} in {other}: {how}."
    return ""


def _span(panel: Panel, text: str, name: SpanName, build: Build | None) -> Located:
    """A structural name: its ends as places on the plus strand."""
    if name.axis == "g":
        contig, stated, said = chromosome_named(panel, text, name.reference, build)
        first, last = (
            Bounds(end.low.base if end.low else None, end.high.base if end.high else None, end.bracketed)
            for end in (name.first, name.last)
        )
        allele, remarks = from_span(panel, text, name, stated, contig, (first, last))
        return Located(allele, (*said, *remarks))
    known = build or Build.GRCH38
    transcript, read = transcript_named(panel, text, name.reference, name.gene, known)
    piece = transcript.slice

    def place(point: Point | None) -> int | None:
        if point is None:
            return None
        offset = gene_offset(text, point, transcript)
        return piece.start + offset if transcript.strand > 0 else piece.end - offset

    first, last = (Bounds(place(end.low), place(end.high), end.bracketed) for end in (name.first, name.last))
    if transcript.strand < 0:
        first, last = Bounds(last.high, last.low, last.bracketed), Bounds(first.high, first.low, first.bracketed)
    allele, remarks = from_span(panel, text, name, known, piece.contig, (first, last))
    return Located(allele, (*read, *remarks))


def _at_place(panel: Panel, text: str, name: PlaceName, build: Build | None) -> Allele:
    contig, stated = parse_contig(name.contig), contig_build(name.contig)
    known = stated or (Build(name.build) if name.build else None) or build or Build.GRCH38
    same_build(text, known, build)
    if contig is None:
        accepted = ", ".join(dict.fromkeys(str(locus.contig) for locus in panel.loci.values()))
        raise Refused(problem("HA-NAM-002", name=text, reference=name.contig, accepted=accepted))
    if name.ref == name.alt and not name.deleted:
        raise Refused(problem("HA-NAM-006", name=text, reason="the sequence stays as it is"))
    end = name.pos + max(len(name.ref), name.deleted, 1) - 1
    over = locus_at(panel, known, contig, name.pos, end)
    advice = _other_build(panel, name.contig, contig, known, name.pos, name.ref, keyed=bool(name.build))
    if over is None:
        raise outside_loci(panel, text, name.contig, known, (name.pos, end), advice)
    piece = over.slices[known]
    if name.ref and name.alt:
        return _spelled(text, piece, name, advice)
    if not piece.covers(name.pos, end):
        raise outside_loci(panel, text, name.contig, known, (name.pos, end))
    start = name.pos - piece.start
    ref = name.ref or piece.sequence[start : start + name.deleted]
    found = piece.sequence[start : start + len(ref)]
    if found != ref:
        raise Refused(wrong_base(text, found, f"{contig}:{name.pos} ({known})", ref, advice=advice))
    if ref == name.alt:
        raise Refused(problem("HA-NAM-006", name=text, reason="the sequence stays as it is"))
    return anchored(over, known, start, start + len(ref), name.alt)


def _spelled(text: str, piece: Slice, name: PlaceName, advice: str) -> Allele:
    """Bases for bases, as in a VCF record: checked as far as the sequence is embedded."""
    if not reference_agrees(piece, name.pos, name.ref):
        low, high = max(name.pos, piece.start), min(name.pos + len(name.ref) - 1, piece.end)
        place = f"{piece.contig}:{low} ({piece.build})"
        stated = name.ref[low - name.pos : high - name.pos + 1]
        raise Refused(wrong_base(text, piece.bases(low, high), place, stated, advice=advice))
    return normalise(piece, piece.build, piece.contig, name.pos, name.ref, name.alt)
