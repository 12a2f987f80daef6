"""The lines of a demonstration VCF, and the BED of what was read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from higm_annot.demo.recipe import DemoFile, Site, placed
from higm_annot.reference.contigs import contig_length
from higm_annot.reference.types import Build, Contig, Interval, Panel

BLOCK_FLANK = 50  # bases beyond each coding exon that the demonstration shows as read
BLOCK_TWO_COPIES = "0/0:42:99:36"
BLOCK_ONE_COPY = "0:22:99:18"
PREFIX = {Build.GRCH37: "", Build.GRCH38: "chr"}  # both usual namings are met in this way
SMALL_FORMAT = ("GT", "AD", "DP", "GQ", "PS")
STRUCTURAL_FORMAT = ("GT", "GQ", "PR", "SR")
BLOCK_FORMAT = ("GT", "DP", "GQ", "MIN_DP")
FORMATS = {
    "GT": ("1", "String", "Genotype"),
    "AD": ("R", "Integer", "Reads of each allele, reference first"),
    "DP": ("1", "Integer", "Read depth"),
    "GQ": ("1", "Integer", "Genotype quality"),
    "PS": ("1", "Integer", "Phase set"),
    "PR": ("R", "Integer", "Read pairs of each allele, reference first"),
    "SR": ("R", "Integer", "Split reads of each allele, reference first"),
    "MIN_DP": ("1", "Integer", "Smallest depth in a reference block"),
}
BGZF_BLOCK = 65_280  # bytes of text in a block
BGZF_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")


def vcf_text(panel: Panel, build: Build, file: DemoFile) -> str:
    """A whole VCF."""
    lines = [*_site_lines(panel, build, file), *_block_lines(panel, build, file)]
    used = {name for line in lines for name in line[2][6].split(":")}
    header = "".join(_header(panel, build, file, used))
    body = "".join(
        "\t".join([PREFIX[build] + contig, str(pos), *fields, *calls]) + "\n"
        for contig, pos, fields, calls in sorted(lines, key=lambda line: (contig_order(line[0]), line[1]))
    )
    return header + body


def bed_text(panel: Panel, build: Build) -> str:
    """Every coding base of the six genes, with its flank, as a BED of callable intervals."""
    rows = {
        (
            contig_order(locus.contig),
            f"{PREFIX[build]}{locus.contig}",
            coding.start - BLOCK_FLANK,
            coding.end + BLOCK_FLANK,
        )
        for locus in panel.loci.values()
        for _, coding in _coding_exons(panel, build, locus.gene)
    }
    return "".join(f"{contig}\t{start - 1}\t{end}\n" for _, contig, start, end in sorted(rows))


def bgzf(content: bytes) -> bytes:
    """BGZF with stored blocks: the bytes do not depend on the compression library that happens to be installed."""
    blocks = []
    for start in range(0, len(content), BGZF_BLOCK):
        piece = content[start : start + BGZF_BLOCK]
        length = len(piece).to_bytes(2, "little")
        stored = b"\x01" + length + bytes(255 - byte for byte in length) + piece
        size = (len(stored) + 25).to_bytes(2, "little")
        head = bytes.fromhex("1f8b08040000000000ff060042430200") + size
        blocks.append(head + stored + zlib.crc32(piece).to_bytes(4, "little") + len(piece).to_bytes(4, "little"))
    return b"".join(blocks) + BGZF_END


def contig_order(contig: Contig) -> int:
    """Chromosome order: numbered ones first."""
    return int(contig) if contig.isdigit() else 23


Line = tuple[Contig, int, list[str], tuple[str, ...]]


def _header(panel: Panel, build: Build, file: DemoFile, used: set[str]) -> Iterator[str]:
    yield "##fileformat=VCFv4.3\n##source=higm_annot demonstration\n"
    for contig in sorted({locus.contig for locus in panel.loci.values()}, key=contig_order):
        yield f"##contig=<ID={PREFIX[build]}{contig},length={contig_length(contig, build)},assembly={build}>\n"
    if file.kind == "gvcf":
        yield '##ALT=<ID=NON_REF,Description="Any allele that was not observed">\n'
        yield '##INFO=<ID=END,Number=1,Type=Integer,Description="Last base of the block">\n'
    if file.kind == "sv":
        yield '##ALT=<ID=DEL,Description="Deletion">\n'
        yield '##INFO=<ID=END,Number=1,Type=Integer,Description="Last base of the structural change">\n'
        yield '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Kind of structural change">\n'
        yield '##INFO=<ID=SVLEN,Number=1,Type=Integer,Description="Length of the structural change">\n'
    for name, (number, kind, description) in FORMATS.items():
        if name in used:
            yield f'##FORMAT=<ID={name},Number={number},Type={kind},Description="{description}">\n'
    yield "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *file.samples]) + "\n"


def _site_lines(panel: Panel, build: Build, file: DemoFile) -> Iterator[Line]:
    names = STRUCTURAL_FORMAT if file.kind == "sv" else SMALL_FORMAT
    for site in _sites(panel, build, file):
        info = "." if site.end is None else f"END={site.end};SVTYPE=DEL;SVLEN={site.pos - site.end}"
        alts = f"{site.alt},<NON_REF>" if file.kind == "gvcf" else site.alt
        layout = ":".join(names[: site.calls[0].count(":") + 1])
        yield site.contig, site.pos, [".", site.ref, alts, "500", "PASS", info, layout], site.calls


def _sites(panel: Panel, build: Build, file: DemoFile) -> list[Site]:
    return [placed(panel, build, key, calls) for key, calls in file.records]


def _block_lines(panel: Panel, build: Build, file: DemoFile) -> Iterator[Line]:
    """Reference blocks of a gVCF over the coding exons of every gene, broken at the variant sites."""
    if file.kind != "gvcf":
        return
    sites = _sites(panel, build, file)
    for locus in panel.loci.values():
        piece = locus.slices[build]
        taken = sorted(site.pos for site in sites if site.contig is locus.contig)
        calls = tuple(
            BLOCK_ONE_COPY if male and locus.contig.is_sex_linked else BLOCK_TWO_COPIES for male in file.males
        )
        for number, coding in _coding_exons(panel, build, locus.gene):
            if (locus.gene, number) in file.unread:
                continue
            start, last = coding.start - BLOCK_FLANK, coding.end + BLOCK_FLANK
            for stop in [*(pos for pos in taken if start <= pos <= last), last + 1]:
                if start < stop:
                    fields = [".", piece.base(start), "<NON_REF>", ".", ".", f"END={stop - 1}", ":".join(BLOCK_FORMAT)]
                    yield locus.contig, start, fields, calls
                start = stop + 1


def _coding_exons(panel: Panel, build: Build, gene: str) -> Iterator[tuple[int, Interval]]:
    """The coding part of each exon of the MANE Select transcript, with the number of the exon."""
    model = next(locus for locus in panel.loci.values() if locus.gene == gene).mane.models[build]
    for number, exon in enumerate(model.exons, start=1):
        coding = Interval(max(exon.start, model.cds.start), min(exon.end, model.cds.end))
        if coding.length > 0:
            yield number, coding
