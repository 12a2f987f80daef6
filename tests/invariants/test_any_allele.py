"""Whatever stands at a locus, everybody gets a whole report: no allele, zygosity or sex is a fault of ours."""

from __future__ import annotations

import random

import pytest

from higm_annot import pipeline
from higm_annot.group import Group
from higm_annot.intake.sheet import sheet_of_cells
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene
from higm_annot.report.formats import FORMATS, PDF
from higm_annot.report.render import render

GENOTYPES = ("0/1", "1/1", "1", "./1", "0|1", ".", "1/1/0")
SEXES = ("male", "female", "unknown")
CONTEXTS = (("yes", "diagnostic"), ("no", "carrier"), ("unknown", "prenatal"))


def alleles(gene, count):
    """Changes near every exon of every transcript of a gene: substitutions, deletions, insertions, replacements."""
    rng = random.Random(f"{gene}")
    locus = load_panel().loci[gene]
    piece = locus.slices[Build.GRCH38]
    exons = [exon for one in locus.transcripts for exon in one.models[Build.GRCH38].exons]
    while count:
        exon = rng.choice(exons)
        pos = rng.randint(exon.start - 12, exon.end + 12)
        if not piece.covers(pos - 1, pos + 20):
            continue
        ref = piece.bases(pos, pos + rng.choice((0, 0, 0, 1, 2, 5, 18)))
        alt = rng.choice(
            [rng.choice("ACGT"), ref[0], ref[0] + "".join(rng.choices("ACGT", k=rng.randint(1, 6))), "<DEL>", "<DUP>"]
        )
        if alt != ref and not (len(alt) == len(ref) == 0):
            count -= 1
            yield str(locus.contig), pos, ref, alt


@pytest.mark.parametrize("gene", Gene)
def test_every_person_gets_a_whole_report(make_vcf, gene):
    panel = load_panel()
    rows, people = [], [(sex, *context) for sex in SEXES for context in CONTEXTS]
    rng = random.Random(1)
    for contig, pos, ref, alt in sorted(alleles(gene, 250), key=lambda row: row[1]):
        info = {"info": f"END={pos + len(ref) + 40}"} if alt.startswith("<") else {}
        rows.append((contig, pos, ref, alt, *rng.choices(GENOTYPES, k=len(people)), info))
    header = ['##INFO=<ID=END,Number=1,Type=Integer,Description="End">']
    path = make_vcf("any.vcf", rows, [f"S{n}" for n in range(len(people))], header=header)
    cells = [
        {"sample": f"S{n}", "vcf": path, "vcf_sample": f"S{n}", "sex": sex, "affected": affected, "mode": mode}
        for n, (sex, affected, mode) in enumerate(people)
    ]
    intakes = pipeline.intake_people(sheet_of_cells(cells).people, panel, None)
    faults = []
    known = pipeline.annotate_alleles(panel, pipeline.alleles_of(intakes), faults.append)
    assert faults == []
    assert len(known) > 200
    for intake in intakes:
        report, _ = pipeline.report_on(intake, Group([intake], known, panel))
        assert report.status == "complete", report.headline
        assert {conclusion.gene for conclusion in report.conclusions} == set(Gene)
        assert all(render(report, name) for name in FORMATS if name != PDF)
    for key, allele in known.items():
        # Each allele alone in one person, so that none hides behind another.
        for intake in intakes[::4]:
            calls = tuple(call for call in intake.calls if call.allele.key == key)
            if calls:
                ledger = tuple(row for row in intake.ledger if row.key == key)
                alone = pipeline.msgspec.structs.replace(intake, calls=calls, no_calls=(), ledger=ledger)
                assert pipeline.report_on(alone, Group([alone], {key: allele}, panel))[0].status == "complete"
