"""What people write for the record, checked against the panel before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.locate import locate
from higm_annot.evidence.labrecord.types import CLASSES, PSEUDONYM, Assertion, LabClass, VariantNames
from higm_annot.intake.text_file import NO_TEXT
from higm_annot.knowledge.tables import diseases
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.types import Build, Panel

REQUIRED = ("variant", "class", "who", "dated", "reason")
OPTIONAL = ("gene", "hgvs_c", "disease", "mechanism", "criteria")


class Written(Struct, frozen=True):
    """One entry as written: cells by column, and where it stands (line 0 on the command line)."""

    cells: Mapping[str, str]
    file: str = ""
    line: int = 0

    def cell(self, column: str) -> str:
        """A cell; empty where the column is not there."""
        return self.cells.get(column, "").strip()

    def fault(self, code: str, **fields: str | int) -> Problem:
        """A problem at the place of this entry."""
        return replace(problem(code, **dict[str, Any](fields)), file=self.file, line=self.line)


def names_of(panel: Panel, name: str, build: Build | None = None) -> VariantNames:
    """The allele that a written name means, with its keys and names.

    Raises
    ------
    Refused
        When the name cannot be read or does not fit the sequence (HA-NAM-001 to -006).
    """
    effects = annotate(panel, locate(panel, name, build).allele)
    at_38 = effects.keys.get(Build.GRCH38, "")
    genomic = annotate(panel, locate(panel, at_38).allele).hgvs_g if at_38 else effects.hgvs_g
    mane = effects.mane
    return VariantNames(
        key_grch38=at_38,
        key_grch37=effects.keys.get(Build.GRCH37, ""),
        gene=effects.gene,
        hgvs_g=genomic,
        hgvs_c=f"{mane.accession}:{mane.hgvs_c}" if mane.hgvs_c else "",
        hgvs_p=mane.hgvs_p or "",
    )


def lab_class(panel: Panel, written: Written, today: date, build: Build | None = None) -> LabClass:
    """The class that an entry gives.

    Raises
    ------
    Refused
        With every fault of the entry (HA-REC-010 to -016, HA-NAM-…).
    """
    faults = list(_faults(written, today))
    variant = None
    if written.cell("variant"):
        try:
            variant = names_of(panel, written.cell("variant"), build)
        except Refused as refusal:
            faults += (written.fault("HA-REC-017", reason=found.message) for found in refusal.problems)
    if variant is not None:
        faults += _scope_faults(written, variant)
    if faults or variant is None:
        raise Refused(*faults)
    return LabClass(
        variant,
        Assertion(
            class_=_word(written.cell("class"), CLASSES),
            mechanism=written.cell("mechanism").lower(),
            disease=written.cell("disease").upper(),
            who=written.cell("who"),
            dated=written.cell("dated"),
            reason=written.cell("reason"),
            criteria=written.cell("criteria"),
        ),
    )


def date_fault(written: Written, today: date) -> Iterator[Problem]:
    """What is wrong with the day of an entry."""
    value = written.cell("dated")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or len(value) != len("2026-01-31"):
        yield written.fault("HA-REC-010", column="dated", value=value, accepted="a day as 2026-01-31")
    elif day > today:
        yield written.fault("HA-REC-013", value=value)


def _faults(written: Written, today: date) -> Iterator[Problem]:
    """Faults of single cells."""
    for column in REQUIRED:
        if not written.cell(column):
            yield written.fault("HA-REC-011", column=column)
    for column, cell in written.cells.items():
        if NO_TEXT.search(cell) or any(character in cell for character in "\t\r\n"):
            yield written.fault("HA-REC-012", column=column)
    if written.cell("class") and not _word(written.cell("class"), CLASSES):
        accepted = ", ".join(CLASSES)
        yield written.fault("HA-REC-010", column="class", value=written.cell("class"), accepted=accepted)
    if written.cell("who") and not PSEUDONYM.fullmatch(written.cell("who")):
        yield written.fault("HA-REC-014", column="who", value=written.cell("who"))
    if written.cell("dated"):
        yield from date_fault(written, today)


def _scope_faults(written: Written, variant: VariantNames) -> Iterator[Problem]:
    """A disease or mechanism that is not the gene's, and names that are not the allele's."""
    of_gene = {name: row for name, row in diseases().items() if row.gene == variant.gene}
    disease, mechanism = written.cell("disease").upper(), written.cell("mechanism").lower()
    if disease and disease not in of_gene:
        accepted = ", ".join(of_gene)
        yield written.fault("HA-REC-010", column="disease", value=written.cell("disease"), accepted=accepted)
    meant = [of_gene[disease]] if disease in of_gene else of_gene.values()
    known = {name for row in meant for name in row.mechanisms}
    if mechanism and mechanism not in known:
        accepted = ", ".join(sorted(known))
        yield written.fault("HA-REC-010", column="mechanism", value=written.cell("mechanism"), accepted=accepted)
    for column, names in (
        ("gene", {variant.gene}),
        ("hgvs_c", {variant.hgvs_c, variant.hgvs_c.partition(":")[2]}),
    ):
        if written.cell(column) and written.cell(column) not in names:
            yield written.fault("HA-REC-016", column=column, value=written.cell(column), found=max(names, key=len))


def _word(value: str, accepted: tuple[str, ...]) -> str:
    """The accepted word that is meant, capitals aside; empty for none."""
    return next((word for word in accepted if word.lower() == value.lower()), "")
