"""HGVS c. and g. names of an edit (nomenclature v21: 3' rule, no bases after del and dup)."""

from __future__ import annotations

from collections.abc import Callable

from higm_annot.consequence.edit import Edit, Kind
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.reference.types import Slice


def name_g(piece: Slice, accession: str, edit: Edit) -> str:
    """Genomic name with its accession; ``edit`` is on the plus strand of the slice."""
    return f"{accession}:g.{describe(edit, lambda offset: str(piece.start + offset))}"


def name_c(transcript: TranscriptMap, edit: Edit) -> str:
    """Coding name without accession, empty where the change reaches beyond the transcript.

    HGVS (Numbering, "transcript flanking") forbids c. names for bases outside the reference sequence: there the g. name
    is the only one. A copy whose original begins before the transcript is no duplication of the transcript's own bases:
    it is an insertion.
    """
    first, last = _mentioned(edit)
    if edit.kind is Kind.DUPLICATION and not transcript.is_within(first):
        edit = Edit(edit.start_offset, edit.end_offset, edit.ref, edit.alt, Kind.INSERTION)
        first, last = _mentioned(edit)
    if not (transcript.is_within(first) and transcript.is_within(last)):
        return ""
    return f"c.{describe(edit, transcript.c_position)}"


def describe(edit: Edit, position: Callable[[int], str]) -> str:
    """Name of an edit without prefix; ``position`` writes an offset in the numbering wanted."""
    first, last = _mentioned(edit)
    span = position(first) if first == last else f"{position(first)}_{position(last)}"
    if edit.kind is Kind.SUBSTITUTION:
        return f"{span}{edit.ref}>{edit.alt}"
    return span + VERBS[edit.kind] + (edit.alt if edit.kind in NAMING_BASES else "")


VERBS = {
    Kind.DELETION: "del",
    Kind.DUPLICATION: "dup",
    Kind.INSERTION: "ins",
    Kind.INVERSION: "inv",
    Kind.DELINS: "delins",
    Kind.IDENTITY: "=",
}
NAMING_BASES = (Kind.INSERTION, Kind.DELINS)


def _mentioned(edit: Edit) -> tuple[int, int]:
    """First and last base the name mentions."""
    if edit.kind is Kind.DUPLICATION:
        return edit.start_offset - len(edit.alt), edit.start_offset - 1
    if edit.kind is Kind.INSERTION:
        return edit.start_offset - 1, edit.start_offset
    return edit.start_offset, max(edit.start_offset, edit.end_offset - 1)
