"""The genome build, established from three witnesses together and never guessed.

The witnesses are the contig lengths of the header, accessions used as contig names, and the REF bases at the loci. The
two builds hold the loci at different places, so the REF bases of all records near either build's places are compared
with that build's sequence. Text in the header is a weak witness: it can tip a balance, never contradict.

Agreement of REF bases is weighed as a log-likelihood: a base fits by chance in about 30 of 100 records of the other
build, and a record of the right build fits in 95 of 100 (some callers and files hold single wrong bases).
"""

from __future__ import annotations

import math
import re

from msgspec import Struct

from higm_annot.intake.header import Header
from higm_annot.intake.normalise import reference_agrees
from higm_annot.intake.records import is_structural, overlapping_slice
from higm_annot.intake.sieve import Cut
from higm_annot.intake.types import BuildVerdict
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.contigs import build_of_length, contig_build, parse_contig
from higm_annot.reference.types import Build, Panel

FITS_BY_CHANCE, FITS_IN_TRUTH = 0.3, 0.95
FOR = math.log(FITS_IN_TRUTH / FITS_BY_CHANCE)
AGAINST = math.log((1 - FITS_IN_TRUTH) / (1 - FITS_BY_CHANCE))
MOST_BASES = 4
TEXT_WEIGHT = 2.0
# Twenty to one: three single bases that fit one build only, or two that do not fit.
CONVINCING = math.log(20)
LEAST_RECORDS = 2
TEXT = {
    Build.GRCH37: re.compile(r"grch37|hg19|\bb37|hs37|g1k_v37", re.IGNORECASE),
    Build.GRCH38: re.compile(r"grch38|hg38|\bb38|hs38", re.IGNORECASE),
}


class Fit(Struct, frozen=True):
    """REF bases at the loci of one build: records that fit and that do not, and their weight of evidence."""

    agree: int
    differ: int
    score: float

    def told(self, *, counted: bool) -> str:
        """How many records fit, as a count or in words."""
        if counted:
            return f"{self.agree} of {self.agree + self.differ}"
        return ("some" if self.differ else "all") if self.agree else "no"


def establish(cut: Cut, panel: Panel, stated: Build | None) -> tuple[BuildVerdict, tuple[Problem, ...]]:
    """The build of a file, with what each witness said.

    Parameters
    ----------
    cut
        Records near the regions of both builds, and the header.
    stated
        The build the user states; it is checked, and decides only where the file does not contradict it.

    Raises
    ------
    Refused
        When witnesses disagree (HA-BLD-001), the stated build is contradicted (HA-BLD-003), the contig lengths are
        those of another assembly (HA-BLD-004), or nothing establishes the build (HA-BLD-002).
    """
    lengths, foreign = _lengths(cut.header)
    named = {build for name in _names(cut) if (build := contig_build(name)) is not None}
    fits = {build: _fit(cut, panel, build) for build in Build}
    text = _text(cut.header)
    heard = [*sorted(lengths), *(["neither GRCh37 nor GRCh38"] if foreign else [])], named, fits, text
    said = _said(*heard, counted=False)

    def refuse(code: str) -> Refused:
        return Refused(problem(code, file=cut.file, witnesses="; ".join(_said(*heard, counted=True)), stated=stated))

    if foreign and not lengths and not named:
        raise refuse("HA-BLD-004")
    hard = lengths | named
    if len(hard) > 1 or foreign:
        raise refuse("HA-BLD-001")
    if hard:
        build = hard.pop()
        if _contradicted(build, fits):
            raise refuse("HA-BLD-001")
        if stated is not None and stated is not build:
            raise refuse("HA-BLD-003")
    else:
        found = _by_bases(fits, text)
        if stated is not None and (_contradicted(stated, fits) or found is stated.other):
            raise refuse("HA-BLD-003")
        if stated is None and found is None:
            raise refuse("HA-BLD-002")
        build = stated or found or Build.GRCH38
    if stated is not None:
        said.append(f"stated: {stated}")
    if text is None or text is build:
        return BuildVerdict(build, tuple(said)), ()
    return BuildVerdict(build, tuple(said)), (problem("HA-BLD-005", file=cut.file, named=text, build=build),)


def _names(cut: Cut) -> set[str]:
    return {line.name for line in cut.header.contigs} | set(cut.names)


def _lengths(header: Header) -> tuple[set[Build], bool]:
    """Builds whose lengths the panel's contigs have, and whether any has the length of neither."""
    builds: set[Build] = set()
    foreign = False
    for line in header.contigs:
        contig = parse_contig(line.name)
        if contig is not None and line.length is not None:
            build = build_of_length(contig, line.length)
            if build is None:
                foreign = True
            else:
                builds.add(build)
    return builds, foreign


def _text(header: Header) -> Build | None:
    """The one build that the header's text names."""
    texts = " ".join((*header.build_text, *{line.assembly for line in header.contigs}))
    named = [build for build, pattern in TEXT.items() if pattern.search(texts)]
    return named[0] if len(named) == 1 else None


def _fit(cut: Cut, panel: Panel, build: Build) -> Fit:
    """REF bases against one build's sequence; each place counts once."""
    agree = differ = 0
    score = 0.0
    places = set()
    for line in cut.lines:
        ref, alts = line.text.split("\t", 5)[3:5]
        if (line.contig, line.pos, ref) in places or is_structural(tuple(alts.split(","))):
            continue
        places.add((line.contig, line.pos, ref))
        piece = overlapping_slice(panel, build, line.contig, line.pos, line.pos + len(ref) - 1)
        fits = reference_agrees(piece, line.pos, ref) if piece is not None else None
        if fits:
            agree += 1
            score += FOR * min(len(ref), MOST_BASES)
        elif fits is False:
            differ += 1
            score += AGAINST
    return Fit(agree, differ, score)


def _contradicted(build: Build, fits: dict[Build, Fit]) -> bool:
    """Whether the REF bases speak clearly against a build: they do not fit it, or fit the other one's places better."""
    own, other = fits[build], fits[build.other]
    if own.differ >= LEAST_RECORDS and own.score <= -CONVINCING:
        return True
    return own.differ + other.agree >= LEAST_RECORDS and other.score - own.score >= CONVINCING


def _by_bases(fits: dict[Build, Fit], text: Build | None) -> Build | None:
    """The build that the REF bases establish, with the header's text as a weight; None when they do not suffice."""
    weights = {build: fit.score + TEXT_WEIGHT * (text is build) for build, fit in fits.items()}
    best = max(Build, key=lambda build: weights[build])
    convincing = weights[best] - weights[best.other] >= CONVINCING and weights[best] >= CONVINCING
    return best if fits[best].agree and convincing else None


def _said(
    lengths: list[str], named: set[Build], fits: dict[Build, Fit], text: Build | None, *, counted: bool
) -> list[str]:
    """What each witness says, in words.

    Sites are counted in refusals only: in a report their number would tell that a record was withheld.
    """
    said = [f"contig lengths of the header: {' and '.join(lengths)}"] if lengths else []
    if named:
        said.append(f"accessions as contig names: {' and '.join(sorted(named))}")
    bases = [
        f"{fit.told(counted=counted)} sites at the loci of {build} fit {build}"
        for build, fit in fits.items()
        if fit.agree + fit.differ
    ]
    said.append(f"REF bases: {', '.join(bases)}" if bases else "REF bases: no record at the loci of either build")
    if text is not None:
        said.append(f"text of the header: {text}")
    return said
