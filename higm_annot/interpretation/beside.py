"""Conclusions beside each other: findings in several genes, and sentences on a gene that stand with its conclusion."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from higm_annot.interpretation.said import Said, about_gene, say
from higm_annot.interpretation.types import Conclusion, ConclusionCode
from higm_annot.knowledge.texts import text_sources

_EMPTY = frozenset({ConclusionCode.NO_FINDING, ConclusionCode.NOT_ASSESSED})
_EXPLAINS = frozenset(
    {
        ConclusionCode.DISEASE_GENOTYPE,
        ConclusionCode.POSSIBLE_DISEASE_GENOTYPE,
        ConclusionCode.CARRIER_POSSIBLY_AFFECTED,
    }
)


def with_notes(conclusion: Conclusion, notes: Sequence[Said]) -> Conclusion:
    """The conclusion with sentences on its gene."""
    for note in notes:
        conclusion = _with_reason(conclusion, note)
    return conclusion


def beside_each_other(conclusions: Sequence[Conclusion]) -> list[Conclusion]:
    """The conclusions; where findings in different genes stand side by side, each says so."""
    explain = [one for one in conclusions if one.code in _EXPLAINS]
    single = [one for one in conclusions if one.code is ConclusionCode.ONE_ALLELE_FOUND]
    explained = [one for one in explain if one.code is ConclusionCode.DISEASE_GENOTYPE]
    found = []
    for one in conclusions:
        if explained and one in single:
            others = dict.fromkeys(str(other.gene) for other in explained)
            # What would be urgent if this gene were the cause is not where another one is.
            calm = replace(one, facts=tuple(fact for fact in one.facts if fact.topic != "urgent"))
            found.append(_with_reason(calm, say("explained_by_other", others=", ".join(others))))
            continue
        if explain and one.code in _EMPTY and not one.row:
            # Where another gene may be the answer, a gene without a finding asks for no test of its own.
            found.append(replace(one, next_tests=(), next_step=None))
            continue
        group, reason = (explain, "beside_other_gene") if one in explain else (single, "one_allele_in_two_genes")
        others = dict.fromkeys(str(other.gene) for other in group if one in group and other.gene is not one.gene)
        found.append(_with_reason(one, say(reason, others=", ".join(others))) if others else one)
    return found


def _with_reason(conclusion: Conclusion, said: Said) -> Conclusion:
    return replace(
        conclusion,
        why=(*conclusion.why, said.code),
        reasons=(*conclusion.reasons, said.sentence),
        sources=about_gene(conclusion.gene, (*conclusion.sources, *text_sources(f"why.{said.code}"))),
    )
