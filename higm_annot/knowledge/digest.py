"""One digest over all knowledge data files, so that a report names the knowledge it was made with."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files


@cache
def digest() -> str:
    """SHA-256 (hex) over names and contents of the files in ``knowledge/data``, in name order."""
    total = hashlib.sha256()
    folder = files("higm_annot").joinpath("knowledge", "data")
    for item in sorted((entry for entry in folder.iterdir() if entry.is_file()), key=lambda entry: entry.name):
        content = item.read_bytes()
        total.update(f"{item.name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
