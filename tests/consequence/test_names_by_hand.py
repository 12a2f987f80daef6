"""Names derived anew, without the program's own coordinates, shifting and translation.

A change is made on the plain sequence of a build. Its names are then written here from the exons alone, by the rules of
the nomenclature, and applied again: the name must give back the changed sequence, and the p. name the changed protein.
"""

import re
from typing import NamedTuple

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from higm_annot.consequence.annotate import annotate
from higm_annot.consequence.locate import locate
from higm_annot.intake.normalise import normalise
from higm_annot.intake.types import Allele
from higm_annot.reference.contigs import accession
from higm_annot.reference.convert import convert_allele
from higm_annot.reference.sequence import THREE_LETTERS
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Gene

PANEL = load_panel()
LOCI = tuple(PANEL.loci.values())
TURNED = str.maketrans("ACGT", "TGCA")
AMINO_ACIDS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
ONE_LETTER = {three: one for one, three in THREE_LETTERS.items()} | {"Ter": "*"}
RESIDUES = re.compile("[A-Z][a-z]{2}")


class Change(NamedTuple):
    """Bases ``start`` up to ``end`` (0-based, in the direction of reading) replaced by ``alt``."""

    sequence: str
    start: int
    end: int
    alt: str

    def __repr__(self):
        return f"{self.sequence[self.start - 9 : self.start]}[{self.sequence[self.start : self.end]}>{self.alt}]"

    @property
    def growth(self):
        return len(self.alt) - (self.end - self.start)

    @property
    def result(self):
        return self.sequence[: self.start] + self.alt + self.sequence[self.end :]


def flipped(sequence):
    return sequence.translate(TURNED)[::-1]


def protein_of(bases):
    """Residues up to and with the first stop."""
    letters = []
    for place in range(0, len(bases) - 2, 3):
        first, second, third = ("TCAG".index(base) for base in bases[place : place + 3])
        letters.append(AMINO_ACIDS[16 * first + 4 * second + third])
        if letters[-1] == "*":
            break
    return "".join(letters)


class Numbered:
    """A transcript of one build: its bases in the direction of reading, and what each is called."""

    def __init__(self, locus, transcript, build):
        piece, model = locus.slices[build], transcript.models[build]
        self.name, self.build = transcript.accession, build
        plus = locus.strand > 0
        self.sequence = piece.sequence if plus else flipped(piece.sequence)
        place = (lambda pos: pos - piece.start) if plus else (lambda pos: piece.end - pos)
        self.exons = sorted(tuple(sorted((place(exon.start), place(exon.end)))) for exon in model.exons)
        self.exonic = [at for low, high in self.exons for at in range(low, high + 1) if at < len(self.sequence)]
        self.index = {at: number for number, at in enumerate(self.exonic)}
        low, high = sorted((place(model.cds.start), place(model.cds.end)))
        self.first, self.last = self.index[low], self.index[high]
        self.spliced = "".join(self.sequence[at] for at in self.exonic)
        self.span = range(self.exons[0][0], min(self.exons[-1][1] + 1, len(self.sequence)))

    def spliced_number(self, at):
        number = self.index[at]
        if number < self.first:
            return str(number - self.first)
        return str(number - self.first + 1) if number <= self.last else f"*{number - self.last}"

    def number(self, at):
        """The c. number of a base."""
        if at in self.index:
            return self.spliced_number(at)
        before = max(high for _, high in self.exons if high < at)
        after = min(low for low, _ in self.exons if low > at)
        if at - before <= after - at:
            return f"{self.spliced_number(before)}+{at - before}"
        return f"{self.spliced_number(after)}-{after - at}"


NUMBERED = {
    (transcript.accession, build): Numbered(locus, transcript, build)
    for locus in LOCI
    for transcript in locus.transcripts
    for build in Build
}


def most_3prime(change):
    """The same change begun as late as possible, found by trying; trimmed first."""
    sequence, start, end, alt = change
    while start < end and alt and sequence[start] == alt[0]:
        start, alt = start + 1, alt[1:]
    while start < end and alt and sequence[end - 1] == alt[-1]:
        end, alt = end - 1, alt[:-1]
    if start < end and alt:
        return Change(sequence, start, end, alt)
    while end < len(sequence):
        later = (sequence[start + 1 : end + 1], alt[1:] + sequence[end : end + 1]) if alt else (None, "")
        moved = Change(sequence, start + 1, end + 1, later[1])
        if moved.result != change.result:
            break
        start, end, alt = moved.start, moved.end, moved.alt
    return Change(sequence, start, end, alt)


def written(change, number):
    """The name of a change without prefix."""
    sequence, start, end, alt = most_3prime(change)

    def span(first, last):
        return number(first) if first == last else f"{number(first)}_{number(last)}"

    gone = sequence[start:end]
    if not gone and sequence[start - len(alt) : start] == alt:
        return span(start - len(alt), start - 1) + "dup"
    if not gone:
        return span(start - 1, start) + "ins" + alt
    if not alt:
        return span(start, end - 1) + "del"
    if len(gone) == len(alt) == 1:
        return f"{number(start)}{gone}>{alt}"
    if alt == flipped(gone):
        return span(start, end - 1) + "inv"
    return span(start, end - 1) + "delins" + alt


@st.composite
def changes(draw, *, coding=False):
    """A locus, a numbered transcript, and a change of it, at borders and repeats more often than elsewhere."""
    locus, build = draw(st.sampled_from(LOCI)), draw(st.sampled_from(list(Build)))
    transcript = draw(st.sampled_from(locus.transcripts))
    one = NUMBERED[transcript.accession, build]
    edges = [edge for exon in one.exons for edge in exon] + [one.exonic[one.first], one.exonic[one.last]]
    near = st.builds(lambda edge, away: edge + away, st.sampled_from(edges), st.integers(-8, 8))
    inside = st.sampled_from(one.exonic[one.first : one.last + 1])
    anywhere = st.integers(one.span[0], one.span[-1])
    start = draw(inside if coding else st.one_of(near, near, inside, anywhere))
    there = draw(st.integers(0, 8))
    kind = draw(st.sampled_from(("del", "ins", "dup", "delins", "inv", "snv")))
    noise = draw(st.text("ACGT", min_size=1, max_size=8))
    bases = one.sequence[start : start + max(there, 2)]
    end, alt = {
        "del": (start + max(there, 1), ""),
        "ins": (start, noise),
        "dup": (start, one.sequence[start - max(there, 1) : start]),
        "delins": (start + there, noise),
        "inv": (start + len(bases), flipped(bases)),
        "snv": (start + 1, noise[0]),
    }[kind]
    change = Change(one.sequence, start, end, alt)
    assume(change.result != one.sequence)
    assume(one.span[0] + 40 < start < one.span[-1] - 40)
    return locus, one, change


def allele_of(locus, build, change):
    """The change as a VCF would hold it, normalised."""
    piece = locus.slices[build]
    start, end, alt = change.start, change.end, change.alt
    if locus.strand < 0:
        start, end, alt = len(change.sequence) - end, len(change.sequence) - start, flipped(alt)
    ref = piece.sequence[start - 1 : end]
    return normalise(piece, build, locus.contig, piece.start + start - 1, ref, ref[0] + alt)


def effect_of(told, one):
    return next(effect for effect in told.effects if effect.accession == one.name)


@settings(max_examples=600, deadline=None)
@given(changes())
def test_the_names_are_those_written_by_hand_and_lead_back(drawn):
    locus, one, change = drawn
    allele = allele_of(locus, one.build, change)
    told = annotate(PANEL, allele)
    name = f"{one.name}:c.{written(change, one.number)}"
    assert f"{one.name}:{effect_of(told, one).hgvs_c}" == name
    assert locate(PANEL, name, one.build).allele == allele
    piece = locus.slices[one.build]
    plus = Change(piece.sequence, *_on_plus(locus, change))
    genomic = f"{accession(locus.contig, one.build)}:g.{written(plus, lambda at: str(piece.start + at))}"
    assert told.hgvs_g == genomic
    assert locate(PANEL, genomic, one.build).allele == allele


def _on_plus(locus, change):
    if locus.strand > 0:
        return change.start, change.end, change.alt
    length = len(change.sequence)
    return length - change.end, length - change.start, flipped(change.alt)


@settings(max_examples=400, deadline=None)
@given(
    changes(), st.sampled_from(("del", "dup", "ins", "delins", "inv", "snv")), st.text("ACGT", min_size=1, max_size=5)
)
def test_a_name_in_any_form_means_one_allele_and_is_told_in_the_right_form(drawn, kind, bases):
    """Names people write: not shifted, an insertion that is a copy, bases spelled after del and dup, lower case."""
    locus, one, change = drawn
    first, last = change.start, max(change.start + 1, change.end - 1)
    span, there = f"{one.number(first)}_{one.number(last)}", one.sequence[first : last + 1]
    name, meant = {
        "del": (f"{span}del{there}", Change(one.sequence, first, last + 1, "")),
        "dup": (f"{span}dup{there}", Change(one.sequence, last + 1, last + 1, there)),
        "ins": (
            f"{one.number(first)}_{one.number(first + 1)}ins{bases}",
            Change(one.sequence, first + 1, first + 1, bases),
        ),
        "delins": (f"{span}del{there}ins{bases}", Change(one.sequence, first, last + 1, bases)),
        "inv": (f"{span}inv", Change(one.sequence, first, last + 1, flipped(there))),
        "snv": (f"{one.number(first)}{there[0].lower()}>{bases[0]}", Change(one.sequence, first, first + 1, bases[0])),
    }[kind]
    assume(meant.result != one.sequence)
    found = locate(PANEL, f"{one.name}:c.{name}", one.build).allele
    assert found == allele_of(locus, one.build, meant)
    canonical = effect_of(annotate(PANEL, found), one).hgvs_c
    assert canonical == f"c.{written(meant, one.number)}"
    assert locate(PANEL, f"{one.name}:{canonical}", one.build).allele == found


CODING_NAME = re.compile(r"c\.([-*]?\d+)(?:_([-*]?\d+))?(?:([ACGT])>([ACGT])|(delins|del|dup|ins|inv)([ACGT]*))")


def applied(name, one):
    """The transcript after an exonic c. name is applied to it, by the name's own words; None for names in introns."""
    found = CODING_NAME.fullmatch(name)
    if found is None:
        return None
    first, last, ref, alt, verb, bases = found.groups()
    low, high = (_spliced_place(one, number) for number in (first, last or first))
    there = one.spliced[low : high + 1]
    assert ref is None or there == ref
    low, high = (low + 1, high - 1) if verb == "ins" else (low, high)
    put = {"del": "", "dup": there + there, "inv": flipped(there)}.get(verb, bases) if verb else alt
    return one.spliced[:low] + put + one.spliced[high + 1 :]


def _spliced_place(one, number):
    if number[0] == "*":
        return one.last + int(number[1:])
    return one.first + int(number) - (int(number) > 0)


def mutated(one, change):
    """The transcript spliced from the changed gene; None when the change touches an exon's border."""
    start, end = change.start, change.end
    if not any(low <= start - 1 and end <= high for low, high in one.exons):
        return None
    after = [at + len(change.alt) - (end - start) for at in one.exonic if at >= end]
    result, before = change.result, [at for at in one.exonic if at < start]
    return "".join(result[at] for at in (*before, *range(start, start + len(change.alt)), *after))


def fits(name, old, new):
    """Whether a p. name, applied to the old protein, says what the new one is (both with their final stop)."""
    body = name.removeprefix("p.(").removesuffix(")")
    shift = re.fullmatch(r"([A-Z][a-z]{2})(\d+)([A-Z][a-z]{2})(fs|ext)Ter(\d+|\?)", body)
    if shift:
        was, at, now, kind, count = shift.groups()
        place = int(at) - 1
        length = place + (kind == "ext") + int(count) if count != "?" else None
        assert (kind == "ext") is (was == "Ter")
        ends = new.endswith("*") and len(new) == length if length else not new.endswith("*")
        return old[place] == ONE_LETTER[was] and new[: place + 1] == old[:place] + ONE_LETTER[now] and ends
    simple = re.fullmatch(r"([A-Z][a-z]{2})(\d+)(?:_([A-Z][a-z]{2})(\d+))?(.*)", body)
    was, at, until, to, rest = simple.groups()
    low = int(at) - 1
    high = int(to) if to else low + 1
    assert old[low] == ONE_LETTER[was]
    assert until is None or old[high - 1] == ONE_LETTER[until]
    if rest == "=":
        return new == old
    letters = "".join(ONE_LETTER[residue] for residue in RESIDUES.findall(rest))
    if rest.startswith("ins"):
        low, high = low + 1, high - 1
    if rest == "dup":
        low, letters = high, old[low:high]
    made = old[:low] + letters + old[high:]
    return made[: made.index("*") + 1] == new


@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(changes(coding=True))
def test_the_c_name_makes_the_changed_transcript_and_the_p_name_its_protein(drawn):
    locus, one, change = drawn
    last = most_3prime(change)
    changed = mutated(one, last)
    assume(changed is not None)
    effect = effect_of(annotate(PANEL, allele_of(locus, one.build, change)), one)
    made = applied(effect.hgvs_c, one)
    assert made == changed or (
        made is None and re.search(r"\d[+-]\d", effect.hgvs_c)
    )  # a copy that begins in an intron
    # What stands before the initiator moves it, be it told of the initiator's own bases by the 3' rule.
    moved = last.end <= one.exonic[one.first] or effect.hgvs_p == "p.(Met1=)"
    origin = one.first + (last.growth if moved else 0)
    old, new = protein_of(one.spliced[one.first :]), protein_of(changed[origin:])
    if effect.hgvs_p is None or effect.hgvs_p == "p.(Met1=)":
        assert new == old
    elif effect.hgvs_p == "p.(Met1?)":
        assert not changed[origin:].startswith("ATG") or last.start < one.exonic[one.first + 3]
    elif effect.hgvs_p != "p.?":  # a copy that doubles a splice site, or a transcript that ends without a stop
        assert fits(effect.hgvs_p, old, new), (effect.hgvs_c, effect.hgvs_p)


@settings(max_examples=300, deadline=None)
@given(changes())
def test_both_builds_give_the_same_names(drawn):
    locus, one, change = drawn
    allele = allele_of(locus, one.build, change)
    place = convert_allele(PANEL, one.build, allele.contig, allele.pos, allele.ref, allele.alt, one.build.other)
    assume(place is not None)
    contig, pos, ref, alt = place
    other = annotate(PANEL, Allele(one.build.other, contig, pos, ref, alt, pos + len(ref) - 1))
    assert annotate(PANEL, allele).effects == other.effects


def test_every_substitution_of_ikbkg_has_the_same_names_in_both_builds():
    locus, compared = PANEL.loci[Gene("IKBKG")], 0
    piece = locus.slices[Build.GRCH37]
    for exon in {exon for transcript in locus.transcripts for exon in transcript.models[Build.GRCH37].exons}:
        for pos in range(exon.start - 30, exon.end + 31):
            ref = piece.base(pos)
            alt = "ACGT"["ACGT".index(ref) - 1]
            place = convert_allele(PANEL, Build.GRCH37, locus.contig, pos, ref, alt, Build.GRCH38)
            if place is not None:
                contig, there, *bases = place
                first = annotate(PANEL, Allele(Build.GRCH37, contig, pos, ref, alt, pos))
                second = annotate(PANEL, Allele(Build.GRCH38, contig, there, *bases, there))
                assert first.effects == second.effects
                compared += 1
    assert compared > 3000


@settings(max_examples=300, deadline=None)
@given(changes(), st.integers(0, 6), st.integers(0, 6), st.booleans())
def test_lower_case_and_padding_change_nothing(drawn, before, after, lower):
    locus, one, change = drawn
    plain = allele_of(locus, one.build, change)
    piece = locus.slices[one.build]
    head, tail = piece.bases(plain.pos - before, plain.pos - 1), piece.bases(plain.end + 1, plain.end + after)
    ref, alt = head + plain.ref + tail, head + plain.alt + tail
    if lower:
        ref, alt = ref.lower(), alt.lower()
    assert normalise(piece, one.build, locus.contig, plain.pos - before, ref, alt) == plain
