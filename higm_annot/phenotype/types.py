"""Values of the phenotype room."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from higm_annot.problems import Problem


class Kind(StrEnum):
    """What an observation is of: a term of the ontology, or a laboratory finding of our table."""

    TERM = "hpo"
    LAB = "lab"


class Given(Struct, frozen=True):
    """One line of what was given, as given. ``line`` is 0 where the source has no lines.

    ``excluded`` says that the finding was looked for and is not there; blank cells were not given.
    """

    feature: str
    value: str = ""
    unit: str = ""
    low: str = ""
    high: str = ""
    age: str = ""
    excluded: bool = False
    line: int = 0


class Dossier(Struct, frozen=True):
    """What was given of one person; ``replacement``: immunoglobulin is given; ``age`` at the last encounter."""

    rows: tuple[Given, ...]
    replacement: bool = False
    age: str = ""
    problems: tuple[Problem, ...] = ()


class Observed(Struct, frozen=True):
    """One finding of a person, read.

    ``finding`` is ``present`` or ``excluded`` for a term, the answer (``absent``, ``low``, ``normal`` …) for a
    laboratory finding, empty where none can be told. ``value`` is the number as given with its unit and the
    laboratory's own interval. ``given`` is the id that was given where it stands for another. ``unused`` is why nothing
    is read from it (``observed.unused.*`` of the text table), empty where it counts. ``result`` names the laboratory
    finding and the answer that a term states.
    """

    feature: str
    kind: Kind
    label: str
    finding: str
    value: str = ""
    age: str = ""
    given: str = ""
    unused: str = ""
    result: tuple[str, str] = ("", "")


class Phenotype(Struct, frozen=True):
    """What is known of a person's phenotype.

    ``given``: something stands in the sheet. ``unused`` is why nothing at all is compared (``phenotype.unused.*``),
    empty where the observations count.
    """

    given: bool = False
    unused: str = ""
    observed: tuple[Observed, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def used(self) -> bool:
        """Whether observations are compared."""
        return self.given and not self.unused


NOT_GIVEN = Phenotype()


class Reason(Struct, frozen=True):
    """One ground: what was observed, how it stands to what is expected, and what it counts.

    ``expected`` is typical, possible, range or not_expected; ``telling`` with the row of telling results in
    ``finding``; or the caution that the stated sex asks for.
    """

    observed: tuple[str, ...]
    standing: str
    expected: str
    weight: int
    source: tuple[str, ...]
    finding: str = ""


class Ranked(Struct, frozen=True):
    """A disease with its rank (shared by equals), its sum, and the grounds; those that count most come first.

    ``caution`` is a code (``differential.*``) where the stated sex makes the disease unusual.
    """

    rank: int
    gene: str
    disease: str
    score: int
    reasons: tuple[Reason, ...]
    caution: str = ""
