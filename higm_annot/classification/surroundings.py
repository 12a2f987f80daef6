"""What lies around an allele: known changes of the same codon, and whether it lies in a tandem repeat.

The codon's other changes by one base are looked up in the evidence of the run, so a laboratory's own sources count like
the embedded ones, and the allele itself is always left out. Known changes of several bases are not found this way.
"""

from __future__ import annotations

from collections.abc import Iterator

from higm_annot.classification.classify import classify
from higm_annot.classification.published import Published, listed_record, published_class
from higm_annot.classification.same_residue import is_near_splice_site, one_residue
from higm_annot.classification.types import Neighbour, Surroundings
from higm_annot.consequence.annotate import annotate, maps_of
from higm_annot.consequence.types import AlleleEffects
from higm_annot.evidence.sources import Evidence
from higm_annot.evidence.types import Record, RecordKind
from higm_annot.intake.normalise import PLAIN
from higm_annot.intake.types import Allele
from higm_annot.knowledge.review_status import review_status
from higm_annot.knowledge.tables import listed_alleles, threshold
from higm_annot.reference.sequence import CODONS, reverse_complement
from higm_annot.reference.types import Build, Contig, Gene, Panel, Slice


def surroundings(panel: Panel, effects: AlleleEffects, evidence: Evidence) -> Surroundings:
    """What the sources of a run know of the same codon, and whether the change lies in a tandem repeat."""
    return Surroundings(
        neighbours=tuple(_neighbours(panel, effects, evidence)),
        in_repeat=_in_repeat(panel, effects) if _changes_length(effects) else None,
    )


def _neighbours(panel: Panel, effects: AlleleEffects, evidence: Evidence) -> Iterator[Neighbour]:
    """Changes of the same residue that current assertions call pathogenic or likely pathogenic."""
    changed = one_residue(effects.mane)
    if changed is None:
        return
    residue, old, new = changed
    for keys, amino_acid in _codon_changes(panel, effects.gene, residue):
        if amino_acid in (old, "*") or any(keys[build] == effects.keys.get(build) for build in keys):
            continue
        named = {str(build): key for build, key in keys.items()}
        told = evidence.assertions(named)
        listed = listed_alleles().get(keys.get(Build.GRCH38, ""))
        said, _ = published_class((*told, listed_record(listed)) if listed else told)
        if said not in (Published.PATHOGENIC, Published.LIKELY_PATHOGENIC):
            continue
        allele = _allele(next(iter(keys.values())))
        known = annotate(panel, allele)
        found = classify(
            known, evidence.known(named).records, ""
        )  # a class that its own frequency contradicts is no ground for another
        if found.class_.is_pathogenic:
            yield Neighbour(
                name=f"{known.mane.hgvs_c} {known.mane.hgvs_p}",
                same_change=amino_acid == new,
                class_=found.class_,
                by_panel=any(_by_panel(record) for record in found.records),
                near_splice_site=is_near_splice_site(known),
                sources=tuple(dict.fromkeys(record.source for record in found.records if _gives_class(record))),
            )


def _codon_changes(panel: Panel, gene: Gene, residue: int) -> Iterator[tuple[dict[Build, str], str]]:
    """Every change of a codon by one base: its keys in the builds that have this codon, and the new amino acid."""
    locus = panel.loci[gene]
    codons: dict[Build, tuple[str, list[int]]] = {}
    for build in Build:
        mane = maps_of(gene, build)[0]
        offsets = [mane.gene_offset(mane.cds_start + 3 * (residue - 1) + place) for place in range(3)]
        codon = "".join(mane.sequence[offset] for offset in offsets)
        piece = mane.slice
        codons[build] = codon, [piece.start + at if locus.strand > 0 else piece.end - at for at in offsets]
    codon = codons[Build.GRCH38][0]
    for place in range(3):
        for base in sorted(PLAIN - {codon[place]}):
            changed = codon[:place] + base + codon[place + 1 :]
            bases = [one if locus.strand > 0 else reverse_complement(one) for one in (codon[place], base)]
            keys = {
                build: f"{build}:{locus.contig}:{places[place]}:{bases[0]}:{bases[1]}"
                for build, (same, places) in codons.items()
                if same == codon
            }
            yield keys, CODONS[changed]


def _allele(key: str) -> Allele:
    build, contig, pos, ref, alt = key.split(":")
    return Allele(Build(build), Contig(contig), int(pos), ref, alt, int(pos) + len(ref) - 1)


def _gives_class(record: Record) -> bool:
    return record.kind is RecordKind.ASSERTION and record.current


def _by_panel(record: Record) -> bool:
    return _gives_class(record) and review_status(record.review).by_panel


def _changes_length(effects: AlleleEffects) -> bool:
    return any("inframe" in term for term in effects.mane.terms)


def _in_repeat(panel: Panel, effects: AlleleEffects) -> bool | None:
    """Whether a deletion or insertion changes the copies of a tandem repeat; None where its bases are not known."""
    build, _, pos, ref, alt = (*effects.key.split(":"), "", "", "")[:5]
    if not ref or not alt or not PLAIN.issuperset(ref) or not PLAIN.issuperset(alt) or "+" in effects.key:
        return None
    if not (ref.startswith(alt) or alt.startswith(ref)):
        return False  # a delins replaces bases; it does not add or remove copies
    piece = panel.loci[effects.gene].slices[Build(build)]
    unit = _shortest_unit(max(ref, alt, key=len)[min(len(ref), len(alt)) :])
    return _copies(piece, int(pos) + min(len(ref), len(alt)), unit) >= threshold("repeat_copies_min")


def _shortest_unit(bases: str) -> str:
    """The shortest stretch that gives the bases when repeated."""
    lengths = (size for size in range(1, len(bases) + 1) if len(bases) % size == 0)
    return next(bases[:size] for size in lengths if bases[:size] * (len(bases) // size) == bases)


def _copies(piece: Slice, start: int, unit: str) -> int:
    """How often a unit stands in a row in the reference; alleles are left-aligned, so all of it lies to the right."""
    count = 0
    while piece.covers(start, start + len(unit) - 1) and piece.bases(start, start + len(unit) - 1) == unit:
        count, start = count + 1, start + len(unit)
    return count
