"""PS1, PM5, PM4 and BP3 from what lies around an allele, and the states of every criterion."""

import pytest
from msgspec.structs import replace

from higm_annot.annotated import annotate_allele
from higm_annot.classification.audit import ORDER
from higm_annot.classification.classify import classify
from higm_annot.classification.same_residue import same_residue
from higm_annot.classification.surroundings import surroundings
from higm_annot.classification.types import Class, Neighbour, State, Surroundings
from higm_annot.consequence.annotate import annotate
from higm_annot.evidence.names import allele_of
from higm_annot.evidence.sources import EMBEDDED, Known
from higm_annot.evidence.types import Asked, Frequency, Record, RecordKind, Standing
from higm_annot.intake.types import Allele
from higm_annot.knowledge.texts import text
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

PANEL = load_panel()


def named(gene, name, build=Build.GRCH38):
    locus = PANEL.loci[Gene(gene)]
    pos, ref, alt = allele_of(locus, locus.mane, name, build)
    return Allele(build, locus.contig, pos, ref, alt, pos + len(ref) - 1)


class Said:
    """Evidence that says a few things, by GRCh38 key."""

    def __init__(self, records):
        self.records = records

    def known(self, keys):
        return Known(self.records.get(keys.get("GRCh38"), ()), (Asked("said", Standing.RECORDS),))

    def assertions(self, keys):
        return tuple(one for one in self.known(keys).records if one.kind is RecordKind.ASSERTION)


def said(significance, *, current=True, review=""):
    return (Record(RecordKind.ASSERTION, "IEI-ClinVar-gnomAD", "row", "2025", current, "", significance, review),)


def evidence(gene, records):
    """Evidence by c. name."""
    return Said({named(gene, name).key: one for name, one in records.items()})


def judged(allele, known):
    found = annotate_allele(PANEL, allele, known).allele_class
    return [one.code for one in found.criteria], {one.code: (one.state, one.reason) for one in found.judged}


PATHOGENIC, LIKELY = said("Pathogenic"), said("Likely pathogenic")
AICDA_R24 = [  # what is known of c.71G>A p.(Arg24Gln) or c.70C>T p.(Arg24Trp), and what it gives c.70C>G p.(Arg24Gly)
    ({"c.71G>A": PATHOGENIC}, ["PM5"], "no_neighbour", ""),
    ({"c.71G>A": LIKELY}, ["PM5_Supporting"], "no_neighbour", ""),
    ({"c.71G>A": LIKELY, "c.70C>T": PATHOGENIC}, ["PM5"], "no_neighbour", ""),
    ({"c.71G>A": said("Pathogenic", current=False)}, [], "no_neighbour", "no_neighbour"),
    ({"c.71G>A": said("Uncertain significance")}, [], "no_neighbour", "no_neighbour"),
    ({"c.71G>A": said("Conflicting classifications of pathogenicity")}, [], "no_neighbour", "no_neighbour"),
    ({"c.71G>A": (*PATHOGENIC, *said("Benign"))}, [], "no_neighbour", "no_neighbour"),
    ({"c.70C>G": PATHOGENIC}, [], "no_neighbour", "no_neighbour"),  # itself
]


@pytest.mark.parametrize(("known", "criteria", "ps1", "pm5"), AICDA_R24)
def test_another_change_of_the_residue_counts_by_its_class_and_never_the_allele_itself(known, criteria, ps1, pm5):
    codes, states = judged(named("AICDA", "c.70C>G"), evidence("AICDA", known))
    assert codes == criteria
    assert (states["PS1"][1], states["PM5"][1]) == (ps1, pm5)


def test_the_same_amino_acid_by_another_base_is_ps1_and_the_residue_is_not_counted_twice():
    # codon 35 of AICDA is AGG: c.105G>C and c.105G>T both give serine, c.104G>A gives lysine
    codes, states = judged(
        named("AICDA", "c.105G>T"), evidence("AICDA", {"c.105G>C": PATHOGENIC, "c.104G>A": PATHOGENIC})
    )
    assert codes == ["PS1"]
    assert states["PM5"] == (State.NOT_MET, "counted_as_PS1")
    assert judged(named("AICDA", "c.105G>T"), evidence("AICDA", {"c.105G>C": LIKELY}))[0] == ["PS1_Moderate"]


def test_a_known_change_too_common_for_its_class_is_no_ground_for_another():
    common = Record(
        RecordKind.FREQUENCY, "gnomAD-r2.0", "row", "2017", True, "", frequency=Frequency(0.2, 150000, "gnomAD", True)
    )
    codes, states = judged(named("AICDA", "c.70C>G"), evidence("AICDA", {"c.71G>A": (*PATHOGENIC, common)}))
    assert codes == []
    assert states["PM5"] == (State.NOT_MET, "no_neighbour")


def test_next_to_a_splice_site_the_amino_acid_decides_nothing():
    codes, states = judged(named("CD40LG", "c.155A>T"), evidence("CD40LG", {"c.154A>C": PATHOGENIC}))
    assert "PM5" not in codes
    assert states["PS1"] == states["PM5"] == (State.NOT_MET, "near_splice_site")


def test_in_a_firewalled_region_neighbours_have_no_data():
    codes, states = judged(named("IKBKG", "c.1249T>A"), EMBEDDED)  # p.Cys417Arg and p.Cys417Phe are listed
    assert codes == []
    assert states["PM5"] == (State.NO_DATA, "neighbour_firewalled")


def test_pms2_asks_for_a_class_by_the_expert_panel():
    assert judged(named("PMS2", "c.137G>A"), evidence("PMS2", {"c.136A>C": PATHOGENIC}))[1]["PM5"] == (
        State.NOT_MET,
        "neighbour_no_rule",
    )
    for class_ in ("Pathogenic", "Likely pathogenic"):  # counted beside PP3 alone, for which the program is not read
        panel = said(class_, review="reviewed by expert panel")
        codes, states = judged(named("PMS2", "c.137G>A"), evidence("PMS2", {"c.136A>C": panel}))
        assert (codes, states["PM5"]) == ([], (State.NO_DATA, "neighbour_needs_prediction"))


@pytest.mark.parametrize(
    ("class_", "criterion"), [(Class.PATHOGENIC, "PM5"), (Class.LIKELY_PATHOGENIC, "PM5_Supporting")]
)
def test_beside_a_harmful_prediction_pms2_counts_a_neighbour_as_its_specification_has_it(class_, criterion):
    other = Neighbour("c.136A>C", False, class_, True, False, ("ClinVar-LAB",))
    found, _ = same_residue(
        annotate(PANEL, named("PMS2", "c.137G>A")), "missense", (other,), "", predicted_harmful=True
    )
    assert found.code == criterion


def test_either_build_finds_the_same_neighbours():
    assert judged(named("AICDA", "c.70C>T", Build.GRCH37), EMBEDDED)[0] == ["PM5_Supporting"]
    assert judged(named("AICDA", "c.70C>T"), EMBEDDED)[0] == ["PM5_Supporting"]


LENGTH = [  # gene, name, criteria, PM4, BP3
    ("CD40", "c.247_249del", ["PM4_Supporting"], "", "not_in_repeat"),
    ("CD40", "c.247_252del", ["PM4"], "", "not_in_repeat"),
    ("PMS2", "c.247_249del", [], "specification", "specification"),
    ("CD40", "c.248G>A", ["PM5_Supporting"], "length_kept", "no_indel"),
    ("CD40", "c.247del", ["PVS1"], "null_counted", "null_counted"),
]


@pytest.mark.parametrize(("gene", "name", "criteria", "pm4", "bp3"), LENGTH)
def test_changes_of_length(gene, name, criteria, pm4, bp3):
    codes, states = judged(named(gene, name), EMBEDDED)
    assert codes == criteria
    assert (states["PM4"][1], states["BP3"][1]) == (pm4, bp3)


def test_copies_of_a_tandem_repeat_give_neither_pm4_nor_bp3():
    whole = annotate(PANEL, named("CD40", "c.247_252del"))
    found = classify(whole, (), "", Surroundings(in_repeat=True))
    states = {one.code: (one.state, one.reason) for one in found.judged}
    assert found.criteria == ()
    assert states["PM4"] == (State.NOT_MET, "in_repeat")
    assert states["BP3"] == (State.NO_DATA, "repeat_function_unknown")


def test_a_repeat_is_seen_in_the_sequence():
    repeated = _first_repeat()
    assert surroundings(PANEL, annotate(PANEL, repeated), EMBEDDED).in_repeat is True
    assert surroundings(PANEL, annotate(PANEL, named("CD40", "c.247_249del")), EMBEDDED).in_repeat is False


def _first_repeat():
    """The first in-frame deletion of one of two equal codons in a row, in any gene."""
    for gene in Gene:
        for number in range(10, 700, 3):
            try:
                found = named(gene, f"c.{number}_{number + 2}del")
            except (TypeError, ValueError):
                break
            piece = PANEL.loci[gene].slices[Build.GRCH38]
            unit, start = found.ref[1:], found.pos + 1
            if len(unit) == 3 and piece.bases(start, start + 5) == unit * 2 and _is_inframe(found):
                return found
    raise AssertionError


def _is_inframe(allele):
    return any("inframe" in term for term in annotate(PANEL, allele).mane.terms)


@pytest.mark.parametrize(
    ("gene", "name"), [("CD40", "c.248G>A"), ("PMS2", "c.697C>T"), ("IKBKG", "c.1249T>C"), ("AICDA", "c.456A>G")]
)
def test_every_criterion_of_an_allele_is_in_the_audit_once_and_worded(gene, name):
    found = annotate_allele(PANEL, named(gene, name)).allele_class
    assert tuple(one.code for one in found.judged) == ORDER
    assert {one.code for one in found.judged if one.state is State.MET} == {
        one.code.partition("_")[0] for one in found.criteria
    }
    assert all(text(f"audit.{one.reason}") for one in found.judged if one.state is not State.MET)


def test_an_absent_source_is_no_data_and_not_not_met():
    found = annotate_allele(PANEL, named("CD40", "c.248G>A")).allele_class
    states = {one.code: one.state for one in found.judged}
    assert {states[code] for code in ("PM2", "BA1", "BS1", "PS3", "BS3", "BS2", "PP3", "BP4")} == {State.NO_DATA}
    assert states["PP5"] == states["BP6"] == State.NOT_APPLICABLE


def test_a_neighbour_alone_never_reaches_a_class():
    missense = annotate(PANEL, named("CD40", "c.248G>A"))
    strong = Neighbour("c.1A>C", True, Class.PATHOGENIC, True, False, ("ACMG-2015",))
    rare = Record(
        RecordKind.FREQUENCY, "gnomAD-r2.0", "row", "2017", True, "", frequency=Frequency(0.0, 150000, "gnomAD", True)
    )
    found = classify(missense, (rare,), "", Surroundings((strong, replace(strong, same_change=False))))
    assert [one.code for one in found.criteria] == ["PS1", "PM2_Supporting"]
    assert (found.class_, found.points) == (Class.UNCERTAIN, 5)
