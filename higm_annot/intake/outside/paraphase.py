"""paraphase JSON: copies of PMS2 and PMS2CL, of IKBKG and IKBKGP1, phased from long reads.

Fields as paraphase documents them (docs/json.md, docs/PMS2.md, docs/IKBKG.md of PacificBiosciences/paraphase): the
haplotypes of a region with their names, boundaries and substitutions in coordinates of the gene, the copies of the
gene, haplotypes present twice, and for IKBKG those with the 11.7-kb deletion. Insertions and deletions are not listed
there, so nothing is said about them.
"""

from __future__ import annotations

import re

import msgspec
from msgspec import Struct

from higm_annot.intake.types import Copy, Haplotype, Haplotypes, OutsideCall
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

# Names of haplotypes in the JSON, older ones included.
_NAMES = {
    "PMS2": (
        (Copy.PSEUDOGENE, re.compile(r"pms2_pms2clhap\d+")),
        (Copy.GENE, re.compile(r"pms2_pms2hap\d+")),
    ),
    "IKBKG": (
        (Copy.PSEUDOGENE, re.compile(r"(ikbkg_pseudo|pseudo_)hap\d+")),
        (Copy.GENE, re.compile(r"ikbkg_(ikbkg)?hap\d+")),
    ),
}
_BUILDS = {"38": Build.GRCH38, "hg38": Build.GRCH38, "19": Build.GRCH37, "37": Build.GRCH37, "hg19": Build.GRCH37}
_CHANGE = re.compile(r"(\d+)_([ACGT])_([ACGT])")


class _Details(Struct):
    boundary: tuple[int, int]
    variants: list[str]


class _Own(Struct):
    deletion_haplotypes: list[str] | None = None


class _Region(Struct):
    """The fields that are read; a region has many more."""

    final_haplotypes: dict[str, str] | None = None
    haplotype_details: dict[str, _Details] | None = None
    two_copy_haplotypes: list[str] | None = None
    gene_cn: int | None = None
    phase_region: str | None = None
    deletion_haplotypes: list[str] | None = None
    region_specific_info: _Own | None = None


def read(path: str, text: str, word: OutsideCall) -> Haplotypes:
    """The phased copies of one gene.

    Raises
    ------
    Refused
        When it is not a paraphase JSON, does not hold the gene, or its coordinates are not those of one known build.
    """
    if word.gene not in _NAMES:
        raise Refused(_unusable(path, word, f"paraphase does not cover {word.gene}"))
    name = word.gene.lower()
    try:
        regions = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        if name not in regions:
            held = ", ".join(sorted(regions)[:8]) or "nothing"
            raise Refused(_unusable(path, word, f"it does not hold {name} (it holds {held})"))
        region = msgspec.json.decode(regions[name], type=_Region)
    except msgspec.MsgspecError as error:
        raise Refused(_unusable(path, word, str(error))) from None
    haplotypes = _haplotypes(path, region, word)
    return Haplotypes(word, _build(path, region, word, haplotypes), region.gene_cn, haplotypes)


def _unusable(path: str, word: OutsideCall, reason: str) -> Problem:
    return problem("HA-OUT-008", file=path, sample=word.sample, gene=word.gene, reason=reason)


def _haplotypes(path: str, region: _Region, word: OutsideCall) -> tuple[Haplotype, ...]:
    twice = region.two_copy_haplotypes or ()
    own = region.region_specific_info or _Own()
    deleted = region.deletion_haplotypes or own.deletion_haplotypes or ()
    details = region.haplotype_details or {}
    names = sorted((region.final_haplotypes or {}).values())
    lacking = sorted(set(names) - details.keys())
    if lacking:
        raise Refused(_unusable(path, word, f"the haplotype {lacking[0]} has no details"))
    found = []
    for name in names:
        start, end = details[name].boundary
        changes = (_CHANGE.fullmatch(change) for change in details[name].variants)
        found.append(
            Haplotype(
                name=name,
                copy=next((copy for copy, pattern in _NAMES[word.gene] if pattern.fullmatch(name)), Copy.UNKNOWN),
                copies=2 if name in twice else 1,
                start=start,
                end=end,
                changes=frozenset((int(one[1]), one[2], one[3]) for one in changes if one),
                deleted=name in deleted,
            )
        )
    return tuple(found)


def _build(path: str, region: _Region, word: OutsideCall, haplotypes: tuple[Haplotype, ...]) -> Build:
    """The build of the coordinates: as the file states it, and as its places and reference bases show it."""
    stated = (region.phase_region or "").partition(":")[0]
    if stated and stated not in _BUILDS:
        raise Refused(_unusable(path, word, f"its build is {stated}"))
    candidates = [build for build in Build if not stated or _BUILDS[stated] is build]
    fitting = [build for build in candidates if _fits(word.gene, build, haplotypes)]
    if len(fitting) != 1 or not haplotypes:
        reason = "its places and reference bases are not those of the gene" if haplotypes else "it has no haplotypes"
        raise Refused(_unusable(path, word, reason))
    return fitting[0]


def _fits(gene: Gene, build: Build, haplotypes: tuple[Haplotype, ...]) -> bool:
    piece = load_panel().loci[gene].slices[build]
    return all(
        one.start <= piece.end
        and one.end >= piece.start
        and all(piece.base(pos) == ref for pos, ref, _ in one.changes if piece.covers(pos, pos))
        for one in haplotypes
    )
