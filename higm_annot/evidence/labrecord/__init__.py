"""The laboratory's own record: classes it gave to alleles, and how often it saw them, in one SQLite file."""
