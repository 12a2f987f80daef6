"""The panel's diseases in the order in which the observations fit them: counted weights with their reasons, no chance.

The genotype has no part in it. A finding that is typical of every disease moves none of them; what tells them apart are
rows of ``telling_results.tsv``, which count once and in place of the same test's ordinary row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from msgspec.structs import replace

from higm_annot.knowledge.expected import ExpectedFinding, expected_of
from higm_annot.knowledge.observable import lab_features, weights
from higm_annot.knowledge.tables import diseases, words
from higm_annot.knowledge.texts import text, texts
from higm_annot.phenotype.compare import Compared, Picture, Standing, compared, speaking
from higm_annot.phenotype.types import Kind, Observed, Ranked, Reason

TELLING = "telling"
_CAUTIONS = {("XLR", "female"): "x_linked_woman", ("XLD", "male"): "male_lethal"}


def ranked(picture: Picture, sex: str) -> tuple[Ranked, ...]:
    """Diseases for which findings are on record, best first, those without a ground last; none without any ground."""
    found = []
    for disease, expected in choices(sex).items():
        row = diseases()[disease]
        caution = _CAUTIONS.get((row.inheritance, sex), "")
        found.append(Ranked(0, row.gene, disease, 0, _reasons(picture, disease, expected), caution))
    if not any(one.reasons for one in found):
        return ()
    found = [_with_caution(one) for one in found]
    summed = [replace(one, score=sum(reason.weight for reason in one.reasons)) for one in found]
    # A disease of which nothing that was given speaks is no better than one for which something does.
    spoken = [one for one in summed if one.reasons]
    placed = [
        replace(one, rank=1 + (sum(other.score > one.score for other in spoken) if one.reasons else len(spoken)))
        for one in summed
    ]
    return tuple(sorted(placed, key=lambda one: one.rank))


@cache
def choices(sex: str) -> dict[str, tuple[ExpectedFinding, ...]]:
    """The diseases to choose among, each with the findings expected with its usual form.

    A risk that one copy of a gene gives, and that is a secondary finding, is none.
    """
    found = {}
    for disease, row in diseases().items():
        if row.gene not in words("secondary_finding_genes") or row.alleles_required != "monoallelic":
            expected = expected_of(disease, mechanism=row.mechanisms[0], sex=sex)
            if expected:
                found[disease] = expected
    return found


def _reasons(picture: Picture, disease: str, expected: Sequence[ExpectedFinding]) -> tuple[Reason, ...]:
    """The grounds for and against a disease: every observation once, by the row in which it counts most."""
    found, taken = [], set()
    for row, by in speaking(picture):
        if disease in row.disease:
            taken |= {feature for feature, _ in row.results}
            standing = Standing.PRESENT if row.sense == "for" else Standing.EXCLUDED
            found.append(Reason(labels(by), standing, TELLING, row.weight, row.source, row.finding))
    rows = [(_weight(one), one) for one in compared(picture, expected)]
    used: set[Observed] = set()
    for weight, one in sorted(rows, key=lambda pair: -abs(pair[0])):
        fresh = tuple(by for by in one.by if by not in used)
        if weight and fresh and one.expected.feature not in taken:
            used |= set(fresh)
            found += [
                Reason(labels((by,)), one.standing, one.expected.expected, weight, one.expected.source) for by in fresh
            ]
    return tuple(sorted(found, key=lambda one: -abs(one.weight)))


def _weight(one: Compared[ExpectedFinding]) -> int:
    """What a comparison counts; a test that never speaks against a disease counts for it or not at all."""
    row = weights().get((one.expected.kind, one.standing, one.expected.expected))
    feature = lab_features().get(one.expected.feature)
    if row is None or (row.weight < 0 and feature is not None and feature.never_against):
        return 0
    return row.weight


def _with_caution(one: Ranked) -> Ranked:
    """The disease with what the stated sex counts."""
    if not one.caution:
        return one
    row = weights()["sex", "present", one.caution]
    said = text(f"differential.{one.caution}")
    reason = Reason((said,), Standing.PRESENT, one.caution, row.weight, row.source)
    return replace(one, reasons=(*one.reasons, reason))


def labels(by: Iterable[Observed]) -> tuple[str, ...]:
    """Observations as they are told: terms by name, results in words."""
    return tuple(dict.fromkeys(one.label if one.kind is Kind.TERM else result_words(one) for one in by))


def result_words(one: Observed) -> str:
    """A laboratory finding with its answer; alone where no answer can be told."""
    if not one.finding:
        return one.label
    code = f"lab.{one.feature}_{one.finding}"
    return text(code) if code in texts() else f"{one.label}: {text(f'answer.{one.finding}')}"
