"""1,000 single-sample VCFs through Snakemake, all reports.

Usage: python benchmarks/thousand_exomes.py EXOME.vcf.gz [copies]

Copies are real files, not links, each with its own row in the sheet. Prints wall time, the highest memory of any
process, and the exit code.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    exome, copies = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with tempfile.TemporaryDirectory() as folder:
        rows = ["sample\tvcf"]
        for number in range(copies):
            shutil.copy(exome, Path(folder) / f"s{number}.vcf.gz")
            rows.append(f"S{number}\ts{number}.vcf.gz")
        sheet = Path(folder) / "samples.tsv"
        sheet.write_text("\n".join(rows) + "\n", encoding="utf-8")
        command = ["snakemake", "--cores", "2", "--quiet", "all", "--directory", folder, "-s", str(ROOT / "Snakefile")]
        command += [
            "--configfile",
            str(ROOT / "config/config.yaml"),
            "--config",
            f"samples={sheet}",
            f"results={folder}/out",
        ]
        start = time.perf_counter()
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        made = len(list((Path(folder) / "out/reports").glob("*.json")))
        print(
            f"{copies} exomes: {seconds:.1f} s, {made} reports, exit {os.waitstatus_to_exitcode(status)}, "
            f"largest process {usage.ru_maxrss / 1024:.0f} MB"
        )


if __name__ == "__main__":
    main()
