"""Classes as ``bcftools csq`` (bundled with pysam) tells them, which reads GFF3 and FASTA on its own.

Every locus is written as a contig of its own: its slice between two stretches of N, in which PMS2 ends. It runs in a
process of its own because csq keeps state between calls.
"""

import subprocess
import sys
from collections import defaultdict

from higm_annot.reference.store import load_panel

PAD = 500
CALL = "import sys, pysam.bcftools; pysam.bcftools.csq(*sys.argv[1:], catch_stdout=False)"
CLASSES = {  # their word: our term
    "missense": "missense_variant",
    "synonymous": "synonymous_variant",
    "stop_gained": "stop_gained",
    "stop_lost": "stop_lost",
    "stop_retained": "stop_retained_variant",
    "start_lost": "start_lost",
    "splice_acceptor": "splice_acceptor_variant",
    "splice_donor": "splice_donor_variant",
    "splice_region": "splice_region_variant",
    "5_prime_utr": "5_prime_UTR_variant",
    "3_prime_utr": "3_prime_UTR_variant",
}


def local(piece, pos):
    """A position on the contig made of the padded slice."""
    return pos - piece.start + 1 + PAD


def gff_lines(locus, build):
    """A gene with its transcripts as Ensembl writes them."""
    piece, strand = locus.slices[build], "+" if locus.strand > 0 else "-"

    def line(kind, start, end, attributes, phase="."):
        place = [str(local(piece, start)), str(local(piece, end))]
        return "\t".join([locus.gene, "panel", kind, *place, ".", strand, phase, attributes])

    yield line("gene", piece.start, piece.end, f"ID=gene:{locus.gene};Name={locus.gene};biotype=protein_coding")
    for transcript in locus.transcripts:
        model, name = transcript.models[build], transcript.accession
        ends = [place for exon in model.exons for place in (exon.start, exon.end)]
        mother = f"ID=transcript:{name};Parent=gene:{locus.gene};biotype=protein_coding"
        yield line("mRNA", min(ends), max(ends), mother)
        done = 0
        for exon in model.exons:
            yield line("exon", exon.start, exon.end, f"Parent=transcript:{name}")
            start, end = max(exon.start, model.cds.start), min(exon.end, model.cds.end)
            if start <= end:
                yield line("CDS", start, end, f"Parent=transcript:{name}", str(-done % 3))
                done += end - start + 1
            for start, end in (
                (exon.start, min(exon.end, model.cds.start - 1)),
                (max(exon.start, model.cds.end + 1), exon.end),
            ):
                if start <= end:
                    before = (start < model.cds.start) is (locus.strand > 0)
                    kind = "five_prime_UTR" if before else "three_prime_UTR"
                    yield line(kind, start, end, f"Parent=transcript:{name}")


def write_inputs(folder, build, variants):
    """FASTA, GFF3 and VCF for csq; ``variants`` are (gene, allele), sorted within each gene."""
    loci = load_panel().loci
    fasta = (f">{gene}\n{'N' * PAD}{locus.slices[build].sequence}{'N' * PAD}\n" for gene, locus in loci.items())
    (folder / "ref.fa").write_text("".join(fasta), encoding="ascii")
    features = [line for locus in loci.values() for line in gff_lines(locus, build)]
    (folder / "panel.gff").write_text("\n".join(["##gff-version 3", *features, ""]), encoding="ascii")
    rows = ["##fileformat=VCFv4.2"]
    for gene, locus in loci.items():
        rows.append(f"##contig=<ID={gene},length={len(locus.slices[build].sequence) + 2 * PAD}>")
    rows.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
    for gene, one in variants:
        rows.append(f"{gene}\t{local(loci[gene].slices[build], one.pos)}\t.\t{one.ref}\t{one.alt}\t.\t.\t.")
    (folder / "in.vcf").write_text("\n".join(rows) + "\n", encoding="ascii")


def run_csq(folder):
    """Run csq on what :func:`write_inputs` wrote; the annotated VCF is ``out.vcf``."""
    options = ["-l", "-f", "ref.fa", "-g", "panel.gff", "in.vcf", "-Ov", "-o", "out.vcf"]
    subprocess.run([sys.executable, "-c", CALL, *options], cwd=folder, check=True, capture_output=True)


def classes(folder):
    """Their words by (gene, position on the contig, alternate, transcript)."""
    found = defaultdict(set)
    for row in (folder / "out.vcf").read_text(encoding="ascii").splitlines():
        if row.startswith("#"):
            continue
        gene, pos, _, _, alt, *_, info = row.split("\t")
        for entry in info.removeprefix("BCSQ=").split(","):
            fields = entry.split("|")
            if len(fields) > 2 and fields[2]:
                found[gene, int(pos), alt, fields[2]] |= set(fields[0].removeprefix("*").split("&"))
    return found
