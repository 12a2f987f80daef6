"""GA4GH VRS 2 identifiers as ga4gh.vrs computes them, fed with the embedded panel. Needs the oracle extra."""

from __future__ import annotations

from ga4gh.core import ga4gh_identify
from ga4gh.vrs import models, normalize

from higm_annot.reference.contigs import refget
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build

FAR = 10**9  # longer than any chromosome: where it ends does not matter here


class Panel:
    """Answers for bases by refget accession, as their sequence repository would."""

    def __init__(self):
        self.pieces = {}
        for locus in load_panel().loci.values():
            for build in Build:
                self.pieces.setdefault(refget(locus.contig, build), []).append(locus.slices[build])

    def get_sequence(self, identifier, start=None, end=None):
        for piece in self.pieces[identifier.removeprefix("ga4gh:")]:
            if piece.covers(start + 1, end):
                return piece.bases(start + 1, end)
        return ""

    def get_metadata(self, identifier):
        return {"length": FAR, "aliases": [identifier]}


PANEL = Panel()


def identifier(allele):
    """Their identifier of an allele, normalised by them."""
    reference = models.SequenceReference(refgetAccession=refget(allele.contig, allele.build))
    end = allele.pos - 1 + len(allele.ref)
    location = models.SequenceLocation(sequenceReference=reference, start=allele.pos - 1, end=end)
    state = models.LiteralSequenceExpression(sequence=allele.alt)
    return ga4gh_identify(normalize(models.Allele(location=location, state=state), PANEL))
