"""ACMG/AMP criteria, points and the class of an allele, free of any person."""
