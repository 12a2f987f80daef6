"""TSV of one report: a row for each variant a conclusion names, and a row for a conclusion that names none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from higm_annot.evidence.labrecord.types import Assertion
from higm_annot.evidence.types import Record, RecordKind
from higm_annot.interpretation.types import Conclusion
from higm_annot.report.types import Report, VariantBlock

COLUMNS = (
    "sample",
    "gene",
    "disease",
    "conclusion",
    "status",
    "diplotype",
    "phase",
    "key",
    "build",
    "hgvs_g",
    "transcript",
    "hgvs_c",
    "hgvs_p",
    "consequence",
    "state",
    "depth",
    "allele_balance",
    "filter",
    "allele_class",
    "case_class",
    "criteria",
    "gnomad_af",
    "clinvar",
    "paralogue",
    "flags",
    "class_by_points",
    "class_by_table",
    "computed_class",
    "laboratory_class",
    "case_criteria",
)
FAILED = "failed"
_SEPARATORS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})


def render_tsv(report: Report) -> str:
    """Header and rows; lines end in a newline."""
    return lines([COLUMNS, *rows(report)])


def rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Cells in the order of :data:`COLUMNS`; a failed report is one row with status ``failed`` and its codes."""
    if report.status == FAILED:
        codes = ",".join(dict.fromkeys(found.code for found in report.problems))
        yield _row({"sample": report.sample.id, "status": FAILED, "build": report.provenance.build, "flags": codes})
    blocks: dict[str, list[VariantBlock]] = {}
    for block in report.variants:
        blocks.setdefault(block.key, []).append(block)
    for conclusion in report.conclusions:
        cells = _conclusion(conclusion) | {"sample": report.sample.id, "build": report.provenance.build}
        named = [block for key in conclusion.variants for block in blocks.get(key, ())]
        for block in named:
            yield _row(cells | _variant(block))
        if not named:
            yield _row(cells)


def lines(table: Iterable[tuple[str, ...]]) -> str:
    """Tab-separated lines; a tab or line break inside a cell becomes a blank."""
    return "".join("\t".join(cell.translate(_SEPARATORS) for cell in row) + "\n" for row in table)


def _row(cells: dict[str, str]) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in COLUMNS)


def _conclusion(conclusion: Conclusion) -> dict[str, str]:
    diplotype = conclusion.diplotype
    return {
        "gene": conclusion.gene,
        "disease": conclusion.disease,
        "conclusion": conclusion.code,
        "status": conclusion.status,
        "diplotype": diplotype.hgvs if diplotype else "",
        "phase": diplotype.phase if diplotype else "",
    }


def _variant(block: VariantBlock) -> dict[str, str]:
    support = block.support
    return {
        "key": block.key,
        "hgvs_g": block.hgvs.g,
        "transcript": block.transcript,
        "hgvs_c": block.hgvs.c.get(block.transcript, ""),
        "hgvs_p": block.hgvs.p.get(block.transcript, ""),
        "consequence": "&".join(block.consequences),
        "state": block.state,
        "depth": "" if support.depth is None else str(support.depth),
        "allele_balance": "" if support.allele_balance is None else f"{support.allele_balance:.3f}",
        "filter": ";".join(support.filters),
        "allele_class": block.allele_class.class_,
        "case_class": block.case_class or "",
        "criteria": ",".join(criterion.code for criterion in block.allele_class.criteria),
        "gnomad_af": _gnomad(block.evidence),
        "clinvar": "; ".join(_assertion(record) for record in block.evidence if _is_clinvar(record)),
        "paralogue": block.paralogue,
        "flags": ",".join(block.flags),
        "class_by_points": block.allele_class.by_points,
        "class_by_table": block.allele_class.by_table,
        "computed_class": computed_class(block),
        "laboratory_class": "; ".join(map(_laboratory, block.allele_class.laboratory)),
        "case_criteria": ",".join(criterion.code for criterion in block.case.criteria) if block.case else "",
    }


def computed_class(block: VariantBlock) -> str:
    """The class that rules and sources give, whichever is used."""
    return block.allele_class.computed.class_ if block.allele_class.computed else block.allele_class.class_


def _laboratory(said: Assertion) -> str:
    about = ", ".join(part for part in (said.scope, said.who, said.dated) if part)
    return f"{said.class_} ({about})"


def _gnomad(evidence: Iterable[Record]) -> str:
    """The highest gnomAD frequency on record that is reliable and has alleles behind it; blank is "no data"."""
    found = [
        record.frequency.allele_frequency
        for record in evidence
        if record.frequency is not None
        and record.current
        and record.frequency.reliable
        and record.frequency.allele_frequency is not None
        and record.frequency.allele_number != 0
        and "gnomad" in f"{record.frequency.dataset} {record.source}".lower()
    ]
    return f"{max(found):.6g}" if found else ""


def _is_clinvar(record: Record) -> bool:
    return record.kind is RecordKind.ASSERTION and bool(record.significance) and "clinvar" in record.source.lower()


def _assertion(record: Record) -> str:
    about = ", ".join(part for part in (record.review, record.dated) if part)
    return record.significance + (f" ({about})" if about else "")
