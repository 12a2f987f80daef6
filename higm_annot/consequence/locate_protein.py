"""From a protein name to the one change of a single base that gives it."""

from __future__ import annotations

from collections.abc import Iterator

from higm_annot.consequence.annotate import maps_of
from higm_annot.consequence.refusals import nowhere, wrong_base
from higm_annot.consequence.stretch import Stretch, as_allele
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.written import ProteinName
from higm_annot.intake.types import Allele
from higm_annot.problems import Refused, problem
from higm_annot.reference.sequence import CODONS, THREE_LETTERS
from higm_annot.reference.types import Build, Panel

_NEARBY = 5  # residues; further away it is hardly the same name misspelt


def residue_change(panel: Panel, text: str, name: ProteinName, transcript: TranscriptMap, build: Build) -> Allele:
    """The one change of a single base that gives a protein name.

    Raises
    ------
    Refused
        HA-NAM-003 (no such residue), -004 (another residue stands there), -005 (several changes give the name, or
        none), -006 (no change).
    """
    protein, accession_ = transcript.protein, transcript.transcript.accession
    if not 0 < name.number <= len(protein):
        reason = f"its protein has {len(protein) - 1} residues"
        raise nowhere(text, f"p.{name.number}", accession_, reason)
    if name.new == "=":
        raise Refused(problem("HA-NAM-006", name=text, reason="several changes of bases leave the residue as it is"))
    if protein[name.number - 1] != name.old:
        place = f"p.{name.number} of {accession_}"
        raise Refused(wrong_base(text, protein[name.number - 1], place, name.old, _protein_elsewhere(name, transcript)))
    if name.new == name.old:
        raise Refused(problem("HA-NAM-006", name=text, reason="the sequence stays as it is"))
    found = list(_single_changes(name, transcript))
    if len(found) != 1:
        names = ", ".join(f"{accession_}:c.{written}" for written, _ in found) or "none"
        raise Refused(problem("HA-NAM-005", name=text, count=len(found) or "No", candidates=names))
    return as_allele(panel.loci[transcript.transcript.gene], build, found[0][1])


def _single_changes(name: ProteinName, transcript: TranscriptMap) -> Iterator[tuple[str, Stretch]]:
    """Changes of one base in the codon that exchange the residue as named."""
    start = transcript.cds_start + 3 * (name.number - 1)
    codon = transcript.spliced[start : start + 3]
    for phase, base in enumerate(codon):
        for other in "ACGT":
            if other != base and CODONS[codon[:phase] + other + codon[phase + 1 :]] == name.new:
                offset = transcript.gene_offset(start + phase)
                written = f"{start + phase - transcript.cds_start + 1}{base}>{other}"
                yield written, Stretch(offset, offset + 1, other)


def _protein_elsewhere(name: ProteinName, transcript: TranscriptMap) -> str:
    """The same residue on another transcript of the gene, or the nearest such residue of this protein."""
    old, new = THREE_LETTERS[name.old], THREE_LETTERS.get(name.new, name.new)
    for other in maps_of(transcript.transcript.gene, Build.GRCH38):
        if name.number <= len(other.protein) and other.protein[name.number - 1] == name.old:
            return f"{other.transcript.protein}:p.({old}{name.number}{new})"
    near = [number for number, letter in enumerate(transcript.protein, 1) if letter == name.old]
    closest = min(near, key=lambda number: abs(number - name.number), default=0)
    if not 0 < abs(closest - name.number) <= _NEARBY:
        return ""
    return f"{transcript.transcript.protein}:p.({old}{closest}{new})"
