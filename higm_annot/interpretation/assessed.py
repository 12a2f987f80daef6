"""What was read of a gene in one person: the ground of every negative statement."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from higm_annot.intake.types import AssessmentStatus, PersonIntake, RegionAssessment, UnreadAllele
from higm_annot.interpretation.findings import HARD
from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene, Interval


class CodingExon(Struct, frozen=True):
    """Coding part of an exon of the MANE Select transcript; ``paralogue`` when short reads cannot place its reads."""

    number: int
    interval: Interval
    paralogue: bool


class Reading(Struct, frozen=True):
    """Coding exons of a gene not shown to be read, by reason; ``nothing`` when no part of the gene is shown to be.

    ``without_reads``: those of ``unread`` that no read covers at all while another exon was read in full. ``alleles``
    touch the gene and are not read by the program.
    """

    unread: tuple[int, ...]
    paralogue: tuple[int, ...]
    nothing: bool
    without_reads: tuple[int, ...] = ()
    alleles: tuple[UnreadAllele, ...] = ()

    @property
    def complete(self) -> bool:
        """Every coding exon was read and can be told from its pseudogene, and no allele stands there unread."""
        return not self.unread and not self.paralogue and not self.nothing and not self.alleles


def readings_of(person: PersonIntake) -> dict[Gene, Reading]:
    """How completely the coding exons of each gene were read; without an established build nothing was."""
    if person.verdict is None:
        return dict.fromkeys(Gene, Reading((), (), nothing=True))
    regions: dict[Gene, list[RegionAssessment]] = {gene: [] for gene in Gene}
    for region in person.assessment:
        regions[region.gene].append(region)
    return {gene: _reading(gene, person, person.verdict.build, those) for gene, those in regions.items()}


def _reading(gene: Gene, person: PersonIntake, build: Build, regions: Sequence[RegionAssessment]) -> Reading:
    exons = coding_exons(gene, build)
    read = sorted((region.start, region.end) for region in regions if region.status is AssessmentStatus.ASSESSED)
    some = read or any(region.status is AssessmentStatus.PARTLY for region in regions)
    unread = [exon for exon in exons if not exon.paralogue and not _covered(exon.interval, read)]
    return Reading(
        unread=tuple(exon.number for exon in unread),
        without_reads=tuple(exon.number for exon in unread if read and _empty(exon.interval, regions)),
        paralogue=tuple(exon.number for exon in exons if exon.paralogue),
        nothing=not some,
        alleles=tuple(one for one in person.unread if one.gene is gene),
    )


@cache
def coding_exons(gene: Gene, build: Build) -> tuple[CodingExon, ...]:
    """Coding exons of the MANE Select transcript in one build."""
    panel = load_panel()
    locus = panel.loci[gene]
    model = locus.mane.models[build]
    found = []
    for number, exon in enumerate(model.exons, 1):
        start, end = max(exon.start, model.cds.start), min(exon.end, model.cds.end)
        if start <= end:
            hit = paralogue_at(panel, build, locus.contig, start, end)
            found.append(CodingExon(number, Interval(start, end), hit is not None and hit.level == HARD))
    return tuple(found)


def _empty(exon: Interval, regions: Sequence[RegionAssessment]) -> bool:
    """Whether no base was read of the regions that hold the exon; an exon that no region holds is not empty."""
    held = [region for region in regions if region.start <= exon.end and exon.start <= region.end]
    return bool(held) and not any(region.covered_bases for region in held)


def _covered(exon: Interval, read: list[tuple[int, int]]) -> bool:
    position = exon.start
    for start, end in read:
        if start > position:
            return False
        position = max(position, end + 1)
        if position > exon.end:
            return True
    return False


def spans(numbers: tuple[int, ...]) -> str:
    """Exon numbers in words: ``exon 9`` or ``exons 1, 3-5``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    listed = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"exon{'s' * (len(numbers) > 1)} {listed}"
