"""The figures of a report: which genes, proteins and relatives are drawn, with the words beside each drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from higm_annot.interpretation.types import Conclusion
from higm_annot.knowledge.texts import text
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene
from higm_annot.report.assessed import by_gene, exon_states, groups
from higm_annot.report.drawing.gene import NARROW, WIDE, Look, Mark, draw_gene, structural
from higm_annot.report.drawing.pedigree import FEMALE, MALE, MOST_SIBLINGS, Member, draw_pedigree
from higm_annot.report.drawing.protein import draw_protein, features_of, residue, twin_residues
from higm_annot.report.types import AssessmentBlock, RelativeBlock, Report, VariantBlock
from higm_annot.report.variant_view import class_tone, name_of
from higm_annot.report.words import References, disease_words, words

_DECIDED = ("confirmed", "refuted")
_UNPLACED = "hard"
_SINGLE = frozenset({"het", "het_sex_unknown"})
_CARRIED = frozenset({"het", "hom", "hemi", "het_in_male", "het_sex_unknown", "hemi_or_hom", "haploid_unexpected"})
_LONG = 24
_LINES = 4
_ROLES = ("father", "mother")
_EMPTY = frozenset({"no_finding", "not_assessed"})


def gene_figures(
    report: Report, conclusions: Sequence[Conclusion], blocks: Mapping[str, VariantBlock], references: References
) -> dict[str, Any]:
    """Large figures of the genes with a finding, small ones of the others; none where the build is not known."""
    if report.provenance.build not in set(Build):
        return {"large": [], "small": []}
    build = Build(report.provenance.build)
    assessment = by_gene(report.assessment)
    named = list(dict.fromkeys(one.gene for one in conclusions))
    found = [gene for gene in named if any(one.gene == gene and one.code not in _EMPTY for one in conclusions)]
    marked = {gene: _marked(gene, conclusions, blocks) for gene in named}
    return {
        "large": [_large(gene, build, assessment.get(gene, []), marked[gene], references) for gene in found],
        "small": [
            _gene(gene, build, NARROW, assessment.get(gene, []), marked[gene]) for gene in named if gene not in found
        ],
    }


def _marked(
    gene: Gene, conclusions: Iterable[Conclusion], blocks: Mapping[str, VariantBlock]
) -> list[tuple[VariantBlock, int, int]]:
    """The alleles that conclusions on a gene name, each with its place; only those named on the drawn transcript."""
    accession = load_panel().loci[gene].mane.accession
    keys = dict.fromkeys(key for one in conclusions if one.gene == gene for key in one.variants)
    drawn = [blocks[key] for key in keys if key in blocks and blocks[key].transcript == accession]
    return [(block, *_place(block.key)) for block in drawn]


def _place(key: str) -> tuple[int, int]:
    """First and last changed base of an allele key; an insertion lies between two bases."""
    first, *further = key.split("+")
    if further:
        build_and_contig = first.rsplit(":", 3)[0]
        places = [_place(first), *(_place(f"{build_and_contig}:{one}") for one in further)]
        return places[0][0], places[-1][1]
    _, _, position, ref, alt = key.split(":", 4)
    pos = int(position)
    if not alt.isalpha():
        return pos + 1, max(pos + 1, int(alt.rpartition(":")[2]))
    shared = 1 if ref[0] == alt[0] and len(ref) != len(alt) else 0
    return (pos + shared, pos + len(ref) - 1) if len(ref) > shared else (pos, pos + 1)


def _marks(marked: Iterable[tuple[VariantBlock, int, int]]) -> list[Mark]:
    return [
        Mark(
            label=name_of(block),
            start=start,
            end=end,
            tone=class_tone(block.allele_class.class_),
            open=_is_open(block),
            structural=structural(start, end, symbolic="<" in block.key),
        )
        for block, start, end in marked
    ]


def _is_open(block: VariantBlock) -> bool:
    """Whether it is open that the call lies in the gene."""
    return block.paralogue == _UNPLACED and block.outside not in _DECIDED


def _stops_early(block: VariantBlock) -> bool:
    """Whether the allele ends the protein before its time, whatever becomes of the transcript."""
    return block.effect is not None and block.effect.escapes_nmd is not None


def _gene(
    gene: Gene,
    build: Build,
    look: Look,
    blocks: Sequence[AssessmentBlock],
    marked: Sequence[tuple[VariantBlock, int, int]],
) -> dict[str, Any]:
    drawing = draw_gene(gene, build, look, exon_states(blocks), _marks(marked))
    transcript = load_panel().loci[gene].mane.accession
    told = [text("draw.gene_desc", gene=gene, transcript=transcript, count=len(drawing.exons))]
    told += [text("draw.read_desc", exons=exons, status=status, basis=basis) for status, basis, exons in groups(blocks)]
    told += [
        text("draw.variant_desc", name=name_of(block), state=words(block.state, "state")) for block, _, _ in marked
    ]
    return {
        "gene": gene,
        "transcript": transcript,
        "title": text("draw.gene_title", gene=gene),
        "told": " ".join(told),
        "d": drawing,
    }


def _large(
    gene: Gene,
    build: Build,
    blocks: Sequence[AssessmentBlock],
    marked: Sequence[tuple[VariantBlock, int, int]],
    references: References,
) -> dict[str, Any]:
    residues = [
        Mark(
            block.hgvs.p[block.transcript],
            number,
            number,
            class_tone(block.allele_class.class_),
            _is_open(block),
            to_end=_stops_early(block),
        )
        for block, _, _ in marked
        if (number := residue(block.hgvs.p.get(block.transcript, ""))) is not None
    ]
    features = sorted(features_of(gene), key=lambda feature: feature.start)
    length = load_panel().loci[gene].mane.protein_length
    told = [text("draw.protein_desc", gene=gene, length=length)]
    told += [
        text(
            "draw.feature_desc",
            label=one.label,
            residues=f"{one.start}-{one.end}" if one.end > one.start else one.start,
        )
        for one in features
    ]
    if twin_residues(gene, build, WIDE):
        told.append(text("draw.twin_desc"))
    told += [text("draw.residue_desc", name=mark.label, residue=mark.start) for mark in residues]
    told += [text("draw.to_end_desc", name=mark.label, residue=mark.start) for mark in residues if mark.to_end]
    return {
        "gene": gene,
        "wide": _gene(gene, build, WIDE, blocks, marked),
        "narrow": draw_gene(gene, build, NARROW, exon_states(blocks), _marks(marked)),
        "protein": draw_protein(gene, build, WIDE, residues),
        "protein_narrow": draw_protein(gene, build, NARROW, residues),
        "protein_title": text("draw.protein_title", gene=gene),
        "protein_told": " ".join(told),
        "references": references.numbers(key for one in features for key in one.source),
        "tones": [tone for tone in ("high", "medium", "calm") if any(mark.tone == tone for mark in _marks(marked))],
        "open": any(mark.open for mark in _marks(marked)),
        "twin": bool(twin_residues(gene, build, WIDE)),
        "to_end": any(mark.to_end for mark in residues),
    }


class Drawn(Struct, frozen=True):
    """An allele in the family's figure: its name there, and whether it is open that it lies in the gene."""

    key: str
    name: str
    open: bool


def pedigree_figure(report: Report, lead: Conclusion | None) -> dict[str, Any] | None:
    """Parents, the person tested and siblings, with the genotypes that may be shown.

    None where no relative is named, and where no allele is: an empty symbol would read as "carries nothing".
    """
    variants = _drawn(report)
    if not report.pedigree or not variants:
        return None
    names = {
        one.key: one.name if len(one.name) <= _LONG else text("draw.variant_number", number=number)
        for number, one in enumerate(variants, 1)
    }
    relatives = {one.role: one for one in report.pedigree if one.role in _ROLES}
    siblings = [one for one in report.pedigree if one.role not in _ROLES]
    linked = (lead is not None and lead.inheritance.startswith("X")) or all(_on_x(one.key) for one in variants)
    parents = {role: _parent(role, relatives.get(role), variants, names, linked=linked) for role in _ROLES}
    sample = report.sample
    states = {one.key: one.state for one in report.family_alleles} | {one.key: one.state for one in report.variants}
    child = Member(
        sex=sample.sex.declared,
        fill=_fill(sample.affected, [states[one.key] for one in variants], linked=linked, sex=sample.sex.declared),
        lines=(text("draw.person"), *_lines(variants, states, names)),
        fetus=sample.mode == "prenatal",
    )
    others = [_shown(one, one.sex, variants, names, linked=linked) for one in siblings]
    drawn = draw_pedigree(child, parents, others)
    people = (parents["father"], parents["mother"], child, *others)
    told = [
        text("draw.member_desc", role=member.lines[0], lines="; ".join((*member.lines[1:], _status(member))))
        for member in people
    ]
    left = len(others) - MOST_SIBLINGS
    return {
        "d": drawn,
        "title": text("draw.family_title" if others else "draw.pedigree_title"),
        "told": " ".join(told),
        "disease": disease_words(lead) if lead else "",
        "names": [(names[one.key], one.name) for one in variants if names[one.key] != one.name],
        "fetus": text("draw.fetus"),
        "fills": list(dict.fromkeys(member.fill for member in people if member.shown)),
        "half": any(member.half for member in others[:MOST_SIBLINGS]),
        "more": text("draw.more_siblings", count=left) if left > 0 else "",
    }


def _drawn(report: Report) -> list[Drawn]:
    """The alleles that a conclusion names, then the others of the family."""
    own = {one.key: Drawn(one.key, name_of(one), _is_open(one)) for one in report.variants if one.reportable}
    others = {
        one.key: Drawn(one.key, one.name, one.paralogue == _UNPLACED)
        for one in report.family_alleles
        if one.key not in own
    }
    return [*own.values(), *others.values()]


def _on_x(key: str) -> bool:
    return Contig(key.split(":")[1]).is_sex_linked


def _parent(
    role: str, relative: RelativeBlock | None, variants: Sequence[Drawn], names: Mapping[str, str], *, linked: bool
) -> Member:
    sex = MALE if role == "father" else FEMALE
    head = text(f"draw.{role}")
    if relative is None:
        return Member(sex, "unknown", (head, text("draw.not_tested")), shown=False)
    if not relative.shown:
        return Member(sex, "unknown", (head, text("draw.not_shown")), shown=False)
    return _shown(relative, sex, variants, names, linked=linked)


def _shown(
    relative: RelativeBlock, sex: str, variants: Sequence[Drawn], names: Mapping[str, str], *, linked: bool
) -> Member:
    """A relative who agreed, with the state of each allele that may be told."""
    states = {one.key: relative.genotypes.get(one.key, "not_shown") for one in variants}
    return Member(
        sex,
        _fill(relative.affected, relative.genotypes.values(), linked=linked, sex=sex),
        (text(f"draw.{relative.role}"), *_lines(variants, states, names)),
        half=relative.role.startswith(("maternal_", "paternal_")),
    )


def _lines(variants: Sequence[Drawn], states: Mapping[str, str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Two lines an allele: its name, then its state; what is too many for the drawing is counted."""
    shown = variants if len(variants) <= _LINES // 2 else variants[: _LINES // 2]
    lines = []
    for one in shown:
        state = states[one.key]
        placed = not one.open or state not in _CARRIED
        said = text(f"draw.state.{state}")
        lines += [names[one.key], said if placed else f"{said}, {text('draw.unplaced')}"]
    if len(variants) > len(shown):
        lines.append(text("page.and_more", count=len(variants) - len(shown)))
    return tuple(lines)


def _fill(affected: str, states: Iterable[str], *, linked: bool, sex: str) -> str:
    """How a symbol is filled: by clinical status, and half where an unaffected person carries an allele."""
    carried = [state for state in states if state in _CARRIED]
    if affected == "yes":
        return "affected"
    if affected != "no":
        return "unknown"
    if carried and all(state in _SINGLE for state in carried):
        return "carrier_x" if linked and sex == FEMALE else "carrier"
    return "unaffected"


def _status(member: Member) -> str:
    if not member.shown:
        return text("draw.not_shown")
    return text(f"page.fill_{member.fill}")
