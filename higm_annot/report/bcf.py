"""BCF of one report: its VCF in htslib's binary form."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pysam

from higm_annot.report.types import Report
from higm_annot.report.vcf import render_vcf


def render_bcf(report: Report) -> bytes:
    """The VCF of :func:`render_vcf` as BCF 2; the same document gives the same bytes with the same htslib."""
    with tempfile.TemporaryDirectory() as folder:
        text, binary = Path(folder) / "text.vcf", Path(folder) / "binary.bcf"
        text.write_bytes(render_vcf(report))
        with pysam.VariantFile(str(text)) as source, pysam.VariantFile(str(binary), "wb", header=source.header) as out:
            for record in source:
                out.write(record)
        return binary.read_bytes()
