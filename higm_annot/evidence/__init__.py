"""Evidence: what is known of an allele, each record with its source and date."""
