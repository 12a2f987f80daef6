"""What ``higm-annot reference`` does, as functions that print for people and return the exit code."""

from __future__ import annotations

from pathlib import Path

from higm_annot.problems import Refused, problem
from higm_annot.reference.members import record_rows
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Gene


def build(lrg_dir: str, out_dir: str) -> int:
    """Make the embedded form from LRG records; say what was written."""
    from higm_annot.reference.builder import build_reference  # noqa: PLC0415 - only this command needs it

    for path in build_reference(Path(lrg_dir), Path(out_dir)):
        print(path)
    return 0


def fetch(out_dir: str, url: str | None, timeout: float) -> int:
    """Download the LRG records; say what was fetched."""
    from higm_annot.reference.fetch import EBI, fetch_records  # noqa: PLC0415 - loads requests
    from higm_annot.reference.transfer import Limits  # noqa: PLC0415 - as above

    records = [row.lrg for row in record_rows()]
    for path in fetch_records(records, Path(out_dir), base_url=url or EBI, limits=Limits(timeout=timeout)):
        print(path)
    return 0


def verify(fasta: str | None) -> int:
    """Prove the embedded reference again; 0 when everything holds, 1 when our data are wrong.

    Raises
    ------
    Refused
        When the genome given differs from the loci.
    """
    from higm_annot.reference.verify import verify_panel  # noqa: PLC0415 - only this command needs it

    panel = load_panel()
    checks = verify_panel(panel)
    for check in checks:
        print(f"{'ok   ' if check.passed else 'WRONG'} {check.subject:28}{check.property:24}{check.found}")
    wrong = sum(not check.passed for check in checks)
    print(f"{len(checks) - wrong} of {len(checks)} checks hold")
    if fasta:
        from higm_annot.reference.fasta import check_fasta  # noqa: PLC0415 - loads pysam

        print(f"{fasta} is {check_fasta(fasta, panel)} and equals the embedded loci")
    return 1 if wrong else 0


def show(gene: str) -> int:
    """Print a gene's table.

    Raises
    ------
    Refused
        When it is not a gene of the panel.
    """
    from higm_annot.reference.show import show_gene  # noqa: PLC0415 - only this command needs it

    if gene.upper() not in tuple(Gene):
        raise Refused(problem("HA-REF-013", gene=gene, genes=", ".join(Gene)))
    print(show_gene(load_panel(), Gene(gene.upper())), end="")
    return 0
