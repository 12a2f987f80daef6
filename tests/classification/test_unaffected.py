"""BS2: who is counted, how many are enough, and what never counts."""

import pytest

from higm_annot.classification.classify import classify
from higm_annot.classification.types import Class, Mechanism
from higm_annot.classification.unaffected import unaffected
from higm_annot.consequence.types import AlleleEffects, Effect, Impact
from higm_annot.evidence.types import Frequency, Record, RecordKind
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Gene


def allele(gene, terms="missense_variant", key="GRCh38:20:1:A:T"):
    effect = Effect(
        accession="NM_1.1", gene=Gene(gene), mane_select=True, terms=(terms,), impact=Impact.MODIFIER, hgvs_c="c.1A>T",
        hgvs_p=None, exon="2/9", intron=None, cds_start=1, cds_end=1, protein_start=1, protein_end=1, codons=None,
        amino_acids=None, escapes_nmd=None, stop_codon=None,
    )  # fmt: skip
    return AlleleEffects(key, effect.gene, "NC:g.1A>T", {"GRCh38": key}, (effect,), ())


def people(homozygotes=None, hemizygotes=None, *, value=1e-6, number=150000, reliable=True, current=True, filters=""):
    frequency = Frequency(value, number, "gnomAD v4", reliable, homozygotes, hemizygotes, filters=filters)
    return Record(RecordKind.FREQUENCY, "gnomAD", "row", "2024", current, "", frequency=frequency)


def judged(found):
    one = next(one for one in found.judged if one.code == "BS2")
    assert not one.reason or text(f"audit.{one.reason}")
    return f"{one.state.value}:{one.reason}"


def met(found):
    return {one.code for one in found.criteria}


@pytest.mark.parametrize(
    ("gene", "counts", "code"),
    [
        ("CD40LG", {"hemizygotes": 1}, None),
        ("CD40LG", {"hemizygotes": 2}, "BS2_Supporting"),
        ("CD40LG", {"hemizygotes": 3}, "BS2"),
        ("CD40LG", {"hemizygotes": 0, "homozygotes": 9}, None),
        *((gene, {"homozygotes": 2}, None) for gene in ("CD40", "AICDA", "UNG")),
        *((gene, {"homozygotes": 3}, "BS2_Supporting") for gene in ("CD40", "AICDA", "UNG")),
        ("CD40", {"homozygotes": 40}, "BS2_Supporting"),
        ("AICDA", {"homozygotes": 0, "hemizygotes": 9}, None),
    ],
)
def test_how_many_people_count_in_each_gene(gene, counts, code):
    found = classify(allele(gene), (people(**counts),), "")
    assert {one for one in met(found) if one.startswith("BS2")} == ({code} if code else set())
    assert judged(found) == ("met:" if code else "not_met:few_genotypes")


@pytest.mark.parametrize(
    ("gene", "reason"), [("PMS2", "no_data:specification_trans"), ("IKBKG", "no_data:no_healthy_adults")]
)
def test_genes_in_which_nobody_is_counted(gene, reason):
    found = classify(allele(gene), (people(50, 50),), "")
    assert judged(found) == reason
    assert not any(one.startswith("BS2") for one in met(found))


@pytest.mark.parametrize(
    ("record", "paralogue", "reason"),
    [
        (people(9, reliable=False), "", "no_data:no_genotype_counts"),
        (people(9, reliable=False, filters="AC0"), "", "no_data:no_genotype_counts"),
        (people(9, number=1999), "", "no_data:no_genotype_counts"),
        (people(9, number=None), "", "no_data:no_genotype_counts"),
        (people(9, current=False), "", "no_data:no_genotype_counts"),
        (people(None), "", "no_data:no_genotype_counts"),
        (people(9), "hard", "no_data:frequency_unreliable"),
        (people(9, value=0.06), "", "not_met:counted_as_BA1"),
    ],
)
def test_counts_that_mean_nothing_give_nothing(record, paralogue, reason):
    found = classify(allele("CD40"), (record,), paralogue)
    assert judged(found) == reason
    assert not any(one.startswith("BS2") for one in met(found))


def test_of_a_gene_without_a_row_nothing_is_counted():
    found, said = unaffected(Gene.PMS2, (people(9),), "", listed_as="", stands_alone=False)
    assert (found, said.reason) == (None, "no_healthy_adults")


def test_people_of_two_datasets_are_not_added():
    found = classify(allele("CD40"), (people(2), people(2)), "")
    assert judged(found) == "not_met:few_genotypes"


@pytest.mark.parametrize("listed_as", [Mechanism.HYPOMORPHIC, Mechanism.DOMINANT_NEGATIVE])
def test_a_late_mild_or_dominant_allele_may_be_carried_in_health(listed_as):
    found, said = unaffected(Gene.CD40LG, (people(hemizygotes=9),), "", listed_as=listed_as, stands_alone=False)
    assert (found, said.reason) == (None, "late_or_mild")


def test_a_rare_allele_seen_in_people_is_not_told_rare():
    found = classify(allele("CD40LG"), (people(hemizygotes=2),), "")
    assert met(found) == {"BS2_Supporting"}
    assert next(one.reason for one in found.judged if one.code == "PM2") == "people_seen"
    assert (found.class_, found.reason) == (Class.UNCERTAIN, "benign_single")


def test_three_boys_are_a_strong_criterion_that_names_them():
    found = classify(allele("CD40LG"), (people(hemizygotes=3),), "")
    assert (found.class_, found.points) == (Class.LIKELY_BENIGN, -4)
    (one,) = found.criteria
    assert "3 males with the allele as their only copy among the people of gnomAD v4" in one.evidence
    assert "SCID-VCEP-IL2RG" in one.source.split(";")


def test_a_null_change_in_people_is_not_pathogenic_by_itself():
    null = allele("CD40LG", "stop_gained")
    assert classify(null, (), "").points > classify(null, (people(hemizygotes=3),), "").points
