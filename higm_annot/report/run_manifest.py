"""``run.json``: which reports a run made and with what; no time, path or host, so the same run gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from higm_annot.evidence.types import AboutSource
from higm_annot.report.provenance import LABORATORY
from higm_annot.report.types import SCHEMA_VERSION, Report


class RunSample(Struct, frozen=True):
    """One report in short; ``headline`` is its code."""

    id: str
    status: str
    release: str
    digest: str
    headline: str


class RunDigests(Struct, frozen=True):
    """Versions and digests of what every report of the run rests on."""

    reference: str
    knowledge: str
    evidence: tuple[AboutSource, ...]


class RunManifest(Struct, frozen=True, rename={"schema_": "schema"}):
    """The whole of ``run.json``; ``samples`` in the order of the sheet."""

    software: str
    schema_: str
    digests: RunDigests
    samples: tuple[RunSample, ...]


def run_sample(report: Report) -> RunSample:
    """A report's line in the manifest."""
    return RunSample(report.sample.id, report.status, report.release, report.digest, report.headline.code)


def run_digests(report: Report) -> RunDigests:
    """What a report rests on, the same for every report of a run."""
    made = report.provenance
    # Which rows of the laboratory's record count differs from report to report.
    sources = tuple(one for one in made.evidence if one.kind != LABORATORY)
    return RunDigests(made.reference, made.knowledge, sources)


def manifest_bytes(software: str, digests: RunDigests, samples: Sequence[RunSample]) -> bytes:
    """The manifest as UTF-8 JSON, two-space indent, newline at the end."""
    manifest = RunManifest(software, SCHEMA_VERSION, digests, tuple(samples))
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
