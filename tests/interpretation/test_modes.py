"""Diagnostic, carrier and prenatal change what is reportable, never what is computed."""

from __future__ import annotations

import msgspec
import pytest

from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import Mode
from higm_annot.interpretation.consent import context_of
from higm_annot.reference.store import load_panel

# CD40LG c.340del, CD40 c.247T>C, AICDA c.334C>T, UNG c.294del, IKBKG c.1249T>C, PMS2 c.2002A>G.
KNOWN = [
    ("X", 136654423, "GC", "G"),
    ("20", 46122349, "T", "C"),
    ("12", 8605308, "G", "A"),
    ("12", 109098591, "TG", "T"),
    ("X", 154564450, "T", "C"),
    ("7", 5986763, "T", "C"),
]
ASKED = [(mode, affected) for mode in Mode for affected in ("yes", "no", "unknown")]
# What a conclusion decides of a variant: whether it is named, and then how much of the audit is shown.
SHOWN_OR_NOT = ("reportable", "evidence", "asked", "case", "case_class")


def computed(document):
    """Everything of a document that is not a conclusion or its wording."""
    variants = {}
    for one in document["variants"]:
        classed = {name: one["allele_class"][name] for name in ("class", "points", "basis", "reason", "mechanisms")}
        variants[one["key"]] = {k: v for k, v in one.items() if k not in SHOWN_OR_NOT} | {"allele_class": classed}
    return {"variants": variants, **{name: document[name] for name in ("assessment", "ledger")}}


@pytest.mark.parametrize("sex", ["male", "female", "unknown"])
@pytest.mark.parametrize("genotype", ["0/1", "1/1", "1", "./1", "0|1", "./.", "0/0"])
def test_the_mode_changes_no_state_class_or_assessment(program, sex, genotype):
    people = [
        {
            "sample": f"{mode}-{affected}",
            "sex": sex,
            "mode": mode,
            "affected": affected,
            "consent_secondary": "yes",
            "age_at_sampling": "30y",
        }
        for mode, affected in ASKED
    ]
    found = program([(*allele, *[genotype] * len(people)) for allele in KNOWN], *people)
    first, *others = (computed(found[one["sample"]]) for one in people if one["mode"] != "prenatal")
    assert first["variants"] or genotype in ("./.", "0/0")
    for other in others:
        assert other == first
    for one in people:
        if one["mode"] == "prenatal":
            # A fetus has no secondary findings: PMS2's single allele is left out, and nothing else differs.
            fetus = computed(found[one["sample"]])["variants"]
            lacking = first["variants"].keys() - fetus.keys()
            assert {first["variants"][key]["gene"] for key in lacking} <= {"PMS2"}
            assert fetus == {key: first["variants"][key] for key in fetus}


def test_a_diplotype_is_written_alike_where_two_modes_conclude_on_it(program):
    people = [{"sample": str(mode), "sex": "female", "mode": mode} for mode in Mode]
    found = program([(*allele, *["1/1"] * len(people)) for allele in KNOWN], *people)
    written = [
        {(one["gene"], one["code"]): one["diplotype"] for one in found[mode]["conclusions"] if one["diplotype"]}
        for mode in Mode
    ]
    assert written[0] == written[1] == written[2]
    assert len(written[0]) == 6


@pytest.mark.parametrize(
    ("mode", "yes", "no", "unknown"),
    [
        ("diagnostic", "indicated", "healthy", "indicated"),
        ("carrier", "screening", "screening", "screening"),
        ("prenatal", "prenatal", "prenatal", "prenatal"),
    ],
)
def test_why_somebody_is_tested(make, mode, yes, no, unknown):
    people = (make.person({}, mode=mode, affected=affected).person for affected in ("yes", "no", "unknown"))
    assert tuple(map(context_of, people)) == (yes, no, unknown)


@pytest.mark.parametrize(
    "calls", [{"C1": "0/1", "C2": "0/1"}, {"L1": "1"}, {"Ph": "0/1"}, {"A1": "0|1@1", "A2": "1|0@1"}]
)
def test_genotypes_know_nothing_of_the_mode(make, calls):
    panel = load_panel()
    resolved = {
        msgspec.json.encode(resolve(make.person(calls, mode=mode, affected=affected), None, None, Witnesses(panel)))
        for mode, affected in ASKED
    }
    assert len(resolved) == 1
