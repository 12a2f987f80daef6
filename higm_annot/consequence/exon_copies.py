"""Whole exons lost or gained, as an assay of copy numbers shows them: an allele whose ends lie somewhere in introns.

The allele spans the exons themselves, the least that is lost or gained. Its name follows the exon-based form of HGVS
(Recommendations, DNA, deletion): from somewhere between the last exon measured with its usual copies and the first
changed one to the like on the other side; ``?`` where no such exon was measured. HGVS allows no c. name when the first
or last exon is concerned, and no ``dup`` where the place of the extra copy is not known: it is ``[3]`` then.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.consequence.annotate import annotate, maps_of
from higm_annot.consequence.breakpoints import bracketed
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.types import AlleleEffects
from higm_annot.intake.types import Allele
from higm_annot.reference.contigs import accession
from higm_annot.reference.types import Build, Gene, Panel


class ExonRun(Struct, frozen=True):
    """Exons of the MANE Select transcript (1-based, inclusive) that an assay shows lost or gained together.

    ``before`` and ``after`` are the nearest exons shown to have their usual copies, None where there is none.
    ``copies`` counts the copies of a gain, None when they were not counted.
    """

    gene: Gene
    first: int
    last: int
    before: int | None
    after: int | None
    lost: bool = True
    copies: int | None = None

    @property
    def exons(self) -> range:
        """The exons from the first to the last, measured or not."""
        return range(self.first, self.last + 1)


def run_allele(panel: Panel, build: Build, run: ExonRun) -> Allele:
    """The allele of a run: from the first to the last base of its exons; beyond both where it is the whole gene."""
    locus = panel.loci[run.gene]
    exons = locus.mane.models[build].exons
    hit = [exons[number - 1] for number in run.exons]
    beyond = int(len(hit) == len(exons))
    start, end = min(exon.start for exon in hit) - beyond, max(exon.end for exon in hit) + beyond
    piece = locus.slices[build]
    before = piece.base(start - 1) if piece.covers(start - 1, start - 1) else "N"
    kind = "<DEL>" if run.lost else "<DUP>"
    return Allele(build, locus.contig, start - 1, before, kind, end, normalised=False, exact=False)


def annotate_run(panel: Panel, allele: Allele, run: ExonRun) -> AlleleEffects:
    """Names and consequences of a run; only MANE Select, whose exons were counted, gets a c. name."""
    effects = annotate(panel, allele)
    transcript = maps_of(run.gene, allele.build)[0]
    verb = "del" if run.lost else f"[{run.copies or '?'}]"
    mane = replace(effects.mane, hgvs_c=_name_c(transcript, run, verb))
    return replace(
        effects,
        hgvs_g=f"{accession(allele.contig, allele.build)}:g.{_name_g(panel, allele.build, run)}{verb}",
        effects=(mane, *effects.effects[1:]),
    )


def _name_c(transcript: TranscriptMap, run: ExonRun, verb: str) -> str:
    if run.first == 1 or run.last == len(transcript.exons):
        return ""
    before, after = (exon - 1 if exon else None for exon in (run.before, run.after))
    return f"c.{bracketed(transcript, run.first - 1, run.last - 1, before, after)}{verb}"


def _name_g(panel: Panel, build: Build, run: ExonRun) -> str:
    """The same in genomic places, in the direction of the chromosome."""
    locus = panel.loci[run.gene]
    exons = locus.mane.models[build].exons
    hit = [exons[number - 1] for number in run.exons]
    sides = (run.before, run.after) if locus.strand > 0 else (run.after, run.before)
    low, high = min(exon.start for exon in hit), max(exon.end for exon in hit)
    left = f"{exons[sides[0] - 1].end + 1}_{low - 1}" if sides[0] else f"?_{low}"
    right = f"{high + 1}_{exons[sides[1] - 1].start - 1}" if sides[1] else f"{high}_?"
    return f"({left})_({right})"
