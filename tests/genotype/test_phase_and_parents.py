"""Phase by read sets and parents, origins, what cannot be inherited, and sex."""

import msgspec
import pytest
from msgspec import structs

from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.states import locate
from higm_annot.genotype.types import Origin, PhaseVerdict, SexVerdict, Zygosity
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import Allele, ReferenceStretch, Sex, SexChromosomes, Support
from higm_annot.problems import Audience
from higm_annot.reference.types import Build, Contig, RegionRole

GOOD = Support(depth=40, ref_reads=20, alt_reads=20, genotype_quality=99)


def pair(genotypes):
    """(verdict, basis) of the only pair; unknown when none is listed."""
    assert len(genotypes.phases) <= 1
    return (
        (genotypes.phases[0].verdict, genotypes.phases[0].basis) if genotypes.phases else (PhaseVerdict.UNKNOWN, "none")
    )


def two(make, first, second, set_1=None, set_2=None, **person):
    calls = (
        make.call("AICDA", first, phase_set=set_1),
        make.call("AICDA2", second, phase_set=set_2),
    )
    return make.intake(calls, **person)


@pytest.mark.parametrize(
    ("first", "second", "set_1", "set_2", "expected"),
    [
        ("0|1", "0|1", "10", "10", ("in_cis", "phase_set")),
        ("0|1", "1|0", "10", "10", ("in_trans", "phase_set")),
        ("1|0", "1|0", "10", "10", ("in_cis", "phase_set")),
        # PharmCAT#175: two phase sets say nothing about each other
        ("0|1", "0|1", "10", "20", ("unknown", "none")),
        ("0|1", "1|0", "10", "20", ("unknown", "none")),
        # a bar without a set, or a set without a bar, is no evidence
        ("0|1", "1|0", None, None, ("unknown", "none")),
        ("0|1", "0/1", "10", "10", ("unknown", "none")),
        ("0/1", "0/1", "10", "10", ("unknown", "none")),
        # half calls and haploid calls never phase
        ("0|1", ".|1", "10", "10", ("unknown", "none")),
        ("0|1", "1", "10", "10", ("unknown", "none")),
        # one on both copies is opposite to everything
        ("1|1", "0|1", "10", "10", ("in_trans", "homozygous")),
    ],
)
def test_phase_sets(make, first, second, set_1, set_2, expected):
    assert pair(resolve(two(make, first, second, set_1, set_2), None, None, Witnesses(make.panel))) == expected


def test_reference_sites_never_alter_phase(make):
    """PharmCAT#102/#120/#219."""
    person = two(make, "0|1", "1|0", "10", "10")
    filled = make.intake(
        (*person.calls, make.call("AICDA3", "0|0", phase_set="10")), reference=(make.stretch("AICDA3"),)
    )
    assert (
        resolve(filled, None, None, Witnesses(make.panel)).phases
        == resolve(person, None, None, Witnesses(make.panel)).phases
    )


@pytest.mark.parametrize("alts", [("A", "T"), ("GA", "T"), ("GA", "GAA")])
def test_two_alternates_of_one_genotype_are_in_trans(make, alts):
    calls = [make.call("AICDA", "1/2", index=index, alts=alts) for index in (1, 2)]
    genotypes = resolve(make.intake(calls), None, None, Witnesses(make.panel))
    assert pair(genotypes) == ("in_trans", "same_site")
    assert [state.zygosity for state in genotypes.states] == [Zygosity.HET, Zygosity.HET]
    assert all("two_alternates" in state.reasons for state in genotypes.states)


def test_two_alternates_at_one_place_say_nothing_of_those_at_another(make):
    calls = [make.call(site, "1/2", index=n, alts=("A", "T")) for site in ("AICDA", "AICDA2") for n in (1, 2)]
    found = resolve(make.intake(calls), None, None, Witnesses(make.panel)).phases
    places = [{key.split(":")[2] for key in (one.first, one.second)} for one in found]
    assert sorted(map(sorted, places)) == [["8604313"], ["8605308"]]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("A", "C"), ("A", "T"), ("in_trans", "same_site")),
        # an insertion leaves the base as it is, and two changes of several bases may be parts of one
        (("A", "C"), ("A", "AT"), ("unknown", "none")),
        (("AG", "CT"), ("AG", "TC"), ("unknown", "none")),
    ],
)
def test_two_substitutions_of_one_base_on_separate_lines_exclude_each_other(make, first, second, expected):
    make.sites.update(one=("12", 8605300, *first), other=("12", 8605300, *second))
    calls = [make.call("one", "0/1", line=5), make.call("other", "0/1", line=6)]
    assert pair(resolve(make.intake(calls), None, None, Witnesses(make.panel))) == expected
    # an indexed file does not tell its lines, and the alternates may stand on both
    alts = (first[1], second[1])
    calls = [make.call("one", f"0/{n}", index=n, alts=alts) for n in (1, 2)]
    assert pair(resolve(make.intake(calls), None, None, Witnesses(make.panel))) == expected


def test_the_name_of_a_phase_set_does_not_matter(make):
    verdicts = {
        pair(resolve(two(make, "0|1", "1|0", name, name), None, None, Witnesses(make.panel)))
        for name in ("1", "77", "x")
    }
    assert verdicts == {("in_trans", "phase_set")}


def family(make, mother_calls, father_calls, child, **parents):
    def parent(gts, sex, name):
        calls = [make.call(site, gt) for site, gt in gts.items() if "1" in gt]
        reference = [make.stretch(site) for site, gt in gts.items() if gt == "0/0"]
        reference += [structs.replace(make.stretch(s), alt_reads=12) for s, gt in gts.items() if gt == "0/0 with reads"]
        missing = [make.call(site, gt) for site, gt in gts.items() if "." in gt and "1" not in gt]
        return make.intake(
            calls, reference=reference, no_calls=missing, sex=sex, sample=name, **{"consent_family": True, **parents}
        )

    return resolve(
        child, parent(mother_calls, Sex.FEMALE, "M"), parent(father_calls, Sex.MALE, "F"), Witnesses(make.panel)
    )


@pytest.mark.parametrize(
    ("mother", "father", "expected"),
    [
        ({"AICDA": "0/1", "AICDA2": "0/0"}, {"AICDA": "0/0", "AICDA2": "0/1"}, ("in_trans", "parents")),
        ({"AICDA": "0/1", "AICDA2": "0/1"}, {"AICDA": "0/0", "AICDA2": "0/0"}, ("in_cis", "parents")),
        ({"AICDA": "0/0", "AICDA2": "0/0"}, {"AICDA": "0/1", "AICDA2": "0/1"}, ("in_cis", "parents")),
        # forty per cent of a parent's reads against the genotype: not shown to lack it, neither in cis nor in trans
        ({"AICDA": "0/1", "AICDA2": "0/1"}, {"AICDA": "0/0", "AICDA2": "0/0 with reads"}, ("unknown", "none")),
        ({"AICDA": "0/1", "AICDA2": "0/0 with reads"}, {"AICDA": "0/0", "AICDA2": "0/1"}, ("unknown", "none")),
        # absence of a record is not a reference genotype
        ({"AICDA": "0/1"}, {"AICDA2": "0/1"}, ("unknown", "none")),
        # genmod#99: each parent misses one site
        ({"AICDA": "0/1", "AICDA2": "./."}, {"AICDA": "./.", "AICDA2": "0/1"}, ("unknown", "none")),
        ({"AICDA": "0/1", "AICDA2": "0/0"}, {"AICDA": "0/1", "AICDA2": "0/1"}, ("unknown", "none")),
        ({"AICDA": "0/1", "AICDA2": "0/0"}, {"AICDA": "0/0", "AICDA2": "0/0"}, ("unknown", "none")),
    ],
)
def test_phase_by_parents(make, mother, father, expected):
    assert pair(family(make, mother, father, two(make, "0/1", "0/1"))) == expected


def test_swapping_the_parents_changes_no_phase(make):
    one, other = {"AICDA": "0/1", "AICDA2": "0/0"}, {"AICDA": "0/0", "AICDA2": "0/1"}
    child = two(make, "0/1", "0/1")
    assert pair(family(make, one, other, child)) == pair(family(make, other, one, child))


def test_cis_by_parents_needs_measured_reference(make):
    """Losing depth or quality of the other parent never makes a reassuring statement."""
    child = two(make, "0/1", "0/1")
    mother = make.intake([make.call("AICDA", "0/1"), make.call("AICDA2", "0/1")], sample="M")
    verdicts = []
    for depth, quality in ((30, 60.0), (None, 60.0), (30, None), (None, None), (3, 60.0), (30, 5.0)):
        father = make.intake(reference=[make.stretch(s, depth, quality) for s in ("AICDA", "AICDA2")], sex=Sex.MALE)
        verdicts.append(pair(resolve(child, mother, father, Witnesses(make.panel)))[0])
    assert verdicts == ["in_cis", *["unknown"] * 5]


def test_reads_against_parents_is_a_conflict_and_on_hold(make):
    child = two(make, "0|1", "0|1", "10", "10")
    found = family(make, {"AICDA": "0/1", "AICDA2": "0/0"}, {"AICDA": "0/0", "AICDA2": "0/1"}, child)
    assert pair(found) == ("unknown", "conflict")
    assert [(p.code, p.audience) for p in found.problems] == [("HA-PED-103", Audience.LAB_ONLY)]


@pytest.mark.parametrize(
    ("site", "raw", "sex", "mother", "father", "origin"),
    [
        ("AICDA", "0/1", Sex.FEMALE, "0/1", "0/0", Origin.MATERNAL),
        ("AICDA", "0/1", Sex.FEMALE, "0/0", "0/1", Origin.PATERNAL),
        ("AICDA", "0/1", Sex.FEMALE, "0/1", "0/1", Origin.UNKNOWN),
        ("AICDA", "0/1", Sex.FEMALE, "0/0", "0/0", Origin.NEITHER_CALLED),
        ("AICDA", "0/1", Sex.FEMALE, "0/1", "", Origin.UNKNOWN),
        ("AICDA", "0/1", Sex.FEMALE, "0/0", "./.", Origin.UNKNOWN),
        ("AICDA", "1/1", Sex.FEMALE, "0/1", "0/1", Origin.BOTH),
        ("AICDA", "./1", Sex.FEMALE, "0/1", "0/0", Origin.UNKNOWN),
        ("CD40LG", "1", Sex.MALE, "0/1", "", Origin.MATERNAL),
        ("CD40LG", "1/1", Sex.MALE, "0/0", "1", Origin.NEITHER_CALLED),
        ("CD40LG", "1", Sex.MALE, "", "0/0", Origin.UNKNOWN),
        ("CD40LG", "0/1", Sex.FEMALE, "0/0", "1", Origin.PATERNAL),
        # a firewalled region shows nobody to lack anything
        ("PMS2_11", "0/1", Sex.FEMALE, "0/1", "0/0", Origin.UNKNOWN),
        ("IKBKG10", "1", Sex.MALE, "0/1", "0/0", Origin.UNKNOWN),
    ],
)
def test_origin(make, site, raw, sex, mother, father, origin):
    child = make.intake([make.call(site, raw)], sex=sex)
    found = family(make, {site: mother} if mother else {}, {site: father} if father else {}, child)
    assert found.states[0].origin is origin


def test_another_alternate_at_the_record_shows_absence(make):
    alts = ("A", "T")
    child = make.intake([make.call("AICDA", "0/1", alts=alts)])
    mother = make.intake([make.call("AICDA", "0/1", alts=alts)], consent_family=True)
    father = make.intake([make.call("AICDA", "0/2", index=2, alts=alts, support=GOOD)], consent_family=True)
    assert resolve(child, mother, father, Witnesses(make.panel)).states[0].origin is Origin.MATERNAL


def test_a_parents_uncalled_place_is_unclear_whatever_covers_it(make):
    child = make.intake([make.call("AICDA", "0/1")])
    mother = make.intake([make.call("AICDA", "0/1")], consent_family=True)
    for raw in ("./.", "0/."):
        father = make.intake(
            no_calls=[make.call("AICDA", raw)], reference=[make.stretch("AICDA")], sex=Sex.MALE, consent_family=True
        )
        assert resolve(child, mother, father, Witnesses(make.panel)).states[0].origin is Origin.UNKNOWN


def test_reference_blocks_must_cover_every_base(make):
    make.sites["long"] = ("12", 8605300, "GATT", "G")
    child = make.intake([make.call("long", "0/1")])
    mother = make.intake([make.call("long", "0/1")], consent_family=True)
    for bounds, origin in (
        (((8605290, 8605301), (8605302, 8605400)), Origin.MATERNAL),
        (((8605290, 8605301), (8605303, 8605400)), Origin.UNKNOWN),
        (((8605290, 8605302),), Origin.UNKNOWN),
        (((8605301, 8605400),), Origin.UNKNOWN),
    ):
        blocks = [ReferenceStretch(Contig.CHR12, start, end, 30, 60.0, "block") for start, end in bounds]
        father = make.intake(reference=blocks, sex=Sex.MALE, consent_family=True)
        assert resolve(child, mother, father, Witnesses(make.panel)).states[0].origin is origin


def test_a_parent_who_has_not_agreed_is_not_shown_but_phase_stays(make):
    mother, father = {"AICDA": "0/1", "AICDA2": "0/0"}, {"AICDA": "0/0", "AICDA2": "0/1"}
    found = family(make, mother, father, two(make, "0/1", "0/1"), consent_family=False)
    assert pair(found) == ("in_trans", "parents")
    assert [state.origin for state in found.states] == [Origin.UNKNOWN, Origin.UNKNOWN]
    assert all("origin_not_shown" in state.reasons for state in found.states)


def test_a_pms2_origin_needs_the_parents_consent_to_secondary_findings(make):
    child = make.intake([make.call("PMS2_6", "0/1")])
    for secondary, origin in ((False, Origin.UNKNOWN), (True, Origin.MATERNAL)):
        found = family(make, {"PMS2_6": "0/1"}, {"PMS2_6": "0/0"}, child, consent_secondary=secondary)
        assert found.states[0].origin is origin


def test_parents_of_another_build_show_nothing(make):
    child = make.intake([make.call("AICDA", "0/1")])
    parent = make.intake(reference=[make.stretch("AICDA")], build=Build.GRCH37, consent_family=True)
    assert resolve(child, parent, parent, Witnesses(make.panel)).states[0].origin is Origin.UNKNOWN


@pytest.mark.parametrize(
    ("site", "raw", "sex", "mother", "father", "roles"),
    [
        ("AICDA", "1/1", Sex.FEMALE, "0/0", "0/1", ["mother"]),
        ("AICDA", "1/1", Sex.FEMALE, "0/1", "0/0", ["father"]),
        ("AICDA", "0/0", Sex.FEMALE, "1/1", "0/1", ["mother"]),
        ("AICDA", "1/1", Sex.FEMALE, "0/1", "0/1", []),
        ("AICDA", "1/1", Sex.FEMALE, "", "", []),
        ("AICDA", "./1", Sex.FEMALE, "0/0", "0/1", []),
        ("CD40LG", "1", Sex.MALE, "0/0", "0", []),
        ("CD40LG", "1", Sex.MALE, "0/1", "0/0", []),
        ("CD40LG", "0/0", Sex.MALE, "1/1", "0/0", ["mother"]),
        ("CD40LG", "0/0", Sex.MALE, "0/1", "1", []),
        ("CD40LG", "0/0", Sex.FEMALE, "0/1", "1", ["father"]),
        ("PMS2_11", "1/1", Sex.FEMALE, "0/0", "0/1", []),
    ],
)
def test_what_cannot_be_inherited(make, site, raw, sex, mother, father, roles):
    child = (
        make.intake([make.call(site, raw)], sex=sex)
        if "1" in raw
        else make.intake(reference=[make.stretch(site)], sex=sex)
    )
    found = family(make, {site: mother} if mother else {}, {site: father} if father else {}, child)
    assert [p.code for p in found.problems] == ["HA-PED-101"] * len(roles)
    assert [role for role in ("mother", "father") if any(role in p.message for p in found.problems)] == roles
    assert all(p.audience is Audience.LAB_ONLY for p in found.problems)


@pytest.mark.parametrize("small", ["1/1", "1"])
@pytest.mark.parametrize(
    ("mother", "roles"),
    [
        ({"gone": "0/1", "CD40": "0/0"}, []),  # the copy without the place is hers
        ({"gone": "0/0", "CD40": "0/0"}, ["mother"]),  # neither of the child's copies is hers
    ],
)
def test_a_child_with_a_change_opposite_a_deletion_has_one_of_them_from_each_parent(make, small, mother, roles):
    make.sites["gone"] = ("20", 46122340, "ACGTACGTACGTACGTACGT", "A")
    child = make.intake([make.call("gone", "0/1"), make.call("CD40", small)])
    found = family(make, mother, {"gone": "0/0", "CD40": "0/1"}, child)
    assert [role for role in ("mother", "father") if any(role in p.message for p in found.problems)] == roles
    assert pair(found) == ("in_trans", "same_site")


def test_two_apparently_new_alleles_question_the_relation(make):
    sites = {"AICDA": "0/0", "CD40": "0/0"}
    child = make.intake([make.call(site, "0/1") for site in sites])
    assert [p.code for p in family(make, sites, sites, child).problems] == ["HA-PED-102"]
    one = make.intake([make.call("AICDA", "0/1")])
    assert family(make, sites, sites, one).problems == ()


X_SITES = ("CD40LG", "CD40LG2", "CD40LG3")


def test_heterozygous_calls_contradict_a_declared_male(make):
    """gemini#903, seqr#484: flagged with its reads, not hemizygous, not dropped."""
    calls = [make.call(site, "0/1", support=GOOD) for site in X_SITES]
    found = resolve(make.intake(calls, sex=Sex.MALE), None, None, Witnesses(make.panel))
    assert found.sex_verdict is SexVerdict.IN_CONFLICT
    assert found.sex_observed == "two_copies_of_x"
    assert [(p.code, p.audience) for p in found.problems] == [("HA-SEX-101", Audience.LAB_ONLY)]
    assert [state.zygosity for state in found.states] == [Zygosity.HET_IN_MALE] * 3
    assert all("het_in_male" in state.flags and state.call.support is GOOD for state in found.states)


@pytest.mark.parametrize("sex", [Sex.FEMALE, Sex.UNKNOWN])
def test_nothing_proves_or_contradicts_another_sex(make, sex):
    calls = [make.call(site, "0/1", support=GOOD) for site in X_SITES]
    found = resolve(make.intake(calls, sex=sex), None, None, Witnesses(make.panel))
    assert found.sex_verdict is SexVerdict.NOT_TESTABLE
    assert found.problems == ()


def test_poor_or_few_calls_say_nothing_of_sex(make):
    poor = Support(depth=6, ref_reads=3, alt_reads=3, genotype_quality=30)
    for calls in (
        [make.call(site, "0/1", support=poor) for site in X_SITES],
        [make.call(site, "0/1") for site in X_SITES],
        [make.call(site, "0/1", support=GOOD) for site in X_SITES[:2]],
    ):
        found = resolve(make.intake(calls, sex=Sex.MALE), None, None, Witnesses(make.panel))
        assert (found.sex_verdict, found.problems) == (SexVerdict.NOT_TESTABLE, ())


@pytest.mark.parametrize(
    ("places", "heterozygous", "seen"),
    [
        (99, 60, "not_testable"),
        (100, 0, "one_copy_of_x"),
        (100, 20, "one_copy_of_x"),
        (100, 21, "unclear_copies_of_x"),
        (100, 39, "unclear_copies_of_x"),
        (100, 40, "two_copies_of_x"),
        (100, 100, "two_copies_of_x"),
    ],
)
@pytest.mark.parametrize("sex", Sex)
def test_the_share_of_two_alleles_on_all_of_x(make, places, heterozygous, seen, sex):
    """One copy up to a fifth, two from two fifths on, and nothing from fewer than a hundred places."""
    counts = SexChromosomes(x_places=places, x_heterozygous=heterozygous)
    person = msgspec.structs.replace(make.intake(sex=sex), sex_chromosomes=counts)
    found = resolve(person, None, None, Witnesses(make.panel))
    agrees = {"one_copy_of_x": Sex.MALE, "two_copies_of_x": Sex.FEMALE}.get(seen)
    told = sex is not Sex.UNKNOWN and agrees is not None
    verdict = SexVerdict.NOT_TESTABLE if not told else SexVerdict.AGREES if sex is agrees else SexVerdict.IN_CONFLICT
    assert (found.sex_observed, found.sex_verdict) == (seen, verdict)
    assert [one.audience for one in found.problems] == [Audience.LAB_ONLY]


def test_ikbkg_and_its_pseudogene_never_feed_the_sex(make):
    for site, at in {
        "IK3": 154556200,
        "IKintron": 154559000,
        "IK10": 154564400,
        "P1": 154635700,
        "P2": 154640000,
    }.items():
        make.sites[site] = ("X", at, "A", "G")
    calls = [make.call(site, "0/1", support=GOOD) for site in ("IKBKG10", "IK3", "IKintron", "IK10", "P1", "P2")]
    found = resolve(make.intake(calls, sex=Sex.MALE), None, None, Witnesses(make.panel))
    assert found.sex_verdict is SexVerdict.NOT_TESTABLE
    assert found.sex_observed == "not_testable"
    assert all("gene_or_pseudogene" in state.flags for state in found.states)
    assert len(found.states) == 6


def test_where_alleles_lie(make):
    firewalled = {site: locate(make.panel, make.call(site, "0/1").allele).firewalled for site in make.sites}
    assert firewalled["PMS2_11"] and firewalled["IKBKG10"]
    assert not any(firewalled[site] for site in ("CD40LG", "CD40", "AICDA", "UNG", "PMS2_6"))


def test_a_region_holds_its_first_and_its_last_base(make):
    for region in make.panel.regions:
        if region.role is not RegionRole.LOCUS:
            continue
        for pos, inside in (
            (region.start - 1, False),
            (region.start, True),
            (region.end, True),
            (region.end + 1, False),
        ):
            where = locate(make.panel, Allele(region.build, region.contig, pos, "A", "C", pos))
            assert (where is not None and where.gene is region.gene) is inside
        # and a deletion that reaches into it
        first = Allele(region.build, region.contig, region.start - 10, "N", "<DEL>", region.start)
        assert locate(make.panel, first).gene is region.gene


def test_no_calls_keep_a_state(make):
    """PharmCAT#240: a missing genotype stays a missing genotype."""
    found = resolve(
        make.intake(no_calls=[make.call("AICDA", "./."), make.call("CD40", "0/.")]), None, None, Witnesses(make.panel)
    )
    assert [state.zygosity for state in found.states] == [Zygosity.NO_CALL, Zygosity.HALF_CALL]
    assert found.phases == ()


def test_an_allele_on_two_lines_is_flagged_on_both(make):
    found = resolve(
        make.intake([make.call("AICDA", "0/1", line=5), make.call("AICDA", "1/1", line=6)]),
        None,
        None,
        Witnesses(make.panel),
    )
    assert all("written_twice" in state.flags for state in found.states)
    assert found.phases == ()


def test_the_order_of_calls_changes_nothing(make):
    person = two(make, "0|1", "1|0", "10", "10")
    turned = make.intake(person.calls[::-1])
    one, other = (resolve(p, None, None, Witnesses(make.panel)) for p in (person, turned))
    assert one.states == other.states[::-1]
    assert {frozenset((p.first, p.second)) for p in one.phases} == {
        frozenset((p.first, p.second)) for p in other.phases
    }
