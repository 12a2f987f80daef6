"""What the genotype means in this person: diplotype and disease table give a conclusion per gene."""
