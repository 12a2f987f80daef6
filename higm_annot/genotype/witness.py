"""What one person's file shows at an allele of a relative: carried, reference as far as it was measured, or nothing."""

from __future__ import annotations

from functools import cached_property

from higm_annot.genotype.parents import Relative, Shown
from higm_annot.genotype.quality import limits
from higm_annot.genotype.states import Placed, Where, locate, states_of
from higm_annot.genotype.types import Seen, SeenState, State, Zygosity
from higm_annot.intake.types import Allele, Call, PersonIntake, Sex
from higm_annot.reference.types import Panel


class Witness:
    """What one person's file shows at the alleles of relatives; made by :class:`Witnesses`."""

    def __init__(self, who: PersonIntake, sex: Sex, among: Witnesses) -> None:
        """Read ``who`` with this sex, which the role may tell where the sheet leaves it open."""
        self._who, self._sex, self._among = who, sex, among
        self._called = {call.allele.key for call in (*who.calls, *who.no_calls)}

    @cached_property
    def states(self) -> tuple[Placed, ...]:
        """What the file says of every call, without any relative."""
        return states_of(self._who, self._sex, self._among.locate, limits())

    @cached_property
    def view(self) -> Relative:
        """The file as that of a parent."""
        return Relative(self._who, limits(), one_x=self._sex is Sex.MALE)

    @cached_property
    def _own(self) -> dict[str, State]:
        return {placed.state.call.allele.key: placed.state for placed in self.states}

    def seen(self, carrier: Call) -> Seen:
        """What the file shows at an allele that a relative carries; ``carrier`` is a call of it, for its place.

        Reference only where depth and quality were measured and suffice; a call without them is ``stated_ref``, which
        reassures nobody, and one whose reads show an alternate is ``alternate_reads``. Where a pseudogene has the same
        sequence reads that look like reference show nothing.
        """
        own = self.own(carrier.allele.key)
        if own is not None and own.zygosity is not Zygosity.HOM_REF:
            # A half call of another allele leaves open whether this one is there.
            return Seen(SeenState(str(own.zygosity)) if own.call.genotype.copies else SeenState.NO_CALL, "call")
        where = self._among.locate(carrier.allele)
        if where is None or where.firewalled:
            return Seen(SeenState.NOT_PLACED, "paralogue")
        absence = self.view.absence(carrier)
        if absence.in_reads:
            return Seen(SeenState.ALTERNATE_READS, "alternate_reads", absence.alt_reads)
        match absence.shown:
            case Shown.MEASURED:
                return Seen(SeenState.HOM_REF, "reference_evidence", absence.alt_reads)
            case Shown.STATED:
                return Seen(SeenState.STATED_REF, "called_without_depth", absence.alt_reads)
        return Seen(SeenState.NO_RECORD, "no_evidence")

    def own(self, key: str) -> State | None:
        """The person's own call of an allele, if there is one."""
        return self._own.get(key) if key in self._called else None


class Witnesses:
    """The files of people read together, each worked out once for a sex, however many relatives ask."""

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        self._known: dict[tuple[int, Sex], Witness] = {}  # by identity: a witness keeps its intake alive
        self._places: dict[str, Where | None] = {}

    def of(self, who: PersonIntake, sex: Sex) -> Witness:
        """The witness of a person, read with this sex."""
        asked = (id(who), sex)
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = Witness(who, sex, self)
        return found

    def locate(self, allele: Allele) -> Where | None:
        """Where an allele lies, as :func:`locate` tells."""
        if allele.key not in self._places:
            self._places[allele.key] = locate(self._panel, allele)
        return self._places[allele.key]
