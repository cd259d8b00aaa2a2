"""Data under version control: figures, labels, rules, scorecards, wards, rounds.

Belongs here: reviewable YAML and CSV files, and the loaders that check them and hand out plain frozen values.
A mistake in a file is a `CatalogueError` that names file, line and remedy.
Stays out: reading reports, checking values, databases.
"""
