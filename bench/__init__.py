"""Benchmarks: speed and memory as ratios in one run against a named alternative, on this machine.

Belongs here: one module a topic, each with a `main()` that prints its table. Stays out: tests; nothing is asserted.
"""
