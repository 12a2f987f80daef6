"""Records of the established build, with everything that does not depend on a person.

Every ALT gets a view: its allele, or the rule that sets it aside. Rules: ``spanning_deletion`` (``*``),
``reference_block_marker`` (``<NON_REF>``, ``<*>``), ``breakend_not_assessed``, ``unsupported_alt``, ``end_not_given``
(a structural type without END and SVLEN), ``ref_mismatch``, ``in_pseudogene`` (records of the pseudogene regions; but
the recurrent deletion called there is handed on, see :func:`_with_twins`).
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.intake import structural
from higm_annot.intake.normalise import BASES, normalise, reference_agrees, slice_over
from higm_annot.intake.sieve import Cut, Line
from higm_annot.intake.types import Allele, Place
from higm_annot.knowledge.recurrent import deletion_in_gene, deletion_in_pseudogene
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.types import Build, Contig, Gene, Panel, Region, RegionRole, Slice

STRUCTURAL = re.compile(r"<(?:DEL|DUP|INS|INV|CNV)(?::[A-Z0-9_:]+)?>")
READ_FIGURES = re.compile(r"(?:^|;)(FS|SOR|MQ)=([^;,]+)(?=;|$)")
BLOCK_MARKERS = frozenset({"<NON_REF>", "<*>", "<X>"})
BREAKEND_TYPES = frozenset({"<BND>", "<TRA>"})
SPANNING = frozenset({"*", "<DEL:*>"})
NOT_READ = frozenset({"breakend_not_assessed", "unsupported_alt", "end_not_given"})
NOT_CARRIED = frozenset({"spanning_deletion", "reference_block_marker"})


class View(Struct, frozen=True):
    """One ALT of a record; ``index`` counts from 1, and is 0 for the single unit of a record without ALT.

    ``allele`` is None exactly when ``rule`` says why the unit is set aside, or for index 0. The one exception is
    ``in_pseudogene``: a rule, and the allele of the gene that stands for those who carry it. ``told`` are the last
    bases by END and by SVLEN where they differ. ``genes``: those touched by an ALT that the program does not read.
    ``further``: the allele at each further gene that it touches.
    """

    index: int
    alt: str
    rule: str
    allele: Allele | None
    key: str
    told: tuple[int, int] | None = None
    in_pseudogene: bool = False
    genes: tuple[Gene, ...] = ()
    further: tuple[Allele, ...] = ()


class Columns:
    """The sample columns of a record in one text: a string for each would cost a file of many people most memory."""

    __slots__ = ("_ends", "_text")

    def __init__(self, cells: Sequence[str]) -> None:
        self._text = "".join(cells)
        self._ends = array("L", accumulate(map(len, cells)))

    def __getitem__(self, number: int) -> str:
        """One column, counted from 0."""
        return self._text[self._ends[number - 1] if number else 0 : self._ends[number]]


class Site(Struct, frozen=True):
    """A record; ``keys`` gives the place of each FORMAT field, ``columns`` the sample columns.

    ``shows_reference`` is False where a 0/0 genotype proves nothing: REF is wrong here, or the site is not in a locus.
    ``is_block`` marks records that speak of reference bases only (gVCF blocks, ALT ``.``). ``depth`` is INFO DP, in
    files of one sample; ``strand_bias``, ``strand_odds`` and ``mapping_quality`` are INFO FS, SOR and MQ.
    """

    place: Place
    contig: Contig
    end: int
    quality: float | None
    filters: tuple[str, ...]
    keys: dict[str, int]
    columns: Columns
    views: tuple[View, ...]
    shows_reference: bool
    is_block: bool
    depth: int | None
    pseudogene_of: str
    strand_bias: float | None = None
    strand_odds: float | None = None
    mapping_quality: float | None = None


def sites_of(cut: Cut, panel: Panel, build: Build) -> tuple[tuple[Site, ...], tuple[Problem, ...]]:
    """All records of the cut that overlap a region of ``build``, and a problem for each REF that is not the reference.

    Raises
    ------
    Refused
        When a REF is not a sequence of bases (HA-VCF-013).
    """
    regions = [region for region in panel.regions if region.build is build]
    formats: dict[str, dict[str, int]] = {}
    sites: list[Site] = []
    problems: list[Problem] = []
    for line in cut.lines:
        touched = regions_touched(line, regions)
        if touched:
            site, fault = _site(cut, line, touched, panel, build, formats)
            sites.append(site)
            problems += fault
    return _with_twins(sites, panel, build), tuple(problems)


def _with_twins(sites: list[Site], panel: Panel, build: Build) -> tuple[Site, ...]:
    """The recurrent deletion called in the pseudogene as the gene's allele that it may be.

    Short reads of the two places cannot be told apart, so that a caller may put the gene's deletion there. Where the
    file holds it in the gene as well, both are one allele.
    """
    gene = deletion_in_gene(panel, build)
    if gene is None or not any(view.in_pseudogene for site in sites for view in site.views):
        return tuple(sites)
    alleles = {view.allele for site in sites for view in site.views if view.allele is not None}
    known = min(
        (allele for allele in alleles if structural.is_this(gene, allele)),
        default=structural.as_allele(gene, panel.loci[gene.gene].slices[build]),
    )
    return tuple(
        replace(
            site,
            views=tuple(
                replace(view, allele=known, key=known.key) if view.in_pseudogene else view for view in site.views
            ),
        )
        for site in sites
    )


def regions_touched(line: Line, regions: Iterable[Region]) -> list[Region]:
    """The regions that a record reaches."""
    return [
        region
        for region in regions
        if region.contig is line.contig and line.pos <= region.end and line.end >= region.start
    ]


def _site(
    cut: Cut, line: Line, regions: list[Region], panel: Panel, build: Build, formats: dict[str, dict[str, int]]
) -> tuple[Site, list[Problem]]:
    cells = line.text.split("\t")
    _, _, _, ref, alt_text, quality, filters, info = cells[:8]
    check_ref(cut.file, line, ref)
    alts = () if alt_text == "." else tuple(alt_text.split(","))
    in_locus = any(region.role is RegionRole.LOCUS for region in regions)
    piece = _piece(panel, build, line, len(ref)) if in_locus else None
    faults = _ref_fault(cut.file, line, ref, alts, piece, build)
    rule = "ref_mismatch" if faults else "" if in_locus else "in_pseudogene"
    fields = structural.info_fields(info) if "<" in alt_text else {}
    read = tuple(structural.plain_type(alt) for alt in alts)
    layout = cells[8] if len(cells) > 8 else ""
    if layout not in formats:
        formats[layout] = {name: place for place, name in reversed(list(enumerate(layout.split(":"))))}
    figures = _read_figures(info)
    views = tuple(
        _view(line, panel, build, ref, Spelled(index, read, fields, alts[index], piece), _own_rule(alt, ref) or rule)
        for index, alt in enumerate(read)
    )
    views = tuple(
        replace(view, alt=alt, genes=genes_touched(line, alt, view.rule, fields, panel, build))
        for view, alt in zip(views, alts, strict=True)
    )
    site = Site(
        place=Place(cut.file, line.number, line.name, line.pos, ref, alts),
        contig=line.contig,
        end=line.end,
        quality=number_of(quality),
        filters=() if filters in (".", "") else tuple(filters.split(";")),
        keys=formats[layout],
        columns=Columns(cells[9:]),
        views=views or (View(0, ".", rule, None, ""),),
        shows_reference=in_locus and not faults,
        is_block=all(alt in BLOCK_MARKERS for alt in alts),
        depth=_info_depth(info) if len(cells) == 10 else None,
        pseudogene_of="" if in_locus else str(regions[0].gene),
        strand_bias=figures.get("FS"),
        strand_odds=figures.get("SOR"),
        mapping_quality=figures.get("MQ"),
    )
    return site, faults


def check_ref(file: str, line: Line, ref: str) -> None:
    """Refuse a REF that is not made of bases (ambiguity codes and lower case are).

    Raises
    ------
    Refused
        With HA-VCF-013.
    """
    if not ref or not BASES.issuperset(ref.upper()):
        site = "" if line.number else f"{line.name}:{line.pos}"
        raise Refused(problem("HA-VCF-013", file=file, line=line.number, site=site, value=ref[:20]))


def is_structural(alts: tuple[str, ...]) -> bool:
    """Whether every ALT is a structural type: such records may carry any base as REF."""
    return bool(alts) and all(alt.startswith("<") and alt not in BLOCK_MARKERS for alt in alts)


def overlapping_slice(panel: Panel, build: Build, contig: Contig, start: int, end: int) -> Slice | None:
    """An embedded sequence that shares a base with ``start``-``end``."""
    for locus in panel.loci.values():
        piece = locus.slices[build]
        if locus.contig is contig and start <= piece.end and end >= piece.start:
            return piece
    return None


def _piece(panel: Panel, build: Build, line: Line, ref_length: int) -> Slice | None:
    last = line.pos + ref_length - 1
    whole = slice_over(panel, build, line.contig, line.pos, last)
    return whole or overlapping_slice(panel, build, line.contig, line.pos, last)


def _ref_fault(
    file: str, line: Line, ref: str, alts: tuple[str, ...], piece: Slice | None, build: Build
) -> list[Problem]:
    """The problem of a REF that differs from the embedded sequence."""
    if piece is None or is_structural(alts) or reference_agrees(piece, line.pos, ref) is not False:
        return []
    start, end = max(line.pos, piece.start), min(line.pos + len(ref) - 1, piece.end)
    return [
        problem(
            "HA-VCF-018",
            file=file,
            line=line.number,
            site=f"{line.name}:{line.pos}",
            ref=_short(ref),
            expected=_short(piece.bases(start, end)),
            build=build,
        )
    ]


def _short(bases: str) -> str:
    return bases if len(bases) <= 20 else f"{bases[:17]}… ({len(bases)} bases)"


class Spelled(Struct, frozen=True):
    """An ALT of a record: its number (from 0), all ALTs as they are read, INFO where one is symbolic, its own text.

    ``piece`` is the embedded sequence there.
    """

    place: int
    alts: tuple[str, ...]
    info: structural.Fields
    written: str
    piece: Slice | None


def genes_touched(
    line: Line, alt: str, rule: str, info: structural.Fields, panel: Panel, build: Build
) -> tuple[Gene, ...]:
    """The genes of whose reading an ALT that is not read takes the ground away.

    A record reaches to its last base; a breakend to its mate, with everything between on the same contig, which may be
    lost or turned around.
    """
    if rule not in NOT_READ:
        return ()
    spans = [(line.contig, line.pos, line.end)]
    if rule == "breakend_not_assessed":
        mate = structural.mate_of(alt, info)
        spans = [(line.contig, line.pos, line.pos), *([(*mate, mate[1])] if mate else [])]
        if mate and mate[0] is line.contig:
            spans = [(line.contig, min(line.pos, mate[1]), max(line.pos, mate[1]))]
    return tuple(
        gene
        for gene, locus in panel.loci.items()
        for contig, start, end in spans
        if locus.contig is contig and start <= locus.slices[build].end and end >= locus.slices[build].start
    )


def _view(line: Line, panel: Panel, build: Build, ref: str, spelled: Spelled, rule: str) -> View:
    """One ALT with its allele in normal form, or with the rule that sets it aside."""
    place, alt, piece = spelled.place, spelled.alts[spelled.place], spelled.piece
    if rule not in ("", "in_pseudogene"):
        return View(place + 1, alt, rule, None, "")
    told = None
    if alt.startswith("<"):
        ends = structural.ends_of(line.pos, place, spelled.alts, spelled.info)
        kind = structural.type_of(alt, place, spelled.alts, spelled.info)
        allele = structural.symbolic(build, line.contig, line.pos, ref.upper()[0], kind, ends, piece)
        rule, told = rule or ("end_not_given" if ends.end is None else ""), ends.told
        if spelled.written != alt:  # a number of copies has no breakpoints
            allele = replace(allele, exact=False)
    else:
        allele = normalise(piece, build, line.contig, line.pos, ref, alt)
    if rule:
        twin = deletion_in_pseudogene(build) if rule == "in_pseudogene" else None
        # Of a <CNV> the count says later whether it is a loss.
        lost = replace(allele, alt="<DEL>") if alt == "<CNV>" else allele
        return View(
            place + 1, alt, rule, None, "", told, in_pseudogene=twin is not None and structural.is_this(twin, lost)
        )
    allele, *further = at_each_gene(allele, panel)
    return View(place + 1, alt, "", allele, allele.key, told, further=tuple(further))


def at_each_gene(allele: Allele, panel: Panel) -> list[Allele]:
    """A structural allele once for every gene that it touches; any other allele as it is."""
    if not allele.is_symbolic:
        return [allele]
    slices = [
        (gene, piece)
        for gene, piece in ((gene, locus.slices[allele.build]) for gene, locus in panel.loci.items())
        if piece.contig is allele.contig and allele.pos <= piece.end and allele.end >= piece.start
    ]
    if len(slices) < 2:
        return [allele]
    return [
        replace(allele, near=(piece.start, piece.end), part=str(gene) if number else "")
        for number, (gene, piece) in enumerate(slices)
    ]


def _own_rule(alt: str, ref: str) -> str:
    """The rule that sets an ALT aside for what it is, or nothing."""
    if alt in SPANNING:
        return "spanning_deletion"
    if alt in BLOCK_MARKERS:
        return "reference_block_marker"
    if alt in BREAKEND_TYPES or "[" in alt or "]" in alt or (len(alt) > 1 and "." in (alt[0], alt[-1])):
        return "breakend_not_assessed"
    if alt.startswith("<"):
        return "" if STRUCTURAL.fullmatch(alt) else "unsupported_alt"
    return "" if alt and BASES.issuperset(alt.upper()) and alt.upper() != ref.upper() else "unsupported_alt"


def _info_depth(info: str) -> int | None:
    for entry in info.split(";"):
        if entry.startswith("DP=") and entry[3:].isdigit():
            return int(entry[3:])
    return None


def _read_figures(info: str) -> dict[str, float | None]:
    """What INFO says of the reads at a record: FS and SOR (strand), MQ (mapping); annotations are passed over."""
    return {found[1]: number_of(found[2]) for found in READ_FIGURES.finditer(info)}


def number_of(text: str) -> float | None:
    """A figure as BCF keeps it (six digits), so that both forms of a file read alike; None for NaN."""
    try:
        number = float(f"{float(text):.6g}")
    except ValueError:
        return None
    return None if math.isnan(number) else number
