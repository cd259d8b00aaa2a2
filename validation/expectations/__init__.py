"""Great Expectations over a round: the only place that imports it."""
