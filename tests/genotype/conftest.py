"""People built by hand: calls as intake would hand them on."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from higm_annot.intake.types import (
    Allele,
    BuildVerdict,
    Call,
    Genotype,
    Person,
    PersonIntake,
    Place,
    ReferenceStretch,
    Sex,
    Slot,
    Support,
)
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig

SITES = {  # places outside and inside the firewall, by name
    "CD40LG": ("X", 136654423, "G", "A"),
    "CD40LG2": ("X", 136659284, "G", "A"),
    "CD40LG3": ("X", 136648355, "T", "A"),
    "CD40": ("20", 46122349, "T", "C"),
    "AICDA": ("12", 8605308, "G", "A"),
    "AICDA2": ("12", 8604313, "G", "A"),
    "AICDA3": ("12", 8606849, "C", "T"),
    "UNG": ("12", 109098000, "C", "T"),
    "IKBKG10": ("X", 154564450, "T", "C"),
    "PMS2_6": ("7", 6000000, "G", "A"),
    "PMS2_11": ("7", 5986763, "T", "C"),
}


def genotype(raw: str, index: int = 1, phase_set: str | None = None) -> Genotype:
    """A GT field as intake reads it, seen from ALT number ``index``."""
    parts = raw.replace("|", "/").split("/")
    slots = tuple(
        Slot.MISSING if p == "." else Slot.REF if p == "0" else Slot.ALT if p == str(index) else Slot.OTHER
        for p in parts
    )
    phased = "|" in raw and "/" not in raw and Slot.MISSING not in slots and len(slots) > 1
    others = tuple(sorted({int(p) for p, slot in zip(parts, slots, strict=True) if slot is Slot.OTHER}))
    return Genotype(raw, slots, phased, phase_set, others=others)


def call(
    site: str,
    raw: str,
    *,
    index: int = 1,
    alts: Sequence[str] = (),
    phase_set: str | None = None,
    support: Support | None = None,
    file: str = "family.vcf",
    line: int = 0,
    build: Build = Build.GRCH38,
) -> Call:
    contig, pos, ref, alt = SITES[site]
    alts = tuple(alts) or (alt,)
    alt = alts[index - 1]
    return Call(
        allele=Allele(build, Contig(contig), pos, ref, alt, pos + len(ref) - 1),
        genotype=genotype(raw, index, phase_set),
        support=support or Support(),
        place=Place(file, line, contig, pos, ref, alts),
        alt_index=index,
    )


def stretch(site: str, depth: int | None = 30, quality: float | None = 60.0) -> ReferenceStretch:
    contig, pos, ref, _ = SITES[site]
    return ReferenceStretch(Contig(contig), pos, pos + len(ref) - 1, depth, quality, "call")


def intake(
    calls: Sequence[Call] = (),
    *,
    no_calls: Sequence[Call] = (),
    reference: Sequence[ReferenceStretch] = (),
    sex: Sex = Sex.FEMALE,
    build: Build = Build.GRCH38,
    sample: str = "S",
    **person: object,
) -> PersonIntake:
    return PersonIntake(
        person=Person(sample, "family.vcf", sample, sex=sex, **person),
        verdict=BuildVerdict(build, ()),
        calls=tuple(calls),
        no_calls=tuple(no_calls),
        reference=tuple(reference),
        assessment=(),
        ledger=(),
        problems=(),
        contigs_seen=(),
        has_reference_evidence=False,
        cut_digest="",
    )


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """Builders: ``genotype``, ``call``, ``stretch``, ``intake``, and the panel."""
    return SimpleNamespace(
        genotype=genotype, call=call, stretch=stretch, intake=intake, sites=SITES, panel=load_panel()
    )
