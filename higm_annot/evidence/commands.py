"""What ``higm-annot evidence`` does, as functions that print for people or as JSON and return the exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from higm_annot.evidence import snapshot
from higm_annot.evidence.cut_source import open_directory
from higm_annot.evidence.difference import SourceDifference, difference, ordered
from higm_annot.evidence.directory import Entry, content_of
from higm_annot.evidence.kinds import GNOMAD, kinds
from higm_annot.evidence.remote_update import update_from_servers
from higm_annot.evidence.snapshot import Snapshot
from higm_annot.evidence.types import AboutSource
from higm_annot.evidence.update import Wanted, update_from_files
from higm_annot.knowledge.tables import sources
from higm_annot.problems import Refused, problem
from higm_annot.reference.store import load_panel
from higm_annot.reference.transfer import Limits
from higm_annot.reference.types import Build

SHOWN = 20  # alleles of a difference that a person is shown; --json has all


class FromServers(Struct, frozen=True):
    """Where to ask, and how long: seconds for everything and of silence."""

    urls: tuple[str, ...] = ()
    timeout: float = 3600.0
    silence: float = 30.0


class Shown(Struct, frozen=True):
    """A source as ``evidence show`` tells of it; ``loci`` are rows by gene."""

    about: AboutSource
    loci: dict[str, int]
    left_out: dict[str, int]
    made_from: tuple[str, ...]
    coverage: bool


def update(folder: str, wanted: Wanted, files: Sequence[Path], coverage: str, remote: FromServers) -> int:
    """Cut files, or those of a server where none is given, into a directory; say what was put in."""
    if wanted.kind not in kinds():
        accepted = f"Give one of {', '.join(kinds())}."
        raise Refused(problem("HA-EVI-016", value=wanted.kind, name="kind", accepted=accepted))
    if coverage and wanted.kind != GNOMAD:
        raise Refused(problem("HA-EVI-016", value=coverage, name="coverage", accepted=f"It goes with {GNOMAD} only."))
    if not files and coverage:
        raise Refused(problem("HA-EVI-016", value=coverage, name="coverage", accepted="It goes with --from only."))
    if files:
        entry = update_from_files(Path(folder), wanted, files, Path(coverage) if coverage else None, load_panel())
    else:
        entry = update_from_servers(
            Path(folder), wanted, remote.urls, Limits(remote.timeout, silence=remote.silence), load_panel()
        )
    counts = ", ".join(f"{gene} {count or 'no data'}" for gene, count in entry.rows.loci.items())
    print(f"{entry.name} {entry.release} ({entry.date}) is in {folder}: {counts}")
    return 0


def show(folder: str, *, as_json: bool) -> int:
    """The embedded snapshot, and the sources of a directory when one is given."""
    shown = [_embedded()]
    if folder:
        opened = open_directory(folder, load_panel())
        shown += [_shown(one.about, one.entry) for one in opened]
    if as_json:
        _print_json(shown)
        return 0
    for one in shown:
        about = one.about
        print(f"{about.name}: {about.release}; {about.date or 'no date'}; {about.build or 'both builds'}")
        print(f"  licence  {about.licence}")
        print(f"  sha256   {about.digest}")
        print("  rows     " + ", ".join(f"{gene} {count or 'no data'}" for gene, count in one.loci.items()))
        if one.left_out:
            print("  left out " + ", ".join(f"{reason} {count}" for reason, count in one.left_out.items()))
        if one.made_from:
            print(f"  made of  {', '.join(one.made_from)}{'; with coverage' if one.coverage else ''}")
    return 0


def verify(folder: str, *, as_json: bool) -> int:
    """Prove the snapshot, and every file of a directory when one is given.

    Raises
    ------
    Refused
        When the directory does not hold what its manifest states.
    """
    panel = load_panel()
    checked = [f"snapshot: {len(snapshot.allele_keys())} alleles"]
    for key in snapshot.allele_keys():
        for record in snapshot.records_for(key):
            if record.source not in sources():
                msg = f"{key}: the source {record.source} is not in the table of sources"
                raise ValueError(msg)
    if folder:
        for source in open_directory(folder, panel):
            entry = source.entry
            rows = content_of(Path(folder), entry.rows)
            if not ordered(rows):
                raise Refused(problem("HA-EVI-003", file=entry.rows.file, reason="its rows are not in order"))
            _check_bases(entry, rows)
            count = len(rows.splitlines()) - 1
            checked.append(f"{entry.name}: {count} rows")
    if as_json:
        _print_json(checked)
    else:
        print("\n".join(f"ok  {one}" for one in checked))
    return 0


def diff(old: str, new: str, *, as_json: bool) -> int:
    """What differs between two directories."""
    found = difference(Path(old), Path(new))
    if as_json:
        _print_json(found)
    else:
        for one in found:
            _print_difference(one)
    return 0


def _check_bases(entry: Entry, rows: bytes) -> None:
    """Every REF is what the embedded sequence has there."""
    pieces = [locus.slices[entry.build] for locus in load_panel().loci.values()]
    for line in rows.decode().splitlines()[1:]:
        contig, position, ref, _ = line.split("\t")[:4]
        start = int(position)
        end = start + len(ref) - 1
        if not any(one.contig == contig and one.covers(start, end) and one.bases(start, end) == ref for one in pieces):
            reason = f"REF {ref} at {contig}:{start} is not the base of {entry.build}"
            raise Refused(problem("HA-EVI-003", file=entry.rows.file, reason=reason))


def _embedded() -> Shown:
    panel = load_panel()
    loci = dict.fromkeys((str(gene) for gene in panel.loci), 0)
    for key in snapshot.allele_keys():
        _, contig, position, *_ = key.split(":")
        for gene, locus in panel.loci.items():
            piece = locus.slices[Build.GRCH38]
            if piece.contig == contig and piece.start <= int(position) <= piece.end:
                loci[gene] += len(snapshot.records_for(key))
    return Shown(Snapshot().about, loci, {}, (), coverage=False)


def _shown(about: AboutSource, entry: Entry) -> Shown:
    return Shown(about, entry.rows.loci, entry.left_out, entry.made_from, coverage=entry.coverage is not None)


def _print_difference(one: SourceDifference) -> None:
    print(f"{one.source}: {one.old or 'not there'} -> {one.new or 'not there'}")
    print(f"  alleles gained {len(one.gained)}, lost {len(one.lost)}, changed {len(one.changed)}")
    lines = [f"  {change.key}: {change.old} -> {change.new}" for change in one.changed]
    lines += [f"  {key}: lost" for key in one.lost] if one.new else []
    print("".join(f"{line}\n" for line in lines[:SHOWN]), end="")
    if len(lines) > SHOWN:
        print(f"  and {len(lines) - SHOWN} more (all with --json)")


def _print_json(found: object) -> None:
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")
