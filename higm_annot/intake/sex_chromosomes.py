"""Counts on the whole of X and Y of a file, for ``--sex-check``: one pass over the records of these two contigs.

Counted are single-base changes that passed the filters, outside the regions of ``sex_check_regions.tsv``. What makes a
call well-read is what the file gives of depth, genotype quality and reads per allele; a field that is absent asks
nothing. No more than counts leaves this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from higm_annot.intake.files import IndexUnusable, read_header, records_on
from higm_annot.intake.header import Header
from higm_annot.intake.records import BLOCK_MARKERS
from higm_annot.intake.types import SexChromosomes
from higm_annot.knowledge.sex_check import left_out
from higm_annot.knowledge.tables import threshold, words
from higm_annot.reference.contigs import parse_contig, spellings
from higm_annot.reference.types import Build, Contig

X = Contig("X")
# The accessions are those of both builds (RefSeq NC_000024.9 and .10, GenBank CM000686.1 and .2).
Y_NAMES = frozenset(
    {prefix + name for prefix in ("", "chr", "Chr", "CHR") for name in ("Y", "y", "24")}
    | {"NC_000024.9", "NC_000024.10", "CM000686.1", "CM000686.2"}
)
BASES = frozenset((b"A", b"C", b"G", b"T", b"a", b"c", b"g", b"t"))
UNCOUNTED_ALTS = frozenset(marker.encode() for marker in (*BLOCK_MARKERS, "*"))
COLUMNS = 9  # before the samples
SAME, DIFFERENT = "same", "different"


class _Limits(Struct, frozen=True):
    """What a well-read call has at least, and the share of reads of either allele of a heterozygous one."""

    depth: float
    quality: float
    balance: tuple[float, float]
    passing: frozenset[bytes]


def read_sex_chromosomes(path: str, samples: Iterable[str], build: Build) -> dict[str, SexChromosomes]:
    """Counts of each of these samples of a file.

    Parameters
    ----------
    path
        VCF or BCF. An index is used where there is one; without it the file is read a second time.
    samples
        Names of columns; others of the file are not looked at.
    build
        The established build, for the regions that are not counted.

    Raises
    ------
    Refused
        When the file cannot be read to its end.
    """
    header = read_header(path)
    wanted = [name for name in dict.fromkeys(samples) if name in header.samples]
    try:
        return _counted(path, header, wanted, build, use_index=True)
    except IndexUnusable:
        return _counted(path, header, wanted, build, use_index=False)


def _counted(
    path: str, header: Header, samples: Sequence[str], build: Build, *, use_index: bool
) -> dict[str, SexChromosomes]:
    limits = _Limits(
        depth=threshold("min_call_depth"),
        quality=threshold("min_gq"),
        balance=(threshold("het_balance_low"), threshold("het_balance_high")),
        passing=frozenset(word.encode() for word in (*words("filters_pass"), *words("filters_not_quality"))),
    )
    x_names = {*spellings(X), *(line.name for line in header.contigs if parse_contig(line.name) is X)}
    counts = {contig: _Counts(header, samples, limits, left_out(contig, build)) for contig in ("X", "Y")}
    by_name = {name.encode(): counts["X"] for name in x_names} | {name.encode(): counts["Y"] for name in Y_NAMES}
    for line in records_on(path, frozenset(name.decode() for name in by_name), use_index=use_index):
        cells = line.split(b"\t", COLUMNS)
        if len(cells) > COLUMNS:
            by_name[cells[0]].see(cells)
    x, y = counts["X"], counts["Y"]
    return {
        name: SexChromosomes(
            x_places=x.same[number] + x.different[number],
            x_heterozygous=x.different[number],
            y_places=y.places,
            y_changed=y.same[number],
        )
        for number, name in enumerate(samples)
    }


class _Counts:
    """Changes of one contig: places listed, and by sample those with one allele and with two."""

    def __init__(
        self, header: Header, samples: Sequence[str], limits: _Limits, left_out_: Sequence[tuple[int, int]]
    ) -> None:
        self.columns = [header.samples.index(name) for name in samples]
        self.limits, self.left_out = limits, left_out_
        self.places = 0
        self.same, self.different = [0] * len(samples), [0] * len(samples)
        self._kinds: dict[bytes, str] = {}

    def see(self, cells: list[bytes]) -> None:
        """Count one record, given as its first nine columns and the rest."""
        if not (cells[1].isdigit() and self._counts_here(int(cells[1])) and _single_bases(cells[3], cells[4])):
            return
        if not self.limits.passing.issuperset(cells[6].split(b";")):
            return
        keys = cells[8].split(b":")
        if keys[0] != b"GT":
            return
        self.places += 1
        columns = cells[9].split(b"\t")
        for number, column in enumerate(self.columns):
            values = columns[column].split(b":") if column < len(columns) else [b"."]
            kind = self._kind(values[0])
            if kind and _well_read(dict(zip(keys, values, strict=False)), kind, self.limits):
                counted = self.same if kind is SAME else self.different
                counted[number] += 1

    def _counts_here(self, pos: int) -> bool:
        return not any(start <= pos <= end for start, end in self.left_out)

    def _kind(self, genotype: bytes) -> str:
        """``same`` for one changed allele on every written copy, ``different`` for two alleles, else empty."""
        known = self._kinds.get(genotype)
        if known is None:
            indices = set(genotype.replace(b"|", b"/").lstrip(b"/").split(b"/"))
            known = "" if b"." in indices or indices == {b"0"} else SAME if len(indices) == 1 else DIFFERENT
            self._kinds[genotype] = known
        return known


def _single_bases(ref: bytes, alt: bytes) -> bool:
    """Whether a record lists substitutions of one base only, beside the marker of a gVCF."""
    alts = [one for one in alt.split(b",") if one not in UNCOUNTED_ALTS]
    return ref in BASES and bool(alts) and BASES.issuperset(alts)


def _well_read(fields: dict[bytes, bytes], kind: str, limits: _Limits) -> bool:
    depth, quality = _number(fields.get(b"DP")), _number(fields.get(b"GQ"))
    reads = [found for one in fields.get(b"AD", b"").split(b",") if (found := _number(one)) is not None]
    if depth is None and reads:
        depth = sum(reads)
    if (depth is not None and depth < limits.depth) or (quality is not None and quality < limits.quality):
        return False
    most = sorted(reads)[-2:]
    if kind is SAME or len(most) < len((SAME, DIFFERENT)) or not sum(most):
        return True
    low, high = limits.balance
    return low <= most[0] / sum(most) <= high


def _number(text: bytes | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
