"""Make the embedded data from LRG records and the overlay: same input, same bytes.

The records date from before MANE; ``overlay/transcripts.tsv`` brings accessions and transcript ends up to date,
``overlay/regions.tsv`` says where paralogues lie, ``overlay/rules.tsv`` what leaves a transcript out (every row of
these names its source), ``overlay/records.tsv`` which record a gene has (:mod:`higm_annot.reference.overlay`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from higm_annot.problems import Refused, problem
from higm_annot.reference import contigs
from higm_annot.reference.assembly import Placed, equal_stretches, place
from higm_annot.reference.lrg import LrgRecord, RecordTranscript, read_lrg, self_contradiction
from higm_annot.reference.overlay import Overlay, TranscriptRow, read_overlay
from higm_annot.reference.reading import coding_sequence, reading_fault
from higm_annot.reference.sequence import translate
from higm_annot.reference.stored import (
    LOCI,
    StoredLocus,
    StoredModel,
    StoredPanel,
    StoredTranscript,
    digest_of,
    encode,
    fasta_name,
    fasta_record,
    sha256,
)
from higm_annot.reference.types import Build, Contig, Gene, Interval, Region, RegionRole, Slice, TranscriptModel


def build_reference(lrg_dir: Path, out_dir: Path, overlay: Overlay | None = None) -> tuple[Path, ...]:
    """Write ``loci.json`` and one FASTA per build; their paths.

    Parameters
    ----------
    lrg_dir
        Folder with the records (``LRG_70.xml`` …) that the overlay names.
    out_dir
        Where the three files are written; made when missing.
    overlay
        The package's own when None.

    Raises
    ------
    Refused
        When a record is missing, damaged, contradicts itself or the overlay (HA-REF-001 to HA-REF-009), or
        the overlay is faulty (HA-KNO).
    """
    _, contents = make_reference(lrg_dir, overlay or read_overlay())
    parts = {out_dir / name: out_dir / f"{name}.part" for name in contents}
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        for part, content in zip(parts.values(), contents.values(), strict=True):
            part.write_bytes(content)
        for path, part in parts.items():  # only when all three are whole on disk
            part.replace(path)
    except OSError as error:
        for part in parts.values():
            with suppress(OSError):
                part.unlink()
        raise Refused(problem("HA-REF-008", folder=out_dir, reason=error.strerror or error)) from error
    return tuple(parts)


def make_reference(lrg_dir: Path, overlay: Overlay) -> tuple[StoredPanel, dict[str, bytes]]:
    """Like :func:`build_reference`, but the files are returned as bytes by name."""
    records = [(gene, read_lrg(lrg_dir / f"{lrg}.xml", lrg)) for gene, lrg in overlay.records.items()]
    loci: list[StoredLocus] = []
    texts = dict.fromkeys(Build, "")
    for gene, record in records:
        if record.gene != gene:
            raise Refused(problem("HA-REF-006", record=record.lrg, found=record.gene, gene=gene))
        fault = self_contradiction(record)
        if fault is not None:
            raise Refused(problem("HA-REF-009", record=record.lrg, fault=fault))
        placed = _place(record)
        locus = _locus(record, placed, overlay)
        loci.append(locus)
        for build in Build:
            texts[build] += fasta_record(locus, build, placed[build].sequence)
    own = tuple(
        Region(locus.gene, RegionRole.LOCUS, Gene(locus.gene), build, Contig(locus.contig), *locus.slices[build])
        for locus in loci
        for build in Build
    )
    stored = StoredPanel(
        digest="",
        release=_release([record for _, record in records], overlay),
        sources=(*(_cite(record) for _, record in records), *overlay.sources),
        contigs=contigs.ROWS,
        regions=own + overlay.regions,
        loci=tuple(loci),
    )
    fastas = tuple(texts[build].encode("ascii") for build in Build)
    stored = replace(stored, digest=digest_of(stored, fastas))
    names = (fasta_name(build) for build in Build)
    return stored, {LOCI: encode(stored), **dict(zip(names, fastas, strict=True))}


def _release(records: list[LrgRecord], overlay: Overlay) -> str:
    """Which edition of the facts this is."""
    schema = "/".join(sorted({record.schema for record in records}))
    dates = sorted({record.annotated for record in records})
    span = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    mane = ", ".join(sorted({row.mane_as_of for row in overlay.transcripts if row.mane_select}))
    return f"LRG records (schema {schema}, annotation of {span}), MANE Select as of {mane}"


def _cite(record: LrgRecord) -> str:
    return f"{record.lrg} ({record.gene}, {record.refseqgene}), LRG schema {record.schema}, {record.annotated}"


def _place(record: LrgRecord) -> dict[Build, Placed]:
    """The record in both builds, on the one chromosome that both mappings name."""
    for contig in Contig:
        if contigs.accession(contig, Build.GRCH38) in record.mappings:
            return {build: place(record, build, contigs.accession(contig, build)) for build in Build}
    raise Refused(problem("HA-REF-004", record=record.lrg, accession="a panel chromosome", build=Build.GRCH38))


def _contig(record: LrgRecord) -> Contig:
    found = {contigs.parse_contig(name) for name in record.mappings}
    return next(contig for contig in Contig if contig in found)


def _locus(record: LrgRecord, placed: dict[Build, Placed], overlay: Overlay) -> StoredLocus:
    contig = _contig(record)
    slices = {build: Slice(build, contig, one.start, one.end, one.sequence) for build, one in placed.items()}
    return StoredLocus(
        gene=record.gene,
        contig=contig,
        strand=placed[Build.GRCH38].strand,
        hgnc=record.hgnc,
        refseqgene=record.refseqgene,
        lrg=record.lrg,
        slices={build: (one.start, one.end) for build, one in placed.items()},
        sha256={build: sha256(one.sequence) for build, one in placed.items()},
        equal=equal_stretches(placed[Build.GRCH37], placed[Build.GRCH38]),
        transcripts=tuple(_transcripts(record, placed, slices, overlay)),
    )


def _transcripts(
    record: LrgRecord, placed: dict[Build, Placed], slices: dict[Build, Slice], overlay: Overlay
) -> Iterator[StoredTranscript]:
    """MANE Select first, then one for each further structure with an intact reading frame that escapes decay.

    Structure means introns and coding bounds: models that differ only in where their untranslated ends stop are one
    transcript, the first of the record (RefSeq before Ensembl) or the one that the overlay names.
    """
    rows = {row.record: row for row in overlay.transcripts if row.gene == record.gene}
    mane = [row.record for row in rows.values() if row.mane_select]
    intact = [
        one
        for one in record.transcripts
        if _is_intact(one, placed, slices) and _escapes_decay(one, overlay.nmd_escape_bases)
    ]
    unknown = rows.keys() - {one.accession for one in intact}
    if unknown or len(mane) != 1:
        raise Refused(problem("HA-REF-007", record=record.lrg, accession=", ".join(sorted(unknown)) or "MANE Select"))
    groups: dict[object, list[RecordTranscript]] = {}
    for one in sorted(intact, key=lambda one: (one.accession != mane[0], not one.from_refseq)):
        groups.setdefault(_structure(one), []).append(one)
    for group in groups.values():
        first = next((one for one in group if one.accession in rows), group[0])
        row = rows.get(first.accession)
        models = _models(first, placed, row)
        build = Build.GRCH38
        protein = translate(coding_sequence(slices[build], models[build], placed[build].strand))
        ensembl = [one.accession for one in group if not one.from_refseq and one is not first]
        older = row.legacy if row else ()
        paired = row.ensembl if row and row.ensembl else next(iter(ensembl), None)
        others = [one.accession for one in group if one is not first and one.accession not in (paired, *older)]
        yield StoredTranscript(
            accession=row.accession if row else first.accession,
            mane_select=bool(row and row.mane_select),
            protein=row.protein if row else first.protein,
            protein_length=len(protein) - 1,
            ensembl=paired,
            legacy=(*older, *others),
            source=f"{record.lrg}; overlay" if row else record.lrg,
            models={
                build: StoredModel(
                    exons=tuple((exon.start, exon.end) for exon in model.exons), cds=(model.cds.start, model.cds.end)
                )
                for build, model in models.items()
            },
        )


def _is_intact(transcript: RecordTranscript, placed: dict[Build, Placed], slices: dict[Build, Slice]) -> bool:
    """Whether the transcript has a whole reading frame in both builds."""
    models = _models(transcript, placed, None)
    return all(reading_fault(slices[build], models[build], placed[build].strand) is None for build in Build)


def _escapes_decay(transcript: RecordTranscript, escape_bases: int) -> bool:
    """Whether the stop codon lies in the last exon, or starts at most ``escape_bases`` before the last junction.

    A transcript whose own stop calls for nonsense-mediated decay makes next to no protein; what a variant does to it
    says nothing about a patient.
    """
    last_coding = transcript.cds[1]
    to_stop = sum(min(last, last_coding) - first + 1 for first, last in transcript.exons if first <= last_coding)
    to_junction = sum(last - first + 1 for first, last in transcript.exons[:-1])
    return to_stop - 3 >= to_junction - escape_bases


def _structure(transcript: RecordTranscript) -> object:
    """What makes a transcript one of its own: the inner ends of its exons, and where translation starts and stops."""
    inner = [edge for exon in transcript.exons for edge in exon][1:-1]
    return tuple(inner), transcript.cds


def _models(
    transcript: RecordTranscript, placed: dict[Build, Placed], row: TranscriptRow | None
) -> dict[Build, TranscriptModel]:
    return {build: _model(transcript, placed[build], row.ends(build) if row else None) for build in Build}


def _model(transcript: RecordTranscript, placed: Placed, ends: tuple[int, int] | None) -> TranscriptModel:
    """A transcript in one build, with the overlay's outer ends where it gives them."""
    exons = [placed.span(*exon) for exon in transcript.exons]
    if ends is not None:
        low, high = (0, -1) if placed.strand > 0 else (-1, 0)
        exons[low] = (ends[0], exons[low][1])
        exons[high] = (exons[high][0], ends[1])
    return TranscriptModel(_intervals(exons), Interval(*placed.span(*transcript.cds)))


def _intervals(pairs: Iterable[tuple[int, int]]) -> tuple[Interval, ...]:
    return tuple(Interval(*pair) for pair in pairs)
