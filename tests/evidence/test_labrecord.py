"""The laboratory's record: history is kept, faults are told, and a file that is not ours is left as it is."""

import csv
import io
import json
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest

from higm_annot.cli import main
from higm_annot.evidence.labrecord import store
from higm_annot.evidence.labrecord.classes import add, history, in_force, read_record
from higm_annot.evidence.labrecord.entries import Written, lab_class, names_of
from higm_annot.evidence.labrecord.files import CLASS_COLUMNS, CLINVAR_COLUMNS, import_file
from higm_annot.evidence.labrecord.observations import all_observed, counts, observe
from higm_annot.evidence.labrecord.store import APPLICATION_ID, create, migrations, reading, writing
from higm_annot.evidence.labrecord.types import Observed, ObservedAllele
from higm_annot.problems import Refused
from higm_annot.reference.store import load_panel

TODAY = date(2026, 6, 1)
MISSENSE = "CD40LG:c.430G>A"
STOP = "AICDA:p.Arg190Ter"


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "lab.sqlite"
    create(path)
    return path


def entry(variant=MISSENSE, class_="Pathogenic", dated="2026-01-10", **cells):
    given = {"variant": variant, "class": class_, "who": "KS", "dated": dated, "reason": "Seen in two boys.", **cells}
    return Written(given, "in.tsv", 2)


def put(path, *entries):
    panel = load_panel()
    return add(path, [(one, lab_class(panel, one, TODAY)) for one in entries])


def codes(refused):
    return [one.code for one in refused.value.problems]


def test_a_class_is_found_by_the_key_of_either_build(record):
    put(record, entry())
    names = names_of(load_panel(), MISSENSE)
    held = read_record(record)
    assert held.of({"GRCh38": names.key_grch38}) == held.of({"GRCh37": names.key_grch37})
    assert held.of({"GRCh38": names.key_grch38})[0].assertion.class_ == "Pathogenic"
    assert held.of({"GRCh38": "GRCh38:X:1:A:C"}) == held.of({}) == ()


def test_a_newer_class_supersedes_and_the_older_one_stays(record):
    put(
        record, entry(), entry(class_="Uncertain significance", dated="2026-03-01", reason="The second boy had it not.")
    )
    rows = history(record)
    assert [(one.row.assertion.class_, one.superseded_by) for one in rows] == [
        ("Pathogenic", 2),
        ("Uncertain significance", 0),
    ]
    assert [one.assertion.class_ for one in in_force(rows)] == ["Uncertain significance"]


def test_classes_of_different_scope_stand_beside_each_other(record):
    put(
        record,
        entry(STOP, disease="HIGM2AD"),
        entry(STOP, class_="Benign", disease="HIGM2"),
        entry(STOP, disease="HIGM2AD", mechanism="dominant_negative"),
    )
    assert len(in_force(history(record))) == 3


def test_an_older_class_does_not_take_the_place_of_a_newer_one(record):
    put(record, entry())
    with pytest.raises(Refused) as refused:
        put(record, entry(class_="Benign", dated="2025-12-31"), entry(STOP))
    assert codes(refused) == ["HA-REC-015"]
    assert len(history(record)) == 1, "the entry beside it was written"


def test_a_class_is_withdrawn_by_a_row_of_its_own(record):
    with pytest.raises(Refused) as refused:
        put(record, entry(class_="withdrawn"))
    assert codes(refused) == ["HA-REC-018"]
    put(record, entry(), entry(class_="withdrawn", dated="2026-02-01", reason="Wrong allele."))
    assert in_force(history(record)) == ()
    assert len(history(record)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE classifications SET class = 'Benign' WHERE id = 1",
        "UPDATE classifications SET superseded_by = NULL WHERE id = 1",
        "UPDATE classifications SET reason = 'x' WHERE id = 2",
        "DELETE FROM classifications WHERE id = 2",
        "INSERT INTO reports (digest, sample, dated) VALUES (hex(zeroblob(32)), 'Jane Doe', '2026-01-01')",
    ],
)
def test_the_schema_itself_refuses_to_rewrite_history_or_keep_a_name(record, statement):
    put(record, entry(), entry(class_="Benign", dated="2026-03-01"))
    with pytest.raises(sqlite3.IntegrityError), writing(record) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"class": "Probably bad"}, "HA-REC-010"),
        ({"class": ""}, "HA-REC-011"),
        ({"reason": " "}, "HA-REC-011"),
        ({"reason": "two\nlines"}, "HA-REC-012"),
        ({"who": "Jane Doe"}, "HA-REC-014"),
        ({"dated": "2026-06-02"}, "HA-REC-013"),
        ({"dated": "1.6.2026"}, "HA-REC-010"),
        ({"dated": "20260101"}, "HA-REC-010"),
        ({"disease": "HIGM3"}, "HA-REC-010"),
        ({"mechanism": "amorphic"}, "HA-REC-010"),
        ({"gene": "CD40"}, "HA-REC-016"),
        ({"hgvs_c": "c.431G>A"}, "HA-REC-016"),
        ({"variant": "CD40LG:c.430C>A"}, "HA-REC-017"),
        ({"variant": "Jane Doe"}, "HA-REC-017"),
    ],
)
def test_a_fault_of_an_entry_is_told(cells, code):
    with pytest.raises(Refused) as refused:
        lab_class(load_panel(), entry(**cells), TODAY)
    (found,) = refused.value.problems
    assert (found.code, found.file, found.line) == (code, "in.tsv", 2)


def seen(sample, digest, *variants, unresolved=False, zygosity="het", dated="2026-05-01"):
    alleles = tuple(ObservedAllele(names_of(load_panel(), one), zygosity, unresolved) for one in variants)
    return Observed(sample, digest * 64, dated, alleles)


def test_a_report_is_counted_once_and_a_sample_by_its_last_report(record):
    assert observe(record, [seen("S1", "a", MISSENSE, STOP), seen("S2", "b", STOP, zygosity="hom")]) == 2
    assert observe(record, [seen("S1", "a", MISSENSE, STOP)]) == 0
    samples, found = counts(record)
    assert (samples, {one.variant.gene: one.samples for one in found}) == (2, {"AICDA": 2, "CD40LG": 1})
    assert observe(record, [seen("s1", "c", STOP)]) == 1  # another version of the program read it otherwise
    samples, found = counts(record)
    assert (samples, [(one.variant.gene, one.by_zygosity) for one in found]) == (2, [("AICDA", {"het": 1, "hom": 1})])
    assert counts(record, names_of(load_panel(), MISSENSE)) == (2, ())


def test_alleles_that_may_lie_in_the_pseudogene_are_counted_apart(record):
    observe(record, [seen("S1", "a", STOP), seen("S2", "b", STOP, unresolved=True)])
    (found,) = counts(record)[1]
    assert (found.samples, found.unresolved) == (2, 1)


def test_observations_that_break_half_way_leave_nothing(record):
    with pytest.raises(sqlite3.IntegrityError):
        observe(record, [seen("S1", "a", STOP), seen("Jane Doe", "b", STOP)])
    assert counts(record) == (0, ())


def test_what_is_exported_is_imported_again(record, tmp_path):
    put(record, entry(criteria="PS4;PM2"), entry(class_="Benign", dated="2026-03-01"), entry(STOP, disease="HIGM2AD"))
    observe(record, [seen("S1", "a", MISSENSE, STOP), seen("S2", "b")])
    other = tmp_path / "other.sqlite"
    assert main(["record", "init", str(other)]) == 0
    for option, name in (([], "classes.tsv"), (["--observations"], "seen.tsv")):
        assert main(["record", "export", str(record), *option, "-o", str(tmp_path / name)]) == 0
        for _ in range(2):
            assert main(["record", "import", str(other), str(tmp_path / name)]) == 0
    assert history(other) == history(record)
    assert all_observed(other) == all_observed(record)
    assert len(history(other)) == 3


def test_an_import_with_faults_tells_all_of_them_and_writes_nothing(record, tmp_path):
    lines = [
        "\t".join(CLASS_COLUMNS),
        "\t".join([MISSENSE, "", "", "Pathogenic", "", "", "KS", "2026-01-01", "because", ""]),
        "\t".join([MISSENSE, "", "", "Bad", "", "", "Jane Doe", "2026-01-01", "because", ""]),
        "\t".join(["CD40LG:c.99999A>C", "", "", "Benign", "", "", "KS", "2026-01-01", "", ""]),
    ]
    (tmp_path / "in.tsv").write_text("\n".join(lines) + "\n")
    with pytest.raises(Refused) as refused:
        import_file(record, str(tmp_path / "in.tsv"), load_panel(), TODAY)
    assert [(one.line, one.code) for one in refused.value.problems] == [
        (3, "HA-REC-010"),
        (3, "HA-REC-014"),
        (4, "HA-REC-011"),
        (4, "HA-REC-017"),
    ]
    assert history(record) == ()


HEAD = "sample\treport\tdated\tvariant\tzygosity\tunresolved\n"
A = "a" * 64


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ["HA-REC-019"]),
        ("a\tb\n", ["HA-REC-020"]),
        ("variant\tclass\twho\tdated\n", ["HA-REC-020"]),
        ("variant\tclass\twho\tdated\treason\treason\n", ["HA-REC-020"]),
        ("variant\tclass\twho\tdated\treason\nx\ty\n", ["HA-REC-021"]),
        (HEAD + f"Jane Doe\t{A}\t2026-01-01\t\t\t\n", ["HA-REC-014"]),
        (HEAD + "S1\tabc\t2026-01-01\t\t\t\n", ["HA-REC-010"]),
        (HEAD + f"S1\t{A}\t2027-01-01\t\t\t\n", ["HA-REC-013"]),
        (HEAD + f"S1\t{A}\t2026-01-01\t{STOP}\tboth\tno\n", ["HA-REC-010"]),
        (HEAD + f"S1\t{A}\t2026-01-01\t{STOP}\thet\t\n", ["HA-REC-010"]),
        (HEAD + f"S1\t{A}\t2026-01-01\tnothing\thet\tno\n", ["HA-REC-017"]),
        (HEAD + f"S1\t{A}\t2026-01-01\t{STOP}\thet\tno\nS2\t{A}\t2026-01-01\t\t\t\n", ["HA-REC-022"]),
        (HEAD + f"S1\t{A}\t2026-01-01\t{STOP}\thet\tno\n" * 2, ["HA-REC-023"]),
    ],
)  # fmt: skip
def test_a_faulty_file_is_refused_by_line_and_rule(record, tmp_path, content, expected):
    (tmp_path / "in.tsv").write_text(content)
    with pytest.raises(Refused) as refused:
        import_file(record, str(tmp_path / "in.tsv"), load_panel(), TODAY)
    assert codes(refused) == expected
    assert history(record) == all_observed(record) == ()


def test_clinvar_columns_hold_what_is_known_and_no_guess(record, capsys):
    put(record, entry(STOP, disease="HIGM2", criteria="PVS1"), entry(class_="Benign"))
    put(record, entry(class_="withdrawn", dated="2026-02-01"))
    assert main(["record", "export", str(record), "--clinvar"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out), delimiter="\t")
    assert tuple(row) == CLINVAR_COLUMNS
    assert (row["Reference sequence"], row["HGVS"]) == ("NM_020661.4", "c.568C>T")
    assert (row["Condition ID type"], row["Condition ID value"]) == ("MONDO", "MONDO:0011528")
    assert (row["Germline classification"], row["Date last evaluated"]) == ("Pathogenic", "2026-01-10")
    assert row["Collection method"] == row["Allele origin"] == row["Affected status"] == ""
    assert "KS" not in row.values()


WRITE_MANY = """
import sys
from datetime import date
from pathlib import Path

from higm_annot.evidence.labrecord.classes import add
from higm_annot.evidence.labrecord.entries import Written, lab_class
from higm_annot.evidence.labrecord.observations import observe
from higm_annot.evidence.labrecord.types import Observed
from higm_annot.reference.store import load_panel

path, start, panel = Path(sys.argv[1]), int(sys.argv[2]), load_panel()
for number in range(8):
    cells = {"class": "Pathogenic", "who": "KS", "dated": "2026-01-10", "reason": "Seen in two boys."}
    written = Written({"variant": f"CD40LG:c.{start + number}del", **cells}, "in.tsv", 2)
    add(path, [(written, lab_class(panel, written, date(2026, 6, 1)))])
    observe(path, [Observed(f"S{start}", f"{start * 100 + number:064x}", "2026-01-01", ())])
"""


def test_several_processes_write_at_once_and_nothing_is_lost(record):
    starts = ("100", "200", "300")
    workers = [subprocess.Popen([sys.executable, "-c", WRITE_MANY, str(record), start]) for start in starts]
    assert [worker.wait(120) for worker in workers] == [0] * 3
    assert len(all_observed(record)) == 24
    # Deletions within a run of the same base are one allele, so fewer alleles than writes: each stands once.
    rows = history(record)
    assert [one.number for one in rows] == list(range(1, len(rows) + 1))
    assert len({one.row.variant.key for one in rows}) == len(in_force(rows))
    with reading(record) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def older(path):
    """A record of schema version 1, as the first statements made it."""
    with sqlite3.connect(path) as connection:
        for statement in migrations()[0]:
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(
            "INSERT INTO variants VALUES (1, 'GRCh38:X:136659060:G:A', '', 'CD40LG', 'g.', 'NM_000074.3:c.430G>A', '')"
        )
        connection.execute(
            "INSERT INTO classifications VALUES (1, 1, 'Benign', '', '', 'KS', '2020-01-01', 'why', '', NULL)"
        )
    connection.close()


def version(path):
    with sqlite3.connect(path) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def test_an_older_file_is_read_as_it_is_and_brought_up_to_date_when_written(tmp_path):
    path = tmp_path / "old.sqlite"
    older(path)
    before = path.read_bytes()
    assert [one.assertion.class_ for one in read_record(path).rows] == ["Benign"]
    assert counts(path) == (0, ())
    assert path.read_bytes() == before
    assert observe(path, [seen("S1", "a", STOP)]) == 1
    assert version(path) == len(migrations()) == 2
    assert [one.assertion.reason for one in read_record(path).rows] == ["why"]


def test_a_migration_that_fails_leaves_the_older_file(tmp_path, monkeypatch):
    path = tmp_path / "old.sqlite"
    older(path)
    broken = (*migrations(), ("CREATE TABLE more (id INTEGER);", "CREATE TABLE variants (id INTEGER);"))
    monkeypatch.setattr(store, "migrations", lambda: broken)
    with pytest.raises(sqlite3.OperationalError):
        observe(path, [])
    assert version(path) == 1


def strange(path, kind):
    if kind == "text":
        path.write_text("sample\tvcf\n" * 200)
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "folder":
        path.mkdir()
    elif kind == "another program":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE variants (id INTEGER)")
        connection.close()
    elif kind in ("newer", "damaged", "truncated"):
        create(path)
        if kind == "newer":
            with sqlite3.connect(path) as connection:
                connection.execute("PRAGMA user_version = 99")
            connection.close()
        else:
            put(path, entry())
            content = bytearray(path.read_bytes())
            if kind == "damaged":
                content[2 * 4096 : 8 * 4096] = b"\xa5" * 6 * 4096
            path.write_bytes(content[: len(content) // 2] if kind == "truncated" else content)


BAD = [
    ("missing", "HA-REC-001"),
    ("folder", "HA-REC-001"),
    ("text", "HA-REC-002"),
    ("empty", "HA-REC-002"),
    ("another program", "HA-REC-002"),
    ("newer", "HA-REC-003"),
    ("damaged", "HA-REC-006"),
    ("truncated", "HA-REC-006"),
]


@pytest.mark.parametrize(("kind", "code"), BAD)
@pytest.mark.parametrize("command", ["show", "add"])
def test_a_file_that_is_no_record_is_refused_and_left_as_it_is(tmp_path, capsys, kind, code, command):
    path = tmp_path / "bad.sqlite"
    strange(path, kind)
    before = path.read_bytes() if path.is_file() else None
    more = [MISSENSE, "--class", "Benign", "--reason", "x", "--who", "KS"] if command == "add" else []
    assert main(["record", command, str(path), *more]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert code in told.err
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_record_is_never_made_over_something_else(record, capsys):
    put(record, entry())
    assert main(["record", "init", str(record)]) == 2
    assert "HA-REC-007" in capsys.readouterr().err
    assert len(history(record)) == 1


def test_a_locked_record_is_told_after_a_while_and_can_still_be_read(record, monkeypatch):
    put(record, entry())
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    with writing(record) as connection:
        connection.execute("DELETE FROM observations")
        with pytest.raises(Refused) as refused:
            put(record, entry(STOP))
        assert codes(refused) == ["HA-REC-004"]
        assert len(history(record)) == 1


def test_a_record_that_cannot_be_written_is_told(record, monkeypatch):
    put(record, entry())
    connect = store._connect
    monkeypatch.setattr(store, "_connect", lambda path, mode: connect(path, "ro"))
    with pytest.raises(Refused) as refused:
        put(record, entry(STOP))
    assert codes(refused) == ["HA-REC-005"]
    assert len(history(record)) == 1


def without_rights(path):
    """What somebody who may read the record and no more can do: the classes read, and what a write is told."""
    if os.geteuid() == 0:
        os.setuid(65534)
    held = len(read_record(path).rows)
    with pytest.raises(Refused) as refused:
        observe(path, [Observed("S1", "a" * 64, "2026-01-01", ())])
    os._exit(0 if (held, codes(refused)) == (1, ["HA-REC-005"]) else 1)


def test_a_record_may_be_read_where_nothing_may_be_written(tmp_path_factory):
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        path = Path(name) / "lab.sqlite"
        create(path)
        put(path, entry())
        path.chmod(0o444)
        Path(name).chmod(0o555)
        worker = multiprocessing.get_context("fork").Process(target=without_rights, args=(path,))
        worker.start()
        worker.join(60)
        Path(name).chmod(0o755)
        assert worker.exitcode == 0
        assert [one.name for one in Path(name).iterdir()] == ["lab.sqlite"]


def test_a_failed_init_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "_migrate", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        create(tmp_path / "lab.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_the_commands_speak_text_and_json(record, capsys):
    arguments = ["--class", "likely pathogenic", "--reason", "Two boys.", "--who", "KS", "--date", "2026-01-10"]
    assert main(["record", "add", str(record), MISSENSE, *arguments]) == 0
    assert "Likely pathogenic" in capsys.readouterr().out
    assert main(["record", "add", str(record), MISSENSE, *arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["new"] is False
    assert main(["record", "show", str(record), MISSENSE]) == 0
    assert "in force" in capsys.readouterr().out
    assert main(["record", "show", str(record), STOP]) == 0
    assert capsys.readouterr().out == "no class on record\n"
    for command in (["show"], ["counts"], ["export"], ["export", "--clinvar"], ["export", "--observations"]):
        assert main(["record", command[0], str(record), *command[1:], "--json"]) == 0
        json.loads(capsys.readouterr().out)
    assert main(["record", "counts", str(record)]) == 0
    assert "on record: 0;" in capsys.readouterr().out
