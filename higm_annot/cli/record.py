"""``higm-annot record``: the laboratory's own classes and counts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from higm_annot.evidence.labrecord.types import Count, HistoryRow, LabClass, VariantNames

_VARIANT = "HGVS c. or g. name, allele key, chr-pos-ref-alt or SPDI"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``record`` command and its actions."""
    record = commands.add_parser("record", help="the laboratory's own classes, and how often it saw an allele")
    actions = record.add_subparsers(dest="action", metavar="ACTION", required=True)
    init = actions.add_parser("init", help="make an empty record")
    init.add_argument("file", metavar="RECORD", help="file to make; it must not exist")
    init.add_argument("--json", action="store_true", help="print JSON")
    init.set_defaults(handler=_init)
    add = _action(actions, "add", "put a class on record", _add)
    add.add_argument("variant", metavar="VARIANT", help=_VARIANT)
    add.add_argument("--class", required=True, dest="class_", metavar="CLASS", help="one of the five, or withdrawn")
    add.add_argument("--reason", required=True, help="why; printed in reports, so no names")
    add.add_argument("--who", required=True, metavar="CODE", help="who gave it: a code, not a name")
    add.add_argument("--date", default="", metavar="DAY", help="when it was given, as 2026-01-31 (default today)")
    add.add_argument("--disease", default="", help="limit the class to a disease of the gene")
    add.add_argument("--mechanism", default="", help="limit the class to a mechanism, and say that it acts so")
    add.add_argument("--criteria", default="", metavar="TEXT", help="criteria as the laboratory applied them")
    add.add_argument("--build", choices=("GRCh37", "GRCh38"), help="build of chr-pos-ref-alt (default GRCh38)")
    show = _action(actions, "show", "classes on record, what was superseded included", _show)
    show.add_argument("variant", nargs="?", metavar="VARIANT", help=f"only this allele: {_VARIANT}")
    counts = _action(actions, "counts", "in how many samples alleles were seen", _counts)
    counts.add_argument("variant", nargs="?", metavar="VARIANT", help=f"only this allele: {_VARIANT}")
    import_ = _action(actions, "import", "put classes or observations of a TSV on record, all or none", _import)
    import_.add_argument("tsv", metavar="TSV", help="as written by record export; see docs/record.md")
    export = _action(actions, "export", "write classes, observations or ClinVar's columns as TSV", _export)
    form = export.add_mutually_exclusive_group()
    form.add_argument("--observations", action="store_true", help="reports and alleles instead of classes")
    form.add_argument("--clinvar", action="store_true", help="classes in force, under ClinVar's submission headers")
    export.add_argument("-o", "--out", metavar="FILE", help="where to write (default standard output)")


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    told: str,
    handler: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=told)
    parser.add_argument("file", metavar="RECORD", help="the record")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(handler=handler)
    return parser


def today() -> date:
    """The day, where this machine is."""
    from datetime import UTC, datetime  # noqa: PLC0415 - imports wait until they are needed

    return datetime.now(tz=UTC).astimezone().date()


def _init(options: argparse.Namespace) -> int:
    from higm_annot.evidence.labrecord.store import create  # noqa: PLC0415 - imports wait until they are needed

    create(Path(options.file))
    _print(options, {"record": options.file}, [f"empty record in {options.file}"])
    return 0


def _add(options: argparse.Namespace) -> int:
    """Put one class on record, and say at once when reports will not use it."""
    from higm_annot.evidence.labrecord.classes import add  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.evidence.labrecord.entries import Written, lab_class  # noqa: PLC0415 - as above
    from higm_annot.reference.store import load_panel  # noqa: PLC0415 - as above
    from higm_annot.reference.types import Build  # noqa: PLC0415 - as above

    names = ("variant", "reason", "who", "disease", "mechanism", "criteria")
    cells = {name: getattr(options, name) for name in names}
    cells |= {"class": options.class_, "dated": options.date or today().isoformat()}
    written = Written(cells)
    row = lab_class(load_panel(), written, today(), Build(options.build) if options.build else None)
    new = add(Path(options.file), [(written, row)])
    said = row.assertion
    where = f"{row.variant.key} {row.variant.hgvs_c} {said.scope}".rstrip()
    state = "on record" if new else "on record already"
    lines = [f"{row.id} {state}: {where}: {said.class_}"]
    left = _not_settled(options.file, row)
    if left:
        lines.append(f"reports will show it and not use it: it does not settle {', '.join(left)}")
    _print(options, {"id": row.id, "new": bool(new), "not_settled": left, "row": row}, lines)
    return 0


def _not_settled(file: str, row: LabClass) -> tuple[str, ...]:
    """The diseases that keep reports from using what is on record of this allele."""
    from higm_annot.annotated import annotate_allele  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.consequence.locate import locate  # noqa: PLC0415 - as above
    from higm_annot.evidence.sources import EMBEDDED  # noqa: PLC0415 - as above
    from higm_annot.laboratory import with_record  # noqa: PLC0415 - as above
    from higm_annot.reference.store import load_panel  # noqa: PLC0415 - as above

    panel = load_panel()
    known = annotate_allele(panel, locate(panel, row.variant.key).allele, with_record(EMBEDDED, file))
    return known.allele_class.uncovered


def _show(options: argparse.Namespace) -> int:
    from higm_annot.evidence.labrecord.classes import history  # noqa: PLC0415 - imports wait until they are needed

    rows = history(Path(options.file), _variant(options))
    _print(options, rows, _history_lines(rows))
    return 0


def _history_lines(rows: tuple[HistoryRow, ...]) -> Iterator[str]:
    from higm_annot.evidence.labrecord.types import WITHDRAWN  # noqa: PLC0415 - imports wait until they are needed

    if not rows:
        yield "no class on record"
    for one in rows:
        said, variant = one.row.assertion, one.row.variant
        held = "" if said.class_ == WITHDRAWN else "in force"
        state = f"superseded by {one.superseded_by}" if one.superseded_by else held
        scope = f" ({said.scope})" if said.scope else ""
        yield f"{one.number}  {variant.key}  {variant.hgvs_c or variant.hgvs_g}  {said.class_}{scope}  {state}".rstrip()
        yield f"   {said.who}, {said.dated}: {said.reason}"
        if said.criteria:
            yield f"   criteria: {said.criteria}"


def _counts(options: argparse.Namespace) -> int:
    from higm_annot.evidence.labrecord.observations import counts  # noqa: PLC0415 - imports wait until they are needed

    samples, found = counts(Path(options.file), _variant(options))
    _print(options, {"samples": samples, "alleles": found}, _count_lines(samples, found))
    return 0


def _count_lines(samples: int, found: tuple[Count, ...]) -> Iterator[str]:
    yield f"samples with a report on record: {samples}; an allele that was not seen is not thereby rare"
    for one in found:
        parts = [f"{zygosity} {number}" for zygosity, number in one.by_zygosity.items()]
        parts += [f"gene or pseudogene not known {one.unresolved}"] if one.unresolved else []
        name = one.variant.hgvs_c or one.variant.hgvs_g
        yield f"{one.variant.gene}  {name}  {one.variant.key}  seen in {one.samples} ({', '.join(parts)})"


def _import(options: argparse.Namespace) -> int:
    from higm_annot.evidence.labrecord.files import import_file  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.reference.store import load_panel  # noqa: PLC0415 - as above

    kind, total, new = import_file(Path(options.file), options.tsv, load_panel(), today())
    told = {"kind": kind, "rows": total, "new": new}
    _print(options, told, [f"{total} {kind} read, {new} of them new"])
    return 0


def _export(options: argparse.Namespace) -> int:
    from higm_annot.evidence.labrecord import files  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.evidence.labrecord.classes import history, in_force  # noqa: PLC0415 - as above
    from higm_annot.evidence.labrecord.observations import all_observed  # noqa: PLC0415 - as above

    path = Path(options.file)
    if options.observations:
        observed = all_observed(path)
        content, value = files.observation_lines(observed), _json(observed)
    else:
        rows = history(path)
        held = in_force(rows)
        content = files.clinvar_lines(held) if options.clinvar else files.class_lines(rows)
        value = _json(held if options.clinvar else rows)
    return _deliver(value if options.json else content, options.out)


def _deliver(content: str, out: str | None) -> int:
    """Write to a file that appears whole, or to standard output."""
    from higm_annot.report.write import write_whole  # noqa: PLC0415 - imports wait until they are needed

    if out:
        write_whole(Path(out), content.encode())
    else:
        sys.stdout.write(content)
    return 0


def _variant(options: argparse.Namespace) -> VariantNames | None:
    """The allele that the command names, if any."""
    from higm_annot.evidence.labrecord.entries import names_of  # noqa: PLC0415 - imports wait until they are needed
    from higm_annot.reference.store import load_panel  # noqa: PLC0415 - as above

    return names_of(load_panel(), options.variant) if options.variant else None


def _print(options: argparse.Namespace, value: object, lines: Iterable[str]) -> None:
    sys.stdout.write(_json(value) if options.json else "".join(f"{line}\n" for line in lines))


def _json(value: object) -> str:
    import msgspec  # noqa: PLC0415 - imports wait until they are needed

    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"
