"""Parents in a document: shown only as far as they agreed, and never reference without evidence."""

import json

import msgspec
import pytest

from higm_annot.intake.types import Call, Genotype, Place, ReferenceStretch, Slot, Support
from higm_annot.interpretation.types import ConclusionCode
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Contig, Gene
from higm_annot.report.types import encode

REF = Slot.REF
GENOTYPES = {
    "0/1": (REF, Slot.ALT),
    "1/1": (Slot.ALT, Slot.ALT),
    "1": (Slot.ALT,),
    "./1": (Slot.MISSING, Slot.ALT),
    "0/0": (REF, REF),
    "./.": (Slot.MISSING, Slot.MISSING),
}


def parent(made, name, raw, *, consent=True, secondary=False, depth=40, contig=None, **cells):
    """A parent whose file has one record at the place of an allele, or none."""
    plain = made.intake(sample="parent", consent_family=consent, consent_secondary=secondary, affected="no", **cells)
    if raw is None:
        return plain
    one = made.allele(name)
    place = Place("/data/parent.vcf", 3, contig or f"chr{one.contig}", one.pos, one.ref, (one.alt,))
    call = Call(one, Genotype(raw, GENOTYPES[raw], phased=False), Support(depth, genotype_quality=99.0), place, 1)
    if raw == "./.":
        return msgspec.structs.replace(plain, no_calls=(call,))
    reference = ()
    if raw == "0/0":
        end = one.pos + len(one.ref) - 1
        reference = (ReferenceStretch(one.contig, one.pos, end, depth, 99.0, "call"),)
    return msgspec.structs.replace(plain, calls=(call,), reference=reference)


def document(made, name="frameshift", *, gene=Gene.CD40LG, code=ConclusionCode.DISEASE_GENOTYPE, **more):
    return made.report(name, conclusions=(made.conclusion(code, name, gene=gene),), panel=load_panel(), **more)


def told(made, raw, name="frameshift", role="mother", *, gene=Gene.CD40LG, unplaced=(), **more):
    relative = parent(made, name, raw, **more)
    report = document(made, name, gene=gene, unplaced=unplaced, relatives={role: relative})
    (block,) = report.pedigree
    return block.genotypes.get(made.allele(name).key)


@pytest.mark.parametrize(
    ("raw", "depth", "state"),
    [
        ("0/1", 40, "het"),
        ("1/1", 40, "hom"),
        ("./1", 40, "half_call"),
        ("./.", 40, "no_call"),
        ("0/0", 40, "hom_ref"),
        ("0/0", 2, "no_record"),
        (None, 40, "no_record"),
    ],
)
def test_a_mothers_state_is_what_her_file_shows(made, raw, depth, state):
    assert told(made, raw, depth=depth) == state


def test_a_block_of_reference_shows_the_absence(made):
    one = made.allele("frameshift")
    block = ReferenceStretch(Contig.CHRX, one.pos - 50, one.pos + 50, 40, 99.0, "block")
    relative = msgspec.structs.replace(parent(made, "frameshift", None), reference=(block,))
    (shown,) = document(made, relatives={"mother": relative}).pedigree
    assert shown.genotypes == {one.key: "hom_ref"}


def test_the_role_tells_the_sex(made):
    assert told(made, "1", role="father") == "hemi"
    assert told(made, "0/1", role="father", sex="unknown") == "het_in_male"
    assert told(made, "1/1", role="mother", sex="unknown") == "hom"


@pytest.mark.parametrize("raw", ["0/0", None])
def test_reads_that_look_like_reference_say_nothing_where_a_pseudogene_is(made, raw):
    given = {"name": "lynch", "gene": Gene.PMS2, "secondary": True}
    assert told(made, raw, unplaced=("lynch",), **given) == "not_placed"
    assert told(made, "0/1", unplaced=("lynch",), **given) == "het"


@pytest.mark.parametrize("raw", [*GENOTYPES, None])
def test_without_consent_a_parent_is_an_outline_whatever_the_genotype(made, raw):
    relatives = {"mother": parent(made, "frameshift", raw, consent=False)}
    report = document(made, relatives=relatives)
    (block,) = report.pedigree
    assert (block.role, block.shown, block.affected, block.genotypes) == ("mother", False, "", {})


@pytest.mark.parametrize("raw", ["0/1", "0/0", None])
def test_a_pms2_allele_also_needs_consent_to_secondary_findings(made, raw):
    assert told(made, raw, "lynch", gene=Gene.PMS2) is None
    assert told(made, raw, "lynch", gene=Gene.PMS2, secondary=True) is not None


def test_only_alleles_that_a_conclusion_names_are_asked_about(made):
    conclusions = made.boy_conclusions()
    report = made.report(
        "frameshift", "common", conclusions=conclusions, panel=load_panel(),
        relatives={"mother": parent(made, "common", "0/1")},
    )  # fmt: skip
    assert set(report.pedigree[0].genotypes) == {made.allele("frameshift").key}


@pytest.mark.parametrize("raw", ["0/1", "0/0", None])
def test_a_withheld_allele_is_not_told_of_a_parent_either(made, raw):
    mother = parent(made, "lynch", raw, secondary=True)
    conclusions = (made.conclusion(ConclusionCode.DISEASE_GENOTYPE, "frameshift"),)
    common = {"conclusions": conclusions, "relatives": {"mother": mother}, "panel": load_panel()}
    with_ = made.report("frameshift", "lynch", withheld=("lynch",), **common)
    assert encode(with_) == encode(made.report("frameshift", **common))
    assert made.allele("lynch").key not in encode(with_).decode()


def test_a_parent_whose_file_cannot_serve_is_an_outline(made):
    report = document(made, mother="somebody", father="else", relatives={"father": parent(made, "frameshift", None)})
    assert [(block.role, block.shown) for block in report.pedigree] == [("mother", False), ("father", True)]
    assert "somebody" not in json.dumps(json.loads(encode(report)))


def test_no_parent_no_pedigree(made):
    assert document(made).pedigree == ()


def test_affected_status_is_told_with_consent(made):
    (block,) = document(made, relatives={"mother": parent(made, "frameshift", "0/1")}).pedigree
    assert (block.affected, block.shown) == ("no", True)
