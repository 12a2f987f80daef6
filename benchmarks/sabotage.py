"""Break the line that guards each invariant, one at a time in a copy, and see whether a test fails.

Usage: python benchmarks/sabotage.py

Prints, for each sabotaged line, the first tests that failed; exits 1 if any sabotage goes unnoticed. Needs git and the
``test`` extra.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Sabotage(NamedTuple):
    invariant: str
    file: str
    line: str
    broken: str
    tests: str


SABOTAGES = (
    Sabotage(
        "1 a missing allele becomes reference",
        "higm_annot/intake/gt.py",
        "Slot.MISSING if value is None",
        "Slot.REF if value is None",
        "tests/intake",
    ),
    Sabotage(
        "1 a plain VCF counts as assessed",
        "higm_annot/intake/assess.py",
        "if not evidence.general or not covered:",
        "if not covered:",
        "tests/intake tests/invariants",
    ),
    Sabotage(
        "1 a gene read in part is called without finding",
        "higm_annot/interpretation/assessed.py",
        "AssessmentStatus.ASSESSED",
        "AssessmentStatus.PARTLY",
        "tests/interpretation tests/invariants",
    ),
    Sabotage(
        "2 the ledger is not balanced against what was read",
        "higm_annot/intake/ledger.py",
        "if sum(fates.values()) != expected or",
        "if",
        "tests/intake",
    ),
    Sabotage(
        "3 splitting a multiallelic call invents a reference allele",
        "higm_annot/intake/gt.py",
        "else Slot.OTHER",
        "else Slot.REF",
        "tests/intake",
    ),
    Sabotage(
        "4 a contig's accession is not recognised",
        "higm_annot/reference/contigs.py",
        "row = BY_ACCESSION.get(name)",
        "row = BY_ACCESSION.get('')",
        "tests/intake tests/reference",
    ),
    Sabotage(
        "5 a heterozygous call in a male is made hemizygous",
        "higm_annot/genotype/zygosity.py",
        "return Reading(Zygosity.HET_IN_MALE, (Zygosity.HET_IN_MALE,)",
        "return Reading(Zygosity.HEMI, (Zygosity.HEMI,)",
        "tests/genotype",
    ),
    Sabotage(
        "6 calls of different phase sets are compared",
        "higm_annot/genotype/phase.py",
        'names = (f"{genotype.phase_set} 1", f"{genotype.phase_set} 2")',
        'names = ("1", "2")',
        "tests/genotype",
    ),
    Sabotage(
        "7 a short-read reference in a firewalled exon is assessed",
        "higm_annot/intake/assess.py",
        "if exon.firewalled:",
        "if exon is None:",
        "tests/intake tests/demo",
    ),
    Sabotage(
        "7 a short-read call in a firewalled exon is established",
        "higm_annot/interpretation/firewall.py",
        "unresolved = any(finding.unresolved for finding in used)",
        "unresolved = False",
        "tests/interpretation",
    ),
    Sabotage(
        "11 the path of the file is part of the document",
        "higm_annot/report/provenance.py",
        '"sample", "vcf", "vcf_sample"',
        '"sample", "vcf_sample"',
        "tests/report tests/invariants",
    ),
    Sabotage(
        "11 the JSON is written before the others are complete",
        "higm_annot/report/write.py",
        "    for name, content in rendered.items():\n",
        "    write_whole(document, encode(report))\n    for name, content in rendered.items():\n",
        "tests/report",
    ),
    Sabotage(
        "12 the root Snakefile has no target of its own",
        "Snakefile",
        "        rules.all.input,\n",
        "",
        "tests/workflow",
    ),
    Sabotage(
        "13 the order of diseases is told of people in whom nothing is asked",
        "higm_annot/report/phenotype.py",
        "if context_of(person) is Context.INDICATED else ()",
        "if True else ()",
        "tests/phenotype",
    ),
    Sabotage(
        "14 a phenopacket about another subject is used",
        "higm_annot/phenotype/phenopacket.py",
        "if person.sample not in (subject.id, *subject.alternate_ids):",
        "if False:",
        "tests/phenotype",
    ),
    Sabotage(
        "9 IgG under replacement is read as the own",
        "higm_annot/phenotype/observe.py",
        "if row.own_only and replaced:",
        "if False:",
        "tests/phenotype",
    ),
    Sabotage(
        "9 a word beside an HPO id is passed over",
        "higm_annot/phenotype/observe.py",
        "    if row.value:\n",
        "    if False:\n",
        "tests/phenotype",
    ),
    Sabotage(
        "9 any IgM may speak against a disease",
        "higm_annot/phenotype/differential.py",
        "row.weight < 0 and feature is not None and feature.never_against",
        "False",
        "tests/phenotype",
    ),
    Sabotage(
        "12 the gate lets a failed sample pass",
        "higm_annot/stages.py",
        "return (lines, 3) if lines",
        "return (lines, 0) if lines",
        "tests/cli tests/workflow",
    ),
    Sabotage(
        "14 a family's class rests on somebody who did not agree",
        "higm_annot/family_evidence.py",
        "sample in self._group.intakes and row.consent_family and",
        "sample in self._group.intakes and",
        "tests/invariants/test_family_evidence.py",
    ),
    Sabotage(
        "13 PMS2 gives evidence to a family's class",
        "higm_annot/family_evidence.py",
        'if allele.effects.gene in words("secondary_finding_genes"):',
        "if not allele.effects.gene:",
        "tests/invariants/test_family_evidence.py",
    ),
)


def main() -> None:
    unnoticed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
        for one in SABOTAGES:
            path = copy / one.file
            intact = path.read_text(encoding="utf-8")
            if one.line not in intact:
                sys.exit(f"{one.file} has no line {one.line!r}: bring this script up to date")
            path.write_text(intact.replace(one.line, one.broken), encoding="utf-8")
            tests = [name for name in one.tests.split() if (copy / name).exists()]
            command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--no-header", *tests]
            # Snakemake's jobs are processes of their own: they must find the copy as well.
            environment = {**os.environ, "PYTHONPATH": str(copy)}
            done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
            path.write_text(intact, encoding="utf-8")
            failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
            unnoticed += not failed
            print(f"{'caught   ' if failed else 'UNNOTICED'} {one.invariant}\n          {one.file}: {one.line.strip()}")
            print("".join(f"          {line}\n" for line in failed[:1]), end="", flush=True)
    print(f"{len(SABOTAGES) - unnoticed} of {len(SABOTAGES)} sabotages caught")
    sys.exit(1 if unnoticed else 0)


if __name__ == "__main__":
    main()
