"""plan: mål, delmål, activities, proposals, confirmation (P1–P4)."""
