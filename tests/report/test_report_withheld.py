"""Consent: a withheld allele leaves no trace, and the report is that of a person without it."""

import msgspec
import pytest

from higm_annot.genotype.types import PairPhase, PhaseVerdict
from higm_annot.interpretation.types import ConclusionCode
from higm_annot.problems import Audience, Problem, Severity
from higm_annot.reference.types import Gene
from higm_annot.report.formats import BINARY, FORMATS
from higm_annot.report.index import index_row
from higm_annot.report.multiqc import multiqc_row
from higm_annot.report.render import render
from higm_annot.report.summary import summary_rows
from higm_annot.report.types import encode

CARRIED = ("frameshift", "common", "half", "uncalled")


def with_and_without(made, *extra, withheld=("lynch",), problems=()):
    conclusions = made.boy_conclusions()
    without = made.report(*CARRIED, conclusions=conclusions)
    phases = [PairPhase(made.allele("lynch").key, made.allele("beside").key, PhaseVerdict.UNKNOWN, "none")]
    with_ = made.report(*CARRIED, *extra, conclusions=conclusions, withheld=withheld, phases=phases, problems=problems)
    return with_, without


def test_documents_are_equal(made):
    with_, without = with_and_without(made, "lynch")
    assert encode(with_) == encode(without)
    assert multiqc_row(with_) == multiqc_row(without)


@pytest.mark.parametrize("site", ["chr7:5987144", "chr7:5987144-5987145"])
def test_problems_at_its_record_are_gone_too(made, site):
    found = Problem("HA-GT-901", Severity.WARNING, Audience.REPORT, "Few reads.", "Repeat.", made.VCF, 12, "", site)
    with_, without = with_and_without(made, "lynch", problems=(found,))
    assert encode(with_) == encode(without)


def test_another_allele_of_its_record_is_not_shown(made):
    with_, without = with_and_without(made, "lynch", "beside")
    assert encode(with_) == encode(without)


def test_a_named_allele_of_its_record_does_not_tell_of_it(made):
    named = made.conclusion(ConclusionCode.UNCERTAIN, "beside", gene=Gene.PMS2, disease="CMMRD")
    report = made.report("lynch", "beside", conclusions=(named,), withheld=("lynch",))
    (block,) = report.variants
    assert (block.key, block.support.genotype) == (made.allele("beside").key, "")


def test_no_rendering_names_it(made):
    report, _ = with_and_without(made, "lynch")
    texts = (
        encode(report).decode(),
        *(render(report, name).decode() for name in FORMATS if name not in BINARY),
        str(index_row(report)),
        str(summary_rows(report)),
        str(multiqc_row(report)),
    )
    for text in texts:
        assert "5987144" not in text
        assert "c.1621C>T" not in text


def test_a_document_that_would_name_it_is_not_made(made):
    leak = made.conclusion(ConclusionCode.CARRIER, gene=Gene.PMS2, reasons=(f"{made.allele('lynch').key} was seen.",))
    with pytest.raises(ValueError, match="withheld") as caught:
        made.report("lynch", conclusions=(leak,), withheld=("lynch",))
    assert made.allele("lynch").key not in str(caught.value)


def test_digest_of_a_person_without_it_differs_only_by_the_cut_records(made):
    with_, without = with_and_without(made, "lynch")
    assert msgspec.structs.replace(with_, digest="") == msgspec.structs.replace(without, digest="")


def test_no_form_of_a_demonstration_person_names_it(demo):
    without, with_ = demo["DEMO-PMS2-no-consent"], demo["DEMO-PMS2-consent"]
    for name in set(FORMATS) - BINARY:  # they are made of the page and of the VCF
        assert b"697C>T" not in render(without, name)
        assert b"5999116" not in render(without, name)
    assert b"697C>T" in render(with_, "tsv")
