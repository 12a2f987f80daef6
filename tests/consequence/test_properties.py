"""What must hold for any allele: one change, one set of names; no exception; names that rebuild the sequence."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from higm_annot.consequence.annotate import annotate, maps_of
from higm_annot.consequence.edit import make_edit
from higm_annot.consequence.terms import IMPACT, RANK
from higm_annot.intake.types import Allele
from higm_annot.reference.sequence import translate_to_stop
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

PANEL = load_panel()
BASES = st.text("ACGT", max_size=12)


def spots(gene, build):
    """Where exons and coding sequences begin and end."""
    models = [transcript.models[build] for transcript in PANEL.loci[gene].transcripts]
    spans = [span for model in models for span in (*model.exons, model.cds)]
    return sorted({edge for span in spans for edge in (span.start, span.end)})


SPOTS = {(gene, build): spots(gene, build) for gene in Gene for build in Build}


@st.composite
def places(draw):
    """A gene, a build, and a position in its slice: near a border, near an end, or anywhere."""
    gene, build = draw(st.sampled_from(list(Gene))), draw(st.sampled_from(list(Build)))
    piece = PANEL.loci[gene].slices[build]
    near = st.builds(lambda spot, away: spot + away, st.sampled_from(SPOTS[gene, build]), st.integers(-9, 9))
    end = st.sampled_from([piece.start, piece.end])
    anywhere = st.integers(piece.start, piece.end)
    pos = draw(st.one_of(near, near, end, anywhere))
    return gene, build, min(max(pos, piece.start), piece.end)


def told(found):
    """Everything but the key as spelled."""
    return (found.gene, found.hgvs_g, found.effects, found.worse_elsewhere)


@settings(max_examples=400, deadline=None)
@given(places(), st.integers(0, 12), BASES, st.integers(0, 15), st.integers(0, 15), st.integers(-12, 12))
@example((Gene.CD40LG, Build.GRCH38, 136648249), 0, "A", 0, 3, 1)
def test_all_spellings_of_a_change_are_told_alike(place, lost, gained, before, after, moved):
    gene, build, pos = place
    piece = PANEL.loci[gene].slices[build]
    end = min(pos + lost - 1, piece.end)
    ref = piece.bases(pos, end) if end >= pos else ""
    changed = piece.bases(piece.start, pos - 1) + gained + piece.bases(pos + len(ref), piece.end)
    first, last = max(piece.start, pos - before - 1), min(piece.end, pos + len(ref) + after)
    spelled = [(pos, ref, gained), (first, piece.bases(first, last), _between(piece, changed, first, last))]
    # The same deletion or insertion begun elsewhere, where that gives the same sequence.
    other = pos + moved
    if piece.start <= other <= piece.end - len(ref):
        ref2 = piece.bases(other, other + len(ref) - 1)
        if piece.bases(piece.start, other - 1) + gained + piece.bases(other + len(ref2), piece.end) == changed:
            spelled.append((other, ref2, gained))
    answers = {
        repr(told(annotate(PANEL, Allele(build, piece.contig, at, r or "", a or "A", max(at, at + len(r) - 1)))))
        for at, r, a in (_anchored(piece, *one) for one in spelled)
        if r != a
    }
    assert len(answers) <= 1


def _between(piece, changed, first, last):
    tail = piece.end - last
    return changed[first - piece.start : len(changed) - tail]


def _anchored(piece, pos, ref, alt):
    """With a base before (or behind, at the slice's start) where an allele is empty, as VCF writes it."""
    if ref and alt:
        return pos, ref, alt
    if pos > piece.start:
        base = piece.base(pos - 1)
        return pos - 1, base + ref, base + alt
    base = piece.base(pos + len(ref))
    return pos, ref + base, alt + base


@settings(max_examples=300, deadline=None)
@given(
    places(),
    st.integers(1, 400),
    st.text("ACGTNRYKMSW", min_size=1, max_size=20),
    st.integers(-300, 300),
    st.sampled_from(["", "", "<DEL>", "<DUP>", "<INS>", "<INV>", "<CNV>", "<DEL:ME:ALU>", "<INS:ME>"]),
    st.booleans(),
)
def test_nothing_that_touches_a_locus_raises(place, length, alt, moved, symbol, masked):
    gene, build, pos = place
    piece = PANEL.loci[gene].slices[build]
    pos = max(1, pos + moved)
    end = pos if symbol.startswith("<INS") else pos + length - 1
    if end < piece.start or pos > piece.end:
        return
    ref = "".join("N" if masked or not piece.covers(p, p) else piece.base(p) for p in range(pos, end + 1))
    if symbol:
        allele = Allele(build, piece.contig, pos, ref[0], symbol, end)
    elif ref == alt:
        return
    else:
        allele = Allele(build, piece.contig, pos, ref, alt, end, normalised=piece.covers(pos, end))
    found = annotate(PANEL, allele)
    assert found.gene is gene
    assert len(found.effects) == len(PANEL.loci[gene].transcripts)
    assert found.mane.mane_select
    for effect in found.effects:
        assert effect.terms == tuple(sorted(effect.terms, key=RANK.__getitem__))
        assert effect.impact is IMPACT[effect.terms[0]]
        outside = effect.terms[0] in ("upstream_gene_variant", "downstream_gene_variant")
        assert not outside or effect.hgvs_p is None


SHIFT = re.compile(r"p\.\(([A-Z][a-z]{2})(\d+)([A-Z][a-z]{2})fsTer(\d+|\?)\)")


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_exonic_changes_agree_with_a_naive_translation(data):
    gene, build = data.draw(st.sampled_from(list(Gene))), data.draw(st.sampled_from(list(Build)))
    one = data.draw(st.sampled_from(maps_of(gene, build)))
    exon = data.draw(st.sampled_from([n for n in range(len(one.exons)) if one.is_coding_exon(n)]))
    low = max(one.tx_starts[exon], one.cds_start + 3)
    high = min(one.tx_starts[exon + 1], one.cds_end)
    tx = data.draw(st.integers(low, max(low, high - 1)))
    lost, gained = data.draw(st.integers(0, 9)), data.draw(st.text("ACGT", max_size=9))
    start = one.gene_offset(tx)
    edit = make_edit(one.sequence, start, one.sequence[start : start + lost], gained)
    touched = range(edit.start_offset - (not edit.ref), max(edit.end_offset, edit.start_offset + 1))
    if any(one.segment(offset) != 2 * exon + 1 for offset in touched):
        return  # reaches out of the exon: no protein is predicted
    first = one.tx_offset(edit.start_offset)
    if first < one.cds_start + 3 or first >= one.cds_end:
        return
    changed = one.spliced[one.cds_start : first] + edit.alt + one.spliced[first + len(edit.ref) :]
    new, old = translate_to_stop(changed), one.protein
    found = (
        next(
            effect
            for effect in annotate(PANEL, _allele(one, start, lost, gained, build)).effects
            if effect.accession == one.transcript.accession
        )
        if edit.kind != "identity"
        else None
    )
    if found is None:
        return
    terms = set(found.terms)
    assert (new == old) is bool(terms & {"synonymous_variant", "stop_retained_variant"})
    if "stop_gained" in terms:
        assert new.endswith("*")
        assert len(new) == found.stop_codon
        assert len(new) < len(old) + max(0, edit.growth // 3)
    shift = SHIFT.fullmatch(found.hgvs_p)
    if shift:
        number = int(shift[2])
        assert old[: number - 1] == new[: number - 1]
        assert old[number - 1] != new[number - 1]
        assert shift[4] == (str(len(new) - number + 1) if new.endswith("*") else "?")
    if "missense_variant" in terms:
        assert len(new) == len(old)
    if "inframe_deletion" in terms:
        assert len(new) == len(old) + edit.growth // 3
        cut = found.protein_start - 1
        assert new == old[:cut] + old[found.protein_end :]


def _allele(one, start, lost, gained, build):
    """The plus-strand allele of a change given in gene offsets."""
    piece = one.slice
    ref = one.sequence[start : start + lost]
    if one.strand < 0:
        turned = str.maketrans("ACGT", "TGCA")
        start = len(one.sequence) - start - len(ref)
        ref, gained = ref.translate(turned)[::-1], gained.translate(turned)[::-1]
    pos, ref, alt = _anchored(piece, piece.start + start, ref, gained)
    return Allele(build, piece.contig, pos, ref, alt, pos + len(ref) - 1)
