"""tolking: what an interpreter says that the bruker's own words mean, beside them and never instead of them (K1)."""
