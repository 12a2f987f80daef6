"""VCF of one report: the alleles that it shows, with what it says of them; nothing that it withholds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from higm_annot.consequence.terms import IMPACT
from higm_annot.genotype.types import Zygosity
from higm_annot.interpretation.types import Conclusion, Status
from higm_annot.reference.types import Build, Contig, Gene
from higm_annot.report.csq import (
    CSQ,
    HIGM,
    INFO_LINES,
    coding_name,
    contig_lines,
    csq_values,
    entry,
    escaped,
    span,
    structural,
)
from higm_annot.report.placed import Placed, placed
from higm_annot.report.types import Report, SupportBlock, VariantBlock

FORMAT = "GT:DP:AD:GQ:PS:HIGM"
FORMAT_LINES = (
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype of this allele; . where another allele stands">',
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth as in the input">',
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of REF and of this allele, as in the input">',
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality as in the input">',
    '##FORMAT=<ID=PS,Number=1,Type=Integer,Description="Phase set as in the input">',
    (
        '##FORMAT=<ID=HIGM,Number=.,Type=String,Description="higm_annot, one entry per conclusion that names the '
        'allele. Format: State|OtherAssay|Disease|Conclusion|Status">'
    ),
)
COLUMNS = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT")
_ONE_COPY = frozenset({Zygosity.HEMI, Zygosity.HAPLOID_UNEXPECTED})
_AS_WRITTEN = frozenset(
    {
        Zygosity.HET,
        Zygosity.HET_IN_MALE,
        Zygosity.HET_SEX_UNKNOWN,
        Zygosity.HALF_CALL,
        Zygosity.POLYPLOID,
        Zygosity.HEMI_OR_HOM,
    }
)
_NOT_A_WORD = re.compile(r"[^A-Za-z0-9_.+-]")
_UNFILTERED = "PASS"


def render_vcf(report: Report) -> bytes:
    """A VCF 4.3 of one sample, sorted; without records where the report is failed."""
    records = sorted(_records(report), key=lambda row: row[0])
    filters = sorted({word for _, row in records for word in row[6].split(";")} - {_UNFILTERED, "."})
    lines = [
        "##fileformat=VCFv4.3",
        f"##source={report.provenance.software}",
        f"##higm_report=sha256:{report.digest}",
        f"##higm_release={report.release}",
        *(contig_lines(Build(report.provenance.build)) if report.provenance.build else ()),
        *(f'##FILTER=<ID={word},Description="As in the input">' for word in filters),
        *INFO_LINES,
        *FORMAT_LINES,
        "\t".join((*COLUMNS, report.sample.id)),
        *("\t".join(row) for _, row in records),
    ]
    return ("\n".join(lines) + "\n").encode()


def genotype(block: VariantBlock) -> str:
    """GT of this allele alone: as the file writes it where that is plain, otherwise only what the state says.

    Where another allele stands on the other copy, or the file's genotype is not shown, that copy is ``.``: it is
    not made reference.
    """
    written = re.findall(r"[0-9.]+|[/|]", block.support.genotype)
    copies = set(written[::2])
    if block.state == Zygosity.HOM_REF:
        return "".join(written) if copies == {"0"} else "./."
    if block.state == Zygosity.NO_CALL:
        return "".join(written) if copies == {"."} else "./."
    if block.state in _ONE_COPY:
        return "1"
    if block.state == Zygosity.HOM:
        return "1|1" if "|" in written else "1/1"
    alternates = copies - {"0", "."}
    if block.state in _AS_WRITTEN and len(alternates) == 1:
        return "".join("1" if part in alternates else part for part in written)
    return "./1"


def _records(report: Report) -> Iterator[tuple[tuple[int, int, str, str], tuple[str, ...]]]:
    """Rows with what they are sorted by; changes read together are told by their parts where those are shown."""
    order = {contig: number for number, contig in enumerate(Contig)}
    keys = {block.key for block in report.variants}
    for block in report.variants:
        if block.parts and keys.issuperset(block.parts):
            continue
        for place in placed(block.key):
            info = [*structural(place), f"HIGM={_ours(block)}", f"CSQ={_csq(block, place)}"]
            fixed = (place.contig, str(place.pos), ".", place.ref, place.alt, ".", _filter(block.support))
            calls = (*fixed, ";".join(info), FORMAT, _call(block, report.conclusions))
            yield (order[place.contig], place.pos, place.ref, place.alt), calls


def _filter(support: SupportBlock) -> str:
    """FILTER of the input as words that VCF takes; ``PASS`` beside what failed says nothing."""
    words = [_NOT_A_WORD.sub("_", word) for word in support.filters]
    failed = [word for word in dict.fromkeys(words) if word not in (_UNFILTERED, "", ".")]
    return ";".join(failed) or (_UNFILTERED if _UNFILTERED in words else ".")


def _ours(block: VariantBlock) -> str:
    return entry(
        HIGM,
        {
            "Gene": block.gene,
            "Transcript": block.transcript,
            "HGVSc": block.hgvs.c.get(block.transcript, ""),
            "HGVSp": block.hgvs.p.get(block.transcript, ""),
            "Consequence": "&".join(block.consequences),
            "Impact": _impact(block),
            "Class": block.allele_class.class_,
            "Points": str(block.allele_class.points),
            "Paralogue": block.paralogue,
        },
    )


def _csq(block: VariantBlock, place: Placed) -> str:
    """The entry of MANE Select: of the others the document holds the names only."""
    common = csq_values(place, Gene(block.gene), block.transcript, mane=True)
    kind, _, where = block.location.partition(" ")
    effect = block.effect
    said = {
        "Consequence": "&".join(block.consequences),
        "IMPACT": _impact(block),
        "EXON": where if kind == "exon" else "",
        "INTRON": where if kind == "intron" else "",
        "HGVSc": coding_name(block.transcript, block.hgvs.c.get(block.transcript, "")),
        "HGVSp": block.on_protein.get(block.transcript, ""),
        "HGVSg": block.hgvs.g,
    }
    if effect is not None:
        said |= {
            "CDS_position": span(effect.cds_start, effect.cds_end),
            "Protein_position": span(effect.protein_start, effect.protein_end),
            "Amino_acids": effect.amino_acids or "",
            "Codons": effect.codons or "",
        }
    return entry(CSQ, common | said)


def _impact(block: VariantBlock) -> str:
    return str(IMPACT[block.consequences[0]]) if block.consequences else ""


def _call(block: VariantBlock, conclusions: tuple[Conclusion, ...]) -> str:
    support = block.support
    reads = (support.ref_reads, support.alt_reads)
    phase_set = block.phase_set or ""
    return ":".join(
        (
            genotype(block),
            _number(support.depth),
            f"{reads[0]},{reads[1]}" if None not in reads else ".",
            _number(support.genotype_quality),
            phase_set if phase_set.isdigit() else ".",
            ",".join(_said(block, conclusions)),
        )
    )


def _said(block: VariantBlock, conclusions: tuple[Conclusion, ...]) -> list[str]:
    """State and other assays' word, with each conclusion that names the allele."""
    about: list[tuple[str, str, str]] = [
        (one.disease, one.code, "" if one.status is Status.ESTABLISHED else one.status)
        for one in conclusions
        if block.key in one.variants
    ]
    entries = [(block.state, block.outside, *one) for one in about or [("", "", "")]]
    # A colon would end the value of a FORMAT field.
    return ["|".join(escaped(value).replace(":", "%3A") for value in one) for one in entries]


def _number(value: float | None) -> str:
    return "." if value is None else str(round(value))
