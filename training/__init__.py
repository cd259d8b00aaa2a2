"""Marked material, training of the learned reader, and measuring by writers left out.

Belongs here: everything that needs answers: marked passages and reports, the split by writers, `python -m training`.
Stays out: whatever the product needs to read a report (`parsers.learned`).
"""
