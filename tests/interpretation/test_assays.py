"""Less of an assay never reassures more."""

from __future__ import annotations

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from higm_annot.annotated import annotate_allele, judged
from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import (
    Allele,
    Call,
    Copy,
    Dose,
    ExonCounts,
    ExonDose,
    Genotype,
    Haplotype,
    Haplotypes,
    Outside,
    OutsideCall,
    OutsideVerdict,
    Place,
    Slot,
    Support,
)
from higm_annot.interpretation.assays import hear_assays, with_found
from higm_annot.interpretation.interpret import interpret
from higm_annot.interpretation.types import Status
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

PANEL = load_panel()
KNOWN = {
    Gene.CD40: (46122349, "T", "C"),
    Gene.CD40LG: (136654423, "GC", "G"),
    Gene.AICDA: (8605308, "G", "A"),
    Gene.PMS2: (5986763, "T", "C"),
    Gene.IKBKG: (154564450, "T", "C"),
}
REASSURING_CODES = {"no_finding", "carrier", "secondary_risk"}
REASSURING_WHYS = {"refuted_by_outside_call", "nothing_in_what_was_read", "deletion_in_pseudogene"}
SLOTS = {"0/1": (Slot.REF, Slot.ALT), "1/1": (Slot.ALT, Slot.ALT), "1": (Slot.ALT,)}
ANNOTATED = {}


def exons_of(gene):
    return PANEL.loci[gene].mane.models[Build.GRCH38].exons


def called(allele, raw):
    if allele.key not in ANNOTATED:
        ANNOTATED[allele.key] = annotate_allele(PANEL, allele)
    place = Place("f.vcf", 0, allele.contig, allele.pos, allele.ref, (allele.alt,))
    return Call(allele, Genotype(raw, SLOTS[raw], phased=False), Support(depth=40, genotype_quality=99), place, 1)


def small(gene):
    pos, ref, alt = KNOWN[gene]
    return Allele(Build.GRCH38, PANEL.loci[gene].contig, pos, ref, alt, pos + len(ref) - 1)


def loss(gene, first, last):
    hit = exons_of(gene)[first - 1 : last]
    start, end = min(one.start for one in hit) - 50, max(one.end for one in hit) + 50
    return Allele(Build.GRCH38, PANEL.loci[gene].contig, start, "N", "<DEL>", end, normalised=False)


def word(gene, line):
    return OutsideCall("S", gene, "", OutsideVerdict.FOUND, "assay", "", "2026-05-31", "", "o.tsv", line)


@st.composite
def cases(draw):
    gene = draw(st.sampled_from(sorted(KNOWN)))
    linked = PANEL.loci[gene].contig.is_sex_linked
    sex = draw(st.sampled_from(("male", "female", "unknown")))
    raw = "1" if linked and sex == "male" else draw(st.sampled_from(("0/1", "1/1")))
    number = len(exons_of(gene))
    calls = []
    if draw(st.booleans()):
        calls.append(called(small(gene), raw))
    if draw(st.booleans()):
        first = draw(st.integers(2, number))
        calls.append(called(loss(gene, first, draw(st.integers(first, number))), raw))
    possible = (Dose.EXPECTED, Dose.EXPECTED, Dose.NONE_LEFT, Dose.ONE_LOST, Dose.GAINED, Dose.OPEN)
    counts = []
    if draw(st.booleans()):
        exons = draw(st.lists(st.integers(1, number), unique=True, max_size=number))
        doses = [ExonDose(exon, draw(st.sampled_from(possible)), draw(st.integers(1, 2))) for exon in sorted(exons)]
        counts.append(ExonCounts(word(gene, 2), tuple(doses)))
    haplotypes = []
    if gene in (Gene.PMS2, Gene.IKBKG) and draw(st.booleans()):
        change = frozenset({KNOWN[gene]})
        copies = [
            Haplotype(
                f"hap{number}",
                draw(st.sampled_from((Copy.GENE, Copy.GENE, Copy.PSEUDOGENE, Copy.UNKNOWN))),
                draw(st.integers(1, 2)),
                0,
                10**9,
                draw(st.sampled_from((change, frozenset()))),
                gene is Gene.IKBKG and draw(st.booleans()),
            )
            for number in range(draw(st.integers(1, 4)))
        ]
        haplotypes.append(Haplotypes(word(gene, 3), Build.GRCH38, draw(st.sampled_from((None, 1, 2))), tuple(copies)))
    return gene, sex, tuple(calls), Outside(counts=tuple(counts), haplotypes=tuple(haplotypes))


def said(make, case, outside, **row):
    _, sex, calls, _ = case
    person = msgspec.structs.replace(make.person({}, sex=sex, read=True, **row), calls=calls)
    genotypes = resolve(person, None, None, Witnesses(PANEL))
    assays = hear_assays(PANEL, person, genotypes, ANNOTATED, outside)
    more = {one.effects.key: judged(PANEL, one.state.call.allele, one.effects) for one in assays.found}
    found = interpret(person, with_found(genotypes, assays), {**ANNOTATED, **more}, assays.calls, assays)
    statements = {
        (one.gene, one.code)
        for one in found.conclusions
        if one.status is Status.ESTABLISHED and one.code in REASSURING_CODES
    }
    statements |= {(one.gene, why) for one in found.conclusions for why in set(one.why) & REASSURING_WHYS}
    statements |= {("kept", gene, exon) for gene, exon in assays.kept}
    copies = {(one.gene, (one.variant, one.zygosity)) for one in assays.calls if one.zygosity}
    return statements, {(one.run.gene, one.run) for one in assays.found} | copies


def degraded(outside, how, number):
    """One exon, one haplotype or one whole result less; or copies that are not known any more."""
    counts, haplotypes = outside.counts, outside.haplotypes
    if how == "table":
        return msgspec.structs.replace(outside, counts=())
    if how == "phased":
        return msgspec.structs.replace(outside, haplotypes=())
    if how == "copies" and haplotypes:
        return msgspec.structs.replace(outside, haplotypes=(msgspec.structs.replace(haplotypes[0], gene_copies=None),))
    if how == "unknown" and haplotypes:
        copies = list(haplotypes[0].haplotypes)
        at = number % len(copies)
        copies[at] = msgspec.structs.replace(copies[at], copy=Copy.UNKNOWN)
        return msgspec.structs.replace(
            outside, haplotypes=(msgspec.structs.replace(haplotypes[0], haplotypes=tuple(copies)),)
        )
    if how in ("drop", "open") and counts and counts[0].exons:
        exons = list(counts[0].exons)
        at = number % len(exons)
        if how == "drop":
            del exons[at]
        else:
            exons[at] = msgspec.structs.replace(exons[at], dose=Dose.OPEN)
        return msgspec.structs.replace(outside, counts=(msgspec.structs.replace(counts[0], exons=tuple(exons)),))
    return outside


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    case=cases(),
    how=st.sampled_from(("table", "phased", "copies", "unknown", "drop", "open")),
    number=st.integers(0, 20),
    affected=st.sampled_from(("yes", "no")),
    consent=st.booleans(),
)
def test_less_of_an_assay_never_reassures_more(make, case, how, number, affected, consent):
    """But for what an assay found itself, or on how many copies: without the result it is not there to speak."""
    row = {"affected": affected, "consent_secondary": consent}
    before, found = said(make, case, case[3], **row)
    after, left = said(make, case, degraded(case[3], how, number), **row)
    gone = {gene for gene, _ in found - left}
    # An allele that does not count reassures more than one that makes a carrier.
    gone |= {one[0] for one in before if one[-1] == "refuted_by_outside_call"}
    assert {one for one in after - before if one[0] not in gone} == set()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=cases(), affected=st.sampled_from(("yes", "no")))
def test_no_assay_of_copies_makes_a_negative(make, case, affected):
    """What it adds beside the calls alone: a refuted call, exons kept; never "no finding" where the calls gave none."""
    alone, _ = said(make, case, Outside(), affected=affected)
    with_assays, _ = said(make, case, case[3], affected=affected)
    refuted = {gene for gene, *rest in with_assays if rest == ["refuted_by_outside_call"]}
    new = {one for one in with_assays - alone if one[-1] in ("no_finding", "nothing_in_what_was_read")}
    assert {one[0] for one in new} <= refuted
