"""Explain one variant at the bench: its names, what is known of it, and what it would mean in whom.

The people are invented, everything else is the way of a real report: genotypes, disease table, firewall, wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from higm_annot.annotated import annotate_allele
from higm_annot.classification.outlook import Outlook, outlook
from higm_annot.classification.types import ComputedClass, Criterion, Judged
from higm_annot.consequence.annotate import annotate, maps_of
from higm_annot.consequence.breakpoints import kind_of
from higm_annot.consequence.full_names import on_the_genome, on_the_protein
from higm_annot.consequence.locate import Located, locate
from higm_annot.consequence.outside_names import STRUCTURAL_MARKS
from higm_annot.consequence.references import transcript_named
from higm_annot.consequence.syntax import read_name, tidied
from higm_annot.consequence.types import AlleleEffects, Effect
from higm_annot.consequence.written import HaplotypeName, Name, OtherProteinName, ProteinName, UnreadableError
from higm_annot.evidence.by_protein_name import known_with
from higm_annot.evidence.labrecord.types import Assertion
from higm_annot.evidence.snapshot import keys_of_rsid
from higm_annot.evidence.sources import EMBEDDED, Evidence
from higm_annot.evidence.types import Asked, Record
from higm_annot.intake.records import at_each_gene
from higm_annot.intake.types import Allele
from higm_annot.interpretation.types import AnnotatedAllele
from higm_annot.invented import Meaning, joint, meanings
from higm_annot.knowledge.effect_words import effect_sentences
from higm_annot.knowledge.protein import features_touched
from higm_annot.knowledge.texts import text
from higm_annot.problems import Problem, Refused, problem
from higm_annot.reference.sequence import THREE_LETTERS
from higm_annot.reference.types import Build, Panel


class TranscriptNames(Struct, frozen=True):
    """An allele on one transcript; positions are 1-based in its own numbering, null where they do not apply.

    ``stop_codon`` is the codon at which a new reading ends. ``flags`` are the marks of docs/consequence.md.
    ``on_genome`` is the c. name on its chromosome (of GRCh38, where the allele is there) where it has positions in
    introns, ``on_protein`` the p. name on the protein's own sequence; empty where there is none.
    """

    accession: str
    mane_select: bool
    hgvs_c: str
    hgvs_p: str
    consequences: tuple[str, ...]
    location: str
    codons: str
    escapes_nmd: bool | None
    cds_start: int | None
    cds_end: int | None
    protein_start: int | None
    protein_end: int | None
    stop_codon: int | None
    flags: tuple[str, ...]
    on_genome: str
    on_protein: str


class Explanation(Struct, frozen=True, rename={"class_": "class"}):
    """Everything told of one variant. ``keys``, ``hgvs_g``, ``spdi`` and ``vrs`` (GA4GH VRS 2) are by build.

    ``features`` are the parts of the protein that are touched, ``next_start`` a sentence on the next in-frame
    methionine where the start codon is lost; both on the MANE Select transcript. ``laboratory``, ``computed`` and
    ``uncovered`` as in a report's class.
    """

    query: str
    remarks: tuple[str, ...]
    gene: str
    keys: dict[str, str]
    hgvs_g: dict[str, str]
    spdi: dict[str, str]
    vrs: dict[str, str]
    transcripts: tuple[TranscriptNames, ...]
    effect: tuple[str, ...]
    worse_elsewhere: tuple[str, ...]
    features: tuple[str, ...]
    next_start: str
    paralogue: str
    class_: str
    points: int
    by_points: str
    by_table: str
    reason: str
    mechanisms: tuple[str, ...]
    caps: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    judged: tuple[Judged, ...]
    outlook: Outlook | None
    evidence: tuple[Record, ...]
    asked: tuple[Asked, ...]
    meanings: tuple[Meaning, ...]
    laboratory: tuple[Assertion, ...] = ()
    computed: ComputedClass | None = None
    uncovered: tuple[str, ...] = ()


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
        if isinstance(parts := _parts(query), HaplotypeName):
            return (_haplotype(panel, query, parts, build, evidence),)
        try:
            located = locate(panel, query, build)
        except Refused as refused:
            raise Refused(*refused.problems, *_known_by_protein_name(panel, query)) from None
        return _at_its_genes(panel, query, located, evidence)
    keys = keys_of_rsid(written.lower())
    if not keys:
        raise Refused(problem("HA-NAM-007", name=query))
    several = (text("explain.several", name=query, count=len(keys)),) if len(keys) > 1 else ()
    alleles = [locate(panel, key).allele for key in keys]
    return tuple(one for allele in alleles for one in _at_its_genes(panel, query, Located(allele, several), evidence))


def _parts(query: str) -> Name | None:
    try:
        return read_name(query)
    except UnreadableError:
        return None


def _at_its_genes(panel: Panel, query: str, located: Located, evidence: Evidence) -> tuple[Explanation, ...]:
    """An allele, once for every gene that it touches; one that names its gene is told of that gene alone."""
    alleles = at_each_gene(located.allele, panel)
    known = {one.key: annotate_allele(panel, one, evidence) for one in alleles}
    genes = ", ".join(str(one.effects.gene) for one in known.values())
    several = (text("explain.several_genes", genes=genes),) if len(alleles) > 1 else ()
    if kind_of(located.allele) == "CNV":
        lost = replace(located.allele, alt="<DEL>", part="").key
        several = (*several, text("explain.copies", deletion=lost))
    asked = [located.allele] if located.allele.part else alleles
    return tuple(
        _explained(panel, query, alleles, known, known[one.key], (*located.remarks, *several)) for one in asked
    )


def _haplotype(panel: Panel, query: str, name: HaplotypeName, build: Build | None, evidence: Evidence) -> Explanation:
    """Changes on one copy, as the one change they make together."""
    found = [locate(panel, part, build) for part in name.parts]
    alleles = tuple(dict.fromkeys(one.allele for one in found))
    known = {one.key: annotate_allele(panel, one, evidence) for one in alleles}
    whole = joint(panel, alleles, known, evidence) if len({one.build for one in alleles}) == 1 else None
    if whole is None:
        raise Refused(problem("HA-NAM-010", name=query))
    remarks = dict.fromkeys(remark for one in found for remark in one.remarks)
    told = (*remarks, text("explain.haplotype", count=len(alleles)))
    return _explained(panel, query, alleles, {**known, whole.key: whole}, whole, told)


def _known_by_protein_name(panel: Panel, query: str) -> Iterator[Problem]:
    """The known alleles that a refused protein name may mean; one is never chosen for the reader."""
    name = _parts(query)
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


def _explained(
    panel: Panel,
    query: str,
    alleles: Sequence[Allele],
    every: Mapping[str, AnnotatedAllele],
    known: AnnotatedAllele,
    remarks: tuple[str, ...],
) -> Explanation:
    """What is to be said of one allele (``known``), carried in the form of ``alleles``."""
    effects, found = known.effects, known.allele_class
    named = ((build, _named(panel, key)) for build, key in effects.keys.items())
    by_build = {build: one for build, one in named if one is not None}
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
        transcripts=_on_transcripts(panel, effects),
        effect=effect_sentences(effects.mane.flags),
        worse_elsewhere=effects.worse_elsewhere,
        features=features_touched(effects.gene, effects.mane.protein_start, effects.mane.protein_end),
        next_start=_next_start(effects.mane),
        paralogue=known.paralogue_region if known.paralogue else "",
        class_=found.class_,
        points=found.points,
        by_points=found.by_points,
        by_table=found.by_table,
        reason=text(f"basis.{found.reason}") if found.reason else "",
        mechanisms=found.mechanisms,
        caps=tuple(text(f"cap.{code}") for code in found.caps),
        criteria=found.criteria,
        judged=found.judged,
        outlook=outlook(found),
        evidence=found.records,
        asked=known.asked,
        meanings=tuple(meanings(panel, alleles, every, known.key)),
        laboratory=found.laboratory,
        computed=found.computed,
        uncovered=found.uncovered,
    )


def _next_start(effect: Effect) -> str:
    """Where reading may start when the start codon is lost; of a stop that comes early the flags tell."""
    number = maps_of(effect.gene, Build.GRCH38)[0].next_start
    return text("explain.start_lost", number=number) if number and "start_lost" in effect.terms else ""


def _named(panel: Panel, key: str) -> AlleleEffects | None:
    """The names of a key; None of changes side by side, which have no name of their own on the genome."""
    return None if isinstance(_parts(key), HaplotypeName) else annotate(panel, locate(panel, key).allele)


def _same_name(typed: str, name: str) -> bool:
    """Whether a name as typed is the canonical one, accession and bases after del, dup and inv aside."""
    change = re.sub(r"(del|dup|inv)[ACGTacgt]+$", r"\1", typed.partition(":")[2])
    return change == name.partition(":")[2]


def _told_on(effects: AlleleEffects) -> Build:
    """The build of names in full: the newer one wherever the allele can be told in it."""
    return Build.GRCH38 if Build.GRCH38 in effects.keys else Build.GRCH37


def _on_transcripts(panel: Panel, known: AlleleEffects) -> tuple[TranscriptNames, ...]:
    genome, protein = on_the_genome(panel, known, _told_on(known)), on_the_protein(panel, known)
    return tuple(
        _on_transcript(effect, genome.get(effect.accession, ""), protein.get(effect.accession, ""))
        for effect in known.effects
    )


def _on_transcript(effect: Effect, on_genome: str, on_protein: str) -> TranscriptNames:
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
        cds_start=effect.cds_start,
        cds_end=effect.cds_end,
        protein_start=effect.protein_start,
        protein_end=effect.protein_end,
        stop_codon=effect.stop_codon,
        flags=effect.flags,
        on_genome=on_genome,
        on_protein=on_protein,
    )
