"""Open, check, cut and normalise what a laboratory supplies; account for every record."""
