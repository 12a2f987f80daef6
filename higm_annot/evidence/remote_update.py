"""``higm-annot evidence update`` without ``--from``: remote files, read at the loci only, into the directory."""

from __future__ import annotations

import fcntl
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.evidence.cutting import Cut, cut_file, together
from higm_annot.evidence.directory import Entry, entry_name, refuse_foreign
from higm_annot.evidence.kinds import read_own
from higm_annot.evidence.progress import Progress
from higm_annot.evidence.remote import Changed, RemoteFile
from higm_annot.evidence.tabix import Damaged, read_index
from higm_annot.evidence.update import Wanted, check_words, put
from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import parse_contig
from higm_annot.reference.transfer import Limits
from higm_annot.reference.types import Build, Contig, Panel

DOWNLOAD = ".download"
CONTIG = "{contig}"
BROKEN = frozenset(
    {"HA-EVI-004", "HA-EVI-005", "HA-EVI-006", "HA-EVI-008", "HA-EVI-009"}
)  # may have been broken on the way
TRIES = 3  # of a file that changed, or came broken


class Remote(Struct, frozen=True):
    """Where a publisher keeps a source; ``{contig}`` in the address stands for each chromosome of the panel."""

    kind: str
    dataset: str
    build: Build
    url: str
    release: str
    date: str
    stated_at: str


@cache
def remotes() -> tuple[Remote, ...]:
    """The known addresses."""
    return read_own("remote.tsv", Remote)


def update_from_servers(folder: Path, wanted: Wanted, urls: Sequence[str], limits: Limits, panel: Panel) -> Entry:
    """Read remote files at the loci and put them into a directory as one source.

    Parameters
    ----------
    folder
        The evidence directory; what came of an update that did not end stays in ``.download`` inside it.
    wanted
        What the laboratory says of the source.
    urls
        Addresses; the publisher's own where empty.
    limits
        How long to try.
    panel
        The reference.

    Raises
    ------
    Refused
        HA-EVI-018 and HA-EVI-019 when a server does not give what is needed, HA-EVI-017 when the directory cannot be
        written or another update is at work; HA-EVI-004 … HA-EVI-016 as with files on disk.
    """
    import requests  # noqa: PLC0415 - only this command needs it

    wanted, urls = _addresses(wanted, urls)
    check_words(wanted)
    refuse_foreign(folder)
    deadline = time.monotonic() + limits.timeout
    work = folder / DOWNLOAD / entry_name(wanted.kind, wanted.dataset, wanted.build)
    try:
        work.mkdir(parents=True, exist_ok=True)
        with _alone(folder), requests.Session() as session:
            session.headers["Accept-Encoding"] = "identity"  # ranges count the bytes of the file itself
            progress = Progress()

            def remote(url: str) -> RemoteFile:
                return RemoteFile(session, url, work, limits, deadline, progress.came)

            cuts = [_cut((remote(url), remote(f"{url}.tbi")), wanted, panel, progress) for url in urls]
            rows = together(cuts, ", ".join(urls))
            entry = put(folder, wanted, rows, None, tuple(url.rpartition("/")[2] for url in urls))
            shutil.rmtree(work)
    except OSError as error:
        raise Refused(problem("HA-EVI-017", file=str(folder), reason=error.strerror or error)) from error
    return entry


def _addresses(wanted: Wanted, urls: Sequence[str]) -> tuple[Wanted, list[str]]:
    """Where to ask, with the release that the publisher states there."""
    if not urls:
        known = [one for one in remotes() if (one.kind, one.build) == (wanted.kind, wanted.build)]
        chosen = [one for one in known if one.dataset == wanted.dataset]
        if not chosen:
            datasets = ", ".join(one.dataset for one in known if one.dataset)
            accepted = f"Give one of {datasets}." if datasets else "No address is known: give --url, or --from FILE."
            raise Refused(problem("HA-EVI-016", value=wanted.dataset or wanted.kind, name="dataset", accepted=accepted))
        (found,) = chosen
        wanted = replace(wanted, release=wanted.release or found.release, date=wanted.date or found.date)
        urls = [found.url]
    for url in urls:
        if not re.match(r"https?://[^/]+/.+", url):
            raise Refused(problem("HA-EVI-018", url=url, reason="the address does not start with http:// or https://"))
    return wanted, [url.replace(CONTIG, contig) for url in urls for contig in (Contig if CONTIG in url else ("",))]


def _cut(files: tuple[RemoteFile, RemoteFile], wanted: Wanted, panel: Panel, progress: Progress) -> Cut:
    """Cut one remote file; from the start again where it changed meanwhile or came broken."""
    source, index = files
    for left in reversed(range(TRIES)):
        progress.begin(source.name, source.url)
        try:
            content = index.read(0, index.size)
            progress.expect(_expected(content, wanted.build, panel))
            found = cut_file(source, content, wanted.kind, wanted.build, panel)
        except Changed:
            if not left:
                reason = "its version changed while it was read"
                raise Refused(problem("HA-EVI-018", url=source.url, reason=reason)) from None
        except Refused as refusal:
            if not left or refusal.problems[0].code not in BROKEN:
                raise
        else:
            progress.end()
            return found
        source.forget()
        index.forget()
    msg = "the last try ends the loop"
    raise ValueError(msg)


def _expected(index_content: bytes, build: Build, panel: Panel) -> int:
    """About how many bytes will be asked for."""
    try:
        index = read_index(index_content)
    except Damaged:
        return 0
    total = len(index_content) + (index.ends[0] >> 16)
    for locus in panel.loci.values():
        piece = locus.slices[build]
        for name in (name for name in index.names if parse_contig(name) is locus.contig):
            total += sum((one.end - one.start >> 16) + (1 << 16) for one in index.chunks(name, piece.start, piece.end))
    return total


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One download at a time: two would write the same parts."""
    with (folder / DOWNLOAD / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            reason = "another update is at work in it"
            raise Refused(problem("HA-EVI-017", file=str(folder), reason=reason)) from None
        yield
