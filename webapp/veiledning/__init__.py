"""veiledning: råd og veiledning, asked for, answered, followed up, ended (sosialtjenesteloven § 17)."""
