"""What does not fit: sentences on one disease whose genotype a person has, each with the sources it rests on.

Nothing here takes a genotype back, and nothing reassures: a finding that is missing calls for a second look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from higm_annot.knowledge.observable import lab_features
from higm_annot.knowledge.tables import diseases, threshold
from higm_annot.knowledge.texts import text, text_sources
from higm_annot.phenotype.compare import Compared, Expected, Picture, Standing, compared, speaking, unexplained
from higm_annot.phenotype.differential import labels
from higm_annot.phenotype.types import Observed


class Remark(Struct, frozen=True):
    """A sentence, the code it was made by, and its sources."""

    code: str
    text: str
    source: tuple[str, ...]


def remarks(
    picture: Picture,
    disease: str,
    found: Sequence[Compared[Expected]],
    expected: Sequence[Expected],
    others: Mapping[str, Sequence[Expected]],
) -> tuple[Remark, ...]:
    """What does not fit a disease, the weightiest first.

    Parameters
    ----------
    picture
        What was observed.
    disease, found, expected
        The disease of the genotype, the comparison with it, and the findings expected with it.
    others
        Findings expected with the panel's other diseases, for what this one does not explain.
    """
    name = disease_name(disease)
    told = [*_told_apart(picture, disease, name), *_unexpected(found, name), *_nearly_always(found, name)]
    heard = {by for row, some in speaking(picture) if row.sense == "for" or disease in row.disease for by in some}
    left = [one for one in unexplained(picture, expected) if one not in heard]
    return (*told, *_elsewhere(left, found, name, others))


def disease_name(disease: str) -> str:
    """The name of a disease with its short name."""
    return f"{diseases()[disease].name} ({disease})"


def _told_apart(picture: Picture, disease: str, name: str) -> list[Remark]:
    """Results that speak against this disease, then those that speak for another."""
    against, found = [], []
    for row, _ in speaking(picture):
        code = f"telling.{row.finding}"
        if row.sense == "against" and disease in row.disease:
            against.append(Remark(code, text(code, disease=name), row.source))
        elif row.sense == "for" and disease not in row.disease:
            points_at = ", ".join(map(disease_name, row.disease))
            said = text("phenotype.told_apart", statement=text(code), diseases=points_at, disease=name)
            found.append(Remark("phenotype.told_apart", said, row.source))
    return [*against, *found]


def _unexpected(found: Sequence[Compared[Expected]], name: str) -> list[Remark]:
    """What is present although the sources do not expect it; each observation once."""
    said: dict[str, Remark] = {}
    for one in found:
        if one.expected.expected == "not_expected" and one.standing is Standing.PRESENT:
            for finding in labels(one.by):
                sentence = text("phenotype.unexpected", finding=finding, disease=name)
                said.setdefault(finding, Remark("phenotype.unexpected", sentence, one.expected.source))
    return list(said.values())


def _nearly_always(found: Sequence[Compared[Expected]], name: str) -> list[Remark]:
    """What nearly everybody has and was looked for in vain, with how many were counted."""
    least = threshold("phenotype_nearly_always")
    told = []
    for one in found:
        row = one.expected
        common = row.expected == "typical" and (row.frequency_low or 0) >= least
        if one.standing is Standing.EXCLUDED and common and not _never_against(row.feature):
            code = "phenotype.nearly_always" if row.seen is None else "phenotype.nearly_always_counted"
            said = text(code, finding=row.label, disease=name, seen=row.seen, examined=row.examined)
            told.append(Remark(code, said, row.source))
    return told


def _never_against(feature: str) -> bool:
    """Whether a test speaks against no disease, whatever its answer."""
    row = lab_features().get(feature)
    return row is not None and row.never_against


def _elsewhere(
    left: Sequence[Observed], found: Sequence[Compared[Expected]], name: str, others: Mapping[str, Sequence[Expected]]
) -> list[Remark]:
    """What the disease does not explain: with the diseases for which it is on record, or without any."""
    told = {by for one in found if one.expected.expected == "not_expected" for by in one.by}
    fits: dict[tuple[str, ...], list[Observed]] = {}
    sources: dict[tuple[str, ...], list[str]] = {}
    for one in left:
        if one in told:
            continue
        rows = [(other, row) for other, expected in others.items() for row in _explaining(one, expected)]
        named = tuple(dict.fromkeys(disease_name(other) for other, _ in rows))
        fits.setdefault(named, []).append(one)
        sources.setdefault(named, []).extend(key for _, row in rows for key in row.source)
    remarks_ = []
    for named, observed in fits.items():
        code = "phenotype.elsewhere" if named else "phenotype.unexplained"
        said = text(code, findings=", ".join(labels(tuple(observed))), disease=name, others=", ".join(named))
        remarks_.append(Remark(code, said, tuple(dict.fromkeys(sources[named])) or text_sources(code)))
    return remarks_


def _explaining(one: Observed, expected: Sequence[Expected]) -> list[Expected]:
    """The findings of a disease that an observation is an example of."""
    return [
        row.expected
        for row in compared(Picture((one,)), expected)
        if row.standing is Standing.PRESENT and row.expected.expected != "not_expected"
    ]
