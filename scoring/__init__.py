"""The arithmetic of a round: rollup, scores, ranking, robustness, explanation.

Belongs here: pure functions from frozen values to frozen values (`values`), in exact decimals, so that equal input
gives equal output bit for bit; and `store`, the one module that fetches the input from the warehouse and saves results.
Stays out: reading and checking of reports, papers, Dagster.
"""
