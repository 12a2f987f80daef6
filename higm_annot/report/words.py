"""Words for codes: every code of a document as it is printed, from the text table."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from higm_annot.interpretation.types import Conclusion
from higm_annot.knowledge.tables import diseases, sources
from higm_annot.knowledge.texts import text, texts

_PAGE = "page."

# How a conclusion looks, never what it means; the words stand beside the colour.
_TONES = {
    "disease_genotype": "high",
    "possible_disease_genotype": "high",
    "carrier_possibly_affected": "high",
    "one_allele_found": "medium",
    "uncertain": "medium",
    "secondary_risk": "medium",
    "carrier": "low",
    "no_finding": "calm",
    "failed": "high",
}


def words(code: str, kind: str) -> str:
    """The short words of a code (``report.<kind>.<code>``)."""
    return _printed(f"report.{kind}.{code}", code)


def label(name: str) -> str:
    """A label or heading of the page (``page.<name>``)."""
    return labels()[name]


@cache
def labels(prefix: str = _PAGE) -> dict[str, str]:
    """Labels, headings and fixed sentences of a page, by what follows ``page.`` (or another prefix) in their code."""
    return {code.removeprefix(prefix): row.text for code, row in texts().items() if code.startswith(prefix)}


def sentence(code: str, kind: str) -> str:
    """The sentence another room has for one of its codes (``<kind>.<code>``)."""
    return _printed(f"{kind}.{code}", code)


def _printed(name: str, code: str) -> str:
    """A code without a row is printed as it is, with blanks: an unknown code must never cost a report."""
    row = texts().get(name)
    return row.text if row else code.replace("_", " ")


def tone(code: str) -> str:
    """Style class of a conclusion code."""
    return _TONES.get(code, "quiet")


def tone_of(conclusion: Conclusion) -> str:
    """Style class of a conclusion; one that waits for another assay never looks like an established one."""
    return "medium" if unresolved(conclusion) and tone(conclusion.code) == "high" else tone(conclusion.code)


def unresolved(conclusion: Conclusion) -> str:
    """The words for a conclusion that waits for another assay; nothing where it stands."""
    return "" if conclusion.status == "established" else words(conclusion.status, "status")


def disease_words(conclusion: Conclusion) -> str:
    """Name and short name of a conclusion's disease; empty where it is about the gene as a whole."""
    row = diseases().get(conclusion.disease)
    return f"{row.name} ({row.disease})" if row else conclusion.disease


def in_one_line(conclusion: Conclusion) -> str:
    """A conclusion with its disease, what it waits for, and its reasons."""
    subject = ": ".join(part for part in (words(conclusion.code, "code"), disease_words(conclusion)) if part)
    said = [f"{part}." for part in (subject, unresolved(conclusion)) if part]
    return " ".join([*said, *conclusion.reasons])


class References:
    """Sources numbered in the order in which a page first names them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def numbers(self, keys: str | Iterable[str]) -> list[int]:
        """Numbers of source keys; a text holds several separated by semicolons. The program itself is no source."""
        parts = keys.split(";") if isinstance(keys, str) else [part for key in keys for part in key.split(";")]
        wanted = dict.fromkeys(part.strip() for part in parts if part.strip() not in ("", "software"))
        return [self._numbers.setdefault(key, len(self._numbers) + 1) for key in wanted]

    def listed(self) -> list[dict[str, str]]:
        """Every source named so far: key, title, date, PMID, DOI and address where known."""
        table = sources()
        listed = []
        for key in self._numbers:
            row = table.get(key)
            pmid = (row.pmid if row else "") or (key.removeprefix("PMID:") if key.startswith("PMID:") else "")
            listed.append(
                {
                    "key": key,
                    "title": row.title if row else key,
                    "dated": row.dated if row else "",
                    "pmid": pmid,
                    "pmid_words": text("page.pmid", pmid=pmid),
                    "doi": row.doi if row else "",
                    "doi_words": text("page.doi", doi=row.doi) if row else "",
                    "url": row.url if row else "",
                }
            )
        return listed
