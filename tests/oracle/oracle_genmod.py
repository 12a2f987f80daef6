"""genmod's inheritance models for many small families at once.

Every case is a family of up to three people and one or two places. genmod gets the families that look alike in one
file, each case under a gene name of its own, so that its compound model never crosses cases; it is told of affected
children and healthy parents by a PED.
"""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MALE, FEMALE = "1", "2"
MISSING = ("./.", ".")


@dataclass(frozen=True)
class Case:
    """``places`` holds the genotypes of child, mother and father at each place; None for a parent who is not there."""

    kind: str
    sex: str
    places: tuple[tuple[str, str | None, str | None], ...]
    mother_affected: bool = False

    @property
    def family(self):
        _, mother, father = self.places[0]
        return self.kind, self.sex, mother is not None, father is not None, self.mother_affected

    @property
    def people(self):
        """Who is there: C, M, F."""
        return [name for name, genotype in zip("CMF", self.places[0], strict=True) if genotype is not None]

    @property
    def situation(self):
        """What can be said of the case in words; a place with any of these gives the word."""
        found = set()
        for child, mother, father in self.places:
            found.add(self._child(child))
            for name, parent in (("mother", mother), ("father", father)):
                healthy = name == "father" or not self.mother_affected
                found |= _parent(name, parent, healthy=healthy)
            if _carries(mother) and _carries(father):
                found.add("both_parents_carry")
        if len(self.places) == 2:
            found |= self._of_pair()
        return found

    def _child(self, genotype):
        if genotype in MISSING:
            return "child_not_called"
        if self.sex == MALE:
            return {"0/1": "boy_het", "1": "boy_hemi"}.get(genotype, "child_ref")
        return "child_hom" if genotype == "1/1" else "child_het" if _carries(genotype) else "child_ref"

    def _of_pair(self):
        (first, *parents), (second, *others) = self.places
        found = set()
        if any(_carries(one) and _carries(other) for one, other in zip(parents, others, strict=True)):
            found.add("one_parent_carries_both")
        if "|" in first and "|" in second:
            (one, one_set), (other, other_set) = first.split(":"), second.split(":")
            found.add("other_sets" if one_set != other_set else "cis" if one == other else "trans")
        return found


def _carries(genotype):
    return genotype is not None and "1" in genotype.partition(":")[0]


def _parent(name, genotype, *, healthy):
    if genotype is None:
        return {f"no_{name}"}
    if genotype in MISSING:
        return {"parent_not_called"}
    found = {("healthy" if healthy else "affected") + ("_with" if _carries(genotype) else "_without")}
    return found | ({"healthy_hom" if healthy else "affected_hom"} if genotype in ("1/1", "1") else set())


def cases():
    """Recessive, dominant and compound on an autosome; X in boys and girls; with both parents, one, and none."""
    yield from dict.fromkeys(_all_cases())


def _all_cases():
    called = ("0/0", "0/1", "1/1", "./.")
    for kind in ("recessive", "dominant"):
        for child, mother, father in itertools.product(("0/1", "1/1", "./."), called, called):
            yield Case(kind, FEMALE, ((child, mother, father),))
        for child, mother in itertools.product(("0/1", "1/1", "./."), called):
            yield Case(kind, FEMALE, ((child, mother, None),))
        for child in ("0/1", "1/1", "./."):
            yield Case(kind, FEMALE, ((child, None, None),))
    for child, mother in itertools.product(("0/1", "./."), called):
        yield Case("dominant", FEMALE, ((child, mother, "0/0"),), mother_affected=True)
    for child, mother, father in itertools.product(("0", "1", "0/1", "."), called, ("0", "1", ".")):
        yield Case("x", MALE, ((child, mother, father),))
    for child, mother, father in itertools.product(("0/0", "0/1", "1/1", "./."), called, ("0", "1", ".")):
        yield Case("x", FEMALE, ((child, mother, father),))
    for child, mother in itertools.product(("1", "0/1"), called):
        yield Case("x", MALE, ((child, mother, None),))
    parents = ("0/0", "0/1", "./.")
    for a, b, c, d in itertools.product(parents, repeat=4):
        yield Case("compound", FEMALE, (("0/1", a, b), ("0/1", c, d)))
    for a, c in itertools.product(parents, repeat=2):
        yield Case("compound", FEMALE, (("0/1", a, None), ("0/1", c, None)))
    for first, second in (("0|1:7", "1|0:7"), ("0|1:7", "0|1:7"), ("0|1:7", "1|0:8"), ("0|1:7", "0/1"), ("0/1", "0/1")):
        yield Case("compound", FEMALE, ((first, None, None), (second, None, None)))
        yield Case("compound", FEMALE, ((first, "0/0", "0/0"), (second, "0/0", "0/0")))
        yield Case("compound", FEMALE, ((first, "./.", "./."), (second, "./.", "./.")))


def models(program, every, folder, *options):
    """The models genmod gives the child's family, by case; those of all places of a case together."""
    found = {}
    for number, (_, alike) in enumerate(itertools.groupby(sorted(every, key=order), key=lambda case: case.family)):
        group = list(alike)
        path = Path(folder) / f"{number}.vcf"
        ped = path.with_suffix(".ped")
        path.write_text(_vcf(group), encoding="utf-8")
        ped.write_text(_ped(group[0]), encoding="utf-8")
        done = subprocess.run(
            [program, "models", "-k", "Annotation", "-p", "1", "-f", str(ped), *options, str(path)],
            capture_output=True,
            text=True,
            check=True,
        )
        told = {index: set() for index in range(len(group))}
        for line in done.stdout.splitlines():
            if not line.startswith("#"):
                info = dict(item.partition("=")[::2] for item in line.split("\t")[7].split(";"))
                given = info.get("GeneticModels", "").partition(":")[2]
                told[int(info["Annotation"][1:])] |= set(given.split("|")) - {""}
        found |= {group[index]: frozenset(one) for index, one in told.items()}
    return found


def order(case):
    return str(case.family), str(case.places)


def program():
    """The command beside this Python, or on the path; None where it is not installed."""
    beside = Path(sys.executable).with_name("genmod")
    return str(beside) if beside.is_file() else shutil.which("genmod")


def _vcf(group):
    contig = "X" if group[0].kind == "x" else "20"
    lines = [
        "##fileformat=VCFv4.2",
        '##INFO=<ID=Annotation,Number=.,Type=String,Description="Case">',
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        '##FORMAT=<ID=PS,Number=1,Type=String,Description="Phase set">',
        f"##contig=<ID={contig},length=1000000000>",
        "\t".join([*["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"], *group[0].people]),
    ]
    for index, case in enumerate(group):
        for place, genotypes in enumerate(case.places):
            cells = [genotype if ":" in genotype else f"{genotype}:." for genotype in genotypes if genotype is not None]
            fixed = [
                contig,
                str(1000 * (index + 1) + place),
                ".",
                "A",
                "C",
                "50",
                "PASS",
                f"Annotation=g{index}",
                "GT:PS",
            ]
            lines.append("\t".join([*fixed, *cells]))
    return "\n".join(lines) + "\n"


def _ped(case):
    mother, father = (name if name in case.people else "0" for name in "MF")
    rows = [("C", father, mother, case.sex, "2")]
    if mother != "0":
        rows.append(("M", "0", "0", FEMALE, "2" if case.mother_affected else "1"))
    if father != "0":
        rows.append(("F", "0", "0", MALE, "1"))
    return "".join("\t".join(("FAM", *row)) + "\n" for row in rows)
