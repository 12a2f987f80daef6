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
# Statements that better sources contradict; a correction may not quietly become an endorsement.
CONTRADICTED = {"SEED1-05b", "SEED1-07c", "SEED2-14", "SEED2-19"}
# Statements that may not be told as they stand.
QUALIFIED = {"SEED0-08", "SEED0-11", "SEED0-17", "SEED0-24", "SEED0-26", "SEED2-02b", "SEED2-16b", "SEED2-17"}


def statements():
    """Rows of the document's table as (id, statement, text codes, samples, verdict, better source)."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| SEED"):
            name, says, rows, samples, verdict, better = (cell.strip() for cell in line.strip("|").split("|"))
            codes = tuple(row if "." in row else f"fact.{row}" for row in re.findall(r"`([^`]+)`", rows))
            found.append((name, says, codes, tuple(samples.split()), verdict, better))
    return found


STATEMENTS = statements()


def strings(part):
    """Every string of a document."""
    if isinstance(part, str):
        return {part}
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return {text for one in inner for text in strings(one)}


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Sentences of the demonstration's documents by sample."""
    folder = tmp_path_factory.mktemp("seeds")
    assert main(["demo", str(folder)]) == 0
    assert main(["run", "--samples", str(folder / "samples.tsv"), "--out", str(folder / "out")]) == 0
    return {
        path.stem: strings(json.loads(path.read_text(encoding="utf-8")))
        for path in (folder / "out" / "reports").glob("*.json")
    }


def is_in(code, report):
    """Whether a sentence of a report is that of the text table, with anything in its fields."""
    parts = re.split(r"\{\w+\}", texts()[code].text)
    pattern = re.compile(".+?".join(re.escape(part) for part in parts), re.DOTALL)
    return any(pattern.fullmatch(sentence) for sentence in report)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement[0])
def test_a_row_is_complete(statement):
    _, says, codes, samples, verdict, better = statement
    assert says
    assert codes
    assert samples
    assert all(code in texts() for code in codes)
    assert verdict in VERDICTS
    assert (better in sources()) if verdict != "printed" else not better


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement[0])
def test_every_sentence_is_in_a_report_named_and_every_report_named_has_one(reports, statement):
    _, _, codes, samples, _, _ = statement
    assert set(samples) <= reports.keys()
    printed = {(code, sample) for code in codes for sample in samples if is_in(code, reports[sample])}
    assert {code for code, _ in printed} == set(codes)
    assert {sample for _, sample in printed} == set(samples)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement[0])
def test_what_corrects_a_statement_cites_the_better_source(statement):
    _, _, codes, _, verdict, better = statement
    cited = {key for code in codes for key in texts()[code].source}
    assert verdict == "printed" or better in cited


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement[0])
def test_what_is_told_as_the_document_says_cites_it_or_a_better_source(statement):
    """Never a sentence about the program alone."""
    _, _, codes, _, _, _ = statement
    assert {key for code in codes for key in texts()[code].source} - {"software"}


def test_what_is_wrong_or_partly_right_is_so_recorded():
    verdicts = {name: verdict for name, _, _, _, verdict, _ in STATEMENTS}
    assert {name for name, verdict in verdicts.items() if verdict == "contradicted"} == CONTRADICTED
    assert {name for name, verdict in verdicts.items() if verdict == "qualified"} >= QUALIFIED


def test_every_statement_of_the_shared_table_is_here(shared):
    known = set(re.findall(r"^- (SEED\d-\d+)", (shared / "knowledge" / "facts.md").read_text("utf-8"), re.MULTILINE))
    assert len(known) > 50
    assert known <= {name for name, *_ in STATEMENTS}


def test_ids_are_unique_and_finer_rows_follow_their_number():
    names = [name for name, *_ in STATEMENTS]
    assert len(names) == len(set(names))
    assert {name.rstrip("bcdefgh") for name in names} <= set(names)


def test_only_sentences_of_these_documents_rest_on_them_alone():
    """A printed fact that cites a founding document stands in the table, so that none escapes the verdicts."""
    in_table = {code for _, _, codes, *_ in STATEMENTS for code in codes}
    citing = {
        code
        for code, row in texts().items()
        if code.startswith("fact.") and all(key.startswith("seed:") for key in row.source)
    }
    assert citing <= in_table
