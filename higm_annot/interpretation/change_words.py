"""What alleles do to their gene, as the verb of a sentence (``does.*`` of the text table)."""

from __future__ import annotations

from collections.abc import Sequence

from higm_annot.classification.change import Change
from higm_annot.interpretation.assessed import spans
from higm_annot.interpretation.findings import Finding
from higm_annot.knowledge.texts import text, texts
from higm_annot.reference.types import Gene

_FRAMES = frozenset({"in_frame", "shifts", "penultimate"})
OTHER = "does.other"


def done_to(gene: Gene, findings: Sequence[Finding]) -> str:
    """The verb with its objects; a general one where the alleles differ in kind or have none of their own."""
    changes = {finding.allele.change for finding in findings}
    change = changes.pop() if len(changes) == 1 else None
    code = f"does.{_kind(change)}" if change is not None else OTHER
    exons = spans(change.exons) if change is not None and change.exons else ""
    return text(code if code in texts() else OTHER, gene=gene, exons=exons)


def _kind(change: Change) -> str:
    """The kind of change, with the frame where whole exons are lost."""
    return f"{change.kind}_{change.skip}" if change.kind == "exon_loss" and change.skip in _FRAMES else change.kind
