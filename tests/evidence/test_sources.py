"""Sources behind one interface: three different answers, and every source told in every report."""

import json
from types import SimpleNamespace

from higm_annot.annotated import annotate_allele
from higm_annot.consequence.locate import locate
from higm_annot.evidence import snapshot
from higm_annot.evidence.snapshot import Snapshot, allele_keys, records_for
from higm_annot.evidence.sources import Evidence
from higm_annot.evidence.types import AboutSource, Answer, RecordKind, Standing
from higm_annot.reference.store import load_panel

PANEL = load_panel()
KNOWN = {"GRCh38": "GRCh38:12:8605308:G:A", "GRCh37": "GRCh37:12:8757904:G:A"}
UNKNOWN = {"GRCh38": "GRCh38:12:8605308:G:T"}


def other_source(**answers):
    """A source that knows what it is told here, by GRCh38 key."""
    return SimpleNamespace(
        about=AboutSource("other", "other", "1", "2026-01-01", "ab", "none"),
        records=lambda keys: answers.get(keys.get("GRCh38"), Answer(Standing.NO_DATA, note="not cut for this gene")),
    )


def test_the_snapshot_tells_three_answers_apart():
    assert Snapshot().records(KNOWN).standing is Standing.RECORDS
    assert Snapshot().records(UNKNOWN) == Answer(Standing.NOT_IN_SOURCE)
    assert Snapshot().records({"GRCh37": "GRCh37:X:153792168:T:C"}).standing is Standing.NO_DATA


def test_every_source_is_asked_for_every_allele():
    asked = Evidence(other_source()).known(UNKNOWN).asked
    assert [(one.source, one.standing) for one in asked] == [("snapshot", "not_in_source"), ("other", "no_data")]


def test_an_allele_keeps_what_every_source_answered():
    allele = locate(PANEL, KNOWN["GRCh38"]).allele
    found = annotate_allele(PANEL, allele, Evidence(other_source()))
    assert [(one.source, one.standing) for one in found.asked] == [("snapshot", "records"), ("other", "no_data")]


def test_the_snapshot_says_what_it_is():
    about = Snapshot().about
    assert (about.release, about.digest, about.date) == (snapshot.release(), snapshot.digest(), "2025")
    assert about.licence


def test_every_report_names_every_source_with_release_date_digest_and_licence(program):
    document = program([("12", 8605308, "G", "A", "0/1")], {"sample": "S1"})["S1"]
    (source,) = document["provenance"]["evidence"]
    assert source["name"] == "snapshot"
    assert all(source[name] for name in ("release", "date", "digest", "licence"))
    (block,) = [one for one in document["variants"] if one["reportable"]]
    assert block["asked"] == [{"source": "snapshot", "standing": "records", "note": ""}]
    assert "demo" not in json.dumps(source)


def test_of_assertions_only_the_sources_that_make_them_are_asked():
    """Another change of a codon is looked up for its class; frequencies and scores wait until it has one."""
    asked = []

    class Source:
        def __init__(self, kind):
            self.about = AboutSource(kind, kind, "1", "2026-01-01", "0", "none", "GRCh38")

        def records(self, keys):
            asked.append(self.about.kind)
            return Answer(Standing.NOT_IN_SOURCE)

    key = next(one for one in allele_keys() if any(r.kind is RecordKind.ASSERTION for r in records_for(one)))
    told = Evidence(Source("gnomad"), Source("clinvar"), Source("revel")).assertions({"GRCh38": key})
    assert asked == ["clinvar"]
    assert told == tuple(one for one in records_for(key) if one.kind is RecordKind.ASSERTION)
