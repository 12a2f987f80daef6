"""What a document was made with: versions, digests, the cells of the sheet row that decide; no time, path or host."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import msgspec

from higm_annot import __version__
from higm_annot.evidence.labrecord.types import SOURCE, LabRecord, digest_of
from higm_annot.evidence.sources import Evidence
from higm_annot.evidence.types import AboutSource
from higm_annot.genotype.family import PARENTS, Member
from higm_annot.intake.types import Person, PersonIntake
from higm_annot.knowledge.digest import digest as knowledge_digest
from higm_annot.knowledge.texts import text
from higm_annot.reference.types import Panel
from higm_annot.report.types import SCHEMA_VERSION, Provenance, Report

# Paths, the line of the sheet and the names of relatives' samples say where something stands, not what it is.
_PLACES = frozenset({"sample", "vcf", "vcf_sample", "line", "coverage", "outside_calls", "sv_vcf", "phenotype"})
LABORATORY = "laboratory"  # kind of the source that is the laboratory's own record
_RELATIONS = frozenset({"father", "mother", "partner"})


def options(person: Person) -> str:
    """The cells of the sheet row that are filled, in column order, as ``column=value``; relations as ``yes``."""
    cells = []
    for name in person.__struct_fields__:
        value = getattr(person, name)
        if name in _PLACES or value in ("", False):
            continue
        shown = "yes" if value is True or name in _RELATIONS else str(value)
        cells.append(f"{name}={shown}")
    return "; ".join(cells)


def made_with(panel: Panel, evidence: Evidence) -> str:
    """What determines a document beside its input: program, reference, knowledge and evidence, as one line."""
    return "; ".join(
        (
            f"higm_annot {__version__}",
            f"code sha256:{_code_digest()}",
            f"reference sha256:{panel.digest}",
            f"knowledge sha256:{knowledge_digest()}",
            *evidence.digests(),
        )
    )


def _code_digest() -> str:
    """SHA-256 over the program's own modules; a version that is being worked on keeps its number."""
    total = hashlib.sha256()
    folder = Path(str(files("higm_annot")))
    for path in sorted(folder.rglob("*.py")):
        total.update(f"{path.relative_to(folder)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def provenance(
    person: PersonIntake,
    relatives: Mapping[str, PersonIntake],
    panel: Panel,
    evidence: Evidence,
    family: Sequence[Member] = (),
    *,
    told_of: Iterable[Mapping[str, str]] = (),
    further: Iterable[str] = (),
) -> Provenance:
    """Provenance of a person's document.

    Parameters
    ----------
    person
        The person's intake.
    relatives
        Intakes of the relatives used, by role (``mother``, ``father``); only the digests of their cut records are told.
    panel
        The reference.
    evidence
        The sources that were asked.
    family
        Relatives who agreed to be told of; several of one role are numbered.
    told_of
        The alleles that the document tells of, each by its keys by build: the laboratory's record counts as far as it
        speaks of them.
    further
        Digests of the cut records of members of the family on whose evidence a class rests, whoever they are.
    """
    cut = {"sample": person.cut_digest} | {role: relatives[role].cut_digest for role in sorted(relatives)}
    for member in family:
        if member.intake is not None and member.role not in PARENTS:
            number = 1 + sum(name.split(" ")[0] == member.role for name in cut)
            cut[f"{member.role} {number}"] = member.intake.cut_digest
    others = [digest for digest in further if digest not in cut.values()]
    cut |= {f"family {number}": digest for number, digest in enumerate(others, 1)}
    return Provenance(
        software=f"higm_annot {__version__}",
        schema=SCHEMA_VERSION,
        reference=f"{panel.release} sha256:{panel.digest}",
        knowledge=f"sha256:{knowledge_digest()}",
        evidence=(*evidence.about, *_laboratory(evidence.laboratory, told_of)),
        build=person.verdict.build if person.verdict else "",
        build_witnesses=person.verdict.witnesses if person.verdict else (),
        cut_records=cut,
        options=options(person.person),
    )


def _laboratory(record: LabRecord | None, told_of: Iterable[Mapping[str, str]]) -> tuple[AboutSource, ...]:
    """The laboratory's record as a source, as far as its rows are used here; none where no record is given."""
    if record is None:
        return ()
    rows = {row for keys in told_of for row in record.of(keys)}
    return (
        AboutSource(
            name=SOURCE,
            kind=LABORATORY,
            release=text("evidence.laboratory_release", count=len(rows)),
            date=max((row.assertion.dated for row in rows), default=""),
            digest=digest_of(rows),
            licence=text("evidence.laboratory_licence"),
        ),
    )


def sealed(report: Report) -> Report:
    """The document with its digest: SHA-256 (hex) of its canonical JSON with an empty digest.

    The digests of the cut records of the person and of the relatives used stand in the provenance, so they are covered.
    """
    bare = msgspec.json.encode(msgspec.structs.replace(report, digest=""), order="sorted")
    return msgspec.structs.replace(report, digest=hashlib.sha256(bare).hexdigest())
