"""The document: what it holds, what it leaves out, and what its digest depends on."""

import itertools

import msgspec
import pytest

from higm_annot.genotype.types import Origin, PairPhase, PersonGenotypes, PhaseVerdict, SexVerdict, Zygosity
from higm_annot.intake.types import Sex
from higm_annot.interpretation import profile
from higm_annot.interpretation.types import ConclusionCode, Status
from higm_annot.knowledge.facts import Fact
from higm_annot.knowledge.texts import text
from higm_annot.problems import Audience, Severity
from higm_annot.reference.types import Gene
from higm_annot.report import document
from higm_annot.report.document import failed, ledger_block
from higm_annot.report.types import encode


def by_name(report, name):
    return next(block for block in report.variants if name in block.hgvs.c.values())


def test_named_variant_carries_the_audit_and_comes_first(made):
    report = made.boy()
    first = report.variants[0]
    assert (first.hgvs.c["NM_000074.3"], first.reportable, first.state) == ("c.340del", True, "hemi")
    assert [one.code for one in first.allele_class.criteria] == ["PVS1", "PM2_Supporting"]
    assert len(first.evidence) == 2


def test_other_variants_are_compact_but_keep_their_class(made):
    block = by_name(made.boy(), "c.-1T>C")
    assert (block.reportable, block.evidence, block.allele_class.criteria) == (False, (), ())
    assert (block.allele_class.class_, block.allele_class.points) == ("Benign", 11)


def test_half_calls_and_no_calls_are_variants_with_their_state(made):
    states = {block.key: block.state for block in made.boy().variants}
    assert states[made.allele("half").key] == "half_call"
    assert states[made.allele("uncalled").key] == "no_call"


def test_reference_calls_are_not_listed_as_variants(made):
    reference = msgspec.structs.replace(made.state("common"), zygosity=Zygosity.HOM_REF)
    genotypes = PersonGenotypes(states=(made.state("frameshift"), reference), phases=())
    report = made.report("frameshift", conclusions=made.boy_conclusions(), genotypes=genotypes)
    assert [block.hgvs.c[block.transcript] for block in report.variants] == ["c.340del"]


def test_an_allele_written_twice_is_one_block_with_both_places(made):
    again = made.state("common")
    place = msgspec.structs.replace(again.call.place, pos=again.call.place.pos - 1, ref="AT", alts=("AC",))
    again = msgspec.structs.replace(again, call=msgspec.structs.replace(again.call, place=place))
    genotypes = PersonGenotypes(states=(made.state("common"), again), phases=())
    report = made.report("common", conclusions=(), genotypes=genotypes)
    assert [block.support.places for block in report.variants] == [("chr20:46118343 T>C", "chr20:46118342 AT>AC")]


def test_phase_is_told_towards_other_shown_alleles_only(made):
    first, second = made.allele("frameshift").key, made.allele("common").key
    phases = (
        PairPhase(second, first, PhaseVerdict.CIS, "phase_set"),
        PairPhase(first, made.allele("lynch").key, PhaseVerdict.TRANS, "parents"),
    )
    block = made.boy(phases=phases).variants[0]
    assert [(one.other, one.verdict, one.basis) for one in block.phase] == [(second, "in_cis", "phase_set")]


@pytest.mark.parametrize(
    ("origin", "mother", "father", "shown"),
    [
        (Origin.MATERNAL, True, False, "maternal"),
        (Origin.MATERNAL, False, True, "unknown"),
        (Origin.PATERNAL, False, True, "paternal"),
        (Origin.PATERNAL, True, False, "unknown"),
        (Origin.BOTH, True, False, "unknown"),
        (Origin.BOTH, True, True, "both"),
        (Origin.NEITHER_CALLED, False, True, "unknown"),
        (Origin.NEITHER_CALLED, True, True, "apparently_de_novo"),
    ],
)
def test_origin_is_shown_only_with_the_parents_consent(made, origin, mother, father, shown):
    relatives = {
        "mother": made.intake(sample="m", consent_family=mother),
        "father": made.intake(sample="f", consent_family=father),
    }
    report = made.boy(origins={"frameshift": origin}, relatives=relatives)
    assert report.variants[0].origin == shown


def test_lab_only_problem_is_not_in_the_document_and_holds_it(made):
    plain, held = made.boy(), made.boy(problems=(made.WARNING, made.LAB_ONLY))
    assert (plain.release, held.release) == ("ready", "hold")
    assert msgspec.structs.replace(held, release="ready", digest=plain.digest) == plain
    assert made.LAB_ONLY.code.encode() not in encode(held)


def test_lab_only_remark_does_not_hold(made):
    remark = msgspec.structs.replace(made.LAB_ONLY, severity=Severity.INFO)
    assert made.boy(problems=(remark,)).release == "ready"


def test_interpretation_can_hold(made):
    assert made.boy(hold=True).release == "hold"


def test_sex_conflict_shows_only_as_hold(made):
    genotypes = PersonGenotypes(
        states=(made.state("frameshift"),),
        phases=(),
        sex_observed="two_copies_of_x",
        sex_verdict=SexVerdict.IN_CONFLICT,
        problems=(made.LAB_ONLY,),
    )
    report = made.report(
        "frameshift", conclusions=made.boy_conclusions(), genotypes=genotypes, problems=(made.LAB_ONLY,)
    )
    assert (report.sample.sex.observed, report.sample.sex.verdict) == ("not_testable", "not_testable")
    assert report.release == "hold"


def test_problems_keep_no_folder_and_no_line_beside_a_site(made):
    (found,) = made.boy().problems
    assert (found.file, found.line, found.site) == ("boy.vcf.gz", 0, "chrX:136654423")
    assert b"/data" not in encode(made.boy())


def test_ledger_adds_up(made):
    ledger = made.boy().ledger
    assert (ledger.total, ledger.reported, ledger.no_call, ledger.set_aside) == (5, 3, 1, 1)
    assert ledger.set_aside_by_rule == {"outside_the_panel": 1}
    assert ledger.balanced


def test_set_aside_without_rule_is_not_balanced(made):
    assert not ledger_block([msgspec.structs.replace(made.SET_ASIDE, rule="")]).balanced


def test_a_reported_unit_that_is_not_shown_fails_the_sample(made):
    genotypes = PersonGenotypes(states=(made.state("frameshift"),), phases=())
    report = made.report("frameshift", "common", conclusions=made.boy_conclusions(), genotypes=genotypes)
    assert (report.status, report.release, report.problems[0].code) == ("failed", "hold", "HA-RUN-020")
    assert report.variants == ()


def test_failed_document_gives_the_reason_and_no_result(made):
    report = failed(made.intake("frameshift", problems=(made.LAB_ONLY, made.WARNING, made.ERROR)), made.PANEL)
    assert (report.status, report.release, report.headline.code) == ("failed", "hold", "failed")
    assert "The file ends early." in report.headline.text
    assert (report.conclusions, report.variants, report.assessment) == ((), (), ())
    assert [found.code for found in report.problems] == ["HA-VCF-900", "HA-GT-900"]
    assert report.problems[0].line == 7


def test_failed_for_a_reason_of_the_laboratory_does_not_tell_it(made):
    error = msgspec.structs.replace(made.ERROR, audience=Audience.LAB_ONLY)
    report = failed(made.intake(problems=(error,)), made.PANEL)
    assert report.headline.text.endswith("The laboratory has the reason.")
    assert b"ends early" not in encode(report)


def test_same_input_same_bytes(made):
    assert encode(made.boy()) == encode(made.boy())


def test_digest_does_not_depend_on_paths_or_lines(made):
    elsewhere = made.intake("frameshift", "common", "half", "uncalled", problems=(made.WARNING,))
    moved = msgspec.structs.replace(
        elsewhere,
        person=msgspec.structs.replace(elsewhere.person, vcf="/other/boy.vcf.gz", line=99, coverage="/other/x.bed"),
        problems=(msgspec.structs.replace(made.WARNING, file="/other/boy.vcf.gz", line=0),),
    )
    assert made.compose_of(moved).digest == made.compose_of(elsewhere).digest == made.boy().digest


@pytest.mark.parametrize(
    "change",
    [
        {"sex": "unknown"},
        {"consent_secondary": True},
        {"indication": "none"},
        {"relatives": "mother"},
        {"problems": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_digest_depends_on_what_decides(made, change):
    if "relatives" in change:
        change = {"relatives": {"mother": made.intake(sample="m")}}
    assert made.boy(**change).digest != made.boy().digest


def test_relatives_stand_in_the_provenance_by_role_and_digest_only(made):
    report = made.boy(relatives={"mother": made.intake(sample="mother-of-the-boy")}, mother="mother-of-the-boy")
    assert report.provenance.cut_records == {"sample": "cd" * 32, "mother": "cd" * 32}
    assert b"mother-of-the-boy" not in encode(report)


def test_secondary_sentence_is_the_same_for_everybody(made):
    reports = (
        made.boy(),
        made.boy(consent_secondary=True),
        made.report(conclusions=()),
        failed(made.intake(problems=(made.ERROR,)), made.PANEL),
    )
    assert len({report.secondary_statement for report in reports}) == 1


def test_headline_takes_the_heaviest_conclusion_whatever_the_order(made):
    lighter = made.conclusion(ConclusionCode.CARRIER, "half", gene=Gene.AICDA, disease="HIGM2")
    for order in ((lighter, *made.boy_conclusions()), (*made.boy_conclusions(), lighter)):
        headline = made.boy(conclusions=order).headline
        assert headline.code == "disease_genotype"
        assert headline.text.startswith("Genotype expected to cause Immunodeficiency, X-linked, with hyper-IgM (HIGM1)")
        assert any(line.startswith("Carrier of") for line in headline.detail)


RANKS = [
    "disease_genotype",
    "possible_disease_genotype",
    "carrier_possibly_affected",
    "one_allele_found",
    "uncertain",
    "carrier",
    "secondary_risk",
    "not_assessed",
    "no_finding",
]


@pytest.mark.parametrize(("heavier", "lighter"), list(itertools.pairwise(RANKS)))
def test_rank_of_conclusions(made, heavier, lighter):
    both = (made.conclusion(ConclusionCode(lighter), "half"), made.conclusion(ConclusionCode(heavier), "frameshift"))
    assert made.boy(conclusions=both).headline.code == heavier


def test_unresolved_call_is_never_worded_as_established(made):
    open_ = made.conclusion(ConclusionCode.DISEASE_GENOTYPE, "frameshift", status=Status.UNRESOLVED_PARALOGUE)
    assert made.boy(conclusions=(open_,)).headline.text.startswith("Unresolved:")


@pytest.mark.parametrize("code", [ConclusionCode.NOT_ASSESSED, ConclusionCode.NO_FINDING])
def test_calls_alone_are_never_a_negative_result(made, code):
    report = made.report(conclusions=(made.conclusion(code),), shown=False)
    assert report.headline.code == "not_assessed"
    assert report.headline.text == (
        "No reportable variant among the calls supplied."
        " Which bases were read is unknown: this is not a negative result."
    )
    assert any("shows variants only" in line for line in report.limits)


def test_what_was_not_read_stands_beside_no_finding(made):
    report = made.report(conclusions=(made.conclusion(ConclusionCode.NO_FINDING),))
    assert report.headline.code == "no_finding"
    assert report.headline.detail == ("Not assessed, or only in part: CD40LG, PMS2.",)


def test_background_are_the_facts_about_the_report_as_a_whole(made, monkeypatch):
    asked, any_ = {}, ("*",)

    def facts_of(disease):
        return (
            Fact(
                "cd40lg_igm_range", "general", (), ("disease_genotype",), ("male",), ("indicated",), any_, "derived", ""
            ),
        )

    def spy(disease, fields, **circumstances):
        asked[disease] = circumstances
        return profile.statements(disease, fields, **circumstances)

    monkeypatch.setattr(profile, "facts_of", facts_of)
    monkeypatch.setattr(document, "statements", spy)
    (statement,) = made.boy().background
    assert (statement.topic, statement.text) == ("general", text("fact.cd40lg_igm_range"))
    assert asked == {"": {"code": "disease_genotype", "sex": "male", "context": "indicated"}}
    assert made.boy(sex=Sex.FEMALE).background == ()
    assert failed(made.intake(problems=(made.ERROR,)), made.PANEL).background == ()
