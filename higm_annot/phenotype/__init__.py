"""Phenotype: what was observed, resolved to HPO and the laboratory's own intervals, and its fit to panel diseases."""
