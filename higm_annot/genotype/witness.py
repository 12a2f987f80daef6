"""What one person's file shows at an allele of a relative: carried, reference as far as it was measured, or nothing."""

from __future__ import annotations

from msgspec.structs import replace

from higm_annot.genotype.parents import Relative, Shown
from higm_annot.genotype.quality import limits
from higm_annot.genotype.resolve import locate, resolve
from higm_annot.genotype.types import Seen, SeenState, State, Zygosity
from higm_annot.intake.types import Call, PersonIntake, Sex
from higm_annot.reference.types import Panel


class Witness:
    """What one person's file shows at the alleles of relatives; made once for a person, asked many times."""

    def __init__(self, who: PersonIntake, sex: Sex, panel: Panel) -> None:
        """Read ``who`` with this sex, which the role may tell where the sheet leaves it open."""
        self._who, self._sex, self._panel = who, sex, panel
        self._called = {call.allele.key for call in (*who.calls, *who.no_calls)}
        self._view: Relative | None = None
        self._own: dict[str, State] | None = None

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
        where = locate(self._panel, carrier.allele)
        if where is None or where.firewalled:
            return Seen(SeenState.NOT_PLACED, "paralogue")
        if self._view is None:
            self._view = Relative(self._who, limits(), one_x=self._sex is Sex.MALE)
        absence = self._view.absence(carrier)
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
        if key not in self._called:
            return None
        if self._own is None:
            asked = replace(self._who, person=replace(self._who.person, sex=self._sex))
            self._own = {state.call.allele.key: state for state in resolve(asked, None, None, self._panel).states}
        return self._own.get(key)
