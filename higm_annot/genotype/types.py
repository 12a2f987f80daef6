"""Values of the genotype room."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from higm_annot.intake.types import Call
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
    that are read as this one, empty for an allele as called.
    """

    gene: Gene
    call: Call
    zygosity: Zygosity
    readings: tuple[Zygosity, ...]
    reasons: tuple[str, ...]
    flags: tuple[str, ...]
    origin: Origin
    parts: tuple[str, ...] = ()


class PhaseVerdict(StrEnum):
    """Relation of two alleles of a gene in one person."""

    TRANS = "in_trans"
    CIS = "in_cis"
    UNKNOWN = "unknown"


class PairPhase(Struct, frozen=True):
    """Phase of two alleles (by key) with the evidence it rests on.

    ``basis``: ``phase_set``, ``parents``, ``same_site`` (two alternates at one place), ``homozygous`` (one of them is
    on both copies), ``one_copy`` (both are hemizygous), ``conflict`` (phase set and parents disagree) or ``none``.
    """

    first: str
    second: str
    verdict: PhaseVerdict
    basis: str


class SexVerdict(StrEnum):
    """What the calls at the loci say about the declared sex.

    Two small stretches of X can contradict a declared sex, never prove one: there is no "agrees".
    """

    IN_CONFLICT = "in_conflict"
    NOT_TESTABLE = "not_testable"


class PersonGenotypes(Struct, frozen=True):
    """All states of one person, with the phase of every pair of carried alleles within a gene.

    ``phases`` may name alleles in either order. ``sex_observed`` is ``two_copies_of_x`` or ``not_testable``.
    ``problems`` are about this person's sex and relatives; those for the laboratory only forbid a release.
    """

    states: tuple[State, ...]
    phases: tuple[PairPhase, ...]
    sex_observed: str = "not_testable"
    sex_verdict: SexVerdict = SexVerdict.NOT_TESTABLE
    problems: tuple[Problem, ...] = ()
