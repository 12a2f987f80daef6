"""Values of the intake room: people, alleles, calls, what was set aside, what was assessed."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from higm_annot.problems import Problem
from higm_annot.reference.types import Build, Contig, Gene


class Sex(StrEnum):
    """Sex as declared in the sheet."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class Affected(StrEnum):
    """Whether the person is ill with what the test is asked for."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Mode(StrEnum):
    """Why the person is tested."""

    DIAGNOSTIC = "diagnostic"
    CARRIER = "carrier"
    PRENATAL = "prenatal"


class Person(Struct, frozen=True):
    """One row of the sample sheet. ``vcf`` and the other files are paths as resolved by the sheet."""

    sample: str
    vcf: str
    vcf_sample: str
    family: str = ""
    father: str = ""
    mother: str = ""
    sex: Sex = Sex.UNKNOWN
    affected: Affected = Affected.UNKNOWN
    mode: Mode = Mode.DIAGNOSTIC
    consent_secondary: bool = False
    consent_family: bool = False
    coverage: str = ""
    outside_calls: str = ""
    sv_vcf: str = ""
    phenotype: str = ""
    partner: str = ""
    indication: str = ""
    specimen: str = ""
    age_at_sampling: str = ""
    gestation: str = ""
    karyotype: str = ""
    prior_hsct: str = ""
    recent_transfusion: str = ""
    ig_replacement: str = ""
    line: int = 0


class Allele(Struct, frozen=True, order=True, dict=True):
    """One alternate allele, left-aligned and parsimonious (VCF convention, anchor base for indels).

    ``ref`` and ``alt`` are upper case. A symbolic allele keeps its VCF spelling (``<DEL>``) and its
    ``end`` (1-based inclusive); for sequence alleles ``end`` is ``pos + len(ref) - 1``.
    ``normalised`` is False where the record reaches past the embedded sequence and was kept as given.

    The rest is of symbolic alleles only. ``exact`` is False where the file says that the ends are not known to the
    base; then ``margins`` tell how far ``pos`` (down, up) and ``end`` (down, up) may lie from the truth, and are all 0
    where the file does not say. ``inserted`` is what stands in place of lost bases or is inserted: bases, or
    ``N[320]``. An allele over several genes of the panel is told once for each: ``near`` is then the stretch of that
    gene, and ``part`` names the gene, except of the first, which keeps the key that the allele alone would have.

    ``further`` are changes that the same copy carries, with introns between, and that are read together with this one;
    ``end`` is then that of the last.
    """

    build: Build
    contig: Contig
    pos: int
    ref: str
    alt: str
    end: int
    normalised: bool = True
    exact: bool = True
    margins: tuple[int, int, int, int] = (0, 0, 0, 0)
    inserted: str = ""
    near: tuple[int, int] = (0, 0)
    part: str = ""
    further: tuple[Allele, ...] = ()

    @property
    def touched(self) -> tuple[int, int]:
        """First and last base that are asked about: all of it, or what lies near the gene it is told of."""
        start, end = self.near
        return (max(self.pos, start), min(self.end, end)) if end else (self.pos, self.end)

    @cached_property
    def key(self) -> str:
        """``GRCh38:X:136648355:T:A``; symbolic alleles carry their end: ``GRCh38:X:1:N:<DEL>:99``.

        Changes read together follow one another: ``GRCh38:X:136648355:T:A+136651000:G:GA``.

        Before the end stand what is inserted and the margins, where there are any: ``…:<DEL>:~-10,10,-5,5:99``; ``~?``
        where the ends are not exact and nobody says by how much; ``@IKBKG`` at a further gene.
        """
        base = f"{self.build}:{self.contig}:{self.pos}:{self.ref}:{self.alt}"
        if not self.is_symbolic:
            return "+".join((base, *(f"{one.pos}:{one.ref}:{one.alt}" for one in self.further)))
        inserted = f":{self.inserted}" if self.inserted else ""
        margins = "" if self.exact else f":~{','.join(map(str, self.margins)) if any(self.margins) else '?'}"
        part = f":@{self.part}" if self.part else ""
        return f"{base}{inserted}{margins}{part}:{self.end}"

    @property
    def is_symbolic(self) -> bool:
        """Whether the alternate is a structural type instead of a sequence."""
        return not self.alt.isalpha()


class Slot(StrEnum):
    """What one chromosome copy in a GT field carries, seen from one ALT of the record."""

    ALT = "alt"
    REF = "ref"
    OTHER = "other"
    MISSING = "missing"


class Genotype(Struct, frozen=True, dict=True):
    """A GT field, seen from one ALT of its record; nothing is inferred.

    ``raw`` is the field as written. ``slots`` has one entry per allele index in file order: splitting
    ``1/2`` gives (ALT, OTHER) and (OTHER, ALT), never REF. ``phased`` is True only when two or more
    called alleles are joined by ``|`` throughout. ``phase_set`` is PS (or PID, PSL, HP) as written. ``haplotypes``
    names the copy of every slot where the file names copies one by one (PSL, HP); empty text for a copy without name.
    ``others`` are the record's other ALTs (1-based) that the field names, local alleles resolved.
    """

    raw: str
    slots: tuple[Slot, ...]
    phased: bool
    phase_set: str | None = None
    haplotypes: tuple[str, ...] = ()
    others: tuple[int, ...] = ()

    @cached_property
    def copies(self) -> int:
        """How many slots carry this ALT."""
        return self.slots.count(Slot.ALT)


class Place(Struct, frozen=True):
    """Where in the input a record stands; ``line`` is 0 when it was reached through an index."""

    file: str
    line: int
    contig: str
    pos: int
    ref: str
    alts: tuple[str, ...]


class Support(Struct, frozen=True):
    """Read evidence and quality of a call as the file gives it; None means the field is absent.

    ``filters`` are those of the record (FILTER), ``sample_filters`` the failed ones of this sample (FT). Strand figures
    and mapping quality are those of the record (INFO FS, SOR, MQ; FORMAT MQ before it); ``strands`` are this sample's
    reads: REF forward, REF reverse, ALT forward, ALT reverse (SB, or ADF with ADR). ``copy_number`` counts all copies
    of this sample over a structural allele (CN).
    """

    depth: int | None = None
    ref_reads: int | None = None
    alt_reads: int | None = None
    genotype_quality: float | None = None
    quality: float | None = None
    filters: tuple[str, ...] = ()
    sample_filters: tuple[str, ...] = ()
    strand_bias: float | None = None
    strand_odds: float | None = None
    mapping_quality: float | None = None
    strands: tuple[int, int, int, int] | None = None
    copy_number: float | None = None

    @property
    def shown_filters(self) -> tuple[str, ...]:
        """FILTER as written, then what this sample failed, marked as FT."""
        return (*self.filters, *(f"FT:{word}" for word in self.sample_filters))

    @property
    def allele_balance(self) -> float | None:
        """Alternate reads over depth (over AD's own sum where given); None when not computable."""
        if self.alt_reads is None:
            return None
        total = self.alt_reads + self.ref_reads if self.ref_reads is not None else self.depth
        return self.alt_reads / total if total else None


class Count(StrEnum):
    """What the copies counted over a structural allele (CN) said of its genotype.

    ``NONE``: nothing was counted, or not of this allele. ``AGREES``: the genotype stands. ``DECIDES``: the count tells
    what no genotype, or an incomplete one, leaves open. ``CONTRADICTS``: count and genotype exclude each other.
    ``NO_WHOLE_NUMBER`` and ``SEX_NEEDED``: the count cannot be read, and no genotype calls the allele.
    """

    NONE = ""
    AGREES = "agrees"
    DECIDES = "decides"
    CONTRADICTS = "contradicts"
    NO_WHOLE_NUMBER = "no_whole_number"
    SEX_NEEDED = "sex_needed"


class Call(Struct, frozen=True):
    """One person's genotype at one ALT of one record.

    ``in_pseudogene``: the recurrent deletion was called in the pseudogene (``place``), and ``allele`` is what it is if
    the reads belong to the gene. Nothing but a finding that is not placed may be made of it. ``count``: what the copies
    counted said; where they decide, ``allele`` and the slots of ``genotype`` are theirs.
    """

    allele: Allele
    genotype: Genotype
    support: Support
    place: Place
    alt_index: int
    in_pseudogene: bool = False
    count: Count = Count.NONE


class UnreadAllele(Struct, frozen=True):
    """An allele that the program cannot read, at a gene that it touches; ``site`` and ``alt`` as the file writes them.

    ``carried`` is False where the genotype is not called: then it is not known whether the allele is there.
    """

    gene: Gene
    site: str
    alt: str
    carried: bool


class Fate(StrEnum):
    """The four ways a ledger unit can end; they partition the input."""

    REPORTED = "reported"
    REFERENCE = "reference"
    NO_CALL = "no_call"
    SET_ASIDE = "set_aside"


class LedgerRow(Struct, frozen=True):
    """One ledger unit: (file, record, ALT) for one person, with its fate and the rule that set it aside.

    ``genotype`` is the GT field as written, empty where the record has none.
    """

    file: str
    line: int
    contig: str
    pos: int
    ref: str
    alt: str
    fate: Fate
    rule: str = ""
    key: str = ""
    genotype: str = ""


class ReferenceStretch(Struct, frozen=True):
    """Bases at which this person is shown to be reference: a gVCF block or a 0/0 call.

    ``depth`` is the smallest depth the file states for the stretch, None when it states none. ``alt_reads`` are the
    reads of all alternates of a 0/0 call together, None where the file does not count them (a block never does).
    """

    contig: Contig
    start: int
    end: int
    depth: int | None
    genotype_quality: float | None
    source: str
    alt_reads: int | None = None


class AssessmentStatus(StrEnum):
    """What can be said about a region in which no variant was reported."""

    ASSESSED = "assessed"
    PARTLY = "partly"
    NOT_ASSESSED = "not_assessed"


class RegionAssessment(Struct, frozen=True):
    """How much of one exon (with its splice sites) was read in this person, and how that is known.

    ``start``-``end`` are 1-based inclusive in the build of the file. ``basis`` is a short code:
    ``reference_evidence``, ``callable_bed``, ``no_reference_evidence`` (the file shows variants only),
    ``not_shown_here`` (it shows reference bases elsewhere), ``paralogue``,
    ``no_record_on_contig``, ``allele_not_read``.
    """

    gene: Gene
    region: str
    start: int
    end: int
    status: AssessmentStatus
    basis: str
    covered_bases: int


class BuildVerdict(Struct, frozen=True):
    """The established build with its evidence: what each witness said."""

    build: Build
    witnesses: tuple[str, ...]


class SexChromosomes(Struct, frozen=True):
    """Counts of one sample on X and Y outside the pseudoautosomal regions, and outside IKBKG and its pseudogene.

    ``x_places`` are well-read single-base changes on X, ``x_heterozygous`` those with two different alleles.
    ``y_places`` are single-base changes that the file lists on Y, ``y_changed`` those this sample carries well-read
    on every written copy.
    """

    x_places: int = 0
    x_heterozygous: int = 0
    y_places: int = 0
    y_changed: int = 0


class PersonIntake(Struct, frozen=True):
    """Everything intake hands on about one person.

    ``failed`` means the person gets a report document with ``status: failed``; ``problems`` say why.
    ``cut_digest`` is the SHA-256 of this person's cut records (and of the counts on X and Y where they were asked for),
    independent of other samples in the file.
    ``contigs_seen`` are the panel contigs on which the file has at least one record. ``unread``: alleles that the
    person carries, or may carry, and that were set aside because the program does not read them.
    """

    person: Person
    verdict: BuildVerdict | None
    calls: tuple[Call, ...]
    no_calls: tuple[Call, ...]
    reference: tuple[ReferenceStretch, ...]
    assessment: tuple[RegionAssessment, ...]
    ledger: tuple[LedgerRow, ...]
    problems: tuple[Problem, ...]
    contigs_seen: tuple[Contig, ...]
    has_reference_evidence: bool
    cut_digest: str
    failed: bool = False
    sex_chromosomes: SexChromosomes | None = None
    unread: tuple[UnreadAllele, ...] = ()


class OutsideVerdict(StrEnum):
    """What another assay says of a call or region.

    ``FOUND``: the assay itself shows a change that the calls do not hold. ``DISAGREES``: assay and calls do not fit
    together, and neither decides. ``REFERENCE``: it read whole exons without a change.
    """

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    FOUND = "found"
    DISAGREES = "disagrees"
    REFERENCE = "reference"


class OutsideCall(Struct, frozen=True):
    """One row of an outside-call file: another assay's word on one allele, or on exons, of one sample.

    ``variant`` is a name of an allele as it was written, or exons (``exons 11-15``, with the verdict reference only);
    ``zygosity`` as that assay found it. ``key`` is the allele's in the person's build, empty until the name was read.
    """

    sample: str
    gene: Gene
    variant: str
    verdict: OutsideVerdict
    method: str
    laboratory: str
    dated: str
    zygosity: str
    file: str
    line: int
    key: str = ""

    @property
    def told(self) -> str:
        """The assay with who did it and when, as it is printed."""
        return f"{self.method} ({', '.join(part for part in (self.laboratory, self.dated) if part)})"


class Dose(StrEnum):
    """How many copies of an exon an assay counts, against how many a person of this sex has.

    ``ONE_LOST`` only where two are expected; ``OPEN`` where the numbers fit no count.
    """

    NONE_LEFT = "none_left"
    ONE_LOST = "one_lost"
    EXPECTED = "expected"
    GAINED = "gained"
    OPEN = "open"


class ExonDose(Struct, frozen=True):
    """The dose of one exon (MANE Select numbering), the probes it rests on, and the copies where they were counted."""

    exon: int
    dose: Dose
    probes: int
    copies: int | None = None


class ExonCounts(Struct, frozen=True):
    """Exon doses of one gene of one person, as an MLPA table gives them; ``word`` holds who found it when."""

    word: OutsideCall
    exons: tuple[ExonDose, ...]


class Copy(StrEnum):
    """What a phased haplotype was assigned to."""

    GENE = "gene"
    PSEUDOGENE = "pseudogene"
    UNKNOWN = "unknown"


class Haplotype(Struct, frozen=True):
    """One phased copy of a gene or its pseudogene, in coordinates of the gene.

    ``changes`` are substitutions only (position, REF, ALT); ``deleted`` when it carries the 11.7-kb deletion of IKBKG.
    """

    name: str
    copy: Copy
    copies: int
    start: int
    end: int
    changes: frozenset[tuple[int, str, str]]
    deleted: bool


class Haplotypes(Struct, frozen=True):
    """The phased copies of a gene and its pseudogene from long reads; ``gene_copies`` is None where not decided."""

    word: OutsideCall
    build: Build
    gene_copies: int | None
    haplotypes: tuple[Haplotype, ...]


class Outside(Struct, frozen=True):
    """Everything other assays say of one person, with remarks on what could not be used."""

    calls: tuple[OutsideCall, ...] = ()
    counts: tuple[ExonCounts, ...] = ()
    haplotypes: tuple[Haplotypes, ...] = ()
    problems: tuple[Problem, ...] = ()


def failed_intake(person: Person, problems: tuple[Problem, ...]) -> PersonIntake:
    """The intake of a person whose file could not be used."""
    return PersonIntake(
        person=person,
        verdict=None,
        calls=(),
        no_calls=(),
        reference=(),
        assessment=(),
        ledger=(),
        problems=problems,
        contigs_seen=(),
        has_reference_evidence=False,
        cut_digest="",
        failed=True,
    )
