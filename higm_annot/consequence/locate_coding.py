"""From a c. name to the allele: positions of a transcript, the bases there, and the nearest right name."""

from __future__ import annotations

from higm_annot.consequence.annotate import maps_of
from higm_annot.consequence.edit import Kind
from higm_annot.consequence.references import named_reference, stands_for
from higm_annot.consequence.refusals import nowhere, several_readings, wrong_base
from higm_annot.consequence.stretch import as_allele, repeated, replaced
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.written import NucleotideName, Point, RepeatName
from higm_annot.intake.types import Allele
from higm_annot.problems import Refused, problem
from higm_annot.reference.other_names import version_differences
from higm_annot.reference.types import Build, Panel


def coding_change(
    panel: Panel, text: str, name: NucleotideName | RepeatName, transcript: TranscriptMap, build: Build
) -> tuple[Allele, tuple[str, ...]]:
    """The allele of a c. name, and what a reader should know of how it was read.

    Raises
    ------
    Refused
        HA-NAM-001 (positions out of order), -003 (no such position), -004 (other bases stand there), -006 (no change),
        -008 (an intron lies where the name puts nothing, or a repeat that goes on).
    """
    first = gene_offset(text, name.first, transcript)
    last = gene_offset(text, name.last, transcript) if name.last != name.first else first
    locus = panel.loci[transcript.transcript.gene]
    if isinstance(name, RepeatName):
        stretch, remark = repeated(text, name, first, last, transcript.sequence, transcript.c_position)
        return as_allele(locus, build, stretch), (remark,)
    spanned = _spanned(transcript, first, last)
    if name.kind is Kind.INSERTION and spanned and _adjoin(transcript, first, last):
        where = f"c.{name.first} and c.{name.last}"
        accession = transcript.transcript.accession
        candidates = (
            f"{accession}:c.{name.first}_{name.first}+1ins{name.alt}",
            f"{accession}:c.{name.last}-1_{name.last}ins{name.alt}",
        )
        raise several_readings(text, f"{spanned} lies between {where}", candidates)
    _unless_older(panel, text, name, transcript, first)
    stretch = replaced(text, name, (first, last), transcript.sequence, lambda found: _better(name, found, transcript))
    unwritten = not (name.first.offset and name.last.offset)
    return as_allele(locus, build, stretch), (f"it spans {spanned}",) if spanned and unwritten else ()


def _spanned(transcript: TranscriptMap, first: int, last: int) -> str:
    """The introns wholly between two bases, with their length; empty where there is none."""
    low, high = transcript.segment(first), transcript.segment(last)
    inside = [number for number in range(low + 1, high) if number % 2 == 0]
    if not inside:
        return ""
    bases = sum(transcript.borders[number] - transcript.borders[number - 1] for number in inside)
    one, other = inside[0] // 2, inside[-1] // 2
    return f"{f'intron {one}' if one == other else f'introns {one} to {other}'} ({bases:,} bases)"


def _adjoin(transcript: TranscriptMap, first: int, last: int) -> bool:
    """Whether two bases follow each other in the spliced transcript."""
    ends = transcript.segment(first) % 2 and transcript.segment(last) % 2
    return bool(ends) and transcript.tx_offset(last) == transcript.tx_offset(first) + 1


def _unless_older(panel: Panel, text: str, name: NucleotideName, transcript: TranscriptMap, offset: int) -> None:
    """Refuse a name that is true on an older version of the transcript, where another base stands."""
    written = stands_for(named_reference(panel, name.reference, name.gene))
    plain = name.first == name.last and not name.first.side and not name.first.offset
    base = version_differences().get((written, name.first.base)) if plain else None
    found, accession = transcript.sequence[offset], transcript.transcript.accession
    if base is None or name.ref != base or name.ref == found:
        return
    told = f"{written} has {base} at c.{name.first}, {accession} and the genome {found}"
    if name.alt == found:
        raise Refused(problem("HA-NAM-006", name=text, reason=f"{told}; who has {found} there has no variant"))
    advice = f"{told}. The nearest right name is {_better(name, found, transcript)}."
    raise Refused(wrong_base(text, found, f"c.{name.first}", name.ref, advice=advice))


def gene_offset(text: str, point: Point, transcript: TranscriptMap) -> int:
    """Gene offset of a c. position.

    Raises
    ------
    Refused
        HA-NAM-003, when the transcript has no such position.
    """
    coding = transcript.cds_end - transcript.cds_start
    tx = {
        "": transcript.cds_start + point.base - 1,
        "-": transcript.cds_start - point.base,
        "*": transcript.cds_end + point.base - 1,
    }[point.side]
    accession_ = transcript.transcript.accession
    reason = ""
    if point.side == "" and point.base > coding:
        reason = f"its coding sequence ends at c.{coding}"
    elif not 0 <= tx < transcript.tx_starts[-1]:
        reason = "it lies beyond the transcript, where HGVS has no c. positions"
    elif point.offset > 0 and tx + 1 not in transcript.tx_starts[1:-1]:
        reason = f"c.{Point(point.side, point.base, 0)} is not the last base of an exon before an intron"
    elif point.offset < 0 and tx not in transcript.tx_starts[1:-1]:
        reason = f"c.{Point(point.side, point.base, 0)} is not the first base of an exon after an intron"
    else:
        offset = transcript.gene_offset(tx) + point.offset
        intron = transcript.segment(offset)
        if point.offset and transcript.segment(transcript.gene_offset(tx)) + (1 if point.offset > 0 else -1) != intron:
            reason = "the intron is shorter than that"
        elif not 0 <= offset < len(transcript.sequence):
            reason = "the embedded sequence does not reach so far"
        else:
            return offset
    raise nowhere(text, f"c.{point}", accession_, reason)


def _better(name: NucleotideName, found: str, transcript: TranscriptMap) -> str:
    """The nearest right name: the same name on a transcript where it fits, or the same change of the true base."""
    fitting = []
    for other in maps_of(transcript.transcript.gene, Build.GRCH38):
        try:
            first, last = gene_offset("", name.first, other), gene_offset("", name.last, other)
        except Refused:
            continue
        if other.sequence[first : last + 1] == name.ref:
            fitting.append(other.transcript.accession)
    if fitting:
        return f"{fitting[0]}:c.{_change(name, name.ref)}"
    if name.alt == found:
        return ""
    return f"{transcript.transcript.accession}:c.{_change(name, found)}"


def _change(name: NucleotideName, ref: str) -> str:
    span = str(name.first) if name.first == name.last else f"{name.first}_{name.last}"
    if name.kind is Kind.SUBSTITUTION:
        return f"{span}{ref}>{name.alt}"
    verb = {Kind.DELETION: "del", Kind.DUPLICATION: "dup", Kind.INVERSION: "inv", Kind.DELINS: "delins"}.get(
        name.kind, "="
    )
    return f"{span}{verb}{name.alt if name.kind is Kind.DELINS else ''}"
