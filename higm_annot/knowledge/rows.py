"""Where the knowledge tables stand, and reading one of them strictly (:mod:`higm_annot.reference.rows`)."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from higm_annot.problems import Refused, problem
from higm_annot.reference.rows import RowT, by_key, parse_table

__all__ = ["by_key", "data_folder", "parse_table", "read_package_table", "read_table"]


def data_folder() -> Traversable:
    """The folder of the package's own tables."""
    return files("higm_annot").joinpath("knowledge", "data")


def read_package_table(name: str, row: type[RowT]) -> tuple[RowT, ...]:
    """Rows of a table that ships with the package (``knowledge/data/<name>``)."""
    return read_table(data_folder(), name, row)


def read_table(folder: Traversable, name: str, row: type[RowT]) -> tuple[RowT, ...]:
    """Rows of a table in a folder.

    Raises
    ------
    Refused
        When it cannot be read (HA-KNO-012) or a row is faulty (see :func:`parse_table`).
    """
    try:
        text = folder.joinpath(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(problem("HA-KNO-012", file=name, reason=getattr(error, "strerror", None) or error)) from error
    return parse_table(text, name, row)
