"""Where a symbolic allele begins and ends, and how surely, from INFO; which of them is the recurrent deletion.

By VCF 4.5: POS is the base before the change; SVLEN gives the length (one value an ALT, its sign without meaning), END
is computed from it and counts where SVLEN is missing; CIPOS and CIEND are pairs for each ALT, CIEND equal to CIPOS
where it is missing; with neither them nor IMPRECISE the ends are exact. An interval that only spells out homology
(HOMLEN, HOMSEQ, no IMPRECISE) is no doubt about the change. Older files give one pair a record. Where END and SVLEN say
different ends, the end lies somewhere between both.
"""

from __future__ import annotations

import re

from msgspec import Struct

from higm_annot.intake.types import Allele
from higm_annot.knowledge.recurrent import RecurrentDeletion
from higm_annot.reference.contigs import parse_contig
from higm_annot.reference.types import Build, Contig, Slice

Fields = dict[str, str]
SPANNING = ("DEL", "DUP", "INV", "CNV")
PAIR = 2
LONGEST_SPELLED = 50  # inserted bases written out in a name; a longer stretch is told by its length
PLAIN = frozenset("ACGT")
COPIES = re.compile(r"<CN(0|[2-9]|[1-9][0-9]+)>")  # of 1000 Genomes: so many copies on one haplotype, where 1 is usual
MATE = re.compile(r"[\[\]](.+):([0-9]+)[\[\]]")


class Ends(Struct, frozen=True):
    """The ends of a symbolic allele: ``end`` is None where the record does not say how far it goes.

    ``exact``, ``margins`` and ``inserted`` are those of :class:`~higm_annot.intake.types.Allele`; ``told`` the ends by
    END and by SVLEN where they differ.
    """

    end: int | None
    exact: bool = True
    margins: tuple[int, int, int, int] = (0, 0, 0, 0)
    inserted: str = ""
    told: tuple[int, int] | None = None


def info_fields(info: str) -> Fields:
    """INFO by key; a flag has an empty value."""
    return dict(entry.partition("=")[::2] for entry in info.split(";"))


def kind_of(alt: str) -> str:
    """``DEL`` of ``<DEL:ME:ALU>``; empty for a sequence."""
    return alt[1:-1].partition(":")[0] if alt.startswith("<") else ""


def plain_type(alt: str) -> str:
    """``<DEL>`` for ``<CN0>`` and ``<DUP>`` for two copies and more; any other ALT as it is."""
    found = COPIES.fullmatch(alt)
    return alt if found is None else "<DEL>" if found[1] == "0" else "<DUP>"


def mate_of(alt: str, info: Fields) -> tuple[Contig, int] | None:
    """Where the other side of a breakend lies: in the ALT, or in CHR2 with POS2 or END (``<BND>``, ``<TRA>``)."""
    found = MATE.search(alt)
    name, place = (found[1], found[2]) if found else (info.get("CHR2", ""), info.get("POS2") or info.get("END", ""))
    contig = parse_contig(name)
    return (contig, int(place)) if contig is not None and place.isdigit() else None


def type_of(alt: str, place: int, alts: tuple[str, ...], info: Fields) -> str:
    """The ALT as it is read: ``<DUP>`` with evidence of both dose and junction (SVCLAIM DJ) is a tandem duplication."""
    return "<DUP:TANDEM>" if alt == "<DUP>" and _own(info, "SVCLAIM", place, alts) == "DJ" else alt


def ends_of(pos: int, place: int, alts: tuple[str, ...], info: Fields) -> Ends:
    """The ends of one symbolic ALT (``place`` counts from 0)."""
    kind = kind_of(alts[place])
    length = _length(info, place, alts)
    low, high = _interval(info, "CIPOS", place, alts)
    doubtful = "IMPRECISE" in info
    homology = not doubtful and ("HOMLEN" in info or "HOMSEQ" in info)
    if kind not in SPANNING:
        exact = homology or not (doubtful or low or high)
        return Ends(pos, exact, (0, 0, 0, 0) if exact else (low, high, low, high), f"N[{length}]" if length else "")
    inserted, extra = _inserted(info, place, alts)
    by_end = int(info["END"]) if info.get("END", "").isdigit() and int(info["END"]) > pos else None
    by_length = pos + length if length else None
    if by_end is not None and by_length is not None and extra and by_end - extra == by_length:
        by_length = by_end  # before VCF 4.4 SVLEN is the difference in length of REF and ALT
    if by_end is not None and by_length is not None and len(alts) > 1 and by_end == _furthest(pos, alts, info):
        by_end = by_length
    end = by_length if by_end is None else by_end
    if end is None:
        return Ends(None)
    after = _interval(info, "CIEND", place, alts) if "CIEND" in info else (low, high)
    told = None
    if by_end is not None and by_length is not None and by_end != by_length:
        told, between = (by_end, by_length), by_length - by_end
        after = (min(after[0], between), max(after[1], between))
    exact = told is None and (homology or not (doubtful or low or high or any(after)))
    return Ends(end, exact, (0, 0, 0, 0) if exact else (low, high, *after), inserted, told)


def is_this(known: RecurrentDeletion, allele: Allele) -> bool:
    """Whether an allele is the recurrent deletion at this place."""
    start, end = deleted(allele)
    return (allele.build, allele.contig) == (known.build, known.contig) and bool(start) and known.covers(start, end)


def as_allele(known: RecurrentDeletion, piece: Slice) -> Allele:
    """The recurrent deletion as an allele of the gene."""
    return Allele(known.build, known.contig, known.pos, piece.base(known.pos), "<DEL>", known.end, normalised=False)


def deleted(allele: Allele) -> tuple[int, int]:
    """First and last base of a deletion, symbolic or spelled out; zeros for anything else."""
    if kind_of(allele.alt) == "DEL":
        return allele.pos + 1, allele.end
    if len(allele.alt) == 1 and len(allele.ref) > 1 and allele.ref[0] == allele.alt:
        return allele.pos + 1, allele.pos + len(allele.ref) - 1
    return 0, 0


def symbolic(build: Build, contig: Contig, pos: int, ref: str, alt: str, ends: Ends, piece: Slice | None) -> Allele:
    """The allele of a record; its REF is the embedded base, since callers write N or a base there at will."""
    base = piece.base(pos) if piece is not None and piece.covers(pos, pos) else ref
    end = pos if ends.end is None else ends.end
    return Allele(
        build,
        contig,
        pos,
        base,
        alt,
        end,
        normalised=False,
        exact=ends.exact,
        margins=ends.margins,
        inserted=ends.inserted,
    )


def _length(info: Fields, place: int, alts: tuple[str, ...]) -> int:
    """SVLEN of an ALT without its sign, 0 when it is not given."""
    text = _own(info, "SVLEN", place, alts).lstrip("-")
    return int(text) if text.isdigit() else 0


def _furthest(pos: int, alts: tuple[str, ...], info: Fields) -> int:
    """The last base of all spanning ALTs by their lengths, which END is in files of several ALTs."""
    return max((pos + _length(info, n, alts) for n, alt in enumerate(alts) if kind_of(alt) in SPANNING), default=pos)


def _own(info: Fields, key: str, place: int, alts: tuple[str, ...]) -> str:
    """An ALT's value of a field with one value an ALT; the only value where older files give one a record."""
    values = info.get(key, "").split(",")
    return values[place] if len(values) == len(alts) else values[0]


def _interval(info: Fields, key: str, place: int, alts: tuple[str, ...]) -> tuple[int, int]:
    """An ALT's pair of CIPOS or CIEND; (0, 0) where it is missing or does not span 0."""
    values = info.get(key, "").split(",")
    own = values[PAIR * place : PAIR * place + PAIR] if len(values) == PAIR * len(alts) else values
    try:
        low, high = (int(value) for value in own)
    except ValueError:
        return 0, 0
    return (low, high) if low <= 0 <= high else (0, 0)


def _inserted(info: Fields, place: int, alts: tuple[str, ...]) -> tuple[str, int]:
    """Bases put in the place of what is lost (SVINSSEQ, SVINSLEN), as a name writes them, and how many."""
    bases = _own(info, "SVINSSEQ", place, alts).upper()
    if bases and PLAIN.issuperset(bases) and len(bases) <= LONGEST_SPELLED:
        return bases, len(bases)
    count = _own(info, "SVINSLEN", place, alts)
    length = int(count) if count.isdigit() else len(bases) if PLAIN.issuperset(bases) else 0
    return (f"N[{length}]", length) if length else ("", 0)
