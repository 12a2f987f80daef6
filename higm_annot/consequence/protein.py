"""What an exonic change does to the protein, and its HGVS p. name.

The edited transcript is translated and compared with the reference protein; no case is decided from the DNA change alone.
HGVS: predicted consequences stand in parentheses; ``fsTerN`` counts the new stop from the first changed codon.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from higm_annot.consequence.edit import Edit
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.reference.sequence import three_letters, translate_to_stop


class Outcome(StrEnum):
    """How the protein changes."""

    SYNONYMOUS = "synonymous"
    STOP_RETAINED = "stop_retained"
    MISSENSE = "missense"
    STOP_GAINED = "stop_gained"
    STOP_LOST = "stop_lost"
    START_LOST = "start_lost"
    FRAMESHIFT = "frameshift"
    INSERTION = "insertion"
    DELETION = "deletion"
    ALTERED = "altered"
    UNKNOWN = "unknown"


class ProteinChange(Struct, frozen=True):
    """Result of translating the edited transcript.

    ``first``-``last`` are the residues named (1-based); ``stop_codon`` the number of the codon at which the new reading
    ends when that is before or after the old place, ``stop_tx_offset`` where that codon stands in the edited transcript.
    """

    outcome: Outcome
    hgvs_p: str
    first: int
    last: int
    amino_acids: str | None
    stop_codon: int | None = None
    stop_tx_offset: int | None = None


def protein_change(transcript: TranscriptMap, edit: Edit, tx_start: int, tx_end: int) -> ProteinChange:
    """Effect of replacing spliced bases ``tx_start``-``tx_end`` (half-open offsets) that touch the coding sequence."""
    begin = transcript.cds_start
    codon = max(0, tx_start - begin) // 3
    if tx_start < begin + 3 and (tx_end > begin if edit.ref else tx_start > begin):
        return ProteinChange(Outcome.START_LOST, "p.(Met1?)", 1, 1, None)
    spliced, old = transcript.spliced, transcript.protein
    edited = spliced[begin + 3 * codon : tx_start] + edit.alt + spliced[tx_end:]
    if not edit.growth and edit.ref:
        # Same length: only the codons touched can differ, unless they lose the stop.
        last = (tx_end - 1 - begin) // 3
        read = translate_to_stop(edited[: 3 * (last - codon + 1)])
        if (read.endswith("*") or last < len(old) - 1) and last < len(old):
            new = old[:codon] + read + ("" if read.endswith("*") else old[last + 1 :])
        else:
            new = old[:codon] + translate_to_stop(edited)
    else:
        new = old[:codon] + translate_to_stop(edited)
    return _compare(old, new, growth=edit.growth, codon=codon, begin=begin, touched=(tx_start, tx_end))


def _compare(old: str, new: str, *, growth: int, codon: int, begin: int, touched: tuple[int, int]) -> ProteinChange:
    """Name the difference of two proteins (one letter, ``*`` included)."""
    if new == old:
        here = codon if codon < len(old) else len(old) - 1
        last = min((max(touched[1] - 1, touched[0]) - begin) // 3, len(old) - 1)
        outcome = Outcome.STOP_RETAINED if "*" in old[here : last + 1] else Outcome.SYNONYMOUS
        residues = old[here : last + 1]
        span = f"{_residue(old, here)}" + (f"_{_residue(old, last)}" if last > here else "")
        return ProteinChange(outcome, f"p.({span}=)", here + 1, last + 1, residues)
    first = _shared_start(old, new)
    stops = new.endswith("*")
    stop = len(new) if stops else None
    where = {"stop_codon": stop, "stop_tx_offset": begin + 3 * (len(new) - 1) if stops else None}
    if first >= len(old) - 1:
        return _extension(old, new, where)
    if first == len(new):
        # The sequence ran out before anything differed; nothing can be said.
        return ProteinChange(Outcome.UNKNOWN, "p.?", first + 1, first + 1, None)
    if new[first] == "*":
        text = f"p.({_residue(old, first)}Ter)"
        return ProteinChange(Outcome.STOP_GAINED, text, first + 1, first + 1, f"{old[first]}/*", **where)
    if growth % 3:
        count = str(len(new) - first) if stops else "?"
        text = f"p.({_residue(old, first)}{three_letters(new[first])}fsTer{count})"
        return ProteinChange(Outcome.FRAMESHIFT, text, first + 1, first + 1, f"{old[first]}/X", **where)
    if len(new) < len(old) + growth // 3:
        return _early_stop(old, new, first, max(first, (touched[1] - 1 - begin) // 3), where)
    return _in_frame(old, new, first, where)


def _extension(old: str, new: str, where: dict[str, int | None]) -> ProteinChange:
    """The stop codon is read through."""
    number = len(old)
    if len(new) < number:
        return ProteinChange(Outcome.UNKNOWN, "p.?", number, number, None)
    count = str(len(new) - number) if new.endswith("*") else "?"
    text = f"p.(Ter{number}{three_letters(new[number - 1])}extTer{count})"
    return ProteinChange(Outcome.STOP_LOST, text, number, number, f"*/{new[number - 1]}", **where)


def _early_stop(old: str, new: str, first: int, last: int, where: dict[str, int | None]) -> ProteinChange:
    """A stop inside new residues; what follows in the old protein is lost by the stop and not named."""
    last, gained = min(last, len(old) - 2), new[first:]
    text = f"p.({_span(old, first, last)}delins{three_letters(gained)})"
    return ProteinChange(Outcome.STOP_GAINED, text, first + 1, last + 1, f"{old[first : last + 1]}/{gained}", **where)


def _in_frame(old: str, new: str, first: int, where: dict[str, int | None]) -> ProteinChange:
    """Residues exchanged, lost or gained with the frame kept."""
    shared = 0
    limit = min(len(old), len(new)) - first
    while shared < limit and old[-1 - shared] == new[-1 - shared]:
        shared += 1
    lost, gained = old[first : len(old) - shared], new[first : len(new) - shared]
    if len(lost) == len(gained) == 1:
        text = f"p.({_residue(old, first)}{three_letters(gained)})"
        return ProteinChange(Outcome.MISSENSE, text, first + 1, first + 1, f"{lost}/{gained}")
    if not gained:
        while first + len(lost) < len(old) and old[first] == old[first + len(lost)]:
            first += 1
        end = first + len(lost) - 1
        return ProteinChange(
            Outcome.DELETION, f"p.({_span(old, first, end)}del)", first + 1, end + 1, f"{old[first : end + 1]}/-"
        )
    if not lost:
        return _insertion(old, first, gained)
    end = first + len(lost) - 1
    if "*" in lost:
        return ProteinChange(Outcome.STOP_LOST, "p.?", first + 1, end + 1, f"{lost}/{gained}", **where)
    outcome = Outcome.MISSENSE if len(lost) == len(gained) else Outcome.ALTERED
    if outcome is Outcome.ALTERED and (lost.startswith(gained) or lost.endswith(gained)):
        outcome = Outcome.DELETION
    if outcome is Outcome.ALTERED and (gained.startswith(lost) or gained.endswith(lost)):
        outcome = Outcome.INSERTION
    text = f"p.({_span(old, first, end)}delins{three_letters(gained)})"
    return ProteinChange(outcome, text, first + 1, end + 1, f"{lost}/{gained}")


def _insertion(old: str, first: int, gained: str) -> ProteinChange:
    """Residues gained, at the most C-terminal place that reads the same."""
    moved = 0
    while first < len(old) and old[first] == gained[moved % len(gained)]:
        first += 1
        moved += 1
    turn = moved % len(gained)
    gained = gained[turn:] + gained[:turn]
    if first >= len(gained) and old[first - len(gained) : first] == gained:
        start = first - len(gained)
        text = f"p.({_span(old, start, first - 1)}dup)"
        return ProteinChange(Outcome.INSERTION, text, start + 1, first, f"-/{gained}")
    text = f"p.({_residue(old, first - 1)}_{_residue(old, first)}ins{three_letters(gained)})"
    return ProteinChange(Outcome.INSERTION, text, first, first + 1, f"-/{gained}")


def _shared_start(old: str, new: str) -> int:
    """How many residues both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _residue(protein: str, index: int) -> str:
    return f"{three_letters(protein[index])}{index + 1}"


def _span(protein: str, first: int, last: int) -> str:
    return _residue(protein, first) if last <= first else f"{_residue(protein, first)}_{_residue(protein, last)}"
