"""varsel: breach, forhåndsvarsel, uttalelse, weighing, avgjørelse (U1–U9)."""
