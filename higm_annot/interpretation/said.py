"""What the sentences of a conclusion are made of: reasons, fields, next tests and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from higm_annot.genotype.types import FamilyFacts
from higm_annot.interpretation.assessed import Reading
from higm_annot.interpretation.change_words import done_to
from higm_annot.interpretation.disease_table import Context
from higm_annot.interpretation.findings import Finding, named
from higm_annot.interpretation.outside import Word
from higm_annot.knowledge.tables import diseases, sources, words
from higm_annot.knowledge.texts import text, text_sources
from higm_annot.reference.types import Gene


class Said(Struct, frozen=True):
    """A reason: its code and the sentence with its fields filled in."""

    code: str
    sentence: str


class Circumstances(Struct, frozen=True):
    """What else a conclusion depends on.

    ``sex`` (declared) and ``context`` (why the person is tested) choose the facts that are printed. ``uncalled``: the
    place of another known harmful allele of the gene was not called. ``refuted`` alleles no longer count and are named.
    ``family`` is what relatives show.
    """

    sex: str
    context: str
    uncalled: bool
    refuted: tuple[Finding, ...] = ()
    family: FamilyFacts = FamilyFacts()


def say(code: str, **fields: object) -> Said:
    """A reason of the text table (``why.*``)."""
    return Said(code, text(f"why.{code}", **fields))


def fields_of(gene: Gene, disease: str, findings: Sequence[Finding]) -> dict[str, object]:
    """Fields that any reason of a finding may use."""
    return {
        "gene": gene,
        "disease": diseases()[disease].name,
        "variants": named(findings),
        "count": len(findings),
        "does": done_to(gene, findings),
    }


def unread_alleles(gene: Gene, reading: Reading) -> list[Said]:
    """The alleles at a gene that the program does not read, carried or perhaps carried."""
    return [
        say("allele_not_read" if one.carried else "allele_not_called", gene=gene, site=one.site, alt=one.alt)
        for one in dict.fromkeys(reading.alleles)
    ]


def refuted(finding: Finding, words: dict[str, Word]) -> Said:
    """That an assay did not find an allele that was called."""
    return say(
        "refuted_by_outside_call",
        gene=finding.state.gene,
        variant=finding.name,
        methods="; ".join(words[finding.key].methods),
    )


def doable_tests(tests: Sequence[str], context: str) -> tuple[str, ...]:
    """Tests once each, without those for the children of a fetus."""
    return tuple(
        test for test in dict.fromkeys(tests) if context != Context.PRENATAL or test not in words("tests_of_children")
    )


def test_words(code: str, context: str) -> str:
    """A next test in words; before birth, what can be done only afterwards is said to be."""
    said = text(f"test.{code}")
    if context == Context.PRENATAL and code not in words("tests_before_birth"):
        return text("test.after_birth", test=said)
    return said


def sources_of(gene: Gene, row: Sequence[str], reasons: Sequence[Said], tests: Sequence[str]) -> tuple[str, ...]:
    """Source keys, each once, without statements about the program itself and sources that speak of another gene."""
    keys = [*row]
    for code in (*(f"why.{reason.code}" for reason in reasons), *(f"test.{test}" for test in tests)):
        keys += text_sources(code)
    return about_gene(gene, keys)


def about_gene(gene: Gene, keys: Iterable[str]) -> tuple[str, ...]:
    """Source keys, each once, that speak of a gene or of none in particular; a sentence may serve several genes."""
    known = sources()
    return tuple(
        key for key in dict.fromkeys(keys) if key != "software" and (not known[key].gene or gene in known[key].gene)
    )
