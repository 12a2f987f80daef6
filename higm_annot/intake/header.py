"""The header of a VCF: columns, samples, contigs and what it says of the build. Values only; no file is opened here."""

from __future__ import annotations

import re

from msgspec import Struct

from higm_annot.problems import Refused, problem

FIXED = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO")
IDENTIFIER = re.compile(r"[<,]ID=([^,>]+)")
LENGTH = re.compile(r"[<,]length=(\d+)")
ASSEMBLY = re.compile(r"[<,]assembly=\"?([^,\">]+)")
REACHING = frozenset({("INFO", "END"), ("INFO", "SVLEN"), ("FORMAT", "LEN")})
PHASE_SETS = frozenset(("FORMAT", name) for name in ("PS", "PSL", "PID", "HP"))
BUILD_TEXT = ("reference", "assembly", "genome-build", "genome_build")
# GATK 3 writes its walkers as GATKCommandLine.PhaseByTransmission=<…> or GATKCommandLine=<ID=PhaseByTransmission,…>,
# GATK 2 as PhaseByTransmission="…".
BY_TRANSMISSION = re.compile(r"##(?:GATKCommandLine\.?)?(?:=<ID=)?PhaseByTransmission[=,>]")
PHASING = "##phasing="
PROGRAM_KEY = 40  # ##source, ##commandline, ##GATKCommandLine.…, ##bcftools_viewCommand: all say so at their start


class ContigLine(Struct, frozen=True):
    """A ``##contig`` line: name, length when given, and its ``assembly`` text."""

    name: str
    length: int | None
    assembly: str


class Header(Struct, frozen=True):
    """What intake needs of a header.

    ``reaches`` is True when a record can be longer than its REF (END, SVLEN or LEN is declared), so that an index
    lookup must start before a region. ``build_text`` are the values of ``##reference`` and similar lines.
    ``phasing`` is the value of ``##phasing``, or ``by_transmission`` where a program that phases by the parents'
    genotypes names itself; ``programs`` is what the header says of the programs that made the file, in lower case;
    ``names_sets`` is True when it declares a field that names phase sets.
    """

    samples: tuple[str, ...]
    columns: int
    contigs: tuple[ContigLine, ...]
    build_text: tuple[str, ...]
    reaches: bool
    lines: int
    phasing: str = ""
    programs: str = ""
    names_sets: bool = False


def parse_header(lines: list[str], file: str) -> Header:
    """Read the header's lines, ``#CHROM`` line last.

    Raises
    ------
    Refused
        When the ``#CHROM`` line lacks a fixed column (HA-VCF-007) or names a sample twice (HA-VCF-008).
    """
    contigs: list[ContigLine] = []
    text: list[str] = []
    reaches, phasing, names_sets = False, "", False
    programs: list[str] = []
    for line in lines:
        if line.startswith("##contig="):
            contigs += _contig(line)
        elif line.startswith(("##INFO=", "##FORMAT=")):
            found = IDENTIFIER.search(line)
            declared = (line[2 : line.index("=")], found[1]) if found is not None else ("", "")
            reaches |= declared in REACHING
            names_sets |= declared in PHASE_SETS
        elif line[2:].lower().startswith(BUILD_TEXT) and "=" in line:
            text.append(line.split("=", 1)[1].strip())
        elif BY_TRANSMISSION.match(line):
            phasing = "by_transmission"
        elif line.startswith(PHASING):
            phasing = phasing or line.removeprefix(PHASING).strip().lower()
        elif any(word in line[:PROGRAM_KEY].lower() for word in ("command", "source=")):
            programs.append(line.lower())
    columns = lines[-1].split("\t")
    if tuple(columns[:8]) != FIXED or (len(columns) > 8 and columns[8] != "FORMAT"):
        raise Refused(problem("HA-VCF-007", file=file, line=len(lines)))
    samples = tuple(columns[9:])
    repeated = sorted({name for name in samples if samples.count(name) > 1}) if len(set(samples)) < len(samples) else []
    if repeated:
        raise Refused(problem("HA-VCF-008", file=file, line=len(lines), names=", ".join(repeated[:8])))
    return Header(
        samples=samples,
        columns=len(columns),
        contigs=tuple(contigs),
        build_text=tuple(text),
        reaches=reaches,
        lines=len(lines),
        phasing=phasing,
        programs="\n".join(programs),
        names_sets=names_sets,
    )


def _contig(line: str) -> list[ContigLine]:
    """The contig of a ``##contig`` line, none when it has no ID."""
    name, length, assembly = IDENTIFIER.search(line), LENGTH.search(line), ASSEMBLY.search(line)
    if name is None:
        return []
    return [ContigLine(name[1], int(length[1]) if length else None, assembly[1] if assembly else "")]
