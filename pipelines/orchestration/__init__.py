"""How Dagster runs the house: definitions, jobs, schedules, sensors, runs in process."""
