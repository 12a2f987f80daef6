"""Other assays through the whole program: what they confirm, refute, find, leave open, and never say."""

from __future__ import annotations

import json

import pytest

from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

HEADER = ["sample", "gene", "variant", "verdict", "method", "laboratory", "date", "zygosity", "file"]
MLPA = ["sample", "gene", "transcript", "exon", "probe", "ratio", "copies", "status"]
MANE = {gene: locus.mane.accession for gene, locus in load_panel().loci.items()}
BOY = {"sample": "P", "sex": "male", "affected": "yes", "outside_calls": "outside.tsv"}
GIRL = {**BOY, "sex": "female"}
ALONE = {**GIRL, "outside_calls": ""}
C247 = ("20", 46122349, "T", "C")  # CD40 c.247T>C, exon 3
C334 = ("12", 8605308, "G", "A")  # AICDA c.334C>T, exon 3
LOST = {1: 0, 2: 0, 3: 0}  # CD40LG, the start codon among them; without exon 3 alone the new stop escapes decay
NOTHING = [("20", 46122350, "G", "A", "0/0")]


def table(*rows):
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


def line(gene, file="", variant="", verdict="", method="MLPA P123", zygosity="", sample="P"):
    return sample, gene, variant, verdict, method, "Lab 1", "2026-05-31", zygosity, file


def mlpa(gene, *exons, each=2):
    """Exons with their copies, two probes each unless said."""
    rows = [
        ("P", gene, MANE[Gene(gene)], exon, f"{exon}{letter}", "", copies, "ok")
        for exon, copies in exons
        for letter in "ab"[:each]
    ]
    return table(MLPA, *rows)


def usual(gene, copies=2, but=()):
    changed = dict(but)
    number = len(load_panel().loci[Gene(gene)].mane.models[Build.GRCH38].exons)
    return [(exon, changed.get(exon, copies)) for exon in range(1, number + 1)]


def counted(gene, *exons, each=2, more=()):
    """The files of one MLPA table, with further lines of the outside-call file."""
    return {"outside.tsv": table(HEADER, line(gene, "m.tsv"), *more), "m.tsv": mlpa(gene, *exons, each=each)}


def on(found, gene):
    return next(one for one in found["P"]["conclusions"] if one["gene"] == gene)


def codes(found):
    return [one["code"] for one in found["P"]["problems"]]


def deletion(gene, first, last, genotype, pad=60):
    """A called deletion of whole exons."""
    locus = load_panel().loci[Gene(gene)]
    exons = locus.mane.models[Build.GRCH38].exons[first - 1 : last]
    start, end = min(e.start for e in exons) - pad, max(e.end for e in exons) + pad
    base = locus.slices[Build.GRCH38].base(start)
    return (str(locus.contig), start, base, "<DEL>", genotype, {"info": f"SVTYPE=DEL;END={end};SVLEN={start - end}"})


SV = (
    '##INFO=<ID=END,Number=1,Type=Integer,Description="Last position">',
    '##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="Length">',
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Kind">',
)


def test_an_exon_lost_in_a_boy_is_a_finding_of_its_own(program):
    found = program(NOTHING, BOY, files=counted("CD40LG", *usual("CD40LG", 1, {3: 0})))
    one = on(found, "CD40LG")
    # without exon 3 the frame is shifted, but the new stop escapes decay: PVS1 is strong and no class by itself
    assert (one["code"], one["status"]) == ("uncertain", "established")
    assert one["diplotype"]["hgvs"] == "NM_000074.3:c.[(288+1_289-1)_(346+1_347-1)del];[0]"
    assert one["why"][:2] == ["uncertain_no_other_copy", "found_by_outside_call"]
    assert "MLPA P123 (Lab 1, 2026-05-31)" in " ".join(one["reasons"])
    assert "The calls supplied do not show it" in " ".join(one["reasons"])
    (variant,) = [v for v in found["P"]["variants"] if v["key"] in one["variants"]]
    assert (variant["state"], variant["outside"], variant["support"]["places"]) == ("hemi", "found", [])
    assert variant["hgvs"]["g"] == "NC_000023.11:g.(136650398_136654372)_(136654431_136656355)del"
    assert found["P"]["ledger"]["total"] == 1  # it is no record of the file


def test_the_other_build_names_the_same_exons(program):
    found = program(
        [("20", 44750989, "G", "A", "0/0")],
        BOY,
        files=counted("CD40LG", *usual("CD40LG", 1, {3: 0})),
        build="GRCh37",
    )
    assert on(found, "CD40LG")["diplotype"]["hgvs"] == "NM_000074.3:c.[(288+1_289-1)_(346+1_347-1)del];[0]"


def test_a_lost_copy_beside_a_called_change_is_a_possible_compound_heterozygote(program):
    found = program([(*C247, "0/1")], GIRL, files=counted("CD40", *usual("CD40", 2, {4: 1, 5: 1})))
    one = on(found, "CD40")
    assert (one["code"], one["status"]) == ("possible_disease_genotype", "established")
    assert one["why"][0] == "possible_compound_heterozygote"
    assert len(one["variants"]) == 2


def test_one_probe_is_not_enough(program):
    found = program(NOTHING, BOY, files=counted("CD40LG", *usual("CD40LG", 1, {1: 0}), each=1))
    one = on(found, "CD40LG")
    assert one["code"] == "possible_disease_genotype"
    assert "single_probe" in one["why"]
    assert "call_quality" not in one["why"]
    assert any("second method" in test for test in one["next_tests"])
    # a second assay settles it
    word = line("CD40LG", variant="GRCh38:X:136648157:T:<DEL>:~?:136648404", verdict="confirmed", method="PCR")
    found = program(NOTHING, BOY, files=counted("CD40LG", *usual("CD40LG", 1, {1: 0}), each=1, more=[word]))
    assert on(found, "CD40LG")["code"] == "disease_genotype"


def test_exons_not_measured_beside_the_lost_ones_leave_its_ends_open(program):
    found = program(NOTHING, GIRL, files=counted("CD40", (3, 1), (5, 1)))
    (variant,) = [v for v in found["P"]["variants"] if v["outside"]]
    assert variant["hgvs"]["c"]["NM_001250.6"] == "c.(?_131-1)_(497+1_?)del"
    assert variant["location"] == "exon 3-5/9"


def test_two_losses_parted_by_a_kept_exon_are_two_alleles(program):
    found = program(NOTHING, GIRL, files=counted("CD40", *usual("CD40", 2, {2: 1, 5: 1})))
    assert on(found, "CD40")["code"] == "possible_disease_genotype"
    assert len(on(found, "CD40")["variants"]) == 2


def test_loss_of_the_first_exon_has_no_c_name_and_the_whole_gene_is_ablated(program):
    found = program(NOTHING, BOY, files=counted("CD40LG", *usual("CD40LG", 1, {1: 0})))
    (variant,) = [v for v in found["P"]["variants"] if v["outside"]]
    assert "NM_000074.3" not in variant["hgvs"]["c"]
    assert variant["hgvs"]["g"] == "NC_000023.11:g.(?_136648158)_(136648405_136650265)del"
    assert f"{variant['hgvs']['g']} (exon 1)" in on(found, "CD40LG")["reasons"][0]
    found = program(NOTHING, BOY, files=counted("CD40LG", *usual("CD40LG", 0)))
    (variant,) = [v for v in found["P"]["variants"] if v["outside"]]
    assert variant["consequences"] == ["transcript_ablation"]


def test_a_gain_is_uncertain_and_named_by_its_copies(program):
    found = program(NOTHING, BOY, files=counted("CD40LG", *usual("CD40LG", 1, {2: 2})))
    one = on(found, "CD40LG")
    assert (one["code"], one["diplotype"]["hgvs"]) == (
        "uncertain",
        "NM_000074.3:c.[(156+1_157-1)_(288+1_289-1)[2]];[0]",
    )
    assert "single_probe" not in one["why"]
    found = program(NOTHING, BOY, files=counted("CD40LG", *usual("CD40LG", 1, {2: 2}), each=1))
    assert "single_probe" in on(found, "CD40LG")["why"]


@pytest.mark.parametrize(
    ("copies", "code", "outside"),
    [
        ({4: 1, 5: 1}, "one_allele_found", "confirmed"),
        ({}, "not_assessed", "refuted"),
        ({4: 1}, "one_allele_found", "conflict"),
    ],
)
def test_a_called_deletion_is_confirmed_refuted_or_disputed(program, copies, code, outside):
    found = program([deletion("CD40", 4, 5, "0/1")], GIRL, files=counted("CD40", *usual("CD40", 2, copies)), header=SV)
    (variant,) = [v for v in found["P"]["variants"] if v["outside"]]
    assert (on(found, "CD40")["code"], variant["outside"]) == (code, outside)
    assert ("HA-OUT-108" in codes(found)) is (outside == "conflict")
    assert len(found["P"]["variants"]) == 1


@pytest.mark.parametrize(("pad", "outside"), [(1, "confirmed"), (0, "")])
def test_a_called_deletion_takes_an_exon_only_if_it_takes_every_base(program, pad, outside):
    """POS is the base before the loss: a deletion written at the first base of the exon leaves that base."""
    found = program(
        [deletion("CD40", 4, 4, "0/1", pad)], GIRL, files=counted("CD40", *usual("CD40", 2, {4: 1})), header=SV
    )
    assert outside in {v["outside"] for v in found["P"]["variants"] if v["support"]["genotype"]}


def test_a_disputed_deletion_is_possible_only(program):
    rows = [deletion("CD40LG", 1, 4, "1")]
    found = program(rows, BOY, files=counted("CD40LG", *usual("CD40LG", 1, LOST)), header=SV)
    one = on(found, "CD40LG")
    assert (one["code"], "assays_disagree" in one["why"]) == ("possible_disease_genotype", True)


def test_a_table_that_did_not_measure_every_exon_of_a_deletion_refutes_nothing(program):
    found = program([deletion("CD40", 4, 5, "0/1")], GIRL, files=counted("CD40", (3, 2), (4, 2)), header=SV)
    assert {v["outside"] for v in found["P"]["variants"]} == {"conflict"}
    found = program([deletion("CD40", 4, 5, "0/1")], GIRL, files=counted("CD40", (1, 2), (2, 2)), header=SV)
    assert {v["outside"] for v in found["P"]["variants"]} == {""}


def test_two_tables_in_conflict_decide_nothing(program):
    files = counted("CD40LG", *usual("CD40LG", 1, LOST), more=[line("CD40LG", "second.tsv", method="MLPA again")])
    files["second.tsv"] = mlpa("CD40LG", *usual("CD40LG", 1))
    found = program(NOTHING, BOY, files=files)
    one = on(found, "CD40LG")
    assert (one["code"], "assays_disagree" in one["why"]) == ("possible_disease_genotype", True)
    assert "HA-OUT-102" in codes(found)


def test_a_table_of_another_gene_says_nothing_of_the_same_exon_numbers(program):
    files = counted("CD40LG", *usual("CD40LG", 1, LOST), more=[line("CD40", "second.tsv")])
    files["second.tsv"] = mlpa("CD40", *usual("CD40", 2))
    found = program(NOTHING, BOY, files=files)
    assert on(found, "CD40LG")["code"] == "disease_genotype"
    assert not {"HA-OUT-101", "HA-OUT-102"} & set(codes(found))


def test_two_tables_that_agree_are_one_finding(program):
    files = counted("CD40LG", *usual("CD40LG", 1, LOST), more=[line("CD40LG", "second.tsv", method="MLPA again")])
    files["second.tsv"] = files["m.tsv"]
    found = program(NOTHING, BOY, files=files)
    one = on(found, "CD40LG")
    assert (one["code"], len(one["variants"])) == ("disease_genotype", 1)
    assert "MLPA P123 (Lab 1, 2026-05-31); MLPA again (Lab 1, 2026-05-31)" in " ".join(one["reasons"])


def found_by(program, first, second, genes=("CD40", "CD40")):
    """Places of what two tables find."""
    files = counted(genes[0], *first, more=[line(genes[1], "second.tsv", method="MLPA again")])
    files["second.tsv"] = mlpa(genes[1], *second)
    found = program(NOTHING, GIRL, files=files)
    return sorted((v["gene"], v["location"]) for v in found["P"]["variants"] if v["outside"])


def test_a_second_table_that_overlaps_the_first_finds_the_same_loss(program):
    assert found_by(program, [(2, 2), (3, 1)], [(3, 1), (4, 1)]) == [("CD40", "exon 3/9")]
    assert found_by(program, [(2, 2), (3, 1)], [(4, 1), (5, 2)]) == [("CD40", "exon 3/9"), ("CD40", "exon 4/9")]


def test_a_loss_is_not_a_gain_and_one_gene_not_another(program):
    assert len(found_by(program, [(3, 1)], [(3, 3)])) == 2
    assert found_by(program, [(3, 1)], [(3, 1)], genes=("CD40", "UNG")) == [("CD40", "exon 3/9"), ("UNG", "exon 3/7")]


def test_two_alleles_called_where_one_copy_is_left_dispute_the_loss(program):
    lost = counted("AICDA", *usual("AICDA", 2, {3: 1}))
    found = program([(*C334, "0/1")], GIRL, files=lost)
    assert "HA-OUT-108" in codes(found)
    assert (on(found, "AICDA")["code"], "assays_disagree" in on(found, "AICDA")["why"]) == (
        "possible_disease_genotype",
        True,
    )
    # the contradicted loss is no allele of the genotype, and what usually makes it so is named
    assert on(found, "AICDA")["diplotype"]["hgvs"] == "NM_020661.4:c.[334C>T];[?]"
    assert {"second_contested", "change_under_probe"} <= set(on(found, "AICDA")["why"])
    assert "method" in on(found, "AICDA")["next_tests"][0]
    # the single copy that is left may carry the change
    found = program([(*C334, "1/1")], GIRL, files=lost)
    assert "HA-OUT-108" not in codes(found)
    assert on(found, "AICDA")["code"] == "disease_genotype"
    assert on(found, "AICDA")["diplotype"] == {
        "hgvs": "NM_020661.4:c.[334C>T];[(156+1_157-1)_(427+1_428-1)del]",
        "phase": "in_trans",
    }
    assert not any("loss of one copy" in test for test in on(found, "AICDA")["next_tests"])
    # nothing can be called where no copy is left
    found = program([(*C334, "1/1")], GIRL, files=counted("AICDA", *usual("AICDA", 2, {3: 0})))
    assert "HA-OUT-108" in codes(found)


@pytest.mark.parametrize("gene", ["CD40LG", "CD40", "AICDA", "UNG", "IKBKG", "PMS2"])
def test_usual_copies_clear_no_gene(program, gene):
    """Exons have their copies: no small variant is excluded by it, nor, beside a pseudogene, a gene conversion."""
    found = program(NOTHING, GIRL, files=counted(gene, *usual(gene)))
    one = on(found, gene)
    assert one["code"] == "not_assessed"
    assert "mlpa_usual_copies" in one["why"]
    assert "says nothing of small variants" in " ".join(one["reasons"])
    assert ("mlpa_like_pseudogene" in one["why"]) is (gene in ("IKBKG", "PMS2"))
    assert {block["status"] for block in found["P"]["assessment"] if block["gene"] == gene} == {"not_assessed"}


@pytest.mark.parametrize(("gene", "exon"), [("PMS2", 9), ("PMS2", 13), ("IKBKG", 4)])
def test_a_loss_beside_a_pseudogene_stays_unplaced(program, gene, exon):
    """Vaughn 2011: MLPA finds such deletions and cannot tell in which of the two they lie."""
    found = program(NOTHING, GIRL, files=counted(gene, *usual(gene, 2, {exon: 1})))
    one = on(found, gene)
    assert one["status"] == "unresolved_paralogue"
    assert {"unresolved_paralogue", "found_by_outside_call"} <= set(one["why"])
    # and usual copies there refute no called deletion
    found = program([deletion(gene, exon, exon, "0/1")], GIRL, files=counted(gene, *usual(gene)), header=SV)
    assert {v["outside"] for v in found["P"]["variants"]} == {""}


def test_withheld_pms2_losses_and_tables_leave_no_trace(program):
    """A person who did not ask: the table, its exons and what it found must not be told."""
    healthy = {**GIRL, "affected": "no", "mode": "carrier"}
    bare = program(NOTHING, {**healthy, "outside_calls": ""})["P"]
    for copies in ({4: 1}, {13: 1}, {}):
        told = program(NOTHING, healthy, files=counted("PMS2", *usual("PMS2", 2, copies)))["P"]
        assert {**told, "digest": ""} == {**bare, "digest": ""}
    asked = program(NOTHING, {**healthy, "consent_secondary": "yes"}, files=counted("PMS2", *usual("PMS2", 2, {4: 1})))
    assert on(asked, "PMS2")["code"] == "secondary_risk"


def pms2(changes_of_gene, changes_of_pseudogene, **more):
    """A paraphase file: substitutions (position, REF, ALT) on the first copy of PMS2, and on the PMS2CL copies."""

    def named(changes):
        return [f"{pos}_{ref}_{alt}" for pos, ref, alt in changes]

    region = {
        "gene_cn": 2,
        "total_cn": 4,
        "final_haplotypes": {"1": "pms2_pms2hap1", "2": "pms2_pms2hap2", "3": "pms2_pms2clhap1"},
        "two_copy_haplotypes": ["pms2_pms2clhap1"],
        "haplotype_details": {
            "pms2_pms2hap1": {"variants": named(changes_of_gene), "boundary": [5970000, 6004000]},
            "pms2_pms2hap2": {"variants": [], "boundary": [5970000, 6004000]},
            "pms2_pms2clhap1": {"variants": named(changes_of_pseudogene), "boundary": [5970000, 5989089]},
        },
        "phase_region": "38:chr7:5965000-6009500",
        **more,
    }
    return {
        "outside.tsv": table(HEADER, line("PMS2", "p.json", method="paraphase 3.5")),
        "p.json": json.dumps({"pms2": region}),
    }


INUIT = (5986763, "T", "C")  # PMS2 c.2002A>G, exon 11


def test_paraphase_places_a_substitution_in_the_gene(program):
    found = program([("7", *INUIT, "0/1")], GIRL, files=pms2([INUIT], []))
    one = on(found, "PMS2")
    assert (one["code"], one["status"]) == ("one_allele_found", "established")
    assert "paraphase 3.5 (Lab 1, 2026-05-31)" in " ".join(one["reasons"])


def test_paraphase_on_both_copies_is_homozygous_whatever_the_short_reads_say(program):
    both = {"two_copy_haplotypes": ["pms2_pms2hap1", "pms2_pms2clhap1"]}
    both["final_haplotypes"] = {"1": "pms2_pms2hap1", "3": "pms2_pms2clhap1"}
    found = program([("7", *INUIT, "0/1")], GIRL, files=pms2([INUIT], [], **both))
    assert on(found, "PMS2")["code"] == "disease_genotype"
    assert on(found, "PMS2")["diplotype"]["hgvs"] == "NM_000535.7:c.[2002A>G];[2002A>G]"


def test_paraphase_on_the_pseudogene_refutes(program):
    found = program([("7", *INUIT, "0/1")], GIRL, files=pms2([], [INUIT]))
    one = on(found, "PMS2")
    assert (one["code"], "refuted_by_outside_call" in one["why"]) == ("not_assessed", True)


SHORT = {"variants": [], "boundary": [5987000, 6004000]}


@pytest.mark.parametrize(
    "more",
    [
        {"gene_cn": None},
        {"gene_cn": 1},
        {"final_haplotypes": {"3": "pms2_pms2clhap1"}},
        {"final_haplotypes": {"1": "pms2_pms2hap1", "2": "pms2_unknownhap1", "3": "pms2_pms2clhap1"}},
        {"short": True},
    ],
)
def test_paraphase_that_is_not_settled_refutes_nothing(program, more):
    """Copies not counted, none of the gene, a copy not assigned, or one of the gene that does not reach the place."""
    files = pms2([], [INUIT], **more)
    content = json.loads(files["p.json"])
    details = content["pms2"]["haplotype_details"]
    details["pms2_unknownhap1"] = details["pms2_pms2hap2"]
    if more.get("short"):
        details["pms2_pms2hap2"] = SHORT
    found = program([("7", *INUIT, "0/1")], GIRL, files={**files, "p.json": json.dumps(content)})
    one = on(found, "PMS2")
    assert (one["status"], "refuted_by_outside_call" in one["why"]) == ("unresolved_paralogue", False)
    assert ("HA-OUT-110" in codes(found)) is (more.get("gene_cn", 2) == 1)


@pytest.mark.parametrize("copies", [1, 2, None])
def test_where_the_sex_is_not_known_the_copies_of_ikbkg_settle_nothing(program, copies):
    """One copy is all that a boy has, and too few for a girl; not even an unknown number fits an unknown one."""
    place = (154564450, "T", "C")
    details = {"ikbkg_pseudohap1": {"variants": ["154564450_T_C"], "boundary": [154550000, 154570000]}}
    region = {
        "gene_cn": copies,
        "total_cn": 2,
        "final_haplotypes": {"1": "ikbkg_pseudohap1"},
        "two_copy_haplotypes": [],
    }
    region |= {"haplotype_details": details, "phase_region": "38:chrX:154550000-154660000"}
    row = line("IKBKG", "p.json", method="paraphase 3.5")
    files = {"outside.tsv": table(HEADER, row), "p.json": json.dumps({"ikbkg": region})}
    found = program([("X", *place, "0/1")], {**BOY, "sex": "unknown"}, files=files)
    assert "refuted_by_outside_call" not in on(found, "IKBKG")["why"]


def test_paraphase_says_nothing_of_insertions_and_deletions(program):
    """Its JSON does not list them: that a deletion is on no copy there means nothing."""
    found = program([("7", 5982880, "CT", "C", "0/1")], GIRL, files=pms2([], []))
    assert on(found, "PMS2")["status"] == "unresolved_paralogue"


def test_paraphase_in_another_build_is_named_and_not_used(program):
    found = program([("20", 44750988, "T", "C", "0/1")], GIRL, files=pms2([INUIT], []), build="GRCh37")
    assert "HA-OUT-107" in codes(found)


def ikbkg(*names, deleted, copies=2, new=True):
    place = {"variants": [], "boundary": [154555882, 154569800]}
    region = {
        "gene_cn": copies,
        "final_haplotypes": {str(n): name for n, name in enumerate(names)},
        "haplotype_details": dict.fromkeys(names, place),
        "two_copy_haplotypes": [],
        "phase_region": "38:chrX:154547610-154572000",
    }
    region |= {"region_specific_info": {"deletion_haplotypes": deleted}} if new else {"deletion_haplotypes": deleted}
    return {
        "outside.tsv": table(HEADER, line("IKBKG", "p.json", method="paraphase")),
        "p.json": json.dumps({"ikbkg": region}),
    }


GENE2 = ("ikbkg_ikbkghap1", "ikbkg_ikbkghap2", "ikbkg_pseudohap1", "ikbkg_pseudohap2")


@pytest.mark.parametrize("new", [True, False])
def test_the_recurrent_deletion_in_the_gene_is_incontinentia_pigmenti(program, new):
    found = program(NOTHING, GIRL, files=ikbkg(*GENE2, deleted=["ikbkg_ikbkghap2"], new=new))
    one = on(found, "IKBKG")
    assert (one["disease"], one["code"], one["status"]) == ("IP", "disease_genotype", "established")
    (variant,) = [v for v in found["P"]["variants"] if v["outside"]]
    assert (variant["outside"], variant["location"]) == ("confirmed", "exon 4-10/10")


def test_the_recurrent_deletion_in_the_pseudogene_is_told_to_be_harmless(program):
    found = program(NOTHING, GIRL, files=ikbkg(*GENE2, deleted=["ikbkg_pseudohap1"]))
    one = on(found, "IKBKG")
    assert (one["code"], "deletion_in_pseudogene" in one["why"]) == ("not_assessed", True)
    rows = [deletion("IKBKG", 4, 10, "0/1")]
    found = program(rows, GIRL, files=ikbkg(*GENE2, deleted=["ikbkg_pseudohap1"]), header=SV)
    assert {v["outside"] for v in found["P"]["variants"]} == {"refuted"}
    found = program(rows, GIRL, files=ikbkg(*GENE2, deleted=["ikbkg_ikbkghap1"]), header=SV)
    assert [v["outside"] for v in found["P"]["variants"]] == ["confirmed"]
    assert on(found, "IKBKG")["status"] == "established"


def test_the_recurrent_deletion_on_a_copy_that_was_not_assigned_stays_unplaced(program):
    files = ikbkg(*GENE2[:3], "ikbkg_duphap1", deleted=["ikbkg_duphap1"])
    one = on(program(NOTHING, GIRL, files=files), "IKBKG")
    assert (one["status"], "deletion_in_pseudogene" in one["why"]) == ("unresolved_paralogue", False)
    assert "single_probe" not in one["why"]  # long reads have no probes


def test_another_deletion_is_not_taken_for_the_recurrent_one(program):
    rows = [deletion("IKBKG", 5, 6, "0/1")]
    for name in ("ikbkg_ikbkghap1", "ikbkg_pseudohap1"):
        found = program(rows, GIRL, files=ikbkg(*GENE2, deleted=[name]), header=SV)
        (called,) = [v for v in found["P"]["variants"] if v["support"]["genotype"]]
        assert called["outside"] == ""


def test_the_recurrent_deletion_in_a_boy_whose_copies_are_not_settled_is_open(program):
    files = ikbkg("ikbkg_ikbkghap1", "ikbkg_pseudohap1", deleted=["ikbkg_ikbkghap1"], copies=None)
    found = program(NOTHING, BOY, files=files)
    assert on(found, "IKBKG")["code"] == "possible_disease_genotype"


def test_mlpa_and_paraphase_together_are_one_finding(program):
    files = ikbkg(*GENE2, deleted=["ikbkg_ikbkghap1"])
    files["outside.tsv"] = table(HEADER, line("IKBKG", "m.tsv"), line("IKBKG", "p.json", method="paraphase"))
    files["m.tsv"] = mlpa("IKBKG", *usual("IKBKG", 2, dict.fromkeys(range(4, 11), 1)))
    found = program(NOTHING, GIRL, files=files)
    one = on(found, "IKBKG")
    assert (one["status"], len(one["variants"])) == ("established", 1)


def test_exons_read_as_reference_by_another_assay_are_told_and_clear_nothing(program):
    row = line("PMS2", variant="exons 11-15", verdict="reference", method="long-range PCR")
    found = program(NOTHING, GIRL, files={"outside.tsv": table(HEADER, row)})
    one = on(found, "PMS2")
    assert (one["code"], one["why"][-1]) == ("not_assessed", "exons_read_by_other_assay")
    assert "PMS2 exons 11-15 were read without a change" in one["reasons"][-1]
    assert {block["status"] for block in found["P"]["assessment"]} == {"not_assessed"}
    # a call there stands, and the contradiction is named
    found = program([("7", *INUIT, "0/1")], GIRL, files={"outside.tsv": table(HEADER, row)})
    assert on(found, "PMS2")["status"] == "unresolved_paralogue"
    assert "HA-OUT-109" in codes(found)
    (told,) = [one["message"] for one in found["P"]["problems"] if one["code"] == "HA-OUT-109"]
    assert "c.2002A>G" in told


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"outside.tsv": table(HEADER, line("CD40", "missing.tsv"))}, "HA-OUT-004"),
        ({"outside.tsv": table(HEADER, line("CD40", "m.tsv")), "m.tsv": mlpa("PMS2", (2, 2))}, "HA-OUT-003"),
        ({"outside.tsv": table(HEADER, line("CD40", "m.tsv")), "m.tsv": mlpa("CD40", (10, 2))}, "HA-OUT-003"),
        ({"outside.tsv": table(HEADER, line("CD40", "m.tsv")), "m.tsv": "{}"}, "HA-OUT-008"),
    ],
)
def test_a_fault_of_an_attached_file_fails_the_sample_and_is_named(program, files, code):
    found = program(NOTHING, GIRL, files=files)["P"]
    assert (found["status"], {one["code"] for one in found["problems"]}) == ("failed", {code})


def test_a_strange_sample_is_named_for_the_laboratory_and_in_no_report(program, capsys):
    rows = [line("PMS2", variant="c.2002A>G", verdict="confirmed", sample=name) for name in ("p", "Q")]
    found = program([("7", *INUIT, "0/1")], GIRL, files={"outside.tsv": table(HEADER, *rows)})
    assert codes(found) == []
    assert sum("HA-OUT-105" in one for one in found["problems"]["lines"]) == 2
    assert sum("HA-OUT-104" in one for one in found["problems"]["lines"]) == 1
    said = capsys.readouterr().err
    assert said.count("HA-OUT-105 warning") == 2 and said.count("HA-OUT-104 warning") == 1
    assert found["P"]["release"] == "hold"  # the misspelt row may have refuted what the report says


@pytest.mark.parametrize("written", ["c.334C>T", "AICDA:c.334C>T", "NC_000012.11:g.8757904G>A", "12-8605308-G-A"])
def test_a_refuted_call_counts_by_whichever_name(program, written):
    row = line("AICDA", variant=written, verdict="Refuted", method="Sanger")
    found = program([(*C334, "1/1")], GIRL, files={"outside.tsv": table(HEADER, row)})
    assert on(found, "AICDA")["code"] != "disease_genotype"
    assert "HA-OUT-101" not in codes(found)


def test_a_name_that_cannot_be_fails_the_sample(program):
    row = line("AICDA", variant="c.334G>T", verdict="refuted", method="Sanger")
    found = program([(*C334, "1/1")], GIRL, files={"outside.tsv": table(HEADER, row)})
    assert codes(found) == ["HA-OUT-009"]
    assert not found["P"]["conclusions"]


def test_a_refuted_call_is_told_in_the_headline(program):
    found = program([("7", *INUIT, "0/1")], GIRL, files=pms2([], [INUIT]))
    assert any("c.2002A>G in PMS2 was called here but refuted" in line for line in found["P"]["headline"]["detail"])


@pytest.mark.parametrize("small", ["1/1", "1"])
def test_a_change_opposite_a_called_deletion_is_two_alleles_in_trans(program, small):
    found = program([deletion("CD40", 2, 4, "0/1"), (*C247, small)], ALONE, header=SV)
    one = on(found, "CD40")
    assert (one["code"], one["diplotype"]["phase"], one["row"]) == ("disease_genotype", "in_trans", "CD40-02")
    assert one["diplotype"]["hgvs"].endswith(";[247T>C]")
    assert one["why"][1] == "phase_other_copy_deleted"
    assert not any("loss of one copy" in test for test in one["next_tests"])


def test_a_refuted_deletion_leaves_the_call_opposite_it_as_it_is_written(program):
    """The change is then on both copies as called: nobody becomes a carrier by it."""
    healthy = {**GIRL, "affected": "no", "mode": "carrier"}
    found = program(
        [deletion("CD40", 2, 4, "0/1"), (*C247, "1/1")], healthy, files=counted("CD40", *usual("CD40")), header=SV
    )
    one = on(found, "CD40")
    assert (one["code"], one["diplotype"]["hgvs"]) == ("disease_genotype", "NM_001250.6:c.[247T>C];[247T>C]")


def test_a_poor_deletion_takes_nothing_from_a_change_on_every_copy_left(program):
    lost = (*deletion("CD40", 2, 4, "0/1")[:5], {**deletion("CD40", 2, 4, "0/1")[5], "filter": "LowQual"})
    found = program([lost, (*C247, "1/1")], ALONE, header=SV)
    assert on(found, "CD40")["code"] == "disease_genotype"


def test_two_alleles_under_a_deletion_of_one_copy_are_possible_only(program):
    found = program([deletion("CD40", 2, 4, "0/1"), (*C247, "0/1")], ALONE, header=SV)
    one = on(found, "CD40")
    assert (one["code"], one["diplotype"]["phase"]) == ("possible_disease_genotype", "unknown")


def test_a_loss_that_a_boys_own_call_contradicts_stays_out_of_his_genotype(program):
    found = program([("X", 136654423, "GC", "G", "1")], BOY, files=counted("CD40LG", *usual("CD40LG", 1, LOST)))
    one = on(found, "CD40LG")
    assert (one["code"], one["diplotype"]["hgvs"]) == ("disease_genotype", "NM_000074.3:c.[340del];[0]")
    assert one["reasons"][0] == "A male has one copy of CD40LG, and that copy carries c.340del."
    assert {"assays_disagree", "change_under_probe"} <= set(one["why"])
    assert len(one["variants"]) == 2


def test_a_change_opposite_a_loss_of_uncertain_class_leaves_no_unchanged_copy(program):
    """CD40 exons 3-4 are in frame: their loss alone is uncertain; opposite c.247T>C no exon 3 is as it should be."""
    files = counted("CD40", *usual("CD40", 2, {3: 1, 4: 1}))
    found = program([(*C247, "1/1")], GIRL, files=files)
    (one,) = [one for one in found["P"]["conclusions"] if one["gene"] == "CD40"]
    assert (one["code"], one["why"][0]) == ("disease_genotype", "opposite_deletion")
    assert one["diplotype"]["hgvs"] == "NM_001250.6:c.[247T>C];[(130+1_131-1)_(403+1_404-1)del]"
    # a second table that counts the exons as usual: the change is then on both copies as it was called
    files["outside.tsv"] += table(line("CD40", "second.tsv", method="MLPA again"))
    files["second.tsv"] = mlpa("CD40", *usual("CD40"))
    assert on(program([(*C247, "1/1")], GIRL, files=files), "CD40")["code"] == "disease_genotype"
