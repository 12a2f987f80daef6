"""Which alleles the laboratory's own reports showed, and in how many samples.

A sample counts by the last of its reports: a second run of the same person is not a second person. Numbers of other
samples stand in no report, where they would change with every new sample; and an allele that was never seen is not
thereby rare, because a report of calls alone does not show which places were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from higm_annot.evidence.labrecord.classes import variant_number
from higm_annot.evidence.labrecord.store import reading, writing
from higm_annot.evidence.labrecord.types import Count, Observed, ObservedAllele, VariantNames

_LAST = "SELECT max(id) FROM reports GROUP BY sample"
_NAMES = "v.key_grch38, v.key_grch37, v.gene, v.hgvs_g, v.hgvs_c, v.hgvs_p"


def observe(path: Path, observed: Iterable[Observed]) -> int:
    """Put reports and their alleles on record, all or none; how many reports were new.

    A report whose digest stands on record already is passed over.

    Raises
    ------
    Refused
        When the record cannot be written.
    """
    new = 0
    with writing(path) as connection:
        for one in observed:
            if connection.execute("SELECT 1 FROM reports WHERE digest = ?", (one.digest,)).fetchone():
                continue
            done = connection.execute(
                "INSERT INTO reports (digest, sample, dated) VALUES (?, ?, ?)", (one.digest, one.sample, one.dated)
            )
            connection.executemany(
                "INSERT INTO observations (report, variant, zygosity, unresolved) VALUES (?, ?, ?, ?)",
                [
                    (done.lastrowid, variant_number(connection, seen.variant), seen.zygosity, int(seen.unresolved))
                    for seen in one.alleles
                ],
            )
            new += 1
    return new


def counts(path: Path, variant: VariantNames | None = None) -> tuple[int, tuple[Count, ...]]:
    """How many samples have a report on record, and in how many each allele was seen.

    Raises
    ------
    Refused
        When the record cannot be read.
    """
    with reading(path) as connection:
        (samples,) = connection.execute("SELECT count(DISTINCT sample) FROM reports").fetchone()
        rows = connection.execute(
            f"SELECT {_NAMES}, o.zygosity, count(*), sum(o.unresolved) FROM observations o "  # noqa: S608 - our own names
            f"JOIN variants v ON v.id = o.variant WHERE o.report IN ({_LAST}) "
            "GROUP BY v.id, o.zygosity ORDER BY v.gene, v.key_grch38, v.key_grch37, o.zygosity"
        ).fetchall()
    found: dict[VariantNames, list[tuple[str, int, int]]] = {}
    for *names, zygosity, number, unresolved in rows:
        found.setdefault(VariantNames(*names), []).append((zygosity, number, unresolved))
    return samples, tuple(
        Count(
            variant=one,
            samples=sum(number for _, number, _ in seen),
            by_zygosity={zygosity: number for zygosity, number, _ in seen},
            unresolved=sum(unresolved for _, _, unresolved in seen),
        )
        for one, seen in found.items()
        if variant is None or one.key == variant.key
    )


def all_observed(path: Path) -> tuple[Observed, ...]:
    """Every report on record with its alleles, in the order of entry.

    Raises
    ------
    Refused
        When the record cannot be read.
    """
    with reading(path) as connection:
        reports = connection.execute("SELECT id, sample, digest, dated FROM reports ORDER BY id").fetchall()
        alleles: dict[int, list[Sequence[object]]] = {}
        for number, *cells in connection.execute(
            f"SELECT o.report, {_NAMES}, o.zygosity, o.unresolved FROM observations o "  # noqa: S608 - our own names
            "JOIN variants v ON v.id = o.variant ORDER BY o.report, o.variant"
        ):
            alleles.setdefault(number, []).append(cells)
    return tuple(
        Observed(sample, digest, dated, tuple(_seen(cells) for cells in alleles.get(number, ())))
        for number, sample, digest, dated in reports
    )


def _seen(cells: Sequence[object]) -> ObservedAllele:
    *names, zygosity, unresolved = cells
    return ObservedAllele(VariantNames(*map(str, names)), str(zygosity), bool(unresolved))
