"""From the written name or key of a structural allele to the allele.

The inverse of :mod:`higm_annot.consequence.breakpoints`. Nothing is taken on trust: a key whose base, ends or type
cannot be is refused like any other name.
"""

from __future__ import annotations

from msgspec.structs import replace

from higm_annot.consequence.breakpoints import VERBS
from higm_annot.consequence.refusals import nowhere, outside_loci, unreadable, wrong_base
from higm_annot.consequence.syntax import TypedKey
from higm_annot.intake.types import Allele
from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import contig_length, parse_contig
from higm_annot.reference.store import locus_at
from higm_annot.reference.types import Build, Panel

KINDS = (*VERBS, "INS")
ANY_BASE = "N"


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
    )


def based(panel: Panel, text: str, allele: Allele) -> Allele:
    """The allele with the embedded base at its position; refused where that is another, or beside all loci."""
    build, contig = allele.build, allele.contig
    span = allele.pos, allele.end
    low, high = allele.pos + allele.margins[0], allele.end + allele.margins[3]
    if low < 1 or high > contig_length(contig, build):
        reason = f"the chromosome has {contig_length(contig, build)} bases"
        raise nowhere(text, f"{low}_{high}", f"{contig} ({build})", reason)
    locus = locus_at(panel, build, contig, *span)
    if locus is None:
        raise outside_loci(panel, text, str(contig), build, span)
    piece = locus.slices[build]
    if not piece.covers(allele.pos, allele.pos):
        return allele
    base = piece.base(allele.pos)
    if allele.ref not in (base, ANY_BASE):
        raise Refused(wrong_base(text, base, f"{contig}:{allele.pos} ({build})", allele.ref, ""))
    return replace(allele, ref=base)
