"""Structural alleles: a table worked out by hand, the same change in every spelling, the frame, and what is beside."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pysam
import pysam.bcftools
import pytest

from higm_annot.annotated import annotate_allele
from higm_annot.classification.change import change_of
from higm_annot.consequence.annotate import annotate, maps_of
from higm_annot.consequence.breakpoints import counted
from higm_annot.consequence.exon_frame import after_copy, after_loss
from higm_annot.intake.types import Allele
from higm_annot.knowledge.effect_words import effect_sentences
from higm_annot.knowledge.recurrent import deletion_in_gene, deletion_in_pseudogene
from higm_annot.reference.sequence import reverse_complement
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene

PANEL = load_panel()
with Path(__file__).with_name("structural.tsv").open(encoding="utf-8") as table:
    ROWS = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def symbolic(build, contig, pos, alt, end, *, margins="", inserted=""):
    """A symbolic allele; ``margins`` as text: empty for exact ends, ``?`` where they are not known, or four numbers."""
    numbers = tuple(int(number) for number in margins.split(",")) if margins not in ("", "?") else (0, 0, 0, 0)
    return Allele(Build(build), Contig(contig), int(pos), "N", alt, int(end), False, not margins, numbers, inserted)


def told(*args, **options):
    return annotate(PANEL, symbolic(*args, **options))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['gene']}-{row['hgvs_g']}-{row['build']}")
def test_names_terms_exons_and_flags(row):
    found = told(
        row["build"],
        row["contig"],
        row["pos"],
        row["alt"],
        row["end"],
        margins=row["margins"],
        inserted=row["inserted"],
    )
    assert found.gene == row["gene"]
    mane = found.mane
    assert {
        "hgvs_g": found.hgvs_g.partition(":")[2],
        "hgvs_c": mane.hgvs_c,
        "terms": ",".join(mane.terms),
        "exon": mane.exon,
        "flags": ",".join(mane.flags),
    } == {key: row[key] for key in ("hgvs_g", "hgvs_c", "terms", "exon", "flags")}


def stretches(count):
    """Places of up to 9000 bases in every gene and build, some of them whole exons to the base."""
    rng = random.Random(4)
    for gene in Gene:
        for build in Build:
            piece = PANEL.loci[gene].slices[build]
            exons = [
                (exon.start, exon.end)
                for exon in PANEL.loci[gene].mane.models[build].exons
                if piece.covers(exon.start - 2, exon.end + 2)
            ]
            for _ in range(count):
                first = rng.randrange(piece.start + 50, piece.end - 9100)
                yield gene, build, first, first + rng.choice((1, 5, 60, 900, 9000))
            yield from ((gene, build, first, last) for first, last in exons)


@pytest.mark.parametrize("alt", ["<DEL>", "<DUP:TANDEM>", "<INV>"])
def test_a_change_written_as_bases_or_as_a_type_is_one_change(alt):
    for gene, build, first, last in stretches(12):
        piece = PANEL.loci[gene].slices[build]
        before, bases = piece.base(first - 1), piece.bases(first, last)
        if alt == "<INV>" and reverse_complement(bases) == bases:
            continue
        ref, new = {
            "<DEL>": (before + bases, before),
            "<DUP:TANDEM>": (before, before + bases),
            "<INV>": (before + bases, before + reverse_complement(bases)),
        }[alt]
        spelled = annotate(PANEL, Allele(build, piece.contig, first - 1, ref, new, first - 2 + len(ref)))
        typed = told(build, piece.contig, first - 1, alt, last)
        assert typed.hgvs_g == spelled.hgvs_g
        assert [one.flags[0] for one in typed.effects] == ["structural"] * len(typed.effects)
        for one, other in zip(typed.effects, spelled.effects, strict=True):
            assert (one.hgvs_c, one.hgvs_p, one.terms, one.exon, one.intron, one.escapes_nmd) == (
                other.hgvs_c,
                other.hgvs_p,
                other.terms,
                other.exon,
                other.intron,
                other.escapes_nmd,
            )
            assert set(one.flags) - {"structural"} == set(other.flags)


def test_the_loss_of_every_exon_is_called_so_to_the_base():
    """The 3' rule may move the first lost base into the exon and the last into the intron: the exon is lost anyway."""
    shifted = 0
    for gene in Gene:
        for build in Build:
            one = maps_of(gene, build)[0]
            exons = PANEL.loci[gene].mane.models[build].exons
            for number, exon in enumerate(exons[1:-1], 1):
                mane = told(build, PANEL.loci[gene].contig, exon.start - 1, "<DEL>", exon.end).mane
                assert ("exon_loss_variant" in mane.terms) is one.is_coding_exon(number), (gene, number)
                assert mane.exon == one.exon_labels[number]
                if not mane.hgvs_c.startswith(f"c.{one.c_position(one.exons[number][0])}_"):
                    shifted += 1
    assert shifted >= 10


def runs():
    for gene in Gene:
        for build in Build:
            count = len(PANEL.loci[gene].mane.models[build].exons)
            yield from (
                (gene, build, first, last) for first in range(2, count) for last in range(first, count) if first <= last
            )


def test_the_frame_told_is_the_one_the_rules_read():
    """Every run of inner exons: the flag and what classification works out from its own table of exons."""
    seen = set()
    for gene, build, first, last in runs():
        exons = PANEL.loci[gene].mane.models[build].exons
        low, high = sorted((exons[first - 1], exons[last - 1]), key=lambda exon: exon.start)
        mane = told(build, PANEL.loci[gene].contig, low.start - 31, "<DEL>", high.end + 30).mane
        (flag,) = (flag for flag in mane.flags if flag.startswith("exon_loss:"))
        change = change_of(mane)
        if change.kind == "exon_loss":
            assert flag == f"exon_loss:{change.skip}", (gene, first, last)
            seen.add(change.skip)
    assert seen == {"first", "in_frame", "shifts", "penultimate"}


@pytest.mark.parametrize(
    ("gene", "exons", "loss", "copy"),
    [
        (Gene.IKBKG, (4,), "in_frame", "in_frame"),  # exon 5: 153 bases
        (Gene.IKBKG, (0,), "utr", "utr"),
        (Gene.IKBKG, (1,), "first", "first"),  # exon 2 holds the ATG
        (Gene.IKBKG, (3, 4, 5, 6, 7, 8, 9), "last", "last"),
        (Gene.IKBKG, (3,), "shifts", "shifts"),  # exon 4: 119 bases
        (Gene.PMS2, (13,), "penultimate", "shifts"),  # exon 14: 170 bases
        (Gene.PMS2, (12,), "shifts", "shifts"),  # exon 13: 101 bases
        (Gene.CD40LG, (1, 2), "shifts", "shifts"),  # 132 + 58
        (Gene.CD40LG, (1,), "in_frame", "in_frame"),
    ],
)
def test_frames_by_hand(gene, exons, loss, copy):
    one = maps_of(gene, Build.GRCH38)[0]
    assert (after_loss(one, exons), after_copy(one, exons)) == (loss, copy)


def test_a_copy_that_reaches_out_of_the_gene_tells_no_frame():
    mane = told("GRCh38", "X", 136640000, "<DUP:TANDEM>", 136651000).mane
    assert not any(flag.startswith("tandem_copy") for flag in mane.flags)


def test_a_whole_gene_turned_around_is_neither_a_copy_nor_a_lost_site():
    for pos, end in ((136640000, 136670000), (136647000, 136661500)):
        mane = told("GRCh38", "X", pos, "<INV>", end).mane
        assert mane.terms[0] == "coding_sequence_variant"


@pytest.mark.parametrize(("end", "lost"), [(136659412, False), (136659413, True)])
def test_the_stop_codon_is_lost_when_its_first_base_is(end, lost):
    mane = told("GRCh38", "X", 136659000, "<DEL>", end).mane  # CD40LG: from intron 4; TGA begins at 136659413
    assert ("stop_lost" in mane.terms) is lost
    assert "exon_loss_variant" not in mane.terms


def test_beside_the_transcript_nothing_is_said_of_it():
    found = told("GRCh38", "X", 136643200, "<DEL>", 136643300).mane
    assert (found.terms, found.hgvs_c, found.hgvs_p, found.exon) == (("upstream_gene_variant",), "", None, None)


def test_an_insertion_of_unknown_length_in_a_splice_site_breaks_it():
    start = PANEL.loci[Gene.CD40LG].mane.models[Build.GRCH38].exons[1].start
    assert told("GRCh38", "X", start - 2, "<INS>", start - 2).mane.terms == ("splice_acceptor_variant",)


@pytest.mark.parametrize(
    ("lost", "alt", "verb"),
    [(8, "", "del"), (8, "CCCC", "delinsCCCC")],
)
def test_past_the_embedded_sequence_a_change_is_named_as_written(lost, alt, verb, effects):
    piece = PANEL.loci[Gene.CD40LG].slices[Build.GRCH38]
    ref = piece.bases(piece.end - 3, piece.end) + "A" * (lost - 3)  # reaches five bases out
    base = ref[0]
    found = effects("GRCh38", "X", piece.end - 3, ref, base + alt, normalised=False)
    assert found.hgvs_g == f"NC_000023.11:g.{piece.end - 2}_{piece.end + 5}{verb}"
    assert {effect.flags for effect in found.effects} == {("outside_embedded_sequence",)}
    assert found.mane.terms == ("downstream_gene_variant",)


def test_the_3_prime_utr_of_pms2_goes_on_outside(effects):
    piece = PANEL.loci[Gene.PMS2].slices[Build.GRCH38]
    ref = "A" * 5 + piece.bases(piece.start, piece.start + 4)
    mane = effects("GRCh38", "7", piece.start - 5, ref, "A", normalised=False).mane
    assert (mane.terms, mane.exon) == (("3_prime_UTR_variant",), "15/15")


@pytest.mark.parametrize(
    ("exons", "level"),
    [
        ((2, 2), "caution"),
        ((6, 7), ""),
        ((8, 8), ""),
        ((9, 9), "hard"),
        ((10, 10), ""),
        ((11, 12), "hard"),
        ((1, 15), "hard"),
    ],
)
def test_pms2_exons_that_short_reads_can_place(exons, level):
    model = PANEL.loci[Gene.PMS2].mane.models[Build.GRCH38].exons
    high, low = model[exons[0] - 1], model[exons[1] - 1]
    found = annotate_allele(PANEL, symbolic("GRCh38", "7", low.start - 60, "<DEL>", high.end + 60))
    assert found.paralogue in ((level, "") if level == "caution" else (level,))
    assert "exon_loss_variant" in found.effects.mane.terms or exons == (1, 15)


@pytest.mark.parametrize(
    ("name", "copies", "counted_name"),
    [
        ("g.1_9[?]", 1.0, "g.1_9[1]"),
        ("g.1_9[?]", 0.0, "g.1_9[0]"),
        ("g.1_9[?]", 1.4, "g.1_9[?]"),
        ("g.1_9del", 1.0, "g.1_9del"),
        ("NC_000023.11:g.?_?ins[NC_000023.11:g.(?_2)_(9_?)]", 3.0, "NC_000023.11:g.(?_2)_(9_?)[3]"),
        ("NC_000023.11:g.?_?ins[NC_000023.11:g.2_9]", 2.4, "NC_000023.11:g.?_?ins[NC_000023.11:g.2_9]"),
    ],
)
def test_copies_of_a_person_are_named_only_as_counted(name, copies, counted_name):
    assert counted(name, copies) == counted_name


@pytest.mark.parametrize(
    ("moved", "is_it"),
    [(0, True), (-878, True), (-400, True), (60, True), (-1756, True), (878, True), (-1757, False), (879, False)],
)
def test_the_recurrent_deletion_by_its_ends(moved, is_it):
    for known in (deletion_in_gene(PANEL, Build.GRCH38), deletion_in_pseudogene(Build.GRCH38)):
        assert known.covers(known.pos + 1 + moved, known.end + moved) is is_it
        assert not known.covers(known.pos + 1, known.end - 879)


def test_the_recurrent_deletion_in_the_older_build():
    known = deletion_in_gene(PANEL, Build.GRCH37)
    assert (known.pos, known.end) == (153786229, 153797913)
    assert deletion_in_pseudogene(Build.GRCH37) is None
    flags = told("GRCh37", "X", known.pos, "<DEL>", known.end).mane.flags
    assert "recurrent_deletion" in flags


def test_deletions_over_each_exon_are_those_bcftools_finds(tmp_path):
    """bcftools counts the records over each exon by POS and END; the exons told must be the same ones."""
    gene, build = Gene.CD40, Build.GRCH38
    locus = PANEL.loci[gene]
    exons = locus.mane.models[build].exons
    rng = random.Random(7)
    rows = []
    while len(rows) < 300:
        pos = rng.randrange(locus.slices[build].start + 10, locus.slices[build].end - 7000)
        if any(exon.end == pos for exon in exons):
            continue  # there bcftools counts the base before the change as well
        rows.append((pos, pos + rng.randrange(1, 6900)))
    rows.sort()
    vcf = tmp_path / "deletions.vcf.gz"
    text = ["##fileformat=VCFv4.2", "##contig=<ID=20>", '##INFO=<ID=END,Number=1,Type=Integer,Description="End">']
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
    text += [f"20\t{pos}\t{number}\tN\t<DEL>\t.\t.\tEND={end}" for number, (pos, end) in enumerate(rows)]
    with pysam.BGZFile(str(vcf), "wb") as out:
        out.write(("\n".join(text) + "\n").encode())
    pysam.tabix_index(str(vcf), preset="vcf", force=True)
    theirs = {
        (int(line.split("\t")[2]), number)
        for number, exon in enumerate(exons, 1)
        for line in pysam.bcftools.view("-H", "-r", f"20:{exon.start}-{exon.end}", str(vcf)).splitlines()
    }
    ours = set()
    for record, (pos, end) in enumerate(rows):
        written = told(build, "20", pos, "<DEL>", end, margins="?").mane.exon
        if written:
            first, _, last = written.partition("/")[0].partition("-")
            ours |= {(record, number) for number in range(int(first), int(last or first) + 1)}
    assert len(theirs) > 300
    assert ours == theirs


def test_every_flag_of_a_consequence_has_a_sentence():
    words = ("in_frame", "shifts", "first", "last", "utr", "open")
    flags = {flag for row in ROWS for flag in row["flags"].split(",")}
    flags |= {f"{kind}:{word}" for kind in ("exon_loss", "tandem_copy") for word in words}
    flags |= {"exon_loss:penultimate", "start_proximal", "next_met:21", "utr_runs_out", "no_stop"}
    told = {flag: effect_sentences([flag])[0] for flag in flags}
    assert len(set(told.values())) == len(flags)
    assert "residue 21" in told["next_met:21"]
    assert "11.7-kb deletion of IKBKG" in told["recurrent_deletion"]
