"""The class of an allele with the evidence of one family, beside the class that the allele has for everybody."""

from __future__ import annotations

from functools import cache

from higm_annot.classification.case_criteria import JUDGES, Case
from higm_annot.classification.case_rules import CASE_CODES, case_fixed, inheritance_of
from higm_annot.classification.case_types import CaseClass, Observed, PhenotypeEvidence
from higm_annot.classification.classify import decide
from higm_annot.classification.points import class_by_points
from higm_annot.classification.published import published_class
from higm_annot.classification.table_2015 import class_by_table
from higm_annot.classification.types import AlleleClass, Class, Criterion, Judged, Mechanism
from higm_annot.reference.types import Gene


def case_class(
    gene: Gene, allele: AlleleClass, people: tuple[Observed, ...] = (), pp4: PhenotypeEvidence | None = None
) -> CaseClass:
    """The class with a family's evidence.

    Parameters
    ----------
    gene, allele
        The allele's gene and the class it has for everybody; its most likely mechanism says how the disease runs.
    people
        What was seen of the allele in those of the family whose evidence may be told to every member.
    pp4
        Findings that tell the panel's genes apart; None where no phenotype was given.

    Returns
    -------
    CaseClass
        Decided as the allele's own class is: a published class stands unless the points contradict it, the
        laboratory's stands. The family's evidence alone makes no allele benign that the combining rules of 2015
        leave uncertain.
    """
    mechanism = next(iter(allele.mechanisms), Mechanism.UNKNOWN)
    inheritance = inheritance_of(gene, mechanism)
    criteria, judged = _judged(Case(gene, inheritance, allele, people, pp4))
    class_, reason, by_points, by_table = (
        _decided(allele, (*allele.criteria, *criteria))
        if criteria
        else (allele.class_, "nothing_counts", allele.by_points, allele.by_table)
    )
    added = sum(one.points for one in criteria)
    return CaseClass(
        class_=class_,
        points=allele.points + added,
        added=added,
        mechanism=mechanism,
        reason=reason,
        by_points=by_points,
        by_table=by_table,
        criteria=criteria,
        judged=judged,
    )


def _judged(case: Case) -> tuple[tuple[Criterion, ...], tuple[Judged, ...]]:
    """Criteria met and the state of each, in the guideline's order; without anybody's evidence nothing is asked."""
    if not case.people and case.phenotype is None:
        return (), _nobody(case.gene, case.inheritance, case.allele.own)
    fixed = case_fixed(case.gene, case.inheritance)
    found = [(None, fixed[code]) if code in fixed else JUDGES[code](case) for code in CASE_CODES]
    return tuple(one for one, _ in found if one is not None), tuple(one for _, one in found)


@cache
def _nobody(gene: Gene, inheritance: str, own: Class) -> tuple[Judged, ...]:
    """The states where nobody's evidence may be used."""
    fixed = case_fixed(gene, inheritance)
    nothing = Case(gene, inheritance, AlleleClass(own, 0, (), "criteria", "points", (), (), ()), ())
    return tuple(fixed[code] if code in fixed else JUDGES[code](nothing)[1] for code in CASE_CODES)


def _decided(allele: AlleleClass, criteria: tuple[Criterion, ...]) -> tuple[Class, str, Class, Class]:
    """The class and why, by the same rules as without the family; and what either way of adding up gives."""
    by_points, by_table = class_by_points(criteria), class_by_table(criteria)
    if allele.computed is not None:
        return allele.class_, "laboratory_stands", by_points, by_table
    published, _ = published_class(allele.records)
    class_, basis, _ = decide(published, sum(one.points for one in criteria), by_points)
    if class_.is_benign and not allele.class_.is_benign and not by_table.is_benign:
        return allele.class_, "too_little_for_benign", by_points, by_table
    if class_ is allele.class_:
        return class_, "published_stands" if basis == "published" else "same_class", by_points, by_table
    return class_, "moves", by_points, by_table
