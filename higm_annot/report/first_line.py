"""The finding in one line: genotype, mechanism, this person, certainty; for the conclusion that leads."""

from __future__ import annotations

from collections.abc import Sequence

from higm_annot.interpretation.types import Conclusion
from higm_annot.knowledge.texts import text
from higm_annot.report.types import Report, SampleBlock, VariantBlock
from higm_annot.report.variant_view import class_in_short, name_of
from higm_annot.report.words import label, words

_DISEASE_CAUSING = frozenset({"Pathogenic", "Likely pathogenic"})
_WHOLE_EXONS = "exon_loss_variant"


def first_line(lead: Conclusion | None, report: Report) -> list[tuple[str, str]]:
    """Labels with words; nothing where the leading conclusion names no allele of this person."""
    blocks = {block.key: block for block in report.variants}
    named = [blocks[key] for key in lead.variants if key in blocks] if lead else []
    if lead is None or not named:
        return []
    return [
        (label("first_genotype"), _genotype(lead, named)),
        (label("mechanism"), "; ".join(dict.fromkeys(_mechanism(block) for block in named))),
        (label("first_person"), _person(report.sample)),
        (label("first_certainty"), _certainty(lead, named)),
    ]


def _genotype(lead: Conclusion, named: Sequence[VariantBlock]) -> str:
    alleles = [f"{name_of(block)} {words(block.state, 'state')}" for block in named]
    phase = words(lead.diplotype.phase, "phase") if lead.diplotype and lead.diplotype.phase else ""
    return "; ".join((f"{lead.gene} {alleles[0]}", *alleles[1:], *([phase] if phase else [])))


def _mechanism(block: VariantBlock) -> str:
    """How the allele acts, as far as its class says that it acts at all; and what it does to the transcript."""
    known = block.allele_class
    consequence = _leading(block.consequences).replace("_", " ")
    if known.class_ in _DISEASE_CAUSING and known.mechanisms:
        mechanism = ", ".join(words(code, "mechanism") for code in known.mechanisms)
    else:
        mechanism = text("page.mechanism_open")
    return f"{mechanism} ({consequence})" if consequence else mechanism


def _leading(terms: Sequence[str]) -> str:
    """The term that says most: the loss of exons before the splice sites that go with them, else the gravest."""
    if _WHOLE_EXONS in terms:
        return _WHOLE_EXONS
    return terms[0] if terms else ""


def _person(sample: SampleBlock) -> str:
    who = "page.first_fetus" if sample.mode == "prenatal" else "page.first_who"
    return text(who, sex=words(sample.sex.declared, "sex"), affected=words(sample.affected, "affected"))


def _certainty(lead: Conclusion, named: Sequence[VariantBlock]) -> str:
    classes = dict.fromkeys(class_in_short(block.allele_class) for block in named)
    return "; ".join((", ".join(classes), words(lead.status, "status")))
