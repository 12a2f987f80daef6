"""What was read of each coding exon in one person, and how that is known.

Only what the file (or the laboratory's callable intervals) shows counts: a base is covered by reference evidence of
sufficient depth and genotype quality, by a callable interval, or by a variant call. A missing depth or quality is not a
sufficient one, so that losing these fields never makes an exon assessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from higm_annot.intake.types import AssessmentStatus, Call, ReferenceStretch, RegionAssessment
from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.knowledge.tables import threshold
from higm_annot.reference.types import Build, Contig, Gene, Panel

HARD = "hard"
Intervals = Sequence[tuple[Contig, int, int]]


class Exon(Struct, frozen=True):
    """Coding part of a MANE exon with its splice bases; ``firewalled`` when short reads cannot place its reads."""

    gene: Gene
    name: str
    contig: Contig
    start: int
    end: int
    firewalled: bool


class Evidence(Struct, frozen=True):
    """Grounds of an assessment: stretches shown as reference, callable intervals, calls, sites that were not called.

    ``unread``: genes touched by an allele that the program does not read; no exon of them is as the reads there say.
    """

    stretches: Sequence[ReferenceStretch]
    callable_: Intervals
    calls: Sequence[Call]
    no_calls: Sequence[Call]
    unusable: Intervals
    general: bool
    contigs_seen: frozenset[Contig]
    unread: frozenset[Gene] = frozenset()


def exons_of(panel: Panel, build: Build) -> tuple[Exon, ...]:
    """Coding exons of the MANE transcripts with ``splice_flank`` bases on either side, in transcript order."""
    flank = int(threshold("splice_flank"))
    found = []
    for gene, locus in panel.loci.items():
        model = locus.mane.models[build]
        for number, exon in enumerate(model.exons, 1):
            start, end = max(exon.start, model.cds.start), min(exon.end, model.cds.end)
            if start > end:
                continue
            hit = paralogue_at(panel, build, locus.contig, start, end)
            firewalled = hit is not None and hit.level == HARD
            found.append(Exon(gene, f"exon {number}", locus.contig, start - flank, end + flank, firewalled))
    return tuple(found)


def sufficient(stretch: ReferenceStretch) -> bool:
    """Whether depth and genotype quality are given and reach the limits."""
    return (
        stretch.depth is not None
        and stretch.depth >= threshold("reference_min_depth")
        and stretch.genotype_quality is not None
        and stretch.genotype_quality >= threshold("reference_min_gq")
    )


def contradicted(stretch: ReferenceStretch) -> bool:
    """Whether as many reads of a reference call show an alternate as of a heterozygous one."""
    if stretch.alt_reads is None or not stretch.depth or stretch.alt_reads < threshold("parent_alternate_reads"):
        return False
    return stretch.alt_reads / stretch.depth >= threshold("het_balance_low")


def assess(exons: Iterable[Exon], evidence: Evidence) -> tuple[RegionAssessment, ...]:
    """One assessment for each exon."""
    read = _by_contig(
        [
            *((one.contig, one.start, one.end) for one in evidence.stretches if sufficient(one)),
            *((one.allele.contig, one.place.pos, _last(one)) for one in evidence.calls),
        ]
    )
    given = _by_contig(evidence.callable_)
    lost = _by_contig(
        [
            *((one.allele.contig, one.place.pos, _last(one)) for one in evidence.no_calls),
            *((one.contig, one.start, one.end) for one in evidence.stretches if contradicted(one)),
            *evidence.unusable,
        ]
    )
    return tuple(_exon(exon, evidence, read, given, lost) for exon in exons)


def _last(call: Call) -> int:
    return call.place.pos + len(call.place.ref) - 1


def _exon(
    exon: Exon,
    evidence: Evidence,
    read: dict[Contig, list[tuple[int, int]]],
    given: dict[Contig, list[tuple[int, int]]],
    lost: dict[Contig, list[tuple[int, int]]],
) -> RegionAssessment:
    """The assessment of one exon."""

    def result(status: AssessmentStatus, basis: str, covered: int) -> RegionAssessment:
        return RegionAssessment(exon.gene, exon.name, exon.start, exon.end, status, basis, covered)

    if exon.firewalled:
        return result(AssessmentStatus.NOT_ASSESSED, "paralogue", 0)
    if exon.gene in evidence.unread:
        return result(AssessmentStatus.NOT_ASSESSED, "allele_not_read", 0)
    by_file = _bases(exon, read)
    by_list = _bases(exon, given)
    covered = len((by_file | by_list) - _bases(exon, lost))
    if not evidence.general or not covered:
        # The bases of a variant alone are not told: they would name the exon of an allele that is withheld.
        shown = "not_shown_here" if evidence.general else "no_reference_evidence"
        basis = shown if exon.contig in evidence.contigs_seen else "no_record_on_contig"
        return result(AssessmentStatus.NOT_ASSESSED, basis, 0)
    basis = "callable_bed" if by_list and len(by_list) >= len(by_file) else "reference_evidence"
    whole = covered == exon.end - exon.start + 1
    return result(AssessmentStatus.ASSESSED if whole else AssessmentStatus.PARTLY, basis, covered)


def _by_contig(intervals: Intervals) -> dict[Contig, list[tuple[int, int]]]:
    found: dict[Contig, list[tuple[int, int]]] = {}
    for contig, start, end in intervals:
        found.setdefault(contig, []).append((start, end))
    return found


def _bases(exon: Exon, intervals: dict[Contig, list[tuple[int, int]]]) -> set[int]:
    """Positions of an exon inside any of the intervals."""
    bases: set[int] = set()
    for start, end in intervals.get(exon.contig, ()):
        if start <= exon.end and end >= exon.start:
            bases.update(range(max(start, exon.start), min(end, exon.end) + 1))
    return bases
