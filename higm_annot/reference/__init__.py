"""Sequence, transcripts and contigs of the loci in both genome builds."""
