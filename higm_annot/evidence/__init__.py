"""What is known of an allele: published classes, population frequency, each with its record."""
