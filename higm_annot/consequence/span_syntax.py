"""Names of structural alleles taken apart: ends within a stretch, unknown ends, bases told by their number only.

Syntax only, the inverse of :mod:`higm_annot.consequence.breakpoints`: HGVS Nomenclature, Recommendations, Uncertain;
DNA, deletion, duplication, insertion.
"""

from __future__ import annotations

import re

from higm_annot.consequence.breakpoints import TANDEM
from higm_annot.consequence.written import (
    POINT,
    REFERENCE,
    End,
    Point,
    SpanName,
    UnreadableError,
    axis_of,
    point_of,
)

_END = rf"\((?:\?|{POINT})_(?:\?|{POINT})\)|{POINT}"
_COUNT = r"N\[(?:\d{1,9}|\?)\]"
_SPAN = re.compile(
    rf"^{REFERENCE}(?P<axis>[cg])\.(?P<first>{_END})(?:_(?P<last>{_END}))?"
    rf"(?:(?P<verb>delins|del|dup|inv|ins)(?P<inserted>{_COUNT}|[ACGT]*)|\[(?P<copies>\d{{1,3}}|\?)\])$",
    re.IGNORECASE | re.ASCII,
)
_ELSEWHERE = re.compile(
    r"^(?P<outer>[A-Za-z0-9_.]+):g\.\?_\?ins\[(?P<copied>(?P<inner>[^:\[\]]+):g\.[^\[\]]+)\]$", re.IGNORECASE
)
_TYPES = {"del": "<DEL>", "delins": "<DEL>", "dup": TANDEM, "inv": "<INV>", "ins": "<INS>"}


def read_span(written: str) -> SpanName | None:
    """A structural name taken apart; None where the text is of another kind.

    Raises
    ------
    UnreadableError
        With the reason in words.
    """
    copied = _ELSEWHERE.match(written)
    found = _SPAN.match(f"{copied['copied']}dup" if copied else written)
    if found is None or (copied and copied["outer"].upper() != copied["inner"].upper()):
        return None
    first = _end(found["first"])
    last = _end(found["last"]) if found["last"] else first
    axis = axis_of(found["axis"], first.low, first.high, last.low, last.high)
    verb, inserted = (found["verb"] or "").lower(), (found["inserted"] or "").upper()
    if (verb in ("ins", "delins")) is not bool(inserted):
        msg = (
            f"'{verb}' does not say which bases" if not inserted else f"bases behind '{verb}' do not fit uncertain ends"
        )
        raise UnreadableError(msg)
    if found["copies"] and not (first.bracketed or found["copies"] == "?"):
        msg = "a number in brackets wants the bases that are repeated before it (c.340CA[3])"
        raise UnreadableError(msg)
    return SpanName(
        reference=found["reference"] or "",
        gene=found["gene"] or "",
        axis=axis,
        first=first,
        last=last,
        alt="<DUP>" if copied else _TYPES.get(verb, "<CNV>"),
        inserted="" if inserted == "N[?]" else inserted,
        copies=found["copies"] or "",
    )


def _end(written: str) -> End:
    if not written.startswith("("):
        point = point_of(written)
        return End(point, point, bracketed=False)
    low, high = (_known(one) for one in written.strip("()").split("_"))
    return End(low, high, bracketed=True)


def _known(written: str) -> Point | None:
    return None if written == "?" else point_of(written)
