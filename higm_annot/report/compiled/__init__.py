"""Templates compiled by :mod:`higm_annot.report.precompile`."""
