"""The distinct alleles of a run as a sites-only VCF for other tools, one ``HIGM`` entry per transcript."""

from __future__ import annotations

from collections.abc import Iterable

from higm_annot import __version__
from higm_annot.intake.types import Allele
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.reference.contigs import contig_length
from higm_annot.reference.types import Build, Contig

FIELDS = ("Gene", "Transcript", "HGVSc", "HGVSp", "Consequence", "Impact", "Class", "Points", "Paralogue")
ESCAPES = {ord(character): f"%{ord(character):02X}" for character in "%,;=|\t \r\n"}
DESCRIPTION = (
    '##INFO=<ID=HIGM,Number=.,Type=String,Description="higm_annot, one entry per transcript, MANE Select first: '
    f'{"|".join(FIELDS)}">'
)
DESCRIPTION = (
    '##INFO=<ID=HIGM,Number=.,Type=String,Description="higm_annot, one entry per transcript, MANE Select first: '
    f'{"|".join(FIELDS)}">'
)
HEADER = "\t".join(("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"))


def annotated_vcf(alleles: Iterable[tuple[Allele, AnnotatedAllele]], build: Build) -> str:
    """A whole VCF 4.3 text of alleles of one build, sorted; reserved characters are percent-encoded as VCF asks."""
    lines = ["##fileformat=VCFv4.3", f"##source=higm_annot {__version__}"]
    lines += [f"##contig=<ID={contig},length={contig_length(contig, build)},assembly={build}>" for contig in Contig]
    lines += [
        '##INFO=<ID=END,Number=1,Type=Integer,Description="Last base of a structural allele">',
        DESCRIPTION,
        HEADER,
    ]
    order = {contig: number for number, contig in enumerate(Contig)}
    for allele, known in sorted(alleles, key=lambda pair: (order[pair[0].contig], pair[0])):
        info = f"HIGM={','.join(_entries(known))}"
        if allele.is_symbolic:
            info = f"END={allele.end};{info}"
        lines.append("\t".join((allele.contig, str(allele.pos), ".", allele.ref, allele.alt, ".", ".", info)))
    return "\n".join(lines) + "\n"


def _entries(known: AnnotatedAllele) -> Iterable[str]:
    for effect in known.effects.effects:
        values = (
            effect.gene,
            effect.accession,
            effect.hgvs_c,
            effect.hgvs_p or "",
            "&".join(effect.terms),
            effect.impact,
            known.allele_class.class_,
            str(known.allele_class.points),
            known.paralogue,
        )
        yield "|".join(value.translate(ESCAPES) for value in values)
