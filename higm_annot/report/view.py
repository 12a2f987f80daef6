"""The view of a document: what the page shows, in the order in which it shows it. Plain values, no markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from higm_annot.evidence.types import Record
from higm_annot.interpretation.types import Conclusion
from higm_annot.knowledge.texts import text
from higm_annot.problems import Problem
from higm_annot.report.tables import rank
from higm_annot.report.types import AssessmentBlock, PhaseBlock, Report, VariantBlock
from higm_annot.report.words import References, disease_words, sentence, tone, words

_MARKS = {"assessed": "full", "partly": "part", "not_assessed": "none"}


def view(report: Report) -> dict[str, Any]:
    """Values for the page template."""
    references = References()
    blocks = {block.key: block for block in report.variants}
    page = {
        "report": report,
        "failed": report.status == "failed",
        "hold": report.release == "hold",
        "label": words(report.headline.code, "code"),
        "tone": tone(report.headline.code),
        "facts": _facts(report),
        "problems": [_problem(found) for found in report.problems],
        "conclusions": [
            _conclusion(one, blocks, references) for one in sorted(report.conclusions, key=lambda one: rank(one.code))
        ],
        "variants": [_variant(block, blocks, references) for block in report.variants if block.reportable],
        "compact": [_compact(block) for block in report.variants if not block.reportable],
        "genes": _genes(report.assessment),
        "rules": [(sentence(rule, "rule"), count) for rule, count in report.ledger.set_aside_by_rule.items()],
        "provenance": _provenance(report),
    }
    return page | {"sources": references.listed()}


def _facts(report: Report) -> list[tuple[str, str]]:
    sample = report.sample
    facts = [
        ("Test", words(sample.mode, "mode")),
        ("Clinical status", words(sample.affected, "affected")),
        ("Sex as stated", sample.sex.declared),
        ("Sex as observed", words(sample.sex.observed, "sex")),
        ("Family", sample.family),
        ("Indication", sample.indication),
        ("Genome build", report.provenance.build),
    ]
    return [(name, value) for name, value in facts if value]


def _problem(found: Problem) -> dict[str, str]:
    place = found.file + (f":{found.line}" if found.line else "")
    return {
        "code": found.code,
        "severity": found.severity,
        "label": words(found.severity, "severity"),
        "message": found.message,
        "remedy": found.remedy,
        "place": ", ".join(part for part in (place, found.site) if part),
    }


def _conclusion(one: Conclusion, blocks: dict[str, VariantBlock], references: References) -> dict[str, Any]:
    named = [blocks[key] for key in one.variants if key in blocks]
    return {
        "gene": one.gene,
        "disease": disease_words(one),
        "inheritance": words(one.inheritance, "inheritance"),
        "label": words(one.code, "code"),
        "tone": tone(one.code),
        "unresolved": words(one.status, "status") if one.status != "established" else "",
        "if_confirmed": words(one.if_confirmed, "code") if one.if_confirmed else "",
        "diplotype": one.diplotype.hgvs if one.diplotype else "",
        "phase": words(one.diplotype.phase, "phase") if one.diplotype and one.diplotype.phase else "",
        "variants": [(anchor(block.key), name_of(block), words(block.state, "state")) for block in named],
        "reasons": one.reasons,
        "next_tests": one.next_tests,
        "references": references.numbers(one.sources),
    }


def name_of(block: VariantBlock) -> str:
    """The allele's name on its MANE Select transcript, else its genomic name."""
    return block.hgvs.c.get(block.transcript) or block.hgvs.g


def anchor(key: str) -> str:
    """Fragment of an allele's place on the page."""
    return "v-" + "".join(character if character.isalnum() else "-" for character in key)


def _variant(block: VariantBlock, blocks: dict[str, VariantBlock], references: References) -> dict[str, Any]:
    known = block.allele_class
    return {
        "anchor": anchor(block.key),
        "gene": block.gene,
        "name": name_of(block),
        "protein": block.hgvs.p.get(block.transcript, ""),
        "label": known.class_,
        "tone": _class_tone(known.class_),
        "facts": [(name, value) for name, value in _variant_facts(block, blocks) if value],
        "transcripts": [
            (accession, name, block.hgvs.p.get(accession, ""), accession == block.transcript)
            for accession, name in block.hgvs.c.items()
        ],
        "points": known.points,
        "basis": words(known.basis, "class_basis"),
        "reason": sentence(known.reason, "basis"),
        "caps": [sentence(code, "cap") for code in known.caps],
        "criteria": [(one, references.numbers(one.source)) for one in known.criteria],
        "evidence": [(_record(one), references.numbers(one.source)) for one in block.evidence],
    }


def _variant_facts(block: VariantBlock, blocks: dict[str, VariantBlock]) -> list[tuple[str, str]]:
    readings = ", ".join(words(one, "state") for one in block.readings) if len(block.readings) > 1 else ""
    paralogue = words(block.paralogue, "paralogue") if block.paralogue else ""
    return [
        ("State", words(block.state, "state")),
        ("May mean", readings),
        ("Because", " ".join(sentence(code, "state") for code in block.reasons)),
        ("Origin", words(block.origin, "origin") if block.origin != "unknown" else ""),
        ("Phase", "; ".join(_phase(one, blocks) for one in block.phase)),
        ("Reads", support(block)),
        ("Flags", " ".join(sentence(code, "flag") for code in block.flags)),
        ("Paralogue", ": ".join(part for part in (block.region, paralogue) if part)),
        ("Other assay", words(block.outside, "outside") if block.outside else ""),
        ("Consequence", ", ".join(term.replace("_", " ") for term in block.consequences)),
        ("Location", block.location),
        ("Mechanism", ", ".join(code.replace("_", " ") for code in block.allele_class.mechanisms)),
        ("Genomic name", block.hgvs.g),
        ("Allele key", "; ".join(dict.fromkeys((block.key, *block.keys.values())))),
        ("Written in the file", "; ".join(block.support.places)),
    ]


def support(block: VariantBlock) -> str:
    """Read support in one line; what the file does not give is left out."""
    one = block.support
    parts = [
        f"genotype {one.genotype}" if one.genotype else "",
        f"depth {one.depth}" if one.depth is not None else "",
        f"{one.ref_reads} reference" if one.ref_reads is not None else "",
        f"{one.alt_reads} alternate" if one.alt_reads is not None else "",
        f"balance {one.allele_balance:.2f}" if one.allele_balance is not None else "",
        f"genotype quality {one.genotype_quality:g}" if one.genotype_quality is not None else "",
        f"filter {', '.join(one.filters)}" if one.filters else "",
    ]
    return ", ".join(part for part in parts if part)


def _phase(one: PhaseBlock, blocks: dict[str, VariantBlock]) -> str:
    other = name_of(blocks[one.other]) if one.other in blocks else one.other
    return f"towards {other} {words(one.verdict, 'phase')}: {words(one.basis, 'phase_basis')}"


def _class_tone(name: str) -> str:
    if name.endswith("athogenic"):
        return "high"
    return "medium" if name.startswith("Uncertain") else "calm"


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


def _compact(block: VariantBlock) -> dict[str, str]:
    one = block.support
    return {
        "gene": block.gene,
        "name": name_of(block),
        "protein": block.hgvs.p.get(block.transcript, ""),
        "state": words(block.state, "state"),
        "depth": "" if one.depth is None else str(one.depth),
        "balance": "" if one.allele_balance is None else f"{one.allele_balance:.2f}",
        "class": block.allele_class.class_,
        "tone": _class_tone(block.allele_class.class_),
        "flags": " ".join(sentence(code, "flag") for code in block.flags),
        "key": block.key,
    }


def _genes(assessment: Sequence[AssessmentBlock]) -> list[dict[str, Any]]:
    """Per gene: one box a region, and the same in words grouped by what is said of the region."""
    by_gene: dict[str, list[AssessmentBlock]] = {}
    for block in assessment:
        by_gene.setdefault(block.gene, []).append(block)
    genes = []
    for gene, blocks in by_gene.items():
        groups: dict[tuple[str, str], list[str]] = {}
        for block in blocks:
            groups.setdefault((block.status, block.basis), []).append(block.region)
        genes.append(
            {
                "gene": gene,
                "boxes": [
                    (_short(block.region), _MARKS.get(block.status, "none"), _told(block), block.basis == "paralogue")
                    for block in blocks
                ],
                "groups": [
                    (words(status, "assessment"), words(basis, "basis"), _listed(regions))
                    for (status, basis), regions in groups.items()
                ],
            }
        )
    return genes


def _told(block: AssessmentBlock) -> str:
    length = block.end - block.start + 1
    return (
        f"{block.gene} {block.region}: {words(block.status, 'assessment')}, {words(block.basis, 'basis')}; "
        f"{block.covered_bases} of {length} bases"
    )


def _short(region: str) -> str:
    return region.removeprefix("exon ")


def _listed(regions: Sequence[str]) -> str:
    """Regions in words; runs of numbered exons as ranges: ``exons 1-3, 5``."""
    numbers = [int(_short(region)) for region in regions if _short(region).isdigit()]
    if len(numbers) != len(regions):
        return ", ".join(regions)
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    spans = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"exon{'s' * (len(numbers) > 1)} {spans}"


def _provenance(report: Report) -> list[tuple[str, str]]:
    made = report.provenance
    return [
        ("Report digest (SHA-256)", report.digest),
        ("Software", made.software),
        ("Schema", made.schema),
        ("Reference", made.reference),
        ("Knowledge", made.knowledge),
        ("Evidence", made.evidence),
        ("Genome build", ": ".join(part for part in (made.build, "; ".join(made.build_witnesses)) if part)),
        *((f"Cut records of the {role}", digest) for role, digest in made.cut_records.items()),
        ("Sheet row", made.options),
    ]


def sentences() -> dict[str, str]:
    """Fixed sentences of the page, by the last part of their code."""
    names = (
        "banner",
        "hold",
        "failed_banner",
        "no_problems",
        "no_variants",
        "no_conclusions",
        "no_assessment",
        "compact_intro",
        "assessment_intro",
        "ledger_intro",
        "provenance_intro",
        "old_record",
        "unreliable_frequency",
    )
    return {name: text(f"report.{name}") for name in names}
