"""A user's genome FASTA against the embedded loci: same bases, or refused with the first difference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from higm_annot.problems import Refused, problem
from higm_annot.reference.contigs import build_of_length, parse_contig
from higm_annot.reference.types import Build, Contig, Panel

if TYPE_CHECKING:
    import pysam


def check_fasta(path: str, panel: Panel) -> Build:
    """Compare all loci; the build the genome is of.

    Parameters
    ----------
    path
        FASTA, plain or BGZF, with its ``.fai`` index (it is made beside the file when missing); any contig naming.
    panel
        The embedded reference.

    Raises
    ------
    Refused
        When the file cannot be read (HA-REF-010), lacks a chromosome or has one of another length (HA-REF-011),
        or a base differs (HA-REF-012).
    """
    import pysam  # noqa: PLC0415 - most runs never need it

    if not Path(path).is_file():
        raise Refused(problem("HA-REF-010", file=path, reason="there is no such file"))
    try:
        with pysam.FastaFile(path) as genome:
            return _compare(path, genome, panel)
    except (OSError, ValueError) as error:
        raise Refused(problem("HA-REF-010", file=path, reason=str(error) or type(error).__name__)) from None


def _compare(path: str, genome: pysam.FastaFile, panel: Panel) -> Build:
    names: dict[Contig, str] = {}
    builds: set[Build | None] = set()
    lengths = dict(zip(genome.references, genome.lengths, strict=True))
    wanted = {locus.contig for locus in panel.loci.values()}
    for name, length in lengths.items():
        contig = parse_contig(name)
        if contig is not None and contig in wanted:
            names.setdefault(contig, name)
            builds.add(build_of_length(contig, length))
    build = builds.pop() if len(builds) == 1 else None
    if build is None or set(names) != wanted:
        told = ", ".join(f"{name} {lengths[name]}" for name in names.values()) or "none of the panel's"
        raise Refused(problem("HA-REF-011", file=path, contigs=", ".join(Contig), found=told))
    for locus in panel.loci.values():
        piece = locus.slices[build]
        found = genome.fetch(names[locus.contig], piece.start - 1, piece.end).upper()
        if len(found) != len(piece.sequence):
            msg = f"it ends within {locus.gene}, before the length its index states"
            raise ValueError(msg)
        for offset, (theirs, ours) in enumerate(zip(found, piece.sequence, strict=True)):
            if theirs != ours:
                site = f"{locus.contig}:{piece.start + offset}"
                raise Refused(problem("HA-REF-012", file=path, site=site, gene=locus.gene, theirs=theirs, ours=ours))
    return build
