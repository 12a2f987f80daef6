"""HGVS c. and g. names of an edit (nomenclature v21: 3' rule, no bases after del and dup)."""

from __future__ import annotations

from collections.abc import Callable

from higm_annot.consequence.edit import Edit, Kind
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.reference.types import Slice


def name_g(piece: Slice, accession: str, edit: Edit) -> str:
    """Genomic name with its accession; ``edit`` is on the plus strand of the slice."""
    return f"{accession}:g.{_describe(edit, lambda offset: str(piece.start + offset))}"


def name_c(transcript: TranscriptMap, edit: Edit) -> str:
    """Coding name without accession, empty where the change reaches beyond the transcript."""
    first, last = _extent(edit)
    if not (transcript.is_within(first) and transcript.is_within(last)):
        return ""
    return f"c.{_describe(edit, transcript.c_position)}"


def _extent(edit: Edit) -> tuple[int, int]:
    """First and last base the name mentions."""
    if edit.kind is Kind.DUPLICATION:
        return edit.start_offset - len(edit.alt), edit.start_offset - 1
    if edit.kind is Kind.INSERTION:
        return edit.start_offset - 1, edit.start_offset
    return edit.start_offset, max(edit.start_offset, edit.end_offset - 1)


def _describe(edit: Edit, position: Callable[[int], str]) -> str:
    first, last = _extent(edit)
    span = position(first) if first == last else f"{position(first)}_{position(last)}"
    if edit.kind is Kind.SUBSTITUTION:
        return f"{span}{edit.ref}>{edit.alt}"
    if edit.kind is Kind.DELETION:
        return f"{span}del"
    if edit.kind is Kind.DUPLICATION:
        return f"{span}dup"
    if edit.kind is Kind.INSERTION:
        return f"{span}ins{edit.alt}"
    if edit.kind is Kind.INVERSION:
        return f"{span}inv"
    if edit.kind is Kind.IDENTITY:
        return f"{span}="
    return f"{span}delins{edit.alt}"
