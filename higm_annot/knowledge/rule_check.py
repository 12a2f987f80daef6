"""Whether the ordered rules about changes can each be used: the first that fits counts, so an earlier may hide a later.

A row hides another when whatever meets the other's conditions meets its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from higm_annot.knowledge.tables import ChangeRule, MechanismRule, NullCap
from higm_annot.problems import Problem, problem
from higm_annot.reference.rows import FIRST_LINE
from higm_annot.reference.types import Build, Gene, Panel

NULL_CAPS, MECHANISMS, TEXTS = "null_caps.tsv", "mechanisms.tsv", "texts.tsv"


def rule_faults(
    mechanisms: tuple[MechanismRule, ...], caps: tuple[NullCap, ...], codes: set[str], panel: Panel
) -> Iterator[Problem]:
    """Every fault of the two tables of rules; ``codes`` are those of the text table."""
    for line, rule in enumerate(mechanisms, FIRST_LINE):
        yield from _bounds(MECHANISMS, line, rule, (rule.gene,), panel)
        for before, earlier in enumerate(mechanisms[: line - FIRST_LINE], FIRST_LINE):
            if earlier.gene is rule.gene and _hides(earlier, rule) and _hides_stretch(earlier, rule):
                reason = f"line {before} fits everything that it fits, and comes first"
                yield problem("HA-KNO-009", file=MECHANISMS, line=line, reason=reason)
                break
    for line, cap in enumerate(caps, FIRST_LINE):
        yield from _bounds(NULL_CAPS, line, cap, cap.gene or tuple(Gene), panel)
        if f"cap.{cap.code}" not in codes:
            known = f"the name of a sentence cap.{cap.code} in {TEXTS}"
            yield problem("HA-KNO-006", file=NULL_CAPS, line=line, column="code", value=cap.code, known=known)
        for before, other in enumerate(caps[: line - FIRST_LINE], FIRST_LINE):
            genes = [gene for gene in cap.gene or tuple(Gene) if gene in (other.gene or tuple(Gene))]
            same = other.code == cap.code and other.elsewhere == cap.elsewhere and bool(genes)
            if same and (_hides(other, cap) or _hides(cap, other)):  # both would count: a step down twice
                what = f"{cap.code} in {', '.join(genes)}"
                yield problem("HA-KNO-008", file=NULL_CAPS, line=line, other=f"line {before}", combination=what)


def _bounds(name: str, line: int, rule: ChangeRule, genes: tuple[Gene, ...], panel: Panel) -> Iterator[Problem]:
    """Exons, codons and percentages that exist, in a gene of its own at least."""
    own = len(genes) == 1
    exons = max(len(panel.loci[gene].mane.models[Build.GRCH38].exons) for gene in genes)
    codons = max(panel.loci[gene].mane.protein_length for gene in genes)
    whose = f"of {genes[0]}" if own else "of the longest of its genes"
    for column, value, low, high, what in (
        ("exon", rule.exon, 1, exons, f"the exons {whose}"),
        ("codon_low", rule.codon_low, 1, codons, f"the codons {whose}"),
        ("codon_high", rule.codon_high, rule.codon_low or 1, codons, f"the codons {whose}"),
        ("removes_low", rule.removes_low, 0, 100, "a percentage"),
        ("removes_high", rule.removes_high, rule.removes_low or 0, 100, "a percentage"),
    ):
        if value is not None and not low <= value <= high:
            bounds = f"{low:g}-{high:g} ({what})"
            yield problem("HA-KNO-011", file=name, line=line, column=column, value=value, bounds=bounds)


def _hides(earlier: ChangeRule, later: ChangeRule) -> bool:
    """Whether every change that the later row fits is one that the earlier fits."""
    return (
        (not earlier.kinds or (bool(later.kinds) and set(later.kinds) <= set(earlier.kinds)))
        and earlier.escapes_nmd in ("", later.escapes_nmd)
        and earlier.exon in (None, later.exon)
        and earlier.site in ("", later.site)
        and earlier.skip in ("", later.skip)
        and _spans((earlier.codon_low, earlier.codon_high), (later.codon_low, later.codon_high))
        and _spans((earlier.removes_low, earlier.removes_high), (later.removes_low, later.removes_high))
    )


def _spans(wider: tuple[float | None, float | None], inner: tuple[float | None, float | None]) -> bool:
    """Whether bounds let through whatever the inner ones let through; a condition is never met by the unknown."""
    if wider == (None, None):
        return True
    if inner == (None, None):
        return False
    low = wider[0] is None or (inner[0] is not None and inner[0] >= wider[0])
    high = wider[1] is None or (inner[1] is not None and inner[1] <= wider[1])
    return low and high


def _hides_stretch(earlier: MechanismRule, later: MechanismRule) -> bool:
    """The change must hold the stretch: a shorter one inside asks for less."""
    if earlier.cds_from is None or earlier.cds_to is None:
        return True
    if later.cds_from is None or later.cds_to is None:
        return False
    return earlier.cds_from >= later.cds_from and earlier.cds_to <= later.cds_to
