"""What the office owes others in writing: which messages are due, their words, their delivery."""
