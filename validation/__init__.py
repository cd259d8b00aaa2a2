"""From figures to findings.

Belongs here: the rules within a report, across rounds and across wards; evidence-based proposals; Great Expectations.
Stays out: reading reports (`parsers`), storing (`warehouse`), Dagster, and any silent correction.
"""
