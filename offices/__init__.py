"""Offices as folders of data: the examples that ship, to be copied and made one's own (docs/offices.md).

Belongs here: one folder an office (`office.yaml`, `units.csv`, where it differs `rounds.yaml` and others).
Stays out: code; what the files mean stands in `catalogue`.
"""
