"""Left-aligned, parsimonious alleles: worked examples, properties, and bcftools norm as the oracle."""

from __future__ import annotations

import random
from pathlib import Path

import pysam
import pysam.bcftools
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from higm_annot.intake.normalise import normalise, reference_agrees, slice_over
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene, Slice

TOY = Slice(Build.GRCH38, Contig.CHRX, 101, 130, "GATTACACACACAGGGGTCATCATCATTTA")


def toy(pos: int, ref: str, alt: str) -> tuple[int, str, str, bool]:
    allele = normalise(TOY, Build.GRCH38, Contig.CHRX, pos, ref, alt)
    return allele.pos, allele.ref, allele.alt, allele.normalised


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ((105, "A", "G"), (105, "A", "G", True)),
        ((105, "a", "g"), (105, "A", "G", True)),
        ((111, "ACA", "A"), (104, "TAC", "T", True)),
        ((112, "CA", "C"), (112, "CA", "C", True)),
        ((113, "A", "ACA"), (104, "T", "TAC", True)),
        ((116, "GG", "G"), (113, "AG", "A", True)),
        ((114, "GGGG", "GGGGG"), (113, "A", "AG", True)),
        ((104, "TACA", "TACG"), (107, "A", "G", True)),
        ((104, "TACA", "GACG"), (104, "TACA", "GACG", True)),
        ((104, "TACA", "TTA"), (105, "AC", "T", True)),
        ((105, "R", "G"), (105, "A", "G", True)),
        ((104, "NA", "N"), (104, "TA", "T", True)),
        ((101, "GA", "A"), (101, "GA", "A", False)),
        ((99, "CCGA", "C"), (99, "CCGA", "C", False)),
        ((128, "TTAGC", "T"), (128, "TTAGC", "T", False)),
    ],
)
def test_worked_examples(given_, expected) -> None:
    assert toy(*given_) == expected


def test_without_sequence_an_allele_stays_as_given() -> None:
    allele = normalise(None, Build.GRCH38, Contig.CHRX, 5, "caa", "ca")
    assert (allele.pos, allele.ref, allele.alt, allele.end, allele.normalised) == (5, "CAA", "CA", 7, False)


@pytest.mark.parametrize(
    ("pos", "ref", "verdict"),
    [
        (101, "GAT", True),
        (101, "gat", True),
        (101, "GAC", False),
        (101, "N", None),
        (101, "NAT", True),
        (105, "R", True),
        (105, "Y", False),
        (99, "CCGA", True),
        (99, "CCGG", False),
        (90, "ACGT", None),
    ],
)
def test_ref_is_compared_where_the_sequence_is_known(pos, ref, verdict) -> None:
    assert reference_agrees(TOY, pos, ref) is verdict


def applied(piece: Slice, pos: int, ref: str, alt: str) -> str:
    """The sequence after the change."""
    place = pos - piece.start
    assert piece.sequence[place : place + len(ref)] == ref
    return piece.sequence[:place] + alt + piece.sequence[place + len(ref) :]


@settings(max_examples=400, deadline=None)
@given(
    sequence=st.text("AC", min_size=12, max_size=40),
    start=st.integers(0, 30),
    length=st.integers(1, 6),
    alt=st.text("ACG", min_size=1, max_size=6),
)
def test_a_normal_form_makes_the_same_sequence_and_is_the_same_for_equal_changes(sequence, start, length, alt) -> None:
    piece = Slice(Build.GRCH38, Contig.CHRX, 1, len(sequence), sequence)
    start = min(start, len(sequence) - 1)
    ref = sequence[start : start + length]
    if alt == ref:
        return
    allele = normalise(piece, Build.GRCH38, Contig.CHRX, start + 1, ref, alt)
    assert applied(piece, allele.pos, allele.ref, allele.alt) == applied(piece, start + 1, ref, alt)
    if not allele.normalised:
        assert (allele.pos, allele.ref, allele.alt) == (start + 1, ref, alt)
        return
    again = normalise(piece, Build.GRCH38, Contig.CHRX, allele.pos, allele.ref, allele.alt)
    assert again == allele
    padded_end = min(len(sequence), start + len(ref) + 3)
    tail = sequence[start + len(ref) : padded_end]
    assert normalise(piece, Build.GRCH38, Contig.CHRX, start + 1, ref + tail, alt + tail) == allele


def random_changes(piece: Slice, count: int, seed: int) -> list[tuple[int, str, str]]:
    """Insertions, duplications, deletions and complex changes, well inside a slice."""
    chance = random.Random(seed)
    changes = []
    while len(changes) < count:
        pos = chance.randrange(piece.start + 400, piece.end - 400)
        ref = piece.bases(pos, pos + chance.choice([0, 0, 0, 1, 2, 3, 5, 9, 20]))
        kind = chance.randrange(4)
        if kind == 0:
            alt = "".join(chance.choice("ACGT") for _ in range(chance.randrange(1, 8)))
        elif kind == 1:
            alt = ref[: chance.randrange(1, len(ref) + 1)]
        elif kind == 2:
            alt = ref + piece.bases(pos + len(ref), pos + len(ref) + chance.randrange(0, 6))
        else:
            alt = ref + ref * chance.randrange(1, 3)
        if alt != ref:
            changes.append((pos, ref, alt))
    return changes


def test_thousands_of_changes_agree_with_bcftools_norm(tmp_path: Path) -> None:
    panel = load_panel()
    fasta = tmp_path / "slices.fa"
    pieces = {f"{gene}_{build}": panel.loci[gene].slices[build] for gene in Gene for build in Build}
    fasta.write_text("".join(f">{name}\n{piece.sequence}\n" for name, piece in pieces.items()))
    pysam.faidx(str(fasta))
    changes = [
        (name, piece, change)
        for seed, (name, piece) in enumerate(pieces.items())
        for change in random_changes(piece, 300, seed)
    ]
    vcf = tmp_path / "changes.vcf"
    lines = ["##fileformat=VCFv4.2", *(f"##contig=<ID={name},length={len(p.sequence)}>" for name, p in pieces.items())]
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
    lines += [
        f"{name}\t{pos - piece.start + 1}\t{number}\t{ref}\t{alt}\t.\t.\t."
        for number, (name, piece, (pos, ref, alt)) in enumerate(changes)
    ]
    vcf.write_text("\n".join(lines) + "\n")
    told = pysam.bcftools.norm("-f", str(fasta), str(vcf))
    oracle = {}
    for line in told.splitlines():
        if not line.startswith("#"):
            cells = line.split("\t")
            oracle[int(cells[2])] = (int(cells[1]), cells[3], cells[4])
    assert len(oracle) == len(changes) == 3600
    for number, (_, piece, (pos, ref, alt)) in enumerate(changes):
        allele = normalise(piece, piece.build, piece.contig, pos, ref, alt)
        assert allele.normalised
        assert (allele.pos - piece.start + 1, allele.ref, allele.alt) == oracle[number], (pos, ref, alt)


def test_slice_over_finds_only_a_slice_that_covers_all() -> None:
    panel = load_panel()
    piece = panel.loci[Gene.CD40].slices[Build.GRCH37]
    assert slice_over(panel, Build.GRCH37, Contig.CHR20, piece.start, piece.end) is piece
    assert slice_over(panel, Build.GRCH37, Contig.CHR20, piece.start - 1, piece.end) is None
    assert slice_over(panel, Build.GRCH37, Contig.CHRX, piece.start, piece.end) is None
