"""Explain one variant at the bench: its names, what is known of it, and what it would mean in whom.

The people are invented, everything else is the way of a real report: genotypes, disease table, firewall, wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from higm_annot.annotated import annotate_allele
from higm_annot.classification.types import Criterion
from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.locate import locate
from higm_annot.consequence.outside_names import STRUCTURAL_MARKS
from higm_annot.consequence.references import transcript_named
from higm_annot.consequence.syntax import read_name, tidied
from higm_annot.consequence.types import Effect
from higm_annot.consequence.written import OtherProteinName, ProteinName, UnreadableError
from higm_annot.evidence.by_protein_name import known_with
from higm_annot.evidence.snapshot import keys_of_rsid
from higm_annot.evidence.sources import EMBEDDED, Evidence
from higm_annot.evidence.types import Asked, Record
from higm_annot.genotype.resolve import resolve
from higm_annot.intake.types import (
    Affected,
    Allele,
    BuildVerdict,
    Call,
    Genotype,
    Person,
    PersonIntake,
    Place,
    Sex,
    Slot,
    Support,
)
from higm_annot.interpretation.interpret import interpret
from higm_annot.interpretation.types import AnnotatedAllele, Conclusion
from higm_annot.knowledge.texts import text
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.sequence import THREE_LETTERS
from higm_annot.reference.types import Build, Panel

_ENOUGH = Support(depth=40, genotype_quality=99)  # a call about whose quality nothing needs to be said


class TranscriptNames(Struct, frozen=True):
    """An allele on one transcript."""

    accession: str
    mane_select: bool
    hgvs_c: str
    hgvs_p: str
    consequences: tuple[str, ...]
    location: str
    codons: str
    escapes_nmd: bool | None


class Meaning(Struct, frozen=True):
    """What the allele means in one kind of person; ``code`` is empty where no conclusion names it."""

    who: str
    code: str
    status: str
    disease: str
    diplotype: str
    sentence: str
    penetrance: str


class Explanation(Struct, frozen=True, rename={"class_": "class"}):
    """Everything told of one variant. ``keys``, ``hgvs_g``, ``spdi`` and ``vrs`` (GA4GH VRS 2) are by build."""

    query: str
    remarks: tuple[str, ...]
    gene: str
    keys: dict[str, str]
    hgvs_g: dict[str, str]
    spdi: dict[str, str]
    vrs: dict[str, str]
    transcripts: tuple[TranscriptNames, ...]
    worse_elsewhere: tuple[str, ...]
    paralogue: str
    class_: str
    points: int
    by_points: str
    by_table: str
    reason: str
    mechanisms: tuple[str, ...]
    caps: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    evidence: tuple[Record, ...]
    asked: tuple[Asked, ...]
    meanings: tuple[Meaning, ...]


def explain(
    panel: Panel, query: str, build: Build | None = None, evidence: Evidence = EMBEDDED
) -> tuple[Explanation, ...]:
    """What is to be said of a variant; several where an rsID stands for several alleles.

    Raises
    ------
    Refused
        When the query cannot be read, does not fit the sequence (HA-NAM-001 … -006), or is an rsID that the embedded
        evidence does not hold (HA-NAM-007). Beside a refused protein name stand the known alleles with it (HA-NAM-009).
    """
    written = query.strip()
    if not written.lower().startswith("rs") or not written[2:].isdigit():
        try:
            located = locate(panel, query, build)
        except Refused as refused:
            raise Refused(*refused.problems, *_known_by_protein_name(panel, query)) from None
        return (_explained(panel, query, located.allele, located.remarks, evidence),)
    keys = keys_of_rsid(written.lower())
    if not keys:
        raise Refused(problem("HA-NAM-007", name=query))
    several = (text("explain.several", name=query, count=len(keys)),) if len(keys) > 1 else ()
    return tuple(_explained(panel, query, locate(panel, key).allele, several, evidence) for key in keys)


def _known_by_protein_name(panel: Panel, query: str) -> Iterator[Problem]:
    """The known alleles that a refused protein name may mean; one is never chosen for the reader."""
    try:
        name = read_name(query)
    except UnreadableError:
        return
    if isinstance(name, ProteinName):
        change = f"{THREE_LETTERS[name.old]}{name.number}{THREE_LETTERS.get(name.new, name.new)}"
    elif isinstance(name, OtherProteinName):
        change = name.change
    else:
        return
    try:
        transcript, _ = transcript_named(panel, query, name.reference, name.gene, Build.GRCH38)
    except Refused:
        return
    known = known_with(panel, transcript.transcript.accession, change)
    if known:
        yield problem("HA-NAM-009", name=query, candidates=", ".join(known))


def _explained(panel: Panel, query: str, allele: Allele, remarks: tuple[str, ...], evidence: Evidence) -> Explanation:
    known = annotate_allele(panel, allele, evidence)
    effects = known.effects
    by_build = {build: annotate(panel, locate(panel, key).allele) for build, key in effects.keys.items()}
    found = known.allele_class
    canonical = {f"{one.accession}:{one.hgvs_c}" for one in effects.effects} | {one.hgvs_g for one in by_build.values()}
    typed = tidied(query)
    change = typed.partition(":")[2]
    plain = change.startswith(("c.", "g.")) and not STRUCTURAL_MARKS & set(change)
    if plain and not any(_same_name(typed, name) for name in canonical):
        remarks = (*remarks, text("explain.written_otherwise", name=typed[:60]))
    return Explanation(
        query=query,
        remarks=remarks,
        gene=effects.gene,
        keys=effects.keys,
        hgvs_g={build: one.hgvs_g for build, one in by_build.items()},
        spdi={build: one.spdi for build, one in by_build.items()},
        vrs={build: one.vrs for build, one in by_build.items() if one.vrs},
        transcripts=tuple(_on_transcript(effect) for effect in effects.effects),
        worse_elsewhere=effects.worse_elsewhere,
        paralogue=known.paralogue_region if known.paralogue else "",
        class_=found.class_,
        points=found.points,
        by_points=found.by_points,
        by_table=found.by_table,
        reason=text(f"basis.{found.reason}") if found.reason else "",
        mechanisms=found.mechanisms,
        caps=tuple(text(f"cap.{code}") for code in found.caps),
        criteria=found.criteria,
        evidence=found.records,
        asked=known.asked,
        meanings=tuple(_meanings(panel, allele, known)),
    )


def _same_name(typed: str, name: str) -> bool:
    """Whether a name as typed is the canonical one, accession and bases after del, dup and inv aside."""
    change = re.sub(r"(del|dup|inv)[ACGTacgt]+$", r"\1", typed.partition(":")[2])
    return change == name.partition(":")[2]


def _on_transcript(effect: Effect) -> TranscriptNames:
    place = f"exon {effect.exon}" if effect.exon else f"intron {effect.intron}" if effect.intron else ""
    return TranscriptNames(
        accession=effect.accession,
        mane_select=effect.mane_select,
        hgvs_c=effect.hgvs_c,
        hgvs_p=effect.hgvs_p or "",
        consequences=effect.terms,
        location=place,
        codons=effect.codons or "",
        escapes_nmd=effect.escapes_nmd,
    )


def _meanings(panel: Panel, allele: Allele, known: AnnotatedAllele) -> Iterator[Meaning]:
    """One meaning for each kind of person that differs in sex, copies or reason for the test."""
    linked = allele.contig.is_sex_linked
    for who, sex, genotype, affected, consent in _PEOPLE_X if linked else _PEOPLE:
        slots = tuple(Slot.ALT if copy == "1" else Slot.REF for copy in genotype.split("/"))
        person = Person("explain", "", "", sex=sex, affected=affected, consent_secondary=consent)
        call = Call(allele, Genotype(genotype, slots, phased=False), _ENOUGH, Place("", 0, allele.contig, 0, "", ()), 1)
        intake = PersonIntake(
            person=person,
            verdict=BuildVerdict(allele.build, ()),
            calls=(call,),
            no_calls=(),
            reference=(),
            assessment=(),
            ledger=(),
            problems=(),
            contigs_seen=(),
            has_reference_evidence=False,
            cut_digest="",
        )
        found = interpret(intake, resolve(intake, None, None, panel), {allele.key: known}, ())
        named = [one for one in found.conclusions if allele.key in one.variants]
        yield _meaning(text(f"explain.who.{who}"), named[0] if named else None)


def _meaning(who: str, conclusion: Conclusion | None) -> Meaning:
    if conclusion is None:
        return Meaning(who, "", "", "", "", text("explain.no_conclusion"), "")
    return Meaning(
        who=who,
        code=conclusion.code,
        status=conclusion.status,
        disease=conclusion.disease,
        diplotype=conclusion.diplotype.hgvs if conclusion.diplotype else "",
        sentence=conclusion.reasons[0],
        penetrance=conclusion.penetrance,
    )


_PEOPLE = (
    ("one_copy_patient", Sex.FEMALE, "0/1", Affected.YES, False),
    ("one_copy_healthy", Sex.FEMALE, "0/1", Affected.NO, True),
    ("two_copies", Sex.FEMALE, "1/1", Affected.YES, False),
)
_PEOPLE_X = (
    ("male", Sex.MALE, "1", Affected.YES, False),
    ("woman_one_copy_patient", Sex.FEMALE, "0/1", Affected.YES, False),
    ("woman_one_copy_healthy", Sex.FEMALE, "0/1", Affected.NO, False),
    ("woman_two_copies", Sex.FEMALE, "1/1", Affected.YES, False),
)
