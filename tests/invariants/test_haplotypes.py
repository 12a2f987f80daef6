"""Alleles on one copy are read together where they change the protein together, and never by conjecture."""

from __future__ import annotations

import json

import pytest

from higm_annot.cli import main
from higm_annot.consequence.annotate import annotate, maps_of
from higm_annot.consequence.locate import locate
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

PANEL = load_panel()
FIELDS = "GT:AD:DP:GQ:PS"


def codon_becoming_a_stop(gene):
    """Two substitutions of one codon that give a stop only together (CAC or CAT to TAG or TAA), early in the gene."""
    one = maps_of(Gene(gene), Build.GRCH38)[0]
    coding = one.spliced[one.cds_start : one.cds_end]
    for number in range(25, len(coding) // 3):
        codon = coding[3 * number : 3 * number + 3]
        inside = one.segment(one.gene_offset(one.cds_start + 3 * number)) == one.segment(
            one.gene_offset(one.cds_start + 3 * number + 2)
        )
        if codon in ("CAC", "CAT") and inside:
            start = 3 * number + 1
            return f"{gene}:c.{start}C>T", f"{gene}:c.{start + 2}{codon[2]}>G", f"p.(His{number + 1}Ter)"
    raise AssertionError(gene)


STOP = codon_becoming_a_stop("CD40")
FRAMES = "CD40:c.180del", "CD40:c.186_187insA"


def row(name, genotype):
    allele = locate(PANEL, name).allele
    reads = "0,40:40" if genotype in ("1/1:.", "1:.") else "20,20:40"
    written, _, phase_set = genotype.partition(":")
    fields = {"format": FIELDS}
    return (str(allele.contig), allele.pos, allele.ref, allele.alt, f"{written}:{reads}:99:{phase_set}", fields)


@pytest.fixture
def report(make_vcf, tmp_path):
    def run(calls, cells, name="a"):
        path = make_vcf(f"{name}.vcf", sorted((row(*call) for call in calls), key=lambda one: (one[0], one[1])))
        sheet = tmp_path / f"{name}.tsv"
        sheet.write_text("\t".join(["sample", "vcf", *cells]) + "\n" + "\t".join(["S", path, *cells.values()]) + "\n")
        assert main(["run", "--samples", str(sheet), "--out", str(tmp_path / name)]) == 0
        return json.loads((tmp_path / name / "reports/S.json").read_text())

    return run


PATIENT = {"sex": "female", "affected": "yes"}


def of(document, gene):
    (conclusion,) = (one for one in document["conclusions"] if one["gene"] == gene)
    return conclusion


def blocks(document):
    return {block["key"]: block for block in document["variants"]}


def test_two_harmless_changes_of_one_codon_make_a_stop(report):
    document = report([(STOP[0], "0|1:7"), (STOP[1], "0|1:7")], PATIENT)
    conclusion = of(document, "CD40")
    assert conclusion["code"] == "one_allele_found"
    (key,) = conclusion["variants"]
    joint = blocks(document)[key]
    assert joint["hgvs"]["p"]["NM_001250.6"] == STOP[2]
    assert "delins" in joint["hgvs"]["c"]["NM_001250.6"]
    assert len(joint["parts"]) == 2
    assert joint["allele_class"]["class"] == "Likely pathogenic"
    for part in joint["parts"]:
        assert "part_of_haplotype" in blocks(document)[part]["flags"]
        assert not blocks(document)[part]["reportable"]
    assert document["ledger"]["reported"] == 2


def test_one_by_one_they_say_nothing(report):
    document = report([(STOP[0], "0/1:.")], PATIENT)
    assert of(document, "CD40")["code"] == "not_assessed"


def test_in_trans_they_are_two_changes(report):
    document = report([(STOP[0], "0|1:7"), (STOP[1], "1|0:7")], PATIENT)
    assert all(not block["parts"] and "part_of_haplotype" not in block["flags"] for block in document["variants"])
    assert of(document, "CD40")["code"] == "uncertain"


@pytest.mark.parametrize("genotypes", [("0/1:.", "0/1:."), ("0|1:7", "0|1:8"), ("0|1:.", "0|1:.")])
def test_without_phase_both_are_marked_and_not_joined(report, genotypes):
    document = report([(STOP[0], genotypes[0]), (STOP[1], genotypes[1])], PATIENT)
    assert [block["parts"] for block in document["variants"]] == [[], []]
    assert all("joint_phase_unknown" in block["flags"] for block in document["variants"])


@pytest.mark.parametrize("genotype", ["0|1:7", "1/1:."])
def test_frameshifts_that_restore_each_other_are_no_frameshift(report, genotype):
    document = report([(name, genotype) for name in FRAMES], PATIENT)
    conclusion = of(document, "CD40")
    joint = next(block for block in document["variants"] if block["parts"])
    assert joint["hgvs"]["c"]["NM_001250.6"] == "c.[180del;186_187insA]"
    assert "fs" not in joint["hgvs"]["p"]["NM_001250.6"]
    assert "frameshift_variant" not in joint["consequences"]
    assert conclusion["code"] == ("uncertain" if genotype == "1/1:." else "not_assessed")
    if genotype == "1/1:.":
        assert conclusion["diplotype"]["hgvs"] == "NM_001250.6:c.[180del;186_187insA];[180del;186_187insA]"


def test_frameshifts_of_unknown_phase_stay_a_possible_disease_genotype(report):
    document = report([(name, "0/1:.") for name in FRAMES], PATIENT)
    assert of(document, "CD40")["code"] == "possible_disease_genotype"
    assert all("joint_phase_unknown" in block["flags"] for block in document["variants"])


def test_on_a_males_only_x_two_calls_are_one_change(report):
    first, second, protein = codon_becoming_a_stop("CD40LG")
    document = report([(first, "1:."), (second, "1:.")], {"sex": "male", "affected": "yes"})
    conclusion = of(document, "CD40LG")
    joint = blocks(document)[conclusion["variants"][0]]
    assert joint["hgvs"]["p"]["NM_000074.3"] == protein
    assert (conclusion["code"], joint["state"]) == ("disease_genotype", "hemi")


def test_what_is_withheld_together_is_withheld_in_its_parts(report):
    first, second, _ = codon_becoming_a_stop("PMS2")
    healthy = {"sex": "female", "affected": "no", "mode": "carrier"}
    document = report([(first, "0|1:7"), (second, "0|1:7")], healthy)
    text = json.dumps(document)
    for name in (first, second):
        allele = locate(PANEL, name).allele
        assert allele.key not in text
        assert name.partition(":")[2] not in text
    assert document["variants"] == []


def test_the_same_change_written_as_one_record_is_read_alike(report):
    alleles = [locate(PANEL, name).allele for name in STOP[:2]]
    piece = PANEL.loci[Gene("CD40")].slices[Build.GRCH38]
    start, end = min(one.pos for one in alleles), max(one.pos for one in alleles)
    alt = "".join(
        next((one.alt for one in alleles if one.pos == position), piece.base(position))
        for position in range(start, end + 1)
    )
    whole = f"20-{start}-{piece.bases(start, end)}-{alt}"
    apart, together = (
        report([(STOP[0], "0|1:7"), (STOP[1], "0|1:7")], PATIENT, "apart"),
        report([(whole, "0/1:.")], PATIENT, "together"),
    )
    assert annotate(PANEL, locate(PANEL, whole).allele).mane.hgvs_p == STOP[2]
    first, second = of(apart, "CD40"), of(together, "CD40")
    for field in ("code", "disease", "diplotype", "variants"):
        assert first[field] == second[field], field


NULL, SECOND = "AICDA:c.334del", "AICDA:c.345dup"
RESTORED = "p.(Arg112_Phe115delinsAlaSerThrSer)"


def names(document, gene):
    return [one["diplotype"]["hgvs"] for one in document["conclusions"] if one["gene"] == gene]


def named(document, name):
    (block,) = (one for one in document["variants"] if one["hgvs"]["c"][one["transcript"]] == name)
    return block


def codes(document, gene):
    return [one["code"] for one in document["conclusions"] if one["gene"] == gene]


def test_beside_a_change_of_both_copies_a_single_one_restores_the_frame_on_its_own_copy_only(report):
    document = report([(NULL, "1/1:."), (SECOND, "0/1:.")], PATIENT)
    assert codes(document, "AICDA") == ["one_allele_found", "uncertain"]
    assert names(document, "AICDA")[1] == "NM_020661.4:c.[334del];[334del;345dup]"
    joint, null = named(document, "c.[334del;345dup]"), named(document, "c.334del")
    assert (joint["state"], joint["hgvs"]["p"]["NM_020661.4"]) == ("het", RESTORED)
    assert (null["state"], null["flags"]) == ("hom", ["alone_on_one_copy"])
    assert {(one["verdict"], one["basis"]) for one in joint["phase"]} == {("in_trans", "other_copy")}
    assert all("joint_phase_unknown" not in block["flags"] for block in document["variants"])


def test_beside_a_change_of_both_copies_a_single_one_shares_its_codon(report):
    document = report([("AICDA:c.334C>T", "1/1:."), ("AICDA:c.335G>A", "0/1:.")], PATIENT)
    assert names(document, "AICDA")[1] == "NM_020661.4:c.[334C>T];[334_335delinsTA]"
    assert "disease_genotype" not in codes(document, "AICDA")


def test_two_single_changes_beside_one_of_both_copies_are_not_arranged_by_conjecture(report):
    calls = [("AICDA:c.334C>T", "1/1:."), ("AICDA:c.335G>A", "0/1:."), ("AICDA:c.336C>T", "0/1:.")]
    document = report(calls, PATIENT)
    assert not any(block["parts"] for block in document["variants"])
    assert all("joint_phase_unknown" in block["flags"] for block in document["variants"])


def test_two_single_changes_in_trans_each_join_the_change_of_both_copies(report):
    calls = [("AICDA:c.334C>T", "1/1:."), ("AICDA:c.335G>A", "0|1:7"), ("AICDA:c.336C>T", "1|0:7")]
    document = report(calls, PATIENT)
    assert names(document, "AICDA") == ["NM_020661.4:c.[334_335delinsTA];[334_336delinsTGT]"]


HIS = {"sex": "male", "affected": "yes"}


def test_frameshifts_restore_each_other_over_an_intron(report):
    document = report([("CD40LG:c.337dup", "1:."), ("CD40LG:c.349del", "1:.")], HIS)
    assert codes(document, "CD40LG") == ["uncertain"]
    joint = named(document, "c.[337dup;349del]")
    assert joint["hgvs"]["p"]["NM_000074.3"] == "p.(Met113_Asp117delinsAsnAlaLysArgTyr)"
    assert joint["hgvs"]["g"] == "NC_000023.11:g.[136654421dup;136656358del]"
    assert joint["key"] == "GRCh38:X:136654418:G:GA+136656357:TG:T"


def test_behind_the_stop_of_the_first_shift_a_second_one_restores_nothing(report):
    document = report([("CD40LG:c.337dup", "1:."), ("CD40LG:c.352del", "1:.")], HIS)
    assert codes(document, "CD40LG")[0] == "disease_genotype"
    assert not any(block["parts"] for block in document["variants"])


def test_a_codon_is_read_over_an_intron(report):
    document = report([("CD40LG:c.346G>A", "1:."), ("CD40LG:c.347G>A", "1:.")], HIS)
    joint = named(document, "c.[346G>A;347G>A]")
    assert joint["hgvs"]["p"]["NM_000074.3"] == "p.(Gly116Asn)"
    assert codes(document, "CD40LG") == ["uncertain"]


def test_three_shifts_restore_the_frame_together(report):
    document = report([(f"AICDA:c.{place}del", "1/1:.") for place in (334, 337, 340)], PATIENT)
    joint = named(document, "c.[334del;337del;340del]")
    assert joint["hgvs"]["p"]["NM_020661.4"] == "p.(Arg112_Tyr114delinsAlaHis)"
    assert codes(document, "AICDA") == ["uncertain"]


def test_a_change_in_a_shifted_stretch_is_read_in_its_frame(report):
    document = report([(NULL, "1/1:."), ("AICDA:c.340T>C", "1/1:."), (SECOND, "1/1:.")], PATIENT)
    both = "[334del;340T>C;345dup]"
    assert names(document, "AICDA") == [f"NM_020661.4:c.{both};{both}"]
    assert named(document, f"c.{both}")["hgvs"]["p"]["NM_020661.4"] == RESTORED


def test_bases_side_by_side_at_a_splice_site_are_one_change(report):
    document = report([("CD40LG:c.346G>A", "1:."), ("CD40LG:c.346+1G>A", "1:.")], HIS)
    assert names(document, "CD40LG") == ["NM_000074.3:c.[346_346+1delinsAA];[0]"]


def test_an_allele_made_of_several_lies_towards_others_as_its_parts_do(report):
    calls = [(STOP[0], "0|1:7"), (STOP[1], "0|1:7"), ("CD40:c.180del", "1|0:7")]
    conclusion = of(report(calls, PATIENT), "CD40")
    assert (conclusion["code"], conclusion["diplotype"]["phase"]) == ("disease_genotype", "in_trans")


def test_a_part_that_another_assay_does_not_find_is_part_of_nothing(report, tmp_path):
    outside = tmp_path / "outside.tsv"
    outside.write_text(
        "sample\tgene\tvariant\tverdict\tmethod\tlaboratory\tdate\tzygosity\nS\tAICDA\tc.345dup\trefuted\tSanger\tA\t2024-05-06\t\n"
    )
    document = report([(NULL, "1/1:."), (SECOND, "1/1:.")], {**PATIENT, "outside_calls": str(outside)})
    assert codes(document, "AICDA") == ["disease_genotype"]
    assert names(document, "AICDA") == ["NM_020661.4:c.[334del];[334del]"]
