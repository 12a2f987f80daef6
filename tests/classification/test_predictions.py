"""PP3, BP4 and BP7: every limit of every program, by hand; one prediction alone never reassures."""

import csv
import itertools
from pathlib import Path

import pytest

from higm_annot.classification.classify import classify
from higm_annot.classification.points import class_by_points, class_of, points_of
from higm_annot.classification.predictions import predictions
from higm_annot.classification.types import Class, Criterion, Mechanism, Neighbour, Surroundings
from higm_annot.consequence.types import AlleleEffects, Effect, Impact
from higm_annot.evidence.types import Prediction, Record, RecordKind
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Gene

ROWS = list(csv.DictReader((Path(__file__).parent / "predictions.tsv").open(), delimiter="\t"))


def allele(gene, terms, hgvs_c="c.100A>G", worse=(), amino_acids=None):
    effect = Effect(
        accession="NM_1.1", gene=Gene(gene), mane_select=True, terms=tuple(terms.split(",")), impact=Impact.MODIFIER,
        hgvs_c=hgvs_c, hgvs_p=None, exon="3/9", intron=None, cds_start=100, cds_end=100, protein_start=34,
        protein_end=34, codons=None, amino_acids=amino_acids, escapes_nmd=None, stop_codon=None,
    )  # fmt: skip
    key = "GRCh38:20:1:A:T"
    return AlleleEffects(key, effect.gene, "NC:g.1A>T", {"GRCh38": key}, (effect,), tuple(worse))


def score(program, value, *, current=True):
    said = Prediction(program, float(value), "")
    return Record(RecordKind.PREDICTION, program, "row", "2021", current, "", prediction=said)


def scores(words):
    return tuple(score(*one.split("=")) for one in words.split(";") if one)


def assertion(significance, *, current):
    return Record(RecordKind.ASSERTION, "ClinVar-2013", "row", "2013", current, "", significance)


def states(found):
    return {one.code: f"{one.state.value}:{one.reason}" for one in found.judged}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_every_score_comes_to_what_the_papers_say(row):
    worse = (row["worse"],) if row["worse"] else ()
    found = classify(allele(row["gene"], row["terms"], row["hgvs_c"], worse), scores(row["scores"]), "")
    met = {one.code for one in found.criteria if not one.code.startswith("PVS1")}
    assert met == set(row["met"].split(";") if row["met"] else ())
    assert {code: states(found)[code] for code in ("PP3", "BP4", "BP7")} == {
        code: row[code] for code in ("PP3", "BP4", "BP7")
    }
    if row["class"]:
        assert found.class_.value == row["class"]
    for one in found.judged:
        assert not one.reason or text(f"audit.{one.reason}")


def test_a_score_that_a_newer_file_replaced_counts_no_more():
    old = (score("REVEL", 0.99, current=False), score("SpliceAI", 0.9, current=False))
    assert predictions(allele("CD40", "missense_variant"), "missense", old).criteria == ()


def benign(*strengths):
    return [Criterion(f"B{n}", one, -points_of(one), "", "") for n, one in enumerate(strengths)]


def test_a_benign_class_asks_for_two_criteria_or_a_strong_one():
    """Every combination of benign criteria beside some pathogenic points, against the rule in words."""
    weights = {"supporting": 1, "moderate": 2, "strong": 4, "stand_alone": 8}
    for count in range(4):
        for strengths in itertools.combinations_with_replacement(weights, count):
            for harm in range(13):
                criteria = [*benign(*strengths), *([Criterion("P", "x", harm, "", "")] if harm else [])]
                by_sum = class_of(sum(one.points for one in criteria))
                held = count == 1 and strengths[0] in ("supporting", "moderate") and by_sum.is_benign
                assert class_by_points(criteria) is (Class.UNCERTAIN if held else by_sum), (strengths, harm)


@pytest.mark.parametrize("words", ["REVEL=0;SpliceAI=0", "REVEL=0.25;SpliceAI=0"])
def test_one_prediction_alone_does_not_reassure_and_says_why(words):
    found = classify(allele("CD40LG", "missense_variant"), scores(words), "")
    assert (found.class_, found.by_points, found.by_table) == (Class.UNCERTAIN,) * 3
    assert (found.basis, found.reason) == ("criteria", "benign_single")
    assert found.points < 0


@pytest.mark.parametrize("current", [True, False])
def test_predictions_do_not_overrule_a_report_of_disease(current):
    said = assertion("Pathogenic", current=current)
    found = classify(allele("CD40", "synonymous_variant"), (said, *scores("SpliceAI=0")), "")
    assert found.points == -2
    if current:
        assert found.class_ is Class.PATHOGENIC
    else:
        assert (found.class_, found.reason) == (Class.UNCERTAIN, "predicted_harmless_but_reported")
        assert found.by_points is Class.LIKELY_BENIGN
    assert text(f"basis.{found.reason}")


def test_a_deep_change_predicted_to_alter_splicing_is_concluded_from():
    quiet = classify(allele("CD40", "intron_variant", "c.51+300A>G"), scores("SpliceAI=0.05"), "")
    loud = classify(allele("CD40", "intron_variant", "c.51+300A>G"), scores("SpliceAI=0.8"), "")
    assert (quiet.mechanisms, loud.mechanisms) == ((), (Mechanism.LOSS_OF_FUNCTION,))
    assert loud.reason == "points"


@pytest.mark.parametrize(("splicing", "met"), [("0.2", {"PP3"}), ("0.1", {"PM5"})])
def test_an_amino_acid_decides_nothing_where_splicing_is_predicted_to_change(splicing, met):
    known = Neighbour("c.101A>G p.(Lys34Arg)", False, Class.PATHOGENIC, False, False, ("ClinVar",))
    around = Surroundings(neighbours=(known,))
    shape = allele("CD40", "missense_variant", amino_acids="K/E")
    found = classify(shape, scores(f"REVEL=0.5;SpliceAI={splicing}"), "", around)
    assert {one.code for one in found.criteria} == met
    if "PP3" in met:
        assert states(found)["PM5"] == "not_met:splicing_predicted"


def test_the_evidence_names_program_score_limit_and_sources():
    found = classify(allele("CD40", "missense_variant"), scores("REVEL=0.8;SpliceAI=0"), "")
    (one,) = found.criteria
    assert (one.code, one.points) == ("PP3_Moderate", 2)
    assert "REVEL scores 0.8, at or above 0.773" in one.evidence
    assert {"REVEL", "Pejaver-2022"} <= set(one.source.split(";"))
