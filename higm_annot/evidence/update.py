"""``higm-annot evidence update --from FILE``: files a laboratory has, cut and put into its evidence directory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from higm_annot.evidence.cutting import Cut, cut_local
from higm_annot.evidence.directory import CutFile, Entry, refuse_foreign, store
from higm_annot.evidence.kinds import COVERAGE, kinds
from higm_annot.intake.text_file import is_one_line, shown
from higm_annot.problems import Refused, problem
from higm_annot.reference.types import Build, Panel


class Wanted(Struct, frozen=True):
    """What the laboratory says of a source; release, date and licence may be blank where the file or a table tells."""

    kind: str
    build: Build
    release: str = ""
    date: str = ""
    licence: str = ""
    dataset: str = ""


def update_from_files(
    folder: Path, wanted: Wanted, files: Sequence[Path], coverage: Path | None, panel: Panel
) -> Entry:
    """Cut files and put them into a directory as one source.

    Raises
    ------
    Refused
        When a file cannot be used (:mod:`higm_annot.evidence.cutting`), the directory cannot be written, or the release
        or its date is known neither from the file nor from the command (HA-EVI-015, HA-EVI-016).
    """
    check_words(wanted)
    refuse_foreign(folder)
    rows = cut_local(files, wanted.kind, wanted.build, panel)
    covered = cut_local([coverage], COVERAGE, wanted.build, panel) if coverage else None
    return put(folder, wanted, rows, covered, tuple(path.name for path in (*files, *([coverage] if coverage else []))))


def check_words(wanted: Wanted) -> None:
    """Refuse what cannot be used before anything is read or a folder is named after it.

    Raises
    ------
    Refused
        HA-EVI-016, for a dataset that is no plain name, a release or licence that is no line of text, or a date that is
        none.
    """
    if not re.fullmatch(r"[a-z0-9-]{0,30}", wanted.dataset):
        accepted = "Give small letters, digits and dashes."
        raise Refused(problem("HA-EVI-016", value=wanted.dataset, name="dataset", accepted=accepted))
    for name, value in (("release", wanted.release), ("licence", wanted.licence)):
        if not is_one_line(value):
            accepted = "Give one line of plain text; reports print it."
            raise Refused(problem("HA-EVI-016", value=shown(value), name=name, accepted=accepted))
    if wanted.date:
        _date(wanted.date)


def put(folder: Path, wanted: Wanted, rows: Cut, covered: Cut | None, made_from: tuple[str, ...]) -> Entry:
    """Put a cut source into a directory.

    Raises
    ------
    Refused
        HA-EVI-015 and HA-EVI-016 as above; HA-EVI-017 when the directory cannot be written.
    """
    dated = _date(wanted.date or rows.stated)
    release = wanted.release or rows.stated
    if not release:
        raise Refused(problem("HA-EVI-015", name="release"))
    entry = Entry(
        kind=wanted.kind,
        build=wanted.build,
        release=release,
        date=dated,
        licence=wanted.licence or kinds()[wanted.kind].licence,
        rows=CutFile("", "", {}),
        made_from=made_from,
        left_out=rows.left_out,
        dataset=wanted.dataset,
    )
    return store(folder, entry, rows, covered)


def _date(text: str) -> str:
    """A whole date: by it the newer of two sources is known."""
    if not text:
        raise Refused(problem("HA-EVI-015", name="date"))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        accepted = "Give year, month and day, as 2026-01-31."
        raise Refused(problem("HA-EVI-016", value=text, name="date", accepted=accepted)) from None
    # A year mistyped would outrank every later release; tomorrow may be today elsewhere.
    if day > datetime.now(tz=UTC).date() + timedelta(days=1):
        accepted = "Give the day of the release; this one has not come."
        raise Refused(problem("HA-EVI-016", value=text, name="date", accepted=accepted))
    return day.isoformat()
