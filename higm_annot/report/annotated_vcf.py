"""The distinct alleles of a run as a sites-only VCF for other tools, one entry of ``HIGM`` and ``CSQ`` per transcript.

For the laboratory only: it holds every allele that somebody carries, those withheld from a report too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from higm_annot import __version__
from higm_annot.consequence.full_names import on_the_protein
from higm_annot.consequence.types import Effect
from higm_annot.intake.types import Allele
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig
from higm_annot.report.csq import CSQ, HIGM, INFO_LINES, coding_name, contig_lines, csq_values, entry, span, structural
from higm_annot.report.placed import Placed, placed

HEADER = "\t".join(("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"))


def annotated_vcf(alleles: Iterable[tuple[Allele, AnnotatedAllele]], build: Build) -> str:
    """A whole VCF 4.3 text of alleles of one build, sorted; reserved characters are percent-encoded as VCF asks."""
    lines = ["##fileformat=VCFv4.3", f"##source=higm_annot {__version__}", *contig_lines(build), *INFO_LINES, HEADER]
    order = {contig: number for number, contig in enumerate(Contig)}
    for allele, known in sorted(alleles, key=lambda pair: (order[pair[0].contig], pair[0])):
        for place in placed(allele.key):
            said = [*structural(place), f"HIGM={','.join(_ours(known))}", f"CSQ={','.join(_csq(known, place))}"]
            row = (place.contig, str(place.pos), ".", place.ref, place.alt, ".", ".", ";".join(said))
            lines.append("\t".join(row))
    return "\n".join(lines) + "\n"


def _ours(known: AnnotatedAllele) -> Iterator[str]:
    for effect in known.effects.effects:
        yield entry(
            HIGM,
            {
                "Gene": effect.gene,
                "Transcript": effect.accession,
                "HGVSc": effect.hgvs_c,
                "HGVSp": effect.hgvs_p or "",
                "Consequence": "&".join(effect.terms),
                "Impact": effect.impact,
                "Class": known.allele_class.class_,
                "Points": str(known.allele_class.points),
                "Paralogue": known.paralogue,
            },
        )


def _csq(known: AnnotatedAllele, place: Placed) -> Iterator[str]:
    proteins = on_the_protein(load_panel(), known.effects)
    for effect in known.effects.effects:
        common = csq_values(place, effect.gene, effect.accession, mane=effect.mane_select)
        yield entry(CSQ, common | _said(effect, proteins.get(effect.accession, "")) | {"HGVSg": known.effects.hgvs_g})


def _said(effect: Effect, protein: str) -> dict[str, str]:
    return {
        "Consequence": "&".join(effect.terms),
        "IMPACT": effect.impact,
        "EXON": effect.exon or "",
        "INTRON": effect.intron or "",
        "HGVSc": coding_name(effect.accession, effect.hgvs_c),
        "HGVSp": protein,
        "CDS_position": span(effect.cds_start, effect.cds_end),
        "Protein_position": span(effect.protein_start, effect.protein_end),
        "Amino_acids": effect.amino_acids or "",
        "Codons": effect.codons or "",
    }
