"""How the alleles of a conclusion lie on the two copies, in words: which of them a sentence names, and how many.

A row of the disease table names its reasons by the state of all alleles together. Here each reason gets the alleles it
is true of, and what it leaves unsaid is added: an allele beside a homozygous one, one whose copy is not known, a
deletion that leaves one copy of a place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from higm_annot.consequence.haplotype import OPEN
from higm_annot.interpretation.diplotype import Copies
from higm_annot.interpretation.findings import Finding, named
from higm_annot.knowledge.tables import words
from higm_annot.knowledge.texts import text, texts

# Fields of sentences (``why.*``) on the arrangement of alleles, as a table's check fills them in.
FIELDS: Mapping[str, object] = {
    "one": "",
    "other": "",
    "loose": "",
    "open": "",
    "kept": "",
    "deletion": "",
    "number": "",
    "contested": "",
}
_TWO_HARMFUL = frozenset({"compound_heterozygous", "two_copies_in_woman", "both_copies_hit"})
_ARRANGED = frozenset({"compound_heterozygous"})


def arrangement_fields(used: Sequence[Finding], copies: Copies, contested: Sequence[Finding] = ()) -> dict[str, object]:
    """The fields of :data:`FIELDS` for these alleles, and for losses that the calls contradict."""
    kept, deletion = _opposite(used)
    return {
        "one": named(copies.one),
        "other": named(copies.other),
        "loose": named(_loose(copies)),
        "open": named(_joint_open(used)),
        "kept": named(kept),
        "deletion": named(deletion),
        "number": number_word(len(used)),
        "contested": named(contested),
    }


def arranged(codes: Sequence[str], used: Sequence[Finding], copies: Copies, *, contested: bool) -> list[str]:
    """Codes of reasons as they hold for these alleles, each with what has to be said beside it.

    ``contested``: a loss that the calls contradict would be the second allele.
    """
    drawn = any(not finding.allele.allele_class.class_.is_pathogenic for finding in _opposite(used)[1])
    found = []
    for code in codes:
        if drawn and code in _TWO_HARMFUL:
            found.append("opposite_deletion")
        elif code == "amorphic_two_copies" and not any(finding.allele.paralogue for finding in used):
            found.append("amorphic_two_copies_placed")
        elif contested and code == "possible_compound_heterozygote":
            found.append("second_contested")
        else:
            found.append(code)
        if code == "homozygous" and copies.one:
            found.append("beside_homozygous")
        if code in _ARRANGED and copies.loose:
            found.append("arrangement_open")
        if code == "possible_compound_heterozygote" and _joint_open(used):
            found.append("joint_open")
    return found


def answered(codes: Sequence[str], used: Sequence[Finding]) -> list[str]:
    """Next tests without those that look for the deletion of the other copy where one is shown."""
    return unanswered(codes, "deletion") if _opposite(used)[1] else list(codes)


def unanswered(codes: Sequence[str], by: str) -> list[str]:
    """Next tests without those that ``by`` makes needless, as a row of the thresholds lists them."""
    needless = words(f"tests_answered_by_{by}")
    return [code for code in codes if code not in needless]


def phase_codes(basis: str, told: Sequence[Finding]) -> str:
    """The reason (``why.*``) that names a basis of phase."""
    return "phase_other_copy_deleted" if basis == "same_site" and _opposite(told)[1] else f"phase_{basis}"


def number_word(count: int) -> str:
    """A small number as a word, at the beginning of a sentence."""
    code = f"number.{count}"
    return text(code) if code in texts() else str(count)


def _loose(copies: Copies) -> tuple[Finding, ...]:
    return tuple(finding for group in copies.loose for finding in group)


def _opposite(used: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings whose other copy is deleted, and the deletions among these findings that take it away."""
    kept = tuple(finding for finding in used if finding.opposite)
    deleted = {finding.opposite for finding in kept}
    return kept, tuple(finding for finding in used if finding.key in deleted)


def _joint_open(used: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings that would be read as one allele if they were known to lie on one copy."""
    return tuple(finding for finding in used if OPEN in finding.state.flags)
