"""Whether the table of expected findings and that of laboratory findings hold: names, counts, shares, no row twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from higm_annot.knowledge.expected import ExpectedFinding, LaboratoryFinding
from higm_annot.knowledge.tables import Disease, ListedAllele
from higm_annot.problems import Problem, problem
from higm_annot.reference.rows import FIRST_LINE
from higm_annot.reference.types import Gene

EXPECTED, LABORATORY = "expected_findings.tsv", "laboratory_findings.tsv"
TEXTS, DISEASES, LISTED = "texts.tsv", "diseases.tsv", "listed_alleles.tsv"
HPO = "HP:"
ROUNDING = 0.0005  # shares are written with three decimals


def expected_faults(
    expected: tuple[ExpectedFinding, ...],
    laboratory: tuple[LaboratoryFinding, ...],
    diseases: Mapping[str, Disease],
    listed: Iterable[ListedAllele],
    codes: set[str],
) -> Iterator[Problem]:
    """Every fault of the two tables; ``codes`` are those of the text table."""
    outcomes = {(row.lab, row.direction) for row in laboratory}
    alleles = {(row.gene, row.hgvs_c) for row in listed}
    labels: dict[str, str] = {}
    yield from _laboratory(laboratory, labels, codes)
    seen: dict[tuple[str, ...], int] = {}
    for line, row in enumerate(expected, FIRST_LINE):
        yield from _named(line, row, diseases, alleles)
        if row.kind == "hpo":
            yield from _term(EXPECTED, line, row.feature, row.label, labels)
            if row.direction:
                yield _odd(line, "direction", ";".join(row.direction), "blank for an HPO term")
        else:
            for direction in row.direction or ("",):
                if (row.feature, direction) not in outcomes:
                    yield _odd(line, "feature", f"{row.feature} {direction}".strip(), f"a row of {LABORATORY}")
            if row.label:
                yield _odd(line, "label", row.label, f"blank for a laboratory test (its words are in {TEXTS})")
        yield from _shares(line, row)
        whom = (row.disease, row.genotype, *row.mechanism, *row.allele, row.sex)
        for direction in row.direction or ("",):
            key = (*whom, row.feature, direction)
            if key in seen:
                name = " ".join(part for part in key if part)
                yield problem("HA-KNO-005", file=EXPECTED, line=line, key=name, other=seen[key])
            seen.setdefault(key, line)


def _laboratory(rows: Iterable[LaboratoryFinding], labels: dict[str, str], codes: set[str]) -> Iterator[Problem]:
    """Every test and outcome is worded; terms of the ontology have one label."""
    for line, row in enumerate(rows, FIRST_LINE):
        for name in (f"lab.{row.lab}", f"lab.{row.lab}_{row.direction}"):
            if name not in codes:
                known = f"the name of a sentence {name} in {TEXTS}"
                yield problem("HA-KNO-006", file=LABORATORY, line=line, column="lab", value=row.lab, known=known)
        if row.hpo or row.label:
            yield from _term(LABORATORY, line, row.hpo, row.label, labels)


def _named(
    line: int, row: ExpectedFinding, diseases: Mapping[str, Disease], alleles: set[tuple[Gene, str]]
) -> Iterator[Problem]:
    """The disease, its mechanisms and its listed alleles exist."""
    disease = diseases.get(row.disease)
    if disease is None:
        yield _odd(line, "disease", row.disease, f"a disease of {DISEASES}")
        return
    for mechanism in row.mechanism:
        if mechanism not in disease.mechanisms:
            yield _odd(line, "mechanism", mechanism, f"a mechanism of {row.disease} in {DISEASES}")
    for allele in row.allele:
        if (disease.gene, allele) not in alleles:
            yield _odd(line, "allele", allele, f"an allele of {disease.gene} in {LISTED}")


def _term(name: str, line: int, term: str, label: str, labels: dict[str, str]) -> Iterator[Problem]:
    """An HPO id of seven digits with the one label it has elsewhere."""
    number = term.removeprefix(HPO)
    if not (term.startswith(HPO) and number.isdigit() and len(number) == 7):
        yield problem("HA-KNO-006", file=name, line=line, column="hpo", value=term, known="an HPO id (HP:0001234)")
    elif not label or labels.setdefault(term, label) != label:
        other = f"the label of {term} elsewhere ({labels.get(term, '')})" if label else f"{term}, which wants a label"
        yield problem("HA-KNO-014", file=name, line=line, subject=label or "a blank label", other=other)


def _shares(line: int, row: ExpectedFinding) -> Iterator[Problem]:
    """Counts and shares of people that can be, and that agree."""
    low, high = row.frequency_low, row.frequency_high
    for column, value, least in (("frequency_low", low, 0.0), ("frequency_high", high, low or 0.0)):
        if value is not None and not least <= value <= 1:
            bounds = f"{least:g}-1"
            yield problem("HA-KNO-011", file=EXPECTED, line=line, column=column, value=value, bounds=bounds)
    if high is not None and low is None:
        yield _odd(line, "frequency_low", "", "a share, where frequency_high has one")
    if row.seen is None:
        return
    if row.examined is None or not 0 <= row.seen <= row.examined or not row.examined:
        yield _odd(line, "examined", f"{row.examined}", f"the number of people among whom {row.seen} were seen")
    elif low is None or low != high or abs(low - row.seen / row.examined) > ROUNDING:
        subject = f"{row.seen} of {row.examined}"
        yield problem("HA-KNO-014", file=EXPECTED, line=line, subject=subject, other=f"its shares ({low} to {high})")


def _odd(line: int, column: str, value: str, known: str) -> Problem:
    return problem("HA-KNO-006", file=EXPECTED, line=line, column=column, value=value, known=known)
