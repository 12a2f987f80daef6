"""The view of a document: what the page shows, in the order in which it shows it. Plain values, no markup."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from higm_annot.evidence.types import AboutSource
from higm_annot.interpretation.types import Conclusion
from higm_annot.knowledge.texts import text, text_sources
from higm_annot.problems import Problem
from higm_annot.report.assessed import assessed_genes, marks, unseen
from higm_annot.report.cited import reason_sources
from higm_annot.report.family import said_of
from higm_annot.report.figures import gene_figures, pedigree_figure
from higm_annot.report.first_line import first_line
from higm_annot.report.first_screen import (
    LIMITS_SHOWN,
    cited_limits,
    how_sure,
    ordered,
    result,
    test_sources,
    what_next,
    why,
)
from higm_annot.report.letterhead import Letterhead
from higm_annot.report.picture import sections
from higm_annot.report.types import FamilyAlleleBlock, Report, VariantBlock
from higm_annot.report.variant_view import anchor, card, compact, name_of
from higm_annot.report.words import References, disease_words, label, sentence, tone_of, unresolved, words


def view(report: Report, letterhead: Letterhead | None = None) -> dict[str, Any]:
    """Values for the page template, made in the order of the page so that sources are numbered in that order."""
    references = References()
    blocks = {block.key: block for block in report.variants}
    conclusions = ordered(report.conclusions)
    lead = conclusions[0] if conclusions else None
    shown = _of_phenotype() if report.phenotype is not None else None
    page = {
        "report": report,
        "title": text("page.title", sample=report.sample.id),
        "panel": text("page.panel", genes=", ".join(dict.fromkeys(one.gene for one in report.conclusions)))
        if report.conclusions
        else "",
        "failed": report.status == "failed",
        "hold": report.release == "hold",
        "facts": _facts(report),
        "result": result(report, conclusions, references),
        "first_line": first_line(lead, report),
        "discordant": shown.discordance(lead, report, references) if shown else [],
        "problems": [_problem(found) for found in report.problems],
        "unseen": unseen(report.assessment),
        "limits": cited_limits(report, references),
        "limits_shown": LIMITS_SHOWN,
        "why": why(conclusions, references),
        "sure": [*how_sure(lead, report, references), *_clinical(shown.in_short(lead, report) if shown else [])],
        "next": what_next(report, conclusions, references),
        "figures": gene_figures(report, conclusions, blocks, references),
        "pedigree": pedigree_figure(report, lead),
        "family_alleles": [_cited(block, references) for block in report.family_alleles],
        "observed": shown.phenotype_section(report, conclusions, references) if shown else {},
        "sections": sections(report, conclusions, references),
        "conclusions": [_conclusion(one, blocks, references) for one in conclusions],
        "variants": [card(block, blocks, references) for block in report.variants if block.reportable],
        "secondary": references.numbers(text_sources("report.secondary_statement")),
        "compact": [compact(block) for block in report.variants if not block.reportable],
        "genes": assessed_genes(report.assessment),
        "marks": marks(report.assessment),
        "rules": [(sentence(rule, "rule"), count) for rule, count in report.ledger.set_aside_by_rule.items()],
        "ledger": _ledger(report),
        "letterhead": letterhead,
        # What must not be released has no lines to sign.
        "sign_off": letterhead.sign_off
        if letterhead and report.status == "complete" and report.release != "hold"
        else (),
        "provenance": _provenance(report, letterhead),
    }
    return page | {"sources": references.listed()}


def _of_phenotype() -> ModuleType:
    """What shows a phenotype; most people have none."""
    from higm_annot.report import phenotype_view  # noqa: PLC0415 - only where there is one

    return phenotype_view


def _clinical(lines: list[str]) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    """The phenotype among what makes the result sure or not."""
    return [(label("sure_phenotype"), [(line, []) for line in lines])] if lines else []


def _facts(report: Report) -> list[tuple[str, str]]:
    sample = report.sample
    facts = [
        ("test", words(sample.mode, "mode")),
        ("clinical", words(sample.affected, "affected")),
        ("sex_stated", words(sample.sex.declared, "sex")),
        ("sex_observed", words(sample.sex.observed, "sex")),
        ("family_id", sample.family),
        ("indication", sample.indication),
        ("build", report.provenance.build),
    ]
    return [(label(name), value) for name, value in facts if value]


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
        "tone": tone_of(one),
        "unresolved": unresolved(one),
        "if_confirmed": text("page.if_confirmed", code=words(one.if_confirmed, "code")) if one.if_confirmed else "",
        "diplotype": one.diplotype.hgvs if one.diplotype else "",
        "phase": words(one.diplotype.phase, "phase") if one.diplotype and one.diplotype.phase else "",
        "variants": [(anchor(block.key), name_of(block), words(block.state, "state")) for block in named],
        "reasons": [(reason, references.numbers(sources)) for reason, sources in reason_sources(one)],
        "next_tests": [(test, references.numbers(test_sources(test, one))) for test in one.next_tests],
        "references": references.numbers(one.sources),
    }


def _ledger(report: Report) -> list[tuple[str, int]]:
    counts = report.ledger
    return [
        (label("in_all"), counts.total),
        (label("reported"), counts.reported),
        (label("reference"), counts.reference),
        (label("no_call"), counts.no_call),
        (label("set_aside"), counts.set_aside),
    ]


def _provenance(report: Report, letterhead: Letterhead | None) -> list[tuple[str, str]]:
    made = report.provenance
    return [
        (label("digest"), report.digest),
        (label("software"), made.software),
        (label("schema"), made.schema),
        (label("reference_data"), made.reference),
        (label("knowledge"), made.knowledge),
        *((text("page.evidence_source", name=one.name), _source(one)) for one in made.evidence),
        (label("build"), ": ".join(part for part in (made.build, "; ".join(made.build_witnesses)) if part)),
        *((text("page.cut_of", role=_role(role)), digest) for role, digest in made.cut_records.items()),
        (label("sheet_row"), made.options),
        (label("letterhead"), f"sha256:{letterhead.digest}" if letterhead else ""),
    ]


def _source(one: AboutSource) -> str:
    """A source of evidence in one line."""
    about = (one.release, one.date, one.build, one.licence, f"sha256:{one.digest}")
    return "; ".join(part for part in about if part)


def _cited(block: FamilyAlleleBlock, references: References) -> tuple[str, list[int]]:
    said, sources = said_of(block)
    return said, references.numbers(sources)


def _role(role: str) -> str:
    """A role in words; one of several keeps its number."""
    name, _, number = role.partition(" ")
    return f"{label(f'role_{name}')} {number}".strip()


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
