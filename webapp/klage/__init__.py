"""klage: against a vedtak, a vilkår alone, a reduction, or a vedtak about råd og veiledning."""
