"""What the laboratory's own record says of a person's alleles, where it matters for the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from higm_annot.genotype.types import PersonGenotypes
from higm_annot.interpretation.findings import allele_name
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.problems import Problem, problem


def laboratory_problems(
    sample: str, genotypes: PersonGenotypes, alleles: Mapping[str, AnnotatedAllele]
) -> tuple[Problem, ...]:
    """A warning for each carried allele whose conclusion the laboratory changes, or whose class there is not used."""
    return tuple(dict.fromkeys(_problems(sample, genotypes, alleles)))


def _problems(sample: str, genotypes: PersonGenotypes, alleles: Mapping[str, AnnotatedAllele]) -> Iterator[Problem]:
    for state in genotypes.states:
        allele = alleles.get(state.call.allele.key)
        if allele is None or not state.call.genotype.copies:
            continue
        known, place = allele.allele_class, state.call.place
        said = "; ".join(f"{one.class_} ({one.scope})" if one.scope else one.class_ for one in known.laboratory)
        code = "HA-REC-101" if "laboratory_overrides" in known.flags else "HA-REC-102" if known.uncovered else ""
        if code:
            yield problem(
                code,
                file=place.file,
                sample=sample,
                site=f"{place.contig}:{place.pos}",
                name=f"{state.gene} {allele_name(allele)}",
                given=said,
                computed=known.own,
                open=", ".join(known.uncovered),
            )
