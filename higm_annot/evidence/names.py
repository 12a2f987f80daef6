"""From a coding-DNA name on MANE Select to the allele it stands for, for the snapshot's builder.

Only what curated tables write is read: substitutions, ``del``, ``dup``, ``ins`` and ``delins`` at coding or intronic
positions (``c.428-1G>T``). A name on any other transcript is never looked up: the caller names the one it trusts.
"""

from __future__ import annotations

import re

from higm_annot.reference.types import Build, Locus, Slice, Transcript

NAME = re.compile(
    r"c\.(?P<start>\d+(?:[+-]\d+)?)(?:_(?P<end>\d+(?:[+-]\d+)?))?"
    r"(?:(?P<ref>[ACGT])>(?P<alt>[ACGT])|(?P<kind>del|dup|ins|delins)(?P<bases>[ACGT]*))"
)
COMPLEMENT = str.maketrans("ACGT", "TGCA")


def allele_of(locus: Locus, transcript: Transcript, name: str, build: Build) -> tuple[int, str, str] | None:
    """Position, REF and ALT (VCF convention, left-aligned, parsimonious) of a c. name.

    Parameters
    ----------
    locus, transcript
        The gene and the transcript whose numbering the name uses.
    name
        ``c.340del``; without accession.
    build
        Build of the answer.

    Returns
    -------
    tuple or None
        1-based position with the alleles on the plus strand; None when the name is not of the kinds read here or its
        reference base is not the one in the sequence.
    """
    match = NAME.fullmatch(name)
    if match is None:
        return None
    piece = locus.slices[build]
    first = genomic_position(transcript, match["start"], build)
    last = genomic_position(transcript, match["end"] or match["start"], build)
    if first is None or last is None:
        return None
    low, high = min(first, last), max(first, last)
    if match["ref"]:
        ref, alt = (_plus(base, transcript) for base in (match["ref"], match["alt"]))
        return (low, ref, alt) if piece.base(low) == ref else None
    reference = piece.bases(low, high)
    bases = _plus(match["bases"], transcript)
    if match["kind"] == "ins":
        return left_aligned(piece, low + 1, "", bases)
    if match["kind"] == "dup":
        return left_aligned(piece, low, "", reference)
    return left_aligned(piece, low, reference, bases)


def genomic_position(transcript: Transcript, text: str, build: Build) -> int | None:
    """Genomic position (1-based) of ``340`` or ``428-1``; None when outside the coding sequence."""
    number, sign, offset = re.fullmatch(r"(\d+)([+-]?)(\d*)", text).groups()  # type: ignore[union-attr]
    model = transcript.models[build]
    left = int(number)
    for exon in model.exons:
        low, high = max(exon.start, model.cds.start), min(exon.end, model.cds.end)
        length = high - low + 1
        if length <= 0:
            continue
        if left <= length:
            position = low + left - 1 if transcript.strand > 0 else high - left + 1
            step = int(offset or 0) * (1 if sign == "+" else -1) * transcript.strand
            return position + step
        left -= length
    return None


def left_aligned(piece: Slice, position: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Shift a change as far left as the sequence allows, trimmed, with an anchor base where one allele is empty.

    ``position`` is the first base of ``ref``, or the base before which ``alt`` is inserted.
    """
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while ref and alt and ref[0] == alt[0]:
        ref, alt, position = ref[1:], alt[1:], position + 1
    while not (ref and alt):
        before = piece.base(position - 1)
        if (ref or alt)[-1] != before:
            return position - 1, before + ref, before + alt
        ref, alt = (before + ref[:-1], "") if ref else ("", before + alt[:-1])
        position -= 1
    return position, ref, alt


def _plus(bases: str, transcript: Transcript) -> str:
    """Bases of the transcript's strand as they stand on the plus strand."""
    return bases if transcript.strand > 0 else bases.translate(COMPLEMENT)[::-1]
