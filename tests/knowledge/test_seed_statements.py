"""The founding documents' statements: each is printed in the report of a demonstration person, or stands corrected."""

import json
import re
from pathlib import Path

import pytest

from higm_annot.cli import main
from higm_annot.knowledge.tables import sources
from higm_annot.knowledge.texts import texts

TABLE = Path(__file__).parents[2] / "docs" / "seed_statements.md"
VERDICTS = ("printed", "qualified", "contradicted")


def statements():
    """Rows of the document's table as (id, statement, text codes, sample, verdict, better source)."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| SEED"):
            name, says, rows, sample, verdict, better = cells
            codes = tuple(row if "." in row else f"fact.{row}" for row in re.findall(r"`([^`]+)`", rows))
            found.append((name, says, codes, sample, verdict, better))
    return found


STATEMENTS = statements()


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Documents of the demonstration by sample, as text with the sentences readable."""
    folder = tmp_path_factory.mktemp("seeds")
    assert main(["demo", str(folder)]) == 0
    assert main(["run", "--samples", str(folder / "samples.tsv"), "--out", str(folder / "out")]) == 0
    return {
        path.stem: json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
        for path in (folder / "out" / "reports").glob("*.json")
    }


def printed(code):
    """A pattern of the sentence with anything in its fields."""
    written = json.dumps(texts()[code].text, ensure_ascii=False)[1:-1]
    return re.compile(".+?".join(re.escape(part) for part in re.split(r"\{\w+\}", written)))


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement[0])
def test_each_statement_is_told_in_a_report(reports, statement):
    """At least one of its sentences in the report named, the others in some report of the demonstration."""
    _, says, codes, sample, verdict, better = statement
    assert says
    assert verdict in VERDICTS
    assert (better in sources()) if verdict != "printed" else not better
    assert any(printed(code).search(reports[sample]) for code in codes)
    assert [code for code in codes if not any(printed(code).search(one) for one in reports.values())] == []


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement[0])
def test_what_corrects_a_statement_cites_the_better_source(statement):
    _, _, codes, _, verdict, better = statement
    if verdict == "printed":
        return
    cited = {key for code in codes for key in texts()[code].source}
    assert better in cited


def test_every_statement_of_the_shared_table_is_here(shared):
    known = set(re.findall(r"^- (SEED\d-\d+)", (shared / "knowledge" / "facts.md").read_text("utf-8"), re.MULTILINE))
    assert len(known) > 50
    assert known <= {name for name, *_ in STATEMENTS}


def test_ids_are_unique():
    names = [name for name, *_ in STATEMENTS]
    assert len(names) == len(set(names))
