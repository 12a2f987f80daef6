"""What other assays found: the outside-call file and the results attached to it, one module a format."""

from __future__ import annotations

from higm_annot.intake.outside.calls import COLUMNS, attached_files, read_outside, unknown_samples

__all__ = ["COLUMNS", "attached_files", "read_outside", "unknown_samples"]
