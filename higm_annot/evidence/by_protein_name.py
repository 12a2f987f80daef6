"""Known alleles by the protein name they have: candidates for a p. name that does not say which bases change.

A frameshift may be cut short (``p.Gln114fs``): what the name says must be so, what it leaves out may be anything.
"""

from __future__ import annotations

import re

from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.locate import locate
from higm_annot.evidence.snapshot import allele_keys
from higm_annot.reference.sequence import THREE_LETTERS
from higm_annot.reference.types import Build, Panel

_THREE = re.compile("|".join(code for letter, code in THREE_LETTERS.items() if letter not in "*X"))
_SHIFT = re.compile(r"^(?P<place>[A-Z][a-z]{2}\d+)(?P<new>[A-Z][a-z]{2})?fs(?:Ter(?P<stop>\d+|\?)?)?$")
_BY_LETTER = THREE_LETTERS | {"X": "Ter"}
_STOP = re.compile(r"\*|X(?![a-z])")


def known_with(panel: Panel, accession: str, change: str) -> tuple[str, ...]:
    """C. names of the alleles of the embedded evidence that have this protein name on a transcript.

    Parameters
    ----------
    panel
        The embedded reference.
    accession
        The transcript.
    change
        The protein name without accession and ``p.``, in three or one letters.
    """
    wanted = spelled_out(change)
    locus = next(locus for locus in panel.loci.values() for one in locus.transcripts if one.accession == accession)
    piece = locus.slices[Build.GRCH38]
    found = []
    for key in allele_keys():
        _, contig, pos, *_ = key.split(":")
        if contig != locus.contig or not piece.covers(int(pos), int(pos)):
            continue
        effects = annotate(panel, locate(panel, key).allele).effects
        effect = next(one for one in effects if one.accession == accession)
        if effect.hgvs_c and effect.hgvs_p and _alike(wanted, spelled_out(effect.hgvs_p)):
            found.append(f"{accession}:{effect.hgvs_c}")
    return tuple(found)


def spelled_out(change: str) -> str:
    """A protein name in three letters, without ``p.`` and brackets, ``Ter`` for every stop."""
    bare = change.removeprefix("p.").strip("()")
    if _THREE.search(bare):
        return _STOP.sub("Ter", bare)
    return re.sub(r"[A-Z*]", lambda one: _BY_LETTER.get(one[0], one[0]), bare)


def _alike(wanted: str, known: str) -> bool:
    if wanted == known:
        return True
    asked, told = _SHIFT.match(wanted), _SHIFT.match(known)
    if asked is None or told is None or asked["place"] != told["place"]:
        return False
    return all(asked[part] in (None, told[part]) for part in ("new", "stop"))
