"""One report document per person, and its renderings."""
