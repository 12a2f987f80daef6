"""Sequence, transcripts and contigs of the six loci in both genome builds."""
