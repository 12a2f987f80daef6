"""PP3, BP4 and BP7 from prediction programs: one rule, each criterion once.

What a program says of the protein and what one says of splicing are two questions. Either may make a change harmful
(PP3, at the stronger of both); harmless (BP4) it is only where both are answered so. Of several programs about the
protein the first of the table that has a score for the allele counts, whatever the others say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.classification.points import STRENGTHS, made
from higm_annot.classification.types import Criterion, Judged, State
from higm_annot.consequence.types import AlleleEffects
from higm_annot.evidence.types import Record
from higm_annot.knowledge.rows import read_package_table
from higm_annot.knowledge.tables import Kind, threshold, thresholds, words
from higm_annot.knowledge.texts import text, text_sources
from higm_annot.reference.types import Gene

PREDICTION_RULES = "prediction_rules.tsv"
PROTEIN, SPLICING = "protein", "splicing"
SILENT = frozenset({"synonymous_variant", "stop_retained_variant", "intron_variant"})
SILENT_KINDS = ("splice_region", "none")
OFFSETS = re.compile(r"(?<=\d)([+-])(\d+)")  # of an intronic place in a c. name, from the exon's last or first base


class PredictionRule(Struct, frozen=True):
    """What a score comes to. Of the rows of a program the first that fits counts."""

    about: Literal["protein", "splicing"]
    program: str
    kinds: tuple[Kind, ...]
    criterion: Literal["PP3", "BP4"]
    strength: Literal["supporting", "moderate", "strong"]
    at_least: float | None
    at_most: float | None
    source: tuple[str, ...]
    note: str


@cache
def prediction_rules() -> tuple[PredictionRule, ...]:
    """The rules of all programs."""
    return read_package_table(PREDICTION_RULES, PredictionRule)


class Predicted(Struct, frozen=True):
    """The criteria met, what came of the others, and whether splicing was asked about and is predicted to change."""

    criteria: tuple[Criterion, ...] = ()
    judged: tuple[Judged, ...] = ()
    splicing_read: bool = False
    splicing_changes: bool = False


class _Answer(Struct, frozen=True):
    """What a program says on one question: the rule met, if any, and the score and record it was met by."""

    program: str
    score: float
    record: Record
    rule: PredictionRule | None

    def says(self, criterion: str) -> bool:
        return self.rule is not None and self.rule.criterion == criterion


def predictions(effects: AlleleEffects, kind: str, records: Iterable[Record]) -> Predicted:
    """PP3, BP4 and BP7 as far as the scores of the allele give them.

    Parameters
    ----------
    effects, kind
        The allele and the kind of its change on MANE Select; null changes are judged by PVS1 and not asked here.
    records
        What the sources say of it.
    """
    scored = [one for one in records if one.prediction is not None and one.current]
    protein, splicing = (_answer(about, effects.gene, kind, scored) for about in (PROTEIN, SPLICING))
    read, changes = splicing is not None, splicing is not None and splicing.says("PP3")
    harmful = [one for one in (protein, splicing) if one is not None and one.says("PP3")]
    if harmful:
        most = max(harmful, key=_weight)
        told = (Judged("PP3", State.MET), Judged("BP4", State.NOT_MET, "prediction_harmful"))
        return Predicted((_made(most),), (*told, *_bp7_open(effects, kind, splicing)), read, changes)
    missing = _unanswered(effects, kind, protein, splicing)
    if missing:
        asked = [one for one in (protein, splicing) if one is not None and kind in ("missense", *SILENT_KINDS)]
        not_harmless = any(not one.says("BP4") for one in asked)
        benign = Judged("BP4", State.NOT_MET, "prediction_unclear") if not_harmless else _no_data("BP4", missing)
        return Predicted((), (_no_data("PP3", missing), benign, *_bp7_open(effects, kind, splicing)), read)
    harmless = all(one.says("BP4") for one in (protein, splicing) if one is not None)
    if not harmless:
        judged = tuple(Judged(code, State.NOT_MET, "prediction_unclear") for code in ("PP3", "BP4"))
        return Predicted((), (*judged, *_bp7_open(effects, kind, splicing)), read)
    return _harmless(effects, kind, protein or splicing)


def _answer(about: str, gene: Gene, kind: str, scored: Sequence[Record]) -> _Answer | None:
    """What the first program of the table with a score says; None where none has one or no rule asks."""
    if not scored:
        return None
    for program, rules in _rules(about, gene, kind).items():
        own = [one for one in scored if one.prediction is not None and one.prediction.program == program]
        if own:
            return _by_rule(program, rules, own)
    return None


@cache
def _rules(about: str, gene: Gene, kind: str) -> dict[str, list[PredictionRule]]:
    """The rules of a question by program, in the order of the table."""
    found: dict[str, list[PredictionRule]] = {}
    for one in prediction_rules():
        if one.about == about and kind in one.kinds and not (about == PROTEIN and gene in words("own_predictor_genes")):
            found.setdefault(one.program, []).append(one)
    return found


def _by_rule(program: str, rules: Sequence[PredictionRule], own: Sequence[Record]) -> _Answer:
    """The rule that the scores meet.

    Of several scores (one a transcript) a harmful protein is told by the lowest and a harmless one by the highest, so
    that neither is picked; splicing is told by the highest, as the program itself names one change of several.
    """
    ordered = sorted(own, key=_score)
    lowest, highest = ordered[0], ordered[-1]
    for rule in rules:
        harmful = rule.criterion == "PP3"
        told = lowest if harmful and rule.about == PROTEIN else highest
        met = _score(told) >= (rule.at_least or 0) if harmful else _score(told) <= (rule.at_most or 0)
        if met:
            return _Answer(program, _score(told), told, rule)
    return _Answer(program, _score(highest), highest, None)


def _unanswered(effects: AlleleEffects, kind: str, protein: _Answer | None, splicing: _Answer | None) -> str:
    """Why a change cannot be told harmless: the question without an answer; empty where all are answered."""
    if kind == "missense" and protein is None:
        return "specification_predictor" if effects.gene in words("own_predictor_genes") else "no_calibrated_score"
    if splicing is None:
        return "no_splicing_prediction"
    untold = kind in SILENT_KINDS and not _is_silent(effects)
    return "no_calibrated_score" if untold or kind not in ("missense", *SILENT_KINDS) else ""


def _harmless(effects: AlleleEffects, kind: str, answer: _Answer | None) -> Predicted:
    """BP4, and BP7 where the change is silent and away from splice sites."""
    harmful = Judged("PP3", State.NOT_MET, "prediction_harmless")
    if answer is None or effects.worse_elsewhere:
        why = [
            Judged(code, State.NOT_MET, "worse_elsewhere") for code in ("BP4", *(("BP7",) if kind == "none" else ()))
        ]
        return Predicted((), (harmful, *why), splicing_read=True)
    judged = (harmful, Judged("BP4", State.MET))
    if kind != "none":
        return Predicted((_made(answer),), judged, splicing_read=True)
    if not _is_away(effects):
        near = Judged("BP7", State.NOT_MET, "near_splice_site")
        return Predicted((_made(answer),), (*judged, near), splicing_read=True)
    sources = (*text_sources("criterion.BP7"), *thresholds()["bp7_acceptor_min"].source)
    silent = made("BP7", "supporting", -1, text("criterion.BP7"), sources)
    return Predicted((_made(answer), silent), (*judged, Judged("BP7", State.MET)), splicing_read=True)


def _bp7_open(effects: AlleleEffects, kind: str, splicing: _Answer | None) -> tuple[Judged, ...]:
    """Why BP7 is not met where BP4 is not; of other kinds of change the table of fixed criteria says it."""
    if kind != "none":
        return ()
    if not _is_silent(effects):
        return (Judged("BP7", State.NOT_APPLICABLE, "not_silent"),)
    if splicing is None:
        return (_no_data("BP7", "no_splicing_prediction"),)
    return (Judged("BP7", State.NOT_MET, "splicing_not_excluded"),)


def _is_silent(effects: AlleleEffects) -> bool:
    """Whether the change is silent or intronic: elsewhere a program of splicing says nothing of harm."""
    return any(term in SILENT for term in effects.mane.terms) and not any("UTR" in term for term in effects.mane.terms)


def _is_away(effects: AlleleEffects) -> bool:
    """Whether an intronic change lies beyond the splice regions; a silent one near them is of another kind."""
    limits = {"+": threshold("bp7_donor_min"), "-": threshold("bp7_acceptor_min")}
    return all(int(distance) >= limits[side] for side, distance in OFFSETS.findall(effects.mane.hgvs_c))


def _no_data(code: str, reason: str) -> Judged:
    return Judged(code, State.NO_DATA, reason)


def _score(record: Record) -> float:
    return record.prediction.score if record.prediction is not None else 0.0


def _weight(answer: _Answer) -> int:
    return STRENGTHS.index(answer.rule.strength) if answer.rule is not None else 0


def _made(answer: _Answer) -> Criterion:
    """The criterion of a rule that is met."""
    rule = answer.rule
    if rule is None:
        msg = "a criterion of prediction needs a rule"
        raise ValueError(msg)
    code = f"criterion.{rule.criterion}_{rule.about}"
    limit = rule.at_least if rule.criterion == "PP3" else rule.at_most
    evidence = text(code, program=answer.program, score=f"{answer.score:g}", limit=f"{limit:g}")
    sources = (answer.record.source, *rule.source, *text_sources(code))
    return made(rule.criterion, rule.strength, 1 if rule.criterion == "PP3" else -1, evidence, sources)
