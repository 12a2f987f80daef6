"""What the columns of an evidence file mean, and one of its lines read by that meaning.

A VCF is known by its INFO fields, a table by its columns. A table with a column nobody described is refused: what it
means for the others cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from higm_annot.evidence.kinds import COVERAGE, Field, fields, kinds
from higm_annot.evidence.tabix import Index
from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import build_of_length, contig_build, parse_contig
from higm_annot.reference.types import Build, Contig

VCF_COLUMNS = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO")
PLACE = ("contig", "position")
POSITION = re.compile("[0-9]{1,10}")  # more digits than a chromosome has, and others than these, are no position
ALLELE = ("ref", "alt")
OF_BUILD = {Build.GRCH37: ("hg19", "grch37"), Build.GRCH38: ("hg38", "grch38")}


class Line(Struct, frozen=True):
    """One line by meaning; ``alts`` is empty where the file gives places only."""

    contig: Contig
    pos: int
    ref: str
    alts: tuple[str, ...]
    values: Mapping[str, str]


class Layout(Struct, frozen=True):
    """Where what is meant stands: column offsets, and in a VCF the names of INFO fields too.

    ``width`` is the least number of columns; ``stated`` the date that the file gives.
    """

    kind: str
    columns: Mapping[str, int]
    width: int
    info: Mapping[str, str] = {}
    stated: str = ""

    def read(self, text: str, file: str, build: Build) -> Line:
        """One line of the file.

        Raises
        ------
        Refused
            HA-EVI-014 when it is not a line of this layout, HA-EVI-012 when it says that it is of another build.
        """
        cells = text.split("\t")
        contig = parse_contig(cells[self.columns["contig"]]) if len(cells) >= self.width else None
        position = cells[self.columns["position"]] if contig is not None else ""
        if contig is None or not POSITION.fullmatch(position):
            raise Refused(problem("HA-EVI-014", file=file, reason=f"'{text[:60]}'"))
        values = self._of_info(cells) if self.info else {name: cells[at] for name, at in self.columns.items()}
        if values.get("genome", "").lower() not in ("", *OF_BUILD[build]):
            raise Refused(problem("HA-EVI-012", file=file, build=build, reason=f"it says {values['genome']}"))
        alts = tuple(cells[self.columns["alt"]].split(",")) if "alt" in self.columns else ()
        ref = cells[self.columns["ref"]] if "ref" in self.columns else ""
        return Line(contig, int(position), ref, alts, values)

    def _of_info(self, cells: Sequence[str]) -> dict[str, str]:
        """The INFO fields that mean something, with the record's name and its filters."""
        found = {"id": cells[2], "filters": cells[6]}
        for item in cells[7].split(";"):
            name, _, value = item.partition("=")
            if name in self.info:
                found[self.info[name]] = value
        return found


def layout_of(kind: str, header: Sequence[str], index: Index, build: Build, file: str) -> Layout:
    """The layout that a file's header describes.

    Raises
    ------
    Refused
        HA-EVI-010 for columns nobody described, HA-EVI-011 for those missing, HA-EVI-012 when the header or the index
        says that the file is of another build.
    """
    vcf = bool(header) and header[0].startswith("##fileformat=VCF")
    form = "vcf" if vcf else "tsv"
    accepted = ("tsv",) if kind == COVERAGE else kinds()[kind].form
    if form not in accepted:
        raise Refused(problem("HA-EVI-010", file=file, columns=f"a {form.upper()}", kind=kind))
    layout = _vcf(kind, header, build, file) if vcf else table_layout(kind, header, build, file)
    if index.position_column != layout.columns["position"] + 1:
        reason = f"its index is of column {index.position_column}, not of the positions in {build}"
        raise Refused(problem("HA-EVI-012", file=file, build=build, reason=reason))
    return layout


def _vcf(kind: str, header: Sequence[str], build: Build, file: str) -> Layout:
    if tuple(header[-1].split("\t")[:8]) != VCF_COLUMNS:
        raise Refused(problem("HA-EVI-011", file=file, columns=", ".join(VCF_COLUMNS)))
    _check_contigs(header, build, file)
    declared = {found[1] for line in header if (found := re.match(r"##INFO=<ID=([^,>]+)", line))}
    chosen = _first_of_each(row for row in fields(kind, "vcf") if row.name in declared)
    _check_needed(kind, "vcf", chosen, file)
    dates = [line.partition("=")[2].strip() for line in header if line.startswith("##fileDate=")]
    places = {"contig": 0, "position": 1, "ref": 3, "alt": 4}
    info = {row.name: row.meaning for row in chosen.values()}
    return Layout(kind, places, len(VCF_COLUMNS), info, _iso(dates[0]) if dates else "")


def table_layout(kind: str, header: Sequence[str], build: Build, file: str) -> Layout:
    """The layout that the last line of a table's header describes.

    Raises
    ------
    Refused
        HA-EVI-010 for columns nobody described, HA-EVI-011 for those missing.
    """
    names = header[-1].lstrip("#").split("\t") if header else []
    rows = {row.name.lower(): row for row in fields(kind, "tsv")}
    unknown = [name for name in names if name.lower() not in rows]
    if unknown or not names:
        raise Refused(problem("HA-EVI-010", file=file, columns=", ".join(unknown) or "no header", kind=kind))
    order = list(rows)
    known = sorted((rows[name.lower()] for name in names), key=lambda row: order.index(row.name.lower()))
    chosen = _first_of_each(row for row in known if row.build in (None, build))
    _check_needed(kind, "tsv", chosen, file)
    at = {name.lower(): number for number, name in enumerate(names)}
    columns = {row.meaning: at[row.name.lower()] for row in chosen.values() if row.meaning != "ignored"}
    return Layout(kind, columns, len(names))


def _first_of_each(rows: Iterable[Field]) -> dict[str, Field]:
    """Fields by meaning; of several with one meaning the first of the table."""
    found: dict[str, Field] = {}
    for row in rows:
        found.setdefault(row.meaning, row)
    return found


def _check_needed(kind: str, form: str, chosen: Mapping[str, Field], file: str) -> None:
    needed = [] if form == "vcf" else [*PLACE, *(ALLELE if kind != COVERAGE else ())]
    needed += () if kind == COVERAGE else kinds()[kind].needed
    missing = [name for name in needed if name not in chosen]
    if kind == COVERAGE and not {"alleles", "over20"} & chosen.keys():
        missing.append("alleles")
    if missing:
        names = [next((row.name for row in fields(kind, form) if row.meaning == one), one) for one in missing]
        raise Refused(problem("HA-EVI-011", file=file, columns=", ".join(names)))


def _check_contigs(header: Sequence[str], build: Build, file: str) -> None:
    """Lengths and accessions that the header states must be those of the build."""
    for line in header:
        found = re.match(r"##contig=<ID=([^,>]+)(?:.*?[,<]length=(\d+))?", line)
        contig = parse_contig(found[1]) if found else None
        if found is None or contig is None:
            continue
        said = contig_build(found[1]) or (build_of_length(contig, int(found[2])) if found[2] else build)
        if said is not build:
            reason = f"its header describes {found[1]} of {said or 'another build'}"
            raise Refused(problem("HA-EVI-012", file=file, build=build, reason=reason))


def _iso(text: str) -> str:
    """A date as ISO, or nothing."""
    found = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)", text)
    return "-".join(found.groups()) if found else ""
