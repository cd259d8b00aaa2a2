"""From bytes to a Document, and from a Document to figures.

Belongs here: reading DOCX, PDF, scans and old formats in a guarded child process; recognising ward and round;
the grammar of Vietnamese numbers; finding which figure a number is, with provenance and confidence.
Stays out: Dagster, databases, the network, the clock, and any judgement on whether a figure is right (`validation`).
"""
