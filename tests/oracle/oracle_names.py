"""Ours beside theirs: what differs between our names and those of biocommons hgvs, and which kind of difference it is.

The kinds are rows of ``tests/consequence/divergences.tsv``, each with who is right and why.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

TABLE = Path(__file__).parent.parent / "consequence" / "divergences.tsv"
POINT = re.compile(r"[-*]?\d+[+-]\d+")
FAILED, REFUSED = "(fails)", "(refused)"


def rows(oracle):
    """The rows of one oracle; ``where`` is an allele key, then the transcript, or a pattern for names."""
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return [
            row for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE) if row["oracle"] == oracle
        ]


def differences(oracle, genomic, effect):
    """(kind, theirs, ours) for each name of one effect that differs; the kind is empty where none is known."""
    from hgvs.exceptions import HGVSError  # noqa: PLC0415 - the oracle extra is optional

    ours = effect.hgvs_p or ""
    try:
        coding, protein = oracle.names(genomic, effect.accession)
    except HGVSError as error:
        # They refuse places outside the transcript, as HGVS does: there is no c. name here either.
        kind = "copy_from_outside" if re.search(r"\dins", effect.hgvs_c) else ""
        return [(kind, REFUSED if kind else str(error), effect.hgvs_c)] if effect.hgvs_c else []
    except IndexError:
        kind = "same_protein_fails" if ours.endswith("=)") else "transcript_ends_fails" if ours == "p.?" else ""
        return [(kind, FAILED, ours)]
    found = []
    if coding != effect.hgvs_c:
        found.append((kind_of_coding(coding, effect.hgvs_c), coding, effect.hgvs_c))
    if protein != ours:
        found.append((kind_of_protein(protein, ours, effect), protein, ours))
    return found


def kind_of_coding(theirs, ours):
    """Which known difference of c. names this is, if any."""
    mine, yours = POINT.findall(ours), POINT.findall(theirs)
    if POINT.sub("", ours) == POINT.sub("", theirs) and all(map(_is_same_middle, yours, mine)):
        return "middle_of_intron"
    return ""


def _is_same_middle(theirs, ours):
    """Whether two positions are equal, or the same number of bases from either end of an intron."""
    return theirs == ours or ("+" in ours and ours.rpartition("+")[2] == theirs.rpartition("-")[2])


def kind_of_protein(theirs, ours, effect):
    """Which known difference of p. names this is, if any."""
    name = effect.hgvs_c
    rules = (
        ("no_protein", theirs == "p.?" and not ours),
        ("start", theirs == "p.Met1?" and ours == "p.(Met1?)"),
        ("before_the_start", not ours and re.match(r"c\.-\d+_1ins", name)),
        ("start_kept", theirs == "p.Met1?" and "start_lost" not in effect.terms and ours not in ("", "p.?")),
        ("stop_kept", ours.endswith("=)") and re.fullmatch(r"p\.\(Ter\d+Ter\)", theirs)),
        ("silent_range", ours.startswith(theirs[:-2]) and ours.endswith("=)") and "_" in ours),
        ("copy_at_border", theirs == "p.?" and name.endswith("dup") and ours),
        ("copy_at_end", theirs == "p.(=)" and not ours and name.endswith("dup")),
        ("after_the_stop", ours.endswith("Ter)") and theirs.startswith(ours[:-1])),
        ("transcript_ends", ours == "p.?" and ("Xaa" in theirs or re.search(r"_Ter\d+del\)", theirs))),
        ("over_the_stop", "fsTer" in ours and "fs" not in theirs and theirs not in ("p.?", "p.Met1?")),
        ("same_protein", ours.endswith("=)") and theirs.endswith("fsTer?)")),
        ("stop_in_copy", name.endswith("dup") and "ins" in ours and ours.endswith("Ter)") and "delins" in theirs),
        ("start_rebuilt", ours == "p.(Met1?)" and re.match(r"c\.-.*(delins|inv)", name)),
        ("stop_in_extension", ours.partition("extTer")[0] == theirs.partition("extTer")[0] and "ins" in name),
        ("last_residues", ours.endswith("del)") and theirs.endswith("Ter)")),
    )
    return next((known for known, holds in rules if holds), "")
