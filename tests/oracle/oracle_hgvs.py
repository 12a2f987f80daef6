"""biocommons hgvs over cdot, fed with the embedded panel: names given by other people's code from the same sequence.

One oracle for each build: the builds differ by a few bases in the 3' UTR of IKBKG, and we name what the build has.
Imported only where the oracle extra is installed.
"""

from __future__ import annotations

import io
import json
from functools import cache

import hgvs.utils.altseqbuilder
import hgvs.utils.reftranscriptdata
from bioutils.sequences import translate_cds
from cdot.hgvs.dataproviders.json_data_provider import JSONDataProvider
from hgvs.edit import NARefAlt
from hgvs.exceptions import HGVSError
from hgvs.location import Interval, SimplePosition
from hgvs.normalizer import Normalizer
from hgvs.parser import Parser
from hgvs.posedit import PosEdit
from hgvs.sequencevariant import SequenceVariant
from hgvs.variantmapper import VariantMapper

from higm_annot.reference.contigs import accession
from higm_annot.reference.sequence import reverse_complement
from higm_annot.reference.store import load_panel

ALIGNMENT = "splign"

# They translate the reference transcript anew for every name: the same text gives the same protein.
hgvs.utils.reftranscriptdata.translate_cds = cache(translate_cds)


class Sequences:
    """Answers for bases: a chromosome is N outside the embedded slices, a transcript its exons joined."""

    source = "embedded panel"

    def __init__(self, build):
        self.pieces, self.transcripts = {}, {}
        for locus in load_panel().loci.values():
            piece = locus.slices[build]
            self.pieces.setdefault(accession(piece.contig, build), []).append(piece)
            for transcript in locus.transcripts:
                parts = []
                for exon in transcript.models[build].exons:
                    bases = "".join(self._base(piece, place) for place in range(exon.start, exon.end + 1))
                    parts.append(reverse_complement(bases) if locus.strand < 0 else bases)
                self.transcripts[transcript.accession] = "".join(parts)

    @staticmethod
    def _base(piece, place):
        return piece.base(place) if piece.covers(place, place) else "N"

    def fetch_seq(self, ac, start_i=None, end_i=None):
        if ac in self.transcripts:
            return self.transcripts[ac][start_i:end_i]
        start, end = start_i + 1, end_i
        for piece in self.pieces.get(ac, ()):
            if start <= piece.end and end >= piece.start:
                head = "N" * max(0, piece.start - start)
                tail = "N" * max(0, end - piece.end)
                return head + piece.bases(max(start, piece.start), min(end, piece.end)) + tail
        return "N" * (end - start + 1)


def cdot_record(locus, transcript, build):
    """A transcript in cdot's JSON: exons in genomic order, half-open, with 1-based transcript offsets."""
    model, placed, offset = transcript.models[build], [], 0
    for number, exon in enumerate(model.exons):
        placed.append([exon.start - 1, exon.end, number, offset + 1, offset + exon.length, None])
        offset += exon.length
    coordinates = {
        "contig": accession(locus.contig, build),
        "strand": "+" if locus.strand > 0 else "-",
        "exons": sorted(placed),
        "cds_start": model.cds.start - 1,
        "cds_end": model.cds.end,
    }
    start = _first_coding(model, locus.strand)
    return {
        "id": transcript.accession,
        "gene_name": str(locus.gene),
        "protein": transcript.protein or "NP_000000.1",
        "start_codon": start,
        "stop_codon": start + 3 * (transcript.protein_length + 1),
        "genome_builds": {str(build): coordinates},
    }


def _first_coding(model, strand):
    """Spliced offset of the first coding base."""
    offset = 0
    base = model.cds.start if strand > 0 else model.cds.end
    for exon in model.exons:
        if base in exon:
            return offset + (base - exon.start if strand > 0 else exon.end - base)
        offset += exon.length
    raise AssertionError(model)


class Oracle:
    """Names as biocommons hgvs tells them from the sequence of one build."""

    def __init__(self, build):
        panel = load_panel()
        records = {
            transcript.accession: cdot_record(locus, transcript, build)
            for locus in panel.loci.values()
            for transcript in locus.transcripts
        }
        stored = {"cdot_version": "0.2.32", "genome_builds": [str(build)]}
        text = json.dumps({**stored, "genes": {}, "transcripts": records})
        self.sequences = Sequences(build)
        provider = JSONDataProvider([io.BytesIO(text.encode())], seqfetcher=self.sequences)
        self.parser = Parser()
        self.mapper = VariantMapper(provider)
        self.strands = {locus.gene: locus.strand for locus in panel.loci.values()}
        self.turned = {
            1: Normalizer(provider, shuffle_direction=3, alt_aln_method=ALIGNMENT, cross_boundaries=True),
            -1: Normalizer(provider, shuffle_direction=5, alt_aln_method=ALIGNMENT, cross_boundaries=True),
        }

    def genomic(self, allele, strand):
        """An allele as their g. variant, shifted in the direction of transcription, as their c. names need it."""
        first, last = (SimplePosition(place) for place in (allele.pos, allele.pos + len(allele.ref) - 1))
        edit = PosEdit(Interval(first, last), NARefAlt(allele.ref, allele.alt))
        given = SequenceVariant(accession(allele.contig, allele.build), "g", edit)
        return given if len(allele.ref) == len(allele.alt) == 1 else self.turned[strand].normalize(given)

    def names(self, genomic, transcript):
        """c. and p. name without accessions; the p. name is empty where the place has no c. number in full.

        Raises
        ------
        HGVSError
            Where a place lies outside the transcript.
        """
        coding = self.mapper.g_to_c(genomic, transcript, ALIGNMENT)
        written = str(coding)
        protein = "" if "?" in written else self._protein(coding, written, self.sequences.transcripts[transcript])
        return written.partition(":")[2], protein

    _proteins: dict = {}  # noqa: RUF012 - one c. name on one transcript sequence has one p. name, in either build

    def _protein(self, coding, written, spliced):
        key = (written, spliced)
        if key not in self._proteins:
            self._proteins[key] = str(self.mapper.c_to_p(coding)).partition(":")[2]
        return self._proteins[key]


__all__ = ["HGVSError", "Oracle"]
