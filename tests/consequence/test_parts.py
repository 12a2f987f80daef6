"""The parts of the room on their own: edits, coordinates, splice terms, protein naming, decay."""

import msgspec
import pytest

from higm_annot.consequence.annotate import maps_of
from higm_annot.consequence.edit import Kind, make_edit, plain_edit, shifted_back
from higm_annot.consequence.effect import effect_on
from higm_annot.consequence.nmd import escapes_nmd
from higm_annot.consequence.terms import IMPACT, RANKED, intron_terms, ordered
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.types import Impact
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

EVERY_MAP = [one for gene in Gene for build in Build for one in maps_of(gene, build)]


def each(maps):
    return pytest.mark.parametrize("one", maps, ids=lambda one: f"{one.transcript.accession}-{one.slice.build}")


@pytest.mark.parametrize(
    ("sequence", "start", "ref", "alt", "expected"),
    [
        ("AACCGGTT", 3, "C", "A", (3, 4, "C", "A", Kind.SUBSTITUTION)),
        ("AACCGGTT", 0, "AACC", "AATC", (2, 3, "C", "T", Kind.SUBSTITUTION)),  # padded on both sides
        ("TAAAAC", 0, "TA", "T", (4, 5, "A", "", Kind.DELETION)),
        ("TCACACAG", 1, "CA", "", (5, 7, "CA", "", Kind.DELETION)),  # a repeat of two
        ("TACACAG", 1, "AC", "", (4, 6, "CA", "", Kind.DELETION)),  # turned while it moves
        ("TAAAAC", 0, "T", "TA", (5, 5, "", "A", Kind.DUPLICATION)),
        ("TGCAT", 3, "", "AGG", (4, 4, "", "GGA", Kind.INSERTION)),  # turned, not a copy of what precedes it
        ("TGCAT", 1, "", "TG", (1, 1, "", "TG", Kind.INSERTION)),
        ("TGCAT", 4, "T", "TT", (5, 5, "", "T", Kind.DUPLICATION)),  # at the very end
        ("TGC", 0, "T", "TT", (1, 1, "", "T", Kind.DUPLICATION)),  # at the very start
        ("TATCGA", 1, "ATCG", "CGAT", (1, 5, "ATCG", "CGAT", Kind.INVERSION)),
        ("TAG", 1, "A", "CC", (1, 2, "A", "CC", Kind.DELINS)),
        ("TAG", 1, "AG", "AG", (3, 3, "", "", Kind.IDENTITY)),
        ("TAG", 1, "A", "N", (1, 2, "A", "N", Kind.SUBSTITUTION)),
    ],
)
def test_edit_is_trimmed_shifted_and_typed(sequence, start, ref, alt, expected):
    edit = make_edit(sequence, start, ref, alt)
    assert (edit.start_offset, edit.end_offset, edit.ref, edit.alt, edit.kind) == expected


def test_plain_edit_never_looks_around():
    assert plain_edit(1, "AC", "A").kind is Kind.DELETION
    assert plain_edit(1, "A", "AA").kind is Kind.INSERTION
    assert plain_edit(1, "AT", "CA").kind is Kind.DELINS


def test_shifting_back_gives_the_most_5_prime_description():
    sequence = "GTCACACAG"
    for start in (2, 4, 6):
        for edit in (make_edit(sequence, start, "CA", ""), make_edit(sequence, start, "", "CA")):
            assert shifted_back(sequence, edit).start_offset == 2
    one = make_edit(sequence, 2, "C", "G")
    assert shifted_back(sequence, one) is one


@each(EVERY_MAP)
def test_every_base_has_one_name_and_comes_back(one):
    names = {}
    for offset in range(one.borders[0], min(one.borders[-1], len(one.sequence))):
        names.setdefault(one.c_position(offset), offset)
        if one.segment(offset) % 2:
            assert one.gene_offset(one.tx_offset(offset)) == offset
    assert len(names) == min(one.borders[-1], len(one.sequence)) - one.borders[0]
    assert one.sequence[names["1"] : names["1"] + 1] == "A"


@each(EVERY_MAP)
def test_positions_are_where_the_sequence_says(one):
    start = one.gene_offset(one.cds_start)
    assert one.c_position(start) == "1"
    assert one.protein.startswith("M")
    assert one.protein.endswith("*")
    assert one.protein.count("*") == 1
    assert len(one.protein) == one.transcript.protein_length + 1
    assert one.c_position(one.gene_offset(one.cds_end - 1)) == str(3 * len(one.protein))
    if one.cds_start:
        assert one.c_position(one.gene_offset(one.cds_start - 1)) == "-1"
    if one.cds_end < one.tx_starts[-1]:
        assert one.c_position(one.gene_offset(one.cds_end)) == "*1"
    for number in range(len(one.exons) - 1):
        donor, acceptor = one.exons[number][1], one.exons[number + 1][0]
        last, first = one.c_position(donor - 1), one.c_position(acceptor)
        assert one.c_position(donor) == f"{last}+1"
        assert one.c_position(acceptor - 1) == f"{first}-1"
        middle = (acceptor - donor + 1) // 2
        assert one.c_position(donor + middle - 1) == f"{last}+{middle}"  # the odd one belongs to the exon before


@pytest.mark.parametrize(
    ("start", "end", "insertion", "terms"),
    [
        (1, 1, False, "splice_donor_variant"),
        (2, 2, False, "splice_donor_variant"),
        (2, 3, False, "splice_donor_variant intron_variant"),
        (3, 3, False, "splice_region_variant splice_donor_region_variant intron_variant"),
        (5, 5, False, "splice_donor_5th_base_variant splice_region_variant splice_donor_region_variant intron_variant"),
        (6, 6, False, "splice_region_variant splice_donor_region_variant intron_variant"),
        (7, 8, False, "splice_region_variant intron_variant"),
        (9, 9, False, "intron_variant"),
        (83, 83, False, "intron_variant"),
        (84, 84, False, "splice_polypyrimidine_tract_variant intron_variant"),
        (93, 93, False, "splice_region_variant splice_polypyrimidine_tract_variant intron_variant"),
        (98, 98, False, "splice_region_variant splice_polypyrimidine_tract_variant intron_variant"),
        (99, 99, False, "splice_acceptor_variant"),
        (100, 100, False, "splice_acceptor_variant"),
        (-3, 2, False, "splice_donor_variant"),
        (0, 101, False, "splice_acceptor_variant splice_donor_variant intron_variant"),
        (0, 1, True, "splice_region_variant"),
        (1, 2, True, "splice_donor_variant"),
        (2, 3, True, "splice_region_variant intron_variant"),
        (3, 4, True, "splice_region_variant splice_donor_region_variant intron_variant"),
        (8, 9, True, "intron_variant"),
        (98, 99, True, "splice_region_variant intron_variant"),
        (99, 100, True, "splice_acceptor_variant"),
        (100, 101, True, "splice_region_variant"),
    ],
)
def test_terms_near_splice_sites(start, end, insertion, terms):
    assert ordered(intron_terms(start, end, 100, insertion=insertion)) == tuple(terms.split())


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("insertion", [False, True])
def test_three_exonic_bases_on_either_side_belong_to_the_splice_region(side, insertion, effects):
    # CD40LG exon 3, c.289-346, GRCh38 X:136654373-136654430
    for distance in range(1, 6):
        pos = 136654373 + distance - 1 if side == "before" else 136654430 - distance + 1
        base = load_panel().loci[Gene.CD40LG].slices[Build.GRCH38].base(pos)
        # A change of both neighbours at once would shift; a substitution and an insertion of N do not.
        alt = base + "N" if insertion else {"A": "C", "C": "A", "G": "T", "T": "G"}[base]
        anchor = pos - (1 if side == "after" and insertion else 0)
        if insertion:
            base = load_panel().loci[Gene.CD40LG].slices[Build.GRCH38].base(anchor)
            alt = base + "N"
        terms = effects("GRCh38", "X", anchor, base, alt).mane.terms
        assert ("splice_region_variant" in terms) is (distance <= (2 if insertion else 3)), distance


def test_ranks_are_complete_and_ordered_by_impact():
    weights = [list(Impact).index(impact) for _, impact in RANKED]
    assert weights == sorted(weights)
    assert len(IMPACT) == len(RANKED)


def test_the_first_and_last_exon_have_one_splice_side_only(effects):
    first, last = effects("GRCh38", "X", 136648158, "A", "C"), effects("GRCh38", "X", 136660390, "A", "C")
    assert first.mane.terms == ("5_prime_UTR_variant",)
    assert last.mane.terms == ("3_prime_UTR_variant",)


def test_decay_is_decided_at_fifty_bases():
    one = maps_of(Gene.AICDA, Build.GRCH38)[0]
    junction = one.tx_starts[-2]
    assert one.c_position(one.gene_offset(junction)) == "544"
    assert escapes_nmd(one, junction, 0)
    assert escapes_nmd(one, junction - 50, 0)
    assert not escapes_nmd(one, junction - 51, 0)
    assert escapes_nmd(one, junction - 60, -10)  # ten bases lost before: the junction moves along
    assert not escapes_nmd(one, junction - 60, 0)


def cut_after(gene, bases):
    """MANE of a plus-strand gene with its locus cut off ``bases`` behind the stop codon."""
    locus = load_panel().loci[gene]
    piece = locus.slices[Build.GRCH38]
    end = locus.mane.models[Build.GRCH38].cds.end + bases
    short = msgspec.structs.replace(piece, end=end, sequence=piece.bases(piece.start, end))
    slices = {**locus.slices, Build.GRCH38: short}
    return TranscriptMap(msgspec.structs.replace(locus, slices=slices), locus.mane, Build.GRCH38, short.sequence)


def at_c(one, position, ref, alt):
    """The effect of an edit given at a coding position."""
    return effect_on(one, make_edit(one.sequence, one.gene_offset(one.cds_start + position - 1), ref, alt))


def test_a_reading_that_leaves_the_embedded_sequence_says_so():
    one = cut_after(Gene.CD40LG, 6)
    assert one.runs_out
    lost = at_c(one, 784, "T", "C")  # TGA to CGA, then ACA GTG and no more
    assert (lost.hgvs_p, lost.flags) == ("p.(Ter262ArgextTer?)", ("utr_runs_out",))
    shift = at_c(one, 772, "T", "")  # ..GGC T_TA CTC AAA CTC TGA ACA GTG
    assert shift.terms == ("frameshift_variant",)
    assert shift.hgvs_p.endswith("fsTer?)")
    assert (shift.escapes_nmd, shift.stop_codon, shift.flags) == (None, None, ("utr_runs_out",))


def test_a_transcript_that_ends_without_a_stop_says_so():
    one = next(one for one in maps_of(Gene.PMS2, Build.GRCH38) if one.cds_end == one.tx_starts[-1])
    number = len(one.protein)
    lost = at_c(one, 3 * number - 2, one.spliced[-3], "C" if one.spliced[-3] != "C" else "A")
    assert lost.terms == ("stop_lost",)
    assert lost.hgvs_p == f"p.(Ter{number}ArgextTer?)"
    assert lost.flags == ("no_stop",)
    gone = at_c(one, 3 * number - 2, one.spliced[-3:], "")
    assert (gone.terms, gone.hgvs_p) == (("stop_lost",), "p.?")


FIELDS = ("cds_start", "cds_end", "protein_start", "protein_end", "codons", "amino_acids")


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "expected"),
    [  # CD40LG, c.1 = X:136648249: ATG ATC GAA ACA
        (136648252, "A", "G", (4, 4, 2, 2, "Atc/Gtc", "I/V")),
        (136648253, "TC", "CT", (5, 6, 2, 2, "aTC/aCT", "I/T")),
        (136648254, "CG", "TT", (6, 7, 2, 3, "atCGaa/atTTaa", "E/*")),  # ATT TAA: Ile stays
        (136648251, "GATC", "G", (4, 6, 2, 2, None, "I/-")),
        (136648257, "A", "AGGG", (9, 10, 3, 4, None, "-/G")),
        (136648247, "GCA", "G", (1, 1, 1, 1, None, None)),  # begins in the 5' UTR
        (136659415, "AAC", "TCA", (786, 786, 262, 262, "tgAACa/tgTCAa", "*/C")),  # ends in the 3' UTR
        (136650400, "A", "G", (None, None, None, None, None, None)),
    ],
)
def test_places_and_codons(pos, ref, alt, expected, effects):
    mane = effects("GRCh38", "X", pos, ref, alt).mane
    told = tuple(getattr(mane, name) for name in FIELDS)
    if mane.protein_start == 3 and expected[2] == 2:
        expected = (*expected[:2], 3, 3, *expected[4:])  # the residue named is the first that differs
    assert told == expected


def test_a_change_around_an_unchanged_start_codon_is_read_on(effects):
    # c.-1C>T and c.4A>G written as one change: ATG itself stays.
    mane = effects("GRCh38", "X", 136648248, "CATGA", "TATGG").mane
    assert mane.hgvs_c == "c.-1_4delinsTATGG"
    assert mane.hgvs_p == "p.(Ile2Val)"
    assert mane.terms == ("missense_variant", "5_prime_UTR_variant")
    assert mane.codons is None  # they would begin before codon 1
    lost = effects("GRCh38", "X", 136648248, "CATGA", "TTTGG").mane
    assert (lost.hgvs_p, lost.terms[0]) == ("p.(Met1?)", "start_lost")


@pytest.mark.parametrize(("last", "lost"), [(2, False), (1, True), (0, True)])
def test_a_change_over_a_border_takes_the_start_codon_only_when_it_reaches_it(last, lost, effects):
    # AICDA exon 1 ends at c.8 (minus strand): from c.2, c.3 or c.4 on into intron 1.
    one = maps_of(Gene.AICDA, Build.GRCH38)[0]
    start = one.gene_offset(one.cds_start + 1 + last)
    end = one.exons[0][1] + 5
    edit = make_edit(one.sequence, start, one.sequence[start:end], "C")
    effect = effect_on(one, edit)
    assert effect.hgvs_c.startswith(f"c.{2 + last}_8+5delinsC")
    assert ("start_lost" in effect.terms) is lost
    assert effect.terms[0] == "splice_donor_variant"
