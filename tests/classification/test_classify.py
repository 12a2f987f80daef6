"""Alleles built by hand: null changes with their caps, frequencies, published classes, mechanisms."""

import csv
from pathlib import Path

import pytest
from msgspec.structs import replace

from higm_annot.classification.classify import classify
from higm_annot.classification.criteria import lower_bound
from higm_annot.classification.types import Class, Mechanism
from higm_annot.consequence.types import AlleleEffects, Effect, Impact
from higm_annot.evidence.snapshot import records_for
from higm_annot.evidence.types import Frequency, Record, RecordKind
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Gene

NULLS = list(csv.DictReader((Path(__file__).parent / "nulls.tsv").open(), delimiter="\t"))
NMD = {"yes": True, "no": False, "": None}


def effect(
    gene, terms, *, mane=True, accession="NM_1.1", exon=None, intron=None, escapes=None, stop=None, cds=(None, None)
):
    return Effect(
        accession=accession,
        gene=Gene(gene),
        mane_select=mane,
        terms=tuple(terms.split(",")),
        impact=Impact.MODIFIER,
        hgvs_c="c.1del",
        hgvs_p=None,
        exon=exon or None,
        intron=intron or None,
        cds_start=cds[0],
        cds_end=cds[1],
        protein_start=None,
        protein_end=None,
        codons=None,
        amino_acids=None,
        escapes_nmd=escapes,
        stop_codon=stop,
    )


def allele(*effects, key="GRCh38:X:1:A:T"):
    return AlleleEffects(key, effects[0].gene, "NC:g.1A>T", {"GRCh38": key}, effects, ())


def assertion(significance, *, current=True, source="IEI-ClinVar-gnomAD"):
    return Record(RecordKind.ASSERTION, source, "row", "2025", current, "", significance)


def frequency(value, alleles, *, reliable=True):
    return Record(
        RecordKind.FREQUENCY,
        "gnomAD-r2.0",
        "row",
        "2017",
        True,
        "",
        frequency=Frequency(value, alleles, "gnomAD r2.0", reliable),
    )


def codes(result):
    return [criterion.code for criterion in result.criteria]


@pytest.mark.parametrize("row", NULLS, ids=lambda row: row["case"])
def test_null_changes(row):
    found = classify(
        allele(
            effect(
                row["gene"],
                row["terms"],
                exon=row["exon"],
                intron=row["intron"],
                escapes=NMD[row["escapes_nmd"]],
                stop=int(row["stop_codon"]) if row["stop_codon"] else None,
            )
        ),
        (),
        "",
    )
    assert codes(found) == ([row["pvs1"]] if row["pvs1"] else [])
    assert sorted(found.caps) == sorted(row["caps"].split(";") if row["caps"] else [])
    assert [item.value for item in found.mechanisms] == [row["mechanism"]]
    assert found.class_ is (Class.LIKELY_PATHOGENIC if row["pvs1"] == "PVS1" else Class.UNCERTAIN)
    assert found.reason == ("points_null_alone" if row["pvs1"] == "PVS1" else "null_capped")


TREE = list(csv.DictReader((Path(__file__).parent / "pvs1_tree.tsv").open(), delimiter="\t"))


@pytest.mark.parametrize("row", TREE, ids=lambda row: f"{row['leaf']}-{row['gene']}")
def test_every_leaf_of_the_published_tree(row):
    """Abou Tayoun 2018, Figure 1; duplications are held in test_copied_exons.py. What differs says why."""
    stop = int(row["stop_codon"]) if row["stop_codon"] else None
    shape = effect(
        row["gene"], row["terms"], exon=row["exon"], intron=row["intron"], escapes=NMD[row["escapes_nmd"]], stop=stop
    )
    elsewhere = effect("UNG", "stop_gained", mane=False, accession="NM_003362.4", exon="1/6", escapes=False, stop=20)
    found = classify(
        allele(shape, elsewhere) if row["tree"] == "none" and row["gene"] == "UNG" else allele(shape), (), ""
    )
    assert codes(found) == ([row["pvs1"]] if row["pvs1"] else [])
    assert (row["pvs1"] or "none") == row["tree"] or row["why_not_as_the_tree"]


@pytest.mark.parametrize("row", [row for row in NULLS if row["caps"]], ids=lambda row: row["case"])
def test_a_capped_null_gives_no_class_even_when_rare(row):
    shape = effect(
        row["gene"],
        row["terms"],
        exon=row["exon"],
        intron=row["intron"],
        escapes=NMD[row["escapes_nmd"]],
        stop=int(row["stop_codon"]) if row["stop_codon"] else None,
    )
    found = classify(allele(shape), (frequency(0.0, 150000),), "")
    assert "PM2_Supporting" in codes(found)
    assert found.class_ is Class.UNCERTAIN


def test_a_null_with_a_rare_frequency_is_likely_pathogenic_and_says_it_rests_on_the_null():
    found = classify(
        allele(effect("CD40", "stop_gained", exon="3/9", escapes=False, stop=60)), (frequency(1e-6, 150000),), ""
    )
    assert (found.class_, found.points, found.reason) == (Class.LIKELY_PATHOGENIC, 9, "points_null_alone")


def test_only_a_named_stop_is_dominant():
    listed = allele(effect("AICDA", "stop_gained", exon="5/5", escapes=True, stop=190), key="GRCh38:12:8604313:G:A")
    found = classify(listed, (), "")
    assert found.mechanisms == (Mechanism.DOMINANT_NEGATIVE,)
    assert found.class_ is Class.LIKELY_PATHOGENIC
    assert found.basis == "listed"
    assert "aicda_possible_dominant" not in found.caps
    assert found.records[-1].scope == "HIGM2AD"


def test_a_change_of_ung1_only_counts_nothing():
    found = classify(
        allele(
            effect("UNG", "intron_variant", intron="1/6"),
            effect("UNG", "stop_gained", mane=False, accession="NM_003362.4", exon="1/6", escapes=False, stop=20),
        ),
        (),
        "",
    )
    assert found.caps == ("ung1_only",)
    assert found.criteria == ()
    assert (found.class_, found.reason) == (Class.UNCERTAIN, "effect_elsewhere_only")


def test_ikbkg_mechanisms_that_are_not_null():
    missense = classify(allele(effect("IKBKG", "missense_variant", exon="4/10")), (), "hard")
    assert missense.mechanisms == (Mechanism.UNKNOWN,)
    assert missense.reason == "no_criterion"
    exon5 = classify(allele(effect("IKBKG", "inframe_deletion", exon="5/10", cds=(519, 671))), (), "hard")
    assert exon5.mechanisms == (Mechanism.EXON5_LOSS,)
    inside = classify(allele(effect("IKBKG", "inframe_deletion", exon="5/10", cds=(520, 671))), (), "hard")
    assert inside.mechanisms == (Mechanism.UNKNOWN,)


def test_frequencies_that_are_no_data_are_not_rarity():
    shape = allele(effect("CD40", "missense_variant", exon="3/9"))
    for record in (
        frequency(0.0, 0),
        frequency(None, None),
        frequency(0.0, None),
        frequency(0.0, 150000, reliable=False),
        frequency(0.0, 1999),
    ):
        assert classify(shape, (record,), "").criteria == (), record
    assert codes(classify(shape, (frequency(0.0, 10000),), "")) == ["PM2_Supporting"]
    assert classify(shape, (frequency(0.3, 150000),), "hard").criteria == ()
    assert classify(shape, (), "").criteria == ()


@pytest.mark.parametrize(
    ("gene", "value", "expected", "class_"),
    [
        ("PMS2", 0.00281, ["BA1"], Class.BENIGN),
        ("PMS2", 0.00279, ["BS1"], Class.LIKELY_BENIGN),
        ("PMS2", 0.000282, ["BS1"], Class.LIKELY_BENIGN),
        ("PMS2", 0.00027, [], Class.UNCERTAIN),  # version 1.0 of the specification had BS1 from 0.0001
        ("PMS2", 0.00002, [], Class.UNCERTAIN),  # below 1 in 50,000 is asked for
        ("PMS2", 0.0000199, ["PM2_Supporting"], Class.UNCERTAIN),
        ("CD40LG", 0.00101, ["BA1"], Class.BENIGN),
        ("AICDA", 0.000177, [], Class.UNCERTAIN),
        ("AICDA", 0.00276, [], Class.UNCERTAIN),
        ("AICDA", 0.0051, ["BS1"], Class.LIKELY_BENIGN),
    ],
)
def test_frequency_limits(gene, value, expected, class_):
    counted = frequency(value, 10**9)  # so many that the bound is the frequency
    found = classify(allele(effect(gene, "missense_variant", exon="2/9")), (counted,), "")
    assert codes(found) == expected
    assert found.class_ is class_


@pytest.mark.parametrize(
    ("gene", "count", "alleles", "expected"),
    [
        ("PMS2", 1, 3000, None),  # 0.033 %, above 0.028 % by one allele
        ("PMS2", 43, 150000, None),  # 0.0287 %, at least 0.0219 %
        ("PMS2", 56, 150000, "BS1"),  # 0.0373 %, at least 0.0295 %
        ("PMS2", 428, 150000, "BS1"),  # 0.285 %, at least 0.263 %: not sure to be above 0.28 %
        ("PMS2", 470, 150000, "BA1"),
        ("CD40LG", 1, 2000, None),  # 0.05 %, five times the limit, by one allele
        ("CD40LG", 2, 2000, "BS1"),  # 0.1 %, at least 0.017 %
        ("CD40LG", 40, 100000, "BS1"),
        ("AICDA", 12, 2000, None),  # 0.6 %, at least 0.35 %
    ],
)
def test_a_frequency_is_too_high_only_where_its_lower_bound_is(gene, count, alleles, expected):
    record = frequency(count / alleles, alleles)
    found = classify(allele(effect(gene, "missense_variant", exon="2/9")), (record,), "")
    assert codes(found) == ([expected] if expected else [])
    if expected is None:
        reasons = {one.code: one.reason for one in found.judged}
        assert reasons["BS1"] == "frequency_unsure"
        assert text("audit.frequency_unsure")


@pytest.mark.parametrize(("count", "exact"), [(3, 0.818), (10, 5.425), (30, 21.59), (100, 84.14)])
def test_the_bound_is_that_of_a_poisson_count_and_never_above_it(count, exact):
    """Exact one-sided lower 95 % limits of Poisson counts, from tables."""
    found = lower_bound(count / 1000, 1000) * 1000
    assert found == pytest.approx(exact, rel=0.02)
    assert found <= exact + 0.005
    assert lower_bound(0.0, 150000) == 0
    assert 0 < lower_bound(1e-5, 100000) < 0.0513e-5


@pytest.mark.parametrize(
    ("gene", "alleles", "rare"),
    [
        ("PMS2", 49999, False),
        ("PMS2", 50000, True),
        ("CD40LG", 49999, False),
        ("CD40LG", 50000, True),
        ("IKBKG", 50000, True),
        ("CD40", 9999, False),
        ("CD40", 10000, True),
        ("AICDA", 10000, True),
        ("UNG", 10000, True),
    ],
)
def test_an_allele_is_rare_only_where_a_single_one_would_not_be_above_the_limit(gene, alleles, rare):
    found = classify(allele(effect(gene, "missense_variant", exon="2/9")), (frequency(0.0, alleles),), "")
    assert codes(found) == (["PM2_Supporting"] if rare else [])
    judged = next(one for one in found.judged if one.code == "PM2")
    assert judged.reason == ("" if rare else "too_few_alleles")
    assert rare or text("audit.too_few_alleles")


def test_rarity_is_told_by_the_dataset_with_the_most_alleles():
    records = (frequency(0.0, 2000), frequency(0.0, 150000))
    found = classify(allele(effect("PMS2", "missense_variant", exon="2/9")), records, "")
    assert "among 150000 alleles" in found.criteria[0].evidence


def test_of_several_datasets_the_surest_counts():
    few, many = frequency(0.0005, 2000), frequency(0.0004, 1000000)
    found = classify(allele(effect("PMS2", "missense_variant", exon="2/9")), (few, many), "")
    assert codes(found) == ["BS1"]
    assert "among 1000000 alleles" in found.criteria[0].evidence


GROUP_MAX = [  # gene, filtering allele frequency of the group, in all of 150,000, criterion, why BS1 is not met
    ("PMS2", 0.0028, 0.0004, ["BA1"], "counted_as_BA1"),
    ("PMS2", 0.00279, 0.0004, ["BS1"], ""),
    ("PMS2", 0.00028, 0.0001, ["BS1"], ""),
    ("PMS2", 0.000279, 0.0001, [], "frequency_below"),
    ("PMS2", 0.000279, 0.02, [], "group_filtering_below"),  # a founder group's allele, left out of the group maximum
    ("PMS2", None, 0.02, ["BA1"], "counted_as_BA1"),
    ("CD40LG", 0.1, 0.00005, [], "frequency_below"),  # its own limits are those of the bound of all
]


@pytest.mark.parametrize(("gene", "group", "all_", "criteria", "why"), GROUP_MAX)
def test_pms2_is_too_common_by_the_filtering_frequency_of_the_group_maximum(gene, group, all_, criteria, why):
    record = replace(frequency(all_, 150000), frequency=Frequency(all_, 150000, "gnomAD 4.1", True, faf95=group))
    found = classify(allele(effect(gene, "missense_variant", exon="2/9")), (record,), "")
    assert codes(found) == criteria
    assert next(one.reason for one in found.judged if one.code == "BS1") == why
    assert not why or text(f"audit.{why}")
    if criteria and group is not None:
        assert f"filtering allele frequency {group:.3g} in the group" in found.criteria[0].evidence


def test_a_source_that_states_the_group_maximum_decides_over_one_that_does_not():
    stated = replace(frequency(0.0001, 1500000), frequency=Frequency(0.0001, 1500000, "gnomAD 4.1", True, faf95=0.0001))
    found = classify(allele(effect("PMS2", "missense_variant", exon="2/9")), (frequency(0.02, 5000), stated), "")
    assert codes(found) == []


def test_the_most_common_population_counts():
    found = classify(
        allele(effect("PMS2", "missense_variant", exon="2/15")), (frequency(1e-6, 150000), frequency(0.01, 100000)), ""
    )
    assert codes(found) == ["BA1"]


def test_silent_and_deep_changes():
    silent = classify(allele(effect("CD40", "synonymous_variant", exon="3/9")), (), "")
    assert (codes(silent), silent.class_) == ([], Class.UNCERTAIN)  # BP7 asks for a prediction of splicing
    near = classify(allele(effect("CD40", "splice_region_variant,synonymous_variant", exon="3/9")), (), "")
    assert (near.criteria, near.class_) == ((), Class.UNCERTAIN)
    worse = classify(
        allele(
            effect("AICDA", "synonymous_variant", exon="4/5"),
            effect("AICDA", "splice_acceptor_variant", mane=False, accession="NM_001330343.2", intron="3/4"),
        ),
        (),
        "",
    )
    assert (worse.criteria, worse.reason) == ((), "effect_elsewhere_only")
    deep = classify(allele(effect("CD40", "intron_variant", intron="3/8")), (), "")
    assert (deep.class_, deep.reason, deep.mechanisms) == (Class.UNCERTAIN, "no_predicted_effect", ())
    known = classify(allele(effect("CD40", "intron_variant", intron="3/8")), (assertion("Pathogenic"),), "")
    assert (known.class_, known.mechanisms) == (Class.PATHOGENIC, (Mechanism.LOSS_OF_FUNCTION,))


@pytest.mark.parametrize(
    ("words", "class_", "reason"),
    [
        (["Pathogenic/Likely pathogenic"], Class.LIKELY_PATHOGENIC, "published_current"),
        (["Pathogenic/Likely_pathogenic"], Class.LIKELY_PATHOGENIC, "published_current"),
        (["Benign/Likely benign"], Class.LIKELY_BENIGN, "published_current"),
        (["Pathogenic", "Likely pathogenic"], Class.LIKELY_PATHOGENIC, "published_weaker_of_several"),
        (["Pathogenic", "Uncertain significance"], Class.UNCERTAIN, "published_uncertain"),
        (["Pathogenic", "Benign"], Class.UNCERTAIN, "published_sources_disagree"),
        (["Conflicting interpretations of pathogenicity"], Class.UNCERTAIN, "published_conflicting"),
        (["Pathogenic", "Conflicting classifications of pathogenicity"], Class.UNCERTAIN, "published_conflicting"),
        (["drug response"], Class.UNCERTAIN, "no_criterion"),
        (["Pathogenic (EDA-ID)"], Class.UNCERTAIN, "reported_not_counted"),
    ],
)
def test_published_words(words, class_, reason):
    found = classify(
        allele(effect("CD40", "missense_variant", exon="3/9")), tuple(assertion(word) for word in words), ""
    )
    assert (found.class_, found.reason) == (class_, reason)


def test_old_assertions_give_no_class_but_stay_visible():
    old = assertion("Pathogenic", current=False, source="ClinVar-2013")
    found = classify(allele(effect("CD40", "missense_variant", exon="3/9")), (old,), "")
    assert (found.class_, found.basis) == (Class.UNCERTAIN, "criteria")
    assert found.records == (old,)


def test_a_published_class_and_contradicting_points_are_both_shown():
    found = classify(
        allele(effect("CD40", "missense_variant", exon="3/9")), (assertion("Pathogenic"), frequency(0.2, 150000)), ""
    )
    assert (found.class_, found.basis, found.reason) == (Class.UNCERTAIN, "conflict", "published_against_points")
    assert codes(found) == ["BA1"]


KNOWN = [
    (
        "GRCh38:X:136654423:GC:G",
        effect("CD40LG", "frameshift_variant", exon="3/5", escapes=True, stop=127),
        "LP",
        "loss_of_function",
    ),
    ("GRCh38:12:8605308:G:A", effect("AICDA", "missense_variant", exon="3/5"), "P", "loss_of_function"),
    ("GRCh38:7:5987144:T:C", effect("PMS2", "missense_variant", exon="11/15"), "B", "loss_of_function"),
    ("GRCh38:X:154552171:G:A", effect("IKBKG", "missense_variant", exon="2/10"), "B", "unknown"),
    ("GRCh38:X:136659284:G:A", effect("CD40LG", "missense_variant", exon="5/5"), "B", "loss_of_function"),
    ("GRCh38:12:8606947:C:T", effect("AICDA", "missense_variant", exon="2/5"), "B", "loss_of_function"),
    ("GRCh38:12:8604894:T:C", effect("AICDA", "synonymous_variant", exon="4/5"), "B", ""),
    ("GRCh38:X:154564450:T:C", effect("IKBKG", "missense_variant", exon="10/10"), "LP", "hypomorphic"),
    (
        "GRCh38:X:154564361:G:GC",
        effect("IKBKG", "frameshift_variant", exon="10/10", escapes=True, stop=394),
        "LP",
        "hypomorphic",
    ),
    ("GRCh38:12:8604339:T:C", effect("AICDA", "splice_acceptor_variant", intron="4/4"), "LP", "loss_of_function"),
    ("GRCh38:12:8604924:T:C", effect("AICDA", "splice_acceptor_variant", intron="3/4"), "VUS", "loss_of_function"),
    ("GRCh38:X:136659171:G:C", effect("CD40LG", "missense_variant", exon="5/5"), "VUS", "loss_of_function"),
]


@pytest.mark.parametrize(("key", "shape", "expected", "mechanism"), KNOWN, ids=[item[0] for item in KNOWN])
def test_known_alleles(key, shape, expected, mechanism):
    found = classify(allele(shape, key=key), records_for(key), "")
    groups = {"P": found.class_ is Class.PATHOGENIC, "LP": found.class_ is Class.LIKELY_PATHOGENIC}
    groups |= {"B": found.class_.is_benign, "VUS": found.class_ is Class.UNCERTAIN}
    assert groups[expected], found
    assert [item.value for item in found.mechanisms] == ([mechanism] if mechanism else [])


def test_every_reason_cap_and_criterion_is_worded_and_sourced():
    for key, shape, _, _ in KNOWN:
        found = classify(allele(shape, key=key), records_for(key), "")
        assert text(f"basis.{found.reason}")
        assert all(text(f"cap.{cap}") for cap in found.caps)
        assert all(criterion.evidence and criterion.source for criterion in found.criteria)
        assert found.points == sum(criterion.points for criterion in found.criteria)
