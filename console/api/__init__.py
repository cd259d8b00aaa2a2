"""Data for programs: the marts as JSON and CSV, read only, below `/api/v1`."""
