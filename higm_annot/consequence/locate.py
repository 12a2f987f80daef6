"""From a written name to the allele it means, on the embedded sequence of one build.

The inverse of :mod:`higm_annot.consequence.annotate`: naming the allele found gives the canonical form of the name.
Nothing is guessed: a reference base that does not fit, a position outside, or a protein name that several changes give
is refused with what is wrong and the nearest right name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from higm_annot.consequence.annotate import maps_of
from higm_annot.consequence.breakpoints import TANDEM
from higm_annot.consequence.edit import Kind
from higm_annot.consequence.locate_structural import Bounds, from_key, from_span
from higm_annot.consequence.refusals import SHOWN, nowhere, outside_loci, same_build, unreadable, wrong_base
from higm_annot.consequence.syntax import read_name
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.consequence.written import (
    End,
    Name,
    NucleotideName,
    PlaceName,
    Point,
    ProteinName,
    SpanName,
    TypedKey,
    UnreadableError,
)
from higm_annot.intake.normalise import normalise, reference_agrees
from higm_annot.intake.types import Allele
from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import accession, contig_build, parse_contig
from higm_annot.reference.sequence import CODONS, THREE_LETTERS, reverse_complement
from higm_annot.reference.store import locus_at
from higm_annot.reference.types import Build, Contig, Gene, Locus, Panel, Slice

_SPANNING = {Kind.DELETION: "<DEL>", Kind.DUPLICATION: TANDEM, Kind.INVERSION: "<INV>"}
_NEARBY = 5  # residues; further away it is hardly the same name misspelt
_Better = Callable[[str], str]


class Located(Struct, frozen=True):
    """The allele a name means, and what had to be read into the name (an older version, a missing one)."""

    allele: Allele
    remarks: tuple[str, ...]


class _Stretch(Struct, frozen=True):
    """Bases of a gene in the direction of transcription (half-open offsets) and what replaces them."""

    start_offset: int
    end_offset: int
    alt: str


def locate(panel: Panel, text: str, build: Build | None = None) -> Located:
    """The allele that a name means.

    Parameters
    ----------
    panel
        The embedded reference.
    text
        HGVS c., g. or p. name, allele key, ``chr-pos-ref-alt`` or SPDI; rsIDs are looked up by the caller.
    build
        Build of ``chr-pos-ref-alt``; names that state their build must agree with it. Default GRCh38.

    Raises
    ------
    Refused
        HA-NAM-001 (unreadable), -002 (unknown reference), -003 (outside), -004 (wrong reference base), -005 (a protein
        name that several changes give, or none), -006 (no change).
    """
    try:
        name = read_name(text)
    except UnreadableError as error:
        raise unreadable(text, str(error)) from None
    return _located(panel, text, name, build)


def _located(panel: Panel, text: str, name: Name, build: Build | None) -> Located:
    if isinstance(name, TypedKey):
        same_build(text, Build(name.build), build)
        return Located(from_key(panel, text, name), ())
    if isinstance(name, PlaceName):
        return Located(_at_place(panel, text, name, build), ())
    if isinstance(name, SpanName):
        return _span(panel, text, name, build)
    if isinstance(name, NucleotideName) and name.axis == "g":
        return _genomic(panel, text, name, build)
    if isinstance(name, NucleotideName):
        transcript, remarks = _transcript(panel, text, name.reference, name.gene, build or Build.GRCH38)
        return Located(_coding(panel, text, name, transcript, build or Build.GRCH38), remarks)
    if isinstance(name, ProteinName):
        transcript, remarks = _transcript(panel, text, name.reference, name.gene, build or Build.GRCH38)
        return Located(_residue(panel, text, name, transcript, build or Build.GRCH38), remarks)
    raise unreadable(text, "an rsID must be looked up first")


def _transcript(
    panel: Panel, text: str, reference: str, gene: str, build: Build
) -> tuple[TranscriptMap, tuple[str, ...]]:
    """The transcript a reference names: an accession of any version, its protein, or a gene symbol (MANE Select)."""
    # NC_000023.11(NM_000074.3):c. names the transcript in brackets, NM_000074.3(CD40LG):c. the gene.
    wanted = gene if gene and parse_contig(reference) is not None else reference or gene
    found, remarks = _transcript_of(panel, text, wanted, build)
    owner = found.transcript.gene
    if gene and gene != wanted and gene.upper() != owner:
        raise unreadable(text, f"{wanted} is a transcript of {owner}, not of {gene}")
    return found, remarks


def _transcript_of(panel: Panel, text: str, wanted: str, build: Build) -> tuple[TranscriptMap, tuple[str, ...]]:
    if wanted.upper() in Gene.__members__.values():
        maps = maps_of(Gene(wanted.upper()), build)
        return maps[0], (f"read on {maps[0].transcript.accession}, the MANE Select transcript of {wanted.upper()}",)
    wanted = wanted.upper()
    stem = wanted.partition(".")[0]
    for locus in panel.loci.values():
        for one in maps_of(locus.gene, build):
            record = one.transcript
            known = tuple(name for name in (record.accession, record.ensembl, record.protein) if name)
            if wanted in known:
                return one, ()
            if wanted in record.legacy:
                return one, (
                    f"{wanted} is an older version of {record.accession}, numbered alike; single bases can differ",
                )
            same = next((name for name in (*known, *record.legacy) if name.partition(".")[0] == stem), "")
            if same and wanted == stem:
                return one, (f"no version was given: read as {same}",)
            if same:
                return one, (f"{wanted} is a version the panel does not hold: read as {same}, check the name there",)
    accepted = [one.transcript.accession for locus in panel.loci.values() for one in maps_of(locus.gene, build)]
    raise Refused(problem("HA-NAM-002", name=text, reference=wanted or "(none)", accepted=", ".join(accepted)))


def _coding(panel: Panel, text: str, name: NucleotideName, transcript: TranscriptMap, build: Build) -> Allele:
    first = _offset(text, name.first, transcript)
    last = _offset(text, name.last, transcript) if name.last != name.first else first
    locus = panel.loci[transcript.transcript.gene]
    stretch = _stretch(text, name, first, last, transcript.sequence, lambda found: _better(name, found, transcript))
    return _allele(locus, build, stretch, transcript.sequence)


def _genomic(panel: Panel, text: str, name: NucleotideName, build: Build | None) -> Located:
    contig, stated = _chromosome(panel, text, name.reference, build)
    first, last = name.first.base, name.last.base
    beside = 0 if name.kind is Kind.INVERSION else 1  # what is lost or copied may be shifted over the base beside it
    inside = any(
        locus.contig is contig and locus.slices[stated].covers(first - beside, last + beside)
        for locus in panel.loci.values()
    )
    if not inside and (kind := _SPANNING.get(name.kind)) and not name.ref:
        # Its bases are not embedded: the same change by its ends, as files write it.
        start, end = (End(point, point, bracketed=False) for point in (name.first, name.last))
        return _span(panel, text, SpanName(name.reference, name.gene, "g", start, end, kind), build)
    locus = _locus_over(panel, text, name.reference, stated, first, last)
    piece = locus.slices[stated]

    def better(found: str) -> str:
        return f"{name.reference}:g.{name.first}{found}>{name.alt}" if name.kind is Kind.SUBSTITUTION else ""

    stretch = _stretch(text, name, first - piece.start, last - piece.start, piece.sequence, better)
    return Located(_anchored(locus, stated, stretch.start_offset, stretch.end_offset, stretch.alt), ())


def _chromosome(panel: Panel, text: str, reference: str, build: Build | None) -> tuple[Contig, Build]:
    """The chromosome a g. name is on; its accession states the build."""
    contig, stated = parse_contig(reference), contig_build(reference)
    if contig is None or stated is None:
        known = [accession(locus.contig, one) for locus in panel.loci.values() for one in Build]
        accepted = ", ".join(dict.fromkeys(known))
        raise Refused(problem("HA-NAM-002", name=text, reference=reference or "(none)", accepted=accepted))
    same_build(text, stated, build)
    return contig, stated


def _span(panel: Panel, text: str, name: SpanName, build: Build | None) -> Located:
    """A structural name: its ends as places on the plus strand."""
    if name.axis == "g":
        contig, stated = _chromosome(panel, text, name.reference, build)
        first, last = (
            Bounds(end.low.base if end.low else None, end.high.base if end.high else None, end.bracketed)
            for end in (name.first, name.last)
        )
        allele, remarks = from_span(panel, text, name, stated, contig, (first, last))
        return Located(allele, remarks)
    known = build or Build.GRCH38
    transcript, read = _transcript(panel, text, name.reference, name.gene, known)
    piece = transcript.slice

    def place(point: Point | None) -> int | None:
        if point is None:
            return None
        offset = _offset(text, point, transcript)
        return piece.start + offset if transcript.strand > 0 else piece.end - offset

    first, last = (Bounds(place(end.low), place(end.high), end.bracketed) for end in (name.first, name.last))
    if transcript.strand < 0:
        first, last = Bounds(last.high, last.low, last.bracketed), Bounds(first.high, first.low, first.bracketed)
    allele, remarks = from_span(panel, text, name, known, piece.contig, (first, last))
    return Located(allele, (*read, *remarks))


def _at_place(panel: Panel, text: str, name: PlaceName, build: Build | None) -> Allele:
    contig, stated = parse_contig(name.contig), contig_build(name.contig)
    known = stated or (Build(name.build) if name.build else None) or build or Build.GRCH38
    same_build(text, known, build)
    if contig is None:
        accepted = ", ".join(dict.fromkeys(str(locus.contig) for locus in panel.loci.values()))
        raise Refused(problem("HA-NAM-002", name=text, reference=name.contig, accepted=accepted))
    if name.ref == name.alt and not name.deleted:
        raise Refused(problem("HA-NAM-006", name=text, reason="the sequence stays as it is"))
    end = name.pos + max(len(name.ref), name.deleted, 1) - 1
    if name.ref and name.alt and (over := locus_at(panel, known, contig, name.pos, end)) is not None:
        return _spelled(text, over.slices[known], name)
    locus = _locus_over(panel, text, name.contig, known, name.pos, end, contig=str(contig))
    piece = locus.slices[known]
    start = name.pos - piece.start
    ref = name.ref or piece.sequence[start : start + name.deleted]
    found = piece.sequence[start : start + len(ref)]
    if found != ref:
        raise Refused(wrong_base(text, found, f"{contig}:{name.pos} ({known})", ref, ""))
    if ref == name.alt:
        raise Refused(problem("HA-NAM-006", name=text, reason="the sequence stays as it is"))
    return _anchored(locus, known, start, start + len(ref), name.alt)


def _spelled(text: str, piece: Slice, name: PlaceName) -> Allele:
    """Bases for bases, as in a VCF record: checked as far as the sequence is embedded."""
    if not reference_agrees(piece, name.pos, name.ref):
        low, high = max(name.pos, piece.start), min(name.pos + len(name.ref) - 1, piece.end)
        place = f"{piece.contig}:{low} ({piece.build})"
        stated = name.ref[low - name.pos : high - name.pos + 1]
        raise Refused(wrong_base(text, piece.bases(low, high), place, stated, ""))
    return normalise(piece, piece.build, piece.contig, name.pos, name.ref, name.alt)


def _locus_over(panel: Panel, text: str, reference: str, build: Build, start: int, end: int, contig: str = "") -> Locus:
    wanted = contig or str(parse_contig(reference))
    for locus in panel.loci.values():
        if locus.contig == wanted and locus.slices[build].covers(min(start, end), max(start, end)):
            return locus
    raise outside_loci(panel, text, reference, build, (start, end))


def _offset(text: str, point: Point, transcript: TranscriptMap) -> int:
    """Gene offset of a c. position."""
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


def _stretch(text: str, name: NucleotideName, first: int, last: int, sequence: str, better: _Better) -> _Stretch:
    """The bases a name replaces, after its own statement of them was checked."""
    if last < first:
        raise unreadable(text, "the second position lies before the first")
    if name.kind is Kind.INSERTION:
        if last != first + 1:
            raise unreadable(text, "an insertion is named by the two bases beside it")
        return _Stretch(last, last, name.alt)
    found = sequence[first : last + 1]
    if name.ref and name.ref != found:
        place = f"{name.axis}.{name.first}" + (f"_{name.last}" if name.last != name.first else "")
        raise Refused(wrong_base(text, found, place, name.ref, better(found)))
    if name.kind is Kind.DUPLICATION:
        return _Stretch(last + 1, last + 1, found)
    alt = reverse_complement(found) if name.kind is Kind.INVERSION else name.alt
    if name.kind is Kind.IDENTITY or alt == found:
        inverted = f"{found[:SHOWN]} inverted reads the same, " if name.kind is Kind.INVERSION else ""
        raise Refused(problem("HA-NAM-006", name=text, reason=f"{inverted}the sequence stays as it is"))
    return _Stretch(first, last + 1, alt)


def _better(name: NucleotideName, found: str, transcript: TranscriptMap) -> str:
    """The nearest right name: the same name on a transcript where it fits, or the same change of the true base."""
    fitting = []
    for other in maps_of(transcript.transcript.gene, Build.GRCH38):
        try:
            first, last = _offset("", name.first, other), _offset("", name.last, other)
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


def _residue(panel: Panel, text: str, name: ProteinName, transcript: TranscriptMap, build: Build) -> Allele:
    """The one change of a single base that gives a protein name."""
    protein, accession_ = transcript.protein, transcript.transcript.accession
    if not 0 < name.number <= len(protein):
        reason = f"its protein has {len(protein) - 1} residues"
        raise nowhere(text, f"p.{name.number}", accession_, reason)
    if name.new == "=":
        raise Refused(problem("HA-NAM-006", name=text, reason="several changes of bases leave the residue as it is"))
    if protein[name.number - 1] != name.old:
        place = f"p.{name.number} of {accession_}"
        raise Refused(wrong_base(text, protein[name.number - 1], place, name.old, _protein_elsewhere(name, transcript)))
    if name.new == name.old:
        raise Refused(problem("HA-NAM-006", name=text, reason="the sequence stays as it is"))
    found = list(_single_changes(name, transcript))
    if len(found) != 1:
        names = ", ".join(f"{accession_}:c.{written}" for written, _ in found) or "none"
        raise Refused(problem("HA-NAM-005", name=text, count=len(found) or "No", candidates=names))
    return _allele(panel.loci[transcript.transcript.gene], build, found[0][1], transcript.sequence)


def _single_changes(name: ProteinName, transcript: TranscriptMap) -> Iterator[tuple[str, _Stretch]]:
    """Changes of one base in the codon that exchange the residue as named."""
    start = transcript.cds_start + 3 * (name.number - 1)
    codon = transcript.spliced[start : start + 3]
    for phase, base in enumerate(codon):
        for other in "ACGT":
            if other != base and CODONS[codon[:phase] + other + codon[phase + 1 :]] == name.new:
                offset = transcript.gene_offset(start + phase)
                written = f"{start + phase - transcript.cds_start + 1}{base}>{other}"
                yield written, _Stretch(offset, offset + 1, other)


def _protein_elsewhere(name: ProteinName, transcript: TranscriptMap) -> str:
    """The same residue on another transcript of the gene, or the nearest such residue of this protein."""
    old, new = THREE_LETTERS[name.old], THREE_LETTERS.get(name.new, name.new)
    for other in maps_of(transcript.transcript.gene, Build.GRCH38):
        if name.number <= len(other.protein) and other.protein[name.number - 1] == name.old:
            return f"{other.transcript.protein}:p.({old}{name.number}{new})"
    near = [number for number, letter in enumerate(transcript.protein, 1) if letter == name.old]
    closest = min(near, key=lambda number: abs(number - name.number), default=0)
    if not 0 < abs(closest - name.number) <= _NEARBY:
        return ""
    return f"{transcript.transcript.protein}:p.({old}{closest}{new})"


def _allele(locus: Locus, build: Build, stretch: _Stretch, sequence: str) -> Allele:
    """A stretch of the gene as an allele of the plus strand."""
    if locus.strand > 0:
        return _anchored(locus, build, stretch.start_offset, stretch.end_offset, stretch.alt)
    length = len(sequence)
    return _anchored(
        locus, build, length - stretch.end_offset, length - stretch.start_offset, reverse_complement(stretch.alt)
    )


def _anchored(locus: Locus, build: Build, start: int, end: int, alt: str) -> Allele:
    """An allele from plus-strand offsets of the slice, with the base before it where VCF needs one, left-aligned."""
    piece = locus.slices[build]
    ref = piece.sequence[start:end]
    if start <= 0 or end >= len(piece.sequence):
        # The base before it, and whether it can be shifted, lie outside what is embedded.
        place = f"{locus.contig}:{piece.start + start}-{piece.start + end - 1}"
        reason = "it reaches the end of the embedded sequence"
        raise nowhere(place, place, str(build), reason)
    if not ref or not alt:
        start -= 1
        ref, alt = piece.sequence[start:end], piece.sequence[start] + alt
    return normalise(piece, build, locus.contig, piece.start + start, ref, alt)
