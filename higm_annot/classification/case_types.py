"""Values of a class that heeds a family: who was seen with what, and what it adds to the class of an allele."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from higm_annot.classification.types import Class, Criterion, Judged
from higm_annot.intake.types import Affected
from higm_annot.reference.types import Gene


class Carried(StrEnum):
    """Copies with an allele, as far as a person's file shows them: both or the only X, one of two, none, not known."""

    ALL = "all"
    ONE = "one"
    NONE = "none"
    OPEN = "open"


class Partner(Struct, frozen=True):
    """A pathogenic or likely pathogenic allele of the same gene whose phase towards the allele is shown.

    ``class_`` is that of rules and sources alone: no case and no laboratory's word, which may rest on this very family.
    ``rare`` tells that PM2 is met. ``in_cis``: on the same copy; otherwise on the other one.
    """

    name: str
    class_: Class
    rare: bool
    in_cis: bool


class Observed(Struct, frozen=True):
    """One person of the family at one allele; only people whose evidence may be told to the whole family.

    ``siblings`` names the parents where both are known, ``line`` the first woman known of the maternal line; people
    with the same name share them. ``new``: shown to be absent from the parents whom it would come from, who are well.
    ``elsewhere`` are other genes in which this person has an established disease genotype.
    """

    sample: str
    affected: Affected
    male: bool
    carried: Carried
    siblings: str = ""
    line: str = ""
    new: bool = False
    partners: tuple[Partner, ...] = ()
    elsewhere: tuple[Gene, ...] = ()


class DiscriminatingFinding(Struct, frozen=True):
    """A finding that points at one gene (a row of ``telling_results.tsv``), looked for in one person."""

    sample: str
    finding: str
    present: bool


class PhenotypeEvidence(Struct, frozen=True):
    """What was found in the people of a family, as far as it tells the panel's genes apart."""

    findings: tuple[DiscriminatingFinding, ...] = ()


class CaseClass(Struct, frozen=True, rename={"class_": "class"}):
    """The class of an allele with the evidence of one family: the same for every member, by one mechanism.

    ``points`` are those of the allele and of ``criteria`` together, ``added`` those of ``criteria`` alone, which hold
    the family's evidence only. ``by_points`` and ``by_table`` are what either way of adding up gives. ``reason`` is a
    code; its sentence is ``text("case." + reason)``. ``judged`` names every criterion that needs a case.
    """

    class_: Class
    points: int
    added: int
    mechanism: str
    reason: str
    by_points: Class
    by_table: Class
    criteria: tuple[Criterion, ...]
    judged: tuple[Judged, ...]
