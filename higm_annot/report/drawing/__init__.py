"""Drawings as plain numbers: a gene, its protein, a family. The page's templates turn them into SVG."""
