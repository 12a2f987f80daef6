"""The first screen of a report: the result, why, how sure, what was not seen, what next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from higm_annot.interpretation.types import Conclusion, NextStep
from higm_annot.knowledge.tables import diseases
from higm_annot.knowledge.texts import text
from higm_annot.report.assessed import ASSESSED
from higm_annot.report.cited import reason_sources, sources_of
from higm_annot.report.tables import rank_of
from higm_annot.report.types import Report, VariantBlock
from higm_annot.report.variant_view import class_in_short, name_of, phase_words, support
from higm_annot.report.words import References, label, sentence, tone, tone_of, unresolved, words

_REASONS_SHOWN = 4
LIMITS_SHOWN = 4
_EMPTY = frozenset({"no_finding", "not_assessed"})
Cited = tuple[str, list[int]]


def ordered(conclusions: Iterable[Conclusion]) -> list[Conclusion]:
    """Conclusions by weight, as in the headline; the first one leads."""
    return sorted(conclusions, key=lambda one: rank_of(one.code, one.status))


def leading(report: Report) -> Conclusion | None:
    """The conclusion that the headline speaks of."""
    return next(iter(ordered(report.conclusions)), None)


def result(report: Report, conclusions: Sequence[Conclusion], references: References) -> dict[str, Any]:
    """The result in words, without the reasons that stand below it, and every gene's own result."""
    lead = conclusions[0] if conclusions else None
    reasons = lead.reasons if lead and lead.code not in _EMPTY else ()
    best: dict[str, Conclusion] = {}
    for one in conclusions:
        best.setdefault(one.gene, one)
    return {
        "label": words(report.headline.code, "code"),
        "tone": tone_of(lead) if lead and lead.code == report.headline.code else tone(report.headline.code),
        "unresolved": unresolved(lead) if lead else "",
        "say": _of_headline(report.headline.text, references),
        "detail": [_of_headline(line, references) for line in report.headline.detail if line not in reasons],
        "genes": [
            (gene, words(best[gene].code, "code"), tone_of(best[gene]), unresolved(best[gene]))
            for gene in dict.fromkeys(one.gene for one in report.conclusions)
        ],
    }


def _of_headline(line: str, references: References) -> Cited:
    return line, references.numbers(sources_of(line, "headline"))


def why(conclusions: Sequence[Conclusion], references: References) -> list[Cited]:
    """The first reasons of the leading conclusion; where nothing was found, of all genes of which the same is said."""
    leads = [one for one in conclusions if one.code == conclusions[0].code]
    if leads and leads[0].code not in _EMPTY:
        leads = leads[:1]
    found = [cited for one in leads for cited in reason_sources(one)]
    return [(reason, references.numbers(sources)) for reason, sources in found[:_REASONS_SHOWN]]


def how_sure(lead: Conclusion | None, report: Report, references: References) -> list[tuple[str, list[Cited]]]:
    """What the leading conclusion rests on: labels, each with what is to be said under it."""
    if lead is None:
        return []
    blocks = {block.key: block for block in report.variants}
    named = [blocks[key] for key in lead.variants if key in blocks]
    rows: list[tuple[str, list[Cited]]] = [
        ("sure_class", [(_class_words(block), []) for block in named]),
        ("sure_status", [(words(lead.status, "status"), [])] if lead.code not in _EMPTY else []),
        ("sure_phase", [(line, []) for line in _phase(named, blocks)]),
        ("sure_call", [(line, []) for block in named for line in _call_lines(block, alone=len(named) == 1)]),
        ("sure_outside", [(_named(block, words(block.outside, "outside")), []) for block in named if block.outside]),
        (
            "sure_penetrance",
            [(lead.penetrance, references.numbers(sources_of(lead.penetrance, "penetrance")))]
            if lead.penetrance
            else [],
        ),
        ("sure_validity", _validity(lead, references)),
        ("sure_read", [(_read(report), [])] if report.assessment else []),
    ]
    return [(label(name), lines) for name, lines in rows if lines]


def _class_words(block: VariantBlock) -> str:
    known = block.allele_class
    return f"{name_of(block)}: {class_in_short(known)} ({words(known.basis, 'class_basis')})"


def _named(block: VariantBlock, said: str) -> str:
    return f"{name_of(block)}: {said}"


def _phase(named: Sequence[VariantBlock], blocks: dict[str, VariantBlock]) -> list[str]:
    """Phase of each pair of the named alleles, once."""
    keys = [block.key for block in named]
    return [
        _named(block, phase_words(one, blocks))
        for number, block in enumerate(named)
        for one in block.phase
        if one.other in keys[number + 1 :]
    ]


def _call_lines(block: VariantBlock, *, alone: bool) -> list[str]:
    """Read support, then one line for each flag."""
    said = support(block) if alone else _named(block, support(block))
    return [said, *(sentence(code, "flag") for code in block.flags)] if block.flags else [f"{said}; {label('no_flag')}"]


def _read(report: Report) -> str:
    """How many coding exons were read, and how that is known."""
    total = len(report.assessment)
    read = [block for block in report.assessment if block.status == ASSESSED]
    if not read:
        return text("page.read_none", total=total)
    bases = dict.fromkeys(words(block.basis, "basis") for block in read)
    return text("page.read_count", read=len(read), total=total, basis=", ".join(bases))


def _validity(lead: Conclusion, references: References) -> list[Cited]:
    row = diseases().get(lead.disease)
    if row is None or not row.validity:
        return []
    dated = f", {row.validity_dated}" if row.validity_dated else ""
    return [(text("page.validity", validity=row.validity, dated=dated), references.numbers(row.source))]


def what_next(report: Report, conclusions: Sequence[Conclusion], references: References) -> dict[str, Any]:
    """Urgent facts, the test that decides most, the others of findings, and those on what was not seen; each once."""
    said: set[str] = set()

    def once(lines: Iterable[tuple[str, Sequence[str]]]) -> list[Cited]:
        fresh = []
        for line, sources in lines:
            if line not in said:
                said.add(line)
                fresh.append((line, references.numbers(sources)))
        return fresh

    findings = [one for one in conclusions if one.code not in _EMPTY]
    urgent = once((fact.text, fact.source) for one in conclusions for fact in one.facts if fact.topic == "urgent")
    step = _step(report, conclusions, references)
    said |= {step["test"][0]} if step else set()
    tests = once((test, test_sources(test, one)) for one in findings for test in one.next_tests)
    tests += once((fact.text, fact.source) for one in conclusions for fact in one.facts if fact.topic == "test")
    others = [
        (one.gene, lines)
        for one in conclusions
        if one.code in _EMPTY
        for lines in [once((test, test_sources(test, one)) for test in one.next_tests)]
        if lines
    ]
    return {"urgent": urgent, "step": step, "tests": tests, "others": others}


def leading_step(conclusions: Sequence[Conclusion]) -> tuple[Conclusion, NextStep] | None:
    """The test that decides most on the result, with its conclusion; None where no test would."""
    leading = {conclusions[0].code} if conclusions else set()
    alike = _EMPTY if leading & _EMPTY else leading
    return next(((one, one.next_step) for one in conclusions if one.code in alike and one.next_step), None)


def given_results(report: Report, step: NextStep) -> list[str]:
    """What the phenotype holds of a test already, in words, as far as it counts."""
    observed = report.phenotype.observed if report.phenotype is not None and report.phenotype.used else ()
    return [
        text("expected.result", test=one.label, result=text(f"answer.{one.finding}"))
        for one in observed
        if one.feature in step.results and one.used and one.finding
    ]


def _step(report: Report, conclusions: Sequence[Conclusion], references: References) -> dict[str, Any] | None:
    """The test that decides most, what its outcomes change, and its result where one was given."""
    found = leading_step(conclusions)
    if found is None:
        return None
    chosen, step = found
    given = given_results(report, step)

    def cited(line: str, family: str) -> Cited:
        return line, references.numbers(sources_of(line, family))

    return {
        "test": (step.test, references.numbers(test_sources(step.test, chosen))),
        "urgency": words(step.urgency, "urgency"),
        "specimen": cited(step.specimen, "step"),
        "outcomes": [cited(step.if_abnormal, "step"), cited(step.if_normal, "step")],
        "given": text("page.step_given", results="; ".join(given)) if given else "",
    }


def test_sources(test: str, conclusion: Conclusion) -> tuple[str, ...]:
    """Sources of a next test; those of its conclusion where the text table does not have it."""
    return sources_of(test, "test") or conclusion.sources


def cited_limits(report: Report, references: References) -> list[Cited]:
    """What the test cannot see, with sources; those that bear most on the result come first."""
    return [(limit, references.numbers(sources_of(limit, "limits", "limit"))) for limit in report.limits]
