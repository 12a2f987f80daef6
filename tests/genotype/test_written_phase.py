"""Phase as files write it: sets, names of copies, bars, deletions; and what may be relabelled without any effect.

Tests named after a thread of another program hold the failure that it tells of.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from higm_annot.genotype.resolve import resolve
from higm_annot.genotype.types import PhaseVerdict
from higm_annot.genotype.witness import Witnesses
from higm_annot.intake.read import read_file
from higm_annot.intake.types import Person, Sex
from higm_annot.problems import Audience

FIRST, SECOND = ("12", 8605308, "G", "A"), ("12", 8604313, "G", "A")
ON_X = ("X", 136654423, "G", "A")
UNKNOWN = ("unknown", "none")
TRANSMITTED = "##GATKCommandLine.PhaseByTransmission=<ID=PhaseByTransmission,Version=3.8>"


def column(pos, ref, alt, field, text, alts=""):
    return ("12", pos, ref, alts or alt, text, {"format": field})


def resolved(path, panel, sample="S1", sex=Sex.FEMALE):
    (intake,) = read_file(path, (Person(sample, path, sample, sex=sex),), panel)
    assert not intake.failed, intake.problems
    return resolve(intake, None, None, Witnesses(panel))


def only_pair(found):
    assert len(found.phases) <= 1
    return (found.phases[0].verdict, found.phases[0].basis) if found.phases else UNKNOWN


def without_sets(path):
    """The fixture declares PS in every file."""
    text = Path(path).read_text()
    Path(path).write_text("".join(line for line in text.splitlines(True) if not line.startswith("##FORMAT=<ID=PS,")))
    return path


@pytest.fixture
def two(make, make_vcf):
    """``two(format, first, second, header=…, sets=False)``: verdict and basis for two changes of one gene."""

    def pair_(field, first, second, header=(), *, other_field="", sets=True):
        rows = [
            column(*SECOND[1:], other_field or field, second),
            column(*FIRST[1:], field, first),
        ]
        path = make_vcf("two.vcf", rows, header=header)
        return only_pair(resolved(path if sets else without_sets(path), make.panel))

    return pair_


CIS, TRANS = ("in_cis", "phase_set"), ("in_trans", "phase_set")


@pytest.mark.parametrize(
    ("field", "first", "second", "expected"),
    [
        ("GT:PS", "0|1:7", "0|1:7", CIS),
        ("GT:PS", "0|1:7", "1|0:7", TRANS),
        ("GT:PS", "0|1:7", "1|0:8", UNKNOWN),
        ("GT:PS", "0|1:7", "1|0:.", UNKNOWN),
        ("GT:PS", "0|1", "1|0", UNKNOWN),
        ("GT:PS", "|0|1:7", "|1|0:7", TRANS),
        # one copy only stated as phased: PS does not say which copy it means
        ("GT:PS", "/0|1:7", "|1|0:7", UNKNOWN),
        ("GT:PS", "0/1:7", "1|0:7", UNKNOWN),
        ("GT:PS", ".|1:7", "1|0:7", UNKNOWN),
        ("GT:PS", "1:7", "1|0:7", UNKNOWN),
        ("GT:PS", "0|0|1:7", "1|0:7", UNKNOWN),
        ("GT:PGT:PID", "0/1:0|1:7_G_A", "0/1:1|0:7_G_A", TRANS),
        ("GT:PGT:PID", "0/1:0|1:7_G_A", "0/1:0|1:7_G_A", CIS),
        ("GT:PGT:PID", "0/1:0|1:7_G_A", "0/1:0|1:9_G_A", UNKNOWN),
        ("GT:PGT:PID", "0/1:0|1:7_G_A", "0/1:.:7_G_A", UNKNOWN),
        ("GT:PGT:PID", "0|1:0|1:7_G_A", "1|0:1|0:7_G_A", TRANS),
        ("GT:HP", "0/1:7-1,7-2", "0/1:7-1,7-2", CIS),
        ("GT:HP", "0/1:7-1,7-2", "0/1:7-2,7-1", TRANS),
        ("GT:HP", "0/1:7-1,7-2", "1/0:7-1,7-2", TRANS),
        ("GT:HP", "0/1:7-1,7-2", "0/1:9-1,9-2", UNKNOWN),
        ("GT:HP", "0|1:7-1,7-2", "1|0:9-1,9-2", UNKNOWN),
        ("GT:HP", "0/1:7-1,7-2", "0/1:.", UNKNOWN),
        ("GT:HP", "0/1:2", "0/1:2", UNKNOWN),
        ("GT:PSL", "|0|1:a,b", "|0|1:a,b", CIS),
        ("GT:PSL", "|0|1:a,b", "|1|0:a,b", TRANS),
        ("GT:PSL", "|0|1:a,b", "|0|1:b,a", TRANS),
        # one copy named in each: the same copy carries both
        ("GT:PSL", "/0|1:.,b", "/0|1:.,b", CIS),
        # the named copy carries the first allele and not the second
        ("GT:PSL", "/0|1:.,b", "|0/1:b,.", TRANS),
        ("GT:PSL", "|0/1:b,.", "|0/1:b,.", UNKNOWN),
        ("GT:PSL", "/0|1:.,b", "/0|1:.,c", UNKNOWN),
        ("GT:PSL", "|0|1:a,b", "|0|1:b,b", UNKNOWN),
        ("GT:PSL", "0/1:.,.", "0/1:.,.", UNKNOWN),
        ("GT", "0|1", "1|0", UNKNOWN),
        ("GT", "1|1", "0/1", ("in_trans", "homozygous")),
    ],
)
def test_sets_and_names_of_copies(two, field, first, second, expected):
    assert two(field, first, second) == expected


def test_a_name_of_one_field_is_no_name_of_another(two):
    assert two("GT:PSL", "|0|1:7-1,7-2", "0/1:7-1,7-2", other_field="GT:HP") == UNKNOWN
    assert two("GT:PS", "0|1:7", "|0|1:7,8", other_field="GT:PSL") == UNKNOWN


@pytest.mark.parametrize(
    ("header", "sets", "expected"),
    [
        ((), False, UNKNOWN),
        ((TRANSMITTED,), False, ("in_trans", "transmission")),
        (("##phasing=full",), False, ("in_trans", "whole_file")),
        (("##phasing=partial",), False, UNKNOWN),
        # a file with a field for sets says with it what belongs together
        ((TRANSMITTED,), True, UNKNOWN),
        (("##phasing=full", "##source=SHAPEIT5"), False, UNKNOWN),
        (("##phasing=full", '##source="beagle.22Jul22.46e.jar (version 5.4)"'), False, UNKNOWN),
    ],
)
def test_a_bar_without_a_set(two, header, sets, expected):
    assert two("GT", "0|1", "1|0", header, sets=sets) == expected
    if expected != UNKNOWN:
        assert two("GT", "0|1", "0|1", header, sets=sets) == ("in_cis", expected[1])
        assert two("GT", "0|1", "0/1", header, sets=sets) == UNKNOWN


DELETION = ("12", 8605306, None, None)


def over(make, make_vcf, deletion, small, alts="A,*", more=()):
    """The pair of a deletion and a change at a place that it takes away."""
    piece = next(one.slices for one in make.panel.loci.values() if one.gene == "AICDA")["GRCh38"]
    pos = FIRST[1]
    gone = piece.bases(pos - 2, pos + 3)
    rows = [("12", pos - 2, gone, gone[0], deletion), *more, ("12", pos, piece.bases(pos, pos), alts, small)]
    return resolved(make_vcf("over.vcf", rows), make.panel)


def test_an_allele_whose_other_copy_is_deleted_lies_opposite_the_deletion(make, make_vcf):
    found = over(make, make_vcf, "0/1", "1/2")
    assert only_pair(found) == ("in_trans", "same_site")
    (small,) = [
        state for state in found.states if not state.call.allele.ref.startswith("TG") and "*" in state.call.place.alts
    ]
    assert small.reasons == ("one_of_two_copies", "other_copy_deleted")


def test_one_copy_written_under_a_deletion_lies_opposite_it(make, make_vcf):
    assert only_pair(over(make, make_vcf, "0/1", "1", alts="A")) == ("in_trans", "same_site")


def test_two_deletions_that_may_be_meant_leave_the_other_copy_open(make, make_vcf):
    piece = next(one.slices for one in make.panel.loci.values() if one.gene == "AICDA")["GRCh38"]
    pos = FIRST[1]
    gone = piece.bases(pos - 1, pos + 2)
    found = over(make, make_vcf, "0/1", "1/2", more=[("12", pos - 1, gone, gone[0], "0/1")])
    (small,) = [state for state in found.states if "*" in state.call.place.alts]
    assert small.zygosity == "half_call"
    assert not [pair for pair in found.phases if small.call.allele.key in (pair.first, pair.second)]


def test_seqr_2508_a_call_of_two_copies_over_a_deletion_is_on_the_copy_that_is_left(make, make_vcf):
    """Callers of small variants write 1/1 there: every read shows the allele, and one copy gives reads."""
    found = over(make, make_vcf, "0/1", "1/1", alts="A")
    (small,) = [state for state in found.states if state.call.allele.alt == "A"]
    assert (small.zygosity, small.reasons, small.flags) == ("het", ("one_of_two_copies", "other_copy_deleted"), ())
    assert small.opposite in {state.call.allele.key for state in found.states}
    assert only_pair(found) == ("in_trans", "same_site")


@pytest.mark.parametrize(("deletion", "small"), [("0/1", "0/1"), ("0|1", "0|1"), ("0|1", "1|0")])
def test_two_alleles_under_a_deletion_of_one_copy_are_flagged_and_never_in_cis(make, make_vcf, deletion, small):
    found = over(make, make_vcf, deletion, small, alts="A")
    assert {state.call.allele.alt: state.flags for state in found.states}["A"] == ("inside_deletion",)
    assert "in_cis" not in {pair.verdict for pair in found.phases}


def test_two_copies_written_under_two_deletions_stay_as_written(make, make_vcf):
    piece = next(one.slices for one in make.panel.loci.values() if one.gene == "AICDA")["GRCh38"]
    gone = piece.bases(FIRST[1] - 1, FIRST[1] + 2)
    more = [("12", FIRST[1] - 1, gone, gone[0], "0/1")]
    found = over(make, make_vcf, "0/1", "1/1", alts="A", more=more)
    (small,) = [state for state in found.states if state.call.allele.alt == "A"]
    assert (small.zygosity, small.flags) == ("hom", ("inside_deletion",))


def test_two_changes_opposite_one_deletion_lie_on_one_copy(make, make_vcf):
    piece = next(one.slices for one in make.panel.loci.values() if one.gene == "AICDA")["GRCh38"]
    pos = FIRST[1] + 1
    base = piece.bases(pos, pos)
    row = ("12", pos, base, "T" if base != "T" else "C", "1/1")
    gone = piece.bases(FIRST[1] - 2, FIRST[1] + 3)
    rows = [
        ("12", FIRST[1] - 2, gone, gone[0], "0/1"),
        ("12", FIRST[1], piece.bases(FIRST[1], FIRST[1]), "A", "1/1"),
        row,
    ]
    found = resolved(make_vcf("beside.vcf", rows), make.panel)
    assert sorted((pair.verdict, pair.basis) for pair in found.phases) == [
        ("in_cis", "one_copy"),
        ("in_trans", "same_site"),
        ("in_trans", "same_site"),
    ]


def test_bcftools_norm_two_alternates_never_gain_a_reference_copy(make, make_vcf):
    """bcftools norm split: ``1/2`` and ``1/*`` keep both alleles."""
    path = make_vcf("two.vcf", [column(*FIRST[1:], "GT", "1/2", alts="A,T")])
    found = resolved(path, make.panel)
    assert only_pair(found) == ("in_trans", "same_site")
    assert all("two_alternates" in state.reasons for state in found.states)
    (starred,) = resolved(make_vcf("star.vcf", [column(*FIRST[1:], "GT", "1/2", alts="A,*")]), make.panel).states
    assert starred.zygosity == "half_call"


def test_pysam_phased_a_haploid_or_missing_call_is_never_phase(two):
    """pysam calls both phased."""
    for odd in ("1:7", ".|1:7", "1|.:7", ".:7"):
        assert two("GT:PS", "0|1:7", odd) == UNKNOWN


def test_pharmcat_175_two_sets_say_nothing_of_each_other(two):
    """PharmCAT#175, pb-StarPhase#6."""
    assert two("GT:PS", "0|1:7", "0|1:8") == two("GT:PS", "0|1:7", "1|0:8") == UNKNOWN


@pytest.mark.parametrize("filled", ["0/0", "0|0", "0|0:7", "./.", "0"])
def test_pharmcat_102_120_219_filled_sites_never_alter_phase(make, make_vcf, filled):
    rows = [column(*SECOND[1:], "GT:PS", "1|0:7"), column(*FIRST[1:], "GT:PS", "0|1:7")]
    plain = resolved(make_vcf("plain.vcf", rows), make.panel)
    more = [column(at, make_base(make, at), "A", "GT:PS", filled) for at in (8604400, 8605000)]
    full = resolved(make_vcf("filled.vcf", [rows[0], *more, rows[1]]), make.panel)
    assert full.phases == plain.phases
    assert only_pair(full) == TRANS


def make_base(make, pos):
    """The reference base, or N where the alternate ``A`` is the reference itself."""
    base = make_base_of(make, pos)
    return base if base != "A" else "N"


def test_gemini_903_seqr_484_scout_1098_a_males_two_alleles_keep_their_reads(make, make_vcf):
    row = (*ON_X, "0/1:20,18:38:99", {"format": "GT:AD:DP:GQ"})
    (state,) = resolved(make_vcf("male.vcf", [row]), make.panel, sex=Sex.MALE).states
    assert state.zygosity == "het_in_male"
    assert state.flags == ("het_in_male",)
    assert (state.call.support.ref_reads, state.call.support.alt_reads) == (20, 18)


def test_scout_1098_a_males_two_alleles_without_reads_for_one_are_doubted(make, make_vcf):
    row = (*ON_X, "0/1:38,0:38:99", {"format": "GT:AD:DP:GQ"})
    (state,) = resolved(make_vcf("male.vcf", [row]), make.panel, sex=Sex.MALE).states
    assert state.flags == ("het_in_male", "allele_balance", "possible_mosaic")


def test_gemini_567_cyvcf2_204_227_54_haploid_and_mixed_rows_are_read_as_written(make, make_vcf):
    """One row, five people: haploid beside diploid, half calls and missing ones."""
    names = ["A", "B", "C", "D", "E"]
    path = make_vcf("mixed.vcf", [(*ON_X[:3], "A,C", "1", "0/1", ".", "./1", "2")], names)
    people = tuple(Person(name, path, name, sex=Sex.MALE) for name in names)
    slots = [
        [(call.alt_index, *call.genotype.slots) for call in (*one.calls, *one.no_calls)]
        for one in read_file(path, people, make.panel)
    ]
    assert slots == [
        [(1, "alt")],
        [(1, "ref", "alt")],
        [(1, "missing"), (2, "missing")],
        [(1, "missing", "alt"), (2, "missing", "other")],
        [(2, "alt")],
    ]


def test_pharmcat_240_218_a_missing_genotype_stays_missing(make, make_vcf):
    for raw in (".", "./.", "0/.", "./0"):
        path = make_vcf("gap.vcf", [column(*FIRST[1:], "GT", raw)])
        (intake,) = read_file(path, (Person("S1", path, "S1"),), make.panel)
        assert not intake.reference
        assert [state.zygosity for state in resolve(intake, None, None, Witnesses(make.panel)).states] in (
            ["no_call"],
            ["half_call"],
        )


# What may be relabelled

NAMINGS = ("bare", "chr", "refseq", "genbank")
GENOTYPES = st.sampled_from(["0|1", "1|0", "0/1", "1/1", "./1", "0/0", "./.", "1|2", "2|1", "0|2", "1"])


@st.composite
def files(draw):
    """Genotypes of two people at three places of a gene and one on X, with sets."""
    return [[(draw(GENOTYPES), draw(st.sampled_from(["7", "8", "."]))) for _ in range(2)] for _ in range(4)]


PLACES = (("12", 8604313), ("12", 8605308), ("12", 8606849), ("X", 136654423))


def lines(panel, genotypes, *, sets, turn, people):
    """Rows: ``turn`` exchanges the two alternates, ``sets`` renames the sets, ``people`` orders the columns."""
    rows = []
    for (contig, pos), both in zip(PLACES, genotypes, strict=True):
        piece = next(
            one.slices["GRCh38"]
            for one in panel.loci.values()
            if one.slices["GRCh38"].covers(pos, pos) and one.contig == contig
        )
        ref = piece.bases(pos, pos)
        alts = [base for base in "ACGT" if base != ref][:2]
        columns = []
        for number in people:
            raw, name = both[number]
            columns.append(f"{raw.translate(str.maketrans('12', '21')) if turn else raw}:{sets[name]}")
        rows.append((contig, pos, ref, ",".join(reversed(alts) if turn else alts), *columns, {"format": "GT:PS"}))
    return rows


def said(path, panel):
    people = tuple(Person(name, path, name, sex=sex) for name, sex in (("A", Sex.MALE), ("B", Sex.FEMALE)))
    found = {}
    for intake in read_file(path, people, panel):
        genotypes = resolve(intake, None, None, Witnesses(panel))
        found[intake.person.sample] = (
            {(s.call.allele.key, s.zygosity, s.readings, s.reasons, s.flags) for s in genotypes.states},
            {(frozenset((p.first, p.second)), p.verdict, p.basis) for p in genotypes.phases},
            genotypes.sex_observed,
        )
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    genotypes=files(),
    naming=st.sampled_from(NAMINGS),
    sets=st.sampled_from([("7", "8"), ("8", "7"), ("0", "99999")]),
    turn=st.booleans(),
    people=st.sampled_from([(0, 1), (1, 0)]),
)
def test_relabelling_changes_nothing(make, make_vcf, genotypes, naming, sets, turn, people):
    """Names of contigs, order of samples, names of phase sets, order of alternates (genmod#132, nallo#343, others)."""
    plain = {"7": "7", "8": "8", ".": "."}
    renamed = {"7": sets[0], "8": sets[1], ".": "."}
    one = make_vcf("one.vcf", lines(make.panel, genotypes, sets=plain, turn=False, people=(0, 1)), ["A", "B"])
    names = ["AB"[number] for number in people]
    other = make_vcf(
        "other.vcf", lines(make.panel, genotypes, sets=renamed, turn=turn, people=people), names, naming=naming
    )
    assert said(one, make.panel) == said(other, make.panel)


# Degradation of a file

FIELDS = st.sampled_from(["GT", "GT:PS", "GT:HP", "GT:PSL", "GT:PGT:PID"])


def phased_column(field, first, name):
    """A heterozygous genotype on the first or second copy, phased in one set as ``field`` writes it."""
    raw = "1|0" if first else "0|1"
    turned = ",".join([f"{name}-1", f"{name}-2"])
    return {
        "GT": raw,
        "GT:PS": f"{raw}:{name}",
        "GT:HP": f"{raw.replace('|', '/')}:{turned}",
        "GT:PSL": f"|{raw}:{turned}",
        "GT:PGT:PID": f"0/1:{raw}:{name}_G_A",
    }[field]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    field=FIELDS,
    copies=st.lists(st.booleans(), min_size=3, max_size=3),
    sets=st.lists(st.sampled_from(["7", "8"]), min_size=3, max_size=3),
    header=st.sampled_from([(), (TRANSMITTED,), ("##phasing=full",)]),
    declared=st.booleans(),
    lost=st.integers(0, 2),
    how=st.sampled_from(["field", "value", "half", "call", "bar"]),
)
def test_a_file_that_loses_something_never_gains_a_phase(
    make, make_vcf, field, copies, sets, header, declared, lost, how
):
    """A lost field, value, copy, call or bar never adds "in cis" (which reassures) nor "in trans"."""
    kept = [phased_column(field, first, name) for first, name in zip(copies, sets, strict=True)]
    poorer, formats = [*kept], [field] * 3
    match how:
        case "field":
            formats[lost], poorer[lost] = "GT", poorer[lost].split(":")[0]
        case "value":
            poorer[lost] = poorer[lost].split(":")[0]
        case "half":
            poorer[lost] = "./1"
        case "call":
            poorer[lost] = "./."
        case "bar":
            poorer[lost] = poorer[lost].replace("|", "/")
    names = {"GT:HP": "HP", "GT:PSL": "PSL", "GT:PGT:PID": "PID"}
    more = [f'##FORMAT=<ID={names[field]},Number=.,Type=String,Description="Copies">'] if field in names else []

    def phases(columns, layouts, name):
        rows = [
            ("12", pos, make_base_of(make, pos), "A", text, {"format": layout})
            for (_, pos), text, layout in zip(PLACES[:3], columns, layouts, strict=True)
        ]
        path = make_vcf(name, rows, header=[*header, *more])
        found = resolved(path if declared or field == "GT:PS" else without_sets(path), make.panel)
        return {
            (frozenset((p.first, p.second)), p.verdict) for p in found.phases if p.verdict is not PhaseVerdict.UNKNOWN
        }

    assert phases(poorer, formats, "poorer.vcf") <= phases(kept, [field] * 3, "kept.vcf")


def make_base_of(make, pos):
    piece = next(one.slices for one in make.panel.loci.values() if one.gene == "AICDA")["GRCh38"]
    return piece.bases(pos, pos)


def test_reads_against_parents_stay_a_conflict_however_the_copies_are_named(make, make_vcf):
    rows = [column(*SECOND[1:], "GT:HP", "0/1:7-1,7-2"), column(*FIRST[1:], "GT:HP", "0/1:7-1,7-2")]
    path = make_vcf("child.vcf", rows)
    (child,) = read_file(path, (Person("S1", path, "S1"),), make.panel)
    one, other = (
        make.intake([make.call(carried, "0/1")], reference=[make.stretch(lacking)], sex=sex, consent_family=True)
        for carried, lacking, sex in (("AICDA", "AICDA2", Sex.FEMALE), ("AICDA2", "AICDA", Sex.MALE))
    )
    found = resolve(msgspec.structs.replace(child), one, other, Witnesses(make.panel))
    assert only_pair(found) == ("unknown", "conflict")
    assert [(p.code, p.audience) for p in found.problems] == [("HA-PED-103", Audience.LAB_ONLY)]
