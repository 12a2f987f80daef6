"""The paralogue firewall: what may be concluded while short reads cannot tell a gene from its pseudogene.

A conclusion that needs an unplaced allele keeps its code, is unresolved, and says what it would be if the allele were
shown to lie in the gene. Alleles that can be placed are judged first: if they reach a disease genotype alone, an
unplaced one beside them takes nothing from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.intake.types import Sex
from higm_annot.interpretation.disease_table import AlleleState, Row
from higm_annot.interpretation.findings import Finding, if_placed, without
from higm_annot.interpretation.types import ConclusionCode, Status

Judge = Callable[[Sequence[Finding]], tuple[AlleleState, Row]]


class Judgement(Struct, frozen=True):
    """What the table says of a set of alleles, and how far it stands.

    ``used`` are the alleles it rests on, ``beside`` unplaced ones it does not need, ``contested`` losses that an assay
    shows and the calls contradict, ``companions`` alleles of another mechanism on these two copies. ``code`` is empty
    where the row makes no conclusion. ``weakened``: the disease genotype needs a call of poor quality.
    """

    state: AlleleState
    row: Row
    code: ConclusionCode | None
    status: Status
    if_confirmed: ConclusionCode | None
    used: tuple[Finding, ...]
    beside: tuple[Finding, ...]
    weakened: bool
    contested: tuple[Finding, ...] = ()
    companions: tuple[Finding, ...] = ()


def judge(findings: Sequence[Finding], sex: Sex, ask: Judge) -> Judgement:
    """Judge the alleles of a gene that share a mechanism.

    Parameters
    ----------
    findings
        At least one.
    sex
        Declared sex: an unplaced call of a male counts as hemizygous once placed.
    ask
        Gives the state of alleles and the row of the table that answers it.
    """
    unplaced = [finding for finding in findings if finding.unresolved]
    placed = tuple(without(findings, unplaced))
    used: tuple[Finding, ...] = tuple(findings)
    beside: tuple[Finding, ...] = ()
    if 0 < len(placed) < len(findings) and _code(ask(placed)[1]) is ConclusionCode.DISEASE_GENOTYPE:
        used, beside = placed, tuple(unplaced)
    state, row = ask(used)
    code = _code(row)
    weakened = code is ConclusionCode.DISEASE_GENOTYPE and _needs_doubtful(used, ask)
    if weakened:
        code = ConclusionCode.POSSIBLE_DISEASE_GENOTYPE
    unresolved = any(finding.unresolved for finding in used)
    confirmed = _code(ask([if_placed(finding, sex) for finding in used])[1]) if unresolved else None
    return Judgement(
        state=state,
        row=row,
        code=code,
        status=Status.UNRESOLVED_PARALOGUE if unresolved else Status.ESTABLISHED,
        if_confirmed=confirmed,
        used=used,
        beside=beside,
        weakened=weakened,
    )


def uncontested(judgement: Judgement, contested: Sequence[Finding], sex: Sex, ask: Judge) -> Judgement:
    """The judgement with losses that calls contradict told apart: they make a conclusion possible, never a genotype.

    Where the other alleles reach a disease genotype without them it rests on those alone.
    """
    rest = tuple(without(judgement.used, contested))
    if not rest or len(rest) == len(judgement.used):
        return judgement
    alone = judge(rest, sex, ask)
    if judgement.code is ConclusionCode.DISEASE_GENOTYPE and alone.code is judgement.code:
        return replace(alone, beside=judgement.beside, contested=tuple(contested))
    return replace(judgement, used=rest, state=alone.state, weakened=False, contested=tuple(contested))


def _code(row: Row) -> ConclusionCode | None:
    return None if row.withheld or row.compact else row.conclusion


def _needs_doubtful(findings: Sequence[Finding], ask: Judge) -> bool:
    """Whether the disease genotype falls without the calls of poor quality."""
    sound = without(findings, [finding for finding in findings if finding.doubtful])
    if len(sound) == len(findings):
        return False
    return not sound or _code(ask(sound)[1]) is not ConclusionCode.DISEASE_GENOTYPE
