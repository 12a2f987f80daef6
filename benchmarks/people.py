"""What a person costs: genotypes and conclusions of trios in one file of many samples, beside genmod on the same file.

Usage: python benchmarks/people.py [people]

Writes one VCF of trios (default 990 people) with changes of the six genes, about ten carried by each. Prints the time
of a processor that a person takes from the calls to the conclusions, the same for genmod's inheritance models (a PED of
the same families; only if genmod is installed), and the highest memory of ``higm-annot run`` for a tenth of the people
and for all of them.
"""

from __future__ import annotations

import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from msgspec.structs import replace

from higm_annot.annotated import alleles_of, annotate_alleles
from higm_annot.batches import families
from higm_annot.group import Group
from higm_annot.intake.sheet import read_sheet
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.pipeline import reading
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build

ROLES = ("child", "mother", "father")
SITES, CARRIED = 20, 0.05  # places a gene, and the share of copies changed there: about ten carried alleles a person
REPEATS = 5


def records(people: int) -> list[str]:
    """Lines of the VCF without its header: substitutions of coding bases, genotypes that children can inherit."""
    chance = random.Random(1)  # noqa: S311 - a sample, no secret
    lines = []
    for locus in sorted(load_panel().loci.values(), key=lambda one: (one.contig, one.slices[Build.GRCH38].start)):
        piece = locus.slices[Build.GRCH38]
        exons = locus.mane.models[Build.GRCH38].exons
        known = [pos for exon in exons for pos in range(exon.start, exon.end + 1) if piece.covers(pos, pos)]
        bases = sorted(chance.sample(known, SITES))
        for pos in bases:
            ref = piece.bases(pos, pos)
            alt = chance.choice([base for base in "ACGT" if base != ref])
            columns = [column for _ in range(people // 3) for column in _trio(chance, locus.contig.is_sex_linked)]
            cells = [f"chr{locus.contig}", pos, ".", ref, alt, 50, "PASS", f"Annotation={locus.gene}", "GT:AD:DP:GQ"]
            lines.append("\t".join(map(str, [*cells, *columns])))
    return lines


def _trio(chance: random.Random, sex_linked: bool) -> list[str]:  # noqa: FBT001 - one fact of the place
    """A boy and his parents: one copy of each is handed on, the father's X is not."""
    mother = [int(chance.random() < CARRIED) for _ in range(2)]
    father = [int(chance.random() < CARRIED) for _ in range(1 if sex_linked else 2)]
    child = [chance.choice(mother), *([] if sex_linked else [chance.choice(father)])]
    return [_column(copies) for copies in (child, mother, father)]


def _column(copies: list[int]) -> str:
    depth = 40
    alt = depth * sum(copies) // len(copies)
    return f"{'/'.join(map(str, sorted(copies)))}:{depth - alt},{alt}:{depth}:99"


def write(folder: Path, people: int) -> tuple[Path, Path, Path]:
    """VCF, sheet and PED of so many people."""
    names = [f"{role}{number}" for number in range(people // 3) for role in ROLES]
    vcf, sheet, ped = folder / f"{people}.vcf", folder / f"{people}.tsv", folder / f"{people}.ped"
    head = ["##fileformat=VCFv4.3", '##INFO=<ID=Annotation,Number=.,Type=String,Description="Gene">']
    kinds = (("GT", "1", "String"), ("AD", "R", "Integer"), ("DP", "1", "Integer"), ("GQ", "1", "Integer"))
    head += [f'##FORMAT=<ID={key},Number={count},Type={kind},Description="{key}">' for key, count, kind in kinds]
    panel = load_panel()
    for contig in dict.fromkeys(locus.contig for locus in panel.loci.values()):
        head.append(f"##contig=<ID=chr{contig}>")
    head.append("\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *names]))
    vcf.write_text("\n".join([*head, *records(people)]) + "\n", encoding="utf-8")
    rows = [
        "\t".join(("sample", "vcf", "vcf_sample", "family", "father", "mother", "sex", "affected", "consent_family"))
    ]
    lines = []
    for number in range(people // 3):
        child, mother, father = (f"{role}{number}" for role in ROLES)
        for name, sex, parents in (
            (child, "male", (father, mother)),
            (mother, "female", ("", "")),
            (father, "male", ("", "")),
        ):
            affected = "yes" if name == child else "no"
            rows.append("\t".join((name, vcf.name, name, f"F{number}", *parents, sex, affected, "yes")))
            codes = ("1" if sex == "male" else "2", "2" if name == child else "1")
            lines.append("\t".join((f"F{number}", name, *(one or "0" for one in parents), *codes)))
    sheet.write_text("\n".join(rows) + "\n", encoding="utf-8")
    ped.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return vcf, sheet, ped


def milliseconds(sheet: Path, *, alone: bool) -> float:
    """Time a person takes from the calls to the conclusions, in families or each alone; read as a run does."""
    panel = load_panel()
    people = read_sheet(sheet).people
    read = reading(people, panel, None)
    alleles: dict[str, AnnotatedAllele] = {}
    spent = 0.0
    for family in families(people):
        intakes = list(map(read, family))
        if alone:
            intakes = [replace(one, person=replace(one.person, father="", mother="")) for one in intakes]
        new = (allele for allele in alleles_of(intakes) if allele.key not in alleles)
        alleles |= annotate_alleles(panel, new, lambda _: None)
        start = time.process_time()
        group = Group(intakes, alleles, panel)
        for intake in intakes:
            group.judged(intake)
        spent += time.process_time() - start
    return spent * 1000 / len(people)


# The kernel's own figure of the new program: what wait4 gives starts from the memory of this benchmark.
RUN = """
import sys
from pathlib import Path
from higm_annot.cli import main
code = main(sys.argv[1:])
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
sys.exit(code)
"""


def peak(sheet: Path, out: Path) -> float:
    """Highest memory of one run in MB (Linux)."""
    command = [sys.executable, "-c", RUN, "run", "--samples", str(sheet), "--out", str(out)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return int(done.stdout.split()[-1]) / 1024


def genmod(vcf: Path, ped: Path, people: int) -> float:
    """Milliseconds a person takes in genmod, start of the program included."""
    command = ["genmod", "models", str(vcf), "-f", str(ped), "-k", "Annotation", "-p", "1", "-o", f"{vcf}.out"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000 / people


def main() -> None:
    people = (int(sys.argv[1]) if len(sys.argv) > 1 else 990) // 30 * 30
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vcf, sheet, ped = write(folder, people)
        ours, alone = (
            statistics.median(milliseconds(sheet, alone=each) for _ in range(REPEATS)) for each in (False, True)
        )
        print(f"{people} people, {6 * SITES} places, from the calls to the conclusions:")
        print(f"  {alone:.2f} ms a person without relatives, {ours:.2f} ms in a trio with all that relatives show")
        if shutil.which("genmod"):
            theirs = genmod(vcf, ped, people)
            print(f"genmod models: {theirs:.2f} ms a person (whole program), {theirs / ours:.1f} times as long")
        _, few, _ = write(folder, people // 10)
        memory = peak(few, folder / "few"), peak(sheet, folder / "all")
        print(f"higm-annot run: {memory[0]:.0f} MB for {people // 10} people, {memory[1]:.0f} MB for all")


if __name__ == "__main__":
    main()
