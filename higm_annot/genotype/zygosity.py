"""Zygosity: what the written genotype of one allele means, given the contig and the declared sex.

Only the slots of the genotype (what each copy carries, exactly as the file says) decide. The whole table is written
out in ``tests/genotype/zygosity.tsv``. Nothing is repaired: a male with two different alleles on X stays a male with
two different alleles on X, and a copy that was not called is never taken for reference.
"""

from __future__ import annotations

from msgspec import Struct

from higm_annot.genotype.types import Zygosity
from higm_annot.intake.types import Count, Genotype, Sex, Slot

COUNT_CONTRADICTS = "copies_contradict_genotype"  # a reason and a flag


class Reading(Struct, frozen=True):
    """A zygosity with the meanings kept open, and codes for its reasons (``state.*``) and flags (``flag.*``)."""

    zygosity: Zygosity
    readings: tuple[Zygosity, ...]
    reasons: tuple[str, ...]
    flags: tuple[str, ...] = ()


def read_zygosity(  # noqa: PLR0911 - one return for each rule
    genotype: Genotype, sex: Sex, *, sex_linked: bool, pseudogene_twin: bool = False, count: Count = Count.NONE
) -> Reading | None:
    """Zygosity of the allele a genotype is seen from.

    Parameters
    ----------
    genotype
        The GT field seen from this ALT.
    sex
        Sex as declared.
    sex_linked
        Whether the place is on X outside the pseudoautosomal regions, as every X locus of the panel is.
    pseudogene_twin
        Whether the place has a near-identical pseudogene on the same contig (IKBKG exons 3-10): a male then has two
        copies of the sequence, so two different alleles are the expected picture of "gene or pseudogene".
    count
        What the copies counted said; where they contradict the genotype, neither is followed.

    Returns
    -------
    Reading or None
        None when every copy is called and none carries this allele or is all reference: another allele of the record
        was called and there is nothing to say of this one.
    """
    if count is Count.CONTRADICTS:
        return Reading(Zygosity.HALF_CALL, (), (COUNT_CONTRADICTS,), (COUNT_CONTRADICTS,))
    slots = genotype.slots
    copies = genotype.copies
    missing = slots.count(Slot.MISSING)
    if missing == len(slots):
        return Reading(Zygosity.NO_CALL, (), ("no_call",))
    if copies == 0:
        return _not_carried(slots, missing)
    other = ("two_alternates",) if Slot.OTHER in slots else ()
    if len(slots) > 2:
        return Reading(Zygosity.POLYPLOID, (), ("more_than_two_copies_written", *other), ("polyploid",))
    if missing:
        return Reading(
            Zygosity.HALF_CALL, _half_call_readings(sex, sex_linked=sex_linked), ("half_call",), ("half_call",)
        )
    if len(slots) == 1:
        return _haploid(sex, sex_linked=sex_linked)
    if copies == 2:
        return _two_copies(sex, sex_linked=sex_linked)
    return _one_of_two(sex, other, sex_linked=sex_linked, pseudogene_twin=pseudogene_twin)


def _not_carried(slots: tuple[Slot, ...], missing: int) -> Reading | None:
    if missing:
        return Reading(Zygosity.HALF_CALL, (), ("half_call_without_allele",), ("half_call",))
    if set(slots) == {Slot.REF}:
        return Reading(Zygosity.HOM_REF, (Zygosity.HOM_REF,), ("called_reference",))
    return None


def _half_call_readings(sex: Sex, *, sex_linked: bool) -> tuple[Zygosity, ...]:
    if not sex_linked or sex is Sex.FEMALE:
        return (Zygosity.HET, Zygosity.HOM)
    if sex is Sex.MALE:
        return (Zygosity.HEMI, Zygosity.HET_IN_MALE)
    return (Zygosity.HEMI, Zygosity.HET, Zygosity.HOM, Zygosity.HET_IN_MALE)


def _haploid(sex: Sex, *, sex_linked: bool) -> Reading:
    if sex_linked and sex is Sex.MALE:
        return Reading(Zygosity.HEMI, (Zygosity.HEMI,), ("one_copy_of_x",))
    if sex_linked and sex is Sex.UNKNOWN:
        return Reading(
            Zygosity.HEMI_OR_HOM, (Zygosity.HEMI, Zygosity.HOM), ("sex_unknown", "haploid_written"), ("sex_unknown",)
        )
    return Reading(
        Zygosity.HAPLOID_UNEXPECTED,
        (Zygosity.HET, Zygosity.HOM, Zygosity.HEMI),
        ("haploid_where_two_expected",),
        ("haploid_unexpected",),
    )


def _two_copies(sex: Sex, *, sex_linked: bool) -> Reading:
    if not sex_linked:
        return Reading(Zygosity.HOM, (Zygosity.HOM,), ("both_copies_carry_it",))
    if sex is Sex.MALE:
        return Reading(Zygosity.HEMI, (Zygosity.HEMI,), ("one_copy_of_x", "diploid_written"))
    if sex is Sex.FEMALE:
        return Reading(Zygosity.HOM, (Zygosity.HOM,), ("both_copies_carry_it",))
    return Reading(Zygosity.HEMI_OR_HOM, (Zygosity.HEMI, Zygosity.HOM), ("sex_unknown",), ("sex_unknown",))


def _one_of_two(sex: Sex, other: tuple[str, ...], *, sex_linked: bool, pseudogene_twin: bool) -> Reading:
    if not sex_linked or sex is Sex.FEMALE:
        return Reading(Zygosity.HET, (Zygosity.HET,), ("one_of_two_copies", *other))
    if sex is Sex.MALE:
        flag = "gene_or_pseudogene" if pseudogene_twin else "het_in_male"
        return Reading(Zygosity.HET_IN_MALE, (Zygosity.HET_IN_MALE,), ("two_alleles_on_one_x", *other), (flag,))
    return Reading(
        Zygosity.HET_SEX_UNKNOWN,
        (Zygosity.HET, Zygosity.HET_IN_MALE),
        ("sex_unknown", "one_of_two_copies", *other),
        ("sex_unknown",),
    )
