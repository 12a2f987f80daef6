"""An evidence file cut to the panel's loci: read only there, checked against the sequence, in one form for every kind.

A cut row is ``contig, position (nine digits), REF, ALT`` and the columns of its kind, sorted as bytes, alleles
left-aligned and parsimonious, so that an allele is found by halving. A file of another build, cut short, unsorted or
of unknown columns is refused as a whole. Rows that cannot be used (symbolic alleles, REF other than the sequence in a
file that fits otherwise, bases beyond the embedded sequence) are left out and counted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from higm_annot.evidence.kinds import CLINVAR, COVERAGE, GNOMAD, SPLICEAI, kinds
from higm_annot.evidence.layout import Layout, Line, layout_of
from higm_annot.evidence.tabix import ByteSource, Damaged, Index, check_whole, header_lines, lines_at, read_index
from higm_annot.evidence.variant_summary import is_variant_summary, summary_lines
from higm_annot.intake.normalise import PLAIN, normalise
from higm_annot.knowledge.tables import threshold
from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import parse_contig
from higm_annot.reference.types import Build, Gene, Locus, Panel, Slice

COLUMNS = {  # of a cut file, after contig, position, REF and ALT
    CLINVAR: ("record", "significance", "review", "conflicts", "conditions", "rsid"),
    GNOMAD: ("filters", "af", "an", "homozygotes", "hemizygotes", "faf95", "group", "group_af"),
}
SCORED = ("score", "detail")
COUNTS = frozenset({"an", "homozygotes", "hemizygotes"})
FREQUENCIES = frozenset({"af", "faf95", "group_af"})
OUTSIDE, SYMBOLIC, DIFFERS = "beyond_the_sequence", "not_a_sequence", "other_reference"
DELTAS = ("acceptor gain", "acceptor loss", "donor gain", "donor loss")
WIDTH = 9  # digits of a position in a cut file


class NamedSource(ByteSource, Protocol):
    """A file that is cut; its name is told in problems."""

    @property
    def name(self) -> str:
        """Name without folders."""


class Cut(Struct, frozen=True):
    """What was cut: sorted rows, how many of each gene, how many left out and why, and the date the file states."""

    rows: tuple[str, ...]
    loci: dict[str, int]
    left_out: dict[str, int]
    stated: str


class LocalFile:
    """A file on disk as ranges of bytes."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name
        self._handle = path.open("rb")
        self.size = self._handle.seek(0, 2)

    def read(self, start: int, end: int) -> bytes:
        """Bytes from ``start`` up to but not including ``end``."""
        self._handle.seek(start)
        return self._handle.read(end - start)

    def close(self) -> None:
        """Close the file."""
        self._handle.close()


def columns_of(kind: str) -> tuple[str, ...]:
    """Columns of a cut file after the allele's."""
    return COLUMNS.get(kind, SCORED)


def cut_local(paths: Sequence[Path], kind: str, build: Build, panel: Panel) -> Cut:
    """Cut files on disk, each with its index beside it, as one source.

    Raises
    ------
    Refused
        As :func:`cut_file`; HA-EVI-004 and HA-EVI-007 when a file or its index is not there.
    """
    cuts = []
    for path in paths:
        if kind == CLINVAR and path.is_file() and is_variant_summary(path):
            cuts.append(cut_summary(path, build, panel))
            continue
        beside = [path.with_name(path.name + suffix) for suffix in (".tbi", ".csi")]
        index = next((one for one in beside if one.is_file()), None)
        try:
            source = LocalFile(path)
            if index is None:
                source.close()
                raise Refused(problem("HA-EVI-007", file=path.name))
            try:
                cuts.append(cut_file(source, index.read_bytes(), kind, build, panel))
            finally:
                source.close()
        except OSError as error:
            raise Refused(problem("HA-EVI-004", file=path.name, reason=error.strerror or error)) from error
    return together(cuts, ", ".join(path.name for path in paths))


def together(cuts: Sequence[Cut], files: str) -> Cut:
    """Several files of one source (one a chromosome) as one cut.

    Raises
    ------
    Refused
        HA-EVI-013 when none has a row at a locus.
    """
    loci = {str(gene): sum(cut.loci.get(gene, 0) for cut in cuts) for gene in Gene}
    if not any(loci.values()):
        raise Refused(problem("HA-EVI-013", file=files))
    left_out: Counter[str] = Counter()
    for cut in cuts:
        left_out.update(cut.left_out)
    rows = tuple(sorted({row for cut in cuts for row in cut.rows}))
    dates = {cut.stated for cut in cuts if cut.stated}
    return Cut(rows, loci, dict(sorted(left_out.items())), min(dates) if dates else "")


def cut_file(source: NamedSource, index_content: bytes, kind: str, build: Build, panel: Panel) -> Cut:
    """Cut one file.

    Raises
    ------
    Refused
        HA-EVI-004 … HA-EVI-014: not BGZF, cut short, damaged, index of another file, unsorted, unknown or missing
        columns, of another build, a line that cannot be read.
    """
    try:
        index = read_index(index_content)
        check_whole(source, index)
        layout = layout_of(kind, header_lines(source, index), index, build, source.name)
        lines = {gene: tuple(_lines(source, index, layout, locus.slices[build])) for gene, locus in panel.loci.items()}
    except Damaged as damage:
        raise Refused(problem(damage.code, file=source.name, reason=damage.reason)) from damage
    if kind == COVERAGE:
        return _covered(lines, panel, layout.stated)
    return _checked(lines, kind, build, panel, source.name, layout.stated, Counter())


def cut_summary(path: Path, build: Build, panel: Panel) -> Cut:
    """Cut ClinVar's tab-separated summary, which has no index.

    Raises
    ------
    Refused
        As :func:`higm_annot.evidence.variant_summary.summary_lines`; HA-EVI-012 when its bases are not the build's.
    """
    left_out: Counter[str] = Counter()
    try:
        lines = summary_lines(path, build, panel, left_out)
    except OSError as error:
        raise Refused(problem("HA-EVI-004", file=path.name, reason=error.strerror or error)) from error
    return _checked(lines, CLINVAR, build, panel, path.name, "", left_out)


def _checked(
    lines: Mapping[Gene, Sequence[Line]],
    kind: str,
    build: Build,
    panel: Panel,
    file: str,
    stated: str,
    left_out: Counter[str],
) -> Cut:
    """The lines of every locus as cut rows, after the build was proved by the bases."""
    _check_build(lines, panel, build, file)
    rows: set[str] = set()
    loci = {}
    for gene, found in lines.items():
        try:
            own = set(_rows(found, panel.loci[gene], build, kind, left_out))
        except ValueError as error:
            reason = f"{str(error)[:60]!r} at a place of {gene} is not a number, or not one of the scale"
            raise Refused(problem("HA-EVI-014", file=file, reason=reason)) from None
        loci[str(gene)] = len(own)
        rows |= own
    return Cut(tuple(sorted(rows)), loci, {name: count for name, count in left_out.items() if count}, stated)


def _lines(source: NamedSource, index: Index, layout: Layout, piece: Slice) -> Iterator[Line]:
    """The lines of one locus, which must stand in the order of their positions."""
    for name in (name for name in index.names if parse_contig(name) is piece.contig):
        before = 0
        for chunk in index.chunks(name, piece.start, piece.end):
            for text in lines_at(source, chunk):
                if not text.startswith(f"{name}\t"):
                    continue
                line = layout.read(text, source.name, piece.build)
                if line.pos < before:
                    raise Refused(problem("HA-EVI-009", file=source.name, site=f"{name}:{line.pos}"))
                before = line.pos
                if piece.start <= line.pos <= piece.end:
                    yield line


def _check_build(lines: Mapping[Gene, Sequence[Line]], panel: Panel, build: Build, file: str) -> None:
    """Whether the REF bases are those of the build.

    Raises
    ------
    Refused
        HA-EVI-012 when more than a few are not.
    """
    compared = differ = 0
    for gene, found in lines.items():
        piece = panel.loci[gene].slices[build]
        for line in found:
            if PLAIN.issuperset(line.ref.upper()) and piece.covers(line.pos, line.pos + len(line.ref) - 1):
                compared += 1
                differ += not _fits(piece, line)
    if differ > compared * threshold("evidence_other_reference_max"):
        reason = f"{differ} of {compared} REF bases at the loci are not those of the sequence"
        raise Refused(problem("HA-EVI-012", file=file, build=build, reason=reason))


def _fits(piece: Slice, line: Line) -> bool:
    return piece.bases(line.pos, line.pos + len(line.ref) - 1) == line.ref.upper()


def _rows(found: Iterable[Line], locus: Locus, build: Build, kind: str, left_out: Counter[str]) -> Iterator[str]:
    """Rows of one locus; what cannot be used is counted."""
    piece = locus.slices[build]
    for line in found:
        for number, alt in enumerate(line.alts):
            if alt in (".", ""):
                continue
            if not PLAIN.issuperset(line.ref.upper() + alt.upper()):
                left_out[SYMBOLIC] += 1
            elif not piece.covers(line.pos, line.pos + len(line.ref) - 1):
                left_out[OUTSIDE] += 1
            elif not _fits(piece, line):
                left_out[DIFFERS] += 1
            else:
                allele = normalise(piece, build, locus.contig, line.pos, line.ref, alt)
                place = (locus.contig, f"{allele.pos:0{WIDTH}d}", allele.ref, allele.alt)
                for cells in _cells(kind, line, number, locus):
                    yield "\t".join((*place, *cells))


def _cells(kind: str, line: Line, number: int, locus: Locus) -> Iterator[tuple[str, ...]]:
    """The columns of a kind for one allele of a line; "." and nothing are the same."""

    def value(name: str) -> str:
        found = line.values.get(name, "")
        parts = found.split(",")
        found = parts[number] if kind == GNOMAD and len(parts) == len(line.alts) > 1 else found
        return "" if found == "." else found

    limit = kinds()[kind].highest
    if kind == CLINVAR:
        yield tuple(value({"record": "id"}.get(name, name)).replace("_", " ") for name in COLUMNS[CLINVAR])
    elif kind == GNOMAD:
        cells = {name: value(name) for name in COLUMNS[GNOMAD]}
        cells |= {name: _number(cells[name]) for name in COUNTS}
        cells |= {name: _number(cells[name], limit) for name in FREQUENCIES}
        if not locus.contig.is_sex_linked:
            cells["hemizygotes"] = ""
        yield tuple(cells.values())
    elif kind == SPLICEAI:
        for entry in value("scores").split(","):
            allele, _, rest = entry.partition("|")
            symbol, *deltas = rest.split("|")
            if symbol not in (locus.gene, ".", ""):  # another gene's scores, on the other strand at IKBKG
                continue
            if allele == line.alts[number] and len(deltas) >= len(DELTAS) and all(deltas[: len(DELTAS)]):
                named = zip(DELTAS, deltas[: len(DELTAS)], strict=True)
                highest = max((_number(delta, limit) for delta in deltas[: len(DELTAS)]), key=float)
                yield highest, ", ".join(f"{name} {delta}" for name, delta in named)
    elif value("score"):
        yield (
            _number(value("score"), limit),
            ", ".join(part for part in (value("detail"), value("transcript")) if part),
        )


def _number(text: str, highest: float | None = None) -> str:
    """A number as it stands, or nothing.

    Raises
    ------
    ValueError
        When it is not one, or lies beyond the scale: then it is another column's, and would count as the strongest.
    """
    limit = math.inf if highest is None else highest
    if text and not (math.isfinite(float(text)) and 0 <= float(text) <= limit):
        raise ValueError(text)
    return text


def _covered(lines: Mapping[Gene, Sequence[Line]], panel: Panel, stated: str) -> Cut:
    """Stretches of bases with their number of alleles, rounded down, or the share of people read 20 times and more."""
    rows: list[str] = []
    loci = {}
    for gene, found in lines.items():
        contig = panel.loci[gene].contig
        loci[str(gene)] = len(found)
        start, before, told = 0, -1, ""
        for line in found:
            said = f"{_rounded_down(line.values.get('alleles', ''))}\t{line.values.get('over20', '')[:4]}"
            if line.pos != before + 1 or said != told:
                rows += [_stretch(contig, start, before, told)] if start else []
                start, told = line.pos, said
            before = line.pos
        rows += [_stretch(contig, start, before, told)] if start else []
    return Cut(tuple(sorted(rows)), loci, {}, stated)


def _stretch(contig: str, start: int, end: int, told: str) -> str:
    return f"{contig}\t{start:0{WIDTH}d}\t{end:0{WIDTH}d}\t{told}"


def _rounded_down(text: str) -> str:
    """A number of alleles with its first two digits: never more than was read."""
    if not text.isdigit():
        return ""
    return text[:2] + "0" * (len(text) - 2)
