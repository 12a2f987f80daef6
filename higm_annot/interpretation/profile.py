"""The sourced sentences that go with a conclusion or a report: expected picture, urgency, tests, management, family."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from higm_annot.interpretation.types import Statement
from higm_annot.knowledge.facts import PICTURE, facts_of
from higm_annot.knowledge.tables import ListedAllele
from higm_annot.knowledge.texts import text, text_sources

LISTED = "listed_allele"


def statements(
    disease_key: str,
    fields: Mapping[str, object],
    *,
    code: str,
    sex: str,
    context: str,
    family: Collection[str] = (),
) -> tuple[Statement, ...]:
    """Facts printed for a conclusion, in table order.

    Parameters
    ----------
    disease_key
        Key of the disease, or ``""`` for facts about the report as a whole.
    fields
        Values for the sentences' fields.
    code
        Conclusion code; of the headline where ``disease`` is empty.
    sex, context
        Declared sex, and why the person is tested.
    family
        What is known of the parents at the alleles, and may be told.
    """
    return tuple(
        Statement(fact.fact, fact.topic, text(name, **fields), text_sources(name))
        for fact in facts_of(disease_key)
        if fact.fits(code=code, sex=sex, context=context, family=family)
        for name in (f"fact.{fact.fact}",)
    )


def picture_of(
    listed: Sequence[ListedAllele], facts: Sequence[Statement], *, alleles: int
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The expected picture, and the other facts.

    What sources say of these very alleles comes first. Where all of them (``alleles`` is how many there are) depart
    from the usual picture, what does not hold is left out and said to be; beside another allele it stands.
    """
    known = [
        Statement(
            LISTED, "picture", text("why.listed_expression", variant=one.hgvs_c, expression=one.expression), one.source
        )
        for one in listed
        if one.expression
    ]
    told = list(facts)
    atypical = [one for one in listed if one.replaces]
    if atypical and len(listed) == alleles and len(atypical) == len(listed):
        replaced = set.intersection(*(set(one.replaces) for one in atypical))
        told = [one for one in facts if one.topic not in replaced]
        known.append(Statement(LISTED, "picture", text("why.atypical_allele"), text_sources("why.atypical_allele")))
    else:
        known += [
            Statement(
                LISTED, "picture", text("why.atypical_beside", variant=one.hgvs_c), text_sources("why.atypical_beside")
            )
            for one in atypical
        ]
    usual = tuple(one for one in told if one.topic in PICTURE)
    return (*known, *usual), tuple(one for one in told if one.topic not in PICTURE)
