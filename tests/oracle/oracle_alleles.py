"""The alleles that names, classes and identifiers are compared on: every substitution near exons, and random others."""

from __future__ import annotations

from higm_annot.intake.types import Allele
from higm_annot.reference.sequence import reverse_complement
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build

FLANK = 30
LONGEST = 30
KINDS = ("del", "dup", "ins", "delins", "mnv", "inv", "copy")


def near_exons(locus, build, flank=FLANK):
    """Places within ``flank`` bases of an exon of any transcript, as far as the sequence is embedded."""
    piece = locus.slices[build]
    return sorted(
        {
            pos
            for transcript in locus.transcripts
            for exon in transcript.models[build].exons
            for pos in range(max(exon.start - flank, piece.start), min(exon.end + flank, piece.end) + 1)
        }
    )


def substitutions(locus, build, places):
    """All three changes of every place."""
    piece = locus.slices[build]
    for pos in places:
        ref = piece.base(pos)
        for alt in "ACGT":
            if alt != ref:
                yield Allele(build, piece.contig, pos, ref, alt, pos)


def random_changes(rng, count):
    """(locus, build, pos, ref, alt): changes of every kind, half of them at the borders of exons; ``ref`` may be empty.

    Runs and repeats are met often: one kind copies what stands beside it several times.
    """
    loci = list(load_panel().loci.values())
    while count:
        locus, build = rng.choice(loci), rng.choice(list(Build))
        piece = locus.slices[build]
        pos = _place(rng, locus, build)
        length = rng.choice((1, 1, 2, 3, 4, rng.randint(1, LONGEST)))
        if not piece.covers(pos - 2 * LONGEST, pos + 2 * LONGEST):
            continue
        ref, alt = _change(rng, piece, pos, length)
        if ref != alt:
            count -= 1
            yield locus, build, pos, ref, alt


def _place(rng, locus, build):
    piece, model = locus.slices[build], rng.choice(locus.transcripts).models[build]
    exon = rng.choice(model.exons)
    edge = rng.choice((exon.start, exon.end, model.cds.start, model.cds.end))
    return rng.choice(
        (
            edge + rng.randint(-6, 6),
            rng.randint(exon.start - FLANK, exon.end + FLANK),
            rng.randint(model.cds.start, model.cds.end),
            rng.randint(piece.start, piece.end),
        )
    )


def _change(rng, piece, pos, length):
    """What is replaced and by what, the first base being at ``pos``."""
    there = piece.bases(pos, pos + length - 1)
    noise = "".join(rng.choice("ACGT") for _ in range(length))
    kind = rng.choice(KINDS)
    if kind == "inv":
        there = piece.bases(pos, pos + length)
        return there, reverse_complement(there)
    if kind == "mnv":
        there = piece.bases(pos, pos + min(length, 3))
        return there, "".join(rng.choice("ACGT") for _ in there)
    return {
        "del": (there, ""),
        "dup": ("", there),
        "ins": ("", noise),
        "delins": (piece.bases(pos, pos + rng.randint(0, LONGEST // 2)), noise),
        "copy": ("", there[:4] * rng.randint(1, 4)),
    }[kind]


def spellings(rng, piece, pos, ref, alt):
    """The same change as several files could write it: begun elsewhere in a repeat, and with bases on either side."""
    for at, gone, put in _begun_elsewhere(piece, pos, ref, alt):
        before, after = rng.randint(0, 6), rng.randint(0, 6)
        if not (gone and put):
            before = max(before, 1)
        head = piece.bases(at - before, at - 1)
        tail = piece.bases(at + len(gone), at + len(gone) + after - 1)
        yield at - before, head + gone + tail, head + put + tail


def _begun_elsewhere(piece, pos, ref, alt):
    """Every place at which a deletion or insertion gives the same sequence; anything else has one."""
    yield pos, ref, alt
    if bool(ref) == bool(alt):
        return
    for step in (-1, 1):
        at, moved = pos, ref or alt
        while piece.covers(at - LONGEST, at + len(moved) + LONGEST):
            if step < 0:
                entering, leaving = piece.base(at - 1), moved[-1]
                moved = entering + moved[:-1]
            else:
                entering, leaving = piece.base(at + len(ref)), moved[0]
                moved = moved[1:] + entering
            if entering != leaving:
                break
            at += step
            yield at, *((moved, "") if ref else ("", moved))
