"""A report document, read back strictly, into another format."""

from __future__ import annotations

from pathlib import Path

import msgspec

from higm_annot.problems import Refused, problem
from higm_annot.report.formats import FORMATS, PDF
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.provenance import sealed
from higm_annot.report.tsv import render_tsv
from higm_annot.report.types import SCHEMA_VERSION, Report


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
        When the format is not known (HA-RUN-002).
    """
    if name == "tsv":
        return render_tsv(report).encode()
    if name in ("html", "family"):
        from higm_annot.report.html import render_family, render_html  # noqa: PLC0415 - templates cost 35 ms to import

        return (render_html if name == "html" else render_family)(report, letterhead).encode()
    if name == "phenopacket":
        from higm_annot.report.phenopacket import render_phenopacket  # noqa: PLC0415 - only where it is asked for

        return render_phenopacket(report)
    if name == "fhir":
        from higm_annot.report.fhir.bundle import render_fhir  # noqa: PLC0415 - as above

        return render_fhir(report)
    if name == "vcf":
        from higm_annot.report.vcf import render_vcf  # noqa: PLC0415 - as above

        return render_vcf(report)
    if name == PDF:
        from higm_annot.report.pdf import render_pdf  # noqa: PLC0415 - as above

        return render_pdf(report, letterhead)
    raise Refused(problem("HA-RUN-002", name=name, accepted=", ".join(FORMATS)))
