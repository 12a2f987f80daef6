"""What a change does to one transcript, in the words the rule tables use."""

from __future__ import annotations

from msgspec import Struct

from higm_annot.consequence.annotate import maps_of
from higm_annot.consequence.exon_frame import SHIFTED_COPY, after_loss, stop_after_loss
from higm_annot.consequence.structural import EXONS_UNCERTAIN, UNCERTAIN
from higm_annot.consequence.types import Effect
from higm_annot.knowledge.tables import ChangeRule, exons, genes
from higm_annot.reference.types import Build, Gene

COPY_KINDS = ("copy", "copy_presumed")  # out-of-frame copies of exons: seen to be in tandem, said to be
NULL_KINDS = ("ablation", "exon_loss", "splice", "start", "stop", "frameshift", *COPY_KINDS)
SPLICE_SITES = {"splice_acceptor_variant": "acceptor", "splice_donor_variant": "donor"}
KIND_BY_TERM = (  # the first term found names the kind; a lost splice site makes the protein unpredictable, so it leads
    ("transcript_ablation", "ablation"),
    ("exon_loss_variant", "exon_loss"),
    ("splice_acceptor_variant", "splice"),
    ("splice_donor_variant", "splice"),
    ("start_lost", "start"),
    ("stop_gained", "stop"),
    ("frameshift_variant", "frameshift"),
    ("stop_lost", "stop_lost"),
    ("inframe_deletion", "inframe"),
    ("inframe_insertion", "inframe"),
    ("disruptive_inframe_deletion", "inframe"),
    ("disruptive_inframe_insertion", "inframe"),
    ("conservative_inframe_deletion", "inframe"),
    ("conservative_inframe_insertion", "inframe"),
    ("missense_variant", "missense"),
    ("protein_altering_variant", "missense"),
    ("splice_donor_5th_base_variant", "splice_region"),
    ("splice_donor_region_variant", "splice_region"),
    ("splice_polypyrimidine_tract_variant", "splice_region"),
    ("splice_region_variant", "splice_region"),
    ("coding_sequence_variant", "other"),
)


class Change(Struct, frozen=True):
    """A change on a transcript.

    ``exons`` are the exons hit, or skipped when a splice site is lost. ``escapes_nmd`` is yes, no or unknown. ``skip``
    says what skipping would do; where that shifts the frame, ``escapes_nmd`` is told of the stop that follows.
    ``removes`` is the percentage of the protein lost, None when not applicable.
    """

    gene: Gene
    kind: str
    exons: tuple[int, ...]
    site: str
    skip: str
    escapes_nmd: str
    stop_codon: int | None
    removes: float | None
    cds_start: int | None
    cds_end: int | None

    @property
    def is_null(self) -> bool:
        """Whether ACMG/AMP counts it as a null change."""
        return self.kind in NULL_KINDS


def change_of(effect: Effect) -> Change:
    """The change an effect describes; exon facts are those of the MANE transcript."""
    escapes = effect.escapes_nmd
    kind = _copy(effect) or next((kind for term, kind in KIND_BY_TERM if term in effect.terms), "none")
    if kind in ("splice", "exon_loss"):
        sites = {SPLICE_SITES[term] for term in effect.terms if term in SPLICE_SITES} if kind == "splice" else set()
        hit = _skipped_exons(effect, sites) if kind == "splice" else _span(effect.exon)
        site = sites.pop() if len(sites) == 1 else ""
        skip, removes = _skipping(effect.gene, hit) if effect.mane_select else ("", None)
        if skip == "shifts":
            escapes, removes = _after_shift(effect.gene, hit)
    else:
        hit, site, skip, removes = _span(effect.exon), "", "", _truncation(effect) if effect.mane_select else None
    return Change(
        gene=effect.gene,
        kind=kind,
        exons=hit,
        site=site,
        skip=skip,
        escapes_nmd={True: "yes", False: "no", None: "unknown"}[escapes],
        stop_codon=effect.stop_codon,
        removes=removes,
        cds_start=effect.cds_start,
        cds_end=effect.cds_end,
    )


def _copy(effect: Effect) -> str:
    """The kind of an out-of-frame tandem duplication of whole exons; empty for anything else.

    A junction known to the base shows the copies side by side. Where the ends are not exact the file only says so, and
    where it depends on them which exons are copied, nothing is said.
    """
    if SHIFTED_COPY not in effect.flags or EXONS_UNCERTAIN in effect.flags:
        return ""
    return "copy_presumed" if UNCERTAIN in effect.flags else "copy"


def fits(rule: ChangeRule, change: Change) -> bool:
    """Whether a rule's conditions hold; a condition about something unknown of the change does not."""
    return (
        (not rule.kinds or change.kind in rule.kinds)
        and (not rule.escapes_nmd or rule.escapes_nmd == change.escapes_nmd)
        and (rule.exon is None or change.exons == (rule.exon,))
        and (not rule.site or change.site in (rule.site, ""))
        and (not rule.skip or rule.skip == change.skip)
        and _within(change.stop_codon, rule.codon_low, rule.codon_high)
        and _within(change.removes, rule.removes_low, rule.removes_high)
    )


def _within(value: float | None, low: float | None, high: float | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


def _span(text: str | None) -> tuple[int, ...]:
    """``3/5`` → (3,), ``3-4/5`` → (3, 4)."""
    if not text:
        return ()
    first, _, last = text.partition("/")[0].partition("-")
    return tuple(range(int(first), int(last or first) + 1))


def _skipped_exons(effect: Effect, sites: set[str]) -> tuple[int, ...]:
    """Exons whose splice site is lost: the acceptor of intron n serves exon n + 1, its donor exon n."""
    introns = _span(effect.intron)
    if not introns:
        return _span(effect.exon)
    if sites == {"donor"}:
        return introns
    if sites == {"acceptor"} or len(introns) == 1:
        return tuple(intron + 1 for intron in introns)
    return tuple(range(introns[0] + 1, introns[-1] + 1))  # both sites, several introns: the exons between them


def _skipping(gene: Gene, hit: tuple[int, ...]) -> tuple[str, float | None]:
    """What skipping exons would do to the reading frame, and the percentage of the protein that goes with them."""
    table = exons()
    facts = [table[gene, exon] for exon in hit if (gene, exon) in table]
    bases = sum(fact.coding_bases for fact in facts)
    if not bases:
        return ("utr" if facts else "", None)
    frame = after_loss(maps_of(gene, Build.GRCH38)[0], tuple(fact.exon - 1 for fact in facts))
    return frame, round(100 * bases / (3 * genes()[gene].protein_length), 1)


def _after_shift(gene: Gene, hit: tuple[int, ...]) -> tuple[bool | None, float]:
    """Whether the stop after a shift of the frame escapes decay, and the percentage of the protein from there on."""
    _, escapes = stop_after_loss(maps_of(gene, Build.GRCH38)[0], tuple(exon - 1 for exon in hit))
    length, first = genes()[gene].protein_length, exons()[gene, hit[0]].cds_start or 1
    return escapes, round(100 * (length - (first - 1) // 3) / length, 1)


def _truncation(effect: Effect) -> float | None:
    """Percentage of the protein behind the new stop."""
    if effect.stop_codon is None:
        return None
    length = genes()[effect.gene].protein_length
    return round(max(0.0, 100 * (length - effect.stop_codon + 1) / length), 1)
