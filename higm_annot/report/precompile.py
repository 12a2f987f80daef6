"""Write the compiled templates: ``python -m higm_annot.report.precompile`` after every change of a template.

Compiling them in every process would cost 30 ms (see docs/decisions.md). The compiled modules are source files of the
package, so Python keeps their bytecode as it does for any module; a test holds them equal to what this makes.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import jinja2

from higm_annot.report.html import TEMPLATES, environment, read

HEADER = """\
# Made by higm_annot.report.precompile from templates/{name}; do not edit.
# mypy: ignore-errors
MADE_WITH = {version!r}
MADE_FROM = {digest!r}
"""


def compiled(name: str) -> str:
    """Python source of one template."""
    source = read(name)
    digest = hashlib.sha256(source.encode()).hexdigest()
    body = environment().compile(source, name=name, filename=name, raw=True, defer_init=True)
    return HEADER.format(name=name, version=jinja2.__version__, digest=digest) + body + "\n"


def module_path(name: str) -> Path:
    """Where the compiled module of a template lies."""
    folder = files("higm_annot").joinpath("report", "compiled")
    return Path(str(folder)) / f"{name.replace('.', '_')}.py"


if __name__ == "__main__":
    for template_name in TEMPLATES:
        module_path(template_name).write_text(compiled(template_name), encoding="utf-8")
