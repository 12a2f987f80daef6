"""One digest over all knowledge data files, so that a report names the knowledge it was made with."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def digest() -> str:
    """SHA-256 (hex) over the files in ``knowledge/data``."""
    return digest_of(files("higm_annot").joinpath("knowledge", "data"))


def digest_of(folder: Traversable) -> str:
    """SHA-256 (hex) over names, lengths and contents of the files in a folder, in name order."""
    total = hashlib.sha256()
    for item in sorted((entry for entry in folder.iterdir() if entry.is_file()), key=lambda entry: entry.name):
        content = item.read_bytes()
        total.update(f"{item.name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
