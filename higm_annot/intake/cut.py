"""The cut of one file for the laboratory: its alleles at the loci, split and normalised, as BCF or BGZF VCF.

One record per allele, one column per person under the sheet's id. A copy that carries another allele than the record's
is written as ``<*>`` (an alternate allele that is not this one), never as reference. The bytes depend on the
people's alleles only: no time, path or host.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from higm_annot.intake.types import Allele, Call, Fate, PersonIntake, Slot, Support
from higm_annot.reference.contigs import contig_length
from higm_annot.reference.types import Build, Contig, Panel

OTHER_ALT = "<*>"
NUMBERS = {Slot.REF: "0", Slot.ALT: "1", Slot.OTHER: "2", Slot.MISSING: "."}
OTHER_INDEX = re.compile(r"[1-9][0-9]*")
CONTIG_ORDER = {contig: number for number, contig in enumerate(Contig)}
FORMATS = (
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype as called; <*> stands for another alternate allele">',
    '##FORMAT=<ID=AD,Number=.,Type=Integer,Description="Reads of the reference and of this allele">',
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Read depth">',
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality, rounded">',
    '##FORMAT=<ID=PSET,Number=1,Type=String,Description="Phase set as written in the input">',
    '##FORMAT=<ID=FT,Number=.,Type=String,Description="Filters of the input record">',
)


def write_cut(path: Path, intakes: Sequence[PersonIntake], panel: Panel) -> None:
    """Write the alleles of the people of one file; the file appears whole or not at all.

    Parameters
    ----------
    path
        ``.bcf``, or ``.vcf.gz`` for BGZF text.
    intakes
        People of one file who did not fail, all of one build.

    Raises
    ------
    ValueError
        When there is nobody, or people are of different builds.
    """
    builds = {intake.verdict.build for intake in intakes if intake.verdict is not None}
    if len(builds) != 1:
        msg = f"a cut is of one file and so of one build, not of {sorted(builds)}"
        raise ValueError(msg)
    text = cut_text(intakes, builds.pop(), panel)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        whole = Path(folder) / "cut"
        _pack(text, whole, Path(folder) / "cut.vcf", is_bcf=path.suffix == ".bcf")
        whole.replace(path)


def cut_text(intakes: Sequence[PersonIntake], build: Build, panel: Panel) -> str:
    """The cut as VCF text."""
    columns = [_genotypes(intake) for intake in intakes]
    alleles = sorted(
        {call.allele for intake in intakes for call in (*intake.calls, *intake.no_calls) if not call.allele.part},
        key=lambda allele: (CONTIG_ORDER[allele.contig], allele.pos, allele.ref, allele.alt, allele.end),
    )
    lines = [
        "##fileformat=VCFv4.3",
        f"##higm_annot=<Reference={panel.digest},Build={build}>",
        f"##reference={build}",
        '##FILTER=<ID=PASS,Description="All filters passed">',
        *(f"##contig=<ID={contig},length={contig_length(contig, build)}>" for contig in Contig),
        '##ALT=<ID=*,Description="An alternate allele other than that of the record">',
        *(f'##ALT=<ID={name},Description="Structural type of the input">' for name in _symbols(alleles)),
        '##INFO=<ID=END,Number=1,Type=Integer,Description="Last position of a structural allele">',
        '##INFO=<ID=AS_GIVEN,Number=0,Type=Flag,Description="Not left-aligned: reaches outside the embedded sequence">',
        *FORMATS,
        "\t".join(
            ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"]
            + [intake.person.sample for intake in intakes]
        ),
        *(_record(allele, columns) for allele in alleles),
    ]
    return "\n".join(lines) + "\n"


def _symbols(alleles: Sequence[Allele]) -> list[str]:
    return sorted({allele.alt.strip("<>") for allele in alleles if allele.is_symbolic})


def _genotypes(intake: PersonIntake) -> dict[str, Call | str]:
    """By allele key: the call, or the GT field of a reference genotype."""
    found: dict[str, Call | str] = {
        row.key: row.genotype for row in intake.ledger if row.fate is Fate.REFERENCE and row.key
    }
    return found | {call.allele.key: call for call in (*intake.calls, *intake.no_calls)}


def _record(allele: Allele, columns: Sequence[dict[str, Call | str]]) -> str:
    entries = [column.get(allele.key) for column in columns]
    genotypes = [_genotype(entry) for entry in entries]
    has_other = any("2" in genotype for genotype in genotypes)
    info = [f"END={allele.end}"] if allele.is_symbolic else []
    info += [] if allele.normalised else ["AS_GIVEN"]
    cells = [
        allele.contig,
        str(allele.pos),
        ".",
        allele.ref,
        f"{allele.alt},{OTHER_ALT}" if has_other else allele.alt,
        ".",
        ".",
        ";".join(info) or ".",
        "GT:AD:DP:GQ:PSET:FT",
    ]
    return "\t".join(cells + [f"{gt}:{_details(entry)}" for gt, entry in zip(genotypes, entries, strict=True)])


def _genotype(entry: Call | str | None) -> str:
    """The genotype in this record's numbers; a dot for a person whose file says nothing of this allele.

    The text of a genotype without this allele may name other alternates of its own record: they are ``<*>`` here.
    """
    if entry is None:
        return "."
    if isinstance(entry, str):
        return OTHER_INDEX.sub("2", entry.lstrip("/|"))
    sign = "|" if entry.genotype.phased else "/"
    return sign.join(NUMBERS[slot] for slot in entry.genotype.slots) or "."


def _details(entry: Call | str | None) -> str:
    """Read support, phase set and filters of a call."""
    if not isinstance(entry, Call):
        return ".:.:.:.:."
    phase_set = (entry.genotype.phase_set or ".").replace(" ", "_")
    filters = entry.support.filters + entry.support.sample_filters
    return f"{_support(entry.support)}:{phase_set}:{','.join(filters) or '.'}"


def _support(support: Support) -> str:
    reads = [support.ref_reads, support.alt_reads]
    depths = "." if reads == [None, None] else ",".join("." if value is None else str(value) for value in reads)
    quality = "." if support.genotype_quality is None else str(round(support.genotype_quality))
    return f"{depths}:{'.' if support.depth is None else support.depth}:{quality}"


def _pack(text: str, out: Path, plain: Path, *, is_bcf: bool) -> None:
    """Compress VCF text into ``out``."""
    import pysam  # noqa: PLC0415 - only the workflow's first step writes cuts; a one-sample run never needs it

    if not is_bcf:
        with pysam.BGZFile(str(out), "wb", None) as stream:
            stream.write(text.encode())
        return
    plain.write_text(text, encoding="utf-8")
    with pysam.VariantFile(str(plain)) as source, pysam.VariantFile(str(out), "wb", header=source.header) as stream:
        for record in source:
            stream.write(record)
