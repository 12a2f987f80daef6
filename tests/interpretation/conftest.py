"""Alleles, people and assays built by hand; genotypes go through the real genotype room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

import pytest
from msgspec import Struct

from higm_annot.classification.types import AlleleClass, Class, Mechanism
from higm_annot.consequence.types import AlleleEffects, Effect, Impact
from higm_annot.evidence.types import Record, RecordKind
from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import (
    Affected,
    Allele,
    AssessmentStatus,
    BuildVerdict,
    Call,
    Genotype,
    Mode,
    OutsideCall,
    OutsideVerdict,
    Person,
    PersonIntake,
    Place,
    ReferenceStretch,
    RegionAssessment,
    Sex,
    Slot,
    Support,
)
from higm_annot.interpretation.assessed import coding_exons
from higm_annot.interpretation.interpret import interpret
from higm_annot.interpretation.types import AnnotatedAllele, Conclusion, Interpretation
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene

LOF, DN, HYPO, AMORPHIC, EXON5, UNKNOWN = (
    Mechanism.LOSS_OF_FUNCTION,
    Mechanism.DOMINANT_NEGATIVE,
    Mechanism.HYPOMORPHIC,
    Mechanism.AMORPHIC,
    Mechanism.EXON5_LOSS,
    Mechanism.UNKNOWN,
)


class Known(Struct, frozen=True):
    """One allele of the tests' world: place, c. name, class, mechanism, consequence, firewall."""

    gene: Gene
    pos: int
    hgvs_c: str
    class_: Class = Class.PATHOGENIC
    mechanism: Mechanism = LOF
    term: str = "frameshift_variant"
    hard: bool = False
    records: tuple[Record, ...] = ()


SAID_HARMFUL = Record(RecordKind.ASSERTION, "x", "1", "2010", False, "…", significance="Likely pathogenic")
WORLD = {
    "L1": Known(Gene.CD40LG, 136654423, "c.340del"),
    "L2": Known(Gene.CD40LG, 136659284, "c.655G>A"),
    "Lv": Known(Gene.CD40LG, 136648355, "c.107T>A", Class.UNCERTAIN, term="missense_variant"),
    "C1": Known(Gene.CD40, 46122349, "c.247T>C"),
    "C2": Known(Gene.CD40, 46122500, "c.256+2T>C"),
    "C3": Known(Gene.CD40, 46122600, "c.300del"),
    "Cv": Known(Gene.CD40, 46122360, "c.258A>G", Class.UNCERTAIN, term="missense_variant"),
    "Cw": Known(Gene.CD40, 46122370, "c.268A>G", Class.UNCERTAIN, term="inframe_deletion"),
    "Ci": Known(Gene.CD40, 46122900, "c.400+99A>G", Class.UNCERTAIN, term="intron_variant"),
    "Cr": Known(Gene.CD40, 46122901, "c.400+98A>G", Class.UNCERTAIN, term="intron_variant", records=(SAID_HARMFUL,)),
    "Cp": Known(Gene.CD40, 46122375, "c.170C>T", Class.UNCERTAIN, term="missense_variant", records=(SAID_HARMFUL,)),
    "L36": Known(Gene.CD40LG, 136648356, "c.107T>A", mechanism=HYPO, term="missense_variant"),
    "Cb": Known(Gene.CD40, 46122380, "c.278A>G", Class.BENIGN, term="missense_variant"),
    "A1": Known(Gene.AICDA, 8605308, "c.334C>T", term="missense_variant"),
    "A2": Known(Gene.AICDA, 8604339, "c.544-2A>G", term="splice_acceptor_variant"),
    "Ad": Known(Gene.AICDA, 8604313, "c.568C>T", mechanism=DN, term="stop_gained"),
    "Au": Known(Gene.AICDA, 8604320, "c.561T>A", mechanism=UNKNOWN, term="stop_gained"),
    "Auv": Known(Gene.AICDA, 8604321, "c.560T>A", Class.UNCERTAIN, mechanism=UNKNOWN, term="stop_gained"),
    "Av": Known(Gene.AICDA, 8605300, "c.342A>G", Class.UNCERTAIN, term="missense_variant"),
    "Cn": Known(Gene.CD40, 46122385, "c.283del", Class.UNCERTAIN),
    "U1": Known(Gene.UNG, 109098000, "c.100del"),
    "Un": Known(Gene.UNG, 109098050, "c.150del", Class.UNCERTAIN),
    "Uo": Known(Gene.UNG, 109098060, "c.133-50del", Class.UNCERTAIN, mechanism=UNKNOWN),
    "Up": Known(Gene.UNG, 109098070, "c.133-40del", mechanism=UNKNOWN),
    "U2": Known(Gene.UNG, 109098100, "c.200del"),
    "Ia": Known(Gene.IKBKG, 154552100, "c.98del", mechanism=AMORPHIC),
    "Ia2": Known(Gene.IKBKG, 154552110, "c.108del", mechanism=AMORPHIC),
    "Ih": Known(Gene.IKBKG, 154564450, "c.1249T>C", mechanism=HYPO, hard=True, term="missense_variant"),
    "Ih2": Known(Gene.IKBKG, 154552120, "c.118T>C", mechanism=HYPO, term="missense_variant"),
    "I5": Known(Gene.IKBKG, 154552130, "c.519_671del", mechanism=EXON5),
    "Iu": Known(Gene.IKBKG, 154552140, "c.138T>C", mechanism=UNKNOWN, term="missense_variant"),
    "Iv": Known(Gene.IKBKG, 154552150, "c.148T>C", Class.UNCERTAIN, mechanism=UNKNOWN, term="missense_variant"),
    "P1": Known(Gene.PMS2, 6000000, "c.697C>T"),
    "P2": Known(Gene.PMS2, 6000100, "c.600del"),
    "Pa": Known(Gene.PMS2, 5999900, "c.650A>G", mechanism=HYPO, term="missense_variant"),
    "Pn": Known(Gene.PMS2, 5999950, "c.600_601del", Class.UNCERTAIN),
    "Ph": Known(Gene.PMS2, 5977600, "c.2186_2187del", hard=True),
    "Pv": Known(Gene.PMS2, 6000200, "c.550A>G", Class.UNCERTAIN, term="missense_variant"),
}
CONTIG = {
    Gene.CD40LG: Contig.CHRX,
    Gene.IKBKG: Contig.CHRX,
    Gene.CD40: Contig.CHR20,
    Gene.AICDA: Contig.CHR12,
    Gene.UNG: Contig.CHR12,
    Gene.PMS2: Contig.CHR7,
}


def allele_of(name: str) -> Allele:
    known = WORLD[name]
    return Allele(Build.GRCH38, CONTIG[known.gene], known.pos, "A", "G", known.pos)


def annotated(name: str) -> AnnotatedAllele:
    known, key = WORLD[name], allele_of(name).key
    accession = load_panel().loci[known.gene].mane.accession
    effect = Effect(
        accession=accession,
        gene=known.gene,
        mane_select=True,
        terms=(known.term,),
        impact=Impact.MODERATE,
        hgvs_c=known.hgvs_c,
        hgvs_p=None,
        exon=None,
        intron=None,
        cds_start=None,
        cds_end=None,
        protein_start=None,
        protein_end=None,
        codons=None,
        amino_acids=None,
        escapes_nmd=None,
        stop_codon=None,
    )
    return AnnotatedAllele(
        key=key,
        effects=AlleleEffects(key, known.gene, "g", {"GRCh38": key, "GRCh37": f"37:{key}"}, (effect,), ()),
        allele_class=AlleleClass(known.class_, 0, (), "criteria", "", (known.mechanism,), (), known.records),
        paralogue="hard" if known.hard else "",
        paralogue_region="",
    )


ALLELES: Mapping[str, AnnotatedAllele] = {allele_of(name).key: annotated(name) for name in WORLD}


def call(name: str, raw: str, support: Support | None = None) -> Call:
    """``0|1@7`` is phased in set 7."""
    written, _, phase_set = raw.partition("@")
    parts = written.replace("|", "/").split("/")
    slots = tuple({".": Slot.MISSING, "0": Slot.REF, "1": Slot.ALT}.get(part, Slot.OTHER) for part in parts)
    phased = "|" in written and Slot.MISSING not in slots and len(slots) > 1
    allele = allele_of(name)
    return Call(
        allele=allele,
        genotype=Genotype(written, slots, phased, phase_set or None),
        support=support or Support(depth=40, genotype_quality=99),
        place=Place("f.vcf", 0, allele.contig, allele.pos, "A", ("G",)),
        alt_index=1,
    )


def assessed(genes: Sequence[Gene] = tuple(Gene)) -> tuple[RegionAssessment, ...]:
    """Every coding exon read as deeply as short reads can."""
    return tuple(
        RegionAssessment(
            gene,
            f"exon {exon.number}",
            exon.interval.start,
            exon.interval.end,
            AssessmentStatus.NOT_ASSESSED if exon.paralogue else AssessmentStatus.ASSESSED,
            "paralogue" if exon.paralogue else "reference_evidence",
            exon.interval.length,
        )
        for gene in genes
        for exon in coding_exons(gene, Build.GRCH38)
    )


def person(
    calls: Mapping[str, str],
    *,
    sex: str = "female",
    affected: str = "yes",
    mode: str = "diagnostic",
    read: bool | tuple[RegionAssessment, ...] = False,
    support: Mapping[str, Support] | None = None,
    reference: Sequence[str] = (),
    sample: str = "S",
    **row: object,
) -> PersonIntake:
    made = [call(name, raw, (support or {}).get(name)) for name, raw in calls.items()]
    assessment = assessed() if read is True else read or ()
    return PersonIntake(
        person=Person(sample, "f.vcf", sample, sex=Sex(sex), affected=Affected(affected), mode=Mode(mode), **row),
        verdict=BuildVerdict(Build.GRCH38, ()),
        calls=tuple(c for c in made if c.genotype.copies),
        no_calls=tuple(c for c in made if Slot.MISSING in c.genotype.slots and not c.genotype.copies),
        reference=tuple(
            ReferenceStretch(CONTIG[WORLD[n].gene], WORLD[n].pos, WORLD[n].pos, 30, 60.0, "call") for n in reference
        ),
        assessment=assessment,
        ledger=(),
        problems=(),
        contigs_seen=(),
        has_reference_evidence=bool(assessment),
        cut_digest="",
    )


def run(
    someone: PersonIntake,
    mother: PersonIntake | None = None,
    father: PersonIntake | None = None,
    outside: Sequence[OutsideCall] = (),
    alleles: Mapping[str, AnnotatedAllele] = ALLELES,
) -> Interpretation:
    genotypes = resolve(someone, mother, father, Witnesses(load_panel()))
    return interpret(someone, genotypes, alleles, tuple(outside))


def outside(name: str, verdict: str, zygosity: str = "", variant: str = "", sample: str = "S") -> OutsideCall:
    known = WORLD[name]
    return OutsideCall(
        sample=sample,
        gene=known.gene,
        variant=variant or known.hgvs_c,
        verdict=OutsideVerdict(verdict),
        method="long-range PCR",
        laboratory="Lab",
        dated="2026-05-31",
        zygosity=zygosity,
        file="outside.tsv",
        line=2,
    )


def of(found: Interpretation, gene: str) -> tuple[Conclusion, ...]:
    return tuple(conclusion for conclusion in found.conclusions if conclusion.gene == gene)


class Builders(SimpleNamespace):
    """The builders; short in the output of failing properties."""

    def __repr__(self) -> str:
        return "make"


@pytest.fixture(scope="session")
def make() -> Builders:
    """Builders and the world of alleles."""
    return Builders(
        alleles=ALLELES,
        allele_of=allele_of,
        annotated=annotated,
        assessed=assessed,
        call=call,
        key=lambda name: allele_of(name).key,
        of=of,
        outside=outside,
        person=person,
        resolved=lambda someone: resolve(someone, None, None, Witnesses(load_panel())),
        run=run,
        world=WORLD,
    )
