"""What a report shows of a sample, as the laboratory's record counts it: pseudonym, alleles, digest, and no more."""

from __future__ import annotations

from datetime import date

from higm_annot.evidence.labrecord.types import Observed, ObservedAllele, VariantNames
from higm_annot.genotype.types import Zygosity
from higm_annot.interpretation.findings import HARD
from higm_annot.interpretation.outside import Verdict
from higm_annot.reference.types import Build
from higm_annot.report.types import Report, VariantBlock

_NOT_CARRIED = frozenset({Zygosity.HOM_REF, Zygosity.NO_CALL})
UNCLEAR = "unclear"


def observed(report: Report, day: date) -> Observed | None:
    """The alleles that a report shows as carried.

    None for a failed report and one on hold: whose alleles those are is not settled. An allele that the report
    withholds is not counted, and neither is one that another assay refuted.
    """
    if report.status != "complete" or report.release != "ready":
        return None
    found: dict[str, ObservedAllele] = {}
    for block in report.variants:
        if block.state in _NOT_CARRIED or block.outside == Verdict.REFUTED:
            continue
        one = _allele(block)
        before = found.get(block.key)
        if before is not None and before.zygosity != one.zygosity:
            one = ObservedAllele(one.variant, UNCLEAR, one.unresolved)
        found[block.key] = one
    return Observed(report.sample.id, report.digest, day.isoformat(), tuple(found.values()))


def _allele(block: VariantBlock) -> ObservedAllele:
    name = block.hgvs.c.get(block.transcript, "")
    return ObservedAllele(
        variant=VariantNames(
            key_grch38=block.keys.get(Build.GRCH38, ""),
            key_grch37=block.keys.get(Build.GRCH37, ""),
            gene=block.gene,
            hgvs_g=block.hgvs.g,
            hgvs_c=f"{block.transcript}:{name}" if name else "",
            hgvs_p=block.hgvs.p.get(block.transcript, ""),
        ),
        zygosity=block.state,
        unresolved=block.paralogue == HARD and block.outside != Verdict.CONFIRMED,
    )
