"""The table for MultiQC: its header is YAML that MultiQC reads, its rows say what the reports say."""

import msgspec
import yaml

from higm_annot.report.document import failed
from higm_annot.report.multiqc import COLUMNS, multiqc_row, multiqc_table


def parts(table):
    """The header as MultiQC reads it, and the rows."""
    comments = [line.removeprefix("# ") for line in table.splitlines() if line.startswith("# ")]
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return yaml.safe_load("\n".join(comments)), rows


def test_the_header_is_the_custom_content_of_multiqc(made):
    about, (header, row) = parts(multiqc_table([multiqc_row(made.boy())]))
    assert (about["id"], about["plot_type"], about["format"]) == ("higm_annot", "table", "tsv")
    assert header == list(COLUMNS)
    assert list(about["headers"]) == header[1:]
    assert row == ["boy-1", "disease_genotype", "ready", "1", "4", "1", "6"]


def test_a_failed_sample_says_so(made):
    report = failed(made.intake(problems=(made.ERROR,)), made.PANEL)
    assert multiqc_row(report) == ("boy-1", "failed", "failed", "1", "0", "0", "0")


def test_every_demonstration_person_has_a_row(demo):
    _, rows = parts(multiqc_table(map(multiqc_row, demo.values())))
    assert [row[0] for row in rows[1:]] == list(demo)
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert {row[0]: row[2] for row in rows[1:]}["DEMO-transplanted"] == "hold"


def test_hostile_words_stay_in_their_cell(made):
    report = made.boy()
    report = msgspec.structs.replace(report, headline=msgspec.structs.replace(report.headline, code="a\tb\n# id: x"))
    about, rows = parts(multiqc_table([multiqc_row(report)]))
    assert (about["id"], len(rows), rows[1][1]) == ("higm_annot", 2, "a b # id: x")
