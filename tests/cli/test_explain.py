"""``higm-annot explain``: names, class and meaning of one variant, for a person and for a script."""

import json

import pytest

from higm_annot.cli import main
from higm_annot.evidence.snapshot import allele_keys, keys_of_rsid


def explained(capsys, *arguments):
    assert main(["explain", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_one_variant_by_any_of_its_names_is_the_same_variant(capsys):
    names = ["CD40LG:c.340del", "NM_000074.3:c.340del", "NC_000023.11:g.136654424del", "X-136654423-GC-G"]
    told = [explained(capsys, name)[0] for name in names]
    for one in told:
        del one["query"], one["remarks"]
    assert all(one == told[0] for one in told)
    assert told[0]["keys"] == {"GRCh37": "GRCh37:X:135736582:GC:G", "GRCh38": "GRCh38:X:136654423:GC:G"}
    assert told[0]["hgvs_g"]["GRCh37"] == "NC_000023.10:g.135736583del"
    assert told[0]["spdi"]["GRCh38"] == "NC_000023.11:136654423:C:"


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("CD40LG:c.340del", ["disease_genotype", "carrier_possibly_affected", "carrier", "disease_genotype"]),
        ("AICDA:c.334C>T", ["one_allele_found", "carrier", "disease_genotype"]),
        ("AICDA:p.Arg190Ter", ["disease_genotype", "disease_genotype", "disease_genotype"]),
        ("PMS2:c.697C>T", ["one_allele_found", "secondary_risk", "disease_genotype"]),
        ("IKBKG:c.1249T>C", ["disease_genotype", "carrier_possibly_affected", "carrier", "disease_genotype"]),
        ("CD40LG:c.655G>A", ["", "", "", ""]),
    ],
)
def test_what_it_would_mean_in_whom(capsys, name, codes):
    (one,) = explained(capsys, name)
    assert [meaning["code"] for meaning in one["meanings"]] == codes
    assert {meaning["status"] for meaning in one["meanings"] if meaning["code"]} <= {
        "unresolved_paralogue" if one["paralogue"] else "established"
    }


def test_the_text_says_what_the_json_says(capsys):
    assert main(["explain", "UNG:c.685C>T"]) == 0
    text = capsys.readouterr().out
    for part in (
        "NM_080911.3:c.685C>T",
        "p.(Arg229Ter)",
        "NC_000012.12:g.109103495C>T",
        "HIGM5",
        "both copies",
        "PVS1",
    ):
        assert part in text


def test_an_rsid_of_the_evidence(capsys):
    assert [one["keys"]["GRCh38"] for one in explained(capsys, "rs777436497")] == ["GRCh38:12:109098503:C:G"]
    assert set(keys_of_rsid("rs777436497")) <= set(allele_keys())


@pytest.mark.parametrize(("name", "code"), [("rs1", "HA-NAM-007"), ("CD40LG:c.999A>G", "HA-NAM-003")])
def test_what_cannot_be_explained_is_refused(capsys, name, code):
    assert main(["explain", name]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(code)


@pytest.mark.parametrize(
    ("name", "code", "known"),
    [
        ("CD40LG:p.Gln114fs", "HA-NAM-001", "NM_000074.3:c.340del."),
        ("CD40LG:p.(Q114Kfs*14)", "HA-NAM-001", "NM_000074.3:c.340del."),
        ("CD40LG:p.Gln114LysfsX14", "HA-NAM-001", "NM_000074.3:c.340del."),
        ("PMS2:p.Met1?", "HA-NAM-001", "NM_000535.7:c.3G>A"),
        ("UNG:p.Leu281Phe", "HA-NAM-005", "NM_080911.3:c.843G>T."),
    ],
)
def test_a_protein_name_that_leaves_the_bases_open_lists_the_known_alleles(capsys, name, code, known):
    assert main(["explain", name]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(code)
    assert second.startswith("HA-NAM-009")
    assert known in second


def test_a_frameshift_that_is_named_fully_is_no_other(capsys):
    assert main(["explain", "CD40LG:p.Gln114LysfsTer15"]) == 2
    assert "HA-NAM-009" not in capsys.readouterr().err


def test_changes_on_one_copy_are_told_as_the_one_they_make(capsys):
    (one,) = explained(capsys, "AICDA:c.[334C>T;335G>A]")
    (alone,) = explained(capsys, "AICDA:c.334_335delinsTA")
    assert one["transcripts"] == alone["transcripts"]
    assert [meaning["code"] for meaning in one["meanings"]] == [meaning["code"] for meaning in alone["meanings"]]
    assert any("2 changes on one copy" in remark for remark in one["remarks"])
    (shifted,) = explained(capsys, "AICDA:c.[334del;345dup]")
    assert shifted["transcripts"][0]["hgvs_c"] == "c.[334del;345dup]"
    assert shifted["transcripts"][0]["hgvs_p"] == "p.(Arg112_Phe115delinsAlaSerThrSer)"
    assert [meaning["code"] for meaning in shifted["meanings"]] == ["", "", "uncertain"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CD40LG:c.[334del;600A>G]", "HA-NAM-010"),
        ("AICDA:c.[334C>T];[335G>A]", "HA-NAM-001"),
        ("AICDA:c.[334C>T(;)335G>A]", "HA-NAM-001"),
        ("AICDA:c.[334C>T;335C>A]", "HA-NAM-004"),
    ],
)
def test_changes_that_are_not_one_are_refused_as_one(capsys, name, code):
    assert main(["explain", name]) == 2
    assert capsys.readouterr().err.startswith(code)


def test_a_single_change_in_brackets_is_itself(capsys):
    assert explained(capsys, "CD40LG:c.[340del]")[0]["keys"] == explained(capsys, "CD40LG:c.340del")[0]["keys"]


def test_a_change_over_two_genes_is_told_for_each(capsys):
    told = explained(capsys, "NC_000023.11:g.1000000_155000000del")
    assert [one["gene"] for one in told] == ["CD40LG", "IKBKG"]
    assert all(any("CD40LG, IKBKG" in remark for remark in one["remarks"]) for one in told)
    assert [one["meanings"][0]["disease"] for one in told] == ["HIGM1", "IP"]
    (again,) = explained(capsys, told[1]["keys"]["GRCh38"])
    assert (again["gene"], again["meanings"]) == ("IKBKG", told[1]["meanings"])


def test_changes_with_an_intron_between_keep_their_own_places(capsys):
    (one,) = explained(capsys, "CD40LG:c.[337dup;349del]")
    assert one["transcripts"][0]["hgvs_c"] == "c.[337dup;349del]"
    assert one["hgvs_g"] == {}
    for key in one["keys"].values():
        (again,) = explained(capsys, key)
        assert (again["keys"], again["transcripts"]) == (one["keys"], one["transcripts"])


@pytest.mark.parametrize(
    ("name", "coding", "residues", "features"),
    [
        ("AICDA:c.334C>T", [334, 334], [112, 112], ["deaminase domain"]),
        ("CD40LG:c.345_346insAAAAAA", [345, 346], [115, 116], []),
        ("CD40LG:c.346+1G>A", [None, None], [None, None], []),
    ],
)
def test_where_in_the_coding_sequence_and_the_protein(capsys, name, coding, residues, features):
    (one,) = explained(capsys, name)
    mane = one["transcripts"][0]
    assert [mane["cds_start"], mane["cds_end"]] == coding
    assert [mane["protein_start"], mane["protein_end"]] == residues
    assert one["features"] == features


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("CD40LG:c.2T>C", "the next in-frame methionine, where reading may start, is residue 21"),
        ("CD40LG:c.7G>T", ""),
        ("CD40LG:c.340del", ""),
    ],
)
def test_where_reading_may_start_anew(capsys, name, told):
    (one,) = explained(capsys, name)
    assert told in one["next_start"]
    assert bool(told) is bool(one["next_start"])


def test_a_stop_before_the_next_methionine_is_told(capsys):
    (one,) = explained(capsys, "CD40LG:c.7G>T")
    assert "That methionine is residue 21." in one["effect"]


def test_the_marks_of_a_lost_exon_are_told(capsys):
    (one,) = explained(capsys, "GRCh38:X:136650000:A:<DEL>:136654500")
    assert {"structural", "exon_loss:shifts"} <= set(one["transcripts"][0]["flags"])
    assert any("shifts the reading frame" in sentence for sentence in one["effect"])


def test_a_copy_number_without_its_count_points_to_the_deletion(capsys):
    (one,) = explained(capsys, "GRCh38:X:136640000:N:<CNV>:136670000")
    (remark,) = one["remarks"]
    assert "GRCh38:X:136640000:N:<DEL>:136670000" in remark
    (lost,) = explained(capsys, "GRCh38:X:136640000:N:<DEL>:136670000")
    assert next(meaning["code"] for meaning in lost["meanings"]) == "disease_genotype"
