"""Remote files read at the loci only, from a server on this machine that behaves badly; no other server is asked."""

import ast
import random
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import higm_annot
from higm_annot.cli import main
from higm_annot.evidence.directory import read_manifest
from higm_annot.evidence.remote_update import remotes, update_from_servers
from higm_annot.evidence.update import Wanted
from higm_annot.problems import Refused
from higm_annot.reference.store import load_panel
from higm_annot.reference.transfer import Limits
from higm_annot.reference.types import Build

PANEL = load_panel()
FAST = Limits(timeout=20, attempts=4, silence=0.4, pause=0.01)
CLINVAR = Wanted("clinvar", Build.GRCH38)
FAR_FROM_PMS2 = range(20_000_000, 22_000_000, 60)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {}
        self.version = '"v1"'
        self.asked = []  # (name, first byte, last byte) of every request
        self.sent = 0
        self.script = []  # what to do with the next requests for data, or None
        self.always = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/data/clinvar.vcf.gz"

    def serve(self, path):
        self.files = {"clinvar.vcf.gz": path.read_bytes(), "clinvar.vcf.gz.tbi": Path(f"{path}.tbi").read_bytes()}

    def handle_error(self, request, client_address):
        """Clients that hang up are part of these tests."""


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        server = self.server
        name = self.path.rpartition("/")[2]
        content = server.files.get(name)
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range") or "")
        if content is None or asked is None:
            self.send_error(404)
            return
        first, last = int(asked[1]), min(int(asked[2]), len(content) - 1)
        server.asked.append((name, first, last))
        behave = server.always
        if last > first and name.endswith("gz") and server.script:
            behave = server.script.pop(0)
        (behave or ranged)(self, content, first, last)

    def head(self, status, length, place="", **more):
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        if self.server.version:
            self.send_header("ETag", self.server.version)
        if place:
            self.send_header("Content-Range", f"bytes {place}")
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def send(self, body):
        self.server.sent += len(body)
        self.wfile.write(body)


def ranged(handler, content, first, last):
    handler.head(206, last - first + 1, f"{first}-{last}/{len(content)}")
    handler.send(content[first : last + 1])


def whole(handler, content, first, last):
    """A server that does not know ranges."""
    handler.head(200, len(content))
    handler.send(content)


def truncate(handler, content, first, last):
    """The connection breaks in the middle; the length promised more."""
    handler.head(206, last - first + 1, f"{first}-{last}/{len(content)}")
    handler.send(content[first : first + (last - first) // 2 + 1])
    handler.close_connection = True


def say_less(handler, content, first, last):
    """Content-Length is smaller than the range that Content-Range states."""
    less = (last - first) // 2 + 1
    handler.head(206, less, f"{first}-{last}/{len(content)}")
    handler.send(content[first : first + less])


def say_more(handler, content, first, last):
    """Content-Length is larger than what is there."""
    handler.head(206, last - first + 1000, f"{first}-{last}/{len(content)}")
    handler.send(content[first : last + 1])
    handler.close_connection = True


def send_more(handler, content, first, last):
    """More bytes come than the range has, and the length says so."""
    handler.head(206, last - first + 11, f"{first}-{last}/{len(content)}")
    handler.send(content[first : last + 1] + b"0123456789")


def other_size(handler, content, first, last):
    handler.head(206, last - first + 1, f"{first}-{last}/{len(content) + 5}")
    handler.send(content[first : last + 1])


def other_part(handler, content, first, last):
    handler.head(206, 5, f"0-4/{len(content)}")
    handler.send(content[:5])


def garbage(handler, content, first, last):
    """As many bytes as asked for, and none of them right."""
    handler.head(206, last - first + 1, f"{first}-{last}/{len(content)}")
    handler.send(b"\0" * (last - first + 1))


def stall(handler, content, first, last):
    handler.head(206, last - first + 1, f"{first}-{last}/{len(content)}")
    handler.send(content[first : first + 3])
    handler.wfile.flush()
    time.sleep(1.5)
    handler.close_connection = True


def drip(handler, content, first, last):
    handler.head(206, last - first + 1, f"{first}-{last}/{len(content)}")
    for at in range(first, last + 1):
        handler.send(content[at : at + 1])
        handler.wfile.flush()
        time.sleep(0.05)


def busy(handler, content, first, last):
    handler.head(429, 0, Retry_After="0")


def broken(handler, content, first, last):
    handler.head(500, 0)


def hang_up(handler, content, first, last):
    handler.close_connection = True


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    one = Server()
    threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield one
    one.shutdown()
    one.server_close()


@pytest.fixture
def served(server, files):
    """The server with a ClinVar."""
    dice = random.Random(6)
    rows = [(*one, f"CLNSIG=Benign;CLNREVSTAT={dice.randbytes(30).hex()}") for one in files.variants(step=25)]
    server.serve(files.clinvar(rows, more=False))
    return server


def fetch(server, folder, limits=FAST, wanted=CLINVAR):
    return update_from_servers(folder, wanted, [server.url], limits, PANEL)


def refusal(server, folder, **more):
    with pytest.raises(Refused) as caught:
        fetch(server, folder, **more)
    return caught.value.problems[0]


def test_a_remote_file_gives_what_the_same_file_on_disk_gives(served, files, update, tmp_path):
    remote = fetch(served, tmp_path / "remote")
    update("clinvar", files.folder / "clinvar.vcf.gz")
    assert remote == read_manifest(update.dir).sources[0]
    rows = remote.rows.file
    assert (tmp_path / "remote" / rows).read_bytes() == (update.dir / rows).read_bytes()
    left = {path.name for path in (tmp_path / "remote").rglob("*") if path.is_file()}
    assert left == {rows, "manifest.json", ".lock", "lock"}


def test_only_the_loci_are_asked_for(server, files, tmp_path):
    dice = random.Random(6)
    rows = [("7", pos, "A", "C", f"CLNSIG=Benign;CLNREVSTAT={dice.randbytes(60).hex()}") for pos in FAR_FROM_PMS2]
    server.serve(files.clinvar(rows))
    fetch(server, tmp_path)
    assert len(server.files["clinvar.vcf.gz"]) > 2_000_000
    assert server.sent < 800_000


@pytest.mark.parametrize(
    "troubles",
    [
        [truncate],
        [truncate, truncate, truncate, truncate, truncate, truncate],
        [say_less],
        [say_more],
        [send_more],
        [stall],
        [hang_up, busy, broken],
        [other_part],
        [garbage],
        [other_size],
        [truncate, stall, busy, say_less],
    ],
    ids=lambda troubles: "-".join(one.__name__ for one in troubles),
)
def test_trouble_that_passes(served, tmp_path, troubles):
    good = fetch(served, tmp_path / "good")
    served.script = list(troubles)
    assert fetch(served, tmp_path / "bad") == good
    assert served.script == []


@pytest.mark.parametrize("behave", [busy, broken, hang_up, other_part])
def test_trouble_that_stays_ends_after_the_attempts(served, tmp_path, behave):
    served.always = behave
    found = refusal(served, tmp_path, limits=Limits(timeout=20, attempts=2, silence=0.2, pause=0.01))
    assert found.code == "HA-EVI-018"
    assert not (tmp_path / "manifest.json").exists()
    assert "0x" not in found.message


@pytest.mark.parametrize("behave", [drip, busy, stall])
def test_the_time_limit_holds(served, tmp_path, behave):
    served.always = behave
    began = time.monotonic()
    limits = Limits(timeout=0.5, attempts=99, silence=0.3, pause=0.05)
    assert refusal(served, tmp_path, limits=limits).code == "HA-EVI-019"
    assert time.monotonic() - began < 3


def test_a_server_that_knows_no_ranges_is_refused(served, tmp_path):
    served.always = whole
    found = refusal(served, tmp_path)
    assert (found.code, "ranges" in found.message) == ("HA-EVI-018", True)


def test_a_broken_download_goes_on_where_it_stopped(served, tmp_path):
    fetch(served, tmp_path / "good")
    needed = served.sent
    served.sent = 0
    served.script = [None, None, None, truncate, *[hang_up] * 9]
    assert refusal(served, tmp_path / "own").code == "HA-EVI-018"
    before = served.sent
    assert before > 0
    served.script, served.sent = [], 0
    fetch(served, tmp_path / "own")
    assert served.sent < needed - before + 1000
    assert read_manifest(tmp_path / "own") == read_manifest(tmp_path / "good")


def test_nothing_is_spliced_from_two_versions(served, files, tmp_path):
    served.script = [None, None, None, truncate, *[hang_up] * 9]
    refusal(served, tmp_path / "own")
    contig, pos, ref, _ = files.variants()[3]
    newer = files.clinvar([(contig, pos + 1, "N", "<DEL>", "CLNSIG=x"), (contig, pos, ref, "N", "CLNSIG=y")])
    served.script, served.version = [], '"v2"'
    served.serve(newer)
    fetch(served, tmp_path / "own")
    fetch(served, tmp_path / "new")
    assert read_manifest(tmp_path / "own") == read_manifest(tmp_path / "new")


def test_a_file_that_changes_while_it_is_read_is_read_again(served, files, tmp_path):
    good = fetch(served, tmp_path / "good")

    def new_version(handler, content, first, last):
        handler.server.version = '"v2"'
        ranged(handler, content, first, last)

    served.script = [None, None, None, new_version]
    assert fetch(served, tmp_path / "own") == good


def test_without_a_version_nothing_is_kept(served, tmp_path):
    served.version = ""
    served.script = [None, None, None, truncate, *[hang_up] * 9]
    refusal(served, tmp_path)
    served.script = []
    before = len(served.asked)
    assert fetch(served, tmp_path).rows.loci["AICDA"]
    firsts = [first for name, first, last in served.asked[before:] if name.endswith("gz") and last > first]
    assert 0 in firsts


@pytest.mark.parametrize("missing", ["clinvar.vcf.gz", "clinvar.vcf.gz.tbi"])
def test_a_missing_file_is_asked_for_once(served, tmp_path, missing):
    del served.files[missing]
    found = refusal(served, tmp_path)
    assert (found.code, "404" in found.message) == ("HA-EVI-018", True)


def test_a_remote_file_of_the_other_build_is_refused(server, files, tmp_path):
    server.serve(files.clinvar(build="GRCh37"))
    assert refusal(server, tmp_path).code == "HA-EVI-012"
    assert not (tmp_path / "manifest.json").exists()


def test_a_remote_file_cut_short_is_refused(served, tmp_path):
    served.files["clinvar.vcf.gz"] = served.files["clinvar.vcf.gz"][:-500]
    assert refusal(served, tmp_path).code == "HA-EVI-005"


def test_no_server(served, tmp_path):
    served.shutdown()
    served.server_close()
    found = refusal(served, tmp_path)
    assert (found.code, "0x" in found.message) == ("HA-EVI-018", False)


def test_the_proxy_of_the_environment_is_used(served, tmp_path, monkeypatch):
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{served.server_port}")
    monkeypatch.delenv("http_proxy", raising=False)
    # The address does not exist; the proxy answers for it.
    wanted = "http://evidence.invalid/data/clinvar.vcf.gz"
    assert update_from_servers(tmp_path, CLINVAR, [wanted], FAST, PANEL).rows.loci["PMS2"]


def test_one_address_stands_for_a_file_of_each_chromosome(server, files, tmp_path):
    parts = {}
    for one in files.variants():
        parts.setdefault(one[0], []).append((*one, "AC=1;AN=150000;AF=1e-5"))
    header = ("##fileformat=VCFv4.2", *(f"##INFO=<ID={name}," for name in ("AC", "AN", "AF")))
    for name, rows in parts.items():
        path = files.vcf(f"g.{name}.vcf.gz", header, rows)
        server.files |= {path.name: path.read_bytes(), f"{path.name}.tbi": Path(f"{path}.tbi").read_bytes()}
    url = server.url.replace("clinvar.vcf.gz", "g.{contig}.vcf.gz")
    wanted = Wanted("gnomad", Build.GRCH38, "v4.1", "2024-04-19", dataset="genomes")
    entry = update_from_servers(tmp_path, wanted, [url], FAST, PANEL)
    assert all(entry.rows.loci.values())
    assert entry.made_from == ("g.7.vcf.gz", "g.12.vcf.gz", "g.20.vcf.gz", "g.X.vcf.gz")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/y", "http://", "clinvar.vcf.gz"])
def test_other_kinds_of_address_are_refused(tmp_path, url):
    with pytest.raises(Refused, match="HA-EVI-018"):
        update_from_servers(tmp_path, CLINVAR, [url], FAST, PANEL)


def test_a_kind_without_a_known_address_is_refused_before_anything_is_asked(tmp_path):
    for wanted in (Wanted("revel", Build.GRCH38), Wanted("gnomad", Build.GRCH38)):
        with pytest.raises(Refused, match="HA-EVI-016"):
            update_from_servers(tmp_path / "none", wanted, [], FAST, PANEL)
    assert not (tmp_path / "none").exists()


def test_the_known_addresses_are_of_the_publishers_and_encrypted():
    assert {re.match(r"(https://[^/]+)/", one.url)[1] for one in remotes()} == {
        "https://ftp.ncbi.nlm.nih.gov",
        "https://storage.googleapis.com",
    }
    assert len({(one.kind, one.dataset, one.build) for one in remotes()}) == len(remotes())


def test_progress_is_told_on_standard_error(served, tmp_path, capsys):
    fetch(served, tmp_path)
    said = capsys.readouterr()
    assert said.out == ""
    assert served.url in said.err
    assert "MB read" in said.err


def test_nothing_but_fetch_and_update_opens_a_connection():
    """Modules that import a network library, at any place, are exactly those of the two commands."""
    package = Path(higm_annot.__file__).parent
    network = {"requests", "urllib3", "socket", "http", "ftplib", "urllib.request", "aiohttp", "httpx"}
    found = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if any(name in network or name.partition(".")[0] in network - {"http"} for name in names):
                found.add(str(path.relative_to(package)))
    assert found == {
        "reference/fetch.py",
        "reference/transfer.py",
        "evidence/remote.py",
        "evidence/remote_update.py",
    }


def test_the_command_reads_from_an_address_and_says_what_it_put_in(served, tmp_path, capsys):
    command = ["evidence", "update", "--dir", str(tmp_path), "--kind", "clinvar", "--build", "GRCh38"]
    assert main([*command, "--url", served.url, "--timeout", "20"]) == 0
    assert "clinvar.GRCh38 2026-01-05 (2026-01-05) is in" in capsys.readouterr().out
    assert main([*command, "--url", served.url, "--coverage", "x.tsv.bgz"]) == 2
    assert "HA-EVI-016" in capsys.readouterr().err
