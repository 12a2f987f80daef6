"""Compose: one report document per person from what the earlier rooms say. Pure: no file, clock or host is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from higm_annot.classification.case_types import CaseClass
from higm_annot.evidence.kinds import GNOMAD, PREDICTORS
from higm_annot.evidence.sources import EMBEDDED, Evidence
from higm_annot.genotype.deleted import covers, deletions, reaches, speaks_of_deletion
from higm_annot.genotype.sex import UNCLEAR
from higm_annot.genotype.types import Origin, PersonGenotypes, SexVerdict, Zygosity
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import Fate, LedgerRow, Mode, Person, PersonIntake, RegionAssessment, Sex
from higm_annot.interpretation.consent import context_of
from higm_annot.interpretation.profile import statements
from higm_annot.interpretation.types import AnnotatedAllele, Interpretation
from higm_annot.knowledge.recurrent import deletion_in_pseudogene
from higm_annot.knowledge.texts import text
from higm_annot.phenotype.types import NOT_GIVEN, Phenotype
from higm_annot.problems import Audience, Problem, Severity, forbids_release, problem
from higm_annot.reference.types import Build, Panel, panel_words
from higm_annot.report.family import Asked, Told, asked_of_family, family_alleles, not_in_conclusions
from higm_annot.report.headline import CALLS_ONLY, headline, headline_of_failure, headline_of_transplanted
from higm_annot.report.pedigree import relative_blocks
from higm_annot.report.provenance import provenance, sealed
from higm_annot.report.types import (
    SCHEMA_VERSION,
    AssessmentBlock,
    FamilyAlleleBlock,
    LedgerBlock,
    PhenotypeBlock,
    Report,
    SampleBlock,
    SexBlock,
    VariantBlock,
)
from higm_annot.report.variants import Site, bare_name, site_of, variant_blocks, with_cases

COMPLETE, FAILED = "complete", "failed"
READY, HOLD = "ready", "hold"
_LIMITS = (
    "limits.panel",
    "limits.calls",
    "limits.structural",
    "limits.mosaic",
    "limits.paralogue",
    "limits.relations",
)


def compose(  # noqa: PLR0913 - keyword-only, one value from each room
    *,
    person: PersonIntake,
    genotypes: PersonGenotypes,
    interpretation: Interpretation,
    alleles: Mapping[str, AnnotatedAllele],
    relatives: Mapping[str, PersonIntake],
    panel: Panel,
    witnesses: Witnesses,
    family: Sequence[Told] = (),
    evidence: Evidence = EMBEDDED,
    phenotype: Phenotype = NOT_GIVEN,
    cases: Mapping[str, CaseClass] = {},
    cases_rest_on: Sequence[str] = (),
) -> Report:
    """The report document of one person.

    Parameters
    ----------
    person
        The person's intake; its ``problems`` are all problems met on the way, of every room.
    genotypes, interpretation
        What the earlier rooms say.
    alleles
        Annotated alleles by key; every key of ``genotypes`` must be there.
    relatives
        Intakes of the parents used as evidence, by role (``mother``, ``father``).
    panel
        The reference, for its digest.
    witnesses
        What the files of the person and the relatives show.
    family
        Relatives who agreed to be told of, parents among them, with the alleles their own conclusions name.
    evidence
        The sources that were asked.
    phenotype
        What is known of this person's phenotype.
    cases, cases_rest_on
        Classes with the family's evidence, by key, and digests of the cut records of those whose evidence it is.

    Returns
    -------
    Report
        Parents stand in it only as far as they agreed. Withheld alleles have no trace in it, counts included. Problems
        for the laboratory only are left out and set ``release: hold``. When the ledger does not balance the document
        is failed (HA-RUN-020).

    Raises
    ------
    ValueError
        When a withheld allele would be printed after all (our bug; the document is not made).
    """
    hidden = _hidden_sites(person.ledger, genotypes, interpretation)
    variants = variant_blocks(
        genotypes.states,
        genotypes.phases,
        interpretation,
        alleles,
        hidden_sites=hidden,
        origin_shown=_origins_shown(relatives),
        de_novo=_de_novo_shown(genotypes),
    )
    variants = with_cases(variants, cases)
    shown = _rows_shown(person.ledger, hidden, {block.key for block in variants})
    lost = sorted({row.key for row in shown if row.fate is Fate.REPORTED} - {block.key for block in variants})
    if lost:
        fault = problem("HA-RUN-020", sample=person.person.sample, detail=f"{len(lost)} reported alleles are missing")
        unbalanced = msgspec.structs.replace(person, problems=(*person.problems, fault), ledger=shown)
        return failed(unbalanced, panel, evidence)
    assessment = tuple(_assessment(region) for region in person.assessment)
    of_family = family_alleles(person, interpretation, family, witnesses)
    beside = not_in_conclusions(of_family, interpretation.reportable)
    result = (
        headline_of_transplanted()
        if person.person.prior_hsct == "yes"
        else headline(person.person, interpretation.conclusions, variants, assessment, beside)
    )
    report = Report(
        schema_=SCHEMA_VERSION,
        digest="",
        status=COMPLETE,
        release=HOLD if interpretation.hold or forbids_release(person.problems) else READY,
        sample=_sample(person, genotypes),
        headline=result,
        problems=_problems_shown(person.problems, hidden),
        conclusions=interpretation.conclusions,
        variants=variants,
        assessment=assessment,
        ledger=ledger_block(shown),
        provenance=provenance(
            person,
            relatives,
            panel,
            evidence,
            [one.member for one in family],
            told_of=_told_of(variants, of_family, family),
            further=cases_rest_on,
        ),
        secondary_statement=text("report.secondary_statement"),
        limits=limits(
            assessment, person.verdict.build if person.verdict else None, evidence, phenotype_used=phenotype.used
        ),
        pedigree=relative_blocks(
            person.person, _asked(genotypes, variants, family, of_family), relatives, family, witnesses
        ),
        family_alleles=of_family,
        background=statements("", {}, code=result.code, sex=person.person.sex, context=context_of(person.person)),
        phenotype=_phenotype(phenotype, person.person, interpretation),
    )
    _refuse_traces(report, interpretation, alleles)
    return sealed(report)


def _phenotype(phenotype: Phenotype, person: Person, interpretation: Interpretation) -> PhenotypeBlock | None:
    """The phenotype beside what the genotype lets expect; nothing where none was given."""
    if not phenotype.given:
        return None
    from higm_annot.report.phenotype import phenotype_block  # noqa: PLC0415 - most people have none

    return phenotype_block(phenotype, person, interpretation.conclusions)


def _told_of(
    variants: Sequence[VariantBlock], of_family: Sequence[FamilyAlleleBlock], family: Sequence[Told]
) -> list[dict[str, str]]:
    """The keys by build of every allele that a document tells of."""
    relatives = {key: allele.effects.keys for one in family for key, allele in one.alleles.items()}
    return [*(block.keys for block in variants), *(relatives[block.key] for block in of_family)]


def failed(person: PersonIntake, panel: Panel, evidence: Evidence = EMBEDDED) -> Report:
    """The document of a sample that could not be processed: the reason, and no result. It is always on hold."""
    return sealed(
        Report(
            schema_=SCHEMA_VERSION,
            digest="",
            status=FAILED,
            release=HOLD,
            sample=_sample(person, PersonGenotypes(states=(), phases=())),
            headline=headline_of_failure(person.problems),
            problems=_problems_shown(person.problems, frozenset()),
            conclusions=(),
            variants=(),
            assessment=(),
            ledger=ledger_block(person.ledger),
            provenance=provenance(person, {}, panel, evidence),
            secondary_statement=text("report.secondary_statement"),
            limits=limits((), None, evidence),
        )
    )


def ledger_block(rows: Sequence[LedgerRow]) -> LedgerBlock:
    """Counts of ledger units by fate; set-aside units also by the rule that set them aside.

    ``balanced`` is False when a set-aside unit names no rule: such a unit was dropped without a reason.
    """
    fates = Counter(row.fate for row in rows)
    rules = Counter(row.rule for row in rows if row.fate is Fate.SET_ASIDE)
    return LedgerBlock(
        total=len(rows),
        reported=fates[Fate.REPORTED],
        reference=fates[Fate.REFERENCE],
        no_call=fates[Fate.NO_CALL],
        set_aside=fates[Fate.SET_ASIDE],
        set_aside_by_rule={rule: rules[rule] for rule in sorted(rules)},
        balanced=sum(fates[fate] for fate in Fate) == len(rows) and "" not in rules,
    )


def limits(
    assessment: Sequence[AssessmentBlock], build: Build | None, evidence: Evidence, *, phenotype_used: bool = False
) -> tuple[str, ...]:
    """What this test cannot see, in sentences; the places of the pseudogenes are known in one build only."""
    codes = [*_LIMITS, "limits.phenotype_used" if phenotype_used else "limits.phenotype", *_limits_of(evidence)]
    if build is not None and deletion_in_pseudogene(build) is None:
        codes.insert(codes.index("limits.paralogue") + 1, "limits.pseudogene_place")
    if any(block.basis == CALLS_ONLY for block in assessment):
        codes.insert(2, f"limits.{CALLS_ONLY}")
    return tuple(text(code, genes=panel_words()) for code in codes)


def _limits_of(evidence: Evidence) -> tuple[str, ...]:
    """What the sources of evidence cannot tell."""
    held = {one.kind for one in evidence.about}
    return (
        "limit.predictors_counted" if held & PREDICTORS else "limit.no_predictors",
        "limit.frequency_own" if GNOMAD in held else "limit.frequency",
        "limit.not_in_source_own" if len(held) > 1 else "limit.not_in_source",
        "limit.snapshot",
        "limit.rules",
    )


def _hidden_sites(
    ledger: Sequence[LedgerRow], genotypes: PersonGenotypes, interpretation: Interpretation
) -> frozenset[Site]:
    """The records of this person's files in which a withheld allele stands, or whose genotype speaks of one.

    A genotype under a deletion does (``*``, one copy only, two copies where one is deleted).
    """
    withheld = frozenset(interpretation.withheld)
    secret = [state.call for state in genotypes.states if state.call.allele.key in withheld]
    called = {site_of(call.place) for call in secret}
    called |= {
        site_of(state.call.place)
        for state in genotypes.states
        if speaks_of_deletion(state)
        and any(reaches(one, state.call) or covers(one, state.call) for one in deletions(secret))
    }
    return frozenset(called | {(row.file, row.contig, row.pos, row.ref) for row in ledger if row.key in withheld})


def _rows_shown(ledger: Sequence[LedgerRow], hidden: frozenset[Site], shown: set[str]) -> tuple[LedgerRow, ...]:
    """Ledger units without those of the hidden records, except units of alleles that are shown."""
    if not hidden:
        return tuple(ledger)
    return tuple(row for row in ledger if (row.file, row.contig, row.pos, row.ref) not in hidden or row.key in shown)


def _origins_shown(relatives: Mapping[str, PersonIntake]) -> dict[Origin, bool]:
    """Which origins may be told: those of parents who agreed that their genotype shows in a relative's report."""
    agreed = {role: relative.person.consent_family for role, relative in relatives.items()}
    mother, father = agreed.get("mother", False), agreed.get("father", False)
    return {
        Origin.MATERNAL: mother,
        Origin.PATERNAL: father,
        Origin.BOTH: mother and father,
        # A son has his X from his mother: without a tested father she alone is told of.
        Origin.NEITHER_CALLED: mother and agreed.get("father", True),
    }


def _de_novo_shown(genotypes: PersonGenotypes) -> dict[str, str]:
    """Grades of apparently new alleles by key, where the parents they rest on agreed; a son's X rests on the mother."""
    states = {state.call.allele.key: state for state in genotypes.states}
    return {
        one.key: one.de_novo
        for one in genotypes.family.alleles
        if one.mother_agrees and (one.father_agrees or states[one.key].zygosity is Zygosity.HEMI)
    }


def _asked(
    genotypes: PersonGenotypes,
    variants: Sequence[VariantBlock],
    family: Sequence[Told],
    of_family: Sequence[FamilyAlleleBlock],
) -> tuple[Asked, ...]:
    """The alleles relatives are asked about: those a conclusion names, then the others of the family."""
    states = {state.call.allele.key: state for state in genotypes.states}
    own = [Asked(block.key, states[block.key].gene, states[block.key].call) for block in variants if block.reportable]
    there = {one.key for one in own}
    return (*own, *(one for one in asked_of_family(family, of_family) if one.key not in there))


def _problems_shown(problems: Sequence[Problem], hidden: frozenset[Site]) -> tuple[Problem, ...]:
    """Problems for the report, without folders; none at the record of a withheld allele.

    A line number is dropped where the site is known: a file read through an index has none, and the document must not
    depend on that.
    """
    secret = {(contig, pos) for _, contig, pos, _ in hidden}
    shown = []
    for found in dict.fromkeys(problems):
        contig, _, position = found.site.partition(":")
        if found.audience is Audience.REPORT and (contig, _number(position)) not in secret:
            line = 0 if found.site else found.line
            shown.append(msgspec.structs.replace(found, file=bare_name(found.file), line=line))
    order = list(Severity)
    return tuple(sorted(shown, key=lambda found: (order.index(found.severity), found.code, found.site)))


def _number(text_: str) -> int:
    digits = text_.partition("-")[0]
    return int(digits) if digits.isdigit() else -1


def _sample(person: PersonIntake, genotypes: PersonGenotypes) -> SampleBlock:
    row = person.person
    # A sex conflict is for the laboratory only; the document shows that the release is on hold and no more. The sex of
    # a fetus is told to nobody who has not stated it.
    conflict = (
        genotypes.sex_verdict is SexVerdict.IN_CONFLICT
        or genotypes.sex_observed == UNCLEAR
        or (row.mode is Mode.PRENATAL and row.sex is Sex.UNKNOWN)
    )
    unknown = str(SexVerdict.NOT_TESTABLE)
    return SampleBlock(
        id=row.sample,
        sex=SexBlock(
            declared=row.sex,
            observed=unknown if conflict else genotypes.sex_observed,
            verdict=unknown if conflict else genotypes.sex_verdict,
        ),
        mode=row.mode,
        family=row.family,
        affected=row.affected,
        indication=row.indication,
    )


def _assessment(region: RegionAssessment) -> AssessmentBlock:
    return AssessmentBlock(
        gene=region.gene,
        region=region.region,
        start=region.start,
        end=region.end,
        status=region.status,
        basis=region.basis,
        covered_bases=region.covered_bases,
    )


def _refuse_traces(report: Report, interpretation: Interpretation, alleles: Mapping[str, AnnotatedAllele]) -> None:
    """The last guard of consent: no key or genomic name of a withheld allele may stand anywhere in the document."""
    if not interpretation.withheld:
        return
    content = msgspec.json.encode(report).decode()
    for key in interpretation.withheld:
        names = {key}
        if key in alleles:
            names |= {alleles[key].effects.hgvs_g, *alleles[key].effects.keys.values()}
        if any(name in content for name in names):
            msg = "a withheld allele would have been printed"  # without its name: this message may reach a report
            raise ValueError(msg)
