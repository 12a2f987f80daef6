"""What the tables say of exons, codons and listed alleles is checked against the embedded sequence."""

import pytest

from higm_annot.evidence.names import allele_of
from higm_annot.knowledge import tables
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

COMPLEMENT = str.maketrans("ACGT", "TGCA")


def coding_sequence(gene):
    locus = load_panel().loci[gene]
    model = locus.mane.models[Build.GRCH38]
    pieces = []
    for exon in model.exons:
        low, high = max(exon.start, model.cds.start), min(exon.end, model.cds.end)
        if low <= high:
            bases = locus.slices[Build.GRCH38].bases(low, high)
            pieces.append(bases if locus.strand > 0 else bases.translate(COMPLEMENT)[::-1])
    return "".join(pieces)


@pytest.mark.parametrize("gene", list(Gene))
def test_exon_facts_are_those_of_the_transcript(gene):
    transcript = load_panel().loci[gene].mane
    model = transcript.models[Build.GRCH38]
    lengths = [max(0, min(exon.end, model.cds.end) - max(exon.start, model.cds.start) + 1) for exon in model.exons]
    facts = [tables.exons()[gene, number] for number in range(1, len(lengths) + 1)]
    assert [fact.coding_bases for fact in facts] == lengths
    assert len([key for key in tables.exons() if key[0] is gene]) == len(lengths)
    end = 0
    for fact in facts:
        if fact.coding_bases:
            assert (fact.cds_start, fact.cds_end) == (end + 1, end + fact.coding_bases)
            end = fact.cds_end
    assert end == 3 * (tables.genes()[gene].protein_length + 1) == len(coding_sequence(gene))


def test_ikbkg_exon_5_is_the_in_frame_one_of_the_rule():
    fact = tables.exons()[Gene.IKBKG, 5]
    assert (fact.cds_start, fact.cds_end, fact.coding_bases) == (519, 671, 153)


def test_codon_21_is_the_next_methionine_of_cd40lg():
    sequence = coding_sequence(Gene.CD40LG)
    codons = [sequence[place : place + 3] for place in range(0, len(sequence), 3)]
    assert codons.index("ATG", 1) + 1 == 21
    (rule,) = [rule for rule in tables.null_caps() if rule.code == "cd40lg_start_proximal"]
    assert rule.codon_high == 20


@pytest.mark.parametrize("allele", list(tables.listed_alleles().values()), ids=lambda row: f"{row.gene}-{row.hgvs_c}")
def test_listed_alleles_stand_where_their_name_says(allele):
    locus = load_panel().loci[allele.gene]
    pos, ref, alt = allele_of(locus, locus.mane, allele.hgvs_c, Build.GRCH38)
    assert allele.key_grch38 == f"GRCh38:{locus.contig}:{pos}:{ref}:{alt}"


def test_all_one_base_changes_to_the_listed_stops_are_listed():
    sequence = coding_sequence(Gene.AICDA)
    stops = set()
    for codon in (189, 190):
        before = sequence[3 * codon - 3 : 3 * codon]
        for offset in range(3):
            for base in "ACGT":
                if before[:offset] + base + before[offset + 1 :] in ("TAA", "TAG", "TGA"):
                    stops.add(f"c.{3 * codon - 2 + offset}{before[offset]}>{base}")
    listed = {row.hgvs_c for row in tables.listed_alleles().values() if row.mechanism == "dominant_negative"}
    assert listed == stops
