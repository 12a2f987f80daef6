"""genmod's inheritance models over generated families: where they are the same, and who is right where they are not.

``genmod_divergences.tsv`` lists every kind of difference; a case belongs to the first rule whose situation it has.
"""

from __future__ import annotations

import csv
import subprocess
from collections import Counter
from pathlib import Path

import oracle_genmod as genmod
import pytest

from higm_annot.reference.store import load_panel

PROGRAM = genmod.program()
pytestmark = [
    pytest.mark.oracle,
    pytest.mark.skipif(PROGRAM is None, reason="genmod is not installed (oracle extra)"),
]
DIVERGENCES = Path(__file__).with_name("genmod_divergences.tsv")
PIECE = load_panel().loci["CD40"].slices["GRCh38"]
FRAMESHIFT = ("20", 46123150, PIECE.bases(46123150, 46123151), PIECE.base(46123150))
# A listed allele of each gene; genmod knows no gene, so every kind is asked on the gene that is inherited so.
PLACES = {
    "recessive": ("CD40", [("20", 46122349, "T", "C")]),
    "compound": ("CD40", [("20", 46122349, "T", "C"), FRAMESHIFT]),
    "dominant": ("AICDA", [("12", 8604313, "G", "A")]),
    "x": ("CD40LG", [("X", 136654423, "GC", "G")]),
}
EVERY = list(genmod.cases())


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return genmod.models(PROGRAM, EVERY, tmp_path_factory.mktemp("genmod"))


def people_of(number, case):
    def relation(name, child):
        return f"c{number}{name}" if child and name in case.people else ""

    for name in case.people:
        child = name == "C"
        ill = child or (name == "M" and case.mother_affected)
        sex = {"C": {"1": "male", "2": "female"}[case.sex], "M": "female", "F": "male"}[name]
        yield {
            "sample": f"c{number}{name}",
            "family": f"f{number}",
            "mother": relation("M", child),
            "father": relation("F", child),
            "sex": sex,
            "affected": "yes" if ill else "no",
            "consent_family": "yes",
        }


def read(case, document, problems):
    """The model our document speaks of, in genmod's words; the grade of a possible one is left out."""
    gene, _ = PLACES[case.kind]
    conclusion = next(one for one in document["conclusions"] if one["gene"] == gene)
    code, why = conclusion["code"], conclusion["why"]
    # Several alleles of neither parent put the relations in doubt: told to the laboratory, and to nobody as new.
    new = any(one.startswith(("apparently_new", "new_but")) for one in why) or "HA-PED-102" in problems
    odd = "one_parent_only" in why or any(code in ("HA-PED-101", "HA-PED-106") for code in problems)
    if code not in ("disease_genotype", "possible_disease_genotype", "carrier_possibly_affected"):
        return "-"
    if case.kind == "recessive":
        return "-" if code != "disease_genotype" else "AR_hom_dn" if odd else "AR_hom"
    if code == "carrier_possibly_affected":
        return "XD_dn" if new else "XD"
    if case.kind == "x" and case.sex == genmod.FEMALE:
        return "XR_dn" if odd else "XR"
    return {"dominant": "AD", "compound": "AR_comp", "x": "XR"}[case.kind] + ("_dn" if new else "")


def asked(case):
    """The models that the kind of case is about. On X genmod calls a boy, and a girl with two copies, XR and XD."""
    if case.kind != "x":
        return {"recessive": ("AR_hom",), "dominant": ("AD",), "compound": ("AR_comp",)}[case.kind]
    return ("XD",) if "child_het" in case.situation else ("XR",)


def test_parity(told, tmp_path, program):
    rules = list(csv.DictReader(DIVERGENCES.open(encoding="utf-8"), delimiter="\t"))
    met, same = Counter(), 0
    for kind, (_, places) in PLACES.items():
        group = [case for case in EVERY if case.kind == kind]
        people = [one for number, case in enumerate(group) for one in people_of(number, case)]
        rows = [
            (
                *place,
                *(
                    cell if ":" in cell else f"{cell}:."
                    for case in group
                    for cell in case.places[index]
                    if cell is not None
                ),
                {"format": "GT:PS"},
            )
            for index, place in enumerate(places)
        ]
        found = program(rows, *people)
        lines = [line.split("\t") for line in found["problems"]["lines"]]
        for number, case in enumerate(group):
            sample = f"c{number}C"
            ours = read(case, found[sample], [line[1] for line in lines if line[0] == sample])
            names = {name for model in asked(case) for name in (model, f"{model}_dn")}
            theirs = "|".join(sorted(told[case] & names)) or "-"
            if ours == theirs:
                same += 1
                continue
            rule = next(
                (
                    one["rule"]
                    for one in rules
                    if one["kind"] in ("*", kind) and set(one["when"].split(";")) <= case.situation
                ),
                None,
            )
            assert rule is not None, (case, theirs, ours)
            met[rule] += 1
    assert met == {one["rule"]: int(one["cases"]) for one in rules}
    assert same + sum(met.values()) == len(EVERY)


def test_genmod_knows_no_gene(told):
    """The same genotypes in a recessive and a dominant gene get the same models, and every boy on X is XD as well."""
    for case in EVERY:
        if case.kind == "recessive":
            assert told[case] == told[genmod.Case("dominant", case.sex, case.places)]
        if case.kind == "x" and case.sex == genmod.MALE:
            assert {"XR", "XR_dn"}.isdisjoint(told[case]) or not {"XD", "XD_dn"}.isdisjoint(told[case])


def test_strict_gives_no_model_without_a_genotype(tmp_path):
    missing = [case for case in EVERY if "child_not_called" in case.situation]
    assert set(genmod.models(PROGRAM, missing, tmp_path, "--strict").values()) == {frozenset()}


@pytest.mark.parametrize("options", [(), ("--phased",), ("--phased", "--strict")])
def test_a_singleton_with_two_changes_on_one_copy_is_a_compound_to_genmod(tmp_path, options):
    cis = genmod.Case("compound", genmod.FEMALE, (("0|1:7", None, None), ("0|1:7", None, None)))
    assert "AR_comp" in genmod.models(PROGRAM, [cis], tmp_path, *options)[cis]


def test_genmod_reads_a_boys_x_alike_however_it_is_called(tmp_path):
    boys = [genmod.Case("x", genmod.MALE, ((raw, "0/1", "0"),)) for raw in ("1", "1/1", "0/1", "./1")]
    found = genmod.models(PROGRAM, boys, tmp_path)
    assert set(found.values()) == {frozenset({"XR", "XD"})}


def test_genmod_refuses_a_healthy_family(tmp_path):
    case = genmod.Case("recessive", genmod.FEMALE, (("0/1", None, None),))
    genmod.models(PROGRAM, [case], tmp_path)
    ped = tmp_path / "0.ped"
    ped.write_text(ped.read_text().replace("\t2\n", "\t1\n"), encoding="utf-8")
    words = [PROGRAM, "models", "-k", "Annotation", "-f", str(ped), str(tmp_path / "0.vcf")]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    assert "No affected individuals" in done.stderr
    assert done.returncode != 0
