"""Families: who is who, what each shows at an allele, what is new, who must carry it, and how it is counted."""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec
import pytest

from higm_annot.genotype.doubt import doubted_links, without_links
from higm_annot.genotype.family import Member, children_of, kin, members, with_family
from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.types import DeNovo, PersonGenotypes, Role, SeenState, Segregation
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import Affected, Fate, LedgerRow, Mode, Person, ReferenceStretch, Sex, Support
from higm_annot.reference.types import Build, Contig, Gene

FOLDER = Path(__file__).parent
GOOD = Support(depth=40, ref_reads=20, alt_reads=20, genotype_quality=99)


def table(name):
    return list(csv.DictReader((FOLDER / name).read_text(encoding="utf-8").splitlines(), delimiter="\t"))


def member(make, site, written, sex, **row):
    """A person whose file says ``written`` at a place: a genotype, ``0/0:3`` (alternate reads), ``none``, ``-``."""
    row = {"consent_family": True, "consent_secondary": True, **row}
    if written in ("-", "none"):
        return None if written == "-" else make.intake(sex=sex, **row)
    gt, _, how = written.replace(":", " ").partition(" ")
    if "1" in gt:
        return make.intake([make.call(site, gt, support=GOOD)], sex=sex, **row)
    if "." in gt:
        return make.intake(no_calls=[make.call(site, gt)], sex=sex, **row)
    contig, pos, ref, _ = make.sites[site]
    depth, quality = {"bare": (None, None), "thin": (3, 60.0), "shallow": (7, 60.0)}.get(how, (40, 99.0))
    reads = None if how in ("bare", "block") else int(how) if how.isdigit() else 0
    source = "block" if how == "block" else "call"
    stretch = ReferenceStretch(Contig(contig), pos, pos + len(ref) - 1, depth, quality, source, reads)
    return make.intake(reference=[stretch], sex=sex, **row)


def people(*intakes, untested=()):
    found = {one.person.sample: one.person for one in intakes if one is not None}
    return found | {one.sample: one for one in untested}


def in_family(make, person, *others, untested=()):
    """The person's genotypes with what the family adds."""
    known = people(person, *others, untested=untested)
    intakes = {one.person.sample: one for one in (person, *others) if one is not None}
    parents = [intakes.get(name) for name in (person.person.mother, person.person.father)]
    relatives = members(person, known, intakes, children_of(known.values()))
    return with_family(resolve(person, *parents, Witnesses(make.panel)), person, relatives, Witnesses(make.panel))


# Who is who -----------------------------------------------------------------------------------------------------------


def row(sample, father="", mother="", **more):
    return Person(sample, "f.vcf", sample, father=father, mother=mother, **more)


PEDIGREE = {
    one.sample: one
    for one in (
        row("child", "dad", "mum"),
        row("full", "dad", "mum"),
        row("by_mum", "other", "mum"),
        row("by_mum_unknown", "", "mum"),
        row("by_dad", "dad", ""),
        row("mum", "opa", "oma"),
        row("dad", "grandpa", ""),
        row("aunt", "opa", "oma"),
        row("opa"),
        row("oma"),
        row("grandpa"),
        row("stranger"),
    )
}


def roles(sample):
    found = {}
    for role, name in kin(sample, PEDIGREE, children_of(PEDIGREE.values())):
        found.setdefault(str(role), []).append(name)
    return found


def test_everybody_has_the_right_role():
    assert roles("child") == {
        "mother": ["mum"],
        "father": ["dad"],
        "sibling": ["full"],
        "maternal_sibling": ["by_mum", "by_mum_unknown"],
        "paternal_sibling": ["by_dad"],
        "maternal_grandmother": ["oma"],
        "maternal_grandfather": ["opa"],
        "paternal_grandfather": ["grandpa"],
    }
    assert roles("mum")["child"] == ["by_mum", "by_mum_unknown", "child", "full"]
    assert roles("mum")["partner"] == ["dad"]  # the other man has no line of his own
    assert roles("mum")["sibling"] == ["aunt"]
    assert roles("stranger") == {}


def test_a_person_who_was_not_tested_links_brothers_but_shows_nothing(make):
    boy = member(make, "CD40LG", "1", Sex.MALE, sample="boy", mother="mum")
    brother = member(make, "CD40LG", "0", Sex.MALE, sample="brother", mother="mum")
    found = in_family(make, boy, brother, untested=[row("mum", sex=Sex.FEMALE)])
    assert found.family.alleles[0].mother is None
    known = people(boy, brother, untested=[row("mum")])
    relatives = members(boy, known, {"boy": boy, "brother": brother}, children_of(known.values()))
    assert [(one.role, one.intake is None) for one in relatives] == [
        (Role.MOTHER, True),
        (Role.MATERNAL_SIBLING, False),
    ]


@pytest.mark.parametrize("how", ["failed", "build", "transplanted"])
def test_a_file_that_cannot_serve_shows_nothing(make, how):
    child = member(make, "AICDA", "0/1", Sex.FEMALE, sample="child", mother="mum")
    mother = member(make, "AICDA", "0/1", Sex.FEMALE, sample="mum")
    if how == "failed":
        mother = msgspec.structs.replace(mother, failed=True)
    elif how == "build":
        mother = msgspec.structs.replace(mother, verdict=msgspec.structs.replace(mother.verdict, build=Build.GRCH37))
    else:
        mother = msgspec.structs.replace(mother, person=msgspec.structs.replace(mother.person, prior_hsct="yes"))
    assert in_family(make, child, mother).family.alleles[0].mother is None


# What a file shows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "written", "sex", "state", "basis"),
    [
        ("CD40LG", "1", Sex.MALE, "hemi", "call"),
        ("CD40LG", "0/1", Sex.FEMALE, "het", "call"),
        ("CD40LG", "0/1", Sex.MALE, "het_in_male", "call"),
        ("CD40LG", "./1", Sex.FEMALE, "half_call", "call"),
        ("CD40LG", "./.", Sex.FEMALE, "no_call", "call"),
        ("CD40LG", "0/.", Sex.FEMALE, "no_call", "call"),
        ("CD40LG", "0/0", Sex.FEMALE, "hom_ref", "reference_evidence"),
        ("CD40LG", "0/0 block", Sex.FEMALE, "hom_ref", "reference_evidence"),
        ("CD40LG", "0/0 bare", Sex.FEMALE, "stated_ref", "called_without_depth"),
        ("CD40LG", "0/0 thin", Sex.FEMALE, "no_record", "no_evidence"),
        # a male's single X needs fewer reads
        ("CD40LG", "0 shallow", Sex.MALE, "hom_ref", "reference_evidence"),
        ("CD40LG", "0/0 shallow", Sex.FEMALE, "no_record", "no_evidence"),
        ("AICDA", "0/0 shallow", Sex.MALE, "no_record", "no_evidence"),
        ("CD40LG", "0/0:1", Sex.FEMALE, "hom_ref", "reference_evidence"),
        ("CD40LG", "0/0:2", Sex.FEMALE, "alternate_reads", "alternate_reads"),
        ("CD40LG", "0/0:18", Sex.FEMALE, "alternate_reads", "alternate_reads"),
        ("CD40LG", "0:18", Sex.MALE, "alternate_reads", "alternate_reads"),
        ("CD40LG", "none", Sex.FEMALE, "no_record", "no_evidence"),
        ("PMS2_11", "0/0", Sex.FEMALE, "not_placed", "paralogue"),
        ("PMS2_11", "none", Sex.FEMALE, "not_placed", "paralogue"),
        ("PMS2_11", "0/1", Sex.FEMALE, "het", "call"),
    ],
)
def test_what_a_file_shows(make, site, written, sex, state, basis):
    found = Witnesses(make.panel).of(member(make, site, written, sex), sex).seen(make.call(site, "0/1"))
    assert (str(found.state), found.basis) == (state, basis)
    carried = state in ("hemi", "het", "het_in_male", "half_call")
    assert (found.carried, found.reference) == (carried, state in ("hom_ref", "stated_ref"))


def deletion(make, sites_row):
    make.sites["deletion"] = sites_row
    return make.call("deletion", "0/1")


def test_reference_reads_do_not_exclude_a_deletion_on_one_copy(make):
    """A large deletion on one of two copies leaves reads that look like reference; only its own record excludes it."""
    long = "A" + "C" * 80
    call = deletion(make, ("X", 136654400, long, "A"))
    blocks = [ReferenceStretch(Contig.CHRX, 136654000, 136655000, 40, 99.0, "block")]
    mother = make.intake(reference=blocks)
    assert Witnesses(make.panel).of(mother, Sex.FEMALE).seen(call).state is SeenState.NO_RECORD
    own = LedgerRow("f", 1, "X", 136654400, long, "A", Fate.REFERENCE, key=call.allele.key)
    called = msgspec.structs.replace(mother, ledger=(own,))
    assert Witnesses(make.panel).of(called, Sex.FEMALE).seen(call).state is SeenState.STATED_REF
    short = deletion(make, ("X", 136654400, "A" + "C" * 40, "A"))
    assert Witnesses(make.panel).of(mother, Sex.FEMALE).seen(short).state is SeenState.HOM_REF


def test_reads_count_wherever_the_reference_was_written(make):
    """Beside a clean reference call of another alternate, and at a record where another allele was called."""
    contig, pos, *_ = make.sites["AICDA"]
    clean, noisy = (ReferenceStretch(Contig(contig), pos, pos, 40, 99.0, "call", reads) for reads in (0, 12))
    asked = make.call("AICDA", "0/1")
    for stretches in ((clean, noisy), (noisy, clean)):
        mother = make.intake(reference=stretches)
        assert Witnesses(make.panel).of(mother, Sex.FEMALE).seen(asked).state is SeenState.ALTERNATE_READS
    alts = ("A", "T")
    asked = make.call("AICDA", "0/1", alts=alts)
    for depth, state in ((40, SeenState.HOM_REF), (52, SeenState.ALTERNATE_READS)):
        support = Support(depth=depth, ref_reads=20, alt_reads=20, genotype_quality=99)
        mother = make.intake([make.call("AICDA", "0/2", index=2, alts=alts, support=support)])
        assert Witnesses(make.panel).of(mother, Sex.FEMALE).seen(asked).state is state


# Trios ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", table("families.tsv"), ids=lambda case: case["what"])
def test_trio(make, case):
    mother = member(make, case["site"], case["mother"], Sex.FEMALE, sample="M")
    father = member(make, case["site"], case["father"], Sex.MALE, sample="F")
    child = member(
        make, case["site"], case["child"], Sex(case["sex"]), sample="C",
        mother="M" if mother else "", father="F" if father else "",
    )  # fmt: skip
    found = in_family(make, child, mother, father)
    problems = [one.code for one in found.problems if one.code.startswith("HA-PED")]
    assert problems == ([*case["problems"].split(";")] if case["problems"] else [])
    if case["origin"]:
        (state,), (one,) = found.states, found.family.alleles
        assert state.origin == case["origin"]
        assert (one.de_novo, one.one_parent_only) == (DeNovo(case["de_novo"]), case["one_parent_only"] == "yes")
    else:
        assert found.family.alleles == ()


@pytest.mark.parametrize(
    "case", [one for one in table("families.tsv") if one["site"] == "AICDA"], ids=lambda one: one["what"]
)
def test_exchanging_sexless_parents_changes_nothing_on_an_autosome(make, case):
    """The same two genotypes as mother and father, either way round: the same grade, phase and count."""
    found = []
    for first, second in ((case["mother"], case["father"]), (case["father"], case["mother"])):
        mother = member(make, "AICDA", first, Sex.UNKNOWN, sample="M")
        father = member(make, "AICDA", second, Sex.UNKNOWN, sample="F")
        child = member(make, "AICDA", case["child"], Sex(case["sex"]), sample="C", mother="M", father="F")
        found.append(in_family(make, child, mother, father))
    one, other = found
    assert one.phases == other.phases
    assert sorted(problem.code for problem in one.problems) == sorted(problem.code for problem in other.problems)
    told = [[(a.de_novo, a.one_parent_only, a.segregation) for a in each.family.alleles] for each in found]
    # A parent who was not tested is the one thing that has a side.
    assert told[0] == told[1]


def test_the_role_of_a_conflict_is_named_with_its_number_of_sites(make):
    sites = ("AICDA", "AICDA2")
    child = make.intake([make.call(site, "1/1", support=GOOD) for site in sites], sample="C", mother="M")
    mother = make.intake(reference=[make.stretch(site) for site in sites], sample="M")
    (found,) = in_family(make, child, mother).problems
    assert found.code == "HA-PED-101"
    assert found.message.startswith("2 genotype(s) cannot come from the stated mother: 12:8604313, 12:8605308")


def test_sites_on_two_chromosomes_speak_against_the_relation(make):
    child = make.intake(
        [make.call(s, "1/1", support=GOOD) for s in ("AICDA", "CD40")], sample="C", father="F", mother="M"
    )
    father = make.intake(reference=[make.stretch(s) for s in ("AICDA", "CD40", "UNG")], sex=Sex.MALE, sample="F")
    calls = [make.call(s, gt, support=GOOD) for s, gt in (("AICDA", "0/1"), ("CD40", "0/1"), ("UNG", "1/1"))]
    mother = make.intake(calls, sample="M")
    found = in_family(make, child, mother, father).problems
    assert [one.code for one in found] == ["HA-PED-104"]
    assert "2 of 2 genotypes, on 2 chromosomes, cannot come from the stated father" in found[0].message
    assert all(one.audience == "lab_only" and one.severity == "warning" for one in found)


def test_an_exchange_of_child_and_mother_is_seen(make):
    """The "child" is the mother: with her true child in her place everything can be inherited."""

    def person(sample, gts, sex=Sex.FEMALE, **more):
        calls = [make.call(site, gt, support=GOOD) for site, gt in gts.items() if "1" in gt]
        blocks = [make.stretch(site) for site, gt in gts.items() if gt == "0/0"]
        return make.intake(calls, reference=blocks, sex=sex, sample=sample, **more)

    mother = {"AICDA": "1/1", "CD40": "1/1", "UNG": "0/0"}
    child = {"AICDA": "0/1", "CD40": "0/1", "UNG": "0/1"}
    father = {"AICDA": "0/0", "CD40": "0/0", "UNG": "1/1"}
    right = in_family(
        make, person("C", child, mother="M", father="F"), person("M", mother), person("F", father, Sex.MALE)
    )
    assert right.problems == ()
    wrong = in_family(
        make, person("C", mother, mother="M", father="F"), person("M", child), person("F", father, Sex.MALE)
    )
    assert [one.code for one in wrong.problems] == ["HA-PED-104", "HA-PED-105"]
    assert (wrong.doubted, wrong.exchanged_with) == (frozenset({"mother", "father"}), "mother")
    assert "child and mother exchanged" in wrong.problems[1].message


def trio(make, child, mother, father):
    """A boy and his parents from genotypes by site."""

    def person(sample, gts, sex, **more):
        calls = [make.call(site, gt, support=GOOD) for site, gt in gts.items() if "1" in gt]
        blocks = [make.stretch(site) for site, gt in gts.items() if gt == "0/0"]
        return make.intake(calls, reference=blocks, sex=sex, sample=sample, consent_family=True, **more)

    parents = person("M", mother, Sex.FEMALE), person("F", father, Sex.MALE)
    return in_family(make, person("C", child, Sex.MALE, mother="M", father="F"), *parents)


ONE_EACH = ({"CD40": "0/1"}, {"CD40": "0/1"}, {"CD40": "0/0"})


@pytest.mark.parametrize(
    ("what", "child", "mother", "father", "doubted"),
    [
        ("nothing", {}, {}, {}, ""),
        ("one site", {"UNG": "1/1"}, {"UNG": "0/1"}, {"UNG": "0/0"}, ""),
        (
            "two sites in one gene",
            {"AICDA": "1/1", "AICDA2": "1/1"},
            {"AICDA": "0/1", "AICDA2": "0/1"},
            {"AICDA": "0/0", "AICDA2": "0/0"},
            "",
        ),
        (
            "two genes of one chromosome",
            {"AICDA": "1/1", "UNG": "1/1"},
            {"AICDA": "0/1", "UNG": "0/1"},
            {"AICDA": "0/0", "UNG": "0/0"},
            "father",
        ),
        (
            "one gene against each parent",
            {"AICDA": "1/1", "UNG": "1/1"},
            {"AICDA": "0/0", "UNG": "0/1"},
            {"AICDA": "0/1", "UNG": "0/0"},
            "father mother",
        ),
        ("one site against both", {"UNG": "1/1"}, {"UNG": "0/0"}, {"UNG": "0/0"}, "father mother"),
        ("one copy of what both have twice", {"UNG": "0/1"}, {"UNG": "1/1"}, {"UNG": "1/1"}, "father mother"),
        (
            "two alleles of neither parent",
            {"UNG": "0/1", "AICDA": "0/1"},
            {"UNG": "0/0", "AICDA": "0/0"},
            {"UNG": "0/0", "AICDA": "0/0"},
            "father mother",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_from_a_parent_in_doubt_nothing_is_drawn(make, what, child, mother, father, doubted):
    """At another place the allele came from the mother: so it is said only as long as neither relation is in doubt."""
    found = trio(make, *(base | more for base, more in zip(ONE_EACH, (child, mother, father), strict=True)))
    assert found.doubted == frozenset(doubted.split())
    origins = {state.call.allele.pos: state.origin for state in found.states}
    assert (origins[46122349] == "maternal") == (not doubted)
    if doubted:
        assert found.phases == ()
        assert {state.origin for state in found.states} == {"unknown"}
        assert found.problems


def test_two_samples_that_may_be_exchanged_lose_every_relation(make):
    """The mother's other child has her no more; who has nothing to do with the two keeps every relation."""
    rows = {
        one.sample: one
        for one in (
            row("C", "F", "M"),
            row("sister", "F", "M"),
            row("M", "", "oma"),
            row("F"),
            row("oma"),
            row("other", "F", "X"),
        )
    }
    said = PersonGenotypes((), (), doubted=frozenset({"mother", "father"}), exchanged_with="mother")
    links = doubted_links({"C": said}, rows)
    assert links == {("C", "M"), ("C", "F"), ("sister", "M"), ("M", "oma")}
    left = without_links(rows, links)
    assert [(left[name].father, left[name].mother) for name in ("C", "sister", "M", "other")] == [
        ("", ""),
        ("F", ""),
        ("", ""),
        ("F", "X"),
    ]


def test_two_alternates_that_a_parent_lacks_cannot_come_from_that_parent(make):
    alts = ("A", "T")
    child = make.intake(
        [make.call("AICDA", "1/2", index=n, alts=alts, support=GOOD) for n in (1, 2)], sample="C", mother="M"
    )
    mother = make.intake(reference=[make.stretch("AICDA")], sample="M")
    assert [one.code for one in in_family(make, child, mother).problems] == ["HA-PED-101"]
    # whatever else she has passed on
    other = make.call("CD40", "0/1", support=GOOD)
    child, mother = (msgspec.structs.replace(one, calls=(*one.calls, other)) for one in (child, mother))
    assert [one.code for one in in_family(make, child, mother).problems] == ["HA-PED-101"]
    carrier = make.intake([make.call("AICDA", "0/2", index=2, alts=alts, support=GOOD)], sample="M")
    assert in_family(make, child, carrier).problems == ()


# Obligate carriers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", table("obligate.tsv"), ids=lambda case: case["what"])
def test_obligate_carrier(make, case):
    sex = Sex(case["sex"])
    own, partner = ("mother", "father") if sex is Sex.FEMALE else ("father", "mother")
    family = [
        member(make, case["site"], case["father"], Sex.MALE, sample="F"),
        member(make, case["site"], case["mother"], Sex.FEMALE, sample="M", affected=Affected.NO),
        member(make, case["site"], case["sibling"], Sex.MALE, sample="B", mother="M"),
        member(make, case["site"], case["partner"], Sex.MALE, sample="X"),
    ]
    for kind, of in (("sons", Sex.MALE), ("daughters", Sex.FEMALE)):
        for number, gt in enumerate(case[kind].split(" ")):
            family.append(member(make, case["site"], gt, of, sample=f"{kind}{number}", **{own: "W", partner: "X"}))
    woman = member(make, case["site"], "none", sex, sample="W", mother="M", father="F")
    missing = [row(name) for name in ("F", "M", "X") if name not in people(*family)]
    found = in_family(make, woman, *family, untested=missing).family.obligate
    assert [one.basis for one in found] == ([case["basis"]] if case["basis"] else [])
    assert all(one.own.state is SeenState.NO_RECORD for one in found)
    # Nothing is said to be in her own sample.
    assert in_family(make, woman, *family, untested=missing).states == ()


def test_an_obligate_carrier_rests_on_relatives_who_agreed(make):
    sons = [member(make, "CD40LG", "1", Sex.MALE, sample=f"S{n}", mother="W") for n in (1, 2)]
    woman = member(make, "CD40LG", "none", Sex.FEMALE, sample="W")
    assert [one.basis for one in in_family(make, woman, *sons).family.obligate] == ["children"]
    silent = msgspec.structs.replace(sons[0], person=msgspec.structs.replace(sons[0].person, consent_family=False))
    assert in_family(make, woman, silent, sons[1]).family.obligate == ()


@pytest.mark.parametrize(("parent", "basis"), [("mother", ["children"]), ("father", [])])
def test_a_parent_whose_sex_is_not_stated_has_that_of_the_role(make, parent, basis):
    """Two sons have it on their X: their mother carries it, their father need not."""
    sons = [member(make, "CD40LG", "1", Sex.MALE, sample=f"S{n}", **{parent: "W"}) for n in (1, 2)]
    somebody = member(make, "CD40LG", "none", Sex.UNKNOWN, sample="W")
    assert [one.basis for one in in_family(make, somebody, *sons).family.obligate] == basis


@pytest.mark.parametrize(("father", "basis"), [("0", ["children"]), ("none", []), ("1", [])])
def test_what_follows_for_the_mother_is_the_same_whatever_the_sex_of_a_fetus(make, father, basis):
    found = []
    for sex, written in ((Sex.MALE, "1"), (Sex.FEMALE, "0/1")):
        fetus = member(make, "CD40LG", written, sex, sample="C", mother="W", father="X", mode=Mode.PRENATAL)
        son = member(make, "CD40LG", "1", Sex.MALE, sample="S", mother="W", father="X")
        partner = member(make, "CD40LG", father, Sex.MALE, sample="X")
        woman = member(make, "CD40LG", "none", Sex.FEMALE, sample="W")
        found.append([one.basis for one in in_family(make, woman, fetus, son, partner).family.obligate])
    assert found == [basis, basis]


def test_consent_of_a_relative_by_gene():
    def agrees(gene, **row_):
        return Member(Role.SIBLING, row("B", **row_)).agrees(gene)

    assert agrees(Gene.CD40LG, consent_family=True)
    assert not agrees(Gene.CD40LG)
    assert not agrees(Gene.PMS2, consent_family=True)
    assert agrees(Gene.PMS2, consent_family=True, consent_secondary=True)
    assert not agrees(Gene.PMS2, consent_family=True, consent_secondary=True, mode=Mode.PRENATAL)


# Siblings who carry it too --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "agrees", "grade", "codes"),
    [
        ({"mother": "M", "father": "F"}, True, "sibling_carries_it_too", ["HA-PED-108"]),
        ({"mother": "M"}, True, "sibling_carries_it_too", ["HA-PED-108"]),
        ({"mother": "M"}, False, "parents_measured", ["HA-PED-108"]),
        ({"father": "F"}, True, "parents_measured", ["HA-PED-109"]),
        ({}, True, "parents_measured", []),
    ],
)
def test_an_allele_of_two_brothers_is_new_in_neither(make, other, agrees, grade, codes):
    """The laboratory is told whatever the brother agreed to; the X of a son comes from his mother."""
    boy = member(make, "CD40LG", "1", Sex.MALE, sample="C", mother="M", father="F")
    brother = member(make, "CD40LG", "1", Sex.MALE, sample="B", consent_family=agrees, **other)
    mother = member(make, "CD40LG", "0/0", Sex.FEMALE, sample="M")
    father = member(make, "CD40LG", "0", Sex.MALE, sample="F")
    found = in_family(make, boy, mother, father, brother)
    (one,), (state,) = found.family.alleles, found.states
    assert one.de_novo == grade
    assert state.origin == ("unknown" if grade == "sibling_carries_it_too" else "apparently_de_novo")
    assert [problem.code for problem in found.problems] == codes
    assert all(problem.audience == "lab_only" and problem.severity == "info" for problem in found.problems)


# Segregation ----------------------------------------------------------------------------------------------------------


def test_relatives_are_counted_by_status_and_copies(make):
    def relative(name, written, sex, affected, **more):
        return member(
            make, "CD40LG", written, sex, sample=name, affected=Affected(affected), consent_family=False, **more
        )

    boy = relative("boy", "1", Sex.MALE, "yes", mother="mum")
    family = [
        relative("mum", "0/1", Sex.FEMALE, "no", mother="oma"),
        relative("sick", "1", Sex.MALE, "yes", mother="mum"),
        relative("well", "0", Sex.MALE, "no", mother="mum"),
        relative("odd", "0", Sex.MALE, "yes", mother="mum"),
        relative("unclear", "0 thin", Sex.MALE, "no", mother="mum"),
        relative("unstated", "1", Sex.MALE, "unknown", mother="mum"),
        relative("oma", "0/1", Sex.FEMALE, "no"),
    ]
    (one,) = in_family(make, boy, *family).family.alleles
    assert one.segregation == Segregation(affected_all=1, affected_none=1, unaffected_one=2, unaffected_none=1, open=2)
