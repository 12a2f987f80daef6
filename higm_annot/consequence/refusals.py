"""Why a name cannot be read on the sequence, in one place for all kinds of names."""

from __future__ import annotations

from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.types import Build, Panel

SHOWN = 60
_CHECK_PLACE = "Check the position, the transcript and its version."
_CHECK_REFERENCE = "Check the reference sequence, its version (older ones can differ in single bases) and the build."


def same_build(text: str, stated: Build, build: Build | None) -> None:
    """Refuse a name that states another build than the one asked for (HA-NAM-001)."""
    if build is not None and build is not stated:
        raise unreadable(text, f"it names {stated}, but --build says {build}")


def unreadable(text: str, reason: str) -> Refused:
    """HA-NAM-001."""
    return Refused(problem("HA-NAM-001", name=text, reason=reason))


def nowhere(text: str, position: str, reference: str, reason: str, better: str = "") -> Refused:
    """HA-NAM-003: a position that the reference does not have."""
    return Refused(
        problem(
            "HA-NAM-003",
            name=text,
            position=position,
            reference=reference,
            reason=reason,
            nearest=better or _CHECK_PLACE,
        )
    )


def outside_loci(
    panel: Panel, text: str, reference: str, build: Build, span: tuple[int, int], better: str = ""
) -> Refused:
    """HA-NAM-003: a place beside the loci of the panel."""
    loci = ", ".join(
        f"{locus.gene} {locus.contig}:{locus.slices[build].start}-{locus.slices[build].end}"
        for locus in panel.loci.values()
    )
    start, end = span
    position = f"{start}" if start == end else f"{start}_{end}"
    reason = f"it does not lie wholly in a locus of the panel; in {build} these are {loci}"
    return nowhere(text, position, reference, reason, better)


def wrong_base(text: str, found: str, place: str, stated: str, better: str = "", advice: str = "") -> Problem:
    """HA-NAM-004: the sequence has other bases or another residue there.

    ``better`` is the nearest right name; ``advice`` what to do where there is none.
    """
    return problem(
        "HA-NAM-004",
        name=text,
        found=found[:SHOWN] or "(nothing)",
        place=place,
        stated=stated[:SHOWN],
        nearest=f"The nearest right name is {better}." if better and not advice else advice or _CHECK_REFERENCE,
    )


def several_readings(text: str, reason: str, candidates: tuple[str, ...]) -> Refused:
    """HA-NAM-008: a name that can mean more than one change."""
    return Refused(problem("HA-NAM-008", name=text, reason=reason, candidates=" or ".join(candidates)))
