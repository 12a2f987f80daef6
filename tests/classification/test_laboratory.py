"""The laboratory's class over the computed one: written by hand for every kind of scope, and what must never happen."""

import csv
import itertools
from pathlib import Path

import pytest

from higm_annot.classification.laboratory import with_laboratory
from higm_annot.classification.types import AlleleClass, Class, Mechanism
from higm_annot.evidence.labrecord.types import Assertion, LabClass, VariantNames
from higm_annot.knowledge.tables import diseases
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Gene

ROWS = list(csv.DictReader((Path(__file__).parent / "laboratory.tsv").open(), delimiter="\t"))
NAMES = VariantNames("GRCh38:X:1:A:C", "", "CD40LG", "", "", "")


def computed(class_, *mechanisms):
    return AlleleClass(Class(class_), 0, (), "criteria", "points", tuple(map(Mechanism, mechanisms)), (), ())


def given(class_, disease="", mechanism=""):
    return LabClass(NAMES, Assertion(class_, mechanism, disease, "KS", "2026-01-01", "because", ""))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['gene']}-{row['computed']}-{row['laboratory']}")
def test_by_hand(row):
    own = computed(row["computed"], *filter(None, [row["mechanism"]]))
    found = with_laboratory(own, [given(*one.split("/")) for one in row["laboratory"].split(";")], Gene(row["gene"]))
    assert found.class_.value == row["class"]
    assert [one.value for one in found.mechanisms] == list(filter(None, [row["acts"]]))
    assert ";".join(found.uncovered) == row["uncovered"]
    assert found.own is own.class_
    if row["reason"]:
        assert (found.basis, found.reason) == ("laboratory", row["reason"])
        assert (found.computed.class_, found.computed.reason) == (own.class_, own.reason)
        assert text(f"basis.{found.reason}")
    else:
        assert (found.basis, found.reason, found.computed) == ("criteria", "points", None)
    assert all(text(f"flag.{flag}") for flag in found.flags)
    assert len(found.laboratory) == len(found.records) == row["laboratory"].count(";") + 1


def test_without_a_row_nothing_changes():
    own = computed("Pathogenic", "loss_of_function")
    assert with_laboratory(own, [], Gene.PMS2) is own


SCOPES = {
    gene: [("", "")]
    + [(name, "") for name, row in diseases().items() if row.gene is gene]
    + sorted({("", way) for row in diseases().values() if row.gene is gene for way in row.mechanisms})
    for gene in Gene
}


@pytest.mark.parametrize("gene", list(Gene))
def test_a_harmful_class_is_cleared_only_by_words_on_every_disease_it_speaks_of(gene):
    """Every gene, mechanism and pair of limited words, against an independent reading of the disease table."""
    of_gene = {name: row for name, row in diseases().items() if row.gene is gene}
    for mechanism, first, second, word in itertools.product(
        Mechanism, SCOPES[gene], SCOPES[gene], ("Benign", "Uncertain significance")
    ):
        found = with_laboratory(
            computed("Pathogenic", mechanism.value), [given("Benign", *first), given(word, *second)], gene
        )
        at_stake = {name for name, row in of_gene.items() if mechanism.value in row.mechanisms} or set(of_gene)
        spoken = {
            name
            for disease, way in (first, second)
            for name, row in of_gene.items()
            if name == disease or (not disease and (not way or way in row.mechanisms))
        }
        assert found.class_.is_pathogenic == (not at_stake <= spoken), (mechanism, first, second)
        assert found.own is Class.PATHOGENIC
