"""The warehouse: tables, migrations, loading, queries, marts and export.

Belongs here: SQLAlchemy and pandas; one transaction that replaces a ward's round; rollup, scores and ranking.
Stays out: reading reports, Dagster, papers for people (`publications`).
"""
