"""Values of the classification room."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from higm_annot.evidence.labrecord.types import Assertion
from higm_annot.evidence.types import Record


class Class(StrEnum):
    """The five classes of ACMG/AMP 2015."""

    PATHOGENIC = "Pathogenic"
    LIKELY_PATHOGENIC = "Likely pathogenic"
    UNCERTAIN = "Uncertain significance"
    LIKELY_BENIGN = "Likely benign"
    BENIGN = "Benign"

    @property
    def is_pathogenic(self) -> bool:
        """Pathogenic or likely pathogenic."""
        return self in (Class.PATHOGENIC, Class.LIKELY_PATHOGENIC)

    @property
    def is_benign(self) -> bool:
        """Benign or likely benign."""
        return self in (Class.BENIGN, Class.LIKELY_BENIGN)


class Mechanism(StrEnum):
    """How a pathogenic allele acts, as far as the disease table needs it."""

    LOSS_OF_FUNCTION = "loss_of_function"
    DOMINANT_NEGATIVE = "dominant_negative"
    HYPOMORPHIC = "hypomorphic"
    AMORPHIC = "amorphic"
    EXON5_LOSS = "exon5_loss"
    UNKNOWN = "unknown"


class Criterion(Struct, frozen=True):
    """One criterion met: code with strength suffix (``PM2_Supporting``), points, evidence and its source."""

    code: str
    strength: str
    points: int
    evidence: str
    source: str


class ComputedClass(Struct, frozen=True, rename={"class_": "class"}):
    """What rules and sources give, where the laboratory's own class is used in its place."""

    class_: Class
    basis: str
    reason: str
    mechanisms: tuple[Mechanism, ...]


class State(StrEnum):
    """What came of judging a criterion: without a source it is without data, which is not "not met"."""

    MET = "met"
    NOT_MET = "not_met"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"


class Judged(Struct, frozen=True):
    """One criterion looked at; ``reason`` is the code of a sentence (``audit.*``), empty where it is met."""

    code: str
    state: State
    reason: str = ""


class Neighbour(Struct, frozen=True):
    """Another change of the same residue whose class is pathogenic or likely pathogenic by a current assertion.

    ``same_change`` tells that the amino acid is the same, ``by_panel`` that an expert panel gave the class.
    """

    name: str
    same_change: bool
    class_: Class
    by_panel: bool
    near_splice_site: bool
    sources: tuple[str, ...]


class Surroundings(Struct, frozen=True):
    """What lies around an allele; ``in_repeat`` is None where it is not known or does not matter."""

    neighbours: tuple[Neighbour, ...] = ()
    in_repeat: bool | None = None


class AlleleClass(Struct, frozen=True):
    """Class of an allele, the same for everybody.

    ``basis`` is ``published`` (a current assertion gives the class), ``criteria`` (the points do), ``listed``,
    ``conflict`` or ``laboratory`` (the laboratory's own class is used, and ``computed`` is what it replaces). The
    points of the criteria are always shown, with the class they give (``by_points``) and that of the combining rules
    of 2015 (``by_table``). ``caps`` are the codes of rules that kept a null variant from counting.
    ``mechanisms`` lists how the allele may act, most likely first. ``judged`` names every criterion that can be judged
    from the allele alone, met or not. ``laboratory`` is all that the laboratory says of the allele;
    ``uncovered`` are the diseases it does not speak of where its class is not used for that reason.
    """

    class_: Class
    points: int
    criteria: tuple[Criterion, ...]
    basis: str
    reason: str
    mechanisms: tuple[Mechanism, ...]
    caps: tuple[str, ...]
    records: tuple[Record, ...]
    by_points: Class = Class.UNCERTAIN
    by_table: Class = Class.UNCERTAIN
    judged: tuple[Judged, ...] = ()
    laboratory: tuple[Assertion, ...] = ()
    computed: ComputedClass | None = None
    uncovered: tuple[str, ...] = ()

    @property
    def own(self) -> Class:
        """The class that rules and sources give."""
        return self.computed.class_ if self.computed else self.class_

    @property
    def flags(self) -> tuple[str, ...]:
        """That laboratory and program differ, or that the laboratory's class is not used."""
        if not self.laboratory:
            return ()
        if self.computed is None:
            return ("laboratory_other_scope",)
        return () if self.reason == "laboratory_agrees" else (self.reason,)
