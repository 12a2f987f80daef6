"""Values of the earlier rooms, made by hand: one boy with a CD40LG frameshift, and what varies from test to test."""

from types import SimpleNamespace

import msgspec
import pytest

from higm_annot.classification.case import case_class
from higm_annot.classification.case_types import Carried, Observed
from higm_annot.classification.types import AlleleClass, Class, Criterion, Judged, Mechanism
from higm_annot.classification.types import State as CriterionState
from higm_annot.cli import main
from higm_annot.consequence.types import AlleleEffects, Effect, Impact
from higm_annot.evidence.types import Frequency, Record, RecordKind
from higm_annot.genotype.types import Origin, PersonGenotypes, State, Zygosity
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.types import (
    Affected,
    Allele,
    AssessmentStatus,
    BuildVerdict,
    Call,
    Fate,
    Genotype,
    LedgerRow,
    Person,
    PersonIntake,
    Place,
    RegionAssessment,
    Sex,
    Slot,
    Support,
)
from higm_annot.interpretation.types import (
    AnnotatedAllele,
    Conclusion,
    ConclusionCode,
    Diplotype,
    Interpretation,
    Status,
)
from higm_annot.problems import Audience, Problem, Severity
from higm_annot.reference.types import Build, Contig, Gene, Panel
from higm_annot.report.document import compose
from higm_annot.report.render import read_report

VCF = "/data/run 7/boy.vcf.gz"
PANEL = Panel(digest="ab" * 32, release="test", loci={}, regions=())

# name: contig, pos, ref, alt, gene, transcript, g., c., p., term, zygosity, class
ALLELES = {
    "frameshift": (Contig.CHRX, 136654423, "AC", "A", Gene.CD40LG, "NM_000074.3", "NC_000023.11:g.136654424del", "c.340del", "p.(Gln114ArgfsTer7)", "frameshift_variant", Zygosity.HEMI, Class.PATHOGENIC),  # noqa: E501
    "common": (Contig.CHR20, 46118343, "T", "C", Gene.CD40, "NM_001250.6", "NC_000020.11:g.46118343T>C", "c.-1T>C", None, "5_prime_UTR_variant", Zygosity.HOM, Class.BENIGN),  # noqa: E501
    "half": (Contig.CHR12, 8604860, "G", "A", Gene.AICDA, "NM_020661.4", "NC_000012.12:g.8604860G>A", "c.334C>T", "p.(Arg112Cys)", "missense_variant", Zygosity.HALF_CALL, Class.LIKELY_PATHOGENIC),  # noqa: E501
    "uncalled": (Contig.CHR12, 109097711, "T", "C", Gene.UNG, "NM_080911.3", "NC_000012.12:g.109097711T>C", "c.10T>C", "p.(Ser4Pro)", "missense_variant", Zygosity.NO_CALL, Class.UNCERTAIN),  # noqa: E501
    "lynch": (Contig.CHR7, 5987144, "G", "A", Gene.PMS2, "NM_000535.7", "NC_000007.14:g.5987144G>A", "c.1621C>T", "p.(Gln541Ter)", "stop_gained", Zygosity.HET, Class.PATHOGENIC),  # noqa: E501
    "beside": (Contig.CHR7, 5987144, "G", "T", Gene.PMS2, "NM_000535.7", "NC_000007.14:g.5987144G>T", "c.1621C>A", "p.(Gln541Lys)", "missense_variant", Zygosity.HET, Class.BENIGN),  # noqa: E501
}  # fmt: skip


def allele(name):
    contig, pos, ref, alt, *_ = ALLELES[name]
    return Allele(Build.GRCH38, contig, pos, ref, alt, pos + len(ref) - 1)


def annotated(name):
    gene, transcript, g, c, p, term, _, class_ = ALLELES[name][4:]
    effect = Effect(
        accession=transcript, gene=gene, mane_select=True, terms=(term,), impact=Impact.HIGH, hgvs_c=c, hgvs_p=p,
        exon="3/5", intron=None, cds_start=None, cds_end=None, protein_start=None, protein_end=None, codons=None,
        amino_acids=None, escapes_nmd=None, stop_codon=None,
    )  # fmt: skip
    other = msgspec.structs.replace(effect, accession="NM_009999.1", mane_select=False, hgvs_c="c.1A>G", hgvs_p=None)
    key = allele(name).key
    return AnnotatedAllele(
        key=key,
        effects=AlleleEffects(key, gene, g, {Build.GRCH38: key}, (effect, other), ()),
        allele_class=AlleleClass(
            class_=class_,
            points=11,
            criteria=(
                Criterion("PVS1", "very strong", 8, "A frameshift with decay expected.", "AbouTayoun-2018"),
                Criterion("PM2_Supporting", "supporting", 1, "Absent <from> 100,000 alleles & more.", "gnomAD-r2.0"),
            ),
            basis="criteria",
            reason="From the points of the criteria.",
            mechanisms=(Mechanism.LOSS_OF_FUNCTION,),
            caps=(),
            judged=(
                Judged("PVS1", CriterionState.MET), Judged("PS3", CriterionState.NO_DATA, "no_function"),
                Judged("PM2", CriterionState.MET), Judged("PP5", CriterionState.NOT_APPLICABLE, "reputable_source"),
                Judged("BS1", CriterionState.NOT_MET, "frequency_below"),
            ),
            records=(
                Record(
                    RecordKind.ASSERTION, "ClinVar-2013", "RCV0001", "2013-08-08", False, "An old assertion.",
                    significance="Pathogenic", review="single submitter",
                ),
                Record(
                    RecordKind.FREQUENCY, "gnomAD-r2.0", "X-1", "2017", True, "Seen in 2 of 180,000 alleles.",
                    frequency=Frequency(0.0000111, 180000, "gnomAD r2.0", True),
                ),
            ),
        ),
    )  # fmt: skip


SLOTS = {
    Zygosity.HEMI: ("1", (Slot.ALT,)),
    Zygosity.HOM: ("1/1", (Slot.ALT, Slot.ALT)),
    Zygosity.HET: ("0/1", (Slot.REF, Slot.ALT)),
    Zygosity.HALF_CALL: ("./1", (Slot.MISSING, Slot.ALT)),
    Zygosity.NO_CALL: ("./.", (Slot.MISSING, Slot.MISSING)),
}


def call(name):
    one = allele(name)
    raw, slots = SLOTS[ALLELES[name][10]]
    return Call(
        allele=one,
        genotype=Genotype(raw, slots, phased=False),
        support=Support(depth=41, ref_reads=1, alt_reads=40, genotype_quality=99.0, filters=("PASS",)),
        place=Place(VCF, 12, f"chr{one.contig}", one.pos, one.ref, (one.alt,)),
        alt_index=1,
    )


def state(name, origin=Origin.UNKNOWN):
    return State(ALLELES[name][4], call(name), ALLELES[name][10], (ALLELES[name][10],), ("one_copy_of_x",), (), origin)


def ledger_row(name):
    one = allele(name)
    fate = Fate.NO_CALL if ALLELES[name][10] is Zygosity.NO_CALL else Fate.REPORTED
    return LedgerRow(VCF, 12, f"chr{one.contig}", one.pos, one.ref, one.alt, fate, key=one.key)


SET_ASIDE = LedgerRow(VCF, 40, "chr1", 5, "A", "C", Fate.SET_ASIDE, rule="outside_the_panel")


def assessment(*, shown=True):
    """Two genes read but for a pseudogene-like exon; without reference evidence nothing was."""
    rows = []
    for number in range(1, 6):
        start = 136648000 + 1000 * number
        if shown:
            status = AssessmentStatus.PARTLY if number == 4 else AssessmentStatus.ASSESSED
            rows.append(
                RegionAssessment(Gene.CD40LG, f"exon {number}", start, start + 99, status, "reference_evidence", 80)
            )
        else:
            status = AssessmentStatus.NOT_ASSESSED
            rows.append(
                RegionAssessment(Gene.CD40LG, f"exon {number}", start, start + 99, status, "no_reference_evidence", 0)
            )
    rows.append(RegionAssessment(Gene.PMS2, "exon 11", 5986759, 5987620, AssessmentStatus.NOT_ASSESSED, "paralogue", 0))
    return tuple(rows)


def intake(*names, problems=(), shown=True, **cells):
    row = {"sex": Sex.MALE, "affected": Affected.YES, "indication": "Recurrent infections, high IgM"} | cells
    return PersonIntake(
        person=Person(sample=row.pop("sample", "boy-1"), vcf=VCF, vcf_sample="NA1", **row),
        verdict=BuildVerdict(Build.GRCH38, ("contig lengths", "reference bases")),
        calls=tuple(call(name) for name in names if ALLELES[name][10] is not Zygosity.NO_CALL),
        no_calls=tuple(call(name) for name in names if ALLELES[name][10] is Zygosity.NO_CALL),
        reference=(),
        assessment=assessment(shown=shown),
        ledger=(*(ledger_row(name) for name in names), SET_ASIDE),
        problems=tuple(problems),
        contigs_seen=(Contig.CHRX,),
        has_reference_evidence=shown,
        cut_digest="cd" * 32,
    )


def conclusion(code, name=None, *, gene=Gene.CD40LG, disease="HIGM1", **changes):
    made = Conclusion(
        gene=gene,
        disease=disease,
        code=code,
        status=Status.ESTABLISHED,
        if_confirmed=None,
        why=("one_copy",),
        reasons=("A male has one copy of the gene, and it is changed.",),
        inheritance="X-linked recessive",
        diplotype=Diplotype(f"{ALLELES[name][5]}:c.[340del];[0]", "one_copy") if name else None,
        variants=(allele(name).key,) if name else (),
        next_tests=("CD40L flow cytometry on activated CD4 T cells",) if name else (),
        sources=("GenCC-CD40LG", "PMID:8094231"),
        row="cd40lg-1",
    )
    return msgspec.structs.replace(made, **changes)


def interpretation(*conclusions, withheld=(), hold=False, outside=None):
    return Interpretation(
        conclusions=tuple(conclusions),
        outside=outside or {},
        reportable=tuple(key for one in conclusions for key in one.variants),
        withheld=tuple(allele(name).key for name in withheld),
        problems=(),
        hold=hold,
    )


def report(
    *names,
    conclusions,
    phases=(),
    origins=None,
    relatives=None,
    withheld=(),
    hold=False,
    genotypes=None,
    panel=PANEL,
    unplaced=(),
    cases=None,
    **more,
):
    """Compose the document of a person who has these alleles."""
    states = tuple(state(name, (origins or {}).get(name, Origin.UNKNOWN)) for name in names)
    return compose(
        person=intake(*names, **more),
        genotypes=genotypes or PersonGenotypes(states=states, phases=tuple(phases)),
        interpretation=interpretation(*conclusions, withheld=withheld, hold=hold),
        alleles={
            allele(name).key: msgspec.structs.replace(annotated(name), paralogue="hard" if name in unplaced else "")
            for name in ALLELES
        },
        relatives=relatives or {},
        panel=panel,
        witnesses=Witnesses(panel),
        cases=cases or {},
    )


def compose_of(person):
    """The boy's document from an intake given whole."""
    return compose(
        person=person,
        genotypes=PersonGenotypes(states=tuple(map(state, ("frameshift", "common", "half", "uncalled"))), phases=()),
        interpretation=interpretation(*boy_conclusions()),
        alleles={allele(name).key: annotated(name) for name in ALLELES},
        relatives={},
        panel=PANEL,
        witnesses=Witnesses(PANEL),
        cases=boy_cases(),
    )


WARNING = Problem(
    "HA-GT-900", Severity.WARNING, Audience.REPORT, "Few reads.", "Repeat.", VCF, 12, "boy-1", "chrX:136654423"
)
LAB_ONLY = Problem("HA-SEX-900", Severity.WARNING, Audience.LAB_ONLY, "Two copies of X seen.", "Check the tube.")
ERROR = Problem("HA-VCF-900", Severity.ERROR, Audience.REPORT, "The file ends early.", "Copy it again.", VCF, 7)


def boy(**more):
    """The boy: his finding, three alleles no conclusion names, a warning, and a gene not assessed."""
    given = {"problems": (WARNING,), "conclusions": boy_conclusions(), "cases": boy_cases()} | more
    return report("frameshift", "common", "half", "uncalled", **given)


def boy_cases():
    """His brother and his mother's brother, ill as he is, have his allele too."""
    men = tuple(Observed(name, Affected.YES, male=True, carried=Carried.ALL, line="line") for name in ("a", "b", "c"))
    known = annotated("frameshift")
    return {known.key: case_class(Gene.CD40LG, known.allele_class, men)}


def boy_conclusions():
    return (
        conclusion(ConclusionCode.DISEASE_GENOTYPE, "frameshift"),
        conclusion(
            ConclusionCode.NOT_ASSESSED,
            gene=Gene.PMS2,
            disease="",
            inheritance="",
            reasons=("Exon 11 has a pseudogene twin.",),
        ),
    )


@pytest.fixture
def made():
    """Everything above by name."""
    names = (
        "ALLELES", "ERROR", "LAB_ONLY", "PANEL", "SET_ASIDE", "VCF", "WARNING", "allele", "annotated", "assessment",
        "boy", "boy_conclusions", "call", "compose_of", "conclusion", "intake", "interpretation",
        "ledger_row", "report", "state",
    )  # fmt: skip
    return SimpleNamespace(**{name: globals()[name] for name in names})


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The documents of the demonstration people on GRCh38, by sample."""
    place = tmp_path_factory.mktemp("demo")
    assert main(["demo", str(place)]) == 0
    assert main(["run", "--samples", str(place / "samples.tsv"), "--out", str(place / "out"), "--formats", ""]) == 0
    reports = (read_report(path) for path in sorted((place / "out" / "reports").glob("*.json")))
    return {report.sample.id: report for report in reports}
