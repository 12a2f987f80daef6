"""Write the demonstration: the sample sheets, and the files they name, in both builds.

The recipe (``data/*.tsv``) holds what each person carries, with the source of the allele; every other base comes from
the embedded reference, so the files can be made again anywhere and compared byte for byte.
"""

from __future__ import annotations

from pathlib import Path

from higm_annot.demo.recipe import demo_vcfs, table, text
from higm_annot.demo.vcf import bed_text, bgzf, vcf_text
from higm_annot.problems import Refused, problem
from higm_annot.reference.types import Build, Panel

SHEETS = {Build.GRCH38: "samples.tsv", Build.GRCH37: "samples.GRCh37.tsv"}
OUTSIDE = "outside_calls.tsv"


def write_demo(folder: Path, panel: Panel) -> tuple[Path, ...]:
    """Write the sheets and the files of the demonstration below ``folder``; return them, the GRCh38 sheet first.

    Raises
    ------
    Refused
        When a file of the same name but another content is there already (HA-RUN-001; nothing is overwritten), or the
        folder cannot be written (HA-RUN-007).
    """
    contents = demo_files(panel)
    try:
        for name, content in contents.items():
            target = folder / name
            if target.exists() and target.read_bytes() != content:
                raise Refused(problem("HA-RUN-001", file=str(target)))
        for name, content in contents.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    except OSError as error:
        raise Refused(problem("HA-RUN-007", file=str(folder), reason=error.strerror or str(error))) from None
    return tuple(folder / name for name in contents)


def demo_files(panel: Panel) -> dict[str, bytes]:
    """Content of every demonstration file by its name below the folder, the sheets first."""
    contents = {name: _sheet(build).encode() for build, name in SHEETS.items()}
    contents[f"demo/{OUTSIDE}"] = text(OUTSIDE).encode()
    for name in sorted({row["phenotype"] for row in table("samples.tsv") if row["phenotype"]}):
        contents[f"demo/{name}"] = text(name).encode()
    for build in SHEETS:
        for file in demo_vcfs():
            content = vcf_text(panel, build, file).encode()
            contents[f"demo/{build}/{file.name}"] = bgzf(content) if file.name.endswith(".gz") else content
        for name in sorted({row["coverage"] for row in table("samples.tsv") if row["coverage"]}):
            contents[f"demo/{build}/{name}"] = bed_text(panel, build).encode()
    return contents


def _sheet(build: Build) -> str:
    """The sample sheet whose files are those of one build."""
    rows = table("samples.tsv")
    lines = ["\t".join(rows[0])]
    for row in rows:
        places = {name: f"demo/{build}/{row[name]}" for name in ("vcf", "coverage") if row[name]}
        # c. names and findings mean the same in both builds.
        places |= {name: f"demo/{row[name]}" for name in ("outside_calls", "phenotype") if row[name]}
        lines.append("\t".join({**row, **places}.values()))
    return "".join(f"{line}\n" for line in lines)
