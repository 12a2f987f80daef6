"""States: what each call of one person's file says by itself, before any relative is looked at."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from higm_annot.genotype.deleted import INSIDE_DELETION, OTHER_COPY_DELETED, Deletion, deletions, other_copy
from higm_annot.genotype.quality import Copies, Limits, Setting, quality_flags
from higm_annot.genotype.types import Origin, State, Zygosity
from higm_annot.genotype.zygosity import read_zygosity
from higm_annot.intake.types import Allele, Call, Count, PersonIntake, Sex
from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.reference.types import Gene, Panel, RegionRole


class Where(Struct, frozen=True):
    """Which gene's region an allele lies in and whether short reads can place a call there.

    ``unique`` is False also where a pseudogene interferes without making calls unplaceable.
    """

    gene: Gene
    firewalled: bool
    unique: bool


Locate = Callable[[Allele], Where | None]


class Placed(Struct, frozen=True):
    """One state of a person's file and where it lies; its origin is not known yet."""

    state: State
    where: Where


def locate(panel: Panel, allele: Allele) -> Where | None:
    """Gene and firewall of an allele; None outside every region of the panel.

    The regions of the pseudogenes themselves are firewalled throughout.
    """
    found: Gene | None = None
    start, end = allele.touched
    for region in panel.regions:
        if region.build is allele.build and region.contig is allele.contig:
            if region.start > end or region.end < start:
                continue
            if region.role is RegionRole.LOCUS:
                hit = paralogue_at(panel, allele.build, allele.contig, start, end)
                return Where(region.gene, firewalled=hit is not None and hit.level == "hard", unique=hit is None)
            found = region.gene
    return None if found is None else Where(found, firewalled=True, unique=False)


def states_of(person: PersonIntake, sex: Sex, place: Locate, limit: Limits) -> tuple[Placed, ...]:
    """One state for each call and no-call of the panel's regions, in the order of the file.

    Parameters
    ----------
    person
        The person; a failed intake gives no states.
    sex
        The sex to read the genotypes with; that of the sheet, or what a role in the family tells.
    place
        Where an allele lies, as :func:`locate` tells.
    limit
        Limits of call quality.
    """
    removed = deletions(person.calls)
    found = []
    for call in (*person.calls, *person.no_calls):
        where = place(call.allele)
        if where is not None:
            state = _state(call, sex, where, limit, removed)
            if state is not None:
                found.append(Placed(state, where))
    return tuple(found)


def _state(call: Call, sex: Sex, where: Where, limit: Limits, removed: tuple[Deletion, ...]) -> State | None:
    """The state of one call; None where there is nothing to say of the allele."""
    linked = call.allele.contig.is_sex_linked
    seen = other_copy(call, removed, two_expected=not linked or sex is Sex.FEMALE, placed=not where.firewalled)
    twin = linked and where.firewalled
    reading = read_zygosity(seen.genotype, sex, sex_linked=linked, pseudogene_twin=twin, count=call.count)
    if reading is None:
        return None
    setting = Setting(
        copies=Copies.of(sex, sex_linked=linked),
        firewalled=where.firewalled,
        unique=where.unique,
        substitution=len(call.allele.ref) == len(call.allele.alt) == 1,
    )
    reasons = reading.reasons
    if seen.deletion:
        reasons = (*(reason for reason in reasons if reason != "two_alternates"), OTHER_COPY_DELETED)
    if call.count is Count.DECIDES:
        reasons = (*reasons, "copies_counted")
    return State(
        gene=where.gene,
        call=call,
        zygosity=reading.zygosity,
        readings=reading.readings,
        reasons=reasons,
        flags=(
            *reading.flags,
            *([INSIDE_DELETION] if seen.unfitting else []),
            *(["called_in_pseudogene"] if call.in_pseudogene else []),
            # Where the other copy is deleted every read is of this one, as on both copies.
            *quality_flags(call.support, Zygosity.HOM if seen.deletion else reading.zygosity, limit, setting),
        ),
        origin=Origin.UNKNOWN,
        opposite=seen.deletion,
    )


def as_written(call: Call, sex: Sex) -> Zygosity:
    """The zygosity of a carried allele whatever deletion lies over its place."""
    linked = call.allele.contig.is_sex_linked
    seen = other_copy(call, (), two_expected=not linked or sex is Sex.FEMALE)
    reading = read_zygosity(seen.genotype, sex, sex_linked=linked, count=call.count)
    return Zygosity.NO_CALL if reading is None else reading.zygosity
