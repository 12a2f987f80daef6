"""What an allele does to each panel transcript: Sequence Ontology terms and HGVS names."""
