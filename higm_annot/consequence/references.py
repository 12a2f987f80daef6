"""The reference sequence that a name is written on: a transcript of the panel, or a chromosome of one build."""

from __future__ import annotations

from higm_annot.consequence.annotate import maps_of
from higm_annot.consequence.refusals import same_build, unreadable
from higm_annot.consequence.transcript_map import TranscriptMap
from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import accession, contig_build, parse_contig
from higm_annot.reference.other_names import other_names
from higm_annot.reference.types import Build, Contig, Gene, Panel

Remarks = tuple[str, ...]


def transcript_named(panel: Panel, text: str, reference: str, gene: str, build: Build) -> tuple[TranscriptMap, Remarks]:
    """The transcript a reference names, and what had to be read into it.

    An accession of any version, its protein, a gene symbol (MANE Select), or another name for one of these. Of two
    names the one that is more precise counts: ``NC_000023.11(NM_000074.3)`` and ``NG_007280.1(NM_000074.3)`` name the
    transcript in brackets, ``NM_000074.3(CD40LG)`` the gene.

    Raises
    ------
    Refused
        HA-NAM-001 (transcript and gene contradict each other), -002 (none of the panel).
    """
    wanted = named_reference(panel, reference, gene)
    found, remarks = _transcript_of(panel, text, wanted, build)
    owner = found.transcript.gene
    if gene and gene != wanted and stands_for(gene) != owner:
        raise unreadable(text, f"{wanted} is a transcript of {owner}, not of {gene}")
    return found, remarks


def named_reference(panel: Panel, reference: str, gene: str) -> str:
    """The more precise of a reference and what stands in brackets behind it."""
    return gene if gene and _is_genomic(panel, reference) else reference or gene


def stands_for(wanted: str) -> str:
    """The accession or symbol that a name stands for, in capitals; itself where it has no other name."""
    return other_names().get(wanted.upper(), wanted.upper())


def chromosome_named(panel: Panel, text: str, reference: str, build: Build | None) -> tuple[Contig, Build, Remarks]:
    """The chromosome a g. name is on; its accession states the build, a plain name (``chrX``) does not.

    Raises
    ------
    Refused
        HA-NAM-001 (another build than the one asked for), -002 (no chromosome of the panel).
    """
    contig, stated = parse_contig(reference), contig_build(reference)
    if contig is None:
        known = [accession(locus.contig, one) for locus in panel.loci.values() for one in Build]
        accepted = ", ".join(dict.fromkeys(known))
        raise Refused(problem("HA-NAM-002", name=text, reference=reference or "(none)", accepted=accepted))
    if stated is not None:
        same_build(text, stated, build)
        return contig, stated, ()
    read = build or Build.GRCH38
    return contig, read, (f"{reference} does not state a build: read in {read}, as {accession(contig, read)}",)


def _is_genomic(panel: Panel, reference: str) -> bool:
    stem = reference.upper().partition(".")[0]
    return parse_contig(reference) is not None or any(
        stem in (locus.refseqgene.partition(".")[0], locus.lrg) for locus in panel.loci.values()
    )


def _transcript_of(panel: Panel, text: str, wanted: str, build: Build) -> tuple[TranscriptMap, Remarks]:
    names = other_names()
    written = wanted.upper()
    meant = names.get(written) or names.get(written.partition(".")[0], "")
    if meant:
        found, remarks = _of_panel(panel, text, meant, build)
        return found, (f"{wanted} is read as {meant}", *remarks)
    return _of_panel(panel, text, wanted, build)


def _of_panel(panel: Panel, text: str, wanted: str, build: Build) -> tuple[TranscriptMap, Remarks]:
    wanted = wanted.upper()
    if wanted in Gene.__members__.values():
        maps = maps_of(Gene(wanted), build)
        return maps[0], (f"read on {maps[0].transcript.accession}, the MANE Select transcript of {wanted}",)
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
