"""Diplotype: what the alleles of a gene amount to together, and how HGVS writes it.

Syntax: HGVS Nomenclature 21.1, recommendations/DNA/alleles. In trans ``c.[a];[b]``, in cis ``c.[a;b]``, phase unknown
``c.a(;)b`` (no brackets: they would claim an arrangement), homozygous ``c.[a];[a]``, the other copy read as reference
at that place ``c.[76A>C];[76=]`` (``[=]`` would claim that the whole coding sequence was analysed), a second change
expected but not found ``c.[a];[?]``. ``[0]`` for the X that a male does not have is the project's contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations, product

from msgspec import Struct

from higm_annot.consequence.haplotype import OTHER_COPY
from higm_annot.genotype.deleted import OTHER_COPY_DELETED
from higm_annot.genotype.types import BETWEEN_HETS, OPEN_ZYGOSITIES, PairPhase, PhaseVerdict, Zygosity
from higm_annot.interpretation.disease_table import AlleleState
from higm_annot.interpretation.findings import Finding
from higm_annot.interpretation.types import Diplotype

_BETWEEN_HETS = BETWEEN_HETS | {OTHER_COPY}
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
        """Phase of two findings; one that is read from several calls lies where any of them does."""
        found = {pair.verdict for pair in self._between(first, second)} - {PhaseVerdict.UNKNOWN}
        return found.pop() if len(found) == 1 else PhaseVerdict.UNKNOWN

    def grounds(self, findings: Sequence[Finding]) -> dict[str, tuple[Finding, ...]]:
        """What the known phases of these findings rest on, each basis with the findings it tells of."""
        told: dict[str, list[Finding]] = {}
        for a, b in combinations(findings, 2):
            if self.verdict(a, b) is not PhaseVerdict.UNKNOWN:
                for pair in self._between(a, b):
                    told.setdefault(pair.basis, []).extend((a, b))
        return {basis: tuple(one for one in findings if one in there) for basis, there in told.items()}

    def _between(self, first: Finding, second: Finding) -> list[PairPhase]:
        own = self._pairs.get(frozenset((first.key, second.key)))
        if own is not None:
            return [own]
        keys = product(first.state.parts or (first.key,), second.state.parts or (second.key,))
        return [self._pairs[pair] for pair in map(frozenset, keys) if pair in self._pairs]


class Copies(Struct, frozen=True):
    """Findings by the copy they lie on: on both, on one, on the other, and those of which it is not known.

    ``loose`` are groups that are known to lie on one copy each, whichever that is.
    """

    both: tuple[Finding, ...] = ()
    one: tuple[Finding, ...] = ()
    other: tuple[Finding, ...] = ()
    loose: tuple[tuple[Finding, ...], ...] = ()


def copies_of(findings: Sequence[Finding], phases: Phases) -> Copies:
    """The two copies as far as they are known, the findings of each in the order of the transcript."""
    if len(findings) == 1:
        return Copies(both=(*findings,)) if findings[0].zygosity is Zygosity.HOM else Copies(loose=((*findings,),))
    ordered = sorted(findings, key=_order)
    both = tuple(finding for finding in ordered if finding.zygosity is Zygosity.HOM)
    groups = _together([finding for finding in ordered if finding.zygosity is Zygosity.HET], phases)
    open_ = tuple((finding,) for finding in ordered if finding.zygosity not in (Zygosity.HOM, Zygosity.HET))
    opposite = next(
        ((a, b) for a, b in combinations(groups, 2) if verdict_of(a, b, phases) is PhaseVerdict.TRANS),
        # One allele beside a homozygous one lies on one of two like copies, whichever that is.
        (groups[0], ()) if both and groups and not open_ else ((), ()),
    )
    one, other = list(opposite[0]), list(opposite[1])
    loose = []
    for group in groups:
        if group in opposite:
            continue
        to_one, to_other = verdict_of(group, one, phases), verdict_of(group, other, phases)
        on_one = to_one is PhaseVerdict.CIS or to_other is PhaseVerdict.TRANS
        on_other = to_other is PhaseVerdict.CIS or to_one is PhaseVerdict.TRANS
        if on_one is on_other:
            loose.append(group)
        else:
            (one if on_one else other).extend(group)
    return Copies(both, _sorted(one), _sorted(other), (*loose, *open_))


def _together(findings: Sequence[Finding], phases: Phases) -> list[tuple[Finding, ...]]:
    """The findings in groups that are known to lie on one copy."""
    groups: list[tuple[Finding, ...]] = []
    for finding in findings:
        beside = [group for group in groups if verdict_of(group, (finding,), phases) is PhaseVerdict.CIS]
        if any(verdict_of(a, b, phases) is PhaseVerdict.TRANS for a, b in combinations(beside, 2)):
            beside = []  # it cannot lie on both
        merged = _sorted([*(one for group in beside for one in group), finding])
        groups = [*(group for group in groups if group not in beside), merged]
    return sorted(groups, key=lambda group: _order(group[0]))


def verdict_of(first: Sequence[Finding], second: Sequence[Finding], phases: Phases) -> PhaseVerdict:
    """Phase of two groups: that of any pair of them, unknown where pairs contradict each other."""
    found = {phases.verdict(a, b) for a, b in product(first, second)} - {PhaseVerdict.UNKNOWN}
    return found.pop() if len(found) == 1 else PhaseVerdict.UNKNOWN


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=_order))


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
    if zygosities & OPEN_ZYGOSITIES:
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
    ordered = _sorted(findings)
    if not ordered or not all(map(_name, ordered)):
        return None
    body = _body(ordered, phases, state, second_expected=second_expected)
    verdict = _PHASE.get(state)
    return Diplotype(f"{ordered[0].allele.effects.mane.accession}:c.{body}", str(verdict) if verdict else "")


def _body(ordered: Sequence[Finding], phases: Phases, state: AlleleState, *, second_expected: bool) -> str:
    match state:
        case AlleleState.HEMI:
            return _hemizygous(ordered)
        case AlleleState.HOM | AlleleState.TWO_TRANS:
            copies = copies_of(ordered, phases)
            known = (_sorted((*copies.both, *copies.one)), _sorted((*copies.both, *copies.other)))
            return "(;)".join([";".join(map(_bracket, known)), *map(_on_one, copies.loose)])
        case AlleleState.ONE | AlleleState.TWO_CIS:
            places = [_place(finding) for finding in ordered]
            # Where the other copy carries another alternate it is not the reference there.
            plain = not any({"two_alternates", OTHER_COPY_DELETED} & set(one.state.reasons) for one in ordered)
            # Reads that cannot tell gene from pseudogene do not show the gene's other copy either.
            placed = not any(one.unresolved for one in ordered)
            known_reference = not second_expected and plain and placed and all(places)
            other = ";".join(f"{place}=" for place in places) if known_reference else "?"
            return f"{_bracket(ordered)};[{other}]"
        case AlleleState.ONE_UNCALLED if len(ordered) == 1:
            return f"{_bracket(ordered)};[?]"
        case AlleleState.TWO_UNPHASED:
            return "(;)".join(map(_on_one, copies_of(ordered, phases).loose))
        case _:
            return "(;)".join(map(_name, ordered))


def _hemizygous(ordered: Sequence[Finding]) -> str:
    """The only copy; what is not known to lie on it (two alleles called, a half call) follows with ``(;)``."""
    only = [finding for finding in ordered if finding.zygosity is Zygosity.HEMI]
    return "(;)".join([f"{_bracket(only)};[0]", *(_name(finding) for finding in ordered if finding not in only)])


def _bracket(findings: Sequence[Finding]) -> str:
    return f"[{';'.join(map(_name, findings))}]"


def _on_one(findings: Sequence[Finding]) -> str:
    """Findings on one copy, whichever: a single one bare, because a bracket would claim an arrangement."""
    return _bracket(findings) if len(findings) > 1 else _name(findings[0])


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
    return (*(_start(_name(finding)) or (2, finding.state.call.allele.pos, 0)), name)


@lru_cache(maxsize=4096)
def _start(name: str) -> tuple[int, int, int] | None:
    """Region, base and offset at which a name without its prefix starts; None where it tells no place."""
    found = _START.match(f"c.{name}")
    if found is None:
        return None
    region, number, offset = found.groups()
    base = -int(number) if region == "-" else int(number)
    return (1 if region == "*" else 0, base, int(offset or 0))
