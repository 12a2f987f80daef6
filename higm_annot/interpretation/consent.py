"""Consent and context: what a person asked to know, and whether the panel's diseases are the question."""

from __future__ import annotations

from higm_annot.intake.types import Affected, Mode, Person
from higm_annot.interpretation.disease_table import Context
from higm_annot.knowledge.tables import words
from higm_annot.reference.types import Gene


def context_of(person: Person) -> Context:
    """Why this person is tested, as the disease table asks it."""
    if person.mode is Mode.PRENATAL:
        return Context.PRENATAL
    if person.mode is Mode.CARRIER:
        return Context.SCREENING
    return Context.HEALTHY if person.affected is Affected.NO else Context.INDICATED


def wants_secondary(person: Person) -> bool:
    """Whether secondary findings may be shown; never for a fetus, whatever the sheet says."""
    return person.consent_secondary and person.mode is not Mode.PRENATAL


def may_name_single(gene: Gene, person: Person) -> bool:
    """Whether a single harmful allele of a gene may be named at all in this person's report."""
    if gene not in words("secondary_finding_genes"):
        return True
    return context_of(person) is Context.INDICATED or wants_secondary(person)
