"""PM1: the residues are those of the protein, and nothing is counted twice."""

import pytest

from higm_annot.classification.classify import classify
from higm_annot.classification.critical_residue import critical_residues
from higm_annot.classification.types import Class, Neighbour, Surroundings
from higm_annot.consequence.annotate import annotate, maps_of
from higm_annot.consequence.locate import locate
from higm_annot.evidence.types import Frequency, Prediction, Record, RecordKind
from higm_annot.knowledge.texts import text
from higm_annot.reference.sequence import CODONS
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

NAMED = {("CD40LG", 140): "W", ("AICDA", 56): "H", ("AICDA", 58): "E", ("AICDA", 87): "C", ("AICDA", 90): "C",
         ("UNG", 154): "D", ("UNG", 277): "H"}  # fmt: skip
GLU58 = annotate(load_panel(), locate(load_panel(), "AICDA:c.172G>A").allele)  # p.(Glu58Lys)
RARE = Record(RecordKind.FREQUENCY, "gnomAD", "r", "2024", True, "", frequency=Frequency(0.0, 150000, "gnomAD", True))


def score(program, value):
    return Record(RecordKind.PREDICTION, program, "r", "2024", True, "", prediction=Prediction(program, value, ""))


def found(*records, around=None, effects=GLU58):
    return classify(effects, records, "", around or Surroundings())


def judged(result):
    one = next(one for one in result.judged if one.code == "PM1")
    assert not one.reason or text(f"audit.{one.reason}")
    return f"{one.state.value}:{one.reason}"


def test_the_residues_are_those_that_the_sources_name():
    residues = {}
    for gene, residue in critical_residues():
        mane = maps_of(Gene(gene), Build.GRCH38)[0]
        offsets = [mane.gene_offset(mane.cds_start + 3 * (residue - 1) + place) for place in range(3)]
        residues[str(gene), residue] = CODONS["".join(mane.sequence[one] for one in offsets)]
    assert residues == NAMED


def test_a_rare_change_of_an_active_site_counts_as_supporting():
    result = found(RARE)
    assert {one.code for one in result.criteria} == {"PM1_Supporting", "PM2_Supporting"}
    assert (result.points, result.class_) == (2, Class.UNCERTAIN)


def test_it_asks_for_a_rare_allele():
    assert judged(found()) == "no_data:frequency_unknown"
    common = Frequency(0.003, 150000, "gnomAD", True)
    assert judged(found(Record(RecordKind.FREQUENCY, "gnomAD", "r", "2024", True, "", frequency=common))) == (
        "not_met:not_rare"
    )


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ([score("REVEL", 0.9)], "met:"),
        ([score("REVEL", 0.95)], "not_met:counted_as_PP3"),
        ([score("SpliceAI", 0.5)], "not_met:splicing_predicted"),
    ],
)
def test_it_is_not_added_to_a_strong_prediction_or_to_one_of_splicing(records, state):
    assert judged(found(RARE, *records)) == state


@pytest.mark.parametrize("same", [True, False])
@pytest.mark.parametrize("class_", [Class.PATHOGENIC, Class.LIKELY_PATHOGENIC])
def test_it_is_not_added_to_a_known_change_of_the_residue(same, class_):
    known = Neighbour("c.172G>C p.(Glu58Gln)", same, class_, False, False, ("ClinVar",))
    assert judged(found(RARE, around=Surroundings(neighbours=(known,)))) == (
        f"not_met:counted_as_{'PS1' if same else 'PM5'}"
    )


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("AICDA:c.175T>A", "not_met:not_critical"),
        ("CD40:c.247T>C", "no_data:no_hotspots"),
        ("PMS2:c.137G>T", "not_applicable:specification"),
        ("AICDA:c.568C>T", "not_applicable:not_missense"),
    ],
)
def test_where_it_is_not_asked(name, state):
    effects = annotate(load_panel(), locate(load_panel(), name).allele)
    assert judged(found(RARE, effects=effects)) == state
