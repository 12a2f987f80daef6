"""The finding in one line, and what was not seen exon by exon: both stand on the first screen."""

import re

import msgspec
import pytest

from higm_annot.interpretation.types import Status
from higm_annot.report.first_line import first_line
from higm_annot.report.first_screen import leading
from higm_annot.report.html import render_html
from higm_annot.report.types import AssessmentBlock


def line(report):
    return dict(first_line(leading(report), report))


def boy(made, *, sample=None, **changes):
    """The boy, with another class, mechanism or consequence of his allele, or other facts of the person."""
    report = made.boy()
    block = report.variants[0]
    known = {name: changes.pop(name) for name in ("class_", "mechanisms") if name in changes}
    block = msgspec.structs.replace(block, allele_class=msgspec.structs.replace(block.allele_class, **known), **changes)
    return msgspec.structs.replace(
        report,
        variants=(block, *report.variants[1:]),
        sample=msgspec.structs.replace(report.sample, **(sample or {})),
    )


def test_genotype_mechanism_person_and_certainty(made):
    assert line(made.boy()) == {
        "Genotype": "CD40LG c.340del hemizygous; one copy",
        "Mechanism": "loss of function (frameshift variant)",
        "This person": "sex male; clinical status affected",
        "Certainty": "Pathogenic; Placed: no pseudogene in question",
    }


@pytest.mark.parametrize(
    ("changes", "label", "said"),
    [
        # How an uncertain allele acts is not known, whatever it would be if it acted.
        ({"class_": "Uncertain significance"}, "Mechanism", "not established (frameshift variant)"),
        ({"mechanisms": ()}, "Mechanism", "not established (frameshift variant)"),
        ({"mechanisms": ("unknown",)}, "Mechanism", "not known (frameshift variant)"),
        ({"mechanisms": ("amorphic",)}, "Mechanism", "amorphic (no function is left) (frameshift variant)"),
        (
            {"consequences": ("splice_acceptor_variant", "exon_loss_variant")},
            "Mechanism",
            "loss of function (exon loss variant)",
        ),
        ({"consequences": ()}, "Mechanism", "loss of function"),
        ({"state": "het_in_male"}, "Genotype", "CD40LG c.340del two alleles called on a male's single copy; one copy"),
        ({"sample": {"mode": "prenatal"}}, "This person", "fetus; sex male"),
        ({"sample": {"affected": "unknown"}}, "This person", "sex male; clinical status not stated"),
    ],
)
def test_nothing_is_said_more_surely_than_it_is_known(made, changes, label, said):
    assert line(boy(made, **changes))[label] == said


def test_what_waits_for_another_assay_says_so_in_the_line(made):
    report = made.boy()
    lead = msgspec.structs.replace(report.conclusions[0], status=Status.UNRESOLVED_PARALOGUE)
    report = msgspec.structs.replace(report, conclusions=(lead, *report.conclusions[1:]))
    assert line(report)["Certainty"] == "Pathogenic; Unresolved: gene or pseudogene"


def test_no_line_where_no_allele_is_named(made):
    assert line(made.report(conclusions=())) == {}
    assert 'class="line"' not in render_html(made.report(conclusions=()))


def boxes(page):
    """Class and number of each exon's box."""
    strip = re.search(r'<div class="strip".*?</ul>', page, re.DOTALL)[0].partition("<ul")[0]
    return re.findall(r'<span class="(\w+)" title="[^"]*">([^<]*)</span>', strip)


def test_exons_stand_beside_the_result_and_what_reads_cannot_see_is_a_hole(made):
    page = render_html(made.boy())
    assert boxes(page) == [
        ("assessed", "1"), ("assessed", "2"), ("assessed", "3"), ("partly", "4"), ("assessed", "5"), ("hole", "11"),
    ]  # fmt: skip
    assert page.index('class="strip"') < page.index('id="why"')
    assert re.search(r"<li>CD40LG exon 4: assessed in part, [^<]*; 80 of 100 bases</li>", page)


def test_a_firewalled_exon_is_a_hole_whatever_its_status(made):
    twin = AssessmentBlock("IKBKG", "exon 4", 1, 100, "assessed", "paralogue", 100)
    report = msgspec.structs.replace(made.boy(), assessment=(twin,))
    assert boxes(render_html(report)) == [("hole", "4")]
