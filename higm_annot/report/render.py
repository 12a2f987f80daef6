"""A report document, read back strictly, into another format."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import msgspec

from higm_annot.problems import Refused, problem
from higm_annot.report.formats import FORMATS, PDF
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.provenance import sealed
from higm_annot.report.types import SCHEMA_VERSION, Report

# The module and function that makes each format.
_MADE_BY = {
    "html": ("html", "render_html"),
    "family": ("html", "render_family"),
    "tsv": ("tsv", "render_tsv"),
    "phenopacket": ("phenopacket", "render_phenopacket"),
    "fhir": ("fhir.bundle", "render_fhir"),
    "vcf": ("vcf", "render_vcf"),
    "bcf": ("bcf", "render_bcf"),
    PDF: ("pdf", "render_pdf"),
}
_BEARING_LETTERHEAD = frozenset({"html", "family", PDF})


class _Version(msgspec.Struct, rename={"schema_": "schema"}):
    """The one field that is read before the rest, so that another version is named as such."""

    schema_: str


def read_report(path: Path) -> Report:
    """Read a report JSON.

    Raises
    ------
    Refused
        When it cannot be read, is not a report document, is of another schema version, or was changed after it was made
        (HA-RUN-021).
    """
    try:
        content = path.read_bytes()
        version = msgspec.json.decode(content, type=_Version).schema_
        if version == SCHEMA_VERSION:
            report = msgspec.json.decode(content, type=Report)
            if sealed(report).digest == report.digest:
                return report
            reason = "its content is not that of its digest: it was changed after it was made"
        else:
            reason = f"its schema version is {version!r}"
    except OSError as error:
        reason = error.strerror or str(error)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason = str(error)
    raise Refused(problem("HA-RUN-021", file=str(path), reason=reason, version=SCHEMA_VERSION))


def render(report: Report, name: str, letterhead: Letterhead | None = None) -> bytes:
    """The document in a format of :data:`FORMATS`; formats for people bear the letterhead.

    Raises
    ------
    Refused
        When the format is not known (HA-RUN-002), or needs an extra that is not there (HA-RUN-030).
    """
    if name not in _MADE_BY:
        raise Refused(problem("HA-RUN-002", name=name, accepted=", ".join(FORMATS)))
    module, function = _MADE_BY[name]
    # Only what is asked for is imported: the template engine alone costs 35 ms.
    make = getattr(import_module(f"higm_annot.report.{module}"), function)
    made: str | bytes = make(report, letterhead) if name in _BEARING_LETTERHEAD else make(report)
    return made.encode() if isinstance(made, str) else made
