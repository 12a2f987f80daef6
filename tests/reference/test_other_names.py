"""Other names of genes, transcripts and proteins: each leads to the panel, and to what the LRG record says."""

from __future__ import annotations

import pytest

from higm_annot.consequence.annotate import maps_of
from higm_annot.consequence.references import transcript_named
from higm_annot.reference.lrg import parse_xml, read_lrg
from higm_annot.reference.other_names import other_names, version_differences
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

PANEL = load_panel()


@pytest.mark.parametrize("name", other_names())
def test_every_other_name_is_one_transcript_of_the_panel(name):
    found, remarks = transcript_named(PANEL, name, name, "", Build.GRCH38)
    assert found.transcript.gene in Gene
    assert remarks[0].startswith(f"{name} is read as ")
    assert name not in Gene.__members__.values()


@pytest.mark.parametrize("gene", Gene)
def test_the_names_are_those_of_the_record(shared, gene):
    lrg = PANEL.loci[gene].lrg
    root = parse_xml((shared / "reference" / "lrg" / f"{lrg}.xml").read_bytes(), lrg)
    symbols = [one for one in root.iter("symbol") if one.get("name") == gene]
    known = {one.text.upper(): str(gene) for symbol in symbols for one in symbol.iter("synonym")}
    for one in root.iter("transcript"):
        product = one.find("protein_product")
        accession = one.get("accession", "")
        if one.get("fixed_id"):
            known[f"{lrg}{one.get('fixed_id')}".upper()] = accession
            known[f"{lrg}{product.get('fixed_id')}".upper()] = accession
        if product is not None and accession.startswith("ENST"):
            known[product.get("accession")] = accession
    ours = {name: meant for name, meant in other_names().items() if owner(name) is gene}
    assert ours
    for name, meant in ours.items():
        same = meant.partition(".")[0] if meant.startswith("ENST") else meant
        assert known[name] == same


def owner(name):
    return transcript_named(PANEL, name, name, "", Build.GRCH38)[0].transcript.gene


@pytest.mark.parametrize("gene", Gene)
def test_an_older_version_differs_where_the_table_says_and_nowhere_else(shared, gene):
    locus = PANEL.loci[gene]
    record = read_lrg(shared / "reference" / "lrg" / f"{locus.lrg}.xml", locus.lrg)
    (fixed,) = record.fixed
    parts = ((max(first, fixed.cds[0]), min(last, fixed.cds[1])) for first, last in fixed.exons)
    coding = "".join(record.sequence[first - 1 : last] for first, last in parts if first <= last)
    accession = other_names()[f"{locus.lrg}T1"]
    found, _ = transcript_named(PANEL, "", accession, "", Build.GRCH38)
    for build in Build:
        one = next(one for one in maps_of(gene, build) if one.transcript is found.transcript)
        ours = one.spliced[one.cds_start : one.cds_end]
        assert len(ours) == len(coding)
        differing = {
            (accession, n): old for n, (old, new) in enumerate(zip(coding, ours, strict=True), 1) if old != new
        }
        assert differing == {key: base for key, base in version_differences().items() if key[0] == accession}
