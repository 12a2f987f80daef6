"""What assays of copies were heard to say so far, and the places they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.consequence.exon_copies import ExonRun, annotate_run, run_allele
from higm_annot.consequence.types import AlleleEffects
from higm_annot.genotype.deleted import bases_lost
from higm_annot.genotype.types import Origin, State
from higm_annot.genotype.zygosity import read_zygosity
from higm_annot.intake.types import (
    Call,
    Genotype,
    OutsideCall,
    OutsideVerdict,
    PersonIntake,
    Place,
    Sex,
    Slot,
    Support,
)
from higm_annot.interpretation.assessed import coding_exons
from higm_annot.interpretation.findings import FOUND, SINGLE_PROBE
from higm_annot.interpretation.said import Said, say
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.problems import Problem, problem
from higm_annot.reference.types import Build, Gene, Interval, Panel

# What the copies of a gene carry, as a genotype would write it.
ALL_LOST, ONE_LOST, OPEN_COPY = (Slot.ALT, Slot.ALT), (Slot.ALT, Slot.REF), (Slot.ALT, Slot.MISSING)


class Found(Struct, frozen=True):
    """An allele that an assay shows and the calls do not."""

    state: State
    effects: AlleleEffects
    run: ExonRun


class Ears:
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
        self.opposite: dict[str, str] = {}
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


def like_pseudogene(gene: Gene, build: Build) -> set[int]:
    """Exons that resemble the pseudogene."""
    return {exon.number for exon in coding_exons(gene, build) if exon.paralogue}


def lost_exons(ears: Ears, state: State) -> set[int]:
    """The exons that a called deletion takes away whole; none for any other allele."""
    lost = bases_lost(state.call.allele)
    if lost is None:
        return set()
    exons = ears.panel.loci[state.gene].mane.models[ears.build].exons
    return {number for number, exon in enumerate(exons, 1) if lost[0] <= exon.start and exon.end <= lost[1]}
