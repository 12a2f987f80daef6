"""An INVENTED seventh gene, NEWG1, and a copy of the package that has it, made by editing data files only.

Neither the gene nor its disease exists. Its record is in transcript direction, by position:

====================  =========================================================
1-500                 before the gene
501-590     exon 1    30 untranslated bases, then c.1-60
591-710     intron 1
711-801     exon 2    c.61-151
802-921     intron 2
922-1130    exon 3    c.152-300 (stop codon c.298-300), 60 untranslated bases
1131-1630             behind the gene
====================  =========================================================
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import higm_annot

GENE, DISEASE, RECORD, TRANSCRIPT = "NEWG1", "NEWD", "LRG_9999", "NM_999999.1"
EXON_1 = "ATGGCTGAACTGAAATCTGGTCCAACCCTGGACAAGTTCCAGGTTCGTTACATCCACAAC"  # codons 1-20
EXON_2 = "GAGGATGCCTCACTGTGGAAAGACCGTATCGTTACCGGCCAGTACTTCCTGAAGGAACACGCTCGTTCTGACCTGATCAACGTTCCAGGTG"
EXON_3 = "AC" + "GCTGAACTGAAATCTGGTCCAACCCTGGACAAGTTCCAGGTTCGTTAC" * 3 + "TAA"  # codons 52-99 and the stop
# Codon 26 is c.76-78, bases 16-18 of exon 2: TGG (Trp). Codon 22 is c.64-66, bases 4-6: GAT (Asp).
UTR_5, UTR_3 = "ACTCTC" * 5, "CATTCA" * 10
INTRON = "GT" + "AAGTCCTTCATC" * 9 + "TTCCTTCC" + "AG"
BEFORE, BEHIND = "CACTTGACCA" * 50, "TGACCTTCAA" * 50
SEQUENCE = BEFORE + UTR_5 + EXON_1 + INTRON + EXON_2 + INTRON + EXON_3 + UTR_3 + BEHIND
EXONS = ((501, 590), (711, 801), (922, 1130))
CODING = ((1, 60), (61, 151), (152, 300))
PROTEIN = "MAELKSGPTLDKFQVRYIHN" + "EDASLWKDRIVTGQYFLKEHARSDLINVPG" + "D" + "AELKSGPTLDKFQVRY" * 3


class Placing(NamedTuple):
    """Where the gene is put, and what its two alleles are there: nonsense c.77G>A and missense c.65A>G.

    c.77 is base 727 of the record and c.65 base 715. On the plus strand base n lies at start + n - 1, on the minus
    strand at end - n + 1 with the complementary base.
    """

    contig: str
    strand: int
    starts: dict[str, int]
    nonsense: dict[str, tuple[int, str, str]]
    missense: dict[str, tuple[int, str, str]]
    g_names: dict[str, str]


PLACINGS = {
    "plus strand, chromosome of the panel": Placing(
        contig="20",
        strand=1,
        starts={"GRCh37": 29000001, "GRCh38": 30000001},
        nonsense={"GRCh37": (29000727, "G", "A"), "GRCh38": (30000727, "G", "A")},
        missense={"GRCh37": (29000715, "A", "G"), "GRCh38": (30000715, "A", "G")},
        g_names={"GRCh37": "NC_000020.10:g.29000727G>A", "GRCh38": "NC_000020.11:g.30000727G>A"},
    ),
    "minus strand, new chromosome": Placing(
        contig="1",
        strand=-1,
        starts={"GRCh37": 19000001, "GRCh38": 20000001},
        nonsense={"GRCh37": (19000904, "C", "T"), "GRCh38": (20000904, "C", "T")},
        missense={"GRCh37": (19000916, "T", "C"), "GRCh38": (20000916, "T", "C")},
        g_names={"GRCh37": "NC_000001.10:g.19000904C>T", "GRCh38": "NC_000001.11:g.20000904C>T"},
    ),
}
# NCBI assembly reports of GRCh37 and GRCh38; the refget digests are invented.
CHROMOSOME_1 = {
    "contig": "1",
    "sex_linked": "no",
    "other_names": "",
    "grch37_refseq": "NC_000001.10",
    "grch37_genbank": "CM000663.1",
    "grch37_length": "249250621",
    "grch37_refget": "SQ." + 32 * "1",
    "grch38_refseq": "NC_000001.11",
    "grch38_genbank": "CM000663.2",
    "grch38_length": "248956422",
    "grch38_refget": "SQ." + 32 * "2",
    "source": "NCBI assembly reports",
}
# What "higm-annot reference build" does, for the new record alone: the other records are not part of this repository.
BUILD_ONE = """
import sys
from pathlib import Path
from msgspec.structs import replace
from higm_annot.reference import contigs
from higm_annot.reference.builder import make_reference
from higm_annot.reference.overlay import read_overlay
from higm_annot.reference.stored import LOCI, decode, digest_of, encode, fasta_name
from higm_annot.reference.types import Build, Gene

records, data = Path(sys.argv[1]), Path(sys.argv[2])
overlay = read_overlay()
gene = list(Gene)[-1]
new, files = make_reference(records, replace(overlay, records={gene: overlay.records[gene]}))
old = decode((data / LOCI).read_bytes())
own = tuple(region for region in new.regions if region.gene == gene)
merged = replace(old, contigs=contigs.ROWS, loci=(*old.loci, *new.loci), regions=(*old.regions, *own))
fastas = {fasta_name(build): (data / fasta_name(build)).read_bytes() + files[fasta_name(build)] for build in Build}
merged = replace(merged, digest=digest_of(merged, tuple(fastas.values())))
for name, content in {LOCI: encode(merged), **fastas}.items():
    (data / name).write_bytes(content)
"""


class Grown(NamedTuple):
    """A copy of the package with the new gene; ``before`` are its files' contents before the first edit."""

    site: Path
    package: Path
    records: Path
    placing: Placing
    before: dict[Path, bytes]

    def python(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run Python with the copy in place of the installed package."""
        environment = {**os.environ, "PYTHONPATH": str(self.site), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=self.site)


class Table:
    """A table of the copy, to be edited row by row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text(encoding="utf-8")
        reader = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
        self.rows = list(reader)
        self.columns = list(reader.fieldnames or ())

    def add(self, **cells: object) -> None:
        assert set(cells) <= set(self.columns), cells
        self.rows.append({column: str(cells.get(column, "")) for column in self.columns})

    def write(self) -> None:
        lines = ["\t".join(self.columns), *("\t".join(row[column] for column in self.columns) for row in self.rows)]
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def record_xml(placing: Placing) -> str:
    """The gene's record in the LRG schema."""
    cdna = UTR_5 + EXON_1 + EXON_2 + EXON_3 + UTR_3
    exons = "".join(
        f'<exon><coordinates coord_system="{RECORD}" start="{first}" end="{last}"/></exon>' for first, last in EXONS
    )
    accessions = {"1": ("NC_000001.10", "NC_000001.11"), "20": ("NC_000020.10", "NC_000020.11")}[placing.contig]
    mappings = "".join(
        f'<mapping other_id="{accession}"><mapping_span lrg_start="1" lrg_end="{len(SEQUENCE)}" other_start="{start}" '
        f'other_end="{start + len(SEQUENCE) - 1}" strand="{placing.strand}"/></mapping>'
        for accession, start in zip(accessions, placing.starts.values(), strict=True)
    )
    return f"""<lrg schema_version="1.9"><fixed_annotation><id>{RECORD}</id><hgnc_id>99999</hgnc_id>
<sequence_source>NG_999999.1</sequence_source><sequence>{SEQUENCE}</sequence><transcript name="t1">
<cdna><sequence>{cdna}</sequence></cdna><coding_region>
<coordinates coord_system="{RECORD}" start="531" end="1070"/>
<translation><sequence>{PROTEIN}</sequence></translation></coding_region>{exons}</transcript></fixed_annotation>
<updatable_annotation>
<annotation_set type="lrg"><lrg_locus>{GENE}</lrg_locus>{mappings}</annotation_set>
<annotation_set type="ncbi"><modification_date>2014-10-31</modification_date>
<mapping other_id="{TRANSCRIPT}" other_start="1" other_end="{len(cdna)}"/>
<features><gene><symbol name="{GENE}"/><transcript accession="{TRANSCRIPT}" source="RefSeq">
<protein_product accession="NP_999999.1"><coordinates coord_system="{RECORD}" start="531" end="1070"/></protein_product>
{exons}</transcript></gene></features></annotation_set>
<annotation_set type="ensembl"><modification_date>2014-10-31</modification_date></annotation_set>
</updatable_annotation></lrg>
"""


def add_reference(package: Path, placing: Placing) -> None:
    """Steps 1 and 2 of docs/adding_a_gene.md: the panel, and what its record is called today."""
    overlay = package / "reference" / "overlay"
    if placing.contig == "1":
        chromosomes = Table(overlay / "contigs.tsv")
        chromosomes.add(**CHROMOSOME_1)
        chromosomes.write()
    records = Table(overlay / "records.tsv")
    records.add(gene=GENE, lrg=RECORD)
    records.write()
    transcripts = Table(overlay / "transcripts.tsv")
    transcripts.add(
        gene=GENE,
        record=TRANSCRIPT,
        accession=TRANSCRIPT,
        protein="NP_999999.1",
        mane_select="yes",
        mane_as_of="invented",
        source="invented for this test",
    )
    transcripts.write()


def add_knowledge(package: Path, placing: Placing) -> None:
    """Step 4: what is known of the gene. It is recessive, so the rows of CD40 serve as the pattern."""
    data = package / "knowledge" / "data"
    tables = {path.stem: Table(path) for path in data.glob("*.tsv")}
    tables["sources"].add(
        key="invented", label="Invented", title="Invented for a test; no such gene exists", kind="software", gene=GENE
    )
    tables["genes"].add(
        gene=GENE,
        hgnc="HGNC:99999",
        ncbi=1,
        ensembl="ENSG0",
        omim=1,
        uniprot="X0",
        protein_length=99,
        null_mechanism="loss_of_function",
        source="invented",
    )
    tables["diseases"].add(
        disease=DISEASE,
        gene=GENE,
        name="Invented immunodeficiency",
        inheritance="AR",
        alleles_required="biallelic",
        mechanisms="loss_of_function",
        source="invented",
    )
    for number, (first, last) in enumerate(CODING, 1):
        tables["exons"].add(
            gene=GENE, exon=number, cds_start=first, cds_end=last, coding_bases=last - first + 1, source="invented"
        )
    for code, value in (("BA1", 0.05), ("BS1", 0.005), ("PM2", 0.0001)):
        tables["thresholds"].add(key=f"{code}_{GENE}", value=value, unit="allele frequency", source="invented")
    position, ref, alt = placing.missense["GRCh38"]
    tables["listed_alleles"].add(
        gene=GENE,
        hgvs_c="c.65A>G",
        hgvs_p="p.(Asp22Gly)",
        key_grch38=f"GRCh38:{placing.contig}:{position}:{ref}:{alt}",
        mechanism="loss_of_function",
        disease=DISEASE,
        class_="Likely pathogenic",
        expression="Invented",
        replaces="",
        source="invented",
        status="source-read",
    )
    tables["texts"].add(code="penetrance.newd_two", text="Invented: two changed copies cause it.", source="invented")
    renamed = {"CD40": GENE, "HIGM3": DISEASE, "higm3_two": "newd_two"}
    for name in ("mechanism_groups", "mechanisms", "disease_table"):
        for row in [one for one in tables[name].rows if one["gene"] == "CD40"]:
            cells = {column: renamed.get(value, value) for column, value in row.items()}
            if name == "disease_table":
                cells["row"] = row["row"].replace("CD40", GENE)
            tables[name].add(**{**cells, "source": "invented"})
    for name in ("disease_table", "null_caps"):
        for row in tables[name].rows:  # rows about several genes, CD40 among them
            genes = row["gene"].split(";")
            if len(genes) > 1 and "CD40" in genes:
                row["gene"] = ";".join([*genes, GENE])
    for table in tables.values():
        table.write()


def add_to_schema(package: Path) -> None:
    """Step 6: the schema for readers without Python."""
    path = package / "report" / "data" / "report.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["$defs"]["Gene"]["enum"] = sorted([*schema["$defs"]["Gene"]["enum"], GENE])
    path.write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8")


def contents(package: Path) -> dict[Path, bytes]:
    """Every file of a package by its path inside it."""
    return {path.relative_to(package): path.read_bytes() for path in package.rglob("*") if path.is_file()}


@pytest.fixture(scope="module", params=PLACINGS, ids=lambda name: name.replace(" ", "-"))
def grown(request, tmp_path_factory) -> Grown:
    """The package with the new gene, on either strand."""
    placing = PLACINGS[request.param]
    site = tmp_path_factory.mktemp("site")
    package = site / "higm_annot"
    shutil.copytree(Path(higm_annot.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    records = tmp_path_factory.mktemp("records")
    (records / f"{RECORD}.xml").write_text(record_xml(placing), encoding="utf-8")
    copy = Grown(site, package, records, placing, contents(package))
    add_reference(package, placing)
    built = copy.python("-c", BUILD_ONE, records, package / "reference" / "data")
    assert built.returncode == 0, built.stderr
    add_knowledge(package, placing)
    add_to_schema(package)
    return copy
