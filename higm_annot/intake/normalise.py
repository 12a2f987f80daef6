"""Left-aligned, parsimonious alleles against the embedded sequence, as ``bcftools norm`` makes them.

Multi-nucleotide changes stay whole. What cannot be decided inside the embedded sequence (the record reaches outside, or
shifting would) is kept as given and marked ``normalised=False``.
"""

from __future__ import annotations

from higm_annot.intake.types import Allele
from higm_annot.reference.types import Build, Contig, Panel, Slice

IUPAC = {
    "A": "A",
    "C": "C",
    "G": "G",
    "T": "T",
    "R": "AG",
    "Y": "CT",
    "S": "CG",
    "W": "AT",
    "K": "GT",
    "M": "AC",
    "B": "CGT",
    "D": "AGT",
    "H": "ACT",
    "V": "ACG",
    "N": "ACGT",
}
BASES = frozenset(IUPAC)
PLAIN = frozenset("ACGT")


def slice_over(panel: Panel, build: Build, contig: Contig, start: int, end: int) -> Slice | None:
    """The embedded sequence that wholly covers ``start``-``end`` (1-based inclusive), if one does."""
    for locus in panel.loci.values():
        if locus.contig is contig and (found := locus.slices[build]).covers(start, end):
            return found
    return None


def reference_agrees(piece: Slice, pos: int, ref: str) -> bool | None:
    """Whether the part of ``ref`` inside ``piece`` fits its sequence; ambiguity codes fit what they stand for.

    None means that nothing can be said: no base of ``ref`` is inside, or all that are, are N.
    """
    start, end = max(pos, piece.start), min(pos + len(ref) - 1, piece.end)
    told = False
    for position in range(start, end + 1):
        code = ref[position - pos].upper()
        if code == "N":
            continue
        if piece.base(position).upper() not in IUPAC.get(code, ""):
            return False
        told = True
    return True if told else None


def normalise(piece: Slice | None, build: Build, contig: Contig, pos: int, ref: str, alt: str) -> Allele:
    """One sequence allele in its left-aligned, parsimonious form.

    Parameters
    ----------
    piece
        Embedded sequence around the record, or None where there is none.
    pos, ref, alt
        As in the record; ``alt`` is a sequence, either may be lower case or hold ambiguity codes.

    Returns
    -------
    Allele
        With ``normalised=False`` and the record's own spelling where the embedded sequence does not reach far enough.
    """
    ref, alt = ref.upper(), alt.upper()
    given = Allele(build, contig, pos, ref, alt, pos + len(ref) - 1, normalised=False)
    if piece is None or not piece.covers(pos, given.end) or ref == alt:
        return given
    if not PLAIN.issuperset(ref):
        ref, alt = _spelled_out(piece, pos, ref, alt)
        if ref == alt:
            return given
    found = _aligned(piece, pos, ref, alt)
    if found is None:
        return given
    pos, ref, alt = found
    return Allele(build, contig, pos, ref, alt, pos + len(ref) - 1)


def _spelled_out(piece: Slice, pos: int, ref: str, alt: str) -> tuple[str, str]:
    """REF with its ambiguity codes replaced by the sequence, and the bases ALT shares with it likewise."""
    shared = 0
    while shared < min(len(ref), len(alt)) and ref[shared] == alt[shared]:
        shared += 1
    plain = piece.bases(pos, pos + len(ref) - 1).upper()
    return plain, plain[:shared] + alt[shared:]


def _aligned(piece: Slice, pos: int, ref: str, alt: str) -> tuple[int, str, str] | None:
    """Position, REF and ALT after trimming and shifting; None when the piece's first base is reached."""
    tail = 0
    while tail < min(len(ref), len(alt)) and ref[-1 - tail] == alt[-1 - tail]:
        tail += 1
    ref, alt = ref[: len(ref) - tail], alt[: len(alt) - tail]
    if ref and alt:
        head = 0
        while head < min(len(ref), len(alt)) - 1 and ref[head] == alt[head]:
            head += 1
        return pos + head, ref[head:], alt[head:]
    moved = ref or alt
    steps = 0
    while True:
        before = pos - 1 - steps
        if before < piece.start:
            return None
        anchor = piece.base(before).upper()
        if anchor != moved[-1 - steps % len(moved)]:
            break
        steps += 1
    turn = steps % len(moved)
    if turn:
        moved = moved[-turn:] + moved[:-turn]
    return before, anchor + (moved if ref else ""), anchor + (moved if alt else "")
