"""What citizens are told: entries, their sources, their validity, their store."""
