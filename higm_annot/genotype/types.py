"""Values of the genotype room."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from higm_annot.intake.types import Affected, Call
from higm_annot.problems import Problem
from higm_annot.reference.types import Gene


class Zygosity(StrEnum):
    """State of one allele in one person.

    ``HET_IN_MALE``: two different alleles called where a male has one copy; flagged, never made hemizygous.
    ``HEMI_OR_HOM``: only this allele called on X and the sex unknown, so both readings are kept.
    ``HAPLOID_UNEXPECTED``: one allele called where two are expected (autosome, or X of a female).
    ``HALF_CALL``: one copy seen, another not called.
    """

    HET = "het"
    HOM = "hom"
    HEMI = "hemi"
    HET_IN_MALE = "het_in_male"
    HET_SEX_UNKNOWN = "het_sex_unknown"
    HEMI_OR_HOM = "hemi_or_hom"
    HAPLOID_UNEXPECTED = "haploid_unexpected"
    POLYPLOID = "polyploid"
    HALF_CALL = "half_call"
    NO_CALL = "no_call"
    HOM_REF = "hom_ref"


OPEN_ZYGOSITIES = frozenset({Zygosity.HALF_CALL, Zygosity.HAPLOID_UNEXPECTED, Zygosity.POLYPLOID})


class Origin(StrEnum):
    """Which parent an allele came from, as far as the parents' genotypes show."""

    MATERNAL = "maternal"
    PATERNAL = "paternal"
    BOTH = "both"
    NEITHER_CALLED = "apparently_de_novo"
    UNKNOWN = "unknown"


class State(Struct, frozen=True):
    """One allele in one person: its zygosity, why, and what to know about the call.

    ``reasons`` and ``flags`` are codes of the text table. ``readings`` are the possible meanings in plain
    genetics (``("hemi",)``, ``("hemi", "hom")``) when more than one must be kept. ``parts`` are the keys of the alleles
    that are read as this one, empty for an allele as called. ``opposite`` is the key of the deletion that takes the
    other copy away.
    """

    gene: Gene
    call: Call
    zygosity: Zygosity
    readings: tuple[Zygosity, ...]
    reasons: tuple[str, ...]
    flags: tuple[str, ...]
    origin: Origin
    parts: tuple[str, ...] = ()
    opposite: str = ""


class PhaseVerdict(StrEnum):
    """Relation of two alleles of a gene in one person."""

    TRANS = "in_trans"
    CIS = "in_cis"
    UNKNOWN = "unknown"


# Bases that tell how two alleles lie that are each on one of two copies.
BETWEEN_HETS = frozenset({"phase_set", "whole_file", "transmission", "parents", "same_site", "one_copy"})


class PairPhase(Struct, frozen=True):
    """Phase of two alleles (by key) with the evidence it rests on.

    ``basis``: ``phase_set`` (one set of the file), ``whole_file`` (the file says that all of it is phased, and not
    how), ``transmission`` (it says that the parents' genotypes phased it), ``parents`` (compared here), ``same_site``
    (two alternates at one place, or a deletion and an allele on the copy that it leaves), ``homozygous`` (one of them
    is on both copies), ``other_copy`` (one of the copies carries another change beside what both carry), ``one_copy``
    (both are hemizygous, or opposite one deletion) or ``conflict`` (the file's phase and the parents disagree).
    """

    first: str
    second: str
    verdict: PhaseVerdict
    basis: str


class SexVerdict(StrEnum):
    """What the calls say about the declared sex.

    The loci alone, two small stretches of X, can contradict a declared sex, never prove one: ``AGREES`` is said only of
    the whole X, where it was looked at.
    """

    AGREES = "agrees"
    IN_CONFLICT = "in_conflict"
    NOT_TESTABLE = "not_testable"


class Role(StrEnum):
    """What somebody is to the person; ``PARTNER`` is the other parent of a child.

    ``SIBLING`` shares both parents; ``MATERNAL_SIBLING`` and ``PATERNAL_SIBLING`` share one, and the other is another
    person or not known.
    """

    MOTHER = "mother"
    FATHER = "father"
    SIBLING = "sibling"
    MATERNAL_SIBLING = "maternal_sibling"
    PATERNAL_SIBLING = "paternal_sibling"
    CHILD = "child"
    PARTNER = "partner"
    MATERNAL_GRANDMOTHER = "maternal_grandmother"
    MATERNAL_GRANDFATHER = "maternal_grandfather"
    PATERNAL_GRANDMOTHER = "paternal_grandmother"
    PATERNAL_GRANDFATHER = "paternal_grandfather"


class SeenState(StrEnum):
    """What a relative's file shows at an allele: a state of the allele, or how far its absence is shown.

    ``HOM_REF``: reference, measured with depth and quality that suffice. ``STATED_REF``: called as reference without
    them. ``ALTERNATE_READS``: called as reference, although several reads show an alternate.
    ``NOT_PLACED``: reads that look like reference, where a pseudogene has the same sequence.
    """

    HET = "het"
    HOM = "hom"
    HEMI = "hemi"
    HET_IN_MALE = "het_in_male"
    HET_SEX_UNKNOWN = "het_sex_unknown"
    HEMI_OR_HOM = "hemi_or_hom"
    HAPLOID_UNEXPECTED = "haploid_unexpected"
    POLYPLOID = "polyploid"
    HALF_CALL = "half_call"
    NO_CALL = "no_call"
    HOM_REF = "hom_ref"
    STATED_REF = "stated_ref"
    ALTERNATE_READS = "alternate_reads"
    NO_RECORD = "no_record"
    NOT_PLACED = "not_placed"


_NOT_CARRIED = frozenset(
    {
        SeenState.NO_CALL,
        SeenState.HOM_REF,
        SeenState.STATED_REF,
        SeenState.ALTERNATE_READS,
        SeenState.NO_RECORD,
        SeenState.NOT_PLACED,
    }
)


class Seen(Struct, frozen=True):
    """What a file shows at an allele, and how that is known.

    ``basis``: ``call`` (the genotype as written), ``reference_evidence``, ``called_without_depth``,
    ``alternate_reads``, ``no_evidence`` or ``paralogue``. ``alt_reads`` are the alternate reads at a reference call,
    None where they are not counted.
    """

    state: SeenState
    basis: str
    alt_reads: int | None = None

    @property
    def carried(self) -> bool:
        """Whether the allele is called on at least one copy."""
        return self.state not in _NOT_CARRIED

    @property
    def reference(self) -> bool:
        """Whether the place was called as reference, measured or not, and its reads do not say otherwise."""
        return self.state in (SeenState.HOM_REF, SeenState.STATED_REF)


class DeNovo(StrEnum):
    """How well an allele is shown to be in neither parent (of a son's X: not in his mother).

    ``MEASURED``: depth and quality suffice and no read shows it. ``CALLED``: called as reference, reads not counted, or
    a single one. ``ALTERNATE_READS``: some reads of a parent show it. ``NO_EVIDENCE``: it is called in no parent, and
    one of them was not shown to be reference. ``NO``: a parent carries it, or was not tested. ``SHARED``: the parents
    were called as reference, and a sibling who agreed to have it told carries it too, so it is not new in this person.
    """

    NO = ""
    MEASURED = "parents_measured"
    CALLED = "parents_called_reference"
    ALTERNATE_READS = "alternate_reads_in_parent"
    NO_EVIDENCE = "parents_without_evidence"
    SHARED = "sibling_carries_it_too"


class Segregation(Struct, frozen=True):
    """Tested relatives by clinical status and copies of an allele; ``open`` are all the others. Counts, and no verdict.

    ``all``: on both copies, or on a male's only X. ``none``: reference, measured.
    """

    affected_all: int = 0
    affected_one: int = 0
    affected_none: int = 0
    unaffected_all: int = 0
    unaffected_one: int = 0
    unaffected_none: int = 0
    open: int = 0


class Kin(Struct, frozen=True):
    """A tested relative by blood at an allele: who, clinical status as stated, and what was seen.

    ``role`` as it is told (``maternal_brother``); ``told``: the relative agreed to have this gene's genotype told.
    """

    sample: str
    role: str
    affected: Affected
    seen: Seen
    told: bool


class AlleleInFamily(Struct, frozen=True):
    """What the family shows of an allele that the person carries.

    ``mother`` and ``father`` are None where that parent was not tested or the file cannot serve; ``…_agrees``: that
    parent's genotype in this gene may be told in the report. ``one_parent_only``: on both copies of the child, in one
    parent, and shown to be absent from the other. ``kin`` are born relatives by blood, each once.
    """

    key: str
    mother: Seen | None
    father: Seen | None
    mother_agrees: bool
    father_agrees: bool
    de_novo: DeNovo
    one_parent_only: bool
    segregation: Segregation
    kin: tuple[Kin, ...] = ()


class Obligate(Struct, frozen=True):
    """An allele that the person must carry by the pedigree, with the reason (``why.obligate_*``).

    ``own`` is what the person's own file shows there.
    """

    key: str
    gene: Gene
    basis: str
    own: Seen


class FamilyFacts(Struct, frozen=True):
    """What the family adds to a person's genotypes."""

    alleles: tuple[AlleleInFamily, ...] = ()
    obligate: tuple[Obligate, ...] = ()

    def of(self, key: str) -> AlleleInFamily | None:
        """What the family shows of an allele."""
        return next((one for one in self.alleles if one.key == key), None)


class PersonGenotypes(Struct, frozen=True):
    """All states of one person, with the phase of every pair of carried alleles within a gene.

    ``phases`` may name alleles in either order. ``sex_observed`` is ``one_copy_of_x``,
    ``two_copies_of_x``, ``unclear_copies_of_x`` or ``not_testable``.
    ``problems`` are about this person's sex and relatives; those for the laboratory only forbid a release. ``family``
    is what relatives add. ``doubted`` are the parents (by role) whose stated relation the genotypes speak against, so
    that nothing here rests on them; ``exchanged_with`` the one whose sample may have been exchanged with this person's.
    """

    states: tuple[State, ...]
    phases: tuple[PairPhase, ...]
    sex_observed: str = "not_testable"
    sex_verdict: SexVerdict = SexVerdict.NOT_TESTABLE
    problems: tuple[Problem, ...] = ()
    family: FamilyFacts = FamilyFacts()
    doubted: frozenset[str] = frozenset()
    exchanged_with: str = ""
