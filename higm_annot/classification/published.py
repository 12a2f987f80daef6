"""The class that current published assertions give, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from higm_annot.classification.types import Class
from higm_annot.evidence.types import Record, RecordKind
from higm_annot.knowledge.tables import ListedAllele, sources
from higm_annot.knowledge.texts import text

CONFLICTING = "conflicting"
CLASS_BY_WORD = {  # ClinVar's aggregate words; where it names two classes the weaker one is taken
    "pathogenic": Class.PATHOGENIC,
    "likely pathogenic": Class.LIKELY_PATHOGENIC,
    "pathogenic/likely pathogenic": Class.LIKELY_PATHOGENIC,
    "uncertain significance": Class.UNCERTAIN,
    "likely benign": Class.LIKELY_BENIGN,
    "benign/likely benign": Class.LIKELY_BENIGN,
    "benign": Class.BENIGN,
}


class Published(StrEnum):
    """What the current assertions come to."""

    NONE = "none"
    PATHOGENIC = "Pathogenic"
    LIKELY_PATHOGENIC = "Likely pathogenic"
    UNCERTAIN = "Uncertain significance"
    LIKELY_BENIGN = "Likely benign"
    BENIGN = "Benign"
    CONFLICTING = "conflicting"
    DISAGREEING = "disagreeing"


def published_class(records: tuple[Record, ...]) -> tuple[Published, bool]:
    """What current assertions say together, and whether they differed in strength.

    Old assertions and words that are no class (``agreed``) say nothing. Sources on opposite sides disagree; on one side
    the weaker class is taken.
    """
    classes: set[Class] = set()
    for record in records:
        if record.kind is not RecordKind.ASSERTION or not record.current:
            continue
        word = record.significance.lower().replace("_", " ")
        if word.startswith(CONFLICTING):
            return Published.CONFLICTING, False
        if word in CLASS_BY_WORD:
            classes.add(CLASS_BY_WORD[word])
    if not classes:
        return Published.NONE, False
    if any(item.is_pathogenic for item in classes) and any(item.is_benign for item in classes):
        return Published.DISAGREEING, True
    weakest = next(
        item for item in (Class.UNCERTAIN, Class.LIKELY_PATHOGENIC, Class.LIKELY_BENIGN, *Class) if item in classes
    )
    return Published(weakest.value), len(classes) > 1


def listed_record(allele: ListedAllele) -> Record:
    """A listed allele as a record; it gives a class only where its source states one."""
    source = allele.source[0]
    return Record(
        kind=RecordKind.ASSERTION,
        source=source,
        record=f"{allele.gene} {allele.hgvs_c}",
        dated=sources()[source].dated,
        current=bool(allele.class_),
        statement=text("record.listed", gene=allele.gene, name=allele.hgvs_c, expression=allele.expression),
        significance=allele.class_,
        review="listed allele",
        scope=allele.disease,
    )


def said_harmful(records: Iterable[Record]) -> bool:
    """Whether any assertion, of whatever date, calls the allele (likely) pathogenic without contradicting itself."""
    said = (record.significance.lower() for record in records if record.kind is RecordKind.ASSERTION)
    return any("pathogenic" in one and "conflicting" not in one for one in said)
