"""The alleles that rows of an outside-call file mean, whichever of its names was written.

Laboratories write ``c.340delC`` as often as ``c.340del``: a row must not fall silent for that. A name that cannot be of
its gene must not pass: an outside call decides about a diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.locate import locate
from higm_annot.intake.types import Allele, OutsideCall, OutsideVerdict
from higm_annot.knowledge.texts import text
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.types import Build, Panel

STRUCTURAL_MARKS = frozenset("<(?[")  # of names with uncertain ends and keys of symbolic alleles: compared as written
AXES = ("c.", "C.")
UNREADABLE = "HA-NAM-001"


def meant(
    panel: Panel, calls: Iterable[OutsideCall], build: Build
) -> tuple[tuple[OutsideCall, ...], tuple[Problem, ...]]:
    """The calls with the allele each of them means, and a problem for every name that cannot be.

    Parameters
    ----------
    panel
        The embedded reference.
    calls
        Rows of one person.
    build
        The build of the person's own calls; places without a build (``X-136654423-GC-G``) are read in it.

    Returns
    -------
    tuple
        Calls in the same order, ``key`` filled in where the row names an allele that can be expressed in ``build``; a
        name with uncertain ends keeps its text alone. Problems are HA-OUT-009.
    """
    found, faults = [], []
    for call in calls:
        if call.verdict not in (OutsideVerdict.CONFIRMED, OutsideVerdict.REFUTED):
            found.append(call)
            continue
        try:
            allele = _located(panel, call, build)
            effects = annotate(panel, allele)
        except Refused as refusal:
            (first, *_) = refusal.problems
            if first.code == UNREADABLE and STRUCTURAL_MARKS & set(call.variant):
                found.append(call)
            else:
                faults.append(_fault(call, first.message, first.remedy))
            continue
        if effects.gene is call.gene:
            # A name with uncertain ends cannot say which allele of that name: it is compared as written.
            found.append(replace(call, key=effects.keys.get(build, "")) if allele.exact else call)
        else:
            reason, advice = text("outside.other_gene", gene=effects.gene), text("outside.correct_gene")
            faults.append(_fault(call, reason, advice))
    return tuple(found), tuple(faults)


def _located(panel: Panel, call: OutsideCall, build: Build) -> Allele:
    written = f"{call.gene}:{call.variant}" if call.variant.startswith(AXES) else call.variant
    try:
        return locate(panel, written, build).allele
    except Refused as refusal:
        if refusal.problems[0].code != UNREADABLE:
            raise
    # The name may state the other build, where the allele has a key of its own.
    return locate(panel, written, build.other).allele


def _fault(call: OutsideCall, reason: str, advice: str) -> Problem:
    place: dict[str, Any] = {name: getattr(call, name) for name in ("file", "line", "sample", "gene", "variant")}
    return problem("HA-OUT-009", reason=reason, advice=advice, **place)
