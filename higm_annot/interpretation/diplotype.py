"""Diplotype: what the alleles of a gene amount to together, and how HGVS writes it.

Syntax: HGVS Nomenclature 21.1, recommendations/DNA/alleles. In trans ``c.[a];[b]``, in cis ``c.[a;b]``, phase unknown
``c.a(;)b`` (no brackets: they would claim an arrangement), homozygous ``c.[a];[a]``, the other copy read as reference
at that place ``c.[76A>C];[76=]`` (``[=]`` would claim that the whole coding sequence was analysed), a second change
expected but not found ``c.[a];[?]``. ``[0]`` for the X that a male does not have is the project's contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from higm_annot.genotype.types import PairPhase, PhaseVerdict, Zygosity
from higm_annot.interpretation.disease_table import AlleleState
from higm_annot.interpretation.findings import Finding
from higm_annot.interpretation.types import Diplotype

_BETWEEN_HETS = frozenset({"phase_set", "parents", "same_site"})
_OPEN = frozenset({Zygosity.HALF_CALL, Zygosity.HAPLOID_UNEXPECTED, Zygosity.POLYPLOID})
_PHASE = {
    AlleleState.TWO_TRANS: PhaseVerdict.TRANS,
    AlleleState.TWO_CIS: PhaseVerdict.CIS,
    AlleleState.TWO_UNPHASED: PhaseVerdict.UNKNOWN,
}
_PLACE = re.compile(r"c\.([*-]?\d+(?:[+-]\d+)?(?:_[*-]?\d+(?:[+-]\d+)?)?)")
_START = re.compile(r"c\.([*-]?)(\d+)([+-]\d+)?")


class Phases:
    """Phase of pairs of alleles each on one of two copies; a pair without evidence is unknown."""

    def __init__(self, pairs: Iterable[PairPhase]) -> None:
        self._pairs = {frozenset((pair.first, pair.second)): pair for pair in pairs if pair.basis in _BETWEEN_HETS}

    def verdict(self, first: Finding, second: Finding) -> PhaseVerdict:
        """Phase of two findings."""
        pair = self._pairs.get(frozenset((first.key, second.key)))
        return pair.verdict if pair is not None else PhaseVerdict.UNKNOWN

    def bases(self, findings: Sequence[Finding], verdict: PhaseVerdict) -> tuple[str, ...]:
        """What the pairs with this verdict rest on, each once."""
        found = (self._pairs.get(frozenset((a.key, b.key))) for a, b in combinations(findings, 2))
        return tuple(dict.fromkeys(pair.basis for pair in found if pair is not None and pair.verdict is verdict))


def summarise(  # noqa: PLR0911 - one return for each rule
    findings: Sequence[Finding], phases: Phases, *, uncalled: bool
) -> AlleleState:
    """The state of the alleles together; ``uncalled`` when another known place of the gene was not called.

    The most is made of them: two copies hit before a zygosity left open, that before one copy hit.
    """
    zygosities = {finding.zygosity for finding in findings}
    hets = [finding for finding in findings if finding.zygosity is Zygosity.HET]
    verdicts = {phases.verdict(first, second) for first, second in combinations(hets, 2)}
    if Zygosity.HOM in zygosities:
        return AlleleState.HOM
    if Zygosity.HEMI in zygosities:
        return AlleleState.HEMI
    if PhaseVerdict.TRANS in verdicts:
        return AlleleState.TWO_TRANS
    if zygosities & _OPEN:
        return AlleleState.OPEN
    for zygosity, state in (
        (Zygosity.HEMI_OR_HOM, AlleleState.HEMI_OR_HOM),
        (Zygosity.HET_IN_MALE, AlleleState.HET_IN_MALE),
        (Zygosity.HET_SEX_UNKNOWN, AlleleState.HET_SEX_UNKNOWN),
    ):
        if zygosity in zygosities:
            return state
    if PhaseVerdict.UNKNOWN in verdicts:
        return AlleleState.TWO_UNPHASED
    if uncalled:
        return AlleleState.ONE_UNCALLED
    return AlleleState.TWO_CIS if len(hets) > 1 else AlleleState.ONE


def describe(
    findings: Sequence[Finding], phases: Phases, state: AlleleState, *, second_expected: bool
) -> Diplotype | None:
    """HGVS description on the MANE Select transcript and the phase verdict; None when an allele has no c. name.

    ``second_expected``: a second change is needed for the disease and was not found.
    """
    ordered = sorted(findings, key=_order)
    names = [_name(finding) for finding in ordered]
    if not names or not all(names):
        return None
    body = _body(ordered, names, phases, state, second_expected=second_expected)
    verdict = _PHASE.get(state)
    return Diplotype(f"{ordered[0].allele.effects.mane.accession}:c.{body}", str(verdict) if verdict else "")


def _body(
    ordered: Sequence[Finding], names: Sequence[str], phases: Phases, state: AlleleState, *, second_expected: bool
) -> str:
    match state:
        case AlleleState.HEMI:
            return _hemizygous(ordered, names)
        case AlleleState.HOM:
            return _homozygous(ordered, names)
        case AlleleState.TWO_TRANS:
            return _in_trans(ordered, names, phases)
        case AlleleState.ONE | AlleleState.TWO_CIS:
            places = [_place(finding) for finding in ordered]
            # Where the other copy carries another alternate it is not the reference there.
            plain = not any("two_alternates" in finding.state.reasons for finding in ordered)
            known = not second_expected and plain and all(places)
            return f"[{';'.join(names)}];[{';'.join(f'{place}=' for place in places) if known else '?'}]"
        case AlleleState.ONE_UNCALLED if len(names) == 1:
            return f"[{names[0]}];[?]"
        case _:
            return "(;)".join(names)


def _hemizygous(ordered: Sequence[Finding], names: Sequence[str]) -> str:
    """The only copy; what is not known to lie on it (two alleles called, a half call) follows with ``(;)``."""
    only = [name for finding, name in zip(ordered, names, strict=True) if finding.zygosity is Zygosity.HEMI]
    return "(;)".join([f"[{';'.join(only)}];[0]", *(name for name in names if name not in only)])


def _homozygous(ordered: Sequence[Finding], names: Sequence[str]) -> str:
    both = [name for finding, name in zip(ordered, names, strict=True) if finding.zygosity is Zygosity.HOM]
    rest = [name for finding, name in zip(ordered, names, strict=True) if finding.zygosity is not Zygosity.HOM]
    if not rest or any(f.zygosity not in (Zygosity.HOM, Zygosity.HET) for f in ordered):
        return "(;)".join([f"[{';'.join(both)}];[{';'.join(both)}]", *rest])
    # One of the others lies beside the homozygous change on one of the two copies, whichever that is.
    first = [name for name in names if name in both or name == rest[0]]
    return "(;)".join([f"[{';'.join(first)}];[{';'.join(both)}]", *rest[1:]])


def _in_trans(ordered: Sequence[Finding], names: Sequence[str], phases: Phases) -> str:
    """Two copies as far as they are known; alleles tied to neither follow with ``(;)``."""
    hets = [i for i, finding in enumerate(ordered) if finding.zygosity is Zygosity.HET]
    a, b = next(
        (i, j) for i, j in combinations(hets, 2) if phases.verdict(ordered[i], ordered[j]) is PhaseVerdict.TRANS
    )
    copies: tuple[list[int], list[int]] = ([a], [b])
    loose = []
    for i in range(len(ordered)):
        if i in (a, b):
            continue
        relation = phases.verdict(ordered[i], ordered[a]), phases.verdict(ordered[i], ordered[b])
        if relation in (
            (PhaseVerdict.CIS, PhaseVerdict.TRANS),
            (PhaseVerdict.CIS, PhaseVerdict.UNKNOWN),
            (PhaseVerdict.UNKNOWN, PhaseVerdict.TRANS),
        ):
            copies[0].append(i)
        elif relation in (
            (PhaseVerdict.TRANS, PhaseVerdict.CIS),
            (PhaseVerdict.TRANS, PhaseVerdict.UNKNOWN),
            (PhaseVerdict.UNKNOWN, PhaseVerdict.CIS),
        ):
            copies[1].append(i)
        else:
            loose.append(names[i])
    written = ["[" + ";".join(names[i] for i in sorted(copy)) + "]" for copy in copies]
    return "(;)".join([";".join(written), *loose])


def _name(finding: Finding) -> str:
    """The c. name without its prefix; empty when there is none, or only the ``?`` of uncertain breakpoints."""
    prefix, _, name = finding.allele.effects.mane.hgvs_c.partition("c.")
    if name.startswith("["):  # several changes on one copy, not the number of copies of a gain
        name = name.removeprefix("[").removesuffix("]")
    return name if not prefix and name != "?" else ""


def _place(finding: Finding) -> str:
    """The position or range of a c. name, as far as it is plain; several for changes read as one."""
    found = [_PLACE.match(f"c.{name}") for name in _name(finding).split(";")]
    return "=;".join(one.group(1) if one else "" for one in found) if all(found) else ""


def _order(finding: Finding) -> tuple[int, int, int, str]:
    """Order along the transcript: 5'UTR, coding sequence, 3'UTR; intronic offsets after their base."""
    name = finding.allele.effects.mane.hgvs_c
    found = _START.match(f"c.{_name(finding)}")
    if found is None:
        return (2, finding.state.call.allele.pos, 0, name)
    region, number, offset = found.groups()
    base = -int(number) if region == "-" else int(number)
    return (1 if region == "*" else 0, base, int(offset or 0), name)
