"""What is kept and for how long: originals, backups, verification, old runs."""
