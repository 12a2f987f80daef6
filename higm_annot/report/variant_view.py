"""The view of one allele: its card with everything known, or one compact row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from higm_annot.classification.case_types import CaseClass
from higm_annot.classification.types import ComputedClass, Criterion, Judged, State
from higm_annot.evidence.labrecord.types import Assertion
from higm_annot.evidence.sources import asked_words
from higm_annot.evidence.types import Record
from higm_annot.knowledge.effect_words import effect_sentences
from higm_annot.knowledge.texts import text, text_sources, texts
from higm_annot.report.cited import sources_of
from higm_annot.report.drawing.points import draw_points
from higm_annot.report.types import ClassBlock, PhaseBlock, VariantBlock
from higm_annot.report.words import References, label, sentence, words


def name_of(block: VariantBlock) -> str:
    """The allele's name on its MANE Select transcript; the genomic one where a structural change has none."""
    name = block.hgvs.c.get(block.transcript, "")
    return name if name not in ("", "c.?") else block.hgvs.g


def full_name(block: VariantBlock) -> str:
    """The c. name with its sequence, in an intron on the chromosome as HGVS asks; empty where there is none."""
    name = block.hgvs.c.get(block.transcript, "")
    if name in ("", "c.?"):
        return ""
    return block.on_genome.get(block.transcript) or f"{block.transcript}:{name}"


def anchor(key: str) -> str:
    """Fragment of an allele's place on the page."""
    return "v-" + "".join(character if character.isalnum() else "-" for character in key)


def class_tone(name: str) -> str:
    """Style class of an allele's class."""
    if name.endswith("athogenic"):
        return "high"
    return "medium" if name.startswith("Uncertain") else "calm"


def card(block: VariantBlock, blocks: dict[str, VariantBlock], references: References) -> dict[str, Any]:
    """Everything known of an allele that a conclusion names."""
    known = block.allele_class
    return {
        "anchor": anchor(block.key),
        "gene": block.gene,
        "name": name_of(block),
        "protein": block.hgvs.p.get(block.transcript, ""),
        "label": known.class_,
        "tone": class_tone(known.class_),
        "facts": [(label(name), value) for name, value in _facts(block, blocks) if value],
        "transcripts": [
            (accession, name, block.hgvs.p.get(accession, ""), accession == block.transcript)
            for accession, name in block.hgvs.c.items()
        ],
        "points": text("page.points", points=known.points),
        "both": _both(known, references),
        "drawn": _drawn(block, known.criteria, known, "page.points_drawn", references) if known.criteria else None,
        "outlook": (known.outlook.sentence, references.numbers(known.outlook.sources)) if known.outlook else None,
        "basis": words(known.basis, "class_basis"),
        "reason": _cited(known.reason, "basis", references),
        "laboratory": laboratory_lines(known.laboratory, known.computed),
        "caps": [_cited(code, "cap", references) for code in known.caps],
        "criteria": _criteria(known.criteria, references),
        "not_met": _not_met(known.judged, references),
        "case": _case(block, block.case, references) if block.case else None,
        "evidence": [
            (_record(one), references.numbers((one.source, *sources_of(one.statement, "record"))))
            for one in block.evidence
        ],
    }


def _case(block: VariantBlock, case: CaseClass, references: References) -> dict[str, Any]:
    """The class with the family's evidence, for the place beside the allele's own."""
    said, sources = both_ways(case.by_points, case.by_table)
    together = (*block.allele_class.criteria, *case.criteria)
    return {
        "anchor": f"{anchor(block.key)}-case",
        "label": case.class_,
        "points": text("page.case_points", points=case.points, added=case.added),
        "reason": _cited(case.reason, "case", references),
        "both": (said, references.numbers(sources)),
        "drawn": _drawn(block, together, case, "page.case_points_drawn", references) if case.criteria else None,
        "criteria": _criteria(case.criteria, references),
        "not_met": _not_met(case.judged, references),
    }


def _criteria(criteria: Iterable[Criterion], references: References) -> list[tuple[Criterion, list[int]]]:
    """Criteria that are met, with the numbers of their sources."""
    return [(one, references.numbers((one.source, *sources_of(one.evidence, "criterion")))) for one in criteria]


def _not_met(judged: Iterable[Judged], references: References) -> list[tuple[Any, ...]]:
    """Criteria that were looked at and are not met, with the reason."""
    return [
        (one.code, words(one.state, "criterion_state"), *_cited(one.reason, "audit", references))
        for one in judged
        if one.state is not State.MET
    ]


def _both(known: ClassBlock, references: References) -> tuple[str, list[int]]:
    said, sources = both_ways(known.by_points, known.by_table)
    return said, references.numbers(sources)


def _drawn(
    block: VariantBlock,
    criteria: Sequence[Criterion],
    known: ClassBlock | CaseClass,
    caption: str,
    references: References,
) -> dict[str, Any]:
    """The points drawn, with the same in words."""
    drawing = draw_points(criteria, known.class_)
    fields = {"points": known.points, "by_points": known.by_points, "class_": known.class_}
    return {
        "d": drawing,
        "title": text("draw.points_title", name=name_of(block)),
        "told": text("draw.points_desc", criteria=", ".join(one.label for one in drawing.segments), **fields),
        "caption": text(caption),
        "references": references.numbers(text_sources(caption)),
        "tones": {band.name: class_tone(band.name) for band in drawing.bands},
    }


def both_ways(by_points: str, by_table: str) -> tuple[str, tuple[str, ...]]:
    """What the two ways of combining criteria give, with a word where they differ; and the sources of the sentence."""
    name = "page.both_ways" if by_points == by_table else "page.both_ways_differ"
    return text(name, by_points=by_points, by_table=by_table), text_sources(name)


def laboratory_lines(said: Iterable[Assertion], own: ComputedClass | None) -> list[str]:
    """What the laboratory's record says, then the class of rules and sources that it replaces."""
    lines = []
    for one in said:
        name = "page.laboratory_said_scope" if one.scope else "page.laboratory_said"
        fields = {"class_": one.class_, "who": one.who, "dated": one.dated, "reason": one.reason}
        lines.append(text(name, **(fields | {"scope": one.scope} if one.scope else fields)))
        if one.criteria:
            lines.append(text("page.laboratory_criteria", criteria=one.criteria))
    if own is not None:
        reason, basis = sentence(own.reason, "basis"), words(own.basis, "class_basis")
        lines.append(text("page.computed_class", class_=own.class_, basis=basis, reason=reason))
    return lines


def class_in_short(known: ClassBlock) -> str:
    """The class, with that of rules and sources where the laboratory's differs."""
    if known.computed is None or known.computed.class_ == known.class_:
        return known.class_
    return text("page.computed_short", class_=known.class_, computed=known.computed.class_)


def _cited(code: str, kind: str, references: References) -> tuple[str, list[int]]:
    """The sentence of a code with its sources; none where the code is not in the table."""
    row = texts().get(f"{kind}.{code}")
    return sentence(code, kind), references.numbers(row.source if row else ())


def _facts(block: VariantBlock, blocks: dict[str, VariantBlock]) -> list[tuple[str, str]]:
    readings = ", ".join(words(one, "state") for one in block.readings) if len(block.readings) > 1 else ""
    paralogue = words(block.paralogue, "paralogue") if block.paralogue else ""
    return [
        ("state", words(block.state, "state")),
        ("may_mean", readings),
        ("because", " ".join(sentence(code, "state") for code in block.reasons)),
        ("origin", _origin(block)),
        ("phase", "; ".join(phase_words(one, blocks) for one in block.phase)),
        ("read_together", "; ".join(name_of(blocks[key]) if key in blocks else key for key in block.parts)),
        ("reads", support(block)),
        ("flags", " ".join(sentence(code, "flag") for code in block.flags)),
        ("paralogue", ": ".join(part for part in (block.region, paralogue) if part)),
        ("other_assay", words(block.outside, "outside") if block.outside else ""),
        ("consequence", ", ".join(term.replace("_", " ") for term in block.consequences)),
        ("location", block.location),
        ("protein_part", ", ".join(block.effect.features) if block.effect else ""),
        ("decay", _decay(block)),
        ("effect_flags", " ".join(effect_sentences(block.effect.flags)) if block.effect else ""),
        ("mechanism", ", ".join(words(code, "mechanism") for code in block.allele_class.mechanisms)),
        ("genomic_name", block.hgvs.g),
        ("full_names", "; ".join(_full_names(block))),
        ("allele_key", "; ".join(dict.fromkeys((block.key, *block.keys.values())))),
        ("identifiers", "; ".join(name for name in (block.spdi, block.vrs) if name)),
        ("written", "; ".join(block.support.places)),
        ("sources_asked", "; ".join(asked_words(one) for one in block.asked)),
    ]


def _full_names(block: VariantBlock) -> list[str]:
    """The c. name in an intron on its chromosome, and the p. name on its protein."""
    found = block.on_genome.get(block.transcript, ""), block.on_protein.get(block.transcript, "")
    return [name for name in found if name]


def _origin(block: VariantBlock) -> str:
    """Where the allele came from, and how well it is shown to be new."""
    origin = words(block.origin, "origin") if block.origin != "unknown" else ""
    return "; ".join(part for part in (origin, words(block.de_novo, "de_novo") if block.de_novo else "") if part)


def _decay(block: VariantBlock) -> str:
    """Whether the transcript of a premature stop is expected to be taken away."""
    if block.effect is None or block.effect.escapes_nmd is None:
        return ""
    return text("page.decay_escaped" if block.effect.escapes_nmd else "page.decay_expected")


def support(block: VariantBlock) -> str:
    """Read support in one line; what the file does not give is left out."""
    one = block.support
    parts = [
        ("genotype", one.genotype or None),
        ("depth", one.depth),
        ("reference", one.ref_reads),
        ("alternate", one.alt_reads),
        ("balance", None if one.allele_balance is None else f"{one.allele_balance:.2f}"),
        ("quality", None if one.genotype_quality is None else f"{one.genotype_quality:g}"),
        ("filter", ", ".join(one.filters) or None),
    ]
    return ", ".join(text(f"page.read_{name}", value=value) for name, value in parts if value is not None)


def phase_words(one: PhaseBlock, blocks: dict[str, VariantBlock]) -> str:
    """Phase towards another allele, and what it rests on."""
    other = name_of(blocks[one.other]) if one.other in blocks else one.other
    return text("page.towards", other=other, verdict=words(one.verdict, "phase"), basis=words(one.basis, "phase_basis"))


def _record(one: Record) -> dict[str, Any]:
    frequency = one.frequency
    return {
        "record": one.record,
        "dated": one.dated,
        "said": one.significance,
        "statement": one.statement,
        "review": one.review,
        "scope": one.scope,
        "old": not one.current,
        "unreliable": frequency is not None and not frequency.reliable,
    }


def compact(block: VariantBlock) -> dict[str, str]:
    """One row for an allele that no conclusion names."""
    one = block.support
    flags = [sentence(code, "flag") for code in block.flags]
    return {
        "gene": block.gene,
        "name": name_of(block),
        "protein": block.hgvs.p.get(block.transcript, ""),
        "state": words(block.state, "state"),
        "depth": "" if one.depth is None else str(one.depth),
        "balance": "" if one.allele_balance is None else f"{one.allele_balance:.2f}",
        "class": class_in_short(block.allele_class),
        "flags": " ".join([*laboratory_lines(block.allele_class.laboratory, None), *flags]),
        "key": block.key,
    }
