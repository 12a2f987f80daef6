"""How far an uncertain allele is from likely pathogenic, and what evidence would move it first.

The grade tells how much evidence was weighed. Without sources it is low; that is no sign that the allele is harmless.
"""

from __future__ import annotations

from msgspec import Struct

from higm_annot.classification.types import AlleleClass, Class, State
from higm_annot.knowledge.tables import threshold, words
from higm_annot.knowledge.texts import text, text_sources


class Outlook(Struct, frozen=True):
    """Grade of an uncertain allele, points missing to likely pathogenic, and the nearest evidence (``move.*``)."""

    grade: str
    missing: int
    nearest: str

    @property
    def sentence(self) -> str:
        """The outlook in one line."""
        return f"{text('outlook.grade', grade=self.grade, missing=self.missing)} {text(f'move.{self.nearest}')}"

    @property
    def sources(self) -> tuple[str, ...]:
        """What the line rests on."""
        return (*text_sources("outlook.grade"), *text_sources(f"move.{self.nearest}"))


def outlook(found: AlleleClass) -> Outlook | None:
    """The outlook of an allele that is uncertain by its points; None where anything else gives the class.

    A published class, a contradiction or the laboratory's own class is not moved by points alone.
    """
    if found.class_ is not Class.UNCERTAIN or found.basis != "criteria" or found.by_points is not Class.UNCERTAIN:
        return None
    open_ = {one.reason for one in found.judged if one.state is State.NO_DATA}
    nearest = next((reason for reason in words("nearest_evidence") if reason in open_), "")
    missing = int(threshold("class_likely_pathogenic_min")) - found.points
    return Outlook(text(f"grade.{max(0, found.points)}"), missing, nearest or "cases")
