"""What an exonic change does to the protein, and its HGVS p. name.

The edited transcript is translated and compared with the reference protein; the p. name never borrows from the c. name.
Rules (HGVS nomenclature v21, pages protein/substitution, deletion, insertion, delins, frameshift, extension):

- predicted changes stand in parentheses, and the most C-terminal description is taken;
- a stop codon as the first new residue is a nonsense change, whatever the DNA change was;
- residues after a new stop are not told, and the lost C-terminus is not described as deleted;
- a shifted frame is counted from the first new residue to its stop (``fsTerN``), and so is a change that starts before
  the old stop codon and takes bases of it;
- where the stop codon is the first residue to differ, the change is an extension (``extTerN``).
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from higm_annot.consequence.edit import Edit
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.reference.sequence import CODONS, THREE_LETTERS, UNKNOWN, three_letters, translate, translate_to_stop


class Outcome(StrEnum):
    """How the protein changes."""

    SYNONYMOUS = "synonymous"
    STOP_RETAINED = "stop_retained"
    START_RETAINED = "start_retained"
    MISSENSE = "missense"
    STOP_GAINED = "stop_gained"
    STOP_LOST = "stop_lost"
    START_LOST = "start_lost"
    FRAMESHIFT = "frameshift"
    INSERTION = "insertion"
    DELETION = "deletion"
    ALTERED = "altered"


class ProteinChange(Struct, frozen=True):
    """Result of translating the edited transcript.

    ``first``-``last`` are the residues named (1-based). ``amino_acids`` is ``R/Q`` (one letter each). ``stop_codon`` is
    the number of the codon at which the new reading ends, ``stop_tx_offset`` where that codon starts in the edited
    transcript; both are None where the reading is not changed beyond the residues named, or finds no stop.
    """

    outcome: Outcome
    hgvs_p: str
    first: int
    last: int
    amino_acids: str | None
    stop_codon: int | None = None
    stop_tx_offset: int | None = None


class Reading(Struct, frozen=True):
    """Old and new protein from the first codon touched.

    ``old`` is the whole reference protein, ``tail`` the new residues from ``codon`` (0-based) on, up to its stop when
    it has one. ``window`` is what the touched codons (``codon``-``last``) became, read through any stop; ``growth`` is
    the change of length in bases. ``origin`` is where the coding sequence starts in the transcript. ``replaces_stop``
    says that a change of length reaches beyond the stop codon: what ends the reading then is another one.
    """

    old: str
    tail: str
    window: str
    codon: int
    last: int
    growth: int
    origin: int
    replaces_stop: bool

    @property
    def length(self) -> int:
        """Residues of the new protein, its stop included."""
        return self.codon + len(self.tail)

    @property
    def expected(self) -> int:
        """Residues the new protein has when frame and stop are kept."""
        return len(self.old) + self.growth // 3

    @property
    def keeps_stop(self) -> bool:
        """Whether the new protein ends at the old stop, in the old frame."""
        framed = self.growth % 3 == 0 and not self.replaces_stop
        return framed and self.length == self.expected and self.tail.endswith("*")

    @property
    def takes_stop(self) -> bool:
        """Whether bases of the old stop codon are among those changed."""
        return self.last == len(self.old) - 1

    def stop(self) -> tuple[int | None, int | None]:
        """``stop_codon`` and ``stop_tx_offset`` of :class:`ProteinChange`."""
        if not self.tail.endswith("*"):
            return None, None
        return self.length, self.origin + 3 * (self.length - 1)


def protein_change(transcript: TranscriptMap, edit: Edit, tx_start: int, tx_end: int) -> ProteinChange:
    """Effect of replacing spliced bases ``tx_start``-``tx_end`` (half-open offsets) that touch the coding sequence."""
    begin = transcript.cds_start
    if tx_start < begin + 3:
        decided = _start_codon(transcript, edit, tx_start, tx_end)
        if decided is not None:
            return decided
    if len(edit.ref) == len(edit.alt) == 1:
        substituted = _substitution(transcript, edit.alt, tx_start)
        if substituted is not None:
            return substituted
    # A change of equal length may begin in the 5' UTR and keep the start codon: only its coding bases are read.
    outside = max(0, begin - tx_start)
    return _compare(_read(transcript, edit.alt[outside:], edit.growth, tx_start + outside, tx_end))


def _start_codon(transcript: TranscriptMap, edit: Edit, tx_start: int, tx_end: int) -> ProteinChange | None:
    """The result of a change at the initiator, None when the codon stays where it is.

    A deletion or insertion may be told of the start codon by the 3' rule and yet only lengthen or shorten the 5' UTR.
    """
    spliced, begin = transcript.spliced, transcript.cds_start
    if not edit.growth:
        before = spliced[:tx_start] + edit.alt + spliced[tx_end:]
        kept = before[begin : begin + 3] == spliced[begin : begin + 3]
        return None if kept else ProteinChange(Outcome.START_LOST, "p.(Met1?)", 1, 1, None)
    shifted = begin + edit.growth
    if shifted >= 0 and (spliced[:tx_start] + edit.alt)[shifted:] == spliced[begin:tx_end]:
        return ProteinChange(Outcome.START_RETAINED, "p.(Met1=)", 1, 1, "M")
    return ProteinChange(Outcome.START_LOST, "p.(Met1?)", 1, 1, None)


def _substitution(transcript: TranscriptMap, base: str, tx_start: int) -> ProteinChange | None:
    """One base for one, None when the stop codon is lost (the reading goes on)."""
    offset = tx_start - transcript.cds_start
    codon, phase = offset // 3, offset % 3
    at, spliced, residue = tx_start - phase, transcript.spliced, transcript.protein[codon]
    new = CODONS.get(spliced[at:tx_start] + base + spliced[tx_start + 1 : at + 3], UNKNOWN)
    number = codon + 1
    if new == residue:
        outcome = Outcome.STOP_RETAINED if new == "*" else Outcome.SYNONYMOUS
        return ProteinChange(outcome, f"p.({THREE_LETTERS[residue]}{number}=)", number, number, residue)
    if residue == "*":
        return None
    text, letters = f"p.({THREE_LETTERS[residue]}{number}{THREE_LETTERS[new]})", f"{residue}/{new}"
    if new == "*":
        return ProteinChange(Outcome.STOP_GAINED, text, number, number, letters, number, at)
    return ProteinChange(Outcome.MISSENSE, text, number, number, letters)


def _read(transcript: TranscriptMap, alt: str, growth: int, tx_start: int, tx_end: int) -> Reading:
    """Translate what changed: the touched codons, and on to the new stop where the reading does not fall back."""
    spliced, old, begin = transcript.spliced, transcript.protein, transcript.cds_start
    codon = (tx_start - begin) // 3
    last = min((max(tx_end - 1, tx_start) - begin) // 3, len(old) - 1)
    head = spliced[begin + 3 * codon : tx_start] + alt
    rest = begin + 3 * (last + 1)
    window = translate(head + spliced[tx_end:rest])
    if growth % 3 or last == len(old) - 1:
        tail = translate_to_stop(head + spliced[tx_end:])
    elif "*" in window:
        tail = window[: window.index("*") + 1]
    else:
        tail = window + old[last + 1 :]
    return Reading(old, tail, window, codon, last, growth, begin, growth != 0 and tx_end > transcript.cds_end)


def _compare(reading: Reading) -> ProteinChange:
    """Name the difference of the two proteins."""
    old, tail = reading.old, reading.tail
    shared = _shared_start(old, reading.codon, tail)
    if shared == len(tail) == len(old) - reading.codon:
        return _unchanged(reading)
    first = reading.codon + shared
    if shared == len(tail):
        # The sequence ends before anything differs: the stop codon is lost and nothing is known of what follows.
        return ProteinChange(Outcome.STOP_LOST, "p.?", first + 1, len(old), None)
    if first == len(old) - 1:
        return _extension(reading, tail[shared])
    return _in_frame(reading, first) if reading.keeps_stop else _other_end(reading, first, tail[shared])


def _other_end(reading: Reading, first: int, new: str) -> ProteinChange:
    """A reading that differs from residue ``first`` (0-based) on and does not come back to the old stop."""
    if new == "*":
        text, letters = f"p.({_residue(reading.old, first)}Ter)", f"{reading.old[first]}/*"
        return ProteinChange(Outcome.STOP_GAINED, text, first + 1, first + 1, letters, *reading.stop())
    own_stop = reading.growth % 3 == 0 and reading.length < reading.expected and reading.tail.endswith("*")
    if own_stop and not reading.takes_stop:
        return _stop_within(reading, first)
    return _shift(reading, first, new)


def _unchanged(reading: Reading) -> ProteinChange:
    """The same protein from other bases."""
    residues = reading.old[reading.codon : reading.last + 1]
    outcome = Outcome.STOP_RETAINED if "*" in residues else Outcome.SYNONYMOUS
    text = f"p.({_span(reading.old, reading.codon, reading.last)}=)"
    return ProteinChange(outcome, text, reading.codon + 1, reading.last + 1, residues)


def _extension(reading: Reading, new: str) -> ProteinChange:
    """The stop codon is the first to differ. Residues put in right before a kept stop are an extension as well."""
    number, ends = len(reading.old), reading.stop()
    count = "?" if ends[0] is None else str(ends[0] - number)
    text = f"p.(Ter{number}{three_letters(new)}extTer{count})"
    outcome = Outcome.INSERTION if reading.keeps_stop else Outcome.STOP_LOST
    return ProteinChange(outcome, text, number, number, f"*/{new}", *ends)


def _shift(reading: Reading, first: int, new: str) -> ProteinChange:
    """A reading that differs before the stop codon and ends elsewhere: in another frame, or with the old stop lost."""
    ends = reading.stop()
    count = "?" if ends[0] is None else str(ends[0] - first)
    text = f"p.({_residue(reading.old, first)}{three_letters(new)}fsTer{count})"
    outcome, letter = Outcome.FRAMESHIFT, "X"
    if reading.growth % 3 == 0:
        shorter = ends[0] is not None and reading.length < len(reading.old)
        outcome, letter = Outcome.STOP_GAINED if shorter else Outcome.STOP_LOST, new
    return ProteinChange(outcome, text, first + 1, first + 1, f"{reading.old[first]}/{letter}", *ends)


def _stop_within(reading: Reading, first: int) -> ProteinChange:
    """A stop among residues put in with the frame kept; what follows it is not told."""
    lost, gained = reading.old[first : reading.last + 1], reading.window[first - reading.codon :]
    shared = 0
    while shared < min(len(lost), len(gained)) and lost[-1 - shared] == gained[-1 - shared]:
        shared += 1
    lost = lost[: len(lost) - shared]
    gained = gained[: gained.index("*") + 1]
    if lost:
        end = first + len(lost) - 1
        text = f"p.({_span(reading.old, first, end)}delins{three_letters(gained)})"
        return ProteinChange(Outcome.STOP_GAINED, text, first + 1, end + 1, f"{lost}/{gained}", *reading.stop())
    text = f"p.({_span(reading.old, first - 1, first)}ins{three_letters(gained)})"
    return ProteinChange(Outcome.STOP_GAINED, text, first, first + 1, f"-/{gained}", *reading.stop())


def _in_frame(reading: Reading, first: int) -> ProteinChange:
    """Residues exchanged, lost or gained with the frame and the stop kept.

    ``first`` is the first residue that differs, so what is left is already the most C-terminal description.
    """
    old, tail, codon = reading.old, reading.tail, reading.codon
    limit = min(len(old), reading.length) - first
    shared = min(limit, len(old) - 1 - reading.last)
    while shared < limit and old[-1 - shared] == tail[-1 - shared]:
        shared += 1
    lost, gained = old[first : len(old) - shared], tail[first - codon : len(tail) - shared]
    end = first + len(lost) - 1
    if not lost:
        return _gained(old, first, gained)
    if not gained:
        return ProteinChange(Outcome.DELETION, f"p.({_span(old, first, end)}del)", first + 1, end + 1, f"{lost}/-")
    outcome = Outcome.MISSENSE if len(lost) == len(gained) else Outcome.ALTERED
    verb = "" if len(lost) == len(gained) == 1 else "delins"
    text = f"p.({_span(old, first, end)}{verb}{three_letters(gained)})"
    return ProteinChange(outcome, text, first + 1, end + 1, f"{lost}/{gained}")


def _gained(old: str, first: int, gained: str) -> ProteinChange:
    """Residues gained before residue ``first`` (0-based): a duplication when they repeat those before it."""
    start = first - len(gained)
    if old[max(start, 0) : first] == gained:
        text = f"p.({_span(old, start, first - 1)}dup)"
        return ProteinChange(Outcome.INSERTION, text, start + 1, first, f"-/{gained}")
    text = f"p.({_span(old, first - 1, first)}ins{three_letters(gained)})"
    return ProteinChange(Outcome.INSERTION, text, first, first + 1, f"-/{gained}")


def _shared_start(old: str, codon: int, tail: str) -> int:
    """How many residues of ``tail`` equal ``old`` from ``codon`` on."""
    for count, letter in enumerate(tail):
        if codon + count >= len(old) or old[codon + count] != letter:
            return count
    return len(tail)


def _residue(protein: str, index: int) -> str:
    return f"{THREE_LETTERS[protein[index]]}{index + 1}"


def _span(protein: str, first: int, last: int) -> str:
    return _residue(protein, first) if last <= first else f"{_residue(protein, first)}_{_residue(protein, last)}"
