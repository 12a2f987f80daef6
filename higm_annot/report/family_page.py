"""The family page: a report in plain words for the person tested and the family.

It tells what the document tells and nothing else. A fact that a conclusion carries and that has plain words
(``plain_fact.<fact>`` of the text table) is said in them; what is around it are rows ``plain.*``. While a report is on
hold, or failed, the page says that and nothing of the result.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

from higm_annot.interpretation.types import Conclusion, Statement
from higm_annot.knowledge.tables import diseases, words
from higm_annot.knowledge.texts import text, text_sources, texts
from higm_annot.report.assessed import ASSESSED, NOT_ASSESSED
from higm_annot.report.family import REFUTED
from higm_annot.report.first_screen import given_results, leading_step, ordered
from higm_annot.report.types import FamilyAlleleBlock, Report
from higm_annot.report.words import References, unresolved

Line = tuple[str, list[int]]
# The sections of the page by the topics of their facts.
SECTIONS = {
    "means": ("plain", "mechanism", "picture", "onset"),
    "care": ("management", "transplant"),
    "relatives": ("family",),
    "next": ("urgent", "test"),
}
_EMPTY = frozenset({"no_finding", "not_assessed"})
_OPEN = frozenset({"possible_disease_genotype"})
_DISEASE = frozenset({"disease_genotype", "possible_disease_genotype"})
_TO_RELATIVES = frozenset({"see_a_doctor"})  # a plain word about the children of the family
_GAPS = frozenset({"exon_without_reads_male", "exon_without_reads"})
_OF_RELATIVES = frozenset({"birth", "pregnancy"})  # urgencies of tests of a son or a partner
_UNCERTAIN = "Uncertain significance"
_NOT_SEEN = frozenset({"stated_ref", "alternate_reads", "no_record", "not_placed", "no_call", "half_call"})
_GLOSSARY = ("gene", "x", "change", "antibody", "vaccine")


class Plain:
    """Says each sentence once, with the numbers of its sources."""

    def __init__(self) -> None:
        self.references = References()
        self._said: set[str] = set()

    def lines(self, codes: Iterable[tuple[str, dict[str, str]]]) -> list[Line]:
        """The sentences of codes with their fields, without those said before."""
        found = []
        for code, fields in codes:
            line = text(code, **fields)
            if line not in self._said:
                self._said.add(line)
                found.append((line, self.references.numbers(text_sources(code))))
        return found


def family_view(report: Report) -> dict[str, Any]:
    """Values for the template, in the order of the page."""
    said = Plain()
    page: dict[str, Any] = {"sample": report.sample.id, "title": text("plain.title", sample=report.sample.id)}
    if report.status == "failed" or report.release == "hold":
        state = "failed" if report.status == "failed" else "held"
        return page | {"stop": text(f"plain.{state}"), "parts": [], "glossary": [], "sources": []}
    found = [one for one in ordered(report.conclusions) if one.code not in _EMPTY]
    parts = [
        ("found", said.lines(_found(report, found))),
        ("means", said.lines(_means(report, found))),
        ("next", said.lines(_next(report))),
        ("care", said.lines(_facts(found, "care"))),
        ("relatives", said.lines(_facts(found, "relatives"))),
        ("limits", said.lines(_limits(report, found))),
    ]
    return page | {
        "stop": "",
        "parts": [(name, lines) for name, lines in parts if lines],
        "glossary": [text(f"plain.word_{word}") for word in _GLOSSARY],
        "sources": said.references.listed(),
    }


def _found(report: Report, found: Sequence[Conclusion]) -> Iterator[tuple[str, dict[str, str]]]:
    """What was found, then what of the family's changes was looked for here."""
    who = text("plain.fetus" if report.sample.mode == "prenatal" else "plain.person")
    for one in found:
        kind = "unresolved" if unresolved(one) else str(one.code)
        name = texts().get(f"plain.name_{one.disease}")  # a gene added as data may have none yet
        condition = name.text if name else diseases()[one.disease].name
        yield f"plain.found_{kind}", {"gene": str(one.gene), "who": who, "condition": condition}
    for one in report.conclusions:
        if one.code in _EMPTY and set(one.why) & _GAPS:
            yield "plain.found_gap", {"gene": str(one.gene), "who": who}
    beside = _carried_beside(report)
    for block in beside:
        code = "plain.family_carried_open" if block.allele_class == _UNCERTAIN else "plain.family_carried"
        yield code, {"gene": block.gene, "who": who}
    if not found:
        known = "" if _read_somewhere(report) else "_listed"
        yield f"plain.found_nothing{'_else' if beside else ''}{known}", {}
    changed = {str(one.gene) for one in found} | {block.gene for block in beside}
    for block in report.family_alleles:
        if block.state == "hom_ref":
            yield _absent(block, changed), {"gene": block.gene, "who": who}
        elif block.state in _NOT_SEEN:
            yield "plain.family_open", {"gene": block.gene, "who": who}
    if any("sex_unknown_het" in one.why for one in found):
        yield "plain.sex_open", {}
    if found and all(unresolved(one) or one.code in _OPEN for one in found):
        yield "plain.if_confirmed", {}


def _read_somewhere(report: Report) -> bool:
    """Whether the file shows of any part of the genes that it was read; one that lists changes only does not."""
    return any(block.status != NOT_ASSESSED for block in report.assessment)


def _carried_beside(report: Report) -> list[FamilyAlleleBlock]:
    """Changes of the family that this person carries and that no conclusion of this person names."""
    named = {key for one in report.variants if one.reportable for key in (one.key, *one.parts)}
    absent = _NOT_SEEN | {"hom_ref", REFUTED}
    return [block for block in report.family_alleles if block.state not in absent and block.key not in named]


def _absent(block: FamilyAlleleBlock, changed: Container[str]) -> str:
    """How the absence of a change of the family is told: no all-clear to a parent of a child in whom it is new."""
    if block.new_in_child:
        return "plain.family_new_several" if block.in_several_children else "plain.family_new"
    return "plain.family_reference_other" if block.gene in changed else "plain.family_reference"


def _means(report: Report, found: Sequence[Conclusion]) -> Iterator[tuple[str, dict[str, str]]]:
    """What holds of the rest first, then the plain words of the facts."""
    about = list(_facts(found, "means"))
    if not about:
        return
    disease = [one for one in found if one.code in _DISEASE]
    if disease and report.sample.mode == "prenatal":
        yield "plain.after_birth", {}
    elif disease and report.sample.affected == "no":
        faded = all(one.disease in words("signs_that_fade") for one in disease)
        yield "plain.healthy_faded" if faded else "plain.healthy", {}
    if any(fact.text == text("why.atypical_allele") for one in found for fact in one.expected_phenotype):
        yield "plain.atypical", {}
    yield from about


def _facts(found: Sequence[Conclusion], section: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The plain words of the facts of a section, topic by topic."""
    for one in found:
        facts = (*one.facts, *one.expected_phenotype)
        for topic in SECTIONS[section]:
            yield from _plain(fact for fact in facts if fact.topic == topic and fact.fact not in _TO_RELATIVES)
        if section == "relatives":
            yield from _plain(fact for fact in facts if fact.fact in _TO_RELATIVES)


def _plain(facts: Iterable[Statement]) -> Iterator[tuple[str, dict[str, str]]]:
    for fact in facts:
        if f"plain_fact.{fact.fact}" in texts():
            yield f"plain_fact.{fact.fact}", {}


def _next(report: Report) -> Iterator[tuple[str, dict[str, str]]]:
    """Urgent things, a further test where one decides, and whom to talk to."""
    yield from _facts(ordered(report.conclusions), "next")
    step = leading_step(ordered(report.conclusions))
    if step is not None and not given_results(report, step[1]):
        yield "plain.next_relatives" if step[1].urgency in _OF_RELATIVES else "plain.next_test", {}
    yield "plain.next_talk", {}
    yield "plain.next_no_change", {}


def _limits(report: Report, found: Sequence[Conclusion]) -> Iterator[tuple[str, dict[str, str]]]:
    """What the test cannot tell; the sentence on secondary findings stands on every page."""
    yield "plain.limit_six", {}
    if not _read_somewhere(report):
        yield "plain.limit_unknown", {}
    elif any(block.status != ASSESSED for block in report.assessment):
        yield "plain.limit_unread", {}
    if any(one.code in _DISEASE for one in found):
        yield "plain.limit_severity", {}
    yield "plain.limit_later", {}
    yield "plain.limit_secondary", {}
