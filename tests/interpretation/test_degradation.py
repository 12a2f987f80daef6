"""Invariant 1: degrading a person's data never adds a reassuring statement.

Families are made from true haplotypes, so that their evidence agrees; contradictory evidence (reads against parents,
assays against each other) is judged elsewhere.
"""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.witness import Witnesses
from higm_annot.group import Group
from higm_annot.intake.types import AssessmentStatus, Slot, Support
from higm_annot.interpretation.types import Status
from higm_annot.reference.store import load_panel
from higm_annot.report.family import family_alleles

NAMES = (
    "L1",
    "L2",
    "Lv",
    "C1",
    "C2",
    "Cv",
    "A1",
    "Ad",
    "Au",
    "U1",
    "Ia",
    "Ih",
    "Ih2",
    "I5",
    "Iv",
    "P1",
    "P2",
    "Ph",
    "Pv",
)
REASSURING_CODES = {"no_finding", "carrier", "secondary_risk"}
REASSURING_WHYS = {"refuted_by_outside_call", "nothing_in_what_was_read"}


def reassurances(found, phases) -> set:
    """The exact list of the design. What is unresolved reassures nobody."""
    said = set()
    for conclusion in found.conclusions:
        if conclusion.status is Status.ESTABLISHED and conclusion.code in REASSURING_CODES:
            said.add((conclusion.gene, conclusion.code))
        said |= {(conclusion.gene, why) for why in set(conclusion.why) & REASSURING_WHYS}
    said |= {("cis", frozenset((p.first, p.second))) for p in phases if p.verdict == "in_cis" and p.basis != "one_copy"}
    return said


def implied(found) -> set:
    """What is said already in a stronger way: an allele that "does not count" is less than one that makes a carrier."""
    harmed = {c.gene for c in found.conclusions if c.code in ("disease_genotype", "possible_disease_genotype")}
    cleared = {c.gene for c in found.conclusions if "refuted_by_outside_call" in c.why} - harmed
    return {(gene, code) for gene in cleared for code in ("carrier", "secondary_risk")}


@st.composite
def families(draw):
    """(names, (maternal copy, paternal copy), the parents' other copies, sex)."""
    prefix = draw(st.sampled_from("LCAIP"))
    pool = [name for name in NAMES if name.startswith(prefix)]
    names = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
    copies = [draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names))) for _ in range(4)]
    return names, copies, draw(st.sampled_from(("male", "female", "unknown")))


def raw(linked_male, first, second, phased):
    if linked_male:
        return "1" if first else "0"
    return f"{int(first)}|{int(second)}@9" if phased else f"{int(first)}/{int(second)}"


def build(make, family, *, phased, read, assays, mode, affected, consent):
    names, (from_mother, from_father, rest_mother, rest_father), sex = family
    linked = {name: make.world[name].gene in ("CD40LG", "IKBKG") for name in names}

    def member(first, second, who_is_male, **more):
        gts = {n: raw(who_is_male and linked[n], a, b, phased) for n, a, b in zip(names, first, second, strict=True)}
        return make.person(gts, reference=[n for n, gt in gts.items() if "1" not in gt], read=read, **more)

    child = member(
        from_mother, from_father, sex == "male", sex=sex, mode=mode, affected=affected, consent_secondary=consent
    )
    mother = member(from_mother, rest_mother, False, sex="female", sample="M")
    father = member(from_father, rest_father, True, sex="male", sample="F")
    outside = [make.outside(n, v) for n, v in assays.items() if n in names]
    return child, mother, father, outside


def judged(make, child, mother, father, outside):
    genotypes = resolve(child, mother, father, Witnesses(load_panel()))
    found = make.run(child, mother, father, outside)
    return reassurances(found, genotypes.phases), implied(found)


def uncall(person, make, number, how):
    """A call, or a reference genotype, becomes a no-call or a half call."""
    if not person.calls:
        return person
    call = person.calls[number % len(person.calls)]
    slots = [*call.genotype.slots]
    slots = [Slot.MISSING] * len(slots) if how == "none" else [Slot.MISSING, *slots[1:]]
    genotype = msgspec.structs.replace(call.genotype, slots=tuple(slots), phased=False, phase_set=None)
    changed = msgspec.structs.replace(call, genotype=genotype)
    calls = tuple(c for c in person.calls if c is not call)
    if genotype.copies:
        return msgspec.structs.replace(person, calls=(*calls, changed))
    if Slot.MISSING in slots:
        return msgspec.structs.replace(person, calls=calls, no_calls=(*person.no_calls, changed))
    return person


def strip(person):
    """Lose every FORMAT field but GT."""
    return msgspec.structs.replace(
        person,
        calls=tuple(msgspec.structs.replace(c, support=Support()) for c in person.calls),
        reference=tuple(msgspec.structs.replace(r, depth=None, genotype_quality=None) for r in person.reference),
    )


def unphase(person):
    calls = []
    for call in person.calls:
        genotype = msgspec.structs.replace(call.genotype, phased=False, phase_set=None)
        calls.append(msgspec.structs.replace(call, genotype=genotype))
    return msgspec.structs.replace(person, calls=tuple(calls))


def unread(person, number, how):
    if not person.assessment:
        return person
    at = number % len(person.assessment)
    regions = [*person.assessment]
    if how == "none":
        del regions[at]
    else:
        regions[at] = msgspec.structs.replace(regions[at], status=AssessmentStatus.PARTLY)
    return msgspec.structs.replace(person, assessment=tuple(regions))


def forget_reference(person, number):
    reference = [*person.reference]
    if reference:
        del reference[number % len(reference)]
    return msgspec.structs.replace(person, reference=tuple(reference))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                "uncall",
                "strip",
                "unphase",
                "unread",
                "no_mother",
                "no_father",
                "no_assay",
                "uncall_parent",
                "parent_ref",
            )
        ),
        st.integers(0, 30),
        st.sampled_from(("none", "half")),
    ),
    min_size=1,
    max_size=4,
)


def degrade(make, family, step):
    child, mother, father, outside = family
    what, number, how = step
    match what:
        case "uncall":
            child = uncall(child, make, number, how)
        case "strip":
            child, mother, father = strip(child), mother and strip(mother), father and strip(father)
        case "unphase":
            child = unphase(child)
        case "unread":
            child = unread(child, number, how)
        case "no_mother":
            mother = None
        case "no_father":
            father = None
        case "no_assay":
            outside = outside[:-1]
        case "uncall_parent" if mother is not None:
            mother = uncall(mother, make, number, how)
        case "parent_ref" if father is not None:
            father = forget_reference(father, number)
    return child, mother, father, outside


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    family=families(),
    phased=st.booleans(),
    read=st.booleans(),
    assays=st.dictionaries(st.sampled_from(("Ph", "Ih", "C1", "P1")), st.sampled_from(("confirmed", "refuted"))),
    mode=st.sampled_from(("diagnostic", "carrier", "prenatal")),
    affected=st.sampled_from(("yes", "no", "unknown")),
    consent=st.booleans(),
    steps=STEPS,
)
def test_degrading_data_never_reassures(make, family, phased, read, assays, mode, affected, consent, steps):
    people = build(make, family, phased=phased, read=read, assays=assays, mode=mode, affected=affected, consent=consent)
    before, meant = judged(make, *people)
    for step in steps:
        people = degrade(make, people, step)
        after, then_meant = judged(make, *people)
        assert after <= before | meant, (step, after - before - meant)
        before, meant = after, then_meant


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(family=families(), phased=st.booleans(), turn=st.permutations(range(4)))
def test_order_of_calls_changes_nothing(make, family, phased, turn):
    child, mother, father, _ = build(
        make, family, phased=phased, read=True, assays={}, mode="diagnostic", affected="yes", consent=False
    )
    calls = [child.calls[i] for i in turn if i < len(child.calls)]
    turned = msgspec.structs.replace(child, calls=tuple(calls))
    one, other = (make.run(person, mother, father) for person in (child, turned))
    assert {(c.gene, c.disease, c.code, c.status, c.diplotype, frozenset(c.variants)) for c in one.conclusions} == {
        (c.gene, c.disease, c.code, c.status, c.diplotype, frozenset(c.variants)) for c in other.conclusions
    }
    assert one.withheld == other.withheld


# Relatives ------------------------------------------------------------------------------------------------------------


@st.composite
def sibships(draw):
    """Alleles, and the copies of mother, father and two children of theirs (which copy each child got)."""
    prefix = draw(st.sampled_from("LCAIP"))
    pool = [name for name in NAMES if name.startswith(prefix)]
    names = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
    copies = [draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names))) for _ in range(4)]
    picks = draw(st.tuples(*[st.integers(0, 1)] * 4))
    sexes = draw(st.tuples(*[st.sampled_from(("male", "female"))] * 2))
    return names, copies, picks, sexes


def household(make, sibship, *, phased, read, affected):
    """Child, mother, father and sibling, who all agreed to everything."""
    names, (m1, m2, f1, f2), (from_m, from_f, other_m, other_f), (sex, sibling_sex) = sibship
    linked = {name: make.world[name].gene in ("CD40LG", "IKBKG") for name in names}
    agreed = {"consent_family": True, "consent_secondary": True, "age_at_sampling": "30y"}

    def member(first, second, who, **more):
        gts = {n: raw(who == "male" and linked[n], a, b, phased) for n, a, b in zip(names, first, second, strict=True)}
        return make.person(
            gts, reference=[n for n, gt in gts.items() if "1" not in gt], read=read, sex=who, **agreed, **more
        )

    maternal = (m1, m2)
    paternal = (f1, f1) if any(linked.values()) else (f1, f2)  # a father has one X, which every daughter gets
    parents = {"mother": "M", "father": "F"}
    return {
        "S": member(maternal[from_m], paternal[from_f], sex, affected=affected, **parents),
        "M": member(m1, m2, "female", sample="M", affected="no", mode="carrier"),
        "F": member(f1, f2, "male", sample="F", affected="no", mode="carrier"),
        "B": member(maternal[other_m], paternal[other_f], sibling_sex, sample="B", **parents),
    }


def reassured(make, people):
    """What the child's report says that reassures, the family's alleles included; what that implies; those alleles."""
    panel = load_panel()
    group = Group(people.values(), make.alleles, panel)
    child = group.judged(people["S"])
    blocks = family_alleles(child.intake, child.interpretation, group.told(child), group.witnesses)
    said = reassurances(child.interpretation, child.genotypes.phases)
    said |= {("family", one.key) for one in blocks if one.state == "hom_ref"}
    return said, implied(child.interpretation), {("family", one.key) for one in blocks}


def without(people, name):
    """The family without one of them: nobody names a person who is not in the sheet."""
    left = {}
    for sample, one in people.items():
        row = one.person
        if sample != name:
            row = msgspec.structs.replace(
                row, mother="" if row.mother == name else row.mother, father="" if row.father == name else row.father
            )
            left[sample] = msgspec.structs.replace(one, person=row)
    return left


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sibship=sibships(),
    phased=st.booleans(),
    read=st.booleans(),
    affected=st.sampled_from(("yes", "no", "unknown")),
    steps=st.lists(
        st.tuples(
            st.sampled_from(("no_M", "no_F", "no_B", "strip", "uncall", "forget", "silent_B")),
            st.integers(0, 30),
            st.sampled_from(("none", "half")),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_losing_a_relative_never_reassures(make, sibship, phased, read, affected, steps):
    """What a relative's conclusion names only after the loss (the phase is open now) was looked for before."""
    people = household(make, sibship, phased=phased, read=read, affected=affected)
    before, meant, told = reassured(make, people)
    for what, number, how in steps:
        if what.startswith("no_"):
            people = without(people, what[3:])
        elif what == "strip":
            people = {name: strip(one) for name, one in people.items()}
        elif what == "uncall":
            people = people | {"S": uncall(people["S"], make, number, how)}
        elif what == "forget":
            people = people | {"S": forget_reference(people["S"], number)}
        elif "B" in people:
            row = msgspec.structs.replace(people["B"].person, consent_family=False)
            people = people | {"B": msgspec.structs.replace(people["B"], person=row)}
        after, then_meant, now_told = reassured(make, people)
        assert after <= before | meant | (now_told - told), (what, after - before - meant)
        before, meant, told = after, then_meant, now_told


@pytest.mark.parametrize("degraded", ["./1", "1/.", "./."])
def test_a_dominant_allele_half_called_leaves_no_carrier_of_the_other(make, degraded):
    """Beside it the recessive allele was possibly one of two; a lost copy of the call must not make a carrier of it."""
    for called in ("0/1", degraded):
        found = make.run(make.person({"Ad": called, "A1": "0/1"}, sex="female", affected="no"))
        assert {"carrier", "no_finding"}.isdisjoint(one.code for one in make.of(found, "AICDA"))
