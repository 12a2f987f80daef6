"""Knowledge: facts and rules keyed by gene, disease, region or criterion, and every printed sentence."""
