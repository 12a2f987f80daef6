"""What each person carries: ploidy, zygosity, phase and parents, every state with its reason."""
