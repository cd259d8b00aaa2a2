"""From the warehouse to what an office publishes: workbook, district report, letters, PDF, page of the round.

Belongs here: layout and words. Stays out: computing figures, scores or ranks (`warehouse`), Dagster, the clock.
"""
