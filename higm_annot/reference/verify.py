"""Prove the embedded reference again: nothing here trusts the builder."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from higm_annot.reference import contigs
from higm_annot.reference.sequence import reverse_complement, translate
from higm_annot.reference.stored import LOCI, decode, digest_of, embedded, encode, fasta_name, sha256
from higm_annot.reference.types import Build, Gene, Locus, Panel, Slice, Transcript


class Check(Struct, frozen=True):
    """One thing proven, or found wrong: of what, which property, and what was found."""

    subject: str
    property: str
    passed: bool
    found: str


def verify_panel(panel: Panel) -> tuple[Check, ...]:
    """Every check of every locus and transcript, and of the data files' digests."""
    checks = list(_digests(panel))
    for locus in panel.loci.values():
        checks += _differences(locus)
        for transcript in locus.transcripts:
            for build in Build:
                checks += _transcript(locus, transcript, build)
    return tuple(checks)


def _digests(panel: Panel) -> Iterator[Check]:
    content = embedded()
    stored = decode(content[LOCI])
    found = digest_of(stored, tuple(content[fasta_name(build)] for build in Build))
    yield Check("data files", "digest", found == stored.digest == panel.digest, found[:16])
    # The digest is of the decoded document; this catches whatever decoding would overlook.
    yield Check("loci.json", "nothing but the panel", encode(stored) == content[LOCI], f"{len(content[LOCI])} bytes")
    yield Check("contigs", "same as the program's", stored.contigs == contigs.ROWS, f"{len(stored.contigs)} rows")
    for locus in stored.loci:
        for build in Build:
            found = sha256(panel.loci[Gene(locus.gene)].slices[build].sequence)
            yield Check(f"{locus.gene} {build}", "sequence digest", found == locus.sha256[build], found[:16])


def _differences(locus: Locus) -> Iterator[Check]:
    """The equal stretches are equal, and the bases between them are not."""
    old, new = locus.slices[Build.GRCH37], locus.slices[Build.GRCH38]
    equal = all(_bases(old, start, end) == _bases(new, there, there + end - start) for start, end, there in locus.equal)
    gaps = [
        (_bases(old, end + 1, next_start - 1), _bases(new, there + end - start + 1, next_there - 1))
        for (start, end, there), (next_start, _, next_there) in pairwise(locus.equal)
    ]
    first, last = locus.equal[0], locus.equal[-1]
    whole = first[0] == old.start and first[2] == new.start and last[1] == old.end
    whole = whole and last[2] + last[1] - last[0] == new.end
    # As narrow as can be: what lies between two stretches differs at both of its ends.
    different = all(one[:1] != other[:1] and one[-1:] != other[-1:] for one, other in gaps)
    yield Check(locus.gene, "build differences", equal and whole and different, f"{len(gaps)} places differ")


def _transcript(locus: Locus, transcript: Transcript, build: Build) -> Iterator[Check]:
    piece, model = locus.slices[build], transcript.models[build]
    name = f"{transcript.accession} {build}"
    sites = [_splice_sites(piece, locus.strand, one, other) for one, other in _introns(transcript, build)]
    yield Check(name, "GT..AG introns", all(site == ("GT", "AG") for site in sites), f"{len(sites)} introns")
    coding = "".join(
        _read(piece, locus.strand, max(exon.start, model.cds.start), min(exon.end, model.cds.end))
        for exon in model.exons
        if exon.overlaps(model.cds.start, model.cds.end)
    )
    protein = translate(coding)
    whole = len(coding) % 3 == 0 and protein.startswith("M") and protein.find("*") == len(protein) - 1
    yield Check(name, "reading frame", whole, f"{len(coding)} coding bases")
    yield Check(name, "protein length", len(protein) - 1 == transcript.protein_length, f"{len(protein) - 1} residues")
    lengths = {one: sum(exon.length for exon in transcript.models[one].exons) for one in Build}
    yield Check(name, "spliced length", len(set(lengths.values())) == 1, f"{lengths[build]} bases")
    outside = sum(not piece.covers(exon.start, exon.end) for exon in model.exons)
    yield Check(
        name, "coding sequence inside", piece.covers(model.cds.start, model.cds.end), f"{outside} exons reach out"
    )


def _introns(transcript: Transcript, build: Build) -> list[tuple[int, int]]:
    """First and last base of every intron on the plus strand, 1-based inclusive."""
    exons = sorted(transcript.models[build].exons)
    return [(one.end + 1, other.start - 1) for one, other in pairwise(exons)]


def _splice_sites(piece: Slice, strand: int, start: int, end: int) -> tuple[str, str]:
    intron = _read(piece, strand, start, end)
    return intron[:2], intron[-2:]


def _read(piece: Slice, strand: int, start: int, end: int) -> str:
    bases = _bases(piece, start, end)
    return bases if strand > 0 else reverse_complement(bases)


def _bases(piece: Slice, start: int, end: int) -> str:
    """Bases of a slice; what lies outside reads as ``N``, so that a wrong place fails its check instead of the run."""
    if piece.start <= start and end <= piece.end:
        return piece.bases(start, end)
    return "".join(piece.base(at) if piece.start <= at <= piece.end else "N" for at in range(start, end + 1))
