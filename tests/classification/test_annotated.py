"""Alleles taken through the consequence room: listed names, known classes and the traps of the literature."""

import pytest

from higm_annot.classification.classify import classify
from higm_annot.classification.types import Class
from higm_annot.consequence.annotate import annotate
from higm_annot.evidence.names import allele_of
from higm_annot.evidence.snapshot import allele_keys, records_for
from higm_annot.intake.types import Allele
from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.knowledge.tables import listed_alleles
from higm_annot.reference.convert import convert_allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene


def allele_at(build, contig, pos, ref, alt):
    return Allele(build, Contig(contig), pos, ref, alt, pos + len(ref) - 1)


def by_key(key):
    _, contig, pos, ref, alt = key.split(":")
    return allele_at(Build.GRCH38, contig, int(pos), ref, alt)


def by_name(gene, name):
    locus = load_panel().loci[gene]
    return allele_at(Build.GRCH38, locus.contig, *allele_of(locus, locus.mane, name, Build.GRCH38))


def classified(allele):
    panel = load_panel()
    effects = annotate(panel, allele)
    hit = paralogue_at(panel, allele.build, allele.contig, allele.pos, allele.end)
    return effects, classify(effects, records_for(effects.keys["GRCh38"]), hit.level if hit else "")


@pytest.mark.parametrize("listed", list(listed_alleles().values()), ids=lambda row: f"{row.gene}-{row.hgvs_c}")
def test_listed_names_are_those_of_the_sequence(listed):
    effects, found = classified(by_key(listed.key_grch38))
    assert effects.mane.hgvs_c == listed.hgvs_c
    assert effects.mane.hgvs_p == listed.hgvs_p
    assert [item.value for item in found.mechanisms] == [listed.mechanism]
    if listed.class_:
        assert found.class_.is_pathogenic
        assert found.basis in ("published", "listed")


CASES = [  # gene, name on MANE, class, reason, mechanism
    ("CD40LG", "c.340del", "Likely pathogenic", "listed", "loss_of_function"),
    ("CD40LG", "c.31C>T", "Pathogenic", "published_current", "loss_of_function"),
    ("CD40LG", "c.655G>A", "Likely benign", "published_current", "loss_of_function"),
    ("CD40LG", "c.542G>C", "Uncertain significance", "published_conflicting", "loss_of_function"),
    ("CD40", "c.256+2T>C", "Pathogenic", "published_current", "loss_of_function"),
    ("AICDA", "c.334C>T", "Pathogenic", "published_current", "loss_of_function"),
    ("AICDA", "c.568C>T", "Likely pathogenic", "listed", "dominant_negative"),
    ("AICDA", "c.544-2A>G", "Likely pathogenic", "listed", "loss_of_function"),
    ("AICDA", "c.74G>A", "Likely benign", "published_current", "loss_of_function"),
    ("AICDA", "c.456A>G", "Likely benign", "published_current", "unknown"),
    ("AICDA", "c.428-2A>G", "Uncertain significance", "null_capped", "loss_of_function"),
    ("AICDA", "c.557T>A", "Uncertain significance", "no_criterion", "loss_of_function"),
    ("UNG", "c.685C>T", "Pathogenic", "published_current", "loss_of_function"),
    ("UNG", "c.294del", "Uncertain significance", "reported_not_counted", "loss_of_function"),
    ("IKBKG", "c.169G>A", "Likely benign", "published_current", "unknown"),
    ("IKBKG", "c.358C>T", "Pathogenic", "published_current", "amorphic"),
    ("IKBKG", "c.518+1G>A", "Likely pathogenic", "points_null_alone", "amorphic"),
    ("IKBKG", "c.671+1G>A", "Uncertain significance", "null_capped", "exon5_loss"),
    ("IKBKG", "c.1249T>C", "Likely pathogenic", "listed", "hypomorphic"),
    ("PMS2", "c.697C>T", "Pathogenic", "published_current", "loss_of_function"),
    ("PMS2", "c.943C>T", "Pathogenic", "published_current", "loss_of_function"),
    ("PMS2", "c.1621A>G", "Benign", "published_current", "loss_of_function"),
    ("PMS2", "c.137G>T", "Likely pathogenic", "published_current", "loss_of_function"),  # founder, below BS1
]


@pytest.mark.parametrize(("gene", "name", "class_", "reason", "mechanism"), CASES)
def test_known_alleles(gene, name, class_, reason, mechanism):
    effects, found = classified(by_name(Gene(gene), name))
    assert effects.mane.hgvs_c == name
    assert (found.class_.value, found.reason) == (class_, reason), found.criteria
    assert [item.value for item in found.mechanisms] == [mechanism]


@pytest.mark.parametrize(("gene", "name", "class_", "reason", "mechanism"), CASES)
def test_the_class_is_the_same_from_either_build(gene, name, class_, reason, mechanism):
    here = by_name(Gene(gene), name)
    there = convert_allele(load_panel(), here.build, here.contig, here.pos, here.ref, here.alt, Build.GRCH37)
    _, found = classified(allele_at(Build.GRCH37, *there))
    assert (found.class_.value, found.reason) == (class_, reason)


def test_every_allele_of_the_snapshot_gets_a_class_its_criteria_explain():
    for key in allele_keys():
        effects, found = classified(by_key(key))
        assert effects.keys["GRCh38"] == key
        assert found.points == sum(item.points for item in found.criteria)
        current = {item.significance for item in found.records if item.current and item.significance}
        if found.class_ is Class.PATHOGENIC:
            assert current & {"Pathogenic"}, key  # nothing here is pathogenic by points alone
        if not current:
            assert found.basis == "criteria", key
