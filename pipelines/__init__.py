"""How it runs: definitions, partitions, jobs, schedules, sensors, resources, the command line.

Belongs here: settings, intake from inbox and mail, and everything that reads the clock.
Stays out: reading, rules, tables, layout; they live in the rooms behind.
"""
