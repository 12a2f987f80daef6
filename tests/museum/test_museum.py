"""Bugs of other programs, one test each, through the whole program: none of them lives here.

The docstrings say whose bug it was, where it was told, and what went wrong. ``docs/museum.md`` lists every row of the
collection with its test, those of other rooms included.
"""

from __future__ import annotations

import pytest

KNOWN = ("20", 46122349, "T", "C")  # CD40 c.247T>C
SECOND = ("20", 46123150)  # CD40 exon 5, a base to lose
NULL = ("X", 136654423, "GC", "G")  # CD40LG c.340del
GIRL = {"sample": "P", "sex": "female", "affected": "yes"}
BOY = {"sample": "P", "sex": "male", "affected": "yes"}
MOTHER = {"sample": "M", "sex": "female", "affected": "no", "consent_family": "yes"}
FATHER = {"sample": "F", "sex": "male", "affected": "no", "consent_family": "yes"}
CHILD = {**GIRL, "mother": "M", "father": "F"}
PS, SUPPORT = {"format": "GT:PS"}, {"format": "GT:AD:DP:GQ"}


@pytest.fixture
def frameshift(base):
    """CD40 exon 5, one base less."""
    contig, pos = SECOND
    return contig, pos, base("CD40", pos, 2), base("CD40", pos)


def on(document, gene):
    return next(one for one in document["conclusions"] if one["gene"] == gene)


def variant(document, pos):
    (found,) = [one for one in document["variants"] if int(one["key"].split(":")[2]) == pos]
    return found


def everything(document):
    return {(one["gene"], one["code"], one["status"]) for one in document["conclusions"]}


@pytest.mark.parametrize("raw", ["./.", ".|.", ".", "./0", "0/."])
def test_pharmcat_240_a_no_call_stays_a_no_call(program, raw, files_of):
    """PharmCAT#240 (and #218): its preprocessor turned ``./.`` at a catalogue site into ``0/0``."""
    document = program([(*KNOWN, raw)], GIRL)["P"]
    conclusion = on(document, "CD40")
    assert conclusion["code"] == "not_assessed"
    assert "no_call_at_known_site" in conclusion["why"]
    assert variant(document, KNOWN[1])["state"] in ("no_call", "half_call")
    assert {one["status"] for one in document["assessment"]} == {"not_assessed"}
    for name, content in files_of("P").items():
        assert "hom_ref" not in content, name
    assert "homozygous reference" not in files_of("P")["html"]


@pytest.mark.parametrize("filled", ["0|0:7", "0/0:.", "./.:.", "0|0:."])
def test_pharmcat_102_120_219_reference_sites_say_nothing_of_phase(program, frameshift, filled):
    """PharmCAT#102, #120, #219: filled-in ``0|0`` sites made a sample phased, and ``0/0`` ones made it unphased."""
    between = ("20", 46122616, "A", "C", filled, PS)
    for first, second, phase in (("0/1:.", "0/1:.", "unknown"), ("0|1:7", "1|0:7", "in_trans")):
        rows = [(*KNOWN, first, PS), between, (*frameshift, second, PS)]
        with_it, without = program(rows, GIRL)["P"], program([rows[0], rows[2]], GIRL)["P"]
        assert on(with_it, "CD40")["diplotype"] == on(without, "CD40")["diplotype"]
        assert on(with_it, "CD40")["diplotype"]["phase"] == phase


def test_pharmcat_175_starphase_6_different_phase_sets_are_no_phase(program, frameshift):
    """PharmCAT#175, pb-StarPhase#6: phase sets were not heeded, so calls of different blocks were combined."""
    for second in ("1|0:8", "0|1:8"):
        found = on(program([(*KNOWN, "0|1:7", PS), (*frameshift, second, PS)], GIRL)["P"], "CD40")
        assert (found["code"], found["diplotype"]["phase"]) == ("possible_disease_genotype", "unknown")
        assert "(;)" in found["diplotype"]["hgvs"]


def test_genmod_singleton_two_changes_on_one_copy_are_one_allele(program, frameshift):
    """genmod 3.12: two changes on one copy of a single person are ``AR_comp``, even with ``--phased --strict``."""
    found = on(program([(*KNOWN, "0|1:7", PS), (*frameshift, "0|1:7", PS)], GIRL)["P"], "CD40")
    assert (found["code"], found["diplotype"]["phase"]) == ("one_allele_found", "in_cis")
    assert "two_in_cis_count_as_one" in found["why"]
    assert "compound" not in " ".join(found["reasons"]).lower()


def test_genmod_99_a_parent_without_a_call_drops_no_compound(program, frameshift):
    """genmod#99: with one ``./.`` in each parent the compound pair disappeared."""
    rows = [(*KNOWN, "0/1", "./.", "0/0"), (*frameshift, "0/1", "0/0", "./.")]
    found = on(program(rows, CHILD, MOTHER, FATHER)["P"], "CD40")
    assert found["code"] == "possible_disease_genotype"
    assert "possible_compound_heterozygote" in found["why"]


def test_genmod_132_nallo_343_talos_hemi_chroms_the_name_of_x_changes_nothing(program):
    """genmod#132, nallo#343, Talos' HEMI_CHROMS: ``chrX`` was not ``X``, so the autosomal models were used."""
    found = [
        program([(*NULL, "1", "0/1")], {**BOY, "mother": "M"}, MOTHER, naming=naming)
        for naming in ("bare", "chr", "refseq", "genbank")
    ]
    assert on(found[0]["P"], "CD40LG")["code"] == "disease_genotype"
    assert len({str([one["conclusions"] for one in (run["P"], run["M"])]) for run in found}) == 1


@pytest.mark.parametrize(("reads", "flagged"), [("20,18:38:99", False), ("40,0:40:99", True)])
def test_gemini_903_seqr_484_scout_1098_a_heterozygous_boy_is_flagged_and_kept(program, reads, flagged):
    """gemini#903, seqr#484, scout#1098: males called heterozygous on X flooded the results, were made hemizygous,
    or stood there without a single alternate read."""
    document = program([(*NULL, f"0/1:{reads}", SUPPORT)], BOY)["P"]
    found = variant(document, NULL[1])
    assert found["state"] == "het_in_male"
    assert "het_in_male" in found["flags"]
    assert (found["support"]["ref_reads"], found["support"]["alt_reads"]) == tuple(
        map(int, reads.split(":")[0].split(","))
    )
    assert ("allele_balance" in found["flags"]) is flagged
    assert on(document, "CD40LG")["code"] == "possible_disease_genotype"


@pytest.mark.parametrize(
    ("raw", "sex", "state"),
    [
        ("1", "male", "hemi"),
        ("1/1", "male", "hemi"),
        (".", "male", "no_call"),
        ("./1", "male", "half_call"),
        ("0/.", "male", "half_call"),
        ("1", "female", "haploid_unexpected"),
        ("./1", "female", "half_call"),
        ("0/.", "female", "half_call"),
        ("1", "unknown", "hemi_or_hom"),
    ],
)
def test_cyvcf2_204_227_54_haploid_and_half_calls_are_what_they_are(program, raw, sex, state):
    """cyvcf2#204, #227, #54: haploid ``2`` is unknown, ``./1`` het, ``0/.`` reference, ``1`` and ``1/1`` one thing."""
    document = program([(*NULL, raw)], {**GIRL, "sex": sex})["P"]
    assert variant(document, NULL[1])["state"] == state
    assert on(document, "CD40LG")["code"] != "no_finding"


def test_cyvcf2_227_a_haploid_second_alternate_is_itself(program):
    """cyvcf2#227: a male's haploid ``2`` came back as unknown; ploidies mixed in one row confused the others."""
    row = ("X", 136654423, "GC", "G,GA", "2", "1/2", "0")
    people = ({**BOY, "sample": "A"}, {**GIRL, "sample": "B"}, {**BOY, "sample": "C"})
    found = program([row], *people)
    assert [v["state"] for v in found["A"]["variants"]] == ["hemi"]
    assert found["A"]["variants"][0]["key"] == "GRCh38:X:136654424:C:A"
    assert sorted(v["state"] for v in found["B"]["variants"]) == ["het", "het"]
    assert on(found["C"], "CD40LG")["code"] == "not_assessed"


@pytest.mark.parametrize("first", ["1", ".|.", ".|1", "1|."])
def test_pysam_phased_haploid_and_missing_calls_are_no_phase(program, frameshift, first):
    """pysam 0.24: ``.phased`` is True for every haploid call, the missing one included."""
    found = on(program([(*KNOWN, f"{first}:7", PS), (*frameshift, "0|1:7", PS)], GIRL)["P"], "CD40")
    assert found["code"] != "disease_genotype"
    assert (found["diplotype"] or {"phase": ""})["phase"] not in ("in_trans", "in_cis")


def test_bcftools_norm_two_alternates_never_gain_a_reference_allele(program):
    """bcftools norm 1.16: ``1/2`` became ``1/0`` and ``0/1``, ``1/*`` became ``1/0``: a reference copy was invented."""
    document = program([("20", 46122349, "T", "C,A", "1/2")], GIRL)["P"]
    assert {one["state"] for one in document["variants"]} == {"het"}
    assert all("two_alternates" in one["reasons"] for one in document["variants"])
    assert all(one["phase"][0]["verdict"] == "in_trans" for one in document["variants"])
    assert "=" not in (on(document, "CD40")["diplotype"] or {"hgvs": ""})["hgvs"]
    star = program([("20", 46122349, "T", "C,*", "1/2")], GIRL)["P"]
    # The other copy is deleted by another record: not reference, and not this change either.
    assert variant(star, 46122349)["state"] == "half_call"
    assert on(star, "CD40")["code"] == "possible_disease_genotype"


@pytest.mark.parametrize("gt", ["0/1:60,20:80:99", "0/1:30,30:60:99", "1/1:0,40:40:99"])
@pytest.mark.parametrize("row", [("7", 5978595), ("7", 5982880, "CT", "C")])
def test_pmc11217311_a_pms2_call_like_pms2cl_is_no_diagnosis(program, base, gt, row):
    """PMC11217311: 5 of 74 pathogenic PMS2 calls were real; the others lay in PMS2CL and had gone out as Lynch."""
    if len(row) == 2:  # a base of exon 13 lost, where c.2182_2184delinsG and its like are called
        row = (*row, base("PMS2", row[1], 2), base("PMS2", row[1]))
    for mode, affected in (("diagnostic", "yes"), ("carrier", "no"), ("prenatal", "unknown")):
        person = {**GIRL, "mode": mode, "affected": affected, "consent_secondary": "yes", "age_at_sampling": "40y"}
        found = [one for one in program([(*row, gt, SUPPORT)], person)["P"]["conclusions"] if one["gene"] == "PMS2"]
        for one in found:
            assert one["code"] == "not_assessed" or one["status"] == "unresolved_paralogue"


# Further bugs that users of these programs told of (field study, section A3)


def test_exomiser_556_a_single_change_in_a_recessive_gene_is_shown(program):
    """Exomiser#556, #637: one heterozygous change in a recessive gene was hidden, though a second may be unseen."""
    found = on(program([(*KNOWN, "0/1")], GIRL)["P"], "CD40")
    assert found["code"] == "one_allele_found"
    assert any("second" in test.lower() for test in found["next_tests"])


def test_gemini_492_varfish_448_a_new_change_on_a_boys_x_is_not_lost(program):
    """gemini#492, varfish-server#448: a new change on the X of a boy was missed."""
    people = ({**BOY, "mother": "M", "father": "F"}, MOTHER, FATHER)
    row = (*NULL, "1:0,30:30:99", "0/0:40,0:40:99", "0:30,0:30:99", SUPPORT)
    found = on(program([row], *people)["P"], "CD40LG")
    assert found["code"] == "disease_genotype"
    assert any(code.startswith("apparently_new") for code in found["why"])


def test_genmod_a_healthy_family_gets_its_report(program):
    """genmod: "No affected individuals found… Aborted!"; Talos looks at affected members only."""
    people = ({**GIRL, "affected": "no", "mode": "carrier"}, {**MOTHER, "sample": "M", "mode": "carrier"})
    found = program([(*KNOWN, "0/1", "0/1")], *people)
    assert {on(found[name], "CD40")["code"] for name in "PM"} == {"carrier"}


def test_genmod_55_no_genotype_is_no_model(program):
    """genmod#55: with ``./.`` every model of inheritance was assigned."""
    for row in ((*NULL, "."), (*KNOWN, "./.")):
        assert {code for _, code, _ in everything(program([row], BOY)["P"])} == {"not_assessed"}


def test_scout_306_one_copy_and_two_copies_read_differently(program):
    """scout#306: hemizygous and homozygous were not told apart."""
    boy, girl = (program([(*NULL, "1/1")], who)["P"] for who in (BOY, GIRL))
    assert [variant(one, NULL[1])["state"] for one in (boy, girl)] == ["hemi", "hom"]
    assert on(boy, "CD40LG")["diplotype"]["hgvs"].endswith(";[0]")
    assert on(girl, "CD40LG")["diplotype"]["hgvs"].count("340del") == 2


def test_gemini_747_319_a_compound_is_possible_without_parents_or_phase(program, frameshift):
    """gemini#747, #319; slivar#79, #32: without both parents compounds were lost, or all taken for certain."""
    rows = [(*KNOWN, "0/1", "0/1"), (*frameshift, "0/1", "0/0")]
    alone, with_mother = (
        program([row[:5] for row in rows], GIRL)["P"],
        program(rows, {**CHILD, "father": ""}, MOTHER)["P"],
    )
    for document in (alone, with_mother):
        assert on(document, "CD40")["code"] == "possible_disease_genotype"
    assert "possible" in on(alone, "CD40")["reasons"][0].lower()


def test_slivar_167_phase_is_heeded_where_it_is_given(program, frameshift):
    """slivar#167: phase sets were ignored, so changes on one copy were compounds and those on two were not graded."""
    found = on(program([(*KNOWN, "0|1:7", PS), (*frameshift, "1|0:7", PS)], GIRL)["P"], "CD40")
    assert (found["code"], found["diplotype"]["phase"]) == ("disease_genotype", "in_trans")
    assert "phase_phase_set" in found["why"]
