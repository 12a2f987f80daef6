"""``higm-annot explain``: one variant, by any of its names, told to a person at the bench."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from higm_annot.explain import Explanation

_WIDTH = 15


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``explain`` command."""
    explain = commands.add_parser("explain", help="what a variant is called, is known for, and would mean in whom")
    explain.add_argument(
        "variant",
        metavar="VARIANT",
        help="HGVS c., g. or p. name (NM_000074.3:c.340del, CD40LG:c.340del, AICDA:p.Arg190Ter), chr-pos-ref-alt, "
        "SPDI, allele key, or an rsID of the embedded evidence",
    )
    explain.add_argument("--build", choices=("GRCh37", "GRCh38"), help="build of chr-pos-ref-alt (default GRCh38)")
    explain.add_argument("--evidence", default="", metavar="DIR", help="the laboratory's evidence directory")
    explain.add_argument("--record", default="", metavar="FILE", help="the laboratory's own classes")
    explain.add_argument("--json", action="store_true", help="print JSON")
    explain.set_defaults(handler=handle)


def handle(options: argparse.Namespace) -> int:
    """Explain one variant."""
    import msgspec  # noqa: PLC0415 - imports wait until they are needed

    from higm_annot.evidence.sources import evidence_with  # noqa: PLC0415 - as above
    from higm_annot.explain import explain  # noqa: PLC0415 - as above
    from higm_annot.laboratory import with_record  # noqa: PLC0415 - as above
    from higm_annot.reference.store import load_panel  # noqa: PLC0415 - as above
    from higm_annot.reference.types import Build  # noqa: PLC0415 - as above

    build = Build(options.build) if options.build else None
    found = explain(load_panel(), options.variant, build, with_record(evidence_with(options.evidence), options.record))
    if options.json:
        print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        print("\n\n".join("\n".join(_lines(one)) for one in found))
    return 0


def _class(one: Explanation) -> Iterator[str]:
    from higm_annot.knowledge.texts import text  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.report.variant_view import both_ways, laboratory_lines  # noqa: PLC0415 - as above

    yield _row("class", f"{one.class_} ({one.points} points). {one.reason}")
    for line in laboratory_lines(one.laboratory, one.computed):
        yield _row("", line)
    if one.uncovered:
        yield _row("", text("explain.class_not_used", scopes=", ".join(one.uncovered)))
    if one.criteria:
        yield _row("", both_ways(one.by_points, one.by_table)[0])
    yield from (_row("", cap) for cap in one.caps)
    if one.outlook:
        yield _row("", one.outlook.sentence)


def _lines(one: Explanation) -> Iterator[str]:
    """The explanation as plain text, the shortest answer first."""
    from higm_annot.evidence.sources import asked_words  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.knowledge.texts import text  # noqa: PLC0415 - as above

    mane = one.transcripts[0]
    yield f"{one.gene} {mane.accession}:{mane.hgvs_c or '(no c. name)'} {mane.hgvs_p}".rstrip()
    yield from (f"  {remark}" for remark in one.remarks)
    yield from _class(one)
    yield _row("mechanism", ", ".join(code.replace("_", " ") for code in one.mechanisms) or "not judged")
    yield _row("consequence", ", ".join(mane.consequences) + (f"; {mane.location}" if mane.location else ""))
    yield from (_row(label, told) for label, told in (("position", _place(one)), ("", one.next_start)) if told)
    if mane.escapes_nmd is not None:
        yield _row("decay", text("page.decay_escaped" if mane.escapes_nmd else "page.decay_expected"))
    yield from (_row("", said) for said in one.effect)
    if one.paralogue:
        yield _row("paralogue", f"{one.paralogue}: {text('report.paralogue.hard')}")
    yield ""
    yield "What it would mean"
    for meaning in one.meanings:
        told = f"{meaning.code or 'no conclusion'}{' (' + meaning.status + ')' if meaning.code else ''}"
        yield _row(meaning.who, f"{told} {meaning.disease} {meaning.diplotype}".rstrip())
        yield _row("", meaning.sentence)
        if meaning.penetrance:
            yield _row("", meaning.penetrance)
    yield ""
    yield "Names"
    for build, key in one.keys.items():
        written = (one.hgvs_g.get(build), key, one.spdi.get(build), one.vrs.get(build))
        yield _row(build, "   ".join(name for name in written if name))
    for transcript in one.transcripts:
        label = "MANE Select" if transcript.mane_select else ""
        names = f"{transcript.accession}:{transcript.hgvs_c or '(none)'} {transcript.hgvs_p}".rstrip()
        yield _row(label, f"{names}   {', '.join(transcript.consequences)}")
        if transcript.mane_select and (transcript.on_genome or transcript.on_protein):
            yield _row("in full", "   ".join(name for name in (transcript.on_genome, transcript.on_protein) if name))
    if one.worse_elsewhere:
        yield _row("", text("explain.worse_elsewhere", transcripts=", ".join(one.worse_elsewhere)))
    yield ""
    yield "Criteria not met"
    yield from _not_met(one)
    yield ""
    yield "Evidence"
    for criterion in one.criteria:
        yield _row(criterion.code, f"{criterion.evidence} [{criterion.source}]")
    for record in one.evidence:
        yield _row(record.dated or "no date", f"{record.statement} [{record.source}, {record.record}]")
    for asked in one.asked:
        yield _row("", asked_words(asked))


def _not_met(one: Explanation) -> Iterator[str]:
    """The criteria that were looked at and not met, one line for those with the same state and reason."""
    from higm_annot.knowledge.texts import text  # noqa: PLC0415 - imports wait until they are needed

    together: dict[tuple[str, str], list[str]] = {}
    for judged in one.judged:
        if judged.reason:
            together.setdefault((judged.state, judged.reason), []).append(judged.code)
    for (state, reason), codes in together.items():
        yield _row(text(f"report.criterion_state.{state}"), f"{', '.join(codes)}: {text(f'audit.{reason}')}")


def _place(one: Explanation) -> str:
    """Bases of the coding sequence, residues, and the parts of the protein that are touched."""
    mane = one.transcripts[0]
    parts = [
        f"{label} {first}" if first == last else f"{label}s {first}-{last}"
        for label, first, last in (
            ("coding base", mane.cds_start, mane.cds_end),
            ("residue", mane.protein_start, mane.protein_end),
        )
        if first is not None
    ]
    return "; ".join([*parts, *one.features])


def _row(label: str, content: str) -> str:
    return f"  {label:<{_WIDTH}} {content}" if len(label) <= _WIDTH else f"  {label}\n  {'':<{_WIDTH}} {content}"
