"""Findings expected with a disease: which, how often, from when, in which form of it and in whom.

``expected_findings.tsv`` is about a conclusion, not about a gene: a row holds for one disease, for the mechanisms,
the listed allele and the sex that it names. ``laboratory_findings.tsv`` says what can be found in the laboratory and
which HPO term, if any, means the same.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.knowledge.rows import by_key, read_package_table
from higm_annot.knowledge.tables import Mechanism

Lab = Literal[
    "IgM",
    "IgG",
    "IgA",
    "IgE",
    "leukocytes",
    "neutrophils",
    "eosinophils",
    "platelets",
    "T_cells",
    "B_cells",
    "memory_B",
    "switched_memory_B",
    "specific_antibodies",
    "NK_function",
    "CD40L_flow",
    "CD40_Ig_binding",
    "CD40_flow",
    "SHM",
]
Direction = Literal["absent", "low", "skewed", "normal", "high"]
Group = Literal[
    "onset",
    "infection",
    "laboratory",
    "blood",
    "lymphoid",
    "immune",
    "organ",
    "cancer",
    "ectoderm",
    "eye",
    "nervous_system",
]
Genotype = Literal["disease", "carrier"]


class LaboratoryFinding(Struct, frozen=True):
    """One outcome of a laboratory test; ``hpo`` and ``label`` are the HPO term that means it, blank without one."""

    lab: Lab
    direction: Direction
    hpo: str
    label: str
    source: tuple[str, ...]


class ExpectedFinding(Struct, frozen=True):
    """One finding and how it goes with a disease.

    ``genotype`` is ``carrier`` for heterozygous women of an X-linked disease. ``mechanism`` of the alleles, listed
    ``allele`` (c. name) and ``sex`` name to whom alone the row applies; blank is anybody. ``feature`` is an HPO id with
    its ``label``, or a laboratory test with the ``direction`` of its result. ``expected`` is ``typical``, ``possible``,
    ``not_expected`` (it points elsewhere), or ``range``: sources differ or the result varies, so it counts neither way.
    ``seen`` of ``examined`` people had it where a source counts them; ``frequency_low`` to ``frequency_high`` are
    shares of people, the low one alone "at least". ``onset`` is when the finding starts.
    """

    disease: str
    genotype: Genotype
    mechanism: tuple[Mechanism, ...]
    allele: tuple[str, ...]
    sex: Literal["", "male", "female"]
    group: Group
    feature: str
    label: str
    kind: Literal["hpo", "lab"]
    direction: tuple[Direction, ...]
    expected: Literal["typical", "possible", "not_expected", "range"]
    seen: int | None
    examined: int | None
    frequency_low: float | None
    frequency_high: float | None
    onset: Literal["", "birth", "infancy", "childhood", "adult"]
    source: tuple[str, ...]
    note: str

    def fits(self, *, genotype: str, mechanism: str, alleles: Collection[str], sex: str) -> bool:
        """Whether the row holds for such a person; where the sex is not known both readings are given."""
        return (
            self.genotype == genotype
            and (not self.mechanism or mechanism in self.mechanism)
            and (not self.allele or (bool(alleles) and set(alleles) <= set(self.allele)))
            and (self.sex in ("", sex) or sex not in ("male", "female"))
        )


@cache
def expected_findings() -> tuple[ExpectedFinding, ...]:
    """All rows in the order in which they are printed."""
    return read_package_table("expected_findings.tsv", ExpectedFinding)


@cache
def laboratory_findings() -> dict[tuple[str, str], LaboratoryFinding]:
    """Outcomes of laboratory tests by test and direction."""
    rows = read_package_table("laboratory_findings.tsv", LaboratoryFinding)
    return by_key(rows, "laboratory_findings.tsv", lambda row: (str(row.lab), str(row.direction)))


def expected_of(
    disease: str, *, mechanism: str, alleles: Collection[str] = (), sex: str = "", genotype: Genotype = "disease"
) -> tuple[ExpectedFinding, ...]:
    """Findings expected with a disease, in table order; what a source says of this very allele goes before the usual.

    Parameters
    ----------
    disease
        Key of the disease.
    mechanism
        How the alleles act: the disease's usual mechanism unless every allele departs from it.
    alleles
        c. names of all alleles that count; a row on a listed allele holds where nothing else stands beside it.
    sex
        Declared sex.
    genotype
        That of the disease, or of a carrier.
    """
    found = [
        row
        for row in expected_findings()
        if row.disease == disease and row.fits(genotype=genotype, mechanism=mechanism, alleles=alleles, sex=sex)
    ]
    own = {(row.feature, direction) for row in found if row.allele for direction in row.direction or ("",)}
    return tuple(
        row for row in found if row.allele or own.isdisjoint((row.feature, one) for one in row.direction or ("",))
    )
