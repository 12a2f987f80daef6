"""Names of variants as people write them, taken apart: HGVS c., g. and p., ``chr-pos-ref-alt``, SPDI, rsIDs.

Syntax only: nothing here knows a sequence. Accepted beyond HGVS Nomenclature v21, because reports and databases use
it: bases after ``del``, ``dup`` and ``inv`` (checked, then dropped), one-letter residues, ``*`` for Ter, p. names
without parentheses, and a gene in parentheses after the accession (``NM_000074.3(CD40LG):c.340del``).
"""

from __future__ import annotations

import re

from higm_annot.consequence.edit import Kind
from higm_annot.consequence.span_syntax import read_span
from higm_annot.consequence.written import (
    POINT,
    REFERENCE,
    HaplotypeName,
    Name,
    NucleotideName,
    OtherProteinName,
    PlaceName,
    ProteinName,
    RepeatName,
    RsId,
    TypedKey,
    UnreadableError,
    axis_of,
    point_of,
)
from higm_annot.reference.sequence import THREE_LETTERS

ONE_LETTER = {three: one for one, three in THREE_LETTERS.items()} | {"Ter": "*", "*": "*"}

_NUCLEOTIDE = re.compile(
    rf"^{REFERENCE}(?P<axis>[cg])\.(?P<first>{POINT})(?:_(?P<last>{POINT}))?"
    r"(?:(?P<ref>[ACGT]+)>(?P<alt>[ACGT]+)|(?P<verb>delins|del|dup|ins|inv|=)(?P<bases>[ACGTN]*)"
    r"|(?P<old>[ACGT]+)=|del(?P<lost>[ACGT]+)ins(?P<gained>[ACGT]+))$",
    re.IGNORECASE | re.ASCII,
)
_PROTEIN = re.compile(
    rf"^{REFERENCE}p\.\(?(?P<old>[A-Z]{{3}}|[A-Z*])(?P<number>\d{{1,9}})(?P<new>[A-Z]{{3}}|[A-Z*=])\)?$",
    re.IGNORECASE | re.ASCII,
)
_REPEAT = re.compile(
    rf"^{REFERENCE}(?P<axis>[cg])\.(?P<first>{POINT})(?:_(?P<last>{POINT}))?(?P<unit>[ACGT]+)\[(?P<copies>\d{{1,5}})\]$",
    re.IGNORECASE | re.ASCII,
)
_OTHER_PROTEIN = re.compile(rf"^{REFERENCE}p\.\(?(?P<change>[^()]+)\)?$", re.IGNORECASE)
_DASHED = re.compile(
    r"^(?:chr)?(?P<contig>[0-9A-Za-z_.]+)[-:\s](?P<pos>\d{1,3}(?:,\d{3}){1,2}|\d{1,10})[-:\s]?(?P<ref>[ACGT]+)[-:>/\s]"
    r"(?P<alt>[ACGT]+)$",
    re.IGNORECASE | re.ASCII,
)
_SPDI = re.compile(
    r"^(?P<reference>[A-Z]{2}_\d+\.\d+):(?P<offset>\d{1,10}):(?P<deleted>[ACGT]*|\d{1,9}):(?P<inserted>[ACGT]*)$",
    re.IGNORECASE | re.ASCII,
)
_KEY = re.compile(
    r"^(?P<build>GRCh3[78]):(?P<contig>\w+):(?P<pos>\d{1,10}):(?P<ref>[ACGTN]+):(?P<alt>[ACGT]+)$", re.ASCII
)
_TYPED_KEY = re.compile(
    r"^(?P<build>GRCh3[78]):(?P<contig>\w+):(?P<pos>\d{1,10}):(?P<base>[ACGTN]):(?P<alt><[A-Z]+(?::[A-Z0-9_]+)*>)"
    r"(?::(?P<inserted>[ACGT]+|N\[\d{1,9}\]))?(?::~(?P<margins>\?|-?\d{1,9}(?:,-?\d{1,9}){3}))?"
    r"(?::@(?P<part>\w+))?:(?P<end>\d{1,10})$",
    re.ASCII,
)
_HAPLOTYPE = re.compile(
    rf"^(?P<prefix>{REFERENCE}[cg]\.)\[(?P<parts>[^\[\]]+(?:\[[^\[\]]*\][^\[\]]*)*)\]$", re.IGNORECASE
)
_JOINED_KEY = re.compile(
    r"^(?P<first>(?P<place>GRCh3[78]:\w+:)\d+:[ACGT]+:[ACGT]+)\+(?P<others>[\dACGT:+]+)$", re.ASCII
)
_RSID = re.compile(r"^rs\d+$")
# What word processors, web pages and other programs put where a name has plain characters.
_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2192\u203a\uff1e", ">"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
        **dict.fromkeys("\u00a0\u2007\u202f", " "),
        "\uff1a": ":",
    }
)
_CLINVAR_TITLE = re.compile(r"\s+\(p\.[^()]*\)$")


def read_name(text: str) -> Name:
    """Take a name apart.

    Raises
    ------
    UnreadableError
        With the reason in words.
    """
    written = tidied(text)
    for pattern, reader in _READERS:
        if (found := pattern.match(written)) is not None:
            return reader(found)
    if (span := read_span(written)) is not None:
        return span
    if "];[" in written:
        msg = "it names what two copies carry; give them one by one"
        raise UnreadableError(msg)
    msg = "it has none of the forms that are read"
    raise UnreadableError(msg)


def tidied(text: str) -> str:
    """A name without what copying from a text adds: lookalikes of plain characters, blanks, a protein name behind."""
    written = _CLINVAR_TITLE.sub("", text.replace("&gt;", ">").translate(_LOOKALIKES).strip())
    return re.sub(r"\s*([:>()_])\s*", r"\1", re.sub(r"(?<=\w)\s+(?=[cgpCGP]\.)", ":", written))


def _nucleotide(found: re.Match[str]) -> NucleotideName:
    first = point_of(found["first"])
    last = point_of(found["last"]) if found["last"] else first
    reference, gene = found["reference"] or "", found["gene"] or ""
    axis = axis_of(found["axis"], first, last)
    if found["alt"]:
        ref, alt = found["ref"].upper(), found["alt"].upper()
        if len(ref) > 1 and not found["last"]:
            msg = "several bases are exchanged between two positions, c.340_341delinsGG"
            raise UnreadableError(msg)
        # Several bases with ">" are not HGVS, but say what is meant: they are checked like a delins.
        kind = Kind.SUBSTITUTION if len(ref) == len(alt) == 1 else Kind.DELINS
        return NucleotideName(reference, gene, axis, first, last, kind, ref, alt)
    if found["gained"]:
        return NucleotideName(
            reference, gene, axis, first, last, Kind.DELINS, found["lost"].upper(), found["gained"].upper()
        )
    if found["old"]:
        return NucleotideName(reference, gene, axis, first, last, Kind.IDENTITY, found["old"].upper(), "")
    kind = _VERBS[found["verb"].lower()]
    bases = found["bases"].upper()
    if "N" in bases:
        msg = "N does not say which base"
        raise UnreadableError(msg)
    if kind in (Kind.INSERTION, Kind.DELINS):
        if not bases:
            msg = f"'{found['verb']}' does not say which bases"
            raise UnreadableError(msg)
        return NucleotideName(reference, gene, axis, first, last, kind, "", bases)
    return NucleotideName(reference, gene, axis, first, last, kind, bases, "")


def _protein(found: re.Match[str]) -> ProteinName:
    letters = []
    for written in (found["old"], found["new"]):
        letter = ONE_LETTER.get(written.capitalize(), written.upper() if len(written) == 1 else "")
        letter = "*" if written in ("X", "x") else letter  # how a stop was written before HGVS asked for Ter
        if not letter or (letter != "=" and letter not in ONE_LETTER.values()):
            msg = f"'{written}' is no amino acid"
            raise UnreadableError(msg)
        letters.append(letter)
    return ProteinName(found["reference"] or "", found["gene"] or "", letters[0], int(found["number"]), letters[1])


def _other_protein(found: re.Match[str]) -> OtherProteinName:
    return OtherProteinName(found["reference"] or "", found["gene"] or "", found["change"])


def _repeat(found: re.Match[str]) -> RepeatName:
    first = point_of(found["first"])
    last = point_of(found["last"]) if found["last"] else first
    axis = axis_of(found["axis"], first, last)
    unit, copies = found["unit"].upper(), int(found["copies"])
    return RepeatName(found["reference"] or "", found["gene"] or "", axis, first, last, unit, copies)


def _dashed(found: re.Match[str]) -> PlaceName:
    return PlaceName(
        found["contig"], "", int(found["pos"].replace(",", "")), found["ref"].upper(), found["alt"].upper()
    )


def _key(found: re.Match[str]) -> PlaceName:
    return PlaceName(found["contig"], found["build"], int(found["pos"]), found["ref"], found["alt"])


def _typed_key(found: re.Match[str]) -> TypedKey:
    """The margins stand before the end; ``~?`` where the ends are not exact and nobody says by how much."""
    written = found["margins"]
    down, up, end_down, end_up = (int(one) for one in written.split(",")) if written not in (None, "?") else (0,) * 4
    return TypedKey(
        contig=found["contig"],
        build=found["build"],
        pos=int(found["pos"]),
        ref=found["base"],
        alt=found["alt"],
        end=int(found["end"]),
        exact=written is None,
        margins=(down, up, end_down, end_up),
        inserted=found["inserted"] or "",
        part=found["part"] or "",
    )


def _spdi(found: re.Match[str]) -> PlaceName:
    """SPDI counts from 0; the deleted sequence may be given as its length."""
    deleted = found["deleted"]
    count = int(deleted) if deleted.isdigit() else 0
    ref = "" if deleted.isdigit() else deleted
    inserted = found["inserted"].upper()
    return PlaceName(found["reference"].upper(), "", int(found["offset"]) + 1, ref.upper(), inserted, count)


def _haplotype(found: re.Match[str]) -> Name:
    """Changes in one pair of brackets lie on one copy; a single one is itself."""
    if "(;)" in found["parts"]:
        msg = "it does not say whether its changes lie on one copy; give them one by one"
        raise UnreadableError(msg)
    first, *others = (found["prefix"] + part.strip() for part in found["parts"].split(";"))
    return HaplotypeName((first, *others)) if others else read_name(first)


def _joined_key(found: re.Match[str]) -> HaplotypeName:
    """The key of changes side by side: that of the first, and place and bases of the others."""
    return HaplotypeName((found["first"], *(found["place"] + other for other in found["others"].split("+"))))


def _rsid(found: re.Match[str]) -> RsId:
    return RsId(found[0])


_VERBS = {
    "del": Kind.DELETION,
    "dup": Kind.DUPLICATION,
    "ins": Kind.INSERTION,
    "inv": Kind.INVERSION,
    "delins": Kind.DELINS,
    "=": Kind.IDENTITY,
}
_READERS = (
    (_RSID, _rsid),
    (_KEY, _key),
    (_TYPED_KEY, _typed_key),
    (_SPDI, _spdi),
    (_NUCLEOTIDE, _nucleotide),
    (_HAPLOTYPE, _haplotype),
    (_JOINED_KEY, _joined_key),
    (_REPEAT, _repeat),
    (_PROTEIN, _protein),
    (_OTHER_PROTEIN, _other_protein),
    (_DASHED, _dashed),
)
