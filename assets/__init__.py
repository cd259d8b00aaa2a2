"""Dagster assets and asset checks: thin, one module a layer, calling the rooms behind.

Belongs here: wiring of inputs, partitions and metadata. Stays out: any rule, query or layout of its own.
"""
