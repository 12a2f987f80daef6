"""Downloading from a server on this machine that behaves badly; no other server is asked."""

from __future__ import annotations

import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from higm_annot.problems import Refused
from higm_annot.reference.fetch import fetch_records
from higm_annot.reference.transfer import Limits

SEQUENCE = "ACGT" * 5000


def record(lrg, sequence=SEQUENCE):
    """The smallest document that is a whole LRG record: enough for the reader, made here."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<lrg schema_version="1.9"><fixed_annotation><id>{lrg}</id><hgnc_id>1</hgnc_id><sequence_source>NG_1.1</sequence_source>
<sequence>{sequence}</sequence></fixed_annotation><updatable_annotation>
<annotation_set type="lrg"><modification_date>2014-10-31</modification_date><lrg_locus>ABC</lrg_locus></annotation_set>
<annotation_set type="ncbi"><modification_date>2014-10-31</modification_date></annotation_set>
<annotation_set type="ensembl"><modification_date>2014-10-31</modification_date></annotation_set>
</updatable_annotation></lrg>
""".encode()


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {}
        self.version = '"v1"'
        self.asked = []  # (path, Range header) of every request
        self.script = []  # what to do with the next requests: a function of the handler and the body, or None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/lrgex"

    def handle_error(self, request, client_address):
        """Clients that hang up are part of these tests."""


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        server = self.server
        server.asked.append((self.path, self.headers.get("Range")))
        behave = server.script.pop(0) if server.script else None
        body = server.files.get(self.path.removeprefix("/lrgex/"))
        if body is None:
            self.send_error(404)
        else:
            (behave or ranged)(self, body)

    def head(self, status, length, **more):
        self.send_response(status)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if self.server.version:
            self.send_header("ETag", self.server.version)
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()


def ranged(handler, body):
    """A server that knows ranges, as the standard wants it."""
    asked = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range") or "")
    if asked and handler.headers.get("If-Range") == handler.server.version:
        start = int(asked[1])
        if start >= len(body):
            handler.head(416, 0, Content_Range=f"bytes */{len(body)}")
            return
        handler.head(206, len(body) - start, Content_Range=f"bytes {start}-{len(body) - 1}/{len(body)}")
        handler.wfile.write(body[start:])
    else:
        whole(handler, body)


def whole(handler, body):
    """A server that ignores ranges."""
    handler.head(200, len(body))
    handler.wfile.write(body)


def truncate(handler, body):
    """The connection breaks in the middle of the body."""
    start = int((handler.headers.get("Range") or "bytes=0-")[6:-1])
    if start:
        handler.head(206, len(body) - start, Content_Range=f"bytes {start}-{len(body) - 1}/{len(body)}")
    else:
        handler.head(200, len(body))
    handler.wfile.write(body[start : start + len(body) // 3])


def truncate_without_length(handler, body):
    handler.head(200, None)
    handler.wfile.write(body[: len(body) // 2])


def stall(handler, body):
    handler.head(200, len(body))
    handler.wfile.write(body[:1000])
    handler.wfile.flush()
    time.sleep(3)


def drip(handler, body):
    """A few bytes at a time, so that no single read ever times out."""
    handler.head(200, len(body))
    for i in range(0, 200, 2):
        handler.wfile.write(body[i : i + 2])
        handler.wfile.flush()
        time.sleep(0.05)


def wrong_part(handler, body):
    handler.head(206, 5, Content_Range=f"bytes 0-4/{len(body)}")
    handler.wfile.write(body[:5])


def garbage(handler, body):
    page = b"<html><p>busy<br></html>"
    handler.head(200, len(page))
    handler.wfile.write(page)


def unavailable(handler, body):
    handler.head(503, 0, Retry_After="0")


def hang_up(handler, body):
    handler.close_connection = True


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    one = Server()
    thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    one.files = {f"LRG_{number}.xml": record(f"LRG_{number}") for number in (70, 17)}
    yield one
    one.shutdown()
    one.server_close()


FAST = Limits(timeout=20, attempts=4, silence=0.4, pause=0.01)


def fetch(server, folder, records=("LRG_70",), limits=FAST):
    return fetch_records(records, folder, base_url=server.url, limits=limits)


def refusal(server, folder, **more):
    with pytest.raises(Refused) as caught:
        fetch(server, folder, **more)
    return caught.value.problems[0]


def only_records(folder):
    return sorted(path.name for path in folder.iterdir())


def test_all_records_come_whole(server, tmp_path):
    paths = fetch(server, tmp_path / "new", ("LRG_70", "LRG_17"))
    assert [path.read_bytes() for path in paths] == [server.files["LRG_70.xml"], server.files["LRG_17.xml"]]
    assert only_records(tmp_path / "new") == ["LRG_17.xml", "LRG_70.xml"]


def test_a_whole_record_is_not_asked_for_again(server, tmp_path):
    fetch(server, tmp_path)
    fetch(server, tmp_path, ("LRG_70", "LRG_17"))
    assert [path for path, _ in server.asked] == ["/lrgex/LRG_70.xml", "/lrgex/LRG_17.xml"]


def test_a_half_record_under_the_final_name_is_replaced(server, tmp_path):
    (tmp_path / "LRG_70.xml").write_bytes(server.files["LRG_70.xml"][:500])
    (path,) = fetch(server, tmp_path)
    assert path.read_bytes() == server.files["LRG_70.xml"]


@pytest.mark.parametrize(
    "troubles",
    [
        [truncate],
        [truncate, truncate],
        [stall],
        [hang_up, unavailable],
        [truncate, whole],
        [truncate, wrong_part],
        [truncate_without_length],
        [garbage],
        [truncate, stall, hang_up],
    ],
    ids=lambda troubles: "-".join(one.__name__ for one in troubles),
)
def test_trouble_that_passes(server, tmp_path, troubles):
    server.script = list(troubles)
    (path,) = fetch(server, tmp_path)
    assert path.read_bytes() == server.files["LRG_70.xml"]
    assert only_records(tmp_path) == ["LRG_70.xml"]


def test_a_broken_download_goes_on_where_it_stopped(server, tmp_path):
    server.script = [truncate]
    fetch(server, tmp_path)
    third = len(server.files["LRG_70.xml"]) // 3
    assert [asked for _, asked in server.asked] == [None, f"bytes={third}-"]


def test_a_new_call_goes_on_where_the_last_one_stopped(server, tmp_path):
    server.script = [truncate]
    found = refusal(server, tmp_path, limits=Limits(timeout=20, attempts=1, silence=0.4, pause=0.01))
    assert found.code == "HA-REF-020"
    assert not (tmp_path / "LRG_70.xml").exists()
    fetch(server, tmp_path)
    assert server.asked[-1][1] == f"bytes={len(server.files['LRG_70.xml']) // 3}-"
    assert only_records(tmp_path) == ["LRG_70.xml"]


def test_a_file_that_changed_meanwhile_is_not_spliced(server, tmp_path):
    server.script = [truncate]
    refusal(server, tmp_path, limits=Limits(timeout=20, attempts=1, silence=0.4, pause=0.01))
    server.version = '"v2"'
    server.files["LRG_70.xml"] = record("LRG_70", "TTTT" * 5000)
    (path,) = fetch(server, tmp_path)
    assert path.read_bytes() == server.files["LRG_70.xml"]


@pytest.mark.parametrize("version", ["", 'W/"weak"'])
def test_without_a_validator_nothing_is_resumed(server, tmp_path, version):
    server.version = version
    server.script = [truncate]
    (path,) = fetch(server, tmp_path)
    assert path.read_bytes() == server.files["LRG_70.xml"]
    assert [asked for _, asked in server.asked] == [None, None]


def test_a_part_longer_than_the_file_starts_again(server, tmp_path):
    (tmp_path / "LRG_70.xml.part").write_bytes(server.files["LRG_70.xml"] + b" more")
    (tmp_path / "LRG_70.xml.part.version").write_text(server.version)
    (path,) = fetch(server, tmp_path)
    assert path.read_bytes() == server.files["LRG_70.xml"]


def test_another_record_is_never_accepted(server, tmp_path):
    server.files["LRG_70.xml"] = server.files["LRG_17.xml"]
    found = refusal(server, tmp_path)
    assert found.code == "HA-REF-020"
    assert "LRG_17" in found.message
    assert only_records(tmp_path) == []


def test_a_missing_file_is_not_asked_for_twice(server, tmp_path):
    found = refusal(server, tmp_path, records=("LRG_999",))
    assert (found.code, len(server.asked)) == ("HA-REF-020", 1)
    assert "404" in found.message


def test_trouble_that_stays_ends_after_the_attempts(server, tmp_path):
    server.script = [unavailable] * 9
    found = refusal(server, tmp_path)
    assert (found.code, len(server.asked)) == ("HA-REF-020", FAST.attempts)
    assert "503" in found.message


@pytest.mark.parametrize("behave", [stall, drip])
def test_the_time_limit_holds(server, tmp_path, behave):
    server.script = [behave] * 9
    began = time.monotonic()
    found = refusal(server, tmp_path, limits=Limits(timeout=0.6, attempts=9, silence=0.4, pause=0.01))
    assert found.code == "HA-REF-021"
    assert time.monotonic() - began < 2.5  # far below what the server's delays add up to


def test_no_server(server, tmp_path):
    server.shutdown()
    server.server_close()
    found = refusal(server, tmp_path)
    assert found.code == "HA-REF-020"
    assert "0x" not in found.message  # no object addresses from the libraries


def test_other_kinds_of_address_are_refused(tmp_path):
    with pytest.raises(Refused, match="HA-REF-020"):
        fetch_records(["LRG_70"], tmp_path, base_url="file:///etc")


def test_a_folder_that_cannot_be_made(server, tmp_path):
    (tmp_path / "file").write_text("")
    assert refusal(server, tmp_path / "file").code == "HA-REF-008"
