"""What was read and what was not, in words: regions grouped by what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from higm_annot.knowledge.tables import exons
from higm_annot.knowledge.texts import text
from higm_annot.report.types import AssessmentBlock
from higm_annot.report.words import words

ASSESSED, PARTLY, NOT_ASSESSED = "assessed", "partly", "not_assessed"
TWIN, HOLE = "paralogue", "hole"
_SHOWN = (ASSESSED, PARTLY, NOT_ASSESSED, HOLE)
_EXON = "exon "


def by_gene(assessment: Iterable[AssessmentBlock]) -> dict[str, list[AssessmentBlock]]:
    """Blocks of each gene, in the order of the document."""
    genes: dict[str, list[AssessmentBlock]] = {}
    for block in assessment:
        genes.setdefault(block.gene, []).append(block)
    return genes


def exon_states(blocks: Iterable[AssessmentBlock]) -> dict[int, str]:
    """What is known of each numbered exon of a gene; nothing where short reads cannot see it."""
    numbered = ((short(block.region), NOT_ASSESSED if block.basis == TWIN else block.status) for block in blocks)
    return {int(name): status for name, status in numbered if name.isdigit()}


def groups(blocks: Iterable[AssessmentBlock]) -> list[tuple[str, str, str]]:
    """Status and basis in words, and the regions of which both are said."""
    found: dict[tuple[str, str], list[str]] = {}
    for block in blocks:
        found.setdefault((block.status, block.basis), []).append(block.region)
    return [
        (words(status, "assessment"), words(basis, "basis"), listed(regions))
        for (status, basis), regions in found.items()
    ]


def unseen(assessment: Sequence[AssessmentBlock]) -> dict[str, Any]:
    """What was not seen, led by one sentence; it says "every" only when every coding exon of the panel is there."""
    missing: dict[tuple[str, str], list[AssessmentBlock]] = {}
    for block in assessment:
        if block.status != ASSESSED:
            missing.setdefault((block.status, block.basis), []).append(block)
    return {
        "say": text(f"page.unseen_{_extent(assessment)}"),
        "groups": [
            (
                words(status, "assessment"),
                words(basis, "basis"),
                [(gene, listed([one.region for one in ones])) for gene, ones in by_gene(blocks).items()],
            )
            for (status, basis), blocks in missing.items()
        ],
    }


def _extent(assessment: Sequence[AssessmentBlock]) -> str:
    if all(block.status == NOT_ASSESSED for block in assessment):
        return "nothing_read"
    told = {(block.gene, block.region) for block in assessment}
    coding = {(str(row.gene), f"{_EXON}{row.exon}") for row in exons().values() if row.coding_bases}
    open_ = [block for block in assessment if block.status != ASSESSED]
    if not coding <= told or any(block.basis != TWIN for block in open_):
        return "in_part"
    return "twins" if open_ else "none"


def assessed_genes(assessment: Iterable[AssessmentBlock]) -> list[dict[str, Any]]:
    """Per gene: one box a region; the same in words, with the bases of what was read in part."""
    return [
        {
            "gene": gene,
            "boxes": [(short(block.region), _mark(block), _told(block)) for block in blocks],
            "groups": groups(blocks),
            "partly": [_told(block) for block in blocks if block.status == PARTLY],
        }
        for gene, blocks in by_gene(assessment).items()
    ]


def marks(assessment: Iterable[AssessmentBlock]) -> list[str]:
    """The kinds of boxes that there are, for the key."""
    there = {_mark(block) for block in assessment}
    return [mark for mark in _SHOWN if mark in there]


def _mark(block: AssessmentBlock) -> str:
    """How a region is drawn: a hole where short reads cannot see the gene, however many there are."""
    return HOLE if block.basis == TWIN else block.status


def _told(block: AssessmentBlock) -> str:
    return text(
        "page.bases_read",
        gene=block.gene,
        region=block.region,
        status=words(block.status, "assessment"),
        basis=words(block.basis, "basis"),
        covered=block.covered_bases,
        length=block.end - block.start + 1,
    )


def short(region: str) -> str:
    """A region's name without the word exon."""
    return region.removeprefix(_EXON)


def listed(regions: Sequence[str]) -> str:
    """Regions in words; runs of numbered exons as ranges: ``exons 1-3, 5``."""
    numbers = [int(short(region)) for region in regions if short(region).isdigit()]
    if len(numbers) != len(regions):
        return ", ".join(regions)
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    spans = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"exon{'s' * (len(numbers) > 1)} {spans}"
