"""Interpretation of hyper-IgM genetics: from VCF to one report per person."""

__version__ = "0.1.0"
