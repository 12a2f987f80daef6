"""Conversion between the builds is exact: there and back is the same allele, and never another haplotype."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from higm_annot.reference.convert import convert_allele, convert_interval
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene

PANEL = load_panel()
GRCH37, GRCH38 = Build.GRCH37, Build.GRCH38
OFFSETS = {"CD40LG": 917841, "CD40": 1371361, "AICDA": -152596, "UNG": -437805, "IKBKG": 771785, "PMS2": -39631}


def allele_in(draw, locus, build, longest=6):
    """A random allele in VCF form inside a slice."""
    piece = locus.slices[build]
    pos = draw(st.integers(piece.start, piece.end - longest))
    ref = piece.bases(pos, pos + draw(st.integers(0, longest - 1)))
    alt = draw(st.text("ACGT", min_size=1, max_size=longest))
    assume(ref != alt)
    return pos, ref, alt


@st.composite
def alleles(draw):
    locus = PANEL.loci[draw(st.sampled_from(list(Gene)))]
    build = draw(st.sampled_from(list(Build)))
    return (locus, build, *allele_in(draw, locus, build))


@st.composite
def indels_beside_differences(draw):
    """Insertions and deletions near places where IKBKG differs: that is where conversion can go wrong."""
    locus, build = PANEL.loci[Gene.IKBKG], draw(st.sampled_from(list(Build)))
    piece = locus.slices[build]
    first37, last37, first38 = draw(st.sampled_from(locus.equal))
    edge = last37 if build is GRCH37 else first38 + last37 - first37
    pos = min(max(edge + draw(st.integers(-12, 12)), piece.start), piece.end - 6)
    anchor, following = piece.base(pos), piece.bases(pos + 1, pos + draw(st.integers(1, 3)))
    if draw(st.booleans()):
        return locus, build, pos, anchor + following, anchor
    return (
        locus,
        build,
        pos,
        anchor,
        anchor + draw(st.one_of(st.just(following), st.text("ACGT", min_size=1, max_size=3))),
    )


def haplotype(locus, build, pos, ref, alt):
    piece = locus.slices[build]
    assert piece.bases(pos, pos + len(ref) - 1) == ref
    return piece.sequence[: pos - piece.start] + alt + piece.sequence[pos - piece.start + len(ref) :]


def rolled(locus, build, pos, ref, alt):
    """The same haplotype with an indel written one base further right, or None."""
    piece = locus.slices[build]
    following = pos + len(ref)
    if following > piece.end or len(ref) > 1 < len(alt) or ref[0] != alt[0] or len(ref) == len(alt):
        return None
    unit = (ref if len(ref) > 1 else alt)[1:]
    if piece.base(following) != unit[0]:
        return None
    anchor, moved = unit[0], unit[1:] + unit[0]
    return (pos + 1, anchor + moved, anchor) if len(ref) > 1 else (pos + 1, anchor, anchor + moved)


@given(alleles())
def test_there_and_back_is_the_same_allele(case):
    locus, build, pos, ref, alt = case
    there = convert_allele(PANEL, build, locus.contig, pos, ref, alt, build.other)
    if there is None:
        assert locus.gene is Gene.IKBKG
        return
    assert there[0] is locus.contig
    assert there[2:] == (ref, alt)
    sign = 1 if build is GRCH37 else -1
    if locus.gene is not Gene.IKBKG:
        assert there[1] - pos == sign * OFFSETS[locus.gene]
    assert locus.slices[build.other].bases(there[1], there[1] + len(ref) - 1) == ref
    assert convert_allele(PANEL, build.other, *there, build) == (locus.contig, pos, ref, alt)


@given(indels_beside_differences())
def test_all_ways_to_write_an_indel_convert_to_one_haplotype(case):
    locus, build, pos, ref, alt = case
    there = convert_allele(PANEL, build, locus.contig, pos, ref, alt, build.other)
    other = rolled(locus, build, pos, ref, alt)
    if other is None:
        return
    assert haplotype(locus, build, *other) == haplotype(locus, build, pos, ref, alt)
    also = convert_allele(PANEL, build, locus.contig, *other, build.other)
    if there is None or also is None:
        assert there is also
    else:
        assert haplotype(locus, build.other, *there[1:]) == haplotype(locus, build.other, *also[1:])


@given(indels_beside_differences())
def test_a_converted_allele_is_never_the_other_builds_reference(case):
    locus, build, pos, ref, alt = case
    assume(ref != alt)
    there = convert_allele(PANEL, build, locus.contig, pos, ref, alt, build.other)
    if there is not None:
        assert haplotype(locus, build.other, *there[1:]) != locus.slices[build.other].sequence
        assert haplotype(locus, build, pos, ref, alt) != locus.slices[build.other].sequence


@pytest.mark.parametrize("gene", list(Gene))
def test_whole_slices(gene):
    locus = PANEL.loci[gene]
    piece, there = locus.slices[GRCH37], locus.slices[GRCH38]
    found = convert_interval(locus, piece.start, piece.end, GRCH37, GRCH38)
    assert found == (None if gene is Gene.IKBKG else (there.start, there.end))
    assert convert_interval(locus, piece.start, piece.start, GRCH37, GRCH37) == (piece.start, piece.start)


def test_every_stated_difference_has_no_counterpart():
    locus = PANEL.loci[Gene.IKBKG]
    gaps = [
        (last + 1, following[0] - 1, there + last - first + 1, following[2] - 1)
        for (first, last, there), following in zip(locus.equal, locus.equal[1:], strict=False)
    ]
    assert len(gaps) == 18
    for first37, last37, first38, last38 in gaps:
        for build, first, last in ((GRCH37, first37, last37), (GRCH38, first38, last38)):
            for position in range(first, last + 1):
                assert convert_interval(locus, position, position, build, build.other) is None
                base = locus.slices[build].base(position)
                for alt in "ACGT".replace(base, ""):
                    assert convert_allele(PANEL, build, Contig.CHRX, position, base, alt, build.other) is None


def test_a_run_that_is_longer_in_one_build_does_not_convert():
    """GRCh38 has one more T after X:153766205 of GRCh37: that T inserted in GRCh37 is GRCh38's reference."""
    piece = PANEL.loci[Gene.IKBKG].slices[GRCH37]
    pos = 153766205
    assert convert_allele(PANEL, GRCH37, Contig.CHRX, pos, piece.base(pos), piece.base(pos) + "T", GRCH38) is None
    while piece.base(pos) == "T":  # the same insertion, at the left end of the run
        pos -= 1
    assert convert_allele(PANEL, GRCH37, Contig.CHRX, pos, piece.base(pos), piece.base(pos) + "T", GRCH38) is None


def test_what_cannot_be_converted():
    piece = PANEL.loci[Gene.CD40LG].slices[GRCH38]
    base = piece.base(136650300)
    wrong = "ACGT".replace(base, "")[0]
    assert convert_allele(PANEL, GRCH38, Contig.CHRX, 136650300, wrong, base, GRCH37) is None
    assert convert_allele(PANEL, GRCH38, Contig.CHRX, 1000, "A", "C", GRCH37) is None
    assert convert_allele(PANEL, GRCH38, Contig.CHR7, 136650300, base, wrong, GRCH37) is None
    reaching = piece.bases(piece.end - 1, piece.end) + "A"
    assert convert_allele(PANEL, GRCH38, Contig.CHRX, piece.end - 1, reaching, "A", GRCH37) is None


def test_symbolic_alleles_keep_their_name():
    found = convert_allele(PANEL, GRCH38, Contig.CHRX, 136650300, "N", "<DEL>", GRCH37)
    assert found == (Contig.CHRX, 136650300 - 917841, "N", "<DEL>")
