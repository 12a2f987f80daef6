"""Counted exons: what MLPA says of the deletions called, and the exons lost or gained that no call shows.

A called deletion is confirmed, refuted when every exon of it kept its copies, or disputed. Nothing is decided in exons
that resemble a pseudogene: a loss found there stays unplaced, and usual copies exclude nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from higm_annot.consequence.exon_copies import ExonRun
from higm_annot.genotype.types import Zygosity
from higm_annot.intake.types import Dose, ExonCounts, ExonDose, OutsideVerdict
from higm_annot.interpretation.assessed import spans
from higm_annot.interpretation.consent import may_name_single
from higm_annot.interpretation.ears import ALL_LOST, ONE_LOST, OPEN_COPY, Ears, like_pseudogene, lost_exons
from higm_annot.interpretation.findings import allele_name, could_matter
from higm_annot.reference.types import Gene


def exon_copies(ears: Ears, counts: ExonCounts) -> None:
    """One MLPA table against the deletions called, and what it shows beyond them."""
    word, gene = counts.word, counts.word.gene
    doses = {one.exon: one for one in counts.exons if one.dose is not Dose.OPEN}
    kept = {exon for exon, one in doses.items() if one.dose is Dose.EXPECTED}
    alike = like_pseudogene(gene, ears.build)
    losses = [(run, dose) for dose in (Dose.NONE_LEFT, Dose.ONE_LOST) for run in _runs(gene, doses, dose)]
    for key, state in ears.of_gene(gene):
        called = lost_exons(ears, state)
        met = [(run, dose) for run, dose in losses if called & set(run.exons)]
        losses = [loss for loss in losses if loss not in met]
        if called and not called & alike:
            zygosity = _zygosity({dose for _, dose in met}, ears.expected(gene))
            verdict = _on_deletion(called, set(doses), kept, met=bool(met))
            if verdict is not None:
                ears.say(word, key, verdict, zygosity if verdict is OutsideVerdict.CONFIRMED else "")
    for run, dose in losses:
        slots = ALL_LOST if dose is Dose.NONE_LEFT else ONE_LOST
        key = ears.add(run, slots, word, single_probe=_probes(run, doses) == 1)
        ears.say(word, key, OutsideVerdict.FOUND, _zygosity({dose}, ears.expected(gene)))
    for run in _runs(gene, doses, Dose.GAINED):
        copies, expected = doses[run.first].copies, ears.expected(gene) or 0
        slots = OPEN_COPY if copies != expected + 1 else ALL_LOST if expected == 1 else ONE_LOST
        gained = replace(run, lost=False, copies=copies)
        key = ears.add(gained, slots, word, single_probe=_probes(run, doses) == 1)
        ears.say(word, key, OutsideVerdict.FOUND)
    ears.kept += [(gene, exon) for exon in sorted(kept - alike)]
    if kept:
        ears.note(gene, "mlpa_usual_copies", exons=spans(tuple(sorted(kept))), methods=word.told)
    measured_alike = tuple(sorted(doses.keys() & alike))
    if measured_alike:
        ears.note(gene, "mlpa_like_pseudogene", exons=spans(measured_alike))


def _on_deletion(called: set[int], measured: set[int], kept: set[int], *, met: bool) -> OutsideVerdict | None:
    """The table's word on a deletion of exons that no pseudogene resembles; None where it measured none of them."""
    if called & kept:
        return OutsideVerdict.REFUTED if not met and called <= measured else OutsideVerdict.DISAGREES
    return OutsideVerdict.CONFIRMED if met else None


def _probes(run: ExonRun, doses: Mapping[int, ExonDose]) -> int:
    return sum(doses[exon].probes for exon in run.exons if exon in doses)


def _zygosity(doses: set[Dose], expected: int | None) -> str:
    """Zygosity of a loss by its dose; blank where the sex must be known, or the exons of it differ."""
    if doses == {Dose.ONE_LOST}:
        return "het"
    if doses == {Dose.NONE_LEFT}:
        return {1: "hemi", 2: "hom"}.get(expected or 0, "")
    return ""


def other_counts(ears: Ears, counts: ExonCounts) -> None:
    """A second table in which an exon found lost or gained by the first has its usual copies."""
    kept = {one.exon for one in counts.exons if one.dose is Dose.EXPECTED}
    for key, found in ears.found.items():
        if found.run.gene is counts.word.gene and kept & set(found.run.exons):
            own = any(call.variant == key and call.line == counts.word.line for call in ears.calls)
            if not own and not kept & like_pseudogene(found.run.gene, ears.build):
                ears.say(counts.word, key, OutsideVerdict.REFUTED)


def calls_in_lost_exons(ears: Ears) -> None:
    """Calls where copies are lost: on the copy that is left, or such that call and loss exclude each other.

    Two alleles in an exon with one copy, or any in an exon with none, dispute the loss: a change under the probe looks
    like one. An allele called on both copies lies on the one that is left.
    """
    for key, found in ears.found.items():
        gene, exons = found.run.gene, found.run.exons
        if not found.run.lost or set(exons) & like_pseudogene(gene, ears.build):
            continue
        places = [ears.exon(gene, exon) for exon in exons]
        one_left = found.state.zygosity is Zygosity.HET
        within = [
            (called, state)
            for called, state in ears.of_gene(gene)
            if any(place.start <= state.call.allele.pos and state.call.allele.end <= place.end for place in places)
        ]
        against = [called for called, state in within if state.zygosity is Zygosity.HET or not one_left]
        if against:
            word = next(call for call in ears.calls if call.variant == key)
            ears.say(word, key, OutsideVerdict.DISAGREES)
            names = ", ".join(allele_name(ears.alleles[called]) for called in against if called in ears.alleles)
            ears.note(gene, "change_under_probe", exons=spans(tuple(exons)), variants=names, methods=word.told)
            continue
        start, end = min(place.start for place in places), max(place.end for place in places)
        for called, state in ears.of_gene(gene) if one_left else ():
            inside = start <= state.call.allele.pos and state.call.allele.end <= end
            if inside and state.zygosity is Zygosity.HOM and _may_tell(ears, gene, called):
                ears.opposite[called] = key


def _may_tell(ears: Ears, gene: Gene, key: str) -> bool:
    """Whether an allele counts, and what its other copy carries may be told: a single loss may have to be withheld."""
    known = ears.alleles.get(key)
    if known is None:
        return False
    harmful = known.allele_class.class_.is_pathogenic
    return harmful or (could_matter(known) and may_name_single(gene, ears.person.person))


def _runs(gene: Gene, doses: Mapping[int, ExonDose], dose: Dose) -> list[ExonRun]:
    """Neighbouring exons with one dose; an exon that was not measured does not part them."""
    runs: list[list[int]] = []
    previous = None
    for exon in sorted(doses):
        if doses[exon].dose is dose:
            if previous is dose:
                runs[-1].append(exon)
            else:
                runs.append([exon])
        previous = doses[exon].dose
    usual = [exon for exon in sorted(doses) if doses[exon].dose is Dose.EXPECTED]
    return [
        ExonRun(
            gene,
            run[0],
            run[-1],
            before=max((exon for exon in usual if exon < run[0]), default=None),
            after=min((exon for exon in usual if exon > run[-1]), default=None),
        )
        for run in runs
    ]
