"""From the written name or key of a structural allele to the allele.

The inverse of :mod:`higm_annot.consequence.breakpoints`. Nothing is taken on trust: a key whose base, ends or type
cannot be is refused like any other name.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.consequence.breakpoints import VERBS
from higm_annot.consequence.refusals import nowhere, outside_loci, unreadable, wrong_base
from higm_annot.consequence.written import SpanName, TypedKey
from higm_annot.intake.normalise import slice_over
from higm_annot.intake.records import at_each_gene
from higm_annot.intake.types import Allele
from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import contig_length, parse_contig
from higm_annot.reference.store import locus_at
from higm_annot.reference.types import Build, Contig, Panel

KINDS = (*VERBS, "INS")
ANY_BASE = "N"
NO_MARGINS = (0, 0, 0, 0)


class Bounds(Struct, frozen=True):
    """One end of a name on the plus strand, 1-based; None for ``?``. ``low`` and ``high`` alike where it is exact."""

    low: int | None
    high: int | None
    bracketed: bool


def from_key(panel: Panel, text: str, name: TypedKey) -> Allele:
    """The allele of a key, after everything it says was checked.

    Raises
    ------
    Refused
        HA-NAM-001 (a type that is not told, margins that exclude the ends), -002 (no chromosome of the panel), -003
        (beside the loci, or ends that cannot be), -004 (another base stands there).
    """
    build, contig = Build(name.build), parse_contig(name.contig)
    kind = name.alt.strip("<>").partition(":")[0]
    if kind not in KINDS:
        raise unreadable(text, f"{name.alt} is none of the types that are told: {', '.join(KINDS)}")
    if contig is None:
        accepted = ", ".join(dict.fromkeys(str(locus.contig) for locus in panel.loci.values()))
        raise Refused(problem("HA-NAM-002", name=text, reference=name.contig, accepted=accepted))
    down, up, end_down, end_up = name.margins
    if not (down <= 0 <= up and end_down <= 0 <= end_up):
        raise unreadable(text, "the margins of an end lie on both sides of it")
    if name.inserted and kind not in ("DEL", "INS"):
        raise unreadable(text, f"{name.alt} inserts nothing")
    if kind == "INS" and name.end != name.pos:
        raise nowhere(text, str(name.end), str(build), "an insertion ends where it begins")
    if kind != "INS" and name.end <= name.pos:
        reason = "the last base of the change lies before its first, which is the one behind the position"
        raise nowhere(text, str(name.end), str(build), reason)
    return based(
        panel,
        text,
        Allele(
            build,
            contig,
            name.pos,
            name.ref,
            name.alt,
            name.end,
            normalised=False,
            exact=name.exact,
            margins=name.margins,
            inserted=name.inserted,
        ),
        name.part,
    )


def from_span(
    panel: Panel, text: str, name: SpanName, build: Build, contig: Contig, ends: tuple[Bounds, Bounds]
) -> tuple[Allele, tuple[str, ...]]:
    """The allele of a structural name, and what had to be read into it.

    Ends within a stretch are kept as margins around the least that is surely changed. An allele knows both its ends
    within bounds, or neither: where a name leaves one open, both are read as open, which claims less.

    Raises
    ------
    Refused
        HA-NAM-001 (ends out of order, or the least that is changed is not said), -003 (beside the loci).
    """
    if name.alt == "<INS>":
        return _inserted(panel, text, name, build, contig, ends), ()
    first, last = ends
    if first.high is None or last.low is None:
        raise unreadable(text, "it does not say which bases are surely changed, those between the inner ends")
    # In brackets the outer base is the last one surely unchanged.
    low = first.high if not first.bracketed else None if first.low is None else first.low + 1
    high = last.low if not last.bracketed else None if last.high is None else last.high - 1
    if (low is not None and low > first.high) or (high is not None and high < last.low):
        raise unreadable(text, "its positions are not in order")
    remarks = []
    if (low is None) is not (high is None) and (low, high) != (first.high, last.low):
        remarks.append("one of its ends is not known: both are read as not known")
    if name.copies.isdigit():
        remarks.append(f"read as a copy number that is not the usual one: {name.copies} copies are a fact of a person")
    start, end, margins = first.high, last.low, NO_MARGINS
    if low is not None and high is not None:
        margins = (low - start, 0, 0, high - end)
        if end < start:  # so little is lost that neither end says a base surely changed: place it by its outer ends
            start, end, margins = low, high, (0, start - low, end - high, 0)
    if end < start:
        raise unreadable(text, "its positions are not in order")
    allele = Allele(
        build,
        contig,
        start - 1,
        ANY_BASE,
        name.alt,
        end,
        normalised=False,
        exact=low is not None and high is not None and not any(margins),
        margins=margins,
        inserted=name.inserted,
    )
    return based(panel, text, allele), tuple(remarks)


def _inserted(
    panel: Panel, text: str, name: SpanName, build: Build, contig: Contig, ends: tuple[Bounds, Bounds]
) -> Allele:
    """An insertion between two neighbours, or somewhere within a stretch."""
    first, last = ends
    low, high = (first.low, first.high) if name.first == name.last else (first.high, last.low)
    if low is None or high is None:
        raise unreadable(text, "it does not say where the insertion lies")
    if high <= low or (name.first != name.last and (first.bracketed or last.bracketed or high != low + 1)):
        raise unreadable(text, "an insertion is named by the two bases beside it, or by one stretch in brackets")
    room = high - low - 1
    allele = Allele(
        build,
        contig,
        low,
        ANY_BASE,
        name.alt,
        low,
        normalised=False,
        exact=not room,
        margins=(0, room, 0, room),
        inserted=name.inserted,
    )
    return based(panel, text, allele)


def based(panel: Panel, text: str, allele: Allele, part: str = "") -> Allele:
    """The allele with the embedded base at its position, at one of the genes it touches.

    Refused where another base stands there, and beside all loci.
    """
    build, contig = allele.build, allele.contig
    span = allele.pos, allele.end
    low, high = allele.pos + allele.margins[0], allele.end + allele.margins[3]
    if low < 1 or high > contig_length(contig, build):
        reason = f"the chromosome has {contig_length(contig, build)} bases"
        raise nowhere(text, f"{low}_{high}", f"{contig} ({build})", reason)
    if locus_at(panel, build, contig, *span) is None:
        raise outside_loci(panel, text, str(contig), build, span)
    allele = _at_gene(panel, text, allele, part)
    piece = slice_over(panel, build, contig, allele.pos, allele.pos)
    if piece is None:
        return allele
    base = piece.base(allele.pos)
    if allele.ref not in (base, ANY_BASE):
        raise Refused(wrong_base(text, base, f"{contig}:{allele.pos} ({build})", allele.ref, ""))
    return replace(allele, ref=base)


def _at_gene(panel: Panel, text: str, allele: Allele, part: str) -> Allele:
    """The allele at the gene that is named, or at the first that it touches."""
    for one in at_each_gene(allele, panel):
        if one.part == part:
            return one
    raise unreadable(text, f"it names {part} as a further gene that the change touches, which it does not")
