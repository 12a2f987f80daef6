"""The laboratory's record around a run: read before it, written after it and only when every report was made.

What needs SQLite is imported when a record is given: a run without one stays as quick as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from higm_annot.evidence.sources import Evidence
from higm_annot.intake.types import Person


def with_record(evidence: Evidence, record: str) -> Evidence:
    """The sources of a run with the laboratory's record; as they are where none is named.

    Raises
    ------
    Refused
        When the record cannot be read (HA-REC-001 to -006).
    """
    if not record:
        return evidence
    from higm_annot.evidence.labrecord.classes import read_record  # noqa: PLC0415 - imports wait until they are needed

    return evidence.with_laboratory(read_record(Path(record)))


def check_writable(record: str) -> None:
    """Find out before the work whether observations can be written after it.

    Raises
    ------
    Refused
        When they cannot (HA-REC-001 to -006).
    """
    from higm_annot.evidence.labrecord.store import writing  # noqa: PLC0415 - imports wait until they are needed

    with writing(Path(record)):
        pass


def observe_reports(record: str, out: Path, people: Iterable[Person], day: date) -> int:
    """Put what the reports of a run show on record, all or none; how many reports were new.

    Raises
    ------
    Refused
        When the record cannot be written.
    """
    from higm_annot.evidence.labrecord.observations import observe  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.report.observed import observed  # noqa: PLC0415 - as above
    from higm_annot.report.render import read_report  # noqa: PLC0415 - as above

    reports = (read_report(out / "reports" / f"{person.sample}.json") for person in people)
    return observe(Path(record), [one for report in reports if (one := observed(report, day)) is not None])
