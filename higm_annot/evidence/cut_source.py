"""A cut file as a source of evidence: an allele is found by halving, and is looked for only where the file was cut."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from higm_annot.evidence.cut_records import absent_record, records_of
from higm_annot.evidence.cutting import WIDTH, columns_of
from higm_annot.evidence.directory import COVERAGE_COLUMNS, PLACE_COLUMNS, CutFile, Entry, content_of, read_manifest
from higm_annot.evidence.kinds import GNOMAD
from higm_annot.evidence.types import AboutSource, Answer, Standing
from higm_annot.intake.normalise import PLAIN
from higm_annot.knowledge.texts import text
from higm_annot.problems import Refused, problem
from higm_annot.reference.store import locus_at
from higm_annot.reference.types import Contig, Panel


class CutSource:
    """One source of a laboratory's evidence directory."""

    def __init__(self, folder: Path, entry: Entry, panel: Panel) -> None:
        self.entry, self._panel = entry, panel
        self._rows = _Sorted(folder, entry.rows, (*PLACE_COLUMNS, *columns_of(entry.kind)))
        self._coverage = _Sorted(folder, entry.coverage, COVERAGE_COLUMNS) if entry.coverage else None

    @property
    def about(self) -> AboutSource:
        """What the source is; the digest covers what was read where, too."""
        entry = self.entry
        digests = [one.sha256 for one in entry.files]
        digest = digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
        return AboutSource(entry.name, entry.kind, entry.release, entry.date, digest, entry.licence, entry.build)

    def records(self, keys: Mapping[str, str]) -> Answer:
        """What the file says of an allele; ``no_data`` where it was not cut, or knows no such alleles."""
        build = self.entry.build
        key = keys.get(build)
        if key is None:
            return Answer(Standing.NO_DATA, note=text("evidence.no_counterpart", build=build))
        _, contig, position, ref, alt = key.split(":", 4)
        if not (PLAIN.issuperset(ref) and PLAIN.issuperset(alt)):
            return Answer(Standing.NO_DATA, note=text("evidence.sequence_only"))
        pos = int(position)
        locus = locus_at(self._panel, build, Contig(contig), pos, pos + len(ref) - 1)
        if locus is None or not self.entry.rows.loci.get(locus.gene):
            return Answer(Standing.NO_DATA, note=text("evidence.not_cut_here"))
        place = f"{contig}\t{pos:0{WIDTH}d}\t"
        found = [cells[2:] for cells in self._rows.starting_with(place) if cells[0] == ref and cells[1] == alt]
        if found:
            return Answer(Standing.RECORDS, records_of(self.entry, self._panel, key, found))
        return self._absent(key, contig, pos, ref, alt)

    def _absent(self, key: str, contig: str, pos: int, ref: str, alt: str) -> Answer:
        """Not in the file; where the number of alleles read there is known, a single changed base was looked for."""
        if self.entry.kind != GNOMAD or self._coverage is None:
            return Answer(Standing.NOT_IN_SOURCE)
        stretch = self._coverage.holding(contig, pos)
        if stretch is None or stretch[3] == "0":
            return Answer(Standing.NO_DATA, note=text("evidence.not_covered"))
        alleles, share = stretch[3:5]
        if not alleles:
            return Answer(Standing.NOT_IN_SOURCE, note=text("evidence.covered", share=share))
        if len(ref) != 1 or len(alt) != 1:
            return Answer(Standing.NOT_IN_SOURCE, note=text("evidence.single_bases_only"))
        record = absent_record(self.entry, self._panel, key, int(alleles))
        return Answer(Standing.NOT_IN_SOURCE, (record,), text("evidence.covered_alleles", alleles=alleles))


def open_directory(path: str, panel: Panel) -> tuple[CutSource, ...]:
    """The sources of an evidence directory, in the order of its manifest.

    Raises
    ------
    Refused
        HA-EVI-001 … HA-EVI-003 when the directory, its manifest or any of its files is not what it should be; then none
        of it is used.
    """
    folder = Path(path)
    return tuple(CutSource(folder, entry, panel) for entry in read_manifest(folder).sources)


class _Sorted:
    """Lines of a cut file, sorted as bytes."""

    def __init__(self, folder: Path, one: CutFile, columns: tuple[str, ...]) -> None:
        self._content = content_of(folder, one)
        header, _, _ = self._content.partition(b"\n")
        if tuple(header.decode("utf-8", "replace").split("\t")) != columns:
            reason = "its columns are not those of this version; make it again with evidence update"
            raise Refused(problem("HA-EVI-003", file=str(folder / one.file), reason=reason))
        self._begin = len(header) + 1
        self._found: dict[str, tuple[list[str], ...]] = {}  # a codon's changes ask for the same places

    def starting_with(self, prefix: str) -> tuple[list[str], ...]:
        """The cells behind a prefix of every line that starts so."""
        found = self._found.get(prefix)
        if found is None:
            found = self._found[prefix] = tuple(line[len(prefix) :].split("\t") for line in self._lines(prefix))
        return found

    def _lines(self, prefix: str) -> Iterator[str]:
        wanted = prefix.encode()
        at = self._first_from(wanted)
        while self._content.startswith(wanted, at):
            end = self._content.index(b"\n", at)
            yield self._content[at:end].decode()
            at = end + 1

    def holding(self, contig: str, pos: int) -> list[str] | None:
        """The cells of the stretch that holds a position."""
        at = self._first_from(f"{contig}\t{pos + 1:0{WIDTH}d}".encode())
        if at <= self._begin:
            return None
        begin = self._content.rfind(b"\n", 0, at - 1) + 1
        cells = self._content[begin : at - 1].decode().split("\t")
        return cells if cells[0] == contig and int(cells[1]) <= pos <= int(cells[2]) else None

    def _first_from(self, wanted: bytes) -> int:
        """Offset of the first line that is not less than these bytes."""
        low, high = self._begin, len(self._content)
        while low < high:
            middle = self._content.rfind(b"\n", 0, (low + high) // 2) + 1
            middle = max(middle, low)
            end = self._content.index(b"\n", middle)
            if self._content[middle:end] < wanted:
                low = end + 1
            else:
                high = middle
        return low
