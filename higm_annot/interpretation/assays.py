"""Assays of whole exons and of phased copies: what they say of the alleles called, and what they find beside them.

MLPA counts exons. Where a deletion was called it confirms it, refutes it when every exon of the deletion kept its
copies, or disagrees; an exon lost or gained that no call shows is an allele of its own. Nothing is decided by MLPA in
exons that resemble a pseudogene: a loss found there stays unplaced, and usual copies exclude nothing. Phased copies
(paraphase) say of each substitution whether it lies on a copy of the gene. Insertions and deletions are not theirs to
judge, but for the recurrent deletion of IKBKG. Where two things contradict each other both are shown and neither
decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.consequence.exon_copies import ExonRun, annotate_run, run_allele
from higm_annot.consequence.types import AlleleEffects
from higm_annot.genotype.types import Origin, PersonGenotypes, State, Zygosity
from higm_annot.genotype.zygosity import read_zygosity
from higm_annot.intake.outside.calls import exons_named
from higm_annot.intake.types import (
    Call,
    Copy,
    Dose,
    ExonCounts,
    ExonDose,
    Genotype,
    Haplotype,
    Haplotypes,
    Outside,
    OutsideCall,
    OutsideVerdict,
    PersonIntake,
    Place,
    Sex,
    Slot,
    Support,
)
from higm_annot.interpretation.assessed import coding_exons, spans
from higm_annot.interpretation.conclude import Said, say
from higm_annot.interpretation.findings import FOUND, SINGLE_PROBE, could_matter
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.knowledge.tables import threshold
from higm_annot.problems import Problem, problem
from higm_annot.reference.types import Build, Gene, Interval, Panel

_ALL_LOST, _ONE_LOST, _OPEN = (Slot.ALT, Slot.ALT), (Slot.ALT, Slot.REF), (Slot.ALT, Slot.MISSING)


class Found(Struct, frozen=True):
    """An allele that an assay shows and the calls do not."""

    state: State
    effects: AlleleEffects
    run: ExonRun


class Assays(Struct, frozen=True):
    """What the assays say.

    ``calls`` are words on single alleles, ``found`` alleles of their own, ``notes`` sentences on a gene, ``kept`` exons
    with their usual copies; ``problems`` stand with the key they are about (empty: none) and the assay.
    """

    calls: tuple[OutsideCall, ...] = ()
    found: tuple[Found, ...] = ()
    notes: tuple[tuple[Gene, Said], ...] = ()
    kept: tuple[tuple[Gene, int], ...] = ()
    problems: tuple[tuple[str, OutsideCall, Problem], ...] = ()


class _Ears:
    """What was heard so far; the only mutable thing here, gone when the assays are heard."""

    def __init__(
        self,
        panel: Panel,
        person: PersonIntake,
        build: Build,
        states: Iterable[State],
        alleles: Mapping[str, AnnotatedAllele],
    ) -> None:
        self.panel, self.person, self.build, self.alleles = panel, person, build, alleles
        self.carried = {state.call.allele.key: state for state in states if state.call.genotype.copies}
        self.calls: list[OutsideCall] = []
        self.found: dict[str, Found] = {}
        self.notes: list[tuple[Gene, Said]] = []
        self.kept: list[tuple[Gene, int]] = []
        self.problems: list[tuple[str, OutsideCall, Problem]] = []

    def of_gene(self, gene: Gene) -> Iterator[tuple[str, State]]:
        """Alleles called in a gene."""
        return ((key, state) for key, state in self.carried.items() if state.gene is gene)

    def say(self, word: OutsideCall, key: str, verdict: OutsideVerdict, zygosity: str = "") -> None:
        """The assay's word on one allele."""
        self.calls.append(replace(word, variant=key, verdict=verdict, zygosity=zygosity))

    def note(self, gene: Gene, code: str, **fields: object) -> None:
        """A sentence on the gene."""
        self.notes.append((gene, say(code, gene=gene, **fields)))

    def warn(self, code: str, word: OutsideCall, key: str = "", **fields: object) -> None:
        """A problem of the report, about an allele or the gene."""
        told = problem(
            code,
            file=word.file,
            line=word.line,
            sample=word.sample,
            site="",
            gene=word.gene,
            method=word.told,
            **fields,
        )
        self.problems.append((key, word, told))

    def expected(self, gene: Gene) -> int | None:
        """Copies of the gene that a person of this sex has; None where the sex must be known and is not."""
        if not self.panel.loci[gene].contig.is_sex_linked:
            return 2
        return {Sex.MALE: 1, Sex.FEMALE: 2, Sex.UNKNOWN: None}[self.person.person.sex]

    def exon(self, gene: Gene, number: int) -> Interval:
        """Where an exon lies in the build of the calls."""
        return self.panel.loci[gene].mane.models[self.build].exons[number - 1]

    def add(self, run: ExonRun, slots: tuple[Slot, ...], word: OutsideCall, *, single_probe: bool) -> str:
        """The run as an allele of its own; the key of one that overlaps it where an assay found that before."""
        for key, known in self.found.items():
            if known.run.gene is run.gene and known.run.lost is run.lost and set(known.run.exons) & set(run.exons):
                return key
        allele = run_allele(self.panel, self.build, run)
        effects = annotate_run(self.panel, allele, run)
        call = Call(
            allele=allele,
            genotype=Genotype(raw="", slots=slots, phased=False),
            support=Support(),
            place=Place(word.file, word.line, allele.contig, allele.pos, allele.ref, (allele.alt,)),
            alt_index=1,
        )
        linked = allele.contig.is_sex_linked
        reading = read_zygosity(call.genotype, self.person.person.sex, sex_linked=linked)
        if reading is not None:
            flags = (FOUND, SINGLE_PROBE) if single_probe else (FOUND,)
            reasons = ("copies_by_assay",)
            state = State(run.gene, call, reading.zygosity, reading.readings, reasons, flags, Origin.UNKNOWN)
            self.found[allele.key] = Found(state, effects, run)
        return allele.key


def hear_assays(
    panel: Panel,
    person: PersonIntake,
    genotypes: PersonGenotypes,
    alleles: Mapping[str, AnnotatedAllele],
    outside: Outside,
) -> Assays:
    """What assays say of the alleles called, and what they find beside them.

    Parameters
    ----------
    panel
        The loci.
    person
        The intake; without an established build nothing is heard.
    genotypes
        What was called.
    alleles
        Everything known of the alleles called, by key.
    outside
        The outside-call file with the results attached to it.
    """
    if person.verdict is None:
        return Assays()
    ears = _Ears(panel, person, person.verdict.build, genotypes.states, alleles)
    for call in outside.calls:
        if call.verdict is OutsideVerdict.REFERENCE:
            _exons_read(ears, call)
        else:
            ears.calls.append(call)
    for haplotypes in outside.haplotypes:
        _phased_copies(ears, haplotypes)
    for counts in outside.counts:
        _exon_copies(ears, counts)
    for counts in outside.counts:
        _other_counts(ears, counts)
    _calls_in_lost_exons(ears)
    return Assays(
        calls=tuple(ears.calls),
        found=tuple(ears.found.values()),
        notes=tuple(dict.fromkeys(ears.notes)),
        kept=tuple(ears.kept),
        problems=tuple(ears.problems),
    )


def with_found(genotypes: PersonGenotypes, assays: Assays) -> PersonGenotypes:
    """The genotypes with the alleles that only assays show."""
    return replace(genotypes, states=(*genotypes.states, *(one.state for one in assays.found)))


def _exons_read(ears: _Ears, word: OutsideCall) -> None:
    """Exons that another assay read without a change: told, and nothing concluded from it."""
    exons = exons_named(word.variant, word.gene)
    named = spans(exons)
    ears.note(word.gene, "exons_read_by_other_assay", exons=named, methods=word.told)
    places = [ears.exon(word.gene, exon) for exon in exons]
    for key, state in ears.of_gene(word.gene):
        known = ears.alleles.get(key)
        allele = state.call.allele
        if known is None or not (known.allele_class.class_.is_pathogenic or could_matter(known)):
            continue
        if any(place.overlaps(allele.pos, allele.end) for place in places):
            variant = known.effects.mane.hgvs_c or known.effects.hgvs_g
            ears.warn("HA-OUT-109", word, key, exons=named, variant=variant)


def _phased_copies(ears: _Ears, found: Haplotypes) -> None:
    """Substitutions by the copy they lie on, and the recurrent deletion of IKBKG."""
    word = found.word
    if found.build is not ears.build:
        ears.warn("HA-OUT-107", word, found=found.build, build=ears.build)
        return
    expected = ears.expected(word.gene)
    if expected is not None and found.gene_copies is not None and found.gene_copies != expected:
        ears.warn("HA-OUT-110", word, found=found.gene_copies, expected=expected)
    of_gene = [one for one in found.haplotypes if one.copy is Copy.GENE]
    # Only where every copy is assigned, and the gene has the copies it should have, is its absence from them telling.
    settled = found.gene_copies == expected and all(one.copy is not Copy.UNKNOWN for one in found.haplotypes)
    for key, state in ears.of_gene(word.gene):
        allele = state.call.allele
        change = (allele.pos, allele.ref, allele.alt)
        on = [one for one in found.haplotypes if change in one.changes]
        in_gene = [one for one in on if one.copy is Copy.GENE]
        if in_gene:
            zygosity = _of_copies(in_gene, of_gene, expected) if settled else ""
            ears.say(word, key, OutsideVerdict.CONFIRMED, zygosity)
        elif on and settled and all(one.start <= allele.pos <= one.end for one in of_gene):
            ears.say(word, key, OutsideVerdict.REFUTED)
    if any(one.deleted for one in found.haplotypes):
        _recurrent_deletion(ears, found, of_gene, settled=settled)


def _of_copies(carrying: list[Haplotype], of_gene: list[Haplotype], expected: int | None) -> str:
    """Zygosity of a change that these of the gene's copies carry."""
    if sum(one.copies for one in carrying) < sum(one.copies for one in of_gene):
        return "het"
    return "hemi" if expected == 1 else "hom"


def _recurrent_deletion(ears: _Ears, found: Haplotypes, of_gene: list[Haplotype], *, settled: bool) -> None:
    """The 11.7-kb deletion: an allele, or the confirmation of a call, in the gene; harmless in the pseudogene."""
    word = found.word
    run = ExonRun(
        word.gene,
        int(threshold("recurrent_deletion_first_exon")),
        int(threshold("recurrent_deletion_last_exon")),
        before=int(threshold("recurrent_deletion_first_exon")) - 1,
        after=None,
    )
    called = [key for key, state in ears.of_gene(word.gene) if _lost_exons(ears, state) & set(run.exons)]
    carrying = [one for one in of_gene if one.deleted]
    if not carrying:
        ears.note(word.gene, "deletion_in_pseudogene", methods=word.told)
        if settled and all(one.copy is Copy.PSEUDOGENE for one in found.haplotypes if one.deleted):
            for key in called:
                ears.say(word, key, OutsideVerdict.REFUTED)
        return
    zygosity = _of_copies(carrying, of_gene, ears.expected(word.gene)) if settled else ""
    for key in called:
        ears.say(word, key, OutsideVerdict.CONFIRMED, zygosity)
    if not called:
        slots = {"het": _ONE_LOST, "": _OPEN}.get(zygosity, _ALL_LOST)
        ears.say(word, ears.add(run, slots, word, single_probe=False), OutsideVerdict.CONFIRMED, zygosity)


def _exon_copies(ears: _Ears, counts: ExonCounts) -> None:
    """One MLPA table against the deletions called, and what it shows beyond them."""
    word, gene = counts.word, counts.word.gene
    doses = {one.exon: one for one in counts.exons if one.dose is not Dose.OPEN}
    kept = {exon for exon, one in doses.items() if one.dose is Dose.EXPECTED}
    alike = _like_pseudogene(gene, ears.build)
    losses = [(run, dose) for dose in (Dose.NONE_LEFT, Dose.ONE_LOST) for run in _runs(gene, doses, dose)]
    for key, state in ears.of_gene(gene):
        called = _lost_exons(ears, state)
        met = [(run, dose) for run, dose in losses if called & set(run.exons)]
        losses = [loss for loss in losses if loss not in met]
        if called and not called & alike:
            zygosity = _zygosity({dose for _, dose in met}, ears.expected(gene))
            verdict = _on_deletion(called, set(doses), kept, met=bool(met))
            if verdict is not None:
                ears.say(word, key, verdict, zygosity if verdict is OutsideVerdict.CONFIRMED else "")
    for run, dose in losses:
        slots = _ALL_LOST if dose is Dose.NONE_LEFT else _ONE_LOST
        key = ears.add(run, slots, word, single_probe=_probes(run, doses) == 1)
        ears.say(word, key, OutsideVerdict.FOUND, _zygosity({dose}, ears.expected(gene)))
    for run in _runs(gene, doses, Dose.GAINED):
        copies, expected = doses[run.first].copies, ears.expected(gene) or 0
        slots = _OPEN if copies != expected + 1 else _ALL_LOST if expected == 1 else _ONE_LOST
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


def _other_counts(ears: _Ears, counts: ExonCounts) -> None:
    """A second table in which an exon found lost or gained by the first has its usual copies."""
    kept = {one.exon for one in counts.exons if one.dose is Dose.EXPECTED}
    for key, found in ears.found.items():
        if found.run.gene is counts.word.gene and kept & set(found.run.exons):
            own = any(call.variant == key and call.line == counts.word.line for call in ears.calls)
            if not own and not kept & _like_pseudogene(found.run.gene, ears.build):
                ears.say(counts.word, key, OutsideVerdict.REFUTED)


def _calls_in_lost_exons(ears: _Ears) -> None:
    """Calls that cannot be where copies are lost: two alleles in an exon with one copy, any in an exon with none."""
    for key, found in ears.found.items():
        gene, exons = found.run.gene, set(found.run.exons)
        if not found.run.lost or exons & _like_pseudogene(gene, ears.build):
            continue
        places = [ears.exon(gene, exon) for exon in exons]
        left = found.state.zygosity is Zygosity.HET
        within = (
            state.zygosity is Zygosity.HET or not left
            for _, state in ears.of_gene(gene)
            if any(place.start <= state.call.allele.pos and state.call.allele.end <= place.end for place in places)
        )
        if any(within):
            word = next(call for call in ears.calls if call.variant == key)
            ears.say(word, key, OutsideVerdict.DISAGREES)


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


def _like_pseudogene(gene: Gene, build: Build) -> set[int]:
    return {exon.number for exon in coding_exons(gene, build) if exon.paralogue}


def _lost_exons(ears: _Ears, state: State) -> set[int]:
    """The exons that a called deletion takes away whole; none for any other allele."""
    allele = state.call.allele
    if allele.is_symbolic:
        if not allele.alt.startswith("<DEL"):
            return set()
        start = allele.pos + 1
    elif len(allele.alt) < len(allele.ref):
        start = allele.pos + len(allele.alt)
    else:
        return set()
    exons = ears.panel.loci[state.gene].mane.models[ears.build].exons
    return {number for number, exon in enumerate(exons, 1) if start <= exon.start and exon.end <= allele.end}
