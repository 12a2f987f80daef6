"""FORMAT fields of one sample column: genotype indices, reads, strands, quality; None where the file does not say.

Fields per allele are read through the local alleles of VCF 4.5 (LAA with LAD, LADF, LADR) where the plain field is
absent or missing. LGT (and LA, which lists REF too) are no fields of the specification; programs that scale to many
samples write them, and they are read by the same rule.
"""

from __future__ import annotations

from higm_annot.intake.gt import Indices, localised, parse_gt
from higm_annot.intake.records import BLOCK_MARKERS, Site, number_of

STRANDS = 4


def value_of(site: Site, values: list[str], key: str) -> str | None:
    """A FORMAT value as written; None when absent or missing."""
    place = site.keys.get(key)
    if place is None or place >= len(values) or values[place] in (".", ""):
        return None
    return values[place]


def words_of(site: Site, values: list[str], key: str) -> tuple[str, ...]:
    """A list of words, split at semicolons (FT in the specification) or commas (FT as some programs write it)."""
    text = value_of(site, values, key)
    return () if text is None else tuple(word for word in text.replace(",", ";").split(";") if word)


def integer_of(text: str | None) -> int | None:
    """A number without sign."""
    return int(text) if text is not None and text.isdecimal() and text.isascii() else None


def float_of(text: str | None) -> float | None:
    """A number as BCF keeps it (six digits), so that both forms of a file read alike; None for NaN."""
    return None if text is None else number_of(text)


def indices_of(site: Site, values: list[str]) -> Indices | None:
    """Allele indices of a column, as indices of the record; None where the record has no genotype.

    GT names alleles of the record even beside local alleles. LGT counts where GT is absent or not called at all.

    Raises
    ------
    ValueError
        When the genotype cannot be read, or names local alleles that the record does not explain.
    """
    alts = len(site.place.alts)
    plain = parse_gt(_given(values, site.keys["GT"]), alts) if "GT" in site.keys else None
    local = value_of(site, values, "LGT")
    if local is None or (plain is not None and set(plain.values) != {None}):
        return parse_gt(".", alts) if plain is None and "LGT" in site.keys else plain
    table = _local_alts(site, values)
    return localised(parse_gt(local, len(table)), table, alts)


def reads_of(site: Site, index: int, values: list[str]) -> tuple[int | None, int | None]:
    """Reads of REF and of an ALT: AD (one number an allele), LAD, RD with AD, or RO and AO."""
    alts = len(site.place.alts)
    found = _of_allele(site, values, "AD", index)
    if found != (None, None):
        return found
    depths = _integers(value_of(site, values, "AD"))
    if len(depths) == alts and "RD" in site.keys:
        return integer_of(value_of(site, values, "RD")), depths[index - 1]
    observed = _integers(value_of(site, values, "AO"))
    return integer_of(value_of(site, values, "RO")), observed[index - 1] if len(observed) == alts else None


def depth_of(site: Site, values: list[str]) -> int | None:
    """Reads at the place: DP of the sample, or of the record in files of one sample."""
    depth = integer_of(value_of(site, values, "DP"))
    return site.depth if depth is None else depth


def mapping_quality_of(site: Site, values: list[str]) -> float | None:
    """Mapping quality of the reads: MQ of the sample, else of the record."""
    own = float_of(value_of(site, values, "MQ"))
    return site.mapping_quality if own is None else own


def strands_of(site: Site, index: int, values: list[str]) -> tuple[int, int, int, int] | None:
    """Reads of REF and of an ALT on either strand: ADF with ADR, or SB of a record with one ALT.

    SB counts all alternates of a record together, so that it says nothing of one among several.
    """
    (ref_forward, alt_forward), (ref_reverse, alt_reverse) = (
        _of_allele(site, values, key, index) for key in ("ADF", "ADR")
    )
    counts = [ref_forward, ref_reverse, alt_forward, alt_reverse]
    if None in counts:
        single = sum(alt not in BLOCK_MARKERS for alt in site.place.alts) == 1
        counts = _integers(value_of(site, values, "SB")) if single else []
    first, second, third, fourth = counts if len(counts) == STRANDS else [None] * STRANDS
    if first is None or second is None or third is None or fourth is None:
        return None
    return first, second, third, fourth


def _of_allele(site: Site, values: list[str], key: str, index: int) -> tuple[int | None, int | None]:
    """REF's and an ALT's number of a field with one number an allele, plain or local."""
    numbers = _integers(value_of(site, values, key))
    if len(numbers) == len(site.place.alts) + 1 and any(number is not None for number in numbers):
        return numbers[0], numbers[index]
    local = _integers(value_of(site, values, f"L{key}"))
    table = (0, *_local_alts(site, values)) if local else ()
    if not local or len(local) != len(table):
        return None, None
    return local[0], local[table.index(index)] if index in table else None


def _local_alts(site: Site, values: list[str]) -> tuple[int, ...]:
    """Local alternates as 1-based indices into ALT: LAA, or LA without the REF it begins with.

    A missing LAA is an empty one: BCF cannot write an empty list. An index of 0 (which is no ALT) stands for what is
    not a number, so that it is refused where it is used.
    """
    if "LAA" in site.keys:
        return tuple(local or 0 for local in _integers(value_of(site, values, "LAA")))
    listed = _integers(value_of(site, values, "LA"))
    return tuple(local or 0 for local in listed[1:]) if listed[:1] == [0] else ()


def _given(values: list[str], place: int) -> str:
    return values[place] if place < len(values) else "."


def _integers(text: str | None) -> list[int | None]:
    return [] if text is None else [integer_of(part) for part in text.split(",")]
