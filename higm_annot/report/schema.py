"""The JSON Schema of the report document, generated from its types.

The committed copy (``report/data/report.schema.json``) is for readers without Python; a test holds it equal to this.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import msgspec

from higm_annot.report.types import SCHEMA_VERSION, Report

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of :class:`Report`; every field without a default is required."""
    body = msgspec.json.schema(Report)
    return {"$schema": DRAFT, "title": f"higm_annot report {SCHEMA_VERSION}"} | body


def schema_bytes() -> bytes:
    """The schema as it is committed: UTF-8 JSON, two-space indent, keys sorted, newline at the end."""
    return msgspec.json.format(msgspec.json.encode(schema(), order="sorted"), indent=2) + b"\n"


def committed_schema() -> bytes:
    """The copy that ships with the package."""
    return files("higm_annot").joinpath("report", "data", "report.schema.json").read_bytes()
