"""Names compared with biocommons hgvs: every c. name equal, every p. name equal or a listed, argued divergence."""

import csv
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from higm_annot.consequence.annotate import annotate
from higm_annot.intake.normalise import normalise
from higm_annot.intake.types import Allele
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build

pytestmark = pytest.mark.oracle

FLANK = 12
INDELS = 6000
STEP = 5  # every fifth base of the coding exons, all three changes
with Path(__file__).with_name("divergences.tsv").open(encoding="utf-8", newline="") as handle:
    KNOWN = {row["code"]: row for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)}


def substitutions():
    """(locus, transcript, allele): all changes of every ``STEP``-th base of the coding exons and their flanks."""
    for locus in load_panel().loci.values():
        for number, transcript in enumerate(locus.transcripts):
            build = list(Build)[number % 2]
            piece, model = locus.slices[build], transcript.models[build]
            for exon in model.exons:
                if exon.end < model.cds.start or exon.start > model.cds.end:
                    continue
                for pos in range(exon.start - FLANK + number % STEP, exon.end + FLANK + 1, STEP):
                    if piece.covers(pos, pos):
                        ref = piece.base(pos)
                        for alt in sorted(set("ACGT") - {ref}):
                            yield locus, transcript, Allele(build, piece.contig, pos, ref, alt, pos)


def indels(count):
    """(locus, transcript, allele): indels and delins near exons, left-aligned or as they fall."""
    rng = random.Random(20250101)
    loci = list(load_panel().loci.values())
    while count:
        locus, build = rng.choice(loci), rng.choice(list(Build))
        transcript, piece = rng.choice(locus.transcripts), locus.slices[build]
        model = transcript.models[build]
        exon = rng.choice([e for e in model.exons if e.end >= model.cds.start and e.start <= model.cds.end])
        edge = rng.choice((exon.start, exon.end, model.cds.start, model.cds.end))
        pos = rng.choice((rng.randint(exon.start - FLANK, exon.end + FLANK), edge + rng.randint(-5, 5)))
        if not piece.covers(pos - 30, pos + 30):
            continue
        kind, length = rng.choice(("del", "dup", "ins", "delins", "delins")), rng.randint(1, 9)
        noise = "".join(rng.choice("ACGT") for _ in range(length))
        base = piece.base(pos)
        ref, alt = {
            "del": (piece.bases(pos, pos + length), base),
            "dup": (base, piece.bases(pos, pos + length)),
            "ins": (base, base + noise),
            "delins": (piece.bases(pos, pos + rng.randint(0, 5)), noise),
        }[kind]
        if ref == alt:
            continue
        allele = Allele(build, piece.contig, pos, ref, alt, pos + len(ref) - 1)
        if rng.random() < 0.5:
            allele = normalise(piece, build, piece.contig, pos, ref, alt)
        count -= 1
        yield locus, transcript, allele


def code(theirs, ours, name):
    """Which known divergence this is, if any."""
    rules = (
        ("no_protein", theirs == "p.?" and not ours),
        ("start", theirs == "p.Met1?" and ours == "p.(Met1?)"),
        ("start_kept", theirs == "p.Met1?" and ours == "p.(Met1=)"),
        ("stop_kept", re.sub(r"(Ter\d+)Ter", r"\1=", theirs) == ours),
        ("silent_range", ours.startswith(theirs[:-2]) and ours.endswith("=)") and "_" in ours),
        ("copy_at_border", theirs == "p.?" and name.endswith("dup") and "ins" not in name),
        ("copy_at_end", theirs == "p.(=)" and not ours and name.endswith("dup")),
        ("after_the_stop", ours.endswith("Ter)") and theirs.startswith(ours[:-1])),
        ("transcript_ends", ours == "p.?" and ("Xaa" in theirs or re.search(r"_Ter\d+del\)", theirs) is not None)),
        ("over_the_stop", "fsTer" in ours and "delins" in theirs),
        ("before_the_start", not ours and name.startswith("c.-1_1ins")),
        ("same_protein", ours.endswith("=)") and bool(re.search(r"fsTer\?|Ter\d+Ter", theirs))),
        ("last_residues", ours.endswith("del)") and theirs.endswith("Ter)")),
    )
    return next((known for known, holds in rules if holds), "")


def compare(oracles, variants):
    from hgvs.exceptions import HGVSError  # noqa: PLC0415 - the oracle extra is optional

    seen, wrong = Counter(), []
    for locus, transcript, allele in variants:
        effect = next(one for one in annotate(load_panel(), allele).effects if one.accession == transcript.accession)
        try:
            coding, protein = oracles[allele.build].names(allele, locus.strand, transcript.accession)
        except HGVSError as error:
            # They refuse places outside the transcript, as HGVS does: there is no c. name here either.
            seen["refused"] += 1
            if effect.hgvs_c:
                wrong.append((allele.key, transcript.accession, str(error), effect.hgvs_c))
            continue
        seen["compared"] += 1
        ours = effect.hgvs_p or ""
        if coding.replace("inv", "") != effect.hgvs_c and not effect.hgvs_c.endswith("inv"):
            wrong.append((allele.key, transcript.accession, coding, effect.hgvs_c))
        elif effect.hgvs_c.endswith("inv"):
            seen["inversion"] += 1  # they write delins; the protein is compared all the same
        if protein != ours:
            which = code(protein, ours, effect.hgvs_c)
            seen[which] += 1
            if which not in KNOWN:
                wrong.append((allele.key, transcript.accession, coding, protein, ours))
    return seen, wrong


def test_substitutions(oracles):
    seen, wrong = compare(oracles, substitutions())
    assert wrong == []
    assert seen["compared"] > 8000


def test_deletions_copies_insertions_and_delins(oracles):
    seen, wrong = compare(oracles, indels(INDELS))
    assert wrong == []
    assert seen["compared"] > 0.9 * INDELS
    assert seen["copy_at_border"] < 0.08 * INDELS


def test_every_divergence_is_argued():
    assert all(len(row["argument"]) > 20 for row in KNOWN.values())
