"""The laboratory's own class over the computed one: used where it speaks of all that is concluded from the allele.

A class may be limited to a disease or a mechanism. What a report concludes rests on one class and one mechanism, and
with it on every disease the mechanism causes in the gene; so a limited class is used only where the laboratory's rows
speak of all of those. Otherwise the computed class stays, and the laboratory's stands beside it. Nothing is averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from higm_annot.classification.types import AlleleClass, Class, ComputedClass, Mechanism
from higm_annot.evidence.labrecord.types import SOURCE, Assertion, LabClass
from higm_annot.knowledge.tables import diseases
from higm_annot.reference.types import Gene

# Of several classes the weaker one on the harmful side, else the one that says least of harmlessness.
_HARMFUL = (Class.LIKELY_PATHOGENIC, Class.PATHOGENIC)
_OTHER = (Class.UNCERTAIN, Class.LIKELY_BENIGN, Class.BENIGN)


def with_laboratory(computed: AlleleClass, rows: Sequence[LabClass], gene: Gene) -> AlleleClass:
    """The class of an allele after the laboratory was heard.

    Parameters
    ----------
    computed
        What rules and sources give.
    rows
        The laboratory's classes of this allele that are in force.
    gene
        The allele's gene.

    Returns
    -------
    AlleleClass
        With ``computed`` filled where the laboratory's class is used (basis ``laboratory``), and ``uncovered`` where
        it is not. Points and criteria stay those of the rules.
    """
    if not rows:
        return computed
    said = tuple(row.assertion for row in rows)
    heard = replace(computed, records=(*(row.record() for row in rows), *computed.records), laboratory=said)
    harmful = [one for one in said if Class(one.class_).is_pathogenic]
    if harmful:
        mechanisms = tuple(dict.fromkeys(_mechanism(one, computed, gene) for one in harmful))
        class_ = _first(_HARMFUL, harmful)
        spoken_of = _scopes(harmful, gene)
        uncovered = {name for one in mechanisms for name in _caused(one, gene)} - spoken_of
        if computed.class_.is_pathogenic:
            uncovered |= _concluded(computed, gene) - spoken_of - _scopes(said, gene)
    else:
        about = _concluded(computed, gene)
        mechanisms = computed.mechanisms
        class_ = _first(_OTHER, [one for one in said if _scope(one, gene) & about])
        uncovered = about - _scopes(said, gene)
    if uncovered or class_ is None:
        return replace(heard, uncovered=tuple(sorted(uncovered)))
    own = ComputedClass(computed.class_, computed.basis, computed.reason, computed.mechanisms)
    return replace(
        heard,
        class_=class_,
        mechanisms=mechanisms,
        basis="laboratory",
        reason=_reason(class_, mechanisms, own),
        computed=own,
    )


def with_parts(whole: AlleleClass, parts: Iterable[AlleleClass]) -> AlleleClass:
    """The class of alleles read as one, with what the laboratory says of each of them as evidence.

    A word on a part is no word on the whole and gives it no class; it must not be lost with the part either.
    """
    said = tuple(record for part in parts for record in part.records if record.source == SOURCE)
    return replace(whole, records=(*whole.records, *said)) if said else whole


def _first(order: Sequence[Class], said: Sequence[Assertion]) -> Class | None:
    """The first class of an order that was given."""
    given = {one.class_ for one in said}
    return next((class_ for class_ in order if class_ in given), None)


def _reason(class_: Class, mechanisms: tuple[Mechanism, ...], own: ComputedClass) -> str:
    """Whether the laboratory agrees, differs in strength or mechanism, or stands for another conclusion."""
    if (class_.is_pathogenic, class_.is_benign) != (own.class_.is_pathogenic, own.class_.is_benign):
        return "laboratory_overrides"
    return "laboratory_agrees" if (class_, mechanisms) == (own.class_, own.mechanisms) else "laboratory_differs"


def _mechanism(said: Assertion, computed: AlleleClass, gene: Gene) -> Mechanism:
    """How an allele acts that the laboratory calls pathogenic: as stated, as computed, or as its disease arises."""
    if said.mechanism:
        return Mechanism(said.mechanism)
    first = next(iter(computed.mechanisms), Mechanism.UNKNOWN)
    if not said.disease:
        return first
    ways = next((row.mechanisms for name, row in diseases().items() if name == said.disease and row.gene is gene), ())
    return first if first in ways or not ways else Mechanism(ways[0])


def _caused(mechanism: Mechanism, gene: Gene) -> set[str]:
    """The diseases a mechanism causes; all of the gene where none is known to arise so."""
    of_gene = {name: row for name, row in diseases().items() if row.gene is gene}
    return {name for name, row in of_gene.items() if mechanism in row.mechanisms} or set(of_gene)


def _concluded(computed: AlleleClass, gene: Gene) -> set[str]:
    """The diseases that the computed class speaks of."""
    return _caused(next(iter(computed.mechanisms), Mechanism.UNKNOWN), gene)


def _scope(said: Assertion, gene: Gene) -> set[str]:
    """The diseases that an assertion speaks of."""
    if said.disease:
        return {said.disease}
    return _caused(Mechanism(said.mechanism), gene) if said.mechanism else _caused(Mechanism.UNKNOWN, gene)


def _scopes(said: Sequence[Assertion], gene: Gene) -> set[str]:
    return {name for one in said for name in _scope(one, gene)}
